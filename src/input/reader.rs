//! The reader: paths, folders and archives in their order, and their documents one by one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::amount::{Meter, Metered};
use super::open::Item;
use super::passed::Texts;
use super::records::Records;
use super::sources::Sources;
use super::table::Table;
use super::unpack::Archive;
use super::warc::Warc;
use super::{Kind, Passed, Raw, STANDARD_INPUT, Stream, Why, kind, language, unreadable};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::text::Article;

const SOURCES: &str = "sources.csv";

/// The documents of several paths, one after the other, read as they are asked for.
///
/// An `Err` is a warning about one file, line or row; the documents after it still come.
pub struct Reader<'i> {
    pub(super) rules: &'i RuleSet,
    paths: VecDeque<PathBuf>,
    standard_input: Option<Stream<'i>>,
    /// What is being read, the innermost last.
    pub(super) open: Vec<Open<'i>>,
    sources: BTreeMap<PathBuf, Sources>,
    ready: VecDeque<Result<Raw, Error>>,
    ids: BTreeSet<Box<str>>,
    /// The number that an id had when it came again last.
    again: BTreeMap<Box<str>, u64>,
    read: BTreeSet<PathBuf>,
    skipped: usize,
    meter: Meter,
    texts: Texts,
    /// Documents in languages without rules, and where the first of them lies.
    foreign: BTreeMap<Box<str>, (usize, PathBuf)>,
    /// What was passed over, if that is wanted.
    passed: Option<Vec<Passed>>,
}

/// Something that holds several documents.
pub(super) enum Open<'i> {
    Folder(Box<walkdir::IntoIter>),
    Records(Box<Records<'i>>),
    Table(Box<Table<'i>>),
    Archive(Box<Archive<'i>>, Item),
    Warc(Box<Warc<'i>>, Item),
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
            open: Vec::new(),
            sources: BTreeMap::new(),
            ready: VecDeque::new(),
            ids: BTreeSet::new(),
            again: BTreeMap::new(),
            read: BTreeSet::new(),
            skipped: 0,
            meter: Meter::default(),
            texts: Texts::default(),
            foreign: BTreeMap::new(),
            passed: None,
        }
    }

    /// A reader of one stream that need not be a file; `name` tells its kind and stands for its path.
    pub fn of_stream(rules: &'i RuleSet, name: &str, stream: impl BufRead + Send + 'i) -> Self {
        let mut reader = Self::new(rules, [], std::io::empty());
        let item = Item { named: true, ..Item::new(PathBuf::from(name), name, None) };
        reader.open_stream(Box::new(stream), kind::by_name(name).unwrap_or_default(), item);
        reader
    }

    /// Number of files in folders and archives that were passed over so far because of their names or kinds.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// Counts the bytes as they are read from files.
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// The same reader, keeping what it passes over for [`Reader::take_passed`].
    #[must_use]
    pub fn listing(mut self) -> Self {
        self.passed = Some(Vec::new());
        self
    }

    /// What was passed over since this was asked last; nothing unless the reader is [`Reader::listing`].
    pub fn take_passed(&mut self) -> Vec<Passed> {
        self.passed.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn pass_over(&mut self, path: PathBuf, why: Why, raw: Option<Raw>) {
        self.skipped += usize::from(matches!(why, Why::Name | Why::Empty));
        if let Some(passed) = &mut self.passed {
            passed.push(Passed { path, why, raw: raw.map(Box::new) });
        }
    }

    /// The warning that documents were left alone, once all were seen.
    fn left_alone(&mut self) -> Option<Error> {
        let foreign = std::mem::take(&mut self.foreign);
        let (_, first) = foreign.values().next()?;
        let counted: Vec<String> = foreign.iter().map(|(language, (n, _))| format!("{language}: {n}")).collect();
        let message = format!("documents in languages without rules are left alone ({})", counted.join(", "));
        let error = Error::new(Location::file(first), message);
        Some(error.help("`gainsay inputs` lists them; a folder of rules for a language makes it read"))
    }

    pub(super) fn warn(&mut self, error: Error) {
        self.ready.push_back(Err(error));
    }

    fn open(&mut self, path: PathBuf) {
        if path.as_os_str() == STANDARD_INPUT {
            match self.standard_input.take() {
                Some(input) => self.open_standard_input(input),
                None => self.warn(Error::new(Location::file(path), "standard input can be read only once")),
            }
        } else if path.is_dir() {
            let folder = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
            self.open.push(Open::Folder(Box::new(folder)));
        } else if path.file_name().is_none_or(|name| name != SOURCES) {
            self.open_file(path, true);
        }
    }

    fn open_standard_input(&mut self, mut input: Stream<'i>) {
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
        let input: Stream<'i> =
            if blanks.is_empty() { input } else { Box::new(BufReader::new(Cursor::new(blanks).chain(input))) };
        self.open_stream(input, kind, Item::new(shown, "stdin", None));
    }

    fn open_file(&mut self, path: PathBuf, named: bool) {
        if !self.read.insert(std::path::absolute(&path).unwrap_or_else(|_| path.clone())) {
            return;
        }
        let file = match File::open(&path) {
            Ok(file) => Metered::new(file, &self.meter),
            Err(error) => return self.warn(unreadable(&path, &error)),
        };
        let row = self.row_of(&path);
        let name = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let kind = kind::by_name(&name).unwrap_or_default();
        let item = Item { named, ..Item::new(path, &name, row) };
        if kind == Kind::Zip {
            // A zip file says at its end what it holds, so it is not read from front to back.
            let archive = Archive::zip(Box::new(BufReader::new(file)), &self.rules.input.limits);
            return self.open_archive(archive, item);
        }
        self.open_stream(Box::new(BufReader::new(file)), kind, item);
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
        let pass = &self.rules.input.pass;
        if entry.file_type().is_dir() {
            let of_page = || {
                let page = entry.path().with_file_name(pass.page_of(&name)?);
                let beside = |ending: &str| Path::new(&format!("{}.{ending}", page.display())).is_file();
                ["html", "htm"].into_iter().find(|ending| beside(ending))
            };
            if entry.depth() > 0 && (pass.folder(&name) || of_page().is_some()) {
                if let Some(Open::Folder(folder)) = self.open.last_mut() {
                    folder.skip_current_dir();
                }
            } else {
                self.load_sources(entry.path());
            }
        } else if kind::by_name(&name).is_some() && !pass.file(&name) && name != SOURCES {
            self.open_file(entry.into_path(), false);
        } else if name != SOURCES {
            self.pass_over(entry.into_path(), Why::Name, None);
        }
    }

    /// Makes the document ready, under an id of its own; an empty one is a warning.
    pub(super) fn hand_on(&mut self, mut raw: Raw, at: Location) {
        if raw.text.trim().is_empty() {
            return self.warn(Error::new(at, "this document is empty"));
        }
        raw.found.at = (at.file.clone(), at.line);
        let languages = &self.rules.input.languages;
        let told = language::of(languages, &raw.text);
        raw.found.language = told.map(Into::into);
        if let Some(language) = told.and_then(|told| language::foreign(languages, told, &raw.text)) {
            let language: Box<str> = language.into();
            self.foreign.entry(language.clone()).or_insert_with(|| (0, at.file.clone())).0 += 1;
            return self.pass_over(at.file, Why::Language(language), Some(raw));
        }
        if let Some((id, same)) = self.texts.before(&raw) {
            if same {
                return self.pass_over(at.file, Why::Repeats(id), Some(raw));
            }
            raw.found.repeats = Some(id);
        }
        if !self.ids.insert(raw.article.document.clone()) {
            let id = raw.article.document;
            let from = self.again.get(&id).map_or(2, |last| last + 1);
            let mut ids = (from..).map(|n| (n, format!("{id}~{n}").into_boxed_str()));
            let (number, fresh) = ids.find(|(_, id)| !self.ids.contains(id)).unwrap_or_default();
            self.again.insert(id.clone(), number);
            raw.article.document = fresh;
            self.ids.insert(raw.article.document.clone());
            let message =
                format!("a document before has the id {id:?} too; this one is called {:?}", raw.article.document);
            self.warn(Error::new(at, message).help("give every document an id or file name of its own"));
        }
        self.ready.push_back(Ok(raw));
    }

    /// Goes on with what was opened last; false if it is at its end.
    fn go_on(&mut self) -> bool {
        match self.open.pop() {
            None => return false,
            Some(Open::Folder(mut folder)) => {
                if let Some(entry) = folder.next() {
                    self.open.push(Open::Folder(folder));
                    self.enter(entry);
                }
            }
            Some(Open::Records(mut records)) => {
                if let Some(record) = records.next() {
                    self.open.push(Open::Records(records));
                    self.ready.extend(record.warning.map(Err));
                    if let Some(raw) = record.raw {
                        self.hand_on(raw, record.at);
                    }
                }
            }
            Some(Open::Table(mut table)) => {
                if let Some((at, row)) = table.next() {
                    self.open.push(Open::Table(table));
                    match row {
                        Ok(raw) => self.hand_on(raw, at),
                        Err(error) => self.warn(error),
                    }
                }
            }
            Some(Open::Archive(archive, item)) => self.go_on_archive(archive, item),
            Some(Open::Warc(warc, item)) => self.go_on_warc(warc, item),
        }
        true
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Raw, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if !self.go_on() {
                match self.paths.pop_front() {
                    Some(path) => self.open(path),
                    None => return self.left_alone().map(Err),
                }
            }
        }
    }
}
