//! Depth: how far a page's elements stand in each other, which readers of pages take much time over.

/// No page that people read is deeper.
const DEEPEST: usize = 1_000;

/// Elements that end without an end tag.
const OPEN: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "rp", "rt", "colgroup",
    "html", "body", "head",
];

/// True if more elements are open at one place than in any page that people read.
pub(super) fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut depth = 0_usize;
    for at in memchr::memchr_iter(b'<', bytes) {
        let Some(tag) = html.get(at + 1..) else { continue };
        let (ends, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = tag.bytes().take(16).position(|b| !b.is_ascii_alphanumeric() && b != b'-').unwrap_or(0);
        let name = tag.get(..end).unwrap_or("");
        if OPEN.iter().any(|open| open.eq_ignore_ascii_case(name)) {
            continue;
        }
        depth = if ends { depth.saturating_sub(1) } else { depth + 1 };
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_stay_open_are_counted_and_others_not() {
        assert!(is_too_deep(&"<div class=ad>".repeat(2_000)));
        assert!(is_too_deep(&"<div></p>".repeat(2_000)));
        assert!(is_too_deep(&"<table><tr><td>".repeat(2_000)));
        for shallow in ["<div></div>", "<p>", "<br/>", "<IMG>", "5 < 6 ", "<li><a href=x>a</a>"] {
            assert!(!is_too_deep(&shallow.repeat(2_000)), "{shallow}");
        }
    }
}
