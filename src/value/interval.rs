//! Intervals of people: what a figure says can be true, as whole numbers.

/// A closed interval of whole numbers; `high` is `None` when nothing bounds it from above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// Smallest number that fits.
    pub low: u64,
    /// Largest number that fits; `None`: open.
    pub high: Option<u64>,
}

impl Interval {
    /// The interval from `low` to `high`; a `high` below `low` is raised to it.
    pub fn new(low: u64, high: Option<u64>) -> Self {
        Self { low, high: high.map(|h| h.max(low)) }
    }

    /// One number only.
    pub fn exactly(n: u64) -> Self {
        Self { low: n, high: Some(n) }
    }

    /// True when some number lies in both.
    pub fn meets(self, other: Self) -> bool {
        self.high.is_none_or(|h| other.low <= h) && other.high.is_none_or(|h| self.low <= h)
    }

    /// True when every number of `other` lies in `self`.
    pub fn contains(self, other: Self) -> bool {
        self.low <= other.low
            && match (self.high, other.high) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(a), Some(b)) => b <= a,
            }
    }

    /// Distance between the two, 0 where they meet.
    pub fn gap(self, other: Self) -> u64 {
        let below = |a: Self, b: Self| a.high.map_or(0, |h| b.low.saturating_sub(h));
        below(self, other).max(below(other, self))
    }

    /// The smallest interval that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.zip(other.high).map(|(a, b)| a.max(b)) }
    }

    /// The numbers in both, if any.
    pub fn meet(self, other: Self) -> Option<Self> {
        self.meets(other).then(|| Self {
            low: self.low.max(other.low),
            high: match (self.high, other.high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        })
    }
}

/// The interval of a sum of two disjoint groups of people (saturating).
impl std::ops::Add for Interval {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.zip(other.high).map(|(a, b)| a.saturating_add(b)),
        }
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.high {
            Some(high) if high == self.low => write!(f, "{high}"),
            Some(high) => write!(f, "{}..{high}", self.low),
            None => write!(f, "{}..", self.low),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval() -> impl Strategy<Value = Interval> {
        (0u64..200, proptest::option::of(0u64..200)).prop_map(|(low, more)| Interval::new(low, more.map(|m| low + m)))
    }

    proptest! {
        #[test]
        fn meeting_is_symmetric_and_the_same_as_no_gap(a in interval(), b in interval()) {
            prop_assert_eq!(a.meets(b), b.meets(a));
            prop_assert_eq!(a.meets(b), a.gap(b) == 0);
            prop_assert_eq!(a.gap(b), b.gap(a));
            prop_assert_eq!(a.meet(b).is_some(), a.meets(b));
        }

        #[test]
        fn the_hull_holds_both_and_the_meet_lies_in_both(a in interval(), b in interval()) {
            prop_assert!(a.hull(b).contains(a) && a.hull(b).contains(b));
            if let Some(m) = a.meet(b) {
                prop_assert!(a.contains(m) && b.contains(m));
            }
        }

        #[test]
        fn adding_commutes_and_adds_ends(a in interval(), b in interval()) {
            prop_assert_eq!(a + b, b + a);
            prop_assert_eq!((a + b).low, a.low + b.low);
        }
    }
}
