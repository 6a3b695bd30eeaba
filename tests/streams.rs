//! Pipes: lines come as they are read, a closed pipe is quiet, and no way of writing changes what is written.

mod desk;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use desk::Desk;
use serde_json::{Value, json};

/// A line that has not come after so long does not come.
const PATIENCE: Duration = Duration::from_secs(60);

fn article(number: usize) -> String {
    let text =
        format!("At least {number} soldiers were killed on Monday, the ministry said. {number} rockets killed cattle.");
    format!("{}\n", json!({ "id": format!("a{number}"), "published": "2022-09-14", "text": text }))
}

fn piped(desk: &Desk, arguments: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .current_dir(desk.path("."))
        .args(arguments.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn what_an_article_says_comes_before_the_next_one_is_there() {
    for command in ["claims - --as-read", "times -", "attributions -", "coverage -"] {
        let mut run = piped(&Desk::new(), command);
        let (mut input, output) = (run.stdin.take().unwrap(), run.stdout.take().unwrap());
        let (send, lines) = mpsc::channel();
        let reading = thread::spawn(move || {
            for line in BufReader::new(output).lines() {
                let line: Value = serde_json::from_str(&line.unwrap()).unwrap();
                let _ = send.send(line["document"].as_str().unwrap().to_owned());
            }
        });
        for number in 5..8 {
            input.write_all(article(number).as_bytes()).unwrap();
            input.flush().unwrap();
            let id = format!("a{number}");
            let told = std::iter::from_fn(|| lines.recv_timeout(PATIENCE).ok()).any(|document| document == id);
            assert!(told, "{command}: {id} did not come");
        }
        drop(input);
        assert!(run.wait().unwrap().success(), "{command}");
        reading.join().unwrap();
    }
}

#[test]
fn lines_are_the_same_as_they_come_or_all_at_once() {
    let desk = Desk::new().file("broken.jsonl", &format!("{{\n{}", article(9)));
    let desk = desk.file("all.jsonl", &(0..600).map(article).collect::<String>());
    for command in ["times", "attributions", "coverage"] {
        let piped = desk.run(&format!("{command} all.jsonl broken.jsonl --threads 1"));
        let filed = desk.run(&format!("{command} all.jsonl broken.jsonl -o out.jsonl"));
        assert_eq!((piped.status, &piped.err), (1, &filed.err), "{command}");
        assert!(piped.out.len() > 600, "{command}");
        assert_eq!(piped.out, std::fs::read_to_string(desk.path("out.jsonl")).unwrap(), "{command}");
    }
    let linked = desk.run("claims all.jsonl broken.jsonl");
    let each = desk.run("claims all.jsonl broken.jsonl --as-read");
    assert_eq!((each.status, &each.err), (1, &linked.err));
    assert_eq!(each.out.lines().count(), linked.out.lines().count());
    // Put together, articles stand in an order of their own.
    let [each, linked] = [each, linked].map(|ended| {
        let mut lines: Vec<Value> = ended.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines.sort_by_key(|line| line["id"].to_string());
        lines
    });
    for (each, mut linked) in each.into_iter().zip(linked) {
        assert!(linked["event"].is_string());
        linked["event"] = Value::Null;
        linked["event_label"] = Value::Null;
        assert_eq!(each, linked);
    }
}

#[test]
fn claims_as_read_are_as_they_were_corrected() {
    let desk = Desk::new().file("articles/a.jsonl", &article(9));
    let id = |out: &str| serde_json::from_str::<Value>(out.lines().next().unwrap()).unwrap()["id"].clone();
    let id = id(&desk.run("claims articles --as-read").out);
    let id = id.as_str().unwrap();
    assert_eq!(desk.run(&format!("decide {id} --correct --figure 19 --why misread articles")).status, 0);
    let line: Value = serde_json::from_str(desk.run("claims articles --as-read").out.lines().next().unwrap()).unwrap();
    assert_eq!((&line["count"]["value"], &line["event"]), (&json!(19), &Value::Null));
    let uncorrected = Desk::new().stdin(&article(9)).run("claims - --as-read");
    assert_eq!(serde_json::from_str::<Value>(uncorrected.out.lines().next().unwrap()).unwrap()["count"]["value"], 9);
}

#[test]
fn nothing_read_is_told_as_ever() {
    let desk = Desk::new().folder("empty");
    for command in ["times", "claims --as-read"] {
        let (gone, empty) = (desk.run(&format!("{command} gone.txt")), desk.run(&format!("{command} empty")));
        assert_eq!((gone.status, gone.out.as_str()), (2, ""), "{gone:?}");
        assert!(gone.err.starts_with("error: no such file or folder"), "{gone:?}");
        assert_eq!((empty.status, empty.out.as_str()), (1, ""), "{empty:?}");
        assert!(empty.err.starts_with("warning: empty: no articles found"), "{empty:?}");
        assert_eq!(empty.err.contains("PDF, DOCX"), cfg!(feature = "documents"), "{empty:?}");
    }
}

#[test]
fn a_closed_pipe_is_quiet_for_every_command() {
    let desk = Desk::new().file("all/all.jsonl", &(0..40).map(article).collect::<String>());
    std::fs::write(desk.path("claims.csv"), desk.run("claims all --format csv").out).unwrap();
    let id = serde_json::from_str::<Value>(desk.run("claims all").out.lines().next().unwrap()).unwrap();
    let explain = format!("explain {} all", id["id"].as_str().unwrap());
    let lists = ["claims", "findings", "tallies", "tolls", "audit", "times", "attributions", "coverage", "inputs"];
    let mut commands: Vec<String> = lists.map(|list| format!("{list} all")).to_vec();
    commands.extend(["csv", "markdown", "table"].map(|format| format!("findings all --format {format}")));
    commands.extend(["csv", "markdown", "table"].map(|format| format!("inputs all --format {format}")));
    commands.extend(
        [
            "claims all --as-read",
            "report all -o report",
            "graph all",
            "graph all --format graphml",
            "graph all --format json",
            "verify claims.csv all",
            "decide --list all",
            "rules",
            "rules check",
            "rules show acled",
            "rules export exported",
            "schema claims",
            "completions bash",
            "man",
            "--help",
            "--version",
        ]
        .map(str::to_owned),
    );
    commands.push(explain);
    for command in commands {
        let mut run = piped(&desk, &command);
        drop(run.stdout.take());
        let ended = run.wait_with_output().unwrap();
        let told = String::from_utf8(ended.stderr).unwrap();
        assert_eq!((ended.status.code(), told.as_str()), (Some(0), ""), "{command}");
    }
}

#[test]
fn a_stream_ends_when_nobody_listens_though_its_input_does_not() {
    let mut run = piped(&Desk::new(), "claims - --as-read");
    let mut input = run.stdin.take().unwrap();
    drop(run.stdout.take());
    input.write_all(article(5).as_bytes()).unwrap();
    input.flush().unwrap();
    let mut told = String::new();
    run.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((run.wait().unwrap().code(), told.as_str()), (Some(0), ""));
    drop(input);
}
