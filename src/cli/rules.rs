//! The rules of a run: those built in, with a user's own laid over them.

use std::path::Path;

use walkdir::WalkDir;

use crate::error::{Error, Location};
use crate::rules::{RuleFile, RuleFiles};

/// The built-in rules with the files of the user's folder laid over them.
pub(super) fn files(folder: Option<&Path>) -> Result<RuleFiles, Error> {
    let mut files = RuleFiles::built_in();
    if let Some(folder) = folder {
        files.overlay(own(folder)?);
    }
    Ok(files)
}

/// The rule files of the user's folder; one without any is an error.
pub(super) fn own(folder: &Path) -> Result<Vec<RuleFile>, Error> {
    let own = if folder.is_dir() { below(folder)? } else { Vec::new() };
    if own.is_empty() {
        let message = if folder.is_dir() { "no rule files (.toml) in this folder" } else { "no such folder" };
        return Err(Error::new(Location::file(folder), message).help("give a folder laid out like rules/"));
    }
    Ok(own)
}

/// The rule files below a folder.
fn below(folder: &Path) -> Result<Vec<RuleFile>, Error> {
    let cannot = |path: &Path, error: &dyn std::fmt::Display| {
        Error::new(Location::file(path), format!("cannot be read: {error}"))
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| cannot(error.path().unwrap_or(folder), &error))?;
        let shown = entry.path();
        if entry.file_type().is_file() && shown.extension().is_some_and(|ending| ending == "toml") {
            let text = std::fs::read_to_string(shown).map_err(|error| cannot(shown, &error))?;
            let parts = shown.strip_prefix(folder).unwrap_or(shown).components();
            let path = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.push(RuleFile { path, shown: shown.to_owned(), text });
        }
    }
    Ok(files)
}
