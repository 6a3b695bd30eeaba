//! `report.html`: the report as one page that asks nothing of any network.
//!
//! What is content stands in the page as text, made from the templates of `templates/`; the scripts of `assets/` draw
//! charts from the tables that stand there, filter, sort, copy and save. A strict policy lets these scripts run and no other.

mod article;
mod card;
mod chart;
mod cite;
mod data;
mod event;
mod outlets;
mod policy;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write};

use askama::Template;

use self::article::ArticleView;
use self::card::Card;
use self::event::{Contents, EventView};
use self::outlets::{Heat, Key, Outlets};
use super::model::Report;
use super::outlets::measures;
use super::text::{by_number, candidates, counted, first_words, number, one_line, outlet_and_day};
use super::{Exporter, Needs};
use crate::analysis::{Analysis, Until};
use crate::claim::Id;
use crate::event::days;
use crate::value::{FindingKind, Verdict};

/// The report as a page.
pub(super) const PAGE: Exporter = Exporter {
    format: "html",
    file: "report.html",
    needs: Needs { until: Until::Policies, texts: true },
    usual: true,
    write: |report: &Report<'_>, out: &mut dyn Write| -> io::Result<()> { write(report, &PageOptions::default(), out) },
};

/// What a page has beside the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageOptions<'a> {
    /// What it needs to be reviewed; nothing in a file that is only read.
    pub review: Option<ReviewHook<'a>>,
}

/// What makes a page one on which findings are decided: it may then speak to the server that it came from, and its
/// body has `data-review="on"` and `data-token`.
#[derive(Clone, Copy, Debug)]
pub struct ReviewHook<'a> {
    /// One more script, run after the others.
    pub script: &'a str,
    /// One more style sheet, after the page's own; may be empty.
    pub style: &'a str,
    /// What the script shows the server with every request.
    pub token: &'a str,
}

/// Lists of sentences, articles and warnings end here; more are counted.
const LISTED: usize = 200;

/// Characters shown of a sentence that gave no claim.
const SENTENCE: usize = 320;

/// Writes the page.
pub fn write(report: &Report<'_>, options: &PageOptions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outlets = Outlets::of(report.analysis);
    let context = Context::of(report, outlets);
    let page = Page::of(&context, options)?;
    page.write_into(out)
}

/// What the parts of the page share.
struct Context<'a> {
    report: &'a Report<'a>,
    /// The outlets with their colours and shapes.
    outlets: Outlets,
    /// The findings that a claim is part of, as indices.
    findings_of: BTreeMap<usize, Vec<usize>>,
    /// The events' indices.
    events: BTreeMap<Id, usize>,
}

impl<'a> Context<'a> {
    fn of(report: &'a Report<'a>, outlets: Outlets) -> Self {
        let mut findings_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, finding) in report.analysis.findings.iter().enumerate() {
            for &claim in finding.positions.iter().flat_map(|position| &position.claims) {
                let of = findings_of.entry(claim).or_default();
                if of.last() != Some(&index) {
                    of.push(index);
                }
            }
        }
        let events = report.analysis.events.events.iter().enumerate().map(|(index, event)| (event.id, index)).collect();
        Self { report, outlets, findings_of, events }
    }

    fn analysis(&self) -> &'a Analysis {
        self.report.analysis
    }
}

/// A number with what it counts.
struct Stat {
    number: String,
    what: String,
    /// The verdict whose colour it has; empty for other numbers.
    verdict: &'static str,
}

/// A choice of a filter.
struct Choice {
    value: String,
    label: String,
    count: usize,
}

/// Sentences that gave no claim for one reason.
struct Missed {
    reason: &'static str,
    sentences: String,
    example: String,
    why: String,
    article: String,
}

/// An article that lacks something.
struct Lacking {
    name: String,
    anchor: Option<String>,
    what: String,
}

/// What could not be used, and why.
struct Unused {
    without_event: String,
    warnings: Vec<String>,
    lapsed: Vec<String>,
    lacking: Vec<Lacking>,
    more_lacking: usize,
    candidates: String,
    gaps: Vec<Missed>,
}

impl Unused {
    fn is_empty(&self) -> bool {
        self.without_event.is_empty()
            && self.warnings.is_empty()
            && self.lapsed.is_empty()
            && self.lacking.is_empty()
            && self.gaps.is_empty()
    }
}

/// What a verdict means, for the page's legend.
struct Meaning {
    verdict: &'static str,
    meaning: &'static str,
}

/// The whole page.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    policy: String,
    styles: Vec<&'a str>,
    scripts: Vec<&'a str>,
    token: Option<&'a str>,
    lede: String,
    stats: Vec<Stat>,
    verdicts: Vec<Stat>,
    kinds: Vec<Choice>,
    verdict_choices: Vec<Choice>,
    contents: Vec<Contents>,
    events: Vec<EventView>,
    dismissed: Vec<Card>,
    once: Vec<EventView>,
    key: Vec<Key>,
    heat: Heat,
    measures: (Vec<&'static str>, Vec<Vec<String>>),
    articles: Vec<ArticleView>,
    unused: Unused,
    legend: Vec<Meaning>,
    data: String,
}

impl<'a> Page<'a> {
    fn of(context: &Context<'a>, options: &PageOptions<'a>) -> io::Result<Self> {
        let report = context.report;
        let mut styles = vec![policy::STYLE];
        let mut scripts: Vec<&str> = policy::SCRIPTS.to_vec();
        if let Some(review) = options.review {
            styles.extend(Some(review.style).filter(|style| !style.is_empty()));
            scripts.push(review.script);
        }
        let sections = report.disputed.iter().chain(&report.agreed);
        let events: Vec<EventView> = sections.map(|section| EventView::of(section, context)).collect();
        let dismissed = report.dismissed.iter().map(|(event, question)| Card::of(question, *event, context));
        Ok(Self {
            policy: policy::of(&styles, &scripts, options.review.is_some()),
            styles,
            scripts,
            token: options.review.map(|review| review.token),
            lede: lede(report),
            stats: stats(context),
            verdicts: verdicts(report),
            kinds: kinds(report.analysis),
            verdict_choices: verdict_choices(report),
            contents: events.iter().map(Contents::of).collect(),
            once: event::told_otherwise(context),
            events,
            dismissed: dismissed.collect(),
            key: context.outlets.key(),
            heat: Heat::of(context),
            measures: measures(report.analysis),
            articles: article::all(context),
            unused: unused(context),
            legend: legend(),
            data: data::of(context)?,
        })
    }
}

/// `5 articles of 5 outlets, published September 2020–May 2023`.
fn lede(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let outlets = match summary.outlets {
        0 => String::new(),
        n => format!(" from {}", counted(n, "outlet", "outlets")),
    };
    let published = summary.published.map(|range| format!(", published {}", days(range))).unwrap_or_default();
    let asked: usize = summary.findings.iter().map(|(_, count)| count).sum();
    let dismissed = match report.dismissed.len() {
        0 => String::new(),
        n => format!("; reviewers dismissed {} more", number(n as u64)),
    };
    format!(
        "{}{outlets}{published}. {} can be compared{dismissed}.",
        counted(summary.articles, "article", "articles"),
        counted(asked, "question", "questions")
    )
}

fn stats(context: &Context<'_>) -> Vec<Stat> {
    let summary = &context.report.summary;
    let claims: usize = summary.claims.iter().map(|(_, count)| count).sum();
    let analysis = context.analysis();
    let origins: std::collections::BTreeSet<_> =
        (0..analysis.claims.len()).filter_map(|claim| analysis.origins.of(claim)).collect();
    let stat = |n: usize, one: &str, many: &str| Stat {
        number: number(n as u64),
        what: if n == 1 { one.to_owned() } else { many.to_owned() },
        verdict: "",
    };
    vec![
        stat(summary.articles, "article", "articles"),
        stat(summary.outlets, "outlet", "outlets"),
        stat(origins.len(), "independent origin", "independent origins"),
        stat(summary.events, "event", "events"),
        stat(claims, "claim", "claims"),
    ]
}

fn verdicts(report: &Report<'_>) -> Vec<Stat> {
    let one = |&(verdict, count): &(Verdict, usize)| Stat {
        number: number(count as u64),
        what: super::markdown::meaning(verdict).0.to_owned(),
        verdict: verdict.as_str(),
    };
    report.summary.findings.iter().map(one).collect()
}

fn verdict_choices(report: &Report<'_>) -> Vec<Choice> {
    let one = |&(verdict, count): &(Verdict, usize)| Choice {
        value: verdict.as_str().to_owned(),
        label: verdict.as_str().to_owned(),
        count,
    };
    report.summary.findings.iter().map(one).collect()
}

fn kinds(analysis: &Analysis) -> Vec<Choice> {
    let one = |kind: &FindingKind| Choice {
        value: kind.as_str().to_owned(),
        label: kind.as_str().to_owned(),
        count: analysis.findings.iter().filter(|finding| finding.kind == *kind).count(),
    };
    FindingKind::ALL.iter().map(one).filter(|choice| choice.count > 0).collect()
}

fn unused(context: &Context<'_>) -> Unused {
    let unused = &context.report.unused;
    let coverage = &context.analysis().coverage;
    let texts = |errors: &[crate::error::Error]| errors.iter().take(LISTED).map(|e| one_line(&e.to_string())).collect();
    let lacking = unused.lacking.iter().take(LISTED).map(|lacking| Lacking {
        name: outlet_and_day(lacking.article),
        anchor: article::anchor_if_shown(lacking.article, context.analysis()),
        what: lacking.what.join(", "),
    });
    let gaps = unused.gaps.iter().map(|missed| {
        let (example, why, article) = missed.example.map_or_else(Default::default, |(article, gap)| {
            let sentence = first_words(&one_line(&gap.at.text), SENTENCE);
            (sentence, one_line(&gap.why), outlet_and_day(article))
        });
        Missed { reason: missed.reason.as_str(), sentences: number(missed.sentences as u64), example, why, article }
    });
    Unused {
        without_event: match unused.without_event {
            0 => String::new(),
            n => counted(n, "claim belongs", "claims belong"),
        },
        warnings: texts(unused.warnings),
        lapsed: texts(&context.analysis().lapsed),
        lacking: lacking.collect(),
        more_lacking: unused.lacking.len().saturating_sub(LISTED),
        candidates: if by_number(coverage).next().is_some() { candidates(coverage) } else { String::new() },
        gaps: gaps.collect(),
    }
}

fn legend() -> Vec<Meaning> {
    let one = |verdict: &Verdict| Meaning { verdict: verdict.as_str(), meaning: super::markdown::meaning(*verdict).1 };
    Verdict::ALL.iter().rev().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn page(options: &PageOptions<'_>) -> String {
        let analysis = fixture::analysis();
        let mut out = Vec::new();
        write(&Report::new(&analysis), options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_finding_has_its_place_its_quotes_and_room_for_what_a_reviewer_does() {
        let page = page(&PageOptions::default());
        let id = Id::of(&["finding"]);
        assert!(page.contains(&format!(
            "<article class=\"finding v-contradiction\" id=\"finding-{id}\" data-finding=\"{id}\""
        )));
        assert!(page.contains("<div class=\"finding-actions\"></div>"));
        let claim = fixture::analysis().claims[0].id;
        assert!(page.contains(&format!("data-claim=\"{claim}\"")) && page.contains(&format!("id=\"claim-{claim}\"")));
    }

    #[test]
    fn text_of_articles_is_escaped() {
        let page = page(&PageOptions::default());
        assert!(page.contains("said &#60;b&#62;about&#60;/b&#62; ") && !page.contains("<b>about"), "{page}");
        assert!(page.contains("href=\"https://example.org/a?a=(1)\""));
    }

    #[test]
    fn a_page_to_be_reviewed_has_its_script_its_token_and_may_speak_to_its_server() {
        let review = ReviewHook { script: "review()", style: "", token: "a\"b" };
        let page = page(&PageOptions { review: Some(review) });
        assert!(page.contains("<script>review()</script>") && page.contains("connect-src &#39;self&#39;"));
        assert!(page.contains("<body data-review=\"on\" data-token=\"a&#34;b\">"));
        assert!(!self::page(&PageOptions::default()).contains("data-review"));
    }
}
