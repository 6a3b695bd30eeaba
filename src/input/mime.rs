//! MHTML: the page out of a message of several parts.

/// The page of a message, with what the message says of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Option<String>,
    pub(super) address: Option<String>,
}

/// Messages in messages are looked into up to this deep.
const DEEPEST: usize = 4;

/// The first part of a message that is HTML; `None` if there is none.
pub(super) fn page(message: &[u8]) -> Option<Part> {
    find(message, DEEPEST)
}

fn find(message: &[u8], deep: usize) -> Option<Part> {
    let deep = deep.checked_sub(1)?;
    let (headers, body) = parted(message);
    let kind = header(&headers, "content-type").unwrap_or_default();
    let low = kind.to_ascii_lowercase();
    if low.starts_with("multipart/") {
        let boundary = [b"--", parameter(&kind, "boundary")?.as_bytes()].concat();
        return parts(body, &boundary).into_iter().find_map(|part| find(part, deep));
    }
    if !low.starts_with("text/html") && !low.starts_with("application/xhtml") {
        return None;
    }
    let encoding = header(&headers, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
    let bytes = match encoding.trim() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    Some(Part { bytes, charset: parameter(&kind, "charset"), address: header(&headers, "content-location") })
}

/// The header lines, unfolded, and what follows the empty line.
pub(super) fn parted(message: &[u8]) -> (Vec<String>, &[u8]) {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = message;
    loop {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if text.is_empty() {
            return (lines, rest);
        }
        match lines.last_mut().filter(|_| text.starts_with([' ', '\t'])) {
            Some(last) => last.push_str(text),
            None => lines.push(text.to_owned()),
        }
    }
}

/// The value of a header.
pub(super) fn header(lines: &[String], name: &str) -> Option<String> {
    lines.iter().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// A parameter of a header's value, without quotation marks.
pub(super) fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// The stretches between lines that are the boundary.
fn parts<'m>(body: &'m [u8], boundary: &[u8]) -> Vec<&'m [u8]> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    let at_line = |at: usize| at == 0 || body.get(at - 1) == Some(&b'\n');
    let mut searched = 0;
    while let Some(found) = body.get(searched..).and_then(|rest| memchr::memmem::find(rest, boundary)) {
        let at = searched + found;
        searched = at + boundary.len();
        if !at_line(at) {
            continue;
        }
        let rest = body.get(searched..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest);
        // The boundary of a message within may go on after this one's.
        let after = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
        if !after.trim_ascii().iter().all(|&b| b == b'-') {
            continue;
        }
        if let Some(part) = open.and_then(|open| body.get(open..at)) {
            parts.push(part);
        }
        open = end.filter(|_| !rest.starts_with(b"--")).map(|end| searched + end + 1);
    }
    // A message that was cut off has no last boundary.
    parts.extend(open.and_then(|open| body.get(open..)));
    parts
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let next = (body.get(at + 1), body.get(at + 2));
        let skipped = match (byte, next) {
            (b'=', (Some(b'\n'), _)) => 2,
            (b'=', (Some(b'\r'), Some(b'\n'))) => 3,
            (b'=', (high, low)) if digit(high).is_some() && digit(low).is_some() => {
                let value = digit(high).unwrap_or(0) << 4 | digit(low).unwrap_or(0);
                bytes.extend(u8::try_from(value));
                3
            }
            _ => {
                bytes.push(byte);
                1
            }
        };
        at += skipped;
    }
    bytes
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.extend(u8::try_from(bits >> held & 0xFF));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://krone.example/a\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b--\"\r\n\r\n\r\n\
        ------b--\r\nContent-Type: text/css\r\n\r\np {}\r\n\
        ------b--\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://krone.example/a\r\n\r\n<p>f=FCnf =3D 5 Tote im Wa=\r\nld</p>\r\n\
        ------b--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+\r\n------b------\r\n";

    #[test]
    fn the_first_page_of_a_message_is_found_and_decoded() {
        let part = page(MESSAGE.as_bytes()).unwrap();
        assert_eq!(part.bytes, b"<p>f\xFCnf = 5 Tote im Wald</p>\r\n");
        assert_eq!(part.charset.as_deref(), Some("iso-8859-1"));
        assert_eq!(part.address.as_deref(), Some("https://krone.example/a"));
        let second = MESSAGE.replace("text/html; charset", "text/plain; charset");
        assert_eq!(page(second.as_bytes()).unwrap().bytes, b"<p>");
    }

    #[test]
    fn a_message_within_has_a_boundary_of_its_own() {
        let message = "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=b-1\n\n\
            --b-1\nContent-Type: text/plain\n\nTwo died.\n--b-1\nContent-Type: text/html\n\n<p>Two died.\n--b-1--\n--b--\n";
        assert_eq!(page(message.as_bytes()).unwrap().bytes, b"<p>Two died.\n");
    }

    #[test]
    fn broken_messages_do_no_harm() {
        for message in
            ["", "Content-Type: multipart/related", "Content-Type: multipart/related; boundary=x\n\n--x\n", "\n\n"]
        {
            assert_eq!(page(message.as_bytes()), None, "{message}");
        }
        assert_eq!(quoted_printable(b"a=4"), b"a=4");
        assert_eq!(base64(b"SGk="), b"Hi");
    }
}
