//! Records of other programs: their fields, by the shapes of the rules, as documents.

use serde_json::Value;

use super::{Found, Kind, Raw};
use crate::rules::RuleSet;
use crate::rules::input::Shape;
use crate::text::Article;
use crate::web::{self, About, Told};

/// The fields of a record by their names.
pub(super) trait Fields {
    /// What stands in a field; `None` if nothing does.
    fn get(&self, name: &str) -> Option<String>;
}

impl Fields for Value {
    fn get(&self, name: &str) -> Option<String> {
        said(inner(self, name)?)
    }
}

/// The value at a path of keys.
pub(super) fn inner<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    match value.get(path) {
        Some(value) => Some(value),
        None => path.split_once('.').and_then(|(key, rest)| inner(value.get(key)?, rest)),
    }
}

/// A value in words: of a list all, of an object its name.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            values.iter().filter(|value| !value.is_array()).filter_map(said).collect::<Vec<_>>().join(", ")
        }
        Value::Object(object) => {
            return ["name", "title", "uri"]
                .iter()
                .find_map(|key| said(object.get(*key).filter(|value| value.is_string())?));
        }
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

/// The shape of a record: of those whose fields are all there, the one that needs most.
pub(super) fn of<'r>(rules: &'r RuleSet, fields: &dyn Fields) -> Option<&'r Shape> {
    let fits = |shape: &&Shape| shape.needs.iter().all(|name| fields.get(name).is_some());
    rules.input.shapes.iter().find(|shape| fits(shape) && shape.text.iter().any(|name| fields.get(name).is_some()))
}

/// The document of a record; what `row` says of its file comes after what the record says.
pub(super) fn document(
    rules: &RuleSet,
    shape: &Shape,
    fields: &dyn Fields,
    kind: Kind,
    id: String,
    row: &Article,
) -> Option<Raw> {
    let told = |names: &[Box<str>]| {
        names.iter().find_map(|name| {
            let words = fields.get(name)?;
            Some(Told {
                value: words.as_str().into(),
                origin: format!("{}:{name}", shape.name).into(),
                words: words.into(),
            })
        })
    };
    let day = |names: &[Box<str>], refused: &mut Vec<_>| {
        let Told { words, origin, .. }: Told<Box<str>> = told(names)?;
        let Some(value) = web::day_of(&rules.input.web, &rules.page, &words) else {
            refused.push((origin, words));
            return None;
        };
        Some(Told { value, origin, words })
    };
    let mut refused = Vec::new();
    let (published, modified) = (day(&shape.published, &mut refused), day(&shape.modified, &mut refused));
    let about = About {
        title: told(&shape.title),
        outlet: told(&shape.outlet),
        author: told(&shape.author),
        url: told(&shape.url),
        language: told(&shape.language),
        published,
        modified,
        refused,
        ..About::default()
    };
    let text = shape.text.iter().find_map(|name| fields.get(name))?;
    let text = if ["<p", "<br", "<div"].iter().any(|tag| text.contains(tag)) {
        web::plain(&rules.input.web, &text)
    } else {
        text
    };
    Some(raw(about, text, kind, told(&shape.id).map_or(id, |told| told.value.into()), row))
}

/// A document of what is told about it, with the headline above its text.
pub(super) fn raw(about: About, text: String, kind: Kind, id: String, row: &Article) -> Raw {
    let words = |told: &Option<Told<Box<str>>>| told.as_ref().map(|told| told.value.clone());
    let article = Article {
        document: id.into(),
        outlet: words(&about.outlet).or_else(|| row.outlet.clone()),
        title: words(&about.title),
        url: words(&about.url).or_else(|| row.url.clone()),
        published: about.published.as_ref().map(|told| told.value).or(row.published),
        ..Article::default()
    };
    let text = match article.title.as_deref() {
        Some(title) if !text.starts_with(title) => format!("{title}\n\n{text}"),
        _ => text,
    };
    Raw { article, text, found: Found { kind, about: Box::new(about), ..Found::default() } }
}
