//! What a document says of itself: its title, author and days, each with its place, as a saved page has them.

use jiff::civil::Date;

use super::{docx, pdf};
use crate::input::Kind;
use crate::page;
use crate::rules::RuleSet;
use crate::rules::input::DocumentRules;
use crate::text::Article;
use crate::web::{self, About, Page, Told};

/// What a document says of itself, in its own words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
}

/// The names of these in a document's own data.
struct Names {
    kind: &'static str,
    title: &'static str,
    author: &'static str,
    created: &'static str,
    modified: &'static str,
}

const PDF: Names =
    Names { kind: "pdf", title: "Title", author: "Author", created: "CreationDate", modified: "ModDate" };
const DOCX: Names = Names { kind: "docx", title: "title", author: "creator", created: "created", modified: "modified" };

/// Reads a document: its text, what it says of itself, and its day; why it is not read, for people, otherwise.
///
/// The day that stands in the text comes before that on which the file was made: many a file is a later print.
pub(in crate::input) fn read(rules: &RuleSet, kind: Kind, bytes: Vec<u8>) -> Result<(Page, Option<Date>), String> {
    let limits = &rules.input.documents.limits;
    let (text, stated, names) = match kind {
        Kind::Pdf => {
            let (text, stated) = pdf::read(limits, &|word| rules.lexicon.lookup(word) != 0, bytes)?;
            (text, stated, &PDF)
        }
        _ => {
            let (text, stated) = docx::read(limits, &rules.input.limits, bytes)?;
            (text, stated, &DOCX)
        }
    };
    if text.len() > limits.text {
        return Err(format!("its text is longer than {} MiB", limits.text >> 20));
    }
    let about = about(rules, names, stated);
    let printed = page::read(&rules.page, Article::default(), text.clone()).article.published;
    let day = printed.or(about.published.as_ref().map(|told| told.value));
    Ok((Page { text, about }, day))
}

fn about(rules: &RuleSet, names: &Names, stated: Stated) -> About {
    let told = |name: &str, words: Option<String>| {
        let words = words?.split_whitespace().collect::<Vec<_>>().join(" ");
        let origin = format!("{}:{name}", names.kind).into();
        (!words.is_empty()).then(|| Told { value: words.as_str().into(), origin, words: words.as_str().into() })
    };
    let mut about = About {
        title: told(names.title, stated.title.filter(|title| is_title(&rules.input.documents, title))),
        author: told(names.author, stated.author),
        ..About::default()
    };
    let mut day = |name: &str, words: Option<String>, from: Option<Date>| {
        let Told { words, origin, .. }: Told<Box<str>> = told(name, words)?;
        let value = web::day_of(&rules.input.web, &rules.page, figures(&words).unwrap_or(&words));
        let value = value.filter(|&day| from.is_none_or(|from| from <= day));
        if value.is_none() {
            about.refused.push((origin.clone(), words.clone()));
        }
        Some(Told { value: value?, origin, words })
    };
    let published = day(names.created, stated.created, None);
    let modified = day(names.modified, stated.modified, published.as_ref().map(|told| told.value));
    About { published, modified, ..about }
}

/// The figures of the day in a PDF's date: 20200927 of `D:20200927193000+04'00'`.
fn figures(words: &str) -> Option<&str> {
    let day = words.strip_prefix("D:").unwrap_or(words).get(..8)?;
    day.bytes().all(|byte| byte.is_ascii_digit()).then_some(day)
}

/// False for what programs write where nobody gave a title.
fn is_title(rules: &DocumentRules, title: &str) -> bool {
    let low = title.trim().to_lowercase();
    let begins = rules.no_title_begins.iter().any(|start| low.starts_with(&**start));
    !begins && !rules.no_title_ends.iter().any(|end| low.ends_with(&**end))
}
