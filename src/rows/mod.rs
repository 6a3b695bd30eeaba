//! Rows: lines of claims and findings read back from CSV or JSON Lines, field by field, each problem with its place.

pub mod fields;

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Location};
use crate::rules::symbol::nearest;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// True for text that a spreadsheet would run as a formula. The program writes an apostrophe in front of it, and in
/// front of text that already looks written so; reading takes one away.
pub fn runs_as_formula(text: &str) -> bool {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(formula)
}

/// One line: its fields by name. `count.value` of a CSV header is the field `value` of the field `count`.
#[derive(Clone, Debug)]
pub struct Row {
    /// Where it stands.
    pub at: Location,
    fields: Value,
}

impl Row {
    /// True if the line has a field of this name.
    pub fn has(&self, field: &str) -> bool {
        self.fields.get(field).is_some()
    }

    /// The line as a value; what is wrong is said with the field and the mend.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_path_to_error::deserialize(&self.fields).map_err(|error| {
            let path = error.path().to_string();
            let message = error.inner().to_string();
            let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
            let help = match quoted[..] {
                [key] if message.starts_with("missing field") => Some(format!("fill `{key}` in this line")),
                [word, ref known @ ..] if message.contains("is not one of") => {
                    nearest(word, known.iter().copied()).map(|known| format!("did you mean `{known}`?"))
                }
                _ => None,
            };
            let message = if path == "." { message } else { format!("`{path}`: {message}") };
            let error = Error::new(self.at.clone(), message);
            match help {
                Some(help) => error.help(help),
                None => error,
            }
        })
    }
}

/// The lines of one file, read as they are asked for. An `Err` is about one line, and the lines after it still come,
/// or about the whole file.
pub struct Rows<'i> {
    file: PathBuf,
    lines: Lines<'i>,
}

enum Lines<'i> {
    /// The lines read so far, and the rest.
    Json(usize, Box<dyn BufRead + 'i>),
    Csv(StringRecord, Box<csv::Reader<Box<dyn BufRead + 'i>>>),
    Failed(Option<Error>),
}

impl<'i> Rows<'i> {
    /// The lines of a file that begins with `{` for JSON Lines, and with anything else for CSV.
    pub fn new(file: &Path, input: impl BufRead + 'i) -> Self {
        let lines = Lines::new(file, Box::new(input)).unwrap_or_else(|error| Lines::Failed(Some(error)));
        Self { file: file.to_owned(), lines }
    }

    /// The same lines, or an error in their place if it is a table without one of these columns.
    #[must_use]
    pub fn needing(mut self, columns: &[&str]) -> Self {
        if let Lines::Csv(header, _) = &self.lines {
            let there = |column: &str| {
                header.iter().any(|name| name == column || name.split('.').next().is_some_and(|first| first == column))
            };
            if let Some(missing) = columns.iter().find(|column| !there(column)) {
                let error = Error::new(Location::line(&self.file, 1), format!("no column `{missing}`"));
                let help = match nearest(missing, header.iter()) {
                    Some(like) => format!("rename the column `{like}`, if that is it"),
                    None => format!("the first line names the columns; {} are needed", columns.join(", ")),
                };
                self.lines = Lines::Failed(Some(error.help(help)));
            }
        }
        self
    }
}

impl<'i> Lines<'i> {
    fn new(file: &Path, mut input: Box<dyn BufRead + 'i>) -> Result<Self, Error> {
        let fail = |error: io::Error| unreadable(file, &error);
        if input.fill_buf().map_err(fail)?.starts_with(BYTE_ORDER_MARK) {
            input.consume(BYTE_ORDER_MARK.len());
        }
        let mut blank = 0;
        loop {
            let buffer = input.fill_buf().map_err(fail)?;
            match buffer.first() {
                Some(b'{') => return Ok(Self::Json(blank, input)),
                Some(b'[') => {
                    let error = Error::new(Location::line(file, blank + 1), "a list is not JSON Lines");
                    return Err(error.help("write one object on each line, without the brackets around them"));
                }
                Some(byte) if byte.is_ascii_whitespace() => {
                    blank += usize::from(*byte == b'\n');
                    input.consume(1);
                }
                _ => break,
            }
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
        let header = reader.headers().map_err(|error| no_table(file, blank, &error))?.clone();
        Ok(Self::Csv(header.iter().map(str::trim).collect(), Box::new(reader)))
    }
}

fn unreadable(file: &Path, error: &io::Error) -> Error {
    Error::new(Location::file(file), format!("cannot be read: {error}"))
}

fn no_table(file: &Path, line: usize, error: &csv::Error) -> Error {
    let line = error.position().map_or(line, |position| usize::try_from(position.line()).unwrap_or(line));
    let message = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Error::new(Location::line(file, line), message).help("save the file as UTF-8 text: CSV or JSON Lines")
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let result = match &mut self.lines {
            Lines::Failed(error) => return error.take().map(Err),
            Lines::Json(line, input) => json(&self.file, line, input),
            Lines::Csv(header, reader) => table(&self.file, header, reader),
        };
        result.unwrap_or_else(|error| {
            self.lines = Lines::Failed(None);
            Some(Err(error))
        })
    }
}

/// A row or its error; the outer error ends the file.
type Next = Result<Option<Result<Row, Error>>, Error>;

fn json(file: &Path, line: &mut usize, input: &mut dyn BufRead) -> Next {
    loop {
        let mut bytes = Vec::new();
        if input.read_until(b'\n', &mut bytes).map_err(|error| unreadable(file, &error))? == 0 {
            return Ok(None);
        }
        *line += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let mut at = Location::line(file, *line);
        return Ok(Some(match serde_json::from_slice::<Map<String, Value>>(&bytes) {
            Ok(fields) => Ok(Row { at, fields: Value::Object(fields) }),
            Err(error) => {
                at.column = error.column();
                let cause = error.to_string();
                let cause = cause.rsplit_once(" at line").map_or(cause.as_str(), |(cause, _)| cause);
                Err(Error::new(at, format!("not a JSON object: {cause}")).help("write one whole object on each line"))
            }
        }));
    }
}

fn table(file: &Path, header: &StringRecord, reader: &mut csv::Reader<Box<dyn BufRead + '_>>) -> Next {
    let mut record = StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(false) => return Ok(None),
        Ok(true) => {}
        Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
            return Ok(Some(Err(no_table(file, 0, &error))));
        }
        Err(error) => return Err(no_table(file, 0, &error)),
    }
    let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
    let at = Location::line(file, line);
    if record.len() > header.len() {
        let error = Error::new(at, "this row has more fields than the first line");
        return Ok(Some(Err(error.help("put a field that holds a comma between quotation marks"))));
    }
    let mut fields = Map::new();
    for (path, cell) in header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty()) {
        put(&mut fields, path, if cell.starts_with('\'') && runs_as_formula(cell) { &cell[1..] } else { cell });
    }
    Ok(Some(Ok(Row { at, fields: Value::Object(fields) })))
}

/// Puts a cell at its path. What stands at a name that also has parts ("count" beside "count.low") is their `text`.
fn put(fields: &mut Map<String, Value>, path: &str, cell: &str) {
    match path.split_once('.') {
        None => match fields.get_mut(path) {
            Some(Value::Object(parts)) => drop(parts.insert(TEXT.to_owned(), cell.into())),
            _ => drop(fields.insert(path.to_owned(), cell.into())),
        },
        Some((first, rest)) => {
            let inner = fields.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::String(text) = inner {
                *inner = Value::Object(Map::from_iter([(TEXT.to_owned(), Value::from(text.as_str()))]));
            }
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, cell);
            }
        }
    }
}

/// The part of a field that is its words.
const TEXT: &str = "text";

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Result<Row, Error>> {
        Rows::new(Path::new("claims.csv"), text.as_bytes()).needing(&["document"]).collect()
    }

    fn errors(text: &str) -> Vec<String> {
        all(text).into_iter().filter_map(Result::err).map(|error| error.to_string()).collect()
    }

    #[test]
    fn a_cell_whose_name_has_parts_too_is_their_text_whichever_comes_first() {
        for table in ["document,count,count.low\na,about 50,40\n", "document,count.low,count\na,40,about 50\n"] {
            let row = all(table).remove(0).unwrap();
            assert_eq!(row.fields["count"], serde_json::json!({"text": "about 50", "low": "40"}), "{table}");
        }
    }

    #[test]
    fn a_table_and_json_lines_give_the_same_fields() {
        let table = "\u{FEFF}document,count.value,count.text,side\na,3,'=three,\n";
        let json = "\n{\"document\": \"a\", \"count\": {\"value\": \"3\", \"text\": \"=three\"}}\n";
        let [table, json] = [table, json].map(|text| all(text).remove(0).unwrap());
        assert_eq!(table.fields, json.fields);
        assert_eq!((table.at.line, json.at.line), (2, 2));
    }

    #[test]
    fn a_bad_line_is_told_with_its_place_and_the_next_one_is_read() {
        assert_eq!(errors("document,x\na,b,c\nd,e\n").len(), 1);
        assert_eq!(all("document,x\na,b,c\nd,e\n").len(), 2);
        let told = errors("{\"document\": }\n{\"document\": \"a\"}\n");
        assert!(told[0].starts_with("claims.csv:1:14: not a JSON object") && told.len() == 1, "{told:?}");
    }

    #[test]
    fn a_file_of_another_kind_is_one_error() {
        for text in ["docment,kind\na,b\n", "", "[{}]", "name\nx\n"] {
            assert_eq!(errors(text).len(), 1, "{text}");
        }
        assert!(errors("docment,kind\na,b\n")[0].contains("rename the column `docment`"));
    }

    #[test]
    fn apostrophes_before_formulas_come_off_one_at_a_time() {
        for (cell, text) in [("'=1", "=1"), ("''=1", "'=1"), ("'tis", "'tis"), ("'", "'")] {
            let row = all(&format!("document\n{cell}\n")).remove(0).unwrap();
            assert_eq!(row.fields["document"], text);
        }
    }
}
