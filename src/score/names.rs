//! Names as annotators and the program write them: whether two mean the same.

use std::collections::BTreeSet;

use crate::rules::score::ScoreRules;

/// True when both are unnamed, or the two share a telling word or the beginning of a long one.
pub(super) fn same(a: Option<&str>, b: Option<&str>, rules: &ScoreRules) -> bool {
    let (a, b) = (words(a, rules), words(b, rules));
    if a.is_empty() || b.is_empty() {
        return a.is_empty() && b.is_empty();
    }
    let beginnings = |words: &BTreeSet<String>| -> BTreeSet<String> {
        words.iter().filter_map(|word| word.get(..rules.beginning)).map(str::to_owned).collect()
    };
    !a.is_disjoint(&b) || !beginnings(&a).is_disjoint(&beginnings(&b))
}

/// The telling words of a name, each as the one that it stands for.
fn words(name: Option<&str>, rules: &ScoreRules) -> BTreeSet<String> {
    let text = respelled(&name.unwrap_or_default().to_lowercase(), rules);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let telling = words.filter(|word| !rules.passed_over.contains(*word));
    telling.map(|word| rules.one.get(word).map_or(word, String::as_str).to_owned()).collect()
}

/// The text with every spelling that stands by itself replaced, from left to right.
fn respelled(text: &str, rules: &ScoreRules) -> String {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let stands = |from: &str| {
            let open = |c: Option<char>| from.ends_with(letter) && c.is_some_and(letter);
            rest.strip_prefix(from).filter(|after| !open(after.chars().next()))
        };
        let begins = !before.is_some_and(letter);
        let found = rules.spellings.iter().filter(|_| begins).find_map(|(from, to)| Some((stands(from)?, to, from)));
        match found {
            Some((after, to, from)) => {
                out.push_str(to);
                before = from.chars().next_back();
                rest = after;
            }
            None => {
                out.push(c);
                before = Some(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    #[test]
    fn names_are_the_same_by_a_word_a_beginning_or_what_they_stand_for() {
        let rules = ScoreRules::load(&RuleFiles::built_in()).unwrap();
        let same = |a: &str, b: &str| same(Some(a), Some(b), &rules);
        assert!(same("the Armenian Defence Ministry", "Armenia"));
        assert!(same("Baku", "Azerbaijan’s president"));
        assert!(same("U.S.-led coalition", "the United States"));
        assert!(same("USA", "American officials"));
        assert!(same("Islamic State's fighters", "ISIS"));
        assert!(!same("his troops", "their fighters"));
        assert!(!same("Usama", "the US"));
        assert!(!same("Syria", "Syrmia"));
    }

    #[test]
    fn nobody_is_the_same_as_nobody_only() {
        let rules = ScoreRules::load(&RuleFiles::built_in()).unwrap();
        assert!(same(None, Some("the"), &rules));
        assert!(!same(None, Some("Armenia"), &rules));
    }
}
