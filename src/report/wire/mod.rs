//! The wire: what each line of the JSON Lines streams holds, apart from the types the stages work with.

mod attribution;
mod audit;
mod check;
mod claim;
mod finding;
mod gap;
mod report;
mod tally;
mod time;
mod toll;

use std::borrow::Cow;
use std::fmt::Display;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::claim::{Corrected, Id, Party};
use crate::extract::Stretch;
use crate::text::TextHash;
use crate::value::{
    ClaimKind, Correctable, Counted, DayRange, EvidenceStatus, FindingKind, GapReason, Judgement, Modality, Outcome,
    Phase, PolicyStep, Qualifier, Referent, Remark, Standing, Verdict, VictimClass,
};

pub use attribution::AttributionLine;
pub use audit::{FigureLine, MeasurePart, OutletLine};
pub use check::CheckLine;
pub use claim::ClaimLine;
pub(super) use finding::rounded;
pub use finding::{DecisionPart, EventPart, EvidencePart, FindingLine, PositionPart, RelationPart};
pub use gap::GapLine;
pub use report::{ArticlePart, LackingPart, ReportObject, SummaryPart, UnusedPart};
pub use tally::TallyLine;
pub use time::TimeLine;
pub use toll::TollLine;

/// A closed vocabulary whose words are known to the schema.
pub trait Vocabulary: Copy + Display + 'static {
    /// Its name in the schema.
    const NAME: &'static str;

    /// Every word, in declaration order.
    fn words() -> Vec<&'static str>;
}

macro_rules! vocabularies {
    ($($name:ident),+) => {
        $(impl Vocabulary for $name {
            const NAME: &'static str = stringify!($name);

            fn words() -> Vec<&'static str> {
                Self::ALL.iter().map(|value| value.as_str()).collect()
            }
        })+
    };
}

vocabularies!(
    Correctable,
    ClaimKind,
    Outcome,
    Qualifier,
    VictimClass,
    Modality,
    Phase,
    Referent,
    Standing,
    FindingKind,
    Verdict,
    GapReason,
    Counted,
    PolicyStep,
    Remark,
    EvidenceStatus,
    Judgement
);

/// A word of a closed vocabulary, written as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

/// A stable id, written as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hex(pub Id);

/// A calendar day, written after ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

/// The hash of a text, written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sha256(pub TextHash);

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Sha256 {
    fn schema_name() -> Cow<'static, str> {
        "Sha256".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
    }
}

impl<T: Vocabulary> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<T: Vocabulary> JsonSchema for Word<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "enum": T::words()})
    }
}

impl JsonSchema for Hex {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[0-9a-f]{16}$"})
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date"})
    }
}

/// First and last day, both included.
pub type Days = [Day; 2];

/// A range of days as it is written.
pub(super) fn days(range: Option<DayRange>) -> Option<Days> {
    range.map(|range| [Day(range.first), Day(range.last)])
}

/// What a reviewer corrected, as it is written.
pub(super) fn corrected(corrected: Corrected) -> Vec<Word<Correctable>> {
    corrected.iter().map(Word).collect()
}

/// Someone who speaks or is accused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyPart<'a> {
    /// The words of the text.
    pub text: &'a str,
    /// The canonical actor, where the rules know one.
    pub actor: Option<&'a str>,
}

impl<'a> From<&'a Party> for PartyPart<'a> {
    fn from(party: &'a Party) -> Self {
        Self { text: &party.text, actor: party.actor.as_ref().map(|name| name.as_str()) }
    }
}

/// A stretch of the document's text, in Unicode code points, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StretchPart<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: &'a str,
}

impl<'a> From<&'a Stretch> for StretchPart<'a> {
    fn from(stretch: &'a Stretch) -> Self {
        Self { start: stretch.start, end: stretch.end, text: &stretch.text }
    }
}
