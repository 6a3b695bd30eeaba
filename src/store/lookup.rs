//! What is there already, asked of the store document by document: nothing is loaded for it.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use super::read::Given;
use super::{Store, failed};
use crate::error::Error;
use crate::input::{Earlier, Kind, Known, Raw};
use crate::text::TextHash;

/// How often each document, by its text and the id it came in with, was met.
pub(super) type Met = BTreeMap<(TextHash, Box<str>), i64>;

/// The stored documents, as those that come after them need to know them.
#[derive(Debug)]
pub struct Lookup<C> {
    path: PathBuf,
    connection: C,
    pub(super) met: Met,
}

impl Store {
    /// The documents of the store as those from before.
    pub fn lookup(self) -> Lookup<Connection> {
        Lookup::new(&self.path, self.connection, Met::new())
    }
}

impl<C: Borrow<Connection>> Lookup<C> {
    pub(super) fn new(path: &Path, connection: C, met: Met) -> Self {
        Self { path: path.to_owned(), connection, met }
    }

    fn ask<T>(&self, answer: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        answer(self.connection.borrow()).map_err(|error| failed(&self.path, error))
    }
}

impl<C: Borrow<Connection>> Earlier for Lookup<C> {
    fn holds(&mut self, raw: &Raw) -> Result<Option<Box<str>>, Error> {
        let (hash, id) = (TextHash::of(&raw.text), raw.article.document.clone());
        let met = self.met.entry((hash, id.clone())).or_default();
        let before = *met;
        *met += 1;
        let sought =
            "SELECT document FROM documents WHERE sha256 = ?1 AND given ->> '$.id' = ?2 ORDER BY id LIMIT 1 OFFSET ?3";
        self.ask(|connection| {
            let mut sought = connection.prepare_cached(sought)?;
            sought.query_row((hash.to_string(), &*id, before), |row| row.get(0)).optional()
        })
    }

    fn same_text(&mut self, text: &str) -> Result<Option<Known>, Error> {
        let sought = "SELECT document, kind, given FROM documents WHERE sha256 = ?1 ORDER BY id LIMIT 1";
        self.ask(|connection| {
            let mut sought = connection.prepare_cached(sought)?;
            let known = |row: &rusqlite::Row<'_>| {
                let (kind, given): (String, Given) = (row.get(1)?, row.get(2)?);
                let plain = [Kind::Text, Kind::Lines].iter().any(|plain| plain.as_str() == kind);
                Ok(Known { id: row.get(0)?, plain, published: given.published(), outlet: given.outlet })
            };
            sought.query_row([TextHash::of(text).to_string()], known).optional()
        })
    }

    fn has(&mut self, id: &str) -> Result<bool, Error> {
        self.ask(|connection| connection.prepare_cached("SELECT 1 FROM documents WHERE document = ?1")?.exists([id]))
    }
}
