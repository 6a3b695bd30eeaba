//! Which documents were taken in before: the same text is read once, and every document has an id of its own.

use std::collections::BTreeMap;
use std::path::{Component, PathBuf};

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_128;

use super::{Kind, Raw};
use crate::error::Error;

/// What is remembered of a document to tell whether another one is the same article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: Box<str>,
    /// True for a plain text and for a line.
    pub plain: bool,
    /// The outlet it came in with.
    pub outlet: Option<Box<str>>,
    /// The day it came in with.
    pub published: Option<Date>,
}

/// Documents from before the first one that is taken in here.
pub trait Earlier {
    /// The id of this very document, if it is there already: text and id are the same, and as many of them were met since
    /// as are there.
    fn holds(&mut self, raw: &Raw) -> Result<Option<Box<str>>, Error>;

    /// The first document with this text.
    fn same_text(&mut self, text: &str) -> Result<Option<Known>, Error>;

    /// True if a document has this id.
    fn has(&mut self, id: &str) -> Result<bool, Error>;
}

/// No document is from before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Earlier for Nothing {
    fn holds(&mut self, _raw: &Raw) -> Result<Option<Box<str>>, Error> {
        Ok(None)
    }

    fn same_text(&mut self, _text: &str) -> Result<Option<Known>, Error> {
        Ok(None)
    }

    fn has(&mut self, _id: &str) -> Result<bool, Error> {
        Ok(false)
    }
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is new.
    New,
    /// It is new, and another one had the id that it came in with: this one.
    Renamed(Box<str>),
    /// It says the same as the document of this id.
    Same(Box<str>),
}

/// The documents that were taken in, by their text and by their id.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    texts: BTreeMap<u128, Known>,
    /// The ids that were given, each with the last number that was set behind it.
    ids: BTreeMap<Box<str>, u64>,
}

impl Seen {
    /// Takes a document in, unless it is there already. A new one is told which one before has the same text, and gets an id of
    /// its own: where another has the one it came in with, the folders that its file lies in stand before it, as few as tell it
    /// apart; where the id is not the file's name, or the folders tell nothing either, a number stands behind it.
    pub fn take(&mut self, raw: &mut Raw, earlier: &mut dyn Earlier) -> Result<Taken, Error> {
        if let Some(id) = earlier.holds(raw)? {
            return Ok(Taken::Same(id));
        }
        if let Some((id, same)) = self.before(raw, earlier)? {
            if same {
                return Ok(Taken::Same(id));
            }
            raw.found.repeats = Some(id);
        }
        let id = raw.article.document.clone();
        if self.claim(&id, earlier)? {
            return Ok(Taken::New);
        }
        for other in with_folders(&id, &raw.found.at) {
            if self.claim(&other, earlier)? {
                raw.article.document = other;
                return Ok(Taken::New);
            }
        }
        let mut last = self.ids.get(&id).copied().unwrap_or(1);
        loop {
            last += 1;
            let fresh = format!("{id}~{last}").into_boxed_str();
            if self.claim(&fresh, earlier)? {
                raw.article.document = fresh;
                break;
            }
        }
        self.ids.insert(id.clone(), last);
        Ok(Taken::Renamed(id))
    }

    /// True if nobody had this id, which is taken now.
    fn claim(&mut self, id: &str, earlier: &mut dyn Earlier) -> Result<bool, Error> {
        Ok(!self.ids.contains_key(id) && !earlier.has(id)? && self.ids.insert(id.into(), 1).is_none())
    }

    /// The id of a document before with the same text, and whether that is the same article: one that neither another
    /// outlet nor another day is told of. Plain texts and lines that repeat each other are as many as were given.
    fn before(&mut self, raw: &Raw, earlier: &mut dyn Earlier) -> Result<Option<(Box<str>, bool)>, Error> {
        let plain = matches!(raw.found.kind, Kind::Text | Kind::Lines);
        let (outlet, published) = (raw.article.outlet.clone(), raw.article.published);
        let id = raw.article.document.clone();
        let hash = xxh3_128(raw.text.as_bytes());
        if let Some(known) = earlier.same_text(&raw.text)? {
            self.texts.insert(hash, known);
        }
        let Some(known) = self.texts.get(&hash) else {
            self.texts.insert(hash, Known { id, plain, outlet, published });
            return Ok(None);
        };
        let same_outlet = known.outlet.is_none() || outlet.is_none() || known.outlet == outlet;
        let same_day = known.published.is_none() || published.is_none() || known.published == published;
        Ok(Some((known.id.clone(), same_outlet && same_day && !(plain && known.plain))))
    }
}

/// The id of a document at a place with one folder before it, with two, and so on.
fn with_folders(id: &str, (file, line): &(PathBuf, usize)) -> Vec<Box<str>> {
    let named = *line == 0 && file.file_stem().is_some_and(|stem| stem.to_string_lossy() == *id);
    let folders = file.parent().filter(|_| named).into_iter().flat_map(|folder| folder.components().rev());
    let names = folders.filter_map(|folder| match folder {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    let longer = |id: &mut String, name| {
        *id = format!("{name}-{id}");
        Some(id.as_str().into())
    };
    names.scan(id.to_owned(), longer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Article;

    #[test]
    fn folders_tell_files_of_one_name_apart_and_numbers_what_is_no_file() {
        let mut seen = Seen::default();
        for (n, (id, file, line, expected, renamed)) in [
            ("index", "all/raid/index.html", 0, "index", false),
            ("index", "all/truce/index.html", 0, "truce-index", false),
            ("index", "more/truce/index.html", 0, "more-truce-index", false),
            ("index", "index.html", 0, "index~2", true),
            ("x", "all/x.jsonl", 3, "x", false),
            ("x", "all/x.jsonl", 4, "x~2", true),
            ("a", "feed.xml", 0, "a", false),
            ("a", "feed.xml", 0, "a~2", true),
            ("a", "feed.xml", 0, "a~3", true),
        ]
        .into_iter()
        .enumerate()
        {
            let article = Article { document: id.into(), ..Article::default() };
            let mut raw = Raw { article, text: format!("text {n}"), ..Raw::default() };
            raw.found.at = (file.into(), line);
            let taken = seen.take(&mut raw, &mut Nothing).unwrap();
            let expected_taken = if renamed { Taken::Renamed(id.into()) } else { Taken::New };
            assert_eq!((&*raw.article.document, taken), (expected, expected_taken), "{file}");
        }
    }
}
