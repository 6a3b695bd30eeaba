//! Weight: PDFs that unpack to too much, or that nobody may read, are told before they are read.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::DeflateDecoder;
use memchr::memmem;

use crate::rules::input::DocumentLimits;

/// Why a PDF with a password, or with rights that only a password lifts, is not read.
pub(super) const ENCRYPTED: &str = "it is encrypted";

/// The longest name that is looked for.
const LONGEST: usize = 16;

/// Packings in each other.
const DEEPEST: usize = 4;

/// What looking at a stream costs beside what is read of it.
const EACH: u64 = 1 << 10;

/// Bytes by which text that stands for bytes is told.
const SAMPLE: usize = 64;

/// Why a PDF is not read, for people.
pub(super) fn check(limits: &DocumentLimits, bytes: &[u8]) -> Result<(), String> {
    for at in memchr::memchr_iter(b'/', bytes) {
        let before = bytes.get(..at).unwrap_or_default().trim_ascii_end();
        match &*name(bytes.get(at + 1..).unwrap_or_default()) {
            b"Encrypt" => return Err(ENCRYPTED.to_owned()),
            name @ (b"LZWDecode" | b"RunLengthDecode") => return Err(packed_with(name)),
            // Short names also stand for other things, and by chance in pictures.
            name @ (b"LZW" | b"RL")
                if ["[", "/Filter", "/F", "obj", "Decode"].iter().any(|end| before.ends_with(end.as_bytes())) =>
            {
                return Err(packed_with(name));
            }
            _ => {}
        }
    }
    let mut left = limits.unpacked;
    for at in memmem::find_iter(bytes, b"stream") {
        if bytes.get(..at).is_some_and(|before| before.ends_with(b"end")) {
            continue;
        }
        let body = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        left = left
            .checked_sub(EACH)
            .and_then(|left| weighed(body, left))
            .ok_or_else(|| format!("it unpacks to more than {} MiB", limits.unpacked >> 20))?;
    }
    Ok(())
}

fn packed_with(name: &[u8]) -> String {
    format!("it is packed with {}, which is not read here", String::from_utf8_lossy(name))
}

/// A name up to its end, `#` and two figures of hexadecimal read as the byte that they stand for.
fn name(bytes: &[u8]) -> Vec<u8> {
    let ends = |byte: u8| byte.is_ascii_whitespace() || byte == 0 || b"/[]<>(){}%".contains(&byte);
    let mut name = Vec::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first().filter(|(byte, _)| !ends(**byte) && name.len() < LONGEST) {
        let figure = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        match (byte, figure(0), figure(1)) {
            (b'#', Some(high), Some(low)) => {
                name.extend(u8::try_from(high * 16 + low));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                name.push(byte);
                rest = after;
            }
        }
    }
    name
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0
}

/// The bytes that a stretch of text stands for, in base 85 or 16, and how much of it was read, up to its end or the first
/// sign of another kind; `None` if it is no such text.
fn from_text(body: &[u8], most: u64) -> Option<(Vec<u8>, usize)> {
    let sample = body.get(..SAMPLE.min(body.len()))?;
    let all = |fits: fn(u8) -> bool| sample.iter().all(|&byte| is_blank(byte) || fits(byte));
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    if all(|byte| byte.is_ascii_hexdigit() || byte == b'>') {
        Some(from_16(body, most))
    } else if all(|byte| matches!(byte, b'!'..=b'u' | b'z' | b'~')) {
        Some(from_85(body, most))
    } else {
        None
    }
}

fn from_16(body: &[u8], most: usize) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut high = None;
    for (at, &sign) in body.iter().enumerate().filter(|(_, sign)| !is_blank(**sign)) {
        let figure = char::from(sign).to_digit(16).and_then(|figure| u8::try_from(figure).ok());
        let Some(figure) = figure.filter(|_| bytes.len() <= most) else {
            bytes.extend(high);
            return (bytes, at);
        };
        match high.take() {
            Some(high) => bytes.push(high | figure),
            None => high = Some(figure << 4),
        }
    }
    bytes.extend(high);
    (bytes, body.len())
}

fn from_85(body: &[u8], most: usize) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let (mut group, mut held) = (0_u32, 0);
    // What a group that ends early stands for.
    let rest = |group: u32, held: usize| {
        let filled = (held..5).fold(group, |group, _| group.wrapping_mul(85).wrapping_add(84));
        filled.to_be_bytes().into_iter().take(held.saturating_sub(1))
    };
    for (at, &sign) in body.iter().enumerate().filter(|(_, sign)| !is_blank(**sign)) {
        match sign {
            _ if bytes.len() > most => return (bytes, at),
            b'z' => {
                bytes.extend(rest(group, held).chain([0; 4]));
                (group, held) = (0, 0);
            }
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(sign - b'!'));
                held += 1;
            }
            _ => {
                bytes.extend(rest(group, held));
                return (bytes, at);
            }
        }
        if held == 5 {
            bytes.extend(group.to_be_bytes());
            (group, held) = (0, 0);
        }
    }
    bytes.extend(rest(group, held));
    (bytes, body.len())
}

/// True for the first bytes of what zlib packed.
fn is_packed(head: &[u8]) -> bool {
    matches!(head, [kind, flags, ..]
        if kind & 0x0F == 8 && flags & 0x20 == 0 && (u16::from(*kind) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// What is left once a stream was unpacked, as text and as it stands; `None` if it takes more.
///
/// What is read counts as what comes of it does: streams that begin in each other make a file no heavier than it may be.
fn weighed(body: &[u8], left: u64) -> Option<u64> {
    let left = unpacked(body, left)?;
    let Some((bytes, read)) = from_text(body, left) else { return Some(left) };
    unpacked(&bytes, left.checked_sub(bytes.len().max(read) as u64)?)
}

/// What is left once a stream was unpacked at each of its packings; `None` if it takes more, or has too many packings.
fn unpacked(body: &[u8], mut left: u64) -> Option<u64> {
    for depth in 1..=DEEPEST {
        let mut rest = body;
        let mut input: Box<dyn BufRead + '_> = Box::new(&mut rest);
        for _ in 0..depth {
            if is_packed(input.fill_buf().unwrap_or_default()) {
                input.consume(2);
            }
            input = Box::new(BufReader::new(DeflateDecoder::new(input)));
        }
        let again = is_packed(input.fill_buf().unwrap_or_default());
        let mut piece = [0; 1 << 14];
        let mut size = 0;
        loop {
            // What is broken is unpacked as far as it goes.
            match input.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(read) => size += read as u64,
            }
            if size > left {
                return None;
            }
        }
        drop(input);
        left = left.checked_sub(size.max((body.len() - rest.len()) as u64))?;
        if !again {
            return Some(left);
        }
    }
    None
}

/// How many bytes it takes to unpack a stream, if they are no more than `most`.
pub(super) fn size(body: &[u8], most: u64) -> Option<u64> {
    let left = weighed(body, most)?;
    Some((most - left).max(body.len() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_meant() {
        for (written, meant) in [
            ("Encrypt 5 0 R", "Encrypt"),
            ("#45ncr#79pt<<", "Encrypt"),
            ("EncryptMetadata false", "EncryptMetadata"),
            ("A#4", "A#4"),
        ] {
            assert_eq!(name(written.as_bytes()), meant.as_bytes(), "{written}");
        }
    }

    #[test]
    fn bytes_written_as_text_are_decoded() {
        let text = |body: &[u8]| from_text(body, 99).map(|(bytes, _)| bytes);
        assert_eq!(text(b"9jqo^BlbD-BleB1DJ+*+F(f,q~>").unwrap(), b"Man is distinguished");
        assert_eq!(text(b"9jqo^Bl~>").unwrap(), b"Man i");
        assert_eq!(text(b"9jqo^Blz~>").unwrap(), b"Man i\0\0\0\0");
        assert_eq!(text(b"4D 61\x006E>").unwrap(), b"Man");
        assert_eq!(text(b"\xFF\xD8 picture"), None);
    }

    #[test]
    fn text_is_read_no_further_than_it_goes() {
        let figures = format!("{}>{}", "4D".repeat(40), "4D".repeat(40));
        assert_eq!(from_text(figures.as_bytes(), 99), Some((b"M".repeat(40), 80)));
        let figures = format!("{}xref{}", "4D".repeat(40), "4D".repeat(40));
        assert_eq!(from_text(figures.as_bytes(), 99), Some((b"M".repeat(40), 80)));
        assert_eq!(from_text("4D".repeat(40).as_bytes(), 9).unwrap().1, 20);
        let signs = format!("{}xref", "9jqo^".repeat(16));
        assert_eq!(from_text(signs.as_bytes(), 99), Some((b"Man ".repeat(16), 80)));
    }

    #[test]
    fn what_is_read_is_charged_also_where_nothing_comes_of_it() {
        // Blocks without a byte in them.
        let blocks = [0, 0, 0, 0xFF, 0xFF].repeat(100);
        assert_eq!(unpacked(&blocks, 500), Some(0));
        assert_eq!(unpacked(&blocks, 499), None);
    }
}
