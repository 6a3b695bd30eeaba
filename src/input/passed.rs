//! What is not read of what was found, and why; which documents say the same.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_128;

use super::{Kind, Raw};

/// Something that was found and not read as a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The file, or its name in its archive.
    pub path: PathBuf,
    /// Why it was not read.
    pub why: Why,
    /// The document that it would have been, where it was opened.
    pub raw: Option<Box<Raw>>,
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its name is none of an article.
    Name,
    /// A rule of the user's leaves it out, named in words.
    Ignored(Box<str>),
    /// It was opened and holds no articles.
    Empty,
    /// It says the same as the document of this id.
    Repeats(Box<str>),
    /// It is in a language without rules.
    Language(Box<str>),
}

/// The texts that were read, by their hash.
#[derive(Debug, Default)]
pub(super) struct Texts(BTreeMap<u128, Known>);

#[derive(Debug)]
struct Known {
    id: Box<str>,
    plain: bool,
    outlet: Option<Box<str>>,
    published: Option<Date>,
}

impl Texts {
    /// The id of a document before with the same text, and whether that is the same article: one that neither another
    /// outlet nor another day is told of. Plain texts and lines that repeat each other are as many as were given.
    pub(super) fn before(&mut self, raw: &Raw) -> Option<(Box<str>, bool)> {
        let plain = matches!(raw.found.kind, Kind::Text | Kind::Lines);
        let (outlet, published) = (raw.article.outlet.clone(), raw.article.published);
        let id = raw.article.document.clone();
        let hash = xxh3_128(raw.text.as_bytes());
        let Some(known) = self.0.get(&hash) else {
            self.0.insert(hash, Known { id, plain, outlet, published });
            return None;
        };
        let same_outlet = known.outlet.is_none() || outlet.is_none() || known.outlet == outlet;
        let same_day = known.published.is_none() || published.is_none() || known.published == published;
        Some((known.id.clone(), same_outlet && same_day && !(plain && known.plain)))
    }
}
