//! Adding: articles and their claims written together, batch by batch, so that each is there whole or not at all.

use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};

use super::lookup::Met;
use super::read::{DOCUMENT, Given, raw};
use super::{Lookup, PROGRAM, SETTLED, Store, failed, fingerprint, rules_row};
use crate::analysis::{Analysis, Until, analyze};
use crate::claimed;
use crate::error::{Error, Location};
use crate::extract::Wanted;
use crate::input::{Raw, Seen, Taken, renamed};
use crate::report::wire::ClaimLine;
use crate::rules::RuleSet;
use crate::text::{Article, TextHash};

/// So many documents are read again at a time.
const BATCH: usize = 256;

/// Adds articles to a store.
#[derive(Debug)]
pub struct Adding<'s> {
    store: &'s mut Store,
    rules: &'s RuleSet,
    met: Met,
}

/// What became of a batch of articles, once it is safe on the disk.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The ids of the articles that are new.
    pub documents: Vec<Box<str>>,
    /// Number of those that were there already.
    pub there: usize,
    /// What is to be said of them.
    pub warnings: Vec<Error>,
}

/// An article with its claims' lines.
struct Entry<'a> {
    article: &'a Article,
    /// Each line with the byte of its sentence at which the quote begins.
    lines: Vec<(String, usize)>,
    /// True if the lines say all that is known of the claims.
    whole: bool,
}

impl Store {
    /// Goes on with articles that were not there when the store was opened.
    pub fn adding<'s>(&'s mut self, rules: &'s RuleSet) -> Adding<'s> {
        Adding { store: self, rules, met: Met::new() }
    }

    /// Reads documents again whose claims were read by other rules or another program, a batch of them; returns how many
    /// there were. What was derived of them goes.
    pub fn renew(&mut self, rules: &RuleSet) -> Result<usize, Error> {
        renew(&mut self.connection, rules).map_err(|error| failed(&self.path, error))
    }
}

impl Adding<'_> {
    /// Adds the articles that are not there yet, under ids of their own.
    pub fn add(&mut self, batch: Vec<Raw>) -> Result<Added, Error> {
        let path = self.store.path.clone();
        let failed = |error| failed(&path, error);
        let transaction = self.store.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(failed)?;
        let mut added = Added::default();
        let mut lookup = Lookup::new(&path, &*transaction, std::mem::take(&mut self.met));
        let (mut new, mut seen) = (Vec::new(), Seen::default());
        for mut raw in batch {
            let given = raw.article.document.clone();
            match seen.take(&mut raw, &mut lookup)? {
                Taken::Same(_) => {
                    added.there += 1;
                    continue;
                }
                Taken::Renamed(id) => {
                    let (file, line) = &raw.found.at;
                    added.warnings.push(renamed(Location::line(file, *line), &id, &raw.article.document));
                }
                Taken::New => {}
            }
            added.documents.push(raw.article.document.clone());
            new.push((given, raw));
        }
        self.met = lookup.met;
        let analysis = read(new.iter().map(|(_, raw)| raw.clone()).collect(), self.rules);
        write(&transaction, new, &analysis, self.rules).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(added)
    }
}

/// The claims of documents, each read on its own.
fn read(raws: Vec<Raw>, rules: &RuleSet) -> Analysis {
    analyze(raws.into_iter().map(Ok), rules, Wanted::default(), Until::Extraction, |_| ())
}

/// What is kept of each article.
fn entries<'a>(analysis: &'a Analysis, rules: &RuleSet) -> Vec<Entry<'a>> {
    let mut lines = ClaimLine::of(analysis);
    let articles = analysis.articles.iter().zip(&analysis.claims_of);
    articles
        .map(|(article, range)| {
            let claims = analysis.claims.get(range.clone()).unwrap_or_default();
            let written = claims
                .iter()
                .zip(lines.by_ref())
                .map(|(claim, line)| (serde_json::to_string(&line).unwrap_or_default(), claim.quote.start as usize));
            let lines: Vec<(String, usize)> = written.collect();
            let again = claimed::again(article, lines.iter().map(|(line, at)| (line.as_str(), *at)), &rules.tolerance);
            Entry { article, lines, whole: again.as_deref() == Some(claims) }
        })
        .collect()
}

/// The row of the rules, which is made if it is not there.
fn maker(transaction: &Transaction<'_>, rules: &RuleSet) -> rusqlite::Result<i64> {
    match rules_row(transaction, rules)? {
        Some(id) => Ok(id),
        None => {
            let made = "INSERT INTO rules (fingerprint, program) VALUES (?1, ?2)";
            transaction.execute(made, (fingerprint(rules), PROGRAM))?;
            Ok(transaction.last_insert_rowid())
        }
    }
}

fn write(
    transaction: &Transaction<'_>,
    new: Vec<(Box<str>, Raw)>,
    analysis: &Analysis,
    rules: &RuleSet,
) -> rusqlite::Result<()> {
    let maker = maker(transaction, rules)?;
    let mut document = transaction.prepare_cached(
        "INSERT INTO documents (document, outlet, title, author, url, published, modified, language, credit, kind, source, \
         line, sha256, given, rules, whole, text) VALUES (:document, :outlet, :title, :author, :url, :published, :modified, \
         :language, :credit, :kind, :source, :line, :sha256, :given, :rules, :whole, :text)",
    )?;
    for ((id, raw), entry) in new.into_iter().zip(entries(analysis, rules)) {
        let Raw { article: given, text, found } = raw;
        let article = entry.article;
        let (source, line) = found.at;
        let about = *found.about;
        let given = Given::of(id, &given);
        document.execute(named_params! {
            ":document": article.document,
            ":outlet": article.outlet,
            ":title": article.title,
            ":author": about.author.map(|author| author.value),
            ":url": article.url,
            ":published": article.published.map(|day| day.to_string()),
            ":modified": about.modified.map(|modified| modified.value.to_string()),
            ":language": found.language.or(about.language.map(|language| language.value)),
            ":credit": article.credit,
            ":kind": found.kind.as_str(),
            ":source": source.to_string_lossy(),
            ":line": Some(line).filter(|&line| line > 0),
            ":sha256": article.sha256.unwrap_or_else(|| TextHash::of(&text)).to_string(),
            ":given": serde_json::to_string(&given).unwrap_or_default(),
            ":rules": maker,
            ":whole": entry.whole,
            ":text": text,
        })?;
        write_claims(transaction, transaction.last_insert_rowid(), &entry)?;
    }
    Ok(())
}

/// Writes the claims of a document, which is not settled then.
fn write_claims(transaction: &Transaction<'_>, document: i64, entry: &Entry<'_>) -> rusqlite::Result<()> {
    let mut claim =
        transaction.prepare_cached("INSERT INTO claims (document, number, quote_at, line) VALUES (?1, ?2, ?3, ?4)")?;
    for (number, (line, start)) in entry.lines.iter().enumerate() {
        claim.execute((document, number, start, line))?;
    }
    transaction.prepare_cached("INSERT OR IGNORE INTO unsettled (document) VALUES (?1)")?.execute([document])?;
    Ok(())
}

fn renew(connection: &mut Connection, rules: &RuleSet) -> rusqlite::Result<usize> {
    if !is_stale(connection, rules)? {
        return Ok(0);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let maker = maker(&transaction, rules)?;
    transaction.execute("DELETE FROM meta WHERE key = ?1", [SETTLED])?;
    transaction.execute_batch("DELETE FROM findings; DELETE FROM versions; DELETE FROM events;")?;
    let renewed = renew_batch(&transaction, maker, rules)?;
    transaction.commit()?;
    Ok(renewed)
}

fn renew_batch(transaction: &Transaction<'_>, maker: i64, rules: &RuleSet) -> rusqlite::Result<usize> {
    let mut ids = transaction.prepare("SELECT id FROM documents WHERE rules <> ?1 ORDER BY id LIMIT ?2")?;
    let ids: Vec<i64> = ids.query_map((maker, BATCH), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut document = transaction.prepare(DOCUMENT)?;
    let raws = ids.iter().map(|id| document.query_row([id], raw)).collect::<Result<_, _>>()?;
    let analysis = read(raws, rules);
    let mut gone = transaction.prepare("DELETE FROM claims WHERE document = ?1")?;
    let mut document = transaction.prepare(
        "UPDATE documents SET outlet = ?2, title = ?3, url = ?4, published = ?5, credit = ?6, rules = ?7, whole = ?8 \
         WHERE id = ?1",
    )?;
    for (id, entry) in ids.iter().zip(entries(&analysis, rules)) {
        let Article { outlet, title, url, published, credit, .. } = entry.article;
        gone.execute([id])?;
        document.execute((id, outlet, title, url, published.map(|day| day.to_string()), credit, maker, entry.whole))?;
        write_claims(transaction, *id, &entry)?;
    }
    Ok(ids.len())
}

/// True if claims of some document were read by other rules.
pub(super) fn is_stale(connection: &Connection, rules: &RuleSet) -> rusqlite::Result<bool> {
    let stale = "SELECT EXISTS (SELECT 1 FROM rules WHERE fingerprint <> ?1 AND EXISTS (SELECT 1 FROM documents WHERE documents.rules = rules.id))";
    connection.query_row(stale, [fingerprint(rules)], |row| row.get(0))
}
