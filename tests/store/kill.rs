//! Runs that are killed: what was reported is there, nothing is broken, and adding again completes the store.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;

use super::fine;
use crate::desk::Desk;

/// Says how often a run is killed.
const TIMES: &str = "GAINSAY_KILLS";

/// Enough articles for several batches.
const ARTICLES: u32 = 700;

fn articles() -> String {
    let places = ["Sotk", "Jermuk", "Vardenis", "Goris"];
    let line = |n: u32| {
        let (day, place, killed) = (n % 27 + 1, places[n as usize % places.len()], n * 7 % 90 + 3);
        format!(
            "{{\"id\": \"a{n:04}\", \"outlet\": \"Outlet {}\", \"published\": \"2022-09-{:02}\", \
             \"text\": \"On {day} September 2022 {killed} soldiers of Armenia were killed near {place}, Yerevan said. Report {n}.\"}}\n",
            n % 9,
            day + 1
        )
    };
    (0..ARTICLES).map(line).collect()
}

/// A few numbers that look like chance and are the same each time.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn whoever_is_killed_loses_nothing_that_was_reported() {
    let times: u32 = std::env::var(TIMES).ok().and_then(|times| times.parse().ok()).unwrap_or(3);
    let desk = Desk::new().file("all.jsonl", &articles());
    let begun = std::time::Instant::now();
    fine(desk.run("add whole.db all.jsonl"));
    let whole = u64::try_from(begun.elapsed().as_millis()).unwrap().max(2);
    let expected = fine(desk.run("findings --db whole.db"));
    let mut state = 7;
    let mut tally = [0; 4];
    for time in 0..times {
        let db = format!("killed-{time}.db");
        let mut adding = Command::new(env!("CARGO_BIN_EXE_gainsay"));
        adding.current_dir(desk.path("")).args(["add", &db, "all.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut adding = adding.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(next(&mut state) % whole));
        adding.kill().unwrap();
        let mut reported = String::new();
        adding.stdout.take().unwrap().read_to_string(&mut reported).unwrap();
        adding.wait().unwrap();
        let reported = &reported[..reported.rfind('\n').map_or(0, |end| end + 1)];
        let there = sound(&desk, &db, reported);
        tally[match (there, reported.lines().count()) {
            (0, _) => 0,
            (there, reported) if there as usize > reported => 1,
            (there, _) if there < ARTICLES => 2,
            _ => 3,
        }] += 1;
        fine(desk.run(&format!("add {db} all.jsonl")));
        assert_eq!(fine(desk.run(&format!("findings --db {db}"))), expected, "killed run {time}");
        assert_eq!(sound(&desk, &db, reported), ARTICLES);
        std::fs::remove_file(desk.path(&db)).unwrap();
    }
    let [none, more, some, all] = tally;
    assert_eq!(none + more + some + all, times);
    let shown = format!(
        "killed {times} times: nothing there {none}, more there than reported {more}, some {some}, all {all}\n"
    );
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("kills.txt"), shown).unwrap();
}

/// Checks a store, and that what was reported is in it; the number of its articles.
fn sound(desk: &Desk, db: &str, reported: &str) -> u32 {
    let path = desk.path(db);
    if !path.exists() {
        assert_eq!(reported, "");
        return 0;
    }
    let store = Connection::open(path).unwrap();
    let checked: String = store.query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    assert_eq!(checked, "ok");
    assert!(!store.prepare("PRAGMA foreign_key_check").unwrap().exists(()).unwrap());
    if !store.table_exists(None, "documents").unwrap() {
        assert_eq!(reported, "");
        return 0;
    }
    let mut there = store.prepare("SELECT 1 FROM documents WHERE document = ?1").unwrap();
    assert!(reported.lines().all(|id| there.exists([id]).unwrap()), "{reported}");
    store.query_row("SELECT count(*) FROM documents", (), |row| row.get(0)).unwrap()
}
