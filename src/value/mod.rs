//! Meanings without text: counts, intervals, days, closed vocabularies.

mod count;
mod days;
mod interval;
mod name;
#[macro_use]
mod vocab;
mod policy;

pub use count::{Count, Tolerance};
pub use days::DayRange;
pub use interval::Interval;
pub use name::Name;
pub use policy::{
    Bound, ClaimMark, CountsOnce, Fallback, GradeTest, NoteField, PolicyLines, PolicyStep, Remark, VagueRule,
};
pub use vocab::{
    ClaimField, ClaimKind, Correctable, Counted, EvidenceStatus, FindingKind, GapReason, Judgement, Modality, Outcome,
    Phase, Qualifier, Referent, Standing, Verdict, VictimClass,
};
