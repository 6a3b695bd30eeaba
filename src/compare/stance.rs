//! Stances: claims that give one answer under the same circumstances, before they are set against each other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::context::Context;
use crate::claim::{Claim, Content};
use crate::value::{Count, DayRange, Modality, Name, Outcome, Phase, Standing, VictimClass};

/// The answer a claim gives, with everything that decides what it may be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A number of people.
    Figure(FigureAnswer),
    /// A time.
    Timing { phase: Phase, time: DayRange },
    /// An accused and the family of the act.
    Blame { accused: Name, family: usize },
    /// The claim that a denial denies.
    Asserted,
    /// The denial.
    Denied,
}

/// A number of people and who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FigureAnswer {
    pub(super) outcome: Outcome,
    pub(super) count: Count,
    pub(super) class: VictimClass,
    pub(super) side: Option<Name>,
    pub(super) cumulative: bool,
    pub(super) increment: bool,
    pub(super) standing: Standing,
    /// A part of a larger figure of its own document.
    pub(super) breakdown: bool,
    /// Words that tell who a single person is ("daughter", a name); none where more are counted.
    pub(super) person: Option<Box<[Box<str>]>>,
    /// The days the harm was done, where the claim's own words say so.
    pub(super) time: Option<DayRange>,
}

/// Claims that give one answer.
#[derive(Clone, Debug)]
pub(super) struct Stance {
    pub(super) answer: Answer,
    /// The day it was said, as far as known.
    pub(super) said: Option<Date>,
    /// True when every claim is hedged.
    pub(super) hedged: bool,
    /// True when every claim stands in a headline.
    pub(super) headline: bool,
    pub(super) places: BTreeSet<Name>,
    /// Places named anywhere in its documents.
    pub(super) around: BTreeSet<Name>,
    pub(super) incidents: BTreeSet<Name>,
    pub(super) documents: BTreeSet<Box<str>>,
    pub(super) outlets: BTreeSet<Box<str>>,
    pub(super) origins: BTreeSet<Name>,
    /// Groups of versions that its articles belong to.
    pub(super) versions: BTreeSet<u32>,
    /// Sentences that other documents have too, numbers left out.
    pub(super) copies: BTreeSet<u32>,
    pub(super) speakers: BTreeSet<Box<str>>,
    /// Those whom the sentences of its figures blame for the harm.
    pub(super) attackers: BTreeSet<Name>,
    /// Canonical actors of the speakers.
    pub(super) voices: BTreeSet<Name>,
    /// Numbers that its documents tell as earlier figures, which its own replaces.
    pub(super) formers: BTreeSet<u64>,
    /// Numbers its figure makes together with other figures of its documents.
    pub(super) sums: BTreeSet<u64>,
    /// What a timing claim dates, in the words of the first claim.
    pub(super) what: Box<str>,
    /// The words of the first claim in reading order, for labels.
    pub(super) words: Box<str>,
    /// The act of the first claim, of a blame.
    pub(super) act: Box<str>,
    /// Indices of the claims, in reading order of their documents.
    pub(super) claims: Vec<usize>,
}

/// The order in which claims are read: by document, then place in it.
pub(super) fn reading(claim: &Claim) -> (&str, u32, u32, crate::claim::Id) {
    (&claim.article.document, claim.start, claim.end, claim.id)
}

/// A sortable form of what makes two claims one stance.
type Key = (String, Option<Date>);

/// Groups claims into stances. `members` in reading order, each with its answer.
pub(super) fn group(claims: &[Claim], answers: Vec<(usize, Answer)>, context: &Context<'_>) -> Vec<Stance> {
    let mut stances: BTreeMap<Key, Stance> = BTreeMap::new();
    for (i, answer) in answers {
        let claim = &claims[i];
        let said = context.said(claim);
        let key = (key(&answer), said);
        let stance = stances.entry(key).or_insert_with(|| Stance::new(answer, said, claim));
        stance.add(i, claim);
        stance.origins.extend(context.origins.of(i).cloned());
        stance.copies.extend(context.origins.copy(i));
        stance.versions.extend(context.origins.version(i));
        if let Some(figure) = claim.content.figure() {
            stance.sums.extend(context.sums(claim, figure));
            stance.attackers.extend(context.attackers(claim).into_iter().cloned());
            stance.formers.extend(context.formers(claim, figure));
        }
    }
    stances.into_values().collect()
}

/// What tells answers apart, beginning with the number so that smaller figures come first.
pub(super) fn key(answer: &Answer) -> String {
    match answer {
        Answer::Figure(f) => {
            let high = f.count.interval.high.unwrap_or(u64::MAX);
            format!(
                "{:020} {high:020} {} {} {} {} {} {} {} {} {} {}",
                f.count.interval.low,
                f.outcome,
                f.count.qualifier,
                f.class,
                f.side.as_ref().map_or("", Name::as_str),
                f.cumulative,
                f.increment,
                f.standing,
                f.breakdown,
                f.person.iter().flatten().map(|word| format!("{word}+")).collect::<String>(),
                f.time.map(|time| time.to_string()).unwrap_or_default(),
            )
        }
        Answer::Timing { phase, time } => format!("{time} {phase}"),
        Answer::Blame { accused, family } => format!("{accused} {family:04}"),
        Answer::Asserted => "0".to_owned(),
        Answer::Denied => "1".to_owned(),
    }
}

impl Stance {
    fn new(answer: Answer, said: Option<Date>, claim: &Claim) -> Self {
        let words = match &*claim.content {
            Content::Casualty(figure) | Content::Strength(figure) => figure.words.clone(),
            _ => claim.quote().into(),
        };
        let act = if let Content::Blame { act, .. } = &*claim.content { act.clone() } else { Box::default() };
        let what = if let Content::Timing { what, .. } = &*claim.content { what.clone() } else { Box::default() };
        Self {
            answer,
            said,
            hedged: true,
            headline: true,
            places: BTreeSet::new(),
            around: BTreeSet::new(),
            incidents: BTreeSet::new(),
            documents: BTreeSet::new(),
            outlets: BTreeSet::new(),
            origins: BTreeSet::new(),
            versions: BTreeSet::new(),
            copies: BTreeSet::new(),
            speakers: BTreeSet::new(),
            voices: BTreeSet::new(),
            formers: BTreeSet::new(),
            sums: BTreeSet::new(),
            attackers: BTreeSet::new(),
            what,
            words,
            act,
            claims: Vec::new(),
        }
    }

    fn add(&mut self, i: usize, claim: &Claim) {
        self.claims.push(i);
        self.hedged &= claim.modality == Modality::Hedged;
        self.headline &= claim.headline;
        self.places.extend(claim.setting.places.iter().cloned());
        self.around.extend(claim.article_setting.places.iter().cloned());
        self.incidents.extend(claim.setting.incidents.iter().cloned());
        self.documents.insert(claim.article.document.clone());
        self.outlets.extend(claim.article.outlet.clone());
        if let Some(speaker) = &claim.speaker {
            self.speakers.insert(speaker.text.clone());
            self.voices.extend(speaker.actor.clone());
        }
    }

    /// Takes another stance's claims in.
    pub(super) fn absorb(&mut self, other: Self) {
        self.hedged &= other.hedged;
        self.headline &= other.headline;
        self.said = self.said.min(other.said);
        self.places.extend(other.places);
        self.around.extend(other.around);
        self.incidents.extend(other.incidents);
        self.documents.extend(other.documents);
        self.outlets.extend(other.outlets);
        self.origins.extend(other.origins);
        self.versions.extend(other.versions);
        self.copies.extend(other.copies);
        self.speakers.extend(other.speakers);
        self.voices.extend(other.voices);
        self.formers.extend(other.formers);
        self.sums.extend(other.sums);
        self.attackers.extend(other.attackers);
        self.claims.extend(other.claims);
    }

    /// The figure, if the answer is one.
    pub(super) fn figure(&self) -> Option<&FigureAnswer> {
        if let Answer::Figure(figure) = &self.answer { Some(figure) } else { None }
    }

    /// True when the two say the same but for circumstances a reader does not see in the answer.
    pub(super) fn same_answer(&self, other: &Self) -> bool {
        match (&self.answer, &other.answer) {
            (Answer::Figure(a), Answer::Figure(b)) => {
                let persons = a.person == b.person || !a.breakdown && !b.breakdown;
                (a.outcome, a.count, a.class, &a.side, a.increment, a.cumulative, a.standing, persons)
                    == (b.outcome, b.count, b.class, &b.side, b.increment, b.cumulative, b.standing, true)
            }
            (a, b) => a == b,
        }
    }
}
