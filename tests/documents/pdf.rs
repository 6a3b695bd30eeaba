//! PDF: how signs become lines and paragraphs, and which files are refused.

use super::made::{packed, pdf, pdf_of, pdf_with, set, stream};
use super::read::{RULES, read, read_by, text};

#[test]
fn lines_are_joined_and_hyphens_go_where_that_is_sure() {
    let lines = [
        (700, "The cease-fire ended when sol-"),
        (686, "diers fired. A cease-"),
        (672, "fire of the Nagorno-"),
        (658, "Karabakh front, the lamp-"),
        (644, "wicks said, is over."),
        (616, "Soldiers of both sides"),
        (602, "- one of them hurt -"),
        (588, "met."),
    ];
    assert_eq!(
        text("a.pdf", &pdf(&lines, "")),
        "The cease-fire ended when soldiers fired. A cease-fire of the Nagorno-Karabakh front, the lamp-wicks said, is over.\n\n\
         Soldiers of both sides\n\n- one of them hurt - met."
    );
}

#[test]
fn words_are_parted_by_where_they_stand() {
    let content = "BT /F 12 Tf 72 700 Td [(Two) -400 (d) 20 (ied) -300 (near)] TJ 110 0 Td (Sotk.) Tj \
        -110 -14 Td (Both) Tj /F 8 Tf 5 Ts (3) Tj 0 Ts /F 12 Tf ( died.) Tj ET \
        BT /F 12 Tf 72 600 Td (Bold) Tj ET BT /F 12 Tf 72.3 600 Td (Bold) Tj ET \
        BT /F 12 Tf 0 1 -1 0 30 300 Tm (At the side) Tj ET \
        /Artifact BMC BT /F 12 Tf 72 400 Td (A head) Tj ET EMC q 1 0 0 1 0 -100 cm /X Do Q";
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 4 0 R >> >>",
        b"BT /F 12 Tf 72 600 Td (In a form) Tj ET",
    );
    let content = stream("/Filter /FlateDecode", &packed(content.as_bytes()));
    assert_eq!(
        text("a.pdf", &pdf_with(&[content], "", &[form])),
        "Two died near Sotk. Both died.\n\nBold\n\nIn a form"
    );
}

#[test]
fn one_sign_may_stand_for_several_letters() {
    let letters = "1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <01> <00660066> <02> <006600660069> endbfchar \
        1 beginbfrange <20> <7E> <0020> endbfrange";
    let map = format!("/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def {letters} endcmap end");
    let widths = format!("500 900 {}", "500 ".repeat(124));
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Own /FirstChar 1 /LastChar 126 /Widths [{widths}] /ToUnicode 9 0 R >>"
    );
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F 8 0 R >> >>",
        b"BT /F 12 Tf 72 600 Td (O\\001 duty, o\\002cials and sta\\001 died.) Tj ET",
    );
    let more = [form, font.into_bytes(), stream("", map.as_bytes())];
    assert_eq!(text("a.pdf", &pdf_with(&[stream("", b"/X Do")], "", &more)), "Off duty, officials and staff died.");
}

#[test]
fn heads_feet_and_page_numbers_are_no_text_and_sentences_go_on_on_the_next_page() {
    let page = |number: usize, body: &str| {
        set(&[(760, "The Courier, 2 October 2022"), (700, body), (30, &format!("Page {number} of 3"))])
    };
    let pages = [page(1, "Two soldiers were"), page(2, "killed."), page(3, "Three were hurt.")];
    assert_eq!(text("a.pdf", &pdf_with(&pages, "", &[])), "Two soldiers were killed.\n\nThree were hurt.");
}

#[test]
fn files_that_cannot_be_read_are_refused_with_a_word_on_why() {
    let whole = pdf(&[(700, "Two died.")], "");
    let replaced = |from: &str, to: &str| String::from_utf8(whole.clone()).unwrap().replace(from, to).into_bytes();
    let picture = pdf_with(&[stream("", b"q 600 0 0 800 0 0 cm /X Do Q")], "", &[stream("/Subtype /Image", b"x")]);
    for (bytes, why) in [
        (whole[..20].to_vec(), "it is no PDF, or a broken one"),
        (b"%PDF-1.7 and nothing else".to_vec(), "it is no PDF, or a broken one"),
        (replaced("/Info 2 0 R", "/Encrypt 2 0 R"), "it is encrypted"),
        (replaced("/Info 2 0 R", "/#45ncrypt 2 0 R"), "it is encrypted"),
        (replaced("/Length", "/Filter /LZWDecode /Length"), "it is packed with LZWDecode, which is not read here"),
        (picture, "it has no text: its pages are pictures, as those of a scan are"),
    ] {
        let (documents, warnings) = read("a.pdf", &bytes);
        assert_eq!((documents.len(), warnings), (0, vec![why.to_owned()]));
    }
    // What is only cut off or misplaced is mended by the reader.
    assert_eq!(text("a.pdf", &replaced("startxref\n", "startxref\n9")), "Two died.");
}

#[test]
fn pages_may_be_of_any_size_and_signs_stand_anywhere() {
    let far = format!("1{}", "0".repeat(30));
    let content = format!(
        "BT /F 12 Tf 72 700 Td (Two died.) Tj ET BT /F 12 Tf {far} {far} Td (Far) Tj ET BT /F {far} Tf 1 0 0 1 {far} 72 Tm (Far) Tj ET \
         BT /F 12 Tf {far} 0 0 {far} {far} {far} Tm (Far) Tj ET"
    );
    let whole = pdf_with(&[stream("", content.as_bytes())], "", &[]);
    assert_eq!(text("a.pdf", &whole), "Two died.");
    let large = String::from_utf8(whole).unwrap().replace("0 0 612 792", &format!("0 0 {far}0 {far}0"));
    let (documents, _) = read("a.pdf", large.as_bytes());
    assert!(documents.iter().all(|raw| raw.text.contains("Two died.")));
}

#[test]
fn dates_of_other_things_are_none_of_the_file() {
    let day = |others: &[&str]| {
        let content = stream("", b"BT /F 12 Tf 72 700 Td (Two died.) Tj ET");
        let others: Vec<Vec<u8>> = others.iter().map(|other| other.as_bytes().to_vec()).collect();
        let file = String::from_utf8(pdf_with(&[content], "/CreationDate (D:20221002)", &others)).unwrap();
        let raw = read("a.pdf", file.replace("/Producer (by hand)", "                   ").as_bytes()).0.remove(0);
        raw.article.published.map(|day| day.to_string())
    };
    assert_eq!(day(&[]).as_deref(), Some("2022-10-02"));
    assert_eq!(day(&["<< /Size 3 /CreationDate (D:20190101) >>"]), None);
    assert_eq!(day(&["<< /Title (A map) /CreationDate (D:20190101) >>"]).as_deref(), Some("2022-10-02"));
}

#[test]
fn bombs_are_refused() {
    let mut rules = RULES.clone();
    let limits = &mut rules.input.documents.limits;
    (limits.unpacked, limits.bytes, limits.pages, limits.steps) = (8 << 20, 1 << 20, 9, 20_000);
    let zeros = vec![b' '; 9 << 20];
    let unpacks = "it unpacks to more than 8 MiB";
    let text = set(&[(700, "Two died.")]);
    let form = |next: usize| {
        let own = format!("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> >>");
        stream(&own, b"/X Do /X Do ")
    };
    let forms: Vec<Vec<u8>> = (8..24).map(form).collect();
    let hex: String = packed(&zeros).iter().map(|byte| format!("{byte:02X}")).collect();
    for (bytes, why) in [
        (pdf_with(&[stream("/Filter /FlateDecode", &packed(&zeros))], "", &[]), unpacks),
        (pdf_with(&[stream("/Filter [/FlateDecode /FlateDecode]", &packed(&packed(&zeros)))], "", &[]), unpacks),
        (pdf_with(&[stream("/Filter [/ASCIIHexDecode /FlateDecode]", hex.as_bytes())], "", &[]), unpacks),
        (
            pdf_with(&[stream("/Filter /FlateDecode", &packed(&zeros[..2 << 20]))], "", &[]),
            "its pages and fonts unpack to more than 1 MiB",
        ),
        (pdf_with(&vec![text.clone(); 10], "", &[]), "it has more than 9 pages"),
        // Each form shows the next one twice.
        (pdf_with(&[stream("", b"/X Do ")], "", &forms), "its pages take more than 20000 steps"),
    ] {
        let (documents, warnings) = read_by(&rules, "a.pdf", &bytes);
        assert_eq!((documents.len(), warnings), (0, vec![why.to_owned()]));
    }
    // Each of these words opens a stream that holds all the others.
    let (documents, warnings) =
        read_by(&rules, "a.pdf", &[&b"%PDF-1.4\n"[..], &b"stream".repeat((1 << 20) / 6)].concat());
    assert_eq!((documents.len(), warnings), (0, vec![unpacks.to_owned()]));
    // Arrays in arrays, pages that are their own parents, and a font that is a page: read or refused.
    let deep = format!("<< /Type /Catalog /Pages {}3 0 R{} >>", "[".repeat(100_000), "]".repeat(100_000));
    read("a.pdf", &pdf_of(&[deep.into_bytes()], ""));
    let deep = format!("BT /F 12 Tf 72 700 Td {}(Two){} TJ (Two died.) Tj ET", "[".repeat(50_000), "]".repeat(50_000));
    read("a.pdf", &pdf_with(&[stream("", deep.as_bytes())], "", &[]));
    read("a.pdf", &pdf_of(&[b"<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R 1 0 R] >>".to_vec()], ""));
}
