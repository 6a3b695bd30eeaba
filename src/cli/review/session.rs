//! One review: the claims as they were read, the file of decisions, and what comes of both.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Until};
use crate::claim::Claim;
use crate::cli::judge::{self, Change, Signed};
use crate::cli::kept::Place;
use crate::decision::{self, About, Correction, Decision, Kept};
use crate::error::{Error, Location};
use crate::report::html::{PageOptions, ReviewHook, write};
use crate::report::{Report, text::voice};
use crate::rules::RuleSet;
use crate::value::Judgement;

const SCRIPT: &str = include_str!("assets/review.js");
const STYLE: &str = include_str!("assets/review.css");

/// Events that a claim can be put to; more would not be looked through.
const EVENTS: usize = 2000;

/// The articles as they were read, and what reviewers make of them.
pub(super) struct Session {
    rules: &'static RuleSet,
    /// The claims before anything is corrected or put together.
    base: Analysis,
    place: Place,
    /// The file's text as it was taken in.
    text: String,
    kept: Kept,
    /// The claims as they are corrected, compared.
    compared: Analysis,
    /// The same with what was decided. It alone holds the texts of the articles.
    analysis: Analysis,
    /// What was done in this run, the last one last, with what stood there before.
    done: Vec<Done>,
    by: Option<String>,
}

/// What was changed, and what stood there before.
enum Done {
    Decision(Box<str>, Option<Decision>),
    Correction(Box<str>, Option<Correction>),
}

/// A decision on a finding, as the page sends it.
#[derive(Debug, Deserialize)]
pub(super) struct Decide {
    finding: String,
    verdict: String,
    why: String,
    #[serde(default)]
    by: Option<String>,
}

/// A correction of a claim, as the page sends it; what is left out stays.
#[derive(Debug, Deserialize)]
pub(super) struct Correct {
    claim: String,
    #[serde(default)]
    figure: Option<String>,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default)]
    event: Option<String>,
    why: String,
    #[serde(default)]
    by: Option<String>,
}

/// What is to be taken back: what was said of a finding or a claim, by the id under which it is kept, else the last thing.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Undo {
    #[serde(default)]
    id: Option<String>,
}

/// What is kept, for the page's list.
#[derive(Debug, Serialize)]
pub(super) struct State<'a> {
    decisions: Vec<DecisionState<'a>>,
    corrections: Vec<CorrectionState<'a>>,
    lapsed: Vec<String>,
    /// Who decides, if the command line says so.
    by: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct DecisionState<'a> {
    id: &'a str,
    /// The finding it holds for.
    finding: Option<String>,
    verdict: &'static str,
    question: &'a str,
    why: &'a str,
    by: Option<&'a str>,
    /// Its line in the file; what stands last was added last.
    line: usize,
}

#[derive(Debug, Serialize)]
struct CorrectionState<'a> {
    id: &'a str,
    /// The claims it holds for.
    claims: Vec<String>,
    quote: &'a str,
    document: &'a str,
    changes: Vec<String>,
    why: &'a str,
    by: Option<&'a str>,
    line: usize,
}

/// A claim as the form for its correction shows it.
#[derive(Debug, Serialize)]
pub(super) struct ClaimState<'a> {
    id: String,
    kind: &'static str,
    quote: &'a str,
    voice: String,
    /// `null` where nobody is counted.
    figure: Option<&'a str>,
    speaker: Option<&'a str>,
    event: Option<String>,
    events: Vec<(String, &'a str)>,
}

impl Session {
    /// Takes in the file and compares. `base` holds the claims of the articles and nothing more.
    pub(super) fn open(
        rules: &'static RuleSet,
        mut base: Analysis,
        place: Place,
        by: Option<String>,
    ) -> Result<Self, Error> {
        let analysis = Analysis { texts: std::mem::take(&mut base.texts), ..Analysis::default() };
        let mut session = Self {
            rules,
            base,
            place,
            text: String::new(),
            kept: Kept::default(),
            compared: Analysis::default(),
            analysis,
            done: Vec::new(),
            by,
        };
        let text = session.place.text()?;
        let kept = decision::read(session.place.path(), &text)?;
        session.compare(&kept);
        session.decided(text, kept);
        Ok(session)
    }

    /// What was found.
    pub(super) fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// Takes in what others wrote to the file since.
    pub(super) fn refresh(&mut self) -> Result<(), Error> {
        let text = self.place.text()?;
        if text == self.text { Ok(()) } else { self.take(text) }
    }

    /// Compares the claims again under the file's text. A text that cannot be read changes nothing.
    fn take(&mut self, text: String) -> Result<(), Error> {
        let kept = decision::read(self.place.path(), &text)?;
        if kept.corrections != self.kept.corrections {
            self.compare(&kept);
        }
        self.decided(text, kept);
        Ok(())
    }

    /// Compares the claims as they are corrected.
    fn compare(&mut self, kept: &Kept) {
        self.compared = self.base.clone();
        self.compared.correct(&kept.corrections, self.rules);
        self.compared.proceed(self.rules, Until::Policies);
    }

    /// Takes in what is decided.
    fn decided(&mut self, text: String, kept: Kept) {
        let texts = std::mem::take(&mut self.analysis.texts);
        self.analysis = Analysis { texts, ..self.compared.clone() };
        self.analysis.decide(&kept.decisions);
        (self.kept, self.text) = (kept, text);
    }

    /// Writes the file, and goes on from there.
    fn keep(&mut self, text: String) -> Result<(), Error> {
        self.place.write(&text)?;
        self.take(text)
    }

    /// The page with the script that reviews.
    pub(super) fn page(&self, token: &str) -> std::io::Result<Vec<u8>> {
        let review = Some(ReviewHook { script: SCRIPT, style: STYLE, token });
        let mut page = Vec::new();
        write(&Report::new(&self.analysis), &PageOptions { review }, &mut page)?;
        Ok(page)
    }

    /// Keeps a decision.
    pub(super) fn decide(&mut self, said: &Decide) -> Result<(), Error> {
        self.refresh()?;
        let verdict: Judgement = said.verdict.parse().map_err(|message| wrong(&said.finding, message))?;
        let finding = judge::finding(&self.analysis, &said.finding)?;
        let signed = signed(&said.finding, &said.why, said.by.as_deref().or(self.by.as_deref()))?;
        let decided = judge::decide(&self.analysis, finding, verdict, signed);
        let before = self.kept.decisions.iter().find(|before| before.finding == decided.finding).cloned();
        self.keep(decision::add(self.place.path(), &self.text, &decided)?)?;
        self.done.push(Done::Decision(decided.finding, before));
        Ok(())
    }

    /// Keeps a correction.
    pub(super) fn correct(&mut self, said: &Correct) -> Result<(), Error> {
        self.refresh()?;
        let change =
            Change { figure: said.figure.as_deref(), speaker: said.speaker.as_deref(), event: said.event.as_deref() };
        if change.is_empty() {
            return Err(wrong(&said.claim, "nothing is changed".to_owned()));
        }
        let signed = signed(&said.claim, &said.why, said.by.as_deref().or(self.by.as_deref()))?;
        let correction = judge::correct(&self.analysis, &said.claim, change, signed)?;
        let before = self.kept.corrections.iter().find(|before| before.claim == correction.claim).cloned();
        self.keep(decision::add_correction(self.place.path(), &self.text, &correction)?)?;
        self.done.push(Done::Correction(correction.claim, before));
        Ok(())
    }

    /// Takes back what the page names. The last thing done in this run becomes what it was before; of earlier runs the last
    /// thing in the file is taken out.
    pub(super) fn undo(&mut self, what: &Undo) -> Result<(), Error> {
        self.refresh()?;
        let (file, text) = (self.place.path(), &self.text);
        let text = match (&what.id, self.done.last(), self.last()) {
            (Some(id), ..) => self.without(id)?,
            (None, Some(Done::Decision(_, Some(before))), _) => decision::add(file, text, before)?,
            (None, Some(Done::Correction(_, Some(before))), _) => decision::add_correction(file, text, before)?,
            (None, Some(Done::Decision(id, None) | Done::Correction(id, None)), _) => self.without(id)?,
            (None, None, Some(id)) => self.without(id)?,
            (None, None, None) => return Err(wrong("undo", "nothing is decided or corrected".to_owned())),
        };
        match &what.id {
            Some(id) => self.done.retain(|done| match done {
                Done::Decision(done, _) | Done::Correction(done, _) => **done != **id,
            }),
            None => drop(self.done.pop()),
        }
        self.keep(text)
    }

    /// The id of what stands last in the file.
    fn last(&self) -> Option<&str> {
        let decisions = self.kept.decisions.iter().map(|one| (one.at.line, &*one.finding));
        let corrections = self.kept.corrections.iter().map(|one| (one.at.line, &*one.claim));
        decisions.chain(corrections).max().map(|(_, id)| id)
    }

    /// The file's text without what is kept under an id; one that is gone already is no error.
    fn without(&self, id: &str) -> Result<String, Error> {
        match self.kept.corrections.iter().any(|correction| &*correction.claim == id) {
            true => decision::remove_correction(self.place.path(), &self.text, id),
            false if self.kept.decisions.is_empty() => Ok(self.text.clone()),
            false => decision::remove(self.place.path(), &self.text, id),
        }
    }

    /// What is kept.
    pub(super) fn state(&self) -> State<'_> {
        let analysis = &self.analysis;
        let of_decision = |one: &'_ Decision| {
            let mut holding = analysis.decided.iter().filter(|(_, decided)| decided.decision.finding == one.finding);
            holding.next().map(|(finding, _)| finding.to_string())
        };
        let of_correction = |one: &Correction| {
            let holding = analysis.corrected.iter().filter(|(_, held)| held.claim == one.claim);
            holding.filter_map(|(index, _)| Some(analysis.claims.get(*index)?.id.to_string())).collect()
        };
        State {
            decisions: self
                .kept
                .decisions
                .iter()
                .map(|one| DecisionState {
                    id: &one.finding,
                    finding: of_decision(one),
                    verdict: one.verdict.as_str(),
                    question: &one.question,
                    why: &one.why,
                    by: one.by.as_deref(),
                    line: one.at.line,
                })
                .collect(),
            corrections: self
                .kept
                .corrections
                .iter()
                .map(|one| CorrectionState {
                    id: &one.claim,
                    claims: of_correction(one),
                    quote: &one.ground.quote,
                    document: &one.ground.document,
                    changes: changes(one),
                    why: &one.why,
                    by: one.by.as_deref(),
                    line: one.at.line,
                })
                .collect(),
            lapsed: analysis.lapsed.iter().map(ToString::to_string).collect(),
            by: self.by.as_deref(),
        }
    }

    /// A claim by its whole id.
    pub(super) fn claim(&self, id: &str) -> Option<ClaimState<'_>> {
        let analysis = &self.analysis;
        let (index, claim): (usize, &Claim) =
            analysis.claims.iter().enumerate().find(|(_, claim)| claim.id.to_string() == id)?;
        let events = analysis.events.events.iter().take(EVENTS);
        Some(ClaimState {
            id: claim.id.to_string(),
            kind: claim.content.kind().as_str(),
            quote: claim.quote(),
            voice: voice(claim),
            figure: claim.content.figure().map(|figure| &*figure.words),
            speaker: claim.speaker.as_deref().map(|speaker| &*speaker.text),
            event: analysis.event_of(index).map(|event| event.id.to_string()),
            events: events.map(|event| (event.id.to_string(), &*event.label)).collect(),
        })
    }
}

/// What a correction changes, in words.
fn changes(correction: &Correction) -> Vec<String> {
    let figure = correction.figure.as_deref().map(|figure| format!("figure: {figure}"));
    let speaker = correction.speaker.as_deref().map(|speaker| match speaker {
        "" => "speaker: the outlet itself".to_owned(),
        name => format!("speaker: {name}"),
    });
    let event = correction.event.as_ref().map(|event| match event {
        About::Same(ground) => format!("event: that of “{}” in {}", ground.quote, ground.document),
        About::Nothing => format!("event: {}", About::NOTHING),
    });
    [figure, speaker, event].into_iter().flatten().collect()
}

/// Why and by whom; a reason has to be there.
fn signed<'a>(id: &str, why: &'a str, by: Option<&'a str>) -> Result<Signed<'a>, Error> {
    let why = why.trim();
    if why.is_empty() {
        return Err(wrong(id, "a reason is needed".to_owned()));
    }
    Ok(Signed { why, by: by.map(str::trim).filter(|by| !by.is_empty()), on: None })
}

fn wrong(id: &str, message: String) -> Error {
    Error::new(Location::file(id), message)
}
