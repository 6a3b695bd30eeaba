//! Extraction: one document in, its claims, time expressions and attributions out; no other document is seen.

mod acts;
mod anaphora;
mod build;
mod chart;
mod content;
mod coverage;
mod dating;
mod draft;
mod figures;
mod gap;
mod matcher;
mod mention;
mod names;
mod number;
mod parts;
mod period;
mod quotes;
mod reader;
mod said;
mod sentence;
mod subject;
mod time;
pub mod trial;
mod yearly;

use std::sync::Arc;

use crate::claim::Claim;
use crate::rules::RuleSet;
use crate::text::{Article, CodePoints, Document, Span};
use crate::value::{DayRange, Name};

pub use coverage::{Coverage, Gap, Gaps};

/// What to look for; claims alone is the fast path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Every time expression, not only those that date claims.
    pub times: bool,
    /// Every attribution, not only those of claims.
    pub attributions: bool,
    /// What became of sentences with a number and a word of casualty.
    pub gaps: Gaps,
    /// The texts of articles that make claims, which the analysis then keeps.
    pub texts: bool,
}

/// A stretch of a document's text: code point offsets and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First Unicode code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: Box<str>,
}

/// A time expression after TIMEX3 (ISO-TimeML).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands.
    pub at: Stretch,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub kind: Name,
    /// The normalised value (`2022-09-13`, `P2D`, `PRESENT_REF`).
    pub value: Box<str>,
    /// TIMEX3 modifier (`APPROX`, `MID`, …).
    pub modifier: Option<Name>,
    /// The days it covers, where they can be told.
    pub days: Option<DayRange>,
    /// The rule that found it.
    pub rule: Name,
}

/// Who says what: PARC 3.0's source, cue and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who; `None` where the text names nobody.
    pub source: Option<Stretch>,
    /// The words that attribute ("said", "according to").
    pub cue: Option<Stretch>,
    /// What is said.
    pub content: Stretch,
    /// True inside quotation marks.
    pub direct: bool,
    /// The rule that found it.
    pub rule: Name,
}

/// Everything read out of one document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The article's metadata.
    pub article: Arc<Article>,
    /// Its claims, in order of their place in the text.
    pub claims: Vec<Claim>,
    /// Its time expressions, if wanted, in order.
    pub times: Vec<TimeExpression>,
    /// Its attributions, if wanted, in order.
    pub attributions: Vec<Attribution>,
    /// How many sentences could have given a casualty claim, and how many did, if wanted.
    pub coverage: Coverage,
    /// Those that did not, as far as they are wanted, in order.
    pub gaps: Vec<Gap>,
}

/// Reads one document. Cannot fail and does not panic, whatever the text.
pub fn extract(document: &Document, rules: &RuleSet, wanted: Wanted) -> Extraction {
    reader::read(document, rules, wanted)
}

fn stretch(points: &mut CodePoints<'_>, span: Span, text: &str) -> Stretch {
    Stretch { start: points.at(span.start), end: points.at(span.end), text: span.of(text).into() }
}
