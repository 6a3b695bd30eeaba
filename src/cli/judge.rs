//! What a reviewer says, made into what is kept: a decision on a finding, or a correction of a claim.

use jiff::civil::Date;

use super::kept::today;
use crate::analysis::Analysis;
use crate::compare::Finding;
use crate::decision::{self, About, Correction, Decision};
use crate::error::{Error, Location};
use crate::report::{self, Subject};
use crate::value::{Count, Judgement, Tolerance};

/// Why, by whom and when something is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signed<'a> {
    pub(super) why: &'a str,
    pub(super) by: Option<&'a str>,
    /// Today, if it is not said.
    pub(super) on: Option<Date>,
}

/// What is to be changed in a claim.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change<'a> {
    /// How many people, in words.
    pub(super) figure: Option<&'a str>,
    /// Who says it; empty for the outlet itself.
    pub(super) speaker: Option<&'a str>,
    /// The id of an event or of a claim about it, or [`About::NOTHING`].
    pub(super) event: Option<&'a str>,
}

impl Change<'_> {
    /// True if nothing is to be changed.
    pub(super) fn is_empty(&self) -> bool {
        self.figure.is_none() && self.speaker.is_none() && self.event.is_none()
    }
}

/// The finding whose id begins so.
pub(super) fn finding<'a>(analysis: &'a Analysis, id: &str) -> Result<&'a Finding, Error> {
    let finding = match report::subject(analysis, id)? {
        Subject::Finding(index) => analysis.findings.get(index),
        Subject::Claim(_) => None,
    };
    finding.ok_or_else(|| {
        let error = Error::new(Location::file(id), "this is a claim; decisions are on findings");
        error.help("`gainsay findings` of the same articles tells the ids of findings; `--correct` corrects a claim")
    })
}

/// The claim whose id begins so, as an index.
fn claim(analysis: &Analysis, id: &str) -> Result<usize, Error> {
    match report::subject(analysis, id)? {
        Subject::Claim(index) => Ok(index),
        Subject::Finding(_) => {
            let error = Error::new(Location::file(id), "this is a finding; corrections are of claims");
            Err(error.help("`gainsay claims` of the same articles tells the ids of claims"))
        }
    }
}

/// A decision on a finding. One that holds for it already, whatever the finding was called then, is replaced.
pub(super) fn decide(analysis: &Analysis, finding: &Finding, verdict: Judgement, signed: Signed<'_>) -> Decision {
    let before = analysis.decided.get(&finding.id).map(|decided| decided.decision.finding.clone());
    Decision {
        finding: before.unwrap_or_else(|| finding.id.to_string().into()),
        verdict,
        why: signed.why.into(),
        by: signed.by.map(Into::into),
        on: Some(signed.on.unwrap_or_else(today)),
        kind: finding.kind,
        question: (*finding.question).into(),
        claims: decision::grounds(finding, &analysis.claims),
        at: Location::file(decision::FILE),
    }
}

/// A correction of the claim whose id begins so. What was corrected in it before stays, where it is not changed again.
pub(super) fn correct(
    analysis: &Analysis,
    id: &str,
    change: Change<'_>,
    signed: Signed<'_>,
) -> Result<Correction, Error> {
    let index = claim(analysis, id)?;
    let wrong = |message: String| Error::new(Location::file(id), message);
    let (Some(claim), Some(ground)) = (analysis.claims.get(index), analysis.as_read(index)) else {
        return Err(wrong("no such claim".to_owned()));
    };
    if let Some(words) = change.figure {
        if claim.content.figure().is_none() {
            return Err(wrong(format!("this is a {} claim, which counts nobody", claim.content.kind())));
        }
        Count::read(words, &Tolerance { about: 0.0, nearly: 0.0 }).map_err(wrong)?;
    }
    let event = change.event.map(|event| about(analysis, index, event)).transpose()?;
    let before = analysis.correction_of(index);
    let kept = |word: Option<&str>, of: fn(&Correction) -> &Option<Box<str>>| {
        word.map(|word| word.trim().into()).or_else(|| before.and_then(|before| of(before).clone()))
    };
    Ok(Correction {
        claim: before.map_or_else(|| claim.id.to_string().into(), |before| before.claim.clone()),
        ground,
        figure: kept(change.figure, |before| &before.figure),
        speaker: kept(change.speaker, |before| &before.speaker),
        event: event.or_else(|| before.and_then(|before| before.event.clone())),
        why: signed.why.into(),
        by: signed.by.map(Into::into),
        on: Some(signed.on.unwrap_or_else(today)),
        at: Location::file(decision::FILE),
    })
}

/// What happening the words name: none, that of an event's id, or that of a claim's.
fn about(analysis: &Analysis, corrected: usize, words: &str) -> Result<About, Error> {
    let words = words.trim();
    if words == About::NOTHING {
        return Ok(About::Nothing);
    }
    let wanted = words.to_lowercase();
    let mut events = analysis.events.events.iter().filter(|event| event.id.to_string().starts_with(&wanted));
    let other = match (events.next(), events.next()) {
        (Some(event), None) => {
            let others = || event.claims.iter().copied().filter(|&claim| claim != corrected);
            // A claim that stands there by itself holds the event better than one that was put there.
            others().find(|&claim| analysis.moves.iter().all(|put| put.claim != claim)).or_else(|| others().next())
        }
        _ => Some(claim(analysis, words)?),
    };
    let ground = other.filter(|&other| other != corrected).and_then(|other| analysis.as_read(other));
    ground.map(About::Same).ok_or_else(|| {
        Error::new(Location::file(words), "this is the event of the claim alone")
            .help("name another event, a claim that is about it, or `none`")
    })
}
