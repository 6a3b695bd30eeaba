//! The program from outside: what it prints, what it writes, how it ends.

mod desk;

use std::path::{Path, PathBuf};

use desk::Desk;

const COMMANDS: [&str; 20] = [
    "report",
    "claims",
    "findings",
    "tallies",
    "tolls",
    "audit",
    "times",
    "attributions",
    "coverage",
    "graph",
    "score",
    "verify",
    "decide",
    "inputs",
    "review",
    "explain",
    "rules",
    "schema",
    "completions",
    "man",
];

#[test]
fn help_has_examples_and_the_exit_statuses() {
    let desk = Desk::new();
    let help = desk.run("--help");
    assert_eq!(help.status, 0);
    assert!(help.out.contains("Examples:") && help.out.contains("Exit status:"), "{help:?}");
    for command in COMMANDS {
        let help = desk.run(&format!("{command} --help"));
        assert_eq!(help.status, 0);
        assert!(help.out.contains(&format!("Examples:\n  gainsay {command}")), "{help:?}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_do() {
    let desk = Desk::new().file("a.txt", "Two people died.");
    for arguments in
        ["", "claims", "clams a.txt", "claims a.txt --format xml", "report a.txt", "claims a.txt --threads 0"]
    {
        let ended = desk.run(arguments);
        assert_eq!(ended.status, 2, "{arguments}");
        assert!(ended.out.is_empty() && ended.err.contains("--help") || arguments.is_empty(), "{ended:?}");
    }
}

#[test]
fn nothing_but_missing_paths_ends_with_2() {
    let ended = Desk::new().run("claims gone.txt");
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("no such file or folder") && ended.err.contains("gone.txt"), "{ended:?}");
}

#[test]
fn one_missing_path_among_others_ends_with_1_and_a_warning() {
    let ended = Desk::new().file("a.txt", "Two people died.").run("claims a.txt gone.txt");
    assert_eq!(ended.status, 1);
    assert!(ended.err.starts_with("warning: gone.txt") && ended.err.lines().count() == 1, "{ended:?}");
}

#[test]
fn a_folder_without_articles_ends_with_1_and_a_warning() {
    let desk = Desk::new().folder("empty");
    let ended = desk.run("findings empty");
    assert_eq!((ended.status, ended.out.as_str()), (1, ""));
    assert!(ended.err.starts_with("warning: empty: no articles"), "{ended:?}");
    assert_eq!(desk.run("findings empty --quiet").err, "");
}

#[test]
fn standard_input_is_read_as_an_article() {
    let ended = Desk::new().stdin("Two people were killed on Monday.").run("claims -");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
}

#[test]
fn the_report_is_five_files_and_their_names_are_printed() {
    let desk = Desk::new().file("articles/a.txt", "Two people were killed on Monday.");
    let ended = desk.run("report articles -o new/report");
    assert_eq!(ended.status, 0, "{ended:?}");
    let names = ["discrepancies.md", "discrepancies.csv", "claims.csv", "audit.csv", "report.html"];
    let printed: Vec<PathBuf> = ended.out.lines().map(PathBuf::from).collect();
    assert_eq!(printed, names.map(|name| Path::new("new/report").join(name)));
    assert!(names.iter().all(|name| desk.path("new/report").join(name).is_file()));
    let ended = desk.run("report articles -o only --format md --quiet");
    assert_eq!((ended.status, ended.out.as_str()), (0, ""));
    assert_eq!(std::fs::read_dir(desk.path("only")).unwrap().count(), 1);
}

#[test]
fn a_report_that_cannot_be_written_ends_with_2() {
    let desk = Desk::new().file("a.txt", "Two people were killed.").file("taken", "a file, not a folder");
    let ended = desk.run("report a.txt -o taken");
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("cannot write") && ended.err.contains("taken"), "{ended:?}");
}

#[test]
fn a_report_among_the_articles_is_refused() {
    let desk = Desk::new().file("articles/a.txt", "Two people were killed.");
    for output in ["articles", "articles/new/report", "./articles/../articles/report"] {
        let ended = desk.run(&format!("report articles -o {output}"));
        assert_eq!(ended.status, 2, "{output}");
        assert!(ended.err.contains("read as an article"), "{ended:?}");
    }
    assert_eq!(std::fs::read_dir(desk.path("articles")).unwrap().count(), 1);
}

#[test]
fn a_csv_file_name_asks_for_csv() {
    let desk = Desk::new().file("a.txt", "Two people were killed.");
    assert_eq!(desk.run("claims a.txt -o claims.csv").status, 0);
    assert!(std::fs::read_to_string(desk.path("claims.csv")).unwrap().starts_with("document,outlet,published,"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mut desk = Desk::new();
    for n in 0..40 {
        desk = desk.file(
            &format!("articles/{n:02}.txt"),
            &format!("On 3 May 2021 {} people were killed in Kabul.", n % 5 + 2),
        );
    }
    for command in ["claims", "findings", "tallies", "tolls", "audit", "audit --by figure", "times", "attributions"] {
        for format in ["jsonl", "csv", "markdown", "table"] {
            let one = desk.run(&format!("{command} articles --format {format} --threads 1"));
            let two = desk.run(&format!("{command} articles --format {format} --threads 2"));
            assert_eq!((one.status, one.out), (two.status, two.out), "{command} {format}");
        }
    }
    desk.run("report articles -o one --threads 1");
    desk.run("report articles -o two --threads 2");
    for name in ["discrepancies.md", "discrepancies.csv", "claims.csv", "audit.csv"] {
        let read = |folder: &str| std::fs::read(desk.path(folder).join(name)).unwrap();
        assert_eq!(read("one"), read("two"), "{name}");
    }
}

#[test]
fn no_csv_cell_begins_a_formula() {
    let desk = Desk::new()
        .file("articles/=1+1.txt", "Two people were killed on Monday, the mayor said.")
        .file("articles/sources.csv", "file,outlet,published,title,url\n=1+1.txt,@outlet,2021-05-03,-title,\n");
    for command in ["claims", "findings", "tallies", "tolls", "audit"] {
        let ended = desk.run(&format!("{command} articles --format csv"));
        let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!ended.out.lines().flat_map(|line| line.split(',')).any(formula), "{ended:?}");
    }
}

#[test]
fn a_schema_is_printed_for_every_stream() {
    let desk = Desk::new();
    for stream in ["claims", "findings", "tallies", "tolls", "audit", "audit-figures", "times", "attributions"] {
        let schema: serde_json::Value = serde_json::from_str(&desk.run(&format!("schema {stream}")).out).unwrap();
        assert!(schema["properties"].as_object().is_some_and(|fields| fields.len() > 5), "{stream}");
    }
}

#[test]
fn rules_that_cannot_be_used_end_with_2_and_name_the_folder() {
    let ended = Desk::new().file("a.txt", "Two people were killed.").run("claims a.txt --rules nowhere");
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("no such folder") && ended.err.contains("nowhere"), "{ended:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let mut run = Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .args(["schema", "claims"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let ended = run.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(ended.stderr.is_empty());
}
