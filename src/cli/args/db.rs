//! The flags of commands that keep articles in a store or take them from one.

#[cfg(feature = "store")]
use std::path::PathBuf;

use std::path::Path;

#[cfg(feature = "store")]
use clap::ValueHint;

/// What can stand in for paths of articles.
pub(super) const ALONE: &[&str] = if cfg!(feature = "store") { &["db"] } else { &[] };

/// What can stand in for them where claims are compared.
pub(super) const OR_CLAIMS: &[&str] = if cfg!(feature = "store") { &["claims", "db"] } else { &["claims"] };

/// What `decide` can do.
pub(super) const ACTS: &[&str] = match cfg!(feature = "store") {
    true => &["dismiss", "confirm", "correct", "undo", "list", "import", "export"],
    false => &["dismiss", "confirm", "correct", "undo", "list"],
};

/// Decisions that go from a file to a store, or from there to a file.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct MovedArgs {
    /// Keep the decisions and corrections of a file in the store, beside those that are there
    #[cfg(feature = "store")]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "db")]
    pub(in crate::cli) import: Option<PathBuf>,
    /// Write the decisions and corrections of the store to a file
    #[cfg(feature = "store")]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "db")]
    pub(in crate::cli) export: Option<PathBuf>,
}

/// Where articles are taken from beside paths.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DbArgs {
    /// Take the articles of this store; those of PATH come after them (`gainsay add --help`)
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DB", value_hint = ValueHint::FilePath)]
    db: Option<PathBuf>,
}

impl DbArgs {
    /// The store.
    #[cfg(feature = "store")]
    pub(in crate::cli) fn path(&self) -> Option<&Path> {
        self.db.as_deref()
    }

    /// The store: there is none.
    #[cfg(not(feature = "store"))]
    pub(in crate::cli) fn path(&self) -> Option<&Path> {
        None
    }
}

#[cfg(feature = "store")]
pub(super) const ADD_EXAMPLES: &str = "\
Examples:
  gainsay add news.db articles/
  gainsay add news.db monday.jsonl crawl.warc.gz feed.xml
  gainsay findings --db news.db
  gainsay report --db news.db -o report/
  gainsay findings --db news.db tonight.txt
  gainsay add news.db --settle

The store is an SQLite file, made if it is not there. It keeps the articles, their claims and what
comes of all of them together, for every command that takes `--db`; what these print is what a run
over all the articles at once prints, in whatever order they came. docs/STORE.md shows its tables.

An article that is there already, by its id and text, is passed over and counted. Another text under
the same id is kept beside the first one, as `ID~2`. The ids of new articles are printed once they are
safe on the disk, but for a terminal: who is interrupted just adds again. With other rules, or another
version of the program, the claims of all articles are read anew.

New articles are compared with those they have to do with, so that one more costs the same in a large
store as in a small one. Some reach too far for that: it is told, commands with `--db`
reckon with it all the same, and `--settle` brings the tables up to date.

Decisions and corrections live in the store, too. `gainsay decide --db news.db` takes a file of them
in with `--import FILE`, and out with `--export FILE`.";

/// What is added where.
#[cfg(feature = "store")]
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct AddArgs {
    /// The store; made if it is not there
    #[arg(value_name = "DB", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) db: PathBuf,
    /// Files or folders of articles: text, saved pages, feeds, JSON, CSV, packed or not; `-` is standard input
    #[arg(required_unless_present = "settle", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Bring the tables of events and findings up to date, however many articles have to be compared anew for it
    #[arg(long)]
    pub(in crate::cli) settle: bool,
    /// How long to wait for another program that writes to the store
    #[arg(long, value_name = "SECONDS", default_value_t = crate::store::PATIENCE.as_secs())]
    pub(in crate::cli) wait: u64,
}
