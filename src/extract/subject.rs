//! Subjects: who says something where the words of a rule name nobody.

use super::build::is_word;
use super::draft::Drafter;
use super::said::Said;
use crate::rules::lexicon::form;
use crate::rules::symbol::Symbol;

/// Longest noun phrase taken for a subject, in tokens.
const LONGEST_SUBJECT: usize = 16;

/// Farthest that something between commas may reach from a verb back to its subject, in tokens.
const LONGEST_ASIDE: usize = 14;

impl Drafter<'_, '_> {
    /// Whose verb stands at some tokens: the noun phrase before it, else the subject that its clause shares with another.
    /// `before` are the attributions that begin before the verb.
    pub(super) fn subject(&self, (verb, after): (usize, usize), forms: u16, before: &[Said]) -> Option<(usize, usize)> {
        let known = &self.rules.known;
        let is = |at: usize, symbol: Symbol| self.chart.is(at, symbol);
        if self.is_noun((verb, after), forms) {
            return None;
        }
        let bare = forms & (form::BASE | form::PAST | form::S) == form::BASE;
        let (mut end, mut finite) = (verb, forms & form::ING == 0 && !bare);
        while let Some(at) = end.checked_sub(1) {
            if is(at, known.relative) {
                return Some((at, end));
            }
            if let Some(time) = self.mention_ending(end, known.time) {
                end = time;
            } else if is(at, known.infinitive) && at > 0 && is_word(self.chart, at - 1) {
                (end, finite) = (at - 1, true);
            } else if is(at, known.to_be) && forms & form::PART != 0 {
                return None;
            } else if is(at, known.be) || is(at, known.negation) {
                (end, finite) = (at, true);
            } else if is(at, known.adverb) || is(at, known.manner) {
                end = at;
            } else {
                break;
            }
        }
        let shared = || self.shared_subject(verb, before);
        let Some(last) = end.checked_sub(1) else { return shared() };
        if self.sign(last) == "," && finite {
            let near = last.saturating_sub(LONGEST_ASIDE)..last;
            let opened = near.rev().find(|&at| self.sign(at) == ",");
            return opened.and_then(|at| self.phrase_before(at)).map(|(start, _)| (start, last)).or_else(shared);
        }
        if bare && !finite {
            let known = [known.party, known.people, known.name];
            let ends = self.chart.mentions.iter().any(|m| m.end == end && known.contains(&m.symbol));
            return if ends { self.phrase_before(end) } else { None };
        }
        let joined = is(last, known.and) || is(last, known.preposition) || is(last, known.opener);
        if !finite || joined || !is_word(self.chart, last) && !matches!(self.sign(last), ")" | "”" | "\"" | ".") {
            return shared();
        }
        self.phrase_before(end).or_else(shared)
    }

    /// True if what could be a verb is a noun or tells of one: "the report", "Quill's claims", "maintained by".
    fn is_noun(&self, (verb, after): (usize, usize), forms: u16) -> bool {
        let known = &self.rules.known;
        let goes_on = [known.say, known.voice, known.and, known.be].iter().any(|&symbol| self.chart.is(after, symbol));
        let Some(before) = verb.checked_sub(1) else { return false };
        if goes_on && forms & (form::S | form::BASE) != 0 {
            return true;
        }
        let opens = [known.article, known.determiner, known.possessive, known.preposition];
        let owned = matches!(self.sign(before), "'" | "’" | "'s" | "’s");
        let opened =
            opens.iter().any(|&symbol| self.chart.is(before, symbol)) && !self.chart.is(before, known.infinitive);
        (opened && !self.chart.is(before, known.relative) || owned) && forms & form::ING == 0
    }

    /// The noun phrase that ends before a token.
    pub(super) fn phrase_before(&self, end: usize) -> Option<(usize, usize)> {
        let known = &self.rules.known;
        let is = |at: usize, symbol: Symbol| self.chart.is(at, symbol);
        let capital = |at: usize| self.chart.tokens.get(at).is_some_and(|token| token.capital);
        let bounds = [known.opener, known.clause_break, known.relative, known.say, known.be, known.pronoun];
        let bound = |at: usize| bounds.iter().any(|&symbol| is(at, symbol));
        if end > 0 && is(end - 1, known.pronoun) {
            return Some((end - 1, end));
        }
        let mut start = end;
        while start > 0 && end - start < LONGEST_SUBJECT {
            let at = start - 1;
            if let Some(name) = self.mention_ending(start, known.name).or(self.mention_ending(start, known.party)) {
                start = name;
                continue;
            }
            let inside = match self.sign(at) {
                ")" => (at.saturating_sub(6)..at).rev().find(|&open| self.sign(open) == "("),
                "-" | "." if start < end => Some(at),
                "'" | "%" | "$" => Some(at),
                _ if !is_word(self.chart, at) && !self.sign(at).starts_with(|c: char| c.is_ascii_digit()) => None,
                _ if bound(at) => None,
                _ if is(at, known.and) => (start < end && at > 0 && capital(at - 1) == capital(start)).then_some(at),
                _ if is(at, known.preposition) => {
                    let noun = at > 0 && is_word(self.chart, at - 1) && !bound(at - 1);
                    (start < end && noun && !is(at - 1, known.preposition)).then_some(at)
                }
                _ => Some(at),
            };
            match inside {
                Some(inside) => start = inside,
                None => break,
            }
        }
        (start < end).then_some((start, end))
    }

    /// Who does what the clause of a verb without a subject of its own tells: who spoke before in the sentence, else whom
    /// the sentence names first.
    fn shared_subject(&self, verb: usize, before: &[Said]) -> Option<(usize, usize)> {
        if let Some(said) = before.iter().rev().find(|said| said.source.is_some() && said.cue.1 <= verb) {
            return said.source;
        }
        let known = &self.rules.known;
        let opens = self.chart.is(0, known.preposition) || self.chart.is(0, known.opener);
        let from = (0..verb).find(|&at| opens && self.sign(at) == ",").map_or(0, |comma| comma + 1);
        let named = |m: &&super::mention::Mention| {
            [known.party, known.name, known.people].contains(&m.symbol) && m.start >= from && m.end <= verb
        };
        let first = self.chart.mentions.iter().filter(named).min_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
        let opened = [known.determiner, known.article, known.possessive];
        let common = || opened.iter().any(|&symbol| self.chart.is(from, symbol)) && from + 1 < verb;
        first.map(|m| (m.start, m.end)).or_else(|| common().then_some((from, from + 2)))
    }

    /// Where the longest mention of a symbol begins that ends before a token.
    fn mention_ending(&self, end: usize, symbol: Symbol) -> Option<usize> {
        self.chart.mentions.iter().filter(|m| m.symbol == symbol && m.end == end).map(|m| m.start).min()
    }

    /// The words of one token.
    pub(super) fn sign(&self, at: usize) -> &str {
        self.chart.range(at, at + 1).of(self.text)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Wanted, extract};
    use crate::page;
    use crate::rules::{RuleFiles, RuleSet};
    use crate::text::Article;

    #[test]
    fn the_source_is_the_noun_phrase_before_the_verb_and_what_it_says_ends_with_its_clause() {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        for (text, source, content) in [
            (
                "Two of the older pilots feared that the fog was thick.",
                "Two of the older pilots",
                "that the fog was thick",
            ),
            (
                "Quill, a former pilot, denounced the new tower, which is tall.",
                "Quill, a former pilot",
                "the new tower",
            ),
            ("Quill left on Monday, denouncing the new tower.", "Quill", "the new tower"),
            ("Those who have vowed to rebuild the tower are few.", "who", "to rebuild the tower are few"),
            ("Quill said on Monday that the fog was thick, but it was not.", "Quill", "that the fog was thick"),
        ] {
            let document = page::read(&rules.page, Article::default(), text.to_owned());
            let wanted = Wanted { attributions: true, ..Wanted::default() };
            let found = extract(&document, &rules, wanted).attributions;
            let said: Vec<_> =
                found.iter().map(|a| (a.source.as_ref().map_or("", |s| &*s.text), &*a.content.text)).collect();
            assert_eq!(said, [(source, content)], "{text}");
        }
        let document = page::read(&rules.page, Article::default(), "The report of the claims was late.".to_owned());
        let wanted = Wanted { attributions: true, ..Wanted::default() };
        assert_eq!(extract(&document, &rules, wanted).attributions, [], "nouns are no verbs");
    }
}
