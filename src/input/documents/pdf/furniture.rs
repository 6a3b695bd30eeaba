//! Heads and feet of pages: what stands at one place of several pages and differs only by the page's number.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Line, Page};

/// What part of a page its head and its foot may take up.
const EDGE: f64 = 0.14;

/// How far such a line may stand higher or lower from page to page.
const STRAYS: f64 = 3.0;

/// Lines at one height that are of one kind but for their numbers are told apart by so many of these.
const GROUPS: usize = 8;

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
    let mut gone: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); pages.len()];
    for mut seen in alike.into_values() {
        seen.sort_by(|one, other| one.y.total_cmp(&other.y));
        for band in seen.chunk_by_mut(|lower, higher| higher.y - lower.y <= STRAYS) {
            band.sort_by_key(|seen| (seen.page, seen.line));
            for group in groups(band) {
                let on: BTreeSet<usize> = group.iter().map(|seen| seen.page).collect();
                if on.len() >= enough {
                    group.iter().for_each(|seen| _ = gone[seen.page].insert(seen.line));
                }
            }
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

/// The lines of one height, each with the first of those before it that it goes together with.
fn groups(band: &[Seen]) -> Vec<Vec<&Seen>> {
    let mut groups: Vec<Vec<&Seen>> = Vec::new();
    for seen in band {
        let may_open = groups.len() < GROUPS;
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| go_together(first, seen))) {
            Some(group) => group.push(seen),
            None if may_open => groups.push(vec![seen]),
            None => {}
        }
    }
    groups
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
    fn an_odd_page_keeps_no_numbers_of_others() {
        let foot = |n: usize| match n {
            1 => (20.0, "1999".to_owned()),
            2 => (60.0, "2".to_owned()),
            n => (20.0, n.to_string()),
        };
        let mut pages: Vec<Page> = (1..=6).map(foot).map(|(y, foot)| page(&[(400.0, "B"), (y, &foot)])).collect();
        remove(&mut pages);
        let left: Vec<usize> = pages.iter().map(|page| page.lines.len()).collect();
        assert_eq!(left, [2, 2, 1, 1, 1, 1]);
    }

    #[test]
    fn one_page_has_nothing_to_compare() {
        let mut pages = vec![page(&[(780.0, "A"), (20.0, "1")])];
        remove(&mut pages);
        assert_eq!(pages[0].lines.len(), 2);
    }
}
