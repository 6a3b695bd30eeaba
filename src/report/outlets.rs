//! The audit of outlets laid out: columns, tables, and its section of the report.

use std::io::{self, Write};

use comfy_table::Color;

use super::csv::Columns;
use super::model::Report;
use super::table::{self, Row, Tint};
use super::text::{day, number, one_line};
use super::wire::{FigureLine, MeasurePart, OutletLine};
use crate::analysis::Analysis;

impl Columns for OutletLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "outlet",
        "articles",
        "events",
        "killed.value",
        "killed.of",
        "injured.value",
        "injured.of",
        "missing.value",
        "missing.of",
        "captured.value",
        "captured.of",
        "displaced.value",
        "displaced.of",
        "casualties.value",
        "casualties.of",
        "unattributed.value",
        "unattributed.of",
        "own_blame.value",
        "own_blame.of",
        "late.value",
        "late.of",
        "remarks",
    ];
}

impl Row for OutletLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["outlet", "articles", "events", "killed", "injured", "nobody named", "own blame", "days late", "remarks"];
    const NUMBERS: &'static [&'static str] =
        &["articles", "events", "killed", "injured", "nobody named", "own blame", "days late"];
    const SPARE: &'static [&'static str] = &["events", "articles", "own blame", "days late", "injured"];

    fn cells(&self) -> Vec<String> {
        let remarks: Vec<&str> = self.remarks.iter().map(|remark| remark.0.as_str()).collect();
        vec![
            one_line(self.outlet),
            number(self.articles as u64),
            number(self.events as u64),
            measure(self.killed.as_ref(), signed),
            measure(self.injured.as_ref(), signed),
            measure(self.unattributed.as_ref(), share),
            measure(self.own_blame.as_ref(), share),
            measure(self.late.as_ref(), |days| format!("{days}")),
            remarks.join(", "),
        ]
    }

    fn colour(&self) -> Option<Tint> {
        Some((Self::HEADINGS.len() - 1, Color::Yellow))
    }
}

impl Columns for FigureLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "outlet",
        "published",
        "event",
        "event_label",
        "outcome",
        "low",
        "best",
        "high",
        "as_of",
        "main",
        "speakers",
        "origin",
        "middle",
        "deviation",
        "late",
        "claims",
    ];
}

impl Row for FigureLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["event", "outcome", "outlet", "figure", "as of", "from whom", "from the middle", "days late"];
    const NUMBERS: &'static [&'static str] = &["figure", "from the middle", "days late"];
    const SPARE: &'static [&'static str] = &["days late", "as of", "from whom", "from the middle"];
    const GROUPED: bool = true;

    fn cells(&self) -> Vec<String> {
        let tally = &self.tally;
        let range = match (tally.low, tally.high) {
            (Some(low), Some(high)) if low == high => number(low),
            (low, high) => format!("{}..{}", low.map(number).unwrap_or_default(), high.map(number).unwrap_or_default()),
        };
        vec![
            one_line(tally.event_label.unwrap_or_default()),
            tally.outcome.0.to_string(),
            one_line(tally.outlet.unwrap_or(tally.document)),
            tally.best.map_or(range, number),
            tally.as_of.map_or_else(String::new, |as_of| day(as_of.0)),
            one_line(&self.speakers.join(", ")),
            self.deviation.map_or_else(String::new, signed),
            self.late.map_or_else(String::new, |days| days.to_string()),
        ]
    }
}

/// The headings of the table of outlets, and its rows; no rows where there are fewer than two outlets.
pub(super) fn measures(analysis: &Analysis) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let rows: Vec<Vec<String>> = OutletLine::of(analysis).map(|line| line.cells()).collect();
    (OutletLine::HEADINGS.to_vec(), if rows.len() < 2 { Vec::new() } else { rows })
}

/// `+12 % (3)`: the number and what it rests on.
fn measure(measure: Option<&MeasurePart>, shown: impl Fn(f64) -> String) -> String {
    measure.map_or_else(String::new, |measure| format!("{} ({})", shown(measure.value), number(measure.of as u64)))
}

/// `+12 %`.
pub(super) fn signed(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent == 0.0 { "0 %".to_owned() } else { format!("{percent:+} %") }
}

fn share(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

/// The outlets set against each other, where there are several.
pub(super) fn section(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.analysis.audit.outlets.len() < 2 {
        return Ok(());
    }
    writeln!(out, "## Outlets, set against each other\n")?;
    writeln!(
        out,
        "How far an outlet's figures stand from the middle of independent origins, how many of them name nobody, how much"
    )?;
    writeln!(
        out,
        "of its blame is in its own voice, and how many days it is behind the first outlet. In brackets stands on how"
    )?;
    writeln!(out, "many events, figures or accusations that rests; an empty cell is unknown.\n")?;
    table::markdown(OutletLine::of(report.analysis), out)?;
    writeln!(out)
}
