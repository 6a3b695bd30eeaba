//! The chart of one sentence: its tokens, and everything found in it so far, by where it begins.

use std::sync::Arc;

use super::mention::{Mention, Reading};
use crate::rules::RuleSet;
use crate::rules::lexicon::{Attributes, Lexicon, Sense, WordId};
use crate::rules::pattern::Test;
use crate::rules::symbol::{Symbol, SymbolSet};
use crate::text::{Span, Token, TokenKind, tokenize_some};

/// A word sequence or a mention: it begins at a token and ends before another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge<'r> {
    pub(super) symbol: Symbol,
    pub(super) end: u16,
    pub(super) what: What<'r>,
    next: u32,
}

/// What an edge stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'r> {
    Sense(&'r Sense),
    Mention(u32),
}

/// Tokens, senses and mentions of one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Chart<'r> {
    pub(super) span: Span,
    pub(super) tokens: Vec<Token>,
    pub(super) words: Vec<WordId>,
    classes: Vec<SymbolSet>,
    /// For each token its classes and the symbols of the edges that begin there; then the end.
    here: Vec<SymbolSet>,
    heads: Vec<u32>,
    edges: Vec<Edge<'r>>,
    pub(super) mentions: Vec<Mention>,
    /// For each token, and for the end, everything that begins there or further on.
    ahead: Vec<SymbolSet>,
    /// True if a token is written in digits.
    pub(super) digits: bool,
}

impl<'r> Chart<'r> {
    /// Reads the tokens of `span` and looks them up; what does not fit returns as the rest.
    pub(super) fn read(&mut self, text: &str, span: Span, rules: &'r RuleSet) -> Option<Span> {
        let (lexicon, most) = (&rules.lexicon, &rules.input.reading);
        self.span = span;
        self.tokens.clear();
        self.words.clear();
        self.classes.clear();
        self.here.clear();
        self.edges.clear();
        self.mentions.clear();
        self.digits = false;
        let longest = usize::from(most.sentence.get());
        tokenize_some(text, span, longest + 1, &mut self.tokens);
        let long = self.tokens.iter().take(longest).position(|token| token.span.len() > most.word);
        let after = match long {
            Some(long) => self.tokens.get(long).map(|token| token.span.end),
            None => self.tokens.get(longest).map(|token| token.span.start),
        };
        let rest = after.map(|start| Span { start, end: span.end });
        if rest.is_some() {
            self.tokens.truncate(long.unwrap_or(longest));
            self.span.end = self.tokens.last().map_or(span.start, |token| token.span.end);
        }
        self.heads.clear();
        self.heads.resize(self.tokens.len() + 1, u32::MAX);
        for token in &self.tokens {
            let id = lexicon.lookup_at(text, token.span);
            self.digits |= token.kind == TokenKind::Number;
            let classes = lexicon.classes(id, text, token);
            let mut here = classes;
            here.insert(Symbol::ANYTHING);
            self.words.push(id);
            self.classes.push(classes);
            self.here.push(here);
        }
        let mut ahead = SymbolSet::default();
        ahead.insert(Symbol::ANYTHING);
        self.here.push(ahead);
        self.ahead.clear();
        self.ahead.resize(self.here.len(), ahead);
        for (here, out) in self.here.iter().zip(&mut self.ahead).rev() {
            ahead.extend(here);
            *out = ahead;
        }
        self.sequences(lexicon);
        rest
    }

    fn sequences(&mut self, lexicon: &'r Lexicon) {
        for at in 1..self.tokens.len() {
            let (first, second) = (self.words[at - 1], self.words[at]);
            if lexicon.continues(first, second) {
                self.sequences_at(at - 1, lexicon);
            }
        }
    }

    fn sequences_at(&mut self, at: usize, lexicon: &'r Lexicon) {
        let (words, capital) = (std::mem::take(&mut self.words), self.tokens[at].capital);
        lexicon.sequences(words[at], words[at + 1..].iter().copied(), |length, sense| {
            if !sense.wants_capital() || capital {
                self.add_edge(at, at + length, sense.symbol, What::Sense(sense));
            }
        });
        self.words = words;
    }

    fn add_edge(&mut self, start: usize, end: usize, symbol: Symbol, what: What<'r>) {
        self.here[start].insert(symbol);
        // Where the symbol is known to be ahead, it is known at every token before.
        for ahead in self.ahead[..=start].iter_mut().rev() {
            if ahead.has(symbol) {
                break;
            }
            ahead.insert(symbol);
        }
        let next = self.heads[start];
        self.heads[start] = self.edges.len() as u32;
        self.edges.push(Edge { symbol, end: end as u16, what, next });
    }

    /// Adds a mention for later stages to read; its number.
    pub(super) fn add(&mut self, mention: Mention) -> u32 {
        let number = self.mentions.len() as u32;
        self.add_edge(mention.start, mention.end, mention.symbol, What::Mention(number));
        self.mentions.push(mention);
        number
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// For each token, and for the end, everything that a match can begin with there.
    pub(super) fn here(&self) -> &[SymbolSet] {
        &self.here
    }

    /// Everything that begins where something that begins at the token ends.
    pub(super) fn next(&self, at: usize) -> SymbolSet {
        let mut next = self.here[at + 1];
        for edge in self.edges(at) {
            next.extend(&self.here[usize::from(edge.end)]);
        }
        next
    }

    /// Every symbol and word that occurs at a token or after it.
    pub(super) fn ahead(&self, at: usize) -> &SymbolSet {
        &self.ahead[at]
    }

    /// Every symbol and word that occurs.
    pub(super) fn present(&self) -> &SymbolSet {
        self.ahead(0)
    }

    /// True if a word sequence or a mention begins at the token.
    pub(super) fn has_edges(&self, at: usize) -> bool {
        self.heads.get(at).is_some_and(|&head| head != u32::MAX)
    }

    /// True if the single word at a token is of a class.
    pub(super) fn is(&self, at: usize, symbol: Symbol) -> bool {
        self.classes.get(at).is_some_and(|c| c.has(symbol))
    }

    /// Edges that begin at a token, the newest first.
    pub(super) fn edges(&self, at: usize) -> impl Iterator<Item = &Edge<'r>> {
        let mut next = self.heads.get(at).copied().unwrap_or(u32::MAX);
        std::iter::from_fn(move || {
            let edge = self.edges.get(next as usize)?;
            next = edge.next;
            Some(edge)
        })
    }

    /// The mention of a symbol that covers the token, if any.
    pub(super) fn covering(&self, at: usize, symbol: Symbol) -> Option<&Mention> {
        self.mentions.iter().find(|m| m.symbol == symbol && m.start <= at && at < m.end)
    }

    /// The byte range of tokens `start..end`.
    pub(super) fn range(&self, start: usize, end: usize) -> Span {
        match (self.tokens.get(start), self.tokens.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if start < end => first.span.hull(last.span),
            (Some(first), _) => Span { start: first.span.start, end: first.span.start },
            _ => Span { start: self.span.end, end: self.span.end },
        }
    }

    /// True if the sense passes the test.
    pub(super) fn sense_passes(sense: &Sense, test: &Test) -> bool {
        (test.forms == 0 || sense.forms & test.forms != 0) && passes(&sense.attributes, None, test)
    }

    /// True if the mention passes the test.
    pub(super) fn mention_passes(mention: &Mention, test: &Test) -> bool {
        (test.forms == 0 || mention.forms & test.forms != 0)
            && passes(&mention.attributes, Some(&mention.reading), test)
    }
}

fn passes(attributes: &Arc<Attributes>, reading: Option<&Reading>, test: &Test) -> bool {
    let Some((key, values, wanted)) = &test.attribute else { return true };
    let known = |text: &str| values.iter().any(|v| **v == *text);
    let found = match attributes.get(key) {
        Some(crate::rules::lexicon::Value::Text(text)) => known(text.as_str()),
        Some(crate::rules::lexicon::Value::Number(n)) => known(&n.to_string()),
        None => reading.and_then(|r| r.attribute(key)).is_some_and(known),
    };
    found == *wanted
}
