//! A tally as it is written: one line per document, event and outcome.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Day, Hex, Word};
use crate::analysis::Analysis;
use crate::tally::Tally;
use crate::value::Outcome;

/// What one document says the toll of one event is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "tally")]
pub struct TallyLine<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Who published it; null if unknown.
    pub outlet: Option<&'a str>,
    /// Day of publication; null if unknown.
    pub published: Option<Day>,
    /// Id of the event; null if its claims belong to none.
    pub event: Option<Hex>,
    /// The event in a few words; null if none.
    pub event_label: Option<&'a str>,
    /// What befell the people.
    pub outcome: Word<Outcome>,
    /// Lowest number the document allows; null if unknown.
    pub low: Option<u64>,
    /// The number it states best; null if unknown.
    pub best: Option<u64>,
    /// Highest; null if open or unknown.
    pub high: Option<u64>,
    /// The day the figure is as of; null if unknown.
    pub as_of: Option<Day>,
    /// True for the document's main event.
    pub main: bool,
    /// Ids of the claims it rests on.
    pub claims: Vec<Hex>,
}

impl<'a> TallyLine<'a> {
    /// The lines of all tallies, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.tallies.iter().filter_map(|tally| Self::new(analysis, tally))
    }

    /// The line of one tally.
    pub fn new(analysis: &'a Analysis, tally: &Tally) -> Option<Self> {
        let article = analysis.articles.get(tally.document)?;
        let event = tally.event.and_then(|event| analysis.events.events.get(event));
        Some(Self {
            document: &article.document,
            outlet: article.outlet.as_deref(),
            published: article.published.map(Day),
            event: event.map(|event| Hex(event.id)),
            event_label: event.map(|event| &*event.label),
            outcome: Word(tally.outcome),
            low: tally.low,
            best: tally.best,
            high: tally.high,
            as_of: tally.as_of.map(Day),
            main: tally.main,
            claims: analysis.claims_at(&tally.claims).map(|claim| Hex(claim.id)).collect(),
        })
    }
}
