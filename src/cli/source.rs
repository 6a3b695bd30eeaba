//! Where documents and rules come from: the paths of the command line.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::error::{Error, Location};
use crate::rules::{RuleFile, RuleFiles};
use crate::text::{Article, Document, Span};

/// The error for a path that is not there.
pub(super) fn missing(path: &Path) -> Error {
    Error::new(Location::file(path), "no such file or folder")
        .help("check the spelling, or give `-` for standard input")
}

/// The built-in rules with the files of the user's folder laid over them.
pub(super) fn rule_files(folder: Option<&Path>) -> Result<RuleFiles, Error> {
    let mut files = RuleFiles::built_in();
    if let Some(folder) = folder {
        if !folder.is_dir() {
            return Err(Error::new(Location::file(folder), "no such folder")
                .help("give the folder that holds your rule files to `--rules`"));
        }
        let own = entries(folder)
            .filter(|entry| entry.as_ref().map_or(true, |path| path.extension().is_some_and(|e| e == "toml")))
            .map(|path| path.and_then(|path| rule_file(folder, path)));
        files.overlay(own.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(files)
}

fn rule_file(folder: &Path, shown: PathBuf) -> Result<RuleFile, Error> {
    let text = std::fs::read_to_string(&shown).map_err(|error| unreadable(&shown, &error))?;
    let below = shown.strip_prefix(folder).unwrap_or(&shown);
    let path = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    Ok(RuleFile { path, shown, text })
}

/// The files below a folder, in the order of their names.
fn entries(folder: &Path) -> impl Iterator<Item = Result<PathBuf, Error>> {
    WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(|entry| match entry {
        Ok(entry) => entry.file_type().is_file().then(|| Ok(entry.into_path())),
        Err(error) => Some(Err(Error::new(
            Location::file(error.path().unwrap_or(Path::new(""))),
            format!("cannot read: {error}"),
        ))),
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Location::file(path), format!("cannot read: {error}"))
}

/// The documents of files, folders and standard input, in the order given.
pub(super) fn documents(paths: &[PathBuf]) -> impl Iterator<Item = Result<Document, Error>> {
    paths.iter().flat_map(|path| -> Box<dyn Iterator<Item = Result<Document, Error>>> {
        if path.is_dir() {
            let articles = entries(path).filter(|entry| {
                entry.as_ref().map_or(true, |path| path.extension().is_some_and(|e| e == "txt" || e == "md"))
            });
            Box::new(articles.map(|path| path.and_then(|path| document(&path))))
        } else {
            Box::new(std::iter::once(document(path)))
        }
    })
}

fn document(path: &Path) -> Result<Document, Error> {
    let mut text = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| unreadable(path, &error))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let article = Arc::new(Article { document: stem.as_ref().into(), ..Article::default() });
    Ok(Document { article, body: vec![Span::new(0, text.len())], headline: None, text })
}
