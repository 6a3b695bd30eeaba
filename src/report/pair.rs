//! Pairs of answers: a finding laid out flat for spreadsheets, one row per pair with both sides' words.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::csv::Columns;
use super::wire::{Day, DecisionPart, EventPart, Hex, Word, rounded};
use crate::analysis::Analysis;
use crate::compare::{Finding, Position, Relation};
use crate::value::{Correctable, FindingKind, Verdict};

/// Two answers to one question, or one answer where all agree.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PairLine<'a> {
    verdict: Word<Verdict>,
    kind: Word<FindingKind>,
    event: Option<EventPart<'a>>,
    question: &'a str,
    a: Option<Side<'a>>,
    b: Option<Side<'a>>,
    why: Option<&'a str>,
    rule: Option<&'a str>,
    severity: f64,
    finding: Hex,
    decision: Option<DecisionPart<'a>>,
}

/// One answer: its earliest claim's words, and everybody who gives it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Side<'a> {
    answer: &'a str,
    low: Option<u64>,
    high: Option<u64>,
    outlets: BTreeSet<&'a str>,
    speakers: BTreeSet<&'a str>,
    published: Option<Day>,
    document: &'a str,
    quote: &'a str,
    sentence: &'a str,
    claims: Vec<Hex>,
    corrected: BTreeSet<&'static str>,
}

impl Columns for PairLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "verdict",
        "kind",
        "event.label",
        "event.time.first",
        "event.time.last",
        "event.places",
        "event.actors",
        "question",
        "a.answer",
        "a.outlets",
        "a.speakers",
        "a.published",
        "a.quote",
        "b.answer",
        "b.outlets",
        "b.speakers",
        "b.published",
        "b.quote",
        "why",
        "a.sentence",
        "b.sentence",
        "a.low",
        "a.high",
        "b.low",
        "b.high",
        "a.document",
        "b.document",
        "rule",
        "severity",
        "finding",
        "event.id",
        "a.claims",
        "b.claims",
        "a.corrected",
        "b.corrected",
        "decision.verdict",
        "decision.why",
        "decision.by",
        "decision.on",
    ];
}

impl<'a> PairLine<'a> {
    /// The pairs of all findings, the gravest finding first and within it the gravest pair.
    pub(super) fn all(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.findings.iter().flat_map(|finding| Self::of(analysis, finding))
    }

    fn of(analysis: &'a Analysis, finding: &'a Finding) -> Vec<Self> {
        let side = |index: usize| finding.positions.get(index).and_then(|position| Side::of(analysis, position));
        let row = Self {
            verdict: Word(finding.verdict),
            kind: Word(finding.kind),
            event: analysis.events.events.get(finding.event).map(Into::into),
            question: &finding.question,
            a: side(0),
            b: None,
            why: None,
            rule: None,
            severity: rounded(finding.severity),
            finding: Hex(finding.id),
            decision: analysis.decided.get(&finding.id).map(Into::into),
        };
        if finding.relations.is_empty() {
            return vec![row];
        }
        let pairs = gravest_first(finding).into_iter().map(|relation| Self {
            verdict: Word(relation.verdict),
            a: side(relation.a),
            b: side(relation.b),
            why: Some(&relation.why),
            rule: Some(relation.rule.as_str()),
            ..row.clone()
        });
        pairs.collect()
    }
}

/// The pairs of a finding in the order of the rows.
pub(super) fn gravest_first(finding: &Finding) -> Vec<&Relation> {
    let mut relations: Vec<_> = finding.relations.iter().collect();
    relations.sort_by_key(|relation| std::cmp::Reverse(relation.verdict));
    relations
}

impl<'a> Side<'a> {
    /// The side of one answer; none where it has no claims.
    pub(super) fn of(analysis: &'a Analysis, position: &'a Position) -> Option<Self> {
        let claims = || analysis.claims_at(&position.claims);
        let first = claims().min_by_key(|claim| claim.article.published.unwrap_or(Date::MAX))?;
        Some(Self {
            answer: &position.label,
            low: position.interval.map(|interval| interval.low),
            high: position.interval.and_then(|interval| interval.high),
            outlets: claims().filter_map(|claim| claim.article.outlet.as_deref()).collect(),
            speakers: claims().filter_map(|claim| claim.speaker.as_ref()).map(|speaker| &*speaker.text).collect(),
            published: first.article.published.map(Day),
            document: &first.article.document,
            quote: first.quote(),
            sentence: &first.sentence,
            claims: claims().map(|claim| Hex(claim.id)).collect(),
            corrected: claims().flat_map(|claim| claim.corrected.iter()).map(Correctable::as_str).collect(),
        })
    }
}
