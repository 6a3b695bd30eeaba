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

use super::lexicon::{Lexicon, WordId};
use super::symbol::{Symbol, SymbolSet, Symbols};

mod emit;
mod needs;
mod parse;

/// Stands for no test and for no capture in an [`Instr`].
pub const NONE: u8 = u8::MAX;

/// One step of a compiled pattern. Sets, words and tests are numbers into the [`Program`]'s lists, places are indices
/// into its code; a gate is what a match from a place can begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instr {
    /// Consumes an edge of the symbol that passes the test.
    Symbol {
        /// The class or mention.
        symbol: Symbol,
        /// A test, or [`NONE`].
        test: u8,
        /// The name it is kept under, or [`NONE`].
        capture: u8,
    },
    /// Consumes one of these words.
    Words {
        /// The words.
        words: u16,
        /// The name it is kept under, or [`NONE`].
        capture: u8,
    },
    /// Where no word sequence or mention begins: consumes one token of these classes and goes on at `to`. Elsewhere the
    /// steps that follow spell the classes out, since their ends may differ.
    Class {
        /// The classes.
        set: u16,
        /// Past the classes spelled out.
        to: u16,
    },
    /// Consumes one token at which nothing of the set begins.
    Other {
        /// The classes.
        set: u16,
    },
    /// Consumes any token.
    Any {
        /// The name it is kept under, or [`NONE`].
        capture: u8,
    },
    /// Tries the first place, then the second; each only where its gate lets it.
    Split {
        /// The place tried first.
        first: u16,
        /// Gate of the first.
        first_gate: u16,
        /// The place tried second.
        second: u16,
        /// Gate of the second.
        second_gate: u16,
    },
    /// Goes on elsewhere.
    Jump(u16),
    /// Goes on at `to` where something of the set begins.
    Meets {
        /// The classes.
        set: u16,
        /// Where to go on.
        to: u16,
    },
    /// A kept group begins.
    Open(u8),
    /// A kept group ends.
    Close(u8),
    /// The code up to `to` must (`wanted`) or must not match here; nothing is consumed.
    Look {
        /// Whether it must match.
        wanted: bool,
        /// Where to go on.
        to: u16,
        /// Gate of what is looked for.
        gate: u16,
    },
    /// What stands here must (`wanted`) or must not be of these classes; nothing is consumed.
    LookClass {
        /// Whether it must be.
        wanted: bool,
        /// The classes.
        set: u16,
    },
    /// An edge of the symbol that passes the test must (`wanted`) or must not begin here; nothing is consumed.
    LookSymbol {
        /// Whether it must.
        wanted: bool,
        /// The class or mention.
        symbol: Symbol,
        /// A test, or [`NONE`].
        test: u8,
    },
    /// Only at the sentence's first token.
    Start,
    /// Only past the sentence's last token.
    End,
    /// The pattern, or a look ahead, matched.
    Match,
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
    /// Sets of symbols and hashed words that its steps refer to.
    pub sets: Vec<SymbolSet>,
    /// Lists of words that its steps refer to.
    pub words: Vec<Box<[WordId]>>,
    /// Tests that its steps refer to.
    pub tests: Vec<Test>,
    /// Names of its captures, by number.
    pub captures: Vec<Box<str>>,
    /// Symbols it can begin with.
    pub first: SymbolSet,
    /// Words it can begin with.
    pub first_words: Vec<WordId>,
    /// What stands after the first thing that it consumes.
    pub second: SymbolSet,
    /// Sets of symbols and hashed words; every match holds a member of each.
    pub needs: Vec<SymbolSet>,
    /// Every symbol it asks for, wanted or not.
    pub reads: SymbolSet,
}

impl Program {
    /// True if every set of its needs has a member among `there`.
    pub fn possible(&self, there: &SymbolSet) -> bool {
        self.needs.iter().all(|need| need.meets(there))
    }

    /// True if a match can go on with what follows the first word, word sequence or mention.
    pub fn goes_on(&self, next: &SymbolSet) -> bool {
        self.second.meets(next)
    }
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
    let node = parse::parse(text, scope)?;
    let mut program = Program::default();
    if let Err(what) = program.first_of(&node) {
        return Err(PatternError {
            at: 0,
            message: format!("a pattern cannot begin with {what}"),
            help: "begin with a word, a class or a mention, so that only sentences that hold it are read".into(),
        });
    }
    program.needs = needs::needs(&node);
    needs::reads(&node, &mut program.reads);
    program.emit_all(&node);
    Ok(program)
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
        assert_eq!(program.needs.len(), 2);
        assert_eq!(program.captures, ["v".into()]);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[a-z\"<>()\\[\\]|?*+{},./:!&^$ 0-9]{0,40}") {
            let _ = compiled(&text);
        }
    }
}
