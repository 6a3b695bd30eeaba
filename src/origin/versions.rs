//! Versions: articles of one outlet that are one article, published again with changes.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::copies::{Groups, alike, cut};
use crate::claim::Claim;
use crate::rules::compare::OriginRules;
use crate::text::Article;
use crate::value::{DayRange, Name};

/// What is known of an article of a named outlet by its claims.
struct Draft<'c> {
    article: &'c Article,
    /// The words of its headline.
    title: Box<[u64]>,
    /// Its sentences that give claims.
    sentences: BTreeSet<u32>,
    /// Those of them that other documents have too, with the days that they name.
    copied: BTreeMap<u32, BTreeSet<DayRange>>,
}

/// By what two versions are found.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Mark<'c> {
    Address(&'c str),
    Sentence(u32),
}

/// For each claim the number of the group of versions that its article belongs to; none where there is no other version.
///
/// Versions have one outlet and one address; or they were published within a few days, share a sentence about the same
/// days, and share the headline or a good part of their sentences too. Numbers do not count, so that only the days tell a
/// version from the next bulletin of a series.
pub(super) fn find(claims: &[Claim], houses: &[Name], copies: &[Option<u32>], rules: &OriginRules) -> Vec<Option<u32>> {
    let numbers: FxHashSet<&str> = rules.copies.numbers.iter().map(String::as_str).collect();
    let mut drafts: BTreeMap<(&Name, &str), Draft<'_>> = BTreeMap::new();
    let key = |claim: &usize| (&houses[*claim], &*claims[*claim].article.document);
    let published = |claim: &usize| claims[*claim].article.outlet.is_some();
    for i in (0..claims.len()).filter(published) {
        let draft = drafts.entry(key(&i)).or_insert_with(|| Draft::of(&claims[i].article, &numbers, rules));
        draft.add(&claims[i], copies[i]);
    }
    let mut groups = Groups::of(drafts.len());
    let all: Vec<&Draft<'_>> = drafts.values().collect();
    let mut sharing: FxHashMap<(&Name, Mark<'_>), Vec<u32>> = FxHashMap::default();
    for (n, ((house, _), draft)) in (0..).zip(&drafts) {
        let address = draft.article.url.as_deref().filter(|url| !url.is_empty()).map(Mark::Address);
        for mark in address.into_iter().chain(draft.copied.keys().copied().map(Mark::Sentence)) {
            let others = sharing.entry((house, mark)).or_default();
            for &other in others.iter() {
                let one = || matches!(mark, Mark::Address(_)) || draft.is_version_of(all[other as usize], rules);
                if groups.head(other) != groups.head(n) && one() {
                    groups.join(other, n);
                }
            }
            if others.len() < rules.copies.most {
                others.push(n);
            }
        }
    }
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    let heads: BTreeMap<(&Name, &str), u32> = drafts.keys().copied().zip((0..).map(|n| groups.head(n))).collect();
    heads.values().for_each(|head| *sizes.entry(*head).or_default() += 1);
    let several = |head: &u32| sizes.get(head).is_some_and(|size| *size > 1);
    (0..claims.len()).map(|i| heads.get(&key(&i)).copied().filter(several)).collect()
}

/// The claims of an article, and the number that the sentence of each shares with its copies.
pub type Told<'c> = (&'c [Claim], &'c [Option<u32>]);

/// True if two articles of one house that share a sentence are versions of one.
pub fn are_versions<'c>(a: Told<'c>, b: Told<'c>, rules: &OriginRules) -> bool {
    let numbers: FxHashSet<&str> = rules.copies.numbers.iter().map(String::as_str).collect();
    let draft = |(claims, copies): Told<'c>| -> Option<Draft<'c>> {
        let mut draft = Draft::of(&claims.first()?.article, &numbers, rules);
        claims.iter().zip(copies).for_each(|(claim, copy)| draft.add(claim, *copy));
        Some(draft)
    };
    draft(a).zip(draft(b)).is_some_and(|(a, b)| a.is_version_of(&b, rules))
}

impl<'c> Draft<'c> {
    /// An article without claims.
    fn of(article: &'c Article, numbers: &FxHashSet<&str>, rules: &OriginRules) -> Self {
        let title = cut(article.title.as_deref().unwrap_or_default(), numbers, (1, rules.versions.title));
        Self { article, title, sentences: BTreeSet::new(), copied: BTreeMap::new() }
    }

    /// Adds a claim with the number that its sentence shares with its copies.
    fn add(&mut self, claim: &Claim, copy: Option<u32>) {
        self.sentences.insert(claim.sentence_index);
        if let Some(copy) = copy {
            self.copied.entry(copy).or_default().extend(claim.time.filter(|_| claim.timed_here));
        }
    }

    /// True if two articles of one outlet that share a sentence are versions of one.
    fn is_version_of(&self, other: &Self, rules: &OriginRules) -> bool {
        let versions = &rules.versions;
        let days = self.article.published.zip(other.article.published);
        let gap = days.map(|(a, b)| DayRange::day(a).gap(DayRange::day(b)));
        let titles = || !self.title.is_empty() && alike(&self.title, &other.title) >= versions.likeness;
        let alike_in_time = |(copy, times): &(&u32, &BTreeSet<DayRange>)| {
            other.copied.get(copy).is_some_and(|others| gap == Some(0) || !times.is_disjoint(others))
        };
        let common = self.copied.iter().filter(alike_in_time).count();
        let fewest = self.sentences.len().min(other.sentences.len());
        let share = || common >= versions.sentences && common as f64 >= versions.share * fewest as f64;
        common > 0 && gap.is_none_or(|gap| gap <= versions.days) && (titles() || share())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::compare::claim_of_line;
    use crate::origin::Origins;
    use crate::rules::{CompareRules, RuleFiles};

    /// Whether the articles of two claims are versions of one; each with its outlet, address, title, day and sentence, which
    /// tells of the given day.
    fn versions(a: [&str; 5], b: [&str; 5], told: [&str; 2]) -> bool {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let claim = |[outlet, url, title, day, sentence]: [&str; 5], told: &str, name: &str| {
            let mut claim = claim_of_line(&format!("3 killed; on {told}"), name).unwrap();
            let article = Arc::make_mut(&mut claim.article);
            let some = |text: &str| Some(text.into()).filter(|_| !text.is_empty());
            (article.outlet, article.url, article.title) = (some(outlet), some(url), some(title));
            article.published = day.parse().ok();
            claim.sentence = Arc::from(sentence);
            claim
        };
        let origins = Origins::trace(&[claim(a, told[0], "a"), claim(b, told[1], "b")], &rules.origins);
        origins.version(0).is_some() && origins.version(0) == origins.version(1)
    }

    #[test]
    fn one_address_or_one_headline_over_one_sentence_makes_versions() {
        let told = "Three people were killed when a shell hit the old bakery in Adre on Monday";
        let again = "Seven people were killed when a shell hit the old bakery in Adre on Monday";
        let (title, changed) =
            ("Three killed as shell hits bakery in Adre", "Seven killed as shell hits bakery in Adre");
        let monday = ["2020-09-28"; 2];
        let first = ["Herald", "", title, "2020-09-28", told];
        assert!(versions(first, ["Herald", "", changed, "2020-09-29", again], monday));
        assert!(!versions(first, ["Courier", "", changed, "2020-09-29", again], monday));
        assert!(!versions(first, ["Herald", "", changed, "2020-10-29", again], monday));
        assert!(!versions(first, ["Herald", "", changed, "2020-09-29", "Seven killed."], monday));
        assert!(!versions(first, ["Herald", "", "What we know of the war so far", "2020-09-29", again], monday));
        let address = "https://herald.example/2020/adre";
        assert!(versions(["Herald", address, "", "", "3 dead."], ["Herald", address, "", "", "7 dead."], monday));
    }

    #[test]
    fn the_next_bulletin_of_a_series_is_no_version_of_the_last() {
        let told = |number: &str| {
            format!("The general staff says that {number} potters were killed along the front over the past day")
        };
        let (first, second) = (told("3"), told("5"));
        let title = "General staff tells the losses of the day";
        let next = ["Herald", "", title, "2020-09-29", &second];
        assert!(!versions(["Herald", "", title, "2020-09-28", &first], next, ["2020-09-28", "2020-09-29"]));
        assert!(versions(["Herald", "", title, "2020-09-29", &first], next, ["2020-09-28", "2020-09-29"]));
    }
}
