//! What fuzzing found once stays mended: each input of `tests/found/TARGET/` and each seed of `fuzz/corpus/TARGET/` goes
//! through the check of its target again. `fuzz/README.md` says how to look for more.

#[path = "found/claims.rs"]
mod claims;
#[path = "found/findings.rs"]
mod findings;
#[path = "found/intervals.rs"]
mod intervals;
#[path = "found/markdown.rs"]
mod markdown;
#[path = "found/pieces.rs"]
mod pieces;
#[path = "found/reader.rs"]
mod reader;
#[path = "found/reports.rs"]
mod reports;
#[path = "found/rules.rs"]
mod rules;
#[path = "found/text.rs"]
mod text;

use std::fs;
use std::path::Path;

/// Feeds every input that is kept for a target to its check, in the order of their names.
fn all(target: &str, check: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [root.join("tests/found").join(target), root.join("fuzz/corpus").join(target)] {
        let entries = fs::read_dir(&folder).into_iter().flatten();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort_unstable();
        for file in files {
            let bytes = fs::read(&file).unwrap();
            if std::panic::catch_unwind(|| check(&bytes)).is_err() {
                panic!("{} fails the check of {target}", file.display());
            }
        }
    }
}

#[test]
fn claims_stand_where_they_say() {
    all("claims", claims::check);
}

#[test]
fn findings_point_at_what_is_there() {
    all("findings", findings::check);
}

#[test]
fn intervals_are_what_they_stand_for() {
    all("intervals", intervals::check);
}

#[test]
fn any_bytes_become_documents_or_warnings() {
    all("reader", reader::check);
}

#[test]
fn outputs_can_be_parsed_and_run_nothing() {
    all("reports", reports::check);
}

#[test]
fn any_rule_file_loads_or_says_why_not() {
    all("rules", rules::check);
}

#[test]
fn any_text_is_divided_without_loss() {
    all("text", text::check);
}
