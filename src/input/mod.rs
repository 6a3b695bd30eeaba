//! Input: the edge where files, folders and standard input become raw documents, and warnings.

mod amount;
mod decode;
mod records;
mod sources;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Location};
use crate::page::front_matter;
use crate::text::Article;
use amount::Metered;
pub use amount::{Meter, size};
use records::Records;
use sources::Sources;

/// The longest document, in bytes: offsets are 32 bits wide and every stage holds a whole document, while no article
/// comes near this; a longer file is a mistaken path or a corpus in one file.
pub const LONGEST: usize = 64 << 20;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

const SOURCES: &str = "sources.csv";
const TEXT_ENDINGS: [&str; 2] = ["txt", "md"];
const RECORD_ENDINGS: [&str; 2] = ["jsonl", "ndjson"];
/// Files that lie beside articles and speak of the folder.
const NOT_ARTICLES: [&str; 4] = ["readme", "license", "licence", "copying"];

/// A document as it came in: its text, and what its file or record says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// Metadata as given; what is not given is looked for in the text later.
    pub article: Article,
    /// The whole text.
    pub text: String,
}

/// The documents of several paths, one after the other, read as they are asked for.
///
/// An `Err` is a warning about one file, line or row; the documents after it still come.
pub struct Reader<'i> {
    paths: VecDeque<PathBuf>,
    standard_input: Option<Box<dyn BufRead + Send + 'i>>,
    folder: Option<walkdir::IntoIter>,
    records: Option<Records<'i>>,
    sources: BTreeMap<PathBuf, Sources>,
    ready: VecDeque<Result<Raw, Error>>,
    ids: BTreeSet<Box<str>>,
    read: BTreeSet<PathBuf>,
    skipped: usize,
    meter: Meter,
}

impl<'i> Reader<'i> {
    /// A reader of `paths` in their order; [`STANDARD_INPUT`] among them reads `standard_input`.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>, standard_input: impl BufRead + Send + 'i) -> Self {
        Self {
            paths: paths.into_iter().collect(),
            standard_input: Some(Box::new(standard_input)),
            folder: None,
            records: None,
            sources: BTreeMap::new(),
            ready: VecDeque::new(),
            ids: BTreeSet::new(),
            read: BTreeSet::new(),
            skipped: 0,
            meter: Meter::default(),
        }
    }

    /// Number of files in folders that were passed over so far because of their names.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Counts the bytes as they are read from files.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    fn warn(&mut self, error: Error) {
        self.ready.push_back(Err(error));
    }

    fn open(&mut self, path: PathBuf) {
        if path.as_os_str() == STANDARD_INPUT {
            match self.standard_input.take() {
                Some(input) => self.open_standard_input(input),
                None => self.warn(Error::new(Location::file(path), "standard input can be read only once")),
            }
        } else if path.is_dir() {
            self.folder = Some(WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter());
        } else if path.file_name().is_none_or(|name| name != SOURCES) {
            self.open_file(path);
        }
    }

    fn open_standard_input(&mut self, mut input: Box<dyn BufRead + Send + 'i>) {
        let shown = PathBuf::from(STANDARD_INPUT);
        let mut blanks = Vec::new();
        let first = loop {
            match input.fill_buf() {
                Ok([]) => break None,
                Ok(buffer) => match buffer.iter().find(|b| !b.is_ascii_whitespace()) {
                    Some(&first) => break Some(first),
                    None => {
                        let length = buffer.len();
                        blanks.extend_from_slice(buffer);
                        input.consume(length);
                    }
                },
                Err(error) => return self.warn(unreadable(&shown, &error)),
            }
        };
        let input: Box<dyn BufRead + Send + 'i> = Box::new(Cursor::new(blanks).chain(input));
        if first == Some(b'{') {
            self.records = Some(Records::new(input, shown, "stdin".into(), None));
        } else {
            self.open_text(input, shown, "stdin".to_owned(), None);
        }
    }

    fn open_file(&mut self, path: PathBuf) {
        if !self.read.insert(std::path::absolute(&path).unwrap_or_else(|_| path.clone())) {
            return;
        }
        let file = match File::open(&path) {
            Ok(file) => BufReader::new(Metered::new(file, &self.meter)),
            Err(error) => return self.warn(unreadable(&path, &error)),
        };
        let row = self.row_of(&path);
        let stem = path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        if has_ending(&path, &RECORD_ENDINGS) {
            self.records = Some(Records::new(Box::new(file), path, stem.into(), row));
        } else {
            self.open_text(Box::new(file), path, stem, row);
        }
    }

    fn open_text(&mut self, input: Box<dyn BufRead + Send + 'i>, path: PathBuf, id: String, row: Option<Article>) {
        match decode::text(input, &path) {
            Ok(text) => {
                let (article, warning) = described(&text, &path, id, row);
                self.ready.extend(warning.map(Err));
                self.hand_on(Raw { article, text }, Location::file(path));
            }
            Err(error) => self.warn(error),
        }
    }

    /// The row that the file's folder, or a folder above within the same path, holds for it.
    fn row_of(&mut self, path: &Path) -> Option<Article> {
        let mut folder = path.parent()?;
        let mut name = PathBuf::from(path.file_name()?);
        loop {
            self.load_sources(folder);
            if let Some(row) = self.sources.get(folder).and_then(|sources| sources.row(&name)) {
                return Some(row.clone());
            }
            let above = folder.file_name()?;
            name = Path::new(above).join(&name);
            folder = folder.parent()?;
            if !self.sources.contains_key(folder) {
                return None;
            }
        }
    }

    fn load_sources(&mut self, folder: &Path) {
        if self.sources.contains_key(folder) {
            return;
        }
        let (sources, warnings) = Sources::load(&folder.join(SOURCES), folder);
        self.sources.insert(folder.to_owned(), sources);
        self.ready.extend(warnings.into_iter().map(Err));
    }

    fn enter(&mut self, entry: Result<DirEntry, walkdir::Error>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(Path::new("")).to_owned();
                let message = match error.io_error() {
                    Some(cause) => return self.warn(unreadable(&path, cause)),
                    None => "this folder leads back to itself",
                };
                return self.warn(Error::new(Location::file(path), message));
            }
        };
        let name = entry.file_name().to_string_lossy();
        let hidden = entry.depth() > 0 && name.starts_with('.');
        if entry.file_type().is_dir() {
            match &mut self.folder {
                Some(folder) if hidden => folder.skip_current_dir(),
                _ => self.load_sources(entry.path()),
            }
            return;
        }
        if !hidden && is_wanted(entry.path()) {
            self.open_file(entry.into_path());
        } else if name != SOURCES {
            self.skipped += 1;
        }
    }

    /// Makes the document ready, under an id of its own; an empty one is a warning.
    fn hand_on(&mut self, mut raw: Raw, at: Location) {
        if raw.text.trim().is_empty() {
            return self.warn(Error::new(at, "this document is empty"));
        }
        if !self.ids.insert(raw.article.document.clone()) {
            let id = raw.article.document;
            let fresh = (2..).map(|n: u64| format!("{id}~{n}").into_boxed_str()).find(|id| !self.ids.contains(id));
            raw.article.document = fresh.unwrap_or_default();
            self.ids.insert(raw.article.document.clone());
            let message =
                format!("a document before has the id {id:?} too; this one is called {:?}", raw.article.document);
            self.warn(Error::new(at, message).help("give every document an id or file name of its own"));
        }
        self.ready.push_back(Ok(raw));
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if let Some(records) = &mut self.records {
                match records.next() {
                    Some(record) => {
                        self.ready.extend(record.warning.map(Err));
                        if let Some(raw) = record.raw {
                            self.hand_on(raw, record.at);
                        }
                    }
                    None => self.records = None,
                }
            } else if let Some(folder) = &mut self.folder {
                match folder.next() {
                    Some(entry) => self.enter(entry),
                    None => self.folder = None,
                }
            } else {
                let path = self.paths.pop_front()?;
                self.open(path);
            }
        }
    }
}

/// A plain document's metadata: its row's, then its front matter's, with a warning for a date that cannot be read.
fn described(text: &str, path: &Path, id: String, row: Option<Article>) -> (Article, Option<Error>) {
    let mut article = row.unwrap_or_default();
    article.document = id.into();
    let Some(front) = front_matter(text) else { return (article, None) };
    article.title = article.title.or(front.title.map(Into::into));
    article.outlet = article.outlet.or(front.outlet.map(Into::into));
    article.url = article.url.or(front.url.map(Into::into));
    let mut warning = None;
    if let (None, Some(published)) = (article.published, front.published) {
        match decode::date(published) {
            Some(date) => article.published = Some(date),
            None => warning = Some(no_date(Location::line(path, front.published_line), published)),
        }
    }
    (article, warning)
}

fn no_date(at: Location, published: &str) -> Error {
    Error::new(at, format!("{published:?} is no date; the document is read without one"))
        .help("write it as 2023-05-23 or 2023-05-23T07:59:16Z")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let at = Location::file(path);
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::new(at, "no such file or folder").help("check the path"),
        std::io::ErrorKind::PermissionDenied => {
            Error::new(at, "this may not be read").help("give yourself the right to read it")
        }
        _ => Error::new(at, format!("cannot be read: {error}")),
    }
}

/// True for a file of a folder that is read as articles, by its name.
fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or("").to_lowercase();
    let article = has_ending(path, &TEXT_ENDINGS) || has_ending(path, &RECORD_ENDINGS);
    article && !NOT_ARTICLES.contains(&stem.as_str())
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
