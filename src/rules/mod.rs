//! Rules as data: the files of `rules/`, read, checked and typed before the first article.

pub mod compare;
mod files;
pub mod page;

pub use compare::CompareRules;
pub use files::{RuleFile, RuleFiles};

use crate::error::Error;

/// Every rule, word and threshold, typed and checked.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// What page furniture, date stamps and outlet credits look like.
    pub page: page::PageRules,
    /// How claims are linked, compared and tallied.
    pub compare: CompareRules,
}

impl RuleSet {
    /// Loads and checks rule files; all their errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        match (page::load(files), CompareRules::load(files)) {
            (Ok(page), Ok(compare)) => Ok(Self { page, compare }),
            (page, compare) => Err(page.err().into_iter().chain(compare.err().into_iter().flatten()).collect()),
        }
    }
}
