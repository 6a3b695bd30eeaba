//! A small analysis made by hand, for the tests of the formats.

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::claim::{Claim, Content, Corrected, Figure, Id, Party, Setting, Victims};
use crate::compare::{Finding, Position, Relation};
use crate::event::{Event, Events};
use crate::tally::Tally;
use crate::text::{Article, Span, TextHash};
use crate::value::{
    Count, DayRange, FindingKind, Interval, Modality, Name, Outcome, Qualifier, Referent, Standing, Tolerance, Verdict,
    VictimClass,
};

pub(super) const SENTENCE: &str = "The ministry said <b>about</b> 50 of their | soldiers were killed on *Tuesday*.";

fn article(document: &str, outlet: Option<&str>, published: Option<&str>, title: &str) -> Arc<Article> {
    Arc::new(Article {
        document: document.into(),
        outlet: outlet.map(Into::into),
        published: published.and_then(|day| day.parse().ok()),
        credit: None,
        title: Some(title.into()),
        url: Some(format!("https://example.org/{document}?a=(1)").into()),
        sha256: Some(TextHash::of(title)),
    })
}

fn killed(article: &Arc<Article>, value: u64, quote: &str, sentence: &str, speaker: Option<&str>) -> Claim {
    let count = Count::new(Qualifier::Exact, value, None, &Tolerance { about: 0.1, nearly: 0.1 });
    let at = sentence.find(quote).unwrap();
    Claim {
        id: Id::of(&[&article.document, quote]),
        article: Arc::clone(article),
        content: Content::Casualty(Figure {
            outcome: Outcome::Killed,
            count,
            words: value.to_string().into(),
            victims: Victims { text: "soldiers".into(), class: VictimClass::Military, side: Some("Armenia".into()) },
            cumulative: false,
            part: false,
            increment: false,
            standing: Standing::Plain,
            perpetrator: false,
            referent: Referent::New,
            others: false,
            joined: false,
            incidents: 1,
        })
        .into(),
        start: 0,
        end: 5,
        quote: Span::new(at, at + quote.len()),
        sentence: sentence.into(),
        sentence_index: 0,
        headline: false,
        speaker: speaker.map(|text| Party { text: text.into(), actor: Some("Armenia".into()) }.into()),
        via: ["Reuters".into()].into(),
        modality: Modality::Asserted,
        time: Some(DayRange::day("2022-09-13".parse().unwrap())),
        timed_here: true,
        setting: Arc::default(),
        article_setting: Arc::default(),
        rule: "en/casualty/killed".into(),
        corrected: Corrected::default(),
    }
}

/// Three articles, two figures that contradict each other, one article that says nothing.
pub(super) fn analysis() -> Analysis {
    let articles = vec![
        article("a", Some("Krone"), Some("2022-09-14"), "=Fight"),
        article("b", Some("La | Stampa"), Some("2022-09-16"), "Fight"),
        article("c", None, None, "Weather"),
    ];
    let claims = vec![
        killed(&articles[0], 50, "50 of their | soldiers", SENTENCE, Some("Yerevan")),
        killed(&articles[1], 71, "71 soldiers", "=71 soldiers died.", None),
    ];
    let event = Event {
        id: Id::of(&["event"]),
        label: "border clashes".into(),
        time: Some(DayRange::new("2022-09-13".parse().unwrap(), "2022-09-14".parse().unwrap())),
        setting: Setting { actors: Box::new(["Armenia".into(), "Azerbaijan".into()]), ..Setting::default() },
        claims: vec![0, 1],
    };
    let position = |claim: usize, n: u64| Position {
        articles: 1,
        label: n.to_string(),
        interval: Some(Interval::exactly(n)),
        claims: vec![claim],
        origins: vec![Name::from(if claim == 0 { "Yerevan" } else { "Herald" })],
    };
    let finding = Finding {
        id: Id::of(&["finding"]),
        kind: FindingKind::Figure,
        event: 0,
        question: "killed, soldiers of Armenia, border clashes".into(),
        positions: vec![position(0, 50), position(1, 71)],
        relations: vec![Relation {
            a: 0,
            b: 1,
            verdict: Verdict::Contradiction,
            rule: "compare/figure/apart".into(),
            why: "50 and 71 cannot both be the number on one day.".into(),
            passed: Vec::new(),
            nearest: None,
        }],
        uncompared: Vec::new(),
        verdict: Verdict::Contradiction,
        severity: 0.4,
    };
    let tally = |document: usize, n: u64| Tally {
        document,
        event: Some(0),
        outcome: Outcome::Killed,
        low: Some(n),
        best: Some(n),
        high: None,
        as_of: Some("2022-09-13".parse().unwrap()),
        main: true,
        claims: vec![document],
    };
    Analysis {
        articles,
        claims_of: vec![0..1, 1..2, 2..2],
        claims,
        events: Events { events: vec![event], of: vec![Some(0), Some(0)], ..Events::default() },
        findings: vec![finding],
        tallies: vec![tally(0, 50), tally(1, 71)],
        ..Analysis::default()
    }
}
