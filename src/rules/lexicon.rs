//! The lexicon: every word and name of the rules with its classes and values, looked up by token.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

pub use super::attributes::{Attributes, Value};
use super::gazetteer::Gazetteer;
use super::symbol::{Symbol, SymbolSet, Symbols};
pub use super::word_table::WordId;
use super::word_table::WordTable;
use super::{Outlets, RuleFile, RuleFiles};
use crate::error::Error;
use crate::text::{Abbreviations, Span, Stop, Token, tokenize};
use crate::value::Name;

/// Grammatical forms of a word, as bits.
pub mod form {
    /// Names of forms as patterns write them (`harm/part`), with their bits.
    pub const NAMES: &[(&str, u16)] = &[
        ("base", BASE),
        ("s", S),
        ("past", PAST),
        ("part", PART),
        ("ing", ING),
        ("sg", SG),
        ("pl", PL),
        ("name", NAME),
        ("people", PEOPLE),
        ("seat", SEAT),
    ];
    /// Infinitive and plain present.
    pub const BASE: u16 = 1;
    /// Third person singular.
    pub const S: u16 = 1 << 1;
    /// Past tense.
    pub const PAST: u16 = 1 << 2;
    /// Past participle.
    pub const PART: u16 = 1 << 3;
    /// Present participle.
    pub const ING: u16 = 1 << 4;
    /// Singular noun.
    pub const SG: u16 = 1 << 5;
    /// Plural noun.
    pub const PL: u16 = 1 << 6;
    /// A name itself.
    pub const NAME: u16 = 1 << 7;
    /// A demonym or adjective of a name.
    pub const PEOPLE: u16 = 1 << 8;
    /// A seat standing for a government.
    pub const SEAT: u16 = 1 << 9;
}

/// One meaning of a word or a sequence of words.
#[derive(Clone, Debug)]
pub struct Sense {
    /// Its class.
    pub symbol: Symbol,
    /// Its grammatical forms, bits of [`form`].
    pub forms: u16,
    /// What its class says about it.
    pub attributes: Arc<Attributes>,
    case: Case,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Capital,
    Exact(Box<str>),
}

#[derive(Clone, Debug, Default)]
struct Entry {
    senses: Vec<Sense>,
    /// Its classes in any spelling, and those with a capital.
    any: SymbolSet,
    capital: SymbolSet,
    /// True if some sense wants one spelling only, so that the classes depend on it.
    exact: bool,
    /// True if a sequence of several words begins with this one, and if it is the second of one.
    continues: bool,
    follows: bool,
}

/// Words and names with their senses.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    ids: WordTable,
    entries: Vec<Entry>,
    steps: FxHashMap<(u32, WordId), u32>,
    nodes: Vec<Vec<Sense>>,
    abbreviation: Option<Symbol>,
    opener: Option<Symbol>,
    /// What the names of actors and places contain each other and stand for.
    pub gazetteer: Arc<Gazetteer>,
}

impl Lexicon {
    /// A lexicon without words.
    #[cfg(test)]
    pub(crate) fn default_for_tests() -> Self {
        Self { entries: vec![Entry::default()], nodes: vec![Vec::new()], ..Self::default() }
    }

    /// Loads `words/` files of every language folder; the names of the gazetteer join them.
    pub fn load(files: &RuleFiles, gazetteer: Arc<Gazetteer>, symbols: &mut Symbols) -> Result<Self, Vec<Error>> {
        let mut lexicon = Self { entries: vec![Entry::default()], nodes: vec![Vec::new()], ..Self::default() };
        let mut errors = Vec::new();
        let mut seen = FxHashMap::default();
        for file in files.below("").filter(|f| f.path.contains("/words/")) {
            match file.parse::<WordFile>() {
                Ok(parsed) => lexicon.add_words(file, parsed, symbols, &mut seen, &mut errors),
                Err(error) => errors.push(error),
            }
        }
        lexicon.add_names(&gazetteer, symbols);
        lexicon.gazetteer = gazetteer;
        match Outlets::load(files) {
            Ok(outlets) => lexicon.add_outlets(&outlets, symbols),
            Err(error) => errors.push(error),
        }
        lexicon.abbreviation = symbols.get("abbreviation");
        lexicon.opener = symbols.get("sentence-opener");
        if errors.is_empty() { Ok(lexicon) } else { Err(errors) }
    }

    fn add_words<'f>(
        &mut self,
        file: &'f RuleFile,
        parsed: WordFile,
        symbols: &mut Symbols,
        seen: &mut FxHashMap<(String, Symbol), &'f RuleFile>,
        errors: &mut Vec<Error>,
    ) {
        for group in &parsed.words {
            let Some(symbol) = symbols.intern(group.class.get_ref()) else {
                errors.push(file.error(group.class.span(), "too many word classes").help("merge classes"));
                return;
            };
            let attributes = match Attributes::read(&group.set) {
                Ok(attributes) => attributes,
                Err(message) => {
                    errors.push(file.error(group.class.span(), message));
                    continue;
                }
            };
            for word in group.spelled(&attributes, file, errors) {
                let key = (word.text.to_lowercase(), symbol);
                if let Some(first) = seen.insert(key, file) {
                    errors.push(
                        file.error(word.at, format!("`{}` is already in class `{}`", word.text, group.class.get_ref()))
                            .help(format!("keep it once, here or in {}", first.shown.display())),
                    );
                    continue;
                }
                let case = if group.capital { Case::Capital } else { Case::Any };
                self.add(&word.text, Sense { symbol, forms: word.forms, attributes: word.attributes, case });
            }
        }
    }

    fn add_names(&mut self, gazetteer: &Gazetteer, symbols: &mut Symbols) {
        for (text, sense) in gazetteer.names() {
            let Some(symbol) = symbols.intern(sense.class) else { return };
            let attributes = Attributes::default()
                .with("name", Value::Text(sense.name.clone()))
                .with("kind", Value::Text(sense.kind.clone()));
            let short = text.len() <= 3 || text.contains('.');
            let case = match () {
                () if short => Case::Exact(text.into()),
                // "eastern Ukraine": the name begins after a small word.
                () if text.starts_with(char::is_lowercase) => Case::Any,
                () => Case::Capital,
            };
            self.add(text, Sense { symbol, forms: sense.form, attributes: attributes.into(), case });
        }
    }

    fn add_outlets(&mut self, outlets: &Outlets, symbols: &mut Symbols) {
        let Some(symbol) = symbols.intern("outlet") else { return };
        for text in outlets.spoken() {
            // Letters alone may be a word or a first name: "Ani", "ap".
            let short = text.len() <= 4 && text.bytes().all(|letter| letter.is_ascii_uppercase());
            let case = match () {
                () if short => Case::Exact(text.into()),
                () if text.starts_with(char::is_lowercase) => Case::Any,
                () => Case::Capital,
            };
            self.add(text, Sense { symbol, forms: 0, attributes: Arc::default(), case });
        }
    }

    fn add(&mut self, text: &str, sense: Sense) {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &mut tokens);
        let words: Vec<WordId> = tokens.iter().map(|t| self.word(t.span.of(text))).collect();
        match words[..] {
            [] => {}
            [word] => {
                let entry = &mut self.entries[word as usize];
                match sense.case {
                    Case::Any => {
                        entry.any.insert(sense.symbol);
                        entry.capital.insert(sense.symbol);
                    }
                    Case::Capital => entry.capital.insert(sense.symbol),
                    Case::Exact(_) => entry.exact = true,
                }
                entry.senses.push(sense);
            }
            [first, ref rest @ ..] => {
                self.entries[first as usize].continues = true;
                self.entries[rest[0] as usize].follows = true;
                let mut node = u32::MAX - first;
                for &word in rest {
                    let next = self.nodes.len() as u32;
                    node = *self.steps.entry((node, word)).or_insert(next);
                    if node == next {
                        self.nodes.push(Vec::new());
                    }
                }
                self.nodes[node as usize].push(sense);
            }
        }
    }

    /// The id of a word that patterns name, made if new; such words have their hashed bit among their classes.
    pub fn named(&mut self, text: &str) -> WordId {
        let id = self.word(text);
        let entry = &mut self.entries[id as usize];
        entry.any.insert_word(id);
        entry.capital.insert_word(id);
        id
    }

    fn word(&mut self, text: &str) -> WordId {
        let new = self.entries.len() as WordId;
        let id = self.ids.add(text, new);
        if id == new {
            self.entries.push(Entry::default());
        }
        id
    }

    /// The id of a word, 0 if no rule knows it.
    pub fn lookup(&self, word: &str) -> WordId {
        self.ids.find(word, Span::new(0, word.len()))
    }

    /// The id of the word at a place in a text, 0 if no rule knows it.
    pub fn lookup_at(&self, text: &str, word: Span) -> WordId {
        self.ids.find(text, word)
    }

    /// The classes of one word as it stands in the text, and its own bit if patterns name it.
    pub fn classes(&self, word: WordId, text: &str, token: &Token) -> SymbolSet {
        let entry = &self.entries[word as usize];
        let mut set = if token.capital { entry.capital } else { entry.any };
        if entry.exact {
            let spelled = token.span.of(text);
            entry.senses.iter().filter(|s| s.fits(spelled, token.capital)).for_each(|s| set.insert(s.symbol));
        }
        set
    }

    /// The sense of one word in a class.
    pub fn sense(&self, word: WordId, symbol: Symbol, text: &str, capital: bool) -> Option<&Sense> {
        self.entries.get(word as usize)?.senses.iter().find(|s| s.symbol == symbol && s.fits(text, capital))
    }

    /// True if a sequence of several words can begin with the one, followed by the other.
    pub fn continues(&self, word: WordId, next: WordId) -> bool {
        self.entries[word as usize].continues && self.entries[next as usize].follows
    }

    /// Calls `found` with the length and senses of each sequence of several words at the start of `words`.
    pub fn sequences<'l>(
        &'l self,
        first: WordId,
        rest: impl Iterator<Item = WordId>,
        mut found: impl FnMut(usize, &'l Sense),
    ) {
        let mut node = u32::MAX - first;
        for (i, word) in rest.enumerate() {
            let Some(&next) = self.steps.get(&(node, word)) else { return };
            node = next;
            for sense in &self.nodes[node as usize] {
                found(i + 2, sense);
            }
        }
    }

    /// Every sense of every word and word sequence.
    pub fn senses(&self) -> impl Iterator<Item = &Sense> {
        self.entries.iter().map(|entry| &entry.senses).chain(&self.nodes).flatten()
    }

    /// Number of words and names.
    pub fn len(&self) -> usize {
        self.entries.len() - 1
    }

    /// True if no rule file names a word.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Sense {
    /// True if a sequence's sense wants capitals.
    pub fn wants_capital(&self) -> bool {
        self.case != Case::Any
    }

    fn fits(&self, text: &str, capital: bool) -> bool {
        match &self.case {
            Case::Any => true,
            Case::Capital => capital,
            Case::Exact(exact) => **exact == *text,
        }
    }

    /// The text of attribute `key`.
    pub fn text(&self, key: &str) -> Option<&Name> {
        match self.attributes.get(key)? {
            Value::Text(name) => Some(name),
            Value::Number(_) => None,
        }
    }
}

const VERB_FORMS: [u16; 5] = [form::BASE, form::S, form::PAST, form::PART, form::ING];

impl Abbreviations for Lexicon {
    fn stop(&self, word: &str) -> Stop {
        let Some(symbol) = self.abbreviation else { return Stop::Ends };
        // "U.S" stands in the list with its last point, as it is written.
        let id = match self.lookup(word) {
            0 => self.lookup(&format!("{word}.")),
            id => id,
        };
        match self.sense(id, symbol, word, true).and_then(|s| s.text("stop")).map(Name::as_str) {
            Some("goes") => Stop::Goes,
            Some("before-number") => Stop::GoesBeforeNumber,
            Some("may") => Stop::May,
            _ => Stop::Ends,
        }
    }

    fn opens(&self, word: &str) -> bool {
        self.opener.is_some_and(|symbol| self.sense(self.lookup(word), symbol, word, true).is_some())
    }
}

/// One spelling of a word file's entry.
struct Spelled {
    text: String,
    forms: u16,
    attributes: Arc<Attributes>,
    at: std::ops::Range<usize>,
}

impl WordGroup {
    /// Every spelling of the group, each form of nouns and verbs; wrong numbers of forms become errors.
    fn spelled(&self, attributes: &Attributes, file: &RuleFile, errors: &mut Vec<Error>) -> Vec<Spelled> {
        let shared = Arc::new(attributes.clone());
        let mut out = Vec::new();
        let lists: [(_, &[u16]); 3] =
            [(&self.words, &[0]), (&self.nouns, &[form::SG, form::PL]), (&self.verbs, &VERB_FORMS)];
        for (list, forms) in lists {
            for item in list {
                // Plain words may hold the sign itself.
                let parts: Vec<&str> = item.get_ref().splitn(if forms.len() == 1 { 1 } else { 9 }, '/').collect();
                if parts.len() != forms.len() {
                    let message = format!("`{}` needs {} forms, parted by `/`", item.get_ref(), forms.len());
                    errors.push(file.error(item.span(), message).help(
                        "nouns are `singular/plural`, verbs `base/third person/past/participle/-ing`, words have no `/`",
                    ));
                    continue;
                }
                // Forms that are written alike ("wounded") are one word with several forms.
                for (i, part) in parts.iter().enumerate() {
                    if part.is_empty() || parts[..i].contains(part) {
                        continue;
                    }
                    let bits = parts.iter().zip(forms).filter(|(p, _)| *p == part).fold(0, |b, (_, f)| b | f);
                    let attributes = Arc::clone(&shared);
                    out.push(Spelled { text: (*part).to_owned(), forms: bits, attributes, at: item.span() });
                }
            }
        }
        for (word, value) in &self.valued {
            let own = attributes.clone().with("value", Value::Number(*value.get_ref()));
            out.push(Spelled { text: word.clone(), forms: 0, attributes: own.into(), at: value.span() });
        }
        out
    }
}

/// One file of words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    #[serde(default)]
    words: Vec<WordGroup>,
}

/// Words of one class that share their attributes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordGroup {
    class: Spanned<String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "about")]
    _about: String,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    verbs: Vec<Spanned<String>>,
    #[serde(default)]
    valued: BTreeMap<String, Spanned<u64>>,
    #[serde(default)]
    capital: bool,
}
