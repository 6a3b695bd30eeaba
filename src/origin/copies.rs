//! Copies: sentences of several documents that are one but for the numbers, found without comparing all pairs.
//!
//! Each sentence is cut into runs of words and sketched by the smallest hashes of these (bottom-k sketch, Cohen and Kaplan
//! 2007); only sentences that share one are compared, by the share of runs they have in common (Broder 1997).

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use xxhash_rust::xxh3::xxh3_64;

use crate::claim::Claim;
use crate::rules::compare::CopyRules;

/// By what a sentence is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The order in which sentences are held against each other: of those that share a run only the first ones are.
    pub rank: i64,
    /// The hashes of its runs of words, rising; none of one too short to be known again. The first ones are what others are
    /// found by.
    pub runs: Box<[u64]>,
}

/// Makes sketches of sentences.
#[derive(Debug)]
pub struct Sketcher<'r> {
    rules: &'r CopyRules,
    numbers: FxHashSet<&'r str>,
}

impl<'r> Sketcher<'r> {
    /// As the rules have it.
    pub fn new(rules: &'r CopyRules) -> Self {
        Self { rules, numbers: rules.numbers.iter().map(String::as_str).collect() }
    }

    /// The sketch of a sentence.
    pub fn sketch(&self, sentence: &str) -> Sketch {
        let runs = cut(sentence, &self.numbers, (self.rules.run, self.rules.shortest));
        Sketch { rank: xxh3_64(sentence.as_bytes()).cast_signed(), runs }
    }

    /// The runs by which a sentence is found.
    pub fn found_by<'s>(&self, sketch: &'s Sketch) -> &'s [u64] {
        sketch.runs.get(..self.rules.sketch).unwrap_or(&sketch.runs)
    }

    /// True if two sentences that share a run are one but for the numbers.
    pub fn are_copies(&self, a: &Sketch, b: &Sketch) -> bool {
        alike(&a.runs, &b.runs) >= self.rules.least
    }
}

/// For each claim the number of the group of copies its sentence belongs to; none where no other document has it.
pub(super) fn find(claims: &[Claim], rules: &CopyRules) -> Vec<Option<u32>> {
    let families = families(claims, rules);
    let mut documents: FxHashMap<u32, (&str, bool)> = FxHashMap::default();
    for (claim, &family) in claims.iter().zip(&families) {
        let Some(family) = family else { continue };
        let document = &*claim.article.document;
        let (first, several) = documents.entry(family).or_insert((document, false));
        *several |= *first != document;
    }
    let several = |family: &u32| documents.get(family).is_some_and(|(_, several)| *several);
    families.into_iter().map(|family| family.filter(several)).collect()
}

/// For each claim the number of the family its sentence belongs to, alone or with copies; none of one too short to be known
/// again.
pub fn families(claims: &[Claim], rules: &CopyRules) -> Vec<Option<u32>> {
    let sketcher = Sketcher::new(rules);
    let mut numbers: FxHashMap<Arc<str>, u32> = FxHashMap::default();
    let mut sketches: Vec<Sketch> = Vec::new();
    let of: Vec<u32> = claims
        .iter()
        .map(|claim| {
            *numbers.entry(Arc::clone(&claim.sentence)).or_insert_with(|| {
                sketches.push(sketcher.sketch(&claim.sentence));
                u32::try_from(sketches.len() - 1).unwrap_or(u32::MAX)
            })
        })
        .collect();
    let mut groups = Groups::of(sketches.len());
    let mut sharing: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    // Crowded places keep the same sentences whatever the order of documents.
    let mut order: Vec<(i64, &Arc<str>, u32)> =
        numbers.iter().map(|(sentence, &n)| (sketches[n as usize].rank, sentence, n)).collect();
    order.sort_unstable();
    // For each sentence the last one that was held against it.
    let mut asked: Vec<Option<u32>> = vec![None; sketches.len()];
    for (_, _, n) in order {
        let own = &sketches[n as usize];
        for run in sketcher.found_by(own) {
            let others = sharing.entry(*run).or_default();
            for &other in others.iter() {
                let again = asked[other as usize].replace(n) == Some(n);
                if !again && groups.head(other) != groups.head(n) && sketcher.are_copies(own, &sketches[other as usize])
                {
                    groups.join(other, n);
                }
            }
            if others.len() < rules.most {
                others.push(n);
            }
        }
    }
    of.into_iter().map(|n| (!sketches[n as usize].runs.is_empty()).then(|| groups.head(n))).collect()
}

/// The hashes of a text's runs of words, rising; none of a text too short to be known again. Figures do not count.
pub(super) fn cut(text: &str, numbers: &FxHashSet<&str>, (run, shortest): (usize, usize)) -> Box<[u64]> {
    let small = text.to_lowercase();
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || numbers.contains(word);
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.map(|word| if number(word) { "#" } else { word }).collect();
    if words.len() < shortest {
        return Box::default();
    }
    let hasher = BuildHasherDefault::<FxHasher>::default();
    let mut hashes: Vec<u64> = words.windows(run.max(1)).map(|run| hasher.hash_one(run)).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.into()
}

/// The share of runs that two texts have in common, of all they have.
pub(super) fn alike(a: &[u64], b: &[u64]) -> f64 {
    let (mut common, mut rest) = (0, b.iter().peekable());
    for hash in a {
        while rest.next_if(|other| *other < hash).is_some() {}
        common += usize::from(rest.next_if(|other| *other == hash).is_some());
    }
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

/// Numbers joined to groups; the smallest number of a group stands for it.
pub(super) struct Groups(Vec<u32>);

impl Groups {
    /// So many numbers, each a group of its own.
    pub(super) fn of(size: usize) -> Self {
        Self((0..u32::try_from(size).unwrap_or(u32::MAX)).collect())
    }

    /// The number that stands for the group of one.
    pub(super) fn head(&mut self, n: u32) -> u32 {
        let mut head = n;
        while self.0[head as usize] != head {
            self.0[head as usize] = self.0[self.0[head as usize] as usize];
            head = self.0[head as usize];
        }
        head
    }

    /// Makes the groups of two numbers one.
    pub(super) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.head(a), self.head(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn sentences_that_differ_only_in_a_number_are_copies_and_others_are_not() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap().origins.copies;
        let claim = |sentence: &str, document: &str| {
            let mut claim = claim_of_line("3 killed", document).unwrap();
            claim.sentence = Arc::from(sentence);
            claim
        };
        let found = find(
            &[
                claim("Three men were killed when a shell hit the old bakery in Adre on Monday.", "a"),
                claim("Seven men were killed when a shell hit the old bakery in Adre on Monday.", "b"),
                claim("Two women were wounded when a bus left the road near the river at noon.", "c"),
                claim("Seven were killed.", "d"),
                claim("Seven were killed.", "e"),
            ],
            &rules,
        );
        assert!(found[0].is_some() && found[0] == found[1], "{found:?}");
        assert_eq!(found[2..], [None, None, None]);
    }
}
