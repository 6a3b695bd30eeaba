//! Labels, questions, reasons and severity.

use std::collections::BTreeSet;

use super::Relation;
use super::context::Context;
use super::stance::{Answer, FigureAnswer, Stance};
use crate::event::{Event, days, some_of};
use crate::rules::compare::{Field, Phrases, Piece, Side, Template};
use crate::value::{DayRange, FindingKind, Qualifier, Verdict};

/// The answer of a stance in a few words.
pub(super) fn answer(stance: &Stance, context: &Context<'_>) -> String {
    let phrases = &context.rules.phrases;
    match &stance.answer {
        Answer::Figure(figure) => figure_words(figure, &stance.words, phrases),
        Answer::Timing { phase, time } => match phrases.phases.get(phase.as_str()) {
            Some(phase) => format!("{phase} {}", days(*time)),
            None => days(*time),
        },
        Answer::Blame { accused, family } => match context.rules.acts.get(*family) {
            Some(act) => format!("{accused}: {}", act.name),
            None => accused.to_string(),
        },
        Answer::Asserted => stance.words.to_string(),
        Answer::Denied => phrases.denied.clone(),
    }
}

fn figure_words(figure: &FigureAnswer, words: &str, phrases: &Phrases) -> String {
    let number = match figure.count.qualifier {
        Qualifier::None => phrases.nobody.clone(),
        _ if words.is_empty() => figure.count.to_string(),
        _ => words.to_owned(),
    };
    let people = phrases.people.get(figure.class.as_str()).map(String::as_str).unwrap_or_default();
    let outcome = phrases.outcomes.get(figure.outcome.as_str()).map_or(figure.outcome.as_str(), String::as_str);
    let mut pieces = vec![number];
    if phrases.numerals_with_of.iter().any(|numeral| words.ends_with(numeral.as_str())) {
        pieces.push(phrases.of.clone());
    }
    if !people.is_empty() && figure.count.qualifier != Qualifier::None {
        pieces.push(people.to_owned());
    }
    if let Some(side) = &figure.side {
        pieces.push(format!("{} {side}", phrases.of));
    }
    pieces.push(outcome.to_owned());
    pieces.join(" ")
}

/// The question in words.
pub(super) fn question(kind: FindingKind, topic: &str, event: &Event, phrases: &Phrases) -> String {
    let asked = phrases.questions.get(topic).or_else(|| phrases.questions.get(kind.as_str()));
    format!("{}: {}", asked.map_or(topic, String::as_str), event.label)
}

/// A template filled with two stances.
pub(super) fn fill(template: &Template, a: &Stance, b: &Stance, context: &Context<'_>) -> String {
    let mut out = String::new();
    for piece in &template.0 {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Slot(Side::A, field) => out.push_str(&field_of(*field, a, context)),
            Piece::Slot(Side::B, field) => out.push_str(&field_of(*field, b, context)),
        }
    }
    out
}

fn field_of(field: Field, stance: &Stance, context: &Context<'_>) -> String {
    let phrases = &context.rules.phrases;
    match (field, &stance.answer) {
        (Field::Answer, _) => answer(stance, context),
        (Field::Outlet, _) => outlets(stance, phrases),
        (Field::Who, _) if stance.speakers.is_empty() => outlets(stance, phrases),
        (Field::Who, _) => {
            let speakers = some(&stance.speakers, phrases);
            phrases.via.replace("{speaker}", &speakers).replace("{outlet}", &outlets(stance, phrases))
        }
        (Field::Date, _) => stance.said.map_or_else(|| phrases.no_date.clone(), |day| days(DayRange::day(day))),
        (Field::Accused, Answer::Blame { accused, .. }) => accused.to_string(),
        (Field::Act, _) => stance.act.to_string(),
        (Field::Accused, _) => String::new(),
    }
}

fn outlets(stance: &Stance, phrases: &Phrases) -> String {
    if stance.outlets.is_empty() { phrases.no_outlet.clone() } else { some(&stance.outlets, phrases) }
}

fn some(names: &BTreeSet<Box<str>>, phrases: &Phrases) -> String {
    some_of(names.iter().map(|name| &**name), phrases.names.reason, phrases)
}

/// 0 to 1: the verdict's own weight, raised by the gap relative to the larger figure and by the number of independent
/// origins; half as grave where one side is unsure.
///
/// The verdict's base is half of it; the other half is three parts gap and two parts origins (`1 - 1/n`).
pub(super) fn severity(relations: &[Relation], stances: &[Stance], context: &Context<'_>) -> f64 {
    let measures = &context.rules.measures;
    let base = |verdict: Verdict| measures.severity.get(verdict.as_str()).copied().unwrap_or(0.0);
    let graveness = relations.iter().filter_map(|relation| {
        let (a, b) = (stances.get(relation.a)?, stances.get(relation.b)?);
        let gap = match (a.figure(), b.figure()) {
            (Some(x), Some(y)) => {
                let (m, n) = (x.count.interval, y.count.interval);
                m.gap(n) as f64 / m.low.max(n.low).max(1) as f64
            }
            _ => 1.0,
        };
        let origins = a.origins.union(&b.origins).count().max(1) as f64;
        let sure = if a.hedged || b.hedged { measures.unsure } else { 1.0 };
        Some(base(relation.verdict) * sure * (0.5 + 0.3 * gap.min(1.0) + 0.2 * (1.0 - 1.0 / origins)))
    });
    graveness.fold(0.0, f64::max).clamp(0.0, 1.0)
}
