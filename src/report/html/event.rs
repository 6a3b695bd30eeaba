//! Events as sections of the page: their findings, the tables that their charts are drawn from, and what recorders publish.

use std::collections::BTreeSet;

use super::Context;
use super::card::{Card, counts};
use super::chart::{self, Accusation, Mark, Moment, TollTable};
use crate::compare::Finding;
use crate::event::{Event, days};
use crate::policy::Published;
use crate::report::markdown::{names, plain_label};
use crate::report::model::Section;
use crate::report::text::{counted, number, one_line};
use crate::report::tolls::together;
use crate::value::Verdict;

/// Events without questions that are listed; more are counted.
const ONCE: usize = 400;

/// Figures of an event in its table and chart; more are left to `claims.csv`.
const MARKS: usize = 1500;

/// One event.
pub(super) struct EventView {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) when: String,
    /// Places, actors, and how widely it is told.
    pub(super) facts: Vec<String>,
    /// Findings of each verdict.
    pub(super) counts: Vec<(&'static str, String)>,
    pub(super) cards: Vec<Card>,
    /// Findings on which all agree.
    pub(super) agreed: Vec<Card>,
    pub(super) figures: Vec<Mark>,
    pub(super) more_figures: usize,
    pub(super) blame: Vec<Accusation>,
    pub(super) moments: Vec<Moment>,
    pub(super) tolls: Option<TollTable>,
    pub(super) recorders: Vec<Recorders>,
}

/// What the policies publish of one outcome.
pub(super) struct Recorders {
    pub(super) outcome: &'static str,
    /// Where they differ; empty where there is but one line.
    pub(super) together: String,
    pub(super) rows: Vec<Recorded>,
}

/// What one policy publishes of one outcome.
pub(super) struct Recorded {
    pub(super) policy: String,
    pub(super) best: String,
    pub(super) range: String,
    pub(super) note: String,
}

/// A line of the table of contents.
pub(super) struct Contents {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) when: String,
    pub(super) sort: String,
    pub(super) counts: Vec<usize>,
}

impl Contents {
    pub(super) fn of(event: &EventView) -> Self {
        let count = |verdict: &Verdict| {
            let cards = event.cards.iter().chain(&event.agreed);
            cards.filter(|card| card.verdict == verdict.as_str()).count()
        };
        Self {
            id: event.id.clone(),
            title: event.title.clone(),
            when: event.when.clone(),
            sort: event.moments.iter().find_map(|moment| moment.first).map(|day| day.to_string()).unwrap_or_default(),
            counts: Verdict::ALL.iter().rev().map(count).collect(),
        }
    }
}

impl EventView {
    pub(super) fn of(section: &Section<'_>, context: &Context<'_>) -> Self {
        let card = |question: &_| Card::of(question, section.event, context);
        let (agreed, open): (Vec<_>, Vec<_>) =
            section.questions.iter().partition(|question| question.finding.verdict == Verdict::Agreement);
        let told = format!(
            "{} of {}",
            counted(section.articles, "article", "articles"),
            counted(section.outlets, "outlet", "outlets")
        );
        let bare = section.event.map(|event| Self::bare(event, context));
        let mut view = bare.unwrap_or_else(Self::empty);
        view.facts.push(told);
        view.counts = counts(&section.questions);
        view.moments = chart::moments(section, context);
        view.cards = open.into_iter().map(card).collect();
        view.agreed = agreed.into_iter().map(card).collect();
        view
    }

    /// An event with its figures alone.
    fn bare(event: &Event, context: &Context<'_>) -> Self {
        let setting = &event.setting;
        let mut figures = chart::figures(event, context);
        let more_figures = figures.len().saturating_sub(MARKS);
        figures.truncate(MARKS);
        Self {
            id: event.id.to_string(),
            title: plain_label(Some(event)),
            when: event.time.map(days).unwrap_or_default(),
            facts: [names(&setting.places), names(&setting.actors)].into_iter().flatten().collect(),
            figures,
            more_figures,
            blame: chart::blame(event, context),
            tolls: chart::tolls(event, context),
            recorders: recorders(event, context),
            ..Self::empty()
        }
    }

    fn empty() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            when: String::new(),
            facts: Vec::new(),
            counts: Vec::new(),
            cards: Vec::new(),
            agreed: Vec::new(),
            figures: Vec::new(),
            more_figures: 0,
            blame: Vec::new(),
            moments: Vec::new(),
            tolls: None,
            recorders: Vec::new(),
        }
    }
}

/// Events with figures on which there is nothing to compare.
pub(super) fn told_otherwise(context: &Context<'_>) -> Vec<EventView> {
    let report = context.report;
    let asked: BTreeSet<_> = report
        .disputed
        .iter()
        .chain(&report.agreed)
        .filter_map(|section| section.event)
        .map(|event| event.id)
        .collect();
    let rest = report.tolls.iter().map(|toll| toll.event).filter(|event| !asked.contains(&event.id));
    rest.take(ONCE).map(|event| EventView { recorders: Vec::new(), ..EventView::bare(event, context) }).collect()
}

/// What is published of an event, outcome by outcome.
fn groups<'a>(event: &Event, context: &Context<'a>) -> impl Iterator<Item = &'a [Published]> {
    let all = &context.analysis().published[..];
    let index = context.events.get(&event.id).copied().unwrap_or(usize::MAX);
    let first = all.partition_point(|published| published.event < index);
    let length = all[first..].partition_point(|published| published.event == index);
    all[first..first + length].chunk_by(|a, b| a.outcome == b.outcome)
}

fn recorders(event: &Event, context: &Context<'_>) -> Vec<Recorders> {
    let of_group = |group: &[Published]| {
        let several = group.iter().filter(|published| published.claimant.is_none()).count() > 1;
        Some(Recorders {
            outcome: group.first()?.outcome.as_str(),
            together: if several { together(group) } else { String::new() },
            rows: group.iter().map(Recorded::of).collect(),
        })
    };
    groups(event, context).filter_map(of_group).collect()
}

impl Recorded {
    fn of(published: &Published) -> Self {
        let policy = &published.policy;
        Self {
            policy: match (&published.claimant, &published.grade) {
                (Some(claimant), _) => format!("{policy}, {}", one_line(claimant)),
                (None, Some(grade)) => format!("{policy}, {grade}"),
                (None, None) => policy.to_string(),
            },
            best: published.best.map(number).unwrap_or_default(),
            range: match (published.low, published.high) {
                (None, None) => String::new(),
                (Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
                (Some(low), None) => format!("{} or more", number(low)),
                (None, Some(high)) => format!("up to {}", number(high)),
            },
            note: one_line(&published.note),
        }
    }
}

/// What recorders would publish of what a finding asks for, and the table that says why.
pub(super) fn published_of(finding: &Finding, event: &Event, context: &Context<'_>) -> Option<(String, String)> {
    let first = finding.positions.iter().flat_map(|position| context.analysis().claims_at(&position.claims)).next()?;
    let outcome = first.content.figure()?.outcome;
    let group = groups(event, context).find(|group| group.iter().any(|published| published.outcome == outcome))?;
    Some((together(group), format!("recorders-{}", event.id)))
}
