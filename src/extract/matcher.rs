//! Runs compiled patterns over a chart: backtracking with an explicit stack and a bounded number of steps.

use super::chart::{Chart, What};
use crate::rules::grammar::Stage;
use crate::rules::lexicon::{Lexicon, Sense};
use crate::rules::pattern::{Branch, Instr, Program};
use crate::rules::symbol::{Symbol, SymbolSet};

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
    stack: Vec<(u32, u16, u32)>,
    log: Vec<Kept>,
    kept: Vec<Kept>,
    /// For each token everything that stands at it or after it.
    ahead: Vec<SymbolSet>,
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

    /// Finds every match of a stage's rules; the matches are left in `self.matches`, by place and rule.
    pub(super) fn run(&mut self, chart: &Chart<'_>, stage: &Stage, text: &str, lexicon: &Lexicon) {
        self.matches.clear();
        self.kept.clear();
        if !stage.rules.iter().any(|rule| chart.present.holds(&rule.program.needs)) {
            return;
        }
        self.ahead.clear();
        self.ahead.resize(chart.len() + 1, SymbolSet::default());
        for at in (0..chart.len()).rev() {
            let mut set = self.ahead[at + 1];
            set.extend(&chart.here(at));
            self.ahead[at] = set;
        }
        for at in 0..chart.len() {
            let try_rules = |scratch: &mut Self, rules: &[u16]| {
                for &rule in rules {
                    let tried =
                        scratch.matches.iter().rev().take_while(|m| usize::from(m.start) == at).any(|m| m.rule == rule);
                    let needs = &stage.rules[usize::from(rule)].program.needs;
                    if !tried && scratch.ahead[at].holds(needs) {
                        scratch.attempt(chart, stage, rule, at, text, lexicon);
                    }
                }
            };
            for symbol in chart.classes(at).and(&stage.first).symbols() {
                try_rules(self, stage.beginning_with(symbol));
            }
            for edge in chart.edges(at) {
                if stage.first.has(edge.symbol) {
                    try_rules(self, stage.beginning_with(edge.symbol));
                }
            }
            if chart.words[at] != 0 {
                try_rules(self, stage.beginning_with_word(chart.words[at]));
            }
        }
    }

    fn attempt(&mut self, chart: &Chart<'_>, stage: &Stage, rule: u16, at: usize, text: &str, lexicon: &Lexicon) {
        let program = &stage.rules[usize::from(rule)].program;
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
        stack: &mut Vec<(u32, u16, u32)>,
        log: &mut Vec<Kept>,
        mut failed: Option<&mut Failed<'_>>,
        pc: u32,
        at: u16,
    ) -> Option<u16> {
        let mut steps = 0;
        let width = self.chart.len() + 1;
        let can = |branch: &Branch, at: u16| {
            branch.first.as_ref().is_none_or(|first| self.chart.here(usize::from(at)).meets(first))
        };
        let floor = stack.len();
        stack.push((pc, at, log.len() as u32));
        while stack.len() > floor {
            let (mut pc, mut at, logged) = stack.pop()?;
            log.truncate(logged as usize);
            if let Some(failed) = &mut failed
                && failed.again(pc as usize * width + usize::from(at))
            {
                continue;
            }
            loop {
                steps += 1;
                if steps > MOST_STEPS {
                    stack.truncate(floor);
                    return None;
                }
                match self.program.code.get(pc as usize)? {
                    Instr::Match => {
                        stack.truncate(floor);
                        return Some(at);
                    }
                    Instr::Symbol { symbol, test, capture } => {
                        match self.symbol(stack, log, (*symbol, *test, *capture), pc, at) {
                            Some(end) => at = end,
                            None => break,
                        }
                    }
                    Instr::Words { words, capture } => {
                        match self.chart.words.get(usize::from(at)) {
                            Some(word) if *word != 0 && words.contains(word) => self.keep_token(log, *capture, at),
                            _ => break,
                        }
                        at += 1;
                    }
                    Instr::Any { capture } => {
                        if usize::from(at) >= self.chart.len() {
                            break;
                        }
                        self.keep_token(log, *capture, at);
                        at += 1;
                    }
                    Instr::Split(a, b) => {
                        if can(a, at) {
                            if can(b, at) {
                                stack.push((b.to, at, log.len() as u32));
                            }
                            pc = a.to;
                        } else if can(b, at) {
                            pc = b.to;
                        } else {
                            break;
                        }
                        continue;
                    }
                    Instr::Jump(to) => {
                        pc = *to;
                        continue;
                    }
                    Instr::Open(name) => {
                        log.push(Kept { name: *name, start: at, end: OPEN, symbol: None, mention: None });
                    }
                    Instr::Close(name) => {
                        let open = log.iter().rev().find(|k| k.name == *name && k.end == OPEN);
                        if let Some(&open) = open {
                            log.push(Kept { end: at, ..open });
                        }
                    }
                    Instr::Look(wanted, after) => {
                        let kept = log.len();
                        let found = can(after, at) && self.run(stack, log, None, pc + 1, at).is_some();
                        if !found || !*wanted {
                            log.truncate(kept);
                        }
                        if found != *wanted {
                            break;
                        }
                        pc = after.to;
                        continue;
                    }
                    Instr::LookClass(wanted, set) => {
                        if self.chart.here(usize::from(at)).meets(set) != *wanted {
                            break;
                        }
                    }
                    Instr::Start => {
                        if at != 0 {
                            break;
                        }
                    }
                    Instr::End => {
                        if usize::from(at) != self.chart.len() {
                            break;
                        }
                    }
                }
                pc += 1;
            }
        }
        None
    }

    fn keep_token(&self, log: &mut Vec<Kept>, capture: Option<u8>, at: u16) {
        if let Some(name) = capture {
            log.push(Kept { name, start: at, end: at + 1, symbol: None, mention: None });
        }
    }

    /// Takes the longest edge of the symbol and leaves the others on the stack; the end of the taken one.
    fn symbol(
        &self,
        stack: &mut Vec<(u32, u16, u32)>,
        log: &mut Vec<Kept>,
        (symbol, test, capture): (Symbol, Option<u16>, Option<u8>),
        pc: u32,
        at: u16,
    ) -> Option<u16> {
        let test = test.and_then(|t| self.program.tests.get(usize::from(t)));
        let mut best: Option<(u16, Option<u32>)> = None;
        for edge in self.chart.edges(usize::from(at)).filter(|e| e.symbol == symbol) {
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
        if best.is_none() && self.chart.is(usize::from(at), symbol) {
            let passes = test.is_none_or(|t| self.sense(at, symbol).is_some_and(|s| Chart::sense_passes(s, t)));
            best = passes.then_some((at + 1, None));
        }
        let (end, mention) = best?;
        // Capture-free alternatives of other lengths are rare; a shorter single word stays possible.
        if capture.is_none() && end > at + 1 && self.chart.is(usize::from(at), symbol) {
            let passes = test.is_none_or(|t| self.sense(at, symbol).is_some_and(|s| Chart::sense_passes(s, t)));
            if passes {
                stack.push((pc + 1, at + 1, log.len() as u32));
            }
        }
        if let Some(name) = capture {
            log.push(Kept { name, start: at, end, symbol: Some(symbol), mention });
        }
        Some(end)
    }

    fn sense(&self, at: u16, symbol: Symbol) -> Option<&Sense> {
        let token = self.chart.tokens.get(usize::from(at))?;
        self.lexicon.sense(self.chart.words[usize::from(at)], symbol, token.span.of(self.text), token.capital)
    }
}
