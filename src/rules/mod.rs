//! Rules as data: the files of `rules/`, read, checked and typed before the first article.

pub mod compare;
mod files;
pub mod gazetteer;
pub mod grammar;
mod known;
pub mod lexicon;
pub mod page;
pub mod pattern;
mod plan;
pub mod symbol;

pub use compare::CompareRules;
pub use files::{RuleFile, RuleFiles};
pub use known::Known;
pub use plan::Plan;

use crate::error::Error;
use crate::value::Tolerance;

/// The stages of extraction as rule files name them.
const STAGES: &[&str] = &["count", "time", "party", "people", "claim"];

/// Every rule, word and threshold, typed and checked.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Names of word classes and mentions.
    pub symbols: symbol::Symbols,
    /// Words and names.
    pub lexicon: lexicon::Lexicon,
    /// Shape rules by stage.
    pub stages: Stages,
    /// What must be read of a sentence, by the words it holds.
    pub plan: Plan,
    /// Symbols that code looks for.
    pub known: Known,
    /// How wide qualified numbers are read.
    pub tolerance: Tolerance,
    /// What page furniture, date stamps and outlet credits look like.
    pub page: page::PageRules,
    /// How claims are linked, compared and tallied.
    pub compare: CompareRules,
}

impl RuleSet {
    /// Loads and checks rule files; all their errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        let mut symbols = symbol::Symbols::default();
        let known = Known::new(&mut symbols);
        let values: ValueFile = files.get("values.toml").and_then(RuleFile::parse).map_err(|e| vec![e])?;
        let mut lexicon = lexicon::Lexicon::load(files, &mut symbols)?;
        let mut stages = grammar::load(files, &mut symbols, &mut lexicon, STAGES)?;
        let mut stage = |name| stages.remove(name).unwrap_or_default();
        let stages = Stages {
            count: stage("count"),
            time: stage("time"),
            party: stage("party"),
            people: stage("people"),
            claim: stage("claim"),
        };
        let plan = Plan::new(&stages, &known);
        let tolerance = Tolerance { about: values.tolerance.about, nearly: values.tolerance.nearly };
        let page = page::load(files).map_err(|error| vec![error])?;
        let compare = CompareRules::load(files)?;
        Ok(Self { symbols, lexicon, stages, plan, known, tolerance, page, compare })
    }
}

/// The shape rules of each stage.
#[derive(Clone, Debug, Default)]
pub struct Stages {
    /// Quantities.
    pub count: grammar::Stage,
    /// Time expressions.
    pub time: grammar::Stage,
    /// Somebody who can speak, act or be accused.
    pub party: grammar::Stage,
    /// People as noun phrases count them.
    pub people: grammar::Stage,
    /// Claims and attributions.
    pub claim: grammar::Stage,
}

/// `values.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    tolerance: ToleranceEntry,
}

/// Shares of a number.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceEntry {
    about: f64,
    nearly: f64,
}
