//! The dead by name: who was killed tells one happening from another, however late it is told again.

use super::names::{self, NameId, Sort};
use crate::claim::Claim;
use crate::rules::compare::Spelling;
use crate::value::{Outcome, Referent};

/// The number of the one person that a claim says was killed.
pub(super) fn number(claim: &Claim, spelling: &Spelling) -> Option<NameId> {
    name(claim, spelling).map(|name| names::number(Sort::Dead, &name))
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
