//! Measuring against annotated articles: two seed articles with gold of our own, bad gold files, and the scorer of the
//! shared data where it is there (`tests/shared.rs` says where).

mod desk;

use std::path::{Path, PathBuf};
use std::process::Command;

use desk::Desk;
use serde_json::Value;

/// The lines that the program prints on the annotated seed articles.
fn seeds(threads: &str) -> String {
    let arguments = ["score", "--threads", threads, "--gold", "tests/gold"];
    let run = Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["seeds/border-clashes.txt", "seeds/captives-video.txt"])
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The figure of a measure; the reference writes 0 where nothing is there to be divided.
fn figure(lines: &[Value], measure: &str, of: &str, field: Option<&str>, name: &str) -> f64 {
    let right = |line: &&Value| line["measure"] == measure && line["of"] == of && line["field"].as_str() == field;
    lines.iter().find(right).and_then(|line| line[name].as_f64()).unwrap_or(0.0)
}

#[test]
fn the_annotated_seeds_are_measured_by_kind_field_verdict_and_rule() {
    let printed = seeds("2");
    assert_eq!(printed, seeds("1"));
    let lines = lines(&printed);
    let of = |measure, of, name| figure(&lines, measure, of, None, name);
    assert_eq!([of("found", "casualty", "gold"), of("found", "casualty", "right")], [5.0, 5.0]);
    assert_eq!([of("strict", "casualty", "precision"), of("strict", "casualty", "recall")], [1.0, 1.0]);
    assert_eq!(of("found", "timing", "gold"), 4.0);
    assert_eq!(of("found", "blame", "gold"), 9.0);
    assert_eq!([of("verdict", "contradiction", "gold"), of("verdict", "differs", "gold")], [7.0, 8.0]);
    assert!(of("verdict", "contradiction", "right") > 0.0);
    assert_eq!(figure(&lines, "field", "casualty", Some("side"), "precision"), 1.0);
    assert!(lines.iter().any(|line| line["measure"] == "rule" && line["of"] == "each-blames-the-other"));
}

const ARTICLE: &str = "Two soldiers were killed on Monday.";
const GOLD: &str = r#"{"document": "a", "claims": [
 {"id": "c1", "kind": "casualty", "anchor": "Two soldiers", "outcome": "killed", "value": 2, "qualifier": "exact"}
]}"#;

#[test]
fn a_bad_gold_file_is_told_with_its_place_and_passed_over() {
    let bad = GOLD.replace("casualty", "casualties");
    let desk = Desk::new().file("a.txt", ARTICLE).file("gold/a.json", GOLD).file("gold/b.json", &bad);
    let ended = desk.run("score --gold gold a.txt");
    assert_eq!(ended.status, 1);
    assert!(ended.err.starts_with("warning: gold/b.json:2:") && ended.err.contains("`casualties`"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert_eq!(figure(&lines(&ended.out), "found", "casualty", None, "right"), 1.0);
}

#[test]
fn an_anchor_that_is_not_there_and_a_document_without_article_are_warnings() {
    let gone = GOLD.replace("Two soldiers", "Three soldiers");
    let other = GOLD.replace("\"a\"", "\"b\"");
    let desk = Desk::new().file("a.txt", ARTICLE).file("gold/a.json", &gone).file("gold/b.json", &other);
    let ended = desk.run("score --gold gold a.txt");
    assert_eq!(ended.status, 1);
    let told: Vec<&str> = ended.err.lines().collect();
    assert!(told[0].contains("gold/a.json: \"Three soldiers\" of c1 does not stand in a"), "{ended:?}");
    assert!(told[1].contains("gold/b.json: no article has the id \"b\""), "{ended:?}");
    assert_eq!(figure(&lines(&ended.out), "found", "casualty", None, "gold"), 0.0);
}

#[test]
fn a_folder_without_gold_ends_with_2() {
    let desk = Desk::new().file("a.txt", ARTICLE).folder("gold");
    for (folder, expected) in [("gold", "no gold files"), ("gone", "cannot be read")] {
        let ended = desk.run(&format!("score --gold {folder} a.txt"));
        assert_eq!(ended.status, 2);
        assert!(ended.err.contains(expected), "{ended:?}");
    }
}

#[test]
fn an_article_from_a_pipe_is_measured_too() {
    let gold = GOLD.replace("\"a\"", "\"stdin\"");
    let ended = Desk::new().file("gold/stdin.json", &gold).stdin(ARTICLE).run("score --gold gold -");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert_eq!(figure(&lines(&ended.out), "strict", "casualty", None, "right"), 1.0);
}

#[test]
fn every_format_holds_the_same_measures() {
    let desk = Desk::new().file("a.txt", ARTICLE).file("gold/a.json", GOLD);
    let csv = desk.run("score --gold gold a.txt --format csv").out;
    assert!(csv.starts_with("measure,of,field,gold,made,right,wrong,missed,precision,recall,f1,"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().starts_with("found,casualty,,1,1,1,0,0,1.0,1.0,1.0,"), "{csv}");
    let table = desk.run("score --gold gold a.txt --format table").out;
    assert!(table.contains("casualty: qualifier"), "{table}");
    assert_eq!(desk.run("score --gold gold a.txt").out.lines().count(), csv.lines().count() - 1);
}

/// The reference scorer's figures of a set; `None` without the set, its scorer or Python.
fn reference(shared: &Path, set: &str) -> Option<Value> {
    let (folder, script) = (shared.join("data").join(set), shared.join("score/score.py"));
    if !folder.join("docs").is_dir() || !script.is_file() {
        return None;
    }
    let results = tempfile::tempdir().unwrap();
    let save = |command: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        let run = program.args([command, "--quiet", "--format", "jsonl"]).arg(folder.join("docs")).output().unwrap();
        let file = results.path().join(command);
        std::fs::write(&file, run.stdout).unwrap();
        file
    };
    let mut python = Command::new("python3");
    python.arg(script).arg("--json").arg("--docs").arg(folder.join("docs")).arg("--gold").arg(folder.join("gold"));
    let run = python.arg("--claims").arg(save("claims")).arg("--findings").arg(save("findings")).output().ok()?;
    assert!(run.status.success(), "{set}: {}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    Some(serde_json::from_str(printed.lines().last().unwrap_or("")).unwrap())
}

#[test]
fn the_reference_scorer_gives_the_same_figures() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("GAINSAY_SHARED").map_or_else(beside, PathBuf::from);
    let names =
        [("found", "gold", "gold"), ("found", "precision", "p"), ("found", "recall", "r"), ("found", "f1", "f1")];
    let of_verdicts = [
        ("gold", "gold"),
        ("right", "found"),
        ("wrong", "wrong"),
        ("precision", "p"),
        ("recall", "r"),
        ("f1", "f1"),
        ("group_precision", "macro_p"),
        ("group_recall", "macro_r"),
    ];
    for set in ["seeds", "syria", "shootings", "ukraine"] {
        let Some(reference) = reference(&shared, set) else { continue };
        let mut program = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        program.args(["score", "--format", "jsonl", "--gold"]).arg(shared.join("data").join(set).join("gold"));
        let run = program.arg(shared.join("data").join(set).join("docs")).output().unwrap();
        let ours = lines(&String::from_utf8(run.stdout).unwrap());
        let same = |measure: &str, of: &str, field: Option<&str>, name: &str, theirs: &Value| {
            let (ours, theirs) = (figure(&ours, measure, of, field, name), theirs.as_f64().unwrap());
            assert!((ours - theirs).abs() < 5e-4, "{set} {measure} {of} {field:?} {name}: {ours}, not {theirs}");
        };
        for (kind, figures) in reference["claims"].as_object().unwrap() {
            names.iter().for_each(|(measure, name, theirs)| same(measure, kind, None, name, &figures[theirs]));
            same("strict", kind, None, "f1", &figures["strict_f1"]);
        }
        for (kind, fields) in reference["fields"].as_object().unwrap() {
            fields
                .as_object()
                .unwrap()
                .iter()
                .for_each(|(f, theirs)| same("field", kind, Some(f), "precision", theirs));
        }
        for (verdict, figures) in reference["relations"].as_object().unwrap() {
            of_verdicts.iter().for_each(|(name, theirs)| same("verdict", verdict, None, name, &figures[theirs]));
        }
    }
}
