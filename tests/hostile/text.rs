//! Texts without measure, and characters that are not what they look like.

use std::collections::BTreeMap;

use serde_json::Value;

use super::run::{Place, quotes, refused};

const TELLING: &str = "Two soldiers were killed near Gyumri.";

#[test]
fn texts_without_measure_are_read_in_time() {
    let found = ["Two soldiers"];
    let calm = "The road along the river stayed closed, and the market was empty. ".repeat(10);
    let long = |middle: &str, times: usize| format!("{TELLING} {calm}\n\n{}\n\n{calm}\n", middle.repeat(times));
    for (name, text) in [
        ("a word", long("a", 4 << 20)),
        ("letters with points", format!("{} {}Ax", long("", 1), "A.".repeat(500_000))),
        ("words with points", long("ab.", 300_000)),
        ("apostrophes", long("a'", 500_000)),
        ("points", long(".", 1 << 20)),
        ("blanks", long(" ", 4 << 20)),
        ("lines", long("\n", 4 << 20)),
        ("brackets", long("(", 1 << 20)),
        ("quotation marks", long("“", 300_000)),
        ("figures", long("9", 1 << 20)),
        ("groups of figures", long("1,", 300_000)),
        ("hyphens", long("a-", 300_000)),
        ("a text without an end of a sentence", long("the army of the land near the town ", 20_000)),
        ("marks of combining", long("\u{300}", 300_000)),
        ("marks that nobody sees", long("\u{200b}", 300_000)),
    ] {
        assert_eq!(quotes("a.txt", &text), found, "{name}");
    }
    let numbers: String = (0..10_000).map(|n| format!("{n}, ")).collect();
    assert_eq!(quotes("a.txt", format!("{TELLING} Of {numbers} it was said. Three civilians died.")).len(), 2);
    let again = "Two soldiers were killed! ".repeat(2_000);
    assert_eq!(quotes("a.txt", again).len(), 2_000);
    assert!(quotes("a.txt", "Two soldiers were killed!".repeat(2_000)).len() > 1_000);
}

#[test]
fn a_word_without_measure_stands_in_no_sentence() {
    let calm = "The road along the river stayed closed, and the market was empty. ".repeat(20);
    let text = format!("{calm}Two soldiers were killed {} and three people died. {calm}", "x".repeat(5_000));
    let ended = Place::new().file("a.txt", text).run(&["claims", "a.txt"]);
    assert_eq!(ended.quotes(), ["Two soldiers", "three people"]);
    assert!(ended.out.len() < 5_000, "the word is not written out with each claim");
}

#[test]
fn what_is_longer_than_a_document_is_refused_with_a_line() {
    let long = "Two people died. ".repeat((64 << 20) / 17 + 1);
    assert!(refused("a.txt", &long).contains("longer than 64 MiB"));
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"{TELLING}\"}}\n");
    let ended = Place::new().file("a.jsonl", lines).run(&["claims", "a.jsonl"]);
    assert_eq!((ended.status, ended.quotes()), (1, vec!["Two soldiers".to_owned()]));
    assert!(ended.err.contains("a.jsonl:1: this line is longer than 64 MiB"), "{}", ended.err);
}

#[test]
fn thousands_of_articles_of_one_id_are_told_apart() {
    let lines: String = (0..8_000).map(|n| format!("{{\"id\": \"a\", \"text\": \"{n} people waited.\"}}\n")).collect();
    let ended = Place::new().file("a.jsonl", lines).run(&["inputs", "a.jsonl", "--format", "jsonl"]);
    assert_eq!(ended.err.lines().count(), 7_999);
    assert!(ended.out.contains("\"document\":\"a~8000\""));
}

/// What is read as a figure of each text, and that its quote is found again.
#[track_caller]
fn figures(cases: &[(&str, Option<u64>)]) {
    let line = |(number, (words, _)): (usize, &(&str, Option<u64>))| {
        let text = format!("At least {words} soldiers were killed.");
        format!("{}\n", serde_json::json!({"id": number.to_string(), "text": text}))
    };
    let place = Place::new().file("a.jsonl", cases.iter().enumerate().map(line).collect::<String>());
    let claims = place.run(&["claims", "a.jsonl", "-o", "claims.jsonl"]);
    assert_eq!(claims.status, 0, "{}", claims.err);
    let written = std::fs::read_to_string(place.path().join("claims.jsonl")).unwrap();
    let mut read: BTreeMap<usize, u64> = BTreeMap::new();
    for line in written.lines() {
        let claim: Value = serde_json::from_str(line).unwrap();
        read.insert(claim["document"].as_str().unwrap().parse().unwrap(), claim["count"]["low"].as_u64().unwrap());
    }
    for (number, (words, expected)) in cases.iter().enumerate() {
        assert_eq!(read.get(&number), expected.as_ref(), "{words:?}");
    }
    for (format, file) in [("jsonl", "claims.jsonl"), ("csv", "claims.csv")] {
        assert_eq!(place.run(&["claims", "a.jsonl", "--format", format, "-o", file]).status, 0);
        let checked = place.run(&["verify", file, "a.jsonl"]);
        assert_eq!((checked.status, checked.err.as_str()), (0, ""), "{}", checked.out);
    }
}

#[test]
fn figures_that_only_look_whole_count_nobody() {
    figures(&[
        ("12", Some(12)),
        ("1\u{200b}2", None),
        ("1\u{ad}200", None),
        ("1\u{2060}000", None),
        ("1\u{feff}000", None),
        ("1\u{0}2", None),
        ("1\u{1b}2", None),
        ("1\u{fe0f}2", None),
        ("1\u{330}22", None),
        ("1\u{e0032}2", None),
        ("\u{202e}21\u{202c}", None),
        ("1\u{202e}2", None),
        ("\u{200b}12\u{200b}", Some(12)),
        ("\u{200e}12\u{200e}", Some(12)),
        // Figures of other scripts are not read, alone or beside others.
        ("١٢", None),
        ("１２", None),
        ("𝟏𝟐", None),
        ("1١", None),
        ("1２", None),
        ("1𝟐", None),
        ("１2", None),
        ("12²", None),
        ("1.5.5", None),
        ("1,2,3", None),
    ]);
}

#[test]
fn groups_of_figures_are_one_number() {
    figures(&[
        ("5\u{a0}000", Some(5_000)),
        ("5\u{202f}200", Some(5_200)),
        ("1\u{2009}200\u{2009}000", Some(1_200_000)),
        ("5 000", Some(5_000)),
        ("1 200 000", Some(1_200_000)),
        ("12,500", Some(12_500)),
        ("000", None),
    ]);
}

#[test]
fn figures_that_are_part_of_a_word_count_nobody() {
    figures(&[
        ("1O", None),
        ("1\u{41e}", None),
        ("l2", None),
        ("1O0", None),
        ("12x", None),
        ("MH17", None),
        ("15k", Some(15_000)),
        ("1.5m", Some(1_500_000)),
        ("3bn", Some(3_000_000_000)),
    ]);
}

#[test]
fn figures_without_measure_count_nobody() {
    let billions = "9".repeat(1 << 20);
    figures(&[
        ("999999999999999", Some(999_999_999_999_999)),
        ("9999999999999999", None),
        ("99999999999999999999999999", None),
        (&billions, None),
        ("5 billion billion billion billion", None),
        (&"million ".repeat(20), None),
    ]);
}

#[test]
fn letters_of_other_scripts_are_other_words() {
    // The о of the second is Cyrillic.
    assert_eq!(quotes("a.txt", "At least 12 soldiers were killed."), ["At least 12 soldiers"]);
    assert_eq!(quotes("a.txt", "At least 12 sоldiers were killed."), [""; 0]);
    assert_eq!(quotes("a.txt", "At least 12 sol\u{200b}diers were killed."), [""; 0]);
    // Of a page only what is seen is read.
    assert_eq!(quotes("a.html", "<p>At least 12 sol\u{200b}diers were ki&shy;lled."), ["At least 12 soldiers"]);
}

#[test]
fn days_that_no_calendar_has_date_nothing() {
    let text = "On 13 September 99999, 12 soldiers were killed. In the year 999999999999, 13 soldiers were killed. \
        On 31 February 2022, 14 soldiers were killed. On 0 May 2020 15 soldiers were killed.";
    let ended = Place::new().file("a.txt", text).run(&["claims", "a.txt"]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    for line in ended.out.lines() {
        let claim: Value = serde_json::from_str(line).unwrap();
        let year = claim["time"][0].as_str().map(|day| day[..4].parse::<u16>().unwrap());
        assert!(year.is_none_or(|year| (1900..2100).contains(&year)), "{line}");
    }
}

#[test]
fn half_characters_are_told_with_their_line() {
    let lines =
        "{\"id\": \"a\", \"text\": \"Two people \\ud800 died.\"}\n{\"id\": \"b\", \"text\": \"Three people died.\"}\n";
    let ended = Place::new().file("a.jsonl", lines).run(&["claims", "a.jsonl"]);
    assert_eq!((ended.status, ended.quotes().len()), (1, 1));
    assert!(ended.err.contains("a.jsonl:1:") && ended.err.lines().count() == 1, "{}", ended.err);
    assert!(
        refused("a.json", "{\"title\": \"x\", \"text\": \"Two \\ud800 died.\", \"outlet\": \"y\"}")
            .contains("not JSON")
    );
}
