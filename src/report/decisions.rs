//! Reviewers' decisions and corrections as lines, and in words.

use std::io::{self, Write};

use comfy_table::Color;
use jiff::civil::Date;
use serde::Serialize;

use super::Format;
use super::csv::Columns;
use super::escape::{link, md};
use super::model::Report;
use super::stream::lines;
use super::table::{Row, Tint};
use super::text::{day, one_line, outlet_and_day};
use super::wire::{Day, Word};
use crate::decision::{About, Correction, Decision, Kept};
use crate::value::Judgement;

/// One decision or correction as it is kept.
#[derive(Clone, Debug, Default, Serialize)]
struct KeptLine<'a> {
    /// The finding's id at that time; null for a correction.
    finding: Option<&'a str>,
    verdict: Option<Word<Judgement>>,
    why: &'a str,
    by: Option<&'a str>,
    on: Option<Day>,
    question: Option<&'a str>,
    /// Number of claims it rests on.
    claims: usize,
    /// The corrected claim's id at that time; null for a decision.
    claim: Option<&'a str>,
    document: Option<&'a str>,
    quote: Option<&'a str>,
    figure: Option<&'a str>,
    speaker: Option<&'a str>,
    /// A claim about the event, by its words; `none` for no event.
    event: Option<&'a str>,
}

impl<'a> From<&'a Decision> for KeptLine<'a> {
    fn from(decision: &'a Decision) -> Self {
        Self {
            finding: Some(&decision.finding),
            verdict: Some(Word(decision.verdict)),
            why: &decision.why,
            by: decision.by.as_deref(),
            on: decision.on.map(Day),
            question: Some(&decision.question),
            claims: decision.claims.len(),
            ..Self::default()
        }
    }
}

impl<'a> From<&'a Correction> for KeptLine<'a> {
    fn from(correction: &'a Correction) -> Self {
        Self {
            why: &correction.why,
            by: correction.by.as_deref(),
            on: correction.on.map(Day),
            claims: 1,
            claim: Some(&correction.claim),
            document: Some(&correction.ground.document),
            quote: Some(&correction.ground.quote),
            figure: correction.figure.as_deref(),
            speaker: correction.speaker.as_deref(),
            event: correction.event.as_ref().map(|event| match event {
                About::Same(ground) => &*ground.quote,
                About::Nothing => About::NOTHING,
            }),
            ..Self::default()
        }
    }
}

impl KeptLine<'_> {
    /// What is corrected, each on a line of its own.
    fn changes(&self) -> Vec<String> {
        let speaker = self.speaker.map(|speaker| if speaker.is_empty() { "the outlet itself" } else { speaker });
        let all = [("figure", self.figure), ("speaker", speaker), ("event", self.event)];
        all.iter().filter_map(|(name, value)| Some(format!("{name}: {}", one_line((*value)?)))).collect()
    }
}

impl Columns for KeptLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "finding", "verdict", "why", "by", "on", "question", "claims", "claim", "document", "quote", "figure",
        "speaker", "event",
    ];
}

impl Row for KeptLine<'_> {
    const HEADINGS: &'static [&'static str] = &["id", "verdict", "about", "why", "by", "on"];
    const SPARE: &'static [&'static str] = &["on", "by"];

    fn cells(&self) -> Vec<String> {
        let about = match self.quote {
            Some(quote) => format!("“{}”\n{}", one_line(quote), self.changes().join("\n")),
            None => one_line(self.question.unwrap_or_default()),
        };
        vec![
            one_line(self.finding.or(self.claim).unwrap_or_default()),
            self.verdict.map_or_else(|| "corrected".to_owned(), |verdict| verdict.0.to_string()),
            about,
            one_line(self.why),
            one_line(self.by.unwrap_or_default()),
            self.on.map_or_else(String::new, |on| day(on.0)),
        ]
    }

    fn colour(&self) -> Option<Tint> {
        match self.verdict.map(|verdict| verdict.0) {
            Some(Judgement::Confirmed) => Some((1, Color::Green)),
            Some(Judgement::Dismissed) => Some((1, Color::DarkGrey)),
            None => Some((1, Color::Yellow)),
        }
    }
}

/// Writes decisions, then corrections, one line each.
pub fn write_decisions(kept: &Kept, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let corrections = kept.corrections.iter().map(KeptLine::from);
    lines(kept.decisions.iter().map(KeptLine::from).chain(corrections), format, out)
}

/// The corrections that hold, each with the claim's words, where they stand, and the reason.
pub(super) fn corrected(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let analysis = report.analysis;
    if analysis.corrected.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Corrected by reviewers\n")?;
    for (index, correction) in &analysis.corrected {
        let Some(claim) = analysis.claims.get(*index) else { continue };
        let changes = KeptLine::from(correction).changes().join("; ");
        let told = link(&outlet_and_day(&claim.article), claim.article.url.as_deref());
        let signed = signed("Corrected", correction.by.as_deref(), correction.on, &correction.why);
        writeln!(out, "- “{}” ({told}): {}. {}", md(claim.quote()), md(&changes), md(&signed))?;
    }
    writeln!(out)
}

/// `Dismissed by Ann on 2 May 2024: two moments of one toll`.
pub(super) fn in_words(decision: &Decision) -> String {
    let verdict = match decision.verdict {
        Judgement::Confirmed => "Confirmed",
        Judgement::Dismissed => "Dismissed",
    };
    signed(verdict, decision.by.as_deref(), decision.on, &decision.why)
}

fn signed(verdict: &str, by: Option<&str>, on: Option<Date>, why: &str) -> String {
    let by = by.map(|by| format!(" by {}", one_line(by))).unwrap_or_default();
    let on = on.map(|on| format!(" on {}", day(on))).unwrap_or_default();
    format!("{verdict}{by}{on}: {}", one_line(why))
}
