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
        let ends: Vec<usize> =
            chosen.iter().copied().filter(|&i| end(accounts[i].number) || end(accounts[i].most())).collect();
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
    let sure: Vec<&Account> = accounts.iter().filter(|account| !account.is_doubtful(policy)).collect();
    let sure = if sure.iter().any(|account| account.number.is_some()) { sure } else { accounts.iter().collect() };
    let words = || chosen.iter().map(|&i| &accounts[i]);
    let low = match policy.low {
        Bound::None => None,
        Bound::Words => words().filter_map(|account| account.low).min(),
        Bound::Counted => counted.iter().min().copied(),
        Bound::Reliable => sure.iter().filter_map(|account| account.number).min(),
        Bound::CivilianStatus if fighters => counted.first().map(|_| 0),
        Bound::CivilianStatus => counted.iter().min().copied(),
    };
    let high = match policy.high {
        Bound::None => None,
        Bound::Words => words().map(|account| account.high).try_fold(0, |most, high| Some(most.max(high?))),
        Bound::Reliable => sure.iter().filter_map(|account| account.most()).max(),
        Bound::Counted | Bound::CivilianStatus => accounts.iter().filter_map(Account::most).max(),
    };
    (low, high.filter(|_| !chosen.is_empty() || policy.high != Bound::Words))
}

#[cfg(test)]
mod tests {
    use crate::policy::Published;
    use crate::policy::examples::published;
    use crate::rules::{CompareRules, Policies, RuleFiles};

    const PLAIN: &str = "name = \"a\"\nsource = \"a\"\nabout = \"a\"\noutcomes = [\"killed\"]\nlines = \"one\"\n\
                         counts-once = \"article\"\nsteps = [\"lowest\"]\nvague = \"low\"\nshares-out = true\n\
                         low = \"none\"\nhigh = \"none\"\nfallback = \"blank\"\nnote = \"n\"\ndispute = \"d\"\n\
                         matches = [[\"a\", \"b\"]]\n";

    /// What a plain policy with some lines of its own publishes of claims.
    fn says(own: &str, claims: &str) -> String {
        let key = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        let replaced = |line: &&str| !own.lines().any(|own| key(own) == key(line));
        let plain: String = PLAIN.lines().filter(replaced).map(|line| format!("{line}\n")).collect();
        let mut files = RuleFiles::default();
        files.insert("policies/own.toml", "own.toml", &format!("{plain}{own}"));
        let policies = Policies::load(&files).unwrap();
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let lines = published(policies.iter().next().unwrap(), claims, &rules).unwrap();
        lines.iter().map(Published::says).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn lowest_highest_and_middle_take_a_number_that_is_told() {
        let three = "12 killed | 20 killed | 15 killed";
        assert_eq!(says("steps = [\"lowest\"]", three), "12");
        assert_eq!(says("steps = [\"highest\"]", three), "20");
        assert_eq!(says("steps = [\"middle\"]", three), "15");
        assert_eq!(says("steps = [\"middle\"]", "12 killed | 20 killed"), "12");
    }

    #[test]
    fn a_majority_is_more_than_half_and_most_told_is_told_oftener_than_any_other() {
        let steps = |step: &str| format!("steps = [\"{step}\", \"lowest\"]");
        assert_eq!(says(&steps("majority"), "12 killed | 20 killed | 20 killed"), "20");
        assert_eq!(says(&steps("majority"), "12 killed | 20 killed | 20 killed | 30 killed"), "12");
        assert_eq!(says(&steps("most-told"), "12 killed | 20 killed | 20 killed | 30 killed"), "20");
        assert_eq!(says(&steps("most-told"), "12 killed | 12 killed | 20 killed | 20 killed"), "12");
    }

    #[test]
    fn the_latest_figure_wins_and_days_around_it_are_as_good() {
        let two = "12 killed; published 2020-09-27 | 20 killed; published 2020-09-29";
        assert_eq!(says("steps = [\"latest\", \"lowest\"]", two), "20");
        assert_eq!(says("steps = [\"latest\", \"lowest\"]\naround = 2", two), "12");
        assert_eq!(says("steps = [\"latest\", \"highest\"]", "30 killed | 20 killed; published 2020-09-29"), "20");
    }

    #[test]
    fn doubtful_figures_count_where_nothing_else_does() {
        let own = "doubtful = [\"hedged\"]\nsteps = [\"reliable\", \"lowest\"]";
        assert_eq!(says(own, "12 killed; hedged | 20 killed"), "20");
        assert_eq!(says(own, "12 killed; hedged"), "12");
    }

    #[test]
    fn what_is_left_out_comes_back_only_by_the_fallback() {
        let one = "12 killed; hedged";
        assert_eq!(says("leaves-out = [\"hedged\"]", one), "blank");
        assert_eq!(says("leaves-out = [\"hedged\"]\nfallback = \"left-out\"", one), "12");
    }

    #[test]
    fn named_speakers_and_trusted_voices_come_first() {
        let two = "12 killed; in Courier | 20 killed; by Red Cross";
        assert_eq!(says("steps = [\"named\", \"lowest\"]", two), "20");
        let trust = "trust = [\"outlet\", \"third-party\"]\nsteps = [\"trusted\", \"highest\"]";
        assert_eq!(says(trust, two), "12");
    }

    #[test]
    fn a_party_is_known_by_its_accusers_and_its_dead() {
        let own = "leaves-out = [\"party-on-other\"]\nlines = \"claimant\"";
        let sides = "9 killed, military of Syldavia; by Borduria & 4 killed, military of Borduria; by Borduria";
        assert_eq!(says(own, sides), "Borduria: 4");
        let accused = "9 killed; by Borduria & blames Borduria for attack; by Syldavia";
        assert_eq!(says("leaves-out = [\"party\"]", accused), "blank");
    }

    #[test]
    fn an_origin_counts_once_with_its_last_word() {
        let three = "12 killed; by A; published 2020-09-27 | 15 killed; by A; published 2020-09-28 | 20 killed; in C";
        assert_eq!(says("counts-once = \"origin\"", three), "15");
        assert_eq!(says("counts-once = \"article\"", three), "12");
    }

    #[test]
    fn vague_words_have_a_number_a_lowest_one_or_none() {
        let vague = "vague 24..99 killed | vague 24..99 killed";
        assert_eq!(says("vague = \"low\"", vague), "24");
        assert_eq!(says("vague = \"blank\"", vague), "blank");
        assert_eq!(says("vague = \"blank\"\nlow = \"words\"\nhigh = \"words\"", vague), "24..99");
        // In one-line claims the words of a vague figure are its interval.
        assert_eq!(says("vague = \"low\"\nwords = { \"vague 24..99\" = 12 }", vague), "12");
    }

    #[test]
    fn a_toll_of_several_incidents_is_shared_out_or_not() {
        assert_eq!(says("shares-out = true", "9 killed; over 3"), "3");
        assert_eq!(says("shares-out = false", "9 killed; over 3"), "9");
    }

    #[test]
    fn a_range_holds_the_number_published() {
        let three = "12 killed; hedged | 15 killed | 20 killed";
        let own = "doubtful = [\"hedged\"]\nlow = \"reliable\"\nhigh = \"counted\"\n";
        assert_eq!(says(&format!("{own}steps = [\"reliable\", \"lowest\"]"), three), "15 in 15..20");
        assert_eq!(says(&format!("{own}steps = [\"lowest\"]"), three), "12 in 12..20");
        assert_eq!(says("low = \"words\"\nhigh = \"words\"", "more_than 200 killed"), "200 in 200..");
        assert_eq!(says("low = \"civilian-status\"\nhigh = \"counted\"", "5 killed | 9 killed, militant"), "5 in 0..9");
    }
}
