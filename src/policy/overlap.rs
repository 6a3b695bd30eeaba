//! Overlap: how many of those a total counts are known from incidents within its days and places.

use std::collections::BTreeSet;

use super::Published;
use crate::claim::Claim;
use crate::event::{Event, Events};
use crate::rules::gazetteer::Gazetteer;
use crate::value::{DayRange, Name, Outcome, VictimClass};

/// Whom figures count, where and when.
#[derive(Clone, Debug)]
struct Scope {
    event: usize,
    outcome: Outcome,
    time: DayRange,
    places: BTreeSet<Name>,
    victims: Vec<(VictimClass, Option<Name>)>,
}

impl Scope {
    /// What some claims of an event count; `None` where nobody says when or where.
    fn of(claims: &[Claim], members: &[usize], (index, event): (usize, &Event), outcome: Outcome) -> Option<Self> {
        let told = || members.iter().filter_map(|&i| claims.get(i));
        let time = told().filter_map(|claim| claim.time).reduce(DayRange::hull).or(event.time)?;
        let mut places: BTreeSet<Name> = told().flat_map(|claim| claim.setting.places.iter().cloned()).collect();
        if places.is_empty() {
            places = event.setting.places.iter().cloned().collect();
        }
        let victims = told().filter_map(|claim| claim.content.figure()).map(|figure| &figure.victims);
        let victims = victims.map(|victims| (victims.class, victims.side.clone())).collect();
        (!places.is_empty()).then_some(Self { event: index, outcome, time, places, victims })
    }

    /// True if the people of `inner` are among those counted here.
    fn holds(&self, inner: &Self, gazetteer: &Gazetteer) -> bool {
        let place = |inner: &Name| self.places.iter().any(|outer| gazetteer.contains(outer, inner));
        let people = |(class, side): &(VictimClass, Option<Name>)| {
            let whole = |(all, of): &(VictimClass, Option<Name>)| all.covers(*class) && (of.is_none() || of == side);
            self.victims.iter().any(whole)
        };
        self.event != inner.event
            && self.outcome == inner.outcome
            && self.time.contains(inner.time)
            && inner.places.iter().any(place)
            && inner.victims.iter().any(people)
    }
}

/// The incidents that a policy publishes, by their first day, each with its lowest and highest number.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Vec<(Scope, u64, u64)>);

impl Known {
    /// The incidents among published lines of one policy.
    pub(super) fn of<'p>(lines: impl Iterator<Item = &'p Published>, claims: &[Claim], events: &Events) -> Self {
        let incident = |line: &Published| {
            let event = events.events.get(line.event)?;
            let low = line.low.or(line.best)?;
            let high = line.high.or(line.best).unwrap_or(low);
            Some((Scope::of(claims, &line.claims, (line.event, event), line.outcome)?, low, high.max(low)))
        };
        let mut known: Vec<_> = lines.filter(|line| line.accounts > 0).filter_map(incident).collect();
        known.sort_by_key(|(scope, ..)| (scope.time.first, scope.event));
        Self(known)
    }

    /// The fewest and the most people whom other incidents hold of those that some claims of an event count.
    pub(super) fn held(
        &self,
        (claims, members): (&[Claim], &[usize]),
        event: (usize, &Event),
        outcome: Outcome,
        gazetteer: &Gazetteer,
    ) -> (u64, u64) {
        let Some(total) = Scope::of(claims, members, event, outcome) else { return (0, 0) };
        let first = self.0.partition_point(|(scope, ..)| scope.time.first < total.time.first);
        let within = self.0[first..].iter().take_while(|(scope, ..)| scope.time.first <= total.time.last);
        let held = within.filter(|(scope, ..)| total.holds(scope, gazetteer));
        held.fold((0, 0), |(low, high), (_, l, h)| (low.saturating_add(*l), high.saturating_add(*h)))
    }
}
