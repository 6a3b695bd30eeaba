//! Tallies: what one document says the toll of one event is.

mod toll;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::toll::Toll;
use crate::claim::{Claim, Content};
use crate::event::Events;
use crate::rules::compare::TallyRules;
use crate::value::{Modality, Outcome};
use jiff::civil::Date;

/// One document's figure for one event and one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Index of the document among the extractions.
    pub document: usize,
    /// Index of the event; `None` if its claims belong to none.
    pub event: Option<usize>,
    /// What befell the people.
    pub outcome: Outcome,
    /// Lowest number the document allows; `None` if unknown.
    pub low: Option<u64>,
    /// The number it states best.
    pub best: Option<u64>,
    /// Highest; `None` if open or unknown.
    pub high: Option<u64>,
    /// The day the figure is as of.
    pub as_of: Option<Date>,
    /// True for the document's main event.
    pub main: bool,
    /// Indices of the claims it rests on, rising.
    pub claims: Vec<usize>,
}

/// The tolls of every document: one for each of its events and outcomes, by document, event and outcome.
///
/// `documents` are the stretches of `claims` that belong to each document, in the order of the documents.
pub fn tallies(claims: &[Claim], documents: &[Range<usize>], events: &Events, rules: &TallyRules) -> Vec<Tally> {
    let of_one = |(document, range): (usize, &Range<usize>)| of_document(claims, document, range, events, rules);
    documents.iter().enumerate().flat_map(of_one).collect()
}

fn of_document(
    claims: &[Claim],
    document: usize,
    range: &Range<usize>,
    events: &Events,
    rules: &TallyRules,
) -> Vec<Tally> {
    let main = events.main_of(claims, range);
    let mut tallies = of_members(claims, document, range.clone(), events, rules);
    tallies.iter_mut().for_each(|tally| tally.main = tally.event == main);
    tallies
}

/// The tolls that some claims of one document come to, by event and outcome; none of them is marked as the main event's.
pub fn of_members(
    claims: &[Claim],
    document: usize,
    members: impl IntoIterator<Item = usize>,
    events: &Events,
    rules: &TallyRules,
) -> Vec<Tally> {
    let mut groups: BTreeMap<(Option<usize>, Outcome), Vec<usize>> = BTreeMap::new();
    for i in members {
        let Some(claim) = claims.get(i) else { continue };
        if let (Content::Casualty(figure), false) = (&*claim.content, claim.modality == Modality::Denied) {
            groups.entry((events.of_claim(i), figure.outcome)).or_default().push(i);
        }
    }
    let mut tolls: BTreeMap<(Option<usize>, Outcome), Toll> = BTreeMap::new();
    for (key, mut members) in groups {
        members.sort_by_key(|&i| (claims[i].start, claims[i].end, claims[i].id));
        tolls.extend(toll::of(claims, &members, rules).map(|toll| (key, toll)));
    }
    let struck: Vec<Option<usize>> =
        tolls.keys().filter(|(_, outcome)| *outcome == Outcome::Casualties).map(|(event, _)| *event).collect();
    for event in struck {
        toll::survivors(&mut tolls, event);
    }
    let dead: Vec<Option<usize>> =
        tolls.keys().filter(|(_, outcome)| *outcome == Outcome::Killed).map(|(event, _)| *event).collect();
    for event in dead {
        toll::died_later(claims, &mut tolls, event);
    }
    let tally = |((event, outcome), toll): ((Option<usize>, Outcome), Toll)| {
        let first = claims.get(*toll.claims.iter().min_by_key(|&&i| claims[i].start)?)?;
        Some(Tally {
            document,
            event,
            outcome,
            low: Some(toll.interval.low),
            best: toll.best,
            high: toll.interval.high,
            as_of: first.article.published.or(first.time.map(|time| time.last)),
            main: false,
            claims: toll.claims.into_iter().collect::<BTreeSet<_>>().into_iter().collect(),
        })
    };
    tolls.into_iter().filter_map(tally).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;
    use crate::rules::{CompareRules, RuleFiles};

    /// The tolls of a document whose sentences hold the given claims, `,`-free lines joined by ` & `.
    fn tolls(sentences: &[&str]) -> Vec<(Outcome, Option<u64>)> {
        let mut claims = Vec::new();
        for (s, sentence) in sentences.iter().enumerate() {
            for (n, line) in sentence.split(" & ").enumerate() {
                let mut claim = claim_of_line(line, "d").unwrap();
                claim.sentence_index = s as u32;
                claim.start = (s * 100 + n * 10) as u32;
                claim.end = claim.start + 5;
                claim.id = crate::claim::Id::of(&[line, &s.to_string()]);
                claims.push(claim);
            }
        }
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let events = Events { events: Vec::new(), of: vec![None; claims.len()], ..Events::default() };
        let all = 0..claims.len();
        let tallies = tallies(&claims, std::slice::from_ref(&all), &events, &rules.tallies);
        tallies.into_iter().map(|tally| (tally.outcome, tally.best)).collect()
    }

    fn killed(sentences: &[&str]) -> Option<u64> {
        tolls(sentences).into_iter().find(|(outcome, _)| *outcome == Outcome::Killed).and_then(|(_, best)| best)
    }

    #[test]
    fn disjoint_parts_of_one_sentence_are_added() {
        assert_eq!(killed(&["4 killed, police & 2 killed, civilian"]), Some(6));
        assert_eq!(killed(&["1 killed, civilian & 6 killed, militant; perpetrator"]), Some(7));
    }

    #[test]
    fn a_part_of_a_total_is_not_added() {
        assert_eq!(killed(&["12 killed & 5 killed, child; part"]), Some(12));
        assert_eq!(killed(&["12 killed", "5 killed, child"]), Some(12));
    }

    #[test]
    fn headline_and_text_are_not_summed_twice() {
        assert_eq!(killed(&["4 killed; headline", "4 killed, police", "4 killed"]), Some(4));
        assert_eq!(
            killed(&["1 killed, woman; headline & 2 killed, child; headline", "3 killed", "1 killed, woman"]),
            Some(3)
        );
    }

    #[test]
    fn parts_of_neighbouring_sentences_are_added_where_no_total_is_given() {
        assert_eq!(killed(&["4 killed, civilian", "1 killed, militant; perpetrator"]), Some(5));
    }

    #[test]
    fn an_earlier_figure_counts_only_where_no_other_is_told() {
        assert_eq!(killed(&["84 killed; former & 79 killed; revised"]), Some(79));
        assert_eq!(killed(&["84 killed; former"]), Some(84));
    }

    #[test]
    fn an_increment_raises_the_total() {
        assert_eq!(killed(&["3 killed", "2 killed; more"]), Some(5));
    }

    #[test]
    fn somebody_named_in_a_list_counts_with_it_and_elsewhere_is_counted_already() {
        assert_eq!(killed(&["1 killed; named & 2 killed; joined"]), Some(3));
        assert_eq!(killed(&["3 killed", "1 killed; named"]), Some(3));
        assert_eq!(killed(&["1 killed; known"]), Some(1));
        assert_eq!(killed(&["1 killed, other; perpetrator", "1 killed; named"]), Some(2));
    }

    #[test]
    fn a_first_name_besides_a_full_one_is_nobody_further() {
        let named = |words: &[&str]| {
            let mut claims = Vec::new();
            for (n, words) in words.iter().enumerate() {
                let mut claim = claim_of_line("1 killed; named", "d").unwrap();
                let mut figure = claim.content.figure().cloned().unwrap();
                figure.words = (*words).into();
                claim.content = Content::Casualty(figure).into();
                claim.start = n as u32 * 10;
                claim.id = crate::claim::Id::of(&[words]);
                claims.push(claim);
            }
            let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
            let events = Events { events: Vec::new(), of: vec![None; claims.len()], ..Events::default() };
            let all = 0..claims.len();
            tallies(&claims, std::slice::from_ref(&all), &events, &rules.tallies)[0].best
        };
        assert_eq!(named(&["Ann Quill", "Ann"]), Some(1));
        assert_eq!(named(&["Ann Quill", "Lamb"]), Some(2));
    }

    #[test]
    fn attackers_come_on_top_of_everybody_else_in_their_sentence() {
        assert_eq!(killed(&["1 killed, other; perpetrator & 25 killed"]), Some(26));
    }

    #[test]
    fn a_toll_of_several_incidents_is_shared_out() {
        assert_eq!(killed(&["4 killed, police; over 3 & 38 killed, militant; over 3"]), Some(14));
        assert_eq!(killed(&["7 killed; over 0"]), Some(7));
    }

    #[test]
    fn a_figure_of_a_longer_time_is_not_that_of_one_happening() {
        assert_eq!(killed(&["3 killed; on 2015-07-05", "45 killed; on 2015-07-01..2015-07-31"]), Some(3));
    }

    #[test]
    fn of_those_struck_the_dead_are_not_wounded() {
        assert_eq!(
            tolls(&["5 casualties & 1 killed"]),
            [(Outcome::Killed, Some(1)), (Outcome::Injured, Some(4)), (Outcome::Casualties, Some(5))]
        );
        assert_eq!(tolls(&["1 injured", "1 killed"]), [(Outcome::Killed, Some(1))]);
        assert_eq!(tolls(&["1 injured & 1 killed"]), [(Outcome::Killed, Some(1)), (Outcome::Injured, Some(1))]);
    }

    #[test]
    fn a_vague_toll_has_bounds_but_no_best_number() {
        assert_eq!(tolls(&["vague 24..99 killed"]), [(Outcome::Killed, None)]);
        assert_eq!(tolls(&["none injured"]), [(Outcome::Injured, Some(0))]);
    }
}
