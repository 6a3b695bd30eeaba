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
        let decoded = from_text(body, left);
        for body in [Some(body), decoded.as_deref()].into_iter().flatten() {
            left = unpacked(body, left)
                .and_then(|size| left.checked_sub(size))
                .ok_or_else(|| format!("it unpacks to more than {} MiB", limits.unpacked >> 20))?;
        }
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

/// The bytes that a stretch of text stands for, in base 85 or 16; `None` if it is no such text.
fn from_text(body: &[u8], most: u64) -> Option<Vec<u8>> {
    let sample = body.get(..SAMPLE.min(body.len()))?;
    let all = |fits: fn(u8) -> bool| sample.iter().all(|&byte| byte.is_ascii_whitespace() || fits(byte));
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    let signs = |end: u8| {
        let body = body.get(..memchr::memchr(end, body).unwrap_or(body.len())).unwrap_or_default();
        body.iter().filter(|byte| !byte.is_ascii_whitespace())
    };
    if all(|byte| byte.is_ascii_hexdigit() || byte == b'>') {
        let figures: Vec<u32> = signs(b'>').filter_map(|&byte| char::from(byte).to_digit(16)).collect();
        bytes.extend(figures.chunks(2).filter_map(|pair| {
            let [high, low] = [pair.first(), pair.get(1)].map(|figure| figure.copied().unwrap_or(0));
            u8::try_from(high * 16 + low).ok()
        }));
    } else if all(|byte| matches!(byte, b'!'..=b'u' | b'z' | b'~')) {
        let (mut group, mut held) = (0_u32, 0);
        for &sign in signs(b'~') {
            match sign {
                b'z' if held == 0 => bytes.extend([0; 4]),
                b'!'..=b'u' => {
                    group = group.wrapping_mul(85).wrapping_add(u32::from(sign - b'!'));
                    held += 1;
                }
                _ => return None,
            }
            if held == 5 {
                bytes.extend(group.to_be_bytes());
                (group, held) = (0, 0);
            }
            if bytes.len() > most {
                break;
            }
        }
        if held > 1 {
            let filled = (held..5).fold(group, |group, _| group.wrapping_mul(85).wrapping_add(84));
            bytes.extend(filled.to_be_bytes().into_iter().take(held - 1));
        }
    } else {
        return None;
    }
    Some(bytes)
}

/// True for the first bytes of what zlib packed.
fn is_packed(head: &[u8]) -> bool {
    matches!(head, [kind, flags, ..]
        if kind & 0x0F == 8 && flags & 0x20 == 0 && (u16::from(*kind) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// How many bytes a stream unpacks to, at each of its packings; `None` if these are more than `most`, or too many packings.
fn unpacked(body: &[u8], most: u64) -> Option<u64> {
    let mut total = 0;
    for depth in 1..=DEEPEST {
        let mut input: Box<dyn BufRead + '_> = Box::new(body);
        for _ in 0..depth {
            if is_packed(input.fill_buf().unwrap_or_default()) {
                input.consume(2);
            }
            input = Box::new(BufReader::new(DeflateDecoder::new(input)));
        }
        let again = is_packed(input.fill_buf().unwrap_or_default());
        let mut piece = [0; 1 << 14];
        loop {
            // What is broken is unpacked as far as it goes.
            match input.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(read) => total += read as u64,
            }
            if total > most {
                return None;
            }
        }
        if !again {
            return Some(total);
        }
    }
    None
}

/// How many bytes a stream unpacks to, if they are no more than `most`.
pub(super) fn size(body: &[u8], most: u64) -> Option<u64> {
    let decoded = from_text(body, most);
    let size = unpacked(decoded.as_deref().unwrap_or(body), most)?;
    Some(size.max(body.len() as u64))
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
        assert_eq!(from_text(b"9jqo^BlbD-BleB1DJ+*+F(f,q~>", 99).unwrap(), b"Man is distinguished");
        assert_eq!(from_text(b"9jqo^Bl~>", 99).unwrap(), b"Man i");
        assert_eq!(from_text(b"4D 61 6E>", 99).unwrap(), b"Man");
        assert_eq!(from_text(b"\xFF\xD8 picture", 99), None);
    }
}
