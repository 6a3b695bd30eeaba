//! The rule files: those built into the program, and a user's own laid over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::error::{Error, Location};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// One rule file: its path below the rules folder (with `/`), the name shown in errors, and its text.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Path below the rules folder, `/` between its parts: `en/words/harm.toml`.
    pub path: String,
    /// How errors name the file.
    pub shown: PathBuf,
    /// Its contents.
    pub text: String,
}

impl RuleFile {
    /// An error about the byte range `span` of this file.
    pub fn error(&self, span: std::ops::Range<usize>, message: impl Into<String>) -> Error {
        Error::new(Location::of(&self.shown, &self.text, span.start, span.end), message)
    }

    /// Reads the file's TOML into `T`; unknown keys and wrong types become errors with their place.
    pub fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, Error> {
        toml::from_str(&self.text).map_err(|e| {
            let message = e.message().lines().next().unwrap_or("not valid TOML").to_owned();
            self.error(e.span().unwrap_or(0..0), message)
        })
    }
}

/// All rule files by path, in path order.
#[derive(Clone, Debug, Default)]
pub struct RuleFiles(BTreeMap<String, RuleFile>);

impl RuleFiles {
    /// The files built into the program.
    pub fn built_in() -> Self {
        let mut files = Self::default();
        let mut folders = vec![&BUILT_IN];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if let (true, Some(text)) = (path.ends_with(".toml"), file.contents_utf8()) {
                    files.insert(&path, Path::new("rules").join(&path), text);
                }
            }
        }
        files
    }

    /// Adds a file, or replaces the one of the same path.
    pub fn insert(&mut self, path: &str, shown: impl Into<PathBuf>, text: &str) {
        let file = RuleFile { path: path.to_owned(), shown: shown.into(), text: text.to_owned() };
        self.0.insert(path.to_owned(), file);
    }

    /// Lays another folder's files over these: a file of the same path replaces, others join.
    pub fn overlay(&mut self, files: impl IntoIterator<Item = RuleFile>) {
        self.0.extend(files.into_iter().map(|file| (file.path.clone(), file)));
    }

    /// The files whose path begins with `folder`, in path order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a RuleFile> {
        self.0.values().filter(move |file| file.path.starts_with(folder))
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Result<&RuleFile, Error> {
        self.0
            .get(path)
            .ok_or_else(|| Error::new(Location::file(Path::new("rules").join(path)), "this rule file is missing"))
    }
}
