//! The top of a page: its headline, the masthead above it and the author below it.

use super::line::{Kind, Line, ends_sentence};
use super::outlet;
use crate::rules::page::PageRules;

/// What the top of a page gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head<'t> {
    /// Bytes of the headline.
    pub(super) headline: Option<(usize, usize)>,
    /// The outlet, from a masthead.
    pub(super) masthead: Option<&'t str>,
}

/// Finds the headline, and takes what stands above it, repeats of it and a bare author's name out of the article.
pub(super) fn read<'t>(rules: &PageRules, text: &'t str, lines: &mut [Line], title: Option<&str>) -> Head<'t> {
    let mut head = Head::default();
    let found = match title {
        Some(title) => given(rules, text, lines, title.trim()),
        None => looked_for(rules, text, lines, &mut head),
    };
    let Some((number, start, end)) = found else { return head };
    head.headline = Some((start, end));
    for line in &mut lines[..number] {
        if line.kind == Kind::Text {
            line.kind = Kind::Drop;
        }
    }
    let headline = &text[start..end];
    if let Some(line) = lines.get_mut(number) {
        line.kind = if line.kind == Kind::Prose { Kind::Prose } else { Kind::Text };
    }
    for line in lines.iter_mut().skip(number + 1).take(rules.layout.headline_within) {
        if line.len() == headline.len() && &text[line.start..line.end] == headline {
            line.kind = Kind::Drop;
        }
    }
    let stamp = lines.iter().take(number + rules.layout.headline_within).position(|line| line.kind == Kind::Stamp);
    if let Some(author) = stamp.filter(|&stamp| stamp > number + 1).and_then(|stamp| lines.get_mut(stamp - 1))
        && author.kind == Kind::Text
        && is_name(rules, &text[author.start..author.end])
    {
        author.kind = Kind::Credit;
    }
    head
}

/// The place of a headline that is known: a whole line, the start of one, or a line the known one goes on from.
fn given(rules: &PageRules, text: &str, lines: &[Line], title: &str) -> Option<(usize, usize, usize)> {
    if title.is_empty() {
        return None;
    }
    for (number, line) in lines.iter().take(rules.layout.headline_within).enumerate() {
        let content = &text[line.start..line.end];
        let same = |head: Option<&str>, whole: &str| head.is_some_and(|head| head.eq_ignore_ascii_case(whole));
        // A title may hold line breaks, which the text has too.
        if same(text[line.start..].get(..title.len()), title) {
            let end = line.start + title.len();
            let breaks = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            if breaks {
                return Some((number, line.start, end));
            }
        }
        let enough = content.len() * 2 >= title.len() && line.len() > rules.layout.author_longest / 2;
        if enough && same(title.get(..content.len()), content) {
            return Some((number, line.start, line.end));
        }
    }
    None
}

fn looked_for<'t>(
    rules: &PageRules,
    text: &'t str,
    lines: &[Line],
    head: &mut Head<'t>,
) -> Option<(usize, usize, usize)> {
    let mut candidates: Vec<usize> = Vec::new();
    for (number, line) in lines.iter().take(rules.layout.headline_within).enumerate() {
        let content = &text[line.start..line.end];
        let wrapped =
            lines.get(number + 1).is_some_and(|next| !next.gap && text[next.start..].starts_with(char::is_lowercase));
        if line.stays() && !wrapped && is_headline(rules, content) {
            candidates.push(number);
        } else if line.kind == Kind::Prose {
            break;
        }
    }
    let content = |number: usize| &text[lines[number].start..lines[number].end];
    let mut first = *candidates.first()?;
    if let Some(&next) = candidates.get(1)
        && outlet::is_masthead(rules, content(first))
    {
        head.masthead = Some(content(first));
        first = next;
    }
    let again =
        candidates.iter().enumerate().find(|&(i, &a)| candidates[i + 1..].iter().any(|&b| content(a) == content(b)));
    let number = again.map_or(first, |(_, &number)| number);
    Some((number, lines[number].start, lines[number].end))
}

/// True for a short line of several words that does not end like a sentence or a dateline.
fn is_headline(rules: &PageRules, line: &str) -> bool {
    let open =
        line.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '…', ':', '-', '_', '–', '—', ',', ';']);
    line.len() <= rules.layout.headline_longest
        && !open
        && line.split_whitespace().nth(rules.layout.headline_words.saturating_sub(1)).is_some()
}

/// True for two to four capitalised words without figures.
fn is_name(rules: &PageRules, line: &str) -> bool {
    let words = line.split_whitespace().count();
    line.len() <= rules.layout.author_longest
        && (2..=4).contains(&words)
        && !ends_sentence(line)
        && line.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !line.bytes().any(|b| b.is_ascii_digit())
}
