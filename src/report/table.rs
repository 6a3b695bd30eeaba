//! Tables for the terminal and for Markdown: the few columns a person wants at a glance.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

use super::escape::md;
use super::text::{day, number, one_line};
use super::wire::{AttributionLine, ClaimLine, Days, FindingLine, GapLine, StretchPart, TallyLine, TimeLine};
use crate::event::days;
use crate::value::DayRange;

/// Width of a table that does not go to a terminal, in characters.
const WIDTH: u16 = 120;

/// A line that can be shown as a row of a table.
pub(crate) trait Row {
    /// The column headings.
    const HEADINGS: &'static [&'static str];

    /// Its cells, one per heading; text of articles as it stands.
    fn cells(&self) -> Vec<String>;
}

/// Writes a table; `fit` takes the width of the terminal.
pub(crate) fn write<R: Row>(rows: impl Iterator<Item = R>, fit: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if !fit || table.width().is_none() {
        table.set_width(WIDTH);
    }
    table.set_header(R::HEADINGS);
    for row in rows {
        table.add_row(row.cells().iter().map(|cell| cell.lines().map(one_line).collect::<Vec<_>>().join("\n")));
    }
    writeln!(out, "{table}")
}

/// Writes a Markdown table.
pub(crate) fn markdown<R: Row>(rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |\n|{}", R::HEADINGS.join(" | "), " :--- |".repeat(R::HEADINGS.len()))?;
    for row in rows {
        let cell = |cell: &String| cell.lines().map(md).collect::<Vec<_>>().join("<br>");
        writeln!(out, "| {} |", row.cells().iter().map(cell).collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}

fn range(range: Option<Days>) -> String {
    range.map_or_else(String::new, |[first, last]| days(DayRange::new(first.0, last.0)))
}

fn owned(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

impl Row for ClaimLine<'_> {
    const HEADINGS: &'static [&'static str] = &["outlet", "published", "kind", "says", "quote", "speaker", "time"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.outlet.unwrap_or(self.document).to_owned(),
            self.published.map_or_else(String::new, |published| day(published.0)),
            self.kind.0.to_string(),
            one_line(&self.says()),
            one_line(self.quote),
            owned(self.speaker.as_ref().map(|speaker| speaker.text)),
            range(self.time),
        ]
    }
}

impl Row for FindingLine<'_> {
    const HEADINGS: &'static [&'static str] = &["verdict", "question", "answers", "why"];

    fn cells(&self) -> Vec<String> {
        let answers = self.positions.iter().map(|position| {
            let carried = if position.outlets.is_empty() {
                format!("{} articles", position.articles)
            } else {
                position.outlets.join(", ")
            };
            one_line(&format!("{}: {carried}", position.label))
        });
        let mut reasons: Vec<String> =
            self.relations.iter().filter(|r| r.verdict == self.verdict).map(|r| one_line(r.why)).collect();
        reasons.dedup();
        let place = self.event.as_ref().map_or("", |event| event.label);
        let question = if self.question.contains(place) {
            one_line(self.question)
        } else {
            format!("{}\n{}", one_line(place), one_line(self.question))
        };
        let verdict = match &self.decision {
            Some(decision) if decision.covers_all => format!("{}\n{}", self.verdict.0, decision.verdict.0),
            _ => self.verdict.0.to_string(),
        };
        vec![verdict, question, answers.collect::<Vec<_>>().join("\n"), reasons.first().cloned().unwrap_or_default()]
    }
}

impl Row for TallyLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["document", "outlet", "event", "outcome", "low", "best", "high", "as of"];

    fn cells(&self) -> Vec<String> {
        let people = |n: Option<u64>| n.map_or_else(String::new, number);
        vec![
            self.document.to_owned(),
            owned(self.outlet),
            one_line(self.event_label.unwrap_or_default()),
            self.outcome.0.to_string(),
            people(self.low),
            people(self.best),
            people(self.high),
            self.as_of.map_or_else(String::new, |as_of| day(as_of.0)),
        ]
    }
}

impl Row for TimeLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "text", "type", "value", "mod", "days"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.document.to_owned(),
            one_line(self.text),
            self.kind.to_owned(),
            self.value.to_owned(),
            owned(self.modifier),
            range(self.days),
        ]
    }
}

impl Row for AttributionLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "source", "cue", "content", "direct"];

    fn cells(&self) -> Vec<String> {
        let words = |stretch: Option<&StretchPart<'_>>| one_line(stretch.map_or("", |stretch| stretch.text));
        vec![
            self.document.to_owned(),
            words(self.source.as_ref()),
            words(self.cue.as_ref()),
            words(Some(&self.content)),
            if self.direct { "yes" } else { "no" }.to_owned(),
        ]
    }
}

impl Row for GapLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "outlet", "reason", "why", "sentence"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.document.to_owned(),
            owned(self.outlet),
            self.reason.0.to_string(),
            one_line(self.why),
            one_line(self.sentence),
        ]
    }
}
