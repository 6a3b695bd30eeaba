//! Reasons as templates: text with placeholders for the two positions.

/// Which of the two positions a placeholder speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The earlier or smaller one.
    A,
    /// The other one.
    B,
}

/// What a placeholder shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The answer in a few words ("at least 31 soldiers of Armenia killed").
    Answer,
    /// Who says so: speakers and outlets.
    Who,
    /// The outlets only.
    Outlet,
    /// The day it was said.
    Date,
    /// Who is accused.
    Accused,
    /// The act.
    Act,
}

impl Field {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Answer, "answer"),
        (Self::Who, "who"),
        (Self::Outlet, "outlet"),
        (Self::Date, "date"),
        (Self::Accused, "accused"),
        (Self::Act, "act"),
    ];
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Text(String),
    /// A placeholder.
    Slot(Side, Field),
}

/// A reason with placeholders `{a.answer}`, `{b.who}`, ….
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub Vec<Piece>);

impl Template {
    /// Reads a template; the error is the placeholder that does not exist.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, tail)) = rest.split_once('{') {
            let (slot, after) = tail.split_once('}').ok_or_else(|| tail.to_owned())?;
            let (side, field) = slot.split_once('.').ok_or_else(|| slot.to_owned())?;
            let side = match side {
                "a" => Side::A,
                "b" => Side::B,
                _ => return Err(slot.to_owned()),
            };
            let field = Field::ALL.iter().find(|(_, name)| *name == field).ok_or_else(|| slot.to_owned())?.0;
            if !words.is_empty() {
                pieces.push(Piece::Text(words.to_owned()));
            }
            pieces.push(Piece::Slot(side, field));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The placeholders that exist, for messages.
    pub fn placeholders() -> String {
        Field::ALL.iter().map(|(_, name)| format!("`{{a.{name}}}`, `{{b.{name}}}`")).collect::<Vec<_>>().join(", ")
    }
}

/// The template as it is written.
impl std::fmt::Display for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Slot(side, field) => {
                let name = Field::ALL.iter().find(|(known, _)| known == field).map_or("", |(_, name)| name);
                write!(f, "{{{}.{name}}}", if *side == Side::A { "a" } else { "b" })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_placeholders_are_told_apart() {
        let template = Template::parse("{a.who} says {b.answer}.").unwrap();
        assert_eq!(template.to_string(), "{a.who} says {b.answer}.");
        assert_eq!(
            template.0,
            [
                Piece::Slot(Side::A, Field::Who),
                Piece::Text(" says ".into()),
                Piece::Slot(Side::B, Field::Answer),
                Piece::Text(".".into())
            ]
        );
        assert_eq!(Template::parse("{c.who}"), Err("c.who".into()));
        assert_eq!(Template::parse("{a.who"), Err("a.who".into()));
    }
}
