//! Acts of a sentence: when something happened, who is blamed for it, and who denies it.

use super::anaphora::BACK;
use super::build::{self, Found, senses};
use super::draft::{Culprit, Draft, Drafter};
use super::matcher::Kept;
use super::mention::Reading;
use super::said::{Said, Voice};
use crate::claim::{Content, Party};
use crate::value::{Modality, Name, Phase, VictimClass};

/// Set on rules whose accused is described, not named.
const DESCRIBED: &str = "described";

impl Drafter<'_, '_> {
    pub(super) fn timing(&self, f: &Found<'_, '_>, said: &[Said], timed: &mut Vec<usize>, out: &mut Vec<Draft>) {
        let Some(kept) = f.one("t") else { return };
        let at = (usize::from(kept.start), usize::from(kept.end));
        let Some(mention) = f.mention(kept) else { return };
        let Reading::Time(time) = &mention.reading else { return };
        if timed.contains(&at.0) || !time.dates() || self.follows(mention, self.rules.known.court) {
            return;
        }
        let soon = (at.0.saturating_sub(self.rules.reach.hypothetical), at.0);
        if senses(self.chart, self.rules, self.text, soon, self.rules.known.future).next().is_some() {
            return;
        }
        timed.push(at.0);
        let phase = f.rule.set.get("phase").map(ToString::to_string);
        let phase = phase.or_else(|| f.attribute("e", "phase").map(|p| p.to_string()));
        let phase = match phase.and_then(|p| p.parse().ok()) {
            _ if time.since => Phase::Start,
            Some(phase) => phase,
            None => Phase::Occurrence,
        };
        let what = match f.all("e").map(|k| (usize::from(k.start), usize::from(k.end))).next() {
            Some(event) => self.event_words(event, at),
            None => return,
        };
        let Voice { speaker, via, .. } = self.speaker_of(said, at);
        out.push(Draft {
            content: Content::Timing { what, phase },
            span: self.chart.range(at.0, at.1),
            speaker,
            via,
            modality: self.modality(at),
            time: time.days,
            unresolved: self.unresolved(),
            rule: f.rule.id.clone(),
            culprit: Culprit::Anybody,
            shot: false,
        });
    }

    /// The event's words: from the clause's begin (or the time expression) around the event word.
    pub(super) fn event_words(&self, event: (usize, usize), time: (usize, usize)) -> Box<str> {
        let chart = self.chart;
        let sign = |at: usize| !build::is_word(chart, at) && chart.tokens[at].span.of(self.text) != "-";
        let mut start = event.0;
        while start > 0 && !(sign(start - 1)) && !(time.0 < event.0 && start == time.1) {
            start -= 1;
        }
        let mut end = event.1;
        while end < chart.len() && !sign(end) && !(time.0 >= event.1 && end == time.0) {
            end += 1;
        }
        chart.range(start, end).of(self.text).into()
    }

    pub(super) fn blame(
        &self,
        f: &Found<'_, '_>,
        said: &[Said],
        blamed: &mut Vec<(usize, usize, usize)>,
        out: &mut Vec<Draft>,
    ) {
        let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
        let accuser = f.one("accuser").and_then(|k| f.mention(k));
        let from = f.one("accused").or_else(|| f.one("act")).map_or(start, |k| usize::from(k.start));
        let begin = match f.one("cue") {
            Some(cue) => usize::from(cue.start),
            None => accuser.map_or(start, |_| from.min(end)),
        };
        let at = (begin.min(end), end);
        let act = match f.all("act").last() {
            Some(kept) => (usize::from(kept.start), usize::from(kept.end)),
            // "they blame each other" names no act; one side's accusation is an act in its own words.
            None if f.one("each").is_some() => (at.1, at.1),
            None => at,
        };
        if blamed.iter().any(|b| b.0 < at.1 && at.0 < b.1 && b.2 == act.0) {
            return;
        }
        let voice = self.speaker_of(said, at).under(accuser.and_then(|m| self.speaker(m)));
        let both = f.one("each").is_some()
            || f.one("accused")
                .and_then(|k| f.mention(k))
                .is_some_and(|m| matches!(&m.reading, Reading::Party(p) if p.both));
        let name = |kept: Kept| f.mention(kept).is_some_and(|m| m.symbol == self.rules.known.name);
        let culprit = match () {
            () if f.rule.set.has(DESCRIBED) => Culprit::Described,
            () if f.rule.set.has(BACK) || f.all("accused").any(name) => Culprit::Named,
            () => Culprit::Anybody,
        };
        let mut accused: Vec<(Party, Option<Party>)> = Vec::new();
        if both {
            let named: Vec<Party> = f.all("party").filter_map(|k| f.mention(k)).map(|m| self.party(m)).collect();
            let two = match named[..] {
                [_, _] => named.iter().filter_map(|p| p.actor.clone()).collect(),
                _ => self.two_actors(at.1),
            };
            if let [a, b] = &two[..] {
                for (accused_name, accuser_name) in [(a, b), (b, a)] {
                    let text: Box<str> = accused_name.as_str().into();
                    let own = named.iter().find(|p| p.actor.as_ref() == Some(accuser_name)).cloned();
                    accused.push((Party { text, actor: Some(accused_name.clone()) }, own));
                }
            }
        } else {
            for kept in f.all("accused").filter(|kept| !self.is_object(f, kept)) {
                match (self.looks_back(f, kept), f.mention(kept)) {
                    (Some(parties), _) => accused.extend(parties.into_iter().map(|party| (party, None))),
                    (None, Some(mention)) => accused.push((self.party(mention), None)),
                    (None, None) => accused.push((self.culprit(f, kept), None)),
                }
            }
        }
        if accused.is_empty() {
            return;
        }
        let span = self.chart.range(at.0, at.1);
        let again = |draft: &Draft, party: &Party| {
            let same = |accused: &Party| accused.name() == party.name();
            draft.span.overlaps(span) && matches!(&draft.content, Content::Blame { accused, .. } if same(accused))
        };
        accused.retain(|(party, _)| both || !out.iter().any(|draft| again(draft, party)));
        blamed.push((at.0, at.1, act.0));
        for (accused, own) in accused {
            out.push(Draft {
                content: Content::Blame { accused, act: self.chart.range(act.0, act.1).of(self.text).into() },
                span: self.chart.range(at.0, at.1),
                speaker: own.or_else(|| voice.speaker.clone()),
                via: voice.via.clone(),
                modality: self.modality(at),
                time: self.time_of_act(at),
                unresolved: self.unresolved(),
                rule: f.rule.id.clone(),
                culprit,
                shot: false,
            });
        }
    }

    /// True if who is accused at the beginning of a match is what a preposition speaks of: "villages in Eritrea shelled …",
    /// "shelling in eastern Eritrea kills …".
    fn is_object(&self, f: &Found<'_, '_>, kept: &Kept) -> bool {
        let known = &self.rules.known;
        let governs = |at: usize| self.chart.is(at, known.preposition) && !self.chart.is(at, known.conjunction);
        let start = usize::from(kept.start);
        let before =
            start.checked_sub(1).map(|at| if self.chart.is(at, known.bearing) { at.saturating_sub(1) } else { at });
        f.rule.set.has("subject") && kept.start == f.found.start && before.is_some_and(governs)
    }

    /// Somebody blamed in words that are no party of their own: "Eritrean troops" are Eritrea's, "Eritrean rebels" not.
    fn culprit(&self, f: &Found<'_, '_>, kept: Kept) -> Party {
        let within = (usize::from(kept.start), usize::from(kept.end));
        let mut party = self.named(f.words(within.0, within.1), kept);
        let state =
            |name: &Name| self.rules.lexicon.gazetteer.kind(name).is_some_and(|kind| self.rules.states.contains(kind));
        let known = [self.rules.known.force, self.rules.known.person];
        let mut nouns = known.into_iter().flat_map(|symbol| senses(self.chart, self.rules, self.text, within, symbol));
        if nouns
            .any(|(_, _, sense)| sense.text("victims").is_some_and(|v| v.as_str() == VictimClass::Militant.as_str()))
        {
            party.actor = party.actor.filter(|name| !state(name));
        }
        party
    }

    pub(super) fn denial(&self, f: &Found<'_, '_>, said: &[Said], out: &mut Vec<Draft>) {
        let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
        let who = f.one("who").and_then(|k| f.mention(k)).and_then(|m| self.speaker(m));
        let Voice { speaker, via, .. } = self.speaker_of(said, (start, end)).under(who);
        let span = self.chart.range(start, end);
        let again = |d: &Draft| matches!(d.content, Content::Denial { .. }) && d.span.overlaps(span);
        if speaker.is_none() || out.iter().any(again) {
            return;
        }
        out.push(Draft {
            content: Content::Denial { target: None },
            span,
            speaker,
            via,
            modality: Modality::Denied,
            time: self.time_of_act((start, end)),
            unresolved: self.unresolved(),
            rule: f.rule.id.clone(),
            culprit: Culprit::Anybody,
            shot: false,
        });
    }
}
