//! Input: the edge where files, folders and standard input become raw documents, and warnings.

mod charset;
mod decode;
mod kind;
mod mime;
mod records;
mod sources;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Location};
use crate::page::front_matter;
use crate::rules::RuleSet;
use crate::text::Article;
use crate::web::{self, About, Told};
use records::Records;
use sources::Sources;

pub use charset::{Charset, Told as CharsetTold};
pub use kind::Kind;

/// The longest document, in bytes: offsets are 32 bits wide and every stage holds a whole document, while no article
/// comes near this; a longer file is a mistaken path or a corpus in one file.
pub const LONGEST: usize = 64 << 20;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

const SOURCES: &str = "sources.csv";
/// Files that lie beside articles and speak of the folder.
const NOT_ARTICLES: [&str; 4] = ["readme", "license", "licence", "copying"];

/// A document as it came in: its text, and what its file or record says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// Metadata as given; what is not given is looked for in the text later.
    pub article: Article,
    /// The whole text; of a saved page the article's alone.
    pub text: String,
    /// How it came in.
    pub found: Found,
}

/// How a document came in, and what is said of it beside what its [`Article`] holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The kind of its file.
    pub kind: Kind,
    /// The character set of its bytes.
    pub charset: Charset,
    /// What a page says of its article, and where.
    pub about: Box<About>,
}

/// The documents of several paths, one after the other, read as they are asked for.
///
/// An `Err` is a warning about one file, line or row; the documents after it still come.
pub struct Reader<'i> {
    rules: &'i RuleSet,
    paths: VecDeque<PathBuf>,
    standard_input: Option<Box<dyn BufRead + Send + 'i>>,
    folder: Option<walkdir::IntoIter>,
    records: Option<Records<'i>>,
    sources: BTreeMap<PathBuf, Sources>,
    ready: VecDeque<Result<Raw, Error>>,
    ids: BTreeSet<Box<str>>,
    read: BTreeSet<PathBuf>,
    skipped: usize,
}

impl<'i> Reader<'i> {
    /// A reader of `paths` in their order; [`STANDARD_INPUT`] among them reads `standard_input`.
    pub fn new(
        rules: &'i RuleSet,
        paths: impl IntoIterator<Item = PathBuf>,
        standard_input: impl BufRead + Send + 'i,
    ) -> Self {
        Self {
            rules,
            paths: paths.into_iter().collect(),
            standard_input: Some(Box::new(standard_input)),
            folder: None,
            records: None,
            sources: BTreeMap::new(),
            ready: VecDeque::new(),
            ids: BTreeSet::new(),
            read: BTreeSet::new(),
            skipped: 0,
        }
    }

    /// Number of files in folders that were passed over so far because of their names.
    pub fn skipped(&self) -> usize {
        self.skipped
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
        let kind = if first == Some(b'{') { Kind::Lines } else { Kind::Text };
        let input: Box<dyn BufRead + Send + 'i> = Box::new(Cursor::new(blanks).chain(input));
        self.open_stream(input, kind, Item { path: shown, id: "stdin".to_owned(), row: None });
    }

    fn open_file(&mut self, path: PathBuf) {
        if !self.read.insert(std::path::absolute(&path).unwrap_or_else(|_| path.clone())) {
            return;
        }
        let file = match File::open(&path) {
            Ok(file) => BufReader::new(file),
            Err(error) => return self.warn(unreadable(&path, &error)),
        };
        let row = self.row_of(&path);
        let id = path.file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        let kind = path.file_name().and_then(|name| kind::by_name(&name.to_string_lossy()));
        self.open_stream(Box::new(file), kind.unwrap_or_default(), Item { path, id, row });
    }

    fn open_stream(&mut self, mut input: Box<dyn BufRead + Send + 'i>, kind: Kind, item: Item) {
        let kind = match input.fill_buf() {
            Ok(head) => kind::corrected(kind, head),
            Err(error) => return self.warn(unreadable(&item.path, &error)),
        };
        if kind == Kind::Lines {
            self.records = Some(Records::new(input, item.path, item.id.into(), item.row));
            return;
        }
        let at = Location::file(&item.path);
        let read = decode::bytes(input, &item.path).and_then(|bytes| match kind {
            Kind::Page => self.page(bytes, &mime::Part::default(), kind, item),
            Kind::Message => match mime::page(&bytes) {
                Some(mut part) => self.page(std::mem::take(&mut part.bytes), &part, kind, item),
                None => Err(Error::new(at.clone(), "no web page stands in this message").help("save the page as HTML")),
            },
            Kind::Text | Kind::Lines => self.text(bytes, item),
        });
        match read {
            Ok(raw) => self.hand_on(raw, at),
            Err(error) => self.warn(error),
        }
    }

    fn text(&mut self, bytes: Vec<u8>, item: Item) -> Result<Raw, Error> {
        let (text, charset) = decode::text(bytes, None, &item.path)?;
        let (article, warning) = described(&text, &item.path, item.id, item.row);
        self.ready.extend(warning.map(Err));
        Ok(Raw { article, text, found: Found { charset, ..Found::default() } })
    }

    /// A saved page as a document; what `sources.csv` says of it wins.
    fn page(&self, bytes: Vec<u8>, said: &mime::Part, kind: Kind, item: Item) -> Result<Raw, Error> {
        let (html, charset) = decode::text(bytes, said.charset.as_deref(), &item.path)?;
        let web::Page { text, about } =
            web::read(&self.rules.input.web, &self.rules.page, &html, said.address.as_deref());
        let mut article = item.row.unwrap_or_default();
        article.document = item.id.into();
        let words = |told: &Option<Told<Box<str>>>| told.as_ref().map(|told| told.value.clone());
        article.title = article.title.or_else(|| words(&about.title));
        article.outlet = article.outlet.or_else(|| words(&about.outlet));
        article.url = article.url.or_else(|| words(&about.url));
        article.published = article.published.or(about.published.as_ref().map(|told| told.value));
        Ok(Raw { article, text, found: Found { kind, charset, about: Box::new(about) } })
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
        let stem = name.split('.').next().unwrap_or("").to_lowercase();
        let wanted = kind::by_name(&name).is_some();
        if wanted && !hidden && !NOT_ARTICLES.contains(&stem.as_str()) {
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

/// A stream of bytes with what is known of it before it is read.
struct Item {
    /// How it is named to people.
    path: PathBuf,
    /// The id of the document in it, or the beginning of the ids of several.
    id: String,
    /// What the folder's `sources.csv` says of it.
    row: Option<Article>,
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
