//! Traces: what is remembered of all articles so that one more finds its events without all others being asked.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Params};

use crate::analysis::Analysis;
use crate::event::{self, ANY_DAY, Memory, Part};
use crate::origin::{self, Sketch, Sketcher};
use crate::rules::CompareRules;
use crate::value::Name;

/// More sentences than this are not held against one.
const MOST_SENTENCES: usize = 2_000;

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
             DELETE FROM trace_names; DELETE FROM trace_told; DELETE FROM trace_runs; DELETE FROM trace_sentences;",
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
        let families = origin::families(&analysis.claims, &self.rules.origins.copies);
        let sketcher = Sketcher::new(&self.rules.origins.copies);
        let mut known: BTreeMap<&str, i64> = BTreeMap::new();
        // The row of the first sentence of each family stands for it.
        let mut heads: BTreeMap<u32, i64> = BTreeMap::new();
        for ((claim, &row), family) in analysis.claims.iter().zip(claims).zip(families) {
            let sentence = match known.get(&*claim.sentence) {
                Some(&sentence) => sentence,
                None => {
                    let sketch = sketcher.sketch(&claim.sentence);
                    let head = family.and_then(|family| heads.get(&family)).copied();
                    let sentence = self.sentence(&claim.sentence, &sketch, &sketcher, head)?;
                    known.insert(&claim.sentence, sentence);
                    heads.extend(family.filter(|_| head.is_none()).map(|family| (family, sentence)));
                    sentence
                }
            };
            self.told(row, sentence)?;
        }
        Ok(())
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

    fn sentence(
        &self,
        sentence: &str,
        sketch: &Sketch,
        sketcher: &Sketcher<'_>,
        family: Option<i64>,
    ) -> rusqlite::Result<i64> {
        let mut insert = self.statement("INSERT INTO trace_sentences (rank, family, sentence) VALUES (?1, ?2, ?3)")?;
        insert.execute((sketch.rank, family, sentence))?;
        let row = self.connection.last_insert_rowid();
        if family.is_none() && !sketch.runs.is_empty() {
            self.statement("UPDATE trace_sentences SET family = id WHERE id = ?1")?.execute([row])?;
        }
        let mut run = self.statement("INSERT INTO trace_runs (run, rank, sentence) VALUES (?1, ?2, ?3)")?;
        for hash in sketcher.found_by(sketch) {
            run.execute((hash.cast_signed(), sketch.rank, row))?;
        }
        Ok(row)
    }

    fn told(&self, claim: i64, sentence: i64) -> rusqlite::Result<()> {
        self.statement("INSERT INTO trace_told (claim, sentence) VALUES (?1, ?2)")?.execute((claim, sentence)).map(drop)
    }

    /// Remembers the sentence of a claim. False if families that were there before change, or too many sentences would have to
    /// be held against it.
    pub(super) fn tell(&self, claim: i64, sentence: &str) -> rusqlite::Result<bool> {
        let sketcher = Sketcher::new(&self.rules.origins.copies);
        let sketch = sketcher.sketch(sentence);
        let mut same = self.statement("SELECT id FROM trace_sentences WHERE rank = ?1 AND sentence = ?2")?;
        let row = match same.query_row((sketch.rank, sentence), |row| row.get(0)).optional()? {
            Some(known) => known,
            None => {
                let Some(family) = self.family(&sketch, &sketcher)? else { return Ok(false) };
                self.sentence(sentence, &sketch, &sketcher, family)?
            }
        };
        self.told(claim, row)?;
        Ok(true)
    }

    /// The family that a new sentence belongs to, if there is one.
    fn family(&self, sketch: &Sketch, sketcher: &Sketcher<'_>) -> rusqlite::Result<Option<Option<i64>>> {
        let most = self.rules.origins.copies.most;
        let mut families = BTreeSet::new();
        let mut asked = BTreeSet::new();
        for run in sketcher.found_by(sketch) {
            let mut sharing =
                self.statement("SELECT sentence, rank FROM trace_runs WHERE run = ?1 ORDER BY rank LIMIT ?2")?;
            let sharing =
                sharing.query_map((run.cast_signed(), MOST_SENTENCES), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let sharing: Vec<(i64, i64)> = sharing.collect::<Result<_, _>>()?;
            // The sentence is one of the first that share the run, or is held against these only.
            let first = sharing.get(most.saturating_sub(1)).is_none_or(|last| sketch.rank < last.1);
            if first && sharing.len() >= MOST_SENTENCES {
                return Ok(None);
            }
            if let Some(last) = sharing.get(most.saturating_sub(1)).filter(|_| first)
                && self.has_kin(last.0)?
            {
                // It was held against others by this run and would not be any more.
                return Ok(None);
            }
            for (other, _) in sharing.into_iter().take(if first { MOST_SENTENCES } else { most }) {
                if asked.insert(other) {
                    let mut known = self.statement("SELECT sentence, family FROM trace_sentences WHERE id = ?1")?;
                    let (text, family): (String, i64) =
                        known.query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))?;
                    if !families.contains(&family) && sketcher.are_copies(sketch, &sketcher.sketch(&text)) {
                        families.insert(family);
                    }
                }
            }
        }
        Ok((families.len() <= 1).then(|| families.pop_first()))
    }

    /// True if a sentence is not alone in its family.
    fn has_kin(&self, sentence: i64) -> rusqlite::Result<bool> {
        let kin = "SELECT EXISTS (SELECT 1 FROM trace_sentences WHERE id <> ?1 AND family = \
                   (SELECT family FROM trace_sentences WHERE id = ?1))";
        self.statement(kin)?.query_row([sentence], |row| row.get(0))
    }

    /// The first two documents that have a sentence of a family: by day of publication, undated ones last, then by id.
    pub(super) fn first_of(&self, family: i64) -> rusqlite::Result<Vec<i64>> {
        self.column(
            "SELECT documents.id FROM trace_sentences AS one JOIN trace_told AS told ON told.sentence = one.id \
             JOIN claims ON claims.id = told.claim JOIN documents ON documents.id = claims.document WHERE one.family = ?1 \
             GROUP BY documents.id ORDER BY documents.published IS NULL, documents.published, documents.document LIMIT 2",
            [family],
        )
    }

    /// The claims of a family.
    pub(super) fn claims_of(&self, family: i64) -> rusqlite::Result<Vec<i64>> {
        self.column(
            "SELECT told.claim FROM trace_sentences AS one JOIN trace_told AS told ON told.sentence = one.id \
             WHERE one.family = ?1",
            [family],
        )
    }

    /// How many documents of each outlet have a sentence of a family, and how many of them were published in some days; one
    /// without a day may have been.
    pub(super) fn outlets_of(
        &self,
        family: i64,
        (first, last): (Option<String>, Option<String>),
    ) -> rusqlite::Result<Vec<(String, usize, usize)>> {
        let outlets = "SELECT documents.outlet, count(DISTINCT documents.id), count(DISTINCT documents.id) FILTER (WHERE \
                       documents.published IS NULL OR ?2 IS NULL OR documents.published BETWEEN ?2 AND ?3) \
                       FROM trace_sentences AS one JOIN trace_told AS told ON told.sentence = one.id \
                       JOIN claims ON claims.id = told.claim JOIN documents ON documents.id = claims.document \
                       WHERE one.family = ?1 AND documents.outlet IS NOT NULL GROUP BY documents.outlet";
        let mut outlets = self.statement(outlets)?;
        outlets.query_map((family, first, last), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    }

    /// The family of a claim's sentence; none for one too short to be known again.
    pub(super) fn family_of(&self, claim: i64) -> rusqlite::Result<Option<i64>> {
        let family = "SELECT one.family FROM trace_told AS told JOIN trace_sentences AS one ON one.id = told.sentence \
                      WHERE told.claim = ?1";
        self.statement(family)?.query_row([claim], |row| row.get(0))
    }

    /// The families of some claims.
    pub(super) fn families_of(&self, claims: &[i64]) -> rusqlite::Result<BTreeSet<i64>> {
        claims.iter().filter_map(|&claim| self.family_of(claim).transpose()).collect()
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
