//! How far packed files are opened, how heavy pages and documents may be, how much is read at once, and what of folders and archives is passed over.

use std::num::NonZeroU16;

use serde::Deserialize;

use crate::error::Error;
use crate::rules::RuleFiles;

/// The file that holds it.
const FILE: &str = "input/limits.toml";

/// How far packed files are opened.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Bytes of one packed file, unpacked.
    pub bytes: u64,
    /// Bytes of one file of an archive.
    pub held: u64,
    /// Unpacked bytes for each packed one.
    pub ratio: u64,
    /// From so many unpacked bytes on.
    pub ratio_from: u64,
    /// Files of one archive.
    pub entries: u64,
    /// How many archives may stand in each other, and how many packed streams.
    pub deepest: u8,
}

/// How heavy a saved page may be: readers of pages take much time over some.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PageLimits {
    /// Its bytes.
    pub bytes: usize,
    /// How many elements may stand in each other.
    pub deepest: usize,
    /// Steps that it takes to read it.
    pub steps: u64,
}

/// How much a PDF or DOCX may hold.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentLimits {
    /// Bytes of its parts that are read, unpacked.
    pub bytes: u64,
    /// Bytes of all parts of a PDF, unpacked, the pictures among them.
    pub unpacked: u64,
    /// Bytes of its text.
    pub text: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// Operators of a PDF's pages, or pieces of a DOCX's XML.
    pub steps: u64,
    /// How many forms of a PDF may stand in each other.
    pub deepest: usize,
}

/// What is known of PDF and DOCX.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentRules {
    /// How much they may hold.
    pub limits: DocumentLimits,
    /// Beginnings of titles that programs write where nobody gave one, lower case.
    pub no_title_begins: Vec<Box<str>>,
    /// Ends of such titles, lower case.
    pub no_title_ends: Vec<Box<str>>,
}

/// How much of a text is read at once.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reading {
    /// Words and signs of a sentence; the rest of a longer one is read as further sentences.
    pub sentence: NonZeroU16,
    /// Bytes of a word; a longer one is passed over, and what follows is read as a further sentence.
    pub word: usize,
    /// Signs of a number in figures; a longer one counts nobody.
    pub figures: usize,
    /// The largest number that can count people.
    pub number: u64,
}

/// What of folders and archives is passed over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pass {
    /// Beginnings of file names, lower case, up to the first full stop.
    pub stems: Vec<Box<str>>,
    /// Names of folders.
    pub folders: Vec<Box<str>>,
    /// Endings of the names of folders that belong to a saved page.
    pub of_pages: Vec<Box<str>>,
}

impl Pass {
    /// True for a file that speaks of its folder, and for a hidden one.
    pub fn file(&self, name: &str) -> bool {
        let stem = name.split('.').next().unwrap_or("");
        name.starts_with('.') || self.stems.iter().any(|known| known.eq_ignore_ascii_case(stem))
    }

    /// True for a folder that holds no articles, and for a hidden one.
    pub fn folder(&self, name: &str) -> bool {
        name.starts_with('.') || self.folders.iter().any(|known| **known == *name)
    }

    /// The name, without its ending, of the saved page that a folder would belong to.
    pub fn page_of<'n>(&self, folder: &'n str) -> Option<&'n str> {
        self.of_pages.iter().find_map(|ending| folder.strip_suffix(&**ending))
    }
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct All {
    pub(super) unpack: Limits,
    pub(super) page: PageLimits,
    pub(super) document: DocumentRules,
    pub(super) reading: Reading,
    pub(super) pass: Pass,
}

/// Loads the file.
pub(super) fn load(files: &RuleFiles) -> Result<All, Error> {
    files.get(FILE)?.parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_are_passed_over_by_name() {
        let All { pass, .. } = load(&RuleFiles::built_in()).unwrap();
        for (name, file, folder) in [
            ("README.md", true, false),
            ("readme-first.md", false, false),
            (".git", true, true),
            ("__MACOSX", false, true),
        ] {
            assert_eq!((pass.file(name), pass.folder(name)), (file, folder), "{name}");
        }
        assert_eq!((pass.page_of("Raid_files"), pass.page_of("files")), (Some("Raid"), None));
    }
}
