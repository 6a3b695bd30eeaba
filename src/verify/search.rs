//! Search: a document's quotes at their places, and with one automaton for all of them anywhere else.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::{Check, Evidence, Found};
use crate::text::{CodePoints, TextHash};
use crate::value::EvidenceStatus;

/// What became of each quote in the document's text.
pub(super) fn checks(quotes: &[&Evidence], text: &str) -> Vec<Check> {
    let hash = TextHash::of(text);
    let bytes = Bytes::of(quotes.iter().filter_map(|quote| quote.place).flat_map(|(start, end)| [start, end]), text);
    let mut checks: Vec<Check> = quotes
        .iter()
        .map(|quote| {
            let same_text = quote.sha256.map(|then| then == hash);
            let found = at_place(quote, text, &bytes, same_text == Some(true));
            let status = match (&found, same_text) {
                (None, _) => EvidenceStatus::Vanished,
                (Some(_), Some(false)) => EvidenceStatus::Changed,
                (Some(_), _) => EvidenceStatus::Ok,
            };
            Check { status, found, same_text }
        })
        .collect();
    let lost: Vec<usize> = (0..quotes.len()).filter(|&i| checks[i].found.is_none()).collect();
    for (i, found) in elsewhere(&lost, quotes, text) {
        // A quote of which no place was written is where it should be wherever it stands.
        checks[i].status = match (quotes[i].place, checks[i].same_text) {
            (Some(_), _) => EvidenceStatus::Moved,
            (None, Some(false)) => EvidenceStatus::Changed,
            (None, _) => EvidenceStatus::Ok,
        };
        checks[i].found = Some(found);
    }
    checks
}

/// The byte offsets of some code points.
struct Bytes(BTreeMap<u32, usize>);

impl Bytes {
    fn of(points: impl Iterator<Item = u32>, text: &str) -> Self {
        let mut wanted: Vec<u32> = points.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
        let known = (0..).zip(ends).filter(|(point, _)| wanted.next_if_eq(point).is_some());
        Self(known.collect())
    }
}

/// The quote at its place, if its words stand there, and whole where the text may have changed.
fn at_place(quote: &Evidence, text: &str, bytes: &Bytes, same_text: bool) -> Option<Found> {
    let (start, end) = quote.place?;
    let (from, to) = (*bytes.0.get(&start)?, *bytes.0.get(&end)?);
    let there = text.get(from..to)?;
    (there == &*quote.quote && (same_text || is_whole(text, from, to))).then(|| Found {
        start,
        end,
        text: there.into(),
    })
}

/// Where lost quotes stand now: of several places one with the very words, then the nearest to the old one.
fn elsewhere(lost: &[usize], quotes: &[&Evidence], text: &str) -> Vec<(usize, Found)> {
    let mut by_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &i in lost {
        by_words.entry(Plain::of(&quotes[i].quote).text).or_default().push(i);
    }
    by_words.remove("");
    if by_words.is_empty() {
        return Vec::new();
    }
    // It fails only for more words than its numbers can count.
    let Ok(automaton) = AhoCorasick::new(by_words.keys()) else { return Vec::new() };
    let plain = Plain::of(text);
    let asked: Vec<&Vec<usize>> = by_words.values().collect();
    let mut points = CodePoints::new(text);
    let mut best: BTreeMap<usize, ((bool, u32), Found)> = BTreeMap::new();
    for place in automaton.find_overlapping_iter(&plain.text) {
        let (from, to) = (plain.offset(place.start()), plain.end(place.end()));
        let Some(there) = text.get(from..to).filter(|_| is_whole(text, from, to)) else { continue };
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        let (start, end) = (points.at(offset(from)), points.at(offset(to)));
        for &i in asked[place.pattern().as_usize()] {
            let far = quotes[i].place.map_or(0, |(then, _)| then.abs_diff(start));
            let rank = (there != &*quotes[i].quote, far);
            if best.get(&i).is_none_or(|(known, _)| rank < *known) {
                best.insert(i, (rank, Found { start, end, text: there.into() }));
            }
        }
    }
    best.into_iter().map(|(i, (_, found))| (i, found)).collect()
}

/// A text with one blank for each run of white space, none at its ends, and where its bytes come from.
struct Plain {
    text: String,
    /// For each byte of `text` the byte of the original that it, or the run it stands for, begins at.
    from: Vec<u32>,
}

impl Plain {
    fn of(original: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(original.len()), from: Vec::with_capacity(original.len()) };
        let mut blank = None;
        for (byte, c) in original.char_indices() {
            let byte = u32::try_from(byte).unwrap_or(u32::MAX);
            if c.is_whitespace() {
                blank = blank.or(Some(byte));
                continue;
            }
            if let Some(blank) = blank.take().filter(|_| !plain.text.is_empty()) {
                plain.text.push(' ');
                plain.from.push(blank);
            }
            plain.text.push(c);
            plain.from.extend((0..c.len_utf8()).map(|_| byte));
        }
        plain
    }

    /// Where the character at a byte begins in the original.
    fn offset(&self, byte: usize) -> usize {
        self.from.get(byte).map_or(0, |&from| from as usize)
    }

    /// Where the character before a byte ends in the original; words end with no blank.
    fn end(&self, byte: usize) -> usize {
        let last = self.text.get(..byte).and_then(|head| head.chars().next_back()).map_or(0, char::len_utf8);
        self.offset(byte.saturating_sub(1)) + last
    }
}

/// True unless a number or a word goes on before or after the words: "12" is not in "112", "12.5" or "3,12".
fn is_whole(text: &str, from: usize, to: usize) -> bool {
    let (Some(head), Some(words), Some(tail)) = (text.get(..from), text.get(from..to), text.get(to..)) else {
        return false;
    };
    let (first, last) = (words.chars().next(), words.chars().next_back());
    !goes_on(first, head.chars().rev()) && !goes_on(last, tail.chars())
}

/// True if what stands next to the edge of some words belongs to the same number or word.
fn goes_on(edge: Option<char>, mut next: impl Iterator<Item = char>) -> bool {
    let (Some(edge), Some(beside)) = (edge, next.next()) else { return false };
    let in_word = |c: char| c.is_numeric() || c.is_lowercase() || c.is_uppercase();
    let in_number = |c: char| matches!(c, ',' | '.' | '\'' | '’' | '\u{A0}' | '\u{2009}' | '\u{202F}');
    in_word(edge) && in_word(beside)
        || edge.is_numeric() && in_number(beside) && next.next().is_some_and(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use EvidenceStatus::{Changed, Moved, Ok, Vanished};

    fn check(quote: &str, place: Option<(u32, u32)>, then: &str, now: &str) -> Check {
        let sha256 = (!then.is_empty()).then(|| TextHash::of(then));
        let evidence = Evidence { claim: None, document: "a".into(), place, quote: quote.into(), sha256 };
        checks(&[&evidence], now).remove(0)
    }

    #[test]
    fn a_quote_at_its_place_is_ok_and_one_in_another_text_is_changed() {
        let text = "É: 12 dead.";
        assert_eq!(check("12 dead", Some((3, 10)), text, text).status, Ok);
        assert_eq!(check("12 dead", Some((3, 10)), "", text).status, Ok);
        assert_eq!(check("12 dead", Some((3, 10)), "other", text).status, Changed);
        assert_eq!(check("12 dead", None, text, text).status, Ok);
    }

    #[test]
    fn a_quote_elsewhere_is_moved_and_its_nearest_place_is_told() {
        let now = "12 dead. Later: 12 dead. And 12 dead.";
        let check = check("12 dead", Some((14, 21)), "then", now);
        assert_eq!((check.status, check.found.map(|found| (found.start, found.end))), (Moved, Some((16, 23))));
    }

    #[test]
    fn other_white_space_is_moved_and_never_ok() {
        let check = check("12 people dead", Some((0, 14)), "", "12\n\u{A0}people dead");
        assert_eq!(check.status, Moved);
        assert_eq!(check.found.unwrap(), Found { start: 0, end: 15, text: "12\n\u{A0}people dead".into() });
    }

    #[test]
    fn a_number_inside_another_one_is_no_place() {
        for (quote, now) in [
            ("500,000", "Some 1,500,000 fled."),
            ("12", "He counted 112 of them."),
            ("12", "He counted 12.5 of them."),
            ("12", "He counted 3,12 of them."),
            ("12", "He counted 120 of them."),
            ("12", "He counted 12,000 of them."),
            ("12 soldier", "He counted 12 soldiers."),
            ("000 men", "He counted 5\u{A0}000 men."),
        ] {
            assert_eq!(check(quote, Some((0, 3)), "", now).status, Vanished, "{quote} in {now}");
            let at = now.find(quote).map(|byte| now[..byte].chars().count() as u32).unwrap();
            let place = Some((at, at + quote.chars().count() as u32));
            assert_eq!(check(quote, place, "", now).status, Vanished, "{quote} at its place in {now}");
        }
        for (quote, now) in [("12", "It was 12."), ("12", "So 12, 13 and 14"), ("500,000", "about 500,000, he said")] {
            assert_eq!(check(quote, Some((0, 1)), "", now).status, Moved, "{quote} in {now}");
        }
    }

    #[test]
    fn many_quotes_of_one_document_each_find_their_own_words() {
        let now = "At least 31 died. Then 40 more died, 31 of them soldiers.";
        let quotes = ["31 died", "31", "40 more died", "At least 31 died"].map(|quote| Evidence {
            claim: None,
            document: "a".into(),
            place: Some((50, 51)),
            quote: quote.into(),
            sha256: None,
        });
        let found = checks(&quotes.each_ref(), now);
        let words: Vec<&str> = found.iter().filter_map(|check| Some(&*check.found.as_ref()?.text)).collect();
        assert_eq!(words, ["31 died", "31", "40 more died", "At least 31 died"]);
    }

    proptest::proptest! {
        #[test]
        fn no_text_and_no_place_makes_it_fail(text in ".{0,40}", quote in ".{1,6}", start in 0u32..50, end in 0u32..50) {
            let _ = check(&quote, Some((start, end)), "", &text);
        }

        #[test]
        fn what_is_cut_out_of_a_text_is_ok_there(text in ".{1,40}", a in 0usize..40, b in 0usize..40) {
            let points: Vec<char> = text.chars().collect();
            let (a, b) = (a.min(b).min(points.len()), a.max(b).min(points.len()));
            let quote: String = points[a..b].iter().collect();
            let found = check(&quote, Some((a as u32, b as u32)), &text, &text);
            proptest::prop_assert_eq!(found.status, Ok);
        }
    }
}
