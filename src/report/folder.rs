//! Files written whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{EXPORTERS, Report};
use crate::error::{Error, Location};

/// A file beside its future place, complete but not yet visible under its name.
struct Ready {
    file: NamedTempFile,
    path: PathBuf,
}

impl Ready {
    fn write(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<Self, Error> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let fill = || {
            let mut file = like_any_other_file(tempfile::Builder::new().prefix(".gainsay-")).tempfile_in(folder)?;
            let mut buffer = BufWriter::new(&mut file);
            write(&mut buffer)?;
            buffer.flush()?;
            drop(buffer);
            // What takes the place of an older file has to be on the disk before it does.
            file.as_file().sync_all()?;
            Ok(file)
        };
        let file = fill().map_err(|error| cannot_write(path, &error))?;
        Ok(Self { file, path: path.to_owned() })
    }

    fn keep(self) -> Result<PathBuf, Error> {
        self.file.persist(&self.path).map_err(|failed| cannot_write(&self.path, &failed.error))?;
        Ok(self.path)
    }
}

/// Temporary files are private; a report is for those whom the user's settings let read new files.
#[cfg(unix)]
fn like_any_other_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn like_any_other_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    builder
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    Error::new(Location::file(path), format!("cannot write: {error}"))
        .help("check that the folder exists, that you may write to it and that the disk is not full")
}

/// Writes one file whole, or leaves what was there as it was. A device or a pipe is written to and stays what it is.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        let pass = || {
            let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
            write(&mut out)?;
            out.flush()
        };
        return pass().map_err(|error| cannot_write(path, &error));
    }
    Ready::write(path, write)?.keep().map(drop)
}

/// Writes the files of the given formats into `folder`, made if missing, and returns their paths.
///
/// No file appears under its name before all of them are complete.
pub fn write_folder(folder: &Path, formats: &[&str], report: &Report<'_>) -> Result<Vec<PathBuf>, Error> {
    std::fs::create_dir_all(folder).map_err(|error| cannot_write(folder, &error))?;
    let chosen = EXPORTERS.iter().filter(|exporter| formats.contains(&exporter.format));
    let ready: Vec<Ready> = chosen
        .map(|exporter| Ready::write(&folder.join(exporter.file), |out| (exporter.write)(report, out)))
        .collect::<Result<_, _>>()?;
    ready.into_iter().map(Ready::keep).collect()
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
