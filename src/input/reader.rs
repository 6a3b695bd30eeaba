//! The reader: paths, folders and archives in their order, and their documents one by one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::amount::{Meter, Metered};
use super::ignored::{self, Ignored};
use super::open::Item;
use super::pages::Page;
use super::records::Records;
use super::seen::{Earlier, Nothing, Seen, Taken};
use super::sources::{SOURCES, Sources, is_sources};
use super::table::Table;
use super::unpack::Archive;
use super::warc::Warc;
use super::{Kind, LONGEST, Passed, Raw, STANDARD_INPUT, Stream, Why, kind, language, unreadable};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::text::Article;

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
    pub(super) ignored: Ignored,
    /// Saved pages that were not read yet. They come after what is ready, and before all else.
    pub(super) pages: Vec<Page>,
    ready: VecDeque<Result<Raw, Error>>,
    read: BTreeSet<PathBuf>,
    pub(super) skipped: usize,
    meter: Meter,
    /// The documents so far; nothing where somebody else keeps count of them.
    seen: Option<Seen>,
    earlier: Box<dyn Earlier + Send + 'i>,
    /// Documents in languages without rules, and where the first of them lies.
    pub(super) foreign: BTreeMap<Box<str>, (usize, PathBuf)>,
    /// Documents of kinds that this build does not read, and where the first of them lies.
    pub(super) unread: BTreeMap<&'static str, (usize, PathBuf)>,
    /// What was passed over, if that is wanted.
    pub(super) passed: Option<Vec<Passed>>,
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
            ignored: Ignored::new([]),
            pages: Vec::new(),
            ready: VecDeque::new(),
            read: BTreeSet::new(),
            skipped: 0,
            meter: Meter::default(),
            seen: Some(Seen::default()),
            earlier: Box::new(Nothing),
            foreign: BTreeMap::new(),
            unread: BTreeMap::new(),
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

    /// The same reader, whose documents come after others.
    #[must_use]
    pub fn after(mut self, earlier: Box<dyn Earlier + Send + 'i>) -> Self {
        self.earlier = earlier;
        self
    }

    /// The same reader, handing on every document under the id that it came in with, however often it is met.
    #[must_use]
    pub fn as_given(mut self) -> Self {
        self.seen = None;
        self
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

    /// The same reader, leaving out what these globs name in folders and archives.
    #[must_use]
    pub fn ignoring<'g>(mut self, globs: impl IntoIterator<Item = &'g str>) -> Self {
        self.ignored = Ignored::new(globs);
        self
    }

    pub(super) fn is_listing(&self) -> bool {
        self.passed.is_some()
    }

    /// What was passed over since this was asked last; nothing unless the reader is [`Reader::listing`].
    pub fn take_passed(&mut self) -> Vec<Passed> {
        self.passed.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn warn(&mut self, error: Error) {
        self.read_pages();
        self.ready.push_back(Err(error));
    }

    fn open(&mut self, path: PathBuf) {
        self.ignored.begin(&path);
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
                    None if blanks.len() > LONGEST => break None,
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
            let archive = Archive::zip(Box::new(BufReader::new(file)), &self.rules.input.limits, is_sources);
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
        warnings.into_iter().for_each(|warning| self.warn(warning));
    }

    /// Takes in the table of an archive, or of a folder in one; it is about the files that come after it.
    pub(super) fn take_sources(&mut self, path: PathBuf, bytes: Vec<u8>) {
        let (sources, warnings) = Sources::of(bytes, &path, |_| true);
        path.parent().map(|folder| self.sources.insert(folder.to_owned(), sources));
        warnings.into_iter().for_each(|warning| self.warn(warning));
    }

    /// The row that a table in the archive holds for a file in it, the innermost folder's first.
    pub(super) fn row_in_archive(&self, path: &Path, archive: &Path) -> Option<Article> {
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(archive));
        let mut rows = folders.filter_map(|folder| self.sources.get(folder)?.row(path.strip_prefix(folder).ok()?));
        rows.next().cloned()
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
            let passed = entry.depth() > 0 && (pass.folder(&name) || of_page().is_some());
            let rule = if passed { None } else { self.ignored.rule(entry.path(), true) };
            if passed || rule.is_some() {
                if let Some(Open::Folder(folder)) = self.open.last_mut() {
                    folder.skip_current_dir();
                }
            } else {
                self.load_sources(entry.path());
                let warnings = self.ignored.load(entry.path());
                warnings.into_iter().for_each(|warning| self.warn(warning));
            }
            if let Some(rule) = rule {
                self.pass_over(entry.into_path(), Why::Ignored(rule.into()), None);
            }
            return;
        }
        if name == SOURCES || name == ignored::FILE {
            return;
        }
        if let Some(rule) = self.ignored.rule(entry.path(), false) {
            self.pass_over(entry.into_path(), Why::Ignored(rule.into()), None);
        } else if kind::by_name(&name).is_some() && !pass.file(&name) {
            self.open_file(entry.into_path(), false);
        } else {
            self.pass_over(entry.into_path(), Why::Name, None);
        }
    }

    /// Makes the document ready, under an id of its own; an empty one is a warning.
    pub(super) fn hand_on(&mut self, mut raw: Raw, at: Location) {
        self.read_pages();
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
        let taken = self.seen.as_mut().map_or(Ok(Taken::New), |seen| seen.take(&mut raw, &mut *self.earlier));
        match taken {
            Ok(Taken::New) => {}
            Ok(Taken::Same(id)) => return self.pass_over(at.file, Why::Repeats(id), Some(raw)),
            Ok(Taken::Renamed(id)) => self.warn(renamed(at, &id, &raw.article.document)),
            Err(error) => return self.warn(error),
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
                    record.warning.into_iter().for_each(|warning| self.warn(warning));
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

/// The warning that a document is called otherwise than it calls itself.
pub fn renamed(at: Location, id: &str, fresh: &str) -> Error {
    let message = format!("a document before has the id {id:?} too; this one is called {fresh:?}");
    Error::new(at, message).help("give every document an id or file name of its own")
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
                    None if !self.pages.is_empty() => self.read_pages(),
                    None => return self.left_alone().map(Err),
                }
            }
        }
    }
}
