//! What a run reads: the articles of a store, those of paths, and files of claims.

use std::path::{Path, PathBuf};

use super::args::review::CorpusArgs;
use super::args::{ExplainArgs, StreamArgs};
use crate::analysis::Source;
use crate::decision::Kept;
use crate::error::Error;
use crate::extract::{Extraction, Wanted};
use crate::input::{Earlier, Nothing, Raw};
use crate::report::Stream;
use crate::rules::RuleSet;
#[cfg(feature = "store")]
use crate::store::{Lines, Store, Stored};
use crate::text::Document;

/// A store, paths of articles, and files of claims from elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corpus<'a> {
    pub(super) db: Option<&'a Path>,
    pub(super) paths: &'a [PathBuf],
    pub(super) claims: &'a [PathBuf],
}

impl<'a> Corpus<'a> {
    /// The articles' files and folders, then the files of claims.
    pub(super) fn files(self) -> impl Iterator<Item = &'a Path> {
        self.paths.iter().chain(self.claims).map(PathBuf::as_path)
    }

    /// The store and the paths, as messages name them.
    pub(super) fn named(self) -> impl Iterator<Item = &'a Path> {
        self.db.into_iter().chain(self.paths.iter().map(PathBuf::as_path))
    }
}

impl<'a> From<&'a CorpusArgs> for Corpus<'a> {
    fn from(args: &'a CorpusArgs) -> Self {
        Self { db: args.db.path(), paths: &args.paths, claims: &args.claims }
    }
}

impl<'a> From<&'a StreamArgs> for Corpus<'a> {
    fn from(args: &'a StreamArgs) -> Self {
        Self { db: args.db.path(), paths: &args.paths, claims: &[] }
    }
}

impl<'a> From<&'a ExplainArgs> for Corpus<'a> {
    fn from(args: &'a ExplainArgs) -> Self {
        Self { db: args.db.path(), paths: &args.paths, claims: &[] }
    }
}

/// An article of a path or of a store.
pub(super) enum Given {
    Raw(Raw),
    #[cfg(feature = "store")]
    Stored(Stored),
}

impl Given {
    /// The article as it came in.
    pub(super) fn raw(&self) -> &Raw {
        match self {
            Self::Raw(raw) => raw,
            #[cfg(feature = "store")]
            Self::Stored(stored) => &stored.raw,
        }
    }
}

impl Source for Given {
    fn bytes(&self) -> usize {
        self.raw().text.len()
    }

    fn known(&self, rules: &RuleSet, wanted: Wanted) -> Option<Extraction> {
        match self {
            Self::Raw(raw) => raw.known(rules, wanted),
            #[cfg(feature = "store")]
            Self::Stored(stored) => stored.known(rules, wanted),
        }
    }

    fn document(self, rules: &RuleSet) -> Document {
        match self {
            Self::Raw(raw) => raw.document(rules),
            #[cfg(feature = "store")]
            Self::Stored(stored) => stored.document(rules),
        }
    }
}

/// The articles of a store, one by one.
type Articles = Box<dyn Iterator<Item = Result<Given, Error>> + Send>;

/// The articles of the store, if one is named.
#[cfg(feature = "store")]
pub(super) fn stored(corpus: Corpus<'_>, rules: &RuleSet) -> Result<Articles, Error> {
    Ok(match corpus.db {
        Some(db) => Box::new(Store::read(db)?.documents(rules)?.map(|document| document.map(Given::Stored))),
        None => Box::new(std::iter::empty()),
    })
}

/// The articles of the store: there is none.
#[cfg(not(feature = "store"))]
pub(super) fn stored(_corpus: Corpus<'_>, _rules: &RuleSet) -> Result<Articles, Error> {
    Ok(Box::new(std::iter::empty()))
}

/// What the articles of paths come after.
pub(super) fn earlier(corpus: Corpus<'_>) -> Result<Box<dyn Earlier + Send>, Error> {
    Ok(match corpus.db {
        #[cfg(feature = "store")]
        Some(db) if !corpus.paths.is_empty() => Box::new(Store::read(db)?.lookup()),
        _ => Box::new(Nothing),
    })
}

/// The lines of a stream as they stand in the store, if these are what a run over its articles would give.
#[cfg(feature = "store")]
pub(super) fn lines(corpus: Corpus<'_>, kept: &Kept, stream: Stream, rules: &RuleSet) -> Result<Option<Lines>, Error> {
    let plain = corpus.files().next().is_none() && kept.decisions.is_empty() && kept.corrections.is_empty();
    let lines = corpus.db.filter(|_| plain).map(|db| Store::read(db)?.lines(stream, rules)).transpose()?;
    Ok(lines.flatten())
}

/// Lines of a store: there is none.
#[cfg(not(feature = "store"))]
pub(super) enum Lines {}

#[cfg(not(feature = "store"))]
impl Lines {
    pub(super) fn write(&self, _out: &mut dyn std::io::Write) -> std::io::Result<()> {
        match *self {}
    }
}

/// The lines of a stream in the store: there is none.
#[cfg(not(feature = "store"))]
pub(super) fn lines(
    _corpus: Corpus<'_>,
    _kept: &Kept,
    _stream: Stream,
    _rules: &RuleSet,
) -> Result<Option<Lines>, Error> {
    Ok(None)
}
