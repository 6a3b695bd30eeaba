//! Dates as pages write them for programs: ISO 8601, seconds since 1970, the forms of the rules.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::TimeZone;

use crate::page;
use crate::rules::input::DateRules;
use crate::rules::page::PageRules;

/// The day that the words say, as it is written there; `None` if they say none, or one that cannot be right.
pub(super) fn read(rules: &DateRules, page_rules: &PageRules, words: &str) -> Option<Date> {
    let words = words.trim();
    let date = iso(words)
        .or_else(|| seconds(words))
        .map(Some)
        .or_else(|| rules.forms.iter().find_map(|form| formed(form, words)))
        .unwrap_or_else(|| page::day_of_line(page_rules, words))?;
    possible(rules, date)
}

/// The day, unless it is one that programs write where they know none, or in no year of news.
pub(super) fn possible(rules: &DateRules, date: Date) -> Option<Date> {
    let known = (rules.first_year..=rules.last_year).contains(&date.year());
    (known && !rules.never.contains(&date)).then_some(date)
}

fn iso(words: &str) -> Option<Date> {
    let (day, rest) = words.split_at_checked(10)?;
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let plain = day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (ends && plain).then(|| day.parse().ok()).flatten()
}

/// Seconds or milliseconds since 1970, in figures.
fn seconds(words: &str) -> Option<Date> {
    let number: i64 = words.parse().ok()?;
    let instant = match words.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(instant.ok()?.to_zoned(TimeZone::UTC).date())
}

/// The day at the start of the words, if they are written in this form and no figure follows; `Some(None)` for one that
/// the calendar does not have, such as a Monday that was none.
fn formed(form: &str, words: &str) -> Option<Option<Date>> {
    let (time, read) = BrokenDownTime::parse_prefix(form, words).ok()?;
    let ends = !words.get(read..)?.starts_with(|c: char| c.is_ascii_digit());
    ends.then(|| time.to_date().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;
    use crate::rules::input::InputRules;
    use crate::rules::page;

    #[test]
    fn dates_of_every_form_are_read_and_impossible_ones_refused() {
        let files = RuleFiles::built_in();
        let (rules, page_rules) = (InputRules::load(&files).unwrap().web.dates, page::load(&files).unwrap());
        let day = |words: &str| read(&rules, &page_rules, words).map(|day| day.to_string());
        for words in [
            "2019-11-19",
            "2019-11-19T03:05:46.000Z",
            "2019-11-19 03:05:46+0000",
            "Tue Nov 19 2019 03:05:46 GMT+0000 (Coordinated Universal Time)",
            "Tue, 19 Nov 2019 03:05:46 GMT",
            "19 Nov 2019 03:05",
            "November 19, 2019 3:05 am",
            "Nov. 19, 2019",
            "Tue Nov 19 03:05:46 2019",
            "Tuesday, November 19, 2019",
            "2019/11/19 03:05",
            "20191119T030546Z",
            "20191119",
            "1574132746",
            "1574132746000",
            "Published: 3:05 a.m., 19 November 2019",
        ] {
            assert_eq!(day(words).as_deref(), Some("2019-11-19"), "{words}");
        }
        for words in [
            "0001-01-01T00:00:00",
            "1970-01-01",
            "0",
            "2109-11-19",
            "2019-13-19",
            "2019-11",
            "11/10/2019",
            "Mon Nov 19 2019",
            "19 Nov 20195",
            "yesterday",
            "12 dead",
            "",
        ] {
            assert_eq!(day(words), None, "{words}");
        }
    }
}
