//! The lines of a page, and what each one is by itself.

use memchr::memchr_iter;

use super::outlet::{self, Name};
use super::stamp::{self, Stamp};
use crate::rules::page::{Furniture, Layout, PageRules, begins_with, line_key};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, or a line that ends like a sentence.
    Prose,
    /// A short line: a heading, a name, a line of a list.
    Text,
    /// Page furniture.
    Drop,
    /// Other articles follow.
    End,
    /// Readers' comments follow.
    Comments,
    /// A date stamp.
    Stamp,
    /// Who wrote the article, or who owns it.
    Credit,
}

/// A non-empty line without its outer blanks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// True when an empty line stands before.
    pub(super) gap: bool,
}

impl Line {
    /// True when the line is part of the article as far as it says itself.
    pub(super) fn stays(&self) -> bool {
        matches!(self.kind, Kind::Prose | Kind::Text)
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// The lines of a page with what was read off them; offsets are bytes of the whole text.
#[derive(Debug, Default)]
pub(super) struct Lines<'t> {
    pub(super) lines: Vec<Line>,
    /// Date stamps by the number of their line.
    pub(super) stamps: Vec<(usize, Stamp)>,
    /// Outlets named, by the number of their line.
    pub(super) names: Vec<(usize, Name<'t>)>,
    /// The address the page gives as its own.
    pub(super) link: Option<&'t str>,
}

/// Splits `text` from byte `from` on and looks at every short line.
pub(super) fn read<'t>(rules: &PageRules, text: &'t str, from: usize) -> Lines<'t> {
    let mut page = Lines { lines: Vec::with_capacity(text.len() / 128 + 16), ..Lines::default() };
    let mut key = String::with_capacity(rules.layout.short_line);
    let mut gap = true;
    let mut start = from;
    let ends = memchr_iter(b'\n', &text.as_bytes()[from..]).map(|i| from + i).chain([text.len()]);
    for end in ends {
        let line = text.get(start..end).unwrap_or("");
        let body = line.trim_start();
        let open = end - body.len();
        let body = body.trim_end();
        start = end + 1;
        if body.is_empty() {
            gap = true;
            continue;
        }
        let kind =
            if body.len() > rules.layout.short_line { Kind::Prose } else { page.look(rules, body, open, &mut key) };
        page.lines.push(Line { start: open, end: open + body.len(), kind, gap });
        gap = false;
    }
    page
}

impl<'t> Lines<'t> {
    fn look(&mut self, rules: &PageRules, line: &'t str, at: usize, key: &mut String) -> Kind {
        let number = self.lines.len();
        let by_length = if is_prose(&rules.layout, line) { Kind::Prose } else { Kind::Text };
        // A date has four figures at the least; a short line has too few bytes for the count to overflow.
        let figures = line.bytes().fold(0u8, |figures, b| figures.wrapping_add(u8::from(b.is_ascii_digit())));
        if figures >= 4
            && let Some(stamp) = stamp::of_line(rules, line)
        {
            let whole = stamp.start == 0;
            let [start, end, reach] = [stamp.start, stamp.end, stamp.reach].map(|offset| offset + at);
            self.stamps.push((number, Stamp { start, end, reach, ..stamp }));
            return if whole { Kind::Stamp } else { by_length };
        }
        line_key(line, key);
        if !rules.may_tell(line, key) {
            return by_length;
        }
        let may_credit = rules.may_credit(key);
        if may_credit && rules.outlet.self_links.iter().any(|phrase| begins_with(key, phrase)) {
            self.link = self.link.or(line.rfind(char::is_whitespace).map(|i| line[i..].trim()));
        }
        match rules.furniture(key, line.len()) {
            Some(Furniture::Drop) => return Kind::Drop,
            Some(Furniture::End) => return Kind::End,
            Some(Furniture::Comments) => return Kind::Comments,
            None => {}
        }
        if let Some(name) = outlet::of_line(rules, line, key) {
            self.names.extend(name.map(|name| (number, name)));
            return Kind::Credit;
        }
        if may_credit && is_byline(rules, line, key) { Kind::Credit } else { by_length }
    }
}

/// True when the line is long, or shorter and ends like a sentence.
pub(super) fn is_prose(layout: &Layout, line: &str) -> bool {
    line.len() >= layout.prose_line || line.len() >= layout.sentence_line && ends_sentence(line)
}

/// True when the line ends with a full stop, question or exclamation mark, closing quotes and brackets passed over.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | '»' | ']');
    line.trim_end_matches(closes).ends_with(['.', '!', '?', '…'])
}

/// True for "By Somebody": a byline's opening, a capital, no full stop, no weekday or month but for an agency.
pub(super) fn is_byline(rules: &PageRules, line: &str, key: &str) -> bool {
    if line.len() > rules.layout.byline_longest || line.ends_with(['.', ',', '!', '?']) {
        return false;
    }
    let Some(phrase) = rules.bylines.iter().find(|phrase| begins_with(key, phrase)) else { return false };
    let skipped = line.find(char::is_alphanumeric).unwrap_or(0);
    let rest = line.get(skipped + phrase.len()..).unwrap_or("").trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    // "The" may open a date; before an agency it does not.
    let dated = || rules.stamp_words.contains_key(word.as_str()) && rules.credits.named(rest).is_none();
    rest.starts_with(char::is_uppercase) && !dated()
}
