//! The store from outside: whatever the order in which articles came, and however a run ended, the same is printed as of all
//! articles at once.
#![cfg(feature = "store")]

#[path = "store/kill.rs"]
mod kill;

mod desk;

use desk::{Desk, Ended};
use rusqlite::Connection;
use serde_json::Value;

/// The seeds by day of publication.
const SEEDS: [&str; 5] = [
    "ambassador-syria-fighters.md",
    "october-talks.txt",
    "border-clashes.txt",
    "captives-video.txt",
    "alliance-exit.md",
];

/// A desk with the seeds.
fn seeds() -> Desk {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    SEEDS
        .iter()
        .chain(&["sources.csv"])
        .fold(Desk::new(), |desk, name| desk.file(&format!("seeds/{name}"), &text(name)))
}

fn article(day: u32, killed: u32) -> String {
    format!(
        "---\npublished: 2022-09-{day}\n---\nOn 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, Yerevan said.\n"
    )
}

/// Two articles that contradict each other.
fn two() -> Desk {
    Desk::new().file("articles/courier.txt", &article(14, 49)).file("articles/herald.txt", &article(15, 105))
}

fn fine(ended: Ended) -> String {
    assert_eq!(ended.status, 0, "{ended:?}");
    ended.out
}

fn ask(desk: &Desk, query: &str) -> String {
    let store = Connection::open(desk.path("news.db")).unwrap();
    let mut rows = store.prepare(query).unwrap();
    let rows = rows.query_map((), |row| row.get(0).map(|value: rusqlite::types::Value| format!("{value:?}"))).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_prints_what_it_prints_of_all_articles_at_once() {
    let all: Vec<String> = SEEDS.iter().map(|name| format!("seeds/{name}")).collect();
    let all = all.join(" ");
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
        let desk = seeds();
        for seed in order {
            let ended = desk.run(&format!("add news.db seeds/{}", SEEDS[seed]));
            assert_eq!(ended.out.lines().next(), SEEDS[seed].split('.').next(), "{ended:?}");
        }
        for command in ["findings", "findings --format csv", "claims", "tallies", "tolls", "audit", "graph", "times"] {
            let (scratch, stored) =
                (desk.run(&format!("{command} {all}")), desk.run(&format!("{command} --db news.db")));
            assert_eq!(fine(stored), fine(scratch), "{command}");
        }
        fine(desk.run(&format!("report {all} -o scratch --format md,csv,html,json")));
        fine(desk.run("report --db news.db -o stored --format md,csv,html,json"));
        for file in std::fs::read_dir(desk.path("scratch")).unwrap().map(|file| file.unwrap().file_name()) {
            let read = |folder: &str| std::fs::read(desk.path(folder).join(&file)).unwrap();
            assert!(read("scratch") == read("stored"), "{file:?}");
        }
        let printed = ask(&desk, "SELECT group_concat(line, char(10)) FROM printed_claims");
        assert_eq!(printed, format!("Text({:?})", fine(desk.run(&format!("claims {all}"))).trim_end()));
        assert_eq!(ask(&desk, "SELECT count(*) FROM documents WHERE NOT whole"), "Integer(0)");
    }
}

#[test]
fn what_is_there_is_passed_over_and_another_text_of_its_id_is_kept_beside_it() {
    let desk = two().file("later/courier.txt", &article(16, 61));
    assert_eq!(fine(desk.run("add news.db articles")), "courier\nherald\n");
    let again = desk.run("add news.db articles");
    assert_eq!((again.out.as_str(), again.status), ("", 0));
    assert!(again.err.contains("0 added, 2 already there"), "{again:?}");
    let later = desk.run("add news.db later articles/herald.txt");
    assert_eq!((later.out.as_str(), later.status), ("later-courier\n", 0), "{later:?}");
    let scratch = desk.run("findings articles/courier.txt articles/herald.txt later");
    assert_eq!(fine(desk.run("findings --db news.db")), scratch.out);
    assert_eq!(desk.run("add news.db later articles").out, "");
}

#[test]
fn articles_of_paths_join_those_of_the_store() {
    let desk = two();
    fine(desk.run("add news.db articles/courier.txt"));
    let scratch = fine(desk.run("findings articles"));
    assert!(scratch.contains("contradiction"), "{scratch}");
    assert_eq!(fine(desk.run("findings --db news.db articles/herald.txt")), scratch);
    assert_eq!(fine(desk.run("findings --db news.db articles")), scratch);
    assert_eq!(fine(desk.run("findings --db news.db")), "");
}

#[test]
fn standard_input_is_added_and_an_empty_folder_is_told_of() {
    let desk = Desk::new().folder("empty").stdin(&article(14, 49));
    let none = desk.run("add news.db empty");
    assert!(none.status == 1 && none.err.contains("no articles found"), "{none:?}");
    let wrong = desk.run("add news.db no-such-folder");
    assert!(wrong.status == 2 && wrong.err.contains("no such file or folder"), "{wrong:?}");
    assert!(!desk.path("news.db").exists(), "a store of nothing");
    assert_eq!(fine(desk.run("add news.db -")), "stdin\n");
}

#[test]
fn versions_of_one_article_stand_together() {
    let version = |day: u32, killed: u32| {
        format!(
            "{{\"id\": \"v{day}\", \"outlet\": \"Lantern Post\", \"url\": \"https://lantern.example/toll\", \"published\": \"2022-09-{day}\", \
             \"text\": \"On 13 September 2022 {killed} soldiers of Armenia were killed near Sotk.\"}}\n"
        )
    };
    let desk = Desk::new().file("one.jsonl", &version(14, 49)).file("two.jsonl", &version(15, 61));
    fine(desk.run("add news.db two.jsonl"));
    assert_eq!(ask(&desk, "SELECT count(*) FROM versions"), "Integer(0)");
    fine(desk.run("add news.db one.jsonl"));
    let pairs = "SELECT one.document || ' ' || first.document FROM versions JOIN documents AS one ON one.id = versions.document \
                 JOIN documents AS first ON first.id = versions.first ORDER BY 1";
    assert_eq!(ask(&desk, pairs), "Text(\"v14 v14\")\nText(\"v15 v14\")");
}

#[test]
fn other_rules_read_everything_anew() {
    let rule = "stage = \"claim\"\n\n[[rule]]\nid = \"own/buried\"\nabout = \"people buried alive\"\nemits = \"casualty\"\n\
                set = { outcome = \"killed\" }\npattern = 'v:people \"was|were\" \"buried alive\"'\n\
                matches = [[\"Four soldiers were buried alive.\", \"killed 4 military\"]]\nignores = [\"Four soldiers were buried.\"]\n";
    let desk = two()
        .file("rules/en/shapes/own.toml", rule)
        .file("more/ledger.txt", "---\npublished: 2022-09-17\n---\nFour soldiers were buried alive near Sotk.\n");
    fine(desk.run("add news.db articles more"));
    for command in ["claims", "findings"] {
        let scratch = fine(desk.run(&format!("{command} --rules rules articles more")));
        assert_eq!(
            fine(desk.run(&format!("{command} --rules rules --db news.db"))),
            scratch,
            "unsettled under these rules"
        );
    }
    let before = ask(&desk, "SELECT count(*) FROM claims");
    fine(desk.run("add news.db articles --rules rules"));
    assert_ne!(ask(&desk, "SELECT count(*) FROM claims"), before);
    let scratch = fine(desk.run("findings --rules rules articles more"));
    assert_eq!(fine(desk.run("findings --rules rules --db news.db")), scratch);
    assert_eq!(fine(desk.run("claims --db news.db")), fine(desk.run("claims articles more")));
}

#[test]
fn a_file_that_is_no_store_is_left_as_it_is() {
    let desk = two().file("notes.txt", "notes of the day, nothing else at all");
    for (store, expected) in [("notes.txt", "no store of articles"), ("articles", "a folder, not a store")] {
        let ended = desk.run(&format!("add {store} articles"));
        assert!(ended.status == 2 && ended.err.contains(expected) && ended.err.contains("help"), "{ended:?}");
    }
    let foreign = Connection::open(desk.path("other.db")).unwrap();
    foreign.execute_batch("CREATE TABLE cats (name TEXT)").unwrap();
    drop(foreign);
    for command in ["add other.db articles", "findings --db other.db"] {
        let ended = desk.run(command);
        assert!(ended.status == 2 && ended.err.contains("no store of articles"), "{ended:?}");
    }
    let gone = desk.run("findings --db none.db");
    assert!(gone.status == 2 && gone.err.contains("no such store") && !desk.path("none.db").exists(), "{gone:?}");
    fine(desk.run("add news.db articles"));
    Connection::open(desk.path("news.db")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let newer = desk.run("findings --db news.db");
    assert!(newer.status == 2 && newer.err.contains("by a newer gainsay"), "{newer:?}");
}

#[test]
fn who_writes_at_the_same_time_is_waited_for_and_then_told_of() {
    let desk = two();
    fine(desk.run("add news.db articles/courier.txt"));
    let other = Connection::open(desk.path("news.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ended = desk.run("add news.db articles/herald.txt --wait 1");
    assert!(ended.status == 2 && ended.err.contains("another program is writing"), "{ended:?}");
    assert!(fine(desk.run("claims --db news.db")).contains("courier"));
    drop(other);
    std::thread::scope(|scope| {
        let add = |path: &'static str| {
            let desk = &desk;
            scope.spawn(move || desk.run(&format!("add news.db {path}")))
        };
        let both = ["articles/herald.txt", "articles"].map(add);
        both.into_iter().for_each(|one| drop(fine(one.join().unwrap())));
    });
    assert_eq!(fine(desk.run("findings --db news.db")), fine(desk.run("findings articles")));
}

#[test]
fn decisions_live_in_the_store() {
    let desk = two();
    fine(desk.run("add news.db articles"));
    let findings = fine(desk.run("findings --db news.db"));
    let grave: Value = serde_json::from_str(findings.lines().next().unwrap()).unwrap();
    let id = grave["id"].as_str().unwrap();
    fine(desk.run(&format!("decide {id} --dismiss --why rumour --by Ann --on 2024-05-02 --db news.db")));
    assert!(!desk.path("gainsay-decisions.toml").exists());
    assert_eq!(
        ask(&desk, "SELECT about || ' ' || verdict || ' ' || why FROM decisions"),
        format!("Text(\"{id} dismissed rumour\")")
    );
    fine(desk.run("decide --db news.db --export kept.toml"));
    let dismissed = fine(desk.run("findings --db news.db"));
    assert_ne!(dismissed, findings);
    assert_eq!(fine(desk.run("findings articles --decisions kept.toml")), dismissed);
    fine(desk.run(&format!("decide {id} --undo --db news.db")));
    assert_eq!(fine(desk.run("findings --db news.db")), findings);
    fine(desk.run("decide --db news.db --import kept.toml"));
    assert_eq!(fine(desk.run("findings --db news.db")), dismissed);
    let claim = fine(desk.run("claims --db news.db"));
    let claim: Value = serde_json::from_str(claim.lines().next().unwrap()).unwrap();
    let claim = claim["id"].as_str().unwrap();
    fine(desk.run(&format!("decide {claim} --correct --figure 105 --why misread --db news.db")));
    assert!(desk.run("claims --db news.db").out.contains("\"corrected\":[\"figure\"]"));
    assert_eq!(fine(desk.run("decide --list --db news.db")).lines().count(), 2);
}
