//! The grammar: stages of shape rules, loaded from `shapes/`, each rule with its examples.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::lexicon::{Attributes, Lexicon};
use super::pattern::{NONE, Program, Scope, compile};
use super::symbol::{MOST_SYMBOLS, Symbol, SymbolSet, Symbols};
use super::{RuleFile, RuleFiles};
use crate::error::{Error, Location};
use crate::value::Name;

/// A shape rule: what a stretch of a sentence must look like, and what it then is.
#[derive(Clone, Debug)]
pub struct ShapeRule {
    /// `file/name`, unique.
    pub id: Name,
    /// What it finds, in a sentence.
    pub about: Box<str>,
    /// The mention or claim it makes.
    pub emits: Symbol,
    /// Its pattern as written.
    pub pattern: Box<str>,
    /// Its compiled pattern.
    pub program: Program,
    /// Attributes every mention it makes has.
    pub set: Arc<Attributes>,
    /// How it is read by the code that builds its mention ("weekday", "range").
    pub reading: Option<Name>,
    /// Its examples.
    pub examples: Examples,
    /// Where it stands.
    pub at: Location,
}

/// A sentence that shows what a rule does.
#[derive(Clone, Debug)]
pub struct Example {
    /// The sentence.
    pub sentence: String,
    /// Where it stands.
    pub at: Location,
}

/// What a rule must find and must leave alone.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Sentences with the canonical form of what the rule finds in them.
    pub matches: Vec<(Example, String)>,
    /// Sentences in which the rule finds nothing.
    pub ignores: Vec<Example>,
    /// Sentences that it should match but is known not to; a test fails when one begins to match.
    pub misses: Vec<Example>,
}

/// A set of a stage's rules, one bit each.
pub type Rules = u128;

/// The rules that run together, and how they are found by what stands at a token.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// Its rules, in order of their files and of their place in the file: earlier ones win ties.
    pub rules: Vec<ShapeRule>,
    /// Symbols and hashed words that some rule can begin with.
    pub first: SymbolSet,
    /// Symbols that its rules emit.
    pub emits: SymbolSet,
    /// The rules whose mention is less than what they match: they may begin inside another mention of their kind.
    pub within_context: Rules,
    all: Rules,
    emitting: Vec<(Symbol, Rules)>,
    /// Each set that some rules need a member of, with these rules.
    needs: Vec<(SymbolSet, Rules)>,
    by_symbol: Vec<Rules>,
    by_word: FxHashMap<u32, Rules>,
}

impl Stage {
    /// The rules that can begin where these symbols stand, and this word.
    pub fn beginning_with(&self, here: &SymbolSet, word: u32) -> Rules {
        let here = here.and(&self.first);
        let mut rules = 0;
        for symbol in here.symbols() {
            rules |= self.by_symbol.get(usize::from(symbol.0)).copied().unwrap_or(0);
        }
        if here.has_words() {
            rules |= self.by_word.get(&word).copied().unwrap_or(0);
        }
        rules
    }

    /// The rules whose needs are among what is there.
    pub fn possible(&self, there: &SymbolSet) -> Rules {
        let mut rules = Rules::MAX;
        for (need, asking) in &self.needs {
            // Without a branch: which needs are met cannot be foreseen.
            let met = Rules::from(need.meets(there)).wrapping_neg();
            rules &= met | !asking;
        }
        rules & self.all
    }

    /// Those of some rules whose needs are among what is there; faster than `possible` for a few.
    pub fn possible_of(&self, rules: Rules, there: &SymbolSet) -> Rules {
        let mut open = rules & self.all;
        let mut out = 0;
        while open != 0 {
            let bit = open & open.wrapping_neg();
            if self.rules[open.trailing_zeros() as usize].program.possible(there) {
                out |= bit;
            }
            open &= !bit;
        }
        out
    }

    /// The rules that emit a symbol.
    pub fn emitting(&self, symbol: Symbol) -> Rules {
        self.emitting.iter().find(|(emits, _)| *emits == symbol).map_or(0, |(_, rules)| *rules)
    }

    /// Adds the symbols that some rule can emit with what is there.
    pub fn reach(&self, there: &mut SymbolSet) {
        let possible = self.possible(there);
        for (symbol, rules) in &self.emitting {
            if possible & rules != 0 {
                there.insert(*symbol);
            }
        }
    }

    fn index(&mut self) {
        self.by_symbol = vec![0; MOST_SYMBOLS];
        for (i, rule) in self.rules.iter().enumerate() {
            let bit: Rules = 1 << i;
            self.all |= bit;
            add(&mut self.emitting, rule.emits, bit);
            rule.program.needs.iter().for_each(|need| add(&mut self.needs, *need, bit));
            self.first.extend(&rule.program.first);
            self.emits.insert(rule.emits);
            if rule.program.captures.iter().any(|name| **name == *"it") {
                self.within_context |= bit;
            }
            for symbol in rule.program.first.symbols() {
                self.by_symbol[usize::from(symbol.0)] |= bit;
            }
            for &word in &rule.program.first_words {
                self.first.insert_word(word);
                *self.by_word.entry(word).or_default() |= bit;
            }
        }
    }
}

fn add<T: PartialEq>(list: &mut Vec<(T, Rules)>, key: T, rule: Rules) {
    match list.iter_mut().find(|(known, _)| *known == key) {
        Some((_, rules)) => *rules |= rule,
        None => list.push((key, rule)),
    }
}

/// All stages by name.
pub(super) type ByName = BTreeMap<String, Stage>;

/// Loads every `shapes/` file.
pub fn load(
    files: &RuleFiles,
    symbols: &mut Symbols,
    lexicon: &mut Lexicon,
    known_stages: &[&str],
) -> Result<ByName, Vec<Error>> {
    let mut errors = Vec::new();
    let mut parsed: Vec<(&RuleFile, ShapeFile)> = Vec::new();
    let mut named = BTreeMap::new();
    for file in files.below("").filter(|f| f.path.contains("/shapes/")) {
        match file.parse::<ShapeFile>() {
            Ok(shapes) => {
                named.extend(shapes.patterns.iter().map(|(k, v)| (k.clone(), v.clone())));
                parsed.push((file, shapes));
            }
            Err(error) => errors.push(error),
        }
    }
    // Every mention's name must be known before the first pattern is read, so that files may stand in any order.
    for rule in parsed.iter().flat_map(|(_, shapes)| &shapes.rule) {
        symbols.intern(rule.emits.get_ref());
    }
    let mut stages = ByName::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, shapes) in &parsed {
        let Some(stage) = &shapes.stage else { continue };
        if !known_stages.contains(&stage.get_ref().as_str()) {
            let message = format!("`{}` is no stage", stage.get_ref());
            errors.push(file.error(stage.span(), message).help(format!("stages are {}", known_stages.join(", "))));
            continue;
        }
        for rule in &shapes.rule {
            if let Some(first) = seen.insert(rule.id.get_ref().clone(), file.shown.display().to_string()) {
                let message = format!("a rule is already named `{}`", rule.id.get_ref());
                errors.push(file.error(rule.id.span(), message).help(format!("rename it; the first is in {first}")));
                continue;
            }
            let mut scope = Scope { symbols, lexicon, named: &named };
            let full = stages.get(stage.get_ref()).is_some_and(|s: &Stage| s.rules.len() >= Rules::BITS as usize);
            if full {
                let message = format!("stage `{}` has more than {} rules", stage.get_ref(), Rules::BITS);
                errors.push(file.error(rule.id.span(), message).help("join some of its rules by `|`"));
                break;
            }
            match shape_rule(file, rule, &mut scope) {
                Ok(rule) => stages.entry(stage.get_ref().clone()).or_default().rules.push(rule),
                Err(error) => errors.push(error),
            }
        }
    }
    stages.values_mut().for_each(Stage::index);
    if errors.is_empty() { Ok(stages) } else { Err(errors) }
}

fn shape_rule(file: &RuleFile, rule: &RuleEntry, scope: &mut Scope<'_>) -> Result<ShapeRule, Error> {
    let Some(emits) = scope.symbols.get(rule.emits.get_ref()) else {
        return Err(file.error(rule.emits.span(), "too many classes and mentions").help("merge some"));
    };
    if rule.matches.is_empty() || rule.ignores.is_empty() {
        return Err(file
            .error(rule.id.span(), format!("rule `{}` lacks examples", rule.id.get_ref()))
            .help("give at least one sentence under `matches` with what it finds, and one under `ignores`"));
    }
    let program = compile(rule.pattern.get_ref(), scope).map_err(|e| {
        let at = inside(&file.text, rule.pattern.span(), e.at);
        file.error(at, e.message).help(e.help)
    })?;
    let most = usize::from(NONE);
    if program.code.len() > usize::from(u16::MAX) || program.captures.len() > 32 || program.tests.len() >= most {
        return Err(file.error(rule.pattern.span(), "this pattern is too large").help("split it into two rules"));
    }
    let place = |span: Range<usize>| Location::of(&file.shown, &file.text, span.start, span.end);
    let example = |text: &str, span| Example { sentence: text.to_owned(), at: place(span) };
    let plain = |list: &[Spanned<String>]| list.iter().map(|e| example(e.get_ref(), e.span())).collect();
    let matches = rule.matches.iter().map(|pair| {
        let [text, finds] = pair.get_ref();
        (example(text, pair.span()), finds.clone())
    });
    let set = Attributes::read(&rule.set).map_err(|message| file.error(rule.id.span(), message))?;
    Ok(ShapeRule {
        id: Name::from(rule.id.get_ref().as_str()),
        about: rule.about.as_str().into(),
        emits,
        pattern: rule.pattern.get_ref().as_str().into(),
        program,
        set: set.into(),
        reading: rule.reading.as_deref().map(Name::from),
        examples: Examples { matches: matches.collect(), ignores: plain(&rule.ignores), misses: plain(&rule.misses) },
        at: place(rule.id.span()),
    })
}

/// The place in the file of byte `at` of a TOML string whose source stands at `span`.
fn inside(text: &str, span: Range<usize>, at: usize) -> Range<usize> {
    let source = text.get(span.clone()).unwrap_or("");
    let quotes = source.len() - source.trim_start_matches(['\'', '"']).len();
    let opening = if quotes >= 3 { 3 } else { 1 };
    let newline = usize::from(quotes >= 3 && source[3..].starts_with('\n'));
    let start = (span.start + opening + newline + at).min(span.end);
    start..start + 1
}

/// One file of shapes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShapeFile {
    stage: Option<Spanned<String>>,
    #[serde(default)]
    patterns: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

/// One rule as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Spanned<String>,
    about: String,
    emits: Spanned<String>,
    pattern: Spanned<String>,
    reading: Option<String>,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    #[serde(default)]
    matches: Vec<Spanned<[String; 2]>>,
    #[serde(default)]
    ignores: Vec<Spanned<String>>,
    #[serde(default)]
    misses: Vec<Spanned<String>>,
}
