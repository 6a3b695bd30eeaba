//! `gainsay rules`, and the rules of every run: those built in, with a user's own laid over them.

use std::path::Path;

use walkdir::WalkDir;

use super::args::{Global, RulesArgs, RulesCommand};
use super::output::{of_list, to_stdout, to_stdout_as};
use super::{Exit, Stop, check, listing};
use crate::error::{Error, Location};
use crate::rules::{RuleFile, RuleFiles, RuleSet};

/// Lists the rules, or checks, shows or exports them.
pub(super) fn run(global: &Global, args: &RulesArgs) -> Result<Exit, Stop> {
    let files = files(global.rules.as_deref())?;
    if args.command.is_some() && (args.words || args.format.is_some()) {
        let lists = Error::new(Location::file("gainsay rules"), "`--words` and `--format` belong to the list of rules");
        return Err(lists.help("leave them out, or leave out `check`, `show` or `export`").into());
    }
    match &args.command {
        Some(RulesCommand::Check { folder }) => check::run(global, files, folder.as_deref()),
        Some(RulesCommand::Export { folder }) => {
            let written = check::export(&files, folder)?;
            if !global.quiet {
                to_stdout(|out| written.iter().try_for_each(|path| writeln!(out, "{}", path.display())))?;
            }
            Ok(Exit::Fine)
        }
        Some(RulesCommand::Show { id }) => {
            let rules = RuleSet::load(&files).map_err(Stop::Errors)?;
            let rule = listing::rule(&rules, id)?;
            to_stdout(|out| listing::show(rule, &files, &rules, out))?;
            Ok(Exit::Fine)
        }
        None => {
            let rules = RuleSet::load(&files).map_err(Stop::Errors)?;
            let format = of_list(global, args.format.map(Into::into));
            to_stdout_as(format, |out| listing::list(&rules, args.words, format, out))?;
            Ok(Exit::Fine)
        }
    }
}

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
