//! How much there is to read, and how much of it has been read, for whoever shows progress.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use walkdir::WalkDir;

use super::{STANDARD_INPUT, kind};
use crate::rules::input::Pass;

/// Bytes that a [`Reader`](super::Reader) has read from files so far; copies count the same bytes.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// The bytes so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A file whose bytes are counted as they are read.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, meter: &Meter) -> Self {
        Self { inner, meter: meter.clone() }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// The size of all files that a [`Reader`](super::Reader) of these paths reads, in bytes; `None` if one of them is standard
/// input, which does not tell.
pub fn size(pass: &Pass, paths: &[PathBuf]) -> Option<u64> {
    let mut size = 0;
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            return None;
        }
        let name = |entry: &walkdir::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let entered = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !(entry.file_type().is_dir() && pass.folder(&name(entry)))
        };
        let wanted = |name: &str| kind::by_name(name).is_some() && !pass.file(name);
        let files = WalkDir::new(path).follow_links(true).into_iter().filter_entry(entered).flatten();
        let files = files.filter(|entry| entry.file_type().is_file() && (entry.depth() == 0 || wanted(&name(entry))));
        size += files.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum::<u64>();
    }
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Reader;
    use crate::rules::{RuleFiles, RuleSet};

    #[test]
    fn what_is_read_is_what_there_is_to_read() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("a.txt", "Two people died.");
        put("b.jsonl", "{\"text\": \"Three people died.\"}\n{\"text\": \"Four.\"}\n");
        put("photo.jpg", "not read");
        put(".hidden.txt", "not read");
        put("README.md", "not read");
        let paths = [folder.path().to_owned()];
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let mut reader = Reader::new(&rules, paths.iter().cloned(), io::empty());
        let meter = reader.meter();
        assert_eq!(reader.by_ref().count(), 3);
        assert_eq!((meter.bytes(), size(&rules.input.pass, &paths)), (65, Some(65)));
        assert_eq!(size(&rules.input.pass, &["-".into()]), None);
    }
}
