//! Dates: what each shape's kept words mean, after TIMEX3 (ISO-TimeML) and news reading. `period` reads lengths of time.
//!
//! A bare weekday is the last one up to the day of publication, unless the clause speaks of what is to come; a month or
//! a day of a month without a year is the nearest past one. What needs a reference day and has none stays unresolved.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Distance, ToSpan};

use super::mention::TimeReading;
use super::parts::{Parts, Reference};
use super::{period, yearly};
use crate::rules::lexicon::{Sense, Value};
use crate::value::DayRange;

/// Reads the value attribute of a sense.
pub(super) fn value_of(sense: &Sense) -> Option<u64> {
    match sense.attributes.get("value") {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    }
}

/// What a shape of the given reading means; `None` if its parts name no possible time.
pub(super) fn read(reading: &str, parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let mut time = match reading {
        "date" => date(parts, reference)?,
        "numeric" => numeric(parts, reference)?,
        "weekday" => weekday(parts, reference)?,
        "deictic" => deictic(parts, reference)?,
        "unit" => unit(parts, reference)?,
        "overnight" => {
            let mut night = unit(parts, reference)?;
            night.days = night.days.map(|days| DayRange::new(days.first, days.last.saturating_add(1.days())));
            night
        }
        "week-of" => {
            let first = monday(date(parts, reference)?.days?.first);
            plain("DATE", iso_week(first), Some(DayRange::new(first, first.saturating_add(6.days()))))
        }
        "day" => day_of_month(parts, reference)?,
        "distance" => distance(parts, reference)?,
        "season" => yearly::season(parts, reference)?,
        "year" => year(parts)?,
        "holiday" => yearly::holiday(parts, reference)?,
        other => period::read(other, parts, reference)?,
    };
    if let Some(part) = &parts.part
        && time.kind == "DATE"
        && time.value.len() == 10
    {
        time.kind = "TIME";
        time.value = format!("{}T{part}", time.value);
    }
    if let Some(modifier) = &parts.modifier {
        time.modifier = Some(modifier.clone());
        time.days = time.days.map(|days| if parts.so_far { days } else { narrowed(days, modifier.as_str()) });
    }
    time.since = parts.since;
    Some(time)
}

pub(super) fn plain(kind: &'static str, value: String, days: Option<DayRange>) -> TimeReading {
    TimeReading { kind, value, modifier: None, days, since: false }
}

pub(super) fn dated(day: Date) -> TimeReading {
    plain("DATE", day.to_string(), Some(DayRange::day(day)))
}

/// The thirds of a period: "mid-" is days 11 to 20 of a month, and the middle third of anything else.
fn narrowed(days: DayRange, modifier: &str) -> DayRange {
    let length = days.days();
    if length < 3 {
        return days;
    }
    let third = if (28..=31).contains(&length) { 10 } else { length / 3 };
    let at = |n: i64| days.first.saturating_add(n.days());
    match modifier {
        "START" => DayRange::new(days.first, at(third - 1)),
        "MID" => DayRange::new(at(third), at(2 * third - 1)),
        "END" => DayRange::new(at(2 * third), days.last),
        _ => days,
    }
}

pub(super) fn whole_year(year: f64) -> Option<i16> {
    let year = year as i16;
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    };
    (1000..=2999).contains(&year).then_some(year)
}

pub(super) fn date(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let month = i8::try_from(parts.month?).ok()?;
    let day = parts.day.map(|d| d as i8);
    let base = reference.published.or(reference.named);
    let of_unit = parts.unit.as_ref().and(parts.which).and_then(|steps| i16::try_from(steps).ok());
    let year = match (parts.year.map(whole_year), base) {
        (Some(year), _) => Some(year?),
        // "in May last year"
        (None, Some(base)) if of_unit.is_some() => Some(base.year().checked_add(of_unit?)?),
        (None, Some(base)) => Some(nearest_year(month, day.unwrap_or(1), base, reference.future, parts.which)),
        (None, None) => None,
    };
    Some(match (year, day) {
        (Some(year), Some(day)) => dated(Date::new(year, month, day).ok()?),
        (Some(year), None) => plain("DATE", format!("{year:04}-{month:02}"), DayRange::month(year, month)),
        (None, Some(day)) if (1..=31).contains(&day) => plain("DATE", format!("XXXX-{month:02}-{day:02}"), None),
        (None, None) => plain("DATE", format!("XXXX-{month:02}"), None),
        _ => return None,
    })
}

/// A day of the month that the text speaks of; without one, the last such day before publication.
fn day_of_month(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let day = parts.day.map(|d| d as i8).filter(|day| (1..=31).contains(day))?;
    let in_month = |base: Date| base.with().day(day).build().ok();
    if let Some(named) = reference.named {
        return in_month(named).map(dated);
    }
    let Some(published) = reference.published else { return Some(plain("DATE", format!("XXXX-XX-{day:02}"), None)) };
    let last_month = || in_month(published.first_of_month().checked_sub(1.months()).ok()?);
    let here = in_month(published).filter(|&here| here <= published || reference.future);
    here.or_else(last_month).map(dated)
}

/// The year of a month and day without one: the nearest past, or the nearest to come in clauses about the future.
pub(super) fn nearest_year(month: i8, day: i8, base: Date, future: bool, which: Option<i64>) -> i16 {
    let there = |year: i16| Date::new(year, month, day.clamp(1, 28)).unwrap_or(base);
    let ahead = (there(base.year()) - base).get_days();
    match which {
        Some(-1) => return base.year() - i16::from(ahead >= 0),
        Some(0) => return base.year(),
        Some(1) => return base.year() + i16::from(ahead <= 0),
        _ => {}
    }
    // Announcements reach a few weeks ahead even without a word of the future.
    let slack = if future { 300 } else { 45 };
    if ahead > slack {
        base.year() - 1
    } else if future && ahead < -31 {
        base.year() + 1
    } else {
        base.year()
    }
}

/// Digits written as a date: ISO order, or day and month by what is possible; both possible: by the reference day.
fn numeric(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let digits: Vec<&str> = parts.digits.iter().flat_map(|digits| digits.split('.')).collect();
    let number = |i: usize| digits.get(i).and_then(|d| d.parse::<i16>().ok());
    let (a, b, c) = (number(0)?, number(1)?, number(2)?);
    if digits[0].len() == 4 {
        return Some(dated(Date::new(a, i8::try_from(b).ok()?, i8::try_from(c).ok()?).ok()?));
    }
    let year = whole_year(f64::from(c))?;
    let make = |day: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let (day_first, month_first) = (make(a, b), make(b, a));
    match (day_first, month_first) {
        (Some(x), Some(y)) if x == y => Some(dated(x)),
        (Some(only), None) | (None, Some(only)) => Some(dated(only)),
        (Some(x), Some(y)) => {
            let base = reference.published?;
            let far = |d: Date| (d - base).get_days().abs();
            if far(x) <= 31 && far(y) > 31 {
                Some(dated(x))
            } else if far(y) <= 31 && far(x) > 31 {
                Some(dated(y))
            } else {
                None
            }
        }
        (None, None) => None,
    }
}

pub(super) fn weekday(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let number = parts.weekday?;
    let wanted = Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()?;
    let Some(base) = reference.base(parts.from_text, "D") else {
        return Some(plain("DATE", format!("XXXX-WXX-{number}"), None));
    };
    let step = match parts.which {
        // "this Thursday" is that of the week of the report.
        Some(0) if !parts.from_text => {
            let ahead = number as i64 - i64::from(base.weekday().to_monday_one_offset());
            return Some(dated(base.checked_add(ahead.days()).ok()?));
        }
        Some(1) => 1,
        Some(-1) => -1,
        _ if base.weekday() == wanted => return Some(dated(base)),
        _ if reference.future => 1,
        _ => -1,
    };
    Some(dated(base.nth_weekday(step, wanted).ok()?))
}

fn deictic(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let steps = parts.which?;
    let Some(base) = reference.published.or(reference.named) else {
        return Some(plain("DATE", "XXXX-XX-XX".into(), None));
    };
    Some(dated(base.checked_add(steps.days()).ok()?))
}

fn unit(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let steps = parts.which?;
    let unit = parts.unit.as_ref()?.as_str();
    let Some(base) = reference.base(parts.from_text, unit) else {
        return Some(plain("DATE", if unit == "D" { "XXXX-XX-XX" } else { "XXXX-XX" }.into(), None));
    };
    Some(match unit {
        "D" => dated(base.checked_add(steps.days()).ok()?),
        "W" => {
            let first = monday(base).checked_add((steps * 7).days()).ok()?;
            plain("DATE", iso_week(first), Some(DayRange::new(first, first.saturating_add(6.days()))))
        }
        "WE" => {
            // "this weekend" in a report of a Monday or Tuesday is the one just past.
            let early = base.weekday().to_monday_zero_offset() < 4;
            let back = if steps == 0 && early && !reference.future { -1 } else { steps };
            let saturday = monday(base).checked_add((back * 7 + 5).days()).ok()?;
            let days = DayRange::new(saturday, saturday.saturating_add(1.days()));
            plain("DATE", format!("{}-WE", iso_week(saturday)), Some(days))
        }
        "M" => {
            let day = base.first_of_month().checked_add(steps.months()).ok()?;
            plain("DATE", format!("{:04}-{:02}", day.year(), day.month()), DayRange::month(day.year(), day.month()))
        }
        "Q" => period::of_quarter(base.first_of_month().checked_add((steps * 3).months()).ok()?),
        "Y" => {
            let year = base.year().checked_add(i16::try_from(steps).ok()?)?;
            plain("DATE", format!("{year:04}"), DayRange::year(year))
        }
        "DE" => period::of_decade(base.year().checked_add(i16::try_from(steps * 10).ok()?)?)?,
        _ => return None,
    })
}

/// The Monday of the week that a day lies in.
fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

fn iso_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// "two days ago", "a week later": coarse units give coarse dates, and units that nobody has counted no date at all.
fn distance(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let sign = parts.which?;
    let unit = parts.unit.as_ref()?.as_str();
    let Some(&number) = parts.numbers.first() else {
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some(plain("DATE", value.into(), None));
    };
    if !(0.0..10_000.0).contains(&number) {
        return None;
    }
    let Some(base) = reference.base(parts.from_text, unit) else { return period::read("duration", parts, reference) };
    let steps = sign * number as i64;
    let moved = |distance: Distance| base.checked_add(distance).ok();
    Some(match (unit, reference.quarter) {
        ("Y", Some(quarter)) if number == 1.0 => period::of_quarter(quarter.checked_add(steps.years()).ok()?),
        ("D", _) => dated(moved(steps.days())?),
        ("W", _) => dated(moved((steps * 7).days())?),
        ("M", _) => {
            let day = moved(steps.months())?;
            plain("DATE", format!("{:04}-{:02}", day.year(), day.month()), DayRange::month(day.year(), day.month()))
        }
        ("Y", _) => of_year(moved(steps.years())?),
        ("DE", _) => of_year(moved((steps * 10).years())?),
        ("CE", _) => of_year(moved((steps * 100).years())?),
        ("H" | "TM" | "S", _) => plain("TIME", base.to_string(), Some(DayRange::day(base))),
        _ => return None,
    })
}

fn of_year(day: Date) -> TimeReading {
    plain("DATE", format!("{:04}", day.year()), DayRange::year(day.year()))
}

fn year(parts: &Parts) -> Option<TimeReading> {
    let year = whole_year(parts.year.filter(|&y| y >= 1000.0)?)?;
    Some(plain("DATE", format!("{year:04}"), DayRange::year(year)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn monday() -> Reference {
        Reference { published: Some(day(2020, 9, 28)), ..Reference::default() }
    }

    #[test]
    fn weekdays_are_the_last_ones_before_publication() {
        for (number, which, want) in
            [(1, None, "2020-09-28"), (7, None, "2020-09-27"), (1, Some(-1), "2020-09-21"), (3, Some(1), "2020-09-30")]
        {
            let parts = Parts { weekday: Some(number), which, ..Parts::default() };
            assert_eq!(weekday(&parts, &monday()).unwrap().value, want);
        }
    }

    #[test]
    fn the_weekend_of_a_monday_report_is_past() {
        let parts = Parts { which: Some(0), unit: Some("WE".into()), ..Parts::default() };
        assert_eq!(unit(&parts, &monday()).unwrap().days.unwrap().to_string(), "2020-09-26..2020-09-27");
    }

    #[test]
    fn the_middle_of_a_month_is_its_second_ten_days() {
        let parts = Parts { month: Some(9), modifier: Some("MID".into()), year: Some(2022.0), ..Parts::default() };
        let time = read("date", &parts, &Reference::default()).unwrap();
        assert_eq!(time.days.unwrap().to_string(), "2022-09-11..2022-09-20");
    }

    #[test]
    fn what_follows_is_counted_from_the_day_that_the_text_has_named() {
        let said = Reference { named: Some(day(2020, 8, 31)), ..monday() };
        let next = |from_text| Parts { which: Some(1), unit: Some("D".into()), from_text, ..Parts::default() };
        assert_eq!(unit(&next(true), &said).unwrap().value, "2020-09-01");
        assert_eq!(unit(&next(false), &said).unwrap().value, "2020-09-29");
        let the_fourth = Parts { day: Some(4.0), ..Parts::default() };
        assert_eq!(day_of_month(&the_fourth, &said).unwrap().value, "2020-08-04");
        let the_thirtieth = Parts { day: Some(30.0), ..Parts::default() };
        assert_eq!(day_of_month(&the_thirtieth, &monday()).unwrap().value, "2020-08-30");
    }

    #[test]
    fn months_of_last_year_and_this_thursday_are_counted_from_publication() {
        let may = |which| Parts { month: Some(5), which, unit: Some("Y".into()), ..Parts::default() };
        assert_eq!(date(&may(Some(-1)), &monday()).unwrap().value, "2019-05");
        let thursday = Parts { weekday: Some(4), which: Some(0), ..Parts::default() };
        assert_eq!(weekday(&thursday, &monday()).unwrap().value, "2020-10-01");
    }

    #[test]
    fn a_week_is_not_counted_from_the_first_day_of_a_year() {
        let spoken = Reference { spoken: DayRange::year(2018), ..monday() };
        let earlier = |unit: &str| {
            let unit = Some(unit.into());
            let parts = Parts { which: Some(-1), unit, numbers: vec![1.0], from_text: true, ..Parts::default() };
            distance(&parts, &spoken).unwrap().value
        };
        assert_eq!([earlier("W"), earlier("Y")], ["2020-09-21", "2017"]);
    }

    #[test]
    fn a_distance_without_a_number_is_only_past_or_to_come() {
        let ago = |numbers: &[f64]| Parts {
            which: Some(-1),
            unit: Some("Y".into()),
            numbers: numbers.to_vec(),
            ..Parts::default()
        };
        assert_eq!(distance(&ago(&[3.0]), &monday()).unwrap().value, "2017");
        let vague = distance(&ago(&[]), &monday()).unwrap();
        assert_eq!((vague.value.as_str(), vague.days), ("PAST_REF", None));
    }

    #[test]
    fn day_and_month_are_told_by_evidence_only() {
        let parts = |a: &str, b: &str| Parts { digits: vec![a.into(), b.into(), "2015".into()], ..Parts::default() };
        assert_eq!(numeric(&parts("13", "02"), &monday()).unwrap().value, "2015-02-13");
        assert_eq!(numeric(&parts("02", "13"), &monday()).unwrap().value, "2015-02-13");
        assert!(numeric(&parts("05", "02"), &Reference::default()).is_none());
        let near = Reference { published: Some(day(2015, 2, 6)), ..Reference::default() };
        assert_eq!(numeric(&parts("05", "02"), &near).unwrap().value, "2015-02-05");
    }
}
