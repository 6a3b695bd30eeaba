//! Marks: rare words of the claims' sentences, which tell one happening from another where no rule knows a name:
//! capitalised ones, and what was struck (a bus, a market).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::names::{NameId, Sort, number};
use crate::claim::Claim;
use crate::rules::compare::Marks as Rules;

/// The telling words of all sentences as numbers, and which of them are rare enough to tell one happening from another.
#[derive(Debug, Default)]
pub(super) struct Marks {
    of: FxHashMap<Arc<str>, Box<[NameId]>>,
    rare: FxHashSet<NameId>,
}

impl Marks {
    /// The marks of all sentences.
    pub(super) fn of(claims: &[Claim], rules: &Rules) -> Self {
        let words = Words::of(rules);
        let mut of: FxHashMap<Arc<str>, Box<[NameId]>> = FxHashMap::default();
        // The documents of each word, as long as they are few enough.
        let mut documents: FxHashMap<NameId, Vec<&str>> = FxHashMap::default();
        for claim in claims {
            let marks = of.entry(claim.sentence.clone()).or_insert_with(|| words.marks(&claim.sentence));
            for mark in &**marks {
                let seen = documents.entry(*mark).or_default();
                if seen.len() <= rules.most_documents && !seen.contains(&&*claim.article.document) {
                    seen.push(&claim.article.document);
                }
            }
        }
        let rare = |seen: &Vec<&str>| seen.len() > 1 && seen.len() <= rules.most_documents;
        let rare = documents.into_iter().filter(|(_, seen)| rare(seen)).map(|(mark, _)| mark).collect();
        Self { of, rare }
    }

    /// All telling words of all sentences, as if each were rare.
    pub(super) fn everything(claims: &[Claim], rules: &Rules) -> Self {
        let words = Words::of(rules);
        let mut of: FxHashMap<Arc<str>, Box<[NameId]>> = FxHashMap::default();
        for claim in claims {
            of.entry(claim.sentence.clone()).or_insert_with(|| words.marks(&claim.sentence));
        }
        let rare = of.values().flatten().copied().collect();
        Self { of, rare }
    }

    /// All telling words of a claim's sentence.
    pub(super) fn all(&self, claim: &Claim) -> impl Iterator<Item = NameId> + '_ {
        self.of.get(&claim.sentence).into_iter().flatten().copied()
    }

    /// The marks of a claim's sentence: words that more than one document has, and not many.
    pub(super) fn get(&self, claim: &Claim) -> impl Iterator<Item = NameId> + '_ {
        self.all(claim).filter(|mark| self.rare.contains(mark))
    }
}

/// How the telling words of a sentence are found.
pub(super) struct Words<'r> {
    rules: &'r Rules,
    /// What may be struck, by each of its words.
    scenes: FxHashMap<&'r str, NameId>,
}

impl<'r> Words<'r> {
    pub(super) fn of(rules: &'r Rules) -> Self {
        let groups = rules.scenes.iter().filter_map(|group| Some((number(Sort::Mark, group.first()?), group)));
        // A word of two groups belongs to the first.
        let scenes = groups.rev().flat_map(|(id, group)| group.iter().map(move |word| (word.as_str(), id))).collect();
        Self { rules, scenes }
    }

    /// The telling words of a sentence, rising: those with a capital inside it, and what was struck.
    pub(super) fn marks(&self, sentence: &str) -> Box<[NameId]> {
        let words = sentence.split(|c: char| !c.is_alphanumeric()).map(small);
        let scenes = words.filter_map(|word| self.scenes.get(&*word).copied());
        let capitalised = capitalised(sentence, self.rules).into_iter().map(|word| number(Sort::Mark, &word));
        capitalised.chain(scenes).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// A word in small letters.
fn small(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

/// The capitalised words inside a sentence; none of a sentence that is mostly capitalised, as headlines are.
fn capitalised<'s>(sentence: &'s str, rules: &Rules) -> Vec<Cow<'s, str>> {
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let count = words.iter().filter(|word| capital(word)).count();
    if count * 2 > words.len() {
        return Vec::new();
    }
    let named = words.into_iter().skip(1).filter(|word| capital(word) && word.chars().count() >= rules.shortest);
    named.map(small).filter(|word| !rules.common.iter().any(|common| common == word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn marks_are_names_and_what_was_struck() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap().events.marks;
        let words = Words::of(&rules);
        let marks = |of: &[&str]| of.iter().map(|word| number(Sort::Mark, word)).collect::<BTreeSet<_>>();
        let found = |sentence: &str| words.marks(sentence).iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(found("The blast tore through two minibuses near Quill on Monday."), marks(&["quill", "bus"]));
        assert_eq!(found("Blast Hits Bus In Gyumri"), marks(&["bus"]));
    }
}
