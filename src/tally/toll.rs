//! One toll out of the figures of one document, event and outcome.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, Figure};
use crate::rules::compare::TallyRules;
use crate::value::{Interval, Outcome, Referent, Standing, VictimClass};

/// A toll and what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Toll {
    pub(super) interval: Interval,
    /// The number stated; `None` where it is only vague.
    pub(super) best: Option<u64>,
    pub(super) claims: Vec<usize>,
}

/// What one sentence, or a few that follow one another, say of the toll.
#[derive(Clone, Debug)]
struct Candidate {
    toll: Toll,
    /// The kinds of people counted, each once.
    classes: Vec<Kind>,
    headline: bool,
    sentence: u32,
    /// True when one figure for everybody says it.
    explicit: bool,
    /// How many incidents it covers together.
    incidents: u16,
}

/// What tells people of a toll apart: their class, and for single persons told by age their age.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    class: VictimClass,
    perpetrator: bool,
    age: Option<Box<str>>,
}

impl Kind {
    fn of(figure: &Figure) -> Self {
        let age =
            |text: &str| text.split(' ').find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(Box::from);
        Self { class: figure.victims.class, perpetrator: figure.perpetrator, age: age(&figure.victims.text) }
    }

    /// True if nobody can be of both kinds, as far as the words tell.
    fn differs(&self, other: &Self) -> bool {
        let ages = self.age.is_some() && other.age.is_some() && self.age != other.age;
        let any = self.class == VictimClass::Any || other.class == VictimClass::Any;
        self.perpetrator != other.perpetrator || ages || !any && self.class != other.class
    }
}

impl Candidate {
    /// True if it counts nobody but attackers.
    fn attackers(&self) -> bool {
        self.classes.iter().all(|kind| kind.perpetrator)
    }
}

/// The toll that figures `members`, in reading order, come to.
///
/// Figures of one sentence are added where they count different people. A figure for everybody wins over sums that
/// are not larger; of figures for everybody the best placed one counts, of sums the most complete; parts and
/// repetitions are not added; increments are; earlier figures that the text replaces do not count. People known by
/// name count once each, and somebody only spoken of again ("the boy") counts where nothing else does. A figure for
/// several incidents is shared out evenly among them, as the Global Terrorism Database does (Codebook, "Total Number
/// of Fatalities").
pub(super) fn of(claims: &[Claim], members: &[usize], rules: &TallyRules) -> Option<Toll> {
    let figures: Vec<Told<'_>> =
        members.iter().filter_map(|&i| Some((i, claims.get(i)?, claims.get(i)?.content.figure()?))).collect();
    let (figures, people) = apart(of_its_days(of_now(figures), rules));
    if figures.is_empty() {
        return one_by_one(&people);
    }
    let whole: Vec<_> = figures.iter().filter(|(_, _, figure)| !figure.part && !figure.increment).copied().collect();
    let base = if whole.is_empty() { figures.clone() } else { whole };
    let mut candidates = by_sentence(&base, rules);
    if !candidates.iter().any(|candidate| candidate.explicit) {
        candidates.extend(neighbours(&candidates, rules));
    }
    let mut told: BTreeMap<Option<u64>, usize> = BTreeMap::new();
    candidates.iter().for_each(|candidate| *told.entry(candidate.toll.best).or_default() += 1);
    let score = |candidate: &Candidate| {
        let repeated = told.get(&candidate.toll.best).copied().unwrap_or(0);
        let mut score = rules.repeated * repeated.saturating_sub(1) as f64;
        if candidate.headline {
            score += rules.headline;
        }
        if candidate.sentence < rules.within {
            score += rules.lead;
        }
        score + if candidate.explicit { rules.everybody } else { 0.0 }
    };
    let best_of = |explicit: bool| {
        candidates.iter().filter(|candidate| candidate.explicit == explicit).max_by(|a, b| {
            let size = |candidate: &Candidate| (candidate.toll.best, candidate.toll.interval.low);
            let (scores, sizes) = (score(a).total_cmp(&score(b)), size(a).cmp(&size(b)));
            let rank = if explicit { scores.then(sizes) } else { sizes.then(scores) };
            let told = |candidate: &Candidate| candidate.toll.best.is_some();
            told(a).cmp(&told(b)).then(rank).then(b.sentence.cmp(&a.sentence))
        })
    };
    let chosen = match (best_of(true), best_of(false)) {
        (Some(stated), Some(sum)) if stated.toll.interval.high.is_some_and(|high| high < sum.toll.interval.low) => sum,
        (Some(stated), _) => stated,
        (None, sum) => sum?,
    };
    let mut toll = chosen.toll.clone();
    if base.len() < figures.len() {
        raise(&mut toll, &figures);
    }
    if let Some(named) = one_by_one(&people) {
        let attackers = chosen.attackers();
        if attackers {
            plus(&mut toll, named);
        } else if toll.best.is_some() && toll.best < named.best && toll.interval.high < named.interval.high {
            toll = named;
        }
    }
    Some(if rules.share_out { shared(toll, chosen.incidents) } else { toll })
}

/// Makes the wounded of an event those struck who did not die ("five were shot, one fatally"), unless more are told.
pub(super) fn survivors(tolls: &mut BTreeMap<(Option<usize>, Outcome), Toll>, event: Option<usize>) {
    let best = |outcome: Outcome| tolls.get(&(event, outcome)).and_then(|toll| toll.best);
    let (Some(struck), Some(killed)) = (best(Outcome::Casualties), best(Outcome::Killed)) else { return };
    let number = struck.saturating_sub(killed);
    if number == 0 || best(Outcome::Injured).is_some_and(|told| told >= number) {
        return;
    }
    let claims = [Outcome::Casualties, Outcome::Killed].iter().filter_map(|&outcome| tolls.get(&(event, outcome)));
    let claims = claims.flat_map(|toll| toll.claims.iter().copied()).collect();
    let toll = Toll { interval: Interval::exactly(number), best: Some(number), claims };
    tolls.insert((event, Outcome::Injured), toll);
}

/// Takes the one wounded out of an event in which the only one killed may be the same person, who died later: no
/// sentence speaks of both, and nothing tells them apart.
pub(super) fn died_later(claims: &[Claim], tolls: &mut BTreeMap<(Option<usize>, Outcome), Toll>, event: Option<usize>) {
    let told = |outcome: Outcome| tolls.get(&(event, outcome)).filter(|toll| toll.best == Some(1));
    let (Some(killed), Some(injured)) = (told(Outcome::Killed), told(Outcome::Injured)) else { return };
    let of = |toll: &Toll| -> Vec<(u32, Kind)> {
        let figures = toll.claims.iter().filter_map(|&i| claims.get(i));
        figures.filter_map(|claim| Some((claim.sentence_index, Kind::of(claim.content.figure()?)))).collect()
    };
    let (dead, hurt) = (of(killed), of(injured));
    let apart = |a: &(u32, Kind), b: &(u32, Kind)| a.0 == b.0 || a.1.differs(&b.1);
    if !dead.iter().any(|a| hurt.iter().any(|b| apart(a, b))) {
        tolls.remove(&(event, Outcome::Injured));
    }
}

/// A figure with its claim and the claim's index.
type Told<'c> = (usize, &'c Claim, &'c Figure);

/// Without earlier figures that the text replaces, where it tells others.
fn of_now(mut figures: Vec<Told<'_>>) -> Vec<Told<'_>> {
    let former = |figure: &Figure| figure.standing == Standing::Former;
    if figures.iter().any(|(_, _, figure)| !former(figure)) {
        figures.retain(|(_, _, figure)| !former(figure));
    }
    figures
}

/// Without the figures of a longer time ("45 were killed in July"), where others are of one happening's days.
fn of_its_days<'c>(mut figures: Vec<Told<'c>>, rules: &TallyRules) -> Vec<Told<'c>> {
    let long = |claim: &Claim| claim.timed_here && claim.time.is_some_and(|time| time.days() > rules.happening);
    let short = |claim: &Claim| claim.time.is_some_and(|time| time.days() <= rules.happening);
    if figures.iter().any(|(_, claim, _)| short(claim)) {
        figures.retain(|(_, claim, _)| !long(claim));
    }
    figures
}

/// The figures that count people, and those that only speak of one person by name or again. Whoever stands in one list
/// with others ("Khan and two guards") is counted with them.
fn apart(figures: Vec<Told<'_>>) -> (Vec<Told<'_>>, Vec<Told<'_>>) {
    let listed: Vec<bool> = (0..figures.len())
        .map(|i| figures[i].2.joined || figures.get(i + 1).is_some_and(|(_, _, next)| next.joined))
        .collect();
    let mut listed = listed.into_iter();
    figures.into_iter().partition(|(_, _, figure)| listed.next() == Some(true) || figure.referent == Referent::New)
}

/// The toll of people spoken of one by one: each name once, by its last word, and no first name besides a full one;
/// somebody without a name if nobody has one.
fn one_by_one(people: &[Told<'_>]) -> Option<Toll> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let named = || people.iter().filter(|(_, _, figure)| figure.referent == Referent::Named);
    let first =
        |name: &str| named().any(|(_, _, figure)| figure.words.split_once(' ').is_some_and(|(own, _)| own == name));
    for (i, _, figure) in named().filter(|(_, _, figure)| !first(&figure.words)) {
        names.entry(figure.words.rsplit(' ').next().unwrap_or_default()).or_insert(*i);
    }
    let claims: Vec<usize> = match names.is_empty() {
        true => people.first().map(|(i, ..)| *i).into_iter().collect(),
        false => names.into_values().collect(),
    };
    let number = claims.len() as u64;
    (number > 0).then(|| Toll { interval: Interval::new(number, Some(number)), best: Some(number), claims })
}

/// One incident's share of a toll of several.
fn shared(toll: Toll, incidents: u16) -> Toll {
    let among = u64::from(incidents);
    if among < 2 {
        return toll;
    }
    let best = toll.best.map(|best| (best + among / 2) / among);
    Toll { interval: Interval::new(0, toll.interval.high), best, ..toll }
}

fn plus(toll: &mut Toll, other: Toll) {
    toll.interval = toll.interval + other.interval;
    toll.best = toll.best.zip(other.best).map(|(a, b)| a.saturating_add(b));
    toll.claims.extend(other.claims);
}

/// Adds the increments told after every figure the toll rests on.
fn raise(toll: &mut Toll, figures: &[Told<'_>]) {
    let own: BTreeSet<usize> = toll.claims.iter().copied().collect();
    let rests_on = |i: &usize| own.contains(i);
    let last = figures.iter().filter(|(i, ..)| rests_on(i)).map(|(_, claim, _)| claim.start).max().unwrap_or(0);
    let later: Vec<_> =
        figures.iter().filter(|(_, claim, figure)| figure.increment && !figure.part && claim.start > last).collect();
    for (i, _, figure) in later {
        plus(toll, Toll { interval: figure.count.interval, best: figure.count.value, claims: vec![*i] });
    }
}

/// One candidate per sentence: its figure for everybody, or the sum of those for different people.
fn by_sentence(figures: &[Told<'_>], rules: &TallyRules) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for &(i, claim, figure) in figures {
        let anybody = figure.victims.text.is_empty() || rules.speaks_of_everybody(&figure.victims.text);
        let explicit = figure.victims.class == VictimClass::Any && !figure.perpetrator && anybody;
        let toll = Toll { interval: figure.count.interval, best: figure.count.value, claims: vec![i] };
        let new = Candidate {
            toll,
            classes: vec![Kind::of(figure)],
            headline: claim.headline,
            sentence: claim.sentence_index,
            explicit,
            incidents: figure.incidents,
        };
        match candidates
            .last_mut()
            .filter(|last| last.sentence == claim.sentence_index && last.headline == claim.headline)
        {
            Some(last) => join(last, new, figure.joined),
            None => candidates.push(new),
        }
    }
    candidates
}

/// Takes a further figure of the same sentence in.
fn join(last: &mut Candidate, new: Candidate, joined: bool) {
    let below = |a: &Toll, b: &Toll| a.interval.low <= b.interval.low;
    let repeats = new.classes.iter().any(|class| last.classes.contains(class));
    let one = |toll: &Toll| toll.best == Some(1);
    match (last.explicit, new.explicit) {
        (true, _) if joined && one(&last.toll) => add(last, new),
        (false, true) if last.attackers() => add(last, new),
        (true, false) if new.attackers() => add(last, new),
        (true, false) if below(&new.toll, &last.toll) => {}
        (true, true) if below(&new.toll, &last.toll) => {}
        (true, true) => *last = new,
        (false, true) if below(&last.toll, &new.toll) => *last = new,
        _ if repeats && !joined && last.toll.best == new.toll.best && !last.explicit => {}
        _ => add(last, new),
    }
}

fn add(last: &mut Candidate, new: Candidate) {
    plus(&mut last.toll, new.toll);
    last.classes.extend(new.classes);
    last.explicit |= new.explicit;
    last.incidents = last.incidents.max(new.incidents);
}

/// Sums over sentences that follow one another and count different people.
fn neighbours(candidates: &[Candidate], rules: &TallyRules) -> Option<Candidate> {
    let mut sum: Option<Candidate> = None;
    let (headline, body): (Vec<_>, Vec<_>) = candidates.iter().partition(|candidate| candidate.headline);
    for candidate in body.into_iter().chain(headline) {
        match &mut sum {
            None => sum = Some(candidate.clone()),
            Some(sum) => {
                let new = candidate.classes.iter().all(|kind| sum.classes.iter().all(|known| known.differs(kind)));
                if new && candidate.sentence.abs_diff(sum.sentence) <= rules.within {
                    add(sum, candidate.clone());
                }
            }
        }
    }
    sum.filter(|sum| sum.classes.len() > 1)
}
