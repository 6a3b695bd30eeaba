//! A folder of hostile files, and runs of the program in it that have to end in time and with little memory.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use tempfile::TempDir;

/// No run of these takes longer, on a slow machine and built without optimisation either.
const LONGEST: Duration = Duration::from_secs(90);

/// Kibibytes of address space: more than any of these needs, and less than a bomb would fill.
const MEMORY: u64 = 4 << 20;

/// A folder of files.
pub(crate) struct Place(TempDir);

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(self, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name.as_ref());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Runs the program; it ends in time, without a panic.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let program = env!("CARGO_BIN_EXE_gainsay");
        let mut command = if cfg!(target_os = "linux") {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\""), program]);
            shell
        } else {
            Command::new(program)
        };
        let run = command.current_dir(self.path()).args(arguments).timeout(LONGEST).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("all output is UTF-8");
        let (out, err) = (text(run.stdout), text(run.stderr));
        let status = run.status.code().unwrap_or_else(|| panic!("{arguments:?} did not end in time: {err}"));
        assert!((0..=2).contains(&status) && !err.contains("panicked"), "{arguments:?} ended with {status}: {err}");
        Ended { status, out, err }
    }

    /// Every file below the folder.
    pub(crate) fn all(&self) -> Vec<PathBuf> {
        let below = walkdir::WalkDir::new(self.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        below.map(walkdir::DirEntry::into_path).collect()
    }
}

/// The claims that are read of one file, as `quote`s.
#[track_caller]
pub(crate) fn quotes(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    Place::new().file(name, bytes).run(&["claims", name]).quotes()
}

/// What is told of one file of which nothing is read.
#[track_caller]
pub(crate) fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let ended = Place::new().file(name, bytes).run(&["claims", name]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{name}: {}", ended.err);
    ended.err
}

impl Ended {
    /// The quotes of lines of claims.
    pub(crate) fn quotes(&self) -> Vec<String> {
        let quote = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["quote"].as_str().unwrap().to_owned()
        };
        self.out.lines().map(quote).collect()
    }
}
