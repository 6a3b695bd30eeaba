//! Events against groups: how far the main events of documents bring those together that are about one happening, and
//! which findings set documents about two against each other.

mod file;

use std::collections::{BTreeMap, BTreeSet};

use super::{Counts, Judged, share};
use crate::analysis::Analysis;
use crate::claim::Id;
use crate::compare::Finding;
use crate::value::{Name, Verdict};

pub use file::{Groups, Member};

/// How far events and groups are the same, after Bagga and Baldwin (1998): both shares are those of the single documents,
/// and their mean over all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EventScore {
    /// Documents measured.
    pub documents: usize,
    /// Their groups.
    pub groups: usize,
    /// Their events; a document without one is one by itself.
    pub events: usize,
    /// Of the documents of a document's event, the share that is of its group; `None` without documents.
    pub precision: Option<f64>,
    /// Of the documents of a document's group, the share that is of its event.
    pub recall: Option<f64>,
}

impl EventScore {
    /// Measures documents, each with its event and its group.
    pub fn of<E: Ord, G: Ord>(documents: &[(E, G)]) -> Self {
        let mut events: BTreeMap<&E, usize> = BTreeMap::new();
        let mut groups: BTreeMap<&G, usize> = BTreeMap::new();
        let mut both: BTreeMap<(&E, &G), usize> = BTreeMap::new();
        for (event, group) in documents {
            *events.entry(event).or_default() += 1;
            *groups.entry(group).or_default() += 1;
            *both.entry((event, group)).or_default() += 1;
        }
        // Documents that share event and group have the same share, so each of them adds what all of them are.
        let mean = |size_of: &dyn Fn(&(&E, &G)) -> usize| {
            let shares = both.iter().filter_map(|(key, &shared)| share(shared * shared, size_of(key)));
            Some(shares.sum::<f64>() / documents.len() as f64).filter(|_| !documents.is_empty())
        };
        Self {
            documents: documents.len(),
            groups: groups.len(),
            events: events.len(),
            precision: mean(&|(event, _)| events[event]),
            recall: mean(&|(_, group)| groups[group]),
        }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = self.precision.zip(self.recall)?;
        Some(2.0 * precision * recall / (precision + recall))
    }
}

/// Two documents of different groups that a finding sets against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Across {
    /// The finding.
    pub finding: Id,
    /// A contradiction or an update.
    pub verdict: Verdict,
    /// The comparison rule that gave it.
    pub rule: Name,
    /// The documents, in the order of the letters.
    pub documents: [Box<str>; 2],
    /// The group of each.
    pub groups: [Box<str>; 2],
}

/// How far events are right.
#[derive(Clone, Debug, Default)]
pub struct GroupScore {
    /// All documents that have a group.
    pub all: EventScore,
    /// Those of them that have a main event.
    pub with_event: EventScore,
    /// All findings; wrong are those that set documents of different groups against each other with such a verdict.
    pub findings: Vec<(Judged, Counts)>,
    /// The pairs of documents that make them wrong, in the order of the findings.
    pub across: Vec<Across>,
}

/// What a document is about: its main event, or itself where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Event(usize),
    Itself(usize),
}

impl GroupScore {
    /// Measures the events and findings of an analysis.
    pub fn of(analysis: &Analysis, groups: &Groups) -> Self {
        let about = |article: usize| analysis.main_event_of(article).map_or(About::Itself(article), About::Event);
        let group = |article: usize| groups.group_of(&analysis.articles.get(article)?.document);
        let all: Vec<(About, &str)> = (0..analysis.articles.len())
            .filter_map(|article| group(article).map(|group| (about(article), group)))
            .collect();
        let with_event: Vec<_> = all.iter().copied().filter(|(about, _)| matches!(about, About::Event(_))).collect();
        let across: Vec<Across> =
            analysis.findings.iter().flat_map(|finding| across(finding, analysis, groups)).collect();
        let wrong = |judged: Judged| {
            let wrong: BTreeSet<Id> =
                across.iter().filter(|pair| judged.holds(pair.verdict)).map(|pair| pair.finding).collect();
            let right = analysis.findings.len().saturating_sub(wrong.len());
            (judged, Counts { gold: None, right, wrong: wrong.len(), open: 0 })
        };
        let findings = Judged::ALL.into_iter().filter(|judged| judged.differs()).map(wrong).collect();
        Self { all: EventScore::of(&all), with_event: EventScore::of(&with_event), findings, across }
    }
}

/// The pairs of documents of different groups that a finding sets against each other, each once for each rule.
fn across(finding: &Finding, analysis: &Analysis, groups: &Groups) -> Vec<Across> {
    let documents = |position: usize| -> BTreeSet<(&str, &str)> {
        let claims = finding.positions.get(position).map_or(&[][..], |position| &position.claims);
        let names = analysis.claims_at(claims).map(|claim| &*claim.article.document);
        names.filter_map(|document| Some((document, groups.group_of(document)?))).collect()
    };
    let mut pairs = BTreeSet::new();
    for relation in finding.relations.iter().filter(|relation| Judged::Differs.holds(relation.verdict)) {
        let (a, b) = (documents(relation.a), documents(relation.b));
        for (&x, &y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).filter(|(x, y)| x.1 != y.1) {
            pairs.insert((relation.verdict, &relation.rule, x.min(y), x.max(y)));
        }
    }
    let pair = |(verdict, rule, a, b): (Verdict, &Name, (&str, &str), (&str, &str))| Across {
        finding: finding.id,
        verdict,
        rule: rule.clone(),
        documents: [a.0.into(), b.0.into()],
        groups: [a.1.into(), b.1.into()],
    };
    pairs.into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Precision and recall, rounded.
    fn measured(documents: &[(u8, u8)]) -> [Option<f64>; 2] {
        let score = EventScore::of(documents);
        [score.precision, score.recall].map(|share| share.map(|share| (share * 1e6).round() / 1e6))
    }

    #[test]
    fn each_document_counts_the_documents_it_stands_with() {
        // Two groups of two and three; one of the three stands with the two.
        let documents = [(0, 0), (0, 0), (0, 1), (1, 1), (1, 1)];
        assert_eq!(measured(&documents), [Some(0.733_333), Some(0.733_333)]);
        let score = EventScore::of(&documents);
        assert_eq!((score.documents, score.groups, score.events), (5, 2, 2));
    }

    #[test]
    fn one_event_for_all_is_found_whole_and_none_together_is_never_wrong() {
        assert_eq!(measured(&[(0, 0), (0, 0), (0, 1), (0, 1)]), [Some(0.5), Some(1.0)]);
        assert_eq!(measured(&[(0, 0), (1, 0), (2, 1), (3, 1)]), [Some(1.0), Some(0.5)]);
        assert_eq!(EventScore::of(&[(0, 0), (0, 0), (0, 1), (0, 1)]).f1(), Some(2.0 / 3.0));
    }

    #[test]
    fn without_documents_nothing_is_known() {
        let score = EventScore::of::<u8, u8>(&[]);
        assert_eq!((score.precision, score.recall, score.f1()), (None, None, None));
    }

    /// Precision and recall as they are defined, document by document.
    fn defined(documents: &[(u8, u8)]) -> [f64; 2] {
        let mean = |whole: fn(&(u8, u8), &(u8, u8)) -> bool| {
            let of = |one: &(u8, u8)| {
                let whole = documents.iter().filter(|other| whole(one, other)).count();
                documents.iter().filter(|other| *other == one).count() as f64 / whole as f64
            };
            documents.iter().map(of).sum::<f64>() / documents.len() as f64
        };
        [mean(|a, b| a.0 == b.0), mean(|a, b| a.1 == b.1)]
    }

    proptest! {
        #[test]
        fn equal_partitions_are_all_right_whatever_their_names(groups in prop::collection::vec(0_u8..8, 1..40)) {
            let documents: Vec<(u8, u8)> = groups.iter().map(|&group| (100 - group, group)).collect();
            let score = EventScore::of(&documents);
            prop_assert_eq!([score.precision, score.recall, score.f1()], [Some(1.0); 3]);
        }

        #[test]
        fn the_order_of_documents_does_not_matter(
            (one, other) in prop::collection::vec((0_u8..6, 0_u8..6), 0..40)
                .prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle()))
        ) {
            prop_assert_eq!(EventScore::of(&one), EventScore::of(&other));
        }

        #[test]
        fn sums_by_event_and_group_are_the_means_over_documents(
            documents in prop::collection::vec((0_u8..6, 0_u8..6), 1..40)
        ) {
            let score = EventScore::of(&documents);
            for (ours, defined) in [score.precision, score.recall].into_iter().zip(defined(&documents)) {
                prop_assert!(ours.is_some_and(|ours| (ours - defined).abs() < 1e-9 && ours > 0.0 && ours < 1.0 + 1e-9));
            }
        }
    }
}
