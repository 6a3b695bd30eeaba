//! Opening: a stream of bytes, told by its name and first bytes, becomes documents or something that holds some.

use std::collections::VecDeque;
use std::io::{self, Cursor};
use std::path::PathBuf;

use super::pages::Page;
use super::reader::{Open, Reader};
use super::records::Records;
use super::sources::is_sources;
use super::table::Table;
use super::unpack::{self, Archive, Opened};
use super::warc::{Body, Warc};
use super::{Found, Kind, Raw, Stream, Why, decode, described, documents, feed, json, kind, mime, shape, unreadable};
use crate::error::{Error, Location};
use crate::text::{Article, TextHash};
use crate::web::{self, About, Told};

/// What can be done about a limit.
pub(super) const RAISE: &str = "raise the limits in input/limits.toml of your own rules";

/// A stream of bytes with what is known of it before it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// How it is named to people.
    pub(super) path: PathBuf,
    /// Its name, by which its kind is told.
    pub(super) name: String,
    /// True if it was given by its own name, and not found in a folder or archive.
    pub(super) named: bool,
    /// What the folder's `sources.csv` says of it.
    pub(super) row: Option<Article>,
    /// How many archives it stands in.
    pub(super) archives: u8,
    /// How many times it was packed.
    pub(super) packed: u8,
}

impl Item {
    pub(super) fn new(path: PathBuf, name: &str, row: Option<Article>) -> Self {
        Self { path, name: name.to_owned(), row, ..Self::default() }
    }

    /// The id of the document in it, or the beginning of the ids of several.
    pub(super) fn id(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
            _ => self.name.clone(),
        }
    }

    pub(super) fn at(&self) -> Location {
        Location::file(&self.path)
    }
}

impl<'i> Reader<'i> {
    pub(super) fn open_stream(&mut self, mut input: Stream<'i>, kind: Kind, mut item: Item) {
        let limits = &self.rules.input.limits;
        let kind = match input.fill_buf() {
            Ok(head) => kind::corrected(kind, head),
            Err(error) => return self.warn(unreadable(&item.path, &error)),
        };
        match kind {
            Kind::Lines => {
                let records = Records::new(self.rules, input, item.path.clone(), item.id().into(), item.row);
                self.open.push(Open::Records(Box::new(records)));
            }
            Kind::Warc => self.open.push(Open::Warc(Box::new(Warc::new(input)), item)),
            Kind::Gzip | Kind::Zstd => {
                item.packed += 1;
                if item.packed > limits.deepest {
                    return self.refuse(&item, "packed too often");
                }
                item.name = kind::unpacked(&item.name);
                let inner = kind::by_name(&item.name).unwrap_or_default();
                let unpack = if kind == Kind::Gzip { unpack::gzip } else { unpack::zstd };
                self.open_stream(unpack(input, limits), inner, item);
            }
            Kind::Table => {
                let (at, id, named) = (item.at(), item.id(), item.named);
                match Table::new(self.rules, input, id, item.row, at.clone()) {
                    Some(table) => self.open.push(Open::Table(Box::new(table))),
                    None => self.pass(at, named, "no column of it is known to hold articles"),
                }
            }
            Kind::Feed | Kind::Json => self.several(input, kind, item),
            Kind::Zip => self.open_archive(Archive::zip_within(input, limits, is_sources), item),
            Kind::Tar => self.open_archive(Ok(Archive::tar(input, limits)), item),
            Kind::Pdf | Kind::Docx if !documents::READ => self.leave_document(kind, item),
            Kind::Page | Kind::Message | Kind::Pdf | Kind::Docx => match decode::bytes(input, &item.path) {
                Ok(bytes) => self.take_page(Page { part: mime::Part { bytes, ..Default::default() }, kind, item }),
                Err(error) => self.warn(error),
            },
            Kind::Text => {
                let at = item.at();
                let read = decode::bytes(input, &item.path).and_then(|bytes| self.text(bytes, item));
                match read {
                    Ok(raw) => self.hand_on(raw, at),
                    Err(error) => self.warn(error),
                }
            }
        }
    }

    fn refuse(&mut self, item: &Item, message: &str) {
        let error = Error::new(item.at(), format!("not opened: {message}"));
        self.warn(error.help(format!("unpack it yourself, or {RAISE}")));
    }

    /// Something that holds no articles: a warning where it was named, and no word about it in a folder.
    fn pass(&mut self, at: Location, named: bool, message: &str) {
        if named {
            let help = "input/fields/ of your own rules can tell the program what stands in it";
            self.warn(Error::new(at, message).help(help));
        } else {
            self.pass_over(at.file, Why::Empty, None);
        }
    }

    /// The articles of a feed or a JSON file.
    fn several(&mut self, input: Stream<'i>, kind: Kind, item: Item) {
        let (at, named) = (item.at(), item.named);
        let read = decode::bytes(input, &item.path).and_then(|bytes| match kind {
            Kind::Feed => self.feed(bytes, item),
            _ => json::documents(self.rules, bytes, &item.id(), item.row, &at),
        });
        match read {
            Ok(documents) if documents.is_empty() => self.pass(at, named, "no article was found in it"),
            Ok(documents) => documents.into_iter().for_each(|raw| self.hand_on(raw, at.clone())),
            // What lies in a folder may be JSON for something else altogether.
            Err(error) if named || kind == Kind::Feed => self.warn(error),
            Err(_) => self.pass_over(at.file, Why::Empty, None),
        }
    }

    fn feed(&self, bytes: Vec<u8>, item: Item) -> Result<VecDeque<Raw>, Error> {
        let (xml, charset) = decode::text(bytes, None, &item.path)?;
        if !kind::is_feed(xml.trim_start().as_bytes()) {
            return Ok(VecDeque::new());
        }
        let feed = feed::read(&self.rules.input.feed, &self.rules.input.web, &xml);
        let told = |name: &str, words: &Option<String>| {
            let words = words.as_deref()?;
            Some(Told { value: words.into(), origin: format!("feed:{name}").into(), words: words.into() })
        };
        let row = item.row.clone().unwrap_or_default();
        let documents = feed.entries.iter().map(|entry| {
            let mut refused = Vec::new();
            let mut day = |name: &str, words: &Option<String>| {
                let Told { words, origin, .. }: Told<Box<str>> = told(name, words)?;
                let value = web::day_of(&self.rules.input.web, &self.rules.page, &words);
                if value.is_none() {
                    refused.push((origin.clone(), words.clone()));
                }
                Some(Told { value: value?, origin, words })
            };
            let (published, modified) = (day("published", &entry.published), day("modified", &entry.modified));
            let about = About {
                title: told("title", &entry.title),
                outlet: told("outlet", &feed.outlet),
                author: told("author", &entry.author),
                url: told("url", &entry.url),
                language: told("language", &feed.language),
                published,
                modified,
                refused,
                ..About::default()
            };
            // A feed grows at its top, so places in it are no ids that last.
            let key = TextHash::of(&entry.key).to_string();
            let id = format!("{}-{}", item.id(), key.get(..8).unwrap_or(&key));
            let mut raw = shape::raw(about, web::plain(&self.rules.input.web, &entry.text), Kind::Feed, id, &row);
            raw.found.charset = charset;
            raw
        });
        Ok(documents.collect())
    }

    fn text(&mut self, bytes: Vec<u8>, item: Item) -> Result<Raw, Error> {
        let (text, charset) = decode::text(bytes, None, &item.path)?;
        let (article, warning) = described(&text, &item.path, item.id(), item.row);
        if let Some(warning) = warning {
            self.warn(warning);
        }
        Ok(Raw { article, text, found: Found { charset, ..Found::default() } })
    }

    pub(super) fn open_archive(&mut self, archive: io::Result<Archive<'i>>, mut item: Item) {
        let archive = match archive.and_then(Archive::opened) {
            Ok(Opened::Archive(archive)) => Ok(archive),
            Ok(Opened::Docx(bytes)) => return self.open_stream(Box::new(Cursor::new(bytes)), Kind::Docx, item),
            Err(error) => Err(error),
        };
        item.archives += 1;
        if item.archives > self.rules.input.limits.deepest {
            return self.refuse(&item, "an archive too deep in others");
        }
        match archive {
            Ok(archive) => self.open.push(Open::Archive(Box::new(archive), item)),
            Err(error) => self.warn(unreadable(&item.path, &error)),
        }
    }

    /// The next file of an archive. Its name is a name only: nothing is written, and no other file is read by it.
    pub(super) fn go_on_archive(&mut self, mut archive: Box<Archive<'i>>, item: Item) {
        let (pass, ignored) = (&self.rules.input.pass, &self.ignored);
        let mut skipped = Vec::new();
        let folder = item.path.clone();
        let within = |name: &str| PathBuf::from(format!("{}/{}", folder.display(), name.trim_start_matches('/')));
        let next = archive.next(|name| {
            if is_sources(name) {
                return true;
            }
            let mut parts = name.rsplit(['/', '\\']);
            let file = parts.next().unwrap_or("");
            let of_articles = |folder: &str| matches!(folder, "." | "..") || !pass.folder(folder);
            let wanted = kind::by_name(file).is_some() && !pass.file(file) && parts.all(of_articles);
            let path = within(name);
            let rule = ignored.rule(&path, false);
            let read = wanted && rule.is_none();
            if !read {
                skipped.push((path, rule.map_or(Why::Name, |rule| Why::Ignored(rule.into()))));
            }
            read
        });
        skipped.into_iter().for_each(|(path, why)| self.pass_over(path, why, None));
        match next {
            None => {}
            Some(Err((None, error))) => self.warn(unreadable(&item.path, &error)),
            Some(Err((Some(name), error))) => {
                let path = within(&name);
                self.open.push(Open::Archive(archive, item));
                self.warn(unreadable(&path, &error));
            }
            Some(Ok((name, bytes))) if is_sources(&name) => {
                self.open.push(Open::Archive(archive, item));
                self.take_sources(within(&name), bytes);
            }
            Some(Ok((name, bytes))) => {
                let row = self.row_in_archive(&within(&name), &folder);
                let file = name.rsplit(['/', '\\']).next().unwrap_or(&name).to_owned();
                let (archives, packed) = (item.archives, item.packed);
                let inner = Item { archives, packed, ..Item::new(within(&name), &file, row) };
                self.open.push(Open::Archive(archive, item));
                let kind = kind::by_name(&inner.name).unwrap_or_default();
                self.open_stream(Box::new(Cursor::new(bytes)), kind, inner);
            }
        }
    }

    /// The next document of a web archive.
    pub(super) fn go_on_warc(&mut self, mut warc: Box<Warc<'i>>, item: Item) {
        let limits = self.rules.input.limits;
        match warc.next(&limits) {
            None => {}
            Some(Err(error)) if warc.is_over() => self.warn(unreadable(&item.path, &error)),
            Some(Err(error)) => {
                let path = PathBuf::from(format!("{}/{}", item.path.display(), warc.number()));
                self.open.push(Open::Warc(warc, item));
                self.warn(unreadable(&path, &error));
            }
            Some(Ok(None)) => {
                self.pass_over(PathBuf::from(format!("{}/{}", item.path.display(), warc.number())), Why::Empty, None);
                self.open.push(Open::Warc(warc, item));
            }
            Some(Ok(Some(Body { part, page }))) => {
                let number = warc.number();
                let path = PathBuf::from(format!("{}/{number}", item.path.display()));
                let inner = Item { path, name: format!("{}-{number}.", item.id()), ..item.clone() };
                self.open.push(Open::Warc(warc, item));
                let at = inner.at();
                if page {
                    return self.take_page(Page { part, kind: Kind::Warc, item: inner });
                }
                match self.archived(part, inner) {
                    Ok(raw) => self.hand_on(raw, at),
                    Err(error) => self.warn(error),
                }
            }
        }
    }

    fn archived(&self, part: mime::Part, item: Item) -> Result<Raw, Error> {
        let (text, charset) = decode::text(part.bytes, part.charset.as_deref(), &item.path)?;
        let id = item.id();
        let mut article = item.row.unwrap_or_default();
        article.document = id.into();
        article.url = article.url.or(part.address.map(Into::into));
        Ok(Raw { article, text, found: Found { kind: Kind::Warc, charset, ..Found::default() } })
    }
}
