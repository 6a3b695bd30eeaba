//! What a PDF says of itself in its dictionary of information, in its own words.

use encoding_rs::{UTF_8, UTF_16BE};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, String as Words};

use crate::input::documents::stated::Stated;

/// What the bytes from 0x80 to 0xA0 stand for in a string that is neither UTF-16 nor UTF-8.
const SIGNS: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{FFFD}€";

pub(super) fn stated(pdf: &Pdf) -> Stated {
    let data = pdf.metadata();
    let same = |dict: &Dict<'_>| {
        let kept = [("Title", &data.title), ("Author", &data.author), ("Producer", &data.producer)];
        let says = |key: &str| dict.get::<Words<'_>>(key);
        (says("CreationDate").is_some() || says("ModDate").is_some())
            && kept.iter().all(|(key, kept)| says(key).as_deref() == kept.as_deref())
    };
    // The reader gives dates as it understands them; what can be right is decided elsewhere, by the words themselves.
    let dicts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        _ => None,
    });
    let found: Vec<Dict<'_>> = dicts.filter(same).collect();
    let is_only = found.len() == 1;
    // Where nothing but the dates is said, those of a file that is attached look the same.
    let is_told = data.title.is_some() || data.author.is_some() || data.producer.is_some();
    let sure = found.into_iter().filter(|_| is_told || is_only);
    let info = sure.max_by_key(|dict| dict.obj_id().map(|id| id.obj_number));
    let words = |key: &str| Some(decoded(&info.as_ref()?.get::<Words<'_>>(key)?));
    let kept = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(decoded);
    Stated {
        title: kept(&data.title),
        author: kept(&data.author),
        created: words("CreationDate"),
        modified: words("ModDate"),
    }
}

/// A string as text.
fn decoded(bytes: &[u8]) -> String {
    let sign = |byte: u8| match byte {
        0x80..=0xA0 => SIGNS.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        byte => char::from(byte),
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => UTF_8.decode_without_bom_handling(rest).0.into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&byte| sign(byte)).collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_decoded_by_their_marks() {
        assert_eq!(SIGNS.chars().count(), 0x21);
        for (bytes, text) in [
            (&b"Raid"[..], "Raid"),
            (b"\xFE\xFF\0R\x20\x19", "R’"),
            (b"\xEF\xBB\xBFR\xC3\xA9", "Ré"),
            (b"R\xE9 \x84 \xA0", "Ré — €"),
        ] {
            assert_eq!(decoded(bytes), text);
        }
    }
}
