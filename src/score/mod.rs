//! Scores: the claims, verdicts and events of an analysis, measured against what people annotated.

mod claims;
mod fields;
mod gold;
mod groups;
mod names;
mod verdicts;

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::rules::score::ScoreRules;
use crate::value::{ClaimField, ClaimKind, Name, Verdict};

pub use gold::{Gold, GoldClaim, GoldDocument, GoldRelation};
pub use groups::{Across, EventScore, GroupScore, Groups, Member};

/// How often something was found, and how often that was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How often annotators found it; `None` where they cannot have looked for it.
    pub gold: Option<usize>,
    /// How often it was right.
    pub right: usize,
    /// How often it was wrong.
    pub wrong: usize,
    /// How often it counts neither way: the annotators left it open.
    pub open: usize,
}

impl Counts {
    /// How often the program said it.
    pub fn made(&self) -> usize {
        self.right + self.wrong + self.open
    }

    /// How often annotators found it and the program did not.
    pub fn missed(&self) -> Option<usize> {
        self.gold.map(|gold| gold.saturating_sub(self.right))
    }

    /// The share of what was said that is right; `None` where nothing was said.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    /// The share of what annotators found that was said; `None` where they found nothing.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.gold?)
    }

    /// The harmonic mean of precision and recall; `None` where neither could be wrong.
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.right, self.gold? + self.right + self.wrong)
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A verdict, or what two of them have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// One verdict.
    As(Verdict),
    /// A contradiction or an update: annotators often disagree which.
    Differs,
}

impl Judged {
    /// Everything that verdicts are measured as, the gravest first.
    pub const ALL: [Self; 5] = [
        Self::As(Verdict::Contradiction),
        Self::As(Verdict::Update),
        Self::Differs,
        Self::As(Verdict::Scope),
        Self::As(Verdict::Agreement),
    ];

    /// Its name in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::As(verdict) => verdict.as_str(),
            Self::Differs => "differs",
        }
    }

    /// True of a verdict that counts as this.
    pub fn holds(self, verdict: Verdict) -> bool {
        match self {
            Self::As(own) => own == verdict,
            Self::Differs => matches!(verdict, Verdict::Contradiction | Verdict::Update),
        }
    }

    /// True of verdicts that set claims against each other.
    pub fn differs(self) -> bool {
        match self {
            Self::As(verdict) => Self::Differs.holds(verdict),
            Self::Differs => true,
        }
    }
}

/// The claims of one kind.
#[derive(Clone, Debug, Default)]
pub struct KindScore {
    /// Claims found at their place.
    pub found: Counts,
    /// Claims found with every field right that matters most.
    pub strict: Counts,
    /// The fields of the claims found.
    pub fields: BTreeMap<ClaimField, Counts>,
}

/// One verdict on pairs of claims.
#[derive(Clone, Copy, Debug)]
pub struct VerdictScore {
    /// The verdict.
    pub verdict: Judged,
    /// Its pairs.
    pub pairs: Counts,
    /// Precision, the mean over the groups of documents in which it was given.
    pub group_precision: Option<f64>,
    /// Recall, the mean over the groups of documents that have such pairs.
    pub group_recall: Option<f64>,
}

/// How far claims, verdicts and events are right.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// By kind of claim; kinds that neither side has are not there.
    pub kinds: BTreeMap<ClaimKind, KindScore>,
    /// By verdict, the gravest first; empty where nobody annotated relations.
    pub verdicts: Vec<VerdictScore>,
    /// By rule: claims for a rule of extraction, pairs for one of comparison.
    pub rules: BTreeMap<Name, Counts>,
    /// Events and findings against groups of documents, if wanted.
    pub groups: Option<GroupScore>,
}

impl Score {
    /// Measures an analysis of at least the gold's documents, which must have been located, and those that have groups.
    pub fn of(analysis: &Analysis, gold: &Gold, groups: Option<&Groups>, rules: &ScoreRules) -> Self {
        let groups = groups.map(|groups| GroupScore::of(analysis, groups));
        let mut score = Self { groups, ..Self::default() };
        let mut known = BTreeMap::new();
        for (article, claims) in analysis.articles.iter().zip(&analysis.claims_of) {
            let name = &*article.document;
            let Some(document) = gold.documents.get(name).filter(|document| document.seen) else { continue };
            let (first, claims) = (claims.start, analysis.claims.get(claims.clone()).unwrap_or_default());
            for (claim, id) in claims::measure(claims, &document.claims, rules, &mut score) {
                known.insert(first + claim, format!("{name}:{id}"));
            }
        }
        if let Some(relations) = &gold.relations {
            verdicts::measure(analysis, gold, relations, &known, &mut score);
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_unknown_and_never_zero() {
        let counts = Counts { gold: Some(4), right: 0, wrong: 0, open: 2 };
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), (None, Some(0.0), Some(0.0)));
        let counts = Counts { gold: None, right: 3, wrong: 1, open: 0 };
        assert_eq!((counts.precision(), counts.recall(), counts.f1(), counts.made()), (Some(0.75), None, None, 4));
    }

    #[test]
    fn a_contradiction_and_an_update_both_differ() {
        let held: Vec<_> = Judged::ALL.iter().filter(|judged| judged.holds(Verdict::Update)).collect();
        assert_eq!(held, [&Judged::As(Verdict::Update), &Judged::Differs]);
        let apart = Judged::ALL.iter().filter(|judged| judged.differs()).map(|judged| judged.as_str());
        assert_eq!(apart.collect::<Vec<_>>(), ["contradiction", "update", "differs"]);
    }
}
