//! The tables that charts are drawn from: every figure of an event, who accuses whom, and when it happened.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Context;
use crate::claim::{Claim, Content};
use crate::event::{Event, days};
use crate::report::model::Section;
use crate::report::text::{day, number, one_line, outlet, outlet_and_day, speaker};
use crate::value::{DayRange, FindingKind, Interval, Modality, Outcome, Qualifier};

/// Acts told of one accusation; more are counted.
const ACTS: usize = 3;

/// One figure: the claims of one outlet and day that say the same.
pub(super) struct Mark {
    pub(super) outcome: &'static str,
    /// In the text's words: `at least 31 Armenian soldiers`.
    pub(super) words: String,
    pub(super) range: String,
    pub(super) low: u64,
    /// Nothing where open.
    pub(super) high: Option<u64>,
    /// Where the mark stands.
    pub(super) at: u64,
    pub(super) day: Option<Date>,
    pub(super) as_of: String,
    pub(super) outlet: Option<usize>,
    pub(super) name: String,
    pub(super) speaker: String,
    pub(super) quote: String,
    pub(super) claim: String,
    /// Articles that say it.
    pub(super) articles: usize,
    pub(super) denied: bool,
}

/// What makes figures one mark.
type Same<'a> = (Outcome, Option<Date>, String, u64, Option<u64>, String, &'a str, bool);

/// The figures of an event, by outcome, then day, then number.
pub(super) fn figures(event: &Event, context: &Context<'_>) -> Vec<Mark> {
    let mut marks: BTreeMap<Same<'_>, Mark> = BTreeMap::new();
    let mut articles: BTreeMap<Same<'_>, BTreeSet<&str>> = BTreeMap::new();
    for claim in context.analysis().claims_at(&event.claims) {
        let Some(figure) = claim.content.figure() else { continue };
        let Interval { low, high } = figure.count.interval;
        let as_of = claim.article.published.or(claim.time.map(|time| time.last));
        let denied = claim.modality == Modality::Denied;
        let (name, who) = (outlet(&claim.article), speaker(claim));
        let people = if figure.victims.text.is_empty() { figure.victims.class.as_str() } else { &figure.victims.text };
        let same = (figure.outcome, as_of, name.clone(), low, high, who.clone(), people, denied);
        articles.entry(same.clone()).or_default().insert(&claim.article.document);
        marks.entry(same).or_insert_with(|| Mark {
            outcome: figure.outcome.as_str(),
            words: stated(&figure.words, &figure.victims.text),
            range: span(figure.count.interval),
            low,
            high,
            at: match (figure.count.qualifier, figure.count.value, high) {
                (Qualifier::Range | Qualifier::Vague, _, Some(high)) | (_, None, Some(high)) => low.midpoint(high),
                (_, Some(value), _) => value,
                (_, None, None) => low,
            },
            day: as_of,
            as_of: as_of.map(day).unwrap_or_default(),
            outlet: context.outlets.number(&claim.article),
            name,
            speaker: who,
            quote: one_line(&claim.sentence),
            claim: claim.id.to_string(),
            articles: 0,
            denied,
        });
    }
    for (same, mark) in &mut marks {
        mark.articles = articles.get(same).map_or(1, BTreeSet::len);
    }
    marks.into_values().collect()
}

/// The number's words with the people's, without saying one inside the other twice.
fn stated(words: &str, people: &str) -> String {
    let (words, people) = (one_line(words), one_line(people));
    if people.is_empty() || people.contains(&words) {
        if people.is_empty() { words } else { people }
    } else {
        format!("{words} {people}")
    }
}

/// `31 or more`, `45 to 55`, `12`.
fn span(interval: Interval) -> String {
    match interval.high {
        Some(high) if high == interval.low => number(high),
        Some(high) => format!("{} to {}", number(interval.low), number(high)),
        None => format!("{} or more", number(interval.low)),
    }
}

/// One accusation: who accuses whom.
pub(super) struct Accusation {
    pub(super) accuser: String,
    pub(super) accused: String,
    /// True if an outlet says it in its own voice.
    pub(super) own_voice: bool,
    pub(super) acts: String,
    pub(super) origins: usize,
    pub(super) carriers: String,
    pub(super) claim: String,
}

/// Who accuses whom in an event; what most origins bear out comes first.
pub(super) fn blame(event: &Event, context: &Context<'_>) -> Vec<Accusation> {
    #[derive(Default)]
    struct Told<'a> {
        acts: Vec<String>,
        origins: BTreeSet<&'a str>,
        carriers: BTreeSet<String>,
        claim: Option<&'a Claim>,
    }
    let analysis = context.analysis();
    let mut told: BTreeMap<(String, String, bool), Told<'_>> = BTreeMap::new();
    for &index in &event.claims {
        let Some(claim) = analysis.claims.get(index) else { continue };
        let Content::Blame { accused, act } = &*claim.content else { continue };
        if claim.modality == Modality::Denied {
            continue;
        }
        let own_voice = claim.speaker.is_none();
        let accuser = match claim.speaker.as_deref() {
            Some(party) => one_line(party.name()),
            None => outlet(&claim.article),
        };
        let entry = told.entry((accuser, one_line(accused.name()), own_voice)).or_default();
        let act = one_line(act);
        if !act.is_empty() && !entry.acts.contains(&act) {
            entry.acts.push(act);
        }
        entry.origins.extend(analysis.origins.of(index).map(|origin| origin.as_str()));
        entry.carriers.insert(outlet(&claim.article));
        entry.claim.get_or_insert(claim);
    }
    let accusation = |((accuser, accused, own_voice), told): ((String, String, bool), Told<'_>)| {
        let more = told.acts.len().saturating_sub(ACTS);
        let mut acts: Vec<String> = told.acts.into_iter().take(ACTS).collect();
        if more > 0 {
            acts.push(format!("and {more} more"));
        }
        Accusation {
            accuser,
            accused,
            own_voice,
            acts: acts.join("; "),
            origins: told.origins.len().max(1),
            carriers: told.carriers.into_iter().collect::<Vec<_>>().join(", "),
            claim: told.claim.map(|claim| claim.id.to_string()).unwrap_or_default(),
        }
    };
    let mut all: Vec<Accusation> = told.into_iter().map(accusation).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.origins));
    all
}

/// One answer to when it happened.
pub(super) struct Moment {
    pub(super) answer: String,
    pub(super) first: Option<Date>,
    pub(super) last: Option<Date>,
    pub(super) when: String,
    pub(super) carriers: String,
    pub(super) outlet: Option<usize>,
    pub(super) articles: usize,
    pub(super) finding: String,
    pub(super) verdict: &'static str,
    pub(super) claim: String,
}

/// When an event happened, began or ended, by the answers of its findings, the earliest first.
pub(super) fn moments(section: &Section<'_>, context: &Context<'_>) -> Vec<Moment> {
    let mut moments = Vec::new();
    for question in section.questions.iter().filter(|question| question.finding.kind == FindingKind::Timing) {
        for (index, position) in question.finding.positions.iter().enumerate() {
            let claims: Vec<&Claim> = context.analysis().claims_at(&position.claims).collect();
            let time = claims.iter().filter_map(|claim| claim.time).reduce(DayRange::hull);
            let names: BTreeSet<String> = claims.iter().map(|claim| outlet(&claim.article)).collect();
            let verdicts = question.finding.relations.iter().filter(|pair| pair.a == index || pair.b == index);
            moments.push(Moment {
                answer: one_line(&position.label),
                first: time.map(|time| time.first),
                last: time.map(|time| time.last),
                when: time.map(days).unwrap_or_default(),
                carriers: names.into_iter().collect::<Vec<_>>().join(", "),
                outlet: claims.first().and_then(|claim| context.outlets.number(&claim.article)),
                articles: claims.iter().map(|claim| &claim.article.document).collect::<BTreeSet<_>>().len(),
                finding: question.finding.id.to_string(),
                verdict: verdicts.map(|pair| pair.verdict).max().unwrap_or(question.finding.verdict).as_str(),
                claim: claims.first().map(|claim| claim.id.to_string()).unwrap_or_default(),
            });
        }
    }
    moments.sort_by_key(|moment| (moment.first.is_none(), moment.first, moment.last));
    moments
}

/// One article's figures for one event, outcome by outcome.
pub(super) struct Told {
    pub(super) name: String,
    pub(super) url: Option<String>,
    pub(super) cells: Vec<String>,
}

/// The figures of an event, article by article.
pub(super) struct TollTable {
    pub(super) outcomes: Vec<&'static str>,
    pub(super) rows: Vec<Told>,
}

/// The tolls of an event, one row per article.
pub(super) fn tolls(event: &Event, context: &Context<'_>) -> Option<TollTable> {
    let toll = context.report.tolls.iter().find(|toll| toll.event.id == event.id)?;
    let analysis = context.analysis();
    let cell = |tally: &crate::tally::Tally| {
        let figure = match crate::report::audit::stated(tally) {
            (None, _) => "number not said".to_owned(),
            (Some(figure), None) => figure,
            (Some(figure), Some(range)) => format!("{figure} ({range})"),
        };
        let who = crate::report::audit::speakers(analysis, tally);
        [figure, who.join(", ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let rows = toll.rows.iter().map(|row| Told {
        name: outlet_and_day(row.article),
        url: super::card::web(row.article),
        cells: row.cells.iter().map(|tally| tally.map(cell).unwrap_or_default()).collect(),
    });
    Some(TollTable { outcomes: toll.outcomes.iter().map(|outcome| outcome.as_str()).collect(), rows: rows.collect() })
}
