//! Notes: text with places for what stands behind a number.

use crate::value::NoteField;

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Text(String),
    /// A place to fill.
    Field(NoteField),
}

/// The note of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(Vec<Piece>);

impl Note {
    /// Reads `"Lowest of {accounts}"`; an unknown placeholder is the error.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, tail) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            let field = name.parse::<NoteField>().map_err(|_| name.to_owned())?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Field(field));
            rest = tail;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// True if it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The note with its places filled.
    pub fn filled(&self, fill: impl Fn(NoteField) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Field(field) => fill(*field),
        };
        self.0.iter().map(piece).collect()
    }

    /// What can stand between braces.
    pub fn placeholders() -> String {
        NoteField::ALL.iter().map(|field| format!("`{{{field}}}`")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_filled_and_an_unknown_or_open_placeholder_is_named() {
        let note = Note::parse("The lowest of {accounts}, {lowest}.").unwrap();
        assert_eq!(note.filled(|field| format!("<{field}>")), "The lowest of <accounts>, <lowest>.");
        assert_eq!(Note::parse("{low}"), Err("low".to_owned()));
        assert_eq!(Note::parse("{lowest"), Err("lowest".to_owned()));
    }
}
