//! DOCX: what of a Word document is text, and which files are none.

use super::made::{docx, paragraphs, zip};
use super::read::{RULES, read, read_by, text};

#[test]
fn what_a_reader_sees_is_read() {
    let body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t xml:space=\"preserve\">Two </w:t></w:r>\
        <w:del><w:r><w:delText>or three </w:delText><w:t>x</w:t></w:r></w:del><w:ins><w:r><w:t>died &#8211; so far</w:t></w:r></w:ins>\
        <w:r><w:tab/><w:t>here</w:t><w:br/><w:t>and</w:t><w:noBreakHyphen/><w:t>there.</w:t></w:r>\
        <w:r><w:fldChar/><w:instrText> HYPERLINK a </w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
        <w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> Seen.</w:t></w:r><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Killed</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p/><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Around it</w:t></w:r></w:p>";
    assert_eq!(
        text("a.docx", &docx(body, "")),
        "Two died – so far\there\nand-there. Seen.\n\nKilled\n\n12\n\nIn a box\n\nAround it"
    );
}

#[test]
fn the_text_is_where_the_file_says() {
    let text_is = |place: &str| {
        let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"a\" Type=\"{kinds}/extended-properties\" Target=\"docProps/app.xml\"/>\
             <Relationship Id=\"b\" Type=\"{kinds}/officeDocument\" Target=\"{place}\"/></Relationships>"
        )
    };
    let of = |words: &str| {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        format!("<w:document xmlns:w=\"{word}\"><w:body>{}</w:body></w:document>", paragraphs(words))
    };
    for (place, name, left) in [
        ("/word/document2.xml", "word/document2.xml", "word/document.xml"),
        ("word/document.xml", "word/document.xml", "word/document2.xml"),
    ] {
        let file = zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("_rels/.rels", text_is(place).as_bytes()),
            (left, of("Nobody reads this.").as_bytes()),
            (name, of("Two died.").as_bytes()),
        ]);
        assert_eq!(text("a.docx", &file), "Two died.", "{place}");
        assert_eq!(text("a.zip", &file), "Two died.", "{place}");
    }
    let file =
        zip(&[("_rels/.rels", text_is("text.xml").as_bytes()), ("word/document.xml", of("Two died.").as_bytes())]);
    assert_eq!(read("a.docx", &file).1, ["it is no DOCX: it holds no text.xml"]);
}

#[test]
fn an_archive_of_articles_is_no_docx_whatever_the_names_in_it() {
    let file = zip(&[("word/document.xml", b"<a/>"), ("word/a.txt", b"Two died."), ("b.txt", b"Three died.")]);
    let (documents, _) = read("a.zip", &file);
    let texts: Vec<&str> = documents.iter().map(|raw| &*raw.text).collect();
    assert_eq!(texts, ["Two died.", "Three died."]);
}

#[test]
fn other_files_are_refused_with_a_word_on_why() {
    let declared = "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document>&b;</w:document>";
    let mut broken = docx(&paragraphs("Two died."), "");
    broken.truncate(200);
    let cut = docx("<w:p><w:r><w:t>Two died.</w:p>", "");
    for (bytes, why) in [
        (zip(&[("word/other.xml", b"<a/>")]), "it is no DOCX: it holds no word/document.xml"),
        (zip(&[("word/document.xml", declared.as_bytes())]), "its XML declares a document type, as no DOCX does"),
        (docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", ""), "its XML has an entity that XML does not know: \"b\""),
        (docx(&paragraphs(" "), ""), "this document is empty"),
        (b"\xD0\xCF\x11\xE0 and more".to_vec(), "it is encrypted, or of a Word before DOCX"),
        (b"Two died.".to_vec(), "it is no DOCX: "),
        (broken, "it is no DOCX: "),
        (cut, "its XML is broken: "),
    ] {
        let (documents, warnings) = read("a.docx", &bytes);
        assert!(documents.is_empty() && warnings.len() == 1 && warnings[0].starts_with(why), "{why}: {warnings:?}");
    }
}

#[test]
fn bombs_are_refused() {
    let bomb = docx(&paragraphs(&"0".repeat(24 << 20)), "");
    let (documents, warnings) = read("a.docx", &bomb);
    let why = "word/document.xml in it cannot be read: it unpacks to more than 300 times its size";
    assert_eq!((documents.len(), warnings), (0, vec![why.to_owned()]));
    let mut rules = RULES.clone();
    rules.input.documents.limits.steps = 1000;
    let (documents, warnings) = read_by(&rules, "a.docx", &docx(&paragraphs("Two died.").repeat(500), ""));
    assert_eq!((documents.len(), warnings), (0, vec!["it has more than 1000 elements".to_owned()]));
    let deep = docx(&format!("{}<w:p><w:r><w:t>Two died.</w:t></w:r></w:p>", "<w:p>".repeat(100_000)), "");
    assert_eq!(read("a.docx", &deep).0.len(), 0);
}
