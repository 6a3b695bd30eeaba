//! Who published a page: mastheads, credit and copyright lines, and the address.

use jiff::civil::Date;

use crate::rules::page::{PageRules, begins_with, line_key};

/// An outlet's name with the weight of where it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'t> {
    pub(super) text: &'t str,
    pub(super) from: From,
}

/// Where a name was found, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum From {
    /// "Source: Krone".
    Credit,
    /// "© 2014 WXYZ".
    Copyright,
    /// Either, naming an agency.
    Agency,
}

/// Reads a credit or copyright line: `None` if the line is neither, `Some(None)` if it names nobody of use.
pub(super) fn of_line<'t>(rules: &PageRules, line: &'t str, key: &str) -> Option<Option<Name<'t>>> {
    let words = &rules.outlet;
    if let Some(phrase) = words.credits.iter().find(|phrase| begins_with(key, phrase)) {
        let skipped = line.find(char::is_alphanumeric).unwrap_or(0);
        let rest = line.get(skipped + phrase.len()..).unwrap_or("").trim();
        let name = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '!');
        let fits = !name.is_empty() && name.len() <= rules.layout.credit_longest && !rest.ends_with('.');
        if fits && name.split_whitespace().count() <= 6 {
            return Some(weigh(rules, name, From::Credit));
        }
    }
    let open = line.trim_start_matches(['(', '[', '*', ' ']);
    let opens = |text: &str, mark: &str| text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let (mark, owned) = words.copyright.iter().find_map(|mark| {
        let from = [open, line].into_iter().find(|text| opens(text, mark))?;
        let rest = &from[mark.len()..];
        (!mark.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)).then_some((mark, rest))
    })?;
    let low = lower(owned);
    let rights = words.rights.iter().filter_map(|phrase| low.find(phrase.as_ref())).min();
    let year = owned.split(|c: char| !c.is_ascii_digit()).any(|figures| figures.len() == 4);
    let worded = mark.starts_with(char::is_alphabetic) && !line.ends_with('.');
    if rights.is_none() && !year && !worded {
        return None;
    }
    let owned = rights.and_then(|at| owned.get(..at)).unwrap_or(owned);
    Some(owner(rules, owned))
}

/// The owner in what follows "Copyright": years and small words taken off, up to the first mark that ends a name.
fn owner<'t>(rules: &PageRules, owned: &'t str) -> Option<Name<'t>> {
    let mut name = owned;
    loop {
        name = name.trim_start_matches(|c: char| !c.is_alphabetic());
        let word = name.split_whitespace().next().unwrap_or("");
        let low = lower(word);
        if word.is_empty() || !rules.outlet.strip.iter().chain(&rules.outlet.copyright).any(|strip| **strip == *low) {
            break;
        }
        name = &name[word.len()..];
    }
    let stop = [". ", "(", ",", "|", " - ", ";"].iter().filter_map(|mark| name.find(mark)).min().unwrap_or(name.len());
    let mut parts = name[..stop].split(" / ").filter_map(|part| {
        let part = part.trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '-');
        let last = part.rsplit(' ').next().unwrap_or("");
        let year = last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit());
        let part = if year { part[..part.len() - 4].trim_end() } else { part };
        weigh(rules, part.trim(), From::Copyright)
    });
    let first = parts.next()?;
    if first.from == From::Agency { parts.find(|name| name.from != From::Agency).or(Some(first)) } else { Some(first) }
}

fn weigh<'t>(rules: &PageRules, name: &'t str, from: From) -> Option<Name<'t>> {
    let low = lower(name);
    if !name.contains(char::is_alphabetic)
        || name.len() > rules.layout.credit_longest
        || rules.outlet.never.iter().any(|never| **never == *low)
    {
        return None;
    }
    let agency = rules.outlet.agencies.iter().any(|agency| begins_with(&low, agency));
    Some(Name { text: name, from: if agency { From::Agency } else { from } })
}

/// True for a name alone at the top of a page: short, every word a capital, ending in a word that newspapers are called by.
pub(super) fn is_masthead(rules: &PageRules, line: &str) -> bool {
    if line.len() > rules.layout.masthead_longest {
        return false;
    }
    let has = |list: &[Box<str>], word: &str| list.iter().any(|entry| entry.eq_ignore_ascii_case(word));
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.first().is_some_and(|word| has(&rules.outlet.articles, word)) {
        words.remove(0);
    }
    let named = words.last().is_some_and(|word| has(&rules.outlet.mastheads, word));
    named
        && (2..=rules.layout.masthead_words).contains(&words.len())
        && words.iter().all(|w| w.starts_with(char::is_uppercase))
}

/// The outlet after the last bar of a title ("… | Krone").
pub(super) fn of_title<'t>(rules: &PageRules, title: &'t str) -> Option<&'t str> {
    let (_, name) = title.rsplit_once(" | ")?;
    let name = name.trim();
    let last = name.rsplit(' ').next().unwrap_or("");
    let known = rules.outlet.mastheads.iter().any(|word| word.eq_ignore_ascii_case(last)) || last.contains('.');
    (known && name.len() <= rules.layout.credit_longest).then_some(name)
}

/// The host of an address that leads to one article, without `www.`.
pub(super) fn of_url(url: &str) -> Option<&str> {
    let (host, path) = address(url)?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (path.matches('/').count() >= 2 && host.contains('.')).then_some(host)
}

/// The day in an address's path (`/2015/07/20/`).
pub(super) fn date_of_url(rules: &PageRules, url: &str) -> Option<Date> {
    let (_, path) = address(url)?;
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        let number = |part: &str, figures: std::ops::RangeInclusive<usize>| {
            figures.contains(&part.len()).then(|| part.parse::<i16>().ok()).flatten()
        };
        let (y, m, d) = (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?);
        let known = (rules.layout.first_year..=rules.layout.last_year).contains(&y);
        known.then(|| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()).flatten()
    })
}

fn address(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let slash = rest.find('/').unwrap_or(rest.len());
    Some((&rest[..slash], &rest[slash..]))
}

/// Length of an agency's name at the start of `text`, which is in its own letter case; 0 if none stands there.
pub(super) fn agency_at(rules: &PageRules, text: &str) -> usize {
    let mut longest = 0;
    for agency in &rules.outlet.agencies {
        let Some(head) = text.get(..agency.len()) else { continue };
        let whole = !text[agency.len()..].starts_with(char::is_alphanumeric);
        if whole && agency.len() > longest && head.starts_with(char::is_uppercase) && head.eq_ignore_ascii_case(agency)
        {
            longest = agency.len();
        }
    }
    longest
}

fn lower(text: &str) -> String {
    let mut key = String::new();
    line_key(text, &mut key);
    if text.starts_with(|c: char| !c.is_alphanumeric()) {
        key.insert_str(0, &text[..text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len()]);
    }
    key
}
