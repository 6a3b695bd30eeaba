//! Sentences: where one ends and the next begins.
//!
//! A sentence ends at `.`, `!`, `?` or `…` with its closing quotation marks and brackets, and at the end of a
//! paragraph. Which abbreviations go on is the caller's knowledge (a word list), so that a language brings its own.

use super::Span;

/// What the word before a full stop says about the sentence going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An ordinary word: the sentence ends.
    Ends,
    /// An abbreviation that never ends a sentence ("Gen.").
    Goes,
    /// An abbreviation that goes on before a number ("Sept. 30").
    GoesBeforeNumber,
    /// An abbreviation that may end a sentence ("U.S."): it goes on unless a sentence opener follows.
    May,
}

/// Knowledge of a language's abbreviations and of words that open sentences.
pub trait Abbreviations {
    /// What a full stop after `word` means.
    fn stop(&self, word: &str) -> Stop;
    /// True if a capitalised `word` after an abbreviation opens a new sentence.
    fn opens(&self, word: &str) -> bool;
}

/// Appends the sentences of `span` of `text` to `out`, without the white space around them.
pub fn split(text: &str, span: Span, language: &impl Abbreviations, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let end = (span.end as usize).min(bytes.len());
    let mut start = span.start as usize;
    let mut at = start;
    while let Some(found) = next_mark(&bytes[at.min(end)..end]) {
        let mark = at + found;
        let stop = if bytes[mark] == b'\n' {
            at = mark + 1;
            line_ends_sentence(text, start, mark, end).then_some(mark)
        } else {
            let after = close(bytes, mark, end);
            at = after.max(mark + 1);
            ends_here(text, start, mark, after, end, language).then_some(after)
        };
        if let Some(stop) = stop {
            push(text, start, stop, out);
            start = stop;
        }
    }
    push(text, start, end, out);
}

/// Bytes that are looked at together.
const CHUNK: usize = 16;

fn next_mark(bytes: &[u8]) -> Option<usize> {
    let mark = |&byte: &u8| (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte == b'\n') | (byte == 0xE2);
    let ellipsis = |at: usize| bytes.get(at..at + 3) == Some(&[0xE2, 0x80, 0xA6]);
    let mut from = 0;
    loop {
        while bytes.get(from..from + CHUNK).is_some_and(|chunk| !chunk.iter().fold(false, |any, b| any | mark(b))) {
            from += CHUNK;
        }
        let found = from + bytes[from..].iter().position(mark)?;
        if bytes[found] != 0xE2 || ellipsis(found) {
            return Some(found);
        }
        from = found + 1;
    }
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let Some(part) = text.get(start..end) else { return };
    let trimmed = part.trim_start();
    let start = start + (part.len() - trimmed.len());
    let trimmed = trimmed.trim_end();
    if !trimmed.is_empty() {
        out.push(Span::new(start, start + trimmed.len()));
    }
}

/// Where the closing quotation marks, brackets and further marks after the mark at `at` end.
fn close(bytes: &[u8], at: usize, end: usize) -> usize {
    let mut i = at;
    while i < end {
        i += match &bytes[i..end] {
            [b'.' | b'!' | b'?' | b'"' | b')' | b']', ..] => 1,
            // An apostrophe closes a quotation, unless a letter follows ("'the").
            [b'\'', next, ..] if next.is_ascii_alphanumeric() => break,
            [b'\'', ..] => 1,
            [0xE2, 0x80, 0xA6 | 0x9D | 0x99, ..] => 3,
            [0xC2, 0xBB, ..] => 2,
            _ => break,
        };
    }
    i
}

/// A line's end inside a paragraph is only a wrapped line when the text plainly goes on.
fn line_ends_sentence(text: &str, start: usize, mark: usize, end: usize) -> bool {
    let line_start = text[start..mark].rfind('\n').map_or(start, |i| start + i + 1);
    let rest = text[mark + 1..end].trim_start_matches([' ', '\t', '\r']);
    if rest.starts_with('\n') || rest.is_empty() || mark - line_start < 40 {
        return true;
    }
    let goes_on = rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(');
    let closed = text[line_start..mark].trim_end().ends_with(['.', '!', '?', '"', '”', ':']);
    closed || !goes_on
}

fn ends_here(text: &str, start: usize, mark: usize, after: usize, end: usize, language: &impl Abbreviations) -> bool {
    let bytes = text.as_bytes();
    let Some(rest) = text.get(after..end) else { return false };
    let next = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
    if next.is_empty() || next.starts_with('\n') {
        return false;
    }
    let glued = next.len() == rest.len();
    let first = next.chars().find(|c| !matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '`'));
    let opener = first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let quote_opens = next.starts_with(['"', '“', '«']);
    if bytes[mark] != b'.' {
        return !glued && (opener || quote_opens);
    }
    let word = last_word(&text[start..mark]);
    if glued {
        // "war.In": a lower-case word, the point, and a capitalised word.
        let mut chars = next.chars();
        return after == mark + 1
            && word.len() >= 3
            && word.chars().all(char::is_lowercase)
            && chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_some_and(char::is_lowercase);
    }
    if !opener && !quote_opens {
        return false;
    }
    if after > mark + 1 && bytes[after - 1] != b'.' {
        return true;
    }
    let single = word.len() == 1 && word.chars().all(char::is_uppercase);
    let stop = if single { Stop::May } else { language.stop(word) };
    match stop {
        Stop::Ends => true,
        Stop::Goes => false,
        Stop::GoesBeforeNumber => !first.is_some_and(|c| c.is_ascii_digit()),
        Stop::May => {
            let following = next.trim_start_matches(|c: char| !c.is_alphanumeric());
            let following = &following[..following.find(|c: char| !c.is_alphabetic()).unwrap_or(following.len())];
            // "John F. Kennedy": an initial goes on whatever follows; "the U.S. The" does not.
            (!single || text[start..mark].ends_with("U.S")) && language.opens(following)
        }
    }
}

/// Bytes of the longest word before a full stop that is looked at: no abbreviation is longer.
const LONGEST_WORD: usize = 256;

/// The word before a full stop, with the points inside it ("U.S", "a.m") and without digits glued to it ("10a.m"); of a
/// longer one than an abbreviation can be its end.
fn last_word(text: &str) -> &str {
    let text = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_WORD))..];
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    text[start..].trim_start_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Few;

    impl Abbreviations for Few {
        fn stop(&self, word: &str) -> Stop {
            match word {
                "Gen" | "Mr" => Stop::Goes,
                "Sept" | "Oct" => Stop::GoesBeforeNumber,
                "U.S" | "a.m" => Stop::May,
                _ => Stop::Ends,
            }
        }

        fn opens(&self, word: &str) -> bool {
            matches!(word, "The" | "It")
        }
    }

    fn sentences(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        split(text, Span::new(0, text.len()), &Few, &mut out);
        out.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, want) in [
            ("Six died. Two lived.", vec!["Six died.", "Two lived."]),
            ("Gen. Smith spoke. It ended.", vec!["Gen. Smith spoke.", "It ended."]),
            ("Since Oct. 10, until Sept.30 amid", vec!["Since Oct. 10, until Sept.30 amid"]),
            (
                "the U.S. State Department left the U.S. The end",
                vec!["the U.S. State Department left the U.S.", "The end"],
            ),
            ("They fought a war.In the past", vec!["They fought a war.", "In the past"]),
            ("“It was war.” He left. \"No.\" She", vec!["“It was war.”", "He left.", "\"No.\"", "She"]),
            ("It rose 1.2 percent to 3.5. Then", vec!["It rose 1.2 percent to 3.5.", "Then"]),
            ("John F. Kennedy Airport is big.", vec!["John F. Kennedy Airport is big."]),
            ("It began at 10a.m. Tuesday there.", vec!["It began at 10a.m. Tuesday there."]),
            ("Headline without stop\n\nBody text.", vec!["Headline without stop", "Body text."]),
            ("pic.twitter.com shows it", vec!["pic.twitter.com shows it"]),
            ("What? – Fight in Armenia", vec!["What? – Fight in Armenia"]),
        ] {
            assert_eq!(sentences(text), want, "{text}");
        }
    }

    #[test]
    fn a_wrapped_line_goes_on() {
        let text = "Officials said on Monday that at least fourteen people\nwere killed in the blast.\nTwo more died.";
        assert_eq!(sentences(text).len(), 2);
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_and_lose_nothing_but_space(text in "[a-zA-Z“”\"'.!?… \n0-9é]{0,120}") {
            let mut out = Vec::new();
            split(&text, Span::new(0, text.len()), &Few, &mut out);
            let visible = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
            prop_assert_eq!(visible(&text), out.iter().map(|s| visible(s.of(&text))).sum::<usize>());
            prop_assert!(out.windows(2).all(|w| w[0].end <= w[1].start));
        }
    }
}
