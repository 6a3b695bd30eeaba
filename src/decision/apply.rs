//! Decisions found again among the findings of a run, and those that no longer hold.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, Ground, grounds, of_answer};
use crate::claim::{Claim, Id};
use crate::compare::Finding;
use crate::error::Error;

/// A decision that holds for a finding of this run.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The decision.
    pub decision: Decision,
    /// True if it covers every pair of answers that gives the finding its verdict; new articles may bring others.
    pub covers_all: bool,
}

/// What became of decisions.
#[derive(Clone, Debug, Default)]
pub struct Applied {
    /// Those that hold, by the id of their finding.
    pub decided: BTreeMap<Id, Decided>,
    /// A warning for each that no longer holds.
    pub lapsed: Vec<Error>,
}

/// Finds the findings that decisions are about. A decision holds while every claim it rests on is there and says what it
/// said; a decision on articles of which none was read is left alone. Of two on one finding the later one holds.
pub fn apply(decisions: &[Decision], findings: &[Finding], claims: &[Claim], documents: &BTreeSet<&str>) -> Applied {
    let mut applied = Applied::default();
    let asked: BTreeSet<&str> =
        decisions.iter().flat_map(|decision| &decision.claims).map(|ground| &*ground.document).collect();
    let there = claims.iter().filter(|claim| asked.contains(&*claim.article.document)).map(Ground::of);
    let there: BTreeSet<Ground> = there.collect();
    let answers = |finding: &Finding| -> Vec<BTreeSet<Id>> {
        finding.positions.iter().map(|answer| of_answer(answer, claims).map(|ground| ground.key).collect()).collect()
    };
    let about = |finding: &&Finding| {
        let mut at = finding.positions.iter().flat_map(|answer| &answer.claims).filter_map(|&claim| claims.get(claim));
        at.any(|claim| asked.contains(&*claim.article.document))
    };
    let candidates: Vec<(&Finding, Vec<BTreeSet<Id>>)> = match decisions {
        [] => Vec::new(),
        _ => findings.iter().filter(about).map(|finding| (finding, answers(finding))).collect(),
    };
    for decision in decisions {
        if decision.claims.is_empty() {
            applied.lapsed.push(lapsed(decision, "it names no claims"));
            continue;
        }
        if decision.claims.iter().all(|ground| !documents.contains(&*ground.document)) {
            continue;
        }
        if let Some(lost) = decision.claims.iter().find(|ground| !there.contains(*ground)) {
            applied.lapsed.push(lapsed(decision, &why_lost(lost, there.iter(), documents)));
            continue;
        }
        let keys: BTreeSet<Id> = decision.claims.iter().map(|ground| ground.key).collect();
        let holds = |answers: &[BTreeSet<Id>]| keys.iter().all(|key| answers.iter().any(|answer| answer.contains(key)));
        let fits = candidates.iter().filter(|(finding, answers)| finding.kind == decision.kind && holds(answers));
        let rank = |finding: &Finding| {
            let own = finding.id.to_string() == *decision.finding;
            let grave = || grounds(finding, claims).iter().all(|ground| keys.contains(&ground.key));
            (own, finding.question == *decision.question, grave())
        };
        match fits.rev().max_by_key(|(finding, _)| rank(finding)) {
            Some((finding, answers)) => {
                let covers_all = covers_all(finding, answers, &keys);
                let decided = Decided { decision: decision.clone(), covers_all };
                applied.decided.insert(finding.id, decided);
            }
            None => applied.lapsed.push(lapsed(decision, "its claims are no longer compared with each other")),
        }
    }
    applied
}

/// True if every pair of answers with the finding's verdict has a decided claim on both sides.
fn covers_all(finding: &Finding, answers: &[BTreeSet<Id>], keys: &BTreeSet<Id>) -> bool {
    let known = |index: usize| answers.get(index).is_some_and(|answer| !answer.is_disjoint(keys));
    let mut grave = finding.relations.iter().filter(|relation| relation.verdict == finding.verdict);
    grave.all(|relation| known(relation.a) && known(relation.b))
}

/// Why a claim is not found among those of this run.
pub(super) fn why_lost<'a>(
    lost: &Ground,
    mut there: impl Iterator<Item = &'a Ground>,
    documents: &BTreeSet<&str>,
) -> String {
    let Ground { document, quote, .. } = lost;
    if !documents.contains(&**document) {
        return format!("the article `{document}` was not read");
    }
    match there.any(|ground| ground.document == *document && ground.quote == *quote) {
        true => format!("the claim “{quote}” of `{document}` says something else now"),
        false => format!("the claim “{quote}” of `{document}` is gone"),
    }
}

fn lapsed(decision: &Decision, why: &str) -> Error {
    let message = format!("the decision on “{}” has lapsed: {why}", decision.question);
    Error::new(decision.at.clone(), message)
        .help(format!("decide again, or take it out with `gainsay decide {} --undo`", decision.finding))
}
