//! Names of actors, places and incidents as numbers, spelling variants together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::rules::compare::Spelling;
use crate::value::Name;

/// A name's number: the hash of the spelling that stands for its variants. It says the same in every linking.
pub(super) type NameId = u64;

/// What a number stands for; the numbers of one sort never meet those of another.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sort {
    /// An actor, a place or a kind of incident.
    Name,
    /// A word of a sentence.
    Mark,
    /// One who was killed.
    Dead,
}

/// The number of a text.
pub(super) fn number(sort: Sort, text: &str) -> NameId {
    xxh3_64_with_seed(text.as_bytes(), sort as u64)
}

/// Actors, places, kinds of incident, marks, and the dead by name.
pub(super) const SETS: usize = 5;

/// Which of the sets are the marks.
pub(super) const MARKS: usize = 3;

/// Sets of names, each of rising numbers; all lie in one piece of memory, because there are many of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NameSets {
    all: Box<[NameId]>,
    /// Where the second set and those after it begin.
    begins: [u32; SETS - 1],
}

impl NameSets {
    pub(super) fn of(sets: [BTreeSet<NameId>; SETS]) -> Self {
        let mut begins = [0; SETS - 1];
        let mut end = 0;
        for (begin, set) in begins.iter_mut().zip(&sets) {
            end += u32::try_from(set.len()).unwrap_or(u32::MAX);
            *begin = end;
        }
        Self { all: sets.into_iter().flatten().collect(), begins }
    }

    /// The sets in their order.
    pub(super) fn sets(&self) -> [&[NameId]; SETS] {
        let begin = |n: usize| n.checked_sub(1).map_or(0, |n| self.begins[n] as usize);
        let end = |n: usize| self.begins.get(n).map_or(self.all.len(), |&end| end as usize);
        std::array::from_fn(|n| self.all.get(begin(n)..end(n)).unwrap_or_default())
    }
}

/// The order of the first sets, then of the second, and so on.
impl Ord for NameSets {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sets().cmp(&other.sets())
    }
}

impl PartialOrd for NameSets {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers for names; variants of one name have one number.
#[derive(Debug, Default)]
pub(super) struct Names(FxHashMap<Name, NameId>);

impl Names {
    /// Numbers the names; the result depends on the set only, not on its order.
    pub(super) fn of(all: BTreeSet<Name>, spelling: &Spelling) -> Self {
        let mut blocks: BTreeMap<String, Vec<(String, NameId)>> = BTreeMap::new();
        let mut ids = FxHashMap::default();
        for name in all {
            let folded = fold(name.as_str(), spelling);
            let block = blocks.entry(beginning(&folded)).or_default();
            let known = block.iter().find(|(other, _)| are_near(&folded, other, spelling)).map(|(_, id)| *id);
            let id = known.unwrap_or_else(|| number(Sort::Name, name.as_str()));
            block.push((folded, id));
            ids.insert(name, id);
        }
        Self(ids)
    }

    /// Names whose numbers are known.
    pub(super) fn known(numbers: impl IntoIterator<Item = (Name, NameId)>) -> Self {
        Self(numbers.into_iter().collect())
    }

    /// All names with their numbers, in no order.
    pub(super) fn all(self) -> impl Iterator<Item = (Name, NameId)> {
        self.0.into_iter()
    }

    /// A name's number.
    pub(super) fn id(&self, name: &Name) -> Option<NameId> {
        self.0.get(name).copied()
    }
}

/// True if two folded names are spellings of one.
fn are_near(a: &str, b: &str, spelling: &Spelling) -> bool {
    a == b
        || a.chars().count().min(b.chars().count()) >= spelling.shortest
            && strsim::jaro_winkler(a, b) >= spelling.likeness
}

/// The number of a name that comes to others with the same beginning, given in their order with their numbers; `None` if
/// another would have to change its own.
pub(super) fn spell(name: &Name, others: &[(Name, NameId)], spelling: &Spelling) -> Option<NameId> {
    let folded = fold(name.as_str(), spelling);
    let near = |(other, _): &&(Name, NameId)| are_near(&folded, &fold(other.as_str(), spelling), spelling);
    let earlier = others.iter().take_while(|(other, _)| other < name).find(near).map(|(_, id)| *id);
    let own = earlier.unwrap_or_else(|| number(Sort::Name, name.as_str()));
    let mut later = others.iter().skip_while(|(other, _)| other < name).filter(near);
    later.all(|(_, id)| *id == own).then_some(own)
}

/// What names with spellings in common begin with.
pub(super) fn beginning_of(name: &Name, spelling: &Spelling) -> String {
    beginning(&fold(name.as_str(), spelling))
}

/// A name in small letters, with the letters that transcriptions write differently made one.
pub(super) fn fold(name: &str, spelling: &Spelling) -> String {
    let small = name.to_lowercase();
    spelling.folds.iter().fold(small, |text, (from, to)| text.replace(from.as_str(), to))
}

/// The letters that all spellings of a folded word begin with: only words of one beginning are compared.
fn beginning(folded: &str) -> String {
    folded.chars().take(2).collect()
}

/// The beginnings of a name's words; two names without a common one are not the same person.
pub(crate) fn word_beginnings(name: &str, spelling: &Spelling) -> BTreeSet<String> {
    fold(name, spelling).split_whitespace().map(beginning).collect()
}

/// True when two names of actors or persons stand for one: enough of the shorter one's words are words of the other.
pub(crate) fn same_person(a: &str, b: &str, spelling: &Spelling) -> bool {
    let words = |name: &str| -> Vec<String> { fold(name, spelling).split_whitespace().map(str::to_owned).collect() };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let equal = short.iter().any(|word| long.contains(word));
    let likeness = if equal { spelling.likeness_beside } else { spelling.likeness };
    let shared = short
        .iter()
        .filter(|word| {
            let near = |other: &&String| {
                *other == *word
                    || word.chars().count().min(other.chars().count()) >= spelling.shortest
                        && strsim::jaro_winkler(word, other) >= likeness
            };
            long.iter().any(|other| near(&other))
        })
        .count();
    !short.is_empty() && shared as f64 >= spelling.shared_words * short.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn spelling_variants_share_a_number_and_other_names_do_not() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let all = ["Karabakh", "Qarabagh", "Armenia", "Austria", "Jaysh al-Islam", "Jaish al Islam"];
        let names = Names::of(all.iter().map(|&n| Name::from(n)).collect(), &rules.events.spelling);
        let id = |name: &str| names.id(&Name::from(name)).unwrap();
        assert_eq!(id("Karabakh"), id("Qarabagh"));
        assert_eq!(id("Jaysh al-Islam"), id("Jaish al Islam"));
        assert_ne!(id("Armenia"), id("Austria"));
    }

    #[test]
    fn a_person_is_the_same_with_and_without_a_middle_name() {
        let spelling = CompareRules::load(&RuleFiles::built_in()).unwrap().events.spelling;
        assert!(same_person("D'Mio Antunez Ingram", "D'Mio Ingram", &spelling));
        assert!(same_person("Robert Adams Jr.", "Robert Lee Adams", &spelling));
        assert!(same_person("Damontay Quill", "Demontay Quill", &spelling));
        assert!(!same_person("Damontay Quill", "Demontay Birch", &spelling));
        assert!(!same_person("Carla Quill", "Carl Quill", &spelling));
        assert!(!same_person("Syrian government", "Syrian rebels", &spelling));
    }
}
