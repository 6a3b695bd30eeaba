//! The questions of one event: which claims answer which.

use std::collections::BTreeMap;

use super::context::{Context, accused_of};
use super::stance::{Answer, Stance, group, reading};
use crate::claim::{Claim, Content, Id};
use crate::value::{FindingKind, Name, Outcome};

/// A question and the stances on it.
pub(super) struct Question {
    pub(super) kind: FindingKind,
    /// What is asked, as a key of the phrases: an outcome, a phase, ….
    pub(super) topic: String,
    /// Tells questions of one event and topic apart.
    pub(super) about: String,
    pub(super) stances: Vec<Stance>,
}

/// All questions of an event; `members` are its claims in reading order.
pub(super) fn of_event(claims: &[Claim], members: &[usize], context: &Context<'_>) -> Vec<Question> {
    let mut questions = figures(claims, members, context);
    questions.extend(timing(claims, members, context));
    questions.extend(blame(claims, members, context));
    questions.extend(denials(claims, members, context));
    questions
}

/// One question per outcome; the one on casualties also sets the dead and the wounded against figures for both.
fn figures<'a>(claims: &'a [Claim], members: &[usize], context: &Context<'a>) -> Vec<Question> {
    let mut by_outcome: BTreeMap<Outcome, Vec<(usize, Answer)>> = BTreeMap::new();
    for &i in members {
        if let Some(figure) = claims[i].content.figure() {
            let answer = context.figure(&claims[i], figure);
            by_outcome.entry(figure.outcome).or_default().push((i, Answer::Figure(answer)));
        }
    }
    if by_outcome.contains_key(&Outcome::Casualties) {
        let parts = [Outcome::Killed, Outcome::Injured];
        let more: Vec<_> = parts.iter().filter_map(|outcome| by_outcome.get(outcome)).flatten().cloned().collect();
        by_outcome.entry(Outcome::Casualties).or_default().extend(more);
    }
    let question = |(outcome, answers): (Outcome, Vec<(usize, Answer)>)| Question {
        kind: FindingKind::Figure,
        topic: outcome.as_str().to_owned(),
        about: String::new(),
        stances: group(claims, answers, context),
    };
    by_outcome.into_iter().map(question).collect()
}

fn timing(claims: &[Claim], members: &[usize], context: &Context<'_>) -> Option<Question> {
    let answers = members.iter().filter_map(|&i| match &*claims[i].content {
        Content::Timing { phase, .. } => Some((i, Answer::Timing { phase: *phase, time: claims[i].time? })),
        _ => None,
    });
    one(FindingKind::Timing, group(claims, answers.collect(), context))
}

fn blame(claims: &[Claim], members: &[usize], context: &Context<'_>) -> Option<Question> {
    let answers = members.iter().filter_map(|&i| match &*claims[i].content {
        // An accusation that names no act takes no position that another could contradict.
        Content::Blame { act, .. } if !act.is_empty() => {
            let accused = context.head(&accused_of(&claims[i])?);
            Some((i, Answer::Blame { accused, family: context.family(act) }))
        }
        _ => None,
    });
    one(FindingKind::Blame, group(claims, answers.collect(), context))
}

fn one(kind: FindingKind, stances: Vec<Stance>) -> Option<Question> {
    let question = Question { kind, topic: kind.as_str().to_owned(), about: String::new(), stances };
    (!question.stances.is_empty()).then_some(question)
}

/// What a denial denies: one claim, or everything that is said against one accused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Denied {
    Accused(Name),
    Claim(Id),
}

fn denials(claims: &[Claim], members: &[usize], context: &Context<'_>) -> Vec<Question> {
    let by_id: BTreeMap<Id, usize> = members.iter().map(|&i| (claims[i].id, i)).collect();
    let mut denied: BTreeMap<Denied, Vec<usize>> = BTreeMap::new();
    for &i in members {
        let Content::Denial { target } = &*claims[i].content else { continue };
        let what = match target.and_then(|id| by_id.get(&id)) {
            Some(&t) => match accused_of(&claims[t]) {
                Some(name) => Denied::Accused(context.head(&name)),
                None => Denied::Claim(claims[t].id),
            },
            // A plea that names no charge denies whatever the denier is accused of.
            None => match claims[i].speaker.as_ref().and_then(|speaker| context.accused_named(speaker)) {
                Some(accused) => Denied::Accused(accused),
                None => continue,
            },
        };
        denied.entry(what).or_default().push(i);
    }
    let mut accusations: BTreeMap<Name, Vec<usize>> = BTreeMap::new();
    for (i, accused) in members.iter().filter_map(|&i| Some((i, accused_of(&claims[i])?))) {
        accusations.entry(context.head(&accused)).or_default().push(i);
    }
    let question = |(what, deniers): (Denied, Vec<usize>)| {
        let asserted: Vec<usize> = match &what {
            Denied::Claim(id) => by_id.get(id).copied().into_iter().collect(),
            Denied::Accused(name) => {
                let of_one = accusations.iter().filter(|(accused, _)| context.is_one(accused, name));
                let mut all: Vec<usize> = of_one.flat_map(|(_, claims)| claims).copied().collect();
                all.sort_unstable_by_key(|&i| reading(&claims[i]));
                all
            }
        };
        let about = match &what {
            Denied::Accused(name) => name.to_string(),
            Denied::Claim(id) => id.to_string(),
        };
        let assertions = asserted.into_iter().map(|i| (i, Answer::Asserted));
        let answers = assertions.chain(deniers.into_iter().map(|i| (i, Answer::Denied))).collect();
        let kind = FindingKind::Denial;
        Question { kind, topic: kind.as_str().to_owned(), about, stances: group(claims, answers, context) }
    };
    denied.into_iter().map(question).collect()
}
