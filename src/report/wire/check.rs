//! A verified quote as it is written: one line per claim.

use serde::Serialize;

use super::{StretchPart, Word};
use crate::value::EvidenceStatus;
use crate::verify::{Check, Evidence, Found};

/// What became of the words that a claim stands on.
#[derive(Clone, Debug, Serialize)]
pub struct CheckLine<'a> {
    /// What became of them.
    pub status: Word<EvidenceStatus>,
    /// The document's id.
    pub document: &'a str,
    /// The words as they were written.
    pub quote: &'a str,
    /// Where they stood, in code points; null if no place was written.
    pub start: Option<u32>,
    /// One past their last code point then.
    pub end: Option<u32>,
    /// Where they stand now, and their words there; null if nowhere.
    pub found: Option<StretchPart<'a>>,
    /// True if the document's text is the same as then; null if not known.
    pub same_text: Option<bool>,
    /// The claim's id as it was written; null if none was.
    pub claim: Option<&'a str>,
}

impl<'a> From<&'a (Evidence, Check)> for CheckLine<'a> {
    fn from((evidence, check): &'a (Evidence, Check)) -> Self {
        Self {
            status: Word(check.status),
            document: &evidence.document,
            quote: &evidence.quote,
            start: evidence.place.map(|(start, _)| start),
            end: evidence.place.map(|(_, end)| end),
            found: check.found.as_ref().map(|Found { start, end, text }| StretchPart {
                start: *start,
                end: *end,
                text,
            }),
            same_text: check.same_text,
            claim: evidence.claim.as_deref(),
        }
    }
}
