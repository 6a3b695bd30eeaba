//! Where the article ends, and the stretches of text that it is.

use super::line::{Kind, Line, ends_sentence};
use crate::rules::page::PageRules;
use crate::text::Span;

/// Takes out what follows the marks after which no article stands any more; returns the number of the first line after
/// which nothing comes back.
pub(super) fn cut_ends(rules: &PageRules, text: &str, lines: &mut [Line]) -> usize {
    let prose = |line: &Line| if line.kind == Kind::Prose { line.len() } else { 0 };
    let total: usize = lines.iter().map(prose).sum();
    let mut before = 0;
    let mut number = 0;
    while let Some(line) = lines.get(number) {
        let length = prose(line);
        match line.kind {
            // Readers' words may be as long as any paragraph; yet a mark above most of the text is a link at the page's top.
            Kind::Comments if before > 0 && before >= total - before => {
                return drop_from(lines, number, lines.len());
            }
            Kind::End if before > 0 => match resumes(rules, text, lines, number) {
                Some(next) => {
                    drop_from(lines, number, next);
                    number = next;
                    continue;
                }
                None => return drop_from(lines, number, lines.len()),
            },
            _ => before += length,
        }
        number += 1;
    }
    lines.len()
}

/// The line at which the article goes on after the end mark on line `mark`.
fn resumes(rules: &PageRules, text: &str, lines: &[Line], mark: usize) -> Option<usize> {
    let mut run = 0;
    for (number, line) in lines.iter().enumerate().skip(mark + 1) {
        if line.kind == Kind::Comments {
            return None;
        }
        let sentence = line.kind == Kind::Prose && ends_sentence(&text[line.start..line.end]);
        run = if sentence { run + 1 } else { 0 };
        // Under a heading of links stands a link; a paragraph there means that the heading was an inset.
        let inset = number == mark + 1 && line.len() >= rules.layout.prose_line;
        if run >= rules.layout.resume_run || sentence && (inset || line.len() >= rules.layout.resume_line) {
            return Some(number + 1 - run);
        }
    }
    None
}

fn drop_from(lines: &mut [Line], from: usize, to: usize) -> usize {
    for line in lines.iter_mut().take(to).skip(from) {
        line.kind = Kind::Drop;
    }
    from
}

/// The article's spans: neighbouring lines that stay are one, the headline is one of its own, `cuts` (in order) are left out.
pub(super) fn spans(
    text: &str,
    lines: &[Line],
    cuts: &[(usize, usize)],
    headline: Option<(usize, usize)>,
) -> Vec<Span> {
    let mut builder = Builder { text, spans: Vec::new(), open: None };
    let headline = headline.unwrap_or((0, 0));
    let mut cuts = cuts.iter().copied().peekable();
    for line in lines {
        if !line.stays() {
            builder.close();
            continue;
        }
        let mut at = line.start;
        while at < line.end {
            while cuts.next_if(|cut| cut.1 <= at).is_some() {}
            let cut = cuts.peek().copied().filter(|cut| cut.0 < line.end);
            let stop = cut.map_or(line.end, |cut| cut.0.max(at));
            let edge = [headline.0, headline.1].into_iter().filter(|&edge| at < edge && edge < stop).min();
            let stop = edge.unwrap_or(stop);
            if at == headline.0
                || at == headline.1
                || at >= headline.1 && builder.open.is_some_and(|open| open.1 <= headline.1)
            {
                builder.close();
            }
            builder.add(at, stop);
            match cut {
                Some(cut) if edge.is_none() => {
                    builder.close();
                    at = cut.1.max(at);
                }
                _ => at = stop,
            }
            if stop == line.end {
                break;
            }
        }
    }
    builder.close();
    builder.spans
}

struct Builder<'t> {
    text: &'t str,
    spans: Vec<Span>,
    open: Option<(usize, usize)>,
}

impl Builder<'_> {
    fn add(&mut self, start: usize, end: usize) {
        if start < end {
            self.open = Some((self.open.map_or(start, |open| open.0), end));
        }
    }

    fn close(&mut self) {
        let Some((start, end)) = self.open.take() else { return };
        let Some(part) = self.text.get(start..end) else { return };
        let from = start + (part.len() - part.trim_start().len());
        let part = part.trim();
        if part.contains(char::is_alphanumeric) {
            self.spans.push(Span::new(from, from + part.len()));
        }
    }
}
