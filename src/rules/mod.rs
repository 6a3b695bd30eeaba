//! Rules as data: the files of `rules/`, read, checked and typed before the first article.

pub mod catalogue;
pub mod compare;
mod files;
pub mod gazetteer;
pub mod grammar;
mod known;
pub mod lexicon;
pub mod page;
pub mod pattern;
pub mod symbol;

pub use compare::CompareRules;
pub use files::{GUIDE, RuleFile, RuleFiles};
pub use known::Known;

use crate::error::Error;
use crate::value::{Name, Tolerance};

/// The stages of extraction in the order they run; each reads what those before it found.
pub const STAGES: &[&str] = &["count", "time", "party", "people", "claim"];

/// Every rule, word and threshold, typed and checked.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Names of word classes and mentions.
    pub symbols: symbol::Symbols,
    /// Words and names.
    pub lexicon: lexicon::Lexicon,
    /// Shape rules by stage.
    pub stages: grammar::Stages,
    /// Symbols that code looks for.
    pub known: Known,
    /// How wide qualified numbers are read.
    pub tolerance: Tolerance,
    /// Kinds of actors that can be a side of a conflict.
    pub sides: Vec<Name>,
    /// What page furniture, date stamps and outlet credits look like.
    pub page: page::PageRules,
    /// How claims are linked, compared and tallied.
    pub compare: CompareRules,
}

impl RuleSet {
    /// Loads and checks rule files; all their errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        let strays = files.strays();
        if !strays.is_empty() {
            return Err(strays);
        }
        let mut symbols = symbol::Symbols::default();
        let known = Known::new(&mut symbols);
        let values: ValueFile = files.get("values.toml").and_then(RuleFile::parse).map_err(|e| vec![e])?;
        let mut lexicon = lexicon::Lexicon::load(files, &mut symbols)?;
        let stages = grammar::load(files, &mut symbols, &mut lexicon, STAGES)?;
        let tolerance = Tolerance { about: values.tolerance.about, nearly: values.tolerance.nearly };
        let page = page::load(files).map_err(|error| vec![error])?;
        let compare = CompareRules::load(files)?;
        let sides = values.sides.kinds.iter().map(|k| Name::from(k.as_str())).collect();
        Ok(Self { sides, symbols, lexicon, stages, known, tolerance, page, compare })
    }

    /// The stage of a name; empty if no rule file has one.
    pub fn stage(&self, name: &str) -> &grammar::Stage {
        static EMPTY: std::sync::LazyLock<grammar::Stage> = std::sync::LazyLock::new(grammar::Stage::default);
        self.stages.get(name).unwrap_or(&EMPTY)
    }
}

/// `values.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    tolerance: ToleranceEntry,
    sides: SidesEntry,
}

/// Who can be a side.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SidesEntry {
    kinds: Vec<String>,
}

/// Shares of a number.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceEntry {
    about: f64,
    nearly: f64,
}
