//! What returns every year: holidays and seasons.

use jiff::civil::{Date, Weekday};

use super::mention::TimeReading;
use super::time::{Parts, Reference, dated, nearest_year, plain, whole_year};
use crate::value::DayRange;

/// A day that returns every year, on its date or on the nth weekday of its month.
pub(super) fn holiday(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let month = i8::try_from(parts.month?).ok()?;
    let year = match (parts.year.map(whole_year), reference.published.or(reference.named)) {
        (Some(year), _) => year?,
        (None, Some(base)) => {
            nearest_year(month, parts.day.map_or(28, |d| d as i8), base, reference.future, parts.which)
        }
        (None, None) => return Some(plain("DATE", format!("XXXX-{month:02}"), None)),
    };
    let first = Date::new(year, month, 1).ok()?;
    Some(dated(match (parts.day, parts.nth, parts.weekday) {
        (Some(day), _, _) => Date::new(year, month, day as i8).ok()?,
        (None, Some(nth), Some(weekday)) => {
            let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
            first.nth_weekday_of_month(i8::try_from(nth).ok()?, weekday).ok()?
        }
        _ => return None,
    }))
}

/// A season, the last one of its name where the year is not told.
pub(super) fn season(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let season = parts.season?;
    let code = ["SP", "SU", "FA", "WI"].get(usize::try_from(season).ok()?.checked_sub(1)?)?;
    let base = reference.published.or(reference.named);
    let months: (i8, i8) = match season {
        1 => (3, 5),
        2 => (6, 8),
        3 => (9, 11),
        _ => (12, 2),
    };
    let year = match (parts.year.map(whole_year), base) {
        (Some(year), _) => year?,
        (None, Some(base)) => match parts.which {
            Some(steps) => base.year() + i16::try_from(steps).ok()?,
            None if base.month() < months.0 && !reference.future => base.year() - 1,
            None => base.year(),
        },
        (None, None) => return Some(plain("DATE", format!("XXXX-{code}"), None)),
    };
    let last_year = if months.1 < months.0 { year + 1 } else { year };
    let days = DayRange::month(year, months.0)?.hull(DayRange::month(last_year, months.1)?);
    Some(plain("DATE", format!("{year:04}-{code}"), Some(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn holidays_without_a_year_are_the_last_ones() {
        let winter = Reference { published: Some(day(2000, 2, 10)), ..Reference::default() };
        let fixed = Parts { month: Some(12), day: Some(25.0), ..Parts::default() };
        assert_eq!(holiday(&fixed, &winter).unwrap().value, "1999-12-25");
        let moving = Parts { month: Some(11), nth: Some(4), weekday: Some(4), ..Parts::default() };
        assert_eq!(holiday(&moving, &winter).unwrap().value, "1999-11-25");
    }

    #[test]
    fn a_winter_ends_in_the_next_year() {
        let parts = Parts { season: Some(4), year: Some(2019.0), ..Parts::default() };
        let time = season(&parts, &Reference::default()).unwrap();
        assert_eq!((time.value.as_str(), time.days.unwrap().to_string()), ("2019-WI", "2019-12-01..2020-02-29".into()));
    }
}
