//! What is left behind when the program is killed or interrupted: whole files, or those of before.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How many runs are killed; `GAINSAY_KILLS` names another number.
const KILLS: usize = 6;

/// How many times each seed article goes in, so that a run takes a while; `GAINSAY_COPIES` names another number.
const COPIES: usize = 1;

/// Every file that a report may have.
const FORMATS: &str = "md,csv,html,json";

/// After this long, nothing is waited for any more.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder of articles, of which reports are made.
struct Desk {
    folder: tempfile::TempDir,
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().map_or(usual, |number| number.parse().unwrap())
}

impl Desk {
    /// One with every seed article so many times.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let mut lines = fs::File::create(desk.path("articles.jsonl")).unwrap();
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let mut seeds: Vec<PathBuf> = fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
        seeds.retain(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"));
        seeds.sort();
        for copy in 0..number("GAINSAY_COPIES", COPIES) {
            for (number, seed) in seeds.iter().enumerate() {
                let text = fs::read_to_string(seed).unwrap();
                let published = format!("2021-{:02}-{:02}", copy % 12 + 1, copy % 28 + 1);
                let id = format!("{number}-{copy}");
                let line = serde_json::json!({ "id": id, "text": text, "published": published });
                writeln!(lines, "{line}").unwrap();
            }
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, output: &str) -> Child {
        Command::new(env!("CARGO_BIN_EXE_gainsay"))
            .current_dir(self.folder.path())
            .args(["report", "articles.jsonl", "--quiet", "--output", output, "--format", FORMATS])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// The files of a folder, by their names.
    fn files(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(name)).into_iter().flatten().map(Result::unwrap);
        let file = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        };
        entries.map(|entry| file(entry.path())).collect()
    }

    /// True once a file is being written into the folder, or the run has ended.
    fn writes(&self, name: &str, run: &mut Child) -> bool {
        run.try_wait().unwrap().is_some() || self.files(name).keys().any(|name| is_unfinished(name))
    }
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(".gainsay-")
}

/// Sends a signal by its name.
fn send(signal: &str, run: &Child) {
    let sent = Command::new("kill").args([format!("-{signal}"), run.id().to_string()]).status().unwrap();
    assert!(sent.success(), "{signal}");
}

fn ended(run: Child) -> (ExitStatus, String) {
    let ended = run.wait_with_output().unwrap();
    (ended.status, String::from_utf8(ended.stderr).unwrap())
}

/// Numbers that look thrown, and are the same in each run.
fn thrown(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_clears_up() {
    let desk = Desk::new();
    let since = Instant::now();
    assert!(ended(desk.start("whole")).0.success());
    let takes = since.elapsed();
    let whole = desk.files("whole");
    assert_eq!(whole.len(), 6);
    let old: BTreeMap<String, Vec<u8>> = whole.keys().map(|name| (name.clone(), b"old".to_vec())).collect();
    let (mut seed, mut counts) = (7, BTreeMap::new());
    for kill in 0..number("GAINSAY_KILLS", KILLS) {
        // Every other folder has the files of an earlier run.
        let before = if kill % 4 < 2 { &old } else { &BTreeMap::new() };
        let _ = fs::remove_dir_all(desk.path("killed"));
        fs::create_dir(desk.path("killed")).unwrap();
        before.iter().for_each(|(name, bytes)| fs::write(desk.path("killed").join(name), bytes).unwrap());
        let mut run = desk.start("killed");
        if kill % 2 == 0 {
            // At any time of the run …
            sleep(takes.mul_f64(thrown(&mut seed) as f64 / (1_u64 << 31) as f64));
        } else {
            // … and while it writes.
            while !desk.writes("killed", &mut run) {
                sleep(Duration::from_micros(200));
            }
            sleep(Duration::from_micros(thrown(&mut seed) % 40_000));
        }
        run.kill().unwrap();
        let completed = ended(run).0.signal().is_none();
        let left = desk.files("killed");
        let unfinished = left.keys().filter(|name| is_unfinished(name)).count();
        let (mut new, mut kept) = (0, 0);
        for (name, bytes) in left.iter().filter(|(name, _)| !is_unfinished(name)) {
            let (is_new, is_old) = (bytes == &whole[name], before.get(name) == Some(bytes));
            assert!(is_new || is_old, "kill {kill}: {name} is neither whole nor as it was");
            new += usize::from(is_new);
            kept += usize::from(is_old);
        }
        assert!(before.is_empty() || new + kept == whole.len(), "kill {kill}: {new} new, {kept} old");
        let state = match (completed, unfinished, new) {
            (true, ..) => "it had ended",
            (_, 0, 0) => "before it wrote",
            (_, _, 0) => "while it wrote",
            _ => "while or after the files got their names",
        };
        *counts.entry(state).or_insert(0) += 1;
        if kill % 6 == 5 {
            assert!(ended(desk.start("killed")).0.success());
            assert_eq!(desk.files("killed"), whole, "kill {kill}");
        }
    }
    let table: String = counts.iter().map(|(state, runs)| format!("{state}: {runs}\n")).collect();
    let _ = std::io::stderr().write_all(format!("killed runs of {takes:?}\n{table}").as_bytes());
}

#[test]
fn ctrl_c_and_sigterm_leave_nothing_unfinished_and_tell_which_it_was() {
    let desk = Desk::new();
    for (signal, status, word) in [("INT", 130, "interrupted"), ("TERM", 143, "terminated")] {
        let mut run = desk.start(signal);
        while !desk.writes(signal, &mut run) {
            sleep(Duration::from_micros(200));
        }
        send(signal, &run);
        let (ended, told) = ended(run);
        // A run that was about to end may have had time to.
        if ended.success() {
            assert_eq!(desk.files(signal).len(), 6);
            continue;
        }
        assert_eq!((ended.code(), told), (Some(status), format!("{word}: every file is whole, or as it was before\n")));
        let left = desk.files(signal);
        assert!(left.is_empty() || left.len() == 6, "{:?}", left.keys());
    }
}

/// True once the program listens for signals.
#[cfg(target_os = "linux")]
fn hears(run: &Child) -> bool {
    let threads = fs::read_dir(format!("/proc/{}/task", run.id())).into_iter().flatten().flatten();
    threads.flat_map(|thread| fs::read_to_string(thread.path().join("comm"))).any(|name| name == "signals\n")
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_waits_for_its_input_ends_at_once() {
    let desk = Desk::new();
    fs::write(desk.path("claims.csv"), "old").unwrap();
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let run = Command::new(env!("CARGO_BIN_EXE_gainsay"))
            .current_dir(desk.folder.path())
            .args(["claims", "-", "-o", "claims.csv"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let since = Instant::now();
        while !hears(&run) && since.elapsed() < PATIENCE {
            sleep(Duration::from_millis(1));
        }
        send(signal, &run);
        let (ended, told) = ended(run);
        assert_eq!((ended.code(), told.lines().count()), (Some(status), 1), "{told}");
        assert_eq!(fs::read_to_string(desk.path("claims.csv")).unwrap(), "old");
    }
}
