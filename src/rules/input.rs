//! The typed form of `rules/input`: where saved pages and records say what they are, and how far archives are opened.

mod fields;
mod languages;
mod limits;
mod web;

pub use fields::{FeedRules, Shape};
pub use languages::Languages;
pub use limits::{DocumentLimits, DocumentRules, Limits, PageLimits, Pass, Reading};
pub use web::{DateRules, Part, Place, WebRules};

use super::RuleFiles;
use crate::error::Error;

/// All rules of what goes in, ready for use.
#[derive(Clone, Debug)]
pub struct InputRules {
    /// Saved web pages.
    pub web: WebRules,
    /// How other programs write articles as records, those that need most fields first.
    pub shapes: Vec<Shape>,
    /// Which languages can be told, and which have rules.
    pub languages: Languages,
    /// The elements of feeds.
    pub feed: FeedRules,
    /// How far packed files are opened.
    pub limits: Limits,
    /// PDF and DOCX.
    pub documents: DocumentRules,
    /// How much of a text is read at once.
    pub reading: Reading,
    /// What of folders and archives is passed over.
    pub pass: Pass,
}

impl InputRules {
    /// Reads and checks every file of `rules/input`; the first error, with its place.
    pub fn load(files: &RuleFiles) -> Result<Self, Error> {
        let limits::All { unpack: limits, page, document: documents, reading, pass } = limits::load(files)?;
        Ok(Self {
            web: WebRules::load(files, page)?,
            shapes: fields::shapes(files)?,
            languages: Languages::load(files)?,
            feed: fields::feed(files)?,
            limits,
            documents,
            reading,
            pass,
        })
    }
}
