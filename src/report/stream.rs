//! Streams: one list of lines each, in the format asked for, and the schema of its lines.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::Serialize;

use super::csv::{self, Columns};
use super::pair::PairLine;
use super::table::{self, Look, Row};
use super::text::coverage;
use super::tolls;
use super::wire::{
    AttributionLine, ClaimLine, FigureLine, FindingLine, GapLine, OutletLine, ReportObject, TallyLine, TimeLine,
    TollLine,
};
use crate::analysis::Analysis;
use crate::text::write_json;

/// What is written, one line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Every claim.
    Claims,
    /// Every question on which claims can be compared, the gravest first.
    Findings,
    /// What each article says each event's toll is.
    Tallies,
    /// Every time expression.
    Times,
    /// Every source, cue and content.
    Attributions,
    /// Every sentence with a number and a word of casualty that gave no casualty claim.
    Coverage,
    /// What each recorder would publish of each event.
    Tolls,
    /// What each outlet does, set against the others.
    Audit,
    /// Every figure with its place among the others.
    AuditFigures,
}

impl Stream {
    /// Every stream.
    pub const ALL: &'static [Self] = &[
        Self::Claims,
        Self::Findings,
        Self::Tallies,
        Self::Times,
        Self::Attributions,
        Self::Coverage,
        Self::Tolls,
        Self::Audit,
        Self::AuditFigures,
    ];

    /// The name of its command, or of its schema where a command has two streams.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Findings => "findings",
            Self::Tallies => "tallies",
            Self::Times => "times",
            Self::Attributions => "attributions",
            Self::Coverage => "coverage",
            Self::Tolls => "tolls",
            Self::Audit => "audit",
            Self::AuditFigures => "audit-figures",
        }
    }
}

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON Lines.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// A Markdown table of the main columns.
    Markdown,
    /// A table of the main columns.
    Table(Look),
}

impl Columns for ClaimLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "outlet",
        "published",
        "kind",
        "quote",
        "sentence",
        "outcome",
        "count.text",
        "count.qualifier",
        "count.value",
        "count.upper",
        "count.low",
        "count.high",
        "victims.text",
        "victims.class",
        "victims.side",
        "cumulative",
        "part",
        "increment",
        "standing",
        "perpetrator",
        "referent",
        "incidents",
        "what",
        "phase",
        "accused.text",
        "accused.actor",
        "act",
        "target",
        "speaker.text",
        "speaker.actor",
        "via",
        "modality",
        "time.first",
        "time.last",
        "event",
        "event_label",
        "headline",
        "start",
        "end",
        "sha256",
        "title",
        "url",
        "credit",
        "sentence_index",
        "timed_here",
        "others",
        "joined",
        "setting.actors",
        "setting.places",
        "setting.incidents",
        "article_setting.actors",
        "article_setting.places",
        "article_setting.incidents",
        "rule",
        "id",
        "corrected",
    ];
}

impl Columns for TallyLine<'_> {
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
        "claims",
    ];
}

impl Columns for TimeLine<'_> {
    const COLUMNS: &'static [&'static str] =
        &["document", "start", "end", "text", "type", "value", "mod", "days.first", "days.last", "rule"];
}

impl Columns for AttributionLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "source.text",
        "cue.text",
        "content.text",
        "direct",
        "source.start",
        "source.end",
        "cue.start",
        "cue.end",
        "content.start",
        "content.end",
        "rule",
    ];
}

impl Columns for GapLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "document",
        "outlet",
        "reason",
        "why",
        "sentence",
        "people.text",
        "harm.text",
        "numbers",
        "counted",
        "start",
        "end",
        "people.start",
        "people.end",
        "harm.start",
        "harm.end",
    ];
}

/// Writes a stream. In CSV, findings are laid out as one row per pair of answers.
pub fn write(stream: Stream, format: Format, analysis: &Analysis, out: &mut dyn Write) -> io::Result<()> {
    match (stream, format) {
        (Stream::Findings, Format::Csv) => csv::write(PairLine::all(analysis), out),
        (Stream::Findings, Format::Table(look)) => table::write(FindingLine::all(analysis), look, out),
        (Stream::Findings, Format::Markdown) => table::markdown(FindingLine::all(analysis), out),
        (Stream::Findings, Format::Jsonl) => jsonl(FindingLine::all(analysis), out),
        (Stream::Claims, _) => lines(ClaimLine::of(analysis), format, out),
        (Stream::Tallies, _) => lines(TallyLine::of(analysis), format, out),
        (Stream::Times, _) => lines(TimeLine::of(analysis), format, out),
        (Stream::Attributions, _) => lines(AttributionLine::of(analysis), format, out),
        (Stream::Coverage, _) => {
            lines(GapLine::of(analysis), format, out)?;
            match format {
                Format::Table(_) => writeln!(out, "{}", coverage(&analysis.coverage)),
                Format::Markdown => writeln!(out, "\n{}", coverage(&analysis.coverage)),
                Format::Jsonl | Format::Csv => Ok(()),
            }
        }
        (Stream::Tolls, _) => tolls::write(analysis, format, out),
        (Stream::Audit, _) => lines(OutletLine::of(analysis), format, out),
        (Stream::AuditFigures, _) => lines(FigureLine::of(analysis), format, out),
    }
}

/// Writes lines in a format.
pub(super) fn lines<L: Columns + Row>(
    lines: impl Iterator<Item = L>,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Jsonl => jsonl(lines, out),
        Format::Csv => csv::write(lines, out),
        Format::Markdown => table::markdown(lines, out),
        Format::Table(look) => table::write(lines, look, out),
    }
}

/// Writes lines as JSON Lines.
pub(super) fn jsonl<L: Serialize>(lines: impl Iterator<Item = L>, out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        write_json(&line, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// What the whole report is called where its schema is asked for.
const REPORT: &str = "report";

/// The names of everything that has a schema: the streams, and the report.
pub fn described() -> Vec<&'static str> {
    Stream::ALL.iter().map(|stream| stream.as_str()).chain([REPORT]).collect()
}

/// The JSON Schema of what is called so: of a stream's lines, else of `report.json`.
pub fn schema_of(name: &str) -> Schema {
    Stream::ALL
        .iter()
        .find(|stream| stream.as_str() == name)
        .map_or_else(of::<ReportObject<'_>>, |stream| schema(*stream))
}

fn of<L: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<L>()
}

/// The JSON Schema of one line of a stream's JSON Lines.
pub fn schema(stream: Stream) -> Schema {
    match stream {
        Stream::Claims => of::<ClaimLine<'_>>(),
        Stream::Findings => of::<FindingLine<'_>>(),
        Stream::Tallies => of::<TallyLine<'_>>(),
        Stream::Times => of::<TimeLine<'_>>(),
        Stream::Attributions => of::<AttributionLine<'_>>(),
        Stream::Coverage => of::<GapLine<'_>>(),
        Stream::Tolls => of::<TollLine<'_>>(),
        Stream::Audit => of::<OutletLine<'_>>(),
        Stream::AuditFigures => of::<FigureLine<'_>>(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::report::fixture;

    /// The paths of a schema's leaves as CSV columns name them.
    fn leaves(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let pair = schema.get("maxItems").is_some() || schema.get("prefixItems").is_some();
        let parts: Vec<&Value> =
            ["anyOf", "allOf"].iter().filter_map(|key| schema.get(key)?.as_array()).flatten().collect();
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            properties.iter().for_each(|(name, schema)| leaves(schema, &below(name), found));
        } else if pair {
            found.extend([below("first"), below("last")]);
        } else if parts.is_empty() && !path.is_empty() {
            found.insert(path.to_owned());
        }
        parts.iter().filter(|part| part.get("type") != Some(&"null".into())).for_each(|part| leaves(part, path, found));
    }

    fn every_field_has_a_column<L: Columns>(stream: Stream) {
        let mut fields = BTreeSet::new();
        leaves(&schema(stream).to_value(), "", &mut fields);
        let columns: BTreeSet<String> = L::COLUMNS.iter().map(|&column| column.to_owned()).collect();
        assert_eq!(columns, fields, "{stream:?}");
    }

    #[test]
    fn csv_has_a_column_for_every_field_of_the_json_lines() {
        every_field_has_a_column::<ClaimLine<'_>>(Stream::Claims);
        every_field_has_a_column::<TallyLine<'_>>(Stream::Tallies);
        every_field_has_a_column::<TimeLine<'_>>(Stream::Times);
        every_field_has_a_column::<AttributionLine<'_>>(Stream::Attributions);
        every_field_has_a_column::<GapLine<'_>>(Stream::Coverage);
        every_field_has_a_column::<TollLine<'_>>(Stream::Tolls);
        every_field_has_a_column::<OutletLine<'_>>(Stream::Audit);
        every_field_has_a_column::<FigureLine<'_>>(Stream::AuditFigures);
    }

    fn text(stream: Stream, format: Format) -> String {
        let mut out = Vec::new();
        write(stream, format, &fixture::analysis(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_claim_line_has_the_fields_of_its_kind_and_unknown_is_null() {
        let line: Value = serde_json::from_str(text(Stream::Claims, Format::Jsonl).lines().nth(1).unwrap()).unwrap();
        assert_eq!(line["count"]["high"], 71);
        assert_eq!(line["victims"]["class"], "military");
        assert_eq!(line["time"], serde_json::json!(["2022-09-13", "2022-09-13"]));
        assert_eq!(line["speaker"], Value::Null);
        assert_eq!(line.get("accused"), None);
        assert_eq!(line["event"].as_str().map(str::len), Some(16));
    }

    #[test]
    fn a_finding_line_names_outlets_speakers_and_claims_of_each_answer() {
        let line: Value = serde_json::from_str(&text(Stream::Findings, Format::Jsonl)).unwrap();
        assert_eq!(line["event"]["label"], "border clashes");
        assert_eq!(line["positions"][0]["outlets"], serde_json::json!(["Krone"]));
        assert_eq!(line["positions"][0]["speakers"], serde_json::json!(["Yerevan"]));
        assert_eq!(line["relations"][0]["verdict"], "contradiction");
    }

    #[test]
    fn the_schema_lists_every_word_of_a_vocabulary() {
        let schema = schema(Stream::Findings).to_value();
        let verdicts = &schema["properties"]["verdict"]["enum"];
        assert_eq!(*verdicts, serde_json::json!(["agreement", "scope", "update", "contradiction"]));
    }

    #[test]
    fn findings_in_csv_have_both_sides_words_in_one_row() {
        let csv = text(Stream::Findings, Format::Csv);
        let row = csv.lines().nth(1).unwrap();
        assert!(row.starts_with("contradiction,figure,border clashes,2022-09-13,2022-09-14"));
        assert!(row.contains("50 of their | soldiers") && row.contains("'=71 soldiers died."));
    }

    #[test]
    fn a_table_shows_one_row_per_line_and_no_more_than_its_width() {
        let table = text(Stream::Findings, Format::Table(Look::default()));
        assert!(table.contains("contradiction") && table.contains("Krone"));
        assert!(table.lines().all(|line| line.chars().count() <= 120));
    }
}
