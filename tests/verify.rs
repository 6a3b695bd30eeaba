//! Quotes written by the program and found again by it, in articles that stayed as they were and in others.

mod desk;

use desk::Desk;

const COURIER: &str = "On 13 September 2022 at least 49 soldiers of Armenia were killed, Yerevan said.\n";
const HERALD: &str = "On 13 September 2022 some 1,500 people fled. Armenia said 105 of its soldiers were killed.\n";

/// A desk with two articles and their claims and findings in every format that can be verified.
fn desk() -> Desk {
    let desk = Desk::new().file("articles/courier.txt", COURIER).file("articles/herald.txt", HERALD);
    for (command, file) in [("claims", "claims.csv"), ("claims", "claims.jsonl"), ("findings", "findings.jsonl")] {
        assert_eq!(desk.run(&format!("{command} articles -o {file}")).status, 0);
    }
    desk
}

/// The statuses of the courier's and the herald's quotes after a change, each once.
fn statuses(desk: &Desk, file: &str) -> Vec<String> {
    let ended = desk.run(&format!("verify {file} articles --format csv"));
    let mut found: Vec<String> =
        ended.out.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
    found.sort();
    found.dedup();
    assert_eq!(ended.status, i32::from(found.iter().any(|status| !status.starts_with("ok"))), "{ended:?}");
    found
}

#[test]
fn claims_and_findings_are_ok_in_the_articles_they_come_from() {
    let desk = desk();
    for file in ["claims.csv", "claims.jsonl", "findings.jsonl"] {
        assert_eq!(statuses(&desk, file), ["ok courier", "ok herald"], "{file}");
    }
    let table = desk.run("verify claims.csv articles --format table");
    assert!(table.out.contains(" ok\n") && table.out.lines().count() == 1, "{table:?}");
}

#[test]
fn every_claim_names_the_hash_of_its_document() {
    let out = desk().run("claims articles").out;
    // What `sha256sum articles/courier.txt` prints.
    let hash = gainsay::text::TextHash::of(COURIER).to_string();
    assert!(out.lines().next().unwrap().contains(&format!("\"sha256\":\"{hash}\"")), "{out}");
}

#[test]
fn an_article_that_was_changed_is_told_by_what_became_of_its_quotes() {
    for (now, status) in [
        (format!("{COURIER}More to follow.\n"), "changed courier"),
        (format!("Update.\n{COURIER}"), "moved courier"),
        (COURIER.replace("49", "149").replace("13 September", "2 May"), "vanished courier"),
    ] {
        let desk = desk().file("articles/courier.txt", &now);
        for file in ["claims.csv", "findings.jsonl"] {
            let mut expected = [status, "ok herald"];
            expected.sort_unstable();
            assert_eq!(statuses(&desk, file), expected, "{file}: {now}");
        }
    }
}

#[test]
fn an_article_that_is_gone_is_missing() {
    let ended = desk().run("verify claims.csv articles/courier.txt --format table");
    assert_eq!(ended.status, 1);
    assert!(ended.out.contains("missing") && ended.out.contains("herald"), "{ended:?}");
}

#[test]
fn quotes_that_begin_like_formulas_are_read_back() {
    let desk = Desk::new().file("a.txt", "The toll rose.\n").file("claims.csv", "document,quote\na,\"'-toll\"\n");
    let ended = desk.file("a.txt", "Said 'tis -toll of war.").run("verify claims.csv a.txt --format csv");
    assert_eq!((ended.status, ended.out.lines().nth(1)), (0, Some("ok,a,'-toll,,,10,15,'-toll,,")));
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let desk = Desk::new()
        .file("a.txt", "Two people died.")
        .file("articles.csv", "file,outlet\na,b\n")
        .file("lines.jsonl", "{\"document\": \"a\", \"quote\": \"died\", \"start\": \"x\"}\n{\"document\": \"a\", \"quote\": \"died\"}\n")
        .file("old.jsonl", "{\"id\": \"1\", \"positions\": [{\"claims\": []}]}\n");
    let wrong = desk.run("verify articles.csv a.txt");
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("articles.csv:1") && wrong.err.contains("no column `document`"), "{wrong:?}");
    let line = desk.run("verify lines.jsonl a.txt");
    assert_eq!(line.status, 1);
    assert!(line.err.starts_with("warning: lines.jsonl:1: `start`: \"x\" is not a whole number"), "{line:?}");
    let old = desk.run("verify old.jsonl a.txt");
    assert!(old.status == 2 && old.err.contains("missing field `evidence`"), "{old:?}");
    assert_eq!(desk.run("verify gone.csv a.txt").status, 2);
}

#[test]
fn articles_may_come_from_a_pipe_and_a_folder_without_any_is_told() {
    let desk = Desk::new().stdin(COURIER).folder("empty");
    assert_eq!(desk.run("claims - -o claims.csv").status, 0);
    assert_eq!(desk.run("verify claims.csv -").status, 0);
    let nothing = desk.run("verify claims.csv empty");
    assert!(nothing.status == 1 && nothing.err.contains("no articles found"), "{nothing:?}");
}
