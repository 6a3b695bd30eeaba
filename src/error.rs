//! Errors of loading: where they are, what is wrong, and how to mend it.

use std::path::PathBuf;

/// A place in a file that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file's name as the user gave it, or `rules/…` for a built-in one.
    pub file: PathBuf,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// Column in characters, counted from 1; 0 when the whole line is meant.
    pub column: usize,
    /// The line itself, for the excerpt under the message; empty if there is none.
    pub excerpt: String,
    /// Length of the marked stretch in characters, at least 1.
    pub length: usize,
}

impl Location {
    /// The location of the byte range `start..end` of `text`, the contents of `file`.
    pub fn of(file: impl Into<PathBuf>, text: &str, start: usize, end: usize) -> Self {
        let mut start = start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let head = &text[..start];
        let line_start = head.rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
        let marked = text.get(start..end.clamp(start, line_end)).unwrap_or("");
        Self {
            file: file.into(),
            line: memchr::memchr_iter(b'\n', head.as_bytes()).count() + 1,
            column: text[line_start..start].chars().count() + 1,
            excerpt: text[line_start..line_end].trim_end_matches('\r').to_owned(),
            length: marked.chars().count().max(1),
        }
    }

    /// A whole file.
    pub fn file(file: impl Into<PathBuf>) -> Self {
        Self { file: file.into(), line: 0, column: 0, excerpt: String::new(), length: 1 }
    }

    /// A whole line, counted from 1.
    pub fn line(file: impl Into<PathBuf>, line: usize) -> Self {
        Self { line, ..Self::file(file) }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        match (self.line, self.column) {
            (0, _) => Ok(()),
            (line, 0) => write!(f, ":{line}"),
            (line, column) => write!(f, ":{line}:{column}"),
        }
    }
}

/// Something that could not be loaded.
///
/// Messages are lower case without a full stop; `help` says what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub at: Location,
    /// What is wrong.
    pub message: String,
    /// The mend, if one can be named.
    pub help: Option<String>,
}

impl Error {
    /// An error at a place.
    pub fn new(at: Location, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    /// The same error with its mend.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// One line: `path:line:column: message; help`.
impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.at, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_counts_lines_and_characters() {
        let text = "one\ntwö three\n";
        let at = text.find("three").unwrap();
        let place = Location::of("a.toml", text, at, at + 5);
        assert_eq!((place.line, place.column, place.length), (2, 5, 5));
        assert_eq!(place.excerpt, "twö three");
        assert_eq!(place.to_string(), "a.toml:2:5");
    }

    #[test]
    fn offsets_past_the_end_or_inside_a_character_do_not_panic() {
        assert_eq!(Location::of("a", "ö", 1, 99).column, 1);
        assert_eq!(Location::of("a", "", 5, 9).line, 1);
    }
}
