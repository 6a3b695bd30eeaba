//! Placing: the parts of one more document linked as if all documents were linked anew.
//!
//! Linking goes through all parts in one order and puts each to the cluster that fits best. A new part, or one whose marks are
//! no longer as rare, can change what a later part finds. So only these are linked again, beside the events that they could
//! belong to; every other part stays where it is, unless a changed event now fits it better or its own one worse: then it is
//! linked again too, until nothing changes any more (change propagation, Acar 2005).

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::cluster::{Cluster, Linker, blocks, sought};
use super::memory::{ANY_DAY, Memory, Part, nameless};
use super::names::{MARKS, NameId};
use super::parts::{Grain, Profile};
use crate::rules::compare::EventRules;
use crate::value::DayRange;

/// More parts than this are not linked again for one document …
const MOST_LINKED: usize = 400;
/// … and more events than this are not looked at.
const MOST_EVENTS: usize = 600;

/// An event after placing.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Its key, if it was there before.
    pub event: Option<i64>,
    /// When it happened.
    pub time: Option<DayRange>,
    /// All its parts.
    pub parts: Vec<Part>,
}

/// What placing changed.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Events with other parts than before, or with more claims.
    pub placed: Vec<Placed>,
    /// Events without parts.
    pub gone: Vec<i64>,
}

/// Places the parts of a new document. `stirred` are the telling words that became marks, or no longer are, because the
/// document has them too. `None`: too much would have to be linked again.
pub fn place<M: Memory>(
    fresh: Vec<Part>,
    stirred: &BTreeSet<u64>,
    memory: &mut M,
    rules: &EventRules,
) -> Result<Option<Changes>, M::Error> {
    let mut placing = Placing::new(memory, rules);
    placing.stir(stirred)?;
    for Part { profile, claims } in fresh {
        placing.ask(&profile)?;
        match placing.known.get_mut(&profile) {
            // A copy of a part that was there before goes where that goes.
            Some(part) => {
                part.claims.extend(claims);
                placing.more.extend(part.event);
            }
            None => {
                placing.linked.insert(profile.clone());
                placing.known.insert(profile, Linked { event: None, claims });
            }
        }
    }
    loop {
        while let Some(profile) = placing.linked.difference(&placing.asked).next().cloned() {
            placing.ask(&profile)?;
        }
        if placing.linked.len() > MOST_LINKED || placing.too_many {
            return Ok(None);
        }
        let (round, unknown) = placing.link();
        let before = placing.extent();
        for word in unknown {
            placing.is_mark(word)?;
        }
        placing.linked.extend(round.unsure.iter().cloned());
        placing.reach(&round)?;
        if before == placing.extent() {
            return Ok(Some(placing.changes(round)));
        }
    }
}

/// A part that is there, by its profile.
#[derive(Debug)]
struct Linked {
    /// The event it belonged to before.
    event: Option<i64>,
    claims: Vec<i64>,
}

struct Placing<'m, M> {
    memory: &'m mut M,
    rules: &'m EventRules,
    /// All parts of the events that were looked at.
    known: BTreeMap<Profile, Linked>,
    /// The events that were looked at.
    loaded: BTreeSet<i64>,
    /// The parts to be linked again.
    linked: BTreeSet<Profile>,
    /// Those whose candidates are all known.
    asked: BTreeSet<Profile>,
    /// Names that so many events are found by that a change could hide one or show one, for parts that look in blocks of
    /// days and for those that look in all.
    crowded: [BTreeSet<NameId>; 2],
    /// Of words, as far as that was asked, how many events have them; none of one that is no mark.
    marks: FxHashMap<NameId, Option<usize>>,
    /// Events that only have more claims.
    more: BTreeSet<i64>,
    /// True once more events would have to be looked at than may be.
    too_many: bool,
}

/// One linking of all known parts.
#[derive(Default)]
struct Round {
    /// The cluster of each known part, in their order.
    of: Vec<usize>,
    clusters: Vec<Cluster>,
    /// The event that a cluster was before.
    events: Vec<Option<i64>>,
    /// Every event as it was before.
    before: BTreeMap<i64, Cluster>,
    /// Clusters that changed, with the names that they are found by since; `None`: others could find them otherwise by any.
    changed: BTreeMap<usize, Option<BTreeSet<NameId>>>,
    /// Events that lost parts.
    left: BTreeSet<i64>,
    /// Parts that have to be linked again.
    unsure: Vec<Profile>,
}

impl<'m, M: Memory> Placing<'m, M> {
    fn new(memory: &'m mut M, rules: &'m EventRules) -> Self {
        Self {
            memory,
            rules,
            known: BTreeMap::new(),
            loaded: BTreeSet::new(),
            linked: BTreeSet::new(),
            asked: BTreeSet::new(),
            crowded: Default::default(),
            marks: FxHashMap::default(),
            more: BTreeSet::new(),
            too_many: false,
        }
    }

    /// How much is known; all of it only grows.
    fn extent(&self) -> [usize; 4] {
        let crowded = self.crowded.iter().map(BTreeSet::len).sum();
        [self.loaded.len(), self.linked.len(), crowded, self.marks.len()]
    }

    /// Looks at events.
    fn load_all(&mut self, events: Vec<i64>) -> Result<(), M::Error> {
        let new: Vec<i64> = events.into_iter().filter(|event| !self.loaded.contains(event)).collect();
        self.too_many |= self.loaded.len() + new.len() > MOST_EVENTS;
        if self.too_many {
            return Ok(());
        }
        for event in new {
            self.loaded.insert(event);
            for Part { profile, claims } in self.memory.parts(event)? {
                self.known.insert(profile, Linked { event: Some(event), claims });
            }
        }
        Ok(())
    }

    /// Parts whose marks changed are linked again, if another part could notice: one of another document has the word, or
    /// several of the same.
    fn stir(&mut self, stirred: &BTreeSet<u64>) -> Result<(), M::Error> {
        for &word in stirred {
            let events = self.memory.marked(word)?;
            self.load_all(events)?;
            let having = |profile: &&Profile| profile.names.sets()[MARKS].binary_search(&word).is_ok();
            let having: Vec<Profile> = self.known.keys().filter(having).cloned().collect();
            if having.len() > 1 {
                self.linked.extend(having);
            }
        }
        Ok(())
    }

    /// Looks at all events that a part could belong to.
    fn ask(&mut self, profile: &Profile) -> Result<(), M::Error> {
        if !self.asked.insert(profile.clone()) {
            return Ok(());
        }
        let [actors, places, _, marks, dead] = profile.names.sets();
        let sought = sought(profile, self.rules);
        for &name in actors.iter().chain(places) {
            let events = self.memory.found(name, sought.clone())?;
            self.load_all(events)?;
        }
        for name in dead.iter().copied().chain(nameless(profile)) {
            let events = self.memory.found(name, None)?;
            self.load_all(events)?;
        }
        for &mark in marks {
            if self.is_mark(mark)? {
                let events = self.memory.marked(mark)?;
                self.load_all(events)?;
            }
        }
        Ok(())
    }

    fn is_mark(&mut self, word: NameId) -> Result<bool, M::Error> {
        if let Some(known) = self.marks.get(&word) {
            return Ok(known.is_some());
        }
        let events = if self.memory.is_mark(word)? { Some(self.memory.marked(word)?.len()) } else { None };
        self.marks.insert(word, events);
        Ok(events.is_some())
    }

    /// Links the parts that are to be linked again beside all others; also returns the words of which must be known first if
    /// they are marks.
    fn link(&self) -> (Round, BTreeSet<NameId>) {
        let unknown = RefCell::new(BTreeSet::new());
        let rare = |mark| {
            let known = self.marks.get(&mark).map(Option::is_some);
            known.unwrap_or_else(|| {
                unknown.borrow_mut().insert(mark);
                false
            })
        };
        let mut linker = Linker::new(self.rules, rare);
        let mut round = Round::default();
        let mut cluster_of: BTreeMap<i64, usize> = BTreeMap::new();
        for (profile, part) in &self.known {
            let own = part.event.and_then(|event| cluster_of.get(&event).copied());
            let first = part.event.is_none_or(|event| !round.before.contains_key(&event));
            let again = self.linked.contains(profile);
            let found = if again { linker.best(profile) } else { own };
            if !again && (own.is_none() && !first || self.is_unsure(profile, part.event, own, &round, &linker)) {
                round.unsure.push(profile.clone());
            }
            let c = linker.add(found, profile);
            if round.events.len() <= c {
                let event = part.event.filter(|event| !cluster_of.contains_key(event));
                round.events.push(event);
                cluster_of.extend(event.map(|event| (event, c)));
            }
            let stays = part.event.is_some_and(|event| cluster_of.get(&event) == Some(&c)) && (first || own.is_some());
            if !stays {
                let before = round.events.get(c).copied().flatten().and_then(|event| round.before.get(&event));
                let gains = before.zip(linker.clusters.get(c)).and_then(|(before, new)| new.gains(profile, before));
                match (round.changed.entry(c).or_insert_with(|| Some(BTreeSet::new())), gains) {
                    (Some(all), Some(gains)) => all.extend(gains),
                    (all, _) => *all = None,
                }
                if let Some(event) = part.event {
                    round.left.insert(event);
                    if let Some(&own) = cluster_of.get(&event) {
                        round.changed.insert(own, None);
                    }
                }
            }
            if let Some(event) = part.event {
                round.before.entry(event).or_default().absorb(profile, &self.rules.nearness);
            }
            round.of.push(c);
        }
        round.clusters = linker.clusters;
        (round, unknown.into_inner())
    }

    /// True if a part that stays could belong elsewhere because of what changed so far.
    fn is_unsure<R: Fn(NameId) -> bool>(
        &self,
        profile: &Profile,
        event: Option<i64>,
        own: Option<usize>,
        round: &Round,
        linker: &Linker<'_, R>,
    ) -> bool {
        if round.changed.is_empty() && round.left.is_empty() {
            return false;
        }
        let evidence = &self.rules.evidence;
        let score = |c: usize| linker.clusters.get(c).and_then(|cluster| linker.score(profile, cluster));
        let best = own.map(score);
        if let Some(own) = own.filter(|own| round.changed.contains_key(own)) {
            let before =
                event.and_then(|event| round.before.get(&event)).and_then(|before| linker.score(profile, before));
            if score(own) < before {
                return true;
            }
        }
        let undated = profile.grain == Grain::Undated;
        let near = |cluster: &Cluster| cluster.shares_key(profile);
        let left = || round.left.iter().filter_map(|event| round.before.get(event)).any(near);
        let crowded = &self.crowded[usize::from(sought(profile, self.rules).is_none())];
        // The own cluster is found by a mark, however many are found by the name.
        let rarer = || {
            let own = own.and_then(|own| linker.clusters.get(own));
            own.is_some_and(|own| {
                own.shared_marks(profile).any(|mark| !crowded.contains(&mark) && self.shows_all(mark))
            })
        };
        // The dead are looked for in all days, too.
        let [.., dead] = profile.names.sets();
        let hides = |name: NameId| {
            crowded.contains(&name) && profile.has(name) || self.crowded[1].contains(&name) && dead.contains(&name)
        };
        let hidden = |cluster: &Cluster| cluster.keys().any(hides);
        for &c in round.changed.keys().filter(|&&c| Some(c) != own) {
            let Some(cluster) = linker.clusters.get(c).filter(|cluster| near(cluster)) else { continue };
            if undated || hidden(cluster) && !rarer() {
                return true;
            }
            let fits = score(c).is_some_and(|score| match best {
                None => score >= evidence.enough,
                Some(None) => true,
                Some(Some(best)) => score > best || score == best && own.is_some_and(|own| c < own),
            });
            if fits {
                return true;
            }
        }
        (undated || round.left.iter().filter_map(|event| round.before.get(event)).any(hidden)) && left()
    }

    /// True if no cluster with a mark is hidden by others that have it, whatever becomes of the parts that are linked again.
    fn shows_all(&self, mark: NameId) -> bool {
        let again =
            || self.linked.iter().filter(|profile| profile.names.sets()[MARKS].binary_search(&mark).is_ok()).count();
        let known = self.marks.get(&mark).copied().flatten();
        known.is_some_and(|events| events + again() <= self.rules.blocking.candidates)
    }

    /// Looks at the events whose parts could find what changed.
    fn reach(&mut self, round: &Round) -> Result<(), M::Error> {
        let most = self.rules.blocking.candidates;
        let mut clusters: Vec<(Cluster, BTreeSet<NameId>)> = Vec::new();
        for (&c, gains) in &round.changed {
            let Some(new) = round.clusters.get(c) else { continue };
            let old = round.events.get(c).copied().flatten().and_then(|event| round.before.get(&event));
            let all = || new.keys().chain(old.into_iter().flat_map(Cluster::keys)).collect();
            clusters.push((new.clone(), gains.clone().unwrap_or_else(all)));
        }
        let left = round.left.iter().filter_map(|event| round.before.get(event));
        clusters.extend(left.map(|old| (old.clone(), old.keys().collect())));
        for (cluster, names) in clusters {
            let days = cluster.days().and_then(|days| blocks(days, self.rules));
            for name in names {
                if cluster.has_mark(name) {
                    if self.is_mark(name)? {
                        let events = self.memory.marked(name)?;
                        if events.len() >= most {
                            self.crowded.iter_mut().for_each(|crowded| crowded.extend([name]));
                        }
                        self.load_all(events)?;
                    }
                    continue;
                }
                let events = self.memory.seeking(name, days.clone())?;
                self.load_all(events)?;
                let blocks = days.clone().unwrap_or(ANY_DAY..=ANY_DAY);
                // As many clusters can come as parts are linked again that have the name.
                let more = self.linked.iter().filter(|profile| profile.has(name)).count();
                let least = (most + 1).saturating_sub(more);
                for (crowded, blocks) in self.crowded.iter_mut().zip([Some(blocks), None]) {
                    if !crowded.contains(&name) && (least == 0 || self.memory.crowded(name, blocks, least)?) {
                        crowded.insert(name);
                    }
                }
            }
        }
        Ok(())
    }

    fn changes(self, round: Round) -> Changes {
        let mut members: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        for ((profile, part), &c) in self.known.into_iter().zip(&round.of) {
            let more = round.events.get(c).copied().flatten().is_some_and(|event| self.more.contains(&event));
            if more || round.changed.contains_key(&c) {
                members.entry(c).or_default().push(Part { profile, claims: part.claims });
            }
        }
        let placed = members.into_iter().map(|(c, parts)| Placed {
            event: round.events.get(c).copied().flatten(),
            time: round.clusters.get(c).and_then(Cluster::when),
            parts,
        });
        let kept: BTreeSet<i64> = round.events.iter().copied().flatten().collect();
        let gone = round.left.into_iter().filter(|event| !kept.contains(event)).collect();
        Changes { placed: placed.collect(), gone }
    }
}

#[cfg(test)]
mod tests;
