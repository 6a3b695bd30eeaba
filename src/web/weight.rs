//! Weight: pages that readers of pages take much time over are told before they are read.

use super::depth;
use crate::rules::input::PageLimits;

/// Steps that an element takes besides one for each element around it.
const ELEMENT: u64 = 25;

/// So many attributes, squared, of one element are a step: each is compared with those before it.
const ATTRIBUTES: u64 = 100;

/// So many character references, times the bytes of the text they stand in, are a step: each is looked for in all of it.
const REFERENCES: u64 = 10_000;

/// So many bytes of tags are a step: what looks like many tags may be one that has no end.
const SCANNED: u64 = 100;

/// Why a page is not read, for people; `None` if it is.
pub(super) fn too_heavy(limits: &PageLimits, html: &str) -> Option<String> {
    if html.len() > limits.bytes {
        return Some(format!("this page is longer than {} MiB", limits.bytes >> 20));
    }
    let references = |text: &[u8]| memchr::memchr_iter(b'&', text).count() as u64 * text.len() as u64 / REFERENCES;
    let mut steps: u64 = html.as_bytes().split(|&byte| byte == b'<').map(references).sum();
    let (mut scanned, mut deep) = (0_usize, false);
    let mut heavy = steps > limits.steps;
    depth::tags(html, |tag, depth| {
        let (attributes, read) = attributes(tag.as_bytes());
        scanned += read;
        steps += ELEMENT + depth as u64 + attributes * attributes / ATTRIBUTES;
        deep = depth > limits.deepest;
        heavy |= steps + scanned as u64 / SCANNED > limits.steps;
        deep || heavy
    });
    if deep {
        return Some(format!("more than {} elements of this page stand in each other", limits.deepest));
    }
    let heavy =
        heavy.then_some("this page has more elements, attributes or character references than any that people read");
    heavy.map(str::to_owned)
}

/// The number of attributes of a tag, and how far it was read: up to its `>`, as far as it can be a tag.
fn attributes(tag: &[u8]) -> (u64, usize) {
    let (mut number, mut quote, mut before, mut last) = (0, None, b'<', b'<');
    for (at, &byte) in tag.iter().enumerate() {
        let blank = byte.is_ascii_whitespace() || byte == b'/';
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => continue,
            None if byte == b'>' => return (number, at),
            None if last == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None if !blank && byte != b'=' && last != b'=' && before_name(before) => number += 1,
            None => {}
        }
        before = byte;
        last = if blank { last } else { byte };
    }
    (number, tag.len())
}

/// True for what stands before an attribute's name.
fn before_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;
    use crate::rules::input::InputRules;

    fn heavy(html: &str) -> bool {
        too_heavy(&InputRules::load(&RuleFiles::built_in()).unwrap().web.limits, html).is_some()
    }

    #[test]
    fn elements_that_stay_open_are_counted_and_others_not() {
        assert!(heavy(&"<div class=ad>".repeat(2_000)));
        assert!(heavy(&"<div></p>".repeat(2_000)));
        assert!(heavy(&"<table><tr><td>".repeat(2_000)));
        for light in ["<div></div>", "<p>", "<br/>", "<IMG>", "5 < 6 ", "<li><a href=x>a</a>"] {
            assert!(!heavy(&light.repeat(2_000)), "{light}");
        }
    }

    #[test]
    fn what_takes_long_to_read_is_counted() {
        let attributes = |number: usize| (0..number).map(|n| format!(" a{n}=\">\"")).collect::<String>();
        assert!(heavy(&format!("<p{}>", attributes(50_000))) && !heavy(&format!("<p{}>", attributes(500))));
        assert!(heavy(&format!("<p {}>", "b ".repeat(50_000))));
        assert!(heavy(&"&amp;".repeat(200_000)) && !heavy(&"&amp;".repeat(5_000)));
        assert!(!heavy(&"a &amp; b<br>".repeat(20_000)) && heavy(&"<br>".repeat(200_000)));
        assert!(heavy(&"<a".repeat(100_000)) && heavy(&"<a b='".repeat(100_000)));
        assert!(heavy(&"a".repeat(17 << 20)));
    }

    #[test]
    fn attributes_are_told_from_their_values() {
        for (tag, number) in [("a>", 0), ("a b c=d e='f g' h = \"i j\"k>", 5), ("br/>", 0), ("a b='>' c>", 2)] {
            assert_eq!(super::attributes(tag.as_bytes()).0, number, "{tag}");
        }
    }
}
