//! Attributions of a sentence: who says what of it, and whose words a claim is.

use super::build::senses;
use super::draft::Drafter;
use super::matcher::Kept;
use super::mention::{Mention, Reading};
use crate::claim::Party;
use crate::text::Span;
use crate::value::Name;

/// An attribution of a sentence, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) source: Option<(usize, usize)>,
    pub(super) cue: (usize, usize),
    pub(super) content: (usize, usize),
    pub(super) speaker: Option<Party>,
    pub(super) both: bool,
    pub(super) rule: Name,
}

/// An attribution of a document, in bytes of its text.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) source: Option<Span>,
    pub(super) cue: Span,
    pub(super) content: Span,
    /// True where the very words are given.
    pub(super) direct: bool,
    pub(super) rule: Name,
}

impl Drafter<'_, '_> {
    /// The attributions of the sentence, in order.
    pub(super) fn attributions(&self) -> Vec<Said> {
        let mut out: Vec<Said> = Vec::new();
        let mut order: Vec<usize> = (0..self.scratch.matches.len()).collect();
        order.sort_by_key(|&i| (self.scratch.matches[i].rule, self.scratch.matches[i].start));
        for i in order {
            let f = self.found(i);
            if f.rule.emits != self.rules.known.attribution {
                continue;
            }
            let source = f.one("source");
            let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
            let cue = f.one("cue").map_or((start, end), |k| (usize::from(k.start), usize::from(k.end)));
            let content = match f.rule.set.get("content").map(ToString::to_string).as_deref() {
                Some("before") => self.clause_before(start),
                Some("all") if start > 0 => self.clause_before(start),
                _ => self.clause_after(end),
            };
            let mention = source.and_then(|k| f.mention(k));
            let said = Said {
                source: source.map(|k| (usize::from(k.start), usize::from(k.end))),
                cue,
                content,
                speaker: match mention {
                    Some(mention) if matches!(mention.reading, Reading::Party(_)) => self.speaker(mention),
                    _ => source.map(|k| self.named(f.words(usize::from(k.start), usize::from(k.end)), k)),
                },
                both: mention.is_some_and(|m| matches!(&m.reading, Reading::Party(p) if p.both)),
                rule: f.rule.id.clone(),
            };
            // One cue is read once: the rule that stands first in its file wins.
            match out.iter_mut().find(|s| s.cue == cue) {
                Some(_) => {}
                None => out.push(said),
            }
        }
        out.sort_by_key(|s| s.cue);
        out
    }

    pub(super) fn clause_before(&self, end: usize) -> (usize, usize) {
        (0, end)
    }

    /// From a token to where the outlet's own words begin again: at ", but", ", which" outside quotation marks.
    pub(super) fn clause_after(&self, start: usize) -> (usize, usize) {
        let known = &self.rules.known;
        let sign = |at: usize| self.chart.range(at, at + 1).of(self.text);
        let says = |at: usize| self.chart.is(at, known.say) || self.chart.is(at, known.voice);
        let mut open = self.quoted;
        for at in start..self.chart.len() {
            match sign(at) {
                "“" => open = true,
                "”" => open = false,
                "\"" => open = !open,
                "," if !open && at > start && (self.chart.is(at + 1, known.clause_break) || says(at + 1)) => {
                    return (start, at);
                }
                _ => {}
            }
        }
        (start, self.chart.len())
    }

    /// The party a mention stands for as a speaker; pronouns stand for the speaker before.
    pub(super) fn speaker(&self, mention: &Mention) -> Option<Party> {
        let Reading::Party(reading) = &mention.reading else { return None };
        if reading.pronoun {
            return self.memory.speaker.clone();
        }
        Some(self.party(mention))
    }

    /// A speaker whose words are no party of their own ("rebels"): the actor among them, if one is.
    pub(super) fn named(&self, words: &str, kept: Kept) -> Party {
        let within = (usize::from(kept.start), usize::from(kept.end));
        let actor = senses(self.chart, self.rules, self.text, within, self.rules.known.actor).next();
        Party { text: words.into(), actor: actor.and_then(|(_, _, sense)| sense.text("name")).cloned() }
    }

    pub(super) fn party(&self, mention: &Mention) -> Party {
        let text = self.chart.range(mention.start, mention.end).of(self.text).into();
        let actor = match &mention.reading {
            Reading::Party(p) => p.actor.clone(),
            Reading::People(p) => p.side.clone(),
            _ => None,
        };
        Party { text, actor }
    }

    /// The speaker of the claim at tokens `at`, by the sentence's attributions, else by the quotation it stands in.
    pub(super) fn speaker_of(&self, said: &[Said], at: (usize, usize)) -> (Option<Party>, bool) {
        let covering = said
            .iter()
            .filter(|s| s.content.0 <= at.0 && at.0 < s.content.1)
            .min_by_key(|s| if s.cue.0 >= at.1 { (s.cue.0 - at.1, 1) } else { (at.0.saturating_sub(s.cue.1), 0) });
        match covering {
            Some(said) => (said.speaker.clone(), said.both),
            None if self.quoted => (self.memory.speaker.clone(), false),
            None => (None, false),
        }
    }
}
