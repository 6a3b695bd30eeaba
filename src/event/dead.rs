//! The dead by name: who was killed tells one happening from another, however late it is told again.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::claim::{Claim, Id};
use crate::rules::compare::Spelling;
use crate::value::{Outcome, Referent};

/// Names of the killed as numbers, by claim.
#[derive(Debug, Default)]
pub(super) struct Dead(FxHashMap<Id, u32>);

impl Dead {
    /// The names that more than one document tells; `from` is the first number they take.
    pub(super) fn of(claims: &[Claim], from: u32, spelling: &Spelling) -> Self {
        let mut told: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
        for claim in claims {
            if let Some(name) = name(claim, spelling) {
                told.entry(name).or_default().push(claim);
            }
        }
        let several = |claims: &[&Claim]| claims.iter().any(|c| c.article.document != claims[0].article.document);
        let shared = told.into_values().filter(|claims| several(claims));
        Self(shared.zip(from..).flat_map(|(claims, n)| claims.into_iter().map(move |claim| (claim.id, n))).collect())
    }

    /// The number of the one a claim says was killed.
    pub(super) fn get(&self, claim: &Claim) -> Option<u32> {
        self.0.get(&claim.id).copied()
    }
}

/// The name of the one person a claim says was killed.
fn name(claim: &Claim, spelling: &Spelling) -> Option<String> {
    let figure = claim.content.figure()?;
    let one = figure.referent == Referent::Named && figure.outcome == Outcome::Killed && !figure.perpetrator;
    full_name(&figure.words, spelling).filter(|_| one)
}

/// The first and last word of a name; `None` for a single word.
fn full_name(words: &str, spelling: &Spelling) -> Option<String> {
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let mut words = words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(capital);
    let (first, last) = (words.next()?, words.next_back()?);
    Some(format!("{} {}", spelling.fold(first), spelling.fold(last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn a_full_name_is_its_first_and_last_word() {
        let spelling = CompareRules::load(&RuleFiles::built_in()).unwrap().events.spelling;
        assert_eq!(full_name("Dora B. Quill, 41", &spelling), full_name("Dora Quill", &spelling));
        assert_eq!(full_name("LaPrida Quill", &spelling), full_name("Laprida Quill", &spelling));
        assert_eq!(full_name("Quill, 41", &spelling), None);
    }
}
