//! The `sources.csv` of a folder or an archive: outlet, date, title and address of its files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::{Component, Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder, Trim};

use super::{decode, no_date, unreadable};
use crate::error::{Error, Location};
use crate::text::Article;

/// The name of the file.
pub(super) const SOURCES: &str = "sources.csv";

const FILE: &str = "file";
const COLUMNS: [&str; 5] = [FILE, "outlet", "published", "title", "url"];

/// The rows by the path of their file below the folder.
#[derive(Debug, Default)]
pub(super) struct Sources(BTreeMap<PathBuf, Article>);

/// True for a `sources.csv` in whatever folder of an archive.
pub(super) fn is_sources(name: &str) -> bool {
    name.rsplit(['/', '\\']).next() == Some(SOURCES)
}

impl Sources {
    /// Reads the file at `path` about the files of `folder`; an absent one is empty. Every bad row is one warning.
    pub(super) fn load(path: &Path, folder: &Path) -> (Self, Vec<Error>) {
        let read = |file| decode::bytes(BufReader::new(file), path);
        match File::open(path) {
            Ok(file) => match read(file) {
                Ok(bytes) => Self::of(bytes, path, |file| folder.join(file).exists()),
                Err(error) => (Self::default(), vec![error]),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Default::default(),
            Err(error) => (Self::default(), vec![unreadable(path, &error)]),
        }
    }

    /// The rows of a file's bytes, of which `exists` knows the files.
    pub(super) fn of(bytes: Vec<u8>, path: &Path, exists: impl Fn(&str) -> bool) -> (Self, Vec<Error>) {
        let (mut sources, mut warnings) = (Self::default(), Vec::new());
        sources.read(&decode::without_mark(bytes), path, exists, &mut warnings);
        (sources, warnings)
    }

    /// What the row of `file`, a path below the folder, says.
    pub(super) fn row(&self, file: &Path) -> Option<&Article> {
        self.0.get(file)
    }

    fn read(&mut self, bytes: &[u8], path: &Path, exists: impl Fn(&str) -> bool, warnings: &mut Vec<Error>) {
        let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(bytes);
        let headers = match reader.byte_headers() {
            Ok(headers) => headers.clone(),
            Err(error) => return warnings.push(Error::new(Location::line(path, 1), error.to_string())),
        };
        let column = |name: &str| headers.iter().position(|header| header.eq_ignore_ascii_case(name.as_bytes()));
        let columns = COLUMNS.map(column);
        if columns[0].is_none() {
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                let error = Error::new(Location::line(path, 1), "no column `file`; nothing of this is used");
                warnings.push(error.help(format!("begin with the line {}", COLUMNS.join(","))));
            }
            return;
        }
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(false) => return,
                Ok(true) => {}
                Err(error) => return warnings.push(Error::new(Location::file(path), error.to_string())),
            }
            let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
            let at = Location::line(path, line);
            if record.len() > headers.len() {
                let error = Error::new(at, "this row has more fields than the first line; it is not used");
                warnings.push(error.help("put a field that holds a comma between quotation marks"));
                continue;
            }
            let fields = columns.map(|column| column.and_then(|column| record.get(column)).unwrap_or(b""));
            let texts = fields.map(|field| std::str::from_utf8(field).ok());
            let [Some(file), Some(outlet), Some(published), Some(title), Some(url)] = texts else {
                warnings.push(Error::new(at, "this row is not UTF-8; it is not used").help("save the file as UTF-8"));
                continue;
            };
            if file.is_empty() {
                warnings.push(Error::new(at, "this row names no file").help("fill its column `file`"));
                continue;
            }
            if !exists(file) {
                let error = Error::new(at, format!("no file {file:?} in this folder"));
                warnings.push(error.help("correct the name, or take the row out"));
                continue;
            }
            let date = decode::date(published);
            if date.is_none() && !published.is_empty() {
                warnings.push(no_date(at.clone(), published));
            }
            let said = |text: &str| (!text.is_empty()).then(|| text.into());
            let row = Article {
                outlet: said(outlet),
                published: date,
                title: said(title),
                url: said(url),
                ..Article::default()
            };
            // "./a.txt" is a.txt.
            let below = Path::new(file).components().filter(|part| *part != Component::CurDir).collect();
            if self.0.insert(below, row).is_some() {
                warnings.push(
                    Error::new(at, format!("a second row for {file:?}; this one is used"))
                        .help("keep one row per file"),
                );
            }
        }
    }
}
