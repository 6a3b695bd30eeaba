//! Rules as data: the files of `rules/`, read, checked and typed before the first article.

pub mod compare;
mod files;
pub mod page;

pub use compare::CompareRules;
pub use files::{RuleFile, RuleFiles};

use crate::error::Error;

/// Every rule, word and threshold, typed and checked.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {}

impl RuleSet {
    /// Loads and checks rule files; all their errors at once.
    pub fn load(_files: &RuleFiles) -> Result<Self, Vec<Error>> {
        Ok(Self::default())
    }
}
