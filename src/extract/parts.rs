//! Parts: what a shape of time has kept, and what it is counted from.

use jiff::civil::Date;

use crate::value::{DayRange, Name};

/// What relative expressions are counted from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reference {
    /// Day of publication.
    pub(super) published: Option<Date>,
    /// Last day that the text itself has named.
    pub(super) named: Option<Date>,
    /// The days of the last date that the text has named, however long.
    pub(super) spoken: Option<DayRange>,
    /// First day of the last quarter that the text has named.
    pub(super) quarter: Option<Date>,
    /// True if the clause speaks of what is to come.
    pub(super) future: bool,
}

/// The kept words of a time shape, as values.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) numbers: Vec<f64>,
    pub(super) digits: Vec<String>,
    pub(super) month: Option<u64>,
    pub(super) day: Option<f64>,
    pub(super) year: Option<f64>,
    pub(super) weekday: Option<u64>,
    /// Steps of "last" (-1), "this" (0), "next" (+1), plus 10 in rule files so that they are whole numbers.
    pub(super) which: Option<i64>,
    pub(super) unit: Option<Name>,
    pub(super) season: Option<Season>,
    pub(super) part: Option<Name>,
    pub(super) modifier: Option<Name>,
    /// "earlier this month": up to the report, wherever in the month that is.
    pub(super) so_far: bool,
    pub(super) since: bool,
    pub(super) value: Option<Name>,
    /// "the next day": counted from a day that the text has named.
    pub(super) from_text: bool,
    /// "a year and a half": half a unit more.
    pub(super) half: bool,
    /// Hours that "p.m." adds to the hour.
    pub(super) hours: Option<u64>,
    /// A holiday that falls on the nth weekday of its month.
    pub(super) nth: Option<u64>,
}

/// A season: its code, its first month and its last.
#[derive(Clone, Debug)]
pub(super) struct Season {
    pub(super) code: Name,
    pub(super) first: i8,
    pub(super) last: i8,
}

impl Reference {
    /// The day that days are counted from, and the one that longer periods are.
    pub(super) fn base(&self, from_text: bool, unit: &str) -> Option<Date> {
        match (from_text, unit) {
            (true, "D" | "H" | "TM" | "S") => self.named.or(self.published),
            // A week is counted from what the text has named within a week, a year from any date.
            (true, _) => {
                let longest = match unit {
                    "W" | "WE" => 7,
                    "M" => 31,
                    "Q" => 92,
                    _ => i64::MAX,
                };
                let near = self.spoken.filter(|days| days.days() <= longest).map(|days| days.first);
                near.or(self.named).or(self.published)
            }
            (false, _) => self.published.or(self.named),
        }
    }
}
