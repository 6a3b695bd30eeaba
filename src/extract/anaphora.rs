//! Culprits told by a word that stands for somebody named before: "he", "the two", "it", "her father".

use super::build::{Found, senses};
use super::draft::{Culprit, Draft, Drafter};
use super::matcher::Kept;
use super::mention::Mention;
use super::sentence::Sentence;
use crate::claim::{Content, Party};
use crate::rules::{Reach, RuleSet};
use crate::value::Name;

/// Set on rules whose accused is told by such a word.
pub(super) const BACK: &str = "back";

/// How many such a word stands for, as its class says; without a word, for one.
const REFERENTS: &str = "referents";

impl Drafter<'_, '_> {
    /// Those whom an accused stands for; none if its rule does not look back.
    pub(super) fn looks_back(&self, f: &Found<'_, '_>, kept: Kept) -> Option<Vec<Party>> {
        if !f.rule.set.has(BACK) || f.mention(kept).is_some_and(|m| m.symbol == self.rules.known.name) {
            return None;
        }
        let within = (usize::from(kept.start), usize::from(kept.end));
        let anaphor = senses(self.chart, self.rules, self.text, within, self.rules.known.anaphor).next();
        let how = anaphor.and_then(|(_, _, sense)| sense.text(REFERENTS));
        Some(match how.map(|how| how.as_str()) {
            Some("several") => self.named_together(within.0),
            Some("group") => {
                self.memory.accused.iter().rev().find(|party| party.actor.is_some()).into_iter().cloned().collect()
            }
            _ => self.last_named(within.0).into_iter().collect(),
        })
    }

    /// The last one named before in the sentence, else the last accused, else whom the sentence before named first.
    fn last_named(&self, at: usize) -> Option<Party> {
        let before = self.people_named().filter(|m| m.end <= at).max_by_key(|m| m.end).map(|m| self.party(m));
        let speaks =
            |party: &&Party| self.memory.speaker.as_ref().is_some_and(|speaker| speaker.text.contains(&*party.text));
        let named = || self.memory.named.iter().find(|party| !speaks(party)).cloned();
        before.or_else(|| self.memory.accused.last().cloned()).or_else(named)
    }

    /// Those accused together, else the first two whom the sentence before named.
    fn named_together(&self, at: usize) -> Vec<Party> {
        let mut here: Vec<&Mention> = self.people_named().filter(|m| m.end <= at).collect();
        here.sort_by_key(|m| m.start);
        match (&here[..], &self.memory.accused[..], &self.memory.named[..]) {
            ([a, b, ..], _, _) => vec![self.party(a), self.party(b)],
            (_, accused @ [_, _, ..], _) => accused.to_vec(),
            (_, _, [a, b, ..]) => vec![a.clone(), b.clone()],
            _ => Vec::new(),
        }
    }

    /// Names that can be people's: no actor's or place's of the gazetteer, no office, and not where something is.
    fn people_named(&self) -> impl Iterator<Item = &Mention> {
        let known = &self.rules.known;
        let classes = [known.actor, known.place, known.role, known.person, known.thing];
        let another = move |m: &Mention| classes.into_iter().any(|symbol| self.chart.is(m.start, symbol));
        let thing = |m: &Mention| self.chart.is(m.end, known.thing) || self.chart.is(m.end, known.person);
        // "Flowing with rage, he …": a word that is capital because it comes first.
        let opener = |m: &Mention| (m.start, m.end) == (0, 1) && self.chart.is(1, known.preposition);
        let name = move |m: &&Mention| m.symbol == known.name && !another(m) && !thing(m) && !opener(m);
        self.chart.mentions.iter().filter(name)
    }

    /// Everybody named in the sentence, in order.
    pub(super) fn everybody(&self) -> Vec<Party> {
        let mut named: Vec<&Mention> = self.people_named().collect();
        named.sort_by_key(|m| m.start);
        named.into_iter().map(|m| self.party(m)).collect()
    }
}

/// Gives every accused of an article the fullest name it has there, and those who are only described the name of the
/// one who is accused by name; tells for each draft whether to keep it: a description that nobody or several fit is none.
pub(super) fn name_accused<'d>(drafts: impl Iterator<Item = &'d mut Draft>, reach: &Reach) -> Vec<bool> {
    let mut all: Vec<&mut Draft> = drafts.collect();
    let mut names: Vec<Name> = Vec::new();
    for draft in &all {
        if let (Content::Blame { accused, .. }, Culprit::Named) = (&draft.content, draft.culprit)
            && accused.actor.is_none()
            && accused.text.split_whitespace().count() <= reach.person
        {
            names.push(Name::from(&*accused.text));
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.as_str().len()));
    let mut full: Vec<Name> = Vec::new();
    for name in names {
        if !full.iter().any(|longer| part_of_name(name.as_str(), longer.as_str())) {
            full.push(name);
        }
    }
    let mut kept = Vec::with_capacity(all.len());
    for draft in &mut all {
        let culprit = draft.culprit;
        let Content::Blame { accused, .. } = &mut draft.content else {
            kept.push(true);
            continue;
        };
        let named = match culprit {
            Culprit::Described => full.first().filter(|_| full.len() == 1),
            Culprit::Named => {
                full.iter().find(|longer| part_of_name(own_name(&accused.text, reach.person), longer.as_str()))
            }
            Culprit::Anybody => None,
        };
        accused.actor = accused.actor.take().filter(|_| culprit != Culprit::Described).or_else(|| named.cloned());
        kept.push(culprit != Culprit::Described || accused.actor.is_some());
    }
    kept
}

/// A person's name, or the last word of one that is too long to be one person's.
fn own_name(text: &str, longest: usize) -> &str {
    let last = || text.split_whitespace().next_back().unwrap_or(text);
    if text.split_whitespace().count() > longest { last() } else { text }
}

/// True if each word of a name is one of a longer name: "Adams" of "Robert Lee Adams".
fn part_of_name(name: &str, longer: &str) -> bool {
    name.split_whitespace().all(|word| longer.split_whitespace().any(|other| other == word))
}

/// True if a claim of the sentence may ask whom the sentence before named.
pub(super) fn asks_back(sentence: &Sentence<'_>, rules: &RuleSet) -> bool {
    let back = |rule: u16| rules.stages.claim.rules[usize::from(rule)].set.has(BACK);
    sentence.scratch.matches.iter().any(|found| back(found.rule))
}

/// Those whom the claims of a sentence accuse other than by a description, each once, in order.
pub(super) fn accused(drafts: &[Draft]) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for draft in drafts {
        if let (Content::Blame { accused, .. }, false) = (&draft.content, draft.culprit == Culprit::Described)
            && !out.iter().any(|party| party.name() == accused.name())
        {
            out.push(accused.clone());
        }
    }
    out
}
