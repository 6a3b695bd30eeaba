//! What the page's scripts cannot read off the page: the rows that can be saved, and the lines that can be copied.
//!
//! They are packed, because they say again what the page says: plain, they would be half of it.

use std::collections::BTreeMap;
use std::io;

use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

use super::{Context, cite};
use crate::compare::Finding;
use crate::report::csv::Columns;
use crate::report::model::Question;
use crate::report::pair::{PairLine, Side, gravest_first};
use crate::report::wire::{DecisionPart, EventPart, Hex, Word, rounded};
use crate::value::{FindingKind, Verdict};

/// The data of the page.
#[derive(Serialize)]
struct Data<'a> {
    /// The columns of `discrepancies.csv`.
    columns: &'static [&'static str],
    findings: Vec<FindingData<'a>>,
    /// By finding: as Markdown, and for Wikipedia.
    copies: BTreeMap<String, [String; 2]>,
}

/// A finding with its answers as `discrepancies.csv` has them.
#[derive(Serialize)]
struct FindingData<'a> {
    finding: Hex,
    verdict: Word<Verdict>,
    kind: Word<FindingKind>,
    event: Option<EventPart<'a>>,
    question: &'a str,
    severity: f64,
    decision: Option<DecisionPart<'a>>,
    answers: Vec<Option<Side<'a>>>,
    relations: Vec<Pair<'a>>,
}

/// How two answers relate.
#[derive(Serialize)]
struct Pair<'a> {
    a: usize,
    b: usize,
    verdict: Word<Verdict>,
    rule: &'a str,
    why: &'a str,
}

/// The data as JSON, packed with gzip and written in base 64.
pub(super) fn of(context: &Context<'_>) -> io::Result<String> {
    let report = context.report;
    let findings = context.analysis().findings.iter().map(|finding| finding_data(finding, context));
    let open = report.disputed.iter().chain(&report.agreed).flat_map(|section| &section.questions);
    let dismissed = report.dismissed.iter().map(|(_, question)| question);
    let copy = |question: &Question<'_>| {
        (question.finding.id.to_string(), [cite::markdown(question), cite::wikipedia(question)])
    };
    let copies = open.chain(dismissed).map(copy).collect();
    let data = Data { columns: PairLine::COLUMNS, findings: findings.collect(), copies };
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    serde_json::to_writer(&mut packed, &data)?;
    Ok(BASE64_STANDARD.encode(packed.finish()?))
}

fn finding_data<'a>(finding: &'a Finding, context: &Context<'a>) -> FindingData<'a> {
    let analysis = context.analysis();
    let pair = |relation: &'a crate::compare::Relation| Pair {
        a: relation.a,
        b: relation.b,
        verdict: Word(relation.verdict),
        rule: relation.rule.as_str(),
        why: &relation.why,
    };
    FindingData {
        finding: Hex(finding.id),
        verdict: Word(finding.verdict),
        kind: Word(finding.kind),
        event: analysis.events.events.get(finding.event).map(Into::into),
        question: &finding.question,
        severity: rounded(finding.severity),
        decision: analysis.decided.get(&finding.id).map(Into::into),
        answers: finding.positions.iter().map(|position| Side::of(analysis, position)).collect(),
        relations: gravest_first(finding).into_iter().map(pair).collect(),
    }
}
