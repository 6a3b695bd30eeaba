//! The parts of one document: its own event, and other happenings it mentions.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};

use super::names::{NameId, Names};
use crate::claim::{Claim, Content, Setting};
use crate::rules::compare::{EventRules, Nearness};
use crate::value::{DayRange, Name};

/// How closely a part is dated; parts are linked in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Day,
    Period,
    Background,
    Undated,
}

/// What linking knows of a part; parts of the same profile are one candidate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Profile {
    pub(super) grain: Grain,
    pub(super) time: Option<DayRange>,
    /// An undated part is not older than this day: its document speaks of it as past.
    pub(super) after: Option<Date>,
    pub(super) actors: BTreeSet<NameId>,
    pub(super) places: BTreeSet<NameId>,
    pub(super) incidents: BTreeSet<NameId>,
}

/// The claims of one document about one happening.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) profile: Profile,
    pub(super) claims: Vec<usize>,
}

/// The actors a claim names: those of its sentence, the accused, whose people are counted.
pub(super) fn actors(claim: &Claim) -> impl Iterator<Item = &Name> {
    let extra = match &claim.content {
        Content::Blame { accused, .. } => accused.actor.as_ref(),
        content => content.figure().and_then(|figure| figure.victims.side.as_ref()),
    };
    claim.setting.actors.iter().chain(extra)
}

fn grain(time: DayRange, near: &Nearness) -> Grain {
    match time.days() {
        days if days <= near.day => Grain::Day,
        days if days <= near.period => Grain::Period,
        _ => Grain::Background,
    }
}

/// A group of claims while a document is taken apart.
#[derive(Default)]
struct Draft {
    time: Option<DayRange>,
    claims: Vec<usize>,
    foreign: bool,
    names: BTreeSet<NameId>,
}

/// Takes one document apart; `members` are the indices of its claims in reading order.
pub(super) fn of_document(claims: &[Claim], members: &[usize], names: &Names, rules: &EventRules) -> Vec<Part> {
    let Some(first) = members.first().and_then(|&i| claims.get(i)) else { return Vec::new() };
    let published = first.article.published;
    let article = &first.article_setting;
    let main_names = main_names(article, names, rules.blocking.main_names);
    let mut drafts: Vec<Draft> = vec![Draft::default()];
    dated_groups(claims, members, published, &rules.nearness, &mut drafts);
    let home = home(claims, &mut drafts, published, rules);
    let mut carried: Option<(u32, usize)> = None;
    for &i in members {
        let claim = &claims[i];
        let own = own_names(claim, names);
        let here = drafts.iter().position(|draft| draft.claims.contains(&i));
        let carries = |at: u32| claim.sentence_index.saturating_sub(at) <= rules.blocking.carry;
        let elsewhere = !own.is_empty() && !main_names.is_empty() && own.is_disjoint(&main_names);
        let target = match (here, carried) {
            _ if elsewhere => foreign(&mut drafts, &own),
            (None | Some(0), Some((at, draft)))
                if drafts[draft].foreign
                    && carries(at)
                    && (own.is_empty() || !own.is_disjoint(&drafts[draft].names)) =>
            {
                draft
            }
            (Some(draft), _) => draft,
            (None, _) => same_sentence(claims, &drafts, i).unwrap_or(home),
        };
        if here != Some(target) {
            if let Some(old) = here {
                drafts[old].claims.retain(|&other| other != i);
                if let (true, Some(time)) = (drafts[target].foreign, claim.time) {
                    drafts[target].time = Some(drafts[target].time.map_or(time, |t| t.hull(time)));
                }
            }
            drafts[target].claims.push(i);
        }
        drafts[target].names.extend(own);
        carried = Some((claim.sentence_index, target));
    }
    finish(claims, drafts, home, published, names, rules)
}

fn main_names(article: &Setting, names: &Names, count: usize) -> BTreeSet<NameId> {
    let actors = article.actors.iter().take(count);
    actors.chain(article.places.iter().take(count)).filter_map(|name| names.id(name)).collect()
}

fn own_names(claim: &Claim, names: &Names) -> BTreeSet<NameId> {
    actors(claim).chain(&claim.setting.places).filter_map(|name| names.id(name)).collect()
}

/// The foreign group that shares a name with `own`, or a new one.
fn foreign(drafts: &mut Vec<Draft>, own: &BTreeSet<NameId>) -> usize {
    match drafts.iter().position(|draft| draft.foreign && !draft.names.is_disjoint(own)) {
        Some(known) => known,
        None => {
            drafts.push(Draft { foreign: true, ..Draft::default() });
            drafts.len() - 1
        }
    }
}

/// The group of a dated claim of the same sentence.
fn same_sentence(claims: &[Claim], drafts: &[Draft], i: usize) -> Option<usize> {
    let at = claims[i].sentence_index;
    drafts.iter().position(|draft| {
        !draft.foreign && draft.claims.iter().any(|&j| claims[j].sentence_index == at && claims[j].time.is_some())
    })
}

/// Groups claims whose own words date them by time: days that touch come together, long times by themselves.
fn dated_groups(
    claims: &[Claim],
    members: &[usize],
    published: Option<Date>,
    near: &Nearness,
    drafts: &mut Vec<Draft>,
) {
    let mut dated: Vec<(DayRange, usize)> =
        members.iter().filter_map(|&i| claims[i].time.filter(|_| claims[i].timed_here).map(|time| (time, i))).collect();
    dated.sort();
    let running = |time: DayRange, claim: &Claim| {
        claim.content.figure().is_some_and(|figure| figure.cumulative)
            && published.is_some_and(|day| time.widened(near.recent).contains(DayRange::day(day)))
    };
    let mut last: Option<usize> = None;
    for &(time, i) in
        dated.iter().filter(|(time, i)| grain(*time, near) != Grain::Background && !running(*time, &claims[*i]))
    {
        match last.filter(|&d| drafts[d].time.is_some_and(|known| known.gap(time) <= near.gap)) {
            Some(d) => {
                drafts[d].time = drafts[d].time.map(|known| known.hull(time));
                drafts[d].claims.push(i);
            }
            None => {
                drafts.push(Draft { time: Some(time), claims: vec![i], ..Draft::default() });
                last = Some(drafts.len() - 1);
            }
        }
    }
    for &(time, i) in &dated {
        if running(time, &claims[i]) {
            drafts[0].claims.push(i);
        } else if grain(time, near) == Grain::Background {
            match drafts.iter().position(|draft| draft.time == Some(time)) {
                Some(d) => drafts[d].claims.push(i),
                None => drafts.push(Draft { time: Some(time), claims: vec![i], ..Draft::default() }),
            }
        }
    }
}

/// The group of the document's own event, which takes the claims without a date of their own.
fn home(claims: &[Claim], drafts: &mut [Draft], published: Option<Date>, rules: &EventRules) -> usize {
    let near = &rules.nearness;
    let lead = |draft: &Draft| {
        draft.claims.iter().filter(|&&i| claims[i].headline || claims[i].sentence_index <= rules.blocking.lead).count()
    };
    let fits = |draft: &Draft| match (draft.time, published) {
        (Some(time), _) if grain(time, near) == Grain::Background => false,
        (Some(time), Some(day)) => {
            let news = DayRange::new(day.saturating_sub(near.recent.days()), day);
            time.meets(news) || lead(draft) > 0
        }
        (Some(_), None) => lead(draft) > 0,
        (None, _) => false,
    };
    let weight = |draft: &Draft| {
        let recent = published
            .zip(draft.time)
            .is_some_and(|(day, time)| time.meets(DayRange::new(day.saturating_sub(near.recent.days()), day)));
        (lead(draft), recent, draft.claims.len(), draft.time)
    };
    let best = (1..drafts.len()).filter(|&d| fits(&drafts[d])).max_by_key(|&d| weight(&drafts[d]));
    let home = best.unwrap_or(0);
    if home != 0 {
        let running = std::mem::take(&mut drafts[0].claims);
        drafts[home].claims.extend(running);
    }
    home
}

fn finish(
    claims: &[Claim],
    drafts: Vec<Draft>,
    home: usize,
    published: Option<Date>,
    names: &Names,
    rules: &EventRules,
) -> Vec<Part> {
    let near = &rules.nearness;
    let named = drafts.iter().enumerate().filter(|(d, _)| *d != home);
    let after = named.filter_map(|(_, draft)| draft.time).map(|time| time.last).max();
    let ids = |list: &[Name], most: usize| -> BTreeSet<NameId> {
        list.iter().take(most).filter_map(|name| names.id(name)).collect()
    };
    let frame = published.map(|day| DayRange::new(day.saturating_sub(near.before_publication.days()), day));
    let mut parts = Vec::new();
    for (d, mut draft) in drafts.into_iter().enumerate() {
        draft.claims.sort_unstable();
        draft.claims.dedup();
        let Some(first) = draft.claims.first() else { continue };
        let article = &claims[*first].article_setting;
        let mut actors = BTreeSet::new();
        let mut places = BTreeSet::new();
        let mut incidents = BTreeSet::new();
        for &i in &draft.claims {
            actors.extend(self::actors(&claims[i]).filter_map(|name| names.id(name)));
            places.extend(claims[i].setting.places.iter().filter_map(|name| names.id(name)));
            incidents.extend(claims[i].setting.incidents.iter().filter_map(|name| names.id(name)));
        }
        if d == home || actors.is_empty() && places.is_empty() {
            actors.extend(ids(&article.actors, rules.blocking.main_names));
            places.extend(ids(&article.places, rules.blocking.main_names));
        }
        if d == home || incidents.is_empty() {
            incidents.extend(ids(&article.incidents, 1));
        }
        let time = draft.time.or(frame);
        let grain = time.map_or(Grain::Undated, |time| grain(time, near));
        let after = after.filter(|_| grain == Grain::Undated);
        let profile = Profile { grain, time, after, actors, places, incidents };
        parts.push(Part { profile, claims: draft.claims });
    }
    parts
}
