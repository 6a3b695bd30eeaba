//! Date stamps: lines, or starts and ends of lines, made of nothing but a date, a time and the words around them.

use jiff::civil::Date;

use crate::rules::page::{Layout, PageRules, StampWord};

/// The longest run of stamp words and figures from one place of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stamp {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte of the last date, time or closing mark.
    pub(super) end: usize,
    /// One past the last byte, words such as "on" or "at" included.
    pub(super) reach: usize,
    /// The first date said to be that of publication.
    pub(super) published: Option<Date>,
    /// The first date that stands without a word.
    pub(super) plain: Option<Date>,
    /// The first date said to be that of a change.
    pub(super) updated: Option<Date>,
    /// True when a word such as "published" stands in the run.
    pub(super) labelled: bool,
    /// True when the run is closed by a colon.
    pub(super) closed: bool,
}

impl Stamp {
    /// The date that speaks for the page.
    pub(super) fn date(&self) -> Option<Date> {
        self.published.or(self.plain).or(self.updated)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Word(StampWord),
    Number {
        value: i16,
        figures: usize,
    },
    /// A date in figures; `None` where the order of day and month is open.
    Day(Option<Date>),
    /// Two figures that may be day and month in either order, with the year.
    Open(i16, i16, i16),
    Time,
}

#[derive(Clone, Copy, Debug)]
struct Placed {
    token: Token,
    end: usize,
}

/// The stamp that fills the whole of `line`, or its end after a byline or a heading; `None` if there is none.
pub(super) fn of_line(rules: &PageRules, line: &str) -> Option<Stamp> {
    if let Some(stamp) = run(rules, line, 0).filter(|stamp| fills(rules, line, stamp)) {
        return Some(stamp);
    }
    let byline = opens_byline(rules, line);
    let labels = |b: u8| rules.label_initials.contains(&b.to_ascii_lowercase());
    for start in later_words(line) {
        if !byline && !labels(line.as_bytes()[start]) {
            continue;
        }
        let Some(token) = token(rules, line, start) else { continue };
        let fits = match token.token {
            Token::Word(StampWord::Published | StampWord::Updated) => true,
            Token::Word(StampWord::Month(_) | StampWord::Weekday(_)) | Token::Day(_) | Token::Open(..) => byline,
            _ => false,
        };
        if fits && let Some(stamp) = run(rules, line, start).filter(|stamp| fills(rules, line, stamp)) {
            let open = line[..start].trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?\"”’)".contains(c)).len();
            return Some(Stamp { start: if byline { 0 } else { open }, ..stamp });
        }
    }
    None
}

/// The stamp at byte `at`, if an article begins right after it.
pub(super) fn before_prose(rules: &PageRules, text: &str, at: usize) -> Option<Stamp> {
    let stamp = run(rules, text, at)?;
    let rest = &text[stamp.end..];
    let next = rest.trim_start().chars().next()?;
    let parted = stamp.closed || rest.starts_with(char::is_whitespace);
    let begins = next.is_uppercase() || next.is_ascii_digit() || "\"“‘'".contains(next);
    (parted && (begins || stamp.closed)).then_some(stamp)
}

/// True when the stamp leaves nothing of its line but a site name or, after "by", the author.
fn fills(rules: &PageRules, line: &str, stamp: &Stamp) -> bool {
    let rest = line[stamp.reach..].trim_matches(|c: char| !c.is_alphanumeric());
    if rest.is_empty() {
        return true;
    }
    if stamp.labelled && !rest.contains(' ') && rest.contains('.') {
        return true;
    }
    let Some(word) = rest.split_whitespace().next() else { return true };
    stamp.labelled && rules.stamp_words.get(word.to_lowercase().as_str()) == Some(&StampWord::Author)
}

fn opens_byline(rules: &PageRules, line: &str) -> bool {
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    rules.stamp_words.get(line[..end].to_lowercase().as_str()) == Some(&StampWord::Author)
}

/// The bytes after the first at which words begin.
fn later_words(line: &str) -> impl Iterator<Item = usize> {
    let parts = |b: u8| matches!(b, b'(' | b'[' | b'*' | b'|') || b.is_ascii_whitespace();
    let pairs = (1..).zip(line.as_bytes().windows(2));
    pairs.filter_map(move |(at, pair)| {
        let [before, first] = pair else { return None };
        (parts(*before) && first.is_ascii_alphanumeric()).then_some(at)
    })
}

fn run(rules: &PageRules, text: &str, at: usize) -> Option<Stamp> {
    let mut stamp = Stamp { start: at, end: at, reach: at, ..Stamp::default() };
    let mut label = None;
    let mut weekday = None;
    let mut dated = false;
    let mut next = token(rules, text, at);
    while let Some(first) = next {
        let here = &rules.layout;
        let second = token(rules, text, first.end);
        let third = second.and_then(|second| token(rules, text, second.end));
        let (date, last) = match (first.token, second.map(|t| t.token), third.map(|t| t.token)) {
            (Token::Day(date), ..) => (Some(date), first),
            (Token::Open(a, b, year), ..) => (Some(decide(a, b, year, weekday)), first),
            (
                Token::Word(StampWord::Month(m)),
                Some(Token::Number { value: d, .. }),
                Some(Token::Number { value: y, figures: 4 }),
            )
            | (
                Token::Number { value: d, .. },
                Some(Token::Word(StampWord::Month(m))),
                Some(Token::Number { value: y, figures: 4 }),
            ) if in_years(here, y) => {
                (Some(Date::new(y, m, i8::try_from(d).unwrap_or(0)).ok()), third.unwrap_or(first))
            }
            (Token::Number { .. }, Some(Token::Word(StampWord::Half)), _) => (None, second.unwrap_or(first)),
            (Token::Number { .. }, Some(Token::Word(StampWord::Unit)), _) if label.is_some() => {
                (None, second.unwrap_or(first))
            }
            (Token::Number { figures: 4, value }, ..) if label.is_some() && value < 2400 => (None, first),
            (Token::Number { .. } | Token::Word(StampWord::Month(_) | StampWord::Author), ..) => break,
            (Token::Word(StampWord::Half | StampWord::Zone), ..) if stamp.end == at => break,
            (Token::Word(StampWord::Unit), ..) if label.is_none() => break,
            _ => (None, first),
        };
        stamp.reach = last.end;
        match (date, first.token) {
            (Some(date), _) => {
                dated = true;
                let place = match label.take() {
                    Some(StampWord::Published) => &mut stamp.published,
                    Some(_) => &mut stamp.updated,
                    None => &mut stamp.plain,
                };
                *place = place.or(date);
                weekday = None;
            }
            (None, Token::Word(StampWord::Weekday(day))) => weekday = Some(day),
            (None, Token::Word(word @ (StampWord::Published | StampWord::Updated))) => {
                stamp.labelled = true;
                label = Some(word);
            }
            _ => {}
        }
        let carries = date.is_some()
            || matches!(
                first.token,
                Token::Time | Token::Number { .. } | Token::Word(StampWord::Half | StampWord::Zone | StampWord::Unit)
            );
        if carries {
            stamp.end = last.end;
            stamp.end += closing(&text[stamp.end..]);
            stamp.closed = text[..stamp.end].ends_with(':');
            let trailed = trailer(rules, &text[stamp.end..]);
            stamp.end += trailed;
            stamp.reach = stamp.end;
        }
        next = token(rules, text, stamp.reach);
    }
    dated.then_some(stamp)
}

fn in_years(layout: &Layout, year: i16) -> bool {
    (layout.first_year..=layout.last_year).contains(&year)
}

/// Day and month of `a/b/year` where only one order gives a date, or only one falls on the weekday.
fn decide(a: i16, b: i16, year: i16, weekday: Option<i8>) -> Option<Date> {
    let date = |day: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let falls = |date: &Date| weekday.is_none_or(|day| date.weekday().to_monday_one_offset() == day);
    match (date(a, b), date(b, a)) {
        (Some(x), Some(y)) if x == y => Some(x),
        (Some(x), Some(y)) => match (weekday.is_some(), falls(&x), falls(&y)) {
            (true, true, false) => Some(x),
            (true, false, true) => Some(y),
            _ => None,
        },
        (x, y) => x.or(y),
    }
}

fn closing(rest: &str) -> usize {
    rest.bytes().take_while(|b| matches!(b, b')' | b']' | b':' | b'*')).count()
}

/// Length of a trailing phrase with its counters, blanks before it included; 0 if there is none.
fn trailer(rules: &PageRules, rest: &str) -> usize {
    let open = rest.len() - rest.trim_start().len();
    for trailer in &rules.trailers {
        let Some(head) = rest.get(open..open + trailer.phrase.len()) else { continue };
        if !head.eq_ignore_ascii_case(&trailer.phrase) {
            continue;
        }
        let mut end = open + head.len();
        for _ in 0..trailer.counters {
            let after = rest[end..].trim_start();
            let figures = after.bytes().take_while(u8::is_ascii_digit).count();
            if figures == 0 || !after[figures..].chars().next().is_none_or(char::is_whitespace) {
                break;
            }
            end = rest.len() - after.len() + figures;
        }
        return end;
    }
    0
}

/// The token at or after byte `at`, separating marks skipped; `None` where something else stands.
fn token(rules: &PageRules, text: &str, at: usize) -> Option<Placed> {
    let skips = |c: char| match c {
        ',' | ';' | ':' | '|' | '/' | '(' | ')' | '[' | ']' | '*' | '-' | '–' | '—' | '·' | '•' | '.' | '@' => {
            true
        }
        c => c.is_whitespace(),
    };
    let start = text.len() - text.get(at..)?.trim_start_matches(skips).len();
    let bytes = text.as_bytes();
    let first = *bytes.get(start)?;
    if first.is_ascii_digit() {
        return Some(figures(rules, text, start));
    }
    if !first.is_ascii_alphabetic() {
        return None;
    }
    let mut word = [0u8; 16];
    let mut length = 0;
    let mut end = start;
    while let Some(&b) = bytes.get(end) {
        let inner = b == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic);
        if b.is_ascii_alphabetic() {
            *word.get_mut(length)? = b.to_ascii_lowercase();
            length += 1;
        } else if !inner {
            break;
        }
        end += 1;
    }
    let word = std::str::from_utf8(&word[..length]).ok()?;
    let meaning = *rules.stamp_words.get(word)?;
    let joined = text[end..].chars().next().is_some_and(|c| c.is_alphabetic() || c == '\'' || c == '’');
    (!joined).then_some(Placed { token: Token::Word(meaning), end })
}

fn figures(rules: &PageRules, text: &str, start: usize) -> Placed {
    let bytes = text.as_bytes();
    let count = |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let value = |from: usize, length: usize| {
        text.get(from..from + length).and_then(|t| t.parse::<i16>().ok()).unwrap_or(i16::MAX)
    };
    let length = count(start);
    let end = start + length;
    let place = |token, end| Placed { token, end };
    let plain = Token::Number { value: value(start, length), figures: length };
    match bytes.get(end) {
        Some(&mark @ (b'-' | b'/' | b'.')) if length <= 4 => {
            let (second, at) = (count(end + 1), end + 1 + count(end + 1));
            if !(1..=2).contains(&second) || bytes.get(at) != Some(&mark) {
                return place(plain, end);
            }
            let (third, stop) = (count(at + 1), at + 1 + count(at + 1));
            let (a, b, c) = (value(start, length), value(end + 1, second), value(at + 1, third));
            let small = |x: i16| i8::try_from(x).unwrap_or(0);
            match (length, third) {
                (4, 1 | 2) => place(Token::Day(Date::new(a, small(b), small(c)).ok()), iso_time(text, stop)),
                (1 | 2, 4) if !in_years(&rules.layout, c) => place(plain, end),
                (1 | 2, 4) if rules.layout.day_first.contains(&char::from(mark)) => {
                    place(Token::Day(Date::new(c, small(b), small(a)).ok()), stop)
                }
                (1 | 2, 4) => place(Token::Open(a, b, c), stop),
                (1 | 2, 2) if mark == b'/' => {
                    let century = if c < rules.layout.century_pivot { 2000 } else { 1900 };
                    place(Token::Open(a, b, century + c), stop)
                }
                _ => place(plain, end),
            }
        }
        Some(b':') if length <= 2 && count(end + 1) == 2 => {
            let more = bytes[end..].iter().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
            place(Token::Time, end + text[end..end + more].trim_end_matches([':', '.']).len())
        }
        _ => {
            let suffix =
                rules.ordinals.iter().find(|o| text[end..].get(..o.len()).is_some_and(|s| s.eq_ignore_ascii_case(o)));
            place(plain, end + suffix.map_or(0, |o| o.len()))
        }
    }
}

/// The end of the time that follows an ISO date at `at`, zone included; `at` if none does.
fn iso_time(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'T') || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        return at;
    }
    let rest = &bytes[at + 1..];
    at + 1 + rest.iter().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-')).count()
}
