//! Clusters of parts: blocking by name and time, then scoring, in one fixed order.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use rustc_hash::FxHashMap;

use super::names::{NameId, SETS};
use super::parts::{Grain, Profile};
use crate::rules::compare::EventRules;
use crate::value::DayRange;
use jiff::civil::Date;

/// Parts of many documents about one happening.
#[derive(Debug, Default)]
struct Cluster {
    /// Hull of the day-long times.
    core: Option<DayRange>,
    /// Hull of all times but the background ones, while any is known.
    time: Option<DayRange>,
    /// Actors, places, kinds of incident, marks, and the dead by name.
    names: [Listed; SETS],
}

impl Cluster {
    /// When it happened, as closely as its parts are dated.
    fn when(&self) -> Option<DayRange> {
        self.core.or(self.time)
    }
}

/// Links profiles in their order: when the happening of each cluster was, and the cluster of each profile.
pub(super) fn link<'p>(
    profiles: impl Iterator<Item = &'p Profile>,
    rules: &EventRules,
) -> (Vec<Option<DayRange>>, Vec<usize>) {
    let mut linker = Linker {
        rules,
        clusters: Vec::new(),
        dated: FxHashMap::default(),
        lasting: FxHashMap::default(),
        named: FxHashMap::default(),
    };
    let of = profiles.map(|profile| linker.add(linker.best(profile), profile)).collect();
    (linker.clusters.iter().map(Cluster::when).collect(), of)
}

/// Indices of clusters, or names, each once, rising.
#[derive(Debug, Default)]
struct Listed(Vec<u32>);

impl Listed {
    fn insert(&mut self, one: u32) {
        if let Err(at) = self.0.binary_search(&one) {
            self.0.insert(at, one);
        }
    }

    fn contains(&self, one: u32) -> bool {
        self.0.binary_search(&one).is_ok()
    }
}

struct Linker<'r> {
    rules: &'r EventRules,
    clusters: Vec<Cluster>,
    /// Clusters by name and time block.
    dated: FxHashMap<(NameId, i64), Listed>,
    /// Clusters whose time is too long for blocks, by name.
    lasting: FxHashMap<NameId, Listed>,
    /// Clusters by name only, for parts without a date or of a long time.
    named: FxHashMap<NameId, Listed>,
}

impl Linker<'_> {
    /// The cluster a part belongs to, if one is good enough and, for an undated part, clearly the best.
    fn best(&self, profile: &Profile) -> Option<usize> {
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

    /// Clusters that share a name and, if the part is dated, a time block; the rarest names are asked first.
    fn candidates(&self, profile: &Profile) -> BTreeSet<usize> {
        let time = profile.reach.or(profile.time).map(|time| time.widened(self.rules.nearness.gap));
        let blocks = time.and_then(|time| self.blocks(time));
        let mut lists: Vec<&[u32]> = Vec::new();
        for name in keys(profile) {
            match &blocks {
                Some(blocks) => {
                    let dated = blocks.clone().filter_map(|block| self.dated.get(&(name, block)));
                    lists.extend(dated.chain(self.lasting.get(&name)).map(|list| &*list.0));
                }
                None => lists.extend(self.named.get(&name).map(|list| &*list.0)),
            }
        }
        let [.., dead] = profile.names.sets();
        lists.extend(dead.iter().filter_map(|name| self.named.get(name)).map(|list| &*list.0));
        lists.sort_by_key(|list| list.len());
        let most = self.rules.blocking.candidates;
        let mut found = BTreeSet::new();
        for &c in lists.into_iter().flat_map(|list| list.iter().rev().take(most)) {
            found.insert(c as usize);
            if found.len() >= most {
                break;
            }
        }
        found
    }

    /// The blocks a time touches; `None` for a time that touches too many.
    fn blocks(&self, time: DayRange) -> Option<RangeInclusive<i64>> {
        let days = self.rules.blocking.days.max(1);
        let block = |day: Date| i64::from((day - Date::constant(1970, 1, 1)).get_days()).div_euclid(days);
        let (first, last) = (block(time.first), block(time.last));
        (last - first < self.rules.blocking.most_blocks).then_some(first..=last)
    }

    /// How strongly a part and a cluster speak for one happening; `None`: their times forbid it.
    fn score(&self, profile: &Profile, cluster: &Cluster) -> Option<f64> {
        let near = &self.rules.nearness;
        let evidence = &self.rules.evidence;
        let shared = |own: &[NameId], theirs: &Listed| own.iter().filter(|&&name| theirs.contains(name)).count() as f64;
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
        let apart = |own: &[NameId], theirs: &Listed| {
            !own.is_empty() && !theirs.0.is_empty() && !own.iter().any(|&name| theirs.contains(name))
        };
        let named = shared(actors, their_actors) * evidence.actor + shared(places, their_places) * evidence.place;
        let mut score = time + named.min(evidence.most_names);
        score += (shared(marks, their_marks) * self.rules.marks.weight).min(self.rules.marks.most);
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
    fn add(&mut self, found: Option<usize>, profile: &Profile) -> usize {
        let c = found.unwrap_or(self.clusters.len());
        if found.is_none() {
            self.clusters.push(Cluster::default());
        }
        let Some(cluster) = self.clusters.get_mut(c) else { return c };
        let [.., dead] = profile.names.sets();
        let again = dead.iter().any(|&name| cluster.names[SETS - 1].contains(name));
        let retold =
            |time: DayRange| again && cluster.time.is_some_and(|known| known.gap(time) > self.rules.nearness.gap);
        let tells = |time: &DayRange| (profile.grain != Grain::Background || cluster.time.is_none()) && !retold(*time);
        if let Some(time) = profile.time.filter(tells) {
            cluster.time = Some(cluster.time.map_or(time, |known| known.hull(time)));
            let joins = cluster.core.is_none_or(|core| core.gap(time) <= self.rules.nearness.gap);
            if profile.grain == Grain::Day && joins {
                cluster.core = Some(cluster.core.map_or(time, |known| known.hull(time)));
            }
        }
        for (own, all) in profile.names.sets().into_iter().zip(&mut cluster.names) {
            own.iter().for_each(|&name| all.insert(name));
        }
        let time = cluster.time;
        let number = u32::try_from(c).unwrap_or(u32::MAX);
        let blocks = time.map(|time| self.blocks(time));
        for name in keys(profile) {
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

/// The names by which clusters are found: actors, places, marks and the dead.
fn keys(profile: &Profile) -> impl Iterator<Item = NameId> + '_ {
    let [actors, places, _, marks, dead] = profile.names.sets();
    [actors, places, marks, dead].into_iter().flatten().copied()
}

/// The share of the shorter of two times that meet which both cover.
fn overlap(a: DayRange, b: DayRange) -> f64 {
    let both = DayRange::new(a.first.max(b.first), a.last.min(b.last));
    both.days() as f64 / a.days().min(b.days()).max(1) as f64
}
