//! The rows of tables: the few columns a person wants at a glance, the first to be spared named for each.

use comfy_table::Color;

use super::table::{Row, Tint, severity};
use super::text::{day, number, one_line};
use super::wire::{
    AttributionLine, ClaimLine, Days, DecisionPart, FindingLine, GapLine, Hex, StretchPart, TallyLine, TimeLine,
};
use crate::event::days;
use crate::value::{DayRange, Judgement};

/// The beginning of an id that commands take for the whole.
const SHORT_ID: usize = 8;

fn short(id: Hex) -> String {
    id.0.to_string().chars().take(SHORT_ID).collect()
}

fn range(range: Option<Days>) -> String {
    range.map_or_else(String::new, |[first, last]| days(DayRange::new(first.0, last.0)))
}

fn owned(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

impl Row for ClaimLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["outlet", "published", "kind", "says", "quote", "speaker", "time", "id"];
    const SPARE: &'static [&'static str] = &["published", "kind", "id", "time", "speaker"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.outlet.unwrap_or(self.document).to_owned(),
            self.published.map_or_else(String::new, |published| day(published.0)),
            self.kind.0.to_string(),
            one_line(&format!("{}{}", self.says(), if self.corrected.is_empty() { "" } else { " (corrected)" })),
            one_line(self.quote),
            owned(self.speaker.as_ref().map(|speaker| speaker.text)),
            range(self.time),
            short(self.id),
        ]
    }
}

impl Row for FindingLine<'_> {
    const HEADINGS: &'static [&'static str] = &["verdict", "question", "answers", "why", "id"];
    const SPARE: &'static [&'static str] = &["why", "answers"];

    fn cells(&self) -> Vec<String> {
        let answers = self.positions.iter().map(|position| {
            let carried = if position.outlets.is_empty() {
                format!("{} articles", position.articles)
            } else {
                position.outlets.join(", ")
            };
            one_line(&format!("{}: {carried}", position.label))
        });
        let mut reasons: Vec<String> =
            self.relations.iter().filter(|r| r.verdict == self.verdict).map(|r| one_line(r.why)).collect();
        reasons.dedup();
        let place = self.event.as_ref().map_or("", |event| event.label);
        let question = if self.question.contains(place) {
            one_line(self.question)
        } else {
            format!("{}\n{}", one_line(place), one_line(self.question))
        };
        let verdict = match &self.decision {
            Some(decision) if decision.covers_all => format!("{}\n{}", self.verdict.0, decision.verdict.0),
            _ => self.verdict.0.to_string(),
        };
        let why = reasons.first().cloned().unwrap_or_default();
        vec![verdict, question, answers.collect::<Vec<_>>().join("\n"), why, short(self.id)]
    }

    fn colour(&self) -> Option<Tint> {
        let dismissed = |decision: &DecisionPart<'_>| decision.covers_all && decision.verdict.0 == Judgement::Dismissed;
        let colour = match self.decision.as_ref().is_some_and(dismissed) {
            true => Color::DarkGrey,
            false => severity(self.verdict.0),
        };
        Some((0, colour))
    }
}

impl Row for TallyLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["document", "outlet", "event", "outcome", "low", "best", "high", "as of"];
    const NUMBERS: &'static [&'static str] = &["low", "best", "high"];
    const SPARE: &'static [&'static str] = &["outlet", "as of"];

    fn cells(&self) -> Vec<String> {
        let people = |n: Option<u64>| n.map_or_else(String::new, number);
        vec![
            self.document.to_owned(),
            owned(self.outlet),
            one_line(self.event_label.unwrap_or_default()),
            self.outcome.0.to_string(),
            people(self.low),
            people(self.best),
            people(self.high),
            self.as_of.map_or_else(String::new, |as_of| day(as_of.0)),
        ]
    }
}

impl Row for TimeLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "text", "type", "value", "mod", "days"];
    const SPARE: &'static [&'static str] = &["mod", "type", "document"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.document.to_owned(),
            one_line(self.text),
            self.kind.to_owned(),
            self.value.to_owned(),
            owned(self.modifier),
            range(self.days),
        ]
    }
}

impl Row for AttributionLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "source", "cue", "content", "direct"];
    const SPARE: &'static [&'static str] = &["direct", "cue", "document"];

    fn cells(&self) -> Vec<String> {
        let words = |stretch: Option<&StretchPart<'_>>| one_line(stretch.map_or("", |stretch| stretch.text));
        vec![
            self.document.to_owned(),
            words(self.source.as_ref()),
            words(self.cue.as_ref()),
            words(Some(&self.content)),
            if self.direct { "yes" } else { "no" }.to_owned(),
        ]
    }
}

impl Row for GapLine<'_> {
    const HEADINGS: &'static [&'static str] = &["document", "outlet", "reason", "why", "sentence"];
    const SPARE: &'static [&'static str] = &["outlet", "why"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.document.to_owned(),
            owned(self.outlet),
            self.reason.0.to_string(),
            one_line(self.why),
            one_line(self.sentence),
        ]
    }
}
