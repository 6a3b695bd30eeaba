//! Tables of articles: CSV and its like, one article a row.

use std::io::{self, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::shape::{self, Fields};
use super::{Kind, LONGEST, Raw, Stream};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::rules::input::Shape;
use crate::text::Article;

/// A table that is being read.
pub(super) struct Table<'i> {
    rules: &'i RuleSet,
    rows: Reader<Bounded<'i>>,
    columns: Vec<String>,
    shape: &'i Shape,
    id: String,
    row: Article,
    at: Location,
    over: bool,
}

/// A stream that gives no more than one row may take, until it is let go on.
struct Bounded<'i> {
    input: Stream<'i>,
    left: u64,
}

impl<'i> Bounded<'i> {
    fn new(input: Stream<'i>) -> Self {
        Self { input, left: LONGEST as u64 }
    }

    fn go_on(&mut self) {
        self.left = LONGEST as u64;
    }
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let message = format!("a row of it is longer than {} MiB; a quotation mark may be open", LONGEST >> 20);
            return Err(io::Error::other(message));
        }
        let read = self.input.by_ref().take(self.left).read(into)?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// A row with the names of its columns.
struct Row<'t> {
    columns: &'t [String],
    row: &'t [String],
}

impl Fields for Row<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let column = self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        self.row.get(column).filter(|text| !text.is_empty()).cloned()
    }
}

impl<'i> Table<'i> {
    /// A table whose first line names columns that are known; else `None`.
    pub(super) fn new(
        rules: &'i RuleSet,
        mut input: Stream<'i>,
        id: String,
        row: Option<Article>,
        at: Location,
    ) -> Option<Self> {
        let head = input.fill_buf().ok()?;
        let first = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
        let marks = [b',', b';', b'\t'].map(|mark| (memchr::memchr_iter(mark, first).count(), mark));
        let mark = marks.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, mark)| mark);
        let mut rows = ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(Bounded::new(input));
        let names = rows.byte_headers().ok()?;
        let name = |name: &[u8]| String::from_utf8_lossy(name).trim_matches(['\u{feff}', ' ', '"']).to_owned();
        let columns: Vec<String> = names.iter().map(name).collect();
        let shape = shape::of(rules, &Row { columns: &columns, row: &columns })?;
        Some(Self { rules, rows, columns, shape, id, row: row.unwrap_or_default(), at, over: false })
    }

    /// The next article.
    pub(super) fn next(&mut self) -> Option<(Location, Result<Raw, Error>)> {
        if self.over {
            return None;
        }
        let mut record = ByteRecord::new();
        self.rows.get_mut().go_on();
        let read = self.rows.read_byte_record(&mut record);
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let at = Location::line(&self.at.file, line);
        match read {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => {
                self.over = true;
                return Some((at, Err(Error::new(self.at.clone(), error.to_string()))));
            }
        }
        let texts: Option<Vec<String>> =
            record.iter().map(|field| Some(std::str::from_utf8(field).ok()?.trim().to_owned())).collect();
        let Some(texts) = texts else {
            let error = Error::new(at.clone(), "this row is not UTF-8; it is not used").help("save the file as UTF-8");
            return Some((at, Err(error)));
        };
        let fields = Row { columns: &self.columns, row: &texts };
        let id = format!("{}-{line}", self.id);
        let document = shape::document(self.rules, self.shape, &fields, Kind::Table, id, &self.row);
        let empty = || Error::new(at.clone(), "this row has no text").help("fill the column of the text");
        Some((at.clone(), document.ok_or_else(empty)))
    }
}
