//! Periods: lengths of time, what returns, quarters and decades, hours of the day, and words for now and then (TIMEX3).

use jiff::ToSpan;
use jiff::civil::Date;

use super::mention::{AGE, TimeReading};
use super::parts::{Parts, Reference};
use super::time::{self, plain, whole_year};
use crate::value::DayRange;

/// What a shape of the given reading means; `None` if its parts name no possible period.
pub(super) fn read(reading: &str, parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    match reading {
        "duration" => duration(parts, reference),
        "set" => set(parts),
        "quarter" => quarter(parts, reference),
        "decade" => of_decade(whole_year(*parts.numbers.first()?)?),
        "century" => Some(plain("DATE", format!("{:02}", *parts.numbers.first()? as i16 - 1), None)),
        "lone-year" => lone_year(parts),
        "spoken-year" => spoken_year(parts),
        "clock" => clock(parts, reference),
        "reference" => Some(plain("DATE", parts.value.as_ref()?.as_str().to_owned(), None)),
        "age" => Some(plain(AGE, length(parts)?, None)),
        _ => None,
    }
}

/// A length of time; the days of one that runs up to publication or begins there.
fn duration(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let days = parts.which.zip(reference.published).and_then(|(steps, published)| ranging(parts, steps, published));
    Some(plain("DURATION", length(parts)?, days))
}

/// "the past three days", "the next two weeks".
fn ranging(parts: &Parts, steps: i64, published: Date) -> Option<DayRange> {
    let number = parts.numbers.first().copied().filter(|n| (1.0..1000.0).contains(n))? * steps as f64;
    let days = match parts.unit.as_ref()?.as_str() {
        "H" => number / 24.0,
        "D" => number,
        "W" => number * 7.0,
        "M" => number * 30.0,
        "Y" => number * 365.0,
        _ => return None,
    };
    let days = if days < 0.0 { days.floor() } else { days.ceil() } as i64;
    Some(DayRange::new(published, published.checked_add(days.days()).ok()?))
}

/// `P2D`, `PT3H`, `PXY`; decades and centuries that are counted are years.
fn length(parts: &Parts) -> Option<String> {
    let unit = parts.unit.as_ref()?.as_str();
    let (time, code) = match unit {
        "H" | "S" => ("T", unit),
        "TM" => ("T", "M"),
        _ => ("", unit),
    };
    let Some(&number) = parts.numbers.first() else { return Some(format!("P{time}X{code}")) };
    let smaller = match unit {
        "H" => "30M",
        "TM" => "30S",
        "Y" => "6M",
        _ => "",
    };
    Some(match unit {
        "DE" => format!("P{}Y", number * 10.0),
        "CE" => format!("P{}Y", number * 100.0),
        _ if !parts.half => format!("P{time}{number}{code}"),
        _ if smaller.is_empty() => format!("P{time}{}{code}", number + 0.5),
        _ if number == 0.0 => format!("P{time}{smaller}"),
        _ => format!("P{time}{number}{code}{smaller}"),
    })
}

/// What returns: every so often, on a day of the week, in a month.
fn set(parts: &Parts) -> Option<TimeReading> {
    let value = match (&parts.value, parts.weekday, parts.month) {
        (Some(value), _, _) => value.as_str().to_owned(),
        (None, Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (None, None, Some(month)) => format!("XXXX-{month:02}"),
        (None, None, None) if parts.unit.is_none() && parts.part.is_some() => "XXXX-XX-XX".to_owned(),
        (None, None, None) => length(parts)?,
    };
    let part = parts.part.as_ref().map_or_else(String::new, |part| format!("T{part}"));
    Some(plain("SET", value + &part, None))
}

/// The quarter that a day lies in.
pub(super) fn of_quarter(day: Date) -> TimeReading {
    let number = (day.month() - 1) / 3 + 1;
    let first = day.first_of_month().with().month(number * 3 - 2).build().ok();
    let last = first.and_then(|first| first.checked_add(2.months()).ok()).map(Date::last_of_month);
    plain(
        "DATE",
        format!("{:04}-Q{number}", day.year()),
        first.zip(last).map(|(first, last)| DayRange::new(first, last)),
    )
}

/// A quarter by its number, the last one of that number if its year is not told; else the one that the text speaks of,
/// or the last that had ended. Steps are years.
fn quarter(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let steps = parts.which.unwrap_or(0);
    let year = parts.year.filter(|&year| year >= 1000.0).and_then(whole_year);
    let Some(&number) = parts.numbers.first() else {
        // Most of a quarter lies in the months before the one in which it ends.
        if parts.month.is_some() && reference.quarter.is_none() {
            let last = time::date(parts, reference)?.days?.first;
            return Some(of_quarter(last.first_of_month().checked_sub(1.months()).ok()?));
        }
        if let (Some(year), Some(spoken)) = (year, reference.quarter) {
            return Some(of_quarter(spoken.with().year(year).build().ok()?));
        }
        if let Some(year) = year {
            return Some(plain("DATE", format!("{year:04}"), DayRange::year(year)));
        }
        let ended = || reference.published?.checked_sub(3.months()).ok();
        let Some(day) = reference.quarter.or_else(ended) else { return Some(plain("DATE", "XXXX-QX".into(), None)) };
        return Some(of_quarter(day.checked_add(steps.years()).ok()?));
    };
    let month = (1.0..=4.0).contains(&number).then_some(number as i8 * 3 - 2)?;
    let base = reference.published.or(reference.named);
    let year = match (year, parts.which, base) {
        (Some(year), _, _) => year,
        (None, Some(steps), Some(base)) => base.year().checked_add(i16::try_from(steps).ok()?)?,
        (None, None, Some(base)) => base.year() - i16::from(month > base.month()),
        (None, _, None) => return Some(plain("DATE", format!("XXXX-Q{number}"), None)),
    };
    Some(of_quarter(Date::new(year, month, 1).ok()?))
}

/// A bare number that can hardly be anything but a year.
fn lone_year(parts: &Parts) -> Option<TimeReading> {
    let year = parts.year.filter(|year| (1900.0..2050.0).contains(year)).and_then(whole_year)?;
    Some(plain("DATE", format!("{year:04}"), DayRange::year(year)))
}

/// A year as it is spoken: "nineteen ninety-one".
fn spoken_year(parts: &Parts) -> Option<TimeReading> {
    let &[hundreds, rest] = parts.numbers.get(..2)? else { return None };
    let possible = (15.0..=20.0).contains(&hundreds) && (10.0..100.0).contains(&rest);
    let year = possible.then_some((hundreds * 100.0 + rest) as i16)?;
    Some(plain("DATE", format!("{year:04}"), DayRange::year(year)))
}

/// The decade that a year lies in.
pub(super) fn of_decade(year: i16) -> Option<TimeReading> {
    let first = year - year % 10;
    let days = DayRange::year(first)?.hull(DayRange::year(first + 9)?);
    Some(plain("DATE", format!("{:03}X", first / 10), Some(days)))
}

/// An hour of its own day, else of the day that the text speaks of or that of publication.
fn clock(parts: &Parts, reference: &Reference) -> Option<TimeReading> {
    let mut digits = parts.digits.first().map(|digits| digits.split(':'));
    let mut next = || digits.as_mut().and_then(Iterator::next).map(str::parse::<u64>);
    let (hour, minute) = (next().transpose().ok()?, next().transpose().ok()?.unwrap_or(0));
    let hour = match (hour, parts.hours) {
        (Some(hour), Some(more)) if (1..=12).contains(&hour) => hour % 12 + more,
        (Some(_), Some(_)) => return None,
        // "noon" is an hour of its own.
        (hour, own) => hour.or(own)?,
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    let own = match (parts.weekday, parts.month) {
        (Some(_), _) => time::weekday(parts, reference),
        (None, Some(_)) => time::date(parts, reference),
        (None, None) => None,
    };
    let own = own.and_then(|time| time.days).map(|days| days.first);
    let day = own.or(reference.named).or(reference.published);
    let date = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
    Some(plain("TIME", format!("{date}T{hour:02}:{minute:02}"), day.map(DayRange::day)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn monday() -> Reference {
        Reference { published: Some(day(2020, 9, 28)), ..Reference::default() }
    }

    fn lasting(numbers: &[f64], unit: &str) -> Parts {
        Parts { numbers: numbers.to_vec(), unit: Some(unit.into()), ..Parts::default() }
    }

    #[test]
    fn lengths_are_written_in_their_own_unit_and_decades_in_years() {
        for (numbers, unit, want) in [
            (&[2.0][..], "D", "P2D"),
            (&[3.0], "TM", "PT3M"),
            (&[2.0], "DE", "P20Y"),
            (&[], "W", "PXW"),
            (&[], "H", "PTXH"),
        ] {
            assert_eq!(length(&lasting(numbers, unit)).unwrap(), want);
        }
        let half = |n, unit| length(&Parts { half: true, ..lasting(&[n], unit) }).unwrap();
        assert_eq!([half(5.0, "H"), half(0.0, "Y"), half(1.0, "W")], ["PT5H30M", "P6M", "P1.5W"]);
    }

    #[test]
    fn the_past_day_runs_up_to_publication_and_other_lengths_have_no_days() {
        let past = Parts { which: Some(-1), ..lasting(&[24.0], "H") };
        assert_eq!(duration(&past, &monday()).unwrap().days.unwrap().to_string(), "2020-09-27..2020-09-28");
        assert_eq!(duration(&lasting(&[24.0], "H"), &monday()).unwrap().days, None);
    }

    #[test]
    fn a_quarter_is_the_last_of_its_number_or_the_one_spoken_of() {
        let value = |parts: &Parts, reference: &Reference| quarter(parts, reference).unwrap().value;
        let numbered = |n| Parts { numbers: vec![n], ..Parts::default() };
        assert_eq!(value(&numbered(2.0), &monday()), "2020-Q2");
        assert_eq!(value(&numbered(4.0), &monday()), "2019-Q4");
        assert_eq!(value(&Parts::default(), &monday()), "2020-Q2");
        let spoken = Reference { quarter: Some(day(2018, 1, 1)), ..monday() };
        assert_eq!(value(&Parts { which: Some(-1), ..Parts::default() }, &spoken), "2017-Q1");
        assert!(quarter(&numbered(5.0), &monday()).is_none());
    }

    #[test]
    fn a_quarter_is_told_by_the_month_in_which_it_ended_unless_the_text_has_named_it() {
        let ended = |month| Parts { month: Some(month), day: Some(28.0), ..Parts::default() };
        let value = |parts: &Parts, reference: &Reference| quarter(parts, reference).unwrap().value;
        assert_eq!([value(&ended(7), &monday()), value(&ended(1), &monday())], ["2020-Q2", "2019-Q4"]);
        let spoken = Reference { quarter: Some(day(2020, 1, 1)), ..monday() };
        assert_eq!(value(&ended(7), &spoken), "2020-Q1");
    }

    #[test]
    fn years_are_spoken_by_their_hundreds() {
        let spoken = |numbers: &[f64]| spoken_year(&lasting(numbers, "Y")).map(|time| time.value);
        assert_eq!(spoken(&[19.0, 91.0]).as_deref(), Some("1991"));
        assert!(spoken(&[30.0, 40.0]).is_none());
    }

    #[test]
    fn hours_belong_to_the_day_spoken_of() {
        let at = |digits: &str, hours| Parts { digits: vec![digits.into()], hours, ..Parts::default() };
        let said = Reference { named: Some(day(2020, 9, 27)), ..monday() };
        assert_eq!(clock(&at("10:35", Some(12)), &said).unwrap().value, "2020-09-27T22:35");
        assert_eq!(clock(&at("12", Some(0)), &monday()).unwrap().value, "2020-09-28T00:00");
        assert!(clock(&at("10:75", None), &said).is_none());
    }

    #[test]
    fn what_returns_has_no_year() {
        let value = |parts: Parts| set(&parts).unwrap().value;
        assert_eq!(value(Parts { weekday: Some(2), part: Some("NI".into()), ..Parts::default() }), "XXXX-WXX-2TNI");
        assert_eq!(value(Parts { month: Some(7), ..Parts::default() }), "XXXX-07");
        assert_eq!(value(lasting(&[2.0], "W")), "P2W");
    }
}
