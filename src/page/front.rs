//! Front matter: the `key: value` lines between two lines of `---` at the very start of a text.

/// What a front matter says; values are slices of the text without quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter<'t> {
    /// Headline.
    pub title: Option<&'t str>,
    /// Who published the article.
    pub outlet: Option<&'t str>,
    /// Publication date, as written.
    pub published: Option<&'t str>,
    /// The line `published` stands on, counted from 1; 0 without one.
    pub published_line: usize,
    /// Address.
    pub url: Option<&'t str>,
    /// The byte where the article's text begins, after the closing line.
    pub end: usize,
}

/// Reads the front matter at the start of `text`; `None` where there is none.
///
/// Unknown keys, indented lines and list items are passed over; a line that is none of these means that the text merely
/// begins with a rule.
pub fn front_matter(text: &str) -> Option<FrontMatter<'_>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut front = FrontMatter { end: first.len(), ..FrontMatter::default() };
    for (number, line) in (2..).zip(lines) {
        front.end += line.len();
        let content = line.trim_end();
        if content == "---" || content == "..." {
            return Some(front);
        }
        if content.is_empty() || content.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        let (key, value) = content.split_once(':')?;
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return None;
        }
        let value = unquoted(value.trim());
        match key.to_ascii_lowercase().as_str() {
            "title" => front.title = value,
            "outlet" => front.outlet = value,
            "published" => (front.published, front.published_line) = (value, number),
            "url" => front.url = value,
            _ => {}
        }
    }
    None
}

fn unquoted(value: &str) -> Option<&str> {
    let inner = ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q));
    let value = inner.unwrap_or(value).trim();
    (!value.is_empty() && !matches!(value, "null" | "~")).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_are_read_and_others_passed_over() {
        let text = "---\r\ntitle: \"Two killed: army\"\r\ntags:\r\n  - war\r\nOutlet: Krone\r\nurl:\r\n---\r\nText.";
        let front = front_matter(text).unwrap();
        assert_eq!((front.title, front.outlet, front.url), (Some("Two killed: army"), Some("Krone"), None));
        assert_eq!(&text[front.end..], "Text.");
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert_eq!(front_matter("---\nHe said: no.\n---\n"), None);
        assert_eq!(front_matter("---\ntitle: x\n"), None);
        assert_eq!(front_matter("Text"), None);
    }
}
