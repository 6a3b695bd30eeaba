//! One question's stances set against each other, and the finding that comes of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::gates::Pair;
use super::questions::Question;
use super::stance::{Answer, Stance, key};
use super::{Finding, Missed, Position, Relation, Uncompared, words};
use crate::claim::{Claim, Id};
use crate::event::Event;
use crate::rules::compare::CompareRule;
use crate::value::{FindingKind, Outcome, Verdict};

/// The first rule whose conditions all hold of two stances. The earlier of the two comes first; which one the
/// caller names first does not matter.
pub(super) fn rule<'c>(a: &Stance, b: &Stance, kind: FindingKind, context: &Context<'c>) -> Option<&'c CompareRule> {
    let pair = Pair::new(a, b, context);
    context.rules.of(kind).iter().find(|rule| pair.holds(&rule.when))
}

/// The finding of a question; `None` when nothing in it can be compared.
pub(super) fn finding(
    question: Question,
    e: usize,
    event: &Event,
    (claims, context): (&[Claim], &Context<'_>),
) -> Option<Finding> {
    let kind = question.kind;
    let only_sums = question.topic == Outcome::Casualties.as_str();
    let mut stances = question.stances;
    stances.sort_by_cached_key(|stance| (stance.said, stance.claims.len(), key(&stance.answer), stance.words.clone()));
    let mut verdicts = Verdicts::of(&stances, kind, only_sums, context);
    verdicts.merge(&mut stances);
    let compared = verdicts.compared();
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
        .all()
        .filter_map(|(a, b, rule)| {
            let (a, b) = (*index.get(&a)?, *index.get(&b)?);
            let pair = Pair::new(&stances[a], &stances[b], context);
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
    let uncompared = uncompared(&stances, &relations, (kind, only_sums), context);
    let verdict = relations.iter().map(|relation| relation.verdict).max().unwrap_or(Verdict::Agreement);
    let severity = words::severity(&relations, &stances, context);
    let id = Id::of(&["finding", &event.id.to_string(), kind.as_str(), &question.topic, &question.about]);
    let positions = stances.iter().map(|stance| position(stance, claims, context)).collect();
    let question = words::question(kind, &question.topic, event, &context.rules.phrases);
    Some(Finding { id, kind, event: e, question, positions, relations, uncompared, verdict, severity })
}

/// The rule with the fewest conditions that do not hold, the first of several; none if it lacks more than the settings say.
fn nearest<'c>(pair: &Pair<'_, '_>, rules: impl Iterator<Item = &'c CompareRule>) -> Option<Missed> {
    let mut most = pair.context.rules.measures.near_rule;
    let mut nearest = None;
    for rule in rules {
        let failed = pair.failed(&rule.when).take(most + 1).count();
        // A rule of which nothing fails only stands behind the one that decides.
        if failed == 0 {
            continue;
        }
        if failed < most || failed == most && nearest.is_none() {
            (most, nearest) = (failed, Some(rule));
        }
    }
    nearest.map(|rule| Missed {
        rule: rule.id.clone(),
        verdict: rule.verdict,
        failed: pair.failed(&rule.when).collect(),
    })
}

/// The pairs of positions that no rule decides, with the rule that came nearest.
fn uncompared(
    stances: &[Stance],
    relations: &[Relation],
    (kind, only_sums): (FindingKind, bool),
    context: &Context<'_>,
) -> Vec<Uncompared> {
    let known: BTreeSet<(usize, usize)> = relations.iter().map(|relation| (relation.a, relation.b)).collect();
    let asked = stances.len().min(context.rules.measures.most_positions);
    let pairs = (0..asked).flat_map(|a| (a + 1..asked).map(move |b| (a, b)));
    // The dead and the wounded are not set against each other.
    let both_parts = |&(a, b): &(usize, usize)| only_sums && is_part(&stances[a]) && is_part(&stances[b]);
    let missed = pairs.filter(|pair| !known.contains(pair) && !both_parts(pair)).filter_map(|(a, b)| {
        let pair = Pair::new(&stances[a], &stances[b], context);
        Some(Uncompared { a, b, nearest: nearest(&pair, context.rules.of(kind).iter())? })
    });
    missed.take(context.rules.measures.most_uncompared).collect()
}

fn is_part(stance: &Stance) -> bool {
    matches!(&stance.answer, Answer::Figure(figure) if figure.outcome != Outcome::Casualties)
}

/// The rule of each pair that can be compared; only the most supported stances are set against each other.
struct Verdicts<'c> {
    /// Indices of the stances that are set against each other, rising.
    of: Vec<usize>,
    /// For each of them a row with the rule beside each of them, the same whichever comes first.
    rules: Vec<Vec<Option<&'c CompareRule>>>,
}

impl<'c> Verdicts<'c> {
    fn of(stances: &[Stance], kind: FindingKind, only_sums: bool, context: &Context<'c>) -> Self {
        let mut of: Vec<usize> = (0..stances.len()).collect();
        of.sort_by_key(|&i| (Reverse(stances[i].documents.len()), i));
        of.truncate(context.rules.measures.most_positions);
        of.sort_unstable();
        let mut rules = vec![vec![None; of.len()]; of.len()];
        for (x, i) in of.iter().map(|&i| &stances[i]).enumerate() {
            for (y, j) in of.iter().map(|&j| &stances[j]).enumerate().skip(x + 1) {
                if !(only_sums && is_part(i) && is_part(j)) {
                    let rule = rule(i, j, kind, context);
                    (rules[x][y], rules[y][x]) = (rule, rule);
                }
            }
        }
        Self { of, rules }
    }

    /// Each pair that has a rule, as indices of stances, in order.
    fn all(&self) -> impl Iterator<Item = (usize, usize, &'c CompareRule)> {
        self.of.iter().zip(&self.rules).enumerate().flat_map(move |(x, (&i, row))| {
            self.of.iter().zip(row).skip(x + 1).filter_map(move |(&j, &rule)| Some((i, j, rule?)))
        })
    }

    /// The stances that have a verdict with any other.
    fn compared(&self) -> BTreeSet<usize> {
        self.all().flat_map(|(a, b, _)| [a, b]).collect()
    }

    /// Puts stances together that give the same answer, agree, and relate to every other stance alike.
    fn merge(&mut self, stances: &mut Vec<Stance>) {
        let mut x = 0;
        while x < self.of.len() {
            let alike = |&y: &usize| self.alike(x, y) && stances[self.of[x]].same_answer(&stances[self.of[y]]);
            match (x + 1..self.of.len()).find(alike) {
                Some(y) => {
                    let other = stances.remove(self.remove(y));
                    stances[self.of[x]].absorb(other);
                }
                None => x += 1,
            }
        }
    }

    /// True if two agree, and relate to every other one alike.
    fn alike(&self, x: usize, y: usize) -> bool {
        let verdict = |x: usize, y: usize| self.rules[x][y].map(|rule| rule.verdict);
        let mut others = (0..self.of.len()).filter(|&z| z != x && z != y);
        verdict(x, y) == Some(Verdict::Agreement) && others.all(|z| verdict(x, z) == verdict(y, z))
    }

    /// Takes one out; its stance, which it returns, is to be taken out too.
    fn remove(&mut self, y: usize) -> usize {
        self.rules.remove(y);
        for row in &mut self.rules {
            row.remove(y);
        }
        let stance = self.of.remove(y);
        self.of[y..].iter_mut().for_each(|later| *later -= 1);
        stance
    }
}

fn position(stance: &Stance, all: &[Claim], context: &Context<'_>) -> Position {
    let mut claims = stance.claims.clone();
    claims.sort_unstable();
    claims.dedup();
    let articles = context.origins.articles(all, claims.iter().copied());
    let interval = stance.figure().map(|figure| figure.count.interval);
    let origins = stance.origins.iter().cloned().collect();
    Position { label: words::answer(stance, context), interval, claims, articles, origins }
}

#[cfg(test)]
mod tests {
    use super::super::{line::claim_of_line, questions};
    use super::*;
    use crate::claim::Setting;
    use crate::rules::{CompareRules, RuleFiles};

    const LINES: &[&str] = &[
        "3 killed; on 2022-09-13; published 2022-09-13",
        "at_least 3 killed; published 2022-09-14",
        "7 killed, military of Armenia; on 2022-09-01..2022-09-30; published 2022-09-14",
        "about 50 killed, civilian; cumulative; published 2022-09-20; at Jermuk",
        "none casualties; published 2022-09-13",
        "1 killed, child; part; published 2022-09-12; at Goris",
        "2 killed; more",
        "84 killed; cumulative; by Armenia; published 2022-09-13",
        "79 killed; cumulative; by Armenia; published 2022-09-15",
        "79 killed; cumulative; revised; by Armenia; published 2022-09-15",
        "84 killed; former; published 2022-09-15",
        "12 killed; cumulative; anew; by Armenia; published 2022-09-16",
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
