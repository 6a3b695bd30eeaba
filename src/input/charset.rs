//! Character sets: bytes that are no UTF-8, read by their mark, by what is said of them, or by a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// What of a page is searched for its own word on its character set, in bytes.
const HEAD: usize = 4096;

/// In which character set a text came, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charset {
    /// Its name.
    pub name: &'static str,
    /// How it is known.
    pub by: Told,
}

/// How a character set is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The bytes are UTF-8.
    Valid,
    /// The mark at their beginning.
    Mark,
    /// What was said with them, in a header.
    Header,
    /// What the page says of itself.
    Page,
    /// A guess from the bytes.
    Guess,
}

impl Default for Charset {
    fn default() -> Self {
        Self { name: UTF_8.name(), by: Told::Valid }
    }
}

impl Told {
    /// The name that a list of inputs has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Mark => "mark",
            Self::Header => "header",
            Self::Page => "page",
            Self::Guess => "guess",
        }
    }
}

/// The bytes as text; `None` if they are no text. `said` is the character set named with them.
///
/// Bytes that are UTF-8 are taken for it whatever is said: no other text of any length looks like it by chance.
pub(super) fn decoded(bytes: Vec<u8>, said: Option<&str>) -> Option<(String, Charset)> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let by = if encoding == UTF_8 { Told::Valid } else { Told::Mark };
        let (text, bad) = encoding.decode_without_bom_handling(bytes.get(mark..)?);
        return (!bad || encoding != UTF_8).then(|| (text.into_owned(), Charset { name: encoding.name(), by }));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some((text, Charset::default())),
        Err(error) => error.into_bytes(),
    };
    if is_broken(&bytes) {
        return None;
    }
    let label = |label: &str| Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8);
    let head = bytes.get(..HEAD).unwrap_or(&bytes);
    let (encoding, by) = said
        .and_then(label)
        .map(|encoding| (encoding, Told::Header))
        .or_else(|| Some((label(&named(head)?)?, Told::Page)))
        .unwrap_or_else(|| (guess(&bytes), Told::Guess));
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let charset = Charset { name: encoding.name(), by };
    is_text(&text).then(|| (text.into_owned(), charset))
}

/// The character set that the beginning of a page or feed names.
fn named(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = ["charset=", "encoding="].iter().filter_map(|key| Some(head.find(key)? + key.len())).min()?;
    let rest = head.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))?;
    rest.get(..end).map(str::to_owned)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// True for UTF-8 with few wrong bytes: read as anything else, all its other signs would be wrong.
fn is_broken(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > 3 * wrong
}

/// True unless signs stand in it that no text holds.
fn is_text(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !c.is_whitespace() && c != '\u{1b}' && !('\u{80}'..='\u{9f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], said: Option<&str>) -> Option<(String, &'static str, Told)> {
        decoded(bytes.to_vec(), said).map(|(text, charset)| (text, charset.name, charset.by))
    }

    #[test]
    fn bytes_are_read_by_mark_header_page_or_guess() {
        let cyrillic =
            encoding_rs::WINDOWS_1251.encode("Двенадцать солдат погибли в среду под Грозным.").0.into_owned();
        let japanese = encoding_rs::SHIFT_JIS.encode("水曜日に兵士十二人が死亡した。").0.into_owned();
        let page = [&b"<meta charset='windows-1251'><p>"[..], &cyrillic].concat();
        let feed = [&b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss>"[..], &cyrillic].concat();
        for (bytes, said, name, by) in [
            ("tät".as_bytes(), None, "UTF-8", Told::Valid),
            ("tät".as_bytes(), Some("iso-8859-1"), "UTF-8", Told::Valid),
            (b"\xEF\xBB\xBFt", None, "UTF-8", Told::Valid),
            (b"\xFF\xFEh\0", None, "UTF-16LE", Told::Mark),
            (b"t\xE4t", None, "windows-1252", Told::Guess),
            (b"t\xE4t", Some("iso-8859-2"), "ISO-8859-2", Told::Header),
            (&cyrillic, None, "windows-1251", Told::Guess),
            (&japanese, None, "Shift_JIS", Told::Guess),
            (&page, None, "windows-1251", Told::Page),
            (&feed, None, "windows-1251", Told::Page),
            (&page, Some("koi8-r"), "KOI8-R", Told::Header),
        ] {
            let read = read(bytes, said).map(|(_, name, by)| (name, by));
            assert_eq!(read, Some((name, by)), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read(b"t\xE4t", None).unwrap().0, "tät");
        assert!(read(&cyrillic, None).unwrap().0.starts_with("Двенадцать"));
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [
            &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF"[..],
            b"\0\x01\xFF\xFE",
            b"\xEF\xBB\xBF\xFF",
            b"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3",
        ] {
            assert_eq!(read(bytes, None), None, "{bytes:?}");
        }
    }
}
