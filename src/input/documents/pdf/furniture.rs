//! Heads and feet of pages: what stands at one place of several pages and differs only by the page's number.

use std::collections::BTreeMap;

use super::line::{Line, Page};

/// What part of a page its head and its foot may take up.
const EDGE: f64 = 0.14;

/// How far such a line may stand higher or lower from page to page.
const STRAYS: f64 = 3.0;

/// A line near an edge: its page, its place among the lines there, its height, and its numbers.
struct Seen {
    page: usize,
    line: usize,
    y: f64,
    numbers: Vec<u64>,
}

/// Takes away what stands on at least two pages, and on at least half of them.
pub(super) fn remove(pages: &mut [Page]) {
    let mut alike: BTreeMap<(bool, String), Vec<Seen>> = BTreeMap::new();
    for (page, Page { height, lines, .. }) in pages.iter().enumerate() {
        for (line, Line { y, text, .. }) in lines.iter().enumerate() {
            let at_foot = *y < height * EDGE;
            if at_foot || *y > height * (1.0 - EDGE) {
                let (words, numbers) = parted(text);
                alike.entry((at_foot, words)).or_default().push(Seen { page, line, y: *y, numbers });
            }
        }
    }
    let enough = pages.len().div_ceil(2).max(2);
    let mut gone: Vec<Vec<usize>> = vec![Vec::new(); pages.len()];
    for seen in alike.values() {
        let Some(first) = seen.first() else { continue };
        let fits = |other: &&Seen| (other.y - first.y).abs() <= STRAYS && go_together(first, other);
        let together: Vec<&Seen> = seen.iter().filter(fits).collect();
        let mut on: Vec<usize> = together.iter().map(|seen| seen.page).collect();
        on.dedup();
        if on.len() >= enough {
            together.iter().for_each(|seen| gone[seen.page].push(seen.line));
        }
    }
    for (page, gone) in pages.iter_mut().zip(gone) {
        let mut number = 0;
        page.lines.retain(|_| {
            number += 1;
            !gone.contains(&(number - 1))
        });
    }
}

/// The words of a line with a sign for each number, and the numbers.
fn parted(text: &str) -> (String, Vec<u64>) {
    let (mut words, mut numbers) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(from.len());
        let (number, after) = from.split_at(end);
        words.push_str(before);
        words.push('#');
        numbers.push(number.parse().unwrap_or(u64::MAX));
        rest = after;
    }
    words.push_str(rest);
    (words, numbers)
}

/// True if each number of two lines is the same, or goes with the page.
fn go_together(one: &Seen, other: &Seen) -> bool {
    one.numbers.iter().zip(&other.numbers).all(|(&a, &b)| {
        a == b || b.checked_sub(a).is_some_and(|more| other.page.checked_sub(one.page) == usize::try_from(more).ok())
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::Sign;
    use super::*;

    fn page(lines: &[(f64, &str)]) -> Page {
        let mut page = Page::new(600.0, 800.0);
        for (y, text) in lines {
            for (number, sign) in text.char_indices() {
                let x = 50.0 + 5.0 * number as f64;
                page.add(Sign { x, end: x + 5.0, y: *y, size: 10.0 }, &sign.to_string());
            }
        }
        page
    }

    #[test]
    fn only_what_comes_back_with_the_page_number_goes() {
        let mut pages: Vec<Page> = (1..=3)
            .map(|n| page(&[(780.0, "A"), (700.0, &format!("{}", 10 * n)), (400.0, "B"), (20.0, &n.to_string())]))
            .collect();
        remove(&mut pages);
        let left: Vec<Vec<&str>> =
            pages.iter().map(|page| page.lines.iter().map(|line| &*line.text).collect()).collect();
        assert_eq!(left, [["10", "B"], ["20", "B"], ["30", "B"]]);
    }

    #[test]
    fn one_page_has_nothing_to_compare() {
        let mut pages = vec![page(&[(780.0, "A"), (20.0, "1")])];
        remove(&mut pages);
        assert_eq!(pages[0].lines.len(), 2);
    }
}
