//! `gainsay inputs`: files and folders in, one line for each thing found in them out.

use std::io::{self, Write};

use serde::Serialize;

use super::args::{Global, InputsArgs};
use super::output::listed;
use super::{Corpus, Exit, Stop, load, no_articles, reader, warn};
use crate::error::Error;
use crate::input::{Passed, Raw, Why};
use crate::report::Format;
use crate::report::csv::{self, Columns};
use crate::report::table::{self, Row};
use crate::text::{TextHash, write_json};
use crate::web::Told;

/// Something that was found.
#[derive(Clone, Debug, Default, Serialize)]
struct Line {
    path: String,
    line: Option<usize>,
    status: &'static str,
    why: Option<String>,
    document: Option<String>,
    kind: Option<&'static str>,
    bytes: Option<usize>,
    sha256: Option<String>,
    charset: Option<&'static str>,
    charset_by: Option<&'static str>,
    language: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
    credit: Option<String>,
    url: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    title_from: Option<String>,
    outlet_from: Option<String>,
    author_from: Option<String>,
    published_from: Option<String>,
    published_words: Option<String>,
    modified_from: Option<String>,
    refused_dates: Option<String>,
}

/// Reads everything, keeps nothing but the lines, and writes them.
pub(super) fn run(global: &Global, args: &InputsArgs) -> Result<Exit, Stop> {
    let mut reader = reader(global, load(global)?, &args.paths).listing();
    let (mut lines, mut warnings) = (Vec::new(), Vec::new());
    loop {
        let next = reader.next();
        lines.extend(reader.take_passed().into_iter().map(Line::passed));
        match next {
            None => break,
            Some(Ok(raw)) => lines.push(Line::read(&raw)),
            Some(Err(error)) => {
                lines.push(Line::refused(&error));
                warnings.push(error);
            }
        }
    }
    if !lines.iter().any(|line| line.status == "read") {
        warnings.push(no_articles(Corpus { db: None, paths: &args.paths, claims: &[] }, reader.skipped()));
    }
    warn(global, &warnings);
    listed(global, &args.out, |format, out| write(&lines, format, out))?;
    Ok(if warnings.is_empty() { Exit::Fine } else { Exit::Partly })
}

fn write(lines: &[Line], format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Jsonl => lines.iter().try_for_each(|line| {
            write_json(line, out)?;
            writeln!(out)
        }),
        Format::Csv => csv::write(lines.iter().cloned(), out),
        Format::Markdown => table::markdown(lines.iter().cloned(), out),
        Format::Table(look) => table::write(lines.iter().cloned(), look, out),
    }
}

impl Line {
    /// A document.
    fn read(raw: &Raw) -> Self {
        let (article, found) = (&raw.article, &raw.found);
        let about = &found.about;
        let owned = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        let said = |told: &Option<Told<Box<str>>>| told.as_ref().map(|told| told.value.to_string());
        let (path, line) = &found.at;
        let refused =
            about.refused.iter().map(|(place, words)| format!("{place} {words}")).collect::<Vec<_>>().join("; ");
        Self {
            path: path.display().to_string(),
            line: Some(*line).filter(|&line| line > 0),
            status: "read",
            why: found.repeats.as_ref().map(|id| format!("the text is that of {id}")),
            document: Some(article.document.to_string()),
            kind: Some(found.kind.as_str()),
            bytes: Some(raw.text.len()),
            sha256: Some(TextHash::of(&raw.text).to_string()),
            charset: Some(found.charset.name),
            charset_by: Some(found.charset.by.as_str()),
            language: owned(&found.language).or_else(|| said(&about.language)),
            title: owned(&article.title),
            outlet: owned(&article.outlet),
            author: said(&about.author),
            credit: said(&about.credit),
            url: owned(&article.url),
            published: article.published.map(|day| day.to_string()),
            modified: about.modified.as_ref().map(|told| told.value.to_string()),
            title_from: origin(&about.title, |value| article.title.as_ref() == Some(value)),
            outlet_from: origin(&about.outlet, |value| article.outlet.as_ref() == Some(value)),
            author_from: origin(&about.author, |_| true),
            published_from: origin(&about.published, |value| article.published == Some(*value)),
            published_words: about.published.as_ref().map(|told| told.words.to_string()),
            modified_from: origin(&about.modified, |_| true),
            refused_dates: Some(refused).filter(|refused| !refused.is_empty()),
        }
    }

    /// Something that is no document.
    fn passed(passed: Passed) -> Self {
        let path = passed.path.display().to_string();
        let line = passed.raw.as_deref().map(Self::read).unwrap_or_default();
        let (status, why) = match passed.why {
            Why::Name => ("passed", "its name is none of an article".to_owned()),
            Why::Ignored(rule) => ("ignored", format!("{rule} leaves it out")),
            Why::Empty => ("passed", "no article is in it".to_owned()),
            Why::Repeats(id) => ("repeated", format!("the text is that of {id}")),
            Why::Build(kind) => ("passed", format!("this build does not read {}", kind.as_str())),
            Why::Language(language) => ("language", format!("there are no rules for {language}")),
        };
        Self { path, status, why: Some(why), ..line }
    }

    /// Something that could not be read.
    fn refused(error: &Error) -> Self {
        let line = Some(error.at.line).filter(|&line| line > 0);
        let (path, why) = (error.at.file.display().to_string(), Some(error.message.clone()));
        Self { path, line, status: "refused", why, ..Self::default() }
    }
}

/// Where a value comes from, if it is the one that is used.
fn origin<T>(told: &Option<Told<T>>, used: impl Fn(&T) -> bool) -> Option<String> {
    told.as_ref().filter(|told| used(&told.value)).map(|told| told.origin.to_string())
}

impl Columns for Line {
    const COLUMNS: &'static [&'static str] = &[
        "path",
        "line",
        "status",
        "why",
        "document",
        "kind",
        "bytes",
        "sha256",
        "charset",
        "charset_by",
        "language",
        "title",
        "outlet",
        "author",
        "credit",
        "url",
        "published",
        "modified",
        "title_from",
        "outlet_from",
        "author_from",
        "published_from",
        "published_words",
        "modified_from",
        "refused_dates",
    ];
}

impl Row for Line {
    const HEADINGS: &'static [&'static str] =
        &["path", "status", "kind", "outlet", "published", "from", "title", "language", "why", "sha256"];

    fn cells(&self) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let path = self.line.map_or(self.path.clone(), |line| format!("{}:{line}", self.path));
        vec![
            path,
            self.status.to_owned(),
            self.kind.unwrap_or_default().to_owned(),
            text(&self.outlet),
            text(&self.published),
            text(&self.published_from),
            text(&self.title),
            text(&self.language),
            text(&self.why),
            self.sha256.as_deref().and_then(|hash| hash.get(..12)).unwrap_or_default().to_owned(),
        ]
    }
}
