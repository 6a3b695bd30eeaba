//! Reviewers' decisions from outside: kept beside the articles, applied on the next run, lapsing when claims change.

mod desk;

use desk::{Desk, Ended};
use serde_json::Value;

const FILE: &str = "articles/gainsay-decisions.toml";

fn article(killed: u32) -> String {
    format!(
        "---\npublished: 2022-09-14\n---\nOn 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, Yerevan said.\n"
    )
}

/// Two articles that contradict each other.
fn desk() -> Desk {
    Desk::new().file("articles/courier.txt", &article(49)).file("articles/herald.txt", &article(105))
}

fn findings(desk: &Desk, options: &str) -> (Vec<Value>, Ended) {
    let ended = desk.run(&format!("findings articles {options}"));
    (ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), ended)
}

/// The id of the one contradiction.
fn contradiction(desk: &Desk) -> String {
    let (all, ended) = findings(desk, "--no-decisions");
    let finding = all.iter().find(|finding| finding["verdict"] == "contradiction");
    finding.unwrap_or_else(|| panic!("{ended:?}"))["id"].as_str().unwrap().to_owned()
}

fn dismissed() -> (Desk, String) {
    let desk = desk();
    let id = contradiction(&desk);
    let ended = desk.run(&format!("decide {id} --dismiss --why rumour --by Ann --on 2024-05-02 articles"));
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{ended:?}");
    assert!(ended.out.starts_with(FILE), "{ended:?}");
    (desk, id)
}

#[test]
fn a_dismissed_finding_says_so_comes_last_and_is_not_counted() {
    let (desk, id) = dismissed();
    let (all, _) = findings(&desk, "");
    let last = all.last().unwrap();
    assert_eq!(last["id"], id.as_str());
    let decision = serde_json::json!(
        {"verdict": "dismissed", "why": "rumour", "by": "Ann", "on": "2024-05-02", "covers_all": true});
    assert_eq!(last["decision"], decision);
    assert_eq!(desk.run("report articles -o report").status, 0);
    let report = std::fs::read_to_string(desk.path("report/discrepancies.md")).unwrap();
    assert!(!report.contains("1 contradicted") && report.contains("reviewers dismissed 1 more"), "{report}");
    assert!(report.contains("## Dismissed by reviewers") && report.contains("Dismissed by Ann on 2 May 2024: rumour"));
    let csv = std::fs::read_to_string(desk.path("report/discrepancies.csv")).unwrap();
    assert!(csv.contains("dismissed,rumour,Ann,2024-05-02"), "{csv}");
    assert_eq!(desk.run("report articles -o without --no-decisions").status, 0);
    let without = std::fs::read_to_string(desk.path("without/discrepancies.md")).unwrap();
    assert!(without.contains("1 contradicted") && !without.contains("rumour"), "{without}");
}

#[test]
fn a_confirmed_finding_is_counted_and_shows_the_reason() {
    let desk = desk();
    let id = contradiction(&desk);
    assert_eq!(desk.run(&format!("decide {} --confirm --why asked articles", &id[..6])).status, 0);
    assert_eq!(desk.run("report articles -o report").status, 0);
    let report = std::fs::read_to_string(desk.path("report/discrepancies.md")).unwrap();
    assert!(report.contains("1 contradicted") && report.contains("Confirmed on ") && report.contains(": asked"));
}

#[test]
fn another_article_leaves_the_decision_and_one_with_a_new_answer_opens_the_finding_again() {
    let (desk, _) = dismissed();
    let desk = desk
        .file("articles/late.txt", &article(49))
        .file("articles/apart.txt", "On 2 May 2020 two people were killed in Kabul.\n");
    let (all, ended) = findings(&desk, "");
    let decided: Vec<&Value> = all.iter().map(|finding| &finding["decision"]).filter(|one| !one.is_null()).collect();
    assert_eq!((ended.status, decided.len(), &decided[0]["covers_all"]), (0, 1, &Value::Bool(true)), "{ended:?}");
    let desk = desk.file("articles/new.txt", &article(222));
    let (all, ended) = findings(&desk, "");
    let first = &all[0];
    assert_eq!(
        (ended.status, &first["verdict"], &first["decision"]["covers_all"]),
        (0, &"contradiction".into(), &Value::Bool(false))
    );
}

#[test]
fn a_decision_lapses_with_a_warning_when_its_claim_changes_or_vanishes() {
    for (text, told) in [
        (article(50), "is gone"),
        (article(105).replace("Yerevan said", "Baku said"), "says something else now"),
        ("Nothing happened.".to_owned(), "is gone"),
    ] {
        let (desk, id) = dismissed();
        let desk = desk.file("articles/herald.txt", &text);
        let (all, ended) = findings(&desk, "");
        assert!(all.iter().all(|finding| finding["decision"].is_null()), "{ended:?}");
        assert!(ended.status == 1 && ended.err.starts_with(&format!("warning: {FILE}:5")), "{ended:?}");
        assert!(ended.err.contains("has lapsed") && ended.err.contains(told) && ended.err.contains(&id), "{ended:?}");
        assert_eq!(desk.run("report articles -o report --quiet").status, 1);
        assert!(
            std::fs::read_to_string(desk.path("report/discrepancies.md"))
                .unwrap()
                .contains("Decisions that no longer hold:")
        );
    }
    let (desk, _) = dismissed();
    let ended = desk.run(&format!("findings articles/courier.txt --decisions {FILE}"));
    assert!(ended.err.contains("the article `herald` was not read"), "{ended:?}");
}

#[test]
fn decisions_are_listed_replaced_and_taken_back_and_comments_stay() {
    let (desk, id) = dismissed();
    let own =
        std::fs::read_to_string(desk.path(FILE)).unwrap().replace("[[decision]]", "# Look again in May.\n[[decision]]");
    let desk = desk.file(FILE, &own);
    assert_eq!(desk.run(&format!("decide {id} --confirm --why checked --on 2024-05-03 articles")).status, 0);
    let kept = std::fs::read_to_string(desk.path(FILE)).unwrap();
    assert!(kept.contains("# Look again in May.") && kept.matches("[[decision]]").count() == 1, "{kept}");
    let list = desk.run("decide --list articles --format csv");
    assert!(list.out.lines().nth(1).unwrap().starts_with(&format!("{id},confirmed,checked,,2024-05-03,")), "{list:?}");
    assert!(desk.run("decide --list articles --format table").out.contains("confirmed"));
    let undone = desk.run(&format!("decide --undo {} articles", &id[..4]));
    assert_eq!(undone.status, 0, "{undone:?}");
    assert_eq!(desk.run("decide --list articles").out, "");
    assert!(std::fs::read_to_string(desk.path(FILE)).unwrap().starts_with("# What reviewers decided"));
}

#[test]
fn what_cannot_be_decided_is_told_with_what_to_do() {
    let (desk, id) = dismissed();
    let desk = desk.folder("empty").stdin(&article(3));
    let near = format!("{}{}", &id[..15], if id.ends_with('0') { '1' } else { '0' });
    for (arguments, told) in [
        (format!("decide {near} --dismiss --why x articles"), format!("did you mean the finding {id}")),
        (format!("decide {near} --undo articles"), format!("did you mean `{id}`")),
        (format!("decide {id} --dismiss articles"), "--why".to_owned()),
        (format!("decide {id} --dismiss --confirm --why x articles"), "cannot be used with".to_owned()),
        (format!("decide {id} --dismiss --why x --on May articles"), "--on".to_owned()),
        (format!("decide {id} --dismiss --why x"), "no articles are given".to_owned()),
        (format!("decide {id} --dismiss --why x -"), "no articles are given".to_owned()),
        ("findings articles --decisions none.toml".to_owned(), "no such file".to_owned()),
    ] {
        let ended = desk.run(&arguments);
        assert_eq!(ended.status, 2, "{arguments}: {ended:?}");
        assert!(ended.err.contains(&told), "{arguments}: {ended:?}");
    }
    let broken = desk.file(FILE, "[[decision]]\nfinding = 3\n").run("findings articles");
    assert!(broken.status == 2 && broken.err.contains(&format!("{FILE}:2")), "{broken:?}");
}

#[test]
fn a_write_that_was_cut_off_anywhere_leaves_the_old_decisions_to_every_command() {
    let (desk, id) = dismissed();
    let old = desk.run("findings articles");
    let text = std::fs::read_to_string(desk.path(FILE)).unwrap();
    assert_eq!(desk.run(&format!("decide {id} --confirm --why asked articles")).status, 0);
    let new = std::fs::read_to_string(desk.path(FILE)).unwrap();
    let mut desk = desk.file(FILE, &text);
    for length in [0, 1, new.len() / 2, new.len()] {
        desk = desk.file(&format!("articles/.gainsay-{length}"), &new[..length]);
        let ended = desk.run("findings articles");
        assert_eq!((ended.status, &ended.out, &ended.err), (0, &old.out, &old.err), "{length}");
    }
    assert_eq!(desk.run(&format!("decide {id} --confirm --why asked articles")).status, 0);
    assert_eq!(std::fs::read_to_string(desk.path(FILE)).unwrap(), new);
}

#[test]
fn a_decision_whose_claims_were_taken_out_holds_for_nothing() {
    let (desk, _) = dismissed();
    let own = std::fs::read_to_string(desk.path(FILE)).unwrap();
    let (head, _) = own.split_once("claims = ").unwrap();
    let desk = desk.file(FILE, &format!("{head}claims = []\n"));
    let (all, ended) = findings(&desk, "");
    assert!(ended.status == 1 && ended.err.contains("it names no claims"), "{ended:?}");
    assert!(all.iter().all(|finding| finding["decision"].is_null()), "{ended:?}");
}
