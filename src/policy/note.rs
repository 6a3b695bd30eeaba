//! Notes: what stands behind a number, which no policy leaves out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::account::Account;
use crate::event::{days, list};
use crate::rules::compare::Phrases;
use crate::rules::policy::Policy;
use crate::value::{DayRange, NoteField};

/// Names shown of those who give one number; more are counted.
const NAMED: usize = 3;

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
        match self.by_number().len() {
            0 | 1 => note,
            _ => format!("{note} {}", policy.dispute.filled(fill)),
        }
    }

    /// Who gives each number, rising.
    fn by_number(&self) -> BTreeMap<u64, Vec<&Account>> {
        let mut numbers: BTreeMap<u64, Vec<&Account>> = BTreeMap::new();
        for account in self.accounts {
            if let Some(number) = account.number {
                numbers.entry(number).or_default().push(account);
            }
        }
        numbers
    }

    fn fill(&self, field: NoteField, phrases: &Phrases) -> String {
        let numbers = self.by_number();
        let number = |number: Option<&u64>| number.map(u64::to_string).unwrap_or_default();
        match field {
            NoteField::Accounts => self.accounts.len().to_string(),
            NoteField::Origins => self.origins.to_string(),
            NoteField::LeftOut => self.left_out.to_string(),
            NoteField::Lowest => number(numbers.keys().next()),
            NoteField::Highest => number(numbers.keys().next_back()),
            NoteField::Figures => {
                let figure = |(number, accounts): (&u64, &Vec<&Account>)| {
                    format!(
                        "{number} ({}, {})",
                        names(accounts, phrases),
                        day(accounts.iter().filter_map(|a| a.as_of).max(), phrases)
                    )
                };
                numbers.iter().map(figure).collect::<Vec<_>>().join("; ")
            }
            NoteField::Sources => names(&self.chosen.iter().map(|&i| &self.accounts[i]).collect::<Vec<_>>(), phrases),
            NoteField::AsOf => day(self.as_of, phrases),
        }
    }
}

fn day(day: Option<Date>, phrases: &Phrases) -> String {
    day.map_or_else(|| phrases.no_date.clone(), |day| days(DayRange::day(day)))
}

/// Those who speak, each once, in alphabetical order.
fn names(accounts: &[&Account], phrases: &Phrases) -> String {
    let mut names: Vec<String> = accounts.iter().map(|account| account.who.clone()).collect();
    names.sort();
    names.dedup();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    if more > 0 {
        names.push(phrases.more.replace("{n}", &more.to_string()));
    }
    list(&names, phrases)
}
