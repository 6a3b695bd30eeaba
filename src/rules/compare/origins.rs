//! Who counts as a source of its own: when sentences are copies and articles are versions of one another.

use serde::Deserialize;

use crate::rules::Outlets;

/// `compare/origins.toml`: what makes two accounts one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OriginRules {
    /// Words of a speaker that tell nobody apart.
    pub small_words: Vec<String>,
    /// When sentences are copies.
    pub copies: CopyRules,
    /// When articles of one outlet are versions of one.
    pub versions: VersionRules,
    /// Agencies and houses, from `outlets/`.
    #[serde(skip)]
    pub outlets: Outlets,
}

/// When sentences of two documents are copies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CopyRules {
    /// Words of a run.
    pub run: usize,
    /// Smallest hashes of a sentence by which others are found.
    pub sketch: usize,
    /// Share of runs, 0 to 1, that copies have in common.
    pub least: f64,
    /// Words that a sentence must have to be known again.
    pub shortest: usize,
    /// The most sentences that are compared for one hash.
    pub most: usize,
    /// Words that are numbers: copies may differ in them.
    pub numbers: Vec<String>,
}

/// When articles of one outlet that share a sentence are versions of one article.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VersionRules {
    /// The most days between them.
    pub days: i64,
    /// Words that a headline must have to be known again.
    pub title: usize,
    /// Share of words, 0 to 1, that the headlines of versions have in common …
    pub likeness: f64,
    /// … unless so many of the sentences that give claims are common …
    pub sentences: usize,
    /// … and this share, 0 to 1, of those of the shorter one.
    pub share: f64,
}
