//! Verification: quotes of claims written earlier, looked for again in the documents they were taken from.

mod read;
mod search;

use std::collections::BTreeMap;

use crate::text::TextHash;
use crate::value::EvidenceStatus;

pub use read::{Read, evidence};

/// The words that a claim stands on, as they were written down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The claim's id as it was written; `None` if none was.
    pub claim: Option<Box<str>>,
    /// The document's id.
    pub document: Box<str>,
    /// First code point and one past the last; `None` if no place was written.
    pub place: Option<(u32, u32)>,
    /// The words.
    pub quote: Box<str>,
    /// The hash of the document's text at that time, if it was written.
    pub sha256: Option<TextHash>,
}

/// Where a quote stands now, in code points, and its words there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words, whose white space may differ from the quote's.
    pub text: Box<str>,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// In a word.
    pub status: EvidenceStatus,
    /// Where it stands now: its own place, else the nearest other one.
    pub found: Option<Found>,
    /// True if the document's text is the same as then; `None` if its hash or the document is not known.
    pub same_text: Option<bool>,
}

impl Check {
    const MISSING: Self = Self { status: EvidenceStatus::Missing, found: None, same_text: None };
}

/// Checks quotes document by document; what it keeps grows with the quotes and not with the documents.
#[derive(Debug, Default)]
pub struct Verifier {
    evidence: Vec<Evidence>,
    checks: Vec<Option<Check>>,
    by_document: BTreeMap<Box<str>, Vec<usize>>,
}

impl Verifier {
    /// A verifier of these quotes.
    pub fn new(evidence: Vec<Evidence>) -> Self {
        let mut by_document: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
        for (index, one) in evidence.iter().enumerate() {
            by_document.entry(one.document.clone()).or_default().push(index);
        }
        Self { checks: vec![None; evidence.len()], evidence, by_document }
    }

    /// Looks for the quotes of a document in its text.
    pub fn see(&mut self, document: &str, text: &str) {
        let Some(asked) = self.by_document.get(document) else { return };
        let quotes: Vec<&Evidence> = asked.iter().filter_map(|&index| self.evidence.get(index)).collect();
        for (&index, check) in asked.iter().zip(search::checks(&quotes, text)) {
            self.checks[index] = Some(check);
        }
    }

    /// The quotes in their order with what became of each.
    pub fn finish(self) -> Vec<(Evidence, Check)> {
        let checks = self.checks.into_iter().map(|check| check.unwrap_or(Check::MISSING));
        self.evidence.into_iter().zip(checks).collect()
    }
}
