//! Figures of a sentence: how many of whom were killed, hurt or sent, with what the text has said before.

use super::build::{Found, senses};
use super::chart::Chart;
use super::draft::{Culprit, Draft, Drafter};
use super::mention::{Mention, People, Quantity, Reading};
use super::said::{Said, Voice};
use crate::claim::{Content, Figure, Victims};
use crate::rules::RuleSet;
use crate::text::TokenKind;
use crate::value::{Count, Name, Outcome, Qualifier, Referent, Standing, VictimClass};

/// More than one of whom a sentence has spoken.
#[derive(Clone, Debug)]
pub(super) struct Group {
    outcome: Outcome,
    class: VictimClass,
    count: Count,
}

impl Group {
    /// True if these people can be some of the group. Nobody is no part of anybody.
    fn may_hold(&self, people: &People) -> bool {
        let count = &people.quantity.count;
        count.qualifier != Qualifier::None && count.interval.high < self.count.interval.high
    }
}

impl Drafter<'_, '_> {
    /// The casualties or strengths of a match; `counted` are the tokens that have been counted already.
    pub(super) fn figures(
        &self,
        f: &Found<'_, '_>,
        said: &[Said],
        counted: &mut Vec<(usize, usize)>,
        out: &mut Vec<Draft>,
    ) {
        let strength = f.rule.emits == self.rules.known.strength;
        let text_of = |key: &str| f.attribute("h", key);
        let outcome = f.rule.set.get("outcome").map(ToString::to_string);
        let outcome = outcome.or_else(|| text_of("outcome").map(|n| n.to_string()));
        let second = f.attribute("h2", "outcome").filter(|_| f.one("h2").is_some());
        let (outcome, shot) = match (outcome.as_deref(), second.as_ref().map(Name::as_str)) {
            (Some("shot"), None) => (Outcome::Casualties, true),
            (Some("shot"), Some(other)) => (other.parse().unwrap_or(Outcome::Casualties), false),
            (Some(a), Some(b)) if a != b => (Outcome::Casualties, false),
            (Some(a), _) => match a.parse() {
                Ok(outcome) => (outcome, false),
                Err(_) => return,
            },
            (None, _) => return,
        };
        // What stands beside a figure and says nothing of its own ("the double murder of a father and his son").
        counted.extend(f.all("same").map(|k| (usize::from(k.start), usize::from(k.end))));
        let mut joined = false;
        for kept in f.all("v").collect::<Vec<_>>() {
            let at = (usize::from(kept.start), usize::from(kept.end));
            let people = match f.mention(kept).map(|m| &m.reading) {
                Some(Reading::People(people)) => (**people).clone(),
                Some(Reading::Count(quantity)) => People::unnamed(quantity.clone(), Referent::New),
                Some(Reading::Plain) => People::unnamed(self.one(at), Referent::Named),
                None => People::unnamed(self.one(at), Referent::Known),
                _ => continue,
            };
            let Some(mut people) = self.known_group(people) else { continue };
            if f.rule.set.has("perpetrator") {
                (people.perpetrator, people.class) = (true, VictimClass::Other);
            }
            if counted.iter().any(|c| c.0 < at.1 && at.0 < c.1) {
                continue;
            }
            counted.push(at);
            let people = self.inherited(at, people);
            self.figure(f, said, at, &people, (outcome, shot, strength, joined), out);
            joined = true;
        }
    }

    /// "The hostages were killed": as many as the last group spoken of, if it can be the same one.
    fn known_group(&self, mut people: People) -> Option<People> {
        if !people.is_group() {
            return Some(people);
        }
        let group = self.memory.group.as_ref()?;
        let same = people.class == VictimClass::Any || people.class == group.class;
        people.quantity.count = group.count;
        people.class = group.class;
        same.then_some(people)
    }

    fn one(&self, words: (usize, usize)) -> Quantity {
        Quantity { count: Count::new(Qualifier::Exact, 1, None, &self.rules.tolerance), words }
    }

    /// "63 civilians were killed and 292 wounded": a bare number counts the same kind of people as the one before;
    /// soldiers, policemen and fighters without a side belong to the only actor that the sentence names.
    fn inherited(&self, at: (usize, usize), mut people: People) -> People {
        let known = &self.rules.known;
        let bare = people.referent == Referent::New
            && !senses(self.chart, self.rules, self.text, people.noun, known.person).any(|_| true);
        if bare && people.class == VictimClass::Any && people.side.is_none() {
            let before = self.chart.mentions.iter().filter(|m| m.end <= at.0).filter_map(|m| match &m.reading {
                Reading::People(p) => Some((m.end, p)),
                _ => None,
            });
            match (before.max_by_key(|(end, _)| *end), &self.memory.group) {
                (Some((_, earlier)), _) => {
                    people.class = earlier.class;
                    people.side = earlier.side.clone();
                    people.possessive |= earlier.possessive;
                }
                (None, Some(group)) if group.may_hold(&people) => people.class = group.class,
                _ => {}
            }
        }
        let armed = matches!(people.class, VictimClass::Military | VictimClass::Police | VictimClass::Militant);
        if armed && people.side.is_none() && !people.possessive {
            let mut actors = self.actors_before(self.chart.len());
            actors.sort();
            actors.dedup();
            if let [only] = &actors[..] {
                people.side = Some(only.clone());
            }
        }
        people
    }

    fn figure(
        &self,
        f: &Found<'_, '_>,
        said: &[Said],
        at: (usize, usize),
        people: &People,
        (outcome, shot, strength, joined): (Outcome, bool, bool, bool),
        out: &mut Vec<Draft>,
    ) {
        let known = &self.rules.known;
        let none = people.quantity.count.qualifier == Qualifier::None;
        // "no reports of casualties", "killing dozens": a bare number stands with its harm word.
        let quote = if none || at.1 - at.0 <= people.quantity.words.1 - people.quantity.words.0 {
            let from = at.0.min(usize::from(f.found.start)).max(at.0.saturating_sub(2));
            let inside = |token: usize| token > 0 && self.chart.tokens[token].glued;
            (
                (from..at.0).find(|&token| !inside(token)).unwrap_or(at.0),
                at.1.max(if none { usize::from(f.found.end) } else { at.1 }),
            )
        } else {
            at
        };
        let Voice { speaker, via, both } = self.speaker_of(said, at);
        let standing = self.standing(f, at);
        let cumulative = f.rule.set.has("cumulative")
            || standing == Standing::Anew
            || senses(self.chart, self.rules, self.text, (0, self.chart.len()), known.total).next().is_some();
        let words = |(a, b): (usize, usize)| -> Box<str> { self.chart.range(a, b).of(self.text).into() };
        let sides: Vec<Option<Name>> = match (&people.side, people.possessive) {
            (None, true) if both => self.two_actors(at.0).into_iter().map(Some).collect(),
            (None, true) => vec![self.possessor(at.0, &speaker)],
            (side, _) => vec![side.clone()],
        };
        for side in if sides.is_empty() { vec![None] } else { sides } {
            let figure = Figure {
                outcome,
                count: people.quantity.count,
                words: words(people.quantity.words),
                victims: Victims {
                    text: if people.noun.0 < people.noun.1 { words(people.noun) } else { "".into() },
                    class: people.class,
                    side,
                },
                cumulative,
                part: f.rule.set.has("part") || self.out_of_group(at, people, outcome),
                increment: people.increment,
                standing,
                perpetrator: people.perpetrator,
                referent: people.referent,
                others: people.others,
                joined,
                incidents: self.incidents(at),
            };
            out.push(Draft {
                content: if strength { Content::Strength(figure) } else { Content::Casualty(figure) },
                span: self.chart.range(quote.0, quote.1),
                speaker: speaker.clone(),
                via: via.clone(),
                modality: self.modality(at),
                time: self.time(at, outcome == Outcome::Captured),
                unresolved: self.unresolved(),
                rule: f.rule.id.clone(),
                culprit: Culprit::Anybody,
                shot,
            });
        }
    }

    /// How the figure at tokens `at` stands to others of its series.
    fn standing(&self, f: &Found<'_, '_>, at: (usize, usize)) -> Standing {
        let known = &self.rules.known;
        let named = |(from, to): (usize, usize), class| {
            self.chart.present().has(class)
                && senses(self.chart, self.rules, self.text, (from, to), class).next().is_some()
        };
        // A comma ends what an earlier figure is told by.
        let near = at.0.saturating_sub(self.rules.reach.former)..at.0;
        let word = |token: &usize| self.chart.tokens[*token].kind != TokenKind::Sign;
        let before = near.rev().take_while(word).last().unwrap_or(at.0);
        let all = (0, self.chart.len());
        if f.rule.set.has("former") || named((before, at.0), known.former) {
            Standing::Former
        } else if named(all, known.revision) {
            Standing::Revised
        } else if named(all, known.anew) {
            Standing::Anew
        } else {
            Standing::Plain
        }
    }

    /// True for some of those the text has just counted together: "Two are in hospital" after "Four people were shot".
    fn out_of_group(&self, at: (usize, usize), people: &People, outcome: Outcome) -> bool {
        let bare = people.referent == Referent::New && people.noun.0 >= people.noun.1;
        let first = !self.chart.mentions.iter().any(|m| m.end <= at.0 && matches!(m.reading, Reading::People(_)));
        let same = |group: &Group| {
            group.outcome == outcome || outcome == Outcome::Injured && group.outcome == Outcome::Casualties
        };
        bare && (first && self.memory.group.as_ref().is_some_and(|group| same(group) && group.may_hold(people))
            || self.out_of_clause(at, people))
    }

    /// The same within a sentence: "three were brought to hospital, where two are in critical condition".
    fn out_of_clause(&self, at: (usize, usize), people: &People) -> bool {
        let known = &self.rules.known;
        let counts = |m: &&Mention| m.end <= at.0 && matches!(m.reading, Reading::People(_));
        let Some(before) = self.chart.mentions.iter().filter(counts).max_by_key(|m| m.end) else { return false };
        let Reading::People(larger) = &before.reading else { return false };
        people.quantity.count.interval.high < larger.quantity.count.interval.high
            && (before.end..at.0).any(|token| self.chart.is(token, known.relative))
    }

    /// How many incidents the figure at tokens `at` covers together ("across both attacks").
    fn incidents(&self, at: (usize, usize)) -> u16 {
        let together = self.chart.mentions.iter().find(|m| is_scope(m, self.rules) && m.start >= at.1);
        match together.map(|m| &m.reading) {
            Some(Reading::Number(n)) if *n > 0.0 => *n as u16,
            Some(_) => self.memory.episodes,
            None => 1,
        }
    }
}

/// The people whom a sentence's claims count together, for the next one to speak of: those of its last list.
pub(super) fn group(drafts: &[Draft]) -> Option<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for figure in drafts.iter().filter_map(|d| d.content.figure()).filter(|f| !f.part && !f.perpetrator) {
        match groups.last_mut().filter(|_| figure.joined) {
            Some(group) => {
                group.count = group.count.plus(&figure.count);
                group.class = if group.class == figure.victims.class { group.class } else { VictimClass::Any };
            }
            None => {
                groups.push(Group { outcome: figure.outcome, class: figure.victims.class, count: figure.count });
            }
        }
    }
    groups.into_iter().rev().find(|group| group.count.interval.low > 1)
}

/// True if a mention says over which incidents a figure goes.
fn is_scope(mention: &Mention, rules: &RuleSet) -> bool {
    mention.symbol == rules.known.episodes && !mention.attributes.has("announced")
}

/// How many incidents a sentence says there were ("one of three related attacks").
pub(super) fn announced(chart: &Chart<'_>, rules: &RuleSet) -> Option<u16> {
    let announces = |m: &&Mention| m.symbol == rules.known.episodes && m.attributes.has("announced");
    match chart.mentions.iter().rev().find(announces).map(|m| &m.reading) {
        Some(Reading::Number(n)) => Some(*n as u16),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::extract::{Wanted, extract};
    use crate::rules::RuleFiles;
    use crate::text::{Document, Span};

    static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

    fn figures(text: &str) -> Vec<Figure> {
        let document = Document { text: text.into(), body: vec![Span::new(0, text.len())], ..Document::default() };
        let claims = extract(&document, &RULES, Wanted::default()).claims;
        claims.iter().filter_map(|claim| claim.content.figure().cloned()).collect()
    }

    #[test]
    fn people_spoken_of_again_are_as_many_as_before() {
        let all = figures("Raiders abducted four drivers. The drivers were later killed.");
        assert_eq!(
            all.iter().map(|f| (f.outcome, f.count.value)).collect::<Vec<_>>(),
            [(Outcome::Captured, Some(4)), (Outcome::Killed, Some(4))]
        );
        assert_eq!(all[1].referent, Referent::Known);
    }

    #[test]
    fn a_bare_number_after_a_larger_one_is_a_part_of_it() {
        let all = figures("Four drivers were wounded. Two were badly wounded.");
        assert_eq!(all.iter().map(|f| f.part).collect::<Vec<_>>(), [false, true]);
        let all = figures("Four drivers were wounded. No casualties were reported.");
        assert_eq!((all[1].part, all[1].victims.class), (false, VictimClass::Any));
        let all = figures("Two drivers were wounded. Four were wounded.");
        assert_eq!(all.iter().map(|f| f.part).collect::<Vec<_>>(), [false, false]);
    }

    #[test]
    fn a_figure_covers_as_many_incidents_as_the_text_announced() {
        let all = figures("This was one of three related attacks. Six drivers were killed across the attacks.");
        assert_eq!(all.iter().map(|f| f.incidents).collect::<Vec<_>>(), [3]);
        let all = figures("Six drivers were killed across both attacks, and a clerk was hurt at home.");
        assert_eq!(all[0].incidents, 2);
    }
}
