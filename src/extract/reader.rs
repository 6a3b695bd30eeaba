//! The reader: one document sentence by sentence, and the claims that come of it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::build::senses;
use super::chart::Chart;
use super::draft::{Draft, Drafter, Memory};
use super::matcher::Scratch;
use super::mention::Reading;
use super::sentence;
use super::time::Reference;
use super::{Attribution, Extraction, Stretch, TimeExpression, Wanted};
use crate::claim::{Claim, Content, Id, Setting};
use crate::rules::RuleSet;
use crate::rules::symbol::{Symbol, SymbolSet};
use crate::text::{CodePoints, Document, Span, split_sentences};
use crate::value::{DayRange, Name, Outcome};

/// Names with how often they occurred, in order of first mention.
#[derive(Default)]
struct Tallied(Vec<(Name, u32)>);

impl Tallied {
    fn add(&mut self, name: &Name) {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, times)) => *times += 1,
            None => self.0.push((name.clone(), 1)),
        }
    }

    fn by_frequency(mut self) -> Vec<Name> {
        self.0.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        self.0.into_iter().map(|(name, _)| name).collect()
    }
}

/// A claim's draft with the sentence it came from.
struct Placed {
    draft: Draft,
    sentence: Span,
    sentence_index: u32,
    headline: bool,
    setting: Arc<Setting>,
}

/// Reads one document.
pub(super) fn read(document: &Document, rules: &RuleSet, wanted: Wanted) -> Extraction {
    let mut reader = Reader {
        document,
        rules,
        wanted,
        gates: gates(rules),
        chart: Chart::default(),
        scratch: Scratch::default(),
        memory: Memory::default(),
        named: None,
        quoted: false,
        placed: Vec::new(),
        actors: Tallied::default(),
        places: Tallied::default(),
        incidents: Tallied::default(),
        out: Extraction { article: Arc::clone(&document.article), ..Extraction::default() },
    };
    let mut sentences = Vec::new();
    for &part in &document.body {
        split_sentences(&document.text, part, &rules.lexicon, &mut sentences);
    }
    let mut index = 0;
    for span in sentences {
        let mut rest = Some(span);
        while let Some(span) = rest {
            rest = reader.sentence(span, index);
            index += 1;
        }
    }
    reader.finish()
}

/// The word classes that a sentence must hold before any claim rule can match.
fn gates(rules: &RuleSet) -> Vec<SymbolSet> {
    let known = &rules.known;
    let mut later = SymbolSet::default();
    let stages = ["time", "count", "party", "people"].map(|s| rules.stage(s));
    for rule in stages.iter().flat_map(|s| &s.rules) {
        later.insert(rule.emits);
    }
    for symbol in [known.number, known.name] {
        later.insert(symbol);
    }
    let lexical = |set: &SymbolSet| {
        let mut out = SymbolSet::default();
        set.symbols().filter(|s| !later.has(*s)).for_each(|s| out.insert(s));
        out
    };
    let mut gates: Vec<SymbolSet> = Vec::new();
    let claims = rules.stage("claim").rules.iter().filter(|r| r.emits != known.attribution);
    for gate in claims.map(|r| lexical(&r.program.needs)) {
        if !gates.iter().any(|g| gate.holds(g)) {
            gates.retain(|g| !g.holds(&gate));
            gates.push(gate);
        }
    }
    gates
}

struct Reader<'d, 'r> {
    document: &'d Document,
    rules: &'r RuleSet,
    wanted: Wanted,
    gates: Vec<SymbolSet>,
    chart: Chart<'r>,
    scratch: Scratch,
    memory: Memory,
    named: Option<jiff::civil::Date>,
    quoted: bool,
    placed: Vec<Placed>,
    actors: Tallied,
    places: Tallied,
    incidents: Tallied,
    out: Extraction,
}

impl<'r> Reader<'_, 'r> {
    /// Reads one sentence; returns what of it was too long to be read at once.
    fn sentence(&mut self, span: Span, index: u32) -> Option<Span> {
        let text = self.document.text.as_str();
        let rest = self.chart.read(text, span, &self.rules.lexicon);
        let quoted = self.quoted;
        self.track_quotes(text);
        let setting = Arc::new(self.setting(text));
        let deep = self.gates.iter().any(|gate| self.chart.present.holds(gate));
        let speaks = self.wanted.attributions || quoted;
        if deep || self.wanted.times || speaks {
            let reference = Reference { published: self.document.article.published, named: self.named, future: false };
            sentence::read_mentions(&mut self.chart, &mut self.scratch, self.rules, text, &reference);
            if self.wanted.times {
                self.times(text);
            }
            self.named = sentence::last_day(&self.chart).or(self.named);
        }
        if deep || speaks {
            let stage = self.rules.stage("claim");
            self.scratch.run(&self.chart, stage, text, &self.rules.lexicon);
            let drafter = Drafter {
                chart: &self.chart,
                scratch: &self.scratch,
                stage,
                rules: self.rules,
                text,
                memory: &self.memory,
                published: self.document.article.published,
                quoted,
            };
            let said = drafter.attributions();
            let drafts = if deep { drafter.claims(&said) } else { Vec::new() };
            let headline = self.document.headline.is_some_and(|h| h.overlaps(self.chart.span));
            for draft in drafts {
                self.placed.push(Placed {
                    draft,
                    sentence: self.chart.span,
                    sentence_index: index,
                    headline,
                    setting: Arc::clone(&setting),
                });
            }
            if self.wanted.attributions {
                self.attributions(&said, text);
            }
            if let Some(speaker) = said.iter().rev().find_map(|s| s.speaker.clone()) {
                self.memory.speaker = Some(speaker);
            }
        }
        for name in &setting.actors {
            self.memory.actors.retain(|n| n != name);
            self.memory.actors.push(name.clone());
        }
        rest
    }

    fn track_quotes(&mut self, text: &str) {
        for token in self.chart.tokens.iter().filter(|t| t.kind == crate::text::TokenKind::Sign) {
            match token.span.of(text) {
                "“" => self.quoted = true,
                "”" => self.quoted = false,
                "\"" => self.quoted = !self.quoted,
                _ => {}
            }
        }
    }

    /// Actors, places and incidents of the sentence; they are tallied for the article.
    fn setting(&mut self, text: &str) -> Setting {
        let known = &self.rules.known;
        let mut setting = Setting::default();
        let collect = |symbol: Symbol, key: &str, tallied: &mut Tallied, list: &mut Vec<Name>| {
            if !self.chart.present.has(symbol) {
                return;
            }
            for (_, _, sense) in senses(&self.chart, self.rules, text, (0, self.chart.len()), symbol) {
                if let Some(name) = sense.text(key) {
                    tallied.add(name);
                    if !list.contains(name) {
                        list.push(name.clone());
                    }
                }
            }
        };
        collect(known.actor, "name", &mut self.actors, &mut setting.actors);
        collect(known.place, "name", &mut self.places, &mut setting.places);
        collect(known.incident, "incident", &mut self.incidents, &mut setting.incidents);
        setting
    }

    fn times(&mut self, text: &str) {
        let mut points = CodePoints::new(text);
        let mut found: Vec<_> = self.chart.mentions.iter().filter(|m| m.symbol == self.rules.known.time).collect();
        found.sort_by_key(|m| m.start);
        for mention in found {
            let (Reading::Time(time), Some(rule)) = (&mention.reading, &mention.rule) else { continue };
            let span = self.chart.range(mention.start, mention.end);
            self.out.times.push(TimeExpression {
                at: stretch(&mut points, span, text),
                kind: Name::from(time.kind),
                value: time.value.as_str().into(),
                modifier: time.modifier.clone(),
                days: time.days,
                rule: rule.clone(),
            });
        }
    }

    fn attributions(&mut self, said: &[super::draft::Said], text: &str) {
        let mut points = CodePoints::new(text);
        for said in said {
            let mut at = |(start, end): (usize, usize)| stretch(&mut points, self.chart.range(start, end), text);
            let content = at(said.content);
            self.out.attributions.push(Attribution {
                source: said.source.map(&mut at),
                cue: Some(at(said.cue)),
                direct: content.text.starts_with(['"', '“']),
                content,
                rule: said.rule.clone(),
            });
        }
    }

    fn finish(mut self) -> Extraction {
        self.resolve_shot();
        let text = self.document.text.as_str();
        let article = Arc::new(Setting {
            actors: std::mem::take(&mut self.actors).by_frequency(),
            places: std::mem::take(&mut self.places).by_frequency(),
            incidents: std::mem::take(&mut self.incidents).by_frequency(),
        });
        let frames = frames(&self.placed);
        let mut points = CodePoints::new(text);
        let mut sentences: FxHashMap<Span, Arc<str>> = FxHashMap::default();
        let mut seen: FxHashMap<Id, u32> = FxHashMap::default();
        for (placed, frame) in self.placed.into_iter().zip(frames) {
            let Placed { draft, sentence, sentence_index, headline, setting } = placed;
            let sentence = sentence.hull(draft.span);
            let quote = draft.span.within(sentence);
            let sentence = sentences.entry(sentence).or_insert_with(|| sentence.of(text).into()).clone();
            let (start, end) = (points.at(draft.span.start), points.at(draft.span.end));
            let key = format!("{start} {end} {} {}", draft.content.kind(), detail(&draft.content));
            let mut id = Id::of(&[&self.document.article.document, &key]);
            let again = seen.entry(id).or_insert(0);
            *again += 1;
            if *again > 1 {
                id = Id::of(&[&self.document.article.document, &key, &again.to_string()]);
            }
            self.out.claims.push(Claim {
                id,
                article: Arc::clone(&self.document.article),
                content: draft.content.into(),
                start,
                end,
                quote,
                sentence,
                sentence_index,
                headline,
                speaker: draft.speaker.map(Arc::new),
                via: draft.via.into(),
                modality: draft.modality,
                time: draft.time.or(frame),
                timed_here: draft.time.is_some(),
                setting,
                article_setting: Arc::clone(&article),
                rule: draft.rule,
            });
        }
        self.out
    }

    /// "shot" counts the wounded only when the article names no dead, else dead and wounded together.
    fn resolve_shot(&mut self) {
        let killed = |p: &Placed| matches!(&p.draft.content, Content::Casualty(f) if f.outcome == Outcome::Killed);
        if self.placed.iter().any(killed) {
            return;
        }
        for placed in &mut self.placed {
            if let (true, Content::Casualty(figure)) = (placed.draft.shot, &mut placed.draft.content) {
                figure.outcome = Outcome::Injured;
            }
        }
    }
}

fn stretch(points: &mut CodePoints<'_>, span: Span, text: &str) -> Stretch {
    Stretch { start: points.at(span.start), end: points.at(span.end), text: span.of(text).into() }
}

/// What tells claims of one stretch apart: the side or the accused.
fn detail(content: &Content) -> String {
    match content {
        Content::Casualty(f) | Content::Strength(f) => {
            format!("{} {} {}", f.outcome, f.count, f.victims.side.as_ref().map_or("", Name::as_str))
        }
        Content::Blame { accused, .. } => accused.text.to_string(),
        Content::Timing { .. } | Content::Denial { .. } => String::new(),
    }
}

/// For each claim the time of the nearest timed claim before it, else after it.
fn frames(placed: &[Placed]) -> Vec<Option<DayRange>> {
    let first = placed.iter().find_map(|p| p.draft.time);
    let mut last = first;
    placed
        .iter()
        .map(|p| {
            last = p.draft.time.or(last);
            last
        })
        .collect()
}
