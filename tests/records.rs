//! Feeds, JSON and tables: what is read of them, by the shapes of the rules.

use std::fs;
use std::sync::LazyLock;

use gainsay::input::{Raw, Reader};
use gainsay::rules::{RuleFiles, RuleSet};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

fn read(name: &str, text: &str) -> (Vec<Raw>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    for read in Reader::new(&RULES, [path], &b""[..]) {
        match read {
            Ok(raw) => documents.push(raw),
            Err(error) => warnings.push(error.message),
        }
    }
    (documents, warnings)
}

/// Id, outlet, day, address and text of a document.
fn shown(raw: &Raw) -> [String; 5] {
    let article = &raw.article;
    let some = |value: &Option<Box<str>>| value.as_deref().unwrap_or("-").to_owned();
    let day = article.published.map_or("-".to_owned(), |day| day.to_string());
    [article.document.to_string(), some(&article.outlet), day, some(&article.url), raw.text.clone()]
}

#[track_caller]
fn assert_reads(name: &str, text: &str, expected: &[[&str; 5]]) {
    let (documents, warnings) = read(name, text);
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!(documents.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn articles_of_feeds_are_read_with_ids_that_last() {
    let item = "<item><title>Raid &amp; siege</title><link>https://a.example/raid</link><guid isPermaLink=\"false\">77</guid>\
        <pubDate>Wed, 04 Mar 2020 23:30:00 -0500</pubDate><dc:creator><![CDATA[R. Novak]]></dc:creator>\
        <description>Four gunmen &#8230;</description>\
        <content:encoded><![CDATA[<p>Four gunmen were <b>killed</b>.</p><p>One officer died.</p>]]></content:encoded></item>";
    let other = "<item><title>Second</title><description>&lt;p&gt;Two died.&lt;/p&gt;</description><pubDate>soon</pubDate></item>";
    let rss = |items: &str| {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Dolina Herald</title><language>en-gb</language>{items}</channel></rss>"
        )
    };
    let first = [
        "feed-a88a7902",
        "Dolina Herald",
        "2020-03-04",
        "https://a.example/raid",
        "Raid & siege\n\nFour gunmen were killed.\n\nOne officer died.",
    ];
    let (documents, warnings) = read("feed.xml", &rss(&format!("{other}{item}")));
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!(shown(&documents[1]), first);
    assert_eq!(shown(&documents[0])[1..], ["Dolina Herald", "-", "-", "Second\n\nTwo died."]);
    assert_eq!(documents[0].found.about.refused, [("feed:published".into(), "soon".into())]);
    assert_eq!(&*documents[1].found.about.author.as_ref().unwrap().value, "R. Novak");
    // An id is the article's, wherever it stands.
    let (moved, _) = read("feed.rss", &rss(&format!("{item}{other}")));
    assert_eq!((shown(&moved[0]), shown(&moved[1])), (shown(&documents[1]), shown(&documents[0])));

    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Pass Tribune</title><link href=\"https://b.example/\"/>\
        <entry><title type=\"html\">Convoy</title><id>urn:1</id><link rel=\"edit\" href=\"https://b.example/e\"/><link href=\"https://b.example/c?a=1&amp;b=2\"/>\
        <published>2017-06-20T12:00:00Z</published><updated>2017-06-21T12:00:00Z</updated><summary>Five</summary>\
        <content type=\"xhtml\"><div><p>Five people died.</p><p>Three trucks burned.</p></div></content></entry></feed>";
    let (documents, _) = read("b.atom", atom);
    let expected = [
        "Pass Tribune",
        "2017-06-20",
        "https://b.example/c?a=1&b=2",
        "Convoy\n\nFive people died.\n\nThree trucks burned.",
    ];
    assert_eq!(shown(&documents[0])[1..], expected);
    assert_eq!(documents[0].found.about.modified.as_ref().unwrap().value.to_string(), "2017-06-21");
    for broken in ["<rss", "<rss><item><title>A</title", "<rss><item></item>", "<?xml version=\"1.0\"?><svg/>"] {
        assert_eq!(read("a.xml", broken).0.iter().filter(|raw| raw.text.contains("died")).count(), 0);
    }
}

#[test]
fn records_of_other_programs_are_read_by_their_fields() {
    let registry = r#"{"articles": {"results": [{"uri": "81", "lang": "eng", "dateTimePub": "2020-09-28T10:15:00Z", "date": "2020-09-28",
        "url": "https://a.example/1", "title": "Raid", "body": "Two died.", "source": {"uri": "a.example", "title": "Courier"},
        "authors": [{"name": "Ida Holm"}, {"name": "Per Vik"}]}], "totalResults": 1}}"#;
    assert_reads("r.json", registry, &[["81", "Courier", "2020-09-28", "https://a.example/1", "Raid\n\nTwo died."]]);
    let please = r#"{"authors": [], "date_download": "2021-01-01 00:00:00", "date_publish": "2017-07-17 17:03:00", "maintext": "Two died.",
        "source_domain": "b.example", "title": "Raid", "url": "https://b.example/1", "language": "en"}"#;
    assert_reads("p.json", please, &[["p", "b.example", "2017-07-17", "https://b.example/1", "Raid\n\nTwo died."]]);
    let lines = please.replace('\n', " ");
    assert_reads("p.jsonl", &lines, &[["p-1", "b.example", "2017-07-17", "https://b.example/1", "Raid\n\nTwo died."]]);
    let newspaper = r#"[{"title": "Raid", "text": "Two died.", "authors": ["Ida Holm"], "publish_date": "2017-07-17T00:00:00",
        "source_url": "https://c.example", "url": "https://c.example/1"}]"#;
    assert_reads(
        "n.json",
        newspaper,
        &[["n-1", "https://c.example", "2017-07-17", "https://c.example/1", "Raid\n\nTwo died."]],
    );
    let common = r#"{"title": "Raid", "text": "Two died.", "domain": "d.example", "date": "2017-07-17 00:00:00", "url": "https://d.example/1"}"#;
    assert_reads("c.jsonl", common, &[["c-1", "d.example", "2017-07-17", "https://d.example/1", "Raid\n\nTwo died."]]);
    let gdelt = r#"{"articles": [{"url": "https://e.example/1", "title": "Two died in raid", "seendate": "20200928T101500Z", "domain": "e.example", "language": "English"}]}"#;
    assert_reads("g.json", gdelt, &[["g-1", "e.example", "2020-09-28", "https://e.example/1", "Two died in raid"]]);
    let cloud = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n\
        9,2022-09-15,en,Courier,courier.example,2022-09-14,\"Two, perhaps three, died\",https://courier.example/1\n";
    assert_reads(
        "m.csv",
        cloud,
        &[["9", "Courier", "2022-09-14", "https://courier.example/1", "Two, perhaps three, died"]],
    );
    let news = r#"{"status": "ok", "articles": [{"source": {"id": null, "name": "Courier"}, "author": "x", "title": "Raid", "url": "https://f.example/1", "publishedAt": "2022-09-14T06:12:00Z", "content": "Two died."}]}"#;
    assert_reads("o.json", news, &[["o-1", "Courier", "2022-09-14", "https://f.example/1", "Raid\n\nTwo died."]]);
}

#[test]
fn tables_are_read_row_by_row_whatever_parts_them() {
    let rows = "text;outlet;published\n\"Two died.\nOne fled.\";Courier;14 September 2022\n;Courier;\nThree died;Herald;soon\n";
    let (documents, warnings) = read("t.csv", rows);
    let found: Vec<_> = documents.iter().map(shown).collect();
    assert_eq!(
        found,
        [["t-2", "Courier", "2022-09-14", "-", "Two died.\nOne fled."], ["t-5", "Herald", "-", "-", "Three died"]]
    );
    assert_eq!(warnings, ["this row has no text"]);
    assert_reads(
        "t.tsv",
        "outlet\tText\nCourier\tTwo, or three, died.\n",
        &[["t-2", "Courier", "-", "-", "Two, or three, died."]],
    );
    assert_eq!(read("t.csv", "document,group\na,b\n").1, ["no column of it is known to hold articles"]);
    assert_eq!(read("t.json", "{\"a\": 1}").1, ["no article was found in it"]);
    assert_eq!(read("t.json", "{\"a\": ").1.len(), 1);
}

#[test]
fn what_lies_in_a_folder_for_something_else_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.txt", "Two died."),
        ("groups.csv", "document,group\na,b\n"),
        ("package.json", "{\"name\": \"x\"}"),
        ("broken.json", "{"),
        ("map.xml", "<?xml version=\"1.0\"?><urlset/>"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut reader = Reader::new(&RULES, [folder.path().to_owned()], &b""[..]);
    assert_eq!(reader.by_ref().map(|read| read.unwrap().text).collect::<Vec<_>>(), ["Two died."]);
    assert_eq!(reader.skipped(), 4);
}

#[test]
fn a_shape_of_one_s_own_joins_the_others() {
    let mut files = RuleFiles::built_in();
    let own = "name = \"mine\"\nneeds = [\"brødtekst\"]\ntext = [\"brødtekst\"]\npublished = [\"dag.trykt\"]\n";
    files.insert("input/fields/mine.toml", "mine.toml", own);
    let rules = RuleSet::load(&files).unwrap();
    let line = "{\"brødtekst\": \"Two died.\", \"dag\": {\"trykt\": \"2022-09-14\"}}";
    let raw = Reader::new(&rules, ["-".into()], line.as_bytes()).next().unwrap().unwrap();
    assert_eq!(shown(&raw), ["stdin-1", "-", "2022-09-14", "-", "Two died."]);
    let about = raw.found.about.published.unwrap();
    assert_eq!((&*about.origin, &*about.words), ("mine:dag.trykt", "2022-09-14"));
}
