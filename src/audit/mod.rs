//! Audit: outlets set against each other, by their figures, their sources, their accusations and their days.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::claim::{Claim, Content};
use crate::event::Events;
use crate::origin::Origins;
use crate::rules::audit::AuditRules;
use crate::tally::Tally;
use crate::text::Article;
use crate::value::{Modality, Outcome, Remark};

/// Outlets set against each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    /// One for each tally of an event, by event, outcome, day and document.
    pub figures: Vec<Placed>,
    /// One for each outlet, by name.
    pub outlets: Vec<Outlet>,
}

/// Where one article's figure stands among those of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Index of the tally.
    pub tally: usize,
    /// Where the figure comes from.
    pub origin: String,
    /// The middle of the figures of independent origins; `None` where there are too few of them.
    pub middle: Option<f64>,
    /// How far above (or, negative, below) the middle it stands, relative to the middle.
    pub deviation: Option<f64>,
    /// Days after the first outlet that told of the event; `None` where a day is not known or nobody else told of it.
    pub late: Option<i64>,
}

/// What an outlet does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlet {
    /// Its name.
    pub name: Box<str>,
    /// Its articles; versions of one are one.
    pub articles: usize,
    /// Events of which it gives a figure.
    pub events: usize,
    /// How far its figures of an outcome stand from the middle.
    pub deviations: BTreeMap<Outcome, Measure>,
    /// Share of its casualty figures for which nobody is named.
    pub unattributed: Option<Measure>,
    /// Share of its accusations that it makes in its own voice.
    pub own_blame: Option<Measure>,
    /// Days after the first outlet.
    pub late: Option<Measure>,
    /// What is remarked on.
    pub remarks: BTreeSet<Remark>,
}

/// A number, and how many things it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The middle of the things measured, or a share.
    pub value: f64,
    /// Events, figures or accusations it rests on.
    pub of: usize,
}

/// Sets the outlets of articles against each other. Articles without an outlet are placed, and belong to none.
///
/// Of an article's versions the first tells when it came, the last what it says.
pub fn audit(
    articles: &[Arc<Article>],
    claims: &[Claim],
    claims_of: &[Range<usize>],
    events: &Events,
    origins: &Origins,
    tallies: &[Tally],
    rules: &AuditRules,
) -> Audit {
    let figures = placed(articles, claims_of, events, origins, tallies, rules);
    let mut outlets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, article) in articles.iter().enumerate() {
        if let Some(outlet) = &article.outlet {
            outlets.entry(outlet).or_default().push(index);
        }
    }
    let mut of_document: BTreeMap<usize, Vec<&Placed>> = BTreeMap::new();
    for figure in &figures {
        if let Some(tally) = tallies.get(figure.tally) {
            of_document.entry(tally.document).or_default().push(figure);
        }
    }
    let outlet = |(name, documents): (&str, Vec<usize>)| {
        let versions = versions(articles, claims_of, origins, documents.into_iter());
        let firsts = versions.iter().filter_map(|versions| versions.first());
        let lasts = || versions.iter().filter_map(|versions| versions.last());
        let came = firsts.filter_map(|document| of_document.get(document)).flatten().copied();
        let own = || lasts().filter_map(|document| of_document.get(document)).flatten().copied();
        let told = || lasts().filter_map(|&document| claims.get(claims_of.get(document)?.clone())).flatten();
        let mut outlet = Outlet { name: name.into(), articles: versions.len(), ..Outlet::default() };
        outlet.measure(came, own, told, tallies);
        outlet.remark(rules);
        outlet
    };
    let outlets = outlets.into_iter().map(outlet).collect();
    Audit { figures, outlets }
}

/// Documents by article: the versions of each, the first one first.
fn versions(
    articles: &[Arc<Article>],
    claims_of: &[Range<usize>],
    origins: &Origins,
    documents: impl Iterator<Item = usize>,
) -> Vec<Vec<usize>> {
    let mut all: BTreeMap<(Option<u32>, Option<usize>), Vec<usize>> = BTreeMap::new();
    for document in documents {
        let version = claims_of.get(document).and_then(|claims| origins.version(claims.start));
        let alone = version.is_none().then_some(document);
        all.entry((version, alone)).or_default().push(document);
    }
    let day = |&document: &usize| {
        let article = articles.get(document);
        (article.and_then(|article| article.published), article.map(|article| &article.document))
    };
    all.values_mut().for_each(|versions| versions.sort_by_key(day));
    all.into_values().collect()
}

impl Outlet {
    /// Measures the outlet by the figures with which its articles `came`, by those they give now, and by their claims.
    fn measure<'a, F, C>(
        &mut self,
        came: impl Iterator<Item = &'a Placed>,
        figures: impl Fn() -> F,
        claims: impl Fn() -> C,
        tallies: &[Tally],
    ) where
        F: Iterator<Item = &'a Placed>,
        C: Iterator<Item = &'a Claim>,
    {
        let tally = |figure: &Placed| tallies.get(figure.tally);
        let events: BTreeSet<usize> = figures().filter_map(|figure| tally(figure)?.event).collect();
        self.events = events.len();
        for &outcome in Outcome::ALL {
            let of_outcome = figures().filter(|figure| tally(figure).is_some_and(|tally| tally.outcome == outcome));
            let deviations = by_event(of_outcome.filter_map(|figure| Some((tally(figure)?.event?, figure.deviation?))));
            self.deviations.extend(middle_of(deviations).map(|measure| (outcome, measure)));
        }
        let days = came.filter_map(|figure| Some((tally(figure)?.event?, figure.late? as f64)));
        self.late = middle_of(by_event(days));
        let firm = |claim: &&Claim| claim.modality != Modality::Denied;
        let casualties = claims().filter(firm).filter(|claim| matches!(&*claim.content, Content::Casualty(_)));
        self.unattributed = without_speaker(casualties);
        let blame = claims().filter(firm).filter(|claim| matches!(&*claim.content, Content::Blame { .. }));
        self.own_blame = without_speaker(blame);
    }

    /// Remarks on what passes the limits and rests on enough.
    fn remark(&mut self, rules: &AuditRules) {
        let enough = |measure: &&Measure| measure.of >= rules.enough;
        let value = |measure: Option<Measure>| measure.as_ref().filter(enough).map(|measure| measure.value);
        let far = |above: bool| {
            let values = self.deviations.values().filter(enough).map(|measure| measure.value);
            values.into_iter().any(|value| if above { value >= rules.deviation } else { value <= -rules.deviation })
        };
        let remarks = [
            (Remark::Above, far(true)),
            (Remark::Below, far(false)),
            (Remark::Unattributed, value(self.unattributed).is_some_and(|share| share >= rules.unattributed)),
            (Remark::OwnBlame, value(self.own_blame).is_some_and(|share| share >= rules.own_blame)),
            (Remark::Late, value(self.late).is_some_and(|days| days >= rules.late)),
        ];
        self.remarks = remarks.into_iter().filter(|(_, holds)| *holds).map(|(remark, _)| remark).collect();
    }
}

/// Every tally of an event with its place among the others.
fn placed(
    articles: &[Arc<Article>],
    claims_of: &[Range<usize>],
    events: &Events,
    origins: &Origins,
    tallies: &[Tally],
    rules: &AuditRules,
) -> Vec<Placed> {
    let firsts: Vec<First> = events.events.iter().map(|event| First::of(articles, claims_of, &event.claims)).collect();
    let mut questions: BTreeMap<(usize, Outcome), Vec<usize>> = BTreeMap::new();
    for (index, tally) in tallies.iter().enumerate() {
        if let Some(event) = tally.event {
            questions.entry((event, tally.outcome)).or_default().push(index);
        }
    }
    let origin_of = |tally: &Tally| origins.of_all(&tally.claims).unwrap_or_default().to_owned();
    let versions = versions(articles, claims_of, origins, 0..articles.len());
    let lasts: BTreeSet<usize> = versions.iter().filter_map(|versions| versions.last().copied()).collect();
    let mut all = Vec::new();
    for ((event, _), mut members) in questions {
        let article = |index: usize| articles.get(tallies[index].document);
        members.sort_by_key(|&index| {
            (tallies[index].as_of, article(index).map(|article| &article.document), tallies[index].best, index)
        });
        let mut last: BTreeMap<String, u64> = BTreeMap::new();
        for &index in members.iter().filter(|&&index| lasts.contains(&tallies[index].document)) {
            last.extend(tallies[index].best.map(|best| (origin_of(&tallies[index]), best)));
        }
        let middle = (last.len() >= rules.origins).then(|| middle(last.into_values().map(|n| n as f64).collect()));
        let middle = middle.flatten();
        all.extend(members.iter().map(|&index| {
            let published = article(index).and_then(|article| article.published);
            Placed {
                tally: index,
                origin: origin_of(&tallies[index]),
                middle,
                deviation: tallies[index].best.zip(middle).and_then(|(best, middle)| deviation(best as f64, middle)),
                late: published.and_then(|day| firsts.get(event)?.days_before(day)),
            }
        }));
    }
    all
}

/// The first day on which an event was told, and how many outlets told it.
struct First {
    day: Option<Date>,
    outlets: usize,
}

impl First {
    fn of(articles: &[Arc<Article>], claims_of: &[Range<usize>], members: &[usize]) -> Self {
        let documents: BTreeSet<usize> =
            members.iter().map(|&claim| claims_of.partition_point(|claims| claims.end <= claim)).collect();
        let told = || documents.iter().filter_map(|&document| articles.get(document));
        let outlets: BTreeSet<&str> = told().filter_map(|article| article.outlet.as_deref()).collect();
        let of_outlets = told().filter(|article| article.outlet.is_some());
        Self { day: of_outlets.filter_map(|article| article.published).min(), outlets: outlets.len() }
    }

    fn days_before(&self, day: Date) -> Option<i64> {
        let first = self.day.filter(|_| self.outlets > 1)?;
        Some(i64::from((day - first).get_days()))
    }
}

/// Signed distance from the middle, relative to it; unknown where the middle is nobody and the figure somebody.
fn deviation(number: f64, middle: f64) -> Option<f64> {
    match (number, middle) {
        (0.0, 0.0) => Some(0.0),
        (_, 0.0) => None,
        _ => Some((number - middle) / middle),
    }
}

/// The middle of each event's values, so that an event told often weighs no more than another.
fn by_event(values: impl Iterator<Item = (usize, f64)>) -> Vec<f64> {
    let mut events: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    values.for_each(|(event, value)| events.entry(event).or_default().push(value));
    events.into_values().filter_map(middle).collect()
}

fn middle_of(values: Vec<f64>) -> Option<Measure> {
    let of = values.len();
    middle(values).map(|value| Measure { value, of })
}

/// The median.
fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = *values.get(half)?;
    Some(if values.len().is_multiple_of(2) { (values[half - 1] + upper) / 2.0 } else { upper })
}

/// The share of claims that the outlet makes in its own voice.
fn without_speaker<'a>(claims: impl Iterator<Item = &'a Claim>) -> Option<Measure> {
    let (mut of, mut own) = (0_usize, 0_usize);
    for claim in claims {
        of += 1;
        own += usize::from(claim.speaker.is_none());
    }
    (of > 0).then(|| Measure { value: own as f64 / of as f64, of })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Id, Setting};
    use crate::compare::claim_of_line;
    use crate::event::Event;
    use crate::rules::{RuleFiles, RuleSet};
    use crate::tally;

    /// The audit of articles of one claim each, all of one event.
    fn audited(lines: &[&str]) -> Audit {
        let named = lines.iter().enumerate();
        let claims: Vec<Claim> = named.map(|(n, line)| claim_of_line(line, &format!("d{n}")).unwrap()).collect();
        let articles: Vec<_> = claims.iter().map(|claim| Arc::clone(&claim.article)).collect();
        let claims_of: Vec<_> = (0..claims.len()).map(|i| i..i + 1).collect();
        let members = (0..claims.len()).collect();
        let event = Event { id: Id(0), label: String::new(), time: None, setting: Setting::default(), claims: members };
        let events = Events { events: vec![event], of: vec![Some(0); claims.len()], ..Events::default() };
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let tallies = tally::tallies(&claims, &claims_of, &events, &rules.compare.tallies);
        let origins = Origins::trace(&claims, &rules.compare.origins);
        audit(&articles, &claims, &claims_of, &events, &origins, &tallies, &rules.audit)
    }

    fn outlet<'a>(audit: &'a Audit, name: &str) -> &'a Outlet {
        audit.outlets.iter().find(|outlet| &*outlet.name == name).unwrap()
    }

    #[test]
    fn an_outlet_is_placed_by_the_middle_of_independent_origins() {
        let audit = audited(&["10 killed; in A", "20 killed; in B", "40 killed; in C", "40 killed; by X; in D"]);
        let deviation = |name: &str| outlet(&audit, name).deviations[&Outcome::Killed];
        assert_eq!(deviation("A"), Measure { value: -2.0 / 3.0, of: 1 });
        assert_eq!(deviation("C").value, 1.0 / 3.0);
        assert!(outlet(&audit, "A").remarks.is_empty(), "one event is not enough for a remark");
    }

    #[test]
    fn what_one_origin_says_has_no_middle_however_many_carry_it() {
        let audit = audited(&["10 killed; by X; in A", "12 killed; by X; in B"]);
        assert!(audit.figures.iter().all(|figure| figure.middle.is_none() && figure.deviation.is_none()));
        assert!(audit.outlets.iter().all(|outlet| outlet.deviations.is_empty()));
    }

    #[test]
    fn delay_counts_from_the_first_outlet_and_no_date_is_no_delay() {
        let audit = audited(&[
            "9 killed; in A; published 2020-09-28",
            "9 killed; in B; published 2020-10-01",
            "9 killed; in C",
        ]);
        assert_eq!(outlet(&audit, "A").late.map(|late| late.value), Some(0.0));
        assert_eq!(outlet(&audit, "B").late.map(|late| late.value), Some(3.0));
        assert_eq!(outlet(&audit, "C").late, None);
        assert_eq!(audited(&["9 killed; in A; published 2020-09-28"]).figures[0].late, None);
    }

    #[test]
    fn versions_of_an_article_are_one_that_came_with_the_first_and_says_what_the_last_says() {
        let audit = audited(&[
            "8 killed; in A; url a.example/raid; published 2020-09-28",
            "10 killed; by X; in A; url a.example/raid; published 2020-09-30",
            "20 killed; in B; published 2020-09-28",
            "30 killed; in C; published 2020-09-29",
        ]);
        let own = outlet(&audit, "A");
        assert_eq!((own.articles, own.events), (1, 1));
        assert_eq!(own.late, Some(Measure { value: 0.0, of: 1 }));
        assert_eq!(own.unattributed, Some(Measure { value: 0.0, of: 1 }));
        assert_eq!(own.deviations[&Outcome::Killed].value, -0.5, "the middle is that of 10, 20 and 30");
    }

    #[test]
    fn shares_are_of_claims_in_the_own_voice() {
        let audit = audited(&["9 killed; in A", "8 killed; by X; in A", "blames Y for attack; in A", "9 killed; in B"]);
        assert_eq!(outlet(&audit, "A").unattributed, Some(Measure { value: 0.5, of: 2 }));
        assert_eq!(outlet(&audit, "A").own_blame, Some(Measure { value: 1.0, of: 1 }));
        assert_eq!(outlet(&audit, "B").own_blame, None);
    }

    #[test]
    fn the_middle_of_two_lies_between_them() {
        assert_eq!(middle(vec![4.0, 1.0]), Some(2.5));
        assert_eq!(middle(Vec::new()), None);
        assert_eq!((deviation(0.0, 0.0), deviation(3.0, 0.0)), (Some(0.0), None));
    }
}
