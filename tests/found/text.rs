//! Any text: sentences, tokens, the article's stretches and what people are shown lie on characters, rise and lose nothing.

use std::sync::LazyLock;

use gainsay::page;
use gainsay::report::text::{excerpt, first_words, one_line};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::{Article, CodePoints, Span, TokenKind, is_hidden, split_sentences, tokenize};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

pub(crate) fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    sentences(&text);
    tokens(&text);
    shown(&text);
    let mut points = CodePoints::new(&text);
    for (number, (byte, _)) in text.char_indices().enumerate().take(64) {
        assert_eq!(points.at(byte as u32), number as u32);
    }
    let document = page::read(&RULES.page, Article::default(), text.into_owned());
    let mut last = 0;
    for part in &document.body {
        assert!(document.text.get(part.start as usize..part.end as usize).is_some(), "{part:?} cuts a character");
        assert!(last <= part.start, "the body does not rise");
        last = part.end;
    }
}

fn sentences(text: &str) {
    let mut found = Vec::new();
    split_sentences(text, Span::new(0, text.len()), &RULES.lexicon, &mut found);
    let mut last = 0;
    for span in found {
        let between = text.get(last..span.start as usize).expect("sentences rise and cut no character");
        assert!(between.trim().is_empty(), "lost between sentences: {between:?}");
        let sentence = text.get(span.start as usize..span.end as usize).expect("a sentence cuts a character");
        assert!(!sentence.is_empty() && sentence.trim() == sentence, "{sentence:?}");
        last = span.end as usize;
    }
    assert!(text[last..].trim().is_empty(), "lost at the end");
}

fn tokens(text: &str) {
    let mut found = Vec::new();
    tokenize(text, Span::new(0, text.len()), &mut found);
    let blank = |c: char| {
        c <= ' ' || c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
    };
    let mut last = 0;
    for token in found {
        let between = text.get(last..token.span.start as usize).expect("tokens rise and cut no character");
        assert!(between.chars().all(blank), "lost between tokens: {between:?}");
        assert_eq!(token.glued, between.is_empty() && last > 0, "{token:?}");
        let words = text.get(token.span.start as usize..token.span.end as usize).expect("a token cuts a character");
        assert!(!words.is_empty());
        let digit = words.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(token.kind == TokenKind::Number, digit, "{words:?}");
        last = token.span.end as usize;
    }
    assert!(text[last..].chars().all(blank), "lost at the end");
}

fn shown(text: &str) {
    let line = one_line(text);
    assert!(!line.contains(is_hidden) && line.trim() == line && one_line(&line) == line, "{line:?}");
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let found = excerpt(text, &text[half..]);
    assert!(!found.before.contains(is_hidden) && !found.words.contains(is_hidden) && !found.after.contains(is_hidden));
    assert!(first_words(text, 5).chars().count() <= 7);
}
