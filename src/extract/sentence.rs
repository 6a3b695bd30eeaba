//! One sentence through the stages: numbers, times, counts, names, parties, people, and the shapes of claims.

use super::build::{self, Found};
use super::chart::Chart;
use super::matcher::Scratch;
use super::mention::{Mention, Reading};
use super::parts::Reference;
use super::{names, number};
use crate::rules::grammar::{Rules, Stage};
use crate::rules::symbol::SymbolSet;
use crate::rules::{RuleSet, Stages};
use crate::text::Span;
use crate::value::DayRange;

/// One sentence's chart with the matcher's memory.
#[derive(Default)]
pub(super) struct Sentence<'r> {
    pub(super) chart: Chart<'r>,
    /// The matches of the claim stage.
    pub(super) scratch: Scratch,
    /// The matches of the stage of mentions under way.
    stage_scratch: Scratch,
    /// True once numbers have been read.
    numbered: bool,
    /// What the stages that have been run emit.
    done: SymbolSet,
    /// The rules that emit a symbol, with the tokens that a mention of it covers.
    taken: Vec<(Rules, u16, u16)>,
}

impl<'r> Sentence<'r> {
    /// Runs one stage of mention rules and adds what it finds to the chart: mentions of one symbol do not overlap, the
    /// first and longest win.
    fn mentions(&mut self, stage: &Stage, wanted: Rules, rules: &'r RuleSet, text: &str, reference: &Reference) {
        let mut open = stage.possible(self.chart.present()) & wanted;
        if open == 0 {
            return;
        }
        self.taken.clear();
        for at in 0..self.chart.len() {
            if !self.chart.here()[at].meets(&stage.first) {
                continue;
            }
            self.taken.retain(|(_, _, end)| usize::from(*end) > at);
            let covering = self.taken.iter().filter(|(_, start, _)| usize::from(*start) <= at);
            let free = covering.fold(Rules::MAX, |free, (emitting, _, _)| free & !emitting) | stage.within_context;
            self.stage_scratch.clear();
            self.stage_scratch.at(&self.chart, stage, (&mut open, free), at, text, &rules.lexicon);
            if !self.stage_scratch.matches.is_empty() {
                self.choose(stage, rules, text, reference);
            }
        }
    }

    /// Adds the mentions that the matches at one token make.
    fn choose(&mut self, stage: &Stage, rules: &'r RuleSet, text: &str, reference: &Reference) {
        self.stage_scratch.matches.sort_by_key(|m| (std::cmp::Reverse(m.end), m.rule));
        for i in 0..self.stage_scratch.matches.len() {
            let found = self.stage_scratch.matches[i];
            let rule = &stage.rules[usize::from(found.rule)];
            // What a rule keeps as `it` is the mention; the words around only tell that it is one.
            let it = self.stage_scratch.kept(&found, &rule.program, "it").next();
            let (from, to) = it.map_or((found.start, found.end), |kept| (kept.start, kept.end));
            let overlaps =
                |&(rules, start, end): &(Rules, u16, u16)| rules & (1 << found.rule) != 0 && end > from && to > start;
            if self.taken.iter().any(overlaps) {
                continue;
            }
            let future = self.future((found.start.into(), found.end.into()), rules, text);
            let reference = Reference { future, ..*reference };
            let view = Found { chart: &self.chart, rule, found, scratch: &self.stage_scratch, rules, text };
            let Some(reading) = build::reading(&view, &reference) else { continue };
            let emitting = stage.emitting(rule.emits);
            self.taken.push((emitting, from, to));
            self.chart.add(Mention {
                symbol: rule.emits,
                start: usize::from(from),
                end: usize::from(to),
                forms: build::forms(&reading),
                rule: Some(rule.id.clone()),
                attributes: rule.set.clone(),
                reading,
            });
        }
    }

    /// True if a word of the future stands before tokens `start..end`, unless they are somebody's day of speaking or own
    /// something that has been ("announced Friday", "Friday's attack").
    fn future(&self, (start, end): (usize, usize), rules: &RuleSet, text: &str) -> bool {
        let (chart, known) = (&self.chart, &rules.known);
        let owner = || chart.tokens.get(end).is_some_and(|token| token.span.of(text).starts_with(['\'', '’']));
        let spoken = || start > 0 && chart.is(start - 1, known.say);
        let before = || {
            let near = start.saturating_sub(rules.reach.past)..(end + rules.reach.past).min(chart.len());
            near.into_iter().any(|at| chart.is(at, known.before_past))
        };
        if !chart.present().has(known.future) || owner() || spoken() || before() {
            return false;
        }
        let ahead = |at: usize| {
            chart.is(at, known.future)
                || chart.edges(at).any(|edge| edge.symbol == known.future && usize::from(edge.end) <= start)
        };
        let here = |at: &usize| !chart.is(*at, known.past_clause);
        (start.saturating_sub(rules.reach.future)..start).rev().take_while(here).any(ahead)
    }

    /// Reads the tokens of `span`; what is too long returns as the rest.
    pub(super) fn read(&mut self, text: &str, span: Span, rules: &'r RuleSet) -> Option<Span> {
        self.numbered = false;
        self.done = SymbolSet::default();
        self.scratch.clear();
        self.chart.read(text, span, rules)
    }

    /// Adds time expressions to the chart, and periods if they are wanted.
    pub(super) fn read_times(&mut self, rules: &'r RuleSet, text: &str, reference: &Reference, periods: bool) {
        self.read_numbers(rules, text);
        let stage = &rules.stages.time;
        let unwanted = if periods { 0 } else { stage.emitting(rules.known.period) };
        self.mentions(stage, !unwanted, rules, text, reference);
    }

    fn read_numbers(&mut self, rules: &RuleSet, text: &str) {
        if !self.numbered {
            self.numbered = true;
            number::read(&mut self.chart, text, rules);
        }
    }

    /// Adds the matches of some of the claim stage's rules.
    pub(super) fn read_claims(&mut self, rules: &'r RuleSet, claims: Rules, text: &str) {
        self.scratch.run(&self.chart, &rules.stages.claim, claims, text, &rules.lexicon);
    }

    /// Adds the mentions of which a rule that asks for `reads` may need to know. Times must be there.
    pub(super) fn read_mentions(&mut self, rules: &'r RuleSet, text: &str, reads: &SymbolSet) {
        self.read_numbers(rules, text);
        let stages = &rules.stages;
        self.read_stage(&stages.count, rules, text, reads);
        self.read_names(rules, text, reads);
        self.read_stage(&stages.party, rules, text, reads);
        self.read_stage(&stages.people, rules, text, reads);
    }

    /// As `read_mentions`, for some rules of the claim stage; those that what was found leaves possible. No stage is read
    /// for rules that lack something else.
    pub(super) fn read_mentions_of(&mut self, rules: &'r RuleSet, mut claims: Rules, text: &str) -> Rules {
        self.read_numbers(rules, text);
        let Stages { count, party, people, .. } = &rules.stages;
        let name = rules.known.name;
        claims = rules.plan.left(&rules.stages, (claims, self.chart.present()), [count, party, people], Some(name));
        if self.read_stage(count, rules, text, &rules.plan.reads(claims)) {
            claims = rules.plan.left(&rules.stages, (claims, self.chart.present()), [party, people], Some(name));
        }
        self.read_names(rules, text, &rules.plan.reads(claims));
        if self.read_stage(party, rules, text, &rules.plan.reads(claims)) {
            claims = rules.plan.left(&rules.stages, (claims, self.chart.present()), [people], None);
        }
        self.read_stage(people, rules, text, &rules.plan.reads(claims));
        claims
    }

    /// Adds what says how many incidents there are, with the other counts.
    pub(super) fn read_episodes(&mut self, rules: &'r RuleSet, text: &str) {
        let mut reads = SymbolSet::default();
        reads.insert(rules.known.episodes);
        self.read_numbers(rules, text);
        self.read_stage(&rules.stages.count, rules, text, &reads);
    }

    /// Runs a stage that some rule asks for; false if nobody does or it has been run before.
    fn read_stage(&mut self, stage: &Stage, rules: &'r RuleSet, text: &str, reads: &SymbolSet) -> bool {
        let wanted = reads.meets(&stage.emits) && !self.done.meets(&stage.emits);
        if wanted {
            self.done.extend(&stage.emits);
            self.mentions(stage, Rules::MAX, rules, text, &Reference::default());
        }
        wanted
    }

    fn read_names(&mut self, rules: &RuleSet, text: &str, reads: &SymbolSet) {
        let name = rules.known.name;
        if reads.has(name) && !self.done.has(name) {
            self.done.insert(name);
            names::read(&mut self.chart, text, rules);
        }
    }
}

impl Reference {
    /// Takes what the times before token `end` of a sentence name for what comes after them.
    pub(super) fn note(&mut self, chart: &Chart<'_>, rules: &RuleSet, end: usize) {
        for mention in chart.mentions.iter().filter(|mention| mention.end <= end) {
            let Reading::Time(time) = &mention.reading else { continue };
            // "the nine months" are spoken of instead of the quarter.
            if time.kind == "DURATION" && time.value.ends_with('M') && !time.value.starts_with("PT") {
                self.quarter = None;
            }
            let Some(days) = time.days.filter(|_| time.dates()) else { continue };
            if mention.symbol == rules.known.period {
                let ended = self.published.is_none_or(|published| days.last < published);
                let quarter = ended && time.value.contains("-Q") && !mention.attributes.has("step");
                self.quarter = quarter.then_some(days.first).or(self.quarter);
                continue;
            }
            // "Up from 12 a year ago" compares; the text goes on about what it has spoken of.
            let told = self.spoken.or(self.published.map(DayRange::day));
            if mention.attributes.has("compares")
                && days.days() > rules.reach.frame
                && told.is_some_and(|told| days.last < told.first)
            {
                continue;
            }
            if time.kind != "DURATION" {
                self.spoken = Some(days);
            }
            if days.first == days.last {
                self.named = Some(days.first);
            }
        }
    }
}
