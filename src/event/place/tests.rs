//! Documents placed one by one come to the same events as all linked at once.

use std::convert::Infallible;
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::claim::{Claim, Content};
use crate::compare::claim_of_line;
use crate::event::{Traces, beginning, copies_together, link, names_in, number, numbers, parts, traces, words};
use crate::rules::{CompareRules, RuleFiles};
use crate::value::{Name, Referent};

/// All that was placed so far, looked through from end to end.
#[derive(Default)]
struct Remembered {
    most: usize,
    events: BTreeMap<i64, Vec<Part>>,
    names: BTreeMap<Name, u64>,
    /// The documents that have each telling word.
    words: BTreeMap<u64, BTreeSet<Box<str>>>,
    /// The document of each claim.
    documents: Vec<Box<str>>,
    fresh: i64,
}

impl Remembered {
    fn having(&self, holds: impl Fn(&Traces) -> bool, rules: &EventRules) -> Vec<i64> {
        self.events.iter().filter(|(_, parts)| holds(&traces(parts, rules))).map(|(&event, _)| event).collect()
    }

    fn learn(&mut self, claims: &[Claim], first: usize, all: &[Part]) {
        self.documents.truncate(first);
        self.documents.extend(claims.iter().map(|claim| claim.article.document.clone()));
        for part in all {
            let documents: BTreeSet<Box<str>> =
                part.claims.iter().map(|&claim| self.documents[usize::try_from(claim).unwrap()].clone()).collect();
            for word in words(std::slice::from_ref(part)) {
                self.words.entry(word).or_default().extend(documents.clone());
            }
        }
    }

    /// Everything from the start.
    fn anew(&mut self, claims: &[Claim], rules: &CompareRules) {
        *self = Self { most: self.most, ..Self::default() };
        self.names = numbers(claims, &rules.events);
        let all = parts(claims, self.names.clone(), &rules.events);
        self.learn(claims, 0, &all);
        let events = link(claims, &rules.events, &rules.phrases);
        for part in all {
            let event = events.of_claim(usize::try_from(part.claims[0]).unwrap()).unwrap();
            self.events.entry(i64::try_from(event).unwrap()).or_default().push(part);
        }
        self.events.values_mut().for_each(|parts| *parts = copies_together(std::mem::take(parts)));
        self.fresh = i64::try_from(claims.len()).unwrap();
    }

    /// One document more; false if that was too much.
    fn grow(&mut self, claims: &[Claim], first: usize, rules: &EventRules) -> bool {
        let new = &claims[first..];
        for name in names_in(new) {
            if self.names.contains_key(&name) {
                continue;
            }
            let begins = beginning(&name, rules);
            let others: Vec<(Name, u64)> =
                self.names.clone().into_iter().filter(|(other, _)| beginning(other, rules) == begins).collect();
            let Some(id) = number(&name, &others, rules) else { return false };
            self.names.insert(name, id);
        }
        let mut own = parts(new, self.names.clone(), rules);
        let offset = i64::try_from(first).unwrap();
        own.iter_mut().flat_map(|part| &mut part.claims).for_each(|claim| *claim += offset);
        let marks = |this: &Self| -> BTreeSet<u64> {
            words(&own).into_iter().filter(|word| Counted(this, rules).is_mark(*word) == Ok(true)).collect()
        };
        let before = marks(self);
        self.learn(new, first, &own);
        let stirred: BTreeSet<u64> = before.symmetric_difference(&marks(self)).copied().collect();
        let Ok(changes) = place(own, &stirred, &mut Counted(self, rules), rules);
        let Some(changes) = changes else { return false };
        self.events.retain(|event, _| !changes.gone.contains(event));
        for placed in changes.placed {
            let event = placed.event.unwrap_or_else(|| {
                self.fresh += 1;
                self.fresh
            });
            self.events.insert(event, placed.parts);
        }
        true
    }
}

struct Counted<'a>(&'a Remembered, &'a EventRules);

impl Counted<'_> {
    fn meets(names: &BTreeSet<(u64, i64)>, name: u64, blocks: Option<&RangeInclusive<i64>>) -> bool {
        names
            .iter()
            .any(|&(own, block)| own == name && blocks.is_none_or(|blocks| block == ANY_DAY || blocks.contains(&block)))
    }
}

impl Memory for Counted<'_> {
    type Error = Infallible;

    fn found(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> Result<Vec<i64>, Infallible> {
        Ok(self.0.having(|traces| Self::meets(&traces.found, name, blocks.as_ref()), self.1))
    }

    fn crowded(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>, most: usize) -> Result<bool, Infallible> {
        Ok(self.found(name, blocks)?.len() >= most)
    }

    fn seeking(&mut self, name: u64, blocks: Option<RangeInclusive<i64>>) -> Result<Vec<i64>, Infallible> {
        Ok(self.0.having(|traces| Self::meets(&traces.sought, name, blocks.as_ref()), self.1))
    }

    fn marked(&mut self, word: u64) -> Result<Vec<i64>, Infallible> {
        let documents = self.0.words.get(&word).cloned().unwrap_or_default();
        let of = |claim: i64| documents.contains(&self.0.documents[usize::try_from(claim).unwrap()]);
        let has = |parts: &Vec<Part>| parts.iter().any(|part| part.claims.iter().any(|&claim| of(claim)));
        Ok(self.0.events.iter().filter(|(_, parts)| has(parts)).map(|(&event, _)| event).collect())
    }

    fn is_mark(&mut self, word: u64) -> Result<bool, Infallible> {
        Ok((2..=self.0.most).contains(&self.0.words.get(&word).map_or(0, BTreeSet::len)))
    }

    fn parts(&mut self, event: i64) -> Result<Vec<Part>, Infallible> {
        Ok(self.0.events[&event].clone())
    }
}

/// Sets of claims, each by its place.
fn groups(events: impl IntoIterator<Item = Vec<usize>>) -> BTreeSet<BTreeSet<usize>> {
    events.into_iter().map(|claims| claims.into_iter().collect()).collect()
}

/// Some claims of one document.
fn claims() -> impl Strategy<Value = (Option<u8>, Vec<String>)> {
    let pick = |of: &'static [&'static str]| prop::sample::select(of);
    let place = pick(&["", "; at Adre", "; at Brela", "; at Corin", "; at Corins"]);
    let actor = pick(&["", "; among Potters", "; among Weavers", "; among Weavers; among Potters"]);
    let kind = pick(&["", "; kind shelling", "; kind shooting"]);
    let day = pick(&[
        "",
        "; on 2020-09-01",
        "; on 2020-09-02",
        "; on 2020-09-04",
        "; on 2020-09-01..2020-09-20",
        "; on 2020-09-12",
        "; on 2019-01-01..2020-09-10",
    ]);
    let told = pick(&[
        "",
        "; told near Quillham",
        "; told near Fernhill",
        "; told a bus by Quillham and Rosedale",
        "; told in Marlow",
    ]);
    let head = pick(&["3 killed", "5 killed", "1 killed", "4 injured"]);
    let claim = (head, day, place, actor, kind, told)
        .prop_map(|(head, day, place, actor, kind, told)| format!("{head}{day}{place}{actor}{kind}{told}"));
    (prop::option::weighted(0.9, 1u8..28), prop::collection::vec(claim, 1..4))
}

fn document(number: usize, (published, lines): &(Option<u8>, Vec<String>)) -> Vec<Claim> {
    let published = published.map_or(String::new(), |day| format!("; published 2020-09-{day:02}"));
    let line = |(n, line): (usize, &String)| {
        let mut claim = claim_of_line(&format!("{line}; sentence {n}{published}"), &format!("d{number}")).unwrap();
        if let Content::Casualty(figure) = Arc::make_mut(&mut claim.content)
            && line.starts_with('1')
        {
            figure.referent = Referent::Named;
            figure.words = if n == 0 { "Dora Quill" } else { "Ida Birch" }.into();
        }
        claim
    };
    lines.iter().enumerate().map(line).collect()
}

static RULES: LazyLock<CompareRules> = LazyLock::new(|| CompareRules::load(&RuleFiles::built_in()).unwrap());

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn documents_come_to_the_same_events_one_by_one_and_all_at_once(
        documents in prop::collection::vec(claims(), 1..14),
        most_documents in 2usize..5,
        candidates in prop::sample::select(&[1usize, 3, 64]),
    ) {
        let mut rules = RULES.clone();
        rules.events.marks.most_documents = most_documents;
        rules.events.blocking.candidates = candidates;
        let mut memory = Remembered { most: most_documents, ..Remembered::default() };
        let mut all: Vec<Claim> = Vec::new();
        for (n, one) in documents.iter().enumerate() {
            let first = all.len();
            all.extend(document(n, one));
            if !memory.grow(&all, first, &rules.events) {
                memory.anew(&all, &rules);
            }
            let events = link(&all, &rules.events, &rules.phrases);
            let expected = groups(events.events.iter().map(|event| event.claims.clone()));
            let claims = |parts: &Vec<Part>| -> Vec<usize> {
                parts.iter().flat_map(|part| &part.claims).map(|&claim| usize::try_from(claim).unwrap()).collect()
            };
            prop_assert_eq!(groups(memory.events.values().map(claims)), expected);
        }
    }
}
