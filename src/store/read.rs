//! Reading: the stored documents in their order, as articles that are read again or whose claims are known.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::civil::Date;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};

use super::{Store, failed, fingerprint, rules_row};
use crate::analysis::Source;
use crate::claimed;
use crate::error::Error;
use crate::extract::{Extraction, Wanted};
use crate::input::Raw;
use crate::page;
use crate::report::Stream;
use crate::rules::RuleSet;
use crate::text::{Article, Document};

/// What an article came in with, before its text was asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Given {
    pub(super) id: Box<str>,
    pub(super) outlet: Option<Box<str>>,
    pub(super) credit: Option<Box<str>>,
    published: Option<String>,
    pub(super) title: Option<Box<str>>,
    pub(super) url: Option<Box<str>>,
}

impl Given {
    /// What is said of an article that came in with this id.
    pub(super) fn of(id: Box<str>, article: &Article) -> Self {
        let Article { outlet, credit, title, url, .. } = article.clone();
        Self { id, outlet, credit, published: article.published.map(|day| day.to_string()), title, url }
    }

    /// The day it came in with.
    pub(super) fn published(&self) -> Option<Date> {
        self.published.as_ref().and_then(|day| day.parse().ok())
    }

    /// The article, under the id it has here.
    fn article(self, document: Box<str>) -> Article {
        let published = self.published();
        let Self { outlet, credit, title, url, .. } = self;
        Article { document, outlet, credit, published, title, url, sha256: None }
    }
}

impl FromSql for Given {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map_err(|error| FromSqlError::Other(error.into()))
    }
}

/// A stored document.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The document as it came in.
    pub raw: Raw,
    claims: Option<Known>,
}

/// Claims that need not be read again.
#[derive(Clone, Debug)]
struct Known {
    article: Arc<Article>,
    /// The lines, and where in its sentence each claim's quote begins.
    lines: Vec<(String, usize)>,
}

impl Source for Stored {
    fn bytes(&self) -> usize {
        self.raw.text.len()
    }

    fn known(&self, rules: &RuleSet, wanted: Wanted) -> Option<Extraction> {
        let Known { article, lines } = self.claims.as_ref().filter(|_| wanted == Wanted::default())?;
        let lines = lines.iter().map(|(line, start)| (line.as_str(), *start));
        let claims = claimed::again(article, lines, &rules.tolerance)?;
        Some(Extraction { article: Arc::clone(article), claims, ..Extraction::default() })
    }

    fn document(self, rules: &RuleSet) -> Document {
        page::read(&rules.page, self.raw.article, self.raw.text)
    }
}

/// The stored documents by day of publication, then id; undated ones first. They are read as they are asked for, all as
/// they stood when the first was.
#[derive(Debug)]
pub struct Documents {
    store: Store,
    ids: std::vec::IntoIter<i64>,
    /// The rules whose claims can be taken as they are.
    rules: Option<i64>,
}

impl Store {
    /// The documents in their order.
    pub fn documents(self, rules: &RuleSet) -> Result<Documents, Error> {
        let ids = || {
            self.connection.execute_batch("BEGIN")?;
            let mut ids = self.connection.prepare("SELECT id FROM documents ORDER BY published, document")?;
            let ids: Vec<i64> = ids.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok((ids, rules_row(&self.connection, rules)?))
        };
        let (ids, rules) = ids().map_err(|error| failed(&self.path, error))?;
        Ok(Documents { store: self, ids: ids.into_iter(), rules })
    }

    /// The lines of a stream as they stand here; `None` if they do not stand for all articles under these rules, if there are
    /// no articles, or if the stream's lines are not kept.
    pub fn lines(self, stream: Stream, rules: &RuleSet) -> Result<Option<Lines>, Error> {
        let query = match stream {
            Stream::Findings => "SELECT line FROM findings ORDER BY gravity DESC, severity DESC, finding",
            Stream::Claims => "SELECT line FROM printed_claims",
            _ => return Ok(None),
        };
        let settled = || {
            self.connection.execute_batch("BEGIN")?;
            let some = self.connection.query_row("SELECT EXISTS (SELECT 1 FROM documents)", (), |row| row.get(0))?;
            Ok(some && is_settled(&self.connection, rules)?)
        };
        let settled: bool = settled().map_err(|error| failed(&self.path, error))?;
        Ok(settled.then_some(Lines { store: self, query }))
    }
}

/// Lines of a stream that need not be made again, all as they stood when they were asked for.
#[derive(Debug)]
pub struct Lines {
    store: Store,
    query: &'static str,
}

impl Lines {
    /// Writes them.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut lines = self.store.connection.prepare(self.query).map_err(io::Error::other)?;
        let mut lines = lines.query(()).map_err(io::Error::other)?;
        while let Some(row) = lines.next().map_err(io::Error::other)? {
            let line = row.get_ref(0).and_then(|line| Ok(line.as_str()?)).map_err(io::Error::other)?;
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// True if what is derived stands for all documents under these rules.
pub(super) fn is_settled(connection: &Connection, rules: &RuleSet) -> rusqlite::Result<bool> {
    let settled =
        "SELECT NOT EXISTS (SELECT 1 FROM unsettled) AND EXISTS (SELECT 1 FROM meta WHERE key = ?1 AND value = ?2)";
    connection.query_row(settled, (super::SETTLED, fingerprint(rules)), |row| row.get(0))
}

impl Documents {
    fn one(&self, id: i64) -> rusqlite::Result<Stored> {
        let mut document = self.store.connection.prepare_cached(DOCUMENT)?;
        let (raw, article, known) = document.query_row([id], |row| {
            let known = row.get::<_, bool>("whole")? && Some(row.get("rules")?) == self.rules;
            Ok((raw(row)?, article(row)?, known))
        })?;
        let claims = match known {
            false => None,
            true => {
                let mut lines = self.store.connection.prepare_cached(LINES)?;
                let lines = lines.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
                Some(Known { article: Arc::new(article), lines })
            }
        };
        Ok(Stored { raw, claims })
    }
}

impl Iterator for Documents {
    type Item = Result<Stored, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.ids.next()?;
        Some(self.one(id).map_err(|error| failed(&self.store.path, error)))
    }
}

/// One document.
pub(super) const DOCUMENT: &str = "SELECT document, outlet, credit, published, title, url, sha256, given, rules, whole, text \
                                   FROM documents WHERE id = ?1";

const LINES: &str = "SELECT line, quote_at FROM claims WHERE document = ?1 ORDER BY number";

/// The document of a row of [`DOCUMENT`] as it came in.
pub(super) fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let article = row.get::<_, Given>("given")?.article(row.get("document")?);
    Ok(Raw { article, text: row.get("text")?, ..Raw::default() })
}

/// The article of the same row as its text completed it.
pub(super) fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        document: row.get("document")?,
        outlet: row.get("outlet")?,
        credit: row.get("credit")?,
        published: parsed(row, "published")?,
        title: row.get("title")?,
        url: row.get("url")?,
        sha256: parsed(row, "sha256")?,
    })
}

/// A text that stands for something else.
fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(name)?;
    let parsed = text.map(|text| text.parse()).transpose();
    parsed.map_err(|error: T::Err| FromSqlError::Other(error.to_string().into()).into())
}
