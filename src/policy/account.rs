//! Accounts: what one article, or one claimant in it, says a toll is, as a policy reads it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Office;
use super::desk::Desk;
use crate::claim::{Claim, Content, Figure};
use crate::origin::claimant;
use crate::rules::compare::TallyRules;
use crate::rules::policy::Policy;
use crate::tally::{self, Tally};
use crate::value::{ClaimMark, CountsOnce, Modality, Name, Outcome, PolicyLines, VagueRule, VictimClass};

/// One account of one toll.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// Who says it.
    pub(super) who: String,
    /// Where it comes from.
    pub(super) origin: String,
    /// The number the policy reads out of it.
    pub(super) number: Option<u64>,
    /// The fewest and the most people of it whom other incidents hold; the most are taken out of the numbers.
    pub(super) known: (u64, u64),
    /// The numbers its words allow.
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
    pub(super) as_of: Option<Date>,
    pub(super) marks: BTreeSet<ClaimMark>,
    /// The claims it rests on, rising.
    pub(super) claims: Vec<usize>,
}

impl Account {
    /// The highest number that it can come to: more, where less than the most may be known.
    pub(super) fn most(&self) -> Option<u64> {
        self.number.map(|number| number.saturating_add(self.known.1 - self.known.0))
    }

    /// Takes out the people whom other incidents hold, from the fewest to the most.
    pub(super) fn take_out(&mut self, (fewest, most): (u64, u64)) {
        let whole = self.number.or(self.low).unwrap_or_default();
        // Nobody is taken out twice.
        self.known = (fewest.min(whole), most.min(whole));
        let less = |number: Option<u64>, known: u64| number.map(|number| number.saturating_sub(known));
        self.number = less(self.number, self.known.1);
        (self.low, self.high) = (less(self.low, self.known.1), less(self.high, self.known.0));
    }

    /// True if the policy has doubts about it.
    pub(super) fn is_doubtful(&self, policy: &Policy) -> bool {
        !self.marks.is_disjoint(&policy.doubtful)
    }
}

/// What tells of one event who fights whom and who is counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    /// The claims that count people of the event, rising, each with what tells it apart for a recorder.
    pub(super) figures: Vec<(usize, BTreeSet<ClaimMark>)>,
    /// Who is accused.
    pub(super) accused: BTreeSet<String>,
    /// Who is accused, and whose people are counted.
    parties: BTreeSet<Name>,
}

impl Scene {
    /// The scene of an event's claims.
    pub(super) fn of(claims: &[Claim], members: &[usize], rules: &TallyRules) -> Self {
        let mut scene = Self::default();
        let mut figures = Vec::new();
        for (i, claim) in members.iter().filter_map(|&i| Some((i, claims.get(i)?))) {
            match &*claim.content {
                Content::Casualty(figure) if claim.modality != Modality::Denied => {
                    scene.parties.extend(figure.victims.side.clone());
                    figures.push((i, claim, figure));
                }
                Content::Blame { accused, .. } if claim.modality != Modality::Denied => {
                    scene.parties.extend(accused.actor.clone());
                    scene.accused.insert(accused.name().to_owned());
                }
                _ => {}
            }
        }
        scene.figures =
            figures.into_iter().map(|(i, claim, figure)| (i, scene.marks_of(claim, figure, rules))).collect();
        scene
    }

    /// What tells a claim apart for a recorder; nothing, if it counts nobody.
    pub(super) fn marks(&self, claim: usize) -> impl Iterator<Item = ClaimMark> {
        let at = self.figures.binary_search_by_key(&claim, |(figure, _)| *figure).ok();
        at.and_then(|at| self.figures.get(at)).into_iter().flat_map(|(_, marks)| marks).copied()
    }

    fn marks_of(&self, claim: &Claim, figure: &Figure, rules: &TallyRules) -> BTreeSet<ClaimMark> {
        let actor = claim.speaker.as_deref().and_then(|speaker| speaker.actor.as_ref());
        let voice = match (&claim.speaker, actor, &figure.victims.side) {
            (None, ..) => ClaimMark::Outlet,
            (_, Some(actor), side) if self.parties.contains(actor) => match side {
                Some(side) if side == actor => ClaimMark::PartyOnOwn,
                Some(_) => ClaimMark::PartyOnOther,
                None => ClaimMark::Party,
            },
            _ => ClaimMark::ThirdParty,
        };
        let fighters = matches!(figure.victims.class, VictimClass::Military | VictimClass::Militant);
        let long = claim.timed_here && claim.time.is_some_and(|time| time.days() > rules.happening);
        let marks = [
            (ClaimMark::Hedged, claim.modality == Modality::Hedged),
            (ClaimMark::Fighters, fighters),
            (ClaimMark::Perpetrators, figure.perpetrator),
            (ClaimMark::RunningTotal, figure.cumulative || long),
        ];
        marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| mark).chain([voice]).collect()
    }
}

/// The accounts of an event that a policy reads, by outcome, without figures of some marks.
pub(super) fn accounts(
    desk: &Desk<'_>,
    policy: &Policy,
    without: &BTreeSet<ClaimMark>,
) -> BTreeMap<Outcome, Vec<Account>> {
    let (Office { claims, claims_of, events, sharing, .. }, scene) = (desk.office, desk.scene);
    let rules = &sharing[usize::from(policy.shares_out)];
    let mut groups: BTreeMap<(usize, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (i, marks) in &scene.figures {
        let Some(claim) = claims.get(*i) else { continue };
        if marks.is_disjoint(without) {
            let document = claims_of.partition_point(|claims| claims.end <= *i);
            let who = (policy.lines == PolicyLines::Claimant).then(|| claimant(claim));
            groups.entry((document, who)).or_default().push(*i);
        }
    }
    let mut accounts: BTreeMap<Outcome, Vec<Account>> = BTreeMap::new();
    for ((document, _), members) in groups {
        for tally in tally::of_members(claims, document, members, events, rules) {
            if policy.outcomes.contains(&tally.outcome) {
                accounts.entry(tally.outcome).or_default().extend(account(desk, tally, policy));
            }
        }
    }
    for accounts in accounts.values_mut() {
        in_order(accounts, claims);
        match policy.counts_once {
            CountsOnce::Origin => last_words(accounts, |account| (account.origin.clone(), None), policy.lines),
            CountsOnce::Article => last_words(accounts, |account| article(desk, account), policy.lines),
        }
    }
    accounts
}

/// The same order whatever the order of the articles, the latest last.
fn in_order(accounts: &mut [Account], claims: &[Claim]) {
    let place = |account: &Account| {
        account.claims.first().and_then(|&i| claims.get(i)).map(|claim| (claim.article.document.clone(), claim.id))
    };
    accounts.sort_by_cached_key(|account| (account.as_of, account.number, account.who.clone(), place(account)));
}

/// The article that an account stands in; versions of one are one.
fn article(desk: &Desk<'_>, account: &Account) -> (String, Option<u32>) {
    let first = account.claims.first().copied().unwrap_or_default();
    let version = desk.office.origins.version(first);
    let document = desk.office.claims.get(first).filter(|_| version.is_none());
    (document.map(|claim| claim.article.document.to_string()).unwrap_or_default(), version)
}

/// Keeps the last account of each source, and where claimants are kept apart, of each claimant.
fn last_words(accounts: &mut Vec<Account>, source: impl Fn(&Account) -> (String, Option<u32>), lines: PolicyLines) {
    let mut later = BTreeSet::new();
    let voice = |account: &Account| (source(account), (lines == PolicyLines::Claimant).then(|| account.who.clone()));
    let mut keep: Vec<bool> = accounts.iter().rev().map(|account| later.insert(voice(account))).collect();
    keep.reverse();
    let mut keep = keep.into_iter();
    accounts.retain(|_| keep.next() == Some(true));
}

fn account(desk: &Desk<'_>, tally: Tally, policy: &Policy) -> Option<Account> {
    let told: Vec<&Claim> = tally.claims.iter().filter_map(|&i| desk.office.claims.get(i)).collect();
    let mut who = Vec::new();
    for claim in &told {
        if !who.contains(&claimant(claim)) {
            who.push(claimant(claim));
        }
    }
    let marks = tally.claims.iter().flat_map(|&i| desk.scene.marks(i)).collect();
    let origin = desk.office.origins.of_all(&tally.claims)?.to_owned();
    Some(Account {
        who: who.join(", "),
        origin,
        known: (0, 0),
        number: tally.best.or_else(|| vague(&told, tally.low, policy)),
        low: tally.low,
        high: tally.high,
        as_of: tally.as_of,
        marks,
        claims: tally.claims,
    })
}

/// The number of a figure that states none: the word's own where the policy has one, else as its rule says.
fn vague(told: &[&Claim], low: Option<u64>, policy: &Policy) -> Option<u64> {
    let figure = |claim: &&Claim| {
        let figure = claim.content.figure()?;
        // "Dozens" is such a word, "tens of thousands" is not ten.
        let word = || policy.words.get(&figure.words.trim().to_lowercase()).copied();
        figure.count.value.or_else(word)
    };
    let stated = told.iter().map(figure).try_fold(0_u64, |sum, number| Some(sum.saturating_add(number?)));
    match policy.vague {
        VagueRule::Low => stated.or(low),
        VagueRule::Blank => stated,
    }
}
