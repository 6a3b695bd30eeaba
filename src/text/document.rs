//! A document: the one owner of an article's bytes, and what is known about the article.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Span, TextHash};

/// What is known about an article without reading its sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The document's id: its file stem, or the id its metadata gives.
    pub document: Box<str>,
    /// Who published it; `None` if unknown.
    pub outlet: Option<Box<str>>,
    /// The agency whose words it carries, by its canonical name; `None` if it credits none, or several.
    pub credit: Option<Box<str>>,
    /// Day of publication; `None` if unknown, never guessed.
    pub published: Option<Date>,
    /// Headline.
    pub title: Option<Box<str>>,
    /// Where it was published.
    pub url: Option<Box<str>>,
    /// The hash of the document's text, into which the offsets of its claims point; `None` if the text was not seen.
    pub sha256: Option<TextHash>,
}

/// One article's text with its metadata. Sentences, tokens, mentions and claims are ranges into `text`.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Metadata, shared by every claim of the document.
    pub article: Arc<Article>,
    /// The whole text as it was read.
    pub text: String,
    /// The stretches of `text` that are the article itself, in order; page furniture lies outside.
    pub body: Vec<Span>,
    /// Where the headline stands in `text`, if it is there.
    pub headline: Option<Span>,
}

/// Turns byte offsets of one text into Unicode code point offsets, front to back.
///
/// Offsets may be asked in any order; rising ones cost only the distance moved.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    chars: usize,
    ascii: bool,
}

impl<'t> CodePoints<'t> {
    /// A converter at the start of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, chars: 0, ascii: text.is_ascii() }
    }

    /// Number of code points before byte `offset`.
    pub fn at(&mut self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        if self.ascii {
            return offset as u32;
        }
        let bytes = self.text.as_bytes();
        let starts = |part: &[u8]| part.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        if offset >= self.byte {
            self.chars += starts(&bytes[self.byte..offset]);
        } else {
            self.chars -= starts(&bytes[offset..self.byte]);
        }
        self.byte = offset;
        self.chars as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_forwards_and_backwards() {
        let text = "a “quoted” word";
        let mut points = CodePoints::new(text);
        let at = text.find("word").unwrap() as u32;
        assert_eq!(points.at(at), 11);
        assert_eq!(points.at(2), 2);
        assert_eq!(points.at(5), 3);
        assert_eq!(points.at(at), 11);
        assert_eq!(points.at(9999), 15);
    }
}
