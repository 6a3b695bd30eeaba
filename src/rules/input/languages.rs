//! Languages of documents: which can be told, and which have rules.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::error::Error;
use crate::rules::RuleFiles;

/// The file that holds it.
const FILE: &str = "input/languages.toml";

/// Which languages can be told, and which have rules.
#[derive(Clone, Debug)]
pub struct Languages {
    /// Bytes of the shortest text whose language is told.
    pub shortest: usize,
    /// Bytes of its beginning and of its end by which it is told.
    pub sample: usize,
    /// Bytes of a sample that have to be letters.
    pub letters: usize,
    /// Names of the languages that can be told, by their codes of three letters.
    pub names: BTreeMap<Box<str>, Box<str>>,
    /// Languages with words of their own.
    pub readable: BTreeSet<Box<str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    shortest: usize,
    sample: usize,
    letters: usize,
    names: BTreeMap<Box<str>, Box<str>>,
}

impl Languages {
    /// Loads the file, and looks which languages have words.
    pub(super) fn load(files: &RuleFiles) -> Result<Self, Error> {
        let RawFile { shortest, sample, letters, names } = files.get(FILE)?.parse()?;
        let language = |path: &str| path.split_once("/words/").map(|(language, _)| language.into());
        let readable = files.iter().filter_map(|file| language(&file.path)).collect();
        Ok(Self { shortest, sample, letters, names, readable })
    }

    /// True if every language with rules can be told: else a text in one that cannot would be taken for another's.
    pub fn can_tell(&self) -> bool {
        self.readable.iter().all(|readable| self.names.values().any(|name| name == readable))
    }
}
