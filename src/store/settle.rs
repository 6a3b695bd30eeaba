//! Settling: events, findings and versions brought up to date with the documents. They are derived from all claims anew, and
//! what changed is written.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior};

use super::add::is_stale;
use super::read::is_settled;
use super::traces::Traces;
use super::{SETTLED, Store, failed, fingerprint};
use crate::analysis::{Analysis, Until, analyze};
use crate::compare::Finding;
use crate::error::Error;
use crate::event::Event;
use crate::extract::Wanted;
use crate::report::wire::FindingLine;
use crate::rules::RuleSet;
use crate::value::{Name, Verdict};

/// All claims are settled anew at once if there are no more than these …
const FEW_CLAIMS: usize = 2_000;
/// … or if the new articles, so many times, are as many as all.
const FEW_TIMES: usize = 10;

impl Store {
    /// Settles new articles, `added` of which came last, as far as that costs no more than a few times what adding them did:
    /// at the cost of what they touch, or with all others where these are few. Returns the number of articles that are left to
    /// [`Store::settle`]; those who read the store reckon with them all the same.
    pub fn settle_soon(&mut self, rules: &RuleSet, added: usize) -> Result<usize, Error> {
        if self.grow(rules)? {
            return Ok(0);
        }
        if added * FEW_TIMES >= self.articles()? || self.claims()? <= FEW_CLAIMS {
            self.settle(rules)?;
        }
        self.count("SELECT count(*) FROM unsettled")
    }

    /// Brings what comes of all articles together up to date with them, in one transaction. Nothing is done where nothing
    /// changed since, and no more than what a few new articles touch if they are all that changed.
    pub fn settle(&mut self, rules: &RuleSet) -> Result<(), Error> {
        if self.grow(rules)? {
            return Ok(());
        }
        let path = self.path.clone();
        let failed = |error| failed(&path, error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        // Where another program read some of the documents by other rules in between, they are not settled under either.
        if is_settled(&transaction, rules).map_err(failed)? || is_stale(&transaction, rules).map_err(failed)? {
            return Ok(());
        }
        // Nobody else writes now, so that another reader sees what this transaction sees.
        let mut wrong = None;
        let documents = Self::read(&path)?
            .documents(rules)?
            .filter_map(|document| document.map_err(|error| wrong = Some(error)).ok());
        let analysis = analyze(documents.map(Ok), rules, Wanted::default(), Until::Comparison, |_| ());
        if let Some(error) = wrong {
            return Err(error);
        }
        let derived = Derived { analysis: &analysis, connection: &transaction };
        derived.write(rules).map_err(failed)?;
        transaction.commit().map_err(failed)
    }
}

/// What was derived, and where it goes.
pub(super) struct Derived<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) connection: &'a Connection,
}

/// The columns of an event, but for its id.
pub(super) fn fields(event: &Event) -> Vec<Option<String>> {
    let names = |names: &[Name]| Some(names.iter().map(Name::as_str).collect::<Vec<_>>().join("; "));
    vec![
        Some(event.label.clone()),
        event.time.map(|time| time.first.to_string()),
        event.time.map(|time| time.last.to_string()),
        names(&event.setting.places),
        names(&event.setting.actors),
        names(&event.setting.incidents),
    ]
}

/// A finding as it is printed.
pub(super) fn line(analysis: &Analysis, finding: &Finding) -> String {
    serde_json::to_string(&FindingLine::of(analysis, finding)).unwrap_or_default()
}

/// A claim's row, and the row of its event as it stands there.
struct ClaimRow {
    id: i64,
    event: Option<i64>,
}

impl Derived<'_> {
    fn write(&self, rules: &RuleSet) -> rusqlite::Result<()> {
        let claims = self.claims()?;
        let (events, gone) = self.events()?;
        let mut put = self.connection.prepare("UPDATE claims SET event = ?2 WHERE id = ?1")?;
        for (index, claim) in claims.iter().enumerate() {
            let event = self.analysis.events.of_claim(index).and_then(|event| events.get(event)).copied();
            if event != claim.event {
                put.execute((claim.id, event))?;
            }
        }
        self.findings(&events, &claims)?;
        self.delete("DELETE FROM events WHERE id = ?1", gone)?;
        self.versions()?;
        let traces = Traces { connection: self.connection, rules: &rules.compare };
        traces.clear()?;
        let rows: Vec<i64> = claims.iter().map(|claim| claim.id).collect();
        traces.remember(self.analysis, &rows, &events)?;
        self.connection.execute("DELETE FROM unsettled", ())?;
        let settled = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value";
        self.connection.execute(settled, (SETTLED, fingerprint(rules)))?;
        Ok(())
    }

    /// The rows of the claims, in the order of the analysis.
    fn claims(&self) -> rusqlite::Result<Vec<ClaimRow>> {
        let mut rows = self.connection.prepare("SELECT id FROM documents WHERE document = ?1")?;
        let mut claims = self.connection.prepare("SELECT id, event FROM claims WHERE document = ?1 ORDER BY number")?;
        let mut all = Vec::with_capacity(self.analysis.claims.len());
        for article in &self.analysis.articles {
            let document: i64 = rows.query_row([&article.document], |row| row.get(0))?;
            for claim in claims.query_map([document], |row| Ok(ClaimRow { id: row.get(0)?, event: row.get(1)? }))? {
                all.push(claim?);
            }
        }
        // The claims of a document are those that its rules read, so that there are as many; else the file was tampered with.
        match all.len() == self.analysis.claims.len() {
            true => Ok(all),
            false => Err(rusqlite::Error::QueryReturnedMoreThanOneRow),
        }
    }

    /// Writes the events; returns the row of each, and the rows of those that are gone.
    fn events(&self) -> rusqlite::Result<(Vec<i64>, Vec<i64>)> {
        let mut old: BTreeMap<String, (i64, Vec<Option<String>>)> = BTreeMap::new();
        let mut rows = self
            .connection
            .prepare("SELECT id, event, label, first_day, last_day, places, actors, incidents FROM events")?;
        let mut rows = rows.query(())?;
        while let Some(row) = rows.next()? {
            let fields = (2..8).map(|column| row.get(column)).collect::<Result<_, _>>()?;
            old.insert(row.get(1)?, (row.get(0)?, fields));
        }
        let mut insert = self.connection.prepare(
            "INSERT INTO events (event, label, first_day, last_day, places, actors, incidents) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut update = self.connection.prepare(
            "UPDATE events SET event = ?, label = ?, first_day = ?, last_day = ?, places = ?, actors = ?, incidents = ? WHERE id = ?",
        )?;
        let mut all = Vec::new();
        for event in &self.analysis.events.events {
            let fields = fields(event);
            let id = event.id.to_string();
            all.push(match old.remove(&id) {
                Some((row, same)) if same == fields => row,
                Some((row, _)) => {
                    let id = std::iter::once(Some(id)).chain(fields).chain([Some(row.to_string())]);
                    update.execute(rusqlite::params_from_iter(id))?;
                    row
                }
                None => {
                    insert.execute(rusqlite::params_from_iter(std::iter::once(Some(id)).chain(fields)))?;
                    self.connection.last_insert_rowid()
                }
            });
        }
        Ok((all, old.into_values().map(|(row, _)| row).collect()))
    }

    /// Writes the findings with their answers; those whose lines are the same stay.
    fn findings(&self, events: &[i64], claims: &[ClaimRow]) -> rusqlite::Result<()> {
        let mut old: BTreeMap<String, (i64, i64, f64, String)> = BTreeMap::new();
        let mut rows = self.connection.prepare("SELECT finding, id, event, severity, line FROM findings")?;
        let mut rows = rows.query(())?;
        while let Some(row) = rows.next()? {
            old.insert(row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        }
        let mut new = Vec::new();
        for finding in &self.analysis.findings {
            let line = line(self.analysis, finding);
            let event = events.get(finding.event).copied().unwrap_or_default();
            match old.remove(&finding.id.to_string()) {
                Some((_, at, severity, same)) if (at, severity) == (event, finding.severity) && same == line => {}
                Some((row, ..)) => {
                    self.delete("DELETE FROM findings WHERE id = ?1", [row])?;
                    new.push((finding, event, line));
                }
                None => new.push((finding, event, line)),
            }
        }
        self.delete("DELETE FROM findings WHERE id = ?1", old.into_values().map(|(row, ..)| row))?;
        let rows: Vec<i64> = claims.iter().map(|claim| claim.id).collect();
        new.iter().try_for_each(|(finding, event, line)| self.finding(finding, *event, line, &rows))
    }

    /// Writes a finding with its answers; `claims` are the rows of those of the analysis.
    pub(super) fn finding(&self, finding: &Finding, event: i64, line: &str, claims: &[i64]) -> rusqlite::Result<()> {
        let gravity = Verdict::ALL.iter().position(|verdict| *verdict == finding.verdict).unwrap_or_default();
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO findings (event, gravity, severity, line) VALUES (?1, ?2, ?3, ?4)")?;
        insert.execute((event, gravity, finding.severity, line))?;
        let row = self.connection.last_insert_rowid();
        let mut answer = self.connection.prepare_cached(
            "INSERT INTO positions (finding, number, label, low, high, articles) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let mut giving = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO position_claims (position, claim) VALUES (?1, ?2)")?;
        for (number, position) in finding.positions.iter().enumerate() {
            let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            let low = position.interval.map(|interval| whole(interval.low));
            let high = position.interval.and_then(|interval| interval.high).map(whole);
            answer.execute((row, number, &position.label, low, high, position.articles))?;
            let answer = self.connection.last_insert_rowid();
            for claim in position.claims.iter().filter_map(|&claim| claims.get(claim)) {
                giving.execute((answer, claim))?;
            }
        }
        Ok(())
    }

    /// Writes which documents are versions of one article.
    fn versions(&self) -> rusqlite::Result<()> {
        let Analysis { articles, claims_of, origins, .. } = self.analysis;
        let mut groups: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
        for (article, claims) in articles.iter().zip(claims_of) {
            if let Some(group) = claims.clone().next().and_then(|claim| origins.version(claim)) {
                groups.entry(group).or_default().push(&article.document);
            }
        }
        self.connection.execute("DELETE FROM versions", ())?;
        let mut version = self.connection.prepare(
            "INSERT INTO versions (document, first) SELECT one.id, first.id FROM documents AS one, documents AS first \
             WHERE one.document = ?1 AND first.document = ?2",
        )?;
        for group in groups.values() {
            let first = group.first().copied().unwrap_or_default();
            group.iter().try_for_each(|one| version.execute((one, first)).map(drop))?;
        }
        Ok(())
    }

    fn delete(&self, statement: &str, rows: impl IntoIterator<Item = i64>) -> rusqlite::Result<()> {
        let mut delete = self.connection.prepare_cached(statement)?;
        rows.into_iter().try_for_each(|row| delete.execute([row]).map(drop))
    }
}
