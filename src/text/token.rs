//! Tokens: words, numbers and signs as ranges into the text.
//!
//! Words are split at hyphens, so that "US-led", "mid-September" and "Nagorno-Karabakh" are read part by part; the
//! lexicon joins again what belongs together. A possessive `'s` is a token of its own. Numbers keep the signs inside
//! them ("4,000", "1.2", "10:35"); abbreviations of single letters ("U.S.") are one token with their points.

use super::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with signs inside.
    Number,
    /// One sign.
    Sign,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// True when its first letter is a capital.
    pub capital: bool,
    /// True when no white space stands before it.
    pub glued: bool,
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Space,
    Letter,
    Digit,
    Sign,
    /// Part of a character outside ASCII.
    High,
}

static BYTES: [Byte; 256] = {
    let mut kinds = [Byte::Sign; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            0..=b' ' => Byte::Space,
            b'0'..=b'9' => Byte::Digit,
            b'A'..=b'Z' | b'a'..=b'z' => Byte::Letter,
            0x80.. => Byte::High,
            _ => Byte::Sign,
        };
        byte += 1;
    }
    kinds
};

/// Bytes of a non-ASCII sign (quotation mark, dash, ellipsis, no-break space) at `at`: its length, 0 for a letter.
fn sign_length(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([0xC2, 0x80..=0xBF, ..]) if !matches!(bytes[at + 1], 0xAA | 0xB5 | 0xBA) => 2,
        Some([0xE2, 0x80 | 0x81, _, ..]) => 3,
        Some([0xE2, 0x82..=0xBF, _, ..]) => 3,
        Some([0xE3, 0x80, 0x80..=0x83, ..]) => 3,
        Some([0xEF, 0xBB | 0xBC | 0xBF, _, ..]) => 3,
        Some([0xF0, _, _, _, ..]) => 4,
        _ => 0,
    }
}

fn is_space_sign(bytes: &[u8], at: usize) -> bool {
    matches!(
        bytes.get(at..),
        Some(
            [0xC2, 0xA0, ..]
            | [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF, ..]
            | [0xE3, 0x80, 0x80, ..]
            | [0xEF, 0xBB, 0xBF, ..],
        )
    )
}

fn is_apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\'', ..]) => 1,
        Some([0xE2, 0x80, 0x99 | 0x98, ..]) => 3,
        _ => 0,
    }
}

fn is_word_byte(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&b| b.is_ascii_alphabetic() || (b >= 0x80 && sign_length(bytes, at) == 0))
}

/// Splits `span` of `text` into tokens and appends them to `out`.
pub fn tokenize(text: &str, span: Span, out: &mut Vec<Token>) {
    tokenize_some(text, span, usize::MAX, out);
}

/// The same, no further than until `out` holds `most` tokens.
pub fn tokenize_some(text: &str, span: Span, most: usize, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let end = (span.end as usize).min(bytes.len());
    let bytes = &bytes[..end];
    let mut at = (span.start as usize).min(end);
    let mut glued = false;
    while at < end && out.len() < most {
        let start = at;
        let kind;
        match BYTES[usize::from(bytes[at])] {
            Byte::Space => {
                at += 1;
                glued = false;
                continue;
            }
            Byte::Letter => {
                at = letters_end(bytes, at);
                // What goes on after an apostrophe, with points, or with other letters is looked at in full.
                match bytes.get(at) {
                    Some(b'\'' | 0x80..) => at = word_end(bytes, start),
                    Some(b'.') if at == start + 1 => at = word_end(bytes, start),
                    _ => {}
                }
                kind = TokenKind::Word;
            }
            Byte::Digit => {
                at = number_end(bytes, at);
                kind = TokenKind::Number;
            }
            Byte::High if sign_length(bytes, at) == 0 => {
                at = word_end(bytes, at);
                kind = TokenKind::Word;
            }
            byte => {
                let apostrophe = is_apostrophe(bytes, at);
                let length = if byte == Byte::High { sign_length(bytes, at).max(1) } else { 1 };
                if byte == Byte::High && is_space_sign(bytes, at) {
                    at += length;
                    glued = false;
                    continue;
                }
                if apostrophe > 0
                    && glued
                    && matches!(bytes.get(at + apostrophe), Some(b's' | b'S'))
                    && !is_word_byte(bytes, at + apostrophe + 1)
                {
                    at += apostrophe + 1;
                    kind = TokenKind::Word;
                } else {
                    at = (at + length).min(end);
                    kind = TokenKind::Sign;
                }
            }
        }
        let first = bytes[start];
        let capital = kind == TokenKind::Word
            && (first.is_ascii_uppercase()
                || (first >= 0x80 && text[start..].chars().next().is_some_and(char::is_uppercase)));
        out.push(Token { span: Span::new(start, at), kind, capital, glued });
        glued = true;
    }
}

/// How many of eight bytes are ASCII letters before the first that is none, all bytes looked at together.
fn letters(bytes: u64) -> usize {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let high = each(0x80);
    let small = (bytes | each(0x20)) & !high;
    let from_a = small + each(0x80 - b'a');
    let past_z = small + each(0x7F - b'z');
    let others = !(from_a & !past_z & !bytes) & high;
    others.trailing_zeros() as usize / 8
}

/// The end of the ASCII letters at `at`.
fn letters_end(bytes: &[u8], at: usize) -> usize {
    match bytes[at..].first_chunk().map(|chunk| letters(u64::from_le_bytes(*chunk))) {
        Some(length) if length < 8 => at + length,
        _ => {
            let letters = bytes[at..].iter().position(|&byte| BYTES[usize::from(byte)] != Byte::Letter);
            letters.map_or(bytes.len(), |length| at + length)
        }
    }
}

fn number_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        let inside = matches!(byte, b'.' | b',' | b':') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !inside {
            break;
        }
        at += 1;
    }
    at
}

/// Bytes of the longest abbreviation of single letters with points; longer runs are none, and are not gone through again
/// from each of their letters.
const LONGEST_LETTERS: usize = 64;

fn word_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    // "U.S.", "a.m.", "D.C.": single letters with points.
    if bytes[start].is_ascii_alphabetic() {
        let mut points = start;
        while points < start + LONGEST_LETTERS
            && bytes.get(points).is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(points + 1) == Some(&b'.')
        {
            points += 2;
        }
        if points >= start + 4 && !is_word_byte(bytes, points) {
            return points;
        }
    }
    loop {
        at = letters_end(bytes, at);
        while is_word_byte(bytes, at) {
            at += 1;
            while at < bytes.len() && bytes[at] & 0xC0 == 0x80 && at > start {
                at += 1;
            }
        }
        let apostrophe = is_apostrophe(bytes, at);
        let inner = apostrophe > 0
            && is_word_byte(bytes, at + apostrophe)
            && (!matches!(bytes[at + apostrophe], b's' | b'S') || is_word_byte(bytes, at + apostrophe + 1));
        if !inner {
            return at.max(start + 1);
        }
        at += apostrophe;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn hyphens_possessives_numbers_and_abbreviations() {
        for (text, want) in [
            ("Azerbaijan’s 4,000 fighters", vec!["Azerbaijan", "’s", "4,000", "fighters"]),
            ("U.S.-led strikes at 10:35 a.m.", vec!["U.S.", "-", "led", "strikes", "at", "10:35", "a.m."]),
            ("didn't kill 20-30.", vec!["didn't", "kill", "20", "-", "30", "."]),
            ("“war.In the", vec!["“", "war", ".", "In", "the"]),
            ("until Sept.30, 1.2 million", vec!["until", "Sept", ".", "30", ",", "1.2", "million"]),
            ("the countries' O’Brien", vec!["the", "countries", "'", "O’Brien"]),
            ("Qarabağ—naïve", vec!["Qarabağ", "—", "naïve"]),
        ] {
            assert_eq!(words(text), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_hold_every_visible_character(text in "\\PC{0,80}") {
            let mut out = Vec::new();
            tokenize(&text, Span::new(0, text.len()), &mut out);
            let mut last = 0;
            for token in &out {
                prop_assert!(token.span.start >= last && !token.span.is_empty());
                prop_assert!(!token.span.of(&text).is_empty());
                last = token.span.end;
            }
            let ascii = |s: &str| s.chars().filter(char::is_ascii_graphic).count();
            prop_assert_eq!(ascii(&text), out.iter().map(|t| ascii(t.span.of(&text))).sum::<usize>());
        }
    }
}
