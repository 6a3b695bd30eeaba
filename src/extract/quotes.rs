//! Quotations: stretches between quotation marks, and what is said completed by those that belong to it.

use super::said::Spoken;
use crate::text::Span;

/// The quotations of a text, marks included, in order. One that is not closed ends with its paragraph.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match (sign, open) {
            ('“', None) | ('"', None) => open = Some(at),
            ('”' | '"', Some(start)) => {
                found.push(Span::new(start, end));
                open = None;
            }
            ('\n', Some(start)) => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(start, text.len())));
    found
}

/// Completes what is said: a quotation is said as a whole, also where it began sentences before, and so is the next one
/// of its paragraph that nobody else says.
pub(super) fn complete(text: &str, said: &mut [Spoken]) {
    let quotations = quotations(text);
    for spoken in said.iter_mut() {
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
            let end =
                [Some(spoken.content), Some(spoken.cue), spoken.source].into_iter().flatten().map(|s| s.end).max();
            let end = end.unwrap_or(spoken.content.end);
            let next = quotations.get(quotations.partition_point(|quote| quote.start < end));
            let follows = |quote: &&Span| {
                let apart = between(text, end, quote.start)
                    .unwrap_or("x")
                    .chars()
                    .all(|c| c.is_whitespace() && c != '\n' || c.is_ascii_punctuation());
                apart && !said.iter().enumerate().any(|(j, other)| j != i && other.content.overlaps(**quote))
            };
            let Some(quote) = next.filter(follows) else { break };
            said[i].content = Span { start: said[i].content.start, end: quote.end };
        }
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
            source: None,
            cue: span(cue),
            content: span(content),
            direct: false,
            rule: crate::value::Name::from("rule"),
        };
        let mut said = [spoken("It was dark,”", "Quill said"), spoken("“Never,”", "Birch said")];
        complete(text, &mut said);
        assert_eq!(said[0].content.of(text), "“It was loud. It was dark,” Quill said. “We ran.”");
        assert_eq!(said[1].content.of(text), "“Never,”");
        assert!(said.iter().all(|spoken| spoken.direct));
    }
}
