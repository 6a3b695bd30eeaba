//! Pages, feeds and JSON that are made to be expensive, or to reach for what is none of theirs.

use super::run::{Place, quotes, refused};

const TELLING: &str = "<p>Two soldiers were killed near Gyumri on Monday, the ministry said.</p>";

#[test]
fn entities_of_feeds_are_neither_multiplied_nor_fetched() {
    let bomb: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let own = "<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % y SYSTEM \"http://127.0.0.1:9/\">%y;";
    let feed = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY l0 \"lol\">{bomb}{own}]><rss version=\"2.0\"><channel>\
         <title>&l9;</title><item><title>Raid &x;</title><description>Two soldiers were killed. &l9; &x;</description></item>\
         </channel></rss>"
    );
    let ended = Place::new().file("a.xml", feed).run(&["claims", "a.xml"]);
    assert_eq!((ended.status, ended.quotes()), (0, vec!["Two soldiers".to_owned()]), "{}", ended.err);
    assert!(ended.out.len() < 4_000 && !ended.out.contains("root:") && !ended.out.contains("lollol"), "{}", ended.out);
}

#[test]
fn json_in_json_is_refused_with_its_place() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let objects = "{\"articles\":".repeat(100_000);
    for (name, text) in [
        ("a.json", format!("{open}{close}")),
        ("a.json", objects.clone()),
        ("a.jsonl", format!("{{\"text\": {open}{close}}}\n")),
        ("a.jsonl", format!("{objects}\n")),
    ] {
        assert!(refused(name, text).contains("JSON"), "{name}");
    }
    let page = format!("<script type=\"application/ld+json\">{objects}</script>{TELLING}");
    assert_eq!(quotes("a.html", page).len(), 2);
    let claims = format!("{{\"document\": {open}{close}}}\n");
    let ended = Place::new().file("c.jsonl", claims).run(&["findings", "--claims", "c.jsonl"]);
    assert!(ended.status > 0 && ended.err.contains("not a JSON object"), "{}", ended.err);
}

#[test]
fn pages_that_take_long_to_read_are_refused_with_the_reason() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    for (name, page, why) in [
        ("elements in each other", "<div>".repeat(100_000), "stand in each other"),
        ("bold in bold", "<b>".repeat(100_000), "stand in each other"),
        ("tables in tables", "<table><tr><td>".repeat(50_000), "stand in each other"),
        ("lists in lists", "<ul><li>".repeat(50_000), "stand in each other"),
        ("links in links", "<a href=x>".repeat(100_000), "stand in each other"),
        ("pictures in pictures", "<svg><g>".repeat(50_000), "stand in each other"),
        ("templates", "<template>".repeat(50_000), "stand in each other"),
        ("line breaks", "<br>".repeat(500_000), "than any that people read"),
        ("attributes", format!("<p{attributes}>"), "than any that people read"),
        ("references", "&amp;".repeat(500_000), "than any that people read"),
        (
            "metadata",
            "<meta property=\"article:published_time\" content=\"soon\">".repeat(200_000),
            "than any that people read",
        ),
        ("length", "a".repeat(17 << 20), "longer than 16 MiB"),
    ] {
        let told = refused("a.html", format!("<html><body>{page}{TELLING}"));
        assert!(told.contains(why) && told.contains("input/limits.toml"), "{name}: {told}");
    }
}

#[test]
fn large_pages_that_people_could_read_are_read() {
    let paragraphs = "<p>The road along the river stayed closed, and the market was empty.</p>".repeat(3_000);
    let nested = format!("{}{TELLING}{}", "<div>".repeat(200), "</div>".repeat(200));
    for (name, page) in [
        ("paragraphs", format!("{TELLING}{paragraphs}")),
        ("a deep one", format!("{nested}{paragraphs}")),
        ("comments without an end", format!("{TELLING}{}", "<!--".repeat(20_000))),
        ("markup in a script", format!("<script>var a = \"{}\";</script>{TELLING}", "<b>x<\\/b>".repeat(5_000))),
    ] {
        assert_eq!(quotes("a.html", format!("<html><body><article>{page}")).len(), 2, "{name}");
    }
}

#[test]
fn feeds_tables_and_messages_without_measure_end() {
    for (name, text) in [
        ("a.rss", format!("<rss><channel>{}", "<item>".repeat(100_000))),
        ("a.rss", format!("<rss><channel>{}", "<item><title>x</title></item>".repeat(30_000))),
        ("a.rss", format!("<rss><channel><item>{}", "<title".repeat(100_000))),
        ("a.rss", format!("<rss><channel><item>{}", "<description><![CDATA[".repeat(50_000))),
        ("a.rss", format!("<rss><channel><item><description><![CDATA[{}]]>", "<b>".repeat(50_000))),
        ("a.atom", format!("<feed><entry>{}", "<link rel=\"x\" href=\"http://a\"/>".repeat(50_000))),
        ("a.csv", format!("{}text\n{}x\n", "c,".repeat(50_000), ",".repeat(50_000))),
        ("a.csv", format!("id,text\n1,\"{}", "and the army ".repeat(100_000))),
        (
            "a.mhtml",
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{}",
                "--b\r\n".repeat(100_000)
            ),
        ),
        (
            "a.mhtml",
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\r\n\r\n{}",
                "--\r\n".repeat(100_000)
            ),
        ),
        (
            "a.mhtml",
            format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n{}", " x\r\n".repeat(100_000)),
        ),
        ("a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n".repeat(20_000)),
        ("a.txt", format!("---\n{}---\n", "title: x\n".repeat(100_000))),
    ] {
        let ended = Place::new().file(name, &text).run(&["claims", name]);
        assert!(ended.err.lines().count() <= 6, "{name}: {}", ended.err);
    }
}
