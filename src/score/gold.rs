//! Gold: what annotators found in articles, read from their files, and where it stands in the texts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Location};
use crate::rows::fields;
use crate::text::CodePoints;
use crate::value::{ClaimKind, DayRange, Outcome, Phase, Qualifier, Verdict, VictimClass};

/// Where people read how gold files are written.
const GUIDE: &str = "docs/GOLD.md says how gold files are written";

/// An annotated claim.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldClaim {
    /// Its id within the document.
    pub id: String,
    /// What kind of statement it is.
    #[serde(deserialize_with = "fields::word")]
    pub kind: ClaimKind,
    /// Its words, exactly as they stand in the text.
    pub anchor: String,
    /// Which of the places with these words is meant, counted from 1.
    #[serde(default)]
    pub nth: Option<usize>,
    /// True when a careful reader could leave it out.
    #[serde(default)]
    pub optional: bool,
    /// Who says it; `None`: the outlet itself.
    #[serde(default)]
    pub speaker: Option<String>,
    /// What happened to the people.
    #[serde(default, deserialize_with = "fields::some_word")]
    pub outcome: Option<Outcome>,
    /// The number stated.
    #[serde(default)]
    pub value: Option<u64>,
    /// A range's upper end.
    #[serde(default)]
    pub upper: Option<u64>,
    /// How the number is qualified.
    #[serde(default, deserialize_with = "fields::some_word")]
    pub qualifier: Option<Qualifier>,
    /// Who the people are.
    #[serde(default, deserialize_with = "fields::some_word")]
    pub class: Option<VictimClass>,
    /// Whose people they are.
    #[serde(default)]
    pub side: Option<String>,
    /// When it happened; `None`: not measured.
    #[serde(default, deserialize_with = "fields::days")]
    pub time: Option<DayRange>,
    /// The words of the event that is dated.
    #[serde(default)]
    pub what: Option<String>,
    /// Which part of it is dated.
    #[serde(default, deserialize_with = "fields::some_word")]
    pub phase: Option<Phase>,
    /// Who is accused.
    #[serde(default)]
    pub accused: Option<String>,
    /// First and one past the last code point of the anchor, once its text was seen.
    #[serde(skip)]
    pub place: Option<(u32, u32)>,
}

/// The annotated claims of one document.
#[derive(Clone, Debug)]
pub struct GoldDocument {
    /// Its file.
    pub file: PathBuf,
    /// Its claims.
    pub claims: Vec<GoldClaim>,
    /// True once its text was seen.
    pub seen: bool,
}

/// How two annotated claims relate, each as `document:claim`.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldRelation {
    /// The first claim.
    pub a: String,
    /// The second claim.
    pub b: String,
    /// The annotator's verdict.
    #[serde(deserialize_with = "fields::word")]
    pub verdict: Verdict,
}

/// A set of annotated documents.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// By the document's id.
    pub documents: BTreeMap<String, GoldDocument>,
    /// How their claims relate; `None` where nobody said.
    pub relations: Option<Vec<GoldRelation>>,
    /// What is wrong with anchors.
    pub warnings: Vec<Error>,
}

#[derive(Deserialize)]
struct DocumentFile {
    document: String,
    claims: Vec<GoldClaim>,
}

#[derive(Deserialize)]
struct RelationsFile {
    relations: Vec<GoldRelation>,
}

impl Gold {
    /// Takes the file of one document.
    pub fn add_document(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let DocumentFile { document, claims } = parse(file, text)?;
        let mut ids = BTreeSet::new();
        if let Some(again) = claims.iter().find(|claim| !ids.insert(&claim.id)) {
            let message = format!("a second claim has the id {:?}", again.id);
            return Err(Error::new(at(file, text, &again.id), message).help("give every claim an id of its own"));
        }
        if let Some(first) = self.documents.get(&document) {
            let message = format!("{} is about the document {document:?} too", first.file.display());
            return Err(Error::new(at(file, text, &document), message).help("keep one file per document"));
        }
        self.documents.insert(document, GoldDocument { file: file.to_owned(), claims, seen: false });
        Ok(())
    }

    /// Takes the file of relations.
    pub fn add_relations(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        self.relations = Some(parse::<RelationsFile>(file, text)?.relations);
        Ok(())
    }

    /// Finds the places of a document's anchors in its text.
    pub fn locate(&mut self, document: &str, text: &str) {
        let Some(gold) = self.documents.get_mut(document) else { return };
        gold.seen = true;
        let mut points = CodePoints::new(text);
        for claim in &mut gold.claims {
            let nth = claim.nth.unwrap_or(1).max(1);
            let Some(start) = nth_place(text, &claim.anchor, nth) else {
                let which = if nth > 1 { format!(" {nth} times") } else { String::new() };
                let message = format!("{:?} of {} does not stand in {document}{which}", claim.anchor, claim.id);
                let error = Error::new(Location::file(&gold.file), message);
                self.warnings.push(error.help("an anchor is copied from the text, character by character"));
                continue;
            };
            let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
            claim.place = Some((points.at(offset(start)), points.at(offset(start + claim.anchor.len()))));
        }
    }

    /// A warning for each document whose text was not seen.
    pub fn unseen(&self) -> impl Iterator<Item = Error> + '_ {
        self.documents.iter().filter(|(_, gold)| !gold.seen).map(|(document, gold)| {
            Error::new(Location::file(&gold.file), format!("no article has the id {document:?}; it is left out"))
                .help("name the article's file like the document, or give its path too")
        })
    }
}

/// The byte at which `words` stand for the nth time; places may overlap.
fn nth_place(text: &str, words: &str, nth: usize) -> Option<usize> {
    let mut from = 0;
    let mut found = None;
    for _ in 0..nth {
        let at = from + text.get(from..)?.find(words)?;
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        found = Some(at);
    }
    found
}

/// The place of a string in a file, else the file.
fn at(file: &Path, text: &str, string: &str) -> Location {
    let written = format!("\"{string}\"");
    match text.rfind(&written) {
        Some(start) => Location::of(file, text, start, start + written.len()),
        None => Location::file(file),
    }
}

fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| {
        let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let start = line + error.column().saturating_sub(1);
        let cause = error.to_string();
        let cause = cause.rsplit_once(" at line").map_or(cause.as_str(), |(cause, _)| cause);
        Error::new(Location::of(file, text, start, start + 1), format!("not a gold file: {cause}")).help(GUIDE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "{\"document\": \"a\", \"claims\": [\n {\"id\": \"c1\", \"kind\": \"casualty\", \"anchor\": \"née aa\"},\n {\"id\": \"c2\", \"kind\": \"blame\", \"anchor\": \"aa\", \"nth\": 2, \"optional\": true}]}";

    #[test]
    fn anchors_are_found_in_code_points_and_one_that_is_not_is_a_warning() {
        let mut gold = Gold::default();
        gold.add_document(Path::new("a.json"), FILE).unwrap();
        gold.locate("a", "é née aaa");
        let places: Vec<_> = gold.documents["a"].claims.iter().map(|claim| claim.place).collect();
        assert_eq!(places, [Some((2, 8)), Some((7, 9))]);
        gold.locate("a", "é née");
        assert_eq!(gold.warnings.len(), 2);
        assert!(gold.warnings[1].to_string().starts_with("a.json: \"aa\" of c2 does not stand in a 2 times"));
    }

    #[test]
    fn a_bad_file_is_an_error_with_line_and_column() {
        for (from, to, expected) in [
            ("casualty", "casuality", "a.json:2:"),
            ("\"nth\": 2", "\"nth\": \"2\"", "a.json:3:"),
            ("]}", "]", "a.json:3:"),
            ("\"c2\"", "\"c1\"", "a.json:3:9: a second claim has the id"),
        ] {
            let error = Gold::default().add_document(Path::new("a.json"), &FILE.replace(from, to)).unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }

    #[test]
    fn one_document_has_one_file_and_a_document_without_a_text_is_told() {
        let mut gold = Gold::default();
        gold.add_document(Path::new("a.json"), FILE).unwrap();
        assert!(gold.add_document(Path::new("b.json"), FILE).is_err());
        assert_eq!(gold.unseen().count(), 1);
        gold.locate("a", "née aaa");
        assert_eq!(gold.unseen().count(), 0);
    }
}
