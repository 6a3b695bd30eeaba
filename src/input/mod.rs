//! Input: the edge where files, folders and standard input become raw documents, and warnings.

mod amount;
mod charset;
mod decode;
mod documents;
mod feed;
mod ignored;
mod json;
mod kind;
mod language;
mod mime;
mod open;
mod pages;
mod passed;
mod reader;
mod records;
mod seen;
mod shape;
mod sources;
mod table;
mod tar;
mod unpack;
mod warc;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use crate::error::{Error, Location};
use crate::page::front_matter;
use crate::text::Article;
use crate::web::About;

pub use amount::{Meter, size};
pub use charset::{Charset, Told as CharsetTold};
pub(crate) use documents::READ as DOCUMENTS_READ;
pub use ignored::glob;
pub use kind::Kind;
pub use passed::{Passed, Why};
pub use reader::{Reader, renamed};
pub use seen::{Earlier, Known, Nothing, Seen, Taken};

/// The longest document, in bytes: offsets are 32 bits wide and every stage holds a whole document, while no article
/// comes near this; a longer file is a mistaken path or a corpus in one file.
pub const LONGEST: usize = 64 << 20;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// Bytes that are read from front to back.
type Stream<'i> = Box<dyn BufRead + Send + 'i>;

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
    /// The file, or the file's name in its archive, with the line of a record.
    pub at: Place,
    /// The language its words tell; `None` if they are too few.
    pub language: Option<Box<str>>,
    /// The id of a document before with the same text.
    pub repeats: Option<Box<str>>,
}

/// A file, or a file's name in its archive, and the line of a record, 0 without one.
pub type Place = (PathBuf, usize);

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
