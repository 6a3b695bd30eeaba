//! What is known of an event before its claims are compared: who accuses whom, which figures are parts of others.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::stance::{FigureAnswer, Stance};
use crate::claim::{Claim, Content, Figure, Party};
use crate::event::{Event, same_person, word_beginnings};
use crate::origin::Origins;
use crate::rules::CompareRules;
use crate::value::{DayRange, Interval, Name, Outcome, Qualifier, Standing, VictimClass};

/// Stands for the words of who did it, whatever they are: an event has few of them.
const PERPETRATOR: &str = "*";

/// The surroundings of the claims of one event.
pub(super) struct Context<'a> {
    pub(super) rules: &'a CompareRules,
    pub(super) origins: &'a Origins,
    pub(super) time: Option<DayRange>,
    /// The name under which each accused of the event is compared.
    accused: BTreeMap<Name, Name>,
    /// Pairs of an accused and its accuser.
    hostile: BTreeSet<(Name, Name)>,
    /// The numbers each document gives for each outcome.
    stated: BTreeMap<(&'a str, Outcome), Vec<&'a Claim>>,
    /// The exact numbers of people of a class and side that anybody gives.
    of_whom: BTreeSet<(Outcome, u64, VictimClass, Option<&'a Name>)>,
    /// Those whom each sentence of each document blames, with the accusation.
    blamed: BTreeMap<(&'a str, u32), Vec<(&'a Claim, Name)>>,
}

impl<'a> Context<'a> {
    /// Reads the claims `members` of `event`.
    pub(super) fn of(
        claims: &'a [Claim],
        members: &[usize],
        event: &Event,
        origins: &'a Origins,
        rules: &'a CompareRules,
    ) -> Self {
        let mut this = Self {
            rules,
            origins,
            time: event.time,
            accused: BTreeMap::new(),
            hostile: BTreeSet::new(),
            stated: BTreeMap::new(),
            blamed: BTreeMap::new(),
            of_whom: BTreeSet::new(),
        };
        let blames: Vec<&Claim> = members
            .iter()
            .map(|&i| &claims[i])
            .filter(|claim| matches!(*claim.content, Content::Blame { .. }))
            .collect();
        this.name_accused(&blames);
        this.find_accusers(&blames);
        for claim in &blames {
            let accused = accused_of(claim).map(|name| (*claim, this.head(&name)));
            this.blamed.entry((&claim.article.document, claim.sentence_index)).or_default().extend(accused);
        }
        for claim in members.iter().map(|&i| &claims[i]) {
            if let Some(figure) = claim.content.figure() {
                let stated = this.stated.entry((&claim.article.document, figure.outcome)).or_default();
                if let Some(value) = figure.count.value.filter(|&n| n >= rules.measures.telling) {
                    this.of_whom.insert((figure.outcome, value, figure.victims.class, figure.victims.side.as_ref()));
                }
                if stated.len() < rules.measures.most_figures {
                    stated.push(claim);
                }
            }
        }
        this
    }

    fn name_accused(&mut self, blames: &[&Claim]) {
        let all: BTreeSet<Name> = blames.iter().filter_map(|claim| accused_of(claim)).collect();
        let mut heads: Vec<Name> = Vec::new();
        let mut by_length: Vec<Name> = all.into_iter().collect();
        by_length.sort_by(|a, b| b.as_str().len().cmp(&a.as_str().len()).then(a.cmp(b)));
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for name in by_length {
            let spelling = &self.rules.events.spelling;
            let own = word_beginnings(name.as_str(), spelling);
            let near: BTreeSet<usize> =
                own.iter().filter_map(|beginning| blocks.get(beginning)).flatten().copied().collect();
            let same = |&&head: &&usize| same_person(heads[head].as_str(), name.as_str(), spelling);
            let head = near.iter().find(same).map(|&head| heads[head].clone());
            let head = head.unwrap_or_else(|| {
                own.into_iter().for_each(|beginning| blocks.entry(beginning).or_default().push(heads.len()));
                heads.push(name.clone());
                name.clone()
            });
            self.accused.insert(name, head);
        }
    }

    fn find_accusers(&mut self, blames: &[&Claim]) {
        let mut spans: BTreeMap<(&str, u32, u32), Vec<Name>> = BTreeMap::new();
        for claim in blames {
            let Some(accused) = accused_of(claim).map(|name| self.head(&name)) else { continue };
            if let Some(accuser) = claim.speaker.as_ref().and_then(|speaker| speaker.actor.as_ref()) {
                let accuser = self.head(accuser);
                self.hostile.insert((accused.clone(), accuser));
            }
            let speaker = claim.speaker.as_ref().map(|speaker| &*speaker.text).unwrap_or_default();
            let said = format!("{} {speaker}", claim.quote()).to_lowercase();
            if self.rules.measures.mutual.iter().any(|words| said.contains(words.as_str())) {
                spans.entry((&claim.article.document, claim.start, claim.end)).or_default().push(accused);
            }
        }
        for each_other in spans.values().filter(|names| names.len() > 1) {
            for a in each_other {
                self.hostile.extend(each_other.iter().filter(|b| *b != a).map(|b| (a.clone(), b.clone())));
            }
        }
    }

    /// The name under which an accused is compared.
    pub(super) fn head(&self, name: &Name) -> Name {
        self.accused.get(name).unwrap_or(name).clone()
    }

    /// The one accused in this event whom a party's words name.
    pub(super) fn accused_named(&self, party: &Party) -> Option<Name> {
        let name = Name::from(party.name());
        self.accused.values().find(|accused| self.is_one(accused, &name)).cloned()
    }

    /// Those whom the sentence of a claim blames, nearest to the claim's own words.
    pub(super) fn attackers<'s>(&'s self, claim: &'s Claim) -> Vec<&'s Name> {
        let blamed = self.blamed.get(&(&*claim.article.document, claim.sentence_index)).map_or(&[][..], Vec::as_slice);
        let gap = |blame: &Claim| blame.start.saturating_sub(claim.end).max(claim.start.saturating_sub(blame.end));
        let nearest = blamed.iter().map(|(blame, _)| gap(blame)).min();
        blamed.iter().filter(|(blame, _)| Some(gap(blame)) == nearest).map(|(_, name)| name).collect()
    }

    /// True when both are known and nobody of the one can be somebody of the other.
    pub(super) fn other_attackers(&self, a: &[&Name], b: &[&Name]) -> bool {
        let one = |x: &Name, y: &Name| x == y || self.vaguer(x, y);
        !a.is_empty() && !b.is_empty() && !a.iter().any(|x| b.iter().any(|y| one(x, y)))
    }

    /// True when one name is that of a part of the other, or stands for any armed group.
    pub(super) fn vaguer(&self, x: &Name, y: &Name) -> bool {
        let rules = self.rules;
        let part = |inner: &Name, outer: &Name| rules.gazetteer.contains(outer, inner);
        let armed = |name: &Name| {
            let last = name.as_str().split_whitespace().next_back().unwrap_or_default().to_lowercase();
            rules.measures.armed.contains(&last)
        };
        let group = |name: &Name| {
            let kinds = &rules.measures.armed_kinds;
            let kind = rules.gazetteer.kind(name);
            kind.map_or_else(|| armed(name), |kind| kinds.iter().any(|known| known == kind.as_str()))
        };
        part(x, y) || part(y, x) || armed(x) && group(y) || armed(y) && group(x)
    }

    /// True if a speaker without a name can speak for an actor: "government sources", "militants".
    pub(super) fn may_speak_for(&self, speaker: &str, actor: &Name) -> bool {
        let ruling = |words: &str| {
            words.split_whitespace().any(|word| self.rules.measures.ruling.contains(&word.to_lowercase()))
        };
        ruling(speaker) && ruling(actor.as_str()) || self.vaguer(&Name::from(speaker), actor)
    }

    /// True if two names can be one actor's or person's.
    pub(super) fn is_one(&self, a: &Name, b: &Name) -> bool {
        a == b || same_person(a.as_str(), b.as_str(), &self.rules.events.spelling)
    }

    /// True when the two accuse each other in this event.
    pub(super) fn rivals(&self, a: &Name, b: &Name) -> bool {
        let accused_by = |x: &Name, y: &Name| self.hostile.contains(&(x.clone(), y.clone()));
        accused_by(a, b) && accused_by(b, a)
    }

    /// The day a claim was said: its article's, or the event's last where the article has none.
    pub(super) fn said(&self, claim: &Claim) -> Option<Date> {
        claim.article.published.or(claim.time.map(|time| time.last)).or(self.time.map(|time| time.last))
    }

    /// True if somebody gives the number of `open`, which does not say who they were, for the people of `other`.
    pub(super) fn told_as(&self, open: &FigureAnswer, other: &FigureAnswer) -> bool {
        let unsaid = open.class == VictimClass::Any && open.side.is_none() && !open.breakdown;
        let number = open.count.value.filter(|_| unsaid && other.class != VictimClass::Any);
        number.is_some_and(|n| self.of_whom.contains(&(open.outcome, n, other.class, other.side.as_ref())))
    }

    /// How a figure is compared, seen in its document.
    pub(super) fn figure(&self, claim: &'a Claim, figure: &Figure) -> FigureAnswer {
        let attackers = self.attackers(claim);
        let of_others =
            |other: &Claim| !attackers.is_empty() && self.other_attackers(&attackers, &self.attackers(other));
        let others = || {
            self.told(&claim.article.document, figure.outcome)
                .filter(|(sibling, other)| sibling.id != claim.id && other.standing != Standing::Former)
                .filter(|(sibling, _)| !of_others(sibling))
        };
        let interval = figure.count.interval;
        let restated = figure.victims.class != VictimClass::Any
            && others().any(|(_, other)| {
                other.victims.class == VictimClass::Any
                    && other.victims.side.is_none()
                    && other.count.interval == interval
            });
        // Of those struck, the others are not all.
        let rest = figure.others && figure.outcome == Outcome::Casualties;
        let breakdown = figure.part
            || rest
            || figure.standing != Standing::Former
                && others().any(|(sibling, other)| is_part_of(claim, figure, sibling, other));
        let (class, side) = if restated && !breakdown {
            (VictimClass::Any, None)
        } else {
            (figure.victims.class, figure.victims.side.clone())
        };
        FigureAnswer {
            outcome: figure.outcome,
            count: figure.count,
            class,
            side,
            cumulative: figure.cumulative,
            increment: figure.increment
                && others()
                    .any(|(sibling, other)| !other.increment && (other.cumulative || sibling.start < claim.start)),
            standing: figure.standing,
            breakdown,
            person: (interval.high == Some(1) && interval.low == 1).then(|| self.person(claim, figure)),
            time: claim.time.filter(|_| claim.timed_here),
        }
    }

    /// The words by which a single person is told from others, each once.
    fn person(&self, claim: &Claim, figure: &Figure) -> Box<[Box<str>]> {
        if figure.perpetrator {
            return Box::new([Box::from(PERPETRATOR)]);
        }
        let said = format!("{} {}", claim.quote(), figure.victims.text).to_lowercase();
        let words = said.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| word.chars().count() > 2);
        let telling = |word: &&str| {
            word.starts_with(char::is_alphabetic) && !self.rules.measures.no_person.iter().any(|other| other == word)
        };
        words.filter(telling).map(Box::from).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The groups of kin that the words of a single person name.
    pub(super) fn kin(&self, words: &[Box<str>]) -> BTreeSet<usize> {
        let named = |group: &[String]| group.iter().any(|kin| words.iter().any(|word| **word == **kin));
        let groups = self.rules.measures.kin.iter().enumerate();
        groups.filter(|(_, group)| named(group)).map(|(n, _)| n).collect()
    }

    /// True if no figure of the text of a headline's articles meets it, alone or with another, and the largest is `other`.
    pub(super) fn headline_alone(&self, headline: &Stance, figure: &FigureAnswer, other: &FigureAnswer) -> bool {
        let alone = |document: &str| {
            let figures = || self.told(document, figure.outcome).filter(|(claim, _)| !claim.headline);
            let meets = figures().any(|(claim, own)| {
                let sums = self.sums(claim, own);
                own.count.interval.meets(figure.count.interval) || figure.count.value.is_some_and(|n| sums.contains(&n))
            });
            let largest = figures().map(|(_, own)| own.count.interval.low).max();
            !meets && largest == Some(other.count.interval.low)
        };
        headline.documents.iter().all(|document| alone(document))
    }

    /// The numbers that a figure's document tells as earlier ones, which the figure replaces.
    pub(super) fn formers(&self, claim: &Claim, figure: &Figure) -> Vec<u64> {
        if figure.standing == Standing::Former || figure.part || figure.increment {
            return Vec::new();
        }
        self.told(&claim.article.document, figure.outcome)
            .filter(|(_, other)| other.standing == Standing::Former)
            .filter_map(|(_, other)| other.count.value)
            .collect()
    }

    /// True if a document tells one figure that comes on top of another, and the two do not make `total`.
    pub(super) fn miscounted(&self, document: &str, former: &FigureAnswer, total: &FigureAnswer) -> bool {
        let plain = |figure: &FigureAnswer| figure.count.value.filter(|_| figure.count.qualifier == Qualifier::Exact);
        let (Some(old), Some(new)) = (plain(former), plain(total)) else { return false };
        let figures = self.told(document, former.outcome).map(|(_, other)| other);
        let on_top = |other: &&Figure| (other.increment || other.others) && !other.part;
        let mut added = figures.filter(on_top).map(|other| other.count.value);
        let series = total.cumulative && !total.increment && new > old;
        match (added.next(), added.next()) {
            (Some(Some(added)), None) => {
                series && total.standing != Standing::Former && old.saturating_add(added) != new
            }
            _ => false,
        }
    }

    /// True if a document gives a figure's number for its outcome.
    pub(super) fn tells(&self, document: &str, figure: &FigureAnswer) -> bool {
        self.told(document, figure.outcome).any(|(_, other)| other.count.interval == figure.count.interval)
    }

    /// The figures of a document for an outcome, with their claims.
    fn told<'s>(&'s self, document: &'s str, outcome: Outcome) -> impl Iterator<Item = (&'s Claim, &'s Figure)> {
        let told = self.stated.get(&(document, outcome)).map_or(&[][..], Vec::as_slice);
        told.iter().filter_map(|claim| Some((*claim, claim.content.figure()?)))
    }

    /// The numbers that a figure makes together with another one of its document.
    pub(super) fn sums(&self, claim: &Claim, figure: &Figure) -> Vec<u64> {
        let Some(value) = figure.count.value.filter(|_| !figure.cumulative) else { return Vec::new() };
        let others = self
            .told(&claim.article.document, figure.outcome)
            .filter(|(sibling, other)| {
                sibling.id != claim.id && !other.cumulative && other.standing != Standing::Former
            })
            .filter_map(|(_, other)| other.count.value)
            .filter(|&n| n > 0);
        others.map(|other| value.saturating_add(other)).collect()
    }

    /// The family of an act.
    pub(super) fn family(&self, act: &str) -> usize {
        let act = act.to_lowercase();
        let words: Vec<&str> = act.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let families = &self.rules.acts;
        let fits = |family: &crate::rules::compare::ActFamily| {
            family.words.is_empty()
                || family.words.iter().any(|start| words.iter().any(|word| word.starts_with(start.as_str())))
        };
        families.iter().position(fits).unwrap_or(families.len())
    }
}

/// The accused of a blame claim.
pub(super) fn accused_of(claim: &Claim) -> Option<Name> {
    match &*claim.content {
        Content::Blame { accused, .. } => Some(accused.actor.clone().unwrap_or_else(|| Name::from(&*accused.text))),
        _ => None,
    }
}

/// True when `figure` can only be a part of `other`, which the same document gives in the same voice.
fn is_part_of(claim: &Claim, figure: &Figure, sibling: &Claim, other: &Figure) -> bool {
    let voices_differ = match (&claim.speaker, &sibling.speaker) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    };
    let (here, there) = (&claim.setting.places, &sibling.setting.places);
    let elsewhere = !here.is_empty() && !there.is_empty() && !here.iter().any(|place| there.contains(place));
    !voices_differ
        && !elsewhere
        && figure.cumulative == other.cumulative
        && other.victims.class.covers(figure.victims.class)
        && (other.victims.side.is_none() || other.victims.side == figure.victims.side)
        && wholly_below(figure.count.interval, other.count.interval)
}

/// True when every number of `a` is below every number of `b`.
pub(super) fn wholly_below(a: Interval, b: Interval) -> bool {
    a.high.is_some_and(|high| high < b.low)
}
