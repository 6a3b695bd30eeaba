//! Memory: what is remembered of linked parts between runs, so that one more article can be placed among them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::cluster::{Cluster, blocks, sought};
use super::names::MARKS;
use super::parts::{self, Profile};
use crate::rules::compare::EventRules;

/// What a document says of one happening: what linking knows of it, and its claims by keys of whoever remembers it.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    pub(super) profile: Profile,
    /// The keys of its claims.
    pub claims: Vec<i64>,
}

impl From<parts::Part> for Part {
    fn from(part: parts::Part) -> Self {
        let claims = part.claims.into_iter().filter_map(|claim| i64::try_from(claim).ok()).collect();
        Self { profile: part.profile, claims }
    }
}

/// What is remembered of all parts that were linked before. Events have keys of whoever remembers them.
pub trait Memory {
    /// What can go wrong with remembering.
    type Error;

    /// The events that are found by a name in blocks of days, or in any.
    fn found(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> Result<Vec<i64>, Self::Error>;

    /// True if at least so many events are found by a name in one of these blocks, or in any day.
    fn crowded(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>, most: usize) -> Result<bool, Self::Error>;

    /// The events with a part that looks for a name in blocks of days, or in any.
    fn seeking(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> Result<Vec<i64>, Self::Error>;

    /// The events of the documents that have a telling word, if it is rare enough to be a mark.
    fn marked(&mut self, word: u64) -> Result<Vec<i64>, Self::Error>;

    /// True if a telling word is rare enough to be a mark.
    fn is_mark(&mut self, word: u64) -> Result<bool, Self::Error>;

    /// The parts of an event.
    fn parts(&mut self, event: i64) -> Result<Vec<Part>, Self::Error>;
}

/// Where an event is found and what its parts look for, for whoever remembers them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traces {
    /// Names with a block of days; [`ANY_DAY`] for one that lasts too long for blocks or has no days.
    pub found: BTreeSet<(u64, i64)>,
    /// Names with a block of days; [`ANY_DAY`] for a part that looks in all.
    pub sought: BTreeSet<(u64, i64)>,
}

/// Stands for all blocks of days.
pub const ANY_DAY: i64 = i64::MIN;

/// Where an event with these parts is found, and what the parts look for.
pub fn traces(parts: &[Part], rules: &EventRules) -> Traces {
    let mut traces = Traces::default();
    let mut cluster = Cluster::default();
    let mut profiles: Vec<&Profile> = parts.iter().map(|part| &part.profile).collect();
    profiles.sort();
    for profile in profiles {
        cluster.absorb(profile, &rules.nearness);
        let sought = sought(profile, rules).unwrap_or(ANY_DAY..=ANY_DAY);
        let [actors, places, _, _, dead] = profile.names.sets();
        let names = actors.iter().chain(places).chain(dead);
        traces.sought.extend(names.flat_map(|&name| sought.clone().map(move |block| (name, block))));
        traces.sought.extend(dead.iter().map(|&name| (name, ANY_DAY)));
        traces.found.extend(nameless(profile).map(|number| (number, ANY_DAY)));
    }
    let days = cluster.days().and_then(|days| blocks(days, rules)).unwrap_or(ANY_DAY..=ANY_DAY);
    let names = cluster.keys().filter(|&name| !cluster.has_mark(name));
    traces.found.extend(names.flat_map(|name| days.clone().map(move |block| (name, block))));
    traces
}

/// By what copies of a part are found that names nobody and no place: its words may all be too common to find it by.
pub(super) fn nameless(profile: &Profile) -> impl Iterator<Item = u64> {
    let [actors, places, _, _, dead] = profile.names.sets();
    let names = [actors, places, dead].iter().any(|names| !names.is_empty());
    (!names).then_some(profile.words).into_iter()
}

/// Copies of a part as one, with the claims of all.
pub fn copies_together(parts: Vec<Part>) -> Vec<Part> {
    let mut one: BTreeMap<Profile, Vec<i64>> = BTreeMap::new();
    parts.into_iter().for_each(|part| one.entry(part.profile).or_default().extend(part.claims));
    one.into_iter().map(|(profile, claims)| Part { profile, claims }).collect()
}

/// The telling words of some parts.
pub fn words(parts: &[Part]) -> BTreeSet<u64> {
    parts.iter().flat_map(|part| part.profile.names.sets()[MARKS].iter().copied()).collect()
}
