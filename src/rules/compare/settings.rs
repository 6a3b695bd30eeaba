//! The numbers and words of linking, comparing and tallying.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::spelling::Spelling;
use crate::value::{Counted, GapReason};

/// `compare/events.toml`: how claims come together to events.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct EventRules {
    /// When two names are one.
    pub spelling: Spelling,
    /// When two times are near.
    pub nearness: Nearness,
    /// What counts how much for one event.
    pub evidence: Evidence,
    /// Rare words as evidence.
    pub marks: Marks,
    /// What makes an event the main one of a document.
    pub main: MainWeights,
    /// What is looked at, so that linking stays near-linear.
    pub blocking: Blocking,
}

/// Days that decide when times are near.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Nearness {
    /// A time of at most so many days is a day.
    pub day: i64,
    /// A time of at most so many days is a period; longer ones are background.
    pub period: i64,
    /// Days between two day-long times of one event.
    pub gap: i64,
    /// The most days that day-long times of one event may span together.
    pub longest: i64,
    /// Days before publication an undated statement may be about.
    pub before_publication: i64,
    /// Days before publication up to which a dated claim can be the news itself.
    pub recent: i64,
}

/// Weights of linking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Evidence {
    /// For each shared actor.
    pub actor: f64,
    /// For each shared place.
    pub place: f64,
    /// For each shared kind of incident.
    pub incident: f64,
    /// Most that shared kinds of incident can give.
    pub most_incidents: f64,
    /// Most that actors and places together can give.
    pub most_names: f64,
    /// For times that share a day.
    pub same_days: f64,
    /// For times that are only near.
    pub near_days: f64,
    /// For a later article that counts since the days of the event.
    pub reached_days: f64,
    /// For a person killed whom both name, whatever the days: nobody is killed twice.
    pub dead: f64,
    /// Taken off when both name places and none is shared.
    pub other_places: f64,
    /// Taken off when both name actors and none is shared.
    pub other_actors: f64,
    /// Taken off when both name kinds of incident and none is shared.
    pub other_incidents: f64,
    /// The sum from which they are one event.
    pub enough: f64,
    /// The same for a part that has no date of its own, without the weight of time.
    pub enough_undated: f64,
    /// By how much the best candidate of an undated part must beat the second.
    pub clearly: f64,
}

/// Weights of a document's claims for the event that it mainly tells.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MainWeights {
    /// Of any claim.
    pub claim: usize,
    /// More for one that counts people.
    pub figure: usize,
    /// More for one of the headline.
    pub headline: usize,
    /// More for one of the first sentences.
    pub lead: usize,
    /// How many sentences are the first ones.
    pub sentences: u32,
}

/// Rare words of the claims' sentences as evidence: capitalised ones, and what was struck.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// For each shared word.
    pub weight: f64,
    /// Most that shared words can give.
    pub most: f64,
    /// Words in more documents than this are not rare.
    pub most_documents: usize,
    /// Letters of the shortest word that counts.
    pub shortest: usize,
    /// Capitalised words that name nothing, in small letters.
    pub common: BTreeSet<String>,
    /// Words for what was struck.
    pub scenes: Scenes,
}

/// Words for what was struck, in small letters; those of a group are one.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<Vec<String>>")]
pub struct Scenes(FxHashMap<String, String>);

impl Scenes {
    /// The first word of the group of a word.
    pub fn of(&self, word: &str) -> Option<&str> {
        self.0.get(word).map(String::as_str)
    }
}

/// A word of several groups is of the first.
impl From<Vec<Vec<String>>> for Scenes {
    fn from(groups: Vec<Vec<String>>) -> Self {
        let named = groups.iter().rev().filter_map(|group| Some((group, group.first()?)));
        Self(named.flat_map(|(group, first)| group.iter().map(|word| (word.clone(), first.clone()))).collect())
    }
}

/// What is looked at.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Blocking {
    /// Days of one time block.
    pub days: i64,
    /// The most blocks of one time; what lasts longer is found by its names in any block.
    pub most_blocks: i64,
    /// Of the events that share a name and a block of days with a part, so many of the newest are held against it.
    pub candidates: usize,
    /// How many of an article's most frequent actors, and of its places, stand for the article.
    pub main_names: usize,
    /// Sentences at the head of an article in which its own event is told.
    pub lead: u32,
    /// Sentences over which a claim without names belongs to the one before it.
    pub carry: u32,
}

/// `compare/settings.toml`: everything but linking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Settings {
    pub(super) measures: Measures,
    pub(super) tallies: TallyRules,
    pub(super) phrases: Phrases,
    pub(super) act: Vec<ActFamily>,
}

/// Limits the gates measure by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measures {
    /// Factor of `much-larger`.
    pub much_larger: f64,
    /// Factor of `far-apart-in-size`.
    pub far_in_size: f64,
    /// Days of `much-later`, and between two beginnings (`restarted`).
    pub much_later: i64,
    /// Days up to which a time counts as a day (`period-within`, `precise`).
    pub day: i64,
    /// Days by which a longer time must begin before the day (`period-within`).
    pub began_before: i64,
    /// Days of `days-far-apart`.
    pub far_apart: i64,
    /// A rule came near if at most so many of its conditions do not hold.
    pub near_rule: usize,
    /// The most pairs of one question that are told as not compared.
    pub most_uncompared: usize,
    /// Words of a quote or a speaker by which two accusations of the same words are mutual ("each other").
    pub mutual: Vec<String>,
    /// Words that name any armed group ("rebels"): who accuses them can mean a group by name.
    pub armed: Vec<String>,
    /// Kinds of actors that such words can mean.
    pub armed_kinds: Vec<String>,
    /// The least number that tells who were counted where another article gives it for people of a class.
    pub telling: u64,
    /// Words for those in power, in small letters: who is called so speaks for others who are called so.
    pub ruling: Vec<String>,
    /// Words of a single victim that tell it by its kin, in groups of which a person belongs to one.
    pub kin: Vec<Vec<String>>,
    /// Words of a single victim that no child is told by.
    pub grown: Vec<String>,
    /// Words of a single victim that do not tell who it is.
    pub no_person: Vec<String>,
    /// The most positions of one question that are set against each other; the most supported ones are kept.
    pub most_positions: usize,
    /// The most figures of one document for one outcome that its other figures are held against; the first ones count.
    pub most_figures: usize,
    /// Factor of severity where one side gives its answer as uncertain.
    pub unsure: f64,
    /// Severity of each verdict before the gap and the outlets count.
    pub severity: BTreeMap<String, f64>,
}

/// A family of harmful acts: accusations of one family answer one question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ActFamily {
    /// The family's name in labels.
    pub name: String,
    /// True if who accuses of it does not mean other acts ("broke the ceasefire").
    #[serde(default)]
    pub apart: bool,
    /// Word beginnings that put an act here; an empty list takes every act.
    pub words: Vec<String>,
}

/// Words of labels, questions and reasons.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Phrases {
    /// Between the last two of a list.
    pub and: String,
    /// An outlet that is not known.
    pub no_outlet: String,
    /// "3 more" after the names that a list shows.
    pub more: String,
    /// How many names a list shows.
    pub names: Shown,
    /// "{speaker} in {outlet}".
    pub via: String,
    /// A day that is not known.
    pub no_date: String,
    /// An event of which nothing is known.
    pub no_event: String,
    /// "{people} of {side}".
    pub of: String,
    /// Numerals that need `of` before the people ("dozens of people").
    pub numerals_with_of: Vec<String>,
    /// An explicit none.
    pub nobody: String,
    /// People by victim class.
    pub people: BTreeMap<String, String>,
    /// Outcomes as verbs in the passive.
    pub outcomes: BTreeMap<String, String>,
    /// Questions by kind of finding, timing phase or outcome.
    pub questions: BTreeMap<String, String>,
    /// The denied answer's label.
    pub denied: String,
    /// The phase of a timing answer.
    pub phases: BTreeMap<String, String>,
    /// Why a sentence gave no claim, by reason, with `{people}`, `{harm}` and `{numbers}`.
    pub gaps: BTreeMap<String, String>,
    /// What a number counts, with its `{words}`.
    pub counted: BTreeMap<String, String>,
}

/// How many names a list shows before it says how many more there are.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Of the outlets and speakers of a finding's reason.
    pub reason: usize,
    /// Of those who give one number, in a policy's note.
    pub note: usize,
}

impl Phrases {
    /// Why a sentence gave no casualty claim, in words.
    pub fn why_no_claim(&self, reason: GapReason, people: &str, harm: &str, numbers: &[(Box<str>, Counted)]) -> String {
        let number = |(words, counted): &(Box<str>, Counted)| {
            self.counted.get(counted.as_str()).map(|phrase| phrase.replace("{words}", words))
        };
        // Where a noun is not known, what is known of other numbers is beside the point.
        let matters =
            |(_, counted): &&(Box<str>, Counted)| reason != GapReason::UnknownNoun || *counted == Counted::Noun;
        let numbers = || numbers.iter().filter(matters).filter_map(number).collect::<Vec<_>>();
        let Some(phrase) = self.gaps.get(reason.as_str()) else { return reason.to_string() };
        let parts = phrase.split_inclusive('}').map(|part| match part.split_once('{') {
            Some((before, "people}")) => format!("{before}{people}"),
            Some((before, "harm}")) => format!("{before}{harm}"),
            Some((before, "numbers}")) => format!("{before}{}", numbers().join(", ")),
            _ => part.to_owned(),
        });
        parts.collect()
    }
}

/// How one document's figures become its toll.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TallyRules {
    /// Sentences apart up to which two parts may be added to one toll.
    pub within: u32,
    /// True when a toll of several incidents is shared out evenly among them.
    pub share_out: bool,
    /// Most days that one happening takes; figures of a longer time are of more than it.
    pub happening: i64,
    /// Points a figure has for standing in the headline.
    pub headline: f64,
    /// Points for standing in the lead.
    pub lead: f64,
    /// Points for each other mention of the same number.
    pub repeated: f64,
    /// Points for counting people of any kind.
    pub everybody: f64,
    /// Words for people of any kind, one of which such a figure holds unless it is a bare number.
    pub anybody: Vec<Box<str>>,
}

impl TallyRules {
    /// True if the words of a figure's people are for people of any kind.
    pub fn speaks_of_everybody(&self, people: &str) -> bool {
        people
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| self.anybody.iter().any(|w| w.eq_ignore_ascii_case(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{CompareRules, RuleFiles};

    #[test]
    fn every_reason_and_everything_counted_has_words() {
        let phrases = CompareRules::load(&RuleFiles::built_in()).unwrap().phrases;
        assert!(GapReason::ALL.iter().all(|reason| phrases.gaps.contains_key(reason.as_str())));
        assert!(Counted::ALL.iter().all(|counted| phrases.counted.contains_key(counted.as_str())));
        assert_eq!((phrases.gaps.len(), phrases.counted.len()), (GapReason::ALL.len(), Counted::ALL.len()));
    }

    #[test]
    fn words_of_an_article_are_no_placeholders() {
        let phrases = CompareRules::load(&RuleFiles::built_in()).unwrap().phrases;
        let why = phrases.why_no_claim(GapReason::NoRule, "{harm}", "hurt", &[]);
        assert_eq!(why, "no rule joins “{harm}” and “hurt”");
    }
}
