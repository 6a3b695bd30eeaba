//! Decisions: what reviewers said of findings and corrected in claims, kept by what the claims say, so that they last from
//! run to run.

mod apply;
mod correct;
mod entry;
mod file;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::claim::{Claim, Content, Corrected, Id};
use crate::compare::{Finding, Position};
use crate::error::Location;
use crate::value::{Correctable, FindingKind, Judgement};

pub use apply::{Applied, Decided, apply};
pub use correct::{Corrections, correct};
pub use entry::read;
pub use file::{add, add_correction, remove, remove_correction};

/// What the file of decisions beside a set of articles is called.
pub const FILE: &str = "gainsay-decisions.toml";

/// One reviewer's word on one finding.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The finding's id at that time.
    pub finding: Box<str>,
    /// What was decided.
    pub verdict: Judgement,
    /// The reason.
    pub why: Box<str>,
    /// Who decided.
    pub by: Option<Box<str>>,
    /// When.
    pub on: Option<Date>,
    /// What the finding compares.
    pub kind: FindingKind,
    /// The question as it was put.
    pub question: Box<str>,
    /// The claims it rests on: those that made the finding what it was.
    pub claims: Vec<Ground>,
    /// Where it is written.
    pub at: Location,
}

/// What a reviewer corrected in one claim; what is `None` stays as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The claim's id at that time.
    pub claim: Box<str>,
    /// The claim as it was read.
    pub ground: Ground,
    /// How many people it counts, in words such as `12` or `at least 12`.
    pub figure: Option<Box<str>>,
    /// Who says it; empty: the outlet itself.
    pub speaker: Option<Box<str>>,
    /// What happening it is about.
    pub event: Option<About>,
    /// The reason.
    pub why: Box<str>,
    /// Who corrected it.
    pub by: Option<Box<str>>,
    /// When.
    pub on: Option<Date>,
    /// Where it is written.
    pub at: Location,
}

impl Correction {
    /// What is corrected.
    pub fn fields(&self) -> Corrected {
        let figure = self.figure.is_some().then_some(Correctable::Figure);
        let speaker = self.speaker.is_some().then_some(Correctable::Speaker);
        let event = self.event.is_some().then_some(Correctable::Event);
        [figure, speaker, event].into_iter().flatten().collect()
    }
}

/// What happening a corrected claim is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The one that this claim, as it was read, is about.
    Same(Ground),
    /// None that is compared.
    Nothing,
}

impl About {
    /// What stands for no event.
    pub const NOTHING: &'static str = "none";
}

/// What a file of decisions holds.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Words on findings.
    pub decisions: Vec<Decision>,
    /// Corrections of claims.
    pub corrections: Vec<Correction>,
}

/// A claim that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ground {
    /// Its document's id.
    pub document: Box<str>,
    /// Its words.
    pub quote: Box<str>,
    /// Stands for its document, its words and what it says.
    pub key: Id,
}

impl Ground {
    /// A claim as something to rest on. Neither its place in the text nor other articles change the key.
    pub fn of(claim: &Claim) -> Self {
        let document = &claim.article.document;
        let speaker = claim.speaker.as_deref().map_or("", |speaker| speaker.name());
        let says = match &*claim.content {
            Content::Casualty(figure) | Content::Strength(figure) => {
                let side = figure.victims.side.as_ref().map_or("", |side| side.as_str());
                format!("{} {} {} {side}", figure.count, figure.outcome, figure.victims.class)
            }
            Content::Timing { phase, .. } => {
                format!("{phase} {}", claim.time.map_or_else(String::new, |time| time.to_string()))
            }
            Content::Blame { accused, act } => format!("{} {act}", accused.name()),
            Content::Denial { .. } => String::new(),
        };
        let kind = claim.content.kind().as_str();
        let key = Id::of(&["decided", document, kind, claim.quote(), speaker, claim.modality.as_str(), &says]);
        Self { document: document.clone(), quote: claim.quote().into(), key }
    }
}

/// The claims that make a finding what it is: those of the answers between which its verdict stands, each once.
pub fn grounds(finding: &Finding, claims: &[Claim]) -> Vec<Ground> {
    let grave = finding.relations.iter().filter(|relation| relation.verdict == finding.verdict);
    let between: BTreeSet<usize> = grave.flat_map(|relation| [relation.a, relation.b]).collect();
    let answers = finding.positions.iter().enumerate();
    let answers = answers.filter(|(index, _)| between.is_empty() || between.contains(index));
    let grounds: BTreeSet<Ground> = answers.flat_map(|(_, answer)| of_answer(answer, claims)).collect();
    grounds.into_iter().collect()
}

fn of_answer<'a>(answer: &'a Position, claims: &'a [Claim]) -> impl Iterator<Item = Ground> + 'a {
    answer.claims.iter().filter_map(|&claim| claims.get(claim)).map(Ground::of)
}
