//! Ranges of calendar days, the unit in which events are dated.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// Days from `first` to `last`, both included, `first <= last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayRange {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

impl DayRange {
    /// The range between two days, in whichever order they are given.
    pub fn new(a: Date, b: Date) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// A whole year.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { first: Date::new(year, 1, 1).ok()?, last: Date::new(year, 12, 31).ok()? })
    }

    /// A whole month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// Number of days, at least 1.
    pub fn days(self) -> i64 {
        i64::from((self.last - self.first).get_days()) + 1
    }

    /// True when the two share a day.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Whole days between the two, 0 where they meet.
    pub fn gap(self, other: Self) -> i64 {
        if self.meets(other) {
            return 0;
        }
        let (earlier, later) = if self.last < other.first { (self, other) } else { (other, self) };
        i64::from((later.first - earlier.last).get_days())
    }

    /// The range made longer by `days` on both sides (clamped to the calendar).
    pub fn widened(self, days: i64) -> Self {
        Self { first: self.first.saturating_sub(days.days()), last: self.last.saturating_add(days.days()) }
    }
}

impl std::fmt::Display for DayRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}
