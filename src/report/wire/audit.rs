//! The audit as it is written: one line per outlet, or one per figure with its place among the others.

use schemars::JsonSchema;
use serde::Serialize;

use super::{TallyLine, Word, rounded};
use crate::analysis::Analysis;
use crate::audit::{Measure, Outlet};
use crate::value::{Outcome, Remark};

/// What an outlet does, set against the others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "outlet")]
pub struct OutletLine<'a> {
    /// Its name.
    pub outlet: &'a str,
    /// Its articles; versions of one are one.
    pub articles: usize,
    /// Events of which it gives a figure.
    pub events: usize,
    /// Distance of its figures of the dead from the middle of independent origins, relative to the middle; null if unknown.
    pub killed: Option<MeasurePart>,
    /// The same for the wounded.
    pub injured: Option<MeasurePart>,
    /// The same for people missing.
    pub missing: Option<MeasurePart>,
    /// The same for people captured.
    pub captured: Option<MeasurePart>,
    /// The same for people displaced.
    pub displaced: Option<MeasurePart>,
    /// The same for dead and wounded together.
    pub casualties: Option<MeasurePart>,
    /// Share of its casualty figures for which nobody is named; null if it has none.
    pub unattributed: Option<MeasurePart>,
    /// Share of its accusations in its own voice; null if it has none.
    pub own_blame: Option<MeasurePart>,
    /// Days after the first outlet that told of an event; null if unknown.
    pub late: Option<MeasurePart>,
    /// What passes the limits of the audit's rules.
    pub remarks: Vec<Word<Remark>>,
}

/// A number, and how many things it rests on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MeasurePart {
    /// The number.
    pub value: f64,
    /// Events, figures or accusations it rests on.
    pub of: usize,
}

impl From<Measure> for MeasurePart {
    fn from(measure: Measure) -> Self {
        Self { value: rounded(measure.value), of: measure.of }
    }
}

impl<'a> OutletLine<'a> {
    /// The line of one outlet.
    pub fn new(outlet: &'a Outlet) -> Self {
        let deviation = |outcome: Outcome| outlet.deviations.get(&outcome).copied().map(Into::into);
        Self {
            outlet: &outlet.name,
            articles: outlet.articles,
            events: outlet.events,
            killed: deviation(Outcome::Killed),
            injured: deviation(Outcome::Injured),
            missing: deviation(Outcome::Missing),
            captured: deviation(Outcome::Captured),
            displaced: deviation(Outcome::Displaced),
            casualties: deviation(Outcome::Casualties),
            unattributed: outlet.unattributed.map(Into::into),
            own_blame: outlet.own_blame.map(Into::into),
            late: outlet.late.map(Into::into),
            remarks: outlet.remarks.iter().copied().map(Word).collect(),
        }
    }

    /// The lines of all outlets, by name.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.audit.outlets.iter().map(Self::new)
    }
}

/// What one document says the toll of one event is, from whom, and where that stands among others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "figure")]
pub struct FigureLine<'a> {
    /// The tally.
    #[serde(flatten)]
    pub tally: TallyLine<'a>,
    /// Those who say it, in the text's words; empty where the outlet names nobody.
    pub speakers: Vec<&'a str>,
    /// Where it comes from: an actor, an agency or the outlet.
    pub origin: &'a str,
    /// The middle of the figures of independent origins; null if there are too few of them.
    pub middle: Option<f64>,
    /// Distance from the middle, relative to it; null if unknown.
    pub deviation: Option<f64>,
    /// Days after the first outlet that told of the event; null if unknown.
    pub late: Option<i64>,
}

impl<'a> FigureLine<'a> {
    /// The lines of all figures of events: by event, outcome, day and document.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.audit.figures.iter().filter_map(|figure| {
            let tally = analysis.tallies.get(figure.tally)?;
            let mut speakers: Vec<&str> =
                analysis.claims_at(&tally.claims).filter_map(|claim| Some(&*claim.speaker.as_deref()?.text)).collect();
            speakers.sort_unstable();
            speakers.dedup();
            Some(Self {
                tally: TallyLine::new(analysis, tally)?,
                speakers,
                origin: &figure.origin,
                middle: figure.middle,
                deviation: figure.deviation.map(rounded),
                late: figure.late,
            })
        })
    }
}
