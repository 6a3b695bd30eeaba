//! The places of a page: what stands there, in the order in which the rules ask.

use dom_query::Document;
use jiff::civil::Date;

use super::json_ld::Object;
use super::{Told, day};
use crate::page;
use crate::rules::input::{DateRules, Part, Place};
use crate::rules::page::PageRules;

/// The longest value that is taken for a name or a headline, in bytes.
const LONGEST: usize = 600;

/// What the places of a page are looked up in.
pub(super) struct Places<'p> {
    pub(super) document: &'p Document,
    pub(super) object: Option<&'p Object>,
    pub(super) html: &'p str,
}

impl Places<'_> {
    /// The first value that `usable` takes.
    pub(super) fn first(&self, places: &[Place], usable: impl Fn(&str) -> Option<Box<str>>) -> Option<Told<Box<str>>> {
        places.iter().find_map(|place| {
            let words = self.words(&place.part)?;
            let value = usable(&words)?;
            Some(Told { value, origin: place.name.clone(), words: words.trim().into() })
        })
    }

    /// The dates that stand at the places; `None` for one that cannot be right.
    pub(super) fn days(
        &self,
        places: &[Place],
        rules: &DateRules,
        page_rules: &PageRules,
    ) -> impl Iterator<Item = Told<Option<Date>>> {
        places.iter().filter_map(move |place| {
            let (value, words) = match &place.part {
                Part::Lines(matcher) => {
                    let elements = self.document.select_matcher(matcher);
                    let mut lines = elements.iter().map(|element| element.text().trim().to_owned());
                    let (date, line) = lines.find_map(|line| Some((page::day_of_line(page_rules, &line)?, line)))?;
                    (day::possible(rules, date), line)
                }
                part => {
                    let words = self.words(part).filter(|words| !words.trim().is_empty())?;
                    (day::read(rules, page_rules, &words), words.trim().to_owned())
                }
            };
            let words = words.chars().take(LONGEST).collect::<String>().into();
            Some(Told { value, origin: place.name.clone(), words })
        })
    }

    fn words(&self, part: &Part) -> Option<String> {
        match part {
            Part::JsonLd(key) => self.object?.value(key),
            Part::Meta(name) => self.meta(name),
            Part::Element(matcher, attribute) => {
                let element = self.document.select_single_matcher(matcher);
                match attribute {
                    Some(name) => element.attr(name).map(|value| value.to_string()),
                    None => element.exists().then(|| element.text().to_string()),
                }
            }
            Part::Lines(_) => None,
            Part::SavedFrom => saved_from(self.html).map(str::to_owned),
        }
    }

    fn meta(&self, name: &str) -> Option<String> {
        let metas = self.document.select("meta[content]");
        let named = |attribute: &str, meta: &dom_query::Selection<'_>| {
            meta.attr(attribute).is_some_and(|value| value.eq_ignore_ascii_case(name))
        };
        let meta = metas.iter().find(|meta| ["name", "property", "itemprop"].iter().any(|one| named(one, meta)))?;
        meta.attr("content").map(|content| content.to_string()).filter(|content| !content.trim().is_empty())
    }
}

/// The address in the comment that browsers write at the top of a page they save.
fn saved_from(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once("saved from url=(")?;
    let (length, rest) = rest.split_once(')')?;
    rest.get(..length.parse().ok()?)
}

/// One line of words.
pub(super) fn line(words: &str) -> Option<Box<str>> {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && line.len() <= LONGEST).then(|| line.into())
}

/// A name: a line that is no address and no account.
pub(super) fn name(words: &str) -> Option<Box<str>> {
    line(words).filter(|line| !line.starts_with('@') && !line.contains("://"))
}

/// An address.
pub(super) fn address(words: &str) -> Option<Box<str>> {
    line(words).filter(|line| line.starts_with("https://") || line.starts_with("http://"))
}

/// A language's letters, without the country's.
pub(super) fn language(words: &str) -> Option<Box<str>> {
    let letters = words.trim().split(['-', '_']).next().unwrap_or("").to_lowercase();
    ((2..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_lowercase())).then(|| letters.into())
}
