//! Articles that try to break out: every output can be parsed again, runs nothing and steers nothing.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use dom_query::Document as Html;
use gainsay::analysis::{Analysis, Until, analyze};
use gainsay::extract::{Gaps, Wanted};
use gainsay::report::{self, EXPORTERS, Format, Look, Report, Stream};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::Document;
use gainsay::text::is_hidden;

use crate::{markdown, pieces};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

/// What a page holds of elements that could do harm when no article is in it, and what may not become more.
static PLAIN: LazyLock<Vec<usize>> = LazyLock::new(|| active(&file(&analysed(Vec::new()), "report.html")));

/// The first byte tells which outputs are looked at: all of them take long.
pub(crate) fn check(data: &[u8]) {
    let Some((&which, bytes)) = data.split_first() else { return };
    let Ok(documents) = pieces::documents(&mut Unstructured::new(bytes), &RULES, 3) else { return };
    let analysis = analysed(documents);
    match usize::from(which) % (EXPORTERS.len() + Stream::ALL.len() + 1) {
        0 => graph(&analysis),
        output => match EXPORTERS.get(output - 1) {
            Some(exporter) => {
                let written = file(&analysis, exporter.file);
                match exporter.format {
                    "md" => markdown(&written),
                    "csv" => table(&written),
                    "html" => page(&written),
                    _ => json(&written),
                }
            }
            None => stream(&analysis, Stream::ALL[output - 1 - EXPORTERS.len()]),
        },
    }
}

fn stream(analysis: &Analysis, stream: Stream) {
    let write = |format| {
        let mut out = Vec::new();
        report::write(stream, format, analysis, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    write(Format::Jsonl).lines().for_each(json);
    table(&write(Format::Csv));
    markdown(&write(Format::Markdown));
    for width in [None, Some(60)] {
        visible(&write(Format::Table(Look { width, colour: false })));
    }
}

fn analysed(documents: Vec<Document>) -> Analysis {
    let wanted = Wanted { times: true, attributions: true, gaps: Gaps::All, texts: true };
    analyze(documents.into_iter().map(Ok), &RULES, wanted, Until::Policies, |_| ())
}

fn file(analysis: &Analysis, name: &str) -> String {
    let exporter = EXPORTERS.iter().find(|exporter| exporter.file == name).unwrap();
    let mut out = Vec::new();
    (exporter.write)(&Report::new(analysis), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// No character steers a terminal or turns the order of the text round.
fn visible(text: &str) {
    if let Some((at, _)) = text.char_indices().find(|&(_, c)| c != '\n' && is_hidden(c)) {
        let near: Vec<char> = text[..at].chars().rev().take(60).collect();
        panic!("after {:?}: {:?}", near.iter().rev().collect::<String>(), text[at..].chars().next());
    }
}

fn markdown(text: &str) {
    visible(text);
    let bare = markdown::bare(text).replace("<br>", "");
    for (at, _) in bare.match_indices('<') {
        let rest = &bare[at..];
        let ours = ["<http://", "<https://", "<a id=", "</a>"].iter().any(|own| rest.starts_with(own));
        assert!(ours, "an open tag: {}", rest.chars().take(60).collect::<String>());
    }
    let mut columns = None;
    for line in text.lines() {
        let cells = line.strip_prefix('|').map(|row| row.replace("\\\\", "").replace("\\|", "").matches('|').count());
        if let (Some(before), Some(now)) = (columns, cells) {
            assert_eq!(before, now, "a row with other cells: {line}");
        }
        columns = cells;
    }
}

fn table(text: &str) {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    for row in rows.records() {
        for cell in &row.unwrap() {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            assert!(!formula || cell.parse::<f64>().is_ok(), "a formula: {cell}");
        }
    }
}

fn json(text: &str) {
    serde_json::from_str::<serde_json::Value>(text).unwrap();
    visible(text);
}

/// How many elements and attributes of a page run, load, send or lead elsewhere.
fn active(html: &str) -> Vec<usize> {
    let page = Html::from(html);
    let most = [
        "script",
        "style",
        "link",
        "iframe",
        "object",
        "embed",
        "img",
        "form",
        "base",
        "meta",
        "[src]",
        "[style]",
        "[onclick]",
        "[onload]",
        "[onerror]",
    ];
    most.iter().map(|selector| page.select(selector).length()).collect()
}

fn page(html: &str) {
    visible(html);
    assert_eq!(active(html), *PLAIN, "elements of articles");
    let page = Html::from(html);
    for link in page.select("a[href]").iter() {
        let href = link.attr("href").unwrap_or_default();
        assert!(["#", "http://", "https://"].iter().any(|start| href.starts_with(start)), "{href}");
    }
    for data in page.select("script[type=\"application/json\"]").iter() {
        json(&data.text());
    }
}

fn graph(analysis: &Analysis) {
    let graph = analysis.graph();
    let text = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let dot = text(&|out| graph.write_dot(out));
    visible(&dot);
    for line in dot.lines() {
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert!(quotes % 2 == 0, "a string stays open: {line}");
    }
    let graphml = text(&|out| graph.write_graphml(out));
    visible(&graphml.replace('\t', " "));
    for (at, _) in graphml.match_indices('<') {
        let rest = graphml[at + 1..].trim_start_matches('/');
        let ours = ["?xml", "graphml", "graph", "key", "node", "edge", "data"].iter().any(|own| rest.starts_with(own));
        assert!(ours, "an open tag: {}", rest.chars().take(60).collect::<String>());
    }
    json(text(&|out| graph.write_json(out)).trim_end());
}
