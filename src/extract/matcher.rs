//! Runs compiled patterns over a chart: backtracking with an explicit stack and a bounded number of steps.

use super::chart::{Chart, What};
use crate::rules::grammar::{Rules, Stage};
use crate::rules::lexicon::{Lexicon, Sense};
use crate::rules::pattern::{Instr, NONE, Program};
use crate::rules::symbol::Symbol;

/// Steps after which a match attempt is given up; ordinary attempts take a few dozen.
const MOST_STEPS: u32 = 4_000;

/// One thing that a pattern kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    name: u8,
    pub(super) start: u16,
    pub(super) end: u16,
    /// The class it was matched as; `None` for groups and plain words.
    pub(super) symbol: Option<Symbol>,
    /// The mention, if it was one.
    pub(super) mention: Option<u32>,
}

/// A match of one rule of a stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) rule: u16,
    pub(super) start: u16,
    pub(super) end: u16,
    kept: (u32, u32),
}

/// Reusable memory of the matcher.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    stack: Vec<(u16, u16, u32)>,
    log: Vec<Kept>,
    kept: Vec<Kept>,
    /// States from which the attempt under way has already failed, as bits of place in the code and token.
    failed: Vec<u64>,
    dirty: Vec<u32>,
    pub(super) matches: Vec<Match>,
}

const OPEN: u16 = u16::MAX;

impl Scratch {
    /// What a match kept under a rule's capture name, in order.
    pub(super) fn kept<'s>(
        &'s self,
        found: &Match,
        program: &Program,
        name: &str,
    ) -> impl Iterator<Item = Kept> + use<'s> {
        let number = program.captures.iter().position(|c| **c == *name);
        self.kept[found.kept.0 as usize..found.kept.1 as usize]
            .iter()
            .filter(move |k| Some(usize::from(k.name)) == number)
            .copied()
    }

    /// Adds every match of some rules of a stage to `self.matches`, by place and rule.
    pub(super) fn run(&mut self, chart: &Chart<'_>, stage: &Stage, rules: Rules, text: &str, lexicon: &Lexicon) {
        let mut open = stage.possible_of(rules, chart.present());
        if open == 0 {
            return;
        }
        for at in 0..chart.len() {
            if chart.here()[at].meets(&stage.first) {
                self.at(chart, stage, (&mut open, Rules::MAX), at, text, lexicon);
            }
        }
    }

    /// Adds the matches that begin at a token, of the rules that are open and among `free`; those that can match neither
    /// here nor further on are closed.
    pub(super) fn at(
        &mut self,
        chart: &Chart<'_>,
        stage: &Stage,
        (open, free): (&mut Rules, Rules),
        at: usize,
        text: &str,
        lexicon: &Lexicon,
    ) {
        let mut begin = *open & free & stage.beginning_with(&chart.here()[at], chart.words[at]);
        if begin == 0 {
            return;
        }
        let next = chart.next(at);
        while begin != 0 {
            let rule = begin.trailing_zeros() as u16;
            begin &= begin - 1;
            let program = &stage.rules[usize::from(rule)].program;
            if !program.goes_on(&next) {
                continue;
            }
            if program.possible(chart.ahead(at)) {
                self.attempt(chart, program, rule, at, text, lexicon);
            } else {
                // What is missing from here on is missing further on too.
                *open &= !(1 << rule);
            }
        }
    }

    /// Forgets all matches.
    pub(super) fn clear(&mut self) {
        self.matches.clear();
        self.kept.clear();
    }

    fn attempt(&mut self, chart: &Chart<'_>, program: &Program, rule: u16, at: usize, text: &str, lexicon: &Lexicon) {
        self.log.clear();
        self.stack.clear();
        let states = program.code.len() * (chart.len() + 1);
        if self.failed.len() * 64 < states {
            self.failed.resize(states / 64 + 1, 0);
        }
        let machine = Machine { chart, program, text, lexicon };
        let mut failed = Failed { bits: &mut self.failed, dirty: &mut self.dirty };
        let end = machine.run(&mut self.stack, &mut self.log, Some(&mut failed), 0, at as u16);
        failed.clear();
        if let Some(end) = end {
            if usize::from(end) == at {
                return;
            }
            let from = self.kept.len() as u32;
            self.kept.extend(self.log.iter().filter(|k| k.end != OPEN));
            self.matches.push(Match { rule, start: at as u16, end, kept: (from, self.kept.len() as u32) });
        }
    }
}

/// States that have failed, so that no attempt takes longer than its code times the sentence.
struct Failed<'s> {
    bits: &'s mut Vec<u64>,
    dirty: &'s mut Vec<u32>,
}

impl Failed<'_> {
    /// True if the state was seen before; it is marked as seen.
    fn again(&mut self, state: usize) -> bool {
        let Some(word) = self.bits.get_mut(state / 64) else { return false };
        let bit = 1 << (state % 64);
        if *word & bit != 0 {
            return true;
        }
        if *word == 0 {
            self.dirty.push((state / 64) as u32);
        }
        *word |= bit;
        false
    }

    fn clear(&mut self) {
        for at in self.dirty.drain(..) {
            self.bits[at as usize] = 0;
        }
    }
}

struct Machine<'m, 'r> {
    chart: &'m Chart<'r>,
    program: &'m Program,
    text: &'m str,
    lexicon: &'m Lexicon,
}

impl Machine<'_, '_> {
    /// The end of the first match in order of preference from instruction `pc` at token `at`.
    fn run(
        &self,
        stack: &mut Vec<(u16, u16, u32)>,
        log: &mut Vec<Kept>,
        mut failed: Option<&mut Failed<'_>>,
        pc: u16,
        at: u16,
    ) -> Option<u16> {
        let mut steps = 0;
        let here = self.chart.here();
        let width = here.len();
        let end = width as u16 - 1;
        let meets = |at: u16, set: u16| here[usize::from(at)].meets(&self.program.sets[usize::from(set)]);
        let floor = stack.len();
        stack.push((pc, at, log.len() as u32));
        while stack.len() > floor {
            let (mut pc, mut at, logged) = stack.pop()?;
            log.truncate(logged as usize);
            if let Some(failed) = &mut failed
                && failed.again(usize::from(pc) * width + usize::from(at))
            {
                continue;
            }
            loop {
                steps += 1;
                if steps > MOST_STEPS {
                    stack.truncate(floor);
                    return None;
                }
                match *self.program.code.get(usize::from(pc))? {
                    Instr::Match => {
                        stack.truncate(floor);
                        return Some(at);
                    }
                    Instr::Symbol { symbol, test, capture } => {
                        let Some((to, mention, shorter)) = self.symbol(symbol, test, at) else { break };
                        if capture == NONE {
                            if shorter {
                                stack.push((pc + 1, at + 1, log.len() as u32));
                            }
                        } else {
                            log.push(Kept { name: capture, start: at, end: to, symbol: Some(symbol), mention });
                        }
                        at = to;
                    }
                    Instr::Words { words, capture } => {
                        match self.chart.words.get(usize::from(at)) {
                            Some(word) if *word != 0 && self.program.words[usize::from(words)].contains(word) => {
                                keep_token(log, capture, at);
                            }
                            _ => break,
                        }
                        at += 1;
                    }
                    Instr::Class { set, to } => {
                        if !meets(at, set) {
                            break;
                        }
                        if !self.chart.has_edges(usize::from(at)) {
                            at += 1;
                            pc = to;
                            continue;
                        }
                    }
                    Instr::Other { set } => {
                        if at >= end || meets(at, set) {
                            break;
                        }
                        at += 1;
                    }
                    Instr::Any { capture } => {
                        if at >= end {
                            break;
                        }
                        keep_token(log, capture, at);
                        at += 1;
                    }
                    Instr::Split { first, first_gate, second, second_gate } => {
                        let can_second = meets(at, second_gate);
                        if meets(at, first_gate) {
                            if can_second {
                                stack.push((second, at, log.len() as u32));
                            }
                            pc = first;
                        } else if can_second {
                            pc = second;
                        } else {
                            break;
                        }
                        continue;
                    }
                    Instr::Jump(to) => {
                        pc = to;
                        continue;
                    }
                    Instr::Meets { set, to } => {
                        if meets(at, set) {
                            pc = to;
                            continue;
                        }
                    }
                    Instr::Open(name) => {
                        log.push(Kept { name, start: at, end: OPEN, symbol: None, mention: None });
                    }
                    Instr::Close(name) => {
                        let open = log.iter().rev().find(|k| k.name == name && k.end == OPEN);
                        if let Some(&open) = open {
                            log.push(Kept { end: at, ..open });
                        }
                    }
                    Instr::Look { wanted, to, gate } => {
                        let kept = log.len();
                        let found = meets(at, gate) && self.run(stack, log, None, pc + 1, at).is_some();
                        if !found || !wanted {
                            log.truncate(kept);
                        }
                        if found != wanted {
                            break;
                        }
                        pc = to;
                        continue;
                    }
                    Instr::LookClass { wanted, set } => {
                        if meets(at, set) != wanted {
                            break;
                        }
                    }
                    Instr::LookSymbol { wanted, symbol, test } => {
                        if self.symbol(symbol, test, at).is_some() != wanted {
                            break;
                        }
                    }
                    Instr::Start => {
                        if at != 0 {
                            break;
                        }
                    }
                    Instr::End => {
                        if at != end {
                            break;
                        }
                    }
                }
                pc += 1;
            }
        }
        None
    }

    /// The longest edge of the symbol that passes the test: its end, its mention, and whether the single word at the
    /// token would do too. Edges between the two are rare and left out.
    fn symbol(&self, symbol: Symbol, test: u8, at: u16) -> Option<(u16, Option<u32>, bool)> {
        let token = usize::from(at);
        if !self.chart.here()[token].has(symbol) {
            return None;
        }
        let test = self.program.tests.get(usize::from(test));
        let single = || {
            self.chart.is(token, symbol)
                && test.is_none_or(|t| self.sense(token, symbol).is_some_and(|s| Chart::sense_passes(s, t)))
        };
        let mut best: Option<(u16, Option<u32>)> = None;
        for edge in self.chart.edges(token).filter(|e| e.symbol == symbol) {
            let (passes, mention) = match edge.what {
                What::Sense(sense) => (test.is_none_or(|t| Chart::sense_passes(sense, t)), None),
                What::Mention(number) => {
                    let mention = &self.chart.mentions[number as usize];
                    (test.is_none_or(|t| Chart::mention_passes(mention, t)), Some(number))
                }
            };
            if passes && best.is_none_or(|(end, _)| edge.end > end) {
                best = Some((edge.end, mention));
            }
        }
        match best {
            Some((end, mention)) => Some((end, mention, end > at + 1 && single())),
            None => single().then_some((at + 1, None, false)),
        }
    }

    fn sense(&self, at: usize, symbol: Symbol) -> Option<&Sense> {
        let token = self.chart.tokens.get(at)?;
        self.lexicon.sense(self.chart.words[at], symbol, token.span.of(self.text), token.capital)
    }
}

fn keep_token(log: &mut Vec<Kept>, capture: u8, at: u16) {
    if capture != NONE {
        log.push(Kept { name: capture, start: at, end: at + 1, symbol: None, mention: None });
    }
}
