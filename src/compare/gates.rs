//! What each gate means of two stances.

use std::cell::Cell;
use std::cmp::Ordering;

use jiff::civil::Date;

use super::context::{Context, wholly_below};
use super::stance::{Answer, FigureAnswer, Stance};
use crate::event::same_person;
use crate::rules::compare::{Condition, Gate};
use crate::value::{DayRange, Interval, Name, Outcome, Phase, Qualifier, Standing, VictimClass};

/// Two stances in a fixed order and the event they stand in.
pub(super) struct Pair<'p, 'c> {
    pub(super) a: &'p Stance,
    pub(super) b: &'p Stance,
    pub(super) context: &'p Context<'c>,
    /// The gates asked so far, a bit each, and those of them that hold.
    asked: Cell<[u64; 2]>,
}

/// Every gate has a bit.
const _: () = assert!(Gate::ALL.len() <= u64::BITS as usize);

impl<'p, 'c> Pair<'p, 'c> {
    pub(super) fn new(a: &'p Stance, b: &'p Stance, context: &'p Context<'c>) -> Self {
        Self { a, b, context, asked: Cell::default() }
    }

    /// The conditions that do not hold.
    pub(super) fn failed(&self, when: &[Condition]) -> impl Iterator<Item = Condition> {
        when.iter().filter(|condition| !self.met(condition)).copied()
    }

    /// True when every condition holds.
    pub(super) fn holds(&self, when: &[Condition]) -> bool {
        when.iter().all(|condition| self.met(condition))
    }

    /// True when a condition holds. Rules share most of their gates, so that each is worked out once.
    fn met(&self, condition: &Condition) -> bool {
        let bit = 1 << condition.gate as u32;
        let [mut asked, mut hold] = self.asked.get();
        if asked & bit == 0 {
            asked |= bit;
            hold |= if self.gate(condition.gate) { bit } else { 0 };
            self.asked.set([asked, hold]);
        }
        (hold & bit != 0) != condition.negated
    }

    fn gate(&self, gate: Gate) -> bool {
        let (a, b) = (self.a, self.b);
        match gate {
            Gate::Later => self.days_between() > 0,
            Gate::SameDay => self.days_between() == 0,
            Gate::MuchLater => self.days_between() >= self.context.rules.measures.much_later,
            Gate::Headline => a.headline || b.headline,
            Gate::Hedged => a.hedged || b.hedged,
            Gate::Unsure => a.hedged && b.hedged,
            Gate::SameDocument => a.documents == b.documents && a.documents.len() == 1,
            Gate::SameOutlet => !a.outlets.is_disjoint(&b.outlets),
            Gate::OneOutlet => a.outlets.len() == 1 && a.outlets == b.outlets,
            Gate::CopiedText => !a.copies.is_disjoint(&b.copies),
            Gate::SameOrigin => !a.origins.is_disjoint(&b.origins),
            Gate::SameSpeaker => !a.speakers.is_disjoint(&b.speakers),
            Gate::PlacesApart => {
                let elsewhere = |one: &Stance, other: &Stance| {
                    let known = if one.documents == other.documents { &other.places } else { &other.around };
                    !one.places.is_empty() && one.places.is_disjoint(known)
                };
                elsewhere(a, b) && elsewhere(b, a)
            }
            Gate::PlaceWithin => {
                let within = |one: &Stance, other: &Stance| {
                    let lies = |inner: &Name, outer: &Name| {
                        inner != outer && self.context.rules.gazetteer.contains(outer, inner)
                    };
                    one.places.iter().any(|inner| other.places.iter().any(|outer| lies(inner, outer)))
                };
                a.places.is_disjoint(&b.places) && (within(a, b) || within(b, a))
            }
            Gate::OtherAttackers => {
                let (a, b): (Vec<&Name>, Vec<&Name>) = (a.attackers.iter().collect(), b.attackers.iter().collect());
                self.context.other_attackers(&a, &b)
            }
            Gate::Denies => matches!(
                (&a.answer, &b.answer),
                (Answer::Asserted, Answer::Denied) | (Answer::Denied, Answer::Asserted)
            ),
            Gate::SamePhase
            | Gate::OppositePhases
            | Gate::DaysMeet
            | Gate::DaysFarApart
            | Gate::Precise
            | Gate::SameHappening => self.timing_gate(gate),
            Gate::SameAccused | Gate::AccusedWithin | Gate::Rivals | Gate::SameAct | Gate::ActsAlike => {
                self.blame_gate(gate)
            }
            _ => match (a.figure(), b.figure()) {
                (Some(x), Some(y)) => self.figure_gate(gate, x, y),
                _ => false,
            },
        }
    }

    /// Days between the two sayings; 0 where one is unknown.
    fn days_between(&self) -> i64 {
        let days = self.a.said.zip(self.b.said);
        days.map_or(0, |(x, y)| DayRange::day(x).gap(DayRange::day(y)))
    }

    fn timing_gate(&self, gate: Gate) -> bool {
        let (Answer::Timing { phase: p, time: x }, Answer::Timing { phase: q, time: y }) =
            (&self.a.answer, &self.b.answer)
        else {
            return false;
        };
        let measures = &self.context.rules.measures;
        match gate {
            Gate::SamePhase => p == q,
            Gate::OppositePhases => p != q && *p != Phase::Occurrence && *q != Phase::Occurrence,
            Gate::DaysMeet => x.meets(*y),
            Gate::DaysFarApart => x.gap(*y) >= measures.far_apart,
            Gate::SameHappening => {
                let spelling = &self.context.rules.events.spelling;
                let lasting = *p != Phase::Occurrence && *q != Phase::Occurrence;
                same_person(&self.a.what, &self.b.what, spelling)
                    || lasting && !self.a.incidents.is_disjoint(&self.b.incidents)
            }
            _ => x.days() <= measures.day && y.days() <= measures.day,
        }
    }

    fn blame_gate(&self, gate: Gate) -> bool {
        let (Answer::Blame { accused: x, family: f }, Answer::Blame { accused: y, family: g }) =
            (&self.a.answer, &self.b.answer)
        else {
            return false;
        };
        let says = |stance: &Stance, name: &Name| stance.voices.iter().any(|voice| self.context.head(voice) == *name);
        let may_say = |stance: &Stance, name: &Name| {
            stance.speakers.iter().any(|speaker| self.context.may_speak_for(speaker, name))
        };
        match gate {
            Gate::SameAccused => x == y,
            Gate::AccusedWithin => x != y && self.context.vaguer(x, y),
            Gate::SameAct => f == g,
            Gate::ActsAlike => {
                let apart = |family: &usize| self.context.rules.acts.get(*family).is_some_and(|act| act.apart);
                f == g || !apart(f) && !apart(g)
            }
            _ => {
                let each = || may_say(self.a, y) && may_say(self.b, x);
                x != y && (says(self.a, y) || says(self.b, x) || self.context.rivals(x, y) || each())
            }
        }
    }

    /// Both count the same people, by their own words or as others of the event say who they were.
    fn same_victims(&self, x: &FigureAnswer, y: &FigureAnswer) -> bool {
        alike_victims(x, y) || self.context.told_as(x, y) || self.context.told_as(y, x)
    }

    /// The people of `y` are part of the people of `x`.
    fn nested(&self, x: &FigureAnswer, y: &FigureAnswer) -> bool {
        !self.same_victims(x, y) && x.class.covers(y.class) && (x.side.is_none() || x.side == y.side)
    }

    /// True if `late` openly replaces `early`, and was not said before it.
    fn revised(&self, (early, x): (&Stance, &FigureAnswer), (late, y): (&Stance, &FigureAnswer)) -> bool {
        let told = || x.count.value.is_some_and(|number| late.formers.contains(&number));
        let corrects = || y.standing == Standing::Revised && late.said > early.said && self.gate(Gate::SameOrigin);
        late.said >= early.said && y.standing != Standing::Former && (told() || corrects())
    }

    /// True if what came on top of `early` does not make `late`, as the one article that tells `late` says.
    fn miscounted(&self, (early, x): (&Stance, &FigureAnswer), (late, y): (&Stance, &FigureAnswer)) -> bool {
        let mut documents = late.documents.iter();
        let (Some(document), None) = (documents.next(), documents.next()) else { return false };
        // An article's own earlier figure is one only if the text says so.
        let own = early.documents.contains(document);
        let earlier = if own { x.standing == Standing::Former } else { x.cumulative && early.said < late.said };
        earlier && self.context.miscounted(document, x, y)
    }

    /// True if `early` is a running total and `late` is counted from a much later beginning.
    fn restarted(&self, early: &FigureAnswer, late: &FigureAnswer) -> bool {
        // A single day is when the total was told, not what it counts from.
        let begin = |figure: &FigureAnswer| figure.time.filter(|time| time.days() > 1).map(|time| time.first);
        let before = begin(early).or(self.context.time.map(|time| time.first));
        let days = || begin(late).zip(before).map(|(late, before)| i64::from((late - before).get_days()));
        let later = || days().is_some_and(|days| days >= self.context.rules.measures.much_later);
        let anew = late.standing == Standing::Anew && early.standing != Standing::Anew;
        early.cumulative && (anew && late.cumulative || later())
    }

    fn figure_gate(&self, gate: Gate, x: &FigureAnswer, y: &FigureAnswer) -> bool {
        let (m, n) = (x.count.interval, y.count.interval);
        let measures = &self.context.rules.measures;
        match gate {
            Gate::SameOutcome => x.outcome == y.outcome,
            Gate::OutcomeWithin => {
                let within =
                    |part, whole| matches!(part, Outcome::Killed | Outcome::Injured) && whole == Outcome::Casualties;
                within(x.outcome, y.outcome) || within(y.outcome, x.outcome)
            }
            Gate::SameNumber => match (x.count.value, y.count.value) {
                (Some(v), Some(w)) => v == w && x.count.upper == y.count.upper,
                _ => m == n,
            },
            Gate::IntervalsMeet => m.meets(n),
            Gate::MuchLarger => {
                let times = |small: Interval, large: Interval| {
                    large.low as f64 >= small.high.unwrap_or(small.low).max(1) as f64 * measures.much_larger
                };
                times(m, n) || times(n, m)
            }
            Gate::FarInSize => {
                let times = |small: Interval, large: Interval| {
                    large.low as f64 >= small.high.unwrap_or(small.low).max(1) as f64 * measures.far_in_size
                };
                times(m, n) || times(n, m)
            }
            Gate::Single => m.high == Some(1) && !self.a.headline || n.high == Some(1) && !self.b.headline,
            Gate::SamePerson => {
                x.person.iter().flatten().any(|word| y.person.iter().flatten().any(|other| other == word))
            }
            Gate::OtherPerson => {
                let kin = |figure: &FigureAnswer| self.context.kin(figure.person.as_deref().unwrap_or_default());
                let (own, other) = (kin(x), kin(y));
                let ages = |one: &FigureAnswer, child: &FigureAnswer| {
                    child.class == VictimClass::Child
                        && one.person.iter().flatten().any(|word| measures.grown.iter().any(|grown| **grown == **word))
                };
                !own.is_empty() && !other.is_empty() && own.is_disjoint(&other) || ages(x, y) || ages(y, x)
            }
            Gate::Deaths => [x.outcome, y.outcome].contains(&Outcome::Killed),
            Gate::Vague => x.count.qualifier == Qualifier::Vague || y.count.qualifier == Qualifier::Vague,
            Gate::SomeAndNone => (m.high == Some(0)) != (n.high == Some(0)),
            Gate::SameVictims => self.same_victims(x, y),
            Gate::VictimsNested => self.nested(x, y) || self.nested(y, x),
            Gate::DisjointVictims => !self.same_victims(x, y) && !self.nested(x, y) && !self.nested(y, x),
            Gate::SameSide => x.side.is_some() && x.side == y.side,
            Gate::PartLarger => self.nested(x, y) && wholly_below(m, n) || self.nested(y, x) && wholly_below(n, m),
            Gate::PartSmaller => {
                let below = |part: Interval, whole: Interval| part.high.unwrap_or(part.low) < whole.low;
                let one_day = self.a.said == self.b.said || self.a.said.is_none() || self.b.said.is_none();
                self.nested(x, y) && below(n, m) && (one_day || self.b.said < self.a.said)
                    || self.nested(y, x) && below(m, n) && (one_day || self.a.said < self.b.said)
            }
            Gate::Breakdown => x.breakdown || y.breakdown,
            Gate::BothBreakdown => x.breakdown && y.breakdown,
            Gate::HeadlineAlone => {
                let alone = |one: &Stance, figure: &FigureAnswer, other: &FigureAnswer| {
                    one.headline && self.context.headline_alone(one, figure, other)
                };
                alone(self.a, x, y) || alone(self.b, y, x)
            }
            Gate::Dated => x.time.is_some() || y.time.is_some(),
            Gate::AddsUp => {
                let adds = |sums: &std::collections::BTreeSet<u64>, value: Option<u64>| {
                    value.is_some_and(|value| sums.contains(&value))
                };
                adds(&self.a.sums, y.count.value) || adds(&self.b.sums, x.count.value)
            }
            Gate::Increment => x.increment || y.increment,
            Gate::OneArticle => {
                let new = |stance: &Stance, figure: &FigureAnswer| {
                    let tells = |document| self.context.tells(document, figure);
                    !stance.documents.iter().any(|document| tells(document))
                };
                !self.a.versions.is_disjoint(&self.b.versions) && new(self.b, x) && new(self.a, y)
            }
            Gate::Former => x.standing == Standing::Former || y.standing == Standing::Former,
            Gate::Revised => self.revised((self.a, x), (self.b, y)) || self.revised((self.b, y), (self.a, x)),
            Gate::Restarted => self.restarted(x, y) || self.restarted(y, x),
            Gate::Miscounted => self.miscounted((self.a, x), (self.b, y)) || self.miscounted((self.b, y), (self.a, x)),
            Gate::RisingTotals => as_of(x).zip(as_of(y)).is_some_and(|(s, t)| match s.cmp(&t) {
                Ordering::Less => wholly_below(m, n),
                Ordering::Equal => false,
                Ordering::Greater => wholly_below(n, m),
            }),
            Gate::FallingTotals => {
                let told = as_of(x).zip(as_of(y)).filter(|(s, t)| s != t).or(self.a.said.zip(self.b.said));
                let falls = |(s, t): (Date, Date)| s < t && wholly_below(n, m) || t < s && wholly_below(m, n);
                x.cumulative && y.cumulative && told.is_some_and(falls)
            }
            Gate::Cumulative => x.cumulative && y.cumulative,
            Gate::OneCumulative => x.cumulative != y.cumulative,
            Gate::PeriodWithin => {
                let within = |day: Option<DayRange>, long: Option<DayRange>| {
                    day.zip(long).is_some_and(|(day, long)| {
                        day.days() <= measures.day
                            && long.days() > measures.day
                            && long.first < day.first
                            && i64::from((day.first - long.first).get_days()) >= measures.began_before
                    })
                };
                within(x.time, y.time) || within(y.time, x.time)
            }
            Gate::TimesApart => !x.cumulative && !y.cumulative && x.time.zip(y.time).is_some_and(|(s, t)| s.gap(t) > 1),
            Gate::LaterLarger | Gate::LaterSmaller => {
                let Some((first, second)) = self.a.said.zip(self.b.said) else { return false };
                let (early, late) = if first <= second { (m, n) } else { (n, m) };
                let raised = |early: Interval, late: Interval| {
                    wholly_below(Interval { high: early.high.or(Some(early.low)), ..early }, late)
                };
                first != second
                    && if gate == Gate::LaterLarger { raised(early, late) } else { wholly_below(late, early) }
            }
            _ => false,
        }
    }
}

/// The day of which a running total is told.
fn as_of(figure: &FigureAnswer) -> Option<Date> {
    figure.time.filter(|time| figure.cumulative && time.days() == 1).map(|time| time.first)
}

/// The same people: the class is the same, and the side is the same or one leaves it open.
fn alike_victims(x: &FigureAnswer, y: &FigureAnswer) -> bool {
    let classes = x.class.covers(y.class) && y.class.covers(x.class);
    // "Fighters" of nobody named are not a state's soldiers.
    let alike = x.class == y.class || x.side.is_some() && x.side == y.side;
    classes && alike && (x.side == y.side || x.class != VictimClass::Any && (x.side.is_none() || y.side.is_none()))
}

#[cfg(test)]
mod tests {
    use super::super::{line::claim_of_line, questions};
    use super::*;
    use crate::claim::{Claim, Id, Setting};
    use crate::event::Event;
    use crate::origin::Origins;
    use crate::rules::{CompareRules, RuleFiles};

    /// True if a gate holds of two figures of two documents, each on one line.
    fn holds(gate: &str, a: &str, b: &str) -> bool {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let claims: Vec<Claim> = [(a, "a"), (b, "b")].map(|(line, name)| claim_of_line(line, name).unwrap()).into();
        let (all, setting) = (vec![0, 1], Setting::default());
        let event = Event { id: Id(0), label: String::new(), time: None, setting, claims: all.clone() };
        let origins = Origins::trace(&claims, &rules.origins);
        let context = Context::of(&claims, &all, &event, &origins, &rules);
        let stances = questions::of_event(&claims, &all, &context).remove(0).stances;
        Pair::new(&stances[0], &stances[1], &context)
            .holds(&[Condition { gate: gate.parse().unwrap(), negated: false }])
    }

    #[test]
    fn gates_that_no_built_in_rule_asks_mean_what_they_say() {
        let plain = "4 killed; published 2015-02-05";
        for (gate, held, b, not) in [
            ("vague", "vague 24..99 killed", "50 killed", "3 killed"),
            ("both-breakdown", "3 killed; part", "4 killed; part", "3 killed"),
            ("cumulative", "30 killed; cumulative", "40 killed; cumulative", "30 killed"),
            ("headline", "3 killed; headline", plain, "3 killed"),
            ("hedged", "3 killed; hedged", plain, "3 killed"),
            ("both-hedged", "3 killed; hedged", "4 killed; hedged", "3 killed"),
            ("later", "3 killed; published 2015-02-06", plain, "3 killed; published 2015-02-05"),
            ("same-speaker", "3 killed; by Armenia", "4 killed; by Armenia", "3 killed; by Azerbaijan"),
        ] {
            assert!(holds(gate, held, b) && holds(gate, b, held), "{gate}");
            assert!(!holds(gate, not, b) && !holds(gate, b, not), "{gate}");
        }
    }
}
