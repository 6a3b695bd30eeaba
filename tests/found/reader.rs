//! Bytes under any known name: they become documents or warnings, whatever they are.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gainsay::input::Reader;
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

/// The names, by the letter that the input begins with: `a` is the first.
const NAMES: &[&str] = &[
    "a.txt",
    "a.md",
    "a.html",
    "a.mhtml",
    "a.rss",
    "a.atom",
    "a.xml",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.tsv",
    "a.warc",
    "a.html.gz",
    "a.jsonl.zst",
    "a.zip",
    "a.tar",
    "a.tar.gz",
    "a.pdf",
    "a.docx",
];

/// The first letter is the name's; after a capital the bytes are packed as the name says.
pub(crate) fn check(data: &[u8]) {
    let Some((&letter, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(letter.to_ascii_lowercase().wrapping_sub(b'a')) % NAMES.len()];
    let bytes = if letter.is_ascii_uppercase() { packed(name, bytes) } else { bytes.to_vec() };
    let mut ids = BTreeSet::new();
    for read in Reader::of_stream(&RULES, name, &bytes[..]) {
        match read {
            Ok(raw) => {
                assert!(!raw.text.trim().is_empty(), "an empty document");
                assert!(ids.insert(raw.article.document.clone()), "an id twice: {}", raw.article.document);
                let text = raw.text.clone();
                let document = page::read(&RULES.page, raw.article, raw.text);
                assert_eq!(document.text, text, "a text is kept as it was read");
                let mut last = 0;
                for part in document.body.iter().chain(&document.headline) {
                    assert!(text.get(part.start as usize..part.end as usize).is_some(), "{part:?} cuts a character");
                }
                for part in &document.body {
                    assert!(last <= part.start && part.start <= part.end, "the body does not rise: {part:?}");
                    last = part.end;
                }
            }
            Err(error) => assert!(!error.message.is_empty() && error.to_string().starts_with(name), "{error}"),
        }
    }
}

fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    let gzip = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    match name.rsplit('.').next() {
        Some("gz") => gzip(bytes),
        Some("zst") => compress_to_vec(bytes, CompressionLevel::Fastest),
        Some("zip") => {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            for (number, part) in bytes.split(|&byte| byte == 0).enumerate() {
                let name = NAMES[number % NAMES.len()].replacen('a', &number.to_string(), 1);
                archive.start_file(name, SimpleFileOptions::default()).unwrap();
                archive.write_all(part).unwrap();
            }
            archive.finish().unwrap().into_inner()
        }
        _ => bytes.to_vec(),
    }
}
