//! Saved pages: how much of each article is found in its page, and what of the page around it is taken for text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use gainsay::analysis::{Source, Until, analyze};
use gainsay::extract::Wanted;
use gainsay::input::{Raw, Reader};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::Document;
use serde::Deserialize;

/// The lowest share of words found and right, as F1, that a page may have, and that all may have on average.
const LOWEST: f64 = 0.9;
const ON_AVERAGE: f64 = 0.98;

/// What a page holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    file: String,
    title: String,
    outlet: Option<String>,
    published: Option<String>,
    body: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

fn expected() -> BTreeMap<String, Expected> {
    toml::from_str(&std::fs::read_to_string(folder().join("expected.toml")).unwrap()).unwrap()
}

fn read(rules: &RuleSet, path: PathBuf) -> Raw {
    let mut read: Vec<_> = Reader::new(rules, [path], &b""[..]).collect();
    assert_eq!(read.len(), 1, "{read:?}");
    read.remove(0).unwrap()
}

/// The words of the article, its headline left out.
fn body(document: &Document) -> Vec<&str> {
    let spans = document.body.iter().filter(|span| Some(**span) != document.headline);
    spans.flat_map(|span| span.of(&document.text).split_whitespace()).collect()
}

fn f1(found: &[&str], right: &[&str]) -> f64 {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    right.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let mut both = 0;
    for word in found {
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            both += 1;
        }
    }
    2.0 * f64::from(both) / (found.len() + right.len()) as f64
}

#[test]
fn articles_are_found_in_their_pages() {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let (mut wrong, mut all, mut dated) = (Vec::new(), Vec::new(), 0);
    for (name, expected) in expected() {
        let document = read(&rules, folder().join(&expected.file)).document(&rules);
        let article = &document.article;
        let right: Vec<&str> = expected.body.iter().flat_map(|text| text.split_whitespace()).collect();
        let score = f1(&body(&document), &right);
        all.push(score);
        if score < LOWEST {
            let found: Vec<&str> = document.body.iter().map(|span| span.of(&document.text)).collect();
            wrong.push(format!("{name}: F1 {score:.3}, read: {found:#?}"));
        }
        let day = article.published.map(|day| day.to_string());
        dated += usize::from(day.is_some());
        for (what, found, right) in [
            ("title", article.title.as_deref(), Some(expected.title.as_str())),
            ("outlet", article.outlet.as_deref(), expected.outlet.as_deref()),
            ("published", day.as_deref(), expected.published.as_deref()),
        ] {
            if found.map(str::to_lowercase) != right.map(str::to_lowercase) {
                wrong.push(format!("{name}: {what} is {found:?}, not {right:?}"));
            }
        }
    }
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!(wrong.is_empty() && mean >= ON_AVERAGE, "mean F1 {mean:.4}\n{}", wrong.join("\n"));
    assert!(all.len() >= 30 && dated >= 28, "{} pages, {dated} with a date", all.len());
}

#[test]
fn every_value_keeps_the_place_it_comes_from() {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let expected = expected();
    let about = |name: &str| read(&rules, folder().join(&expected[name].file)).found.about;
    let daily = about("daily-json-ld");
    let published = daily.published.unwrap();
    assert_eq!((&*published.origin, &*published.words), ("json-ld:datePublished", "2022-09-14T06:12:00+00:00"));
    assert_eq!(daily.modified.unwrap().value.to_string(), "2022-09-14");
    assert_eq!(&*daily.author.unwrap().value, "Ida Holm, Per Vik");
    assert_eq!(daily.language.map(|told| told.value.into()), Some("en".to_owned()));
    let impossible = about("impossible-date");
    assert_eq!(impossible.published, None);
    assert_eq!(impossible.refused[0], ("json-ld:datePublished".into(), "0001-01-01T00:00:00".into()));
    let crawled = about("crawl-date");
    assert_eq!(&*crawled.published.unwrap().origin, "address");
    assert_eq!(&*crawled.refused[0].1, "2024-02-01T00:00:00Z");
    assert_eq!(&*about("script-date").published.unwrap().origin, "meta:datepublished");
    assert_eq!(&*about("day-before-month").published.unwrap().origin, "line:.date");
    assert!(about("syndicated").credit.is_some());
}

#[test]
fn pages_of_two_outlets_that_credit_one_agency_are_one_origin() {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let page = |outlet: &str, said: &str| {
        format!(
            "<html><head><title>Raid at the bridge</title><meta property=\"og:site_name\" content=\"{outlet}\">{said}</head>\
             <body><article><h1>Raid at the bridge</h1><p>Six potters were killed in a raid near Lesko on Monday.</p>\
             </article></body></html>"
        )
    };
    let origins = |pages: [String; 2]| {
        let folder = tempfile::tempdir().unwrap();
        pages.iter().zip(["a.html", "b.html"]).for_each(|(page, name)| {
            std::fs::write(folder.path().join(name), page).unwrap();
        });
        let sources = Reader::new(&rules, [folder.path().to_owned()], &b""[..]);
        let analysis = analyze(sources, &rules, Wanted::default(), Until::Comparison, |_| ());
        let claim = |article: usize| analysis.origins.of(analysis.claims_of[article].start).unwrap().to_string();
        [claim(0), claim(1)]
    };
    let meta = |name: &str, says: &str| format!("<meta name=\"{name}\" content=\"{says}\">");
    let credits = [
        page("Herald", &meta("syndication-source", "Agence France-Presse")),
        page("Courier", &(meta("original-source", "Courier") + &meta("author", "Ida Holm, AFP"))),
    ];
    assert_eq!(origins(credits), ["AFP", "AFP"]);
    let own = [page("Herald", &meta("author", "Ida Holm")), page("Courier", &meta("author", "Per Vik"))];
    assert_eq!(origins(own), ["Herald", "Herald"], "one sentence is one account");
}

#[test]
fn quotes_out_of_pages_are_found_again() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_gainsay")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let folder = folder().display().to_string();
    let claims = run(&["claims", &folder, "--quiet"]);
    assert!(claims.lines().count() > 100, "{claims}");
    let written = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    std::fs::write(written.path(), claims).unwrap();
    let checks = run(&["verify", &written.path().display().to_string(), &folder]);
    assert!(checks.lines().all(|line| line.contains("\"ok\"")), "{checks}");
}

#[test]
fn a_page_with_long_scripts_and_drawings_is_read() {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let script = "for(i=0;i<n;i++)a<b&&c('<div>');".repeat(2_000);
    let map = "<path d=\"M0 0\"/>".repeat(2_000);
    let page = format!(
        "<html><head><title>Raid</title><script>{script}</script></head><body><svg>{map}</svg><article><h1>Raid</h1>\
         <p>Two potters died in a raid near Lesko on Monday, the guild said.</p></article></body></html>"
    );
    let read = gainsay::web::read(&rules.input.web, &rules.page, &page, None);
    assert!(read.text.contains("Two potters died"), "{}", read.text);
}

#[test]
fn hostile_pages_are_read_without_a_panic() {
    let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
    let deep = format!("<html>{}<p>Two died.", "<div class=ad>".repeat(50_000));
    let tables = "<table><tr><td>".repeat(3_000);
    let wide = format!("<html><body>{}", "<p class=related>Two <b>died".repeat(500));
    let full = "<div class=ad>".repeat(900);
    let full = format!("<html>{full}{}", "<p>Two <a href=x>people</a> died.</p>".repeat(500));
    // What stands escaped in a script is taken apart too.
    let told = |key: &str, text: &str| {
        let text = format!("&amp;{}", text.repeat(50_000)).replace('<', "\\u003c");
        format!("<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"{key}\":\"{text}\"}}</script>")
    };
    let (body, headline) = (told("articleBody", "<div>"), told("headline", "<b>"));
    let broken = ["<html>", "<html><script type=\"application/ld+json\">[[[["].map(str::to_owned);
    for page in [deep, tables, wide, full, body, headline].into_iter().chain(broken) {
        gainsay::web::read(&rules.input.web, &rules.page, &page, Some("no address"));
    }
}
