//! Comparison: the questions on which claims can be set against each other, and the verdicts.

mod context;
mod gates;
mod line;
mod questions;
mod relate;
mod stance;
mod words;

use crate::claim::{Claim, Id};
use crate::event::Events;
use crate::origin::Origins;
use crate::rules::CompareRules;
use crate::rules::compare::Condition;
use crate::value::{FindingKind, Interval, Name, Verdict};

pub use line::{check_examples, claim_of_line};

/// One distinct answer to a question; claims that say the same thing stand together.
#[derive(Clone, Debug)]
pub struct Position {
    /// The answer in a few words.
    pub label: String,
    /// The people it allows; `None` where the question is not a number.
    pub interval: Option<Interval>,
    /// Indices of the claims that give it, rising.
    pub claims: Vec<usize>,
    /// How many articles give it; versions of one are one.
    pub articles: usize,
    /// Who says it, each independent origin once, in the order of the letters.
    pub origins: Vec<Name>,
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
    /// The conditions of the rule, which all hold.
    pub passed: Vec<Condition>,
    /// The graver rule that came nearest, if one came near.
    pub nearest: Option<Missed>,
}

/// A rule that does not decide a pair, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The rule's id.
    pub rule: Name,
    /// The verdict it would give.
    pub verdict: Verdict,
    /// Its conditions that do not hold.
    pub failed: Vec<Condition>,
}

/// Two positions that no rule sets against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncompared {
    /// Index of the first position.
    pub a: usize,
    /// Index of the second position.
    pub b: usize,
    /// The rule that came nearest.
    pub nearest: Missed,
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
    /// Pairs that are not compared, the first ones in order.
    pub uncompared: Vec<Uncompared>,
    /// The gravest relation.
    pub verdict: Verdict,
    /// 0 to 1, for sorting.
    pub severity: f64,
}

/// Every question of every event on which at least two claims can be compared, in the order of the events.
///
/// Within an event the questions stand in the order figures, timing, blame, denials. The order of the claims does
/// not change the findings but for the indices that point to them.
pub fn findings(claims: &[Claim], events: &Events, origins: &Origins, rules: &CompareRules) -> Vec<Finding> {
    let mut found = Vec::new();
    for (e, event) in events.events.iter().enumerate() {
        let mut members = event.claims.clone();
        members.sort_by(|&a, &b| stance::reading(&claims[a]).cmp(&stance::reading(&claims[b])));
        let context = context::Context::of(claims, &members, event, origins, rules);
        for question in questions::of_event(claims, &members, &context) {
            found.extend(relate::finding(question, e, event, (claims, &context)));
        }
    }
    found
}
