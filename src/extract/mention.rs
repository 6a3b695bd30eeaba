//! Mentions: stretches of a sentence that a rule, or a reader of numbers or names, has recognised.

use std::sync::{Arc, LazyLock};

use crate::rules::lexicon::Attributes;
use crate::rules::symbol::Symbol;
use crate::value::{Count, DayRange, Name, Referent, VictimClass};

/// A recognised stretch of one sentence, in token numbers.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) symbol: Symbol,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Grammatical forms, as the words' own.
    pub(super) forms: u16,
    /// The rule that made it; `None` for numbers and names, which code reads.
    pub(super) rule: Option<Name>,
    /// What its rule says about every mention it makes.
    pub(super) attributes: Arc<Attributes>,
    /// What it means.
    pub(super) reading: Reading,
}

impl Mention {
    /// A mention that code has read and no rule says anything about.
    pub(super) fn unruled(symbol: Symbol, start: usize, end: usize, reading: Reading) -> Self {
        static NOTHING: LazyLock<Arc<Attributes>> = LazyLock::new(Arc::default);
        Self { symbol, start, end, forms: 0, rule: None, attributes: Arc::clone(&NOTHING), reading }
    }
}

/// What a mention means.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    /// Only that it is there.
    Plain,
    /// A number, with what scales and fractions made of it.
    Number(f64),
    /// A quantity of people.
    Count(Quantity),
    /// A time expression.
    Time(Box<TimeReading>),
    /// People that can be counted or harmed.
    People(Box<People>),
    /// Somebody who can speak, act or be accused.
    Party(Box<PartyReading>),
}

/// A quantity with its words.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) count: Count,
    /// Tokens of the number words, qualifier included.
    pub(super) words: (usize, usize),
}

/// The kind of somebody's age: its number counts nobody, and it tells no time.
pub(super) const AGE: &str = "AGE";

/// A time expression's normalised value (TIMEX3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TimeReading {
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) modifier: Option<Name>,
    pub(super) days: Option<DayRange>,
    /// True for expressions that open a period which runs on ("since Oct. 10").
    pub(super) since: bool,
}

impl TimeReading {
    /// True for what dates a happening: no length of time, unless its days can be told, and nothing that returns.
    pub(super) fn dates(&self) -> bool {
        matches!(self.kind, "DATE" | "TIME") || self.kind == "DURATION" && self.days.is_some()
    }
}

/// People as a noun phrase counts them.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) quantity: Quantity,
    pub(super) class: VictimClass,
    pub(super) side: Option<Name>,
    /// Tokens of the victims' words after the number.
    pub(super) noun: (usize, usize),
    /// "its troops", "their soldiers": the side is whoever is spoken of.
    pub(super) possessive: bool,
    pub(super) increment: bool,
    /// "three other men", "the others": besides somebody spoken of.
    pub(super) others: bool,
    pub(super) perpetrator: bool,
    /// How the text speaks of them.
    pub(super) referent: Referent,
    /// True for one person introduced by an article or a bare noun.
    pub(super) single: bool,
}

impl People {
    /// People of whom nothing is said but how many there are.
    pub(super) fn unnamed(quantity: Quantity, referent: Referent) -> Self {
        Self {
            noun: (quantity.words.1, quantity.words.1),
            quantity,
            class: VictimClass::Any,
            side: None,
            possessive: false,
            increment: false,
            others: false,
            perpetrator: false,
            referent,
            single: false,
        }
    }

    /// True of people of whom the text has spoken, as many as they were then: "the hostages".
    pub(super) fn is_group(&self) -> bool {
        self.referent == Referent::Known && self.quantity.count.value == Some(0)
    }
}

/// Somebody who can speak, act or be accused.
#[derive(Clone, Debug)]
pub(super) struct PartyReading {
    pub(super) actor: Option<Name>,
    /// "both sides", "each other": stands for the two parties spoken of.
    pub(super) both: bool,
    /// "he", "they": stands for the speaker before.
    pub(super) pronoun: bool,
}

impl Reading {
    /// Attributes that patterns can test on what a mention means.
    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        let yes = |b: bool| Some(if b { "yes" } else { "no" });
        match (self, key) {
            (Self::People(p), "class") => Some(p.class.as_str()),
            (Self::People(p), "single") => yes(p.single),
            (Self::People(p), "referent") => Some(p.referent.as_str()),
            (Self::People(p), "perpetrator") => yes(p.perpetrator),
            (Self::People(p), "possessive") => yes(p.possessive),
            (Self::People(p), "qualifier") => Some(p.quantity.count.qualifier.as_str()),
            (Self::Count(q), "qualifier") => Some(q.count.qualifier.as_str()),
            (Self::Party(p), "both") => yes(p.both),
            (Self::Party(p), "pronoun") => yes(p.pronoun),
            (Self::Party(p), "actor") => yes(p.actor.is_some()),
            (Self::Time(t), "type") => Some(t.kind),
            (Self::Time(t), "since") => yes(t.since),
            _ => None,
        }
    }
}
