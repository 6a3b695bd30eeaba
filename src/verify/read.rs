//! Quotes read from the lines that the program writes for claims and for findings.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::Path;

use serde::Deserialize;

use super::Evidence;
use crate::error::{Error, Location};
use crate::rows::{Row, Rows, fields};
use crate::text::TextHash;

/// A claim's own line, or its part of a finding's line.
#[derive(Deserialize)]
struct ClaimEntry {
    #[serde(default, alias = "claim", deserialize_with = "fields::text")]
    id: Option<Box<str>>,
    #[serde(deserialize_with = "fields::some_text")]
    document: Box<str>,
    #[serde(deserialize_with = "fields::some_text")]
    quote: Box<str>,
    #[serde(default, deserialize_with = "fields::number")]
    start: Option<u32>,
    #[serde(default, deserialize_with = "fields::number")]
    end: Option<u32>,
    #[serde(default, deserialize_with = "fields::some_word")]
    sha256: Option<TextHash>,
}

#[derive(Deserialize)]
struct FindingEntry {
    positions: Vec<PositionEntry>,
}

#[derive(Deserialize)]
struct PositionEntry {
    evidence: Vec<ClaimEntry>,
}

impl From<ClaimEntry> for Evidence {
    fn from(entry: ClaimEntry) -> Self {
        let ClaimEntry { id: claim, document, quote, start, end, sha256 } = entry;
        Self { claim, document, place: start.zip(end), quote, sha256 }
    }
}

/// What a file of claims or findings gave.
#[derive(Debug, Default)]
pub struct Read {
    /// Its quotes in order; one that several findings rest on stands once.
    pub evidence: Vec<Evidence>,
    /// What is wrong with lines that were passed over.
    pub warnings: Vec<Error>,
}

/// Reads a file of claims (CSV or JSON Lines) or of findings (JSON Lines).
pub fn evidence(file: &Path, input: impl BufRead) -> Read {
    let mut read = Read::default();
    let mut seen = BTreeSet::new();
    for row in Rows::new(file, input).needing(&["document", "quote"]) {
        match row.and_then(|row| of_row(&row)) {
            Ok(quotes) => read.evidence.extend(quotes.into_iter().filter(|quote| seen.insert(quote.clone()))),
            Err(error) => read.warnings.push(error),
        }
    }
    if read.evidence.is_empty() && read.warnings.is_empty() {
        let error = Error::new(Location::file(file), "no claim stands in this file");
        read.warnings.push(error.help("give what `gainsay claims` or `gainsay findings` writes"));
    }
    read
}

fn of_row(row: &Row) -> Result<Vec<Evidence>, Error> {
    if row.has("positions") {
        let finding: FindingEntry = row.read()?;
        return Ok(finding.positions.into_iter().flat_map(|one| one.evidence).map(Evidence::from).collect());
    }
    row.read::<ClaimEntry>().map(|entry| vec![entry.into()])
}
