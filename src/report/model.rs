//! The report as people read it: events with their questions, the gravest first, the tolls outlet by outlet, and
//! what could not be used. Formats only lay it out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::text::by_number;
use crate::analysis::Analysis;
use crate::claim::Claim;
use crate::compare::{Finding, Position};
use crate::decision::Decided;
use crate::error::Error;
use crate::event::Event;
use crate::extract::Gap;
use crate::tally::Tally;
use crate::text::Article;
use crate::value::{ClaimKind, DayRange, GapReason, Outcome, Verdict};

/// Everything a report says, in the order in which it says it.
#[derive(Debug)]
pub struct Report<'a> {
    /// What it was made from.
    pub analysis: &'a Analysis,
    /// How much was read and found.
    pub summary: Summary,
    /// Events on which the accounts differ, the gravest first.
    pub disputed: Vec<Section<'a>>,
    /// Events whose questions all have agreeing answers.
    pub agreed: Vec<Section<'a>>,
    /// Questions that reviewers dismissed, with their event, in the order of the findings.
    pub dismissed: Vec<(Option<&'a Event>, Question<'a>)>,
    /// Casualty figures, one table per event, in the order of the sections, then of the input.
    pub tolls: Vec<Toll<'a>>,
    /// What could not be used.
    pub unused: Unused<'a>,
}

/// Numbers of things read and found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Articles read.
    pub articles: usize,
    /// Outlets named by them.
    pub outlets: usize,
    /// First and last day of publication known.
    pub published: Option<DayRange>,
    /// Claims of each kind, in the order of the vocabulary.
    pub claims: Vec<(ClaimKind, usize)>,
    /// Events told.
    pub events: usize,
    /// Findings of each verdict, the gravest first; without those that reviewers dismissed.
    pub findings: Vec<(Verdict, usize)>,
}

/// One event and the questions about it.
#[derive(Debug)]
pub struct Section<'a> {
    /// The event; `None` only where a finding names one that is not there.
    pub event: Option<&'a Event>,
    /// Articles whose claims are about it.
    pub articles: usize,
    /// Outlets among them.
    pub outlets: usize,
    /// Its questions, the gravest first.
    pub questions: Vec<Question<'a>>,
}

/// One question with its answers.
#[derive(Debug)]
pub struct Question<'a> {
    /// The finding laid out.
    pub finding: &'a Finding,
    /// What a reviewer decided on it.
    pub decided: Option<&'a Decided>,
    /// The question without the event's own label, which stands above it.
    pub text: &'a str,
    /// The answers.
    pub answers: Vec<Answer<'a>>,
    /// Why pairs of answers are not an agreement, the gravest first.
    pub grounds: Vec<Ground<'a>>,
    /// Number of pairs of answers that agree.
    pub agreeing: usize,
}

/// One answer and those who give it.
#[derive(Debug)]
pub struct Answer<'a> {
    /// In a few words.
    pub label: &'a str,
    /// Who gives it, in order of publication.
    pub voices: Vec<Voice<'a>>,
    /// Number of articles that carry it.
    pub articles: usize,
    /// Number of independent origins among them.
    pub origins: usize,
}

/// One sentence that gives an answer for one speaker, and the articles that carry it word for word.
#[derive(Debug)]
pub struct Voice<'a> {
    /// The earliest claim of this sentence.
    pub claim: &'a Claim,
    /// The articles, in order of publication, each once.
    pub articles: Vec<&'a Article>,
}

/// The pairs of answers on which one rule decided alike.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The verdict.
    pub verdict: Verdict,
    /// The rule that gave it.
    pub rule: &'a str,
    /// Its reasons, each once.
    pub reasons: Vec<&'a str>,
}

/// The casualty figures of one event.
#[derive(Debug)]
pub struct Toll<'a> {
    /// The event.
    pub event: &'a Event,
    /// The outcomes told, in the order of the vocabulary: the columns.
    pub outcomes: Vec<Outcome>,
    /// One row per article, in order of publication.
    pub rows: Vec<TollRow<'a>>,
}

/// One article's figures for one event.
#[derive(Debug)]
pub struct TollRow<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its figure for each outcome of the table.
    pub cells: Vec<Option<&'a Tally>>,
}

/// What could not be read, dated or placed.
#[derive(Debug)]
pub struct Unused<'a> {
    /// What the reader could not read.
    pub warnings: &'a [Error],
    /// Articles that lack something the comparison needs, in the order of the input.
    pub lacking: Vec<Lacking<'a>>,
    /// Claims that belong to no event.
    pub without_event: usize,
    /// Sentences that gave no claim, by reason, the most frequent first.
    pub gaps: Vec<Missed<'a>>,
}

/// The sentences that gave no claim for one reason.
#[derive(Debug)]
pub struct Missed<'a> {
    /// The reason.
    pub reason: GapReason,
    /// Number of sentences.
    pub sentences: usize,
    /// The first one, with its article.
    pub example: Option<(&'a Article, &'a Gap)>,
}

/// An article and what it lacks.
#[derive(Debug)]
pub struct Lacking<'a> {
    /// The article.
    pub article: &'a Article,
    /// `claims`, `date`, `outlet`.
    pub what: Vec<&'static str>,
}

impl<'a> Report<'a> {
    /// Lays out an analysis.
    pub fn new(analysis: &'a Analysis) -> Self {
        let (agreed, disputed): (Vec<_>, Vec<_>) =
            sections(analysis).into_iter().partition(|section| section.gravest() == Verdict::Agreement);
        let order = disputed.iter().chain(&agreed).filter_map(|section| section.event);
        Self {
            tolls: tolls(analysis, order),
            summary: summary(analysis),
            disputed,
            agreed,
            dismissed: dismissed(analysis),
            unused: unused(analysis),
            analysis,
        }
    }
}

impl Section<'_> {
    /// The gravest verdict of its questions.
    pub fn gravest(&self) -> Verdict {
        self.questions.iter().map(|question| question.finding.verdict).max().unwrap_or(Verdict::Agreement)
    }

    /// Number of its questions with a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.questions.iter().filter(|question| question.finding.verdict == verdict).count()
    }
}

fn count_by<T: Copy + PartialEq>(all: impl Iterator<Item = T>, values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = values.map(|value| (value, 0)).collect();
    for one in all {
        if let Some((_, count)) = counts.iter_mut().find(|(value, _)| *value == one) {
            *count += 1;
        }
    }
    counts
}

fn summary(analysis: &Analysis) -> Summary {
    let articles = &analysis.articles;
    let outlets: BTreeSet<&str> = articles.iter().filter_map(|article| article.outlet.as_deref()).collect();
    let published = articles.iter().filter_map(|article| article.published).map(DayRange::day);
    let kinds = analysis.claims.iter().map(|claim| claim.content.kind());
    let open = analysis.findings.iter().filter(|finding| !analysis.is_dismissed(finding));
    let verdicts = open.map(|finding| finding.verdict);
    Summary {
        articles: articles.len(),
        outlets: outlets.len(),
        published: published.reduce(DayRange::hull),
        claims: count_by(kinds, ClaimKind::ALL.iter().copied()),
        events: analysis.events.events.len(),
        findings: count_by(verdicts, Verdict::ALL.iter().rev().copied()),
    }
}

fn dismissed(analysis: &Analysis) -> Vec<(Option<&Event>, Question<'_>)> {
    let dismissed = analysis.findings.iter().filter(|finding| analysis.is_dismissed(finding));
    dismissed.map(|finding| (analysis.events.events.get(finding.event), question(analysis, finding))).collect()
}

fn sections(analysis: &Analysis) -> Vec<Section<'_>> {
    let mut by_event: BTreeMap<usize, Vec<Question<'_>>> = BTreeMap::new();
    for finding in analysis.findings.iter().filter(|finding| !analysis.is_dismissed(finding)) {
        by_event.entry(finding.event).or_default().push(question(analysis, finding));
    }
    let mut sections: Vec<Section<'_>> = by_event
        .into_iter()
        .map(|(index, questions)| {
            let event = analysis.events.events.get(index);
            let claims = event.map_or(&[][..], |event| &event.claims);
            let articles: BTreeSet<usize> = claims.iter().map(|&claim| analysis.article_of(claim)).collect();
            let outlets: BTreeSet<&str> =
                analysis.claims_at(claims).filter_map(|claim| claim.article.outlet.as_deref()).collect();
            Section { event, articles: articles.len(), outlets: outlets.len(), questions }
        })
        .collect();
    let gravity =
        |section: &Section<'_>| Verdict::ALL.iter().rev().map(|&verdict| section.count(verdict)).collect::<Vec<_>>();
    sections.sort_by_key(|section| Reverse(gravity(section)));
    sections
}

fn question<'a>(analysis: &'a Analysis, finding: &'a Finding) -> Question<'a> {
    let label = analysis.events.events.get(finding.event).map_or("", |event| &event.label);
    let text =
        finding.question.strip_suffix(label).map_or(&*finding.question, |rest| rest.trim_end_matches([',', ':', ' ']));
    let mut grounds: Vec<Ground<'_>> = Vec::new();
    for relation in finding.relations.iter().filter(|relation| relation.verdict != Verdict::Agreement) {
        let (verdict, rule) = (relation.verdict, relation.rule.as_str());
        match grounds.iter_mut().find(|ground| (ground.verdict, ground.rule) == (verdict, rule)) {
            Some(ground) if ground.reasons.contains(&&*relation.why) => {}
            Some(ground) => ground.reasons.push(&relation.why),
            None => grounds.push(Ground { verdict, rule, reasons: vec![&relation.why] }),
        }
    }
    grounds.sort_by_key(|ground| Reverse(ground.verdict));
    let agreeing = finding.relations.iter().filter(|relation| relation.verdict == Verdict::Agreement).count();
    Question {
        finding,
        decided: analysis.decided.get(&finding.id),
        text: if text.is_empty() { &finding.question } else { text },
        answers: finding.positions.iter().map(|position| answer(analysis, position)).collect(),
        grounds,
        agreeing,
    }
}

/// Articles in order of publication, those without a date last.
fn by_day(article: &Article) -> (bool, Option<jiff::civil::Date>) {
    (article.published.is_none(), article.published)
}

fn answer<'a>(analysis: &'a Analysis, position: &'a Position) -> Answer<'a> {
    let mut claims: Vec<&Claim> = analysis.claims_at(&position.claims).collect();
    claims.sort_by_key(|claim| by_day(&claim.article));
    let mut voices: Vec<Voice<'_>> = Vec::new();
    let mut wordings: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for claim in claims {
        let article: &Article = &claim.article;
        let speaker = claim.speaker.as_ref().map(|speaker| &*speaker.text);
        let voice = *wordings.entry((&claim.sentence, speaker)).or_insert(voices.len());
        match voices.get_mut(voice) {
            Some(known) if known.articles.last().is_some_and(|last| last.document == article.document) => {}
            Some(known) => known.articles.push(article),
            None => voices.push(Voice { claim, articles: vec![article] }),
        }
    }
    Answer { label: &position.label, voices, articles: position.articles, origins: position.origins.len() }
}

fn tolls<'a>(analysis: &'a Analysis, first: impl Iterator<Item = &'a Event>) -> Vec<Toll<'a>> {
    let mut by_event: BTreeMap<usize, BTreeMap<usize, Vec<&Tally>>> = BTreeMap::new();
    for tally in &analysis.tallies {
        if let Some(event) = tally.event {
            by_event.entry(event).or_default().entry(tally.document).or_default().push(tally);
        }
    }
    let rank: BTreeMap<_, usize> = first.enumerate().map(|(rank, event)| (event.id, rank)).collect();
    let toll = |(event, rows): (usize, BTreeMap<usize, Vec<&'a Tally>>)| {
        let event = analysis.events.events.get(event)?;
        let told: BTreeSet<Outcome> = rows.values().flatten().map(|tally| tally.outcome).collect();
        let outcomes: Vec<Outcome> = told.into_iter().collect();
        let row = |(article, tallies): (usize, Vec<&'a Tally>)| {
            let cell = |outcome: &Outcome| tallies.iter().copied().find(|tally| tally.outcome == *outcome);
            let article = analysis.articles.get(article)?;
            Some(TollRow { article, cells: outcomes.iter().map(cell).collect() })
        };
        let mut rows: Vec<TollRow<'_>> = rows.into_iter().filter_map(row).collect();
        rows.sort_by_key(|row| by_day(row.article));
        Some(Toll { event, outcomes, rows })
    };
    let mut tolls: Vec<Toll<'_>> = by_event.into_iter().filter_map(toll).collect();
    tolls.sort_by_key(|toll| rank.get(&toll.event.id).copied().unwrap_or(usize::MAX));
    tolls
}

fn unused(analysis: &Analysis) -> Unused<'_> {
    let lacking = analysis.articles.iter().enumerate().map(|(index, article)| {
        let lacks = [
            ("claims", analysis.claims_of.get(index).is_none_or(Range::is_empty)),
            ("date", article.published.is_none()),
            ("outlet", article.outlet.is_none()),
        ];
        let what = lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what).collect();
        Lacking { article, what }
    });
    Unused {
        warnings: &analysis.warnings,
        lacking: lacking.filter(|article| !article.what.is_empty()).collect(),
        without_event: analysis.events.of.iter().filter(|event| event.is_none()).count(),
        gaps: by_number(&analysis.coverage).map(|(reason, sentences)| missed(analysis, reason, sentences)).collect(),
    }
}

fn missed(analysis: &Analysis, reason: GapReason, sentences: usize) -> Missed<'_> {
    let example = analysis.gaps.iter().find(|(_, gap)| gap.reason == reason);
    let example = example.and_then(|(article, gap)| Some((&**analysis.articles.get(*article)?, gap)));
    Missed { reason, sentences, example }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::fixture;

    #[test]
    fn copies_of_one_sentence_are_one_wording_carried_by_several_articles() {
        let mut analysis = fixture::analysis();
        let mut copy = analysis.claims[0].clone();
        copy.article = Arc::new(Article { document: "d".into(), ..Article::default() });
        analysis.articles.push(Arc::clone(&copy.article));
        analysis.claims_of.push(2..3);
        analysis.claims.push(copy);
        let position = &mut analysis.findings[0].positions[0];
        position.claims.push(2);
        position.articles = 2;
        let report = Report::new(&analysis);
        let answer = &report.disputed[0].questions[0].answers[0];
        assert_eq!((answer.voices.len(), answer.articles), (1, 2));
        let carriers: Vec<&str> = answer.voices[0].articles.iter().map(|article| &*article.document).collect();
        assert_eq!(carriers, ["a", "d"]);
    }

    #[test]
    fn the_question_leaves_out_the_label_that_stands_above_it() {
        assert_eq!(Report::new(&fixture::analysis()).disputed[0].questions[0].text, "killed, soldiers of Armenia");
    }

    #[test]
    fn an_event_whose_answers_agree_is_not_among_the_disputed() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].verdict = Verdict::Agreement;
        let report = Report::new(&analysis);
        assert_eq!((report.disputed.len(), report.agreed.len()), (0, 1));
    }

    #[test]
    fn tolls_stand_in_order_of_publication_with_a_column_for_each_outcome_told() {
        let mut analysis = fixture::analysis();
        analysis.tallies.reverse();
        let report = Report::new(&analysis);
        let rows: Vec<&str> = report.tolls[0].rows.iter().map(|row| &*row.article.document).collect();
        assert_eq!((rows, &report.tolls[0].outcomes[..]), (vec!["a", "b"], &[Outcome::Killed][..]));
    }
}
