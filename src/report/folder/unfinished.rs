//! Files that are being written: under names of their own until they are whole, and gone when that comes to nothing.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

/// What the names of unfinished files begin and end with, and how many signs stand between.
const PREFIX: &str = ".gainsay-";
const SUFFIX: &str = ".tmp";
const SIGNS: usize = 6;

/// The unfinished files of this process. None is begun, kept or given up by anybody who does not hold this.
static UNFINISHED: Mutex<Own> = Mutex::new(Own { files: BTreeMap::new(), begun: 0 });

struct Own {
    files: BTreeMap<u64, TempPath>,
    begun: u64,
}

fn own() -> MutexGuard<'static, Own> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is being written. It is gone when this is dropped, unless it was kept.
///
/// It is locked as long as somebody writes it: so those that a killed process left can be told from those of another
/// that is still at work.
#[derive(Debug)]
pub(super) struct Unfinished {
    file: Option<File>,
    number: u64,
}

impl Unfinished {
    /// A new file in a folder.
    pub(super) fn in_folder(folder: &Path) -> io::Result<Self> {
        let mut own = own();
        loop {
            let mut names = tempfile::Builder::new();
            names.prefix(PREFIX).suffix(SUFFIX).rand_bytes(SIGNS);
            let (file, path) = like_any_other_file(&mut names).tempfile_in(folder)?.into_parts();
            // Whoever cleans up may have come first and taken it for an old one. Not every file system has locks.
            let taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !path.exists();
            if !taken {
                own.begun += 1;
                let number = own.begun;
                own.files.insert(number, path);
                return Ok(Self { file: Some(file), number });
            }
        }
    }

    /// The file, open.
    pub(super) fn file(&mut self) -> io::Result<&mut File> {
        self.file.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Gives whole files their names, one right after the other; they take the places of older ones.
    pub(super) fn keep(files: Vec<(Self, PathBuf)>) -> Result<(), (PathBuf, io::Error)> {
        let mut own = own();
        // Those that are not kept are given up at the end, when nobody holds the list any more.
        let named = files.iter().try_for_each(|(file, path)| match own.files.remove(&file.number) {
            Some(unfinished) => unfinished.persist(path).map_err(|failed| (path.clone(), failed.error)),
            None => Err((path.clone(), io::ErrorKind::NotFound.into())),
        });
        drop(own);
        named
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Some systems remove no file that is open.
        drop(self.file.take());
        drop(own().files.remove(&self.number));
    }
}

/// Gives up every unfinished file of this process, and lets none be begun or kept while `then` runs: for a process that
/// ends before its time.
pub fn abandon<T>(then: impl FnOnce() -> T) -> T {
    let mut own = own();
    own.files.clear();
    then()
}

/// Removes the unfinished files in a folder that nobody writes any more. What cannot be looked at stays.
pub(super) fn clean_up(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| {
            name.len() == PREFIX.len() + SIGNS + SUFFIX.len() && name.starts_with(PREFIX) && name.ends_with(SUFFIX)
        });
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        if let Ok(file) = File::open(&path)
            && file.try_lock().is_ok()
        {
            // Somebody else may have removed it just now.
            let _ = fs::remove_file(&path);
        }
    }
}

/// Temporary files are private; a report is for those whom the user's settings let read new files.
#[cfg(unix)]
fn like_any_other_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn like_any_other_file<'a, 'b, 'c>(builder: &'c mut tempfile::Builder<'a, 'b>) -> &'c mut tempfile::Builder<'a, 'b> {
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_is_written_or_another_s_stays() {
        let root = tempfile::tempdir().unwrap();
        for name in [".gainsay-Ab12Cd.tmp", ".gainsay-notes.txt", ".gainsayignore", "a.tmp"] {
            fs::write(root.path().join(name), "half").unwrap();
        }
        let written = Unfinished::in_folder(root.path()).unwrap();
        assert_eq!(names(root.path()).len(), 5);
        clean_up(root.path());
        let left = names(root.path());
        assert_eq!(left.len(), 4, "{left:?}");
        assert!(!left.iter().any(|name| name.contains("Ab12Cd")), "{left:?}");
        drop(written);
        assert_eq!(names(root.path()), [".gainsay-notes.txt", ".gainsayignore", "a.tmp"]);
    }
}
