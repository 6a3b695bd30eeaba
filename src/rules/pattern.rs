//! The pattern language of shapes: parsed, checked against the rule set's names, and compiled.
//!
//! A pattern reads one sentence from left to right. Its atoms are
//!
//! | written | matches |
//! | --- | --- |
//! | `"of\|in"` | one of these words |
//! | `person` | a word, word sequence or mention of this class |
//! | `harm/part`, `person/sg` | one in this grammatical form |
//! | `harm[outcome=killed\|injured]`, `harm[voice!=self]` | one with (without) this attribute value |
//! | `.` | any one token |
//! | `<subject>` | the pattern of this name |
//!
//! joined by `( … | … )`, `?`, `*`, `+`, `{m,n}` (each lazy with a further `?`), `name:X` to keep what `X` matched,
//! `!X` and `&X` to look ahead, `^` and `$` for the sentence's ends. The cascade of such patterns, each stage
//! reading what the stages before it found, is that of FASTUS (Hobbs et al. 1997).

use std::collections::BTreeMap;

use super::lexicon::{Lexicon, WordId, form};
use super::symbol::{Symbol, SymbolSet, Symbols, nearest};

/// One step of a compiled pattern.
#[derive(Clone, Debug)]
pub enum Instr {
    /// Consumes an edge of the symbol that passes the test.
    Symbol {
        /// The class or mention.
        symbol: Symbol,
        /// Index into [`Program::tests`].
        test: Option<u16>,
        /// The name it is kept under.
        capture: Option<u8>,
    },
    /// Consumes one of these words.
    Words {
        /// Ids of the words.
        words: Box<[WordId]>,
        /// The name it is kept under.
        capture: Option<u8>,
    },
    /// Consumes any token.
    Any {
        /// The name it is kept under.
        capture: Option<u8>,
    },
    /// Tries the first, then the second; each only where what stands here can begin it.
    Split(Branch, Branch),
    /// Goes on elsewhere.
    Jump(u32),
    /// A kept group begins.
    Open(u8),
    /// A kept group ends.
    Close(u8),
    /// The code up to the given place must (`true`) or must not match here; nothing is consumed.
    Look(bool, Branch),
    /// What stands here must (`true`) or must not be of these classes; nothing is consumed.
    LookClass(bool, SymbolSet),
    /// Only at the sentence's first token.
    Start,
    /// Only past the sentence's last token.
    End,
    /// The pattern, or a look ahead, matched.
    Match,
}

/// A place in the code, and what a match from there can begin with; `None`: anything.
#[derive(Clone, Copy, Debug)]
pub struct Branch {
    /// Index of the instruction.
    pub to: u32,
    /// Symbols and hashed words.
    pub first: Option<SymbolSet>,
}

impl Branch {
    fn new(to: usize, first: Option<SymbolSet>) -> Self {
        Self { to: to as u32, first }
    }

    fn anything(to: usize) -> Self {
        Self::new(to, None)
    }
}

/// A test on the form and attributes of what a symbol matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    /// Forms of which one is wanted; 0: any.
    pub forms: u16,
    /// Attribute, allowed values, and whether they are wanted (`=`) or not (`!=`).
    pub attribute: Option<(Box<str>, Vec<Box<str>>, bool)>,
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Its steps; execution begins at 0.
    pub code: Vec<Instr>,
    /// Names of its captures, by number.
    pub captures: Vec<Box<str>>,
    /// Tests that its steps refer to.
    pub tests: Vec<Test>,
    /// Symbols it can begin with.
    pub first: SymbolSet,
    /// Words it can begin with.
    pub first_words: Vec<WordId>,
    /// Symbols (and hashed words) that every match holds.
    pub needs: SymbolSet,
}

#[derive(Clone, Debug)]
enum Node {
    Symbol(Symbol, Test),
    Words(Vec<WordId>),
    Any,
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>, bool),
    Capture(Box<str>, Box<Node>),
    Look(bool, Box<Node>),
    Start,
    End,
}

/// What is wrong with a pattern, and where in it (byte offset).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset into the pattern.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// The mend.
    pub help: String,
}

/// What a pattern may refer to.
pub struct Scope<'a> {
    /// Classes and mentions.
    pub symbols: &'a Symbols,
    /// Words; those that patterns name join it.
    pub lexicon: &'a mut Lexicon,
    /// Named patterns, as written.
    pub named: &'a BTreeMap<String, String>,
}

/// Parses and compiles a pattern.
pub fn compile(text: &str, scope: &mut Scope<'_>) -> Result<Program, PatternError> {
    let mut parser = Parser { text, at: 0, scope, depth: 0 };
    let node = parser.alternatives()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.error("this closes nothing", "remove it, or open a group with `(` before it"));
    }
    let mut program = Program::default();
    if let Err(what) = program.first_of(&node) {
        return Err(PatternError {
            at: 0,
            message: format!("a pattern cannot begin with {what}"),
            help: "begin with a word, a class or a mention, so that only sentences that hold it are read".into(),
        });
    }
    program.needs = needs(&node);
    program.emit(&node, None);
    program.code.push(Instr::Match);
    Ok(program)
}

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
                alternatives.push(vec![self.scope.lexicon.word(text)]);
                continue;
            }
            let mut tokens = Vec::new();
            crate::text::tokenize(text, crate::text::Span::new(0, text.len()), &mut tokens);
            let words: Vec<WordId> = tokens.iter().map(|t| self.scope.lexicon.word(t.span.of(text))).collect();
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

fn nullable(node: &Node) -> bool {
    match node {
        Node::Symbol(..) | Node::Words(_) | Node::Any => false,
        Node::Seq(all) => all.iter().all(nullable),
        Node::Alt(all) => all.iter().any(nullable),
        Node::Repeat(inner, low, ..) => *low == 0 || nullable(inner),
        Node::Capture(_, inner) => nullable(inner),
        Node::Look(..) | Node::Start | Node::End => true,
    }
}

/// What a match of the node can begin with, as symbols and hashed words; `None` where anything, or nothing, can.
fn first(node: &Node) -> Option<SymbolSet> {
    let mut set = SymbolSet::default();
    match node {
        Node::Symbol(symbol, _) => set.insert(*symbol),
        Node::Words(words) => words.iter().for_each(|w| set.insert_word(*w)),
        Node::Seq(all) => {
            for node in all {
                if matches!(node, Node::Look(..) | Node::Start | Node::End) {
                    continue;
                }
                set.extend(&first(node)?);
                if !nullable(node) {
                    return Some(set);
                }
            }
            return None;
        }
        Node::Alt(all) => {
            for node in all {
                set.extend(&first(node)?);
            }
        }
        // What an optional part can begin with; whether it may be empty is asked apart.
        Node::Repeat(inner, ..) | Node::Capture(_, inner) => return first(inner),
        Node::Any | Node::Look(..) | Node::Start | Node::End => return None,
    }
    Some(set)
}

/// True if the node only asks for classes, without tests, captures or words.
fn is_class(node: &Node) -> bool {
    match node {
        Node::Symbol(_, test) => *test == Test::default(),
        Node::Alt(all) => all.iter().all(is_class),
        _ => false,
    }
}

fn needs(node: &Node) -> SymbolSet {
    let mut set = SymbolSet::default();
    match node {
        Node::Symbol(symbol, _) => set.insert(*symbol),
        Node::Words(words) => {
            if let [word] = words[..] {
                set.insert_word(word);
            }
        }
        Node::Seq(all) => all.iter().for_each(|n| set.extend(&needs(n))),
        Node::Alt(all) => {
            if let Some(common) = all.iter().map(needs).reduce(|a, b| a.and(&b)) {
                set = common;
            }
        }
        Node::Repeat(inner, low, ..) if *low > 0 => set = needs(inner),
        Node::Capture(_, inner) => set = needs(inner),
        _ => {}
    }
    set
}

impl Program {
    fn first_of(&mut self, node: &Node) -> Result<(), &'static str> {
        match node {
            Node::Symbol(symbol, _) => self.first.insert(*symbol),
            Node::Words(words) => self.first_words.extend(words),
            Node::Any => return Err("`.`"),
            Node::Seq(all) => {
                for node in all {
                    self.first_of(node)?;
                    if !nullable(node) {
                        return Ok(());
                    }
                }
                return Err("something that may be empty");
            }
            Node::Alt(all) => {
                for node in all {
                    self.first_of(node)?;
                }
            }
            Node::Repeat(inner, ..) | Node::Capture(_, inner) => self.first_of(inner)?,
            Node::Look(..) | Node::Start | Node::End => {}
        }
        Ok(())
    }

    fn capture(&mut self, name: &str) -> u8 {
        if let Some(i) = self.captures.iter().position(|c| **c == *name) {
            return i as u8;
        }
        self.captures.push(name.into());
        (self.captures.len() - 1) as u8
    }

    fn test(&mut self, test: &Test) -> Option<u16> {
        if *test == Test::default() {
            return None;
        }
        if let Some(i) = self.tests.iter().position(|t| t == test) {
            return Some(i as u16);
        }
        self.tests.push(test.clone());
        Some((self.tests.len() - 1) as u16)
    }

    fn emit(&mut self, node: &Node, capture: Option<u8>) {
        match node {
            Node::Symbol(symbol, test) => {
                let test = self.test(test);
                self.code.push(Instr::Symbol { symbol: *symbol, test, capture });
            }
            Node::Words(words) => self.code.push(Instr::Words { words: words.clone().into(), capture }),
            Node::Any => self.code.push(Instr::Any { capture }),
            Node::Seq(all) => all.iter().for_each(|n| self.emit(n, None)),
            Node::Alt(all) => {
                let mut ends = Vec::new();
                for (i, n) in all.iter().enumerate() {
                    if i + 1 == all.len() {
                        self.emit(n, None);
                        break;
                    }
                    let split = self.code.len();
                    self.code.push(Instr::Jump(0));
                    self.emit(n, None);
                    ends.push(self.code.len());
                    self.code.push(Instr::Jump(0));
                    let next = Branch::anything(self.code.len());
                    self.code[split] = Instr::Split(Branch::new(split + 1, first(n)), next);
                }
                let end = self.code.len() as u32;
                for at in ends {
                    self.code[at] = Instr::Jump(end);
                }
            }
            Node::Repeat(inner, low, high, lazy) => self.emit_repeat(inner, *low, *high, *lazy),
            Node::Capture(name, inner) => {
                // What each alternative matched is kept with its own class.
                if let Node::Alt(all) = &**inner {
                    let each = all.iter().map(|n| Node::Capture(name.clone(), n.clone().into())).collect();
                    return self.emit(&Node::Alt(each), None);
                }
                let capture = self.capture(name);
                if matches!(**inner, Node::Symbol(..) | Node::Words(_) | Node::Any) {
                    self.emit(inner, Some(capture));
                } else {
                    self.code.push(Instr::Open(capture));
                    self.emit(inner, None);
                    self.code.push(Instr::Close(capture));
                }
            }
            Node::Look(wanted, inner) => {
                if let (Some(set), true) = (first(inner), is_class(inner)) {
                    self.code.push(Instr::LookClass(*wanted, set));
                    return;
                }
                let at = self.code.len();
                self.code.push(Instr::Jump(0));
                self.emit(inner, None);
                self.code.push(Instr::Match);
                self.code[at] = Instr::Look(*wanted, Branch::new(self.code.len(), first(inner)));
            }
            Node::Start => self.code.push(Instr::Start),
            Node::End => self.code.push(Instr::End),
        }
    }

    fn emit_repeat(&mut self, inner: &Node, low: u32, high: Option<u32>, lazy: bool) {
        let gate = first(inner);
        let order = |body: usize, end: usize| {
            let (body, end) = (Branch::new(body, gate), Branch::anything(end));
            if lazy { Instr::Split(end, body) } else { Instr::Split(body, end) }
        };
        for _ in 0..low {
            self.emit(inner, None);
        }
        match high {
            None => {
                let at = self.code.len();
                self.code.push(Instr::Jump(0));
                self.emit(inner, None);
                self.code.push(Instr::Jump(at as u32));
                self.code[at] = order(at + 1, self.code.len());
            }
            Some(high) => {
                let mut splits = Vec::new();
                for _ in low..high {
                    splits.push(self.code.len());
                    self.code.push(Instr::Jump(0));
                    self.emit(inner, None);
                }
                let end = self.code.len();
                for at in splits {
                    self.code[at] = order(at + 1, end);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compiled(text: &str) -> Result<Program, PatternError> {
        let mut symbols = Symbols::default();
        symbols.intern("harm");
        symbols.intern("people");
        let named = BTreeMap::from([("be".to_owned(), r#""was|were""#.to_owned())]);
        compile(text, &mut Scope { symbols: &symbols, lexicon: &mut Lexicon::default_for_tests(), named: &named })
    }

    #[test]
    fn mistakes_are_named_with_their_place_and_mend() {
        for (text, at, message) in [
            ("people harmm", 7, "no class or mention is named `harmm`"),
            ("people (harm", 12, "`(` is not closed"),
            (". people", 0, "a pattern cannot begin with `.`"),
            ("people <bee>", 7, "no pattern is named `bee`"),
            ("people harm/gone", 12, "`gone` is no form"),
            ("people (harm?)*", 15, "this repeats something that may be empty"),
            ("people )", 7, "this closes nothing"),
        ] {
            let error = compiled(text).unwrap_err();
            assert_eq!((error.at, error.message.as_str()), (at, message), "{text}");
        }
        assert!(compiled("people harmm").unwrap_err().help.contains("`harm`"));
    }

    #[test]
    fn what_a_pattern_needs_and_begins_with() {
        let program = compiled(r#"v:people <be>? ("not" | "never")? harm/part"#).unwrap();
        assert_eq!(program.first.symbols().count(), 1);
        assert_eq!(program.needs.symbols().count(), 2);
        assert_eq!(program.captures, ["v".into()]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[a-z\"<>()\\[\\]|?*+{},./:!&^$ 0-9]{0,40}") {
            let _ = compiled(&text);
        }
    }
}
