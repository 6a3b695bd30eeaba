//! The rule files: those built into the program, and a user's own laid over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::symbol::nearest;
use crate::error::{Error, Location};

/// How the rules folder is laid out and how to add to it, for people.
pub const GUIDE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/README.md"));

/// Files that are read by their name; all others by the folder they stand in.
const NAMED: &[&str] = &[
    "values.toml",
    "audit.toml",
    "page/layout.toml",
    "input/feed.toml",
    "input/languages.toml",
    "input/limits.toml",
    "input/web.toml",
    "compare/events.toml",
    "compare/origins.toml",
    "compare/settings.toml",
    "compare/figure.toml",
    "compare/timing.toml",
    "compare/blame.toml",
    "compare/denial.toml",
    "score/names.toml",
];

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
            _ => "look for an open quotation mark or bracket before this place; the file is TOML (toml.io)".to_owned(),
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

    /// An error for each file that stands where no stage looks for one.
    pub fn strays(&self) -> Vec<Error> {
        let known = |path: &str| {
            ["gazetteer/", "input/fields/", "names/", "outlets/", "page/", "policies/"]
                .iter()
                .any(|folder| path.starts_with(folder))
                || ["/words/", "/shapes/"].iter().any(|folder| path.contains(folder))
                || NAMED.contains(&path)
        };
        let stray = |file: &RuleFile| {
            Error::new(Location::file(&file.shown), "no stage reads a rule file of this path").help(
                "move it to en/words/, en/shapes/, gazetteer/, input/fields/, names/, outlets/, page/ or policies/, or name it like the file of compare/ it \
                 replaces",
            )
        };
        self.iter().filter(|file| !known(&file.path)).map(stray).collect()
    }

    /// True if these files can do without the built-in ones: none of those that are read by their name is missing.
    pub fn is_whole(&self) -> bool {
        NAMED.iter().all(|path| self.0.contains_key(*path))
    }

    /// Stands for the paths and texts of all files.
    pub fn fingerprint(&self) -> u128 {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        for part in self.iter().flat_map(|file| [&file.path, &file.text]) {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.digest128()
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Result<&RuleFile, Error> {
        self.0
            .get(path)
            .ok_or_else(|| Error::new(Location::file(Path::new("rules").join(path)), "this rule file is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_whole_and_stand_where_they_are_read() {
        let files = RuleFiles::built_in();
        assert_eq!(files.strays(), []);
        assert!(files.is_whole() && !RuleFiles::default().is_whole());
    }

    #[test]
    fn a_file_that_nobody_reads_is_an_error() {
        let mut files = RuleFiles::built_in();
        files.insert("shapes/mine.toml", "my/shapes/mine.toml", "");
        assert_eq!(files.strays().len(), 1);
        assert!(files.strays()[0].to_string().starts_with("my/shapes/mine.toml: no stage reads"));
    }

    #[test]
    fn messages_of_the_toml_reader_get_their_mend() {
        for (message, expected) in [
            ("unknown field `abuot`, expected one of `id`, `about`", "did you mean `about`?"),
            ("unknown field `zzz`, expected `id` or `about`", "remove it; what can stand here is id, about"),
            ("missing field `about`", "add `about = …` here"),
            ("invalid type: integer `3`, expected a string", "write a string here"),
        ] {
            assert_eq!(mend(message), expected);
        }
        assert!(mend("unclosed table").contains("open quotation mark"));
    }
}
