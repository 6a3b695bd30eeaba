//! JSON files: one article, a list of them, or an answer of a service that holds some.

use std::collections::VecDeque;

use serde_json::Value;

use super::shape;
use super::{Kind, Raw, decode};
use crate::error::{Error, Location};
use crate::rules::RuleSet;
use crate::text::Article;

/// The articles of a JSON file; none if it holds none of a known shape.
pub(super) fn documents(
    rules: &RuleSet,
    bytes: Vec<u8>,
    id: &str,
    row: Option<Article>,
    at: &Location,
) -> Result<VecDeque<Raw>, Error> {
    let text = decode::utf8(decode::without_mark(bytes), &at.file, 1)?;
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let mut at = Location::line(&at.file, error.line());
        at.column = error.column();
        let cause = error.to_string();
        let cause = cause.rsplit_once(" at line").map_or(cause.as_str(), |(cause, _)| cause);
        Error::new(at, format!("not JSON: {cause}")).help("a file of one JSON object per line is called .jsonl")
    })?;
    let row = row.unwrap_or_default();
    let lists = rules.input.shapes.iter().flat_map(|shape| &shape.lists);
    let list = match &value {
        Value::Array(values) => Some(values),
        object => lists.filter_map(|path| shape::inner(object, path)?.as_array()).next(),
    };
    let all = list.map_or(std::slice::from_ref(&value), Vec::as_slice);
    let document = |(number, value): (usize, &Value)| {
        let own = if list.is_some() { format!("{id}-{}", number + 1) } else { id.to_owned() };
        shape::document(rules, shape::of(rules, value)?, value, Kind::Json, own, &row)
    };
    Ok(all.iter().enumerate().filter_map(document).collect())
}
