//! The phrases of page furniture, and the forms of lines that they are compared with.

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Furniture;

/// A phrase, the longest line it speaks of, and what the line does.
type Entry = (Box<str>, usize, Furniture);

/// Every phrase of page furniture, by how it is looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    whole: FxHashMap<Box<str>, Furniture>,
    longest_whole: usize,
    begins: FxHashMap<Box<str>, Vec<Entry>>,
    holds: Vec<Entry>,
    search: Option<AhoCorasick>,
    credits: FxHashSet<Box<str>>,
    first_words: FxHashSet<Box<str>>,
}

impl Phrases {
    /// A line that is nothing but this phrase.
    pub(super) fn add_whole(&mut self, phrase: &str, does: Furniture) {
        let key = trim_end(phrase);
        self.longest_whole = self.longest_whole.max(key.len());
        self.whole.insert(key.into(), does);
    }

    /// A line of at most `longest` bytes that begins with this phrase.
    pub(super) fn add_begins(&mut self, phrase: &str, longest: usize, does: Furniture) {
        self.add_first_word(phrase);
        self.begins.entry(first_word(phrase).into()).or_default().push((phrase.into(), longest, does));
    }

    /// A line of at most `longest` bytes with this phrase anywhere in it.
    pub(super) fn add_holds(&mut self, phrase: &str, longest: usize, does: Furniture) {
        self.holds.push((phrase.into(), longest, does));
    }

    /// The opening of a byline, a credit or a link to the page itself.
    pub(super) fn add_credit(&mut self, phrase: &str) {
        self.add_first_word(phrase);
        self.credits.insert(first_word(phrase).into());
    }

    /// The opening of a line that is looked at for some other reason.
    pub(super) fn add_first_word(&mut self, phrase: &str) {
        let mut key = String::new();
        line_key(phrase, &mut key);
        self.first_words.insert(first_word(&key).into());
    }

    /// Makes the search for phrases that may stand anywhere; the message where that cannot be done.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        let phrases = self.holds.iter().map(|(phrase, ..)| phrase.as_bytes());
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(phrases);
        self.search = Some(search.map_err(|error| error.to_string())?);
        Ok(())
    }

    /// False when no phrase can tell anything of the line, by its length, its first word and what it holds.
    pub(super) fn may_tell(&self, key: &str) -> bool {
        trim_end(key).len() <= self.longest_whole || self.first_words.contains(first_word(key)) || self.may_hold(key)
    }

    /// False when no phrase stands anywhere in the line of this key.
    fn may_hold(&self, key: &str) -> bool {
        self.search.as_ref().is_none_or(|search| search.is_match(key))
    }

    /// False when no byline, credit or self link begins like the line of this key.
    pub(super) fn may_credit(&self, key: &str) -> bool {
        self.credits.contains(first_word(key))
    }

    /// What the line of this key and length is, if it is page furniture.
    pub(super) fn furniture(&self, key: &str, length: usize) -> Option<Furniture> {
        let whole = trim_end(key);
        if whole.len() <= self.longest_whole
            && let Some(&does) = self.whole.get(whole)
        {
            return Some(does);
        }
        let begun = self.begins.get(first_word(key)).into_iter().flatten();
        for &(ref phrase, longest, does) in begun {
            if length <= longest && begins_with(key, phrase) {
                return Some(does);
            }
        }
        let held = |(phrase, longest, _): &&Entry| length <= *longest && key.contains(&**phrase);
        let first = if self.may_hold(key) { self.holds.iter().find(held) } else { None };
        first.map(|&(.., does)| does)
    }
}

/// Writes into `key` the form of a line that phrases are compared with: lower case, straight apostrophes, plain blanks,
/// without marks before the first letter or figure.
pub fn line_key(line: &str, key: &mut String) {
    key.clear();
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut rest = line;
    let beyond = |text: &str| if text.is_ascii() { None } else { text.bytes().position(|b| !b.is_ascii()) };
    while let Some((at, c)) = beyond(rest).and_then(|at| Some((at, rest.get(at..)?.chars().next()?))) {
        key.push_str(&rest[..at]);
        match c {
            '’' | '‘' => key.push('\''),
            c if c.is_whitespace() => key.push(' '),
            c => key.extend(c.to_lowercase()),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    key.push_str(rest);
    key.make_ascii_lowercase();
}

/// True when `key` begins with `phrase` and the phrase does not end within a word.
pub fn begins_with(key: &str, phrase: &str) -> bool {
    let Some(rest) = key.strip_prefix(phrase) else { return false };
    !phrase.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
}

fn first_word(key: &str) -> &str {
    let end = key.bytes().position(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    &key[..end.unwrap_or(key.len())]
}

fn trim_end(key: &str) -> &str {
    key.trim_end_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phrases() -> Phrases {
        let mut phrases = Phrases::default();
        phrases.add_whole("share", Furniture::Drop);
        phrases.add_begins("related:", 200, Furniture::End);
        phrases.add_begins("share via", 200, Furniture::Drop);
        phrases.add_holds("(@", 20, Furniture::Drop);
        phrases.add_holds("reader's page", 200, Furniture::Comments);
        phrases.add_credit("by");
        phrases.finish().unwrap();
        phrases
    }

    fn told(line: &str) -> Option<Furniture> {
        let mut key = String::new();
        line_key(line, &mut key);
        phrases().furniture(&key, line.len())
    }

    #[test]
    fn keys_are_lower_case_without_leading_marks() {
        let mut key = String::new();
        line_key("*** Editor’s\u{a0}Picks:", &mut key);
        assert_eq!(key, "editor's picks:");
        assert!(begins_with("related: a", "related:") && !begins_with("byron", "by"));
    }

    #[test]
    fn a_phrase_is_the_line_or_its_start_or_anywhere_in_it() {
        assert_eq!(told("SHARE »"), Some(Furniture::Drop));
        assert_eq!(told("Share prices fell"), None);
        assert_eq!(told("Related: Two die"), Some(Furniture::End));
        assert_eq!(told("See the Reader’s Page"), Some(Furniture::Comments));
        assert_eq!(told("D (@d), reader's page"), Some(Furniture::Comments), "the other phrase is for shorter lines");
        assert_eq!(told("D (@d)"), Some(Furniture::Drop));
    }

    proptest! {
        #[test]
        fn a_line_that_may_not_be_told_is_no_furniture_and_no_credit(
            line in "[*( ]{0,3}(share|By|RELATED|[a-z]{1,8})[ :'’(@a-zA-Zé]{0,30}(reader[’']s page)?[ a-z.]{0,9}",
        ) {
            let mut key = String::new();
            line_key(&line, &mut key);
            if !phrases().may_tell(&key) {
                prop_assert_eq!(told(&line), None);
                prop_assert!(!phrases().may_credit(&key));
            }
        }
    }
}
