//! Files written whole or not at all.

mod unfinished;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{EXPORTERS, Report};
use crate::error::{Error, Location};
use unfinished::Unfinished;

pub use unfinished::abandon;

/// A file beside its future place, complete but not yet visible under its name.
type Ready = (Unfinished, PathBuf);

fn ready(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Ready, Error> {
    let fill = || {
        let mut unfinished = Unfinished::in_folder(folder_of(path))?;
        let file = unfinished.file()?;
        let mut buffer = BufWriter::new(&mut *file);
        write(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        // What takes the place of an older file has to be on the disk before it does.
        file.sync_all()?;
        Ok(unfinished)
    };
    let file = fill().map_err(|error| cannot_write(path, &error))?;
    Ok((file, path.to_owned()))
}

fn keep(files: Vec<Ready>) -> Result<(), Error> {
    Unfinished::keep(files).map_err(|(path, error)| cannot_write(&path, &error))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    Error::new(Location::file(path), format!("cannot write: {error}"))
        .help("check that the folder exists, that you may write to it and that the disk is not full")
}

/// Writes one file whole, or leaves what was there as it was, whenever the process is killed. A device or a pipe is written
/// to and stays what it is. What a killed process left unfinished in the folder is removed.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let pass = || {
            let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
            write(&mut out)?;
            out.flush()
        };
        return pass().map_err(|error| cannot_write(path, &error));
    }
    unfinished::clean_up(folder_of(path));
    keep(vec![ready(path, write)?])
}

/// Writes the files of the given formats into `folder`, made if missing, and returns their paths.
///
/// No file appears under its name before all of them are complete. A process that is killed while they get their names
/// leaves some old and some new, each of them whole.
pub fn write_folder(folder: &Path, formats: &[&str], report: &Report<'_>) -> Result<Vec<PathBuf>, Error> {
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let chosen = EXPORTERS.iter().filter(|exporter| formats.contains(&exporter.format));
    unfinished::clean_up(folder);
    let files: Vec<Ready> = chosen
        .map(|exporter| ready(&folder.join(exporter.file), |out| (exporter.write)(report, out)))
        .collect::<Result<_, _>>()?;
    let paths = files.iter().map(|(_, path)| path.clone()).collect();
    keep(files)?;
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_folder_is_made_and_holds_the_files_of_the_formats_asked_for() {
        let root = tempfile::tempdir().unwrap();
        let analysis = fixture::analysis();
        let report = Report::new(&analysis);
        let folder = root.path().join("new/reports");
        let written = write_folder(&folder, &["csv"], &report).unwrap();
        assert_eq!(written, ["discrepancies.csv", "claims.csv", "audit.csv"].map(|name| folder.join(name)));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 3);
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("claims.csv");
        std::fs::write(&path, "old").unwrap();
        let failed = write_file(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no space"))
        });
        assert!(failed.unwrap_err().to_string().contains("no space"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_plain_file_is_not_replaced_by_one() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(write_file(&path, |out| out.write_all(b"text")).is_err());
        assert!(!std::fs::metadata(&path).unwrap().is_file());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
