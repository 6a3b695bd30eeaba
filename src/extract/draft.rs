//! Drafts: claims of one sentence in byte offsets, before the whole article has been seen.

use super::build::{Found, senses};
use super::chart::Chart;
use super::figures::Group;
use super::matcher::Scratch;
use super::said::Said;
use crate::claim::{Content, Party};
use crate::rules::RuleSet;
use crate::rules::grammar::Stage;
use crate::text::Span;
use crate::value::{DayRange, Modality, Name};

/// Who spoke, acted or was spoken of before a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// The last speaker.
    pub(super) speaker: Option<Party>,
    /// Countries and groups, each once, the last named last.
    pub(super) actors: Vec<Name>,
    /// The last two that were named together ("between Armenia and Azerbaijan").
    pub(super) pair: Option<[Name; 2]>,
    /// Those accused by the last sentence that accuses somebody.
    pub(super) accused: Vec<Party>,
    /// Those named by the sentence before, where a claim asks for them.
    pub(super) named: Vec<Party>,
    /// The last people counted together.
    pub(super) group: Option<Group>,
    /// How many incidents the text has said there were; 0 if it has not.
    pub(super) episodes: u16,
}

/// How an accused is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culprit {
    /// As a state, a group or anybody.
    Anybody,
    /// By the name of a person.
    Named,
    /// As somebody whom the article must name elsewhere ("a father").
    Described,
}

/// A claim before its article has been read to the end.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) content: Content,
    pub(super) span: Span,
    pub(super) speaker: Option<Party>,
    pub(super) via: Vec<Box<str>>,
    pub(super) modality: Modality,
    pub(super) time: Option<DayRange>,
    /// True if the sentence names a time that nothing tells the days of.
    pub(super) unresolved: bool,
    pub(super) rule: Name,
    /// How the accused is told, if somebody is.
    pub(super) culprit: Culprit,
    /// "shot": killed or injured is told by the rest of the article.
    pub(super) shot: bool,
}

/// Reads the claims of a sentence whose mentions are in the chart.
pub(super) struct Drafter<'c, 'r> {
    pub(super) chart: &'c Chart<'r>,
    pub(super) scratch: &'c Scratch,
    pub(super) stage: &'c Stage,
    pub(super) rules: &'r RuleSet,
    pub(super) text: &'c str,
    pub(super) memory: &'c Memory,
    pub(super) published: Option<jiff::civil::Date>,
    /// True if the sentence begins inside a quotation.
    pub(super) quoted: bool,
}

impl<'c, 'r> Drafter<'c, 'r> {
    pub(super) fn found(&self, index: usize) -> Found<'c, 'r> {
        let found = self.scratch.matches[index];
        Found {
            chart: self.chart,
            rule: &self.stage.rules[usize::from(found.rule)],
            found,
            scratch: self.scratch,
            rules: self.rules,
            text: self.text,
        }
    }

    pub(super) fn modality(&self, at: (usize, usize)) -> Modality {
        let known = &self.rules.known;
        let near = at.0.saturating_sub(self.rules.reach.hedge)..(at.1 + self.rules.reach.hedge).min(self.chart.len());
        if senses(self.chart, self.rules, self.text, (near.start, near.end), known.hedge).next().is_some() {
            Modality::Hedged
        } else {
            Modality::Asserted
        }
    }

    /// All claims of the sentence, by place.
    pub(super) fn claims(&self, said: &[Said]) -> Vec<Draft> {
        let known = &self.rules.known;
        let mut out = Vec::new();
        let mut counted: Vec<(usize, usize)> = Vec::new();
        let mut order: Vec<usize> = (0..self.scratch.matches.len()).collect();
        order.sort_by_key(|&i| (self.scratch.matches[i].rule, self.scratch.matches[i].start));
        let mut blamed: Vec<(usize, usize, usize)> = Vec::new();
        let mut timed: Vec<usize> = Vec::new();
        for i in order {
            let f = self.found(i);
            match f.rule.emits {
                s if s == known.casualty || s == known.strength => self.figures(&f, said, &mut counted, &mut out),
                s if s == known.timing => self.timing(&f, said, &mut timed, &mut out),
                s if s == known.blame => self.blame(&f, said, &mut blamed, &mut out),
                s if s == known.denial => self.denial(&f, said, &mut out),
                _ => {}
            }
        }
        out.sort_by_key(|d| (d.span, d.content.kind()));
        out
    }

    /// Actors named in the sentence before a token, the nearest last.
    pub(super) fn actors_before(&self, at: usize) -> Vec<Name> {
        senses(self.chart, self.rules, self.text, (0, at), self.rules.known.actor)
            .filter_map(|(_, _, s)| s.text("name").cloned())
            .collect()
    }

    /// Whose people "its troops" are: the nearest actor before, else the speaker's.
    pub(super) fn possessor(&self, at: usize, speaker: &Option<Party>) -> Option<Name> {
        self.actors_before(at).pop().or_else(|| speaker.as_ref().and_then(|s| s.actor.clone()))
    }

    /// The two parties that "both sides" stands for: the last two named together, else the last two named.
    pub(super) fn two_actors(&self, at: usize) -> Vec<Name> {
        if let Some(pair) = pair(self.chart, self.rules, self.text, at).or_else(|| self.memory.pair.clone()) {
            return pair.to_vec();
        }
        let mut all = self.memory.actors.clone();
        for name in self.actors_before(at) {
            all.retain(|n| *n != name);
            all.push(name);
        }
        all.retain(|name| self.rules.lexicon.gazetteer.kind(name).is_some_and(|k| self.rules.sides.contains(k)));
        let mut two = all.split_off(all.len().saturating_sub(2));
        two.sort();
        if two.len() == 2 { two } else { Vec::new() }
    }
}

/// The last two different actors joined by "and" before a token.
pub(super) fn pair(chart: &Chart<'_>, rules: &RuleSet, text: &str, at: usize) -> Option<[Name; 2]> {
    let known = &rules.known;
    let named: Vec<_> = senses(chart, rules, text, (0, at), known.actor).collect();
    let mut pair = named.windows(2).rev().find_map(|w| {
        let joined = w[0].1 + 1 == w[1].0 && chart.is(w[0].1, known.and);
        let (a, b) = (w[0].2.text("name")?, w[1].2.text("name")?);
        (joined && a != b).then(|| [a.clone(), b.clone()])
    })?;
    pair.sort();
    Some(pair)
}
