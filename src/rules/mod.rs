//! Rules as data: the files of `rules/`, read, checked and typed before the first article.

mod attributes;
pub mod audit;
pub mod catalogue;
pub mod compare;
mod files;
pub mod gazetteer;
pub mod grammar;
pub mod input;
mod known;
pub mod lexicon;
mod names;
pub mod outlets;
pub mod page;
pub mod pattern;
mod plan;
pub mod policy;
pub mod score;
pub mod symbol;
mod word_table;

pub use compare::CompareRules;
pub use files::{GUIDE, RuleFile, RuleFiles};
pub use input::InputRules;
pub use known::Known;
pub use outlets::Outlets;
pub use plan::Plan;
pub use policy::Policies;

use std::sync::Arc;

use self::gazetteer::Gazetteer;
use crate::error::Error;
use crate::value::{Name, Tolerance};

/// Every rule, word and threshold, typed and checked.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Stands for all the files they were read from.
    pub fingerprint: u128,
    /// Names of word classes and mentions.
    pub symbols: symbol::Symbols,
    /// Words and names.
    pub lexicon: lexicon::Lexicon,
    /// Shape rules by stage.
    pub stages: Stages,
    /// What must be read of a sentence, by the words it holds.
    pub plan: Plan,
    /// Symbols that code looks for.
    pub known: Known,
    /// How wide qualified numbers are read.
    pub tolerance: Tolerance,
    /// Kinds of actors that can be a side of a conflict.
    pub sides: Vec<Name>,
    /// Kinds of actors that are states.
    pub states: Vec<Name>,
    /// How far words and times reach.
    pub reach: Reach,
    /// What page furniture, date stamps and outlet credits look like.
    pub page: page::PageRules,
    /// Where saved pages and records say what they are.
    pub input: InputRules,
    /// How claims are linked, compared and tallied.
    pub compare: CompareRules,
    /// How casualty recorders come from conflicting figures to one.
    pub policies: Policies,
    /// How outlets are set against each other.
    pub audit: audit::AuditRules,
    /// How claims are measured against annotated ones.
    pub score: score::ScoreRules,
}

impl RuleSet {
    /// Loads and checks rule files; all their errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        let strays = files.strays();
        if !strays.is_empty() {
            return Err(strays);
        }
        let values: ValueFile = files.get("values.toml").and_then(RuleFile::parse).map_err(|e| vec![e])?;
        let (gazetteer, faults) = match Gazetteer::load(files) {
            Ok(gazetteer) => (Arc::new(gazetteer), Vec::new()),
            Err(faults) => (Arc::default(), faults),
        };
        let (language, rest) = rayon::join(
            || language(files, Arc::clone(&gazetteer), faults),
            || (page::load(files), CompareRules::with(files, Arc::clone(&gazetteer))),
        );
        let Language { symbols, known, lexicon, stages } = language?;
        let plan = Plan::new(&stages, &known);
        let tolerance = Tolerance { about: values.tolerance.about, nearly: values.tolerance.nearly };
        let page = rest.0.map_err(|error| vec![error])?;
        let input = InputRules::load(files).map_err(|error| vec![error])?;
        let compare = rest.1?;
        let policies = Policies::load(files)?;
        let audit = files.get(audit::FILE).and_then(RuleFile::parse).map_err(|error| vec![error])?;
        let score = score::ScoreRules::load(files).map_err(|error| vec![error])?;
        let names = |list: Vec<String>| list.iter().map(|name| Name::from(name.as_str())).collect();
        let (sides, states) = (names(values.sides.kinds), names(values.sides.states));
        Ok(Self {
            fingerprint: files.fingerprint(),
            sides,
            states,
            reach: values.reach,
            symbols,
            lexicon,
            stages,
            plan,
            known,
            tolerance,
            page,
            input,
            compare,
            policies,
            audit,
            score,
        })
    }
}

/// Words, names and shapes.
struct Language {
    symbols: symbol::Symbols,
    known: Known,
    lexicon: lexicon::Lexicon,
    stages: Stages,
}

/// Loads words and shapes; `faults` are those of the gazetteer.
fn language(files: &RuleFiles, gazetteer: Arc<Gazetteer>, faults: Vec<Error>) -> Result<Language, Vec<Error>> {
    let mut symbols = symbol::Symbols::default();
    let known = Known::new(&mut symbols);
    let lexicon = lexicon::Lexicon::load(files, gazetteer, &mut symbols);
    let mut lexicon = match lexicon {
        Ok(lexicon) if faults.is_empty() => lexicon,
        lexicon => return Err(lexicon.err().into_iter().flatten().chain(faults).collect()),
    };
    let mut loaded = grammar::load(files, &mut symbols, &mut lexicon, &Stages::default().all().map(|(name, _)| name))?;
    let mut stages = Stages::default();
    for (name, stage) in stages.all_mut() {
        *stage = loaded.remove(name).unwrap_or_default();
    }
    Ok(Language { symbols, known, lexicon, stages })
}

macro_rules! stages {
    ($($(#[$doc:meta])* $stage:ident),+ $(,)?) => {
        /// The shape rules of each stage, in the order the stages run; rule files name them as the fields are named.
        #[derive(Clone, Debug, Default)]
        pub struct Stages { $($(#[$doc])* pub $stage: grammar::Stage),+ }

        impl Stages {
            /// Every stage with its name, in order.
            pub fn all(&self) -> [(&'static str, &grammar::Stage); [$(stringify!($stage)),+].len()] {
                [$((stringify!($stage), &self.$stage)),+]
            }

            fn all_mut(&mut self) -> [(&'static str, &mut grammar::Stage); [$(stringify!($stage)),+].len()] {
                [$((stringify!($stage), &mut self.$stage)),+]
            }
        }
    };
}

stages! {
    /// Time expressions.
    time,
    /// Quantities.
    count,
    /// Somebody who can speak, act or be accused.
    party,
    /// People as noun phrases count them.
    people,
    /// Claims and attributions.
    claim,
}

/// `values.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueFile {
    tolerance: ToleranceEntry,
    sides: SidesEntry,
    reach: Reach,
}

/// How far a word reaches, in tokens, and how long and how old a time may be, in days.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reach {
    /// A word of what may be or is to come, before harm or a happening.
    pub hypothetical: usize,
    /// A word of the future, before a time.
    pub future: usize,
    /// A word of what had been, around a time.
    pub past: usize,
    /// A hedge, around a claim's words.
    pub hedge: usize,
    /// A word of an earlier figure, before that figure.
    pub former: usize,
    /// A negation, before people and their harm.
    pub negation: usize,
    /// From a number to the noun that it counts.
    pub noun: usize,
    /// An act's words before the time that they name.
    pub act: usize,
    /// Words of the longest name that is taken for one person's.
    pub person: usize,
    /// Days of the longest time that frames the claims around it.
    pub frame: i64,
    /// Days before publication up to which news speaks of a time as its own.
    pub news: i64,
    /// Days of the longest time that frames an article about something long ago.
    pub long_ago: i64,
}

/// Who can be a side.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SidesEntry {
    kinds: Vec<String>,
    states: Vec<String>,
}

/// Shares of a number.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceEntry {
    about: f64,
    nearly: f64,
}
