//! Intervals, days and counts against what they stand for, counted out one by one.

use arbitrary::{Result, Unstructured};
use gainsay::value::{Count, DayRange, Interval, Qualifier, Tolerance};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Numbers that are counted out; an open interval goes on behind them.
const ALL: u64 = 64;

const TOLERANCE: Tolerance = Tolerance { about: 0.15, nearly: 0.1 };

pub(crate) fn check(data: &[u8]) {
    // An input that is too short has nothing more to say.
    let _ = all(&mut Unstructured::new(data));
}

fn all(from: &mut Unstructured<'_>) -> Result<()> {
    intervals(small(from)?, small(from)?);
    days(range(from)?, range(from)?, from.int_in_range(0..=40)?);
    counts(from)?;
    let (a, b) =
        (Interval::new(from.arbitrary()?, from.arbitrary()?), Interval::new(from.arbitrary()?, from.arbitrary()?));
    let hull = a.hull(b);
    assert!(hull.contains(a) && hull.contains(b) && a.gap(b) == b.gap(a) && a.meets(b) == (a.gap(b) == 0));
    assert!(a + b == b + a && (a + b).low >= a.low && (a + b).high.is_none_or(|high| high >= (a + b).low));
    let (a, b) = (DayRange::new(any_day(from)?, any_day(from)?), DayRange::new(any_day(from)?, any_day(from)?));
    assert!(a.days() >= 1 && a.gap(b) == b.gap(a) && a.hull(b).contains(a));
    assert!(a.widened(i64::from(from.arbitrary::<u16>()?)).contains(a));
    Ok(())
}

fn small(from: &mut Unstructured<'_>) -> Result<Interval> {
    let low = from.int_in_range(0..=16)?;
    Ok(Interval::new(low, if from.ratio(1, 4)? { None } else { Some(from.int_in_range(0..=16)?) }))
}

/// The numbers of an interval as far as they are counted out, and whether it is open.
fn numbers(of: Interval) -> (Vec<u64>, bool) {
    ((of.low..=of.high.unwrap_or(ALL)).collect(), of.high.is_none())
}

fn intervals(a: Interval, b: Interval) {
    let ((in_a, open_a), (in_b, open_b)) = (numbers(a), numbers(b));
    let both: Vec<u64> = in_a.iter().copied().filter(|n| in_b.contains(n)).collect();
    assert_eq!(a.meets(b), !both.is_empty(), "{a} {b}");
    assert_eq!(a.contains(b), in_b.iter().all(|n| in_a.contains(n)) && (open_a || !open_b), "{a} {b}");
    let gaps = in_a.iter().flat_map(|n| in_b.iter().map(|m| n.abs_diff(*m)));
    assert_eq!(a.gap(b), gaps.min().unwrap(), "{a} {b}");
    let hull: Vec<u64> = (in_a[0].min(in_b[0])..=*in_a.iter().chain(&in_b).max().unwrap()).collect();
    assert_eq!(numbers(a.hull(b)), (hull, open_a || open_b), "{a} {b}");
    match a.meet(b) {
        Some(meet) => assert_eq!(numbers(meet), (both, open_a && open_b), "{a} {b}"),
        None => assert!(both.is_empty(), "{a} {b}"),
    }
    let sum = a + b;
    assert_eq!(sum.low, in_a[0] + in_b[0]);
    assert_eq!(sum.high, if open_a || open_b { None } else { Some(in_a[in_a.len() - 1] + in_b[in_b.len() - 1]) });
}

fn range(from: &mut Unstructured<'_>) -> Result<DayRange> {
    let mut day = || -> Result<Date> { Ok(date(2020, 2, 20).saturating_add(from.int_in_range(0..=30)?.days())) };
    Ok(DayRange::new(day()?, day()?))
}

fn any_day(from: &mut Unstructured<'_>) -> Result<Date> {
    let (year, month, day) = (from.int_in_range(-9999..=9999)?, from.int_in_range(1..=12)?, from.int_in_range(1..=31)?);
    Ok(Date::new(year, month, day).unwrap_or(Date::MAX))
}

fn every(of: DayRange) -> Vec<Date> {
    of.first.series(1.day()).take_while(|day| *day <= of.last).collect()
}

fn days(a: DayRange, b: DayRange, by: i64) {
    let (in_a, in_b) = (every(a), every(b));
    assert_eq!(a.days(), in_a.len() as i64);
    assert_eq!(a.meets(b), in_a.iter().any(|day| in_b.contains(day)));
    assert_eq!(a.contains(b), in_b.iter().all(|day| in_a.contains(day)));
    let apart = |a: &Date, b: &Date| i64::from((*b - *a).get_days()).abs();
    let gap = in_a.iter().flat_map(|x| in_b.iter().map(move |y| apart(x, y))).min().unwrap();
    assert_eq!(a.gap(b), gap, "{a} {b}");
    let all = || in_a.iter().chain(&in_b);
    assert_eq!((a.hull(b).first, a.hull(b).last), (*all().min().unwrap(), *all().max().unwrap()));
    assert_eq!(a.widened(by).days(), a.days() + 2 * by);
}

fn counts(from: &mut Unstructured<'_>) -> Result<()> {
    let qualifier = *from.choose(Qualifier::ALL)?;
    let value = if from.ratio(1, 2)? { from.int_in_range(0..=200)? } else { from.arbitrary()? };
    let upper = from.arbitrary()?;
    let count = Count::new(qualifier, value, upper, &TOLERANCE);
    let within = count.interval;
    assert!(within.high.is_none_or(|high| within.low <= high), "{count:?}");
    let sum = count.plus(&Count::new(*from.choose(Qualifier::ALL)?, from.arbitrary()?, None, &TOLERANCE)).interval;
    assert!(sum.low >= within.low && sum.high.is_none_or(|high| sum.low <= high), "{count:?}");
    for count in [count, Count::vague(small(from)?), Count::none()] {
        let again = Count::read(&count.to_string(), &TOLERANCE);
        assert_eq!(again.as_ref().map(ToString::to_string), Ok(count.to_string()), "{count:?}");
        assert_eq!(again.map(|count| count.interval), Ok(count.interval), "{count:?}");
    }
    let words = String::from_utf8_lossy(from.bytes(from.len().min(24))?).into_owned();
    if let Ok(count) = Count::read(&words, &TOLERANCE) {
        assert!(count.interval.high.is_none_or(|high| count.interval.low <= high), "{words}");
    }
    Ok(())
}
