//! Marks: rare capitalised words of the claims' sentences, which tell one happening from another where no rule knows a name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::Claim;
use crate::rules::compare::Marks as Rules;

/// Rare words as numbers, by sentence.
#[derive(Debug, Default)]
pub(super) struct Marks(BTreeMap<Arc<str>, BTreeSet<u32>>);

impl Marks {
    /// The marks of all sentences; `from` is the first number they take.
    pub(super) fn of(claims: &[Claim], from: u32, rules: &Rules) -> Self {
        let mut words: BTreeMap<Arc<str>, BTreeSet<String>> = BTreeMap::new();
        let mut documents: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for claim in claims {
            let sentence = words.entry(claim.sentence.clone()).or_insert_with(|| capitalised(&claim.sentence, rules));
            for word in sentence.iter() {
                let seen = documents.entry(word.clone()).or_default();
                if seen.len() <= rules.most_documents {
                    seen.insert(&claim.article.document);
                }
            }
        }
        let rare = documents.iter().filter(|(_, seen)| seen.len() > 1 && seen.len() <= rules.most_documents);
        let ids: BTreeMap<&str, u32> = rare.zip(from..).map(|((word, _), id)| (word.as_str(), id)).collect();
        let number =
            |words: &BTreeSet<String>| words.iter().filter_map(|word| ids.get(word.as_str()).copied()).collect();
        Self(words.iter().map(|(sentence, words)| (sentence.clone(), number(words))).collect())
    }

    /// The marks of a claim's sentence.
    pub(super) fn get(&self, claim: &Claim) -> impl Iterator<Item = u32> + '_ {
        self.0.get(&claim.sentence).into_iter().flatten().copied()
    }
}

/// The capitalised words inside a sentence; none of a sentence that is mostly capitalised, as headlines are.
fn capitalised(sentence: &str, rules: &Rules) -> BTreeSet<String> {
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let count = words.iter().filter(|word| capital(word)).count();
    if count * 2 > words.len() {
        return BTreeSet::new();
    }
    let named = words.iter().skip(1).filter(|word| capital(word) && word.chars().count() >= rules.shortest);
    named.map(|word| word.to_lowercase()).filter(|word| !rules.common.contains(word)).collect()
}
