//! The rule files: those built into the program, and a user's own laid over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::symbol::nearest;
use crate::error::{Error, Location};

/// How the rules folder is laid out and how to add to it, for people.
pub const GUIDE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/README.md"));

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
            let message = e.message().lines().next().unwrap_or("not valid TOML");
            self.error(e.span().unwrap_or(0..0), message).help(mend(message))
        })
    }
}

/// What to do about a message of the TOML reader.
fn mend(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted[..] {
        [key, ref known @ ..] if message.starts_with("unknown field") => match nearest(key, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("remove it; what can stand here is {}", known.join(", ")),
        },
        [key, ..] if message.starts_with("missing field") => format!("add `{key} = …` here"),
        _ => match message.split_once(", expected ") {
            Some((_, expected)) if message.starts_with("invalid") => format!("write {expected} here"),
            _ => {
                "look for an open quotation mark or bracket before this place; rule files are TOML (toml.io)".to_owned()
            }
        },
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

    /// Every file, in path order.
    pub fn iter(&self) -> impl Iterator<Item = &RuleFile> {
        self.0.values()
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Result<&RuleFile, Error> {
        self.0
            .get(path)
            .ok_or_else(|| Error::new(Location::file(Path::new("rules").join(path)), "this rule file is missing"))
    }
}
