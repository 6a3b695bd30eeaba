//! The typed form of `rules/input`: where saved pages and records say what they are, and how far archives are opened.

mod web;

pub use web::{DateRules, Part, Place, WebRules};

use super::RuleFiles;
use crate::error::Error;

/// All rules of what goes in, ready for use.
#[derive(Clone, Debug)]
pub struct InputRules {
    /// Saved web pages.
    pub web: WebRules,
}

impl InputRules {
    /// Reads and checks every file of `rules/input`; the first error, with its place.
    pub fn load(files: &RuleFiles) -> Result<Self, Error> {
        Ok(Self { web: WebRules::load(files)? })
    }
}
