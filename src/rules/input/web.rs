//! Saved web pages: the places that a page's metadata is taken from, its dates, and its parts that are no article.

use dom_query::Matcher;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::PageLimits;
use crate::error::Error;
use crate::rules::{RuleFile, RuleFiles};

/// The file that holds it.
const FILE: &str = "input/web.toml";

/// Where in a page a value may stand.
#[derive(Clone, Debug)]
pub struct Place {
    /// As the rules write it; it is told as the value's origin.
    pub name: Box<str>,
    /// What is looked at.
    pub part: Part,
}

/// The part of a page that holds a value.
#[derive(Clone, Debug)]
pub enum Part {
    /// A key of the article's JSON-LD object.
    JsonLd(Box<str>),
    /// A `<meta>` of this name, property or itemprop, lower case.
    Meta(Box<str>),
    /// An attribute of the first such element, or its text.
    Element(Matcher, Option<Box<str>>),
    /// The lines of such elements, of which one may be a date stamp.
    Lines(Matcher),
    /// The comment of a browser that saved the page.
    SavedFrom,
}

/// How saved web pages are read.
#[derive(Clone, Debug)]
pub struct WebRules {
    /// How heavy a page may be.
    pub limits: PageLimits,
    /// Headline.
    pub title: Vec<Place>,
    /// Who published it.
    pub outlet: Vec<Place>,
    /// Who wrote it.
    pub author: Vec<Place>,
    /// When it was published.
    pub published: Vec<Place>,
    /// When it was changed last.
    pub modified: Vec<Place>,
    /// Its own address.
    pub url: Vec<Place>,
    /// What language it is in.
    pub language: Vec<Place>,
    /// Whose words it carries.
    pub credit: Vec<Place>,
    /// Kinds of JSON-LD objects that are the article, the surest first.
    pub types: Vec<Box<str>>,
    /// The JSON-LD key of the text.
    pub text: Box<str>,
    /// It is taken where the page shows less than this share of it.
    pub shown: f64,
    /// How dates are written and which are none.
    pub dates: DateRules,
    /// Parts that are never the article.
    pub always: Matcher,
    /// Parts that are left out unless they hold most of the text.
    pub small: Matcher,
    /// Lines about the article, left out like small parts once they were looked at.
    pub about: Matcher,
    /// So much of the page's paragraphs is most of it.
    pub share: f64,
    /// Elements of running text.
    pub paragraphs: Matcher,
    /// Shorter ones, in characters, do not weigh where there are longer ones …
    pub running: usize,
    /// … unless they end with one of these.
    pub ends: Box<str>,
    /// Where paragraphs are taken from when nothing tells the article, in order.
    pub fallback: Vec<Matcher>,
}

/// How dates are written, and which are none.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateRules {
    /// Forms other than ISO 8601, as `strftime` writes them.
    pub forms: Vec<Box<str>>,
    /// Days that programs write where they know none.
    #[serde(deserialize_with = "days")]
    pub never: Vec<Date>,
    /// The first year in which a page can be published.
    pub first_year: i16,
    /// The last one.
    pub last_year: i16,
    /// A date so many days away from the one in the page's address is not taken.
    pub address_apart: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFile {
    places: RawPlaces,
    json_ld: RawJsonLd,
    dates: DateRules,
    drop: RawDrop,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlaces {
    title: Vec<Spanned<String>>,
    outlet: Vec<Spanned<String>>,
    author: Vec<Spanned<String>>,
    published: Vec<Spanned<String>>,
    modified: Vec<Spanned<String>>,
    url: Vec<Spanned<String>>,
    language: Vec<Spanned<String>>,
    credit: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJsonLd {
    types: Vec<Box<str>>,
    text: Box<str>,
    shown: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDrop {
    always: Vec<Spanned<String>>,
    small: Vec<Spanned<String>>,
    share: f64,
    about: Vec<Spanned<String>>,
    paragraphs: Spanned<String>,
    running: usize,
    ends: Box<str>,
    fallback: Vec<Spanned<String>>,
}

impl WebRules {
    /// Loads and checks the file.
    pub(super) fn load(files: &RuleFiles, limits: PageLimits) -> Result<Self, Error> {
        let file = files.get(FILE)?;
        let RawFile { places, json_ld, dates, drop } = file.parse()?;
        let all = |list: Vec<Spanned<String>>| list.iter().map(|text| place(file, text)).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            limits,
            title: all(places.title)?,
            outlet: all(places.outlet)?,
            author: all(places.author)?,
            published: all(places.published)?,
            modified: all(places.modified)?,
            url: all(places.url)?,
            language: all(places.language)?,
            credit: all(places.credit)?,
            types: json_ld.types,
            text: json_ld.text,
            shown: json_ld.shown,
            dates,
            always: any(file, &drop.always)?,
            small: any(file, &drop.small)?,
            share: drop.share,
            about: any(file, &drop.about)?,
            paragraphs: matcher(file, &drop.paragraphs, drop.paragraphs.get_ref())?,
            running: drop.running,
            ends: drop.ends,
            fallback: drop.fallback.iter().map(|text| matcher(file, text, text.get_ref())).collect::<Result<_, _>>()?,
        })
    }
}

fn days<'d, D: Deserializer<'d>>(input: D) -> Result<Vec<Date>, D::Error> {
    let days = Vec::<String>::deserialize(input)?;
    days.iter().map(|day| day.parse().map_err(serde::de::Error::custom)).collect()
}

fn place(file: &RuleFile, text: &Spanned<String>) -> Result<Place, Error> {
    let name = text.get_ref().as_str();
    let part = match name.split_once(':') {
        Some(("json-ld", key)) => Part::JsonLd(key.into()),
        Some(("meta", key)) => Part::Meta(key.to_lowercase().into()),
        Some(("css", selector)) => {
            let (selector, attribute) = match selector.rsplit_once('@') {
                Some((selector, attribute)) => (selector, Some(attribute.into())),
                None => (selector, None),
            };
            Part::Element(matcher(file, text, selector)?, attribute)
        }
        Some(("line", selector)) => Part::Lines(matcher(file, text, selector)?),
        None if name == "saved-from" => Part::SavedFrom,
        _ => {
            let error = file.error(text.span(), format!("`{name}` is no place of a page"));
            return Err(error.help("begin it with json-ld:, meta:, css: or line:, or write saved-from"));
        }
    };
    Ok(Place { name: name.into(), part })
}

/// One matcher for all of these selectors, each of which is checked by itself.
fn any(file: &RuleFile, selectors: &[Spanned<String>]) -> Result<Matcher, Error> {
    let mut all = Vec::new();
    for selector in selectors {
        matcher(file, selector, selector.get_ref())?;
        all.push(selector.get_ref().as_str());
    }
    Matcher::new(&all.join(", ")).map_err(|_| file.error(0..0, "no selector stands in a list"))
}

fn matcher(file: &RuleFile, at: &Spanned<String>, selector: &str) -> Result<Matcher, Error> {
    let wrong = |_| file.error(at.span(), format!("`{selector}` is no CSS selector"));
    Matcher::new(selector).map_err(wrong).map_err(|error| error.help("write it as a style sheet would"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::InputRules;

    #[test]
    fn a_place_or_selector_that_is_none_is_an_error_with_its_place() {
        for (from, to, expected) in [
            ("\"saved-from\"]", "\"saved\"]", "`saved` is no place of a page"),
            ("css:h1\"", "css:h1[\"", "`h1[` is no CSS selector"),
            ("\"#respond\"", "\"#\"", "`#` is no CSS selector"),
        ] {
            let mut files = RuleFiles::built_in();
            let text = files.get(FILE).unwrap().text.replace(from, to);
            files.insert(FILE, "own/web.toml", &text);
            let error = InputRules::load(&files).unwrap_err();
            assert!(error.message == expected && error.at.line > 0, "{error}");
        }
    }
}
