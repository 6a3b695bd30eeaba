//! One toll out of the figures of one document, event and outcome.

use crate::claim::{Claim, Figure};
use crate::rules::compare::TallyRules;
use crate::value::{Interval, VictimClass};

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
    /// The classes counted, each once.
    classes: Vec<(VictimClass, bool)>,
    headline: bool,
    sentence: u32,
    /// True when one figure for everybody says it.
    explicit: bool,
}

/// The toll that figures `members`, in reading order, come to.
///
/// Figures of one sentence are added where they count different people. A figure for everybody wins over sums that
/// are not larger; of figures for everybody the best placed one counts, of sums the most complete; parts and
/// repetitions are not added; increments are.
pub(super) fn of(claims: &[Claim], members: &[usize], rules: &TallyRules) -> Option<Toll> {
    let figures: Vec<(usize, &Claim, &Figure)> =
        members.iter().filter_map(|&i| Some((i, claims.get(i)?, claims.get(i)?.content.figure()?))).collect();
    let whole: Vec<_> = figures.iter().filter(|(_, _, figure)| !figure.part && !figure.increment).copied().collect();
    let base = if whole.is_empty() { figures.clone() } else { whole };
    let mut candidates = by_sentence(&base);
    if !candidates.iter().any(|candidate| candidate.explicit) {
        candidates.extend(neighbours(&candidates, rules));
    }
    let score = |candidate: &Candidate| {
        let repeated = candidates.iter().filter(|other| other.toll.best == candidate.toll.best).count();
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
        candidates
            .iter()
            .filter(|candidate| candidate.explicit == explicit)
            .max_by(|a, b| {
                let size = |candidate: &Candidate| (candidate.toll.best, candidate.toll.interval.low);
                let (scores, sizes) = (score(a).total_cmp(&score(b)), size(a).cmp(&size(b)));
                let rank = if explicit { scores.then(sizes) } else { sizes.then(scores) };
                rank.then(b.sentence.cmp(&a.sentence))
            })
            .map(|candidate| candidate.toll.clone())
    };
    let mut toll = match (best_of(true), best_of(false)) {
        (Some(stated), Some(sum)) if stated.interval.high.is_some_and(|high| high < sum.interval.low) => sum,
        (Some(stated), _) => stated,
        (None, sum) => sum?,
    };
    if base.len() < figures.len() {
        raise(&mut toll, &figures);
    }
    Some(toll)
}

/// Adds the increments told after every figure the toll rests on.
fn raise(toll: &mut Toll, figures: &[(usize, &Claim, &Figure)]) {
    let rests_on = |i: &usize| toll.claims.contains(i);
    let last = figures.iter().filter(|(i, ..)| rests_on(i)).map(|(_, claim, _)| claim.start).max().unwrap_or(0);
    let later: Vec<_> =
        figures.iter().filter(|(_, claim, figure)| figure.increment && !figure.part && claim.start > last).collect();
    for (i, _, figure) in later {
        toll.interval = toll.interval + figure.count.interval;
        toll.best = toll.best.zip(figure.count.value).map(|(a, b)| a.saturating_add(b));
        toll.claims.push(*i);
    }
}

/// One candidate per sentence: its figure for everybody, or the sum of those for different people.
fn by_sentence(figures: &[(usize, &Claim, &Figure)]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for &(i, claim, figure) in figures {
        let class = (figure.victims.class, figure.perpetrator);
        let explicit = figure.victims.class == VictimClass::Any && !figure.perpetrator;
        let toll = Toll { interval: figure.count.interval, best: figure.count.value, claims: vec![i] };
        let new = Candidate {
            toll,
            classes: vec![class],
            headline: claim.headline,
            sentence: claim.sentence_index,
            explicit,
        };
        match candidates
            .last_mut()
            .filter(|last| last.sentence == claim.sentence_index && last.headline == claim.headline)
        {
            Some(last) => join(last, new),
            None => candidates.push(new),
        }
    }
    candidates
}

/// Takes a further figure of the same sentence in.
fn join(last: &mut Candidate, new: Candidate) {
    let below = |a: &Toll, b: &Toll| a.interval.low <= b.interval.low;
    let repeats = new.classes.iter().any(|class| last.classes.contains(class));
    match (last.explicit, new.explicit) {
        (true, false) if new.classes.iter().any(|(_, perpetrator)| *perpetrator) => add(last, new),
        (true, false) if below(&new.toll, &last.toll) => {}
        (true, true) if below(&new.toll, &last.toll) => {}
        (true, true) => *last = new,
        (false, true) if below(&last.toll, &new.toll) => *last = new,
        _ if repeats && last.toll.best == new.toll.best && !last.explicit => {}
        _ => add(last, new),
    }
}

fn add(last: &mut Candidate, new: Candidate) {
    last.toll.interval = last.toll.interval + new.toll.interval;
    last.toll.best = last.toll.best.zip(new.toll.best).map(|(a, b)| a.saturating_add(b));
    last.toll.claims.extend(new.toll.claims);
    last.classes.extend(new.classes);
}

/// Sums over sentences that follow one another and count different people.
fn neighbours(candidates: &[Candidate], rules: &TallyRules) -> Option<Candidate> {
    let mut sum: Option<Candidate> = None;
    for candidate in candidates.iter().filter(|candidate| !candidate.headline) {
        match &mut sum {
            None => sum = Some(candidate.clone()),
            Some(sum) => {
                let new = candidate.classes.iter().all(|class| !sum.classes.contains(class));
                if new && candidate.sentence.saturating_sub(sum.sentence) <= rules.within {
                    add(sum, candidate.clone());
                }
            }
        }
    }
    sum.filter(|sum| sum.classes.len() > 1)
}
