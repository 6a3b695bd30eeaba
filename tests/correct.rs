//! Corrections from outside: a claim misread, corrected beside the articles, and what every command makes of it.

mod desk;

use desk::{Desk, Ended};
use serde_json::Value;

const FILE: &str = "articles/gainsay-decisions.toml";

fn article(killed: u32, place: &str, day: u32) -> String {
    format!(
        "---\npublished: 2022-09-{}\n---\nOn {day} September 2022 {killed} soldiers of Armenia were killed near {place}, Yerevan said.\n",
        day + 1
    )
}

/// Two articles that contradict each other.
fn desk() -> Desk {
    Desk::new()
        .file("articles/courier.txt", &article(49, "Sotk", 13))
        .file("articles/herald.txt", &article(105, "Sotk", 13))
}

fn lines(desk: &Desk, command: &str) -> (Vec<Value>, Ended) {
    let ended = desk.run(command);
    (ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), ended)
}

/// The one casualty claim of an article.
fn claim(desk: &Desk, document: &str) -> Value {
    let (claims, ended) = lines(desk, "claims articles");
    let found = claims.into_iter().find(|claim| claim["document"] == document && claim["kind"] == "casualty");
    found.unwrap_or_else(|| panic!("{ended:?}"))
}

fn id(desk: &Desk, document: &str) -> String {
    claim(desk, document)["id"].as_str().unwrap().to_owned()
}

/// The herald's figure corrected to that of the courier.
fn corrected() -> (Desk, String) {
    let desk = desk();
    let id = id(&desk, "herald");
    let ended = desk.run(&format!("decide {id} --correct --figure 49 --why misread --by Ann --on 2024-05-02 articles"));
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{ended:?}");
    assert!(ended.out.starts_with(FILE), "{ended:?}");
    (desk, id)
}

#[test]
fn a_corrected_figure_is_compared_and_says_so_wherever_it_stands() {
    let (desk, id) = corrected();
    let line = claim(&desk, "herald");
    let said = (&line["id"], &line["count"]["value"], &line["count"]["text"], &line["corrected"]);
    assert_eq!(said, (&Value::from(id.as_str()), &49.into(), &"49".into(), &serde_json::json!(["figure"])));
    assert!(line["quote"].as_str().unwrap().contains("105"), "the words stay the article's: {line}");
    let (findings, _) = lines(&desk, "findings articles");
    assert!(findings.iter().all(|finding| finding["verdict"] != "contradiction"), "{findings:?}");
    let evidence = findings.iter().flat_map(|finding| finding["positions"].as_array().unwrap());
    let evidence: Vec<&Value> = evidence.flat_map(|position| position["evidence"].as_array().unwrap()).collect();
    assert!(evidence.iter().any(|one| one["claim"] == id.as_str() && one["corrected"][0] == "figure"), "{evidence:?}");
    for command in ["tallies", "tolls --policy acled", "audit --by figure"] {
        let (lines, ended) = lines(&desk, &format!("{command} articles --format jsonl"));
        assert!(!lines.is_empty() && !ended.out.contains("105"), "{command}: {ended:?}");
    }
    assert!(desk.run("graph articles --format json").out.contains("49"));
    assert_eq!(desk.run("report articles -o report").status, 0);
    let report = std::fs::read_to_string(desk.path("report/discrepancies.md")).unwrap();
    assert!(report.contains("## Corrected by reviewers") && report.contains("figure: 49"), "{report}");
    assert!(report.contains("Corrected by Ann on 2 May 2024: misread"), "{report}");
    for (file, column) in [("claims.csv", "corrected"), ("discrepancies.csv", "b.corrected")] {
        let csv = std::fs::read_to_string(desk.path("report").join(file)).unwrap();
        let mut lines = csv.lines();
        let place = lines.next().unwrap().split(',').position(|name| name == column);
        assert!(place.is_some() && lines.any(|line| line.contains(",figure")), "{csv}");
    }
    assert!(desk.run(&format!("explain {id} articles")).out.contains("figure corrected by a reviewer"));
    assert!(desk.run("claims articles --format table").out.contains("(corrected)"));
    assert!(lines(&desk, "findings articles --no-decisions").0.iter().any(|line| line["verdict"] == "contradiction"));
}

#[test]
fn a_corrected_speaker_is_an_actor_or_the_outlet_itself() {
    let desk = desk();
    let id = id(&desk, "herald");
    assert_eq!(desk.run(&format!("decide {id} --correct --speaker Baku --why x articles")).status, 0);
    let line = claim(&desk, "herald");
    assert_eq!((&line["speaker"]["text"], &line["speaker"]["actor"]), (&"Baku".into(), &"Azerbaijan".into()), "{line}");
    assert_eq!(desk.run(&format!("decide {id} --correct --figure 12 --why y articles")).status, 0);
    let line = claim(&desk, "herald");
    assert_eq!((&line["corrected"], &line["count"]["low"]), (&serde_json::json!(["figure", "speaker"]), &12.into()));
    let own = std::fs::read_to_string(desk.path(FILE)).unwrap().replace("speaker = \"Baku\"", "speaker = \"\"");
    let desk = desk.file(FILE, &own);
    assert!(claim(&desk, "herald")["speaker"].is_null());
}

#[test]
fn a_claim_is_put_to_another_event_or_to_none() {
    let desk = desk().file("articles/gazette.txt", &article(7, "Jermuk", 28));
    let (other, id) = (claim(&desk, "gazette"), id(&desk, "herald"));
    assert_ne!(other["event"], claim(&desk, "herald")["event"]);
    let event = other["event"].as_str().unwrap();
    for to in [event, other["id"].as_str().unwrap()] {
        assert_eq!(desk.run(&format!("decide {id} --correct --event {to} --why x articles")).status, 0);
        let (moved, other) = (claim(&desk, "herald"), claim(&desk, "gazette"));
        assert_eq!((&moved["event"], &moved["corrected"]), (&other["event"], &serde_json::json!(["event"])));
        assert_ne!(moved["event"], claim(&desk, "courier")["event"]);
    }
    assert_eq!(desk.run(&format!("decide {id} --correct --event none --why x articles")).status, 0);
    assert!(claim(&desk, "herald")["event"].is_null());
    let (findings, _) = lines(&desk, "findings articles");
    assert!(!findings.iter().any(|finding| finding.to_string().contains(&id)), "{findings:?}");
}

#[test]
fn a_correction_lapses_with_a_warning_when_the_claims_words_change() {
    for (text, told) in [
        (article(106, "Sotk", 13), "is gone"),
        (article(105, "Sotk", 13).replace("Yerevan said", "Baku said"), "says something else now"),
    ] {
        let (desk, id) = corrected();
        let desk = desk.file("articles/herald.txt", &text);
        for command in ["findings articles", "claims articles", "tallies articles", "report articles -o report"] {
            let ended = desk.run(command);
            assert!(ended.status == 1 && ended.err.starts_with(&format!("warning: {FILE}:")), "{command}: {ended:?}");
            assert!(
                ended.err.contains("has lapsed") && ended.err.contains(told) && ended.err.contains(&id),
                "{ended:?}"
            );
        }
        assert_eq!(claim(&desk, "herald")["corrected"], serde_json::json!([]));
    }
    let (desk, _) = corrected();
    let ended = desk.run(&format!("findings articles/courier.txt --decisions {FILE}"));
    assert_eq!((ended.status, ended.err.as_str()), (0, ""), "an article that was not read is left alone");
}

#[test]
fn a_decision_on_corrected_claims_holds_and_the_file_keeps_both_in_order() {
    let (desk, id) = corrected();
    assert_eq!(desk.run(&format!("decide {id} --correct --figure 60 --why again articles")).status, 0);
    let (findings, _) = lines(&desk, "findings articles");
    let finding = findings[0]["id"].as_str().unwrap();
    assert_eq!(findings[0]["verdict"], "contradiction");
    assert_eq!(desk.run(&format!("decide {finding} --confirm --why asked articles")).status, 0);
    let (findings, ended) = lines(&desk, "findings articles");
    assert_eq!((ended.status, &findings[0]["decision"]["why"]), (0, &"asked".into()), "{ended:?}");
    let gazette = desk.file("articles/gazette.txt", &article(7, "Jermuk", 28));
    let third = self::id(&gazette, "gazette");
    assert_eq!(gazette.run(&format!("decide {third} --correct --figure 8 --why late articles")).status, 0);
    let kept = std::fs::read_to_string(gazette.path(FILE)).unwrap();
    let order: Vec<usize> = ["again", "asked", "late"].iter().map(|why| kept.find(why).unwrap()).collect();
    assert!(order.is_sorted(), "{kept}");
    let undone = gazette.run(&format!("decide {id} --undo articles"));
    assert_eq!(undone.status, 0, "{undone:?}");
    let ended = gazette.run("findings articles");
    assert!(ended.err.contains("the decision on") && ended.err.contains("says something else now"), "{ended:?}");
}

#[test]
fn corrections_are_listed_and_what_cannot_be_corrected_is_told() {
    let (desk, id) = corrected();
    let list = desk.run("decide --list articles --format csv");
    assert!(list.out.lines().nth(1).unwrap().contains(&format!("misread,Ann,2024-05-02,,1,{id},herald,")), "{list:?}");
    assert!(desk.run("decide --list articles --format table").out.contains("figure: 49"));
    let finding = lines(&desk, "findings articles").0[0]["id"].as_str().unwrap().to_owned();
    let desk = desk.folder("empty").stdin("");
    for (arguments, told) in [
        (format!("decide {id} --correct --figure dozens --why x articles"), "is no count"),
        (format!("decide {id} --correct --why x articles"), "--figure"),
        (format!("decide {id} --figure 3 --why x articles"), "--correct"),
        (format!("decide {id} --correct --event {id} --why x articles"), "the event of the claim alone"),
        (format!("decide {finding} --correct --figure 3 --why x articles"), "corrections are of claims"),
        (format!("decide {id} --confirm --why x articles"), "decisions are on findings"),
    ] {
        let ended = desk.run(&arguments);
        assert!(ended.status == 2 && ended.err.contains(told), "{arguments}: {ended:?}");
    }
    let own = std::fs::read_to_string(desk.path(FILE)).unwrap();
    for (from, to) in [("figure = \"49\"", "figure = \"many\""), ("why = ", "event = \"other\"\nwhy = ")] {
        let ended = desk.run("findings articles --no-decisions");
        assert_eq!(ended.status, 0);
        std::fs::write(desk.path(FILE), own.replace(from, to)).unwrap();
        let broken = desk.run("findings articles");
        assert!(broken.status == 2 && broken.err.contains(&format!("{FILE}:")), "{broken:?}");
    }
}

#[test]
fn corrected_claims_that_were_written_out_read_back_the_same() {
    let (desk, _) = corrected();
    for file in ["claims.csv", "claims.jsonl"] {
        assert_eq!(desk.run(&format!("claims articles -o {file}")).status, 0);
        let (from_articles, _) = lines(&desk, "findings articles");
        let (read_back, ended) = lines(&desk, &format!("findings --claims {file} --decisions {FILE}"));
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{ended:?}");
        assert_eq!(read_back, from_articles, "{file}");
    }
}
