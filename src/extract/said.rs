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
    /// Who passed it on, the nearest first.
    pub(super) via: Vec<Box<str>>,
    pub(super) both: bool,
    pub(super) rule: Name,
}

/// Whose words a claim is.
#[derive(Clone, Debug, Default)]
pub(super) struct Voice {
    pub(super) speaker: Option<Party>,
    /// Who passed them on, the nearest to the speaker first.
    pub(super) via: Vec<Box<str>>,
    /// True if two parties say it together.
    pub(super) both: bool,
}

impl Voice {
    /// The same with somebody whose own words they are: who else says it passes it on.
    pub(super) fn under(mut self, own: Option<Party>) -> Self {
        if let Some(own) = own {
            let outer = self.speaker.replace(own.clone()).filter(|outer| outer.name() != own.name());
            self.via.splice(0..0, outer.map(|outer| outer.text));
        }
        self
    }
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
        let mut order: Vec<((usize, usize), u16, usize)> = Vec::new();
        for (i, found) in self.scratch.matches.iter().enumerate() {
            let f = self.found(i);
            if f.rule.emits == emits {
                let cue = f.one("cue").map_or((usize::from(found.start), usize::from(found.end)), place);
                order.push((cue, found.rule, i));
            }
        }
        order.sort_by_key(|&(cue, rule, i)| (cue.0, rule, i));
        for (cue, _, i) in order {
            if !out.iter().any(|s| s.cue.0 < cue.1 && cue.0 < s.cue.1) {
                let before = &out[..out.partition_point(|s| s.cue < cue)];
                out.extend(self.said(&self.found(i), cue, before));
                out.sort_by_key(|s| s.cue);
            }
        }
        out
    }

    /// What one match says; nothing where the cue turns out to be no verb, or nothing is said.
    fn said(&self, f: &Found<'_, '_>, cue: (usize, usize), before: &[Said]) -> Option<Said> {
        let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
        let kept = f.one("source");
        let source = if f.rule.set.has("source") {
            let forms = f.one("cue").and_then(|k| f.sense(k)).map_or(0, |sense| sense.forms);
            Some(self.subject(cue, forms, before)?)
        } else {
            kept.map(place)
        };
        let from = source.map_or(cue.0, |source| source.0.min(cue.0));
        let content = match f.rule.set.get("content").map(ToString::to_string).as_deref() {
            Some("before") => self.content_before(start),
            Some("all") if start > 0 => self.content_before(start),
            Some("object") => self.content_after(end, true),
            Some("quotation") => self.quotation_before(from)?,
            Some(kind @ ("speech" | "voiced")) => self.speech(end, from, kind == "voiced")?,
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
            via: f.all("via").map(|k| f.words(usize::from(k.start), usize::from(k.end)).into()).collect(),
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
    pub(super) fn speaker_of(&self, said: &[Said], at: (usize, usize)) -> Voice {
        let covers = |s: &&Said, at: (usize, usize)| s.content.0 <= at.0 && at.0 < s.content.1;
        let covering = said
            .iter()
            .filter(|s| covers(s, at))
            .min_by_key(|s| if s.cue.0 >= at.1 { (s.cue.0 - at.1, 1) } else { (at.0.saturating_sub(s.cue.1), 0) });
        let Some(nearest) = covering else {
            let speaker = self.memory.speaker.clone().filter(|_| self.quoted);
            return Voice { speaker, ..Voice::default() };
        };
        let mut via = nearest.via.clone();
        // Who tells that somebody said it passes it on: the chain goes outward from what is said to the whole sentence.
        let mut inner = nearest;
        while let Some(outer) = said
            .iter()
            .find(|s| covers(s, inner.cue) && covers(s, at) && !covers(&inner, s.cue) && s.source != inner.source)
        {
            let passing = outer.speaker.iter().map(|speaker| &speaker.text).chain(&outer.via);
            for name in passing.filter(|name| nearest.speaker.as_ref().is_none_or(|s| s.text != **name)) {
                if !via.contains(name) {
                    via.push(name.clone());
                }
            }
            inner = outer;
        }
        Voice { speaker: nearest.speaker.clone(), via, both: nearest.both }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::extract::{Wanted, extract};
    use crate::page;
    use crate::rules::{RuleFiles, RuleSet};
    use crate::text::Article;

    #[test]
    fn claims_have_who_said_it_first_and_then_who_passed_it_on() {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        for (text, speaker, via) in [
            ("An official told Reuters that six people were killed.", "An official", vec!["Reuters"]),
            ("Six people were killed, an official told Reuters.", "an official", vec!["Reuters"]),
            ("Interfax reported that the ministry said six people were killed.", "the ministry", vec!["Interfax"]),
            ("The ministry said six people were killed, according to Interfax.", "The ministry", vec!["Interfax"]),
            ("State TV, citing the ministry, said six people were killed.", "the ministry", vec!["State TV"]),
            ("Six people were killed, TASS reported, citing the ministry.", "the ministry", vec!["TASS"]),
            ("TASS quoted the ministry as saying six people were killed.", "the ministry", vec!["TASS"]),
            ("The ministry told reporters that six people were killed.", "The ministry", vec![]),
        ] {
            let document = page::read(&rules.page, Article::default(), text.to_owned());
            let claims = extract(&document, &rules, Wanted::default()).claims;
            let claim = claims.first().unwrap_or_else(|| panic!("a claim of {text}"));
            let passed: Vec<&str> = claim.via.iter().map(|name| &**name).collect();
            let who = claim.speaker.as_ref().map(|speaker: &Arc<_>| &*speaker.text);
            assert_eq!((who, passed), (Some(speaker), via), "{text}");
        }
    }

    #[test]
    fn what_attributions_are_wanted_changes_no_claim() {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let text = "Most in town feared that six people were killed. They support the police, Quill said.";
        let document = page::read(&rules.page, Article::default(), text.to_owned());
        let claims = |attributions| {
            let wanted = Wanted { attributions, ..Wanted::default() };
            extract(&document, &rules, wanted).claims.into_iter().map(|c| (c.id, c.speaker)).collect::<Vec<_>>()
        };
        assert_eq!(claims(true), claims(false));
    }
}
