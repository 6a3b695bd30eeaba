//! Rule folders: checked with all their examples, and written out to start from.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::Global;
use super::output::{stderr, to_stdout};
use super::{Exit, Stop, errors, rules};
use crate::compare;
use crate::error::{Error, Location};
use crate::extract::trial;
use crate::report::text::counted;
use crate::report::write_file;
use crate::rules::catalogue::{self, Rule};
use crate::rules::{GUIDE, RuleFiles, RuleSet};
use crate::{page, policy};

/// Loads the rules and runs every example; what is wrong goes to standard error, the sum to standard output.
pub(super) fn run(global: &Global, base: RuleFiles, folder: Option<&Path>) -> Result<Exit, Stop> {
    let files = match folder {
        Some(folder) => laid(base, folder)?,
        None => base,
    };
    let (errors, read) = match RuleSet::load(&files) {
        Ok(rules) => (wrong(&rules), Some(read(&rules))),
        Err(errors) => (errors, None),
    };
    let (mut told, colour) = stderr(global.color);
    for error in &errors {
        // The exit status and the sum still tell when nobody listens here.
        let _ = writeln!(told, "{}", errors::render(error, colour));
    }
    let number = if errors.is_empty() { "no errors".to_owned() } else { counted(errors.len(), "error", "errors") };
    let read = read.unwrap_or_else(|| "examples run once the rules load".to_owned());
    to_stdout(|out| writeln!(out, "{}, {read}: {number}", counted(files.iter().count(), "rule file", "rule files")))?;
    Ok(if errors.is_empty() { Exit::Fine } else { Exit::Partly })
}

/// The folder by itself if it is whole, else laid over the base.
fn laid(mut base: RuleFiles, folder: &Path) -> Result<RuleFiles, Error> {
    let mut alone = RuleFiles::default();
    alone.overlay(rules::own(folder)?);
    if alone.is_whole() {
        return Ok(alone);
    }
    base.overlay(alone.iter().cloned());
    Ok(base)
}

fn wrong(rules: &RuleSet) -> Vec<Error> {
    let mut errors = catalogue::check(rules);
    errors.extend(page::check_examples(&rules.page));
    errors.extend(trial::check_examples(rules));
    errors.extend(compare::check_examples(&rules.compare));
    errors.extend(policy::check_examples(&rules.policies, &rules.compare));
    errors
}

fn read(rules: &RuleSet) -> String {
    let number = catalogue::rules(rules).count();
    let examples = catalogue::rules(rules).map(Rule::examples).sum::<usize>() + rules.page.examples.len();
    format!("{}, {}", counted(number, "rule", "rules"), counted(examples, "example", "examples"))
}

/// Writes the rule files and their guide to a folder that is new or empty; their paths.
pub(super) fn export(files: &RuleFiles, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Error::new(Location::file(folder), "this folder is not empty")
            .help("name a new folder, so that no rule of yours is overwritten"));
    }
    let texts = files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
    let mut written = Vec::new();
    for (path, text) in std::iter::once(("README.md", GUIDE)).chain(texts) {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| {
            Error::new(Location::file(parent), format!("cannot make this folder: {error}"))
                .help("name a folder that you may write to")
        })?;
        write_file(&path, |out| out.write_all(text.as_bytes()))?;
        written.push(path);
    }
    Ok(written)
}
