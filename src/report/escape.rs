//! Markdown that shows the text of articles as it stands, whatever it holds.

use super::text::{Excerpt, one_line};
use crate::text::is_hidden;

/// The text on one line, with everything escaped that Markdown or HTML would read as markup.
pub(super) fn md(text: &str) -> String {
    escape(&one_line(text))
}

/// A quote in its sentence, the claim's words bold.
pub(super) fn quoted(excerpt: &Excerpt) -> String {
    format!("{}{}{}", escape(&excerpt.before), bold(&excerpt.words), escape(&excerpt.after))
}

/// Bold words. The marks stand at letters or digits: Markdown takes marks beside punctuation for text.
fn bold(words: &str) -> String {
    let Some(start) = words.find(char::is_alphanumeric) else { return escape(words) };
    let end = words.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map_or(start, |(at, c)| at + c.len_utf8());
    format!("{}**{}**{}", escape(&words[..start]), escape(&words[start..end]), escape(&words[end..]))
}

/// A link to a web page, or the words alone where the address is not one.
pub(super) fn link(words: &str, url: Option<&str>) -> String {
    match url.filter(|url| ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))) {
        Some(url) => format!("[{}](<{}>)", md(words), address(url)),
        None => md(words),
    }
}

/// An address between `<` and `>`: what could end it or the table cell around it is percent-encoded.
fn address(url: &str) -> String {
    url.chars()
        .map(|c| match c {
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '|' => "%7C".to_owned(),
            '\\' => "%5C".to_owned(),
            '`' => "%60".to_owned(),
            '[' => "%5B".to_owned(),
            ']' => "%5D".to_owned(),
            c if c.is_whitespace() || is_hidden(c) => "%20".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in line.char_indices() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '#' | '$' => escaped.extend(['\\', c]),
            '-' | '+' | '=' | ':' if at == 0 => escaped.extend(['\\', c]),
            '.' | ')' if at == digits && digits > 0 && !line[at + 1..].starts_with(|c: char| c != ' ') => {
                escaped.extend(['\\', c])
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::excerpt;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_ends_its_cell_its_line_or_opens_a_tag(text in "[|\\\\<>&`\\[\\]\n\r\u{1b}a-c *#-]{0,40}") {
            let shown = md(&text);
            let bare = shown.replace("\\\\", "").replace("\\|", "").replace("\\`", "").replace("\\[", "");
            prop_assert!(!bare.contains(['|', '<', '`', '[', '\n', '\r', '\u{1b}']), "{shown}");
        }
    }

    #[test]
    fn markup_of_articles_is_shown_and_not_obeyed() {
        let cases = [
            ("a | b", r"a \| b"),
            ("# not a heading", r"\# not a heading"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("[x](http://e.org)", r"\[x\](http://e.org)"),
            ("`code` *b* _i_", r"\`code\` \*b\* \_i\_"),
            ("1. no list", r"1\. no list"),
            ("- no list", r"\- no list"),
            ("3.5 million", "3.5 million"),
            ("line\nbreak", "line break"),
        ];
        for (text, markdown) in cases {
            assert_eq!(md(text), markdown);
        }
    }

    #[test]
    fn the_claim_is_bold_from_its_first_letter_to_its_last() {
        assert_eq!(quoted(&excerpt("They said “12 dead.” in all", "“12 dead.”")), "They said “**12 dead**.” in all");
    }

    #[test]
    fn only_web_addresses_become_links_and_cannot_break_out() {
        assert_eq!(link("a", Some("javascript:alert(1)")), "a");
        assert_eq!(link("a|b", Some("https://e.org/x y|z>")), r"[a\|b](<https://e.org/x%20y%7Cz%3E>)");
    }
}
