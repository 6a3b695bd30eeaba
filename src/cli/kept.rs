//! Where decisions are kept: a file beside the articles, read for every run that compares and written by who decides.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

use super::Corpus;
use super::args::review::DecidedArgs;
use crate::decision::{self, Kept};
use crate::error::{Error, Location};
use crate::input::STANDARD_INPUT;
use crate::report;

/// What reviewers decided and corrected in the articles of these paths.
pub(super) fn of(args: &DecidedArgs, corpus: Corpus<'_>) -> Result<Kept, Error> {
    match &args.decisions {
        _ if args.no_decisions => Ok(Kept::default()),
        Some(file) if file.exists() => read(file),
        Some(file) => Err(Error::new(Location::file(file), "no such file").help("`gainsay decide` makes one")),
        None => {
            let files: BTreeSet<PathBuf> = corpus.files().filter_map(beside).collect();
            let mut kept = Kept::default();
            for file in files {
                let Kept { decisions, corrections } = read(&file)?;
                kept.decisions.extend(decisions);
                kept.corrections.extend(corrections);
            }
            Ok(kept)
        }
    }
}

/// The file that decisions on these articles are written to, if there is a place for one.
pub(super) fn file(given: Option<&Path>, corpus: Corpus<'_>) -> Option<PathBuf> {
    given.map(Path::to_owned).or_else(|| corpus.files().find_map(beside))
}

/// Where the decisions on a path's articles are kept; nowhere for standard input.
fn beside(path: &Path) -> Option<PathBuf> {
    if path.as_os_str() == STANDARD_INPUT {
        return None;
    }
    let folder = if path.is_dir() { path } else { path.parent()? };
    Some(folder.join(decision::FILE))
}

/// The text of a file; nothing if it is not there.
pub(super) fn text(file: &Path) -> Result<String, Error> {
    match std::fs::read_to_string(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::new(Location::file(file), format!("cannot be read: {error}")))
        }
        text => Ok(text.unwrap_or_default()),
    }
}

/// What a file holds; nothing if it is not there.
pub(super) fn read(file: &Path) -> Result<Kept, Error> {
    decision::read(file, &text(file)?)
}

/// Writes the file whole, so that whoever is interrupted leaves the old one.
pub(super) fn write(file: &Path, text: &str) -> Result<(), Error> {
    report::write_file(file, |out| out.write_all(text.as_bytes()))
}

/// The day that a new decision is dated with. Nothing else looks at the clock, and reports only at the file.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
