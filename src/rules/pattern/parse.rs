//! The parser: from a pattern as written to a tree, its names checked against the rule set's.

use super::{Node, PatternError, Scope, Test, nullable};
use crate::rules::lexicon::{WordId, form};
use crate::rules::symbol::nearest;

/// Reads a whole pattern.
pub(super) fn parse(text: &str, scope: &mut Scope<'_>) -> Result<Node, PatternError> {
    let mut parser = Parser { text, at: 0, scope, depth: 0 };
    let node = parser.alternatives()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.error("this closes nothing", "remove it, or open a group with `(` before it"));
    }
    Ok(node)
}

/// A pattern being read.
struct Parser<'t, 's, 'a> {
    text: &'t str,
    at: usize,
    scope: &'s mut Scope<'a>,
    depth: u32,
}

impl Parser<'_, '_, '_> {
    fn error(&self, message: impl Into<String>, help: impl Into<String>) -> PatternError {
        PatternError { at: self.at, message: message.into(), help: help.into() }
    }

    fn space(&mut self) {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_'))
            .unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn alternatives(&mut self) -> Result<Node, PatternError> {
        let mut all = vec![self.sequence()?];
        while self.eat('|') {
            all.push(self.sequence()?);
        }
        Ok(if all.len() == 1 { all.swap_remove(0) } else { Node::Alt(all) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut all = Vec::new();
        loop {
            self.space();
            match self.peek() {
                None | Some('|' | ')') => break,
                _ => all.push(self.repeated()?),
            }
        }
        if all.is_empty() {
            return Err(self.error("an empty pattern", "write what it should match, or add `?` to the group around it"));
        }
        Ok(if all.len() == 1 { all.swap_remove(0) } else { Node::Seq(all) })
    }

    fn repeated(&mut self) -> Result<Node, PatternError> {
        let node = self.atom()?;
        let (low, high) = match self.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => return self.bounded(node),
            _ => return Ok(node),
        };
        self.at += 1;
        self.repeat(node, low, high)
    }

    fn bounded(&mut self, node: Node) -> Result<Node, PatternError> {
        self.at += 1;
        let Some(end) = self.text[self.at..].find('}') else {
            return Err(self.error("`{` is not closed", "write `{2,5}`"));
        };
        let inside = &self.text[self.at..self.at + end];
        let (low, high) = inside.split_once(',').unwrap_or((inside, inside));
        let number = |s: &str| s.trim().parse::<u32>().ok().filter(|&n| n <= 40);
        let (Some(low), Some(high)) = (number(low), number(high)) else {
            return Err(self.error(format!("`{inside}` is no pair of numbers up to 40"), "write `{2,5}`"));
        };
        self.at += end + 1;
        self.repeat(node, low, Some(high))
    }

    fn repeat(&mut self, node: Node, low: u32, high: Option<u32>) -> Result<Node, PatternError> {
        let lazy = self.eat('?');
        if high.is_none() && nullable(&node) {
            return Err(self.error("this repeats something that may be empty", "make what is repeated match something"));
        }
        Ok(Node::Repeat(node.into(), low, high, lazy))
    }

    fn atom(&mut self) -> Result<Node, PatternError> {
        self.space();
        match self.peek() {
            Some('"') => self.words(),
            Some('.') => {
                self.at += 1;
                Ok(Node::Any)
            }
            Some('^') => {
                self.at += 1;
                Ok(Node::Start)
            }
            Some('$') => {
                self.at += 1;
                Ok(Node::End)
            }
            Some('(') => {
                self.at += 1;
                let node = self.alternatives()?;
                if !self.eat(')') {
                    return Err(self.error("`(` is not closed", "add `)`"));
                }
                Ok(node)
            }
            Some(look @ ('!' | '&')) => {
                self.at += 1;
                Ok(Node::Look(look == '&', self.atom()?.into()))
            }
            Some('<') => self.named(),
            Some(c) if c.is_ascii_lowercase() => self.symbol_or_capture(),
            _ => Err(self.error(
                "this is no part of a pattern",
                "write \"word\", class, class/form, class[key=value], `.`, `<name>` or a group",
            )),
        }
    }

    fn words(&mut self) -> Result<Node, PatternError> {
        self.at += 1;
        let Some(end) = self.text[self.at..].find('"') else {
            return Err(self.error("the word is not closed", "add `\"`"));
        };
        let inside = self.text[self.at..self.at + end].to_owned();
        self.at += end + 1;
        let mut alternatives = Vec::new();
        for text in inside.split('|') {
            // A possessive is a token of its own only behind a word, so it cannot be read by itself.
            if text == "'s" {
                alternatives.push(vec![self.scope.lexicon.named(text)]);
                continue;
            }
            let mut tokens = Vec::new();
            crate::text::tokenize(text, crate::text::Span::new(0, text.len()), &mut tokens);
            let words: Vec<WordId> = tokens.iter().map(|t| self.scope.lexicon.named(t.span.of(text))).collect();
            alternatives.push(words);
        }
        if alternatives.iter().any(Vec::is_empty) {
            return Err(self.error("an empty word", "write the word between the quotation marks"));
        }
        if alternatives.iter().all(|a| a.len() == 1) {
            return Ok(Node::Words(alternatives.into_iter().flatten().collect()));
        }
        let sequence = |words: Vec<WordId>| Node::Seq(words.into_iter().map(|w| Node::Words(vec![w])).collect());
        Ok(Node::Alt(alternatives.into_iter().map(sequence).collect()))
    }

    fn named(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        self.at += 1;
        let name = self.name();
        if !self.eat('>') {
            return Err(self.error("`<` is not closed", "write `<name>`"));
        }
        let Some(text) = self.scope.named.get(&name) else {
            self.at = start;
            let help = nearest(&name, self.scope.named.keys().map(String::as_str))
                .map_or("define it under `[patterns]`".into(), |n| format!("did you mean `<{n}>`?"));
            return Err(self.error(format!("no pattern is named `{name}`"), help));
        };
        if self.depth > 16 {
            return Err(self.error(format!("`<{name}>` holds itself"), "take the circle apart"));
        }
        let text = text.clone();
        let mut inner = Parser { text: &text, at: 0, scope: &mut *self.scope, depth: self.depth + 1 };
        let node = inner.alternatives();
        let node = match node {
            Ok(node) if inner.at >= text.trim_end().len() => node,
            Ok(_) => {
                let (message, help) = (format!("`<{name}>` does not end where it should"), "check its brackets");
                return Err(self.error(message, help));
            }
            Err(e) => {
                self.at = start;
                return Err(self.error(format!("in `<{name}>`: {}", e.message), e.help));
            }
        };
        Ok(node)
    }

    fn symbol_or_capture(&mut self) -> Result<Node, PatternError> {
        let start = self.at;
        let name = self.name();
        if self.eat(':') {
            return Ok(Node::Capture(name.into(), self.atom()?.into()));
        }
        let Some(symbol) = self.scope.symbols.get(&name) else {
            self.at = start;
            let help = self
                .scope
                .symbols
                .nearest(&name)
                .map_or("add words of this class under `words/`".into(), |n| format!("did you mean `{n}`?"));
            return Err(self.error(format!("no class or mention is named `{name}`"), help));
        };
        let mut test = Test::default();
        while self.eat('/') {
            let at = self.at;
            let name = self.name();
            let Some((_, bit)) = form::NAMES.iter().find(|(n, _)| *n == name) else {
                self.at = at;
                let all: Vec<&str> = form::NAMES.iter().map(|(n, _)| *n).collect();
                return Err(self.error(format!("`{name}` is no form"), format!("forms are {}", all.join(", "))));
            };
            test.forms |= bit;
        }
        if self.eat('[') {
            let key = self.name();
            let wanted = !self.eat('!');
            let equals = self.eat('=');
            let Some(end) = self.text[self.at..].find(']').filter(|_| equals && !key.is_empty()) else {
                return Err(self.error("this is no test", "write `[key=value]` or `[key!=value]`"));
            };
            let values = self.text[self.at..self.at + end].split('|').map(Into::into).collect();
            self.at += end + 1;
            test.attribute = Some((key.into(), values, wanted));
        }
        Ok(Node::Symbol(symbol, test))
    }
}
