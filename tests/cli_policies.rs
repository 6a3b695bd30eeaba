//! Policies and audits from outside: what `gainsay tolls` and `gainsay audit` print.

mod desk;

use desk::{Desk, Ended};
use serde_json::Value;

const SOURCES: &str = "file,outlet,published,title,url\n\
    a.txt,Courier,2021-05-04,,\nb.txt,Herald,2021-05-06,,\nc.txt,Ledger,2021-05-06,,\n";

/// Three articles on one explosion.
fn articles() -> Desk {
    Desk::new()
        .file("articles/sources.csv", SOURCES)
        .file("articles/a.txt", "Twelve people died in Kabul on 3 May 2021 when an explosion tore through a market.")
        .file("articles/b.txt", "In Kabul, the Red Cross said 15 people were killed by the explosion of 3 May 2021.")
        .file("articles/c.txt", "An explosion in Kabul on 3 May 2021 killed 20 people.")
}

fn lines(ended: &Ended) -> Vec<Value> {
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_policy_publishes_its_own_number_of_the_same_claims() {
    let desk = articles();
    let all = lines(&desk.run("tolls articles"));
    assert_eq!(all, lines(&desk.run("tolls articles --policy all")));
    let of = |policy: &str| all.iter().filter(|line| line["policy"] == policy).collect::<Vec<_>>();
    assert_eq!((&of("acled")[0]["best"], &of("acled")[0]["low"]), (&Value::from(12), &Value::Null));
    assert_eq!(of("gtd")[0]["best"], 15);
    assert_eq!((&of("ibc")[0]["low"], &of("ibc")[0]["high"]), (&Value::from(12), &Value::from(20)));
    assert_eq!((&of("airwars")[0]["grade"], &of("airwars")[0]["best"]), (&Value::from("fair"), &Value::Null));
    assert_eq!(of("wikipedia").len(), 3);
    assert!(of("gtd")[0]["differs"].as_array().unwrap().contains(&"acled".into()));
    assert!(of("wikipedia").iter().all(|line| line["differs"] == Value::Array(Vec::new())));
    assert!(all.iter().all(|line| line["note"].as_str().is_some_and(|note| !note.is_empty())));
    assert!(all.iter().all(|line| line["claims"].as_array().is_some_and(|claims| !claims.is_empty())));
}

#[test]
fn policies_are_chosen_by_name_and_an_unknown_one_ends_with_2() {
    let desk = articles();
    let two = lines(&desk.run("tolls articles --policy gtd,acled"));
    assert_eq!(two.iter().map(|line| &line["policy"]).collect::<Vec<_>>(), ["acled", "gtd"]);
    let ended = desk.run("tolls articles --policy acleds");
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("did you mean `acled`?"), "{ended:?}");
}

#[test]
fn tables_say_where_the_policies_differ() {
    let desk = articles();
    let markdown = desk.run("tolls articles --policy acled,gtd --format markdown").out;
    assert!(markdown.contains("the policies differ: 12 (acled); 15 (gtd)"), "{markdown}");
    assert!(markdown.starts_with("| event | policy | low | best | high | note |\n| :--- |"), "{markdown}");
    let table = desk.run("tolls articles --format table").out;
    assert!(table.lines().all(|line| line.chars().count() <= 120), "{table}");
    assert!(desk.run("tolls articles --policy acled --format table").out.contains("acled"));
}

#[test]
fn the_order_of_the_articles_changes_nothing() {
    let desk = articles();
    for command in ["tolls", "audit"] {
        let one = desk.run(&format!("{command} articles/a.txt articles/b.txt articles/c.txt"));
        let other = desk.run(&format!("{command} articles/c.txt articles/a.txt articles/b.txt"));
        assert!(!one.out.is_empty());
        assert_eq!(one.out, other.out, "{command}");
    }
}

#[test]
fn a_pipe_is_one_article_and_nothing_to_read_is_a_warning() {
    let desk = articles().folder("empty").stdin("An explosion in Kabul on 3 May 2021 killed dozens of people.");
    let lines = lines(&desk.run("tolls - --policy acled,gtd"));
    assert_eq!((&lines[0]["best"], &lines[1]["best"]), (&Value::from(12), &Value::Null));
    for command in ["tolls", "audit"] {
        let ended = desk.run(&format!("{command} empty"));
        assert_eq!((ended.status, ended.out.as_str()), (1, ""), "{command}");
    }
}

#[test]
fn a_new_file_is_a_new_policy() {
    let highest = "name = \"Highest\"\nsource = \"ours\"\nabout = \"the highest\"\noutcomes = [\"killed\"]\n\
                   lines = \"one\"\ncounts-once = \"article\"\nsteps = [\"highest\"]\nvague = \"blank\"\n\
                   shares-out = true\nlow = \"none\"\nhigh = \"none\"\nfallback = \"blank\"\n\
                   note = \"The highest of {accounts}.\"\ndispute = \"Told: {figures}.\"\n\
                   matches = [[\"12 killed | 20 killed\", \"20\"]]\n";
    let desk = articles().file("my-rules/policies/highest.toml", highest);
    let checked = desk.run("rules check my-rules");
    assert_eq!(checked.status, 0, "{}", checked.err);
    let line = &lines(&desk.run("tolls articles --policy highest --rules my-rules"))[0];
    assert_eq!(line["best"], 20);
    assert_eq!(
        line["note"],
        "The highest of 3. Told: 12 (Courier, 4 May 2021); 15 (Red Cross, 6 May 2021); 20 (Ledger, 6 May 2021)."
    );
    assert!(desk.run("rules show highest --rules my-rules").out.contains("highest.toml:1:1"));
    let wrong = desk.file("my-rules/policies/highest.toml", &highest.replace("\"20\"", "\"12\""));
    let checked = wrong.run("rules check my-rules");
    assert_eq!(checked.status, 1);
    assert!(checked.err.contains("the policy `highest` publishes `20`, not `12`"), "{}", checked.err);
}

#[test]
fn an_audit_places_outlets_by_the_middle_of_independent_origins() {
    let desk = articles();
    let outlets = lines(&desk.run("audit articles"));
    let of = |name: &str| outlets.iter().find(|line| line["outlet"] == name).unwrap();
    assert_eq!(of("Courier")["killed"], serde_json::json!({"value": -0.2, "of": 1}));
    assert_eq!(of("Herald")["killed"]["value"], 0.0);
    assert_eq!((&of("Courier")["late"]["value"], &of("Ledger")["late"]["value"]), (&0.0.into(), &2.0.into()));
    assert_eq!(
        (&of("Courier")["unattributed"]["value"], &of("Herald")["unattributed"]["value"]),
        (&1.0.into(), &0.0.into())
    );
    let figures = lines(&desk.run("audit articles --by figure"));
    assert_eq!(figures.len(), 3);
    assert_eq!((&figures[1]["origin"], &figures[1]["speakers"][0]), (&"Red Cross".into(), &"the Red Cross".into()));
    assert!(figures.iter().all(|line| line["middle"] == 15.0));
}

#[test]
fn the_report_has_the_audit_to_read_and_as_a_table() {
    let desk = articles();
    assert_eq!(desk.run("report articles -o report --quiet").status, 0);
    let read = |name: &str| std::fs::read_to_string(desk.path("report").join(name)).unwrap();
    assert!(read("discrepancies.md").contains("## Outlets, set against each other"));
    assert_eq!(read("audit.csv"), desk.run("audit articles --format csv").out);
}

#[test]
fn the_table_of_the_readme_is_what_the_program_prints() {
    let readme = include_str!("../README.md");
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let printed = Desk::new().run(&format!("tolls {seeds} --policy acled,gtd,ibc --format markdown")).out;
    let rows = printed.lines().position(|line| line.contains("| together |")).unwrap();
    assert!(printed.lines().take(rows + 1).all(|line| readme.contains(line)), "{printed}");
}
