//! The file of decisions: read with places, and changed without touching what people wrote around it.

use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Value};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::{Decision, Ground};
use crate::claim::Id;
use crate::error::{Error, Location};
use crate::rows::fields;
use crate::rules::RuleFile;
use crate::value::{FindingKind, Judgement};

/// How a new file begins.
const HEAD: &str = "\
# What reviewers decided on findings, written by `gainsay decide`. Reasons, names and comments may be changed here.
# A decision lapses when a claim it rests on changes or vanishes.
";

const TABLES: &str = "decision";

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    decision: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    finding: Spanned<Box<str>>,
    #[serde(deserialize_with = "fields::word")]
    verdict: Judgement,
    why: Box<str>,
    #[serde(default)]
    by: Option<Box<str>>,
    #[serde(default)]
    on: Option<Spanned<Value>>,
    #[serde(deserialize_with = "fields::word")]
    kind: FindingKind,
    question: Box<str>,
    claims: Vec<GroundEntry>,
}

#[derive(Deserialize)]
struct GroundEntry {
    #[serde(deserialize_with = "fields::word")]
    key: Id,
    document: Box<str>,
    quote: Box<str>,
}

/// Reads the decisions of a file.
pub fn read(file: &Path, text: &str) -> Result<Vec<Decision>, Error> {
    let source = RuleFile { path: file.display().to_string(), shown: file.to_owned(), text: text.to_owned() };
    let read = source.parse::<File>()?;
    let decision = |entry: Entry| {
        let Entry { finding, verdict, why, by, on, kind, question, claims } = entry;
        let at = Location::of(file, text, finding.span().start, finding.span().end);
        let ground = |GroundEntry { key, document, quote }| Ground { document, quote, key };
        let day = |on: Spanned<Value>| {
            let span = on.span();
            day(on.get_ref()).ok_or_else(|| source.error(span, "this is no day").help("write it as 2022-09-13"))
        };
        let on = on.map(day).transpose()?;
        Ok(Decision {
            finding: finding.into_inner(),
            verdict,
            why,
            by,
            on,
            kind,
            question,
            claims: claims.into_iter().map(ground).collect(),
            at,
        })
    };
    read.decision.into_iter().map(decision).collect()
}

fn day(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Datetime(day) => day.date?.to_string().parse().ok(),
        _ => None,
    }
}

/// The file's text with the decision in it: in the place of one on the same finding, else after all others.
pub fn add(file: &Path, text: &str, decision: &Decision) -> Result<String, Error> {
    let mut document = parse(file, if text.trim().is_empty() { HEAD } else { text })?;
    let written = document.trailing().as_str().unwrap_or_default().to_owned();
    let tables = document.entry(TABLES).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(tables) = tables.as_array_of_tables_mut() else { return Err(no_tables(file)) };
    let new = !tables.iter().any(|table| is_on(table, &decision.finding));
    if new {
        let mut table = Table::new();
        table["finding"] = value(&*decision.finding);
        // What stands at the end of the file stays before the decision that goes there.
        table.decor_mut().set_prefix(format!("{written}\n"));
        tables.push(table);
    }
    tables.iter_mut().filter(|table| is_on(table, &decision.finding)).for_each(|table| fill(table, decision));
    if new {
        document.set_trailing("");
    }
    Ok(document.to_string())
}

/// The file's text without the decision on a finding. The comment right above it goes with it; what stands apart stays.
pub fn remove(file: &Path, text: &str, finding: &str) -> Result<String, Error> {
    let mut document = parse(file, text)?;
    let tables = document.get_mut(TABLES).and_then(Item::as_array_of_tables_mut).ok_or_else(|| no_tables(file))?;
    let Some(index) = tables.iter().position(|table| is_on(table, finding)) else { return Ok(text.to_owned()) };
    let before =
        |table: &Table| table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let above = tables.get(index).map(before).unwrap_or_default();
    let apart = above.rfind("\n\n").and_then(|end| above.get(..=end)).unwrap_or_default();
    tables.remove(index);
    match tables.get_mut(index) {
        Some(next) => {
            let prefix = format!("{apart}{}", before(next));
            next.decor_mut().set_prefix(prefix);
        }
        None => {
            let rest = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{apart}{rest}"));
        }
    }
    Ok(document.to_string())
}

fn parse(file: &Path, text: &str) -> Result<DocumentMut, Error> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let span = error.span().unwrap_or_default();
        Error::new(Location::of(file, text, span.start, span.end), error.message().to_owned())
    })
}

fn no_tables(file: &Path) -> Error {
    Error::new(Location::file(file), "`decision` is no list of tables").help("begin each decision with [[decision]]")
}

fn is_on(table: &Table, finding: &str) -> bool {
    table.get("finding").and_then(Item::as_str) == Some(finding)
}

/// Writes a decision's fields into its table; other keys and the comments before it stay.
fn fill(table: &mut Table, decision: &Decision) {
    table["verdict"] = value(decision.verdict.as_str());
    table["why"] = value(&*decision.why);
    match decision.by.as_deref() {
        Some(by) => table["by"] = value(by),
        None => drop(table.remove("by")),
    }
    match decision.on.and_then(|on| on.to_string().parse::<toml_edit::Datetime>().ok()) {
        Some(on) => table["on"] = value(on),
        None => drop(table.remove("on")),
    }
    table["kind"] = value(decision.kind.as_str());
    table["question"] = value(&*decision.question);
    let mut claims = Array::new();
    for ground in &decision.claims {
        let mut claim = InlineTable::new();
        claim.insert("document", (&*ground.document).into());
        claim.insert("quote", (&*ground.quote).into());
        claim.insert("key", ground.key.to_string().into());
        let mut claim = toml_edit::Value::InlineTable(claim);
        claim.decor_mut().set_prefix("\n    ");
        claims.push_formatted(claim);
    }
    claims.set_trailing("\n");
    claims.set_trailing_comma(true);
    table["claims"] = value(claims);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(finding: &str, why: &str) -> Decision {
        Decision {
            finding: finding.into(),
            verdict: Judgement::Dismissed,
            why: why.into(),
            by: Some("Ann".into()),
            on: "2024-05-02".parse().ok(),
            kind: FindingKind::Figure,
            question: "killed \"there\"".into(),
            claims: vec![Ground { document: "a".into(), quote: "12\ndead".into(), key: Id(7) }],
            at: Location::file("d.toml"),
        }
    }

    fn file() -> &'static Path {
        Path::new("d.toml")
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = add(file(), "", &decision("f1", "two moments")).unwrap();
        let read = read(file(), &text).unwrap().remove(0);
        let written = decision("f1", "two moments");
        assert_eq!(
            (&read.finding, read.verdict, &read.why, &read.by),
            (&written.finding, written.verdict, &written.why, &written.by)
        );
        assert_eq!(
            (read.on, &read.question, &read.claims, read.at.line),
            (written.on, &written.question, &written.claims, 5)
        );
        assert!(text.contains("on = 2024-05-02\n"), "{text}");
    }

    #[test]
    fn comments_order_and_own_keys_survive() {
        let one = add(file(), "", &decision("f1", "one")).unwrap();
        let two = add(file(), &one, &decision("f2", "two")).unwrap();
        let own =
            two.replacen("[[decision]]", "# Mine.\n[[decision]]\npage = 3", 1).replace("why = \"two\"", "why = 'two'");
        let again = add(file(), &own, &decision("f1", "better")).unwrap();
        assert_eq!(again, own.replace("\"one\"", "\"better\""));
        let less = remove(file(), &again, "f2").unwrap();
        assert!(less.contains("# Mine.") && less.contains("page = 3") && !less.contains("f2"), "{less}");
        assert_eq!(read(file(), &remove(file(), &less, "f1").unwrap()).unwrap().len(), 0);
    }

    #[test]
    fn a_bad_file_is_an_error_with_its_line() {
        let good = add(file(), "", &decision("f1", "one")).unwrap();
        for (from, to, expected) in [
            ("dismissed", "dismised", "d.toml:6:"),
            ("why = \"one\"", "", "d.toml:4:"),
            ("2024-05-02", "\"May\"", "d.toml:9:"),
            ("[[decision]]", "[[decision]", "d.toml:4:"),
        ] {
            let error = read(file(), &good.replace(from, to)).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
