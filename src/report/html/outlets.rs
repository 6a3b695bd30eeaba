//! Outlets on the page: the number that gives each its colour and shape, and how they stand against each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::report::audit::stated;
use crate::report::markdown::plain_label;
use crate::report::outlets::signed;
use crate::report::text::outlet;
use crate::text::Article;
use crate::value::{Outcome, Verdict};

/// Columns of the table of outlets against events, those told by most outlets.
const COLUMNS: usize = 16;

/// Rows of the same table, and of the one of outlets against outlets.
const ROWS: usize = 60;

/// The outlets by number; those with most claims have the lowest, whose colours are told apart best. An article whose
/// outlet is not known stands for itself.
pub(super) struct Outlets {
    names: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

/// An outlet of the key.
pub(super) struct Key {
    pub(super) number: usize,
    pub(super) name: String,
}

impl Outlets {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let mut claims: BTreeMap<String, usize> = BTreeMap::new();
        for (article, range) in analysis.articles.iter().zip(&analysis.claims_of).filter(|(_, range)| !range.is_empty())
        {
            *claims.entry(outlet(article)).or_default() += range.len();
        }
        let mut names: Vec<String> = claims.keys().cloned().collect();
        names.sort_by_key(|name| Reverse(claims.get(name)));
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names, numbers }
    }

    /// The number of an article's outlet.
    pub(super) fn number(&self, article: &Article) -> Option<usize> {
        self.numbers.get(&outlet(article)).copied()
    }

    /// The numbers of the outlets that carry some claims, rising, with blanks between them.
    pub(super) fn numbers<'c>(&self, claims: impl Iterator<Item = &'c Claim>) -> String {
        let numbers: BTreeSet<usize> = claims.filter_map(|claim| self.number(&claim.article)).collect();
        numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// All outlets in order of their numbers.
    pub(super) fn key(&self) -> Vec<Key> {
        self.names.iter().cloned().enumerate().map(|(number, name)| Key { number, name }).collect()
    }
}

/// Outlets against events: how far each figure stands from the middle of independent origins.
pub(super) struct Heat {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<(String, Vec<Option<Cell>>)>,
    pub(super) more_columns: usize,
    pub(super) more_rows: usize,
    /// Outlets against outlets.
    pub(super) between: Vec<Between>,
}

/// One event and outcome.
pub(super) struct Column {
    pub(super) event: String,
    pub(super) label: String,
    pub(super) outcome: &'static str,
    /// True if the event has a section to go to.
    pub(super) linked: bool,
}

/// One outlet's figure.
pub(super) struct Cell {
    pub(super) figure: String,
    pub(super) deviation: String,
    /// The step of the scale: `low-3` to `high-3`, `even`, or nothing where there is no middle.
    pub(super) step: &'static str,
    pub(super) sort: u64,
}

/// How two outlets stand to each other over all findings.
pub(super) struct Between {
    pub(super) a: (usize, String),
    pub(super) b: (usize, String),
    pub(super) contradictions: usize,
    pub(super) updates: usize,
    pub(super) agreements: usize,
}

impl Heat {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let analysis = context.analysis();
        let mut figures: BTreeMap<(usize, Outcome), BTreeMap<String, Cell>> = BTreeMap::new();
        for placed in &analysis.audit.figures {
            let Some(tally) = analysis.tallies.get(placed.tally) else { continue };
            let (Some(event), Some(article)) = (tally.event, analysis.articles.get(tally.document)) else { continue };
            let (Some(figure), _) = stated(tally) else { continue };
            let cell = Cell {
                figure,
                deviation: placed.deviation.map(signed).unwrap_or_default(),
                step: placed.deviation.map_or("", step),
                sort: tally.best.or(tally.low).unwrap_or_default(),
            };
            figures.entry((event, tally.outcome)).or_default().insert(outlet(article), cell);
        }
        figures.retain(|_, cells| cells.len() > 1);
        let mut order: Vec<(usize, Outcome)> = figures.keys().copied().collect();
        order.sort_by_key(|key| (Reverse(figures.get(key).map_or(0, BTreeMap::len)), *key));
        let more_columns = order.len().saturating_sub(COLUMNS);
        order.truncate(COLUMNS);
        let names: BTreeSet<String> =
            order.iter().filter_map(|key| figures.get(key)).flat_map(BTreeMap::keys).cloned().collect();
        let more_rows = names.len().saturating_sub(ROWS);
        let mut row = |name: String| {
            let cells = order.iter().map(|key| figures.get_mut(key).and_then(|cells| cells.remove(&name))).collect();
            (name, cells)
        };
        let rows = names.into_iter().take(ROWS).map(&mut row).collect();
        let sections: BTreeSet<usize> = analysis.findings.iter().map(|finding| finding.event).collect();
        let column = |&(event, outcome): &(usize, Outcome)| {
            let of = analysis.events.events.get(event)?;
            let (id, label) = (of.id.to_string(), plain_label(Some(of)));
            Some(Column { event: id, label, outcome: outcome.as_str(), linked: sections.contains(&event) })
        };
        Self {
            columns: order.iter().filter_map(column).collect(),
            rows,
            more_columns,
            more_rows,
            between: between(context),
        }
    }
}

/// The step of the heat scale for a distance from the middle.
fn step(deviation: f64) -> &'static str {
    match deviation {
        d if d <= -0.5 => "low-3",
        d if d <= -0.2 => "low-2",
        d if d <= -0.05 => "low-1",
        d if d < 0.05 => "even",
        d if d < 0.2 => "high-1",
        d if d < 0.5 => "high-2",
        _ => "high-3",
    }
}

/// Which outlets carry answers that contradict, update or bear out each other's, those most at odds first.
fn between(context: &Context<'_>) -> Vec<Between> {
    let analysis = context.analysis();
    let mut pairs: BTreeMap<(usize, usize), [usize; 3]> = BTreeMap::new();
    for finding in analysis.findings.iter().filter(|finding| !analysis.is_dismissed(finding)) {
        let outlets: Vec<BTreeSet<usize>> = finding
            .positions
            .iter()
            .map(|position| {
                let claims = analysis.claims_at(&position.claims);
                claims.filter_map(|claim| context.outlets.number(&claim.article)).collect()
            })
            .collect();
        let mut told: BTreeSet<((usize, usize), usize)> = BTreeSet::new();
        for relation in &finding.relations {
            let what = match relation.verdict {
                Verdict::Contradiction => 0,
                Verdict::Update => 1,
                Verdict::Agreement => 2,
                Verdict::Scope => continue,
            };
            let (Some(a), Some(b)) = (outlets.get(relation.a), outlets.get(relation.b)) else { continue };
            let all = a.iter().flat_map(|&a| b.iter().map(move |&b| (a.min(b), a.max(b))));
            told.extend(all.filter(|(a, b)| a != b).map(|pair| (pair, what)));
        }
        // One answer carried by several outlets is agreement too.
        for carriers in &outlets {
            let all = carriers.iter().flat_map(|&a| carriers.range(a + 1..).map(move |&b| (a, b)));
            told.extend(all.map(|pair| (pair, 2)));
        }
        for (pair, what) in told {
            if let Some(count) = pairs.entry(pair).or_default().get_mut(what) {
                *count += 1;
            }
        }
    }
    let name = |number: usize| (number, context.outlets.names.get(number).cloned().unwrap_or_default());
    let mut between: Vec<Between> = pairs
        .into_iter()
        .map(|((a, b), [contradictions, updates, agreements])| Between {
            a: name(a),
            b: name(b),
            contradictions,
            updates,
            agreements,
        })
        .collect();
    between.sort_by_key(|pair| Reverse((pair.contradictions, pair.updates, pair.agreements)));
    between.truncate(ROWS);
    between
}
