//! Kinds of files: what a name and the first bytes tell.

/// How many of the first bytes are looked at.
const HEAD: usize = 1024;

/// A kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Plain text or Markdown, one article.
    #[default]
    Text,
    /// JSON Lines, one article a line.
    Lines,
    /// A saved web page.
    Page,
    /// A saved web page with its pictures, as one message.
    Message,
    /// An RSS or Atom feed.
    Feed,
    /// JSON of one article or several.
    Json,
    /// A table of articles, CSV or parted by tabs.
    Table,
    /// A PDF.
    Pdf,
    /// A Word document.
    Docx,
    /// A web archive.
    Warc,
    /// Something packed with gzip.
    Gzip,
    /// Something packed with zstd.
    Zstd,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
}

impl Kind {
    /// The name that a list of inputs has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Lines => "jsonl",
            Self::Page => "html",
            Self::Message => "mhtml",
            Self::Feed => "feed",
            Self::Json => "json",
            Self::Table => "csv",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Warc => "warc",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }
}

/// The kind that a file's ending tells; `None` for one that is no article's.
pub(super) fn by_name(name: &str) -> Option<Kind> {
    let (stem, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "txt" | "md" => Kind::Text,
        "jsonl" | "ndjson" => Kind::Lines,
        "html" | "htm" | "xhtml" => Kind::Page,
        "mhtml" | "mht" => Kind::Message,
        "rss" | "atom" | "xml" => Kind::Feed,
        "json" => Kind::Json,
        "csv" | "tsv" => Kind::Table,
        "pdf" => Kind::Pdf,
        "docx" => Kind::Docx,
        "warc" => Kind::Warc,
        "gz" if by_name(stem).is_some() => Kind::Gzip,
        "zst" if by_name(stem).is_some() => Kind::Zstd,
        "tgz" => Kind::Gzip,
        "zip" => Kind::Zip,
        "tar" => Kind::Tar,
        _ => return None,
    })
}

/// The name of what is packed in a file of this name.
pub(super) fn unpacked(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if ending.eq_ignore_ascii_case("tgz") => format!("{stem}.tar"),
        Some((stem, ending)) if ["gz", "zst"].iter().any(|known| ending.eq_ignore_ascii_case(known)) => stem.to_owned(),
        _ => name.to_owned(),
    }
}

/// The kind of a file by its name, corrected by what its first bytes say for certain.
pub(super) fn corrected(named: Kind, head: &[u8]) -> Kind {
    let head = head.get(..HEAD).unwrap_or(head);
    let marks: [(Kind, &[u8]); 5] = [
        (Kind::Gzip, b"\x1F\x8B\x08"),
        (Kind::Zstd, b"\x28\xB5\x2F\xFD"),
        (Kind::Zip, b"PK\x03\x04"),
        (Kind::Warc, b"WARC/1."),
        (Kind::Pdf, b"%PDF-"),
    ];
    match marks.into_iter().find(|(_, mark)| head.starts_with(mark)) {
        // A DOCX is a zip file; one that has another name is told by what it holds.
        Some((Kind::Zip, _)) if named == Kind::Docx => return named,
        Some((kind, _)) => return kind,
        None => {}
    }
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Tar;
    }
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match named {
        Kind::Text | Kind::Page | Kind::Message if is_feed(start) => Kind::Feed,
        Kind::Text | Kind::Message | Kind::Feed if is_page(start) => Kind::Page,
        Kind::Text | Kind::Page if is_message(start) => Kind::Message,
        Kind::Page | Kind::Message if is_words(start) => Kind::Text,
        named => named,
    }
}

fn begins(head: &[u8], word: &str) -> bool {
    head.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
}

fn holds(head: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| head.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

fn is_page(head: &[u8]) -> bool {
    let opens = ["<!doctype html", "<html", "<head>", "<head ", "<body"].iter().any(|tag| begins(head, tag));
    opens || (begins(head, "<?xml") || begins(head, "<!--")) && holds(head, &["<!doctype html", "<html"])
}

/// True for the beginning of an RSS or Atom feed.
pub(super) fn is_feed(head: &[u8]) -> bool {
    let feeds = ["<rss", "<feed", "<rdf:rdf"];
    feeds.iter().any(|tag| begins(head, tag)) || begins(head, "<?xml") && holds(head, &feeds)
}

/// True for the header of a message of several parts.
fn is_message(head: &[u8]) -> bool {
    let opens = ["from:", "mime-version:", "content-type:", "snapshot-content-location:"];
    opens.iter().any(|header| begins(head, header)) && holds(head, &["content-type: multipart/related"])
}

/// True for words without a single tag.
fn is_words(head: &[u8]) -> bool {
    head.first().is_some_and(|&first| first != b'<') && !head.contains(&b'<') && !is_message(head) && head.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_and_first_bytes_correct_it() {
        assert_eq!(
            (by_name("a.html.gz"), by_name("a.log.gz"), by_name("a.tgz")),
            (Some(Kind::Gzip), None, Some(Kind::Gzip))
        );
        assert_eq!((unpacked("a.tgz"), unpacked("a.jsonl.zst")), ("a.tar".to_owned(), "a.jsonl".to_owned()));
        assert_eq!((by_name("a.TXT"), by_name("a.tar.jpg"), by_name("html")), (Some(Kind::Text), None, None));
        for (named, head, kind) in [
            (Kind::Text, "Two died.", Kind::Text),
            (Kind::Text, "\u{feff}\n<!DOCTYPE html><p>Two died.", Kind::Page),
            (Kind::Text, "<?xml version=\"1.0\"?><!DOCTYPE html><html>", Kind::Page),
            (Kind::Text, "<b>Two</b> died.", Kind::Text),
            (Kind::Lines, "<html>", Kind::Lines),
            (Kind::Page, "Two died.", Kind::Text),
            (Kind::Page, "Two <b>died</b>.", Kind::Page),
            (Kind::Page, "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n", Kind::Message),
            (Kind::Text, "From: the capital, two died.", Kind::Text),
            (Kind::Page, "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Kind::Feed),
            (Kind::Page, "PK\u{3}\u{4}", Kind::Zip),
            (Kind::Lines, "WARC/1.0\r\n", Kind::Warc),
            (Kind::Text, "%PDF-1.4\n", Kind::Pdf),
            (Kind::Docx, "PK\u{3}\u{4}", Kind::Docx),
            (Kind::Docx, "%PDF-1.4\n", Kind::Pdf),
        ] {
            assert_eq!(corrected(named, head.as_bytes()), kind, "{head}");
        }
    }
}
