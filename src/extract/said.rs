//! Attributions of a sentence: who says what of it, and whose words a claim is.

use super::build::{Found, senses};
use super::draft::Drafter;
use super::matcher::Kept;
use super::mention::{Mention, Reading};
use crate::claim::Party;
use crate::rules::symbol::Symbol;
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
    /// The sentence that it stands in.
    pub(super) sentence: Span,
    /// True where the very words are given.
    pub(super) direct: bool,
    pub(super) rule: Name,
}

/// The tokens of something kept.
fn place(kept: Kept) -> (usize, usize) {
    (usize::from(kept.start), usize::from(kept.end))
}

impl Drafter<'_, '_> {
    /// Who says what in the sentence, in order: what claims have their speakers from.
    pub(super) fn attributions(&self) -> Vec<Said> {
        self.read_said(self.rules.known.attribution, Vec::new())
    }

    /// The attributions of the sentence with all that somebody is told to think, want or do in words, in order.
    pub(super) fn stances(&self, said: &[Said]) -> Vec<Said> {
        self.read_said(self.rules.known.stance, said.to_vec())
    }

    /// Adds what the rules that emit a symbol make. One cue is read once: the rule that stands first in its file wins.
    fn read_said(&self, emits: Symbol, mut out: Vec<Said>) -> Vec<Said> {
        let mut order: Vec<usize> = (0..self.scratch.matches.len()).collect();
        order.sort_by_key(|&i| (self.scratch.matches[i].rule, self.scratch.matches[i].start));
        let mut open: Vec<(usize, (usize, usize))> = Vec::new();
        for i in order {
            let f = self.found(i);
            let cue = f.one("cue").map_or((usize::from(f.found.start), usize::from(f.found.end)), place);
            let read = |other: (usize, usize)| other.0 < cue.1 && cue.0 < other.1;
            if f.rule.emits == emits && !out.iter().any(|s| read(s.cue)) && !open.iter().any(|(_, c)| read(*c)) {
                open.push((i, cue));
            }
        }
        open.sort_by_key(|(_, cue)| *cue);
        for (i, cue) in open {
            out.sort_by_key(|s| s.cue);
            let before = &out[..out.partition_point(|s| s.cue < cue)];
            out.extend(self.said(&self.found(i), cue, before));
        }
        out.sort_by_key(|s| s.cue);
        out
    }

    /// What one match says; nothing where the cue turns out to be no verb, or nothing is said.
    fn said(&self, f: &Found<'_, '_>, cue: (usize, usize), before: &[Said]) -> Option<Said> {
        let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
        let kept = f.one("source");
        let source = if f.rule.set.has("source") {
            let forms = f.one("cue").and_then(|k| f.sense(k)).map_or(0, |sense| sense.forms);
            Some(self.subject(cue.0, forms, before)?)
        } else {
            kept.map(place)
        };
        let content = match f.rule.set.get("content").map(ToString::to_string).as_deref() {
            Some("before") => self.content_before(start),
            Some("all") if start > 0 => self.content_before(start),
            Some("object") => self.content_after(end, true),
            Some("speech") => self.speech(end, source.map_or(cue.0, |source| source.0.min(cue.0)))?,
            _ => self.content_after(end, false),
        };
        let mention = kept.and_then(|k| f.mention(k));
        Some(Said {
            source,
            cue,
            content,
            speaker: match mention {
                Some(mention) if matches!(mention.reading, Reading::Party(_)) => self.speaker(mention),
                _ => kept.map(|k| self.named(f.words(usize::from(k.start), usize::from(k.end)), k)),
            },
            both: mention.is_some_and(|m| matches!(&m.reading, Reading::Party(p) if p.both)),
            rule: f.rule.id.clone(),
        })
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
