//! What people see on a terminal or install beside it: tables to a width, colours, completions, manual pages.

mod desk;

use desk::Desk;
use gainsay::analysis::{Analysis, Until, analyze};
use gainsay::extract::Wanted;
use gainsay::page;
use gainsay::report::{self, Format, Look, Stream};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::Article;

const STREAMS: [Stream; 6] =
    [Stream::Claims, Stream::Findings, Stream::Tallies, Stream::Tolls, Stream::Audit, Stream::AuditFigures];

fn analysis() -> Analysis {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let document = |name: &str, killed: u32| {
        let article = Article {
            document: name.into(),
            outlet: Some(format!("The {name} of Saltmarsh and the Coast").into()),
            published: "2022-09-14".parse().ok(),
            ..Article::default()
        };
        let text = format!(
            "On 13 September 2022 {killed} soldiers of Armenia were killed near Sotk, the Defence Ministry in Yerevan said."
        );
        Ok(page::read(&rules.page, article, text))
    };
    let articles = [document("Courier", 49), document("Herald", 105), document("Observer\u{1b}[31m", 105)];
    analyze(articles.into_iter(), &rules, Wanted::default(), Until::Policies, |_| ())
}

fn table(analysis: &Analysis, stream: Stream, look: Look) -> String {
    let mut out = Vec::new();
    report::write(stream, Format::Table(look), analysis, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The text without its colours.
fn bare(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').expect("a sequence of colour").1)
}

#[test]
fn a_table_fits_the_terminal_and_says_what_it_goes_without() {
    let analysis = analysis();
    for stream in STREAMS {
        for width in [50, 64, 80, 100, 160, 240] {
            let table = table(&analysis, stream, Look { width: Some(width), colour: false });
            let lines = table.lines().filter(|line| !line.starts_with("without "));
            let widest = lines.map(|line| line.chars().count()).max().unwrap_or(0);
            assert!(widest <= width.into(), "{stream:?} at {width}: {widest}\n{table}");
        }
    }
    let narrow = table(&analysis, Stream::Findings, Look { width: Some(50), colour: false });
    assert!(narrow.contains("verdict") && !narrow.contains("┆ why") && narrow.contains("without why"), "{narrow}");
    let wide = table(&analysis, Stream::Findings, Look { width: Some(160), colour: false });
    assert!(wide.contains("┆ why") && !wide.contains("without "), "{wide}");
}

#[test]
fn a_table_that_goes_elsewhere_leaves_nothing_out() {
    let analysis = analysis();
    let table = table(&analysis, Stream::Findings, Look::default());
    assert!(table.contains("┆ why") && !table.contains("without "), "{table}");
    assert!(!table.contains('…') && !table.contains('\u{1b}'), "{table}");
}

#[test]
fn words_are_not_broken_where_the_terminal_has_room_for_them() {
    let table = table(&analysis(), Stream::Findings, Look { width: Some(80), colour: false });
    assert!(table.contains("contradiction") && table.contains("soldiers") && table.contains("September"), "{table}");
}

#[test]
fn colours_change_nothing_but_colours() {
    let analysis = analysis();
    for stream in STREAMS {
        let plain = table(&analysis, stream, Look { width: Some(100), colour: false });
        let coloured = table(&analysis, stream, Look { width: Some(100), colour: true });
        assert!(!plain.contains('\u{1b}') && coloured.contains("\u{1b}[1m"), "{stream:?}: {coloured}");
        assert_eq!(bare(&coloured), plain);
    }
    let findings = table(&analysis, Stream::Findings, Look { width: Some(100), colour: true });
    let red = findings.lines().find(|line| line.contains("contradiction")).unwrap();
    assert!(red.contains("\u{1b}[38;5;9m"), "{red:?}");
}

#[test]
fn colours_go_into_a_pipe_only_if_they_are_asked_for() {
    let desk = Desk::new().stdin("Two people were killed on 3 May 2021 in Kabul.");
    for (options, coloured) in [("", false), ("--color never", false), ("--color always", true)] {
        let ended = desk.run(&format!("claims - --format table {options}"));
        assert_eq!(ended.out.contains('\u{1b}'), coloured, "{options}: {ended:?}");
        let ended = desk.run(&format!("claims - {options}"));
        assert!(ended.out.starts_with('{') && !ended.out.contains('\u{1b}'), "{options}: {ended:?}");
        let ended = desk.run(&format!("claims gone.txt {options}"));
        assert_eq!(ended.err.contains('\u{1b}'), coloured, "{options}: {ended:?}");
    }
}

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ended = desk.run(&format!("completions {shell}"));
        assert_eq!((ended.status, ended.err.as_str()), (0, ""), "{shell}");
        assert!(ended.out.contains("attributions") && ended.out.contains("no-decisions"), "{shell}");
    }
    assert_eq!(desk.run("completions tcsh").status, 2);
}

#[test]
fn manual_pages_go_to_standard_output_or_to_a_folder() {
    let desk = Desk::new().folder("share").file("file", "");
    let whole = desk.run("man");
    assert!(whole.status == 0 && whole.out.contains(".TH gainsay 1") && whole.out.contains("gainsay\\-findings(1)"));
    assert!(desk.run("man rules check").out.contains(".SH EXAMPLES\n.nf\n"));
    let wrong = desk.run("man finding");
    assert!(wrong.status == 2 && wrong.err.contains("did you mean `gainsay findings`"), "{wrong:?}");
    assert_eq!(desk.run("man -o file").status, 2);
    let written = desk.run("man -o share/man1");
    assert_eq!(written.status, 0, "{written:?}");
    for page in ["gainsay.1", "gainsay-decide.1", "gainsay-rules-check.1"] {
        assert!(written.out.contains(page) && desk.path("share/man1").join(page).is_file(), "{page}: {written:?}");
    }
}
