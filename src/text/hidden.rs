//! Hidden characters: those that steer a terminal or turn the order of the text round instead of being read.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

/// True for characters that are not read: controls, marks that turn the order of the text round, tags, and the mark of
/// byte order.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The first hidden character of a text and where it stands. Most bytes are plain and need no look at the character.
fn first_hidden(text: &str) -> Option<(usize, char)> {
    let mut at = 0;
    loop {
        at += text.as_bytes().get(at..)?.iter().position(|byte| !matches!(byte, b' '..0x7f))?;
        let c = text.get(at..)?.chars().next()?;
        if is_hidden(c) {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// Writes a value as JSON on one line. Hidden characters are written as escapes: what reads them back has them again, and
/// what shows the line is not steered by them.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Serializer::with_formatter(out, Escaped(CompactFormatter));
    Ok(value.serialize(&mut json)?)
}

/// The same over many lines.
pub fn write_json_lines(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut json = Serializer::with_formatter(out, Escaped(PrettyFormatter::new()));
    Ok(value.serialize(&mut json)?)
}

/// A layout of JSON in which hidden characters are escapes.
struct Escaped<F>(F);

macro_rules! as_inner {
    ($($name:ident($($argument:ident: $type:ty),*)),+ $(,)?) => {
        $(fn $name<W: ?Sized + Write>(&mut self, out: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(out $(, $argument)*)
        })+
    };
}

impl<F: Formatter> Formatter for Escaped<F> {
    as_inner! {
        begin_array(), end_array(), begin_array_value(first: bool), end_array_value(),
        begin_object(), end_object(), begin_object_key(first: bool), end_object_key(),
        begin_object_value(), end_object_value(),
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = first_hidden(rest) {
            let (before, from) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &from[c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escapes_that_read_back() {
        let text = "a\u{1b}[31m\u{7f}\u{9b}b\u{202e}é“\u{e0041}";
        let mut line = Vec::new();
        write_json(&[text], &mut line).unwrap();
        let line = String::from_utf8(line).unwrap();
        assert_eq!(line, "[\"a\\u001b[31m\\u007f\\u009bb\\u202eé“\\udb40\\udc41\"]");
        assert_eq!(serde_json::from_str::<Vec<String>>(&line).unwrap(), [text]);
        let mut lines = Vec::new();
        write_json_lines(&[text], &mut lines).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap().lines().count(), 3);
    }

    #[test]
    fn layout_is_that_of_plain_json() {
        let value = serde_json::json!({"a": [1, null, {"b": []}], "c": {}, "d": "\n\"x"});
        let (mut line, mut lines) = (Vec::new(), Vec::new());
        write_json(&value, &mut line).unwrap();
        write_json_lines(&value, &mut lines).unwrap();
        assert_eq!(line, serde_json::to_vec(&value).unwrap());
        assert_eq!(lines, serde_json::to_vec_pretty(&value).unwrap());
    }
}
