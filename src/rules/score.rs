//! What measuring against annotated articles goes by: when two names mean the same, which fields matter most.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::files::RuleFiles;
use crate::error::Error;
use crate::value::{ClaimField, ClaimKind};

/// The file that holds it.
const FILE: &str = "score/names.toml";

/// How claims are compared with annotated ones.
#[derive(Clone, Debug)]
pub struct ScoreRules {
    /// Letters at the beginning of two words that make them the same.
    pub beginning: usize,
    /// Words that tell nothing.
    pub passed_over: BTreeSet<String>,
    /// Spellings and what is read instead.
    pub spellings: BTreeMap<String, String>,
    /// For each word that stands for another the other one.
    pub one: BTreeMap<String, String>,
    /// The fields that must be right by kind of claim.
    pub strict: BTreeMap<ClaimKind, Vec<ClaimField>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    names: RawNames,
    strict: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawNames {
    beginning: usize,
    passed_over: BTreeSet<String>,
    spellings: BTreeMap<String, String>,
    one: BTreeMap<String, Vec<String>>,
}

impl ScoreRules {
    /// Loads and checks the file.
    pub fn load(files: &RuleFiles) -> Result<Self, Error> {
        let file = files.get(FILE)?;
        let RawFile { names, strict } = file.parse()?;
        let word = |word: &Spanned<String>| (word.span(), word.get_ref().clone());
        let mut typed = BTreeMap::new();
        for (kind, fields) in &strict {
            let (at, kind) = word(kind);
            let kind: ClaimKind = kind.parse().map_err(|message: String| file.error(at, message))?;
            let field = |field: &Spanned<String>| {
                let (at, field) = word(field);
                field.parse::<ClaimField>().map_err(|message| file.error(at, message))
            };
            typed.insert(kind, fields.iter().map(field).collect::<Result<_, _>>()?);
        }
        let one = names.one.into_iter().flat_map(|(one, words)| words.into_iter().map(move |word| (word, one.clone())));
        Ok(Self {
            beginning: names.beginning,
            passed_over: names.passed_over,
            spellings: names.spellings,
            one: one.collect(),
            strict: typed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_or_field_is_an_error_with_its_place() {
        for (from, to, expected) in [
            ("timing = [\"time\"]", "timings = [\"time\"]", "`timings` is not one of"),
            ("timing = [\"time\"]", "timing = [\"day\"]", "`day` is not one of"),
        ] {
            let mut files = RuleFiles::built_in();
            let text = files.get(FILE).unwrap().text.replace(from, to);
            files.insert(FILE, "own/names.toml", &text);
            let error = ScoreRules::load(&files).unwrap_err();
            assert!(error.message.starts_with(expected) && error.at.line > 0, "{error}");
        }
    }
}
