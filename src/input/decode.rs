//! From bytes to text and dates: what is refused is said with its place.

use std::io::{BufRead, Read};
use std::path::Path;
use std::string::FromUtf8Error;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::charset::{self, Charset};
use super::{LONGEST, unreadable};
use crate::error::{Error, Location};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads a whole input that is no longer than one document may be.
pub(super) fn bytes(input: impl BufRead, path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    input.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() > LONGEST {
        return Err(Error::new(Location::file(path), format!("longer than {} MiB", LONGEST >> 20))
            .help("split it into one file per article, or give it as JSON Lines"));
    }
    Ok(bytes)
}

/// The bytes of a document as text, without a byte order mark; `said` is the character set named with them.
pub(super) fn text(bytes: Vec<u8>, said: Option<&str>, path: &Path) -> Result<(String, Charset), Error> {
    let place = std::str::from_utf8(&bytes).err().map(|error| misplaced(&bytes, error.valid_up_to(), path, 1));
    match charset::decoded(bytes, said) {
        Some(decoded) => Ok(decoded),
        None => Err(place.unwrap_or_else(|| Error::new(Location::file(path), "this is no text"))),
    }
}

/// The bytes as text; the error names the line, `first_line` being that of the first byte.
pub(super) fn utf8(bytes: Vec<u8>, path: &Path, first_line: usize) -> Result<String, Error> {
    let wrong = |error: FromUtf8Error| misplaced(error.as_bytes(), error.utf8_error().valid_up_to(), path, first_line);
    String::from_utf8(bytes).map_err(wrong)
}

/// The error of bytes that are UTF-8 up to `at`.
fn misplaced(bytes: &[u8], at: usize, path: &Path, first_line: usize) -> Error {
    let line = first_line + memchr::memchr_iter(b'\n', bytes.get(..at).unwrap_or(bytes)).count();
    let byte = bytes.get(at).copied().unwrap_or(0);
    let utf16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let from = if utf16 { "UTF-16" } else { "WINDOWS-1252" };
    Error::new(Location::line(path, line), format!("not UTF-8: byte 0x{byte:02X} at offset {at}"))
        .help(format!("save it as UTF-8, for example: iconv -f {from} -t UTF-8"))
}

/// The next line without its end, `None` at the end of input. A line longer than [`LONGEST`] is passed over: `Err` with
/// its message, and the line after it can still be read.
pub(super) fn line(input: &mut impl BufRead) -> std::io::Result<Option<Result<Vec<u8>, String>>> {
    let mut bytes = Vec::new();
    let read = input.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if read > LONGEST {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(format!("this line is longer than {} MiB", LONGEST >> 20))));
    }
    Ok(Some(Ok(bytes)))
}

/// Takes a byte order mark off the first line of a file.
pub(super) fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    bytes
}

/// The day of an ISO 8601 date or timestamp, as it is written: a zone does not move it.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.get(..10)?;
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !plain(day) {
        return None;
    }
    let date: Date = day.parse().ok()?;
    let whole = text.len() == 10 || text.parse::<DateTime>().is_ok() || text.parse::<Timestamp>().is_ok();
    whole.then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_and_timestamps_are_read_and_nothing_else() {
        let day = Some(jiff::civil::date(2023, 5, 23));
        for text in [
            "2023-05-23",
            " 2023-05-23 ",
            "2023-05-23T07:59:16.104Z",
            "2023-05-23 07:59:16",
            "2023-05-23T23:59:16+02:00",
        ] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in ["2023-05", "23.05.2023", "2023-05-23x", "2023-05-32", "May 23, 2023", "", "2023-05-23T99:00"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        let error = text(b"one\ntwo \x01\xE9\n".to_vec(), None, Path::new("a.txt")).unwrap_err();
        assert_eq!((error.at.line, error.message.as_str()), (2, "not UTF-8: byte 0xE9 at offset 9"));
        assert_eq!(text(b"\xEF\xBB\xBFone\r\n".to_vec(), None, Path::new("a.txt")).unwrap().0, "one\r\n");
    }
}
