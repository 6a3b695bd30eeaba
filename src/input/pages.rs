//! Saved pages, PDF and DOCX: those that come one after the other are read on all threads, and keep their order.

use jiff::civil::Date;
use rayon::prelude::*;

use super::open::{Item, RAISE};
use super::reader::Reader;
use super::{Charset, Found, Kind, Raw, decode, documents, mime};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::text::Article;
use crate::web::{self, Told};

/// So many pages are read at once …
const PAGES: usize = 64;
/// … or as many as have so many bytes together.
const BYTES: usize = 8 << 20;

/// What can be done about a document that is not read.
const NOT_READ: &str = "save it as text, or as a PDF or DOCX that holds its text without a password";

/// A saved page, or another document, that was not read yet.
pub(super) struct Page {
    pub(super) part: mime::Part,
    pub(super) kind: Kind,
    pub(super) item: Item,
}

impl Reader<'_> {
    /// Takes a page, to be read with those after it. A list of what was passed over has it in its place.
    pub(super) fn take_page(&mut self, page: Page) {
        self.pages.push(page);
        let bytes: usize = self.pages.iter().map(|page| page.part.bytes.len()).sum();
        if self.is_listing() || self.pages.len() >= PAGES || bytes >= BYTES {
            self.read_pages();
        }
    }

    /// Reads the pages that wait, and hands their articles on; whatever comes after them has to wait for that.
    pub(super) fn read_pages(&mut self) {
        let (pages, rules) = (std::mem::take(&mut self.pages), self.rules);
        let read = |page: Page| -> (Location, Result<Raw, Error>) { (page.item.at(), page.read(rules)) };
        let read: Vec<_> = pages.into_par_iter().map(read).collect();
        for (at, read) in read {
            match read {
                Ok(raw) => self.hand_on(raw, at),
                Err(error) => self.warn(error),
            }
        }
    }
}

impl Page {
    fn read(self, rules: &RuleSet) -> Result<Raw, Error> {
        let Self { part, kind, item } = self;
        if matches!(kind, Kind::Pdf | Kind::Docx) {
            let (page, day) =
                documents::read(rules, kind, part.bytes).map_err(|why| Error::new(item.at(), why).help(NOT_READ))?;
            return Ok(document(page, day, kind, Charset::default(), item));
        }
        let part = match kind {
            Kind::Message => mime::page(&part.bytes).ok_or_else(|| {
                Error::new(item.at(), "no web page stands in this message").help("save the page as HTML")
            })?,
            _ => part,
        };
        let (html, charset) = decode::text(part.bytes, part.charset.as_deref(), &item.path)?;
        if let Some(why) = web::too_heavy(&rules.input.web, &html) {
            return Err(Error::new(item.at(), why).help(RAISE));
        }
        let page = web::read(&rules.input.web, &rules.page, &html, part.address.as_deref());
        let day = page.about.published.as_ref().map(|told| told.value);
        Ok(document(page, day, kind, charset, item))
    }
}

/// The document of a page and its day; what `sources.csv` says of it wins.
fn document(page: web::Page, day: Option<Date>, kind: Kind, charset: Charset, item: Item) -> Raw {
    let web::Page { text, about } = page;
    let words = |told: &Option<Told<Box<str>>>| told.as_ref().map(|told| told.value.clone());
    let id = item.id();
    let row = item.row.unwrap_or_default();
    let article = Article {
        document: id.into(),
        title: row.title.or_else(|| words(&about.title)),
        outlet: row.outlet.or_else(|| words(&about.outlet)),
        url: row.url.or_else(|| words(&about.url)),
        published: row.published.or(day),
        ..row
    };
    Raw { article, text, found: Found { kind, charset, about: Box::new(about), ..Found::default() } }
}
