//! Verified quotes as lines, and how many there are of each status.

use std::io::{self, Write};

use comfy_table::Color;

use super::Format;
use super::csv::Columns;
use super::stream::lines;
use super::table::{Row, Tint};
use super::text::{counted, number, one_line};
use super::wire::CheckLine;
use crate::value::EvidenceStatus;
use crate::verify::{Check, Evidence};

impl Columns for CheckLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "status",
        "document",
        "quote",
        "start",
        "end",
        "found.start",
        "found.end",
        "found.text",
        "same_text",
        "claim",
    ];
}

impl Row for CheckLine<'_> {
    const HEADINGS: &'static [&'static str] = &["status", "document", "quote", "stood at", "stands at", "text"];
    const SPARE: &'static [&'static str] = &["text", "stood at", "stands at"];

    fn cells(&self) -> Vec<String> {
        let place = |start: Option<u32>, end: Option<u32>| {
            start.zip(end).map_or_else(String::new, |(start, end)| format!("{start}–{end}"))
        };
        let found = self.found.as_ref();
        let text = self.same_text.map_or("", |same| if same { "the same" } else { "another" });
        vec![
            self.status.0.to_string(),
            one_line(self.document),
            one_line(self.quote),
            place(self.start, self.end),
            place(found.map(|found| found.start), found.map(|found| found.end)),
            text.to_owned(),
        ]
    }

    fn colour(&self) -> Option<Tint> {
        let colour = match self.status.0 {
            EvidenceStatus::Ok => Color::Green,
            EvidenceStatus::Changed | EvidenceStatus::Moved => Color::Yellow,
            EvidenceStatus::Vanished | EvidenceStatus::Missing => Color::Red,
        };
        Some((0, colour))
    }
}

/// Writes verified quotes, one line each. A table shows those that are not as they were, and ends with the number of
/// each status.
pub fn write_checks(checks: &[(Evidence, Check)], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let all = checks.iter().map(CheckLine::from);
    let Format::Table(_) = format else { return lines(all, format, out) };
    if checks.iter().any(|(_, check)| check.status != EvidenceStatus::Ok) {
        lines(all.filter(|line| line.status.0 != EvidenceStatus::Ok), format, out)?;
    }
    let count = |status: &EvidenceStatus| checks.iter().filter(|(_, check)| check.status == *status).count();
    let counts = EvidenceStatus::ALL.iter().map(|status| (status, count(status))).filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts.map(|(status, n)| format!("{} {status}", number(n as u64))).collect();
    writeln!(out, "{}: {}", counted(checks.len(), "quote", "quotes"), counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Look;
    use crate::verify::Verifier;

    fn written(format: Format) -> String {
        let quote = |document: &str, quote: &str| Evidence {
            claim: Some("c".into()),
            document: document.into(),
            place: Some((0, 2)),
            quote: quote.into(),
            sha256: None,
        };
        let mut verifier = Verifier::new(vec![quote("a", "12"), quote("a", "31"), quote("b", "12")]);
        verifier.see("a", "12 and 31");
        let mut out = Vec::new();
        write_checks(&verifier.finish(), format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_shows_what_is_not_as_it_was_and_counts_the_rest() {
        let table = written(Format::Table(Look::default()));
        assert!(table.contains("moved") && table.contains("7–9") && table.contains("missing"), "{table}");
        assert!(table.ends_with("\n3 quotes: 1 ok, 1 moved, 1 missing\n"), "{table}");
    }

    #[test]
    fn lines_hold_every_quote_and_unknown_is_null() {
        let csv = written(Format::Csv);
        assert_eq!(csv.lines().nth(2), Some("moved,a,31,0,2,7,9,31,,c"));
        assert!(written(Format::Jsonl).lines().nth(2).unwrap().contains("\"found\":null,\"same_text\":null"));
    }
}
