//! The file of groups: which documents are about one happening, read with the place of every row.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::analysis::Analysis;
use crate::error::{Error, Location};
use crate::rows::{Rows, fields};

/// Where people read how files of groups are written.
const GUIDE: &str = "docs/GOLD.md says how a file of groups is written";

/// The columns a file needs.
const COLUMNS: [&str; 2] = ["document", "group"];

/// A document's place among the groups.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its group.
    pub group: Box<str>,
    /// Where the file says so.
    pub at: Location,
}

/// Which documents are about one happening.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// By the document's id.
    pub documents: BTreeMap<Box<str>, Member>,
    /// What is wrong with rows; these are left out.
    pub warnings: Vec<Error>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(deserialize_with = "fields::some_text")]
    document: Box<str>,
    #[serde(deserialize_with = "fields::some_text")]
    group: Box<str>,
}

impl Groups {
    /// Reads a file with the columns `document` and `group`; one without any row that can be used is an error.
    pub fn read(file: &Path, text: &str) -> Result<Self, Error> {
        let lines = Lines::of(file, text);
        let mut groups = Self::default();
        for row in Rows::new(file, text.as_bytes()).needing(&COLUMNS) {
            let entry = row.and_then(|row| Ok((row.read::<Entry>()?, row.at)));
            let added = entry.and_then(|(Entry { document, group }, at)| {
                let (document, group) = (document.trim(), group.trim());
                groups.add(document, Member { group: group.into(), at: lines.place(&at, Some(document)) })
            });
            groups.warnings.extend(added.err().map(|error| {
                let at = lines.place(&error.at, None);
                let error = Error { at, ..error };
                if error.help.is_some() { error } else { error.help(GUIDE) }
            }));
        }
        match groups {
            Self { documents, mut warnings } if documents.is_empty() => Err(match warnings.is_empty() {
                true => Error::new(Location::file(file), "no document has a group in this file").help(GUIDE),
                false => warnings.remove(0),
            }),
            groups => Ok(groups),
        }
    }

    fn add(&mut self, document: &str, member: Member) -> Result<(), Error> {
        if let Some(first) = self.documents.get(document) {
            let message = format!("a second row for {document:?}; the one of line {} stands", first.at.line);
            return Err(Error::new(member.at, message).help("keep one row for each document"));
        }
        self.documents.insert(document.into(), member);
        Ok(())
    }

    /// A document's group.
    pub fn group_of(&self, document: &str) -> Option<&str> {
        self.documents.get(document).map(|member| &*member.group)
    }

    /// An error for each document that no article is, in the order of the rows.
    pub fn unknown(&self, analysis: &Analysis) -> Vec<Error> {
        let mut known: Vec<&str> = analysis.articles.iter().map(|article| &*article.document).collect();
        known.sort_unstable();
        let gone = self.documents.iter().filter(|(document, _)| known.binary_search(&&***document).is_err());
        let unknown = |(document, member): (&str, &Member)| {
            Error::new(member.at.clone(), format!("no article has the id {document:?}; it is left out"))
                .help("name the document like the article's file, or give the article's path too")
        };
        let mut errors: Vec<Error> = gone.map(|(document, member)| unknown((document, member))).collect();
        errors.sort_by_key(|error| error.at.line);
        errors
    }
}

/// The lines of a file by their number.
struct Lines<'a> {
    file: &'a Path,
    text: &'a str,
    /// The byte with which each begins.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(file: &'a Path, text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// The place of a cell in the line of `at`, or the line; a place that has a column, or no line, as it is.
    fn place(&self, at: &Location, cell: Option<&str>) -> Location {
        let Some(&start) = self.starts.get(at.line.wrapping_sub(1)).filter(|_| at.column == 0) else {
            return at.clone();
        };
        let line = self.text[start..].lines().next().unwrap_or("");
        let at =
            |(from, length): (usize, usize)| Location::of(self.file, self.text, start + from, start + from + length);
        at(cell.and_then(|cell| Some((place_of(line, cell)?, cell.len()))).unwrap_or((0, line.len())))
    }
}

/// The byte of a line at which a cell stands that holds these words alone.
fn place_of(line: &str, words: &str) -> Option<usize> {
    let edge = |c: Option<char>| c.is_none_or(|c| c == ',' || c == '"' || c == '\'' || c.is_whitespace());
    let alone = |&at: &usize| {
        let (before, after) = (&line[..at], &line[at + words.len()..]);
        edge(before.chars().next_back()) && edge(after.chars().next())
    };
    line.match_indices(words).map(|(at, _)| at).find(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Groups, Error> {
        Groups::read(Path::new("groups.csv"), text)
    }

    #[test]
    fn rows_are_read_whatever_the_order_of_the_columns() {
        let groups = read("\u{FEFF}group,note,document\n\"Bridge, Monday\",,a-1\n bridge ,x, b-1 \n").unwrap();
        assert!(groups.warnings.is_empty());
        assert_eq!([groups.group_of("a-1"), groups.group_of("b-1")], [Some("Bridge, Monday"), Some("bridge")]);
        assert_eq!(groups.group_of("c"), None);
    }

    #[test]
    fn a_doubled_document_is_told_at_its_cell_and_the_first_row_stands() {
        let groups = read("group,document\na-1 and others,a-1\nother,a-10\nthird,a-1\n").unwrap();
        assert_eq!(groups.group_of("a-1"), Some("a-1 and others"));
        let told: Vec<String> = groups.warnings.iter().map(ToString::to_string).collect();
        let expected =
            "groups.csv:4:7: a second row for \"a-1\"; the one of line 2 stands; help: keep one row for each document";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn bad_rows_are_told_with_line_and_column_and_passed_over() {
        let groups = read("document,group\na,\nb,one\nc,one,two\n").unwrap();
        let told: Vec<String> = groups.warnings.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("groups.csv:2:1: missing field `group`; help: fill `group`"), "{told:?}");
        assert!(told[1].starts_with("groups.csv:4:1: this row has more fields"), "{told:?}");
        assert_eq!(groups.documents.len(), 1);
    }

    #[test]
    fn a_file_without_groups_is_an_error_that_says_where_and_how_to_mend_it() {
        for (text, expected) in [
            ("document,grop\na,b\n", "groups.csv:1:1: no column `group`; help: rename the column `grop`"),
            ("document,group\n", "groups.csv: no document has a group in this file; help: docs/GOLD.md"),
            ("", "groups.csv:1:1: no column `document`"),
            ("document,group\n,one\n", "groups.csv:2:1: missing field `document`"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
