//! Ids of documents: no two have the same.

use std::collections::BTreeSet;
use std::path::Component;

use crate::error::{Error, Location};

/// What ids are given so far.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<Box<str>>);

impl Ids {
    /// Keeps the id of the document at a place, if it is the first of that id. Otherwise the folders that its file lies in
    /// stand before it, as few as tell it apart; where the id is not the file's name, or the folders tell nothing either, a
    /// number stands behind it, with a warning.
    pub(super) fn name(&mut self, id: &mut Box<str>, at: Location) -> Option<Error> {
        if self.0.insert(id.clone()) {
            return None;
        }
        let told_apart = Self::with_folders(id, &at).find(|other| !self.0.contains(other));
        if let Some(other) = told_apart {
            self.0.insert(other.clone());
            *id = other;
            return None;
        }
        let fresh = (2..).map(|n: u64| format!("{id}~{n}").into_boxed_str()).find(|other| !self.0.contains(other));
        let before = std::mem::replace(id, fresh.unwrap_or_default());
        self.0.insert(id.clone());
        let message = format!("a document before has the id {before:?} too; this one is called {id:?}");
        Some(Error::new(at, message).help("give every document an id or file name of its own"))
    }

    /// The id with one folder before it, with two, and so on.
    fn with_folders(id: &str, at: &Location) -> impl Iterator<Item = Box<str>> {
        let named = at.line == 0 && at.file.file_stem().is_some_and(|stem| stem.to_string_lossy() == *id);
        let folders = at.file.parent().filter(|_| named).into_iter().flat_map(|folder| folder.components().rev());
        let names = folders.filter_map(|folder| match folder {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        });
        names.scan(id.to_owned(), |id, name| {
            *id = format!("{name}-{id}");
            Some(id.as_str().into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_tell_files_of_one_name_apart_and_numbers_what_is_no_file() {
        let mut ids = Ids::default();
        let mut named = |id: &str, file: &str, line: usize| {
            let (mut id, mut at) = (Box::from(id), Location::file(file));
            at.line = line;
            let warned = ids.name(&mut id, at).is_some();
            (id.into_string(), warned)
        };
        for (id, file, line, expected, warned) in [
            ("index", "all/raid/index.html", 0, "index", false),
            ("index", "all/truce/index.html", 0, "truce-index", false),
            ("index", "more/truce/index.html", 0, "more-truce-index", false),
            ("index", "index.html", 0, "index~2", true),
            ("x", "all/x.jsonl", 3, "x", false),
            ("x", "all/x.jsonl", 4, "x~2", true),
            ("a", "feed.xml", 0, "a", false),
            ("a", "feed.xml", 0, "a~2", true),
        ] {
            assert_eq!(named(id, file, line), (expected.to_owned(), warned), "{file}");
        }
    }
}
