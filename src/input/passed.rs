//! What is not read of what was found, and why.

use std::path::PathBuf;

use super::Raw;

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
