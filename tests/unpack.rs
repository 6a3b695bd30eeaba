//! Packed files and web archives: what is read out of them, and what is refused.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gainsay::input::Reader;
use gainsay::rules::{RuleFiles, RuleSet};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A header and its bytes as tar has them.
fn tarred(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    sized(name, kind, format!("{:011o}\0", bytes.len()).as_bytes(), bytes)
}

fn sized(name: &str, kind: u8, size: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..136].copy_from_slice(size);
    header[148..156].fill(b' ');
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header.extend(bytes);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive: Vec<u8> = files.iter().flat_map(|(name, bytes)| tarred(name, b'0', bytes)).collect();
    archive.extend([0; 1024]);
    archive
}

fn record(kind: &str, uri: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// What is read of one file: each document's id and text, and each warning without the folder's name.
fn read_by(rules: &RuleSet, name: &str, bytes: &[u8]) -> (Vec<(String, String)>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let before = list(folder.path());
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    for read in Reader::new(rules, [path], &b""[..]) {
        match read {
            Ok(raw) => documents.push((raw.article.document.to_string(), raw.text)),
            Err(error) => {
                let file = error.at.file.strip_prefix(folder.path()).unwrap().display().to_string();
                warnings.push(format!("{file}: {}", error.message));
            }
        }
    }
    assert_eq!(list(folder.path()), before, "nothing is written");
    (documents, warnings)
}

fn read(name: &str, bytes: &[u8]) -> (Vec<(String, String)>, Vec<String>) {
    read_by(&RULES, name, bytes)
}

fn list(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn some(documents: &[(&str, &str)]) -> Vec<(String, String)> {
    documents.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    let text = b"Two died.";
    let one = some(&[("a", "Two died.")]);
    let both = [gzip(b"Two "), gzip(b"died.")].concat();
    let frames = [
        compress_to_vec(&b"Two "[..], CompressionLevel::Fastest),
        compress_to_vec(&b"died."[..], CompressionLevel::Fastest),
    ]
    .concat();
    for (name, bytes) in [
        ("a.txt.gz", gzip(text)),
        ("a.txt.gz", both),
        ("a.md.zst", frames),
        ("a.html.gz", gzip(b"<html><p>Two died.")),
        ("b.zip", zip(&[("a.txt", text)])),
        ("b.tar", tar(&[("a.txt", text)])),
        ("b.tgz", gzip(&tar(&[("a.txt", text)]))),
        ("b.tar.zst", compress_to_vec(&tar(&[("a.txt", text)])[..], CompressionLevel::Fastest)),
        ("b.zip", zip(&[("c.zip", &zip(&[("x/a.txt.gz", &gzip(text))]))])),
        ("b.zip", zip(&[("c.tar.gz", &gzip(&tar(&[("x/y/a.md", text)])))])),
        // Names that lie.
        ("a.txt", gzip(text)),
        ("a.html", compress_to_vec(&text[..], CompressionLevel::Fastest)),
        ("b.jsonl", zip(&[("a.txt", text)])),
        ("b.txt", tar(&[("a.txt", text)])),
        ("a.txt", b"<!DOCTYPE html><p>Two died.".to_vec()),
        ("a.html", text.to_vec()),
    ] {
        assert_eq!(read(name, &bytes), (one.clone(), vec![]), "{name}");
    }
    let lines = gzip(b"{\"id\": \"x\", \"text\": \"A\"}\n{\"text\": \"B\"}\n");
    assert_eq!(read("a.jsonl.gz", &lines).0, some(&[("x", "A"), ("a-2", "B")]));
}

#[test]
fn names_in_archives_are_only_names() {
    let files: &[(&str, &[u8])] = &[
        ("../../up.txt", b"Up"),
        ("/etc/root.txt", b"Root"),
        ("README.md", b"no"),
        (".hidden/a.txt", b"no"),
        ("__MACOSX/b.txt", b"no"),
        ("photo.jpg", b"no"),
        ("sub/c.txt", b"C"),
    ];
    let expected = some(&[("up", "Up"), ("root", "Root"), ("c", "C")]);
    assert_eq!(read("a.zip", &zip(files)), (expected.clone(), vec![]));
    assert_eq!(read("a.tar", &tar(files)), (expected, vec![]));
    let long = format!("{}/d.txt", "long".repeat(50));
    let pax = format!("{} path={long}\n", long.len() + 10);
    for (kind, named) in [(b'L', format!("{long}\0")), (b'x', pax)] {
        let archive =
            [tarred("x", kind, named.as_bytes()), tarred("short.txt", b'0', b"D"), tarred("l.txt", b'2', b"")];
        assert_eq!(read("a.tar", &archive.concat()), (some(&[("d", "D")]), vec![]));
    }
}

#[test]
fn an_archive_s_own_table_tells_of_its_files() {
    let table = |file: &str, outlet: &str| format!("file,outlet,published\n{file},{outlet},2022-09-14\n").into_bytes();
    let (outer, inner) = (table("sub/a.txt", "Courier"), table("c.txt", "Herald"));
    let files: &[(&str, &[u8])] =
        &[("sub/a.txt", b"A"), ("b.txt", b"B"), ("sources.csv", &outer), ("x/c.txt", b"C"), ("x/sources.csv", &inner)];
    let folder = tempfile::tempdir().unwrap();
    let outlets = |name: &str, bytes: &[u8]| -> Vec<String> {
        fs::write(folder.path().join(name), bytes).unwrap();
        let read = Reader::new(&RULES, [folder.path().join(name)], &b""[..]).map(Result::unwrap);
        read.map(|raw| format!("{} {}", raw.article.document, raw.article.outlet.as_deref().unwrap_or("-"))).collect()
    };
    assert_eq!(outlets("a.zip", &zip(files)), ["a Courier", "b -", "c Herald"]);
    let inside = zip(&[("in.zip", &zip(files))]);
    assert_eq!(outlets("b.zip", &inside), ["a Courier", "b -", "c Herald"]);
    // A tar file is read from front to back: a table is about what comes after it.
    assert_eq!(outlets("a.tar", &tar(files)), ["a -", "b -", "c -"]);
    let turned: Vec<(&str, &[u8])> = files.iter().rev().copied().collect();
    assert_eq!(outlets("b.tar", &tar(&turned)), ["c Herald", "b -", "a Courier"]);
    let bad = outlets("c.zip", &zip(&[("a.txt", b"A"), ("sources.csv", b"file,outlet\na.txt,Courier\n")]));
    assert_eq!(bad, ["a Courier"]);
}

#[test]
fn bombs_and_broken_archives_are_refused_and_the_rest_goes_on() {
    let zeros = vec![b'0'; 24 << 20];
    let text: &[u8] = b"Two died.";
    let many = "it unpacks to more than 300 times its size";
    let (documents, warnings) = read("a.zip", &zip(&[("bomb.txt", &zeros), ("a.txt", text)]));
    assert_eq!(
        (documents, warnings),
        (some(&[("a", "Two died.")]), vec![format!("a.zip/bomb.txt: cannot be read: {many}")])
    );
    assert_eq!(read("a.txt.gz", &gzip(&zeros)).1, [format!("a.txt.gz: cannot be read: {many}")]);
    assert_eq!(read("a.jsonl.gz", &gzip(&zeros)).1, [format!("a.jsonl.gz: cannot be read: {many}")]);
    assert_eq!(read("a.tgz", &gzip(&tar(&[("a.txt", &zeros)]))).0, []);
    let deep = zip(&[("b.zip", &zip(&[("c.zip", &zip(&[("a.txt", text)]))]))]);
    assert_eq!(read("a.zip", &deep).1, ["a.zip/b.zip/c.zip: not opened: an archive too deep in others"]);
    assert_eq!(read("a.txt", &gzip(&gzip(&gzip(text)))).1, ["a.txt: not opened: packed too often"]);
    let mut rules = RULES.clone();
    rules.input.limits.entries = 2;
    rules.input.limits.held = 4;
    let files: &[(&str, &[u8])] = &[("a.txt", b"A"), ("b.txt", text), ("c.txt", b"C")];
    for (name, bytes) in [("a.zip", zip(files)), ("a.tar", tar(files))] {
        let (documents, warnings) = read_by(&rules, name, &bytes);
        assert_eq!(documents, some(&[("a", "A")]));
        let expected = [
            format!("{name}/b.txt: cannot be read: it is longer than 0 MiB"),
            format!("{name}: cannot be read: it holds more than 2 files; the others are not read"),
        ];
        assert_eq!(warnings, expected);
    }
    let whole = gzip(&vec![b'a'; 5000]);
    for (name, bytes) in [
        ("a.txt.gz", &whole[..whole.len() / 2]),
        ("a.txt.zst", b"\x28\xB5\x2F\xFD\0\0"),
        ("a.zip", &zip(files)[..40]),
        ("a.tar", &tar(files)[..700]),
        ("a.tar", b"no archive at all"),
        ("a.tar", &sized("a.jpg", b'0', b"\x80\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", b"")),
        ("a.warc", b"no archive at all"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nshort"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
    ] {
        let (documents, warnings) = read(name, bytes);
        assert_eq!(
            (documents.len(), warnings.len()),
            (usize::from(name == "a.tar" && bytes.len() == 700), 1),
            "{name}: {warnings:?}"
        );
    }
}

#[test]
fn pages_and_texts_of_web_archives_are_read() {
    let uri = "https://courier.example/2022/09/14/raid";
    let paged =
        |number: &str| format!("<html><head><title>Raid</title></head><body><p>{number} died.</p></body></html>");
    let [two, four, five] = ["Two", "Four", "Five"].map(paged);
    let (page, five) = (two.as_bytes(), five.as_bytes());
    let answer = |head: &str, body: &[u8]| [b"HTTP/1.1 ", head.as_bytes(), b"\r\n\r\n", body].concat();
    let chunks = [
        b"10\r\n",
        &five[..16],
        b"\r\n",
        format!("{:x};a=b\r\n", five.len() - 16).as_bytes(),
        &five[16..],
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let archive = [
        record("warcinfo", "", b"software: x"),
        record("request", uri, b"GET / HTTP/1.1\r\n\r\n"),
        record("response", uri, &answer("200 OK\r\nContent-Type: text/html; charset=utf-8", page)),
        record(
            "response",
            uri,
            &answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(four.as_bytes())),
        ),
        record("response", uri, &answer("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", &chunks)),
        record("response", "https://courier.example/again", &answer("200 OK\r\nContent-Type: text/html", page)),
        record("response", uri, &answer("404 Not Found\r\nContent-Type: text/html", page)),
        record("response", uri, &answer("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
        record("response", uri, &answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", b"\xFF\xFE\x01")),
        record("conversion", uri, b"Three died."),
        record("response", uri, &answer("200 OK\r\nContent-Type: text/css\r\nContent-Encoding: br", b"\xFF\xFE\x01")),
    ]
    .concat();
    let expected = some(&[
        ("a-3", "Raid\n\nTwo died."),
        ("a-4", "Raid\n\nFour died."),
        ("a-5", "Raid\n\nFive died."),
        ("a-10", "Three died."),
    ]);
    let refused = vec!["a.warc/9: cannot be read: it is packed with br, which is not read here".to_owned()];
    assert_eq!(read("a.warc", &archive), (expected.clone(), refused));
    assert_eq!(read("a.warc.gz", &gzip(&archive)).0, expected);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.warc"), &archive).unwrap();
    let first = Reader::new(&RULES, [folder.path().join("a.warc")], &b""[..]).next().unwrap().unwrap();
    assert_eq!(first.article.url.as_deref(), Some(uri));
    assert_eq!(first.article.published, Some(jiff::civil::date(2022, 9, 14)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_in_any_packing_go_in_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        name in prop::sample::select(vec!["a.zip", "a.tar", "a.txt.gz", "a.html.zst", "a.warc", "a.mht", "a.html"]),
        cut in 0_usize..2000,
    ) {
        let start: Vec<u8> = match name {
            "a.zip" => zip(&[("a.txt", &bytes)]),
            "a.tar" => tar(&[("a.txt", &bytes)]),
            "a.txt.gz" => gzip(&bytes),
            "a.html.zst" => compress_to_vec(&bytes[..], CompressionLevel::Fastest),
            "a.warc" => record("response", "http://a.example", &bytes),
            _ => b"<html>".to_vec(),
        };
        let cut = cut.min(start.len());
        read(name, &[&start[..cut], &bytes].concat());
        read(name, &start);
    }
}
