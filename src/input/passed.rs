//! What is not read of what was found, and why.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;

use super::open::Item;
use super::reader::Reader;
use super::{Kind, Raw, documents};
use crate::error::{Error, Location};

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
    /// This build of the program does not read its kind.
    Build(Kind),
}

impl Reader<'_> {
    pub(super) fn pass_over(&mut self, path: PathBuf, why: Why, raw: Option<Raw>) {
        self.skipped += usize::from(matches!(why, Why::Name | Why::Empty));
        if let Some(passed) = &mut self.passed {
            passed.push(Passed { path, why, raw: raw.map(Box::new) });
        }
    }

    /// Leaves a document alone that this build does not read.
    pub(super) fn leave_document(&mut self, kind: Kind, item: Item) {
        self.unread.entry(kind.as_str()).or_insert_with(|| (0, item.path.clone())).0 += 1;
        self.pass_over(item.path, Why::Build(kind), None);
    }

    /// The next warning about documents that were left alone, once all were seen.
    pub(super) fn left_alone(&mut self) -> Option<Error> {
        let foreign = std::mem::take(&mut self.foreign);
        if let Some((_, first)) = foreign.values().next() {
            let message = format!("documents in languages without rules are left alone ({})", counted(&foreign));
            let error = Error::new(Location::file(first), message);
            return Some(error.help("`gainsay inputs` lists them; a folder of rules for a language makes it read"));
        }
        let unread = std::mem::take(&mut self.unread);
        let (_, first) = unread.values().next()?;
        let message = format!("this build does not read PDF and DOCX; they are left alone ({})", counted(&unread));
        Some(Error::new(Location::file(first), message).help(documents::GET))
    }
}

/// How many of each kind there are.
fn counted<K: Display>(kinds: &BTreeMap<K, (usize, PathBuf)>) -> String {
    let counted: Vec<String> = kinds.iter().map(|(kind, (n, _))| format!("{kind}: {n}")).collect();
    counted.join(", ")
}
