//! Origins of a few claims among all: which sentences other documents have too, and which articles are versions of one.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;

use super::{Few, Growing, MOST_CLAIMS};
use crate::origin;
use crate::text::Article;
use crate::value::DayRange;

/// No more articles than these are held against a new one to see if it is another version of them.
const MOST_VERSIONS: usize = 256;

impl Growing<'_> {
    /// Remembers the sentences of a new article's claims, and what it is a version of. The claims of other documents whose
    /// origin may be another now; `None` if that reaches further.
    pub(super) fn retold(&self, document: i64, own: &Few) -> rusqlite::Result<Option<BTreeSet<i64>>> {
        let traces = self.traces();
        let [article] = own.analysis.articles.as_slice() else { return Ok(None) };
        for (claim, &row) in own.analysis.claims.iter().zip(&own.rows) {
            if !traces.tell(row, &claim.sentence)? {
                return Ok(None);
            }
        }
        traces.carry(document, article)?;
        let mut retold = BTreeSet::new();
        let families = traces.families_of(&own.rows)?;
        for &family in &families {
            // Others have another origin if the document is the first that has the sentence, or the first to repeat it.
            let first = traces.first_of(family, 3)?;
            if first.len() > 1 && (first[0] == document || first[1] == document && first.len() == 2) {
                retold.extend(traces.claims_of(family)?);
            }
        }
        let Some(others) = self.versions_of(document, own, &families)? else { return Ok(None) };
        if !others.is_empty() {
            let group = self.join(document, &others)?;
            for other in group {
                retold.extend(traces.column("SELECT id FROM claims WHERE document = ?1", [other])?);
                // Whom a version credits is the origin of all that copy what it was the first to say.
                for family in traces.column("SELECT family FROM trace_carriers WHERE document = ?1", [other])? {
                    if traces.first_of(family, 1)? == [other] {
                        retold.extend(traces.claims_of(family)?);
                    }
                }
            }
        }
        retold.retain(|row| !own.rows.contains(row));
        Ok((retold.len() <= MOST_CLAIMS).then_some(retold))
    }

    /// The documents that a new one is another version of: of the same house and address, or alike. `None` if it cannot be
    /// told without the others.
    fn versions_of(
        &self,
        document: i64,
        own: &Few,
        families: &BTreeSet<i64>,
    ) -> rusqlite::Result<Option<BTreeSet<i64>>> {
        let [article] = own.analysis.articles.as_slice() else { return Ok(None) };
        let Some(outlet) = article.outlet.as_deref() else { return Ok(Some(BTreeSet::new())) };
        let house = self.house(outlet);
        let mut versions = self.of_address(document, article, house)?;
        let mut asked = BTreeSet::new();
        for &family in families {
            let Some(others) = self.held_against(document, article, (family, house))? else { return Ok(None) };
            asked.extend(others);
        }
        asked.retain(|other| !versions.contains(other));
        if asked.len() > MOST_VERSIONS {
            return Ok(None);
        }
        for other in asked {
            let Some(pair) = self.load(&BTreeSet::from([document, other]))? else { return Ok(None) };
            let copies = self.copies(&pair, families)?;
            let [a, b] = pair.analysis.claims_of.as_slice() else { return Ok(None) };
            let half = |range: &std::ops::Range<usize>| {
                let claims = pair.analysis.claims.get(range.clone()).unwrap_or_default();
                (claims, copies.get(range.clone()).unwrap_or_default())
            };
            if origin::are_versions(half(a), half(b), &self.rules.compare.origins) {
                versions.insert(other);
            }
        }
        Ok(Some(versions))
    }

    /// The other settled documents of a house that have the address of an article.
    fn of_address(&self, document: i64, article: &Article, house: &str) -> rusqlite::Result<BTreeSet<i64>> {
        let mut at = self.connection.prepare_cached(
            "SELECT id, outlet FROM documents WHERE url = ?1 AND url <> '' AND id <> ?2 AND outlet IS NOT NULL \
             AND EXISTS (SELECT 1 FROM claims WHERE claims.document = documents.id) \
             AND NOT EXISTS (SELECT 1 FROM unsettled WHERE unsettled.document = documents.id)",
        )?;
        let at = at.query_map((article.url.as_deref(), document), |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let of_house = |other: &(i64, String)| self.house(&other.1) == house;
        at.filter(|other| other.as_ref().map_or(true, of_house)).map(|other| other.map(|(id, _)| id)).collect()
    }

    /// The other documents of a house that an article is held against because of a family of sentences: those published about
    /// then; where many have it, only if it or they are among the first by name. `None` if another was among them before and
    /// is a version of some, or if they are too many.
    fn held_against(
        &self,
        document: i64,
        article: &Article,
        (family, house): (i64, &str),
    ) -> rusqlite::Result<Option<Vec<i64>>> {
        let (traces, origins) = (self.traces(), &self.rules.compare.origins);
        // The document is one of those that come first by name, or not; the one that comes next came first before.
        let next = traces.carrier_at((family, house), origins.copies.most)?;
        let is_first = |name: &str| next.as_ref().is_none_or(|(_, next)| name < &**next);
        if let Some((next, _)) = next.as_ref().filter(|_| is_first(&article.document)) {
            let version = "SELECT EXISTS (SELECT 1 FROM versions WHERE document = ?1)";
            if self.connection.prepare_cached(version)?.query_row([next], |row| row.get(0))? {
                return Ok(None);
            }
        }
        let days = article.published.map(|day| DayRange::day(day).widened(origins.versions.days));
        let days = days.map(|days| (days.first.to_string(), days.last.to_string()));
        let before = next.as_ref().filter(|_| !is_first(&article.document)).map(|(_, next)| &**next);
        let near = traces.carriers_near((family, house), days, before, MOST_VERSIONS)?;
        Ok((near.len() < MOST_VERSIONS).then(|| near.into_iter().filter(|other| *other != document).collect()))
    }

    /// Makes a document, and those that others are versions of, versions of one; returns them all.
    fn join(&self, document: i64, others: &BTreeSet<i64>) -> rusqlite::Result<BTreeSet<i64>> {
        let traces = self.traces();
        let mut group = BTreeSet::from([document]);
        for &other in others {
            group.insert(other);
            group.extend(traces.column(VERSIONS, [other])?);
        }
        let mut sought = self.connection.prepare_cached("SELECT published, document FROM documents WHERE id = ?1")?;
        let mut first: Option<(Option<String>, String, i64)> = None;
        for &one in &group {
            let key = sought.query_row([one], |row| Ok((row.get(0)?, row.get(1)?, one)))?;
            first = Some(first.map_or_else(|| key.clone(), |first| first.min(key.clone())));
        }
        let first = first.map_or(document, |(.., first)| first);
        let put =
            "INSERT INTO versions (document, first) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET first = excluded.first";
        let mut put = self.connection.prepare_cached(put)?;
        group.iter().try_for_each(|one| put.execute((one, first)).map(drop))?;
        Ok(group)
    }

    fn house<'n>(&'n self, outlet: &'n str) -> &'n str {
        origin::house(outlet, &self.rules.compare.origins)
    }

    /// The documents of some claims.
    fn documents_of(&self, claims: &[i64]) -> rusqlite::Result<BTreeSet<i64>> {
        let mut document = self.connection.prepare_cached("SELECT document FROM claims WHERE id = ?1")?;
        claims.iter().map(|claim| document.query_row([claim], |row| row.get(0))).collect()
    }

    /// The documents with these claims, and with others that have a say in where these come from. `None` if they are too many.
    pub(super) fn documents<'c>(
        &self,
        claims: impl Iterator<Item = &'c i64>,
    ) -> rusqlite::Result<Option<BTreeSet<i64>>> {
        let traces = self.traces();
        let claims: Vec<i64> = claims.copied().collect();
        if claims.len() > MOST_CLAIMS {
            return Ok(None);
        }
        let mut documents = self.documents_of(&claims)?;
        for family in traces.families_of(&claims)? {
            documents.extend(traces.first_of(family, 2)?);
        }
        for &one in &documents.clone() {
            documents.extend(traces.column(VERSIONS, [one])?);
        }
        Ok(Some(documents))
    }

    /// For each claim the number that its sentence shares with its copies in other documents; what is not of one of the
    /// families is not asked about.
    pub(super) fn copies(&self, some: &Few, families: &BTreeSet<i64>) -> rusqlite::Result<Vec<Option<u32>>> {
        let traces = self.traces();
        let mut numbers: BTreeMap<i64, Option<u32>> = BTreeMap::new();
        let mut copies = Vec::with_capacity(some.rows.len());
        for &row in &some.rows {
            let family = traces.family_of(row)?.filter(|family| families.contains(family));
            let number = match family.and_then(|family| numbers.get(&family)) {
                Some(&number) => number,
                None => {
                    let several =
                        family.map(|family| traces.first_of(family, 2)).transpose()?.is_some_and(|all| all.len() > 1);
                    let number = u32::try_from(numbers.len()).ok().filter(|_| several);
                    numbers.extend(family.map(|family| (family, number)));
                    number
                }
            };
            copies.push(number);
        }
        Ok(copies)
    }

    /// For each claim the number that its article shares with its other versions.
    pub(super) fn versions(&self, some: &Few) -> rusqlite::Result<Vec<Option<u32>>> {
        let mut first = self.connection.prepare_cached("SELECT first FROM versions WHERE document = ?1")?;
        let mut numbers: BTreeMap<i64, u32> = BTreeMap::new();
        let mut versions = Vec::with_capacity(some.rows.len());
        for (document, claims) in some.documents.iter().zip(&some.analysis.claims_of) {
            let first: Option<i64> = first.query_row([document], |row| row.get(0)).optional()?;
            let fresh = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = first.map(|first| *numbers.entry(first).or_insert(fresh));
            versions.extend(claims.clone().map(|_| number));
        }
        Ok(versions)
    }
}

/// The versions of a document, itself among them.
const VERSIONS: &str = "SELECT other.document FROM versions AS one JOIN versions AS other ON other.first = one.first \
                        WHERE one.document = ?1";
