//! Meanings without text: counts, intervals, days, closed vocabularies.

mod count;
mod days;
mod interval;
mod name;
mod vocab;

pub use count::{Count, Tolerance};
pub use days::DayRange;
pub use interval::Interval;
pub use name::Name;
pub use vocab::{
    ClaimField, ClaimKind, Counted, EvidenceStatus, FindingKind, GapReason, Judgement, Modality, Outcome, Phase,
    Qualifier, Referent, Verdict, VictimClass,
};
