//! A sentence without a claim as it is written: one line per sentence, with the reason.

use schemars::JsonSchema;
use serde::Serialize;

use super::{StretchPart, Word};
use crate::analysis::Analysis;
use crate::extract::Gap;
use crate::text::Article;
use crate::value::{Counted, GapReason};

/// A sentence that holds a number and a word of casualty but gave no casualty claim.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "gap")]
pub struct GapLine<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Who published it; null if unknown.
    pub outlet: Option<&'a str>,
    /// Why there is no claim.
    pub reason: Word<GapReason>,
    /// The reason in words.
    pub why: &'a str,
    /// The sentence.
    pub sentence: &'a str,
    /// Its first Unicode code point in the document's text.
    pub start: u32,
    /// One past its last code point.
    pub end: u32,
    /// The people nearest to a word of casualty; null if there are none.
    pub people: Option<StretchPart<'a>>,
    /// That word; null if there are no people.
    pub harm: Option<StretchPart<'a>>,
    /// The numbers that count no people.
    pub numbers: Vec<&'a str>,
    /// What each of `numbers` counts.
    pub counted: Vec<Word<Counted>>,
}

impl<'a> GapLine<'a> {
    /// The line of one sentence.
    pub fn new(article: &'a Article, gap: &'a Gap) -> Self {
        Self {
            document: &article.document,
            outlet: article.outlet.as_deref(),
            reason: Word(gap.reason),
            why: &gap.why,
            sentence: &gap.at.text,
            start: gap.at.start,
            end: gap.at.end,
            people: gap.people.as_ref().map(Into::into),
            harm: gap.harm.as_ref().map(Into::into),
            numbers: gap.numbers.iter().map(|(words, _)| &**words).collect(),
            counted: gap.numbers.iter().map(|(_, counted)| Word(*counted)).collect(),
        }
    }

    /// The lines of all sentences without a claim, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        let gaps = analysis.gaps.iter();
        gaps.filter_map(|(article, gap)| Some(Self::new(analysis.articles.get(*article)?, gap)))
    }
}
