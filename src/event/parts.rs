//! The parts of one document: its own event, and other happenings it mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault};
use std::ops::Range;

use jiff::{ToSpan, civil::Date};
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::dead;
use super::marks::Marks;
use super::names::{NameId, NameSets, Names};
use crate::claim::{Claim, Setting};
use crate::rules::compare::{EventRules, Nearness};
use crate::value::{DayRange, Name, Outcome};

/// How closely a part is dated; parts are linked in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Grain {
    Day,
    Period,
    Background,
    Undated,
}

/// What linking knows of a part; parts of the same profile are one candidate. Parts are linked in the order of their
/// profiles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) grain: Grain,
    pub(super) time: Option<DayRange>,
    /// The days its running totals count over: an article of a later day may count since the first.
    pub(super) reach: Option<DayRange>,
    /// An undated part is not older than this day: its document speaks of it as past.
    pub(super) after: Option<Date>,
    /// All telling words of its sentences as one number, common ones too: so which words are rare changes no order.
    pub(super) words: u64,
    /// Actors, places, kinds of incident, marks (the rare words of its sentences), and the dead by name.
    pub(super) names: NameSets,
}

impl Profile {
    /// The names by which clusters are found: actors, places, marks and the dead.
    pub(super) fn keys(&self) -> impl Iterator<Item = NameId> + '_ {
        let [actors, places, _, marks, dead] = self.names.sets();
        [actors, places, marks, dead].into_iter().flatten().copied()
    }

    /// True if it is found by a name.
    pub(super) fn has(&self, name: NameId) -> bool {
        self.keys().any(|own| own == name)
    }
}

/// The claims of one document about one happening.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) profile: Profile,
    pub(super) claims: Vec<usize>,
}

/// The actors a claim names: those of its sentence, and whose people are counted.
pub(super) fn actors(claim: &Claim) -> impl Iterator<Item = &Name> {
    let side = claim.content.figure().and_then(|figure| figure.victims.side.as_ref());
    claim.setting.actors.iter().chain(side)
}

fn grain(time: DayRange, near: &Nearness) -> Grain {
    match time.days() {
        days if days <= near.day => Grain::Day,
        days if days <= near.period => Grain::Period,
        _ => Grain::Background,
    }
}

/// What is counted: the outcome, and the least and most people.
type Told = (Outcome, u64, Option<u64>);

/// A group of claims while a document is taken apart; the first one of a document has no time.
#[derive(Default)]
struct Draft {
    time: Option<DayRange>,
    foreign: bool,
    names: BTreeSet<NameId>,
}

/// A document while it is taken apart.
struct Taking<'a> {
    claims: &'a [Claim],
    /// Its claims in reading order.
    members: &'a [usize],
    names: &'a Names,
    marks: &'a Marks,
    rules: &'a EventRules,
    published: Option<Date>,
    drafts: Vec<Draft>,
    /// The groups of other happenings.
    foreign: Vec<usize>,
    /// The group of each claim that has one.
    place: BTreeMap<usize, usize>,
    /// The group of the dated claims of each sentence.
    sentences: BTreeMap<u32, usize>,
}

/// Takes one document apart; `members` are the indices of its claims in reading order.
pub(super) fn of_document(
    claims: &[Claim],
    members: &[usize],
    names: &Names,
    marks: &Marks,
    rules: &EventRules,
) -> Vec<Part> {
    let Some(first) = members.first().and_then(|&i| claims.get(i)) else { return Vec::new() };
    let mut taking = Taking {
        claims,
        members,
        names,
        marks,
        rules,
        published: first.article.published,
        drafts: vec![Draft::default()],
        foreign: Vec::new(),
        place: BTreeMap::new(),
        sentences: BTreeMap::new(),
    };
    taking.group_dated();
    let home = taking.home();
    taking.assign(home, &first.article_setting);
    taking.finish(home, &first.article_setting)
}

impl Taking<'_> {
    fn near(&self) -> &Nearness {
        &self.rules.nearness
    }

    /// True for a running total up to about the day of publication, which belongs to the document's own event.
    fn running(&self, i: usize, time: DayRange) -> bool {
        let figure = self.claims[i].content.figure();
        figure.is_some_and(|figure| figure.cumulative)
            && self.published.is_some_and(|day| time.widened(self.near().recent).contains(DayRange::day(day)))
    }

    /// Groups the claims that their own words date: days that touch come together, a period joins the days it holds,
    /// long times stand by themselves.
    fn group_dated(&mut self) {
        let timed = |&i: &usize| self.claims[i].time.filter(|_| self.claims[i].timed_here).map(|time| (time, i));
        let mut dated: Vec<(DayRange, usize)> =
            self.members.iter().filter_map(timed).filter(|&(time, i)| !self.running(i, time)).collect();
        dated.sort_by_key(|&(time, i)| (grain(time, &self.rules.nearness), time, i));
        let mut days = 1;
        // The groups in which each figure stands.
        let mut told: BTreeMap<Told, BTreeSet<usize>> = BTreeMap::new();
        for (time, i) in dated {
            let grain = grain(time, self.near());
            let all = self.drafts.len();
            let known = match grain {
                Grain::Day => Some(all - 1).filter(|&d| self.gap(d, time).is_some_and(|gap| gap <= self.near().gap)),
                Grain::Period => self.meeting(1..days, time).or_else(|| self.meeting(days..all, time)),
                _ => {
                    Some(all - 1).filter(|&d| self.drafts[d].time == Some(time)).or_else(|| self.retold(&told, time, i))
                }
            };
            let d = known.unwrap_or_else(|| {
                self.drafts.push(Draft { time: Some(time), ..Draft::default() });
                self.drafts.len() - 1
            });
            if grain == Grain::Day {
                self.drafts[d].time = self.drafts[d].time.map(|known| known.hull(time));
                days = self.drafts.len();
            }
            if let Some(figure) = self.told(i) {
                told.entry(figure).or_default().insert(d);
            }
            self.place.insert(i, d);
            self.sentences.entry(self.claims[i].sentence_index).or_insert(d);
        }
    }

    /// The group within a long time that has the figure a claim of that time gives again: "in 2015" and "on June 13, 2015"
    /// four were killed.
    fn retold(&self, told: &BTreeMap<Told, BTreeSet<usize>>, time: DayRange, i: usize) -> Option<usize> {
        let within = |&d: &usize| self.drafts[d].time.is_some_and(|known| time.contains(known));
        told.get(&self.told(i)?)?.iter().copied().find(within)
    }

    /// What a claim counts, if it is no running total.
    fn told(&self, i: usize) -> Option<Told> {
        let figure = self.claims[i].content.figure().filter(|figure| !figure.cumulative)?;
        Some((figure.outcome, figure.count.interval.low, figure.count.interval.high))
    }

    /// The first of the groups `among`, which are of one grain, in order and apart, that shares a day with `time`.
    fn meeting(&self, among: Range<usize>, time: DayRange) -> Option<usize> {
        let groups = self.drafts.get(among.clone())?;
        let before = groups.partition_point(|draft| draft.time.is_some_and(|known| known.last < time.first));
        Some(among.start + before).filter(|&d| d < among.end && self.gap(d, time) == Some(0))
    }

    /// Days between a group and a time.
    fn gap(&self, d: usize, time: DayRange) -> Option<i64> {
        self.drafts[d].time.map(|known| known.gap(time))
    }

    /// The group of the document's own event, which takes the claims without a date of their own: a recent one
    /// first, then the one told in the lead, then the one with most claims. A document without a date of its own
    /// must tell it in the lead.
    fn home(&self) -> usize {
        let news = self.published.map(|day| DayRange::new(day.saturating_sub(self.near().recent.days()), day));
        let mut told = vec![(0, 0); self.drafts.len()];
        for (&i, &d) in &self.place {
            let claim = &self.claims[i];
            told[d].0 += usize::from(claim.headline || claim.sentence_index <= self.rules.blocking.lead);
            told[d].1 += 1;
        }
        let weight = |d: usize| {
            let time = self.drafts[d].time.filter(|&time| grain(time, self.near()) != Grain::Background)?;
            let (lead, claims) = told[d];
            let recent = news.is_some_and(|news| time.meets(news));
            (self.published.is_some() || lead > 0).then_some((recent, lead, claims, time, d))
        };
        let best = (1..self.drafts.len()).filter_map(weight).max().map(|(.., d)| d);
        best.or_else(|| self.long_ago()).unwrap_or(0)
    }

    /// A group of a long time whose figure the lead gives again without a date: "Man pleads guilty to killing four".
    fn long_ago(&self) -> Option<usize> {
        let leads = |i: usize| {
            let claim = &self.claims[i];
            claim.headline || claim.sentence_index <= self.rules.blocking.lead
        };
        let undated: BTreeSet<Told> = self
            .members
            .iter()
            .filter(|&&i| leads(i) && !self.place.contains_key(&i))
            .filter_map(|&i| self.told(i))
            .collect();
        let dated = self.place.iter().filter(|&(&i, _)| leads(i));
        dated.filter(|&(&i, _)| self.told(i).is_some_and(|told| undated.contains(&told))).map(|(_, &d)| d).min()
    }

    /// Gives every claim its group.
    fn assign(&mut self, home: usize, article: &Setting) {
        let main = self.main_names(article);
        let mut carried: Option<(u32, usize)> = None;
        for &i in self.members {
            let claim = &self.claims[i];
            let own: BTreeSet<NameId> =
                actors(claim).chain(&claim.setting.places).filter_map(|name| self.names.id(name)).collect();
            let here = self.place.get(&i).copied();
            let others: BTreeSet<NameId> = actors(claim).filter_map(|name| self.names.id(name)).collect();
            let elsewhere = others.len() > 1 && !main.is_empty() && own.is_disjoint(&main);
            let follows = carried.filter(|&(at, d)| {
                let near = claim.sentence_index.saturating_sub(at) <= self.rules.blocking.carry;
                self.drafts[d].foreign && near && (own.is_empty() || !own.is_disjoint(&self.drafts[d].names))
            });
            let target = match (elsewhere, here, follows) {
                (true, ..) => self.foreign(&own, claim.time.filter(|_| claim.timed_here)),
                (false, None, Some((_, d))) => d,
                (false, Some(d), _) => d,
                (false, None, None) => self.sentences.get(&claim.sentence_index).copied().unwrap_or(home),
            };
            self.place.insert(i, target);
            self.drafts[target].names.extend(own);
            carried = Some((claim.sentence_index, target));
        }
    }

    fn main_names(&self, article: &Setting) -> BTreeSet<NameId> {
        let most = self.rules.blocking.main_names;
        let names = article.actors.iter().take(most).chain(article.places.iter().take(most));
        names.filter_map(|name| self.names.id(name)).collect()
    }

    /// The foreign group that shares a name with `own`, or a new one.
    fn foreign(&mut self, own: &BTreeSet<NameId>, time: Option<DayRange>) -> usize {
        let known = self.foreign.iter().copied().find(|&d| !self.drafts[d].names.is_disjoint(own));
        let d = known.unwrap_or_else(|| {
            self.drafts.push(Draft { foreign: true, ..Draft::default() });
            self.foreign.push(self.drafts.len() - 1);
            self.drafts.len() - 1
        });
        self.drafts[d].time = self.drafts[d].time.or(time);
        d
    }

    fn finish(self, home: usize, article: &Setting) -> Vec<Part> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (&i, &d) in &self.place {
            groups.entry(d).or_default().push(i);
        }
        let after =
            (0..self.drafts.len()).filter(|&d| d != home).filter_map(|d| self.drafts[d].time).map(|t| t.last).max();
        groups.into_iter().map(|(d, claims)| self.part(d, claims, d == home, article, after)).collect()
    }

    fn part(&self, d: usize, claims: Vec<usize>, home: bool, article: &Setting, after: Option<Date>) -> Part {
        let near = self.near();
        let most = self.rules.blocking.main_names;
        let ids = |list: &[Name], most: usize| -> Vec<NameId> {
            list.iter().take(most).filter_map(|name| self.names.id(name)).collect()
        };
        let mut actors = BTreeSet::new();
        let mut places = BTreeSet::new();
        let mut incidents = BTreeSet::new();
        let mut marks = BTreeSet::new();
        let mut dead = BTreeSet::new();
        let mut words = BTreeSet::new();
        let mut reach: Option<DayRange> = None;
        for claim in claims.iter().map(|&i| &self.claims[i]) {
            actors.extend(self::actors(claim).filter_map(|name| self.names.id(name)));
            places.extend(ids(&claim.setting.places, usize::MAX));
            incidents.extend(ids(&claim.setting.incidents, usize::MAX));
            marks.extend(self.marks.get(claim));
            dead.extend(dead::number(claim, &self.rules.spelling));
            words.extend(self.marks.all(claim));
            if claim.content.figure().is_some_and(|figure| figure.cumulative) {
                reach = reach.into_iter().chain(claim.time.filter(|_| claim.timed_here)).reduce(DayRange::hull);
            }
        }
        if home || actors.is_empty() && places.is_empty() {
            actors.extend(ids(&article.actors, most));
            places.extend(ids(&article.places, most));
        }
        if home || incidents.is_empty() {
            incidents.extend(ids(&article.incidents, 1));
        }
        let frame = self.published.map(|day| DayRange::new(day.saturating_sub(near.before_publication.days()), day));
        let time = self.drafts[d].time.or(frame);
        let grain = time.map_or(Grain::Undated, |time| grain(time, near));
        let reach = reach.filter(|reach| reach.days() <= near.period);
        let after = after.filter(|_| grain == Grain::Undated);
        let names = NameSets::of([actors, places, incidents, marks, dead]);
        let words = BuildHasherDefault::<FxHasher>::default().hash_one(&words);
        let profile = Profile { grain, time, reach, after, words, names };
        Part { profile, claims }
    }
}
