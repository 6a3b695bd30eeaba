//! One sentence through the stages: numbers, times, counts, names, parties, people, and the shapes of claims.

use super::build::{self, Found};
use super::chart::Chart;
use super::matcher::{Match, Scratch};
use super::mention::{Mention, Reading};
use super::time::Reference;
use super::{names, number};
use crate::rules::RuleSet;
use crate::rules::grammar::Stage;

/// How many tokens before a time expression a word of the future reaches.
const FUTURE_REACH: usize = 8;

/// Runs one stage of mention rules and adds what it finds to the chart.
pub(super) fn mentions<'r>(
    chart: &mut Chart<'r>,
    scratch: &mut Scratch,
    stage: &Stage,
    rules: &'r RuleSet,
    text: &str,
    reference: &Reference,
) {
    scratch.run(chart, stage, text, &rules.lexicon);
    if scratch.matches.is_empty() {
        return;
    }
    let mut order: Vec<Match> = scratch.matches.clone();
    order.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.rule));
    let mut taken: Vec<(u8, u16)> = Vec::new();
    let mut made = Vec::new();
    for found in order {
        let rule = &stage.rules[usize::from(found.rule)];
        let free = |(symbol, end): &(u8, u16)| *symbol != rule.emits.0 || *end <= found.start;
        if !taken.iter().all(free) {
            continue;
        }
        let start = usize::from(found.start);
        let soon = start.saturating_sub(FUTURE_REACH)..start;
        let future = soon.into_iter().any(|at| chart.is(at, rules.known.future));
        let reference = Reference { future, ..*reference };
        let view = Found { chart, rule, found, scratch, rules, text };
        let Some(reading) = build::reading(&view, &reference) else { continue };
        taken.push((rule.emits.0, found.end));
        made.push(Mention {
            symbol: rule.emits,
            start,
            end: usize::from(found.end),
            forms: build::forms(&reading),
            rule: Some(rule.id.clone()),
            attributes: rule.set.clone(),
            reading,
        });
    }
    for mention in made {
        chart.add(mention);
    }
}

/// Adds every mention of the sentence to the chart.
pub(super) fn read_mentions<'r>(
    chart: &mut Chart<'r>,
    scratch: &mut Scratch,
    rules: &'r RuleSet,
    text: &str,
    reference: &Reference,
) {
    number::read(chart, text, rules);
    mentions(chart, scratch, rules.stage("time"), rules, text, reference);
    mentions(chart, scratch, rules.stage("count"), rules, text, reference);
    names::read(chart, text, rules);
    for stage in ["party", "people"] {
        mentions(chart, scratch, rules.stage(stage), rules, text, reference);
    }
}

/// The last day that a time mention of the chart names, for the sentences that follow.
pub(super) fn last_day(chart: &Chart<'_>) -> Option<jiff::civil::Date> {
    chart.mentions.iter().rev().find_map(|m| match &m.reading {
        Reading::Time(t) => t.days.filter(|d| d.first == d.last).map(|d| d.first),
        _ => None,
    })
}
