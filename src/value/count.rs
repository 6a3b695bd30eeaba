//! A stated number of people: its words' meaning and the interval it leaves open.

use super::{Interval, Qualifier};

/// A figure as the text states it, and how the comparison rules read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    /// The word that qualifies the number.
    pub qualifier: Qualifier,
    /// The number as stated, a range's lower end; `None` when vague, 0 when none.
    pub value: Option<u64>,
    /// A range's upper end.
    pub upper: Option<u64>,
    /// Every number of people the words allow.
    pub interval: Interval,
}

/// How wide qualified numbers are read, as shares of the number; kept in `rules/values`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// "about 100" allows this share less and more.
    pub about: f64,
    /// "nearly 100" allows this share less, and nothing more.
    pub nearly: f64,
}

impl Count {
    /// The count of `qualifier` and `value` (`upper` for ranges) under a tolerance.
    pub fn new(qualifier: Qualifier, value: u64, upper: Option<u64>, tolerance: &Tolerance) -> Self {
        let share = |s: f64| (value as f64 * s).round() as u64;
        let interval = match qualifier {
            Qualifier::Exact | Qualifier::Vague => Interval::exactly(value),
            Qualifier::About => {
                let by = share(tolerance.about);
                Interval::new(value.saturating_sub(by), Some(value.saturating_add(by)))
            }
            Qualifier::Nearly => Interval::new(value.saturating_sub(share(tolerance.nearly)), Some(value)),
            Qualifier::AtLeast => Interval::new(value, None),
            Qualifier::MoreThan => Interval::new(value.saturating_add(1), None),
            Qualifier::AtMost => Interval::new(0, Some(value)),
            Qualifier::FewerThan => Interval::new(0, Some(value.saturating_sub(1))),
            Qualifier::Range => Interval::new(value, Some(upper.unwrap_or(value))),
            Qualifier::None => Interval::exactly(0),
        };
        Self { qualifier, value: Some(value), upper: upper.filter(|_| qualifier == Qualifier::Range), interval }
    }

    /// A number of people that the text names only vaguely ("dozens").
    pub fn vague(interval: Interval) -> Self {
        Self { qualifier: Qualifier::Vague, value: None, upper: None, interval }
    }

    /// Reads the one-line form, in which blanks may stand for `_`: `12`, `at_least 12`, `at least 12`, `range 20-30`,
    /// `20-30`, `vague 24..99`, `24..`, `none`.
    pub fn read(words: &str, tolerance: &Tolerance) -> Result<Self, String> {
        let wrong = || format!("`{words}` is no count like `12`, `at_least 12`, `20-30`, `24..99` or `none`");
        let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
        let words = words.trim();
        if words == Qualifier::None.as_str() {
            return Ok(Self::none());
        }
        let (qualifier, rest) = match words.rsplit_once(' ') {
            Some((qualifier, rest)) => (Some(qualifier.trim().replace(' ', "_").parse::<Qualifier>()?), rest),
            None => (None, words),
        };
        match (qualifier, rest.split_once(".."), rest.split_once('-')) {
            (None | Some(Qualifier::Vague), Some((low, high)), _) => {
                let high = Some(high).filter(|high| !high.is_empty()).map(number).transpose()?;
                Ok(Self::vague(Interval::new(number(low)?, high)))
            }
            (None | Some(Qualifier::Range), _, Some((low, high))) => {
                Ok(Self::new(Qualifier::Range, number(low)?, Some(number(high)?), tolerance))
            }
            (qualifier, ..) => Ok(Self::new(qualifier.unwrap_or(Qualifier::Exact), number(rest)?, None, tolerance)),
        }
    }

    /// Both together, qualified as the first ("at least three soldiers and two drivers").
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            value: self.value.zip(other.value).map(|(a, b)| a.saturating_add(b)),
            upper: None,
            interval: self.interval + other.interval,
            ..*self
        }
    }

    /// An explicit "none".
    pub fn none() -> Self {
        Self { qualifier: Qualifier::None, value: Some(0), upper: None, interval: Interval::exactly(0) }
    }
}

/// One line: `12`, `at_least 12`, `range 20-30`, `vague 24..99`.
impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.qualifier, self.value, self.upper) {
            (Qualifier::Exact, Some(n), _) => write!(f, "{n}"),
            (Qualifier::Range, Some(a), Some(b)) => write!(f, "range {a}-{b}"),
            (Qualifier::None, ..) => f.write_str("none"),
            (q, Some(n), _) => write!(f, "{q} {n}"),
            (q, None, _) => write!(f, "{q} {}", self.interval),
        }
    }
}
