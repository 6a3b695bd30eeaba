//! What a sentence needs of those before it: who spoke last, whom the one before named, whose an open quotation is.

use super::{Placed, Reader, Unread, drafter};
use crate::extract::chart::Chart;
use crate::extract::draft::Memory;
use crate::extract::mention::Reading;
use crate::extract::said::Said;
use crate::rules::RuleSet;
use crate::rules::symbol::SymbolSet;

impl Reader<'_, '_> {
    /// Gives the claims of a quotation that began sentences ago its speaker once he is named, and keeps those of the
    /// sentence that a later one may give theirs.
    pub(super) fn say(&mut self, before: usize, quoted: bool, said: &[Said]) {
        if quoted && let Some(said) = said.iter().find(|said| said.content.0 == 0 && said.cue.0 > 0) {
            for at in self.unsaid.drain(..) {
                self.placed[at].draft.speaker.clone_from(&said.speaker);
            }
        }
        if !quoted {
            self.unsaid.clear();
        }
        if self.quoted {
            let open = |placed: &Placed| placed.draft.speaker.is_none();
            self.unsaid.extend((before..self.placed.len()).filter(|&at| open(&self.placed[at])));
        }
    }

    /// Finds out who spoke last, from the sentences whose attributions have not been read, the last one first.
    pub(super) fn recall(&mut self, text: &str) {
        let rules = self.rules;
        let nobody = Memory::default();
        let mut first = None;
        while let Some(Unread { span, reference }) = self.unread.pop() {
            let before = &mut self.before;
            before.read(text, span, rules);
            before.read_times(rules, text, &reference, false);
            let attributions = rules.plan.attributions();
            before.read_mentions(rules, text, &rules.plan.reads(attributions));
            before.read_claims(rules, attributions, text);
            let said = drafter(before, rules, text, &nobody, false, None).attributions();
            let pronoun = |said: &Said| said.speaker.is_none() && is_pronoun(&before.chart, said.source, rules);
            match said.iter().rev().find(|said| said.speaker.is_some() || pronoun(said)) {
                // "He said" leaves the speaker as he was, unless nobody has spoken before.
                Some(said_last) if said_last.speaker.is_none() => {
                    first = said.iter().rev().find_map(|said| said.speaker.clone()).or(first);
                }
                Some(said_last) => {
                    self.memory.speaker = said_last.speaker.clone();
                    self.unread.clear();
                    return;
                }
                None => {}
            }
        }
        if self.memory.speaker.is_none() {
            self.memory.speaker = first;
        }
    }

    /// Finds out whom the sentence before named.
    pub(super) fn recall_names(&mut self, text: &str) {
        let rules = self.rules;
        self.memory.named.clear();
        let Some(span) = self.last else { return };
        let mut names = SymbolSet::default();
        names.insert(rules.known.name);
        self.before.read(text, span, rules);
        self.before.read_mentions(rules, text, &names);
        self.memory.named = drafter(&self.before, rules, text, &Memory::default(), false, None).everybody();
    }
}

/// True if a party of these tokens stands for the speaker before.
fn is_pronoun(chart: &Chart<'_>, source: Option<(usize, usize)>, rules: &RuleSet) -> bool {
    chart.mentions.iter().any(|m| {
        m.symbol == rules.known.party
            && Some((m.start, m.end)) == source
            && matches!(&m.reading, Reading::Party(party) if party.pronoun)
    })
}
