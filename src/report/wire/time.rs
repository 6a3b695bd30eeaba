//! A time expression as it is written: one line per expression, after TIMEX3.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Days, days};
use crate::analysis::Analysis;

/// One time expression of one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "time")]
pub struct TimeLine<'a> {
    /// The document's id.
    pub document: &'a str,
    /// First Unicode code point of the words in the document's text.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The words.
    pub text: &'a str,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// The normalised value.
    pub value: &'a str,
    /// TIMEX3 modifier; null if none.
    #[serde(rename = "mod")]
    pub modifier: Option<&'a str>,
    /// First and last day it covers; null where they cannot be told.
    pub days: Option<Days>,
    /// Id of the rule that found it.
    pub rule: &'a str,
}

impl<'a> TimeLine<'a> {
    /// The lines of all time expressions, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.times.iter().filter_map(|(article, time)| {
            Some(Self {
                document: &analysis.articles.get(*article)?.document,
                start: time.at.start,
                end: time.at.end,
                text: &time.at.text,
                kind: time.kind.as_str(),
                value: &time.value,
                modifier: time.modifier.as_ref().map(|modifier| modifier.as_str()),
                days: days(time.days),
                rule: time.rule.as_str(),
            })
        })
    }
}
