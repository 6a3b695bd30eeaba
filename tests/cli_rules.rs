//! The commands about rules from outside: listing, checking, showing, exporting, explaining.

mod desk;

use desk::Desk;
use serde_json::Value;

/// An article with a figure, an accusation and its answer.
const ARTICLE: &str = "Armenia and Azerbaijan fought on 13 September 2022.\n\nYerevan said at least 49 Armenian soldiers \
                       were killed on 13 September 2022. Azerbaijan accused Armenia of attacking its positions.\n";
const OTHER: &str = "Armenia and Azerbaijan fought on 13 September 2022.\n\nYerevan said 12 Armenian soldiers were \
                     killed. Armenia accused Azerbaijan of attacking its positions.\n";

/// A count rule of a user's own.
const OWN: &str = "stage = \"count\"\n\n[[rule]]\nid = \"own/souls\"\nabout = \"souls counted\"\nemits = \"count\"\n\
                   pattern = 'a:number \"souls\"'\nmatches = [[\"12 souls died\", \"12\"]]\nignores = [\"12 died\"]\n";

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn articles() -> Desk {
    Desk::new().file("articles/a.txt", ARTICLE).file("articles/b.txt", OTHER)
}

/// The ids of a stream's lines.
fn ids(desk: &Desk, stream: &str) -> Vec<String> {
    lines(&desk.run(&format!("{stream} articles")).out).iter().map(|line| line["id"].as_str().unwrap().into()).collect()
}

#[test]
fn rules_of_both_sorts_are_listed_with_their_place() {
    let desk = Desk::new();
    let listed = lines(&desk.run("rules").out);
    let rule = |id: &str| listed.iter().find(|line| line["id"] == id).unwrap();
    assert_eq!(rule("casualty/passive")["stage"], "claim");
    assert_eq!(rule("casualty/passive")["file"], "rules/en/shapes/casualty.toml");
    assert_eq!(rule("raised-later")["stage"], "compare/figure");
    let table = desk.run("rules --format table");
    assert!(table.out.contains("casualty/passive") && table.out.contains("people were killed"), "{table:?}");
    let own = lines(&Desk::new().file("my/en/shapes/own.toml", OWN).run("rules --rules my").out);
    assert_eq!(own.len(), listed.len() + 1);
}

#[test]
fn classes_are_listed_with_their_numbers() {
    let listed = lines(&Desk::new().run("rules --words").out);
    let harm = listed.iter().find(|line| line["class"] == "harm").unwrap();
    assert!(harm["spellings"].as_u64() > Some(10) && harm["rules"].as_u64() > Some(1), "{harm}");
}

#[test]
fn a_rule_is_shown_with_its_pattern_and_examples() {
    let desk = Desk::new();
    let shape = desk.run("rules show casualty/passive").out;
    for part in ["people were killed", "h:(harm", "<subjects> is <apposed>", "“Six people were killed” as killed 6 any"]
    {
        assert!(shape.contains(part), "{part}: {shape}");
    }
    assert!(shape.contains("rules/en/shapes/casualty.toml:"), "{shape}");
    let comparison = desk.run("rules show raised-later").out;
    for part in ["update", "not increment", "Both figures count the same outcome.", "{a.who}", "at_least 12 killed;"] {
        assert!(comparison.contains(part), "{part}: {comparison}");
    }
    let unknown = desk.run("rules show casualty/pasive");
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("did you mean `casualty/passive`?"), "{unknown:?}");
}

#[test]
fn options_of_the_list_do_not_go_with_the_other_commands() {
    let ended = Desk::new().run("rules --words check");
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("belong to the list"), "{ended:?}");
}

#[test]
fn a_folder_of_own_rules_is_checked_over_those_built_in() {
    let desk = Desk::new().file("my/en/shapes/own.toml", OWN);
    let ended = desk.run("rules check my");
    assert!(!ended.err.contains("my/"), "{ended:?}");
    assert!(ended.out.contains("rule files") && ended.out.contains("examples"), "{ended:?}");
    let base = desk.run("rules check");
    assert_ne!(base.out, ended.out);
}

#[test]
fn a_wrong_example_is_shown_with_its_line_and_what_came_instead() {
    let desk = Desk::new().file("my/en/shapes/own.toml", &OWN.replace("\"12\"]]", "\"13\"]]"));
    let ended = desk.run("rules check my");
    assert_eq!(ended.status, 1);
    let shown = "error: `own/souls` makes `12`, not `13`, of “12 souls died”\n --> my/en/shapes/own.toml:8:12\n";
    assert!(ended.err.contains(shown), "{ended:?}");
    assert!(ended.err.contains("8 | matches = [[\"12 souls died\", \"13\"]]"), "{ended:?}");
}

#[test]
fn rules_that_do_not_load_and_files_that_nobody_reads_are_errors() {
    let desk = Desk::new().file("my/en/shapes/own.toml", &OWN.replace("a:number", "a:numbr"));
    let ended = desk.run("rules check my");
    assert_eq!((ended.status, ended.out.contains(": 1 error")), (1, true), "{ended:?}");
    assert!(ended.err.contains("did you mean `number`?") && ended.err.contains("^"), "{ended:?}");
    let ended = Desk::new().file("my/shapes/own.toml", OWN).run("rules check my");
    assert_eq!(ended.status, 1);
    assert!(ended.err.contains("no stage reads") && ended.err.contains("en/shapes/"), "{ended:?}");
    assert_eq!(Desk::new().folder("my").run("rules check my").status, 2);
    assert_eq!(Desk::new().run("rules check nowhere").status, 2);
}

#[test]
fn exported_rules_are_those_built_in_and_can_be_changed() {
    let desk = Desk::new();
    let ended = desk.run("rules export my");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    assert!(ended.out.lines().all(|line| desk.path(line).is_file()) && ended.out.contains("my/README.md"), "{ended:?}");
    assert_eq!(desk.run("rules check my").out, desk.run("rules check").out);
    // A folder that is whole is checked by itself: without its words nothing else loads.
    std::fs::remove_dir_all(desk.path("my/en/words")).unwrap();
    assert_eq!(desk.run("rules check my").status, 1);
    let again = desk.run("rules export my");
    assert_eq!(again.status, 2);
    assert!(again.err.contains("not empty"), "{again:?}");
    assert_eq!(desk.run("rules export new --quiet").out, "");
}

#[test]
fn a_claim_is_explained_by_its_rule_its_words_and_its_parts() {
    let desk = articles();
    let claims = lines(&desk.run("claims articles").out);
    let claim = claims.iter().find(|claim| claim["kind"] == "casualty").unwrap();
    let ended = desk.run(&format!("explain {} articles", claim["id"].as_str().unwrap()));
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    for part in [
        claim["rule"].as_str().unwrap(),
        "**at least 49 Armenian soldiers** were killed",
        "“at least 49”: at_least 49, so 49 or more",
        "military of Armenia",
        "speaker    Yerevan (Armenia)",
        "pattern    ",
        "rules/en/shapes/casualty.toml:",
        "count/qualified",
        "13 September 2022",
    ] {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
}

#[test]
fn a_finding_is_explained_by_its_answers_and_the_gates_that_held() {
    let desk = articles();
    let id = ids(&desk, "findings").remove(0);
    let ended = desk.run(&format!("explain {} articles", &id[..10]));
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    for part in [id.as_str(), "Answer 0: ", "Answer 1: ", "Answers 0 and 1: ", "  gate       ", "rules/compare/", "**"]
    {
        assert!(ended.out.contains(part), "{part}: {}", ended.out);
    }
}

#[test]
fn standard_input_can_be_explained_too() {
    let desk = articles().stdin(ARTICLE);
    let id = lines(&desk.run("claims -").out)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.run(&format!("explain {id} -")).status, 0);
}

#[test]
fn an_id_that_fits_nothing_or_several_is_an_error() {
    let desk = articles();
    let ended = desk.run("explain zz articles");
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("begins so") && ended.err.contains("gainsay claims"), "{ended:?}");
    let all = [ids(&desk, "claims"), ids(&desk, "findings")].concat();
    let first = |id: &String| id.chars().next();
    let shared = all.iter().find(|id| all.iter().filter(|other| first(other) == first(id)).count() > 1);
    if let Some(letter) = shared.and_then(first) {
        let ended = desk.run(&format!("explain {letter} articles"));
        assert_eq!(ended.status, 2);
        assert!(ended.err.contains("ids begin so") && ended.err.contains("give more of the id"), "{ended:?}");
    }
}
