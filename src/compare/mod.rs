//! Comparison: the questions on which claims can be set against each other, and the verdicts.

use crate::claim::Id;
use crate::value::{FindingKind, Interval, Name, Verdict};

/// One distinct answer to a question; claims that say the same thing stand together.
#[derive(Clone, Debug)]
pub struct Position {
    /// The answer in a few words.
    pub label: String,
    /// The people it allows; `None` where the question is not a number.
    pub interval: Option<Interval>,
    /// Indices of the claims that give it, rising.
    pub claims: Vec<usize>,
}

/// How two positions of a finding relate.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Index of the first position.
    pub a: usize,
    /// Index of the second position.
    pub b: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The comparison rule that gave it.
    pub rule: Name,
    /// The reason, in words a reader understands.
    pub why: String,
}

/// One question on which at least two claims can be compared.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Stable id.
    pub id: Id,
    /// What is compared.
    pub kind: FindingKind,
    /// Index of the event.
    pub event: usize,
    /// The question in words ("killed, all victims, Sept 2022 border clashes").
    pub question: String,
    /// The distinct answers.
    pub positions: Vec<Position>,
    /// How they relate, each pair once.
    pub relations: Vec<Relation>,
    /// The gravest relation.
    pub verdict: Verdict,
    /// 0 to 1, for sorting.
    pub severity: f64,
}
