//! What goes in: files, folders, `sources.csv`, JSON Lines and standard input.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gainsay::error::Error;
use gainsay::input::{Raw, Reader};
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};
use jiff::civil::date;
use proptest::prelude::*;

/// The built-in rules.
fn rules() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());
    &RULES
}

/// A folder with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }
    folder
}

fn all(paths: &[PathBuf], standard_input: &[u8]) -> (Vec<Raw>, Vec<Error>) {
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    for item in Reader::new(rules(), paths.iter().cloned(), standard_input) {
        match item {
            Ok(raw) => documents.push(raw),
            Err(error) => warnings.push(error),
        }
    }
    (documents, warnings)
}

fn ids(documents: &[Raw]) -> Vec<&str> {
    documents.iter().map(|raw| raw.article.document.as_ref()).collect()
}

/// Where each warning points, its file without the folder, and its message.
fn places(warnings: &[Error], root: &Path) -> Vec<(String, usize, String)> {
    let name = |error: &Error| error.at.file.strip_prefix(root).unwrap_or(&error.at.file).display().to_string();
    warnings.iter().map(|error| (name(error), error.at.line, error.message.clone())).collect()
}

#[test]
fn folders_are_read_in_order_and_only_articles_of_them() {
    let root = folder(&[
        ("b.txt", b"B"),
        ("a.md", b"A"),
        ("sub/c.jsonl", b"{\"text\":\"C\"}\n"),
        ("README.md", b"about"),
        (".hidden.txt", b"no"),
        (".git/x.txt", b"no"),
        ("photo.jpg", b"\xFF\xD8"),
        ("z.html", b"<p>Z</p>"),
        ("y.htm", b"<p>Y</p>"),
    ]);
    let mut reader = Reader::new(rules(), [root.path().to_owned()], &b""[..]);
    let documents: Vec<Raw> = reader.by_ref().map(Result::unwrap).collect();
    assert_eq!(ids(&documents), ["a", "b", "c-1", "y", "z"]);
    assert_eq!(reader.skipped(), 3);
    let named = [root.path().join("z.html"), root.path().join("b.txt"), root.path().join("b.txt")];
    assert_eq!(ids(&all(&named, b"").0), ["z", "b"]);
}

#[test]
fn sources_csv_wins_over_front_matter_and_its_bad_rows_are_warnings() {
    let csv = "\u{feff}file,outlet,published,title,url\n\
        a.md,Krone,2022-10-02,,\n\
        gone.txt,X,,,\n\
        b.txt,Y,yesterday,\"Two, dead\",http://y.at/1\n\
        c.txt,Z,2022-01-01,Two, dead,,\n\
        ./sub/d.txt,D\n";
    let root = folder(&[
        ("sources.csv", csv.as_bytes()),
        ("a.md", b"---\ntitle: T\noutlet: Other\npublished: 2001-01-01\n---\nText"),
        ("b.txt", b"B"),
        ("c.txt", b"C"),
        ("sub/d.txt", b"D"),
        ("e.md", b"---\npublished: soon\n---\nE"),
    ]);
    let (documents, warnings) = all(&[root.path().to_owned()], b"");
    assert_eq!(ids(&documents), ["a", "b", "c", "e", "d"]);
    let [a, b, c, e, d] = documents.as_slice() else { panic!() };
    assert_eq!((a.article.outlet.as_deref(), a.article.title.as_deref()), (Some("Krone"), Some("T")));
    assert_eq!(a.article.published, Some(date(2022, 10, 2)));
    assert_eq!((b.article.title.as_deref(), b.article.url.as_deref()), (Some("Two, dead"), Some("http://y.at/1")));
    assert_eq!((c.article.outlet.as_deref(), d.article.outlet.as_deref()), (None, Some("D")));
    assert_eq!(e.article.published, None);
    let placed: Vec<(String, usize)> =
        places(&warnings, root.path()).into_iter().map(|(file, line, _)| (file, line)).collect();
    let expected = [("sources.csv", 3), ("sources.csv", 4), ("sources.csv", 5), ("e.md", 2)];
    assert_eq!(placed, expected.map(|(file, line)| (file.to_owned(), line)));
    assert!(warnings.iter().all(|warning| warning.help.is_some()), "{warnings:?}");
    // The same document read by its own path is told the same.
    assert_eq!(all(&[root.path().join("a.md"), root.path().join("sources.csv")], b"").0, std::slice::from_ref(a));
}

#[test]
fn pages_of_one_name_are_told_apart_by_their_folders() {
    let page = |text: &str| format!("<html><body><p>{text}</p></body></html>").into_bytes();
    let pages = ["raid", "truce", "again/truce"].map(|folder| (format!("{folder}/index.html"), page(folder)));
    let files: Vec<(&str, &[u8])> = pages.iter().map(|(name, page)| (name.as_str(), page.as_slice())).collect();
    let root = folder(&files);
    let (documents, warnings) = all(&[root.path().to_owned()], b"");
    let read: Vec<(&str, &str)> =
        documents.iter().map(|raw| (raw.article.document.as_ref(), raw.text.as_str())).collect();
    assert_eq!(read, [("index", "again/truce"), ("raid-index", "raid"), ("truce-index", "truce")]);
    assert_eq!(warnings, []);
}

#[test]
fn many_pages_keep_their_order_and_their_warnings_between_them() {
    let name = |number: usize| match number % 50 {
        7 => format!("{number:03}.txt"),
        _ => format!("{number:03}.html"),
    };
    let text =
        |number: usize| if number % 60 == 9 { String::new() } else { format!("<html><p>{number} men died.</p>") };
    let files: Vec<(String, String)> = (0..200).map(|number| (name(number), text(number))).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let root = folder(&files);
    let read: Vec<String> = Reader::new(rules(), [root.path().to_owned()], &b""[..])
        .map(|read| match read {
            Ok(raw) => raw.article.document.to_string(),
            Err(error) => error.at.file.file_stem().unwrap().to_string_lossy().into_owned(),
        })
        .collect();
    assert_eq!(read, (0..200).map(|number| format!("{number:03}")).collect::<Vec<_>>());
}

#[test]
fn json_lines_are_read_line_by_line_and_bad_ones_passed_over() {
    let lines = b"\xEF\xBB\xBF{\"id\": 7, \"title\": \"T\", \"text\": \"body\", \"extra\": [1]}\r\n\
        \n\
        {\"id\": \"x\", \"title\": \"T\", \"text\": \"T and body\", \"published\": \"2023-05-23T07:59:16.104Z\"}\n\
        {\"id\": \"x\", \"title\": null, \"text\": \"same id\", \"published\": 12}\n\
        {\"text\": \"no id\"}\n\
        {\"title\": \"no text\"}\n\
        {\"id\": \n\
        [{\"text\": \"a list\"}]\n\
        {\"text\": \"\xFF\"}\n\
        {\"id\": \"e\", \"text\": \" \"}\n";
    let root = folder(&[("f.jsonl", lines)]);
    let (documents, warnings) = all(&[root.path().join("f.jsonl")], b"");
    assert_eq!(ids(&documents), ["7", "x", "x~2", "f-5"]);
    let texts: Vec<&str> = documents.iter().map(|raw| raw.text.as_str()).collect();
    assert_eq!(texts, ["T\n\nbody", "T and body", "same id", "no id"]);
    assert_eq!(documents[1].article.published, Some(date(2023, 5, 23)));
    let placed: Vec<usize> = warnings.iter().map(|warning| warning.at.line).collect();
    assert_eq!(placed, [4, 4, 6, 7, 8, 9, 10], "{warnings:#?}");
}

#[test]
fn standard_input_is_one_text_or_json_lines() {
    let dash = [PathBuf::from("-")];
    let (documents, _) = all(&dash, b"\n Two die\n\nTwo men died.");
    assert_eq!((ids(&documents), documents[0].text.len()), (vec!["stdin"], 24));
    let (documents, _) = all(&dash, b" \n {\"text\": \"A\"}\n{\"text\": \"B\"}");
    assert_eq!(ids(&documents), ["stdin-2", "stdin-3"]);
    let (_, warnings) = all(&[dash[0].clone(), dash[0].clone()], b"");
    assert_eq!(warnings.len(), 2, "{warnings:?}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let root = folder(&[
        ("a.txt", b"one\nt\xE4\x01t"),
        ("b.txt", b" \n"),
        ("c.txt", b"C"),
        ("d.txt", b"\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3"),
        ("e.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"),
    ]);
    let paths = [root.path().join("missing"), root.path().to_owned()];
    let (documents, warnings) = all(&paths, b"");
    assert_eq!(ids(&documents), ["c"]);
    let expected = [
        ("missing", 0, "no such file or folder"),
        ("a.txt", 2, "not UTF-8: byte 0xE4 at offset 5"),
        ("b.txt", 0, "this document is empty"),
        ("d.txt", 1, "not UTF-8: byte 0xC3 at offset 8"),
        ("e.mht", 0, "no web page stands in this message"),
    ];
    let expected = expected.map(|(file, line, message)| (file.to_owned(), line, message.to_owned()));
    assert_eq!(places(&warnings, root.path()), expected);
}

#[test]
fn texts_of_other_character_sets_are_read() {
    let root = folder(&[
        ("a.txt", b"t\xE4t"),
        ("b.txt", b"\xFF\xFEh\0i\0"),
        ("c.txt", b"<html><meta charset=iso-8859-5><p>\xBF"),
    ]);
    let (documents, warnings) = all(&[root.path().to_owned()], b"");
    assert_eq!(warnings, []);
    let read = documents.iter().map(|raw| (raw.text.as_str(), raw.found.charset.name)).collect::<Vec<_>>();
    assert_eq!(read, [("tät", "windows-1252"), ("hi", "UTF-16LE"), ("П", "ISO-8859-5")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_go_in_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        start in prop::sample::select(vec!["", "{", "---\n", "{\"text\": \"a\"}\n", "file,outlet\n"]),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        let root = folder(&[("a.jsonl", &bytes), ("b.md", &bytes), ("sources.csv", &bytes)]);
        let (documents, _) = all(&[root.path().to_owned(), PathBuf::from("-")], &bytes);
        for raw in documents {
            page::read(&rules().page, raw.article, raw.text);
        }
    }
}
