//! Tallies: what one document says the toll of one event is.

use crate::value::Outcome;
use jiff::civil::Date;

/// One document's figure for one event and one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Index of the document among the extractions.
    pub document: usize,
    /// Index of the event; `None` if its claims belong to none.
    pub event: Option<usize>,
    /// What befell the people.
    pub outcome: Outcome,
    /// Lowest number the document allows; `None` if unknown.
    pub low: Option<u64>,
    /// The number it states best.
    pub best: Option<u64>,
    /// Highest; `None` if open or unknown.
    pub high: Option<u64>,
    /// The day the figure is as of.
    pub as_of: Option<Date>,
    /// True for the document's main event.
    pub main: bool,
    /// Indices of the claims it rests on, rising.
    pub claims: Vec<usize>,
}
