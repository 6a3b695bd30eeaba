//! The agency whose words an article carries, as its first and last words credit it.

use super::line::{Kind, Line};
use crate::rules::page::PageRules;

/// The agency that the first words of an article credit, else its byline or copyright line, else its last words.
///
/// `last` is the number of the first line after which no article stands any more.
pub(super) fn of_page<'t>(
    rules: &'t PageRules,
    text: &'t str,
    lines: &[Line],
    last: usize,
    headline: Option<(usize, usize)>,
) -> Option<&'t str> {
    let words = |line: &Line| text.get(line.start..line.end).unwrap_or_default();
    let lines = &lines[..last.min(lines.len())];
    let prose = lines.iter().filter(|line| line.kind == Kind::Prose).take(rules.layout.credit_paragraphs);
    let title = headline.and_then(|(start, end)| text.get(start..end));
    let mut heads = title.into_iter().chain(prose.map(words));
    let opening = heads.find_map(|line| rules.credits.opening(head(line, rules.layout.credit_letters)));
    let mut owners = lines.iter().filter(|line| line.kind == Kind::Credit).map(words);
    let owner = || owners.find_map(|line| rules.credits.named(line));
    let mut closing = lines.iter().rev().take(rules.layout.credit_lines).map(words);
    opening.or_else(owner).or_else(|| closing.find_map(|line| rules.credits.closing(line)))
}

/// The agency that a line credits, wherever it stands.
pub(super) fn of_line<'t>(rules: &'t PageRules, line: &'t str) -> Option<&'t str> {
    rules.credits.opening(head(line, rules.layout.credit_letters)).or_else(|| rules.credits.closing(line))
}

/// The first letters of a line.
fn head(line: &str, letters: usize) -> &str {
    let end = line.char_indices().nth(letters).map_or(line.len(), |(at, _)| at);
    &line[..end]
}
