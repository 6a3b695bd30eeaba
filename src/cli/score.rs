//! Gold folders: read file by file; one that cannot be read is told and passed over.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Location};
use crate::score::Gold;

/// The file of a gold folder that relates claims.
const RELATIONS: &str = "relations.json";

/// The gold of a folder, and an error for each file that is not used.
pub(super) fn gold(folder: &Path) -> Result<(Gold, Vec<Error>), Error> {
    let unreadable =
        |path: &Path, error: &std::io::Error| Error::new(Location::file(path), format!("cannot be read: {error}"));
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let (mut gold, mut errors) = (Gold::default(), Vec::new());
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error));
        let added = text.and_then(|text| match path.file_name().is_some_and(|name| name == RELATIONS) {
            true => gold.add_relations(&path, &text),
            false => gold.add_document(&path, &text),
        });
        errors.extend(added.err());
    }
    if gold.documents.is_empty() && errors.is_empty() {
        let none = Error::new(Location::file(folder), "no gold files (.json) in this folder");
        return Err(none.help("docs/GOLD.md says how gold files are written"));
    }
    Ok((gold, errors))
}
