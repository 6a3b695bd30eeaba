//! The file of decisions, read with the places of its entries.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};

use super::{About, Correction, Decision, Ground, Kept};
use crate::claim::Id;
use crate::error::{Error, Location};
use crate::rows::fields;
use crate::rules::RuleFile;
use crate::value::{Count, FindingKind, Judgement, Tolerance};

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    decision: Vec<Entry>,
    #[serde(default)]
    correction: Vec<CorrectionEntry>,
}

#[derive(Deserialize)]
struct CorrectionEntry {
    claim: Spanned<Box<str>>,
    document: Box<str>,
    quote: Box<str>,
    #[serde(deserialize_with = "fields::word")]
    key: Id,
    #[serde(default)]
    figure: Option<Spanned<Box<str>>>,
    #[serde(default)]
    speaker: Option<Box<str>>,
    #[serde(default)]
    event: Option<Spanned<AboutEntry>>,
    why: Box<str>,
    #[serde(default)]
    by: Option<Box<str>>,
    #[serde(default)]
    on: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AboutEntry {
    Same(GroundEntry),
    Word(Box<str>),
}

#[derive(Deserialize)]
struct Entry {
    finding: Spanned<Box<str>>,
    #[serde(deserialize_with = "fields::word")]
    verdict: Judgement,
    why: Box<str>,
    #[serde(default)]
    by: Option<Box<str>>,
    #[serde(default)]
    on: Option<Spanned<Value>>,
    #[serde(deserialize_with = "fields::word")]
    kind: FindingKind,
    question: Box<str>,
    claims: Vec<GroundEntry>,
}

#[derive(Deserialize)]
struct GroundEntry {
    #[serde(deserialize_with = "fields::word")]
    key: Id,
    document: Box<str>,
    quote: Box<str>,
}

impl From<GroundEntry> for Ground {
    fn from(GroundEntry { key, document, quote }: GroundEntry) -> Self {
        Self { document, quote, key }
    }
}

/// Reads the decisions and corrections of a file.
pub fn read(file: &Path, text: &str) -> Result<Kept, Error> {
    let source = RuleFile { path: file.display().to_string(), shown: file.to_owned(), text: text.to_owned() };
    let read = source.parse::<File>()?;
    let place = |span: std::ops::Range<usize>| Location::of(file, text, span.start, span.end);
    let on = |on: Option<Spanned<Value>>| on.map(|on| read_day(&on, &source)).transpose();
    let decision = |entry: Entry| {
        Ok(Decision {
            at: place(entry.finding.span()),
            finding: entry.finding.into_inner(),
            verdict: entry.verdict,
            why: entry.why,
            by: entry.by,
            on: on(entry.on)?,
            kind: entry.kind,
            question: entry.question,
            claims: entry.claims.into_iter().map(Into::into).collect(),
        })
    };
    let correction = |entry: CorrectionEntry| {
        Ok(Correction {
            at: place(entry.claim.span()),
            claim: entry.claim.into_inner(),
            ground: Ground { document: entry.document, quote: entry.quote, key: entry.key },
            figure: entry.figure.map(|words| read_figure(words, &source)).transpose()?,
            speaker: entry.speaker,
            event: entry.event.map(|event| read_event(event, &source)).transpose()?,
            why: entry.why,
            by: entry.by,
            on: on(entry.on)?,
        })
    };
    Ok(Kept {
        decisions: read.decision.into_iter().map(decision).collect::<Result<_, Error>>()?,
        corrections: read.correction.into_iter().map(correction).collect::<Result<_, Error>>()?,
    })
}

fn read_day(on: &Spanned<Value>, source: &RuleFile) -> Result<Date, Error> {
    day(on.get_ref()).ok_or_else(|| source.error(on.span(), "this is no day").help("write it as 2022-09-13"))
}

/// The words of a figure, if they are one however widely "about" is read.
fn read_figure(words: Spanned<Box<str>>, source: &RuleFile) -> Result<Box<str>, Error> {
    let widths = Tolerance { about: 0.0, nearly: 0.0 };
    Count::read(words.get_ref(), &widths).map_err(|message| source.error(words.span(), message))?;
    Ok(words.into_inner())
}

fn read_event(event: Spanned<AboutEntry>, source: &RuleFile) -> Result<About, Error> {
    let span = event.span();
    match event.into_inner() {
        AboutEntry::Same(ground) => Ok(About::Same(ground.into())),
        AboutEntry::Word(word) if &*word == About::NOTHING => Ok(About::Nothing),
        AboutEntry::Word(word) => {
            let error = source.error(span, format!("`{word}` is no event"));
            Err(error.help("write `none`, or `{ document = …, quote = …, key = … }` of a claim about it"))
        }
    }
}

fn day(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Datetime(day) => day.date?.to_string().parse().ok(),
        _ => None,
    }
}
