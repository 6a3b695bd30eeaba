//! The text of a page: furniture left out, paragraphs as lines.

use std::collections::BTreeMap;

use dom_query::{Document, Matcher, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::depth;
use crate::rules::input::WebRules;

/// Takes the parts out of the page that are no article.
pub(super) fn drop_furniture(rules: &WebRules, document: &Document) {
    document.select_matcher(&rules.always).remove();
    drop_small(rules, &rules.small, document);
}

/// Takes the parts out that `matcher` finds, but none that holds most of the page's paragraphs.
fn drop_small(rules: &WebRules, matcher: &Matcher, document: &Document) {
    let mut held: BTreeMap<_, usize> = BTreeMap::new();
    let parts = document.select_matcher(matcher);
    for part in parts.nodes() {
        held.insert(part.id, 0);
    }
    if held.is_empty() {
        return;
    }
    let paragraphs = document.select_matcher(&rules.paragraphs);
    let weighed = paragraphs.nodes().iter().map(|node| {
        let length = node.normalized_char_count();
        // Lines of a menu or a footer are short and no sentences, however many there are.
        let runs = length >= rules.running || node.text().trim_end().ends_with(|c| rules.ends.contains(c));
        (node, length, runs)
    });
    let weighed: Vec<_> = weighed.collect();
    let some_run = weighed.iter().any(|(_, _, runs)| *runs);
    let mut total = 0;
    for (paragraph, length, _) in weighed.into_iter().filter(|(_, _, runs)| *runs || !some_run) {
        total += length;
        let up = std::iter::once(*paragraph).chain(paragraph.ancestors_it(None));
        up.for_each(|node| {
            if let Some(held) = held.get_mut(&node.id) {
                *held += length;
            }
        });
    }
    let small = |node: &&NodeRef<'_>| {
        held.get(&node.id).is_some_and(|&length| length as f64 <= rules.share * total as f64)
            && !node.has_name("body")
            && !node.has_name("html")
            && !node.has_name("meta")
    };
    parts.nodes().iter().filter(small).for_each(|node| node.remove_from_parent());
}

/// The article's paragraphs; `stated` is the text that the page's JSON-LD gives, tidied.
pub(super) fn text(rules: &WebRules, document: Document, html: &str, stated: Option<String>) -> String {
    drop_small(rules, &rules.about, &document);
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let grabbed = Readability::with_document(document, None, Some(config)).and_then(|mut page| page.parse());
    let shown = match grabbed {
        Ok(article) => tidy(&article.text_content),
        Err(_) => paragraphs(rules, html),
    };
    let stated = stated.unwrap_or_default();
    if (shown.len() as f64) < rules.shown * stated.len() as f64 { stated } else { shown }
}

/// A stretch of HTML as paragraphs; nothing of one that is too heavy.
pub(super) fn plain(rules: &WebRules, html: &str) -> String {
    if !html.contains(['<', '&']) {
        return tidy(html);
    }
    fragment(rules, html).map(|document| tidy(&document.formatted_text())).unwrap_or_default()
}

/// A stretch of HTML taken apart; none of one that is too heavy.
fn fragment(rules: &WebRules, html: &str) -> Option<Document> {
    let document = Some(html).filter(|html| super::too_heavy(rules, html).is_none()).map(Document::fragment)?;
    Some(document).filter(|document| !depth::stands_deeper(document, rules.limits.deepest))
}

/// The paragraphs of the page's first part that holds any.
fn paragraphs(rules: &WebRules, html: &str) -> String {
    let document = Document::from(html);
    drop_furniture(rules, &document);
    drop_small(rules, &rules.about, &document);
    let all = |matcher: &Matcher| -> Vec<String> {
        let found = document.select_matcher(matcher);
        found.iter().map(|paragraph| tidy(&paragraph.text())).filter(|text| !text.is_empty()).collect()
    };
    rules.fallback.iter().map(all).find(|found| !found.is_empty()).unwrap_or_default().join("\n\n")
}

/// True for marks of where a browser may break a word, and for a mark of byte order: nobody sees them.
fn is_break(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Lines without outer and doubled blanks, with no more than one empty line between them, and without the marks of where
/// words may break. Other spaces stay, because they may stand inside numbers.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines() {
        let before = tidied.len();
        for word in line.split_ascii_whitespace().filter(|word| !word.chars().all(is_break)) {
            match tidied.len() {
                0 => {}
                length if length > before => tidied.push(' '),
                _ => tidied.push_str(if gap { "\n\n" } else { "\n" }),
            }
            tidied.extend(word.chars().filter(|c| !is_break(*c)));
        }
        gap = tidied.len() == before;
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tidied_and_spaces_inside_numbers_kept() {
        assert_eq!(tidy(" \n a  b\t\nc\n\n\n 5\u{a0}000 men \n"), "a b\nc\n\n5\u{a0}000 men");
        assert_eq!(tidy("sol\u{ad}diers\u{200b} \u{feff}\n\u{200b}\nx"), "soldiers\n\nx");
    }
}
