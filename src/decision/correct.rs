//! Corrections applied to the claims of a run, before these are put together, and those that no longer hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::why_lost;
use super::{About, Correction, Ground};
use crate::claim::{Claim, Content, Party};
use crate::error::Error;
use crate::event::Move;
use crate::rules::RuleSet;
use crate::value::Count;

/// What became of corrections.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    /// Those that hold, each with the index of its claim.
    pub holding: Vec<(usize, Correction)>,
    /// Where claims are put, once all are put together.
    pub moves: Vec<Move>,
    /// A warning for each that no longer holds.
    pub lapsed: Vec<Error>,
}

/// Changes the claims that corrections are about. A correction holds while its claim is there and says what it said; one in
/// an article that was not read is left alone. Of two on one claim the later one holds where they meet.
pub fn correct(
    corrections: &[Correction],
    claims: &mut [Claim],
    documents: &BTreeSet<&str>,
    rules: &RuleSet,
) -> Corrections {
    let mut result = Corrections::default();
    let about = |correction: &Correction| -> Vec<Ground> {
        let event = match &correction.event {
            Some(About::Same(ground)) => Some(ground.clone()),
            _ => None,
        };
        [Some(correction.ground.clone()), event].into_iter().flatten().collect()
    };
    let asked: BTreeSet<Box<str>> = corrections.iter().flat_map(about).map(|ground| ground.document).collect();
    let mut there: BTreeMap<Ground, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate().filter(|(_, claim)| asked.contains(&claim.article.document)) {
        there.entry(Ground::of(claim)).or_default().push(index);
    }
    for correction in corrections.iter().filter(|one| documents.contains(&*one.ground.document)) {
        match one(correction, &there, claims, documents, rules) {
            Ok(found) => result.take(correction, &found),
            Err(why) => result.lapsed.push(lapsed(correction, &why)),
        }
    }
    result
}

/// The claims of a correction, and the one whose event it names.
struct Found {
    claims: Vec<usize>,
    to: Option<Option<usize>>,
}

fn one(
    correction: &Correction,
    there: &BTreeMap<Ground, Vec<usize>>,
    claims: &mut [Claim],
    documents: &BTreeSet<&str>,
    rules: &RuleSet,
) -> Result<Found, String> {
    let lost = |ground: &Ground| why_lost(ground, there.keys(), documents);
    let fields = correction.fields();
    let ground = &correction.ground;
    let found = match there.get(ground) {
        Some(found) => found.clone(),
        // Claims that were written out after they were corrected say so themselves.
        None => {
            let same =
                there.iter().filter(|(there, _)| there.document == ground.document && there.quote == ground.quote);
            let same = same.flat_map(|(_, found)| found).copied();
            let done = |&index: &usize| fields.iter().all(|field| claims[index].corrected.contains(field));
            let done: Vec<usize> = same.filter(done).collect();
            if done.is_empty() || fields.iter().next().is_none() {
                return Err(lost(ground));
            }
            done
        }
    };
    let to = match &correction.event {
        None => None,
        Some(About::Nothing) => Some(None),
        Some(About::Same(other)) => {
            Some(Some(there.get(other).and_then(|found| found.first()).copied().ok_or_else(|| lost(other))?))
        }
    };
    let count = correction.figure.as_deref().map(|words| Count::read(words, &rules.tolerance)).transpose()?;
    let changed: Vec<(usize, Arc<Content>)> = match (count, &correction.figure) {
        (Some(count), Some(words)) => found
            .iter()
            .map(|&index| Ok((index, counting(&claims[index].content, count, words)?)))
            .collect::<Result<_, String>>()?,
        _ => Vec::new(),
    };
    let speaker = correction.speaker.as_deref().map(|name| speaker(name, rules));
    for (index, content) in changed {
        claims[index].content = content;
    }
    for &index in &found {
        let claim = &mut claims[index];
        if let Some(speaker) = &speaker {
            claim.speaker.clone_from(speaker);
            claim.via = Box::default();
        }
        fields.iter().for_each(|field| claim.corrected.insert(field));
    }
    Ok(Found { claims: found, to })
}

impl Corrections {
    fn take(&mut self, correction: &Correction, found: &Found) {
        for &claim in &found.claims {
            self.holding.retain(|(held, before)| *held != claim || before.ground != correction.ground);
            self.holding.push((claim, correction.clone()));
            if let Some(to) = found.to {
                self.moves.retain(|before| before.claim != claim);
                self.moves.push(Move { claim, to });
            }
        }
    }
}

/// The content with another number in it.
fn counting(content: &Content, count: Count, words: &str) -> Result<Arc<Content>, String> {
    let mut content = content.clone();
    match &mut content {
        Content::Casualty(figure) | Content::Strength(figure) => {
            figure.count = count;
            figure.words = words.into();
        }
        _ => return Err(format!("it is a {} claim, which counts nobody", content.kind())),
    }
    Ok(Arc::new(content))
}

/// The speaker of a name; an actor if the rules know a spelling of one.
fn speaker(name: &str, rules: &RuleSet) -> Option<Arc<Party>> {
    let name = name.trim();
    let actor = rules.compare.gazetteer.actor(name).cloned();
    (!name.is_empty()).then(|| Arc::new(Party { text: name.into(), actor }))
}

fn lapsed(correction: &Correction, why: &str) -> Error {
    let Ground { document, quote, .. } = &correction.ground;
    let message = format!("the correction of “{quote}” of `{document}` has lapsed: {why}");
    Error::new(correction.at.clone(), message)
        .help(format!("correct it again, or take it out with `gainsay decide {} --undo`", correction.claim))
}
