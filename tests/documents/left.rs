//! A build without the feature: PDF and DOCX are told from other files, left alone, and named with what reads them.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::desk::Desk;

const PDF: &str = "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n";

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn they_are_left_alone_with_a_word_on_how_to_get_a_build_that_reads_them() {
    let docx = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document>Two died.</document>")]);
    let desk = Desk::new().folder("all").file("all/a.txt", "Two people died on Monday.").file("all/b.pdf", PDF);
    let desk = desk.file("all/h.txt", PDF).file("all/i.docx", PDF).stdin(PDF);
    let archive = zip(&[("f.docx", &docx), ("g.txt", b"Three people died on Monday.")]);
    for (name, bytes) in [("all/c.docx", &docx), ("all/d.zip", &docx), ("all/e.zip", &archive)] {
        fs::write(desk.path(name), bytes).unwrap();
    }
    let ended = desk.run("inputs all --format jsonl");
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        ["path", "status", "why"].map(|field| line[field].as_str().unwrap_or("").to_owned())
    };
    let lines: Vec<[String; 3]> = ended.out.lines().map(line).collect();
    let left = "this build does not read PDF and DOCX; they are left alone (docx: 3, pdf: 3)";
    assert_eq!(
        lines,
        [
            ["all/a.txt", "read", ""],
            ["all/b.pdf", "passed", "this build does not read pdf"],
            ["all/c.docx", "passed", "this build does not read docx"],
            ["all/d.zip", "passed", "this build does not read docx"],
            ["all/e.zip/f.docx", "passed", "this build does not read docx"],
            ["all/e.zip/g.txt", "read", ""],
            ["all/h.txt", "passed", "this build does not read pdf"],
            ["all/i.docx", "passed", "this build does not read pdf"],
            ["all/c.docx", "refused", left],
        ]
    );
    assert_eq!((ended.status, ended.err.lines().count()), (1, 1), "{}", ended.err);
    for arguments in ["inputs all", "claims all/b.pdf", "claims -"] {
        let ended = desk.run(arguments);
        assert!(ended.err.contains("cargo install --path . --features documents"), "{arguments}: {}", ended.err);
    }
}
