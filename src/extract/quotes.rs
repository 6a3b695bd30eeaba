//! Quotations: stretches between quotation marks, and what is said completed by those that belong to it.

use super::said::Spoken;
use crate::text::Span;

/// The quotations of a text, marks included, in order: each ends with the mark of its own kind, else with its paragraph.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match (sign, open) {
            ('“' | '"', None) => open = Some((at, sign)),
            ('”', Some((start, '“'))) | ('"', Some((start, '"'))) => {
                found.push(Span::new(start, end));
                open = None;
            }
            ('\n', Some((start, _))) => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|(start, _)| Span::new(start, text.len())));
    found
}

/// Completes what is said: a quotation is said as a whole, also where it began sentences before, and so is the next one
/// of its paragraph that nobody else says. What is told within a quotation is the quotation's.
pub(super) fn complete(text: &str, said: &mut Vec<Spoken>) {
    let quotations = quotations(text);
    said.retain(|spoken| {
        let after = quotations.partition_point(|quote| quote.start < spoken.cue.start);
        quotations[..after].last().is_none_or(|quote| spoken.cue.end >= quote.end)
    });
    for spoken in said.iter_mut() {
        if spoken.content.is_empty() {
            spoken.content = following(text, &quotations, spoken.sentence.end);
        }
        let from = quotations.partition_point(|quote| quote.end <= spoken.content.start);
        let to = quotations.partition_point(|quote| quote.start < spoken.content.end);
        let within = quotations.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (within.first(), within.last()) else { continue };
        let lead = between(text, spoken.content.start, first.start);
        let direct = lead.is_none_or(|lead| lead.trim().is_empty());
        if direct {
            spoken.content = Span { start: first.start.min(spoken.content.start), end: spoken.content.end };
        }
        if last.start < spoken.content.end && spoken.content.end < last.end && spoken.cue.end <= last.start {
            spoken.content = Span { start: spoken.content.start, end: last.end };
        }
        spoken.direct = direct;
    }
    for i in 0..said.len() {
        if !said[i].direct {
            continue;
        }
        loop {
            let spoken = &said[i];
            let parts = [spoken.content.end, spoken.cue.end, spoken.source.map_or(0, |source| source.end)];
            let end = parts.into_iter().max().unwrap_or(spoken.content.end);
            let next = quotations.get(quotations.partition_point(|quote| quote.start < end));
            let follows = |quote: &&Span| {
                let gap = |from: u32| {
                    let apart = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
                    between(text, from, quote.start).is_some_and(|gap| gap.chars().all(apart))
                };
                (gap(end) || end <= spoken.sentence.end && gap(spoken.sentence.end))
                    && !said.iter().enumerate().any(|(j, other)| j != i && other.content.overlaps(**quote))
            };
            let Some(quote) = next.filter(follows) else { break };
            said[i].content = Span { start: said[i].content.start, end: quote.end };
        }
    }
}

/// What follows a colon that ends a sentence: the next quotation, else the next line.
fn following(text: &str, quotations: &[Span], end: u32) -> Span {
    let rest = text.get(end as usize..).unwrap_or_default();
    let start = end as usize + rest.len() - rest.trim_start().len();
    let next = quotations.get(quotations.partition_point(|quote| (quote.start as usize) < start));
    match next.filter(|quote| quote.start as usize == start) {
        Some(quote) => *quote,
        None => Span::new(start, start + text[start..].find('\n').unwrap_or(text.len() - start)),
    }
}

fn between(text: &str, start: u32, end: u32) -> Option<&str> {
    text.get(start as usize..end as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_end_at_their_mark_or_with_their_paragraph() {
        let text = "He said “yes”. \"No\" was hers.\n“Open\nnext";
        let found: Vec<&str> = quotations(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["“yes”", "\"No\"", "“Open"]);
    }

    #[test]
    fn a_quotation_is_said_as_a_whole_and_so_is_the_next_of_its_paragraph() {
        let text = "“It was loud. It was dark,” Quill said. “We ran.” He left.\n“Never,” Birch said.";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let spoken = |content: &str, cue: &str| Spoken {
            sentence: span(cue),
            source: None,
            cue: span(cue),
            content: span(content),
            direct: false,
            rule: crate::value::Name::from("rule"),
        };
        let mut said = vec![spoken("It was dark,”", "Quill said"), spoken("“Never,”", "Birch said")];
        complete(text, &mut said);
        assert_eq!(said[0].content.of(text), "“It was loud. It was dark,” Quill said. “We ran.”");
        assert_eq!(said[1].content.of(text), "“Never,”");
        assert!(said.iter().all(|spoken| spoken.direct));
    }
}
