//! Feeds: the articles of an RSS or Atom file, as far as it has their text.

use memchr::memmem;

use crate::rules::input::{FeedRules, WebRules};

/// One article of a feed, as the feed writes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) title: Option<String>,
    pub(super) text: String,
    pub(super) url: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// What tells it from others: its own id, else its address, else its words.
    pub(super) key: String,
}

/// A feed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Feed {
    pub(super) outlet: Option<String>,
    pub(super) language: Option<String>,
    pub(super) entries: Vec<Entry>,
}

/// An element: what stands in its tag, and between its tags.
#[derive(Clone, Copy)]
struct Element<'x> {
    attributes: &'x str,
    inner: &'x str,
}

/// Reads a feed; broken XML gives what can be told apart.
pub(super) fn read(rules: &FeedRules, web: &WebRules, xml: &str) -> Feed {
    let mut feed = Feed::default();
    let mut at = 0;
    let mut head = None;
    let find_from = |at: usize, name: &str| {
        let (element, before, after) = find(xml.get(at..)?, name)?;
        Some((element, at + before, xml.len() - after.len()))
    };
    // The next element of each name is looked for once it has been passed, and one that is not there never again.
    let mut next: Vec<_> = rules.items.iter().map(|name| (name, find_from(0, name))).collect();
    loop {
        for (name, found) in &mut next {
            if found.is_some_and(|(_, begins, _)| begins < at) {
                *found = find_from(at, name);
            }
        }
        let first = next.iter().filter_map(|(_, found)| *found).min_by_key(|(_, begins, _)| *begins);
        let Some((element, begins, after)) = first else { break };
        head = head.or_else(|| xml.get(..begins));
        feed.entries.push(entry(rules, web, element.inner));
        at = after;
    }
    let head = head.unwrap_or(xml);
    feed.outlet = first(web, head, &rules.outlet);
    feed.language = first(web, head, &rules.language);
    feed
}

fn entry(rules: &FeedRules, web: &WebRules, item: &str) -> Entry {
    let title = first(web, item, &rules.title);
    // The longest of the texts is the whole one; others are its beginning.
    let texts = rules.text.iter().filter_map(|name| Some(markup(find(item, name)?.0.inner)));
    let text = texts.max_by_key(String::len).unwrap_or_default();
    let url = rules.url.iter().find_map(|name| link(item, name));
    let key = first(web, item, &rules.id).or_else(|| url.clone());
    let key = key.unwrap_or_else(|| format!("{}\n{text}", title.as_deref().unwrap_or("")));
    Entry {
        author: first(web, item, &rules.author),
        published: first(web, item, &rules.published),
        modified: first(web, item, &rules.modified),
        title,
        text,
        url,
        key,
    }
}

/// The words of the first of these elements that has some.
fn first(web: &WebRules, item: &str, names: &[Box<str>]) -> Option<String> {
    let words = |name: &str| {
        let html = markup(find(item, name)?.0.inner);
        let text = crate::web::plain(web, &html);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    };
    names.iter().find_map(|name| words(name))
}

/// The address in an element: in its tag, or between its tags.
fn link(item: &str, name: &str) -> Option<String> {
    let mut rest = item;
    while let Some((element, _, after)) = find(rest, name) {
        let address = attribute(element.attributes, "href").map_or_else(|| markup(element.inner), unescaped);
        let other = attribute(element.attributes, "rel").is_some_and(|rel| rel != "alternate");
        if !other && address.trim().starts_with("http") {
            return Some(address.trim().to_owned());
        }
        rest = after;
    }
    None
}

/// The first element of this name, the byte it begins at, and what follows it.
fn find<'x>(xml: &'x str, name: &str) -> Option<(Element<'x>, usize, &'x str)> {
    let open = format!("<{name}");
    let ends = |rest: &str| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
    let at = memmem::find_iter(xml.as_bytes(), &open).find(|at| xml.get(at + open.len()..).is_some_and(ends))?;
    let rest = xml.get(at + open.len()..)?;
    let (attributes, rest) = rest.split_once('>')?;
    if let Some(attributes) = attributes.strip_suffix('/') {
        return Some((Element { attributes, inner: "" }, at, rest));
    }
    // An end tag inside a character section is none.
    let section = rest.trim_start().starts_with("<![CDATA[").then(|| rest.find("]]>")).flatten().unwrap_or(0);
    let close = format!("</{name}");
    let end = rest.get(section..).and_then(|tail| tail.find(&close)).map_or(rest.len(), |end| section + end);
    let (inner, after) = rest.split_at(end);
    Some((Element { attributes, inner }, at, after))
}

fn attribute<'x>(attributes: &'x str, name: &str) -> Option<&'x str> {
    let mut rest = attributes;
    loop {
        let (key, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value.get(1..)?.split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = after;
    }
}

/// What an element holds as HTML: of character sections the inside, of escaped text the text, of elements themselves.
fn markup(inner: &str) -> String {
    let inner = inner.trim();
    if let Some(section) = inner.strip_prefix("<![CDATA[") {
        return section.split("]]>").next().unwrap_or(section).to_owned();
    }
    if inner.contains('<') { inner.to_owned() } else { unescaped(inner) }
}

fn unescaped(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&amp;", "&"),
    ];
    named.into_iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}
