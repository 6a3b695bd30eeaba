//! Depth: how far a page's elements stand in each other, which readers of pages take much time over.

use dom_query::Document;
use memchr::memmem;

/// Elements that end without an end tag.
const OPEN: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "option", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "html", "body", "head",
];

/// Letters of the longest name of these, and some more.
const LONGEST_NAME: usize = 16;

/// Elements in which others are drawn, and of which drawings are full.
const DRAWING: &[&str] = &["svg", "math"];
const DRAWN: &[&str] = &[
    "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", "use", "stop", "g", "image", "animate", "mask",
];

/// Elements whose inside is no markup.
const RAW: &[&str] = &["script", "style"];

/// Goes through the tags that a page seems to have, and shows each, from its name on, with the number of elements that are open
/// after it, until `enough` says so. It is asked before the page is taken apart, which takes much time where elements stand
/// deep, and goes by the tags alone; the insides of scripts, styles and comments are none.
pub(super) fn tags(html: &str, mut enough: impl FnMut(&str, usize) -> bool) {
    let mut depth = 0_usize;
    let mut drawings = 0_usize;
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = rest.get(at + 1..).unwrap_or("");
        if rest.starts_with("!--") {
            rest = after_comment(rest);
            continue;
        }
        let (ends, tag) = rest.strip_prefix('/').map_or((false, rest), |tag| (true, tag));
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name = name(tag);
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if !ends && drawings == 0 && is(RAW) {
            if enough(tag, depth) {
                return;
            }
            rest = after_raw(tag, name);
            continue;
        }
        if is(DRAWING) {
            drawings = if ends { drawings.saturating_sub(1) } else { drawings + 1 };
        }
        let closed = || is(DRAWN) && tag.split(['<', '>']).next().is_some_and(|tag| tag.ends_with('/'));
        let alone = if drawings == 0 { is(OPEN) } else { !ends && closed() };
        depth = match ends {
            _ if alone => depth,
            true => depth.saturating_sub(1),
            false => depth + 1,
        };
        if enough(tag, depth) {
            return;
        }
    }
}

/// True if elements of a page that was taken apart stand deeper than so many in each other, whatever its tags seemed.
pub(super) fn stands_deeper(document: &Document, deepest: usize) -> bool {
    let mut depth = 0_usize;
    let mut node = document.root();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > deepest {
                return true;
            }
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent().filter(|_| depth > 0) else { return false };
            depth -= 1;
            node = parent;
        }
    }
}

/// The name at the beginning of a tag; nothing of one longer than all that are known here.
fn name(tag: &str) -> &str {
    let ends = |b: u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let end = tag.bytes().take(LONGEST_NAME).position(ends).unwrap_or(0);
    tag.get(..end).unwrap_or("")
}

/// What follows a comment, of which the first sign is passed; nothing if it does not end.
fn after_comment(comment: &str) -> &str {
    let bytes = comment.as_bytes();
    let ends = |&at: &usize| bytes[..at].ends_with(b"--") || bytes[..at].ends_with(b"--!");
    memchr::memchr_iter(b'>', bytes).find(ends).and_then(|at| comment.get(at..)).unwrap_or("")
}

/// What follows the end tag of an element whose inside is no markup; nothing if it has none.
fn after_raw<'h>(tag: &'h str, name: &str) -> &'h str {
    let mut rest = tag;
    while let Some(at) = memmem::find(rest.as_bytes(), b"</") {
        rest = rest.get(at + 2..).unwrap_or("");
        if self::name(rest).eq_ignore_ascii_case(name) {
            return rest;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEEPEST: usize = 1_000;

    fn is_too_deep(html: &str) -> bool {
        let mut deep = false;
        tags(html, |_, depth| {
            deep = depth > DEEPEST;
            deep
        });
        deep
    }

    #[test]
    fn elements_that_stay_open_are_counted_and_others_not() {
        for deep in ["<div class=ad>", "<div></p>", "<table><tr><td>", "<p:x>", "<br.x>", "<rt>", "<optgroup>"] {
            assert!(is_too_deep(&deep.repeat(2_000)), "{deep}");
        }
        for hidden in ["<svg><tr>", "<!--><div>", "<!--a--!><div>", "<svg><script><div>", "<script></script><div>"] {
            assert!(is_too_deep(&hidden.repeat(2_000)), "{hidden}");
        }
        for shallow in ["<div></div>", "<p>", "<br/>", "<IMG>", "5 < 6 ", "<li><a href=x>a</a>"] {
            assert!(!is_too_deep(&shallow.repeat(2_000)), "{shallow}");
        }
    }

    #[test]
    fn scripts_comments_and_drawings_do_not_make_a_page_deep() {
        for (open, many, close) in [
            ("<script>", "for(i=0;i<n;i++){if(a<b.c)d=\"<div>\"}", "</script>"),
            ("<SCRIPT async>", "x<y", "</Script >"),
            ("<style>", "a<b{}", "</style>"),
            ("<!--", "<div>", "-->"),
            ("<svg viewBox=\"0 0 9 9\">", "<path d=\"M0 0\"/><circle r=\"1\" />", "</svg>"),
        ] {
            assert!(!is_too_deep(&format!("{open}{}{close}<p>Two died.", many.repeat(2_000))), "{open}");
            let after = format!("{open}{many}{close}{}", "<div>".repeat(2_000));
            assert!(is_too_deep(&after), "what follows {open} counts");
        }
    }

    #[test]
    fn a_page_that_was_taken_apart_is_measured_as_it_stands() {
        let page = |deep: usize| Document::from(format!("<p>{}Two died.", "<div>".repeat(deep)));
        assert!(stands_deeper(&page(2_000), DEEPEST) && !stands_deeper(&page(500), DEEPEST));
        assert!(!stands_deeper(&Document::from("<p>Two <b>died</b>.</p>".repeat(2_000)), DEEPEST));
        assert!(!stands_deeper(&Document::from(""), DEEPEST));
    }
}
