//! The whole report as it is written in `report.json`: the lines of all streams in one object.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ClaimLine, Day, Days, EventPart, FigureLine, FindingLine, GapLine, OutletLine, Sha256, TallyLine, TollLine, days,
};
use crate::analysis::Analysis;
use crate::report::model::{Report, Summary};

/// A report on where articles differ.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "report")]
pub struct ReportObject<'a> {
    /// How much was read and found.
    pub summary: SummaryPart,
    /// The articles, in the order of the input.
    pub articles: Vec<ArticlePart<'a>>,
    /// The events, by time.
    pub events: Vec<EventPart<'a>>,
    /// Every question on which claims can be compared, the gravest first.
    pub findings: Vec<FindingLine<'a>>,
    /// Every claim.
    pub claims: Vec<ClaimLine<'a>>,
    /// What each article says each event's toll is.
    pub tallies: Vec<TallyLine<'a>>,
    /// What each recorder would publish of each event.
    pub tolls: Vec<TollLine<'a>>,
    /// What each outlet does, set against the others.
    pub outlets: Vec<OutletLine<'a>>,
    /// Every figure with its place among the others.
    pub figures: Vec<FigureLine<'a>>,
    /// What could not be used.
    pub unused: UnusedPart<'a>,
}

/// Numbers of things read and found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SummaryPart {
    /// Articles read.
    pub articles: usize,
    /// Outlets named by them.
    pub outlets: usize,
    /// First and last day of publication known; null if none is.
    pub published: Option<Days>,
    /// Events told.
    pub events: usize,
    /// Claims of each kind.
    pub claims: BTreeMap<&'static str, usize>,
    /// Findings of each verdict, without those that reviewers dismissed.
    pub findings: BTreeMap<&'static str, usize>,
    /// Findings that reviewers dismissed.
    pub dismissed: usize,
}

/// An article.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ArticlePart<'a> {
    /// The document's id.
    pub document: &'a str,
    /// Who published it; null if unknown.
    pub outlet: Option<&'a str>,
    /// Day of publication; null if unknown.
    pub published: Option<Day>,
    /// The headline; null if unknown.
    pub title: Option<&'a str>,
    /// Where it was published; null if unknown.
    pub url: Option<&'a str>,
    /// SHA-256 of the document's text; null if the text was not seen.
    pub sha256: Option<Sha256>,
    /// Number of its claims.
    pub claims: usize,
}

/// What could not be read, dated or placed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnusedPart<'a> {
    /// What could not be read, and decisions that no longer hold, in words.
    pub warnings: Vec<String>,
    /// Articles that lack something the comparison needs.
    pub lacking: Vec<LackingPart<'a>>,
    /// Claims that belong to no event.
    pub without_event: usize,
    /// Sentences with a number and a word of casualty that gave a claim.
    pub claimed: usize,
    /// Those that gave none, by reason.
    pub unclaimed: BTreeMap<&'static str, usize>,
    /// One such sentence for each reason.
    pub examples: Vec<GapLine<'a>>,
}

/// An article and what it lacks.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LackingPart<'a> {
    /// The document's id.
    pub document: &'a str,
    /// `claims`, `date`, `outlet`.
    pub lacks: Vec<&'static str>,
}

impl<'a> ReportObject<'a> {
    /// The object of a report.
    pub fn of(report: &Report<'a>) -> Self {
        let analysis = report.analysis;
        Self {
            summary: SummaryPart::of(&report.summary, report.dismissed.len()),
            articles: articles(analysis),
            events: analysis.events.events.iter().map(Into::into).collect(),
            findings: FindingLine::all(analysis).collect(),
            claims: ClaimLine::of(analysis).collect(),
            tallies: TallyLine::of(analysis).collect(),
            tolls: TollLine::of(analysis).collect(),
            outlets: OutletLine::of(analysis).collect(),
            figures: FigureLine::of(analysis).collect(),
            unused: UnusedPart::of(report),
        }
    }
}

impl SummaryPart {
    fn of(summary: &Summary, dismissed: usize) -> Self {
        Self {
            articles: summary.articles,
            outlets: summary.outlets,
            published: days(summary.published),
            events: summary.events,
            claims: summary.claims.iter().map(|(kind, count)| (kind.as_str(), *count)).collect(),
            findings: summary.findings.iter().map(|(verdict, count)| (verdict.as_str(), *count)).collect(),
            dismissed,
        }
    }
}

fn articles(analysis: &Analysis) -> Vec<ArticlePart<'_>> {
    let articles = analysis.articles.iter().zip(&analysis.claims_of);
    articles
        .map(|(article, claims)| ArticlePart {
            document: &article.document,
            outlet: article.outlet.as_deref(),
            published: article.published.map(Day),
            title: article.title.as_deref(),
            url: article.url.as_deref(),
            sha256: article.sha256.map(Sha256),
            claims: claims.len(),
        })
        .collect()
}

impl<'a> UnusedPart<'a> {
    fn of(report: &Report<'a>) -> Self {
        let (analysis, unused) = (report.analysis, &report.unused);
        let lacking = unused.lacking.iter();
        Self {
            warnings: analysis.warnings.iter().chain(&analysis.lapsed).map(ToString::to_string).collect(),
            lacking: lacking
                .map(|one| LackingPart { document: &one.article.document, lacks: one.what.clone() })
                .collect(),
            without_event: unused.without_event,
            claimed: analysis.coverage.claimed,
            unclaimed: analysis.coverage.unclaimed.iter().map(|(reason, n)| (reason.as_str(), *n)).collect(),
            examples: unused
                .gaps
                .iter()
                .filter_map(|missed| missed.example)
                .map(|(article, gap)| GapLine::new(article, gap))
                .collect(),
        }
    }
}
