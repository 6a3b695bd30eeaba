//! Web archives: the pages and texts of a WARC file, record by record.

use std::io::{self, BufRead, ErrorKind, Read};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use super::mime::{Part, header, parameter, parted};
use super::{LONGEST, Stream, unpack};
use crate::rules::input::Limits;

/// The longest header of a record or of an answer, in bytes.
const LONGEST_HEADER: usize = 1 << 18;

/// A WARC file that is being read.
pub(super) struct Warc<'i> {
    input: Stream<'i>,
    number: usize,
    over: bool,
}

/// What a record holds.
pub(super) struct Body {
    pub(super) part: Part,
    /// True for HTML, false for plain text.
    pub(super) page: bool,
}

impl<'i> Warc<'i> {
    pub(super) fn new(input: Stream<'i>) -> Self {
        Self { input, number: 0, over: false }
    }

    /// The number of the record read last, from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// True when nothing more can be read.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// The next record: `Ok(None)` for one that holds no article.
    pub(super) fn next(&mut self, limits: &Limits) -> Option<io::Result<Option<Body>>> {
        if self.over {
            return None;
        }
        self.number += 1;
        self.over = true;
        let lines = match self.head() {
            Ok(Some(lines)) => lines,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        let length: Option<u64> = header(&lines, "content-length").and_then(|length| length.parse().ok());
        let Some(length) = length else {
            return Some(Err(io::Error::new(ErrorKind::InvalidData, "a record does not say how long it is")));
        };
        let kind = header(&lines, "warc-type").unwrap_or_default().to_ascii_lowercase();
        let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let held = if wanted && length <= LONGEST as u64 { length } else { 0 };
        let mut block = Vec::new();
        let read = self.input.by_ref().take(held).read_to_end(&mut block);
        let passed = read.and_then(|_| io::copy(&mut self.input.by_ref().take(length - held), &mut io::sink()));
        match passed {
            Err(error) => return Some(Err(error)),
            Ok(passed) if block.len() as u64 + passed < length => return Some(Err(ErrorKind::UnexpectedEof.into())),
            Ok(_) => self.over = false,
        }
        if !wanted {
            return Some(Ok(None));
        }
        if held < length {
            return Some(Err(io::Error::other(format!("it is longer than {} MiB", LONGEST >> 20))));
        }
        Some(body(&kind, &lines, block, limits))
    }

    /// The header lines of the next record; `None` at the end.
    fn head(&mut self) -> io::Result<Option<Vec<String>>> {
        let mut head = Vec::new();
        loop {
            let mut line = Vec::new();
            let room = LONGEST_HEADER.saturating_sub(head.len()) as u64;
            self.input.by_ref().take(room).read_until(b'\n', &mut line)?;
            let blank = line.iter().all(u8::is_ascii_whitespace);
            match (line.is_empty(), blank, head.is_empty()) {
                (true, _, true) => return Ok(None),
                (true, ..) => return Err(ErrorKind::UnexpectedEof.into()),
                (false, true, true) => {}
                (false, true, false) => return Ok(Some(parted(&head).0)),
                (false, false, true) if !line.starts_with(b"WARC/") => {
                    return Err(io::Error::new(ErrorKind::InvalidData, "a record does not begin as it should"));
                }
                (false, false, _) => head.extend(line),
            }
        }
    }
}

/// The page or text of a record.
fn body(kind: &str, lines: &[String], block: Vec<u8>, limits: &Limits) -> io::Result<Option<Body>> {
    let address = header(lines, "warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned());
    let answered = kind == "response";
    let (answer, rest) = if answered { parted(&block) } else { (Vec::new(), &[][..]) };
    let status = || answer.first().and_then(|line| line.split_whitespace().nth(1));
    let said = header(if answered { &answer } else { lines }, "content-type").unwrap_or_default();
    let low = said.to_ascii_lowercase();
    let page = low.starts_with("text/html") || low.starts_with("application/xhtml");
    let elsewhere = address.as_ref().is_some_and(|uri| !uri.starts_with("http"));
    if answered && status() != Some("200") || !page && !low.starts_with("text/plain") || elsewhere {
        return Ok(None);
    }
    // Scripts and pictures of a page may be packed as is not read here, and are not asked for.
    let bytes = if answered { sent(&answer, rest, limits)? } else { block };
    Ok(Some(Body { part: Part { bytes, charset: parameter(&said, "charset"), address }, page }))
}

/// The bytes of an answer as the server meant them: joined, and unpacked where they are packed.
fn sent(answer: &[String], rest: &[u8], limits: &Limits) -> io::Result<Vec<u8>> {
    let chunked =
        header(answer, "transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let joined = if chunked { joined(rest) } else { None }.unwrap_or_else(|| rest.to_vec());
    let packing = header(answer, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let mut bytes = Vec::new();
    let most = LONGEST as u64 + 1;
    match packing.trim() {
        // Many archives hold the bytes unpacked and kept the header.
        "gzip" | "x-gzip" if joined.starts_with(b"\x1F\x8B") => {
            unpack::gzip(Box::new(io::Cursor::new(joined)), limits).take(most).read_to_end(&mut bytes)?;
        }
        "deflate" => {
            let plain = ZlibDecoder::new(&*joined).take(most).read_to_end(&mut bytes);
            if plain.is_err() {
                bytes.clear();
                DeflateDecoder::new(&*joined).take(most).read_to_end(&mut bytes)?;
            }
        }
        "br" | "zstd" if std::str::from_utf8(&joined).is_err() => {
            return Err(io::Error::other(format!("it is packed with {packing}, which is not read here")));
        }
        _ => bytes = joined,
    }
    if bytes.len() > LONGEST {
        Err(io::Error::other(format!("it is longer than {} MiB", LONGEST >> 20)))
    } else {
        Ok(bytes)
    }
}

/// The chunks of an answer put together; `None` if it is not made of chunks.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(bytes);
        }
        let from = end + 1;
        bytes.extend_from_slice(rest.get(from..from.checked_add(size)?)?);
        rest = rest.get(from + size..)?.trim_ascii_start();
    }
}
