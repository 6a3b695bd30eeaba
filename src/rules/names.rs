//! Names that are one however they are spelt: `names/*.toml`, spellings in groups.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{RuleFile, RuleFiles};
use crate::error::Error;

/// The folder of the files; each is of one region.
const FOLDER: &str = "names/";

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    same: Vec<Spanned<Vec<Spanned<String>>>>,
}

/// Spellings of one name.
pub(super) struct Same<'f> {
    /// Where they stand.
    pub(super) file: &'f RuleFile,
    /// The spelling that the others are compared as.
    pub(super) first: String,
    /// The others.
    pub(super) others: Vec<Spanned<String>>,
}

/// Loads and checks the files; all errors at once.
pub(super) fn load(files: &RuleFiles) -> Result<Vec<Same<'_>>, Vec<Error>> {
    let (mut groups, mut errors) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for file in files.below(FOLDER) {
        match file.parse::<File>() {
            Ok(File { same }) => same.into_iter().for_each(|names| match group(file, names, &mut seen) {
                Ok(same) => groups.push(same),
                Err(error) => errors.push(error),
            }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(groups) } else { Err(errors) }
}

fn group<'f>(
    file: &'f RuleFile,
    names: Spanned<Vec<Spanned<String>>>,
    seen: &mut BTreeMap<String, String>,
) -> Result<Same<'f>, Error> {
    let span = names.span();
    let mut names = names.into_inner().into_iter();
    let (Some(first), others) = (names.next(), names.collect::<Vec<_>>()) else {
        return Err(file.error(span, "no name stands in this group").help("write its spellings, or take it out"));
    };
    if others.is_empty() {
        return Err(file.error(span, "one spelling is no group").help("write another spelling behind it"));
    }
    let first_spelling = first.get_ref().clone();
    for name in std::iter::once(&first).chain(&others) {
        if let Some(known) = seen.insert(name.get_ref().clone(), first_spelling.clone()) {
            let message = format!("`{}` is a spelling of `{known}` already", name.get_ref());
            return Err(file.error(name.span(), message).help("put all spellings of a name into one group"));
        }
    }
    Ok(Same { file, first: first_spelling, others })
}
