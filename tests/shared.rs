//! The shared data, which lies beside the checkout or where `GAINSAY_SHARED` says: nothing in it stops the program, pages are
//! read as careful readers read them, and no score falls below its floor. Without the data these tests pass at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gainsay::input::Reader;
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::{Article, Document};
use serde_json::Value;

/// The sets of articles with gold files.
const SETS: [&str; 4] = ["seeds", "syria", "shootings", "ukraine"];

/// The least that each score has to reach: the set, where its scorer's figures have it, the floor.
const FLOORS: &[(&str, &str, f64)] = &[
    ("seeds", "/claims/casualty/f1", 0.98),
    ("seeds", "/claims/timing/f1", 0.98),
    ("seeds", "/claims/blame/f1", 0.98),
    ("seeds", "/relations/differs/f1", 0.95),
    ("syria", "/claims/casualty/f1", 0.93),
    ("syria", "/claims/timing/f1", 0.92),
    ("syria", "/claims/blame/f1", 0.89),
    ("syria", "/relations/differs/f1", 0.78),
    ("shootings", "/claims/casualty/f1", 0.90),
    ("shootings", "/claims/timing/f1", 0.92),
    ("shootings", "/claims/blame/f1", 0.90),
    ("shootings", "/relations/agreement/f1", 0.68),
    ("ukraine", "/claims/casualty/f1", 0.97),
    ("ukraine", "/claims/timing/f1", 0.87),
    ("ukraine", "/claims/blame/f1", 0.96),
    ("ukraine", "/relations/differs/f1", 0.75),
    ("tolls_attacks", "/killed all", 0.91),
    ("tolls_attacks", "/killed >=2", 0.88),
    ("tolls_attacks", "/injured all", 0.93),
    ("tolls_shootings", "/killed all", 0.81),
    ("tolls_shootings", "/injured all", 0.73),
    ("times", "/all span/f1", 0.93),
    ("times", "/all value/f1", 0.80),
    ("times", "/DATE span/f1", 0.93),
    ("times", "/DATE value/f1", 0.81),
    ("attributions", "/content/f1", 0.635),
    ("attributions", "/source of found", 0.90),
];

/// The shared data, where it lies beside the checkout.
fn shared() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("GAINSAY_SHARED").map_or_else(beside, PathBuf::from);
    path.is_dir().then_some(path)
}

/// What the program prints, its standard output as text. A warning may end it with 1, nothing may end it otherwise.
fn gainsay(command: &str, path: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_gainsay")).args([command, "--quiet"]).arg(path).output().unwrap();
    let status = run.status.code();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(status, Some(0 | 1)), "{command} {}: {status:?}\n{said}", path.display());
    String::from_utf8(run.stdout).unwrap()
}

/// The figures of one set, the last line a scorer prints; `None` without the set, its scorer or Python.
fn figures(shared: &Path, set: &str) -> Option<Value> {
    let (data, score) = (shared.join("data"), shared.join("score"));
    let results = tempfile::tempdir().unwrap();
    let save = |command: &str, path: &Path| {
        let file = results.path().join(command);
        fs::write(&file, gainsay(command, path)).unwrap();
        file
    };
    let mut python = Command::new("python3");
    if SETS.contains(&set) {
        let (docs, script) = (data.join(set).join("docs"), score.join("score.py"));
        if !docs.is_dir() || !script.is_file() {
            return None;
        }
        python.arg(script).arg("--json").arg("--docs").arg(&docs).arg("--gold").arg(data.join(set).join("gold"));
        python.arg("--claims").arg(save("claims", &docs)).arg("--findings").arg(save("findings", &docs));
    } else {
        let (gold, script) = (data.join(format!("{set}.jsonl")), score.join("streams.py"));
        if !gold.is_file() || !script.is_file() {
            return None;
        }
        let (stream, command) = if set.starts_with("tolls") { ("tolls", "tallies") } else { (set, set) };
        python.arg(script).arg(stream).arg("--got").arg(save(command, &gold)).arg("--gold").arg(gold);
    }
    let run = python.output().ok()?;
    assert!(run.status.success(), "{set}: {}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    Some(serde_json::from_str(printed.lines().last().unwrap_or("")).unwrap())
}

#[test]
fn nothing_in_the_shared_data_stops_the_program() {
    let Some(shared) = shared() else { return };
    let mut inputs: Vec<PathBuf> = SETS.iter().map(|set| shared.join("data").join(set).join("docs")).collect();
    inputs.extend(fs::read_dir(shared.join("data")).unwrap().map(|entry| entry.unwrap().path()));
    inputs.retain(|path| path.ends_with("docs") && path.is_dir() || path.extension().is_some_and(|end| end == "jsonl"));
    for input in inputs {
        assert!(!gainsay("claims", &input).is_empty(), "{}", input.display());
    }
}

#[test]
fn no_score_falls_below_its_floor() {
    let Some(shared) = shared() else { return };
    let mut wrong = Vec::new();
    for sets in FLOORS.chunk_by(|a, b| a.0 == b.0) {
        let Some(figures) = figures(&shared, sets[0].0) else { continue };
        for (set, place, floor) in sets {
            match figures.pointer(place).and_then(Value::as_f64) {
                Some(score) if score >= *floor => {}
                score => wrong.push(format!("{set} {place}: {score:?}, and the floor is {floor}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The documents of a folder read from their texts alone, and what its gold files say, by id.
fn pages(folder: &Path) -> BTreeMap<String, (Document, Value)> {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let mut pages = BTreeMap::new();
    for raw in Reader::new(&rules, [folder.join("docs")], &b""[..]).map(Result::unwrap) {
        let id = raw.article.document.to_string();
        let gold = fs::read_to_string(folder.join("gold").join(format!("{id}.json"))).unwrap();
        let bare = Article { document: raw.article.document.clone(), ..Article::default() };
        let document = page::read(&rules.page, bare, raw.text);
        pages.insert(id, (document, serde_json::from_str(&gold).unwrap()));
    }
    pages
}

#[test]
fn the_seed_pages_give_what_a_careful_reader_found() {
    let Some(shared) = shared() else { return };
    for (id, (document, gold)) in pages(&shared.join("data/seeds")) {
        let published = document.article.published.map(|date| date.to_string());
        assert_eq!(published.as_deref(), gold["published"].as_str(), "{id}");
        // One page names its outlet nowhere; only who knows its pen name can tell.
        if gold["outlet"] != "ZeroHedge" {
            assert_eq!(document.article.outlet.as_deref(), gold["outlet"].as_str(), "{id}");
        }
        assert!(document.headline.is_some(), "{id}");
    }
}

#[test]
fn required_claims_of_the_shared_data_stand_in_the_article_and_no_date_is_wrong() {
    let Some(shared) = shared() else { return };
    let mut wrong = Vec::new();
    for set in SETS {
        for (id, (document, gold)) in pages(&shared.join("data").join(set)) {
            let body: Vec<&str> = document.body.iter().map(|span| span.of(&document.text)).collect();
            for claim in gold["claims"].as_array().unwrap() {
                let anchor = claim["anchor"].as_str().unwrap();
                let stands = body.iter().any(|part| part.contains(anchor));
                if !stands && claim["optional"] != true {
                    wrong.push(format!("{id}: {anchor:?} is outside the article"));
                }
            }
            if let (Some(found), Some(given)) = (document.article.published, gold["published"].as_str()) {
                let given: jiff::civil::Date = given.parse().unwrap();
                if (found - given).get_days().abs() > 1 {
                    wrong.push(format!("{id}: {found}, not {given}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
