//! Findings as cards: the answers side by side, each in its sentence, with who says it, and why they do not go together.

use super::Context;
use super::words::{Piece, Sentence};
use crate::claim::Claim;
use crate::compare::{Finding, Relation};
use crate::decision::Decided;
use crate::event::Event;
use crate::report::decisions::in_words;
use crate::report::markdown::{capital, plain_label};
use crate::report::model::{Answer, Question, Voice};
use crate::report::pair::gravest_first;
use crate::report::text::{number, one_line, outlet_and_day, voice};
use crate::text::Article;
use crate::value::Verdict;

/// Answers shown of each question; more are counted.
const ANSWERS: usize = 24;
/// Wordings of an answer that stand open; the next ones are folded.
const OPEN: usize = 2;
/// Wordings of an answer that are shown at all; more are counted.
const VOICES: usize = 24;
/// Outlets named for one wording; more are counted.
const CARRIERS: usize = 8;
/// Reasons shown of one rule; more are counted.
const REASONS: usize = 6;

/// One finding.
pub(super) struct Card {
    pub(super) id: String,
    /// Its number among all findings, from 1.
    pub(super) number: usize,
    pub(super) verdict: &'static str,
    pub(super) kind: &'static str,
    pub(super) question: String,
    /// The event's id and label.
    pub(super) event: Option<(String, String)>,
    /// Where it stands between 0 and 1 hundred.
    pub(super) severity: u32,
    /// The numbers of its outlets.
    pub(super) outlets: String,
    pub(super) decision: Option<Ruling>,
    pub(super) answers: Vec<AnswerView>,
    pub(super) more_answers: usize,
    /// Why the gravest pairs have the finding's verdict.
    pub(super) grounds: Vec<GroundView>,
    /// Why other pairs have theirs.
    pub(super) other_grounds: Vec<GroundView>,
    pub(super) agreeing: usize,
    /// What recorders would publish of its outcome, and where that stands.
    pub(super) published: Option<(String, String)>,
}

/// What a reviewer decided.
pub(super) struct Ruling {
    pub(super) verdict: &'static str,
    pub(super) words: String,
    pub(super) covers_all: bool,
}

/// One answer.
#[derive(Default)]
pub(super) struct AnswerView {
    pub(super) letter: String,
    pub(super) label: String,
    /// True where it is one of several and has the finding's verdict against another.
    pub(super) gravest: bool,
    pub(super) articles: usize,
    pub(super) origins: usize,
    pub(super) open: Vec<VoiceView>,
    pub(super) folded: Vec<VoiceView>,
    pub(super) more: usize,
}

/// One wording of an answer.
pub(super) struct VoiceView {
    pub(super) claim: String,
    pub(super) speaker: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) carriers: Vec<Carrier>,
    pub(super) more: usize,
}

/// An article that carries a wording.
pub(super) struct Carrier {
    pub(super) name: String,
    pub(super) url: Option<String>,
}

/// Why pairs of answers do not go together.
pub(super) struct GroundView {
    pub(super) verdict: &'static str,
    pub(super) rule: String,
    pub(super) reasons: Vec<Reason>,
    pub(super) more: usize,
}

/// One reason, and the answers that it is about.
pub(super) struct Reason {
    /// The letters of the answers.
    pub(super) pairs: Vec<(String, String)>,
    pub(super) why: String,
}

impl Card {
    pub(super) fn of(question: &Question<'_>, event: Option<&Event>, context: &Context<'_>) -> Self {
        let finding = question.finding;
        let analysis = context.analysis();
        let number = analysis.findings.iter().position(|other| other.id == finding.id).map_or(0, |index| index + 1);
        let shown = question.answers.iter().take(ANSWERS);
        let leads: Vec<Option<Sentence>> = shown.clone().map(|answer| lead(answer).map(Sentence::of)).collect();
        let answers = shown.enumerate().map(|(index, answer)| {
            let others =
                leads.iter().enumerate().filter(|(other, _)| *other != index).filter_map(|(_, lead)| lead.as_ref());
            let grave = |relation: &Relation| {
                relation.verdict == finding.verdict && (relation.a == index || relation.b == index)
            };
            let differing = finding.verdict != Verdict::Agreement && question.answers.len() > 2;
            let gravest = differing && finding.relations.iter().any(grave);
            AnswerView { letter: letter(index), gravest, ..AnswerView::of(answer, others) }
        });
        let (grounds, other_grounds) =
            grounds(finding).into_iter().partition(|ground| ground.verdict == finding.verdict.as_str());
        let claims = || finding.positions.iter().flat_map(|position| analysis.claims_at(&position.claims));
        Self {
            id: finding.id.to_string(),
            number,
            verdict: finding.verdict.as_str(),
            kind: finding.kind.as_str(),
            question: capital(&one_line(question.text)),
            event: event.map(|event| (event.id.to_string(), plain_label(Some(event)))),
            severity: (finding.severity.clamp(0.0, 1.0) * 100.0).round() as u32,
            outlets: context.outlets.numbers(claims()),
            decision: question.decided.map(Ruling::of),
            answers: answers.collect(),
            more_answers: question.answers.len().saturating_sub(ANSWERS),
            grounds,
            other_grounds,
            agreeing: question.agreeing,
            published: event.and_then(|event| super::event::published_of(finding, event, context)),
        }
    }
}

fn lead<'a>(answer: &Answer<'a>) -> Option<&'a Claim> {
    answer.voices.first().map(|voice| voice.claim)
}

impl Ruling {
    fn of(decided: &Decided) -> Self {
        Self {
            verdict: decided.decision.verdict.as_str(),
            words: in_words(&decided.decision),
            covers_all: decided.covers_all,
        }
    }
}

impl AnswerView {
    fn of<'s>(answer: &Answer<'_>, others: impl Iterator<Item = &'s Sentence>) -> Self {
        let mut open: Vec<VoiceView> = answer.voices.iter().take(VOICES).map(VoiceView::of).collect();
        if let (Some(first), Some(claim)) = (open.first_mut(), lead(answer)) {
            let mut sentence = Sentence::of(claim);
            sentence.set_against(others);
            first.pieces = sentence.pieces();
        }
        let folded = if open.len() > OPEN + 1 { open.split_off(OPEN) } else { Vec::new() };
        Self {
            label: one_line(answer.label),
            articles: answer.articles,
            origins: answer.origins,
            open,
            folded,
            more: answer.voices.len().saturating_sub(VOICES),
            ..Self::default()
        }
    }
}

impl VoiceView {
    fn of(voice: &Voice<'_>) -> Self {
        Self {
            claim: voice.claim.id.to_string(),
            speaker: self::voice(voice.claim),
            pieces: Sentence::of(voice.claim).pieces(),
            carriers: voice.articles.iter().take(CARRIERS).map(|article| Carrier::of(article)).collect(),
            more: voice.articles.len().saturating_sub(CARRIERS),
        }
    }
}

impl Carrier {
    pub(super) fn of(article: &Article) -> Self {
        Self { name: outlet_and_day(article), url: web(article) }
    }
}

/// The address of an article, if it is one of the web.
pub(super) fn web(article: &Article) -> Option<String> {
    let url = article.url.as_deref()?;
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme)).then(|| one_line(url))
}

/// What an answer is called: `A` for the first.
fn letter(index: usize) -> String {
    let place = u8::try_from(index % 26).unwrap_or_default();
    let again = if index < 26 { String::new() } else { (index / 26 + 1).to_string() };
    format!("{}{again}", char::from(b'A' + place))
}

/// Why pairs of answers do not agree, by verdict and rule, the gravest first.
fn grounds(finding: &Finding) -> Vec<GroundView> {
    let mut grounds: Vec<GroundView> = Vec::new();
    for relation in gravest_first(finding).into_iter().filter(|relation| relation.verdict != Verdict::Agreement) {
        let (verdict, rule) = (relation.verdict.as_str(), relation.rule.as_str());
        let known = grounds.iter().position(|ground| (ground.verdict, &*ground.rule) == (verdict, rule));
        let ground = known.unwrap_or_else(|| {
            grounds.push(GroundView { verdict, rule: rule.to_owned(), reasons: Vec::new(), more: 0 });
            grounds.len() - 1
        });
        let Some(ground) = grounds.get_mut(ground) else { continue };
        let why = one_line(&relation.why);
        let pair = (letter(relation.a), letter(relation.b));
        match ground.reasons.iter().position(|reason| reason.why == why) {
            Some(known) => ground.reasons[known].pairs.push(pair),
            None if ground.reasons.len() < REASONS => ground.reasons.push(Reason { pairs: vec![pair], why }),
            None => ground.more += 1,
        }
    }
    grounds
}

/// How many findings of each verdict there are, the gravest first, without those of which there are none.
pub(super) fn counts(questions: &[Question<'_>]) -> Vec<(&'static str, String)> {
    let count = |verdict: Verdict| questions.iter().filter(|question| question.finding.verdict == verdict).count();
    let counts = Verdict::ALL.iter().rev().map(|&verdict| (verdict.as_str(), count(verdict)));
    counts.filter(|(_, n)| *n > 0).map(|(verdict, n)| (verdict, number(n as u64))).collect()
}
