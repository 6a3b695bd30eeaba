//! Notes: what stands behind a number, which no policy leaves out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::account::Account;
use crate::event::{days, some_of};
use crate::rules::compare::Phrases;
use crate::rules::policy::Policy;
use crate::value::{DayRange, NoteField};

/// What stands behind a published number.
pub(super) struct Behind<'a> {
    /// All accounts that count.
    pub(super) accounts: &'a [Account],
    /// Those that give the number, as indices.
    pub(super) chosen: &'a [usize],
    /// Independent origins of all.
    pub(super) origins: usize,
    /// Figures left out.
    pub(super) left_out: usize,
    /// The day the number is as of.
    pub(super) as_of: Option<Date>,
}

impl Behind<'_> {
    /// The policy's note, and what it says of a dispute where the accounts differ.
    pub(super) fn note(&self, policy: &Policy, phrases: &Phrases) -> String {
        let fill = |field| self.fill(field, phrases);
        let note = policy.note.filled(fill);
        match self.by_figure().len() {
            0 | 1 => note,
            _ => format!("{note} {}", policy.dispute.filled(fill)),
        }
    }

    /// Who gives each figure, rising; one that is only vague stands as its range.
    fn by_figure(&self) -> BTreeMap<(u64, String), Vec<&Account>> {
        let mut figures: BTreeMap<(u64, String), Vec<&Account>> = BTreeMap::new();
        for account in self.accounts {
            let end = |end: Option<u64>| end.map(|end| end.to_string()).unwrap_or_default();
            let figure = match account.number {
                Some(number) => (number, number.to_string()),
                None => (account.low.unwrap_or_default(), format!("{}..{}", end(account.low), end(account.high))),
            };
            figures.entry(figure).or_default().push(account);
        }
        figures
    }

    fn fill(&self, field: NoteField, phrases: &Phrases) -> String {
        let figures = self.by_figure();
        let chosen = || self.chosen.iter().map(|&i| &self.accounts[i]);
        let number = |figure: Option<&(u64, String)>| figure.map(|(_, figure)| figure.clone()).unwrap_or_default();
        match field {
            NoteField::Accounts => self.accounts.len().to_string(),
            NoteField::Origins => self.origins.to_string(),
            NoteField::LeftOut => self.left_out.to_string(),
            NoteField::Known => {
                self.accounts.iter().map(|account| account.known.1).max().unwrap_or_default().to_string()
            }
            NoteField::Lowest => number(figures.keys().next()),
            NoteField::Highest => number(figures.keys().next_back()),
            NoteField::Figures => {
                let told = figures.iter().map(|((_, figure), accounts)| {
                    let as_of = accounts.iter().filter_map(|account| account.as_of).max();
                    format!("{figure} ({}, {})", names(accounts.iter().copied(), phrases), day(as_of, phrases))
                });
                told.collect::<Vec<_>>().join("; ")
            }
            NoteField::Sources => names(chosen(), phrases),
            NoteField::AsOf => day(self.as_of, phrases),
        }
    }
}

fn day(day: Option<Date>, phrases: &Phrases) -> String {
    day.map_or_else(|| phrases.no_date.clone(), |day| days(DayRange::day(day)))
}

/// Those who speak, each once, in alphabetical order.
fn names<'a>(accounts: impl Iterator<Item = &'a Account>, phrases: &Phrases) -> String {
    let names: BTreeSet<&str> = accounts.map(|account| &*account.who).collect();
    some_of(names.into_iter(), phrases.names.note, phrases)
}

#[cfg(test)]
mod tests {
    use crate::policy::examples::published;
    use crate::rules::{CompareRules, Policies, RuleFiles};

    fn note(policy: &str, claims: &str) -> String {
        let files = RuleFiles::built_in();
        let (mut policies, rules) = (Policies::load(&files).unwrap(), CompareRules::load(&files).unwrap());
        policies.keep(&[policy.to_owned()]).unwrap();
        published(policies.iter().next().unwrap(), claims, &rules).unwrap().remove(0).note
    }

    #[test]
    fn a_dispute_is_noted_and_agreement_is_not() {
        assert_eq!(note("gtd", "12 killed; in A"), "By A, as of a day not known; accounts: 1, origins: 1.");
        let disputed = note("gtd", "12 killed; in A; published 2020-09-28 | vague 24..99 killed; in B");
        assert!(disputed.ends_with("Conflicting reports: 12 (A, 28 September 2020); 24..99 (B, a day not known)."));
    }

    #[test]
    fn many_names_are_counted() {
        let claims = "9 killed; in A | 9 killed; in B | 9 killed; in C | 9 killed; in D | 9 killed; in E";
        assert!(note("gtd", claims).starts_with("By A, B, C and 2 more, as of"));
    }
}
