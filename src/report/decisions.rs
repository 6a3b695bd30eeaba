//! Reviewers' decisions as lines, and in words.

use std::io::{self, Write};

use comfy_table::Color;
use serde::Serialize;

use super::Format;
use super::csv::Columns;
use super::stream::lines;
use super::table::{Row, Tint};
use super::text::{day, one_line};
use super::wire::{Day, Word};
use crate::decision::Decision;
use crate::value::Judgement;

/// One decision as it is kept.
#[derive(Clone, Debug, Serialize)]
struct DecisionLine<'a> {
    /// The finding's id at that time.
    finding: &'a str,
    verdict: Word<Judgement>,
    why: &'a str,
    by: Option<&'a str>,
    on: Option<Day>,
    question: &'a str,
    /// Number of claims it rests on.
    claims: usize,
}

impl<'a> From<&'a Decision> for DecisionLine<'a> {
    fn from(decision: &'a Decision) -> Self {
        Self {
            finding: &decision.finding,
            verdict: Word(decision.verdict),
            why: &decision.why,
            by: decision.by.as_deref(),
            on: decision.on.map(Day),
            question: &decision.question,
            claims: decision.claims.len(),
        }
    }
}

impl Columns for DecisionLine<'_> {
    const COLUMNS: &'static [&'static str] = &["finding", "verdict", "why", "by", "on", "question", "claims"];
}

impl Row for DecisionLine<'_> {
    const HEADINGS: &'static [&'static str] = &["finding", "verdict", "question", "why", "by", "on"];
    const SPARE: &'static [&'static str] = &["on", "by"];

    fn cells(&self) -> Vec<String> {
        vec![
            one_line(self.finding),
            self.verdict.0.to_string(),
            one_line(self.question),
            one_line(self.why),
            one_line(self.by.unwrap_or_default()),
            self.on.map_or_else(String::new, |on| day(on.0)),
        ]
    }

    fn colour(&self) -> Option<Tint> {
        match self.verdict.0 {
            Judgement::Confirmed => Some((1, Color::Green)),
            Judgement::Dismissed => Some((1, Color::DarkGrey)),
        }
    }
}

/// Writes decisions, one line each.
pub fn write_decisions(decisions: &[Decision], format: Format, out: &mut dyn Write) -> io::Result<()> {
    lines(decisions.iter().map(DecisionLine::from), format, out)
}

/// `Dismissed by Ann on 2 May 2024: two moments of one toll`.
pub(super) fn in_words(decision: &Decision) -> String {
    let verdict = match decision.verdict {
        Judgement::Confirmed => "Confirmed",
        Judgement::Dismissed => "Dismissed",
    };
    let by = decision.by.as_deref().map(|by| format!(" by {}", one_line(by))).unwrap_or_default();
    let on = decision.on.map(|on| format!(" on {}", day(on))).unwrap_or_default();
    format!("{verdict}{by}{on}: {}", one_line(&decision.why))
}
