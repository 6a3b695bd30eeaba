//! The desk: what one policy publishes of one event.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{Account, Scene, accounts};
use super::overlap::Known;
use super::settle::{Settled, settle};
use super::{Office, Published, note};
use crate::rules::policy::Policy;
use crate::value::{ClaimMark, Fallback, GradeTest, Outcome, PolicyLines};

/// What lies on the desk of one who records one event.
pub(super) struct Desk<'a> {
    pub(super) office: Office<'a>,
    pub(super) scene: &'a Scene,
    /// The incidents published before, when it comes to totals that span them.
    pub(super) known: Option<&'a Known>,
}

/// The figures of one event and outcome, as one policy reads them.
#[derive(Default)]
struct Figures {
    all: usize,
    /// Those that count fighters.
    fighting: usize,
    /// Those that it leaves out.
    left_out: usize,
    /// True if the accused themselves say one of them.
    admitted: bool,
}

impl Desk<'_> {
    /// What a policy publishes of the event, by outcome and claimant.
    pub(super) fn publish(&self, event: usize, policy: &Policy) -> Vec<Published> {
        let mut counted = accounts(self, policy, &policy.leaves_out);
        let told =
            if policy.leaves_out.is_empty() { counted.clone() } else { accounts(self, policy, &BTreeSet::new()) };
        let mut totals = self.totals(event, policy);
        let mut lines = Vec::new();
        for (outcome, every) in told {
            let accounts = counted.remove(&outcome).unwrap_or_default();
            let accounts = match policy.fallback {
                Fallback::LeftOut if accounts.is_empty() => every,
                Fallback::LessKnown if accounts.is_empty() => totals.remove(&outcome).unwrap_or_default(),
                _ => accounts,
            };
            let mut groups: BTreeMap<Option<String>, Vec<Account>> = BTreeMap::new();
            match policy.lines {
                PolicyLines::One => drop(groups.insert(None, accounts)),
                PolicyLines::Claimant => {
                    for account in accounts {
                        groups.entry(Some(account.who.clone())).or_default().push(account);
                    }
                }
            }
            let figures = self.figures(outcome, policy);
            let line = |(who, accounts): (_, Vec<_>)| self.line(event, outcome, policy, &figures, who, &accounts);
            lines.extend(groups.into_iter().map(line));
        }
        lines
    }

    /// The accounts of longer times, by outcome, each without the people whom other incidents hold; none before those are
    /// known.
    fn totals(&self, event: usize, policy: &Policy) -> BTreeMap<Outcome, Vec<Account>> {
        let Office { claims, events, rules, .. } = self.office;
        let (Some(known), Some(own)) = (self.known, events.events.get(event)) else { return BTreeMap::new() };
        let without = policy.leaves_out.iter().copied().filter(|mark| *mark != ClaimMark::RunningTotal).collect();
        let mut totals = accounts(self, policy, &without);
        for (outcome, account) in totals.iter_mut().flat_map(|(outcome, all)| all.iter_mut().map(|one| (*outcome, one)))
        {
            account.take_out(known.held((claims, &account.claims), (event, own), outcome, &rules.gazetteer));
        }
        totals
    }

    /// What the figures of an outcome come to for a policy, whoever says them.
    fn figures(&self, outcome: Outcome, policy: &Policy) -> Figures {
        let mut told = Figures::default();
        for (i, marks) in &self.scene.figures {
            let claim = &self.office.claims[*i];
            if claim.content.figure().is_none_or(|figure| figure.outcome != outcome) {
                continue;
            }
            let left_out = !marks.is_disjoint(&policy.leaves_out);
            // What the accused says of its own dead admits nothing.
            let own = marks.contains(&ClaimMark::PartyOnOwn) || left_out;
            let by_accused = || claim.speaker.as_deref().is_some_and(|who| self.scene.accused.contains(who.name()));
            told.all += 1;
            told.fighting += usize::from(marks.contains(&ClaimMark::Fighters));
            told.left_out += usize::from(left_out);
            told.admitted |= !own && by_accused();
        }
        told
    }

    fn line(
        &self,
        event: usize,
        outcome: Outcome,
        policy: &Policy,
        figures: &Figures,
        claimant: Option<String>,
        accounts: &[Account],
    ) -> Published {
        let &Figures { all, fighting, left_out, admitted } = figures;
        let Settled { low, best, high, decided, chosen } = settle(accounts, policy, fighting > 0);
        let origins: BTreeSet<&str> = accounts.iter().map(|account| &*account.origin).collect();
        let holds = |test: &GradeTest| match test {
            GradeTest::AccusedSaysSo => admitted,
            GradeTest::SeveralAccused => self.scene.accused.len() > 1,
            GradeTest::FightersOnly => fighting > 0 && fighting == all,
            GradeTest::SeveralOrigins => origins.len() > 1,
            GradeTest::Counted => !accounts.is_empty(),
            GradeTest::Always => true,
        };
        let grade = policy.grades.iter().find(|grade| grade.when.iter().all(holds)).map(|grade| grade.name.clone());
        let mut claims: Vec<usize> = chosen.iter().flat_map(|&i| accounts[i].claims.iter().copied()).collect();
        let all = self.office.claims;
        claims.sort_by_key(|&i| (&all[i].article.document, all[i].start, all[i].id));
        claims.dedup();
        let as_of = chosen.iter().filter_map(|&i| accounts[i].as_of).max();
        let behind = note::Behind { accounts, chosen: &chosen, origins: origins.len(), left_out, as_of };
        Published {
            policy: policy.id.clone(),
            event,
            outcome,
            claimant,
            low,
            best,
            high,
            grade,
            as_of,
            decided,
            claims,
            accounts: accounts.len(),
            origins: origins.len(),
            left_out,
            note: behind.note(policy, &self.office.rules.phrases),
            differs: Vec::new(),
        }
    }
}
