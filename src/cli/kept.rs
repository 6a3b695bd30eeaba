//! Where decisions are kept: a file beside the articles, or their store; read for every run that compares and written by
//! who decides.

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
#[cfg(feature = "store")]
use crate::store::Store;

/// What reviewers decided and corrected in the articles of these paths.
pub(super) fn of(args: &DecidedArgs, corpus: Corpus<'_>) -> Result<Kept, Error> {
    match &args.decisions {
        _ if args.no_decisions => Ok(Kept::default()),
        Some(file) if file.exists() => Place::File(file.clone()).read(),
        Some(file) => Err(Error::new(Location::file(file), "no such file").help("`gainsay decide` makes one")),
        None => {
            let files: BTreeSet<PathBuf> = corpus.files().filter_map(beside).collect();
            let places = store(corpus).into_iter().chain(files.into_iter().map(Place::File));
            let mut kept = Kept::default();
            for place in places {
                let Kept { decisions, corrections } = place.read()?;
                kept.decisions.extend(decisions);
                kept.corrections.extend(corrections);
            }
            Ok(kept)
        }
    }
}

/// Where decisions are read from and written to.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(PathBuf),
    #[cfg(feature = "store")]
    Store(PathBuf),
}

/// Where decisions on these articles are written to, if there is a place for them.
pub(super) fn place(given: Option<&Path>, corpus: Corpus<'_>) -> Option<Place> {
    let file = given.map(|file| Place::File(file.to_owned()));
    file.or_else(|| store(corpus)).or_else(|| corpus.files().find_map(beside).map(Place::File))
}

/// The store of the articles.
#[cfg(feature = "store")]
fn store(corpus: Corpus<'_>) -> Option<Place> {
    corpus.db.map(|db| Place::Store(db.to_owned()))
}

/// The store of the articles: there is none.
#[cfg(not(feature = "store"))]
fn store(_corpus: Corpus<'_>) -> Option<Place> {
    None
}

impl Place {
    /// The file that messages name.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            #[cfg(feature = "store")]
            Self::Store(path) => path,
        }
    }

    /// What is kept there, as the text of a file; nothing if there is no file.
    pub(super) fn text(&self) -> Result<String, Error> {
        match self {
            Self::File(file) => text(file),
            #[cfg(feature = "store")]
            Self::Store(db) => Store::read(db)?.decisions(),
        }
    }

    /// What is kept there.
    pub(super) fn read(&self) -> Result<Kept, Error> {
        decision::read(self.path(), &self.text()?)
    }

    /// Keeps a text in place of what is there, whole, so that whoever is interrupted leaves the old one.
    pub(super) fn write(&self, text: &str) -> Result<(), Error> {
        match self {
            Self::File(file) => report::write_file(file, |out| out.write_all(text.as_bytes())),
            #[cfg(feature = "store")]
            Self::Store(db) => Store::open(db)?.decide(text),
        }
    }
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
fn text(file: &Path) -> Result<String, Error> {
    match std::fs::read_to_string(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::new(Location::file(file), format!("cannot be read: {error}")))
        }
        text => Ok(text.unwrap_or_default()),
    }
}

/// The day that a new decision is dated with. Nothing else looks at the clock, and reports only at the file.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
