//! What returns every year: holidays and seasons.

use jiff::civil::{Date, Weekday};

use super::mention::TimeReading;
use super::parts::{Parts, Reference};
use super::time::{dated, nearest_year, plain, whole_year};
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
            // The fifth that a month lacks is its last.
            let nth = i8::try_from(nth).ok()?;
            first.nth_weekday_of_month(nth, weekday).or_else(|_| first.nth_weekday_of_month(-1, weekday)).ok()?
        }
        _ => return None,
    }))
}

/// A season; where its year is not told, the last that has begun, or the first that has not ended in clauses about the
/// future. "Last" winter has ended, and "next" winter has not begun.
pub(super) fn season(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let season = parts.season.as_ref()?;
    let days = |year: i16| {
        let last_year = if season.last < season.first { year.checked_add(1)? } else { year };
        Some(DayRange::month(year, season.first)?.hull(DayRange::month(last_year, season.last)?))
    };
    let of = |year: i16| Some(plain("DATE", format!("{year:04}-{}", season.code), Some(days(year)?)));
    if let Some(year) = parts.year.map(whole_year) {
        return of(year?);
    }
    let Some(base) = reference.published.or(reference.named) else {
        return Some(plain("DATE", format!("XXXX-{}", season.code), None));
    };
    let near = || (base.year() - 2..=base.year() + 2).filter_map(|year| Some((year, days(year)?)));
    let year = match parts.which {
        Some(..=-1) => near().rfind(|(_, days)| days.last < base),
        Some(1..) => near().find(|(_, days)| days.first > base),
        Some(0) => near()
            .find(|(_, days)| days.last >= base)
            .filter(|(_, days)| days.first <= base)
            .or_else(|| Some((base.year(), days(base.year())?))),
        None if reference.future => near().find(|(_, days)| days.last >= base),
        None => near().rfind(|(_, days)| days.first <= base),
    };
    of(year?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::parts::Season;
    use jiff::civil::date as day;

    fn winter() -> Season {
        Season { code: "WI".into(), first: 12, last: 2 }
    }

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
        let parts = Parts { season: Some(winter()), year: Some(2019.0), ..Parts::default() };
        let time = season(&parts, &Reference::default()).unwrap();
        assert_eq!((time.value.as_str(), time.days.unwrap().to_string()), ("2019-WI", "2019-12-01..2020-02-29".into()));
    }

    #[test]
    fn last_summer_has_ended_and_next_summer_has_not_begun() {
        let summer = Season { code: "SU".into(), first: 6, last: 8 };
        let value = |month, which, future| {
            let reference = Reference { published: Some(day(2015, month, 23)), future, ..Reference::default() };
            let parts = Parts { season: Some(summer.clone()), which, ..Parts::default() };
            season(&parts, &reference).unwrap().value
        };
        assert_eq!([value(12, Some(-1), false), value(7, Some(-1), false)], ["2015-SU", "2014-SU"]);
        assert_eq!([value(12, Some(1), false), value(12, Some(0), false)], ["2016-SU", "2015-SU"]);
        assert_eq!([value(3, None, false), value(3, None, true)], ["2014-SU", "2015-SU"]);
        let reference = Reference { published: Some(day(2016, 1, 9)), ..Reference::default() };
        let this = Parts { season: Some(winter()), which: Some(0), ..Parts::default() };
        assert_eq!(season(&this, &reference).unwrap().value, "2015-WI");
    }
}
