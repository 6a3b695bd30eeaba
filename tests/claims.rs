//! Claims from elsewhere: compared with those of articles, and the program's own read back as they were.

mod desk;

use desk::Desk;

const CODED: &str = include_str!("claims/hand-coded.csv");

/// The seed articles, which are among the sources of the program.
const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");

fn article(killed: u32) -> String {
    format!(
        "---\npublished: 2022-09-14\n---\nOn 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, Yerevan said.\n"
    )
}

#[test]
fn claims_read_back_without_articles_give_the_same_findings_tallies_and_graph() {
    let desk = Desk::new();
    for command in ["findings", "tallies", "graph"] {
        let made = desk.run(&format!("{command} {SEEDS} -q"));
        for file in ["claims.jsonl", "claims.csv"] {
            assert_eq!(desk.run(&format!("claims {SEEDS} -o {file} -q")).status, 0);
            let again = desk.run(&format!("{command} --claims {file}"));
            assert_eq!((again.status, again.err.as_str()), (0, ""), "{command} {file}");
            assert!(!made.out.is_empty() && again.out == made.out, "{command} {file}");
        }
    }
}

#[test]
fn claims_of_articles_read_again_beside_them_change_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.run(&format!("claims {SEEDS} -o claims.jsonl -q")).status, 0);
    let made = desk.run(&format!("findings {SEEDS} -q"));
    assert_eq!(desk.run(&format!("findings {SEEDS} --claims claims.jsonl -q")).out, made.out);
}

#[test]
fn a_hand_coded_claim_contradicts_an_article() {
    let coded = "document,outlet,published,kind,outcome,count,victims.class,victims.side,setting.places,time\n\
                 radio,Radio,2022-09-14,casualty,killed,105,military,Armenia,Sotk,2022-09-13\n";
    let desk = Desk::new().file("articles/courier.txt", &article(49)).file("coded.csv", coded);
    let alone = desk.run("findings articles");
    assert!(!alone.out.contains("contradiction"), "{alone:?}");
    let both = desk.run("findings articles --claims coded.csv");
    assert_eq!(both.status, 0, "{both:?}");
    assert!(both.out.contains("\"verdict\":\"contradiction\"") && both.out.contains("\"Radio\""), "{both:?}");
    assert_eq!(desk.run("report articles --claims coded.csv -o report").status, 0);
    let report = std::fs::read_to_string(desk.path("report/discrepancies.md")).unwrap();
    assert!(report.contains("Radio, 14 September 2022"), "{report}");
    let id = both.out.split('"').nth(3).unwrap().to_owned();
    let decided = desk.run(&format!("decide {id} --dismiss --why x --claims coded.csv articles"));
    assert_eq!(decided.status, 0, "{decided:?}");
    assert!(desk.run("findings articles --claims coded.csv").out.contains("\"covers_all\":true"));
}

#[test]
fn the_example_file_is_compared_by_itself() {
    let desk = Desk::new().file("hand-coded.csv", CODED);
    let findings = desk.run("findings --claims hand-coded.csv");
    assert_eq!((findings.status, findings.err.as_str()), (0, ""), "{findings:?}");
    assert!(findings.out.contains("\"evidence\"") && findings.out.contains("The Herald"), "{findings:?}");
    let tallies = desk.run("tallies --claims hand-coded.csv --format csv");
    assert!(tallies.out.contains("injured,20,") && tallies.out.contains("radio"), "{tallies:?}");
    let graph = desk.run("graph --claims hand-coded.csv");
    assert!(graph.status == 0 && graph.out.contains("Courier"), "{graph:?}");
}

#[test]
fn a_claim_with_the_id_of_an_extracted_one_corrects_it() {
    let desk = Desk::new().file("articles/courier.txt", &article(49));
    assert_eq!(desk.run("claims articles -o claims.jsonl").status, 0);
    let own = std::fs::read_to_string(desk.path("claims.jsonl")).unwrap();
    let line = own.lines().find(|line| line.contains("casualty")).unwrap();
    let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["count"] = 50.into();
    let desk = desk.file("corrected.jsonl", &line.to_string());
    let tallies = desk.run("tallies articles --claims corrected.jsonl --format csv");
    assert!(tallies.out.contains("killed,50,50,50") && !tallies.out.contains("49"), "{tallies:?}");
}

#[test]
fn bad_lines_are_told_and_passed_over() {
    let coded = "document,kind,outcome,count\na,casualty,killed,3\na,casualty,slain,3\nb,casualty,killed,few\n";
    let desk = Desk::new().file("coded.csv", coded).file("kinds.csv", "document,outcome\na,killed\n").folder("none");
    let ended = desk.run("tallies --claims coded.csv --format csv");
    assert_eq!((ended.status, ended.out.lines().count()), (1, 2), "{ended:?}");
    assert!(ended.err.contains("coded.csv:3: `outcome`: `slain` is not one of"), "{ended:?}");
    assert!(ended.err.contains("coded.csv:4: `count`: `few` is no count"), "{ended:?}");
    let ended = desk.run("findings --claims kinds.csv");
    assert!(ended.status == 2 && ended.err.contains("no column `kind`"), "{ended:?}");
    let ended = desk.run("findings none --claims gone.csv");
    assert!(ended.status == 2 && ended.err.contains("gone.csv"), "{ended:?}");
    let ended = desk.stdin(&article(3)).run("findings");
    assert!(ended.status == 2 && ended.err.contains("<PATH>"), "{ended:?}");
}

#[test]
fn every_column_that_is_written_is_in_the_guide() {
    let guide = include_str!("../docs/CLAIMS.md");
    let header = Desk::new().stdin("Two people died.").run("claims - --format csv").out;
    let named = |column: &&str| guide.contains(&format!("`{column}`"));
    let columns: Vec<&str> = header.lines().next().unwrap().split(',').collect();
    let forgotten: Vec<&&str> = columns.iter().filter(|column| !named(column)).collect();
    assert!(columns.len() > 40 && forgotten.is_empty(), "{forgotten:?}");
}
