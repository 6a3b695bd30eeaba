//! The sentences that gave no claim: their list in each format, its last line, and what the report says of them.

mod desk;

use desk::Desk;
use serde_json::Value;

const ARTICLE: &str = "title: A raid\noutlet: The Lantern\npublished: 2020-05-13\n";

fn desk() -> Desk {
    let text = "Six villagers were killed in the raid on Tuesday. Three heavy rockets killed cattle. \
                Two soldiers killed the | dog. The drivers were later killed.";
    Desk::new().file("articles/a.txt", &format!("---\n{ARTICLE}---\n\n{text}\n")).file(
        "articles/b.txt",
        &format!("---\n{ARTICLE}---\n\nTwo men killed the cat. Six people were killed on Tuesday.\n"),
    )
}

#[test]
fn every_sentence_that_gave_no_claim_is_a_line_with_its_reason() {
    let ended = desk().run("coverage articles");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let lines: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reasons: Vec<&str> = lines.iter().filter_map(|line| line["reason"].as_str()).collect();
    assert_eq!(reasons, ["no-people", "doers", "unresolved-group", "doers"]);
    assert_eq!(lines[0]["outlet"], "The Lantern");
    assert_eq!(lines[0]["sentence"], "Three heavy rockets killed cattle.");
    assert_eq!((&lines[0]["numbers"][0], &lines[0]["counted"][0]), (&"Three heavy rockets".into(), &"thing".into()));
    assert_eq!(lines[0]["people"], Value::Null);
    assert_eq!((&lines[1]["people"]["text"], &lines[1]["harm"]["text"]), (&"Two soldiers".into(), &"killed".into()));
    assert_eq!(lines[3]["document"], "b");
}

#[test]
fn a_table_ends_with_the_reasons_and_the_share_that_gave_a_claim() {
    let ended = desk().run("coverage articles --format table");
    assert!(ended.out.contains("The Lantern") && ended.out.contains("unresolved-group"), "{ended:?}");
    let last = "6 sentences hold a number and a word of casualty; 2 of them gave a casualty claim (33 %); \
                the others: doers 2, no-people 1, unresolved-group 1";
    assert_eq!(ended.out.lines().last(), Some(last));
}

#[test]
fn csv_has_one_row_per_sentence() {
    let desk = desk();
    assert_eq!(desk.run("coverage articles -o coverage.csv").status, 0);
    let csv = std::fs::read_to_string(desk.path("coverage.csv")).unwrap();
    assert!(csv.starts_with("document,outlet,reason,why,sentence,people.text,harm.text,numbers,counted,"));
    assert_eq!(csv.lines().count(), 5, "{csv}");
}

#[test]
fn the_schema_lists_every_reason() {
    let schema: Value = serde_json::from_str(&Desk::new().run("schema coverage").out).unwrap();
    let reasons = schema["properties"]["reason"]["enum"].as_array().unwrap();
    assert!(reasons.contains(&"no-rule".into()) && reasons.contains(&"page-furniture".into()));
}

#[test]
fn an_article_from_a_pipe_and_an_empty_folder_are_read_like_those_of_other_commands() {
    let piped = Desk::new().stdin("Two soldiers killed the dog.").run("coverage -");
    assert_eq!((piped.status, piped.out.lines().count()), (0, 1), "{piped:?}");
    assert_eq!(Desk::new().folder("empty").run("coverage empty").status, 1);
}

#[test]
fn any_number_of_threads_lists_the_same() {
    let desk = desk();
    let one = desk.run("coverage articles --threads 1");
    assert_eq!(one.out, desk.run("coverage articles --threads 4").out);
}

#[test]
fn the_report_counts_them_with_an_example_of_each_reason() {
    let desk = desk();
    assert_eq!(desk.run("report articles -o report --quiet").status, 0);
    let report = std::fs::read_to_string(desk.path("report/discrepancies.md")).unwrap();
    assert!(
        report.contains("2 of them gave a casualty claim (33 %); `gainsay coverage` lists the others."),
        "{report}"
    );
    assert!(report.contains("\n| doers | 2 | Two soldiers killed the \\| dog. | the harm (“killed”) is done by"));
    assert_eq!(report.matches("| doers |").count(), 1);
}
