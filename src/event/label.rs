//! Labels of events and words for days.

use crate::claim::Setting;
use crate::rules::compare::Phrases;
use crate::value::DayRange;

/// "Armenia and Azerbaijan, fighting, September 2022".
pub(super) fn label(setting: &Setting, time: Option<DayRange>, phrases: &Phrases) -> String {
    let names = |from: &[crate::value::Name], most: usize| -> Vec<String> {
        let mut names: Vec<String> = from.iter().take(most).map(ToString::to_string).collect();
        names.sort();
        names
    };
    let mut who = names(&setting.actors, 2);
    if who.is_empty() {
        who = names(&setting.places, 1);
    }
    let mut pieces = Vec::new();
    if !who.is_empty() {
        pieces.push(list(&who, phrases));
    }
    pieces.extend(setting.incidents.first().map(ToString::to_string));
    pieces.extend(time.map(days));
    if pieces.is_empty() { phrases.no_event.clone() } else { pieces.join(", ") }
}

/// "a, b and c".
pub(crate) fn list(items: &[String], phrases: &Phrases) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} {} {last}", head.join(", "), phrases.and),
    }
}

/// "a, b and 3 more": as many as there may be, and how many more there are.
pub(crate) fn some_of<'a>(names: impl ExactSizeIterator<Item = &'a str>, most: usize, phrases: &Phrases) -> String {
    let more = names.len().saturating_sub(most);
    let more = (more > 0).then(|| phrases.more.replace("{n}", &more.to_string()));
    list(&names.take(most).map(str::to_owned).chain(more).collect::<Vec<_>>(), phrases)
}

/// "13 September 2022", "11–20 September 2022", "September 2022", "September–October 2022", "2020", "2020–2022".
pub(crate) fn days(time: DayRange) -> String {
    let (first, last) = (time.first, time.last);
    let whole_months = first.day() == 1 && last == last.last_of_month();
    if first == last {
        return first.strftime("%-d %B %Y").to_string();
    }
    if first.year() != last.year() {
        let form = if whole_months { "%Y" } else { "%B %Y" };
        return format!("{}–{}", first.strftime(form), last.strftime(form));
    }
    if whole_months && first.month() == 1 && last.month() == 12 {
        return first.strftime("%Y").to_string();
    }
    match (first.month() == last.month(), whole_months) {
        (true, true) => first.strftime("%B %Y").to_string(),
        (true, false) => format!("{}–{}", first.day(), last.strftime("%-d %B %Y")),
        (false, true) => format!("{}–{}", first.strftime("%B"), last.strftime("%B %Y")),
        (false, false) => format!("{}–{}", first.strftime("%-d %B"), last.strftime("%-d %B %Y")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_short_as_they_can_be() {
        let words = |a, b| days(DayRange::new(a, b));
        assert_eq!(words(date(2022, 9, 13), date(2022, 9, 13)), "13 September 2022");
        assert_eq!(words(date(2022, 9, 11), date(2022, 9, 20)), "11–20 September 2022");
        assert_eq!(words(date(2022, 9, 1), date(2022, 9, 30)), "September 2022");
        assert_eq!(words(date(2020, 9, 27), date(2020, 10, 24)), "27 September–24 October 2020");
        assert_eq!(words(date(2020, 1, 1), date(2020, 12, 31)), "2020");
        assert_eq!(words(date(1990, 1, 1), date(1999, 12, 31)), "1990–1999");
    }
}
