//! Published tolls laid out: a column for each field, and a table that sets policies side by side.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Format;
use super::csv::{self, Columns};
use super::stream::jsonl;
use super::table::{self, Row};
use super::text::{number, one_line};
use super::wire::TollLine;
use crate::analysis::Analysis;
use crate::policy::Published;

impl Columns for TollLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "event",
        "event_label",
        "outcome",
        "policy",
        "claimant",
        "low",
        "best",
        "high",
        "grade",
        "as_of",
        "decided",
        "accounts",
        "origins",
        "left_out",
        "note",
        "differs",
        "claims",
    ];
}

/// One row of the table: a policy's line, or what sets the policies of one event and outcome apart.
struct TollRow([String; 6]);

impl Row for TollRow {
    const HEADINGS: &'static [&'static str] = &["event", "policy", "low", "best", "high", "note"];
    const NUMBERS: &'static [&'static str] = &["low", "best", "high"];

    fn cells(&self) -> Vec<String> {
        self.0.to_vec()
    }
}

/// Writes what the policies publish; the tables say below each event and outcome where the policies differ.
pub(super) fn write(analysis: &Analysis, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Jsonl => jsonl(TollLine::of(analysis), out),
        Format::Csv => csv::write(TollLine::of(analysis), out),
        Format::Markdown => table::markdown(rows(analysis).into_iter(), out),
        Format::Table(look) => table::write(rows(analysis).into_iter(), look, out),
    }
}

fn rows(analysis: &Analysis) -> Vec<TollRow> {
    let groups = analysis.published.chunk_by(|a, b| (a.event, a.outcome) == (b.event, b.outcome));
    groups.flat_map(|group| of_group(analysis, group)).collect()
}

fn of_group(analysis: &Analysis, group: &[Published]) -> Vec<TollRow> {
    let people = |n: Option<u64>| n.map_or_else(String::new, number);
    let mut rows: Vec<TollRow> = Vec::new();
    for published in group {
        let Some(line) = TollLine::new(analysis, published) else { continue };
        let event = match rows.is_empty() {
            true => format!("{}\n{}", one_line(line.event_label), line.outcome.0),
            false => String::new(),
        };
        let policy = match (line.claimant, line.grade) {
            (Some(claimant), _) => format!("{}\n{}", line.policy, one_line(claimant)),
            (None, Some(grade)) => format!("{}\n{grade}", line.policy),
            (None, None) => line.policy.to_owned(),
        };
        rows.push(TollRow([
            event,
            policy,
            people(line.low),
            people(line.best),
            people(line.high),
            one_line(line.note),
        ]));
    }
    let told = group.iter().filter(|published| published.claimant.is_none()).count();
    if told > 1 {
        let [event, low, best, high] = Default::default();
        rows.push(TollRow([event, "together".to_owned(), low, best, high, together(group)]));
    }
    rows
}

/// Where the policies differ: `31 (acled, gtd); 24..40 (ibc)`. Lines of claimants stand for themselves.
pub(super) fn together(group: &[Published]) -> String {
    let mut said: BTreeMap<(Option<u64>, String), Vec<&str>> = BTreeMap::new();
    let one = || group.iter().filter(|published| published.claimant.is_none());
    for published in one() {
        let bare = Published { grade: None, ..published.clone() };
        said.entry((bare.best.or(bare.low), bare.says())).or_default().push(published.policy.as_str());
    }
    if one().all(|published| published.differs.is_empty()) {
        return "the policies do not differ".to_owned();
    }
    let said = said.into_iter().map(|((_, figure), policies)| format!("{figure} ({})", policies.join(", ")));
    format!("the policies differ: {}", said.collect::<Vec<_>>().join("; "))
}
