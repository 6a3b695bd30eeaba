//! The report of the seed articles: the committed one byte for byte, with any number of threads.
//!
//! `GAINSAY_BLESS=1 cargo test --test seeds` rewrites `reports/` after a change that is meant to change it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the program on the seed articles and returns the files of the report by name.
fn report(threads: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["report", "seeds", "--quiet", "--threads", threads, "--format", "md,csv,html,json", "-o"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    files(folder.path())
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// The first line in which two texts differ, of both.
fn first_difference(committed: &str, made: &str) -> String {
    let (mut committed, mut made) = (committed.lines(), made.lines());
    for number in 1_usize.. {
        match (committed.next(), made.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let [a, b] = [a, b].map(|line| line.unwrap_or("(end of file)"));
                return format!("line {number}:\n  committed: {a}\n  now:       {b}");
            }
        }
    }
    "line ends only".to_owned()
}

#[test]
fn the_report_of_the_seed_articles_is_the_committed_one() {
    let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports");
    let made = report("1");
    if std::env::var_os("GAINSAY_BLESS").is_some_and(|bless| bless == "1") {
        fs::create_dir_all(&reports).unwrap();
        for name in files(&reports).into_keys().filter(|name| !made.contains_key(name)) {
            fs::remove_file(reports.join(name)).unwrap();
        }
        made.iter().for_each(|(name, contents)| fs::write(reports.join(name), contents).unwrap());
    }
    let committed = files(&reports);
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&made), "files of reports/; {BLESS}");
    for (name, contents) in &made {
        let old = &committed[name];
        assert!(old == contents, "reports/{name}, {}\n{BLESS}", first_difference(old, contents));
    }
}

/// What to do when the report has changed.
const BLESS: &str = "if the change is meant, run GAINSAY_BLESS=1 cargo test --test seeds and look at the difference";

#[test]
fn two_threads_write_the_same_bytes_as_one() {
    assert_eq!(report("1"), report("2"));
}
