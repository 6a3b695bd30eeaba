//! Drafts: claims of one sentence in byte offsets, before the whole article has been seen.

use super::build::{self, Found, senses};
use super::chart::Chart;
use super::matcher::{Kept, Scratch};
use super::mention::{Mention, People, Quantity, Reading};
use crate::claim::{Content, Figure, Party, Victims};
use crate::rules::RuleSet;
use crate::rules::grammar::Stage;
use crate::text::Span;
use crate::value::{Count, DayRange, Modality, Name, Outcome, Phase, Qualifier, Referent, VictimClass};

/// More than one of whom a sentence has spoken.
#[derive(Clone, Debug)]
pub(super) struct Group {
    class: VictimClass,
    count: Count,
}

/// Who spoke, acted or was spoken of before a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// The last speaker.
    pub(super) speaker: Option<Party>,
    /// Countries and groups, each once, the last named last.
    pub(super) actors: Vec<Name>,
    /// The last two that were named together ("between Armenia and Azerbaijan").
    pub(super) pair: Option<[Name; 2]>,
    /// The last people counted together.
    pub(super) group: Option<Group>,
    /// How many incidents the text has said there were; 0 if it has not.
    pub(super) episodes: u16,
}

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

/// A claim before its article has been read to the end.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) content: Content,
    pub(super) span: Span,
    pub(super) speaker: Option<Party>,
    pub(super) via: Vec<Box<str>>,
    pub(super) modality: Modality,
    pub(super) time: Option<DayRange>,
    /// True if the sentence names a time that nothing tells the days of.
    pub(super) unresolved: bool,
    pub(super) rule: Name,
    /// "shot": killed or injured is told by the rest of the article.
    pub(super) shot: bool,
}

/// How far before a time expression, in tokens, a word of the future makes it one of things to come.
const FUTURE_REACH: usize = 8;

/// How far, in tokens, a hedge or a negation reaches to a claim's words.
const HEDGE_REACH: usize = 6;

/// Reads the claims of a sentence whose mentions are in the chart.
pub(super) struct Drafter<'c, 'r> {
    pub(super) chart: &'c Chart<'r>,
    pub(super) scratch: &'c Scratch,
    pub(super) stage: &'c Stage,
    pub(super) rules: &'r RuleSet,
    pub(super) text: &'c str,
    pub(super) memory: &'c Memory,
    pub(super) published: Option<jiff::civil::Date>,
    /// True if the sentence begins inside a quotation.
    pub(super) quoted: bool,
}

impl<'c, 'r> Drafter<'c, 'r> {
    fn found(&self, index: usize) -> Found<'c, 'r> {
        let found = self.scratch.matches[index];
        Found {
            chart: self.chart,
            rule: &self.stage.rules[usize::from(found.rule)],
            found,
            scratch: self.scratch,
            rules: self.rules,
            text: self.text,
        }
    }

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

    fn clause_before(&self, end: usize) -> (usize, usize) {
        (0, end)
    }

    /// From a token to where the outlet's own words begin again: at ", but", ", which" outside quotation marks.
    fn clause_after(&self, start: usize) -> (usize, usize) {
        let known = &self.rules.known;
        let sign = |at: usize| self.chart.range(at, at + 1).of(self.text);
        let mut open = self.quoted;
        for at in start..self.chart.len() {
            match sign(at) {
                "“" => open = true,
                "”" => open = false,
                "\"" => open = !open,
                "," if !open && at > start && self.chart.is(at + 1, known.clause_break) => return (start, at),
                _ => {}
            }
        }
        (start, self.chart.len())
    }

    /// The party a mention stands for as a speaker; pronouns stand for the speaker before.
    fn speaker(&self, mention: &Mention) -> Option<Party> {
        let Reading::Party(reading) = &mention.reading else { return None };
        if reading.pronoun {
            return self.memory.speaker.clone();
        }
        Some(self.party(mention))
    }

    /// A speaker whose words are no party of their own ("rebels"): the actor among them, if one is.
    fn named(&self, words: &str, kept: Kept) -> Party {
        let within = (usize::from(kept.start), usize::from(kept.end));
        let actor = senses(self.chart, self.rules, self.text, within, self.rules.known.actor).next();
        Party { text: words.into(), actor: actor.and_then(|(_, _, sense)| sense.text("name")).cloned() }
    }

    fn party(&self, mention: &Mention) -> Party {
        let text = self.chart.range(mention.start, mention.end).of(self.text).into();
        let actor = match &mention.reading {
            Reading::Party(p) => p.actor.clone(),
            Reading::People(p) => p.side.clone(),
            _ => None,
        };
        Party { text, actor }
    }

    /// The speaker of the claim at tokens `at`, by the sentence's attributions, else by the quotation it stands in.
    fn speaker_of(&self, said: &[Said], at: (usize, usize)) -> (Option<Party>, bool) {
        let covering = said
            .iter()
            .filter(|s| s.content.0 <= at.0 && at.1 <= s.content.1)
            .min_by_key(|s| if s.cue.0 >= at.1 { (s.cue.0 - at.1, 1) } else { (at.0.saturating_sub(s.cue.1), 0) });
        match covering {
            Some(said) => (said.speaker.clone(), said.both),
            None if self.quoted => (self.memory.speaker.clone(), false),
            None => (None, false),
        }
    }

    fn modality(&self, at: (usize, usize)) -> Modality {
        let known = &self.rules.known;
        let near = at.0.saturating_sub(HEDGE_REACH)..(at.1 + HEDGE_REACH).min(self.chart.len());
        if senses(self.chart, self.rules, self.text, (near.start, near.end), known.hedge).next().is_some() {
            Modality::Hedged
        } else {
            Modality::Asserted
        }
    }

    /// The time of the words at tokens `at`: the nearest expression that covers days.
    fn time(&self, at: (usize, usize)) -> Option<DayRange> {
        let known = &self.rules.known;
        let mut best: Option<(usize, DayRange)> = None;
        for mention in self.chart.mentions.iter().filter(|m| m.symbol == known.time) {
            let Reading::Time(time) = &mention.reading else { continue };
            let Some(days) = time.days else { continue };
            let days = match (time.since, self.published) {
                (true, Some(published)) => DayRange::new(days.first, published.max(days.first)),
                _ => days,
            };
            let distance = if mention.start >= at.1 { mention.start - at.1 } else { at.0.saturating_sub(mention.end) };
            if best.is_none_or(|(d, _)| distance < d) {
                best = Some((distance, days));
            }
        }
        best.map(|(_, days)| days)
    }

    /// True if the sentence holds a date without days ("Tuesday" in an article without a date).
    fn unresolved(&self) -> bool {
        let open = |r: &Reading| matches!(r, Reading::Time(t) if t.days.is_none() && matches!(t.kind, "DATE" | "TIME"));
        self.chart.mentions.iter().any(|m| open(&m.reading))
    }

    /// All claims of the sentence, by place.
    pub(super) fn claims(&self, said: &[Said]) -> Vec<Draft> {
        let known = &self.rules.known;
        let mut out = Vec::new();
        let mut counted: Vec<(usize, usize)> = Vec::new();
        let mut order: Vec<usize> = (0..self.scratch.matches.len()).collect();
        order.sort_by_key(|&i| (self.scratch.matches[i].rule, self.scratch.matches[i].start));
        let mut blamed: Vec<(usize, usize, usize)> = Vec::new();
        let mut timed: Vec<usize> = Vec::new();
        for i in order {
            let f = self.found(i);
            match f.rule.emits {
                s if s == known.casualty || s == known.strength => self.figures(&f, said, &mut counted, &mut out),
                s if s == known.timing => self.timing(&f, said, &mut timed, &mut out),
                s if s == known.blame => self.blame(&f, said, &mut blamed, &mut out),
                s if s == known.denial => self.denial(&f, said, &mut out),
                _ => {}
            }
        }
        out.sort_by_key(|d| (d.span, d.content.kind()));
        out
    }

    fn figures(&self, f: &Found<'_, '_>, said: &[Said], counted: &mut Vec<(usize, usize)>, out: &mut Vec<Draft>) {
        let strength = f.rule.emits == self.rules.known.strength;
        let text_of = |key: &str| f.attribute("h", key);
        let outcome = f.rule.set.get("outcome").map(ToString::to_string);
        let outcome = outcome.or_else(|| text_of("outcome").map(|n| n.to_string()));
        let second = f.attribute("h2", "outcome").filter(|_| f.one("h2").is_some());
        let (outcome, shot) = match (outcome.as_deref(), second.as_ref().map(Name::as_str)) {
            (Some("shot"), None) => (Outcome::Casualties, true),
            (Some("shot"), Some(other)) => (other.parse().unwrap_or(Outcome::Casualties), false),
            // "abducted and beheaded": the worse of two fates; of dead and wounded, both.
            (Some("captured" | "displaced"), Some(other)) => (other.parse().unwrap_or(Outcome::Casualties), false),
            (Some(a), Some(b)) if a != b => (Outcome::Casualties, false),
            (Some(a), _) => match a.parse() {
                Ok(outcome) => (outcome, false),
                Err(_) => return,
            },
            (None, _) => return,
        };
        // What stands beside a figure and says nothing of its own ("the double murder of a father and his son").
        counted.extend(f.all("same").map(|k| (usize::from(k.start), usize::from(k.end))));
        let mut joined = false;
        for kept in f.all("v").collect::<Vec<_>>() {
            let at = (usize::from(kept.start), usize::from(kept.end));
            let people = match f.mention(kept).map(|m| &m.reading) {
                Some(Reading::People(people)) => (**people).clone(),
                Some(Reading::Count(quantity)) => People::unnamed(quantity.clone(), Referent::New),
                Some(Reading::Plain) => People::unnamed(self.one(at), Referent::Named),
                None => People::unnamed(self.one(at), Referent::Known),
                _ => continue,
            };
            let Some(mut people) = self.known_group(people) else { continue };
            if f.rule.set.has("perpetrator") {
                (people.perpetrator, people.class) = (true, VictimClass::Other);
            }
            if counted.iter().any(|c| c.0 < at.1 && at.0 < c.1) {
                continue;
            }
            counted.push(at);
            let people = self.inherited(at, people);
            let from = out.len();
            self.figure(f, said, at, &people, (outcome, shot, strength), out);
            for draft in &mut out[from..] {
                if let Content::Casualty(figure) | Content::Strength(figure) = &mut draft.content {
                    figure.joined = joined;
                }
            }
            joined = true;
        }
    }

    /// "The hostages were killed": as many as the last group spoken of, if it can be the same one.
    fn known_group(&self, mut people: People) -> Option<People> {
        if people.referent != Referent::Known || people.quantity.count.value != Some(0) {
            return Some(people);
        }
        let group = self.memory.group.as_ref()?;
        let same = people.class == VictimClass::Any || people.class == group.class;
        people.quantity.count = group.count;
        people.class = group.class;
        same.then_some(people)
    }

    fn one(&self, words: (usize, usize)) -> Quantity {
        Quantity { count: Count::new(Qualifier::Exact, 1, None, &self.rules.tolerance), words }
    }

    /// "63 civilians were killed and 292 wounded": a bare number counts the same kind of people as the one before;
    /// soldiers, policemen and fighters without a side belong to the only actor that the sentence names.
    fn inherited(&self, at: (usize, usize), mut people: People) -> People {
        let known = &self.rules.known;
        let bare = people.referent == Referent::New
            && !senses(self.chart, self.rules, self.text, people.noun, known.person).any(|_| true);
        if bare && people.class == VictimClass::Any && people.side.is_none() {
            let before = self.chart.mentions.iter().filter(|m| m.end <= at.0).filter_map(|m| match &m.reading {
                Reading::People(p) => Some((m.end, p)),
                _ => None,
            });
            match (before.max_by_key(|(end, _)| *end), &self.memory.group) {
                (Some((_, earlier)), _) => {
                    people.class = earlier.class;
                    people.side = earlier.side.clone();
                    people.possessive |= earlier.possessive;
                }
                (None, Some(group)) if people.quantity.count.interval.high < group.count.interval.high => {
                    people.class = group.class;
                }
                _ => {}
            }
        }
        let armed = matches!(people.class, VictimClass::Military | VictimClass::Police | VictimClass::Militant);
        if armed && people.side.is_none() && !people.possessive {
            let mut actors = self.actors_before(self.chart.len());
            actors.sort();
            actors.dedup();
            if let [only] = &actors[..] {
                people.side = Some(only.clone());
            }
        }
        people
    }

    fn figure(
        &self,
        f: &Found<'_, '_>,
        said: &[Said],
        at: (usize, usize),
        people: &People,
        (outcome, shot, strength): (Outcome, bool, bool),
        out: &mut Vec<Draft>,
    ) {
        let known = &self.rules.known;
        let none = people.quantity.count.qualifier == Qualifier::None;
        // "no reports of casualties", "killing dozens": a bare number stands with its harm word.
        let quote = if none || at.1 - at.0 <= people.quantity.words.1 - people.quantity.words.0 {
            (
                at.0.min(usize::from(f.found.start)).max(at.0.saturating_sub(2)),
                at.1.max(if none { usize::from(f.found.end) } else { at.1 }),
            )
        } else {
            at
        };
        let (speaker, both) = self.speaker_of(said, at);
        let cumulative = f.rule.set.has("cumulative")
            || senses(self.chart, self.rules, self.text, (0, self.chart.len()), known.total).next().is_some();
        let words = |(a, b): (usize, usize)| -> Box<str> { self.chart.range(a, b).of(self.text).into() };
        let sides: Vec<Option<Name>> = match (&people.side, people.possessive) {
            (None, true) if both => self.two_actors(at.0).into_iter().map(Some).collect(),
            (None, true) => vec![self.possessor(at.0, &speaker)],
            (side, _) => vec![side.clone()],
        };
        for side in if sides.is_empty() { vec![None] } else { sides } {
            let figure = Figure {
                outcome,
                count: people.quantity.count,
                words: words(people.quantity.words),
                victims: Victims {
                    text: if people.noun.0 < people.noun.1 { words(people.noun) } else { "".into() },
                    class: people.class,
                    side,
                },
                cumulative,
                part: f.rule.set.has("part"),
                increment: people.increment,
                perpetrator: people.perpetrator,
                referent: people.referent,
                joined: false,
                incidents: self.incidents(at),
            };
            out.push(Draft {
                content: if strength { Content::Strength(figure) } else { Content::Casualty(figure) },
                span: self.chart.range(quote.0, quote.1),
                speaker: speaker.clone(),
                via: Vec::new(),
                modality: self.modality(at),
                time: self.time(at),
                unresolved: self.unresolved(),
                rule: f.rule.id.clone(),
                shot,
            });
        }
    }

    /// How many incidents the figure at tokens `at` covers together ("across both attacks").
    fn incidents(&self, at: (usize, usize)) -> u16 {
        let together = self.chart.mentions.iter().find(|m| is_scope(m, self.rules) && m.start >= at.1);
        match together.map(|m| &m.reading) {
            Some(Reading::Number(n)) if *n > 0.0 => *n as u16,
            Some(_) => self.memory.episodes,
            None => 1,
        }
    }

    /// Actors named in the sentence before a token, the nearest last.
    fn actors_before(&self, at: usize) -> Vec<Name> {
        senses(self.chart, self.rules, self.text, (0, at), self.rules.known.actor)
            .filter_map(|(_, _, s)| s.text("name").cloned())
            .collect()
    }

    /// Whose people "its troops" are: the nearest actor before, else the speaker's.
    fn possessor(&self, at: usize, speaker: &Option<Party>) -> Option<Name> {
        self.actors_before(at).pop().or_else(|| speaker.as_ref().and_then(|s| s.actor.clone()))
    }

    /// The two parties that "both sides" stands for: the last two named together, else the last two named.
    fn two_actors(&self, at: usize) -> Vec<Name> {
        if let Some(pair) = pair(self.chart, self.rules, self.text, at).or_else(|| self.memory.pair.clone()) {
            return pair.to_vec();
        }
        let mut all = self.memory.actors.clone();
        for name in self.actors_before(at) {
            all.retain(|n| *n != name);
            all.push(name);
        }
        all.retain(|name| self.rules.lexicon.gazetteer.kind(name).is_some_and(|k| self.rules.sides.contains(k)));
        let mut two = all.split_off(all.len().saturating_sub(2));
        two.sort();
        if two.len() == 2 { two } else { Vec::new() }
    }

    fn timing(&self, f: &Found<'_, '_>, said: &[Said], timed: &mut Vec<usize>, out: &mut Vec<Draft>) {
        let Some(kept) = f.one("t") else { return };
        let at = (usize::from(kept.start), usize::from(kept.end));
        let Some(Reading::Time(time)) = f.mention(kept).map(|m| &m.reading) else { return };
        if timed.contains(&at.0) || time.kind == "DURATION" || time.kind == "SET" {
            return;
        }
        let soon = (at.0.saturating_sub(FUTURE_REACH), at.0);
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
        let (speaker, _) = self.speaker_of(said, at);
        out.push(Draft {
            content: Content::Timing { what, phase },
            span: self.chart.range(at.0, at.1),
            speaker,
            via: Vec::new(),
            modality: self.modality(at),
            time: time.days,
            unresolved: self.unresolved(),
            rule: f.rule.id.clone(),
            shot: false,
        });
    }

    /// The event's words: from the clause's begin (or the time expression) around the event word.
    fn event_words(&self, event: (usize, usize), time: (usize, usize)) -> Box<str> {
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

    fn blame(&self, f: &Found<'_, '_>, said: &[Said], blamed: &mut Vec<(usize, usize, usize)>, out: &mut Vec<Draft>) {
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
        let (attributed, _) = self.speaker_of(said, at);
        let speaker = accuser.and_then(|m| self.speaker(m)).or(attributed);
        let both = f.one("each").is_some()
            || f.one("accused")
                .and_then(|k| f.mention(k))
                .is_some_and(|m| matches!(&m.reading, Reading::Party(p) if p.both));
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
            for kept in f.all("accused") {
                let party = match f.mention(kept) {
                    Some(mention) => self.party(mention),
                    None => Party {
                        text: f.words(usize::from(kept.start), usize::from(kept.end)).into(),
                        actor: f.sense(kept).and_then(|s| s.text("name")).cloned(),
                    },
                };
                accused.push((party, None));
            }
        }
        if accused.is_empty() {
            return;
        }
        blamed.push((at.0, at.1, act.0));
        for (accused, own) in accused {
            out.push(Draft {
                content: Content::Blame { accused, act: self.chart.range(act.0, act.1).of(self.text).into() },
                span: self.chart.range(at.0, at.1),
                speaker: own.or_else(|| speaker.clone()),
                via: Vec::new(),
                modality: self.modality(at),
                time: self.time(at),
                unresolved: self.unresolved(),
                rule: f.rule.id.clone(),
                shot: false,
            });
        }
    }

    fn denial(&self, f: &Found<'_, '_>, said: &[Said], out: &mut Vec<Draft>) {
        let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
        let who = f.one("who").and_then(|k| f.mention(k)).and_then(|m| self.speaker(m));
        let speaker = who.or_else(|| self.speaker_of(said, (start, end)).0);
        let span = self.chart.range(start, end);
        let again = |d: &Draft| matches!(d.content, Content::Denial { .. }) && d.span.overlaps(span);
        if speaker.is_none() || out.iter().any(again) {
            return;
        }
        out.push(Draft {
            content: Content::Denial { target: None },
            span,
            speaker,
            via: Vec::new(),
            modality: Modality::Denied,
            time: self.time((start, end)),
            unresolved: self.unresolved(),
            rule: f.rule.id.clone(),
            shot: false,
        });
    }
}

/// The people whom a sentence's claims count together, for the next one to speak of.
pub(super) fn group(drafts: &[Draft]) -> Option<Group> {
    let figures: Vec<&Figure> =
        drafts.iter().filter_map(|d| d.content.figure()).filter(|f| !f.part && !f.perpetrator).collect();
    let (first, rest) = figures.split_first()?;
    let mut group = Group { class: first.victims.class, count: first.count };
    for figure in rest.iter().filter(|figure| figure.joined) {
        group.count = group.count.plus(&figure.count);
        group.class = if group.class == figure.victims.class { group.class } else { VictimClass::Any };
    }
    (group.count.interval.low > 1).then_some(group)
}

/// True if a mention says over which incidents a figure goes.
fn is_scope(mention: &Mention, rules: &RuleSet) -> bool {
    mention.symbol == rules.known.episodes && !mention.attributes.has("announced")
}

/// How many incidents a sentence says there were ("one of three related attacks").
pub(super) fn announced(chart: &Chart<'_>, rules: &RuleSet) -> Option<u16> {
    let announces = |m: &&Mention| m.symbol == rules.known.episodes && m.attributes.has("announced");
    match chart.mentions.iter().rev().find(announces).map(|m| &m.reading) {
        Some(Reading::Number(n)) => Some(*n as u16),
        _ => None,
    }
}

/// The last two different actors joined by "and" before a token.
pub(super) fn pair(chart: &Chart<'_>, rules: &RuleSet, text: &str, at: usize) -> Option<[Name; 2]> {
    let known = &rules.known;
    let named: Vec<_> = senses(chart, rules, text, (0, at), known.actor).collect();
    let mut pair = named.windows(2).rev().find_map(|w| {
        let joined = w[0].1 + 1 == w[1].0 && chart.is(w[0].1, known.and);
        let (a, b) = (w[0].2.text("name")?, w[1].2.text("name")?);
        (joined && a != b).then(|| [a.clone(), b.clone()])
    })?;
    pair.sort();
    Some(pair)
}
