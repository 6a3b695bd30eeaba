//! CSV: flat columns, unknown as an empty cell, and no cell that a spreadsheet would run as a formula.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::rows::runs_as_formula;

/// A line with a fixed list of CSV columns.
pub(crate) trait Columns: Serialize {
    /// The columns in order: paths into the line with `.` between their parts; `first` and `last` are the ends
    /// of a list.
    const COLUMNS: &'static [&'static str];
}

/// Writes a header and one row per line.
pub(crate) fn write<L: Columns>(lines: impl Iterator<Item = L>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(L::COLUMNS).map_err(cause)?;
    for line in lines {
        let line = serde_json::to_value(&line)?;
        writer.write_record(L::COLUMNS.iter().map(|path| cell(at(&line, path)))).map_err(cause)?;
    }
    writer.flush()
}

/// The error of the output itself: a closed pipe has to stay one.
pub(crate) fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The value at a path; null where there is none.
fn at<'v>(line: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(line, |value, part| {
        let found = match (value, part) {
            (Value::Array(list), "first") => list.first(),
            (Value::Array(list), "last") => list.last(),
            _ => value.get(part),
        };
        found.unwrap_or(&Value::Null)
    })
}

/// A value as a cell; lists are joined with `; `.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => harmless(text.clone()),
        Value::Array(list) => {
            let items: Vec<String> =
                list.iter().map(|item| item.as_str().map_or_else(|| cell(item), str::to_owned)).collect();
            harmless(items.join("; "))
        }
        Value::Null | Value::Object(_) => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Text that a spreadsheet takes as text: what it would read as a formula gets an apostrophe in front.
fn harmless(text: String) -> String {
    if runs_as_formula(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Line {
        title: &'static str,
        count: Option<i64>,
        days: Option<[&'static str; 2]>,
        names: Vec<&'static str>,
    }

    impl Columns for Line {
        const COLUMNS: &'static [&'static str] = &["title", "count", "days.first", "days.last", "names"];
    }

    fn csv(line: Line) -> String {
        let mut out = Vec::new();
        write([line].into_iter(), &mut out).unwrap();
        String::from_utf8(out).unwrap().split_once('\n').unwrap().1.to_owned()
    }

    #[test]
    fn unknown_is_an_empty_cell_and_never_zero() {
        let line = Line { title: "a", count: None, days: None, names: vec![] };
        assert_eq!(csv(line), "a,,,,\n");
    }

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for title in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            let line =
                Line { title, count: Some(-5), days: Some(["2022-09-13", "2022-09-14"]), names: vec!["-x", "=y"] };
            let row = csv(line);
            assert_eq!(row.trim_start_matches('"'), format!("'{title},-5,2022-09-13,2022-09-14,'-x; =y\n"));
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_one() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let lines = (0..10_000).map(|n| Line { title: "a", count: Some(n), days: None, names: vec![] });
        assert_eq!(write(lines, &mut Closed).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
