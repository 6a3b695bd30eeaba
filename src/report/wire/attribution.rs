//! An attribution as it is written: one line per source, cue and content.

use schemars::JsonSchema;
use serde::Serialize;

use super::StretchPart;
use crate::analysis::Analysis;

/// Who says what in one document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "attribution")]
pub struct AttributionLine<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Who; null where the text names nobody.
    pub source: Option<StretchPart<'a>>,
    /// The words that attribute.
    pub cue: Option<StretchPart<'a>>,
    /// What is said.
    pub content: StretchPart<'a>,
    /// True inside quotation marks.
    pub direct: bool,
    /// Id of the rule that found it.
    pub rule: &'a str,
}

impl<'a> AttributionLine<'a> {
    /// The lines of all attributions, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.attributions.iter().filter_map(|(article, attribution)| {
            Some(Self {
                document: &analysis.articles.get(*article)?.document,
                source: attribution.source.as_ref().map(Into::into),
                cue: attribution.cue.as_ref().map(Into::into),
                content: (&attribution.content).into(),
                direct: attribution.direct,
                rule: attribution.rule.as_str(),
            })
        })
    }
}
