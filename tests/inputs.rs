//! What `gainsay inputs` lists: what was read, as what, and what was passed over, and why.

mod desk;

use desk::Desk;
use serde_json::Value;

const PAGE: &str = "<html><head><title>Raid</title><meta property=\"og:site_name\" content=\"Courier\">\
    <meta property=\"article:published_time\" content=\"2022-09-14T06:12:00Z\"></head><body><p>Two died.</p></body></html>";
const GERMAN: &str = "Bei dem Angriff auf den Posten an der Brücke sind nach Angaben des Ministeriums zwölf Soldaten getötet und \
    dreißig weitere verletzt worden. Die Rebellen wiesen die Vorwürfe zurück und sprachen von einer Lüge der Regierung in Lesko.";

/// The lines of a listing, each with these fields.
fn lines(out: &str, fields: &[&str]) -> Vec<Vec<String>> {
    let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        fields.iter().map(|field| cell(&line[field])).collect()
    };
    out.lines().map(line).collect()
}

fn mixed() -> Desk {
    Desk::new()
        .file("all/a.txt", "Two people died on Monday.")
        .file("all/b.html", PAGE)
        .file("all/c.htm", PAGE)
        .file("all/d.txt", "Two people died on Monday.")
        .file("all/e.txt", GERMAN)
        .file("all/f.html", &PAGE.replace("Courier", "Herald"))
        .file("all/b_files/ad.html", "<p>Buy lamps.</p>")
        .file("all/.git/x.txt", "no")
        .file("all/node_modules/x.txt", "no")
        .file("all/photo.jpg", "no")
        .file("all/table.csv", "document,group\na,b\n")
        .file("all/z.txt", " ")
}

#[test]
fn everything_in_a_folder_is_listed_with_what_became_of_it() {
    let ended = mixed().run("inputs all --format jsonl");
    assert_eq!(ended.status, 1);
    let expected = [
        ["all/a.txt", "read", "null", "text", "a", "null"],
        ["all/b.html", "read", "null", "html", "b", "meta:article:published_time"],
        ["all/c.htm", "repeated", "the text is that of b", "html", "c", "meta:article:published_time"],
        ["all/d.txt", "read", "the text is that of a", "text", "d", "null"],
        ["all/e.txt", "language", "there are no rules for de", "text", "e", "null"],
        ["all/f.html", "read", "the text is that of b", "html", "f", "meta:article:published_time"],
        ["all/photo.jpg", "passed", "its name is none of an article", "null", "null", "null"],
        ["all/table.csv", "passed", "no article is in it", "null", "null", "null"],
        ["all/z.txt", "refused", "this document is empty", "null", "null", "null"],
        ["all/e.txt", "refused", "documents in languages without rules are left alone (de: 1)", "null", "null", "null"],
    ];
    let fields = ["path", "status", "why", "kind", "document", "published_from"];
    assert_eq!(lines(&ended.out, &fields), expected);
    let hash = lines(&ended.out, &["sha256"]);
    assert!(hash[0] == hash[3] && hash[1] == hash[2] && hash[0] != hash[1] && hash[0][0].len() == 64, "{hash:?}");
    assert_eq!(ended.err.lines().count(), 2, "{ended:?}");
}

#[test]
fn a_listing_can_be_a_table_csv_or_markdown() {
    let desk = mixed();
    let csv = desk.run("inputs all/b.html --format csv");
    assert_eq!(csv.status, 0);
    assert!(
        csv.out.starts_with("path,line,status,why,document,kind,bytes,sha256,") && csv.out.contains(",Courier,"),
        "{csv:?}"
    );
    assert!(desk.run("inputs all --format table").out.contains("Courier"));
    assert!(desk.run("inputs all --format markdown").out.starts_with("| path | status |"));
}

#[test]
fn a_repeated_page_and_a_foreign_text_give_no_claims() {
    let desk = mixed();
    let claims = desk.run("claims all --format jsonl");
    let documents: Vec<Vec<String>> = lines(&claims.out, &["document"]);
    assert!(documents.concat().iter().all(|id| ["a", "b", "d", "f"].contains(&id.as_str())), "{documents:?}");
    assert!(claims.err.contains("documents in languages without rules are left alone (de: 1)"), "{claims:?}");
}

#[test]
fn standard_input_may_be_a_page() {
    let ended = Desk::new().folder("empty").stdin(PAGE).run("inputs - empty --format jsonl");
    assert_eq!(ended.status, 0);
    assert_eq!(lines(&ended.out, &["path", "kind", "outlet"]), [["-", "html", "Courier"]]);
}

#[test]
fn what_the_user_leaves_out_is_listed_with_the_rule_that_does() {
    let desk = Desk::new()
        .file("all/.gainsayignore", "# what is no article\ndrafts/\n*.old.txt\n!kept.old.txt\n")
        .file("all/a.txt", "Two people died on Monday.")
        .file("all/a.old.txt", "Three people died on Monday.")
        .file("all/kept.old.txt", "Four people died on Monday.")
        .file("all/drafts/b.txt", "Five people died on Monday.")
        .file("all/sub/.gainsayignore", "/c.txt\n{c\n")
        .file("all/sub/c.txt", "Six people died on Monday.")
        .file("all/sub/d.html", PAGE);
    let ended = desk.run("inputs all --ignore *.html --ignore x{ --format jsonl");
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{ended:?}");
    let ended = desk.run("inputs all --ignore *.html --ignore /sub/x --format jsonl");
    let expected = [
        ["all/a.old.txt", "ignored", "`*.old.txt` in all/.gainsayignore leaves it out"],
        ["all/a.txt", "read", "null"],
        ["all/drafts", "ignored", "`drafts/` in all/.gainsayignore leaves it out"],
        ["all/kept.old.txt", "read", "null"],
        ["all/sub/.gainsayignore", "refused", "null"],
        ["all/sub/c.txt", "ignored", "`/c.txt` in all/sub/.gainsayignore leaves it out"],
        ["all/sub/d.html", "ignored", "`--ignore *.html` leaves it out"],
    ];
    let mut listed = lines(&ended.out, &["path", "status", "why"]);
    assert!(listed.iter().any(|line| line[1] == "refused" && line[2].starts_with("no glob: ")), "{listed:?}");
    listed.iter_mut().filter(|line| line[1] == "refused").for_each(|line| line[2] = "null".to_owned());
    listed.sort();
    assert_eq!(listed, expected);
    let read = |arguments: &str| {
        let mut documents = lines(&desk.run(arguments).out, &["document"]).concat();
        documents.dedup();
        documents
    };
    assert_eq!(read("claims all"), ["a", "kept.old", "d"]);
    assert_eq!(read("claims all --ignore sub --as-read"), ["a", "kept.old"]);
    // What is named itself is read.
    assert_eq!(read("claims all/drafts/b.txt all/a.old.txt --ignore *.txt"), ["a.old", "b"]);
}
