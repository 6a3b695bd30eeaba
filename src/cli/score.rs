//! `gainsay score`: what people annotated and the articles in, measures out. A gold file that cannot be read is told and
//! passed over.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::args::{Global, ScoreArgs};
use super::output::listed;
use super::{Corpus, Exit, Stop, load, read_with, warn};
use crate::analysis::Until;
use crate::error::{Error, Location};
use crate::extract::Wanted;
use crate::input::Raw;
use crate::report;
use crate::score::{Gold, Groups, Score};

/// The file of a gold folder that relates claims.
const RELATIONS: &str = "relations.json";

/// Measures the articles against the gold folder, the file of groups, or both.
pub(super) fn run(global: &Global, args: &ScoreArgs) -> Result<Exit, Stop> {
    let rules = load(global)?;
    let groups = args.groups.as_deref().map(groups).transpose()?;
    let (mut gold, mut errors) = args.gold.as_deref().map(gold).transpose()?.unwrap_or_default();
    errors.extend(groups.iter().flat_map(|groups| groups.warnings.iter().cloned()));
    warn(global, &errors);
    let (corpus, seen) = (Corpus::from(&args.stream), |raw: &Raw| gold.locate(&raw.article.document, &raw.text));
    let (analysis, exit) = read_with(global, rules, corpus, Wanted::default(), Until::Comparison, seen)?;
    let unseen = gold.unseen().chain(groups.iter().flat_map(|groups| groups.unknown(analysis)));
    let left_out: Vec<Error> = gold.warnings.iter().cloned().chain(unseen).collect();
    warn(global, &left_out);
    let score = Score::of(analysis, &gold, groups.as_ref(), &rules.score);
    listed(global, &args.stream.out, |format, out| report::write_score(&score, format, out))?;
    Ok(if errors.is_empty() && left_out.is_empty() { exit } else { Exit::Partly })
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::new(Location::file(path), format!("cannot be read: {error}"))
}

/// The groups of a file.
fn groups(file: &Path) -> Result<Groups, Error> {
    let text = fs::read_to_string(file).map_err(|error| {
        unreadable(file, &error).help("give a table with the columns document,group, saved as UTF-8")
    })?;
    Groups::read(file, &text)
}

/// The gold of a folder, and an error for each file that is not used.
fn gold(folder: &Path) -> Result<(Gold, Vec<Error>), Error> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let (mut gold, mut errors) = (Gold::default(), Vec::new());
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error));
        let added = text.and_then(|text| match path.file_name().is_some_and(|name| name == RELATIONS) {
            true => gold.add_relations(&path, &text),
            false => gold.add_document(&path, &text),
        });
        errors.extend(added.err());
    }
    if gold.documents.is_empty() && errors.is_empty() {
        let none = Error::new(Location::file(folder), "no gold files (.json) in this folder");
        return Err(none.help("docs/GOLD.md says how gold files are written"));
    }
    Ok((gold, errors))
}
