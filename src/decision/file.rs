//! The file of decisions, changed without touching what people wrote around them.

use std::path::Path;

use jiff::civil::Date;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::{About, Correction, Decision, Ground};
use crate::error::{Error, Location};

/// How a new file begins.
const HEAD: &str = "\
# What reviewers decided on findings and corrected in claims, written by `gainsay decide` and `gainsay review`.
# Reasons, names and comments may be changed here. An entry lapses when a claim it rests on changes or vanishes.
";

/// A list of tables, and the key that tells them apart.
type List = (&'static str, &'static str);

const DECISIONS: List = ("decision", "finding");
const CORRECTIONS: List = ("correction", "claim");

/// The file's text with the decision in it: in the place of one on the same finding, else after all others.
pub fn add(file: &Path, text: &str, decision: &Decision) -> Result<String, Error> {
    put(file, text, DECISIONS, &decision.finding, |table| fill(table, decision))
}

/// The file's text without the decision on a finding. The comment right above it goes with it; what stands apart stays.
pub fn remove(file: &Path, text: &str, finding: &str) -> Result<String, Error> {
    take(file, text, DECISIONS, finding)
}

/// The file's text with the correction in it: in the place of one of the same claim, else after all others.
pub fn add_correction(file: &Path, text: &str, correction: &Correction) -> Result<String, Error> {
    put(file, text, CORRECTIONS, &correction.claim, |table| fill_correction(table, correction))
}

/// The file's text without the correction of a claim, as [`remove`] takes out a decision.
pub fn remove_correction(file: &Path, text: &str, claim: &str) -> Result<String, Error> {
    take(file, text, CORRECTIONS, claim)
}

fn put(file: &Path, text: &str, list: List, id: &str, fill: impl Fn(&mut Table)) -> Result<String, Error> {
    let mut document = parse(file, if text.trim().is_empty() { HEAD } else { text })?;
    let written = document.trailing().as_str().unwrap_or_default().to_owned();
    let last = tables(&mut document).filter_map(|table| table.position()).max();
    let (name, key) = list;
    let all = document.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(all) = all.as_array_of_tables_mut() else { return Err(no_tables(file, name)) };
    let new = !all.iter().any(|table| is_on(table, key, id));
    if new {
        let mut table = Table::new();
        table[key] = value(id);
        // What stands at the end of the file stays before the entry that goes there.
        table.decor_mut().set_prefix(format!("{written}\n"));
        table.set_position(last.map(|last| last + 1));
        all.push(table);
    }
    all.iter_mut().filter(|table| is_on(table, key, id)).for_each(fill);
    if new {
        document.set_trailing("");
    }
    Ok(document.to_string())
}

fn take(file: &Path, text: &str, (name, key): List, id: &str) -> Result<String, Error> {
    let mut document = parse(file, text)?;
    let all = document.get_mut(name).and_then(Item::as_array_of_tables_mut).ok_or_else(|| no_tables(file, name))?;
    let Some(index) = all.iter().position(|table| is_on(table, key, id)) else { return Ok(text.to_owned()) };
    let before =
        |table: &Table| table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let above = all.get(index).map(before).unwrap_or_default();
    let apart = above.rfind("\n\n").and_then(|end| above.get(..=end)).unwrap_or_default();
    let place = all.get(index).and_then(Table::position);
    all.remove(index);
    let below = tables(&mut document).filter(|table| table.position() > place);
    match below.min_by_key(|table| table.position()) {
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

/// The tables of all lists.
fn tables(document: &mut DocumentMut) -> impl Iterator<Item = &mut Table> {
    let lists = document.iter_mut().filter_map(|(_, item)| item.as_array_of_tables_mut());
    lists.flat_map(ArrayOfTables::iter_mut)
}

fn parse(file: &Path, text: &str) -> Result<DocumentMut, Error> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let span = error.span().unwrap_or_default();
        Error::new(Location::of(file, text, span.start, span.end), error.message().to_owned())
    })
}

fn no_tables(file: &Path, name: &str) -> Error {
    Error::new(Location::file(file), format!("`{name}` is no list of tables"))
        .help(format!("begin each {name} with [[{name}]]"))
}

fn is_on(table: &Table, key: &str, id: &str) -> bool {
    table.get(key).and_then(Item::as_str) == Some(id)
}

/// Writes a decision's fields into its table; other keys and the comments before it stay.
fn fill(table: &mut Table, decision: &Decision) {
    table["verdict"] = value(decision.verdict.as_str());
    sign(table, &decision.why, decision.by.as_deref(), decision.on);
    table["kind"] = value(decision.kind.as_str());
    table["question"] = value(&*decision.question);
    let mut claims = Array::new();
    for ground in &decision.claims {
        let mut claim = toml_edit::Value::InlineTable(inline(ground));
        claim.decor_mut().set_prefix("\n    ");
        claims.push_formatted(claim);
    }
    claims.set_trailing("\n");
    claims.set_trailing_comma(true);
    table["claims"] = value(claims);
}

/// Writes a correction's fields likewise.
fn fill_correction(table: &mut Table, correction: &Correction) {
    let Correction { ground, figure, speaker, event, .. } = correction;
    table["document"] = value(&*ground.document);
    table["quote"] = value(&*ground.quote);
    table["key"] = value(ground.key.to_string());
    for (key, word) in [("figure", figure), ("speaker", speaker)] {
        match word.as_deref() {
            Some(word) => table[key] = value(word),
            None => drop(table.remove(key)),
        }
    }
    match event {
        Some(About::Same(ground)) => table["event"] = value(inline(ground)),
        Some(About::Nothing) => table["event"] = value(About::NOTHING),
        None => drop(table.remove("event")),
    }
    sign(table, &correction.why, correction.by.as_deref(), correction.on);
}

fn inline(ground: &Ground) -> InlineTable {
    let mut claim = InlineTable::new();
    claim.insert("document", (&*ground.document).into());
    claim.insert("quote", (&*ground.quote).into());
    claim.insert("key", ground.key.to_string().into());
    claim
}

/// Writes why, who and when.
fn sign(table: &mut Table, why: &str, by: Option<&str>, on: Option<Date>) {
    table["why"] = value(why);
    match by {
        Some(by) => table["by"] = value(by),
        None => drop(table.remove("by")),
    }
    match on.and_then(|on| on.to_string().parse::<toml_edit::Datetime>().ok()) {
        Some(on) => table["on"] = value(on),
        None => drop(table.remove("on")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::claim::Id;
    use crate::value::{FindingKind, Judgement};

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
        let read = read(file(), &text).unwrap().decisions.remove(0);
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
        assert_eq!(read(file(), &remove(file(), &less, "f1").unwrap()).unwrap().decisions.len(), 0);
    }

    fn correction(claim: &str, figure: Option<&str>, event: Option<About>) -> Correction {
        Correction {
            claim: claim.into(),
            ground: Ground { document: "a".into(), quote: "12 \"dead\"".into(), key: Id(9) },
            figure: figure.map(Into::into),
            speaker: Some("".into()),
            event,
            why: "misread".into(),
            by: None,
            on: None,
            at: Location::file("d.toml"),
        }
    }

    #[test]
    fn corrections_read_back_and_stand_among_decisions_in_the_order_they_came() {
        let same = About::Same(Ground { document: "b".into(), quote: "x".into(), key: Id(3) });
        let mut text = add(file(), "", &decision("f1", "one")).unwrap();
        text = add_correction(file(), &text, &correction("c1", Some("at least 12"), Some(same.clone()))).unwrap();
        text = add(file(), &text, &decision("f2", "two")).unwrap();
        text = add_correction(file(), &text, &correction("c2", None, Some(About::Nothing))).unwrap();
        text = text.replacen("[[correction]]", "# Look again.\n[[correction]]", 1);
        let kept = read(file(), &text).unwrap();
        let [one, two] = &kept.corrections[..] else { panic!("{text}") };
        assert_eq!((one.figure.as_deref(), &one.event, one.ground.key), (Some("at least 12"), &Some(same), Id(9)));
        assert_eq!(
            (two.figure.as_deref(), two.speaker.as_deref(), &two.event),
            (None, Some(""), &Some(About::Nothing))
        );
        let lines = [kept.decisions[0].at.line, one.at.line, kept.decisions[1].at.line, two.at.line];
        assert!(lines.is_sorted(), "{text}");
        let changed = add_correction(file(), &text, &correction("c1", Some("7"), None)).unwrap();
        assert!(changed.contains("# Look again.") && changed.contains("figure = \"7\""), "{changed}");
        let less = remove_correction(file(), &changed, "c1").unwrap();
        assert!(!less.contains("c1") && !less.contains("Look again") && less.contains("f2"), "{less}");
        assert_eq!(read(file(), &less).unwrap().corrections.len(), 1);
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
