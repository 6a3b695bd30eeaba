//! Claims: what one article says about one fact, with the words it stands on.

use std::sync::Arc;

use crate::text::{Article, Span};
use crate::value::{
    ClaimKind, Correctable, Count, DayRange, Modality, Name, Outcome, Phase, Referent, Standing, VictimClass,
};

/// A stable identifier, printed as 16 hexadecimal digits: the same input gives the same id on any machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// The id of a list of parts that together identify a thing.
    pub fn of(parts: &[&str]) -> Self {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        Self(hash.digest())
    }
}

impl std::str::FromStr for Id {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = Some(text).filter(|text| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let id = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).map(Self);
        id.ok_or_else(|| format!("`{text}` is not an id of 16 hexadecimal digits"))
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Who is speaking, accused or counted: the words, and the actor they stand for where the rules know one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Party {
    /// The words of the text.
    pub text: Box<str>,
    /// The canonical actor ("Azerbaijan" for "Baku").
    pub actor: Option<Name>,
}

impl Party {
    /// The actor's name where the rules know one, else the words.
    pub fn name(&self) -> &str {
        self.actor.as_ref().map_or(&*self.text, Name::as_str)
    }
}

/// The people a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Victims {
    /// The words of the text ("of their soldiers"); may be empty ("63 were killed").
    pub text: Box<str>,
    /// What they are.
    pub class: VictimClass,
    /// Whose people they are, as a canonical name.
    pub side: Option<Name>,
}

/// What happened to how many of whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Killed, injured, … ; deployed or present for strengths.
    pub outcome: Outcome,
    /// The number.
    pub count: Count,
    /// The quantity words as written ("about 50").
    pub words: Box<str>,
    /// Who is counted.
    pub victims: Victims,
    /// True for a running total over several incidents or days.
    pub cumulative: bool,
    /// True when the figure is named as a part of another one ("including five children").
    pub part: bool,
    /// True when the figure comes on top of an earlier one ("two more died").
    pub increment: bool,
    /// How it stands to others of its own series ("up from 84", "since fighting resumed").
    pub standing: Standing,
    /// True when the dead are the attackers themselves ("a gunman's own death").
    pub perpetrator: bool,
    /// How the text speaks of them.
    pub referent: Referent,
    /// True when they are the others, besides somebody spoken of ("three other men").
    pub others: bool,
    /// True when the figure stands in one list with the one before it ("two soldiers and a child").
    pub joined: bool,
    /// How many incidents it covers together: 1, or more ("across both attacks"); 0 where several, nobody says how many.
    pub incidents: u16,
}

/// What a claim says, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// People killed, injured, missing, captured, displaced.
    Casualty(Figure),
    /// People deployed or present.
    Strength(Figure),
    /// When an event happened, began or ended.
    Timing {
        /// The event's words.
        what: Box<str>,
        /// Which part of it is dated.
        phase: Phase,
    },
    /// An actor is made responsible for a harmful act.
    Blame {
        /// Who is accused.
        accused: Party,
        /// The act, in the text's words.
        act: Box<str>,
    },
    /// A speaker denies something.
    Denial {
        /// The denied claim, if it is in the same document.
        target: Option<Id>,
    },
}

/// Where and among whom a claim's sentence plays: what the event stage links by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Setting {
    /// Actors named, in order of first mention, each once.
    pub actors: Box<[Name]>,
    /// Places named, likewise.
    pub places: Box<[Name]>,
    /// Kinds of incident named ("shooting", "air strike", "fighting"), likewise.
    pub incidents: Box<[Name]>,
}

/// One statement of one article that can be compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Stable id.
    pub id: Id,
    /// The article it stands in.
    pub article: Arc<Article>,
    /// What it says; claims that say the same share memory, as they do below.
    pub content: Arc<Content>,
    /// First Unicode code point of the quote in the document's text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// Where the claim's words stand in `sentence`.
    pub quote: Span,
    /// The sentence that holds them.
    pub sentence: Arc<str>,
    /// Index of the sentence in its document, counted from 0; 0 may be the headline.
    pub sentence_index: u32,
    /// True when the claim stands in the headline.
    pub headline: bool,
    /// Who the text says said it, the nearest source; `None`: the outlet's own voice.
    pub speaker: Option<Arc<Party>>,
    /// Further sources of the chain, nearest first.
    pub via: Box<[Box<str>]>,
    /// How sure.
    pub modality: Modality,
    /// When the thing happened, by the words of the claim's own sentence or the article's frame.
    pub time: Option<DayRange>,
    /// True when a time expression of the claim's own clause or sentence gave `time`,
    /// false when it was taken from the article's frame.
    pub timed_here: bool,
    /// Where and among whom: names of the claim's own sentence.
    pub setting: Arc<Setting>,
    /// The same for the whole article, most frequent first; shared by its claims.
    pub article_setting: Arc<Setting>,
    /// The extraction rule that made it.
    pub rule: Name,
    /// What a reviewer corrected in it.
    pub corrected: Corrected,
}

/// What a reviewer corrected in a claim; nothing in most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corrected(u8);

impl Corrected {
    /// Adds a field.
    pub fn insert(&mut self, field: Correctable) {
        self.0 |= 1 << field as u8;
    }

    /// True if a field was corrected.
    pub fn contains(self, field: Correctable) -> bool {
        self.0 & (1 << field as u8) != 0
    }

    /// The corrected fields.
    pub fn iter(self) -> impl Iterator<Item = Correctable> {
        Correctable::ALL.iter().copied().filter(move |&field| self.contains(field))
    }
}

impl FromIterator<Correctable> for Corrected {
    fn from_iter<I: IntoIterator<Item = Correctable>>(fields: I) -> Self {
        let mut corrected = Self::default();
        fields.into_iter().for_each(|field| corrected.insert(field));
        corrected
    }
}

impl Claim {
    /// First code point of the quote and one past its last; `None` for a given claim of which nobody says where it stands.
    pub fn place(&self) -> Option<(u32, u32)> {
        (self.start < self.end).then_some((self.start, self.end))
    }

    /// The claim's words, exactly as they stand in the text.
    pub fn quote(&self) -> &str {
        self.quote.of(&self.sentence)
    }
}

impl Content {
    /// The kind of claim.
    pub fn kind(&self) -> ClaimKind {
        match self {
            Self::Casualty(_) => ClaimKind::Casualty,
            Self::Strength(_) => ClaimKind::Strength,
            Self::Timing { .. } => ClaimKind::Timing,
            Self::Blame { .. } => ClaimKind::Blame,
            Self::Denial { .. } => ClaimKind::Denial,
        }
    }

    /// The figure of a casualty or strength claim.
    pub fn figure(&self) -> Option<&Figure> {
        match self {
            Self::Casualty(figure) | Self::Strength(figure) => Some(figure),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_stays_small_because_there_are_hundreds_of_thousands() {
        assert!(size_of::<Claim>() <= 128, "{} bytes", size_of::<Claim>());
    }
}
