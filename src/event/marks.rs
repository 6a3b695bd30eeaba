//! Marks: rare words of the claims' sentences, which tell one happening from another where no rule knows a name:
//! capitalised ones, and what was struck (a bus, a market).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::claim::Claim;
use crate::rules::compare::Marks as Rules;

/// Rare words as numbers, by sentence.
#[derive(Debug, Default)]
pub(super) struct Marks(FxHashMap<Arc<str>, Box<[u32]>>);

impl Marks {
    /// The marks of all sentences; `from` is the first number they take.
    pub(super) fn of(claims: &[Claim], from: u32, rules: &Rules) -> Self {
        let mut sentences: FxHashMap<Arc<str>, Box<[u32]>> = FxHashMap::default();
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        // The documents of each word, as long as they are few enough.
        let mut documents: Vec<Vec<&str>> = Vec::new();
        for claim in claims {
            let sentence = sentences.entry(claim.sentence.clone()).or_insert_with(|| {
                let number = |word: String| {
                    *words.entry(word).or_insert_with(|| {
                        documents.push(Vec::new());
                        u32::try_from(documents.len() - 1).unwrap_or(u32::MAX)
                    })
                };
                let marks = capitalised(&claim.sentence, rules).into_iter().chain(scenes(&claim.sentence, rules));
                marks.collect::<BTreeSet<_>>().into_iter().map(number).collect()
            });
            for &word in &**sentence {
                let Some(seen) = documents.get_mut(word as usize) else { continue };
                if seen.len() <= rules.most_documents && !seen.contains(&&*claim.article.document) {
                    seen.push(&claim.article.document);
                }
            }
        }
        let rare = |word: u32| {
            let seen = documents.get(word as usize).map_or(0, Vec::len);
            seen > 1 && seen <= rules.most_documents
        };
        let ids: BTreeMap<u32, u32> = words.into_values().filter(|&word| rare(word)).zip(from..).collect();
        sentences.values_mut().for_each(|marks| {
            *marks = marks.iter().filter_map(|word| ids.get(word).copied()).collect();
        });
        sentences.retain(|_, marks| !marks.is_empty());
        Self(sentences)
    }

    /// The first number after those of the marks, at least `from`.
    pub(super) fn end(&self, from: u32) -> u32 {
        self.0.values().flatten().max().map_or(from, |last| last.saturating_add(1))
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

/// What a sentence says was struck, by the first word of its group.
fn scenes(sentence: &str, rules: &Rules) -> impl Iterator<Item = String> {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter_map(|word| rules.scenes.of(&small(word)).map(str::to_owned))
}

/// A word in small letters.
fn small(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase()) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn marks_are_names_and_what_was_struck() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap().events.marks;
        let all = |sentence: &str| capitalised(sentence, &rules).into_iter().chain(scenes(sentence, &rules)).collect();
        let marks: Vec<String> = all("The blast tore through two minibuses near Quill on Monday.");
        assert_eq!(marks, ["quill", "bus"]);
        let headline: Vec<String> = all("Blast Hits Bus In Gyumri");
        assert_eq!(headline, ["bus"]);
    }
}
