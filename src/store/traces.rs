//! Traces: what is remembered of all articles so that one more finds its events without all others being asked.

mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Params};

use crate::analysis::Analysis;
use crate::event::{self, ANY_DAY, Memory, Part};
use crate::rules::CompareRules;
use crate::value::Name;

/// The traces of a store, under some rules.
pub(super) struct Traces<'c> {
    pub(super) connection: &'c Connection,
    pub(super) rules: &'c CompareRules,
}

impl Traces<'_> {
    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.connection.prepare_cached(sql)
    }

    /// The first column of all rows.
    pub(super) fn column(&self, sql: &str, params: impl Params) -> rusqlite::Result<Vec<i64>> {
        self.statement(sql)?.query_map(params, |row| row.get(0))?.collect()
    }

    /// Forgets everything.
    pub(super) fn clear(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch(
            "DELETE FROM trace_parts; DELETE FROM trace_found; DELETE FROM trace_sought; DELETE FROM trace_words; \
             DELETE FROM trace_names; DELETE FROM trace_carriers; DELETE FROM trace_told; DELETE FROM trace_runs; \
             DELETE FROM trace_sentences;",
        )
    }

    /// Remembers all articles; `claims` and `events` are the rows of those of the analysis.
    pub(super) fn remember(&self, analysis: &Analysis, claims: &[i64], events: &[i64]) -> rusqlite::Result<()> {
        let names = event::numbers(&analysis.claims, &self.rules.events);
        for (name, number) in &names {
            self.name(name, *number)?;
        }
        let mut of_event: BTreeMap<i64, Vec<Part>> = BTreeMap::new();
        for mut part in event::parts(&analysis.claims, names, &self.rules.events) {
            let indices: Vec<usize> = part.claims.iter().filter_map(|&claim| usize::try_from(claim).ok()).collect();
            let event = indices.first().and_then(|&claim| analysis.events.of_claim(claim));
            let Some(&event) = event.and_then(|event| events.get(event)) else { continue };
            part.claims = indices.iter().filter_map(|&claim| claims.get(claim).copied()).collect();
            of_event.entry(event).or_default().push(part);
        }
        for (event, parts) in of_event {
            self.event(event, &event::copies_together(parts))?;
        }
        self.words_of_all()?;
        self.sentences(analysis, claims)
    }

    pub(super) fn name(&self, name: &Name, number: u64) -> rusqlite::Result<()> {
        let begins = event::beginning(name, &self.rules.events);
        let mut insert = self.statement("INSERT INTO trace_names (name, begins, number) VALUES (?1, ?2, ?3)")?;
        insert.execute((name.as_str(), begins, number.cast_signed())).map(drop)
    }

    /// The numbers of names; those that were not met before are remembered. `None` if another name would get another number.
    pub(super) fn numbers(&self, names: &BTreeSet<Name>) -> rusqlite::Result<Option<BTreeMap<Name, u64>>> {
        let mut all = BTreeMap::new();
        for name in names {
            let mut known = self.statement("SELECT number FROM trace_names WHERE name = ?1")?;
            let known: Option<i64> = known.query_row([name.as_str()], |row| row.get(0)).optional()?;
            let number = match known {
                Some(number) => number.cast_unsigned(),
                None => {
                    let begins = event::beginning(name, &self.rules.events);
                    let mut others =
                        self.statement("SELECT name, number FROM trace_names WHERE begins = ?1 ORDER BY name")?;
                    let others = others.query_map([begins], |row| {
                        let (name, number): (String, i64) = (row.get(0)?, row.get(1)?);
                        Ok((Name::from(name.as_str()), number.cast_unsigned()))
                    })?;
                    let others: Vec<(Name, u64)> = others.collect::<Result<_, _>>()?;
                    let Some(number) = event::number(name, &others, &self.rules.events) else { return Ok(None) };
                    self.name(name, number)?;
                    number
                }
            };
            all.insert(name.clone(), number);
        }
        Ok(Some(all))
    }

    /// Remembers the parts of an event in place of those it had.
    pub(super) fn event(&self, event: i64, parts: &[Part]) -> rusqlite::Result<()> {
        self.forget(event)?;
        let written = serde_json::to_string(parts).unwrap_or_default();
        self.statement("INSERT INTO trace_parts (event, parts) VALUES (?1, ?2)")?.execute((event, written))?;
        let traces = event::traces(parts, &self.rules.events);
        let mut found = self.statement("INSERT INTO trace_found (name, block, event) VALUES (?1, ?2, ?3)")?;
        for (name, block) in traces.found {
            found.execute((name.cast_signed(), block, event))?;
        }
        let mut sought = self.statement("INSERT INTO trace_sought (name, block, event) VALUES (?1, ?2, ?3)")?;
        for (name, block) in traces.sought {
            sought.execute((name.cast_signed(), block, event))?;
        }
        Ok(())
    }

    fn forget(&self, event: i64) -> rusqlite::Result<()> {
        for table in ["trace_parts", "trace_found", "trace_sought"] {
            self.statement(&format!("DELETE FROM {table} WHERE event = ?1"))?.execute([event])?;
        }
        Ok(())
    }

    /// The words of all parts, by document.
    fn words_of_all(&self) -> rusqlite::Result<()> {
        let mut parts = self.statement("SELECT parts FROM trace_parts")?;
        let mut rows = parts.query(())?;
        while let Some(row) = rows.next()? {
            for part in read(&row.get::<_, String>(0)?)? {
                for document in self.documents(&part)? {
                    self.words(&event::words(std::slice::from_ref(&part)), document)?;
                }
            }
        }
        Ok(())
    }

    fn documents(&self, part: &Part) -> rusqlite::Result<BTreeSet<i64>> {
        let mut document = self.statement("SELECT document FROM claims WHERE id = ?1")?;
        part.claims.iter().map(|claim| document.query_row([claim], |row| row.get(0))).collect()
    }

    /// Remembers that a document has telling words; of common words not all documents are kept.
    pub(super) fn words(&self, words: &BTreeSet<u64>, document: i64) -> rusqlite::Result<()> {
        let mut insert = self.statement(
            "INSERT OR IGNORE INTO trace_words (word, document) SELECT ?1, ?2 WHERE \
             (SELECT count(*) FROM trace_words WHERE word = ?1) <= ?3",
        )?;
        let most = self.rules.events.marks.most_documents;
        words.iter().try_for_each(|word| insert.execute((word.cast_signed(), document, most)).map(drop))
    }

    /// Those of some words that are marks.
    pub(super) fn marks(&mut self, words: &BTreeSet<u64>) -> rusqlite::Result<BTreeSet<u64>> {
        let mut marks = BTreeSet::new();
        for &word in words {
            marks.extend(self.is_mark(word)?.then_some(word));
        }
        Ok(marks)
    }
}

/// The parts of an event as they are written.
fn read(parts: &str) -> rusqlite::Result<Vec<Part>> {
    serde_json::from_str(parts)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))
}

impl Memory for Traces<'_> {
    type Error = rusqlite::Error;

    fn found(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> rusqlite::Result<Vec<i64>> {
        let name = name.cast_signed();
        match blocks {
            None => self.column("SELECT DISTINCT event FROM trace_found WHERE name = ?1", [name]),
            Some(blocks) => self.column(
                "SELECT event FROM trace_found WHERE name = ?1 AND block BETWEEN ?2 AND ?3 UNION \
                 SELECT event FROM trace_found WHERE name = ?1 AND block = ?4",
                (name, blocks.start(), blocks.end(), ANY_DAY),
            ),
        }
    }

    fn crowded(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>, most: usize) -> rusqlite::Result<bool> {
        let name = name.cast_signed();
        let least = i64::try_from(most).unwrap_or(i64::MAX);
        match blocks {
            None => {
                let count =
                    "SELECT count(*) >= ?2 FROM (SELECT DISTINCT event FROM trace_found WHERE name = ?1 LIMIT ?2)";
                self.statement(count)?.query_row((name, least), |row| row.get(0))
            }
            Some(blocks) => {
                let count = "SELECT EXISTS (SELECT 1 FROM trace_found WHERE name = ?1 AND block BETWEEN ?2 AND ?3 \
                             GROUP BY block HAVING count(*) >= ?4)";
                self.statement(count)?.query_row((name, blocks.start(), blocks.end(), least), |row| row.get(0))
            }
        }
    }

    fn seeking(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> rusqlite::Result<Vec<i64>> {
        let name = name.cast_signed();
        match blocks {
            None => self.column("SELECT DISTINCT event FROM trace_sought WHERE name = ?1", [name]),
            Some(blocks) => self.column(
                "SELECT event FROM trace_sought WHERE name = ?1 AND block BETWEEN ?2 AND ?3 UNION \
                 SELECT event FROM trace_sought WHERE name = ?1 AND block = ?4",
                (name, blocks.start(), blocks.end(), ANY_DAY),
            ),
        }
    }

    fn marked(&mut self, word: u64) -> rusqlite::Result<Vec<i64>> {
        self.column(
            "SELECT DISTINCT claims.event FROM trace_words AS had JOIN claims ON claims.document = had.document \
             WHERE had.word = ?1 AND claims.event IS NOT NULL",
            [word.cast_signed()],
        )
    }

    fn is_mark(&mut self, word: u64) -> rusqlite::Result<bool> {
        let count = "SELECT count(*) BETWEEN 2 AND ?2 FROM trace_words WHERE word = ?1";
        self.statement(count)?.query_row((word.cast_signed(), self.rules.events.marks.most_documents), |row| row.get(0))
    }

    fn parts(&mut self, event: i64) -> rusqlite::Result<Vec<Part>> {
        let mut parts = self.statement("SELECT parts FROM trace_parts WHERE event = ?1")?;
        let parts: Option<String> = parts.query_row([event], |row| row.get(0)).optional()?;
        parts.map_or_else(|| Ok(Vec::new()), |parts| read(&parts))
    }
}
