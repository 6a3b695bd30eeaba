//! PDF and DOCX: what is read of them by a build with the feature `documents`, what is refused, and what another build says.

#[cfg(not(feature = "documents"))]
mod desk;
#[cfg(feature = "documents")]
#[path = "documents/docx.rs"]
mod docx;
#[path = "documents/made.rs"]
mod made;
#[cfg(feature = "documents")]
#[path = "documents/pdf.rs"]
mod pdf;
#[cfg(feature = "documents")]
#[path = "documents/read.rs"]
mod read;

#[cfg(not(feature = "documents"))]
#[test]
fn another_build_leaves_them_alone_and_says_how_to_get_one_that_does_not() {
    let docx = made::docx(&made::paragraphs("Two died."), "");
    let desk = desk::Desk::new().file("all/a.txt", "Two people died on Monday.");
    let mut files = vec![
        ("all/b.pdf", made::pdf(&[(700, "Two died.")], "")),
        ("all/c.docx", docx.clone()),
        ("all/d.zip", docx.clone()),
        ("all/e.zip", made::zip(&[("f.docx", &docx), ("g.txt", b"Three people died on Monday.")])),
        ("all/h.txt", made::pdf_with(&[made::set(&[(700, "Two died.")])], "", &[])),
    ];
    files.push(("all/i.docx", made::pdf_of(&[made::stream("", &made::packed(b"x"))], "")));
    files.iter().for_each(|(name, bytes)| std::fs::write(desk.path(name), bytes).unwrap());
    let ended = desk.run("inputs all --format jsonl");
    assert_eq!(ended.status, 1);
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
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    assert!(ended.err.contains("cargo install --path . --features documents"), "{}", ended.err);
    let named = desk.run("claims all/b.pdf");
    assert_eq!((named.status, named.out.as_str()), (2, ""), "{named:?}");
    assert!(
        made::broken("Two died.", 9) == [(720, "Two died.".to_owned())] && named.err.contains("--features documents")
    );
}
