//! Formulas, markup and escape sequences in every field: harmless in every output.

use std::fs;

use dom_query::Document;
use gainsay::text::is_hidden;
use serde_json::json;

use crate::markdown;
use crate::run::{Ended, Place};

/// What does harm somewhere, each in one field of one article.
const HOSTILE: &[&str] = &[
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror=alert(1)>",
    "]]><x/>",
    "[x](javascript:alert(1))",
    "![x](http://127.0.0.1/x.png)",
    "`a` | b | **c** <br>",
    "\u{1b}]0;title\u{7}",
    "\u{1b}[2J\u{1b}[31m",
    "\u{1b}]8;;http://127.0.0.1\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{9b}31m\u{9d}0;x\u{9c}",
    "\u{90}q\u{9c}\u{85}x",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}a\u{2069}\u{61c}\u{200f}",
    "a\nwarning: forged\nb",
    "a\u{2028}b\u{2029}c\u{b}d\u{c}e",
    "\u{0}\u{8}\u{7f}",
    "{{7*7}}${x}<%= 1 %>",
    "a\"; b -> c; \"\\N\\G",
    "''=1",
    "~/.ssh $(id) `id`",
];

/// Articles of which each field is hostile in turn.
fn articles() -> String {
    let mut lines = String::new();
    for (number, evil) in HOSTILE.iter().enumerate() {
        let killed = 12 + number;
        let said = format!("The {evil} Ministry of Armenia");
        let text = format!(
            "On 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, {said} said. “They {evil} fired,” \
             Baku said. Armenia accused Azerbaijan of shelling {evil} the town of Sotk. Azerbaijan denied it. Two {evil} \
             boats were lost and 40 wounded."
        );
        let line = json!({"id": evil, "outlet": evil, "title": evil, "url": format!("https://a.example/{evil}"), "author": evil,
            "published": "2022-09-14", "text": text});
        lines.push_str(&format!("{line}\n"));
        let line = json!({"id": format!("b{number}"), "url": evil, "published": evil, "text": text});
        lines.push_str(&format!("{line}\n"));
    }
    lines
}

fn place() -> Place {
    let mut place = Place::new().file("in/a.jsonl", articles());
    if cfg!(unix) {
        for (number, evil) in HOSTILE.iter().enumerate() {
            let name = evil.replace(['/', '\0'], "");
            place =
                place.file(format!("in/{name}.txt"), format!("{number} people were killed in Kabul on 3 May 2021."));
            // Names stand in messages, too.
            place = place.file(format!("in/{name}.zip"), "no archive");
        }
    }
    place
}

/// No character steers a terminal or turns the order of the text round.
#[track_caller]
fn visible(of: &str, text: &str) {
    if let Some(at) = text.find(|c| c != '\n' && is_hidden(c)) {
        let near: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{of}: {:?} after {near:?}", text[at..].chars().next());
    }
}

#[track_caller]
fn no_formulas(of: &str, text: &str) {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    for row in rows.records() {
        for cell in &row.unwrap() {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            assert!(!formula || cell.parse::<f64>().is_ok(), "{of}: {cell:?}");
        }
    }
}

#[track_caller]
fn no_markup(of: &str, text: &str) {
    let text = markdown::bare(text);
    for tag in ["<script", "<img", "</script", "<!--", "<x/>", "](javascript:"] {
        let before = text.find(tag).map(|at| text[..at].chars().rev().take(80).collect::<Vec<_>>().into_iter().rev());
        assert!(before.is_none(), "{of}: {tag} after {:?}", before.unwrap().collect::<String>());
    }
}

#[track_caller]
fn messages(of: &str, ended: &Ended) {
    visible(of, &ended.err);
    assert!(!ended.err.lines().any(|line| line == "warning: forged" || line == "b"), "{of}: {}", ended.err);
}

#[test]
fn streams_steer_nothing_and_run_nothing() {
    let place = place();
    for command in ["claims", "findings", "tallies", "tolls", "audit", "times", "attributions", "coverage", "inputs"] {
        for format in ["jsonl", "csv", "markdown", "table"] {
            let of = format!("{command} as {format}");
            let ended = place.run(&[command, "in", "--format", format]);
            messages(&of, &ended);
            match format {
                "jsonl" => {
                    visible(&of, &ended.out);
                    ended.out.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).unwrap()));
                }
                "csv" => no_formulas(&of, &ended.out),
                "markdown" => {
                    visible(&of, &ended.out);
                    no_markup(&of, &ended.out);
                }
                _ => visible(&of, &ended.out),
            }
        }
    }
}

#[test]
fn graphs_hold_their_text() {
    let place = place();
    for format in ["dot", "graphml", "json"] {
        let ended = place.run(&["graph", "in", "--format", format]);
        messages(format, &ended);
        let plain = if format == "graphml" { ended.out.replace('\t', " ") } else { ended.out.clone() };
        visible(format, &plain);
        match format {
            "dot" => {
                let open = |line: &&str| line.replace("\\\\", "").replace("\\\"", "").matches('"').count() % 2 == 1;
                assert_eq!(ended.out.lines().find(open), None);
            }
            "graphml" => {
                assert!(!ended.out.contains("<script") && !ended.out.contains("<x/>") && !ended.out.contains("]]>"))
            }
            _ => drop(serde_json::from_str::<serde_json::Value>(&ended.out).unwrap()),
        }
    }
}

#[test]
fn the_report_runs_its_own_scripts_alone() {
    let place = place();
    let ended = place.run(&["report", "in", "-o", "out", "--format", "md,csv,html,json"]);
    messages("report", &ended);
    let file = |name: &str| fs::read_to_string(place.path().join("out").join(name)).unwrap();
    for name in ["discrepancies.md", "report.html", "report.json"] {
        visible(name, &file(name));
    }
    no_markup("discrepancies.md", &file("discrepancies.md"));
    for name in ["discrepancies.csv", "claims.csv", "audit.csv"] {
        no_formulas(name, &file(name));
    }
    serde_json::from_str::<serde_json::Value>(&file("report.json")).unwrap();
    let plain = Place::new().file("a.txt", "Two people were killed in Kabul.");
    plain.run(&["report", "a.txt", "-o", "out"]);
    let plain = fs::read_to_string(plain.path().join("out/report.html")).unwrap();
    let elements = |page: &str, selector: &str| Document::from(page).select(selector).length();
    for active in ["script", "style", "link", "img", "iframe", "object", "form", "base", "meta", "[src]", "[onerror]"] {
        assert_eq!(elements(&file("report.html"), active), elements(&plain, active), "{active}");
    }
    let page = Document::from(file("report.html"));
    for link in page.select("a[href]").iter() {
        let to = link.attr("href").unwrap_or_default();
        assert!(["#", "http://", "https://"].iter().any(|start| to.starts_with(start)), "{to}");
    }
}

#[test]
fn what_is_written_is_read_back_as_it_was() {
    let place = place();
    for (format, file) in [("jsonl", "claims.jsonl"), ("csv", "claims.csv")] {
        messages(format, &place.run(&["claims", "in", "--format", format, "-o", file]));
        let checked = place.run(&["verify", file, "in", "--format", "jsonl"]);
        messages(format, &checked);
        let lost = |line: &&str| !line.contains("\"status\":\"ok\"");
        assert_eq!(checked.out.lines().find(lost), None, "{format}");
        let again = place.run(&["findings", "--claims", file, "--format", "jsonl"]);
        assert!(again.err.is_empty() && !again.out.is_empty(), "{format}: {}", again.err);
    }
}

#[test]
fn an_explanation_and_a_decision_steer_nothing() {
    let place = place();
    let findings = place.run(&["findings", "in", "--format", "jsonl"]);
    for line in findings.out.lines().take(3) {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = finding["id"].as_str().unwrap();
        let explained = place.run(&["explain", id, "in"]);
        assert_eq!(explained.err.lines().filter(|line| line.starts_with("error")).count(), 0, "{}", explained.err);
        messages("explain", &explained);
        visible("explain", &explained.out);
    }
}
