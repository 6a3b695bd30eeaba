//! When two names are spellings of one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::Error;
use crate::rules::{RuleFiles, names};

/// When two names are spellings of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Spelling {
    /// Jaro-Winkler likeness, 0 to 1, from which two folded names are one.
    pub likeness: f64,
    /// The same for a word of a person's name beside another word that both names have.
    pub likeness_beside: f64,
    /// Letters a folded name must have to be compared by likeness.
    pub shortest: usize,
    /// Share of the shorter name's words that two persons' names must have in common.
    pub shared_words: f64,
    /// Letters that English does not have.
    letters: Letters,
    /// Letters written differently in different transcriptions, first into second.
    folds: Vec<(String, String)>,
    /// Folded spellings of `names/`, with the first of their group.
    #[serde(skip)]
    same: FxHashMap<String, String>,
}

/// Letters with what English writes for them.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
struct Letters(FxHashMap<char, String>);

impl From<BTreeMap<String, String>> for Letters {
    fn from(written: BTreeMap<String, String>) -> Self {
        let all = written.iter().flat_map(|(english, letters)| letters.chars().map(move |c| (c, english.clone())));
        Self(all.collect())
    }
}

impl Spelling {
    /// Takes in the groups of `names/`.
    pub(super) fn unite(&mut self, files: &RuleFiles) -> Result<(), Vec<Error>> {
        for same in names::load(files)? {
            let first = self.letters(&same.first);
            let others: Vec<String> = same.others.iter().map(|other| self.letters(other.get_ref())).collect();
            self.same.extend(others.into_iter().chain([first.clone()]).map(|one| (one, first.clone())));
        }
        Ok(())
    }

    /// A name in small letters, with the letters that transcriptions write differently made one, and the words that are
    /// other spellings of a name made that name.
    pub fn fold(&self, name: &str) -> String {
        let folded = self.letters(name);
        if let Some(first) = self.same.get(&folded) {
            return first.clone();
        }
        // A word that stands for several might be one of them.
        let first = |word: &str| self.same.get(word).filter(|first| !first.contains(' '));
        if !folded.split(' ').any(|word| first(word).is_some()) {
            return folded;
        }
        let words = folded.split(' ').map(|word| first(word).map_or(word, String::as_str));
        words.collect::<Vec<_>>().join(" ")
    }

    fn letters(&self, name: &str) -> String {
        let mut small = name.to_lowercase();
        if !small.is_ascii() {
            let mut english = String::with_capacity(small.len());
            for c in small.chars() {
                match self.letters.0.get(&c) {
                    Some(letters) => english.push_str(letters),
                    None => english.push(c),
                }
            }
            small = english;
        }
        self.folds.iter().fold(small, |text, (from, to)| text.replace(from.as_str(), to))
    }
}
