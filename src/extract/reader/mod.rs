//! The reader: one document sentence by sentence, and the claims that come of it.

mod recall;
mod streams;

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::anaphora;
use super::build::senses;
use super::coverage::Audit;
use super::dating::frames;
use super::draft::{Draft, Drafter, Memory, pair};
use super::figures::{announced, group};
use super::parts::Reference;
use super::said::Spoken;
use super::sentence::Sentence;
use super::{Extraction, Wanted};
use crate::claim::{Claim, Content, Corrected, Id, Setting};
use crate::rules::RuleSet;
use crate::rules::symbol::Symbol;
use crate::text::{CodePoints, Document, Span, split_sentences};
use crate::value::{Name, Outcome};

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

    fn by_frequency(mut self) -> Box<[Name]> {
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

/// A sentence of which only the attributions have not been read, because no claim has asked for them yet.
struct Unread {
    span: Span,
    reference: Reference,
}

/// Reads one document.
pub(super) fn read(document: &Document, rules: &RuleSet, wanted: Wanted) -> Extraction {
    let mut reader = Reader {
        document,
        rules,
        wanted,
        audit: Audit::wanted(wanted.gaps, rules),
        now: Sentence::default(),
        before: Sentence::default(),
        memory: Memory::default(),
        unread: Vec::new(),
        last: None,
        unsaid: Vec::new(),
        reference: Reference { published: document.article.published, ..Reference::default() },
        quoted: false,
        placed: Vec::new(),
        actors: Tallied::default(),
        places: Tallied::default(),
        incidents: Tallied::default(),
        spoken: Vec::new(),
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

struct Reader<'d, 'r> {
    document: &'d Document,
    rules: &'r RuleSet,
    wanted: Wanted,
    audit: Option<Audit>,
    now: Sentence<'r>,
    /// A sentence read again for its attributions.
    before: Sentence<'r>,
    memory: Memory,
    unread: Vec<Unread>,
    /// The sentence before.
    last: Option<Span>,
    /// Drafts of a quotation that nobody has said yet: its speaker may stand at its end.
    unsaid: Vec<usize>,
    /// What the times of the next sentence are counted from.
    reference: Reference,
    quoted: bool,
    placed: Vec<Placed>,
    actors: Tallied,
    places: Tallied,
    incidents: Tallied,
    spoken: Vec<Spoken>,
    out: Extraction,
}

impl<'r> Reader<'_, 'r> {
    /// Reads one sentence; returns what of it was too long to be read at once.
    ///
    /// Each step is taken only where the words of the sentence let a later one find something.
    fn sentence(&mut self, span: Span, index: u32) -> Option<Span> {
        let rules = self.rules;
        let text = self.document.text.as_str();
        let rest = self.now.read(text, span, rules);
        let before = self.placed.len();
        let quoted = self.quoted;
        self.track_quotes(text);
        let setting = self.setting(text);
        let reach = rules.plan.reach(&rules.stages, &rules.known, self.now.chart.present(), self.now.chart.digits);
        let (claims, attributions) = rules.plan.possible(&rules.stages.claim, &reach);
        let unread = Unread { span, reference: self.reference };
        if self.wanted.times || claims != 0 || reach.has(rules.known.time) {
            self.now.read_times(rules, text, &self.reference, self.wanted.times);
            if self.wanted.times {
                self.times(text);
            }
            self.reference.note(&self.now.chart, rules, self.now.chart.len());
        }
        if reach.has(rules.known.episodes) {
            self.now.read_episodes(rules, text);
            self.memory.episodes = announced(&self.now.chart, rules).unwrap_or(self.memory.episodes);
        }
        if claims != 0 {
            let claims = self.now.read_mentions_of(rules, claims, text);
            self.now.read_claims(rules, claims, text);
        }
        if self.now.scratch.matches.is_empty() && !self.wanted.attributions && self.unsaid.is_empty() {
            if attributions != 0 {
                self.unread.push(unread);
            }
        } else {
            let stances = if self.wanted.attributions { rules.plan.stances() } else { 0 };
            self.now.read_mentions(rules, text, &rules.plan.reads(attributions | stances));
            self.now.read_claims(rules, attributions | stances, text);
            if quoted || self.now.chart.present().has(rules.known.pronoun) {
                self.recall(text);
            }
            if anaphora::asks_back(&self.now, rules) {
                self.recall_names(text);
            }
            self.draft(text, index, quoted, &setting);
        }
        self.last = Some(span);
        if let Some(audit) = &mut self.audit {
            let drafts = self.placed[before..].iter().map(|placed| &placed.draft);
            audit.sentence(&mut self.now, rules, text, drafts, &reach);
        }
        // "Both sides" of a later sentence are the two that are named together where fighting is spoken of.
        if setting.actors.len() > 1 && !setting.incidents.is_empty() {
            let whole = self.now.chart.len();
            self.memory.pair = pair(&self.now.chart, rules, text, whole).or(self.memory.pair.take());
        }
        for name in &setting.actors {
            self.memory.actors.retain(|n| n != name);
            self.memory.actors.push(name.clone());
        }
        rest
    }

    /// Turns the matches of the claim stage into drafts, and remembers who spoke last.
    fn draft(&mut self, text: &str, index: u32, quoted: bool, setting: &Setting) {
        let before = self.placed.len();
        let drafter = drafter(&self.now, self.rules, text, &self.memory, quoted, self.document.article.published);
        let said = drafter.attributions();
        let drafts = drafter.claims(&said);
        let counted = group(&drafts);
        let accused = anaphora::accused(&drafts);
        let sentence = self.now.chart.span;
        let headline = self.document.headline.is_some_and(|h| h.overlaps(sentence));
        let mut shared = None;
        for draft in drafts {
            let setting = Arc::clone(shared.get_or_insert_with(|| Arc::new(setting.clone())));
            self.placed.push(Placed { draft, sentence, sentence_index: index, headline, setting });
        }
        if self.wanted.attributions {
            let said = drafter.stances(&said);
            self.attributions(&said);
        }
        self.say(before, quoted, &said);
        if !accused.is_empty() {
            self.memory.accused = accused;
        }
        self.memory.group = counted.or(self.memory.group.take());
        if let Some(speaker) = said.iter().rev().find_map(|s| s.speaker.clone()) {
            self.memory.speaker = Some(speaker);
            self.unread.clear();
        }
    }

    fn track_quotes(&mut self, text: &str) {
        for token in self.now.chart.tokens.iter().filter(|t| t.kind == crate::text::TokenKind::Sign) {
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
        let collect = |symbol: Symbol, key: &str, tallied: &mut Tallied| {
            if !self.now.chart.present().has(symbol) {
                return Box::default();
            }
            let mut list: Vec<Name> = Vec::new();
            for (_, _, sense) in senses(&self.now.chart, self.rules, text, (0, self.now.chart.len()), symbol) {
                if let Some(name) = sense.text(key) {
                    tallied.add(name);
                    if !list.contains(name) {
                        list.push(name.clone());
                    }
                }
            }
            list.into_boxed_slice()
        };
        Setting {
            actors: collect(known.actor, "name", &mut self.actors),
            places: collect(known.place, "name", &mut self.places),
            incidents: collect(known.incident, "incident", &mut self.incidents),
        }
    }

    fn finish(mut self) -> Extraction {
        self.resolve_shot();
        let mut kept =
            anaphora::name_accused(self.placed.iter_mut().map(|placed| &mut placed.draft), &self.rules.reach)
                .into_iter();
        self.placed.retain(|_| kept.next().unwrap_or(true));
        let text = self.document.text.as_str();
        self.spoken(text);
        let article = Arc::new(Setting {
            actors: std::mem::take(&mut self.actors).by_frequency(),
            places: std::mem::take(&mut self.places).by_frequency(),
            incidents: std::mem::take(&mut self.incidents).by_frequency(),
        });
        let frames =
            frames(self.placed.iter().map(|placed| &placed.draft), self.document.article.published, &self.rules.reach);
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
                corrected: Corrected::default(),
            });
        }
        aim_denials(&mut self.out.claims);
        if let Some(audit) = self.audit {
            (self.out.coverage, self.out.gaps) = audit.finish(self.document, self.rules);
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

/// Points each denial at the nearest statement before it, in its own sentence or the one before.
fn aim_denials(claims: &mut [Claim]) {
    for i in 0..claims.len() {
        let Some((denial, before)) = claims.get(..=i).and_then(<[Claim]>::split_last) else { continue };
        if !matches!(*denial.content, Content::Denial { .. }) {
            continue;
        }
        let deniable = |c: &&Claim| {
            let statement = !matches!(*c.content, Content::Denial { .. } | Content::Timing { .. });
            statement && c.sentence_index + 1 >= denial.sentence_index && c.speaker != denial.speaker
        };
        let target = before.iter().rev().find(deniable).map(|c| c.id);
        claims[i].content = Arc::new(Content::Denial { target });
    }
}

/// Whose drafter reads the claims and attributions of a sentence.
fn drafter<'c, 'r>(
    sentence: &'c Sentence<'r>,
    rules: &'r RuleSet,
    text: &'c str,
    memory: &'c Memory,
    quoted: bool,
    published: Option<Date>,
) -> Drafter<'c, 'r> {
    let (chart, scratch, stage) = (&sentence.chart, &sentence.scratch, &rules.stages.claim);
    Drafter { chart, scratch, stage, rules, text, memory, published, quoted }
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
