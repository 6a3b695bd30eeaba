//! JSON-LD: the object of a page that describes the article.

use dom_query::Document;
use serde_json::Value;

use super::body;
use crate::rules::input::WebRules;

/// Objects are looked for in lists and graphs up to this deep.
const DEEPEST: usize = 8;

/// The JSON-LD object of the article.
pub(super) struct Object(Value);

/// The article's object: of the surest kind, and of several of that kind the first.
pub(super) fn article(rules: &WebRules, document: &Document) -> Option<Object> {
    let mut best: Option<(usize, Value)> = None;
    for script in document.select("script[type=\"application/ld+json\"]").iter() {
        let Some(value) = parsed(&script.text()) else { continue };
        look(rules, value, DEEPEST, &mut best);
    }
    best.map(|(_, value)| Object(value))
}

/// The script's value; line breaks inside strings and the marks of a character section do not hinder.
fn parsed(script: &str) -> Option<Value> {
    let plain: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain = plain.replace("<![CDATA[", "").replace("]]>", "");
    let plain = plain.trim_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '*' | ';'));
    serde_json::from_str(plain).ok()
}

fn look(rules: &WebRules, value: Value, deep: usize, best: &mut Option<(usize, Value)>) {
    let Some(deep) = deep.checked_sub(1) else { return };
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| look(rules, value, deep, best)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = object.remove(key) {
                    look(rules, inner, deep, best);
                }
            }
            let kinds = object.get("@type").map(names).unwrap_or_default();
            let rank = rules.types.iter().position(|known| kinds.iter().any(|kind| **kind == **known));
            if let Some(rank) = rank.filter(|&rank| best.as_ref().is_none_or(|(known, _)| rank < *known)) {
                *best = Some((rank, Value::Object(object)));
            }
        }
        _ => {}
    }
}

impl Object {
    /// What a key says, in words: a text, or the names of what it holds.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        let names = names(self.0.get(key)?);
        let said = names.iter().map(|name| plain(name)).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
        (!said.is_empty()).then_some(said)
    }

    /// A long text under a key, with its paragraphs.
    pub(super) fn text(&self, rules: &WebRules, key: &str) -> Option<String> {
        let text = self.0.get(key)?.as_str()?;
        Some(body::plain(rules, text))
    }
}

/// The texts of a value: its own, or the name, else the address, of each object in it.
fn names(value: &Value) -> Vec<Box<str>> {
    match value {
        Value::String(text) => vec![text.as_str().into()],
        Value::Number(number) => vec![number.to_string().into()],
        Value::Array(values) => values.iter().filter(|value| !value.is_array()).flat_map(names).collect(),
        Value::Object(object) => {
            let named = ["name", "@id", "url"].iter().find_map(|key| object.get(*key)?.as_str());
            named.map(Into::into).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Bytes of the longest text that may be a name or a headline.
const LONGEST: usize = 2_000;

/// A text without the marks and entities of HTML; one that is too long for a name as it stands.
fn plain(text: &str) -> String {
    if text.contains('&') && text.len() <= LONGEST {
        Document::fragment(text).text().trim().to_owned()
    } else {
        text.trim().to_owned()
    }
}
