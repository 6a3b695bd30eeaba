//! One question's stances set against each other, and the finding that comes of it.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::gates::Pair;
use super::questions::Question;
use super::stance::{Answer, Stance, key};
use super::{Finding, Missed, Position, Relation, Uncompared, words};
use crate::claim::Id;
use crate::event::Event;
use crate::rules::compare::CompareRule;
use crate::value::{FindingKind, Outcome, Verdict};

/// The first rule whose conditions all hold of two stances. The earlier of the two comes first; which one the
/// caller names first does not matter.
pub(super) fn rule<'c>(a: &Stance, b: &Stance, kind: FindingKind, context: &Context<'c>) -> Option<&'c CompareRule> {
    let pair = Pair { a, b, context };
    context.rules.of(kind).iter().find(|rule| pair.holds(&rule.when))
}

/// The finding of a question; `None` when nothing in it can be compared.
pub(super) fn finding(question: Question, e: usize, event: &Event, context: &Context<'_>) -> Option<Finding> {
    let kind = question.kind;
    let only_sums = question.topic == Outcome::Casualties.as_str();
    let mut stances = question.stances;
    stances
        .sort_by(|a, b| (a.said, a.claims.len()).cmp(&(b.said, b.claims.len())).then_with(|| order(a).cmp(&order(b))));
    let mut verdicts = verdicts(&stances, kind, only_sums, context);
    merge(&mut stances, &mut verdicts);
    let compared = compared(&verdicts);
    let used =
        |i: usize, stance: &Stance| stance.claims.len() > 1 && !(only_sums && is_part(stance)) || compared.contains(&i);
    let kept: Vec<usize> = (0..stances.len()).filter(|&i| used(i, &stances[i])).collect();
    if kept.is_empty() {
        return None;
    }
    let index: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    let stances: Vec<Stance> =
        stances.into_iter().enumerate().filter(|(i, _)| index.contains_key(i)).map(|(_, s)| s).collect();
    let relations: Vec<Relation> = verdicts
        .into_iter()
        .filter_map(|((a, b), rule)| {
            let (a, b) = (*index.get(&a)?, *index.get(&b)?);
            let pair = Pair { a: &stances[a], b: &stances[b], context };
            let why = words::fill(&rule.because, pair.a, pair.b, context);
            let graver = |other: &&CompareRule| other.verdict > rule.verdict;
            let nearest = nearest(&pair, context.rules.of(kind).iter().filter(graver));
            Some(Relation {
                a,
                b,
                verdict: rule.verdict,
                rule: rule.id.clone(),
                why,
                passed: rule.when.clone(),
                nearest,
            })
        })
        .collect();
    let uncompared = uncompared(&stances, &relations, kind, context);
    let verdict = relations.iter().map(|relation| relation.verdict).max().unwrap_or(Verdict::Agreement);
    let severity = words::severity(&relations, &stances, context);
    let id = Id::of(&["finding", &event.id.to_string(), kind.as_str(), &question.topic, &question.about]);
    let positions = stances.iter().map(|stance| position(stance, context)).collect();
    let question = words::question(kind, &question.topic, event, &context.rules.phrases);
    Some(Finding { id, kind, event: e, question, positions, relations, uncompared, verdict, severity })
}

/// The rule with the fewest conditions that do not hold, the first of several; none if it lacks more than the settings say.
fn nearest<'c>(pair: &Pair<'_, '_>, rules: impl Iterator<Item = &'c CompareRule>) -> Option<Missed> {
    let missed = rules.map(|rule| (rule, pair.failed(&rule.when)));
    let (rule, failed) = missed.min_by_key(|(_, failed)| failed.len())?;
    let near = failed.len() <= pair.context.rules.measures.near_rule;
    near.then(|| Missed { rule: rule.id.clone(), verdict: rule.verdict, failed })
}

/// The pairs of positions that no rule decides, with the rule that came nearest.
fn uncompared(stances: &[Stance], relations: &[Relation], kind: FindingKind, context: &Context<'_>) -> Vec<Uncompared> {
    let known: BTreeSet<(usize, usize)> = relations.iter().map(|relation| (relation.a, relation.b)).collect();
    let pairs = (0..stances.len()).flat_map(|a| (a + 1..stances.len()).map(move |b| (a, b)));
    let missed = pairs.filter(|pair| !known.contains(pair)).filter_map(|(a, b)| {
        let pair = Pair { a: &stances[a], b: &stances[b], context };
        Some(Uncompared { a, b, nearest: nearest(&pair, context.rules.of(kind).iter())? })
    });
    missed.take(context.rules.measures.most_uncompared).collect()
}

fn order(stance: &Stance) -> (String, &str) {
    (key(&stance.answer), &stance.words)
}

fn is_part(stance: &Stance) -> bool {
    matches!(&stance.answer, Answer::Figure(figure) if figure.outcome != Outcome::Casualties)
}

type Verdicts<'c> = BTreeMap<(usize, usize), &'c CompareRule>;

/// The rule of each pair that can be compared; only the most supported stances are set against each other.
fn verdicts<'c>(stances: &[Stance], kind: FindingKind, only_sums: bool, context: &Context<'c>) -> Verdicts<'c> {
    let mut ranked: Vec<usize> = (0..stances.len()).collect();
    ranked.sort_by_key(|&i| (std::cmp::Reverse(stances[i].documents.len()), i));
    ranked.truncate(context.rules.measures.most_positions);
    ranked.sort_unstable();
    let mut found = BTreeMap::new();
    for (n, &i) in ranked.iter().enumerate() {
        for &j in &ranked[n + 1..] {
            if only_sums && is_part(&stances[i]) && is_part(&stances[j]) {
                continue;
            }
            if let Some(rule) = rule(&stances[i], &stances[j], kind, context) {
                found.insert((i, j), rule);
            }
        }
    }
    found
}

/// The stances that have a verdict with any other.
fn compared(verdicts: &Verdicts<'_>) -> BTreeSet<usize> {
    verdicts.keys().flat_map(|&(a, b)| [a, b]).collect()
}

/// Puts stances together that give the same answer, agree, and relate to every other stance alike.
fn merge<'c>(stances: &mut Vec<Stance>, verdicts: &mut Verdicts<'c>) {
    let mut i = 0;
    let mut others = compared(verdicts);
    while i < stances.len() {
        let verdict = |a: usize, b: usize| verdicts.get(&(a.min(b), a.max(b))).map(|rule| rule.verdict);
        let alike = |j: &usize| {
            verdict(i, *j) == Some(Verdict::Agreement)
                && stances[i].same_answer(&stances[*j])
                && others.iter().all(|&k| k == i || k == *j || verdict(i, k) == verdict(*j, k))
        };
        match verdicts.range((i, 0)..(i + 1, 0)).map(|(&(_, j), _)| j).find(alike) {
            Some(j) => {
                let other = stances.remove(j);
                stances[i].absorb(other);
                let shift = |k: usize| if k > j { k - 1 } else { k };
                *verdicts = std::mem::take(verdicts)
                    .into_iter()
                    .filter(|((a, b), _)| *a != j && *b != j)
                    .map(|((a, b), rule)| ((shift(a), shift(b)), rule))
                    .collect();
                others = compared(verdicts);
            }
            None => i += 1,
        }
    }
}

fn position(stance: &Stance, context: &Context<'_>) -> Position {
    let mut claims = stance.claims.clone();
    claims.sort_unstable();
    claims.dedup();
    let interval = stance.figure().map(|figure| figure.count.interval);
    let origins = stance.origins.iter().cloned().collect();
    Position { label: words::answer(stance, context), interval, claims, origins }
}

#[cfg(test)]
mod tests {
    use super::super::{line::claim_of_line, questions};
    use super::*;
    use crate::claim::{Claim, Setting};
    use crate::rules::{CompareRules, RuleFiles};

    const LINES: &[&str] = &[
        "3 killed; on 2022-09-13; published 2022-09-13",
        "at_least 3 killed; published 2022-09-14",
        "7 killed, military of Armenia; on 2022-09-01..2022-09-30; published 2022-09-14",
        "about 50 killed, civilian; cumulative; published 2022-09-20; at Jermuk",
        "none casualties; published 2022-09-13",
        "1 killed, child; part; published 2022-09-12; at Goris",
        "2 killed; more",
        "start 2022-09-12; kind fighting",
        "start 2022-09-14; kind fighting",
        "occurrence 2022-09-01..2022-09-30; hedged",
        "blames Azerbaijan for attack; by Armenia",
        "blames Armenia for attack; by Azerbaijan",
        "blames Turkey for attack; by Armenia",
    ];

    #[test]
    fn which_position_is_named_first_does_not_change_the_rule() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let numbered = LINES.iter().enumerate();
        let claims: Vec<Claim> = numbered.map(|(n, line)| claim_of_line(line, &n.to_string()).unwrap()).collect();
        let all: Vec<usize> = (0..claims.len()).collect();
        let setting = Setting::default();
        let event = Event { id: Id(0), label: String::new(), time: None, setting, claims: all.clone() };
        let origins = crate::origin::Origins::trace(&claims, &rules.origins);
        let context = Context::of(&claims, &all, &event, &origins, &rules);
        let mut decided = 0;
        for question in questions::of_event(&claims, &all, &context) {
            for a in &question.stances {
                for b in &question.stances {
                    let id = |rule: Option<&CompareRule>| rule.map(|rule| rule.id.to_string());
                    let one = id(rule(a, b, question.kind, &context));
                    assert_eq!(one, id(rule(b, a, question.kind, &context)), "{:?} {:?}", a.answer, b.answer);
                    decided += usize::from(one.is_some());
                }
            }
        }
        assert!(decided > 30, "{decided}");
    }
}
