//! Events: claims of many articles that are about one happening.

mod cluster;
mod dead;
mod label;
mod marks;
mod memory;
mod names;
mod parts;
mod place;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::claim::{Claim, Id, Setting};
use crate::rules::compare::{EventRules, MainWeights, Phrases};
use crate::value::{DayRange, Name};

pub(crate) use label::{days, some_of};
pub use memory::{ANY_DAY, Memory, Part, Traces, copies_together, traces, words};
pub(crate) use names::{same_person, word_beginnings};
pub use place::{Changes, Placed, place};

/// One happening and the claims about it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Stable id.
    pub id: Id,
    /// A short description for people.
    pub label: String,
    /// When it happened, as far as its claims tell.
    pub time: Option<DayRange>,
    /// Its actors, places and kinds of incident, the most named first.
    pub setting: Setting,
    /// Indices of its claims, rising.
    pub claims: Vec<usize>,
}

/// The events of a set of claims.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The events, by time, then label, then id; undated ones first.
    pub events: Vec<Event>,
    /// For each claim the index of its event.
    pub of: Vec<Option<u32>>,
    /// What makes an event the main one of a document.
    pub main: MainWeights,
}

/// A claim that a reviewer put elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The claim, as an index.
    pub claim: usize,
    /// A claim about the event it is put to; `None`: it is about no event.
    pub to: Option<usize>,
}

impl Events {
    /// Puts claims where a reviewer wants them. Events keep their days; those without claims are gone.
    pub fn put(&mut self, moves: &[Move], claims: &[Claim], phrases: &Phrases) {
        let mut of = self.of.clone();
        for Move { claim, to } in moves {
            let event = to.and_then(|to| self.of.get(to).copied().flatten());
            of.get_mut(*claim).into_iter().for_each(|of| *of = event);
        }
        let changed = |(index, event): (usize, &Event)| {
            let mut members: Vec<usize> = event.claims.clone();
            members.extend(moves.iter().map(|one| one.claim));
            members.sort_unstable();
            members.dedup();
            members.retain(|&i| of.get(i).copied().flatten().is_some_and(|of| of as usize == index));
            match members == event.claims {
                true => Some(event.clone()),
                false => (!members.is_empty()).then(|| self::event(claims, members, event.time, phrases)),
            }
        };
        if !moves.is_empty() {
            let events = self.events.iter().enumerate().filter_map(changed).collect();
            *self = Self::of(events, claims.len(), self.main);
        }
    }

    /// Events in their order, and the event of each of so many claims.
    pub fn of(mut events: Vec<Event>, claims: usize, main: MainWeights) -> Self {
        events.sort_by(|a, b| (a.time, &a.label, a.id).cmp(&(b.time, &b.label, b.id)));
        let mut of = vec![None; claims];
        for (e, event) in events.iter().enumerate() {
            for &i in &event.claims {
                of[i] = u32::try_from(e).ok();
            }
        }
        Self { events, of, main }
    }

    /// The index of a claim's event.
    pub fn of_claim(&self, claim: usize) -> Option<usize> {
        self.of.get(claim).copied().flatten().map(|event| event as usize)
    }

    /// The index of the main event of the document that makes the claims `range`: the one that most of its claims, its
    /// headline and its first sentences speak of.
    pub fn main_of(&self, claims: &[Claim], range: &Range<usize>) -> Option<usize> {
        let main = self.main;
        let mut weights: BTreeMap<Option<usize>, (usize, Reverse<u32>)> = BTreeMap::new();
        for i in range.clone() {
            let Some(claim) = claims.get(i) else { continue };
            let figure = if claim.content.figure().is_some() { main.figure } else { 0 };
            let lead = if claim.sentence_index < main.sentences { main.lead } else { 0 };
            let weight = main.claim + figure + if claim.headline { main.headline } else { lead };
            let entry = weights.entry(self.of_claim(i)).or_insert((0, Reverse(claim.start)));
            entry.0 += weight;
            entry.1 = Reverse(entry.1.0.min(claim.start));
        }
        weights.into_iter().max_by_key(|&(_, weight)| weight).and_then(|(event, _)| event)
    }
}

/// Brings claims about one happening together.
///
/// A document is first taken apart into its own event and others it mentions; parts of many documents are then
/// linked by shared actors, places, kinds of incident and time. Neither the order of the claims nor that of the
/// documents changes which claims come together.
pub fn link(claims: &[Claim], rules: &EventRules, phrases: &Phrases) -> Events {
    let names = names::Names::of(names_in(claims), &rules.spelling);
    let marks = marks::Marks::of(claims, &rules.marks);
    let order = reading_order(claims);
    let mut groups: BTreeMap<parts::Profile, u32> = BTreeMap::new();
    let mut group_of = vec![0; claims.len()];
    for members in by_document(claims, &order) {
        for part in parts::of_document(claims, members, &names, &marks, rules) {
            let fresh = u32::try_from(groups.len()).unwrap_or(u32::MAX);
            let group = *groups.entry(part.profile).or_insert(fresh);
            part.claims.into_iter().for_each(|i| group_of[i] = group);
        }
    }
    drop((order, marks, names));
    let happenings = happenings(&groups, &group_of, rules);
    drop((groups, group_of));
    let events = happenings.into_iter().map(|(time, members)| event(claims, members, time, phrases)).collect();
    Events::of(events, claims.len(), rules.main)
}

/// The claims by document and place in its text.
fn reading_order(claims: &[Claim]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_unstable_by_key(|&i| (&claims[i].article.document, claims[i].start, claims[i].end, claims[i].id, i));
    order
}

/// The claims of each document.
fn by_document<'o>(claims: &[Claim], order: &'o [usize]) -> impl Iterator<Item = &'o [usize]> {
    order.chunk_by(|&a, &b| claims[a].article.document == claims[b].article.document)
}

/// The parts of all documents, whose names have the given numbers, with all their telling words; the keys of their claims are
/// indices.
pub fn parts(claims: &[Claim], numbers: impl IntoIterator<Item = (Name, u64)>, rules: &EventRules) -> Vec<Part> {
    let names = names::Names::known(numbers);
    let marks = marks::Marks::everything(claims, &rules.marks);
    let order = reading_order(claims);
    let parts =
        by_document(claims, &order).flat_map(|members| parts::of_document(claims, members, &names, &marks, rules));
    parts.map(Part::from).collect()
}

/// The number of each name that claims hold.
pub fn numbers(claims: &[Claim], rules: &EventRules) -> BTreeMap<Name, u64> {
    names::Names::of(names_in(claims), &rules.spelling).all().collect()
}

/// What the spellings of a name begin with.
pub fn beginning(name: &Name, rules: &EventRules) -> String {
    names::beginning_of(name, &rules.spelling)
}

/// The number of a name that was not met before; `others` are all names of the same beginning in their order, with their
/// numbers. `None`: another name would have to change its own.
pub fn number(name: &Name, others: &[(Name, u64)], rules: &EventRules) -> Option<u64> {
    names::spell(name, others, &rules.spelling)
}

/// Every name that the claims or their articles hold. Settings that many claims share are read once.
pub fn names_in(claims: &[Claim]) -> BTreeSet<Name> {
    let mut all: BTreeSet<&Name> = BTreeSet::new();
    let mut read: FxHashSet<*const Setting> = FxHashSet::default();
    for claim in claims {
        all.extend(claim.content.figure().and_then(|figure| figure.victims.side.as_ref()));
        for setting in [&claim.setting, &claim.article_setting] {
            if read.insert(Arc::as_ptr(setting)) {
                all.extend([&setting.actors, &setting.places, &setting.incidents].into_iter().flatten());
            }
        }
    }
    all.into_iter().cloned().collect()
}

/// When each happening was, and the claims about it, rising; `groups` numbers the profiles, `group_of` tells each claim's.
fn happenings(
    groups: &BTreeMap<parts::Profile, u32>,
    group_of: &[u32],
    rules: &EventRules,
) -> Vec<(Option<DayRange>, Vec<usize>)> {
    let (times, clusters) = cluster::link(groups.keys(), rules);
    let mut cluster_of = vec![0; groups.len()];
    for (&group, cluster) in groups.values().zip(clusters) {
        cluster_of[group as usize] = cluster;
    }
    let mut sizes = vec![0; times.len()];
    for &group in group_of {
        sizes[cluster_of[group as usize]] += 1;
    }
    let mut happenings: Vec<_> =
        times.into_iter().zip(sizes).map(|(time, size)| (time, Vec::with_capacity(size))).collect();
    for (i, &group) in group_of.iter().enumerate() {
        happenings[cluster_of[group as usize]].1.push(i);
    }
    happenings
}

/// The event of some claims, whose indices rise.
pub fn event(claims: &[Claim], members: Vec<usize>, time: Option<DayRange>, phrases: &Phrases) -> Event {
    let mut actors = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut incidents = BTreeMap::new();
    for &i in &members {
        let claim = &claims[i];
        count(&mut actors, parts::actors(claim));
        count(&mut places, claim.setting.places.iter());
        count(&mut incidents, claim.setting.incidents.iter());
    }
    if actors.is_empty() && places.is_empty() {
        for &i in &members {
            count(&mut actors, claims[i].article_setting.actors.first().into_iter());
            count(&mut places, claims[i].article_setting.places.first().into_iter());
        }
    }
    let setting = Setting { actors: ranked(actors), places: ranked(places), incidents: ranked(incidents) };
    let first = members.iter().map(|&i| claims[i].id).min().unwrap_or(Id(0));
    let label = label::label(&setting, time, phrases);
    Event { id: Id::of(&["event", &first.to_string()]), label, time, setting, claims: members }
}

fn count<'a>(counts: &mut BTreeMap<&'a Name, usize>, names: impl Iterator<Item = &'a Name>) {
    for name in names.collect::<BTreeSet<_>>() {
        *counts.entry(name).or_default() += 1;
    }
}

fn ranked(counts: BTreeMap<&Name, usize>) -> Box<[Name]> {
    let mut names: Vec<(&Name, usize)> = counts.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    names.into_iter().map(|(name, _)| name.clone()).collect()
}
