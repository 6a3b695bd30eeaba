//! A published toll as it is written: one line per event, outcome and policy, and per claimant where a policy keeps
//! claimants apart.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Day, Hex, Word};
use crate::analysis::Analysis;
use crate::policy::Published;
use crate::value::{Outcome, PolicyStep};

/// What a recorder would publish of one event and outcome.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "toll")]
pub struct TollLine<'a> {
    /// Id of the event.
    pub event: Hex,
    /// The event in a few words.
    pub event_label: &'a str,
    /// What befell the people.
    pub outcome: Word<Outcome>,
    /// The policy.
    pub policy: &'a str,
    /// Whose line it is, where the policy keeps claimants apart; else null.
    pub claimant: Option<&'a str>,
    /// Lower end of the range; null if none is published.
    pub low: Option<u64>,
    /// The number; null if none is published.
    pub best: Option<u64>,
    /// Upper end of the range; null if none is published, or open.
    pub high: Option<u64>,
    /// The grade, where the policy gives one; else null.
    pub grade: Option<&'a str>,
    /// The last day it is as of; null if unknown.
    pub as_of: Option<Day>,
    /// The step that decided between different numbers; null if there was nothing to decide.
    pub decided: Option<Word<PolicyStep>>,
    /// Accounts that count.
    pub accounts: usize,
    /// Independent origins among them.
    pub origins: usize,
    /// Figures left out.
    pub left_out: usize,
    /// How the number came about, and what disputes it.
    pub note: &'a str,
    /// Policies that publish another number.
    pub differs: Vec<&'a str>,
    /// Ids of the claims that give what is published.
    pub claims: Vec<Hex>,
}

impl<'a> TollLine<'a> {
    /// The line of one published toll.
    pub fn new(analysis: &'a Analysis, published: &'a Published) -> Option<Self> {
        let event = analysis.events.events.get(published.event)?;
        Some(Self {
            event: Hex(event.id),
            event_label: &event.label,
            outcome: Word(published.outcome),
            policy: published.policy.as_str(),
            claimant: published.claimant.as_deref(),
            low: published.low,
            best: published.best,
            high: published.high,
            grade: published.grade.as_ref().map(|grade| grade.as_str()),
            as_of: published.as_of.map(Day),
            decided: published.decided.map(Word),
            accounts: published.accounts,
            origins: published.origins,
            left_out: published.left_out,
            note: &published.note,
            differs: published.differs.iter().map(|policy| policy.as_str()).collect(),
            claims: analysis.claims_at(&published.claims).map(|claim| Hex(claim.id)).collect(),
        })
    }

    /// The lines of all published tolls, in order.
    pub fn of(analysis: &'a Analysis) -> impl Iterator<Item = Self> {
        analysis.published.iter().filter_map(|published| Self::new(analysis, published))
    }
}
