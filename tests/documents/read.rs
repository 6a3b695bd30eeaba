//! What both kinds have in common: claims, places where they are found, what they say of themselves.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gainsay::extract::{Wanted, extract};
use gainsay::input::{Raw, Reader};
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};

use super::made::{broken, docx, paragraphs, pdf, zip};

pub(crate) static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

const ARTICLE: &str = "Twelve soldiers die in raid on border post\n\nOctober 2, 2022\n\n\
    At least 12 soldiers of Armenia were killed and 31 others wounded on Saturday when gunmen attacked a border post near Sotk, \
    Yerevan said.\n\nAzerbaijan rejected the accusation. \"We counted 40 dead,\" a spokesman said on Sunday.";

/// What is read of one file by these rules: its documents, and its warnings.
pub(crate) fn read_by(rules: &RuleSet, name: &str, bytes: &[u8]) -> (Vec<Raw>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    for read in Reader::new(rules, [path], &b""[..]) {
        match read {
            Ok(raw) => documents.push(raw),
            Err(error) => warnings.push(error.message),
        }
    }
    (documents, warnings)
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> (Vec<Raw>, Vec<String>) {
    read_by(&RULES, name, bytes)
}

/// The text of the one document that is read without a warning.
pub(crate) fn text(name: &str, bytes: &[u8]) -> String {
    let (mut documents, warnings) = read(name, bytes);
    assert_eq!((documents.len(), warnings), (1, vec![]), "{name}");
    documents.remove(0).text
}

fn as_pdf(text: &str, info: &str) -> Vec<u8> {
    let lines = broken(text, 60);
    pdf(&lines.iter().map(|(y, line)| (*y, line.as_str())).collect::<Vec<_>>(), info)
}

#[test]
fn an_article_gives_the_claims_of_its_plain_text() {
    let claims = |name: &str, bytes: &[u8]| -> Vec<String> {
        let raw = read(name, bytes).0.remove(0);
        assert_eq!(raw.text, ARTICLE, "{name}");
        let document = page::read(&RULES.page, raw.article, raw.text);
        let claims = extract(&document, &RULES, Wanted::default()).claims;
        claims.iter().map(|claim| format!("{:?} {:?} {claim:?}", claim.quote(), document.article.published)).collect()
    };
    let plain = claims("a.txt", ARTICLE.as_bytes());
    assert!(plain.len() >= 3, "{plain:?}");
    assert_eq!(claims("a.pdf", &as_pdf(ARTICLE, "")), plain);
    assert_eq!(claims("a.docx", &docx(&paragraphs(ARTICLE), "")), plain);
}

#[test]
fn they_are_known_by_content_and_name_wherever_they_stand() {
    let (pdf, docx) = (pdf(&[(700, "Two died.")], ""), docx(&paragraphs("Two died."), ""));
    let gzip = |bytes: &[u8]| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    for (name, bytes, kind) in [
        ("a.pdf", pdf.clone(), "pdf"),
        ("a.txt", pdf.clone(), "pdf"),
        ("a.docx", pdf.clone(), "pdf"),
        ("a.PDF.gz", gzip(&pdf), "pdf"),
        ("b.zip", zip(&[("x/a.pdf", &pdf)]), "pdf"),
        ("a.docx", docx.clone(), "docx"),
        ("a.zip", docx.clone(), "docx"),
        ("a.html", docx.clone(), "docx"),
        ("a.docx.gz", gzip(&docx), "docx"),
        ("b.zip", zip(&[("c.zip", &zip(&[("a.docx", &docx)]))]), "docx"),
    ] {
        let (documents, warnings) = read(name, &bytes);
        let found: Vec<_> =
            documents.iter().map(|raw| (&*raw.article.document, &*raw.text, raw.found.kind.as_str())).collect();
        assert_eq!((found, warnings), (vec![("a", "Two died.", kind)], vec![]), "{name}");
    }
}

#[test]
fn what_they_say_of_themselves_has_its_place_and_impossible_days_are_refused() {
    let told = |name: &str, bytes: &[u8]| -> BTreeMap<&'static str, String> {
        let raw = read(name, bytes).0.remove(0);
        let about = raw.found.about;
        let word = |told: &Option<gainsay::web::Told<Box<str>>>| {
            told.as_ref().map_or("-".to_owned(), |told| format!("{} {}", told.origin, told.value))
        };
        let day = |told: &Option<gainsay::web::Told<jiff::civil::Date>>| {
            told.as_ref().map_or("-".to_owned(), |told| format!("{} {} {}", told.origin, told.value, told.words))
        };
        let published = raw.article.published.map_or("-".to_owned(), |day| day.to_string());
        BTreeMap::from([
            ("title", word(&about.title)),
            ("author", word(&about.author)),
            ("created", day(&about.published)),
            ("modified", day(&about.modified)),
            ("published", published),
            ("refused", format!("{:?}", about.refused)),
        ])
    };
    let body = "Two soldiers died near Sotk.";
    let info = "/Title (Raid \\(Sotk\\)) /Author <FEFF0041006E006E> /CreationDate (D:20200927193000+04'00') /ModDate (D:20200928)";
    let found = told("a.pdf", &as_pdf(body, info));
    assert_eq!(found["title"], "pdf:Title Raid (Sotk)");
    assert_eq!(found["author"], "pdf:Author Ann");
    assert_eq!(found["created"], "pdf:CreationDate 2020-09-27 D:20200927193000+04'00'");
    assert_eq!(found["modified"], "pdf:ModDate 2020-09-28 D:20200928");
    assert_eq!((&*found["published"], &*found["refused"]), ("2020-09-27", "[]"));

    let info = "/Title (Microsoft Word - raid.docx) /CreationDate (D:20201399) /ModDate (D:19700101000000Z)";
    let found = told("a.pdf", &as_pdf(body, info));
    assert_eq!((&*found["title"], &*found["created"], &*found["modified"], &*found["published"]), ("-", "-", "-", "-"));
    assert_eq!(found["refused"], "[(\"pdf:CreationDate\", \"D:20201399\"), (\"pdf:ModDate\", \"D:19700101000000Z\")]");
    // The day that is printed comes before that of the file.
    let printed = told("a.pdf", &as_pdf(&format!("October 2, 2022\n\n{body}"), "/CreationDate (D:20240101)"));
    assert_eq!(
        (&*printed["published"], &*printed["created"]),
        ("2022-10-02", "pdf:CreationDate 2024-01-01 D:20240101")
    );

    let properties = "<dc:title>Raid &amp; truce</dc:title><dc:creator>Ann</dc:creator><cp:lastModifiedBy>Bo</cp:lastModifiedBy>\
        <dcterms:created>2020-09-27T10:00:00Z</dcterms:created><dcterms:modified>2020-09-20T10:00:00Z</dcterms:modified>";
    let found = told("a.docx", &docx(&paragraphs(body), properties));
    assert_eq!((&*found["title"], &*found["author"]), ("docx:title Raid & truce", "docx:creator Ann"));
    assert_eq!(found["created"], "docx:created 2020-09-27 2020-09-27T10:00:00Z");
    // Nothing is changed before it is made.
    assert_eq!((&*found["modified"], &*found["refused"]), ("-", "[(\"docx:modified\", \"2020-09-20T10:00:00Z\")]"));
}
