//! The plan: which stages can find anything in a sentence, and which must run, by the words that it holds.

use super::grammar::{Rules, Stage};
use super::symbol::{Symbol, SymbolSet};
use super::{Known, Stages};

/// What the stages need of each other, worked out once for a rule set.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Symbols of which one must be there for a number without digits.
    numbers: SymbolSet,
    /// The claim stage's rules that make attributions.
    attributions: Rules,
    /// Its rules that make stances, which only a reader of all attributions asks for.
    stances: Rules,
    /// For each rule of the claim stage every symbol that it, its builder, or a rule that makes one of these asks for.
    reads: Vec<SymbolSet>,
}

impl Plan {
    pub(super) fn new(stages: &Stages, known: &Known) -> Self {
        let mut plan = Self {
            attributions: stages.claim.emitting(known.attribution),
            stances: stages.claim.emitting(known.stance),
            ..Self::default()
        };
        for symbol in [known.numeral, known.scale] {
            plan.numbers.insert(symbol);
        }
        let mentions: Vec<_> =
            [&stages.count, &stages.time, &stages.party, &stages.people].into_iter().flat_map(|s| &s.rules).collect();
        for rule in &stages.claim.rules {
            let mut reads = rule.program.reads;
            // A bare number of victims counts the same kind of people as the one before it.
            if [known.casualty, known.strength].contains(&rule.emits) {
                reads.insert(known.people);
            }
            loop {
                let before = reads;
                mentions.iter().filter(|m| before.has(m.emits)).for_each(|m| reads.extend(&m.program.reads));
                if reads == before {
                    break;
                }
            }
            plan.reads.push(reads);
        }
        plan
    }

    /// What can be found in a sentence: the symbols of its words, and every mention that they let some rule make.
    pub fn reach(&self, stages: &Stages, known: &Known, present: &SymbolSet, digits: bool) -> SymbolSet {
        let mut there = *present;
        if digits || present.meets(&self.numbers) {
            there.insert(known.number);
        }
        there.insert(known.name);
        for stage in [&stages.time, &stages.count, &stages.party, &stages.people] {
            stage.reach(&mut there);
        }
        there
    }

    /// Those of some rules of the claim stage that can match with what is there, the mentions that these stages can still
    /// make, and names that have not been looked for.
    pub fn left<'s>(
        &self,
        stages: &'s Stages,
        (claims, there): (Rules, &SymbolSet),
        open: impl IntoIterator<Item = &'s Stage>,
        unread: Option<Symbol>,
    ) -> Rules {
        let mut there = *there;
        unread.into_iter().for_each(|symbol| there.insert(symbol));
        open.into_iter().for_each(|stage| stage.reach(&mut there));
        stages.claim.possible_of(claims, &there)
    }

    /// The rules of claims, and those of attributions, that can match in a sentence within [`Plan::reach`].
    pub fn possible(&self, claim: &Stage, reach: &SymbolSet) -> (Rules, Rules) {
        let possible = claim.possible(reach);
        (possible & !self.attributions & !self.stances, possible & self.attributions)
    }

    /// The claim stage's rules that make attributions.
    pub fn attributions(&self) -> Rules {
        self.attributions
    }

    /// The claim stage's rules that make stances.
    pub fn stances(&self) -> Rules {
        self.stances
    }

    /// Every symbol that some of these rules of the claim stage ask for.
    pub fn reads(&self, mut rules: Rules) -> SymbolSet {
        let mut out = SymbolSet::default();
        while rules != 0 {
            if let Some(reads) = self.reads.get(rules.trailing_zeros() as usize) {
                out.extend(reads);
            }
            rules &= rules - 1;
        }
        out
    }
}
