//! The classes and mentions that code reads by name; every other name exists only in rule files.

use super::symbol::{Symbol, Symbols};

macro_rules! known {
    ($($(#[$doc:meta])* $field:ident = $name:literal),+ $(,)?) => {
        /// Symbols that the extraction code itself looks for.
        #[derive(Clone, Copy, Debug)]
        pub struct Known { $($(#[$doc])* pub $field: Symbol),+ }

        impl Known {
            /// Looks the symbols up, making those that no rule file uses.
            pub fn new(symbols: &mut Symbols) -> Self {
                Self { $($field: symbols.intern($name).unwrap_or(Symbol(0))),+ }
            }
        }
    };
}

known! {
    /// Number words below a hundred, valued.
    numeral = "numeral",
    /// Hundred, thousand, dozen: valued; multiplies what stands before it.
    scale = "scale",
    /// "k" and the like: valued; multiplies the figures it stands right behind.
    short_scale = "short-scale",
    /// "m": the same, before a word for people.
    short_scale_of_people = "short-scale-of-people",
    /// Letters that may stand right behind figures.
    figure_letter = "figure-letter",
    /// "half".
    half = "half",
    /// "a", "an".
    article = "article",
    /// Words that open a noun phrase.
    determiner = "determiner",
    /// "and".
    and = "and",
    /// Signs of money, after which a number counts no people.
    currency = "currency",
    /// What agencies number their bulletins with.
    bulletin = "bulletin",
    /// Words that cannot be part of a person's name although they have a capital.
    function = "function",
    /// Actors of the gazetteer.
    actor = "actor",
    /// Places of the gazetteer.
    place = "place",
    /// Kinds of incident, with the canonical name in `incident`.
    incident = "incident",
    /// Nouns for people, with their class in `victims`.
    person = "person",
    /// Modifiers that tell a class of people ("army", "rebel").
    force = "force",
    /// Words of harm, with `outcome`.
    harm = "harm",
    /// Verbs whose subject is harmed, with `outcome`.
    perish = "perish",
    /// States of the harmed, with `outcome`.
    state = "state",
    /// Nouns for harm, with `outcome`.
    harm_noun = "harm-noun",
    /// Offices and bodies that speak for somebody.
    role = "role",
    /// Nouns for what is counted like people but is none.
    thing = "thing",
    /// Words that make a statement unsure.
    hedge = "hedge",
    /// Words that make a statement negative.
    negation = "negation",
    /// Words of a running total ("so far", "since the war began").
    total = "total",
    /// Words before an earlier figure that the text replaces ("an earlier toll of").
    former = "former",
    /// Words of a figure that replaces an earlier one ("revised").
    revision = "revision",
    /// Words of a count that begins anew ("since fighting resumed").
    anew = "anew",
    /// What the law does with a culprit.
    court = "court-word",
    /// Words of time to come.
    future = "future",
    /// Words of what had been before the past.
    before_past = "before-past",
    /// Words that open a clause of what has been.
    past_clause = "past-clause",
    /// Words of what may be or might have been.
    hypothetical = "hypothetical",
    /// Prepositions.
    preposition = "preposition",
    /// Forms of to be and to have.
    be = "be",
    /// Words that may stand between people and their verb.
    adverb = "adverb",
    /// Forms of to have.
    have = "have",
    /// Words that open a relative clause.
    relative = "relative",
    /// Months.
    month = "month",
    /// Days of the week.
    weekday = "weekday",
    /// Words that, after a comma, end a stretch attributed to a speaker.
    clause_break = "clause-break",
    /// A number, read by code.
    number = "number",
    /// A capitalised name, read by code.
    name = "name",
    /// Time expressions.
    time = "time",
    /// Ages as words of their own, read by rules of the time stage.
    age = "age",
    /// Periods and words for now and then, which date no claim.
    period = "period",
    /// Hours and minutes, read by code.
    clock = "clock",
    /// A day, a month and a year with points between them, read by code.
    dotted = "dotted",
    /// Quantities.
    count = "count",
    /// People as a noun phrase counts them.
    people = "people",
    /// How many incidents a sentence speaks of together.
    episodes = "episodes",
    /// Verbs of saying.
    say = "say",
    /// Further verbs of which an object tells what somebody says.
    voice = "voice",
    /// "he", "they": who spoke before.
    pronoun = "pronoun",
    /// Words that stand for somebody accused before, with how many in `referents`.
    anaphor = "anaphor",
    /// "eastern", "central": which part of a place is meant.
    bearing = "bearing",
    /// Prepositions that can also open a clause.
    conjunction = "conjunction",
    /// Somebody who can speak, act or be accused.
    party = "party",
    /// Who says what.
    attribution = "attribution",
    /// What somebody is told to think, want or support, and who says it in words that tell no claim's speaker.
    stance = "stance",
    /// Words that open a source.
    according = "according",
    /// Words that open a clause.
    opener = "opener",
    /// Forms of to be, after which a participle tells what happens to somebody.
    to_be = "to-be",
    /// Nouns for where or how somebody speaks.
    occasion = "occasion",
    /// "that" before what is said.
    complementizer = "complementizer",
    /// Words of whose something is.
    possessive = "possessive",
    /// Verbs whose object tells what somebody judges.
    judge = "judge",
    /// Verbs whose clause tells what somebody thinks.
    opine = "opine",
    /// "as", "than", "like": after these a clause or a noun may follow.
    comparative = "comparative",
    /// "to" before a verb.
    infinitive = "infinitive",
    /// Words that tell how something is done, before its verb.
    manner = "manner",
    /// Claims of each kind.
    casualty = "casualty",
    /// People deployed or present.
    strength = "strength",
    /// When something happened.
    timing = "timing",
    /// Who is made responsible.
    blame = "blame",
    /// Who denies.
    denial = "denial",
}
