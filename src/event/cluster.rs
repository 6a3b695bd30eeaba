//! Clusters of parts: blocking by name and time, then scoring, in one fixed order.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

use super::names::{MARKS, NameId, SETS};
use super::parts::{Grain, Profile};
use crate::rules::compare::{EventRules, Nearness};
use crate::value::DayRange;
use jiff::civil::Date;

/// Parts of many documents about one happening.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    /// Hull of the day-long times.
    core: Option<DayRange>,
    /// Hull of all times but the background ones, while any is known.
    time: Option<DayRange>,
    /// Actors, places, kinds of incident, marks, and the dead by name.
    names: [Listed<NameId>; SETS],
}

impl Cluster {
    /// When it happened, as closely as its parts are dated.
    pub(super) fn when(&self) -> Option<DayRange> {
        self.core.or(self.time)
    }

    /// The days that it is found by, if it has any.
    pub(super) fn days(&self) -> Option<DayRange> {
        self.time
    }

    /// The names by which it is found since it took in a part, if that is all that can matter to others: it has the days and
    /// the kinds of incident that it had before, names of the same sorts, and none of the dead, by whom others find it
    /// whatever its days.
    pub(super) fn gains(&self, part: &Profile, before: &Self) -> Option<Vec<NameId>> {
        let [actors, places, incidents, _, dead] = &self.names;
        let [known_actors, known_places, known_incidents, ..] = &before.names;
        let alike = |all: &Listed<NameId>, known: &Listed<NameId>| all.0.is_empty() == known.0.is_empty();
        let lasts = (self.core, self.time, &incidents.0) == (before.core, before.time, &known_incidents.0)
            && dead.0.is_empty()
            && alike(actors, known_actors)
            && alike(places, known_places);
        lasts.then(|| part.keys().filter(|&name| !before.has(name)).collect())
    }

    /// The names by which it is found: actors, places, marks and the dead.
    pub(super) fn keys(&self) -> impl Iterator<Item = NameId> + '_ {
        let [actors, places, _, marks, dead] = &self.names;
        [actors, places, marks, dead].into_iter().flat_map(|names| &names.0).copied()
    }

    /// True if it is found by one of the names that a part is found by.
    pub(super) fn shares_key(&self, profile: &Profile) -> bool {
        let own = profile.names.sets();
        [0, 1, 3, 4].iter().any(|&set| own[set].iter().any(|&name| self.names[set].contains(name)))
    }

    /// True if it is found by a name.
    pub(super) fn has(&self, name: NameId) -> bool {
        self.keys().any(|own| own == name)
    }

    /// True if a number stands for a word of its sentences.
    pub(super) fn has_mark(&self, name: NameId) -> bool {
        self.names[MARKS].contains(name)
    }

    /// The words of a part's sentences that the cluster has too.
    pub(super) fn shared_marks<'a>(&'a self, profile: &'a Profile) -> impl Iterator<Item = NameId> + 'a {
        profile.names.sets()[MARKS].iter().copied().filter(|&mark| self.names[MARKS].contains(mark))
    }

    /// Takes in a part.
    pub(super) fn absorb(&mut self, profile: &Profile, near: &Nearness) {
        let [.., dead] = profile.names.sets();
        let again = dead.iter().any(|&name| self.names[SETS - 1].contains(name));
        let retold = |time: DayRange| again && self.time.is_some_and(|known| known.gap(time) > near.gap);
        let tells = |time: &DayRange| (profile.grain != Grain::Background || self.time.is_none()) && !retold(*time);
        if let Some(time) = profile.time.filter(tells) {
            self.time = Some(self.time.map_or(time, |known| known.hull(time)));
            let joins = self.core.is_none_or(|core| core.gap(time) <= near.gap);
            if profile.grain == Grain::Day && joins {
                self.core = Some(self.core.map_or(time, |known| known.hull(time)));
            }
        }
        for (own, all) in profile.names.sets().into_iter().zip(&mut self.names) {
            own.iter().for_each(|&name| all.insert(name));
        }
    }
}

/// Links profiles in their order: when the happening of each cluster was, and the cluster of each profile. Their marks are
/// rare ones only.
pub(super) fn link<'p>(
    profiles: impl Iterator<Item = &'p Profile>,
    rules: &EventRules,
) -> (Vec<Option<DayRange>>, Vec<usize>) {
    let mut linker = Linker::new(rules, |_| true);
    let of = profiles.map(|profile| linker.add(linker.best(profile), profile)).collect();
    (linker.clusters.iter().map(Cluster::when).collect(), of)
}

/// Indices of clusters, or names, each once, rising.
#[derive(Clone, Debug)]
struct Listed<T>(Vec<T>);

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Ord> Listed<T> {
    fn insert(&mut self, one: T) {
        if let Err(at) = self.0.binary_search(&one) {
            self.0.insert(at, one);
        }
    }

    fn contains(&self, one: T) -> bool {
        self.0.binary_search(&one).is_ok()
    }
}

/// Clusters while parts are linked, one after the other in the order of their profiles.
pub(super) struct Linker<'r, R> {
    rules: &'r EventRules,
    /// Tells if a mark is rare enough to count.
    rare: R,
    pub(super) clusters: Vec<Cluster>,
    /// Clusters by name and time block.
    dated: FxHashMap<(NameId, i64), Listed<u32>>,
    /// Clusters whose time is too long for blocks, by name.
    lasting: FxHashMap<NameId, Listed<u32>>,
    /// Clusters by name only, for parts without a date or of a long time.
    named: FxHashMap<NameId, Listed<u32>>,
}

impl<'r, R: Fn(NameId) -> bool> Linker<'r, R> {
    pub(super) fn new(rules: &'r EventRules, rare: R) -> Self {
        Self {
            rules,
            rare,
            clusters: Vec::new(),
            dated: FxHashMap::default(),
            lasting: FxHashMap::default(),
            named: FxHashMap::default(),
        }
    }

    /// The cluster a part belongs to, if one is good enough and, for an undated part, clearly the best.
    pub(super) fn best(&self, profile: &Profile) -> Option<usize> {
        let mut scored: Vec<(f64, usize)> = self
            .candidates(profile)
            .into_iter()
            .filter_map(|c| self.score(profile, &self.clusters[c]).map(|score| (score, c)))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let &(score, best) = scored.first()?;
        let evidence = &self.rules.evidence;
        if profile.grain != Grain::Undated {
            return (score >= evidence.enough).then_some(best);
        }
        let clear = scored.get(1).is_none_or(|second| score - second.0 >= evidence.clearly);
        (score >= evidence.enough_undated && clear).then_some(best)
    }

    /// Clusters that share a name and, if the part is dated, a time block: of each such list the newest.
    fn candidates(&self, profile: &Profile) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut ask = |list: Option<&Listed<u32>>| {
            let newest = list.into_iter().flat_map(|list| list.0.iter().rev().take(self.rules.blocking.candidates));
            found.extend(newest.map(|&c| c as usize));
        };
        let [actors, places, _, marks, dead] = profile.names.sets();
        let marks = marks.iter().filter(|&&mark| (self.rare)(mark));
        let sought = sought(profile, self.rules);
        for &name in actors.iter().chain(places).chain(marks).chain(dead) {
            match &sought {
                Some(blocks) => {
                    blocks.clone().for_each(|block| ask(self.dated.get(&(name, block))));
                    ask(self.lasting.get(&name));
                }
                None => ask(self.named.get(&name)),
            }
        }
        dead.iter().for_each(|name| ask(self.named.get(name)));
        found
    }

    /// How strongly a part and a cluster speak for one happening; `None`: their times forbid it.
    pub(super) fn score(&self, profile: &Profile, cluster: &Cluster) -> Option<f64> {
        let near = &self.rules.nearness;
        let evidence = &self.rules.evidence;
        let shared =
            |own: &[NameId], theirs: &Listed<NameId>| own.iter().filter(|&&name| theirs.contains(name)).count() as f64;
        let [actors, places, incidents, marks, dead] = profile.names.sets();
        let [their_actors, their_places, their_incidents, their_marks, their_dead] = &cluster.names;
        let same_dead = shared(dead, their_dead) > 0.0;
        let time = match (profile.time, cluster.time) {
            (Some(time), Some(known)) => {
                let day = profile.grain == Grain::Day;
                let known = if day { cluster.core.unwrap_or(known) } else { known };
                let too_long = day && time.hull(known).days() > near.longest.max(known.days());
                match time.gap(known) {
                    0 if !too_long => evidence.same_days * overlap(time, known),
                    gap if gap <= near.gap && !too_long => evidence.near_days,
                    _ if profile.reach.is_some_and(|reach| reach.contains(known)) => evidence.reached_days,
                    _ if same_dead => 0.0,
                    _ => return None,
                }
            }
            (None, Some(known)) if profile.after.is_some_and(|day| known.last <= day) => return None,
            _ => 0.0,
        };
        let apart = |own: &[NameId], theirs: &Listed<NameId>| {
            !own.is_empty() && !theirs.0.is_empty() && !own.iter().any(|&name| theirs.contains(name))
        };
        let named = shared(actors, their_actors) * evidence.actor + shared(places, their_places) * evidence.place;
        let mut score = time + named.min(evidence.most_names);
        let marks = marks.iter().filter(|&&mark| their_marks.contains(mark) && (self.rare)(mark)).count() as f64;
        score += (marks * self.rules.marks.weight).min(self.rules.marks.most);
        score += (shared(incidents, their_incidents) * evidence.incident).min(evidence.most_incidents);
        score += if same_dead { evidence.dead } else { 0.0 };
        let against = [
            (apart(places, their_places), evidence.other_places),
            (apart(actors, their_actors), evidence.other_actors),
            (apart(incidents, their_incidents), evidence.other_incidents),
        ];
        score -= against.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f64>();
        Some(score)
    }

    /// Adds a profile to a cluster, or to a new one; returns which.
    pub(super) fn add(&mut self, found: Option<usize>, profile: &Profile) -> usize {
        let c = found.unwrap_or(self.clusters.len());
        if found.is_none() {
            self.clusters.push(Cluster::default());
        }
        let Some(cluster) = self.clusters.get_mut(c) else { return c };
        cluster.absorb(profile, &self.rules.nearness);
        let number = u32::try_from(c).unwrap_or(u32::MAX);
        let blocks = cluster.time.map(|time| blocks(time, self.rules));
        for name in profile.keys() {
            match &blocks {
                Some(Some(blocks)) => {
                    blocks.clone().for_each(|block| self.dated.entry((name, block)).or_default().insert(number));
                }
                Some(None) => self.lasting.entry(name).or_default().insert(number),
                None => {}
            }
            self.named.entry(name).or_default().insert(number);
        }
        c
    }
}

/// The blocks in which a part looks for clusters; `None`: in all days.
pub(super) fn sought(profile: &Profile, rules: &EventRules) -> Option<RangeInclusive<i64>> {
    blocks(profile.reach.or(profile.time)?.widened(rules.nearness.gap), rules)
}

/// The blocks a time touches; `None` for a time that touches too many.
pub(super) fn blocks(time: DayRange, rules: &EventRules) -> Option<RangeInclusive<i64>> {
    let days = rules.blocking.days.max(1);
    let block = |day: Date| i64::from((day - Date::constant(1970, 1, 1)).get_days()).div_euclid(days);
    let (first, last) = (block(time.first), block(time.last));
    (last - first < rules.blocking.most_blocks).then_some(first..=last)
}

/// The share of the shorter of two times that meet which both cover.
fn overlap(a: DayRange, b: DayRange) -> f64 {
    let both = DayRange::new(a.first.max(b.first), a.last.min(b.last));
    both.days() as f64 / a.days().min(b.days()).max(1) as f64
}
