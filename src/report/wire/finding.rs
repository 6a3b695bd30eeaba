//! A finding as it is written: one line per question on which claims can be compared.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Day, Days, Hex, Sha256, Word, corrected, days};
use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::compare::{Finding, Missed, Position, Relation, Uncompared};
use crate::decision::Decided;
use crate::event::Event;
use crate::value::{Correctable, FindingKind, Judgement, Name, Verdict};

/// One question on which at least two claims can be compared.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "finding")]
pub struct FindingLine<'a> {
    /// Stable: the same input gives the same id.
    pub id: Hex,
    /// What is compared.
    pub kind: Word<FindingKind>,
    /// The event the question is about.
    pub event: Option<EventPart<'a>>,
    /// What is being compared, in words.
    pub question: &'a str,
    /// The distinct answers; claims that say the same thing stand together.
    pub positions: Vec<PositionPart<'a>>,
    /// How the answers relate, each pair once.
    pub relations: Vec<RelationPart<'a>>,
    /// Pairs of answers that no rule sets against each other, the first ones in order.
    pub not_compared: Vec<UncomparedPart<'a>>,
    /// The gravest relation.
    pub verdict: Word<Verdict>,
    /// 0 to 1, for sorting.
    pub severity: f64,
    /// What a reviewer decided; null if nobody did.
    pub decision: Option<DecisionPart<'a>>,
}

/// What a reviewer decided on a finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DecisionPart<'a> {
    /// What was decided.
    pub verdict: Word<Judgement>,
    /// The reason.
    pub why: &'a str,
    /// Who decided; null if not said.
    pub by: Option<&'a str>,
    /// When; null if not said.
    pub on: Option<Day>,
    /// False if answers came since that the reviewer had not seen.
    pub covers_all: bool,
}

/// The event of a finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventPart<'a> {
    /// Stable id.
    pub id: Hex,
    /// A short description.
    pub label: &'a str,
    /// First and last day; null if unknown.
    pub time: Option<Days>,
    /// Places, the most named first.
    pub places: Vec<&'a str>,
    /// Actors, the most named first.
    pub actors: Vec<&'a str>,
}

/// One distinct answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PositionPart<'a> {
    /// The answer in a few words.
    pub label: &'a str,
    /// Lowest number of people it allows; null where the question is not a number.
    pub low: Option<u64>,
    /// Highest; null where open or not a number.
    pub high: Option<u64>,
    /// Ids of the claims that give it.
    pub claims: Vec<Hex>,
    /// Outlets that carry it, each once, sorted.
    pub outlets: Vec<&'a str>,
    /// Speakers it is put to, each once, sorted; the outlets' own voice is not listed.
    pub speakers: Vec<&'a str>,
    /// Number of articles that carry it; versions of one are one.
    pub articles: usize,
    /// Independent origins of it, each once, sorted: speakers by name, agencies, houses of outlets.
    pub origins: Vec<&'a str>,
    /// The words it stands on, one part per claim that quotes some, with all that is needed to find them again.
    pub evidence: Vec<EvidencePart<'a>>,
}

/// A claim's words and their place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidencePart<'a> {
    /// Id of the claim.
    pub claim: Hex,
    /// The document's id.
    pub document: &'a str,
    /// The words, exact.
    pub quote: &'a str,
    /// First Unicode code point of the quote in the document's text; null if a given claim does not say.
    pub start: Option<u32>,
    /// One past its last code point; null likewise.
    pub end: Option<u32>,
    /// SHA-256 of the document's text; null if the text was not seen.
    pub sha256: Option<Sha256>,
    /// What a reviewer corrected in the claim.
    pub corrected: Vec<Word<Correctable>>,
}

/// How two answers relate.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RelationPart<'a> {
    /// Index of the first position.
    pub a: usize,
    /// Index of the second position.
    pub b: usize,
    /// The verdict.
    pub verdict: Word<Verdict>,
    /// Id of the comparison rule.
    pub rule: &'a str,
    /// The reason in words.
    pub why: &'a str,
    /// The rule's gates, which all hold.
    pub gates: Vec<String>,
    /// The graver rule that came nearest, with the gates that stopped it; null if none came near.
    pub nearest: Option<MissedPart<'a>>,
}

/// A rule that does not decide a pair.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MissedPart<'a> {
    /// Id of the comparison rule.
    pub rule: &'a str,
    /// The verdict it would give.
    pub verdict: Word<Verdict>,
    /// Its gates that do not hold.
    pub failed: Vec<String>,
}

/// Two answers that are not compared.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UncomparedPart<'a> {
    /// Index of the first position.
    pub a: usize,
    /// Index of the second position.
    pub b: usize,
    /// The rule that came nearest, with the gates that stopped it.
    pub nearest: MissedPart<'a>,
}

impl<'a> From<&'a Missed> for MissedPart<'a> {
    fn from(missed: &'a Missed) -> Self {
        let failed = missed.failed.iter().map(ToString::to_string).collect();
        Self { rule: missed.rule.as_str(), verdict: Word(missed.verdict), failed }
    }
}

impl<'a> From<&'a Uncompared> for UncomparedPart<'a> {
    fn from(pair: &'a Uncompared) -> Self {
        Self { a: pair.a, b: pair.b, nearest: (&pair.nearest).into() }
    }
}

/// A severity to four decimals: more would be noise.
pub(in crate::report) fn rounded(severity: f64) -> f64 {
    (severity * 1e4).round() / 1e4
}

impl<'a> FindingLine<'a> {
    /// The lines of all findings, the gravest first.
    pub fn all(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.findings.iter().map(|finding| Self::of(analysis, finding))
    }

    /// The line of one finding.
    pub fn of(analysis: &'a Analysis, finding: &'a Finding) -> Self {
        Self {
            id: Hex(finding.id),
            kind: Word(finding.kind),
            event: analysis.events.events.get(finding.event).map(Into::into),
            question: &finding.question,
            positions: finding.positions.iter().map(|position| PositionPart::of(analysis, position)).collect(),
            relations: finding.relations.iter().map(Into::into).collect(),
            not_compared: finding.uncompared.iter().map(Into::into).collect(),
            verdict: Word(finding.verdict),
            severity: rounded(finding.severity),
            decision: analysis.decided.get(&finding.id).map(Into::into),
        }
    }
}

impl<'a> PositionPart<'a> {
    /// An answer with who carries it.
    fn of(analysis: &'a Analysis, position: &'a Position) -> Self {
        let claims = || analysis.claims_at(&position.claims);
        let outlets: BTreeSet<&str> = claims().filter_map(|claim| claim.article.outlet.as_deref()).collect();
        let speakers: BTreeSet<&str> =
            claims().filter_map(|claim| claim.speaker.as_ref()).map(|speaker| &*speaker.text).collect();
        Self {
            label: &position.label,
            low: position.interval.map(|interval| interval.low),
            high: position.interval.and_then(|interval| interval.high),
            claims: claims().map(|claim| Hex(claim.id)).collect(),
            outlets: outlets.into_iter().collect(),
            speakers: speakers.into_iter().collect(),
            articles: position.articles,
            origins: position.origins.iter().map(Name::as_str).collect(),
            evidence: claims().filter(|claim| !claim.quote().is_empty()).map(Into::into).collect(),
        }
    }
}

impl<'a> From<&'a Claim> for EvidencePart<'a> {
    fn from(claim: &'a Claim) -> Self {
        Self {
            claim: Hex(claim.id),
            document: &claim.article.document,
            quote: claim.quote(),
            start: claim.place().map(|(start, _)| start),
            end: claim.place().map(|(_, end)| end),
            sha256: claim.article.sha256.map(Sha256),
            corrected: corrected(claim.corrected),
        }
    }
}

impl<'a> From<&'a Decided> for DecisionPart<'a> {
    fn from(decided: &'a Decided) -> Self {
        let decision = &decided.decision;
        Self {
            verdict: Word(decision.verdict),
            why: &decision.why,
            by: decision.by.as_deref(),
            on: decision.on.map(Day),
            covers_all: decided.covers_all,
        }
    }
}

impl<'a> From<&'a Event> for EventPart<'a> {
    fn from(event: &'a Event) -> Self {
        let names = |names: &'a [Name]| names.iter().map(Name::as_str).collect();
        Self {
            id: Hex(event.id),
            label: &event.label,
            time: days(event.time),
            places: names(&event.setting.places),
            actors: names(&event.setting.actors),
        }
    }
}

impl<'a> From<&'a Relation> for RelationPart<'a> {
    fn from(relation: &'a Relation) -> Self {
        Self {
            a: relation.a,
            b: relation.b,
            verdict: Word(relation.verdict),
            rule: relation.rule.as_str(),
            why: &relation.why,
            gates: relation.passed.iter().map(ToString::to_string).collect(),
            nearest: relation.nearest.as_ref().map(Into::into),
        }
    }
}
