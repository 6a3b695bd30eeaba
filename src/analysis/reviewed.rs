//! Reviewers' words taken into an analysis: corrections before the claims are put together, decisions once they are compared.

use super::Analysis;
use crate::compare::Finding;
use crate::decision::{self, Correction, Decision, Ground};
use crate::rules::RuleSet;
use crate::value::Judgement;

impl Analysis {
    /// Corrects claims as reviewers did, before any are put together. What no longer holds becomes a warning.
    pub fn correct(&mut self, corrections: &[Correction], rules: &RuleSet) {
        let documents = self.articles.iter().map(|article| &*article.document).collect();
        let made = decision::correct(corrections, &mut self.claims, &documents, rules);
        self.corrected = made.holding;
        self.moves = made.moves;
        self.lapsed.extend(made.lapsed);
    }

    /// Takes in what reviewers decided on findings: what they dismissed goes behind all others, and what no longer holds
    /// becomes a warning.
    pub fn decide(&mut self, decisions: &[Decision]) {
        let documents = self.articles.iter().map(|article| &*article.document).collect();
        let applied = decision::apply(decisions, &self.findings, &self.claims, &documents);
        self.decided = applied.decided;
        self.lapsed.extend(applied.lapsed);
        let (open, dismissed): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.findings).into_iter().partition(|finding| !self.is_dismissed(finding));
        self.findings = open;
        self.findings.extend(dismissed);
    }

    /// True if a reviewer dismissed a finding, and nothing came since that they had not seen.
    pub fn is_dismissed(&self, finding: &Finding) -> bool {
        let decided = self.decided.get(&finding.id);
        decided.is_some_and(|decided| decided.covers_all && decided.decision.verdict == Judgement::Dismissed)
    }

    /// What reviewers corrected in a claim.
    pub fn correction_of(&self, claim: usize) -> Option<&Correction> {
        self.corrected.iter().rev().find(|(corrected, _)| *corrected == claim).map(|(_, correction)| correction)
    }

    /// A claim as it was read, before reviewers corrected it.
    pub fn as_read(&self, claim: usize) -> Option<Ground> {
        let read = || self.claims.get(claim).map(Ground::of);
        self.correction_of(claim).map(|correction| correction.ground.clone()).or_else(read)
    }
}
