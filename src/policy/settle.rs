//! The steps of a policy: from many accounts of a toll to the number and the range published.

use std::collections::BTreeMap;

use super::account::Account;
use crate::rules::policy::Policy;
use crate::value::{Bound, ClaimMark, PolicyStep};

/// What a policy makes of accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) low: Option<u64>,
    pub(super) best: Option<u64>,
    pub(super) high: Option<u64>,
    /// The step after which one number was left; `None` if there was only one, or none is chosen.
    pub(super) decided: Option<PolicyStep>,
    /// The accounts that give what is published, as indices.
    pub(super) chosen: Vec<usize>,
}

/// Takes the steps of a policy; `fighters` says that some figure counts fighters.
pub(super) fn settle(accounts: &[Account], policy: &Policy, fighters: bool) -> Settled {
    let mut chosen: Vec<usize> = (0..accounts.len()).filter(|&i| accounts[i].number.is_some()).collect();
    if chosen.is_empty() {
        chosen = (0..accounts.len()).collect();
    }
    let mut decided = None;
    for &step in &policy.steps {
        if numbers(accounts, &chosen).len() < 2 {
            break;
        }
        chosen = take(step, accounts, chosen, policy);
        if numbers(accounts, &chosen).len() == 1 {
            decided = Some(step);
        }
    }
    let best = numbers(accounts, &chosen).keys().next().copied().filter(|_| !policy.steps.is_empty());
    let (low, high) = range(accounts, &chosen, policy, fighters);
    if policy.steps.is_empty() {
        let end = |number: Option<u64>| number.is_some() && (number == low || number == high);
        let ends: Vec<usize> = chosen.iter().copied().filter(|&i| end(accounts[i].number)).collect();
        chosen = if ends.is_empty() { chosen } else { ends };
    }
    Settled {
        low: low.map(|low| best.map_or(low, |best| low.min(best))),
        best,
        high: high.map(|high| best.map_or(high, |best| high.max(best))),
        decided,
        chosen,
    }
}

/// The numbers of some accounts, each with how many give it, rising.
fn numbers(accounts: &[Account], of: &[usize]) -> BTreeMap<u64, usize> {
    let mut numbers = BTreeMap::new();
    of.iter().filter_map(|&i| accounts[i].number).for_each(|number| *numbers.entry(number).or_default() += 1);
    numbers
}

/// What a step keeps of the accounts; never nothing of something.
fn take(step: PolicyStep, accounts: &[Account], from: Vec<usize>, policy: &Policy) -> Vec<usize> {
    let numbers = numbers(accounts, &from);
    let number = |number: Option<u64>| {
        let kept: Vec<usize> =
            from.iter().copied().filter(|&i| number.is_some() && accounts[i].number == number).collect();
        if kept.is_empty() { from.clone() } else { kept }
    };
    let only = |keep: &dyn Fn(&Account) -> bool| {
        let kept: Vec<usize> = from.iter().copied().filter(|&i| keep(&accounts[i])).collect();
        if kept.is_empty() { from.clone() } else { kept }
    };
    match step {
        PolicyStep::Reliable => only(&|account| !account.is_doubtful(policy)),
        PolicyStep::Named => only(&|account| !account.marks.contains(&ClaimMark::Outlet)),
        PolicyStep::Trusted => {
            let first = from.iter().map(|&i| rank(&accounts[i], policy)).min();
            only(&|account| Some(rank(account, policy)) == first)
        }
        PolicyStep::Latest => {
            let last = from.iter().filter_map(|&i| accounts[i].as_of).max();
            let near = |account: &Account| {
                let days = account.as_of.zip(last).map(|(day, last)| i64::from((last - day).get_days()));
                days.is_some_and(|days| days <= policy.around)
            };
            only(&near)
        }
        PolicyStep::Majority => {
            number(numbers.iter().find(|(_, accounts)| **accounts * 2 > from.len()).map(|(number, _)| *number))
        }
        PolicyStep::MostTold => {
            let most = numbers.values().max();
            let mut told = numbers.iter().filter(|(_, accounts)| Some(*accounts) == most);
            let first = told.next().map(|(number, _)| *number);
            number(first.filter(|_| told.next().is_none()))
        }
        PolicyStep::Lowest => number(numbers.keys().next().copied()),
        PolicyStep::Highest => number(numbers.keys().next_back().copied()),
        PolicyStep::Middle => {
            let mut all: Vec<u64> = from.iter().filter_map(|&i| accounts[i].number).collect();
            all.sort_unstable();
            number(all.get(all.len().saturating_sub(1) / 2).copied())
        }
    }
}

/// How far down the list of trust an account's least trusted voice stands.
fn rank(account: &Account, policy: &Policy) -> usize {
    let place = |mark: &ClaimMark| policy.trust.iter().position(|trusted| trusted == mark);
    account.marks.iter().filter_map(place).max().unwrap_or(policy.trust.len())
}

fn range(accounts: &[Account], chosen: &[usize], policy: &Policy, fighters: bool) -> (Option<u64>, Option<u64>) {
    let counted: Vec<u64> = accounts.iter().filter_map(|account| account.number).collect();
    let reliable: Vec<u64> =
        accounts.iter().filter(|account| !account.is_doubtful(policy)).filter_map(|account| account.number).collect();
    let reliable = if reliable.is_empty() { &counted } else { &reliable };
    let words = || chosen.iter().map(|&i| &accounts[i]);
    let low = match policy.low {
        Bound::None => None,
        Bound::Words => words().filter_map(|account| account.low).min(),
        Bound::Counted => counted.iter().min().copied(),
        Bound::Reliable => reliable.iter().min().copied(),
        Bound::CivilianStatus if fighters => counted.first().map(|_| 0),
        Bound::CivilianStatus => counted.iter().min().copied(),
    };
    let high = match policy.high {
        Bound::None => None,
        Bound::Words => words().map(|account| account.high).try_fold(0, |most, high| Some(most.max(high?))),
        Bound::Reliable => reliable.iter().max().copied(),
        Bound::Counted | Bound::CivilianStatus => counted.iter().max().copied(),
    };
    (low, high.filter(|_| !chosen.is_empty() || policy.high != Bound::Words))
}
