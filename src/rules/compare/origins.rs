//! Who counts as a source of its own: agencies, houses of outlets, and when sentences are copies.

use serde::Deserialize;

use crate::value::Name;

/// `compare/origins.toml`: what makes two accounts one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OriginRules {
    /// An agency is credited within so many of the first sentences of an article …
    pub credit_sentences: u32,
    /// … and so many letters of each.
    pub credit_letters: usize,
    /// How credits are written, with `{}` for the agency.
    credits: Vec<String>,
    /// Words of a speaker that tell nobody apart.
    pub small_words: Vec<String>,
    /// When sentences are copies.
    pub copies: CopyRules,
    /// When articles of one outlet are versions of one.
    pub versions: VersionRules,
    agency: Vec<Agency>,
    family: Vec<Family>,
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

/// An agency, and the names it goes by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agency {
    name: String,
    aliases: Vec<String>,
}

/// Outlets of one house.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    name: String,
    outlets: Vec<String>,
}

impl OriginRules {
    /// The agency of that name or alias, whatever the capitals.
    pub fn agency(&self, name: &str) -> Option<&str> {
        let known = |agency: &&Agency| {
            std::iter::once(&agency.name).chain(&agency.aliases).any(|known| known.eq_ignore_ascii_case(name.trim()))
        };
        self.agency.iter().find(known).map(|agency| agency.name.as_str())
    }

    /// The house that an outlet belongs to.
    pub fn family(&self, outlet: &str) -> Option<&str> {
        let known = |family: &&Family| family.outlets.iter().any(|known| known.eq_ignore_ascii_case(outlet.trim()));
        self.family.iter().find(known).map(|family| family.name.as_str())
    }

    /// Every way a credit can be written, with the agency it credits; those of longer names first.
    pub fn credit_marks(&self) -> Vec<(String, Name)> {
        let names = self.agency.iter().flat_map(|agency| {
            let all = std::iter::once(&agency.name).chain(&agency.aliases);
            all.map(|name| (name.as_str(), Name::from(agency.name.as_str())))
        });
        let mut marks: Vec<(String, Name)> = names
            .flat_map(|(name, agency)| self.credits.iter().map(move |form| (form.replace("{}", name), agency.clone())))
            .collect();
        marks.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        marks
    }
}
