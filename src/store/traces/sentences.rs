//! Sentences: which ones that give claims are copies of each other, and which documents have them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;
use xxhash_rust::xxh3::xxh3_64;

use super::Traces;
use crate::analysis::Analysis;
use crate::origin::{self, Sketch, Sketcher};
use crate::text::Article;

/// More sentences than this are not held against one.
const MOST_SENTENCES: usize = 5_000;
/// If a sentence has more copies than these, it is not asked by what they are found.
const MOST_COPIES: usize = 200;

/// Stands for the day of an article that has none, after all days.
const UNDATED: &str = "~";

/// The day of an article as it is ordered by.
fn day(article: &Article) -> String {
    article.published.map_or_else(|| UNDATED.to_owned(), |day| day.to_string())
}

/// Stands for the runs of a sentence; sentences with the same runs are copies of the same ones.
fn shape(sketch: &Sketch) -> i64 {
    let bytes: Vec<u8> = sketch.runs.iter().flat_map(|run| run.to_le_bytes()).collect();
    xxh3_64(&bytes).cast_signed()
}

/// A sentence that shares a run of words with others.
struct Sharing {
    sentence: i64,
    rank: i64,
    shape: i64,
    family: i64,
}

impl Traces<'_> {
    /// Remembers the sentences of all articles; `claims` are the rows of their claims.
    pub(super) fn sentences(&self, analysis: &Analysis, claims: &[i64]) -> rusqlite::Result<()> {
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
        let mut document = self.statement("SELECT document FROM claims WHERE id = ?1")?;
        for (article, range) in analysis.articles.iter().zip(&analysis.claims_of) {
            if let Some(claim) = claims.get(range.clone()).and_then(<[i64]>::first) {
                self.carry(document.query_row([claim], |row| row.get(0))?, article)?;
            }
        }
        Ok(())
    }

    fn sentence(
        &self,
        sentence: &str,
        sketch: &Sketch,
        sketcher: &Sketcher<'_>,
        family: Option<i64>,
    ) -> rusqlite::Result<i64> {
        let mut insert =
            self.statement("INSERT INTO trace_sentences (rank, shape, family, sentence) VALUES (?1, ?2, ?3, ?4)")?;
        insert.execute((sketch.rank, shape(sketch), family, sentence))?;
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
    pub(in crate::store) fn tell(&self, claim: i64, sentence: &str) -> rusqlite::Result<bool> {
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

    /// Remembers that a document has the families of its sentences, which were told before.
    pub(in crate::store) fn carry(&self, document: i64, article: &Article) -> rusqlite::Result<()> {
        let house = article.outlet.as_deref().map(|outlet| origin::house(outlet, &self.rules.origins));
        let mut insert = self.statement(
            "INSERT OR IGNORE INTO trace_carriers (family, day, name, document, house) \
             SELECT DISTINCT one.family, ?2, ?3, ?1, ?4 FROM claims JOIN trace_told AS told ON told.claim = claims.id \
             JOIN trace_sentences AS one ON one.id = told.sentence WHERE claims.document = ?1 AND one.family IS NOT NULL",
        )?;
        insert.execute((document, day(article), &article.document, house)).map(drop)
    }

    /// The family that a new sentence belongs to, if there is one.
    fn family(&self, sketch: &Sketch, sketcher: &Sketcher<'_>) -> rusqlite::Result<Option<Option<i64>>> {
        let most = self.rules.origins.copies.most;
        let own = shape(sketch);
        let (mut families, mut strangers) = (BTreeSet::new(), BTreeSet::new());
        for &run in sketcher.found_by(sketch) {
            let mut last =
                self.statement("SELECT rank FROM trace_runs WHERE run = ?1 ORDER BY rank LIMIT 1 OFFSET ?2")?;
            let last: Option<i64> =
                last.query_row((run.cast_signed(), most.saturating_sub(1)), |row| row.get(0)).optional()?;
            // The sentence is one of the first that share the run, or is held against these only.
            let first = last.is_none_or(|last| sketch.rank < last);
            let sharing = self.sharing(run, if first { MOST_SENTENCES } else { most })?;
            if first && sharing.len() >= MOST_SENTENCES {
                return Ok(None);
            }
            // Others that came later were held against the last of the first by this run and will not be any more; that makes
            // no difference if one that stays among the first is a copy of the same ones.
            if let Some((last, rest)) = sharing.get(..most).filter(|_| first).and_then(<[Sharing]>::split_last) {
                let another = last.shape == own || rest.iter().any(|other| other.shape == last.shape);
                if !another && self.is_missed(last, run, sketch, sketcher)? {
                    return Ok(None);
                }
            }
            for other in sharing {
                let known = families.contains(&other.family) || strangers.contains(&other.shape);
                if known || !strangers.insert(other.shape) {
                    continue;
                }
                if sketcher.are_copies(sketch, &sketcher.sketch(&self.text(other.sentence)?)) {
                    strangers.remove(&other.shape);
                    families.insert(other.family);
                }
            }
        }
        Ok((families.len() <= 1).then(|| families.pop_first()))
    }

    /// The first sentences that share a run of words, no more than `most`.
    fn sharing(&self, run: u64, most: usize) -> rusqlite::Result<Vec<Sharing>> {
        let mut sharing = self.statement(
            "SELECT one.id, one.rank, one.shape, one.family FROM trace_runs AS runs \
             CROSS JOIN trace_sentences AS one ON one.id = runs.sentence WHERE runs.run = ?1 ORDER BY runs.rank LIMIT ?2",
        )?;
        let sharing = sharing.query_map((run.cast_signed(), most), |row| {
            Ok(Sharing { sentence: row.get(0)?, rank: row.get(1)?, shape: row.get(2)?, family: row.get(3)? })
        })?;
        sharing.collect()
    }

    /// True if a copy of a sentence may be found by one run of words only, which a new sentence takes from it.
    fn is_missed(&self, sentence: &Sharing, run: u64, new: &Sketch, sketcher: &Sketcher<'_>) -> rusqlite::Result<bool> {
        let later = self.column(
            "SELECT one.id FROM trace_sentences AS one CROSS JOIN trace_runs AS runs ON runs.run = ?1 AND \
             runs.rank = one.rank AND runs.sentence = one.id WHERE one.family = ?2 AND one.rank > ?3 LIMIT ?4",
            (run.cast_signed(), sentence.family, sentence.rank, MOST_COPIES),
        )?;
        let own = sketcher.sketch(&self.text(sentence.sentence)?);
        let mut kept = Vec::new();
        for &other in sketcher.found_by(&own).iter().filter(|other| **other != run) {
            if self.is_first(other, sentence.rank, new, sketcher)? {
                kept.push(other);
            }
        }
        let mut missed = later.len() >= MOST_COPIES;
        for copy in later {
            let copy = sketcher.sketch(&self.text(copy)?);
            missed |=
                sketcher.are_copies(&own, &copy) && !kept.iter().any(|run| sketcher.found_by(&copy).contains(run));
        }
        Ok(missed)
    }

    /// True if a sentence of some rank is one of the first that share a run, when a new one has come.
    fn is_first(&self, run: u64, rank: i64, new: &Sketch, sketcher: &Sketcher<'_>) -> rusqlite::Result<bool> {
        let most = self.rules.origins.copies.most;
        let before = "SELECT count(*) FROM (SELECT 1 FROM trace_runs WHERE run = ?1 AND rank < ?2 LIMIT ?3)";
        let before: usize = self.statement(before)?.query_row((run.cast_signed(), rank, most), |row| row.get(0))?;
        Ok(before + usize::from(new.rank < rank && sketcher.found_by(new).contains(&run)) < most)
    }

    fn text(&self, sentence: i64) -> rusqlite::Result<String> {
        self.statement("SELECT sentence FROM trace_sentences WHERE id = ?1")?.query_row([sentence], |row| row.get(0))
    }

    /// The first documents that have a sentence of a family: by day of publication, undated ones last, then by id.
    pub(in crate::store) fn first_of(&self, family: i64, most: usize) -> rusqlite::Result<Vec<i64>> {
        self.column("SELECT document FROM trace_carriers WHERE family = ?1 ORDER BY day, name LIMIT ?2", (family, most))
    }

    /// The documents of a house that have a sentence of a family and were published in some days, or on no day that is known;
    /// only those with a name before another, if there is one.
    pub(in crate::store) fn carriers_near(
        &self,
        (family, house): (i64, &str),
        days: Option<(String, String)>,
        before: Option<&str>,
        most: usize,
    ) -> rusqlite::Result<Vec<i64>> {
        let (first, last) = days.unwrap_or_else(|| (String::new(), UNDATED.to_owned()));
        self.column(
            "SELECT document FROM trace_carriers WHERE family = ?1 AND house = ?2 AND day BETWEEN ?3 AND ?4 \
             AND (?5 IS NULL OR name < ?5) UNION ALL \
             SELECT document FROM trace_carriers WHERE family = ?1 AND house = ?2 AND day = ?6 AND day > ?4 \
             AND (?5 IS NULL OR name < ?5) LIMIT ?7",
            (family, house, first, last, before, UNDATED, most),
        )
    }

    /// The document of a house that has a sentence of a family and comes at some place by its name, counted from 0.
    pub(in crate::store) fn carrier_at(
        &self,
        (family, house): (i64, &str),
        place: usize,
    ) -> rusqlite::Result<Option<(i64, Box<str>)>> {
        let mut at = self.statement(
            "SELECT document, name FROM trace_carriers WHERE family = ?1 AND house = ?2 ORDER BY name LIMIT 1 OFFSET ?3",
        )?;
        at.query_row((family, house, place), |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }

    /// The claims of a family.
    pub(in crate::store) fn claims_of(&self, family: i64) -> rusqlite::Result<Vec<i64>> {
        self.column(
            "SELECT told.claim FROM trace_sentences AS one JOIN trace_told AS told ON told.sentence = one.id \
             WHERE one.family = ?1",
            [family],
        )
    }

    /// The family of a claim's sentence; none for one too short to be known again.
    pub(in crate::store) fn family_of(&self, claim: i64) -> rusqlite::Result<Option<i64>> {
        let family = "SELECT one.family FROM trace_told AS told JOIN trace_sentences AS one ON one.id = told.sentence \
                      WHERE told.claim = ?1";
        self.statement(family)?.query_row([claim], |row| row.get(0))
    }

    /// The families of some claims.
    pub(in crate::store) fn families_of(&self, claims: &[i64]) -> rusqlite::Result<BTreeSet<i64>> {
        claims.iter().filter_map(|&claim| self.family_of(claim).transpose()).collect()
    }
}
