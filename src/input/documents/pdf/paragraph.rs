//! Paragraphs: the lines of a PDF joined where one goes on in the next.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Line, Page};

/// Lines of letters that differ by more are no one paragraph.
const LARGER: f64 = 1.12;

/// How much farther than usual lines may stand apart, and how far if there is no telling what is usual.
const FARTHER: f64 = 1.25;
const USUAL: f64 = 1.25;

/// How far in a line begins that opens a paragraph, in sizes of its letters.
const INDENT: f64 = 0.8;

/// A line that ends before this part of its column and closes a sentence is a paragraph's last.
const SHORT: f64 = 0.75;

/// The signs that open an item of a list.
const BULLETS: &[char] = &['•', '‣', '▪', '■', '●', '○', '◦', '·', '*', '–', '-', '\u{F0B7}'];

/// The steps by which columns and distances between lines are told apart.
const COLUMN: f64 = 36.0;
const STEP: f64 = 20.0;

/// The text of all pages, its paragraphs parted by empty lines.
pub(super) fn text(pages: &[Page], known: &dyn Fn(&str) -> bool) -> String {
    let lines: Vec<(usize, &Line)> =
        pages.iter().enumerate().flat_map(|(number, page)| page.lines.iter().map(move |line| (number, line))).collect();
    let usual = usual(&lines);
    let ends = ends(&lines);
    let words = Words::new(&lines, known);
    let mut text = String::new();
    let mut before: Option<(usize, &Line)> = None;
    for &(page, line) in &lines {
        match before {
            None => text.push_str(&line.text),
            Some((last, above)) => {
                let end = ends.get(&(page, column(above))).copied().unwrap_or(above.end);
                if goes_on(above, line, last == page, usual, end) {
                    words.join(&mut text, &line.text);
                } else {
                    text.push_str("\n\n");
                    text.push_str(&line.text);
                }
            }
        }
        before = Some((page, line));
    }
    text.replace('\u{AD}', "")
}

fn begins_small(line: &Line) -> bool {
    line.text.starts_with(char::is_lowercase)
}

/// True if a line closes a sentence, as far as its last sign tells.
fn closes(line: &Line) -> bool {
    let text = line.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
    text.ends_with(['.', '!', '?', ':'])
}

fn is_item(line: &Line) -> bool {
    line.text.strip_prefix(BULLETS).is_some_and(|rest| rest.starts_with(' '))
}

fn column(line: &Line) -> i64 {
    (line.x / COLUMN) as i64
}

/// How far right the lines of each column reach.
fn ends(lines: &[(usize, &Line)]) -> BTreeMap<(usize, i64), f64> {
    let mut ends: BTreeMap<(usize, i64), f64> = BTreeMap::new();
    for (page, line) in lines {
        // A line that begins farther in is of the same column.
        for column in [column(line).saturating_sub(1), column(line), column(line).saturating_add(1)] {
            let end = ends.entry((*page, column)).or_insert(line.end);
            *end = end.max(line.end);
        }
    }
    ends
}

/// How far lines stand apart within paragraphs, in sizes of their letters: as most of those that go on with a small letter.
fn usual(lines: &[(usize, &Line)]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in lines.windows(2) {
        if let [(page, above), (other, line)] = pair
            && page == other
            && begins_small(line)
        {
            let apart = (above.y - line.y) / above.size;
            if (0.8..3.0).contains(&apart) {
                *counts.entry((apart * STEP).round() as i64).or_default() += 1;
            }
        }
    }
    let most = counts.values().copied().max();
    let apart = counts.iter().find(|(_, count)| Some(**count) == most).map(|(apart, _)| *apart as f64 / STEP);
    apart.unwrap_or(USUAL)
}

/// True if a paragraph goes on from one line to the next.
fn goes_on(above: &Line, line: &Line, same_page: bool, usual: f64, end: f64) -> bool {
    let size = above.size.max(line.size);
    if size > above.size.min(line.size) * LARGER {
        return false;
    }
    let apart = above.y - line.y;
    if !same_page || apart < -0.3 * size {
        // The next page or column.
        return !closes(above) && begins_small(line);
    }
    if apart < 0.3 * size || apart > usual * FARTHER * size {
        return false;
    }
    if is_item(line) {
        return false;
    }
    let middle = |line: &Line| (line.x + line.end) / 2.0;
    let is_centred = (middle(above) - middle(line)).abs() < size * 0.5;
    if line.x - above.x > INDENT * size && !is_centred && !is_item(above) {
        return false;
    }
    let is_short = above.end < above.x + (end - above.x) * SHORT;
    !(is_short && closes(above))
}

/// The words of a document that stand in it whole, and those that the rules know.
struct Words<'k> {
    whole: BTreeSet<String>,
    known: &'k dyn Fn(&str) -> bool,
}

impl<'k> Words<'k> {
    fn new(lines: &[(usize, &Line)], known: &'k dyn Fn(&str) -> bool) -> Self {
        let parts = |text: &str| -> Vec<String> { text.split_whitespace().map(plain).collect() };
        let mut whole = BTreeSet::new();
        for (_, line) in lines {
            let mut words = parts(&line.text);
            if line.text.ends_with('-') {
                words.pop();
            }
            whole.extend(words);
        }
        Self { whole, known }
    }

    fn has(&self, word: &str) -> bool {
        self.whole.contains(word) || (self.known)(word)
    }

    /// Joins a line to the text before it. A hyphen at its end goes where the word stands elsewhere without it, or the rules
    /// know the word, and it stands nowhere with it.
    fn join(&self, text: &mut String, line: &str) {
        let stem = text.strip_suffix('-').filter(|stem| stem.ends_with(char::is_alphanumeric));
        let Some(stem) = stem else {
            if !text.ends_with('\u{AD}') {
                text.push(' ');
            }
            return text.push_str(line);
        };
        let first = plain(stem.split_whitespace().next_back().unwrap_or(""));
        let second = plain(line.split_whitespace().next().unwrap_or(""));
        let is_parted = line.starts_with(char::is_lowercase)
            && self.has(&format!("{first}{second}"))
            && !self.has(&format!("{first}-{second}"));
        if is_parted {
            text.pop();
        }
        text.push_str(line);
    }
}

/// A word without the signs around it, in small letters.
fn plain(word: &str) -> String {
    word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::line::Sign;
    use super::*;

    #[test]
    fn signs_stand_as_far_away_as_they_like() {
        let mut page = Page::new(1e31, 1e31);
        for (x, y, size) in [
            (1e30, 1e30, 10.0),
            (1e30, 1e30 - 1e20, 1e19),
            (f64::NAN, 5.0, 10.0),
            (5.0, f64::NAN, 10.0),
            (5.0, 5.0, f64::NAN),
            (5.0, 5.0, f64::INFINITY),
        ] {
            page.add(Sign { x, end: x + size, y, size }, "A");
        }
        assert_eq!(page.lines.len(), 2);
        assert_eq!(text(&[page.finished()], &|_| false), "A\n\nA");
    }
}
