//! The store: articles, their claims and what was found in them, kept in one SQLite file from day to day.
//!
//! An article is kept as it came in, so that it gives the claims that its file would give; its claims are kept as the lines
//! that are printed of them. Both are written at once ([`Adding::add`]). What comes of all articles together is derived from
//! them ([`Store::settle`]) and can be derived again at any time. `docs/STORE.md` shows the tables to those who ask them.

mod add;
mod grow;
mod kept;
mod lookup;
mod read;
mod settle;
mod traces;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior};

use crate::error::{Error, Location};
use crate::rules::RuleSet;

pub use add::{Added, Adding};
pub use lookup::Lookup;
pub use read::{Documents, Lines, Stored};

/// Stands in the file's header, so that any program can tell that it is a store ("gain").
const APPLICATION: i32 = 0x6761_696e;

/// The format of the tables; it counts up when they change.
const FORMAT: i32 = 2;

/// The tables of a new store.
const SCHEMA: &str = include_str!("schema.sql");

/// The program and its sources: another build may read the same text otherwise.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "-", env!("GAINSAY_SOURCES"));

/// How long to wait for another program that writes, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// So many bytes of the file are read without being copied.
const MAPPED: i64 = 1 << 32;

/// What the last settling went by, in `meta`.
const SETTLED: &str = "settled";

/// An open store.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Connection,
}

impl Store {
    /// Opens a store to write to it; it is made if it is not there. Whoever else writes is waited for.
    pub fn create(path: &Path, patience: Duration) -> Result<Self, Error> {
        if fs::metadata(path).is_ok_and(|known| known.is_dir()) {
            let error = Error::new(Location::file(path), "this is a folder, not a store");
            return Err(error.help("name the store first, then the articles: `gainsay add news.db articles/`"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut store = Self::with(path, flags, patience)?;
        if store.is_blank()? {
            store.lay_out()?;
        }
        store.check()?;
        Ok(store)
    }

    /// Opens a store that is there, to write to it.
    pub fn open(path: &Path) -> Result<Self, Error> {
        look(path)?;
        let store = Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX, PATIENCE)?;
        store.check()?;
        Ok(store)
    }

    /// Opens a store that is there, to read it.
    pub fn read(path: &Path) -> Result<Self, Error> {
        look(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut store = Self::with(path, flags, PATIENCE)?;
        // In a folder that may not be written there is no place for locks. Nobody writes to the store there, either.
        let code = store.pragma("user_version").err().and_then(|error| error.sqlite_error_code());
        if matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) && !journal(path).exists() {
            let alone = Self::with(&alone(path), flags | OpenFlags::SQLITE_OPEN_URI, PATIENCE)?;
            store.connection = alone.connection;
        }
        store.check()?;
        Ok(store)
    }

    fn with(path: &Path, flags: OpenFlags, patience: Duration) -> Result<Self, Error> {
        let open = || {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(patience)?;
            if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
                connection.pragma_update(None, "foreign_keys", true)?;
                connection.pragma_update(None, "synchronous", "FULL")?;
                connection.pragma_update(None, "mmap_size", MAPPED)?;
            }
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        let connection = open().map_err(|error| failed(path, error))?;
        Ok(Self { path: path.to_owned(), connection })
    }

    /// True if nothing is in the file.
    fn is_blank(&self) -> Result<bool, Error> {
        let tables = "SELECT count(*) = 0 FROM sqlite_schema";
        let blank =
            || Ok(self.pragma("application_id")? == 0 && self.connection.query_row(tables, (), |row| row.get(0))?);
        blank().map_err(|error| failed(&self.path, error))
    }

    /// Makes the tables, unless another program did in the meantime.
    fn lay_out(&mut self) -> Result<(), Error> {
        let mut lay_out = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if transaction.query_row("SELECT count(*) = 0 FROM sqlite_schema", (), |row| row.get(0))? {
                transaction.execute_batch(SCHEMA)?;
                transaction.pragma_update(None, "application_id", APPLICATION)?;
                transaction.pragma_update(None, "user_version", FORMAT)?;
            }
            transaction.commit()
        };
        lay_out().map_err(|error| failed(&self.path, error))?;
        // Readers need not wait for writers then. Where it cannot be had, or another program is at it, nothing is lost.
        let _ = self.connection.query_row("PRAGMA journal_mode = WAL", (), |_| Ok(()));
        Ok(())
    }

    /// An error unless the file is a store of this format.
    fn check(&self) -> Result<(), Error> {
        let read = || Ok((self.pragma("application_id")?, self.pragma("user_version")?));
        let (application, format) = read().map_err(|error| failed(&self.path, error))?;
        if application != APPLICATION {
            return Err(no_store(&self.path));
        }
        if format == FORMAT {
            return Ok(());
        }
        let newer = format > FORMAT;
        let (age, help) = match newer {
            true => ("a newer", "use the newest gainsay, or make a new store of the articles"),
            false => ("an older", "make a new store of the articles with `gainsay add`"),
        };
        let message = format!("this store was written by {age} gainsay (format {format}, not {FORMAT})");
        Err(Error::new(Location::file(&self.path), message).help(help))
    }

    fn pragma(&self, name: &str) -> rusqlite::Result<i32> {
        self.connection.pragma_query_value(None, name, |row| row.get(0))
    }

    /// Number of articles.
    pub fn articles(&self) -> Result<usize, Error> {
        self.count("SELECT count(*) FROM documents")
    }

    /// Number of claims.
    pub fn claims(&self) -> Result<usize, Error> {
        self.count("SELECT count(*) FROM claims")
    }

    fn count(&self, query: &str) -> Result<usize, Error> {
        self.connection.query_row(query, (), |row| row.get(0)).map_err(|error| failed(&self.path, error))
    }
}

/// An error unless the file can be read.
fn look(path: &Path) -> Result<(), Error> {
    let Err(error) = fs::File::open(path) else { return Ok(()) };
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "no such store".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Err(Error::new(Location::file(path), message).help("`gainsay add DB PATH...` makes one"))
}

/// The file beside a store that holds what is not in it yet.
fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The address of a file that nobody writes to.
fn alone(path: &Path) -> PathBuf {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-~".contains(byte);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let encoded: String =
        bytes.map(|byte| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("file:{encoded}?immutable=1").into()
}

/// The rules and the program as they stand in `rules`.
fn fingerprint(rules: &RuleSet) -> String {
    format!("{:032x}-{PROGRAM}", rules.fingerprint)
}

/// The row of the rules; `None` if nothing was read by them yet.
fn rules_row(connection: &Connection, rules: &RuleSet) -> rusqlite::Result<Option<i64>> {
    let sought = "SELECT id FROM rules WHERE fingerprint = ?1";
    connection.query_row(sought, [fingerprint(rules)], |row| row.get(0)).optional()
}

fn no_store(path: &Path) -> Error {
    let error = Error::new(Location::file(path), "this is no store of articles");
    error.help("name a store that `gainsay add` made, or a file that is not there yet")
}

/// The error of a store that cannot be used.
fn failed(path: &Path, error: rusqlite::Error) -> Error {
    let (message, help) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => return no_store(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ("another program is writing to this store".to_owned(), "run this again when it is done; nothing is lost")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => (
            format!("cannot be opened to write: {error}"),
            "the file and its folder have to be there, and may be written",
        ),
        Some(ErrorCode::DiskFull) => {
            ("there is no room left to write".to_owned(), "make room, and run this again; nothing is lost")
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            (format!("this store is damaged: {error}"), "take the last copy of it, or make a new one of the articles")
        }
        _ => {
            (format!("the store cannot be used: {error}"), "`PRAGMA integrity_check` in `sqlite3` tells what is wrong")
        }
    };
    Error::new(Location::file(path), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_path_whatever_is_in_it() {
        let address = alone(Path::new("/srv/news 50%/ö?.db"));
        assert_eq!(address, Path::new("file:/srv/news%2050%25/%C3%B6%3F.db?immutable=1"));
    }

    #[test]
    fn the_tables_are_made_once_and_names_of_views_can_be_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("news.db");
        drop(Store::create(&path, PATIENCE).unwrap());
        let store = Store::create(&path, PATIENCE).unwrap();
        let views = "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name";
        let mut names = store.connection.prepare(views).unwrap();
        let names: Vec<String> = names.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(names, ["contradictions", "figures", "outlets", "printed_claims"]);
        for name in names {
            assert_eq!(store.count(&format!("SELECT count(*) FROM {name}")), Ok(0), "{name}");
        }
    }
}
