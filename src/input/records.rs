//! JSON Lines: one document per line.

use std::io::BufRead;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

use super::{Found, Kind, Raw, decode, no_date, shape, unreadable};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::text::Article;

/// The shape of the program's own records, which are read here as they stand.
const OWN: &str = "own";

/// The documents of one JSON Lines input, read line by line.
pub(super) struct Records<'i> {
    rules: &'i RuleSet,
    input: Option<Box<dyn BufRead + Send + 'i>>,
    path: PathBuf,
    stem: Box<str>,
    /// What the folder's `sources.csv` says of the whole file.
    row: Article,
    line: usize,
}

/// What one line gave: a document, a warning, or both.
pub(super) struct Record {
    pub(super) raw: Option<Raw>,
    pub(super) warning: Option<Error>,
    pub(super) at: Location,
}

/// A line's known keys; others are ignored.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    outlet: Option<Box<str>>,
    #[serde(default)]
    published: Value,
    #[serde(default)]
    title: Option<Box<str>>,
    #[serde(default)]
    url: Option<Box<str>>,
    #[serde(default)]
    text: Option<String>,
}

impl<'i> Records<'i> {
    pub(super) fn new(
        rules: &'i RuleSet,
        input: Box<dyn BufRead + Send + 'i>,
        path: PathBuf,
        stem: Box<str>,
        row: Option<Article>,
    ) -> Self {
        Self { rules, input: Some(input), path, stem, row: row.unwrap_or_default(), line: 0 }
    }

    fn entry(&self, text: &str) -> Result<Entry, Error> {
        serde_json::from_str(text).map_err(|error| {
            let mut at = Location::line(&self.path, self.line);
            at.column = text.get(..error.column()).map_or(error.column(), |head| head.chars().count()).max(1);
            let cause = error.to_string();
            let cause = cause.rsplit_once(" at line").map_or(cause.as_str(), |(cause, _)| cause);
            let help = match text.trim_start().starts_with('[') {
                true => "write one object per line, without the brackets around them",
                false => "every line must be one whole JSON object",
            };
            Error::new(at, format!("not a JSON document: {cause}")).help(help)
        })
    }

    /// The line as a record of another program.
    fn other(&self, line: &str) -> Option<Raw> {
        let value: Value = serde_json::from_str(line).ok()?;
        let shape = shape::of(self.rules, &value).filter(|shape| &*shape.name != OWN)?;
        let id = format!("{}-{}", self.stem, self.line);
        shape::document(self.rules, shape, &value, Kind::Lines, id, &self.row)
    }

    fn record(&self, bytes: Vec<u8>) -> Record {
        let at = Location::line(&self.path, self.line);
        let fail = |warning| Record { raw: None, warning: Some(warning), at: at.clone() };
        let line = match decode::utf8(bytes, &self.path, self.line) {
            Ok(line) => line,
            Err(error) => return fail(error),
        };
        let entry = match self.entry(&line) {
            // The program's own keys are read as they stand; whatever they leave open may stand under other ones.
            Ok(entry) if entry.text.is_some() && (!entry.published.is_null() || entry.outlet.is_some()) => entry,
            entry => match (self.other(&line), entry) {
                (Some(raw), _) => return Record { raw: Some(raw), warning: None, at },
                (None, Ok(entry)) => entry,
                (None, Err(error)) => return fail(error),
            },
        };
        let Some(text) = entry.text else {
            return fail(
                Error::new(at.clone(), "this line has no `text`").help("put the article's text under the key `text`"),
            );
        };
        let mut warning = None;
        let mut published = self.row.published;
        let given = match &entry.published {
            Value::Null => None,
            Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            other => Some(other.to_string()),
        };
        if let Some(given) = given {
            published = decode::date(&given).or(published);
            warning = published.is_none().then(|| no_date(at.clone(), &given));
        }
        let document = match entry.id {
            Value::String(id) if !id.is_empty() => id.into_boxed_str(),
            Value::Number(id) => id.to_string().into_boxed_str(),
            _ => format!("{}-{}", self.stem, self.line).into_boxed_str(),
        };
        let text = match entry.title.as_deref() {
            Some(title) if !text.starts_with(title) => format!("{title}\n\n{text}"),
            _ => text,
        };
        let said = |value: Option<Box<str>>| value.filter(|value| !value.trim().is_empty());
        let article = Article {
            document,
            published,
            outlet: said(entry.outlet).or_else(|| self.row.outlet.clone()),
            title: said(entry.title),
            url: said(entry.url).or_else(|| self.row.url.clone()),
            credit: None,
            sha256: None,
        };
        let found = Found { kind: Kind::Lines, ..Found::default() };
        Record { raw: Some(Raw { article, text, found }), warning, at }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let line = decode::line(self.input.as_mut()?);
            self.line += 1;
            let at = Location::line(&self.path, self.line);
            let warning = match line {
                Ok(None) => {
                    self.input = None;
                    return None;
                }
                Ok(Some(Ok(bytes))) => {
                    let bytes = if self.line == 1 { decode::without_mark(bytes) } else { bytes };
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    return Some(self.record(bytes));
                }
                Ok(Some(Err(message))) => Error::new(at.clone(), message).help("put one article on each line"),
                Err(error) => {
                    self.input = None;
                    unreadable(&self.path, &error)
                }
            };
            return Some(Record { raw: None, warning: Some(warning), at });
        }
    }
}
