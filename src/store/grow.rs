//! Growing: a few new articles put among those that are settled, at the cost of what they touch.
//!
//! Their parts are placed among the events ([`event::place`]); those events, and those of which claims have a new origin
//! because a new article carries their sentences too, or is another version of theirs, are compared anew. Whatever reaches
//! further (names that are spelled another way now, families of sentences that become one) is left to a settling of everything.

mod origins;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::read::article;
use super::settle::{Derived, fields, line};
use super::traces::Traces;
use super::{SETTLED, Store, failed, fingerprint, rules_row};
use crate::analysis::Analysis;
use crate::claim::{Claim, Id};
use crate::claimed;
use crate::compare;
use crate::error::Error;
use crate::event::{self, Changes, Event, Events, Part, Placed};
use crate::origin::Origins;
use crate::rules::RuleSet;
use crate::value::DayRange;

/// More new articles than this are settled with all others …
const MOST_FRESH: usize = 64;
/// … and so is what touches more claims.
const MOST_CLAIMS: usize = 20_000;

impl Store {
    /// Settles new articles at the cost of what they touch. False if there are some for which everything has to be settled
    /// anew; they stay unsettled.
    pub fn grow(&mut self, rules: &RuleSet) -> Result<bool, Error> {
        let path = self.path.clone();
        let mut grow = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let grown = Growing { connection: &transaction, rules }.all()?;
            transaction.commit()?;
            Ok(grown)
        };
        grow().map_err(|error| failed(&path, error))
    }
}

/// Growing within a transaction.
struct Growing<'a> {
    connection: &'a Connection,
    rules: &'a RuleSet,
}

/// A few documents with all their claims, in their order.
#[derive(Default)]
struct Few {
    analysis: Analysis,
    /// The rows of the claims.
    rows: Vec<i64>,
    /// The rows of the documents.
    documents: Vec<i64>,
}

impl Growing<'_> {
    fn traces(&self) -> Traces<'_> {
        Traces { connection: self.connection, rules: &self.rules.compare }
    }

    fn all(&self) -> rusqlite::Result<bool> {
        let settled = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?1 AND value = ?2)";
        let settled: bool = self.connection.query_row(settled, (SETTLED, fingerprint(self.rules)), |row| row.get(0))?;
        let fresh = "SELECT document FROM unsettled WHERE NOT far ORDER BY document LIMIT ?1";
        let fresh = self.traces().column(fresh, [MOST_FRESH + 1])?;
        if !settled || fresh.len() > MOST_FRESH {
            return Ok(false);
        }
        for document in fresh {
            self.connection.execute_batch("SAVEPOINT article")?;
            let done = match self.one(document)? {
                true => "DELETE FROM unsettled WHERE document = ?1",
                false => {
                    self.connection.execute_batch("ROLLBACK TO article")?;
                    "UPDATE unsettled SET far = 1 WHERE document = ?1"
                }
            };
            self.connection.prepare_cached(done)?.execute([document])?;
            self.connection.execute_batch("RELEASE article")?;
        }
        self.connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM unsettled)", (), |row| row.get(0))
    }

    /// Puts one document among the others.
    fn one(&self, document: i64) -> rusqlite::Result<bool> {
        let Some(own) = self.load(&BTreeSet::from([document]))? else { return Ok(false) };
        if own.rows.is_empty() {
            return Ok(true);
        }
        let Some(changes) = self.place(document, &own)? else { return Ok(false) };
        let Some(retold) = self.retold(document, &own)? else { return Ok(false) };
        let mut touched: BTreeMap<i64, Option<DayRange>> = BTreeMap::new();
        for claim in &retold {
            let event = "SELECT events.id, events.first_day, events.last_day FROM claims \
                         JOIN events ON events.id = claims.event WHERE claims.id = ?1";
            let event = self.connection.prepare_cached(event)?.query_row([claim], |row| {
                let days: (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
                let day = |day: Option<String>| day.and_then(|day| day.parse().ok());
                Ok((row.get(0)?, day(days.0).zip(day(days.1)).map(|(first, last)| DayRange::new(first, last))))
            });
            touched.extend(event.optional()?);
        }
        self.write(changes, touched)
    }

    /// Places the parts of a document, and remembers its names and words. `None` if that reaches too far.
    fn place(&self, document: i64, own: &Few) -> rusqlite::Result<Option<Changes>> {
        let mut traces = self.traces();
        let events = &self.rules.compare.events;
        let claims = &own.analysis.claims;
        let Some(numbers) = traces.numbers(&event::names_in(claims))? else { return Ok(None) };
        let mut parts = event::copies_together(event::parts(claims, numbers, events));
        for part in &mut parts {
            let rows = part.claims.iter().filter_map(|&claim| own.rows.get(usize::try_from(claim).ok()?).copied());
            part.claims = rows.collect();
        }
        let words = event::words(&parts);
        let before = traces.marks(&words)?;
        traces.words(&words, document)?;
        let stirred = before.symmetric_difference(&traces.marks(&words)?).copied().collect();
        event::place(parts, &stirred, &mut traces, events)
    }

    /// Compares the changed events anew, and those that were touched, and writes what is found. False if that is too much.
    fn write(&self, changes: Changes, mut touched: BTreeMap<i64, Option<DayRange>>) -> rusqlite::Result<bool> {
        let Changes { placed, gone } = changes;
        let mut members: Vec<(Option<i64>, Option<DayRange>, Vec<i64>)> = Vec::new();
        for Placed { event, time, parts } in &placed {
            touched.retain(|known, _| Some(*known) != *event);
            let claims = parts.iter().flat_map(|part| part.claims.iter().copied()).collect();
            members.push((*event, *time, claims));
        }
        for (event, time) in touched.into_iter().filter(|(event, _)| !gone.contains(event)) {
            members.push((Some(event), time, self.traces().column("SELECT id FROM claims WHERE event = ?1", [event])?));
        }
        let Some(documents) = self.documents(members.iter().flat_map(|(.., claims)| claims))? else { return Ok(false) };
        let Some(mut some) = self.load(&documents)? else { return Ok(false) };
        let rows_of = self.compare(&mut some, &members)?;
        for event in gone {
            self.connection.prepare_cached("DELETE FROM events WHERE id = ?1")?.execute([event])?;
        }
        self.findings(&some, rows_of, placed)?;
        Ok(true)
    }

    /// Documents with all their claims as an analysis; `None` if some claims have to be read from the text.
    fn load(&self, documents: &BTreeSet<i64>) -> rusqlite::Result<Option<Few>> {
        let own = rules_row(self.connection, self.rules)?;
        let mut all = Vec::new();
        let mut sought = self.connection.prepare_cached(super::read::DOCUMENT)?;
        for &document in documents {
            let known = sought.query_row([document], |row| {
                let known = row.get::<_, bool>("whole")? && Some(row.get("rules")?) == own;
                Ok(known.then_some(article(row)?))
            })?;
            let Some(article) = known else { return Ok(None) };
            all.push((article.published, article.document.clone(), document, Arc::new(article)));
        }
        all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let mut some = Few::default();
        let mut lines = self
            .connection
            .prepare_cached("SELECT id, line, quote_at FROM claims WHERE document = ?1 ORDER BY number")?;
        for (_, _, document, article) in all {
            let lines = lines.query_map([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let lines: Vec<(i64, String, usize)> = lines.collect::<Result<_, _>>()?;
            let written = lines.iter().map(|(_, line, start)| (line.as_str(), *start));
            let Some(claims) = claimed::again(&article, written, &self.rules.tolerance) else { return Ok(None) };
            let first = some.analysis.claims.len();
            some.analysis.claims.extend(claims);
            some.analysis.claims_of.push(first..some.analysis.claims.len());
            some.analysis.articles.push(article);
            some.rows.extend(lines.iter().map(|(row, ..)| row));
            some.documents.push(document);
        }
        Ok(Some(some))
    }

    /// Compares the claims of events; the row of each event by its id.
    fn compare(
        &self,
        some: &mut Few,
        members: &[(Option<i64>, Option<DayRange>, Vec<i64>)],
    ) -> rusqlite::Result<BTreeMap<Id, Option<i64>>> {
        let rules = &self.rules.compare;
        let index: BTreeMap<i64, usize> = some.rows.iter().enumerate().map(|(index, &row)| (row, index)).collect();
        let mut rows_of = BTreeMap::new();
        let claims: &[Claim] = &some.analysis.claims;
        let mut events: Vec<Event> = Vec::new();
        for (row, time, members) in members {
            let mut members: Vec<usize> = members.iter().filter_map(|row| index.get(row).copied()).collect();
            members.sort_unstable();
            let event = event::event(claims, members, *time, &rules.phrases);
            rows_of.insert(event.id, *row);
            events.push(event);
        }
        let events = Events::of(events, claims.len(), rules.events.main);
        let rows: Vec<i64> = members.iter().flat_map(|(.., claims)| claims.iter().copied()).collect();
        let copies = self.copies(some, &self.traces().families_of(&rows)?)?;
        let origins = Origins::trace_some(claims, copies, self.versions(some)?, &rules.origins);
        some.analysis.findings = compare::findings(claims, &events, &origins, rules);
        some.analysis.events = events;
        some.analysis.origins = origins;
        Ok(rows_of)
    }

    /// Writes the events with their claims and findings.
    fn findings(&self, some: &Few, rows_of: BTreeMap<Id, Option<i64>>, placed: Vec<Placed>) -> rusqlite::Result<()> {
        let (analysis, connection) = (&some.analysis, self.connection);
        // Two events may exchange ids.
        let mut set_aside = connection.prepare_cached("UPDATE events SET event = 'aside ' || id WHERE id = ?1")?;
        for row in rows_of.values().flatten() {
            set_aside.execute([row])?;
            connection.prepare_cached("DELETE FROM findings WHERE event = ?1")?.execute([row])?;
        }
        let mut update = connection.prepare_cached(
            "UPDATE events SET event = ?, label = ?, first_day = ?, last_day = ?, places = ?, actors = ?, incidents = ? WHERE id = ?",
        )?;
        let mut insert = connection.prepare_cached(
            "INSERT INTO events (event, label, first_day, last_day, places, actors, incidents) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut put = connection.prepare_cached("UPDATE claims SET event = ?2 WHERE id = ?1 AND event IS NOT ?2")?;
        let mut rows = Vec::new();
        for event in &analysis.events.events {
            let columns = std::iter::once(Some(event.id.to_string())).chain(fields(event));
            let row = match rows_of.get(&event.id).copied().flatten() {
                Some(row) => {
                    update.execute(rusqlite::params_from_iter(columns.chain([Some(row.to_string())])))?;
                    row
                }
                None => {
                    insert.execute(rusqlite::params_from_iter(columns))?;
                    connection.last_insert_rowid()
                }
            };
            for claim in event.claims.iter().filter_map(|&claim| some.rows.get(claim)) {
                put.execute((claim, row))?;
            }
            rows.push(row);
        }
        let of_claim: BTreeMap<i64, i64> = analysis
            .events
            .events
            .iter()
            .zip(&rows)
            .flat_map(|(event, &row)| event.claims.iter().filter_map(move |&claim| Some((*some.rows.get(claim)?, row))))
            .collect();
        for Placed { parts, .. } in placed {
            let claim = parts.iter().find_map(|part: &Part| part.claims.first());
            if let Some(&row) = claim.and_then(|claim| of_claim.get(claim)) {
                self.traces().event(row, &parts)?;
            }
        }
        let derived = Derived { analysis, connection };
        for finding in &analysis.findings {
            let event = rows.get(finding.event).copied().unwrap_or_default();
            derived.finding(finding, event, &line(analysis, finding), &some.rows)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
