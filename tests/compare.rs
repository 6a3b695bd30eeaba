//! Events, findings and tallies over claims written in their one-line form.

use std::sync::Arc;

use gainsay::claim::{Claim, Content, Id, Setting};
use gainsay::compare::{Finding, claim_of_line, findings};
use gainsay::event::{Events, link};
use gainsay::origin::Origins;
use gainsay::rules::{CompareRules, RuleFiles};
use gainsay::value::{FindingKind, Name, Referent, Verdict};
use proptest::prelude::*;

fn rules() -> CompareRules {
    CompareRules::load(&RuleFiles::built_in()).unwrap()
}

/// Claims of one document: each line a sentence of its own.
fn document(name: &str, actors: &[&str], places: &[&str], lines: &[&str]) -> Vec<Claim> {
    let names = |list: &[&str]| list.iter().map(|&name| Name::from(name)).collect::<Box<[_]>>();
    let article = Arc::new(Setting { actors: names(actors), places: names(places), incidents: Box::default() });
    let of_line = |(n, line): (usize, &&str)| {
        let mut claim = claim_of_line(line, name).unwrap();
        claim.article_setting = article.clone();
        claim.sentence_index = n as u32;
        claim.start = n as u32 * 100;
        claim.end = claim.start + 20;
        claim.id = Id::of(&[name, &n.to_string()]);
        if claim.setting.actors.is_empty() {
            Arc::make_mut(&mut claim.setting).actors = article.actors.clone();
        }
        claim
    };
    lines.iter().enumerate().map(of_line).collect()
}

const SIDES: &[&str] = &["Armenia", "Azerbaijan"];

fn war_and_clashes() -> Vec<Claim> {
    let karabakh = ["Nagorno-Karabakh"];
    let war = [
        "start 2020-09-27; kind fighting; published 2020-09-28",
        "at_least 31 killed, military of Armenia; on 2020-09-26..2020-09-28; published 2020-09-28",
    ];
    let clashes = [
        "occurrence 2022-09-13; kind fighting; published 2022-10-02",
        "more_than 200 killed; on 2022-09-11..2022-09-20; published 2022-10-02",
        "occurrence 2020-01-01..2020-12-31; kind war; published 2022-10-02",
    ];
    let undated = [
        "about 50 killed, military of Armenia",
        "blames Azerbaijan for attack; by Armenia",
        "blames Armenia for provocation; by Azerbaijan",
        "end 2020-09-01..2020-11-30; kind war",
        "blames Tajikistan for taking positions; by Kyrgyzstan; among Tajikistan; among Kyrgyzstan",
        "blames Kyrgyzstan for firing; by Tajikistan; among Tajikistan; among Kyrgyzstan",
    ];
    let mut claims = document("war-2020", SIDES, &karabakh, &war);
    claims.extend(document("clashes-2022", SIDES, &[], &clashes));
    claims.extend(document("undated", SIDES, &karabakh, &undated));
    claims
}

fn linked(claims: &[Claim]) -> (Events, Vec<Finding>) {
    let rules = rules();
    let events = link(claims, &rules.events, &rules.phrases);
    let origins = Origins::trace(claims, &rules.origins);
    let found = findings(claims, &events, &origins, &rules);
    (events, found)
}

fn event_of(claims: &[Claim], events: &Events, document: &str, line: u32) -> usize {
    let at = claims.iter().position(|c| &*c.article.document == document && c.start == line * 100).unwrap();
    events.of_claim(at).unwrap()
}

#[test]
fn the_same_sides_two_years_apart_are_two_events_and_background_joins_the_older() {
    let claims = war_and_clashes();
    let (events, _) = linked(&claims);
    let event = |document, line| event_of(&claims, &events, document, line);
    assert_ne!(event("war-2020", 1), event("clashes-2022", 1));
    assert_eq!(event("clashes-2022", 2), event("war-2020", 0));
}

#[test]
fn an_undated_article_joins_the_event_it_does_not_speak_of_as_past() {
    let claims = war_and_clashes();
    let (events, found) = linked(&claims);
    assert_eq!(event_of(&claims, &events, "undated", 0), event_of(&claims, &events, "clashes-2022", 1));
    let figure = found.iter().find(|finding| finding.kind == FindingKind::Figure).unwrap();
    assert_eq!(figure.verdict, Verdict::Update, "{:?}", figure.relations);
}

#[test]
fn a_crime_told_with_a_day_a_month_and_a_year_is_one_event() {
    let trial = [
        "4 killed; headline; published 2017-01-17",
        "4 killed; on 2015-01-01..2015-12-31; published 2017-01-17",
        "blames Ada Quill for murder; published 2017-01-17",
    ];
    let sentence =
        ["4 killed; on 2015-06-01..2015-06-30; published 2017-01-19", "4 killed; on 2015-06-13; published 2017-01-19"];
    let mut claims = document("trial", &["Ohio"], &["Columbus"], &trial);
    claims.extend(document("sentence", &["Ohio"], &["Columbus"], &sentence));
    let (events, _) = linked(&claims);
    assert_eq!(events.events.len(), 1, "{:?}", events.events);
}

#[test]
fn a_person_killed_is_one_event_with_the_trial_months_later() {
    let events = |other: &str| {
        let mut claims = document("crime", &[], &["Gyumri"], &["1 killed; on 2015-08-29; published 2015-08-30"]);
        claims.extend(document("trial", &[], &["Gyumri"], &["1 killed; on 2016-01-05; published 2016-01-06"]));
        for (claim, name) in claims.iter_mut().zip(["Dora Quill", other]) {
            let Content::Casualty(figure) = Arc::make_mut(&mut claim.content) else { panic!("a figure is told") };
            (figure.words, figure.referent) = (name.into(), Referent::Named);
        }
        linked(&claims).0.events.len()
    };
    assert_eq!(events("Dora Ada Quill"), 1);
    assert_eq!(events("Ada Birch"), 2);
}

#[test]
fn a_plea_denies_what_its_maker_is_accused_of_in_other_articles() {
    let plea = ["4 killed; on 2015-06-13; published 2015-06-20", "denies; by Ada Quill; published 2015-06-20"];
    let verdict =
        ["4 killed; on 2015-06-13; published 2015-06-21", "blames Ada Lee Quill for murder; published 2015-06-21"];
    let mut claims = document("plea", &["Ohio"], &["Columbus"], &plea);
    claims.extend(document("verdict", &["Ohio"], &["Columbus"], &verdict));
    let (_, found) = linked(&claims);
    let denial = found.iter().find(|finding| finding.kind == FindingKind::Denial).expect("a denial is found");
    assert_eq!(denial.verdict, Verdict::Contradiction);
    assert_eq!(denial.relations[0].rule.as_str(), "claimed-and-denied");
}

#[test]
fn findings_tell_origins_gates_and_what_was_not_compared() {
    let told = |sentence: &str, number: u32, outlet: &str| {
        format!("{number} killed; on 2015-02-05; published 2015-02-05; in {outlet}; told {sentence}")
    };
    let copied = "Seven men died in the old mill town on Monday when a bridge fell, police said";
    let other = "The river took the bridge and with it everybody who stood on it that morning";
    let lines = [told(copied, 7, "Herald"), told(copied, 7, "Courier"), told(other, 9, "Ledger")];
    let mut claims = Vec::new();
    for (line, name) in lines.iter().zip(["a", "b", "c"]) {
        claims.extend(document(name, &["Ohio"], &["Columbus"], &[line.as_str()]));
    }
    let (_, found) = linked(&claims);
    let figure = found.iter().find(|finding| finding.kind == FindingKind::Figure).unwrap();
    let origins: Vec<usize> = figure.positions.iter().map(|position| position.origins.len()).collect();
    assert_eq!(origins, [1, 1], "{:?}", figure.positions);
    assert!(figure.relations.iter().all(|relation| !relation.passed.is_empty()));
}

#[test]
fn another_shooting_in_a_paragraph_is_an_event_of_its_own() {
    let claims = war_and_clashes();
    let (events, found) = linked(&claims);
    let border = event_of(&claims, &events, "undated", 4);
    assert_eq!(border, event_of(&claims, &events, "undated", 5));
    assert_ne!(border, event_of(&claims, &events, "undated", 0));
    let blames = |e: usize| found.iter().find(|f| f.kind == FindingKind::Blame && f.event == e).unwrap().verdict;
    assert_eq!(blames(border), Verdict::Contradiction);
    assert_eq!(blames(event_of(&claims, &events, "undated", 1)), Verdict::Contradiction);
}

#[test]
fn a_hundred_outlets_with_one_number_are_one_position() {
    let mut claims = Vec::new();
    for n in 0..100 {
        let line = format!("12 killed; on 2015-02-01; at Homs; in Outlet {n}; published 2015-02-01");
        claims.extend(document(&format!("d{n}"), &["Syria"], &["Homs"], &[&line]));
    }
    let last = "9 killed; on 2015-02-01; at Homs; in Last; published 2015-02-01";
    claims.extend(document("last", &["Syria"], &["Homs"], &[last]));
    let (_, found) = linked(&claims);
    assert_eq!(found.len(), 1);
    let sizes: Vec<usize> = found[0].positions.iter().map(|position| position.claims.len()).collect();
    assert_eq!(sizes, [1, 100]);
    assert_eq!(found[0].verdict, Verdict::Contradiction);
    assert!(found[0].relations[0].why.contains("12") && found[0].relations[0].why.contains('9'));
}

#[test]
fn ten_thousand_copies_are_one_event_and_one_position() {
    let line = "12 killed; on 2015-02-01; at Homs; published 2015-02-01";
    let copies = (0..10_000).flat_map(|n| document(&format!("d{n}"), &["Syria"], &["Homs"], &[line]));
    let claims: Vec<Claim> = copies.collect();
    let (events, found) = linked(&claims);
    assert_eq!((events.events.len(), found.len()), (1, 1));
    assert_eq!(found[0].positions.len(), 1);
}

#[test]
fn a_denial_contradicts_what_it_denies_and_everything_else_said_against_the_denier() {
    let blame = "blames Adams for murder; on 2015-06-13; at Homs";
    let mut claims = document("a", &["Syria"], &["Homs"], &[blame]);
    claims.extend(document("b", &["Syria"], &["Homs"], &[blame, "denies; by Adams"]));
    let denied = claims[1].id;
    if let Content::Denial { target } = Arc::make_mut(&mut claims[2].content) {
        *target = Some(denied);
    }
    let (_, found) = linked(&claims);
    let denial = found.iter().find(|finding| finding.kind == FindingKind::Denial).unwrap();
    let claims: usize = denial.positions.iter().map(|position| position.claims.len()).sum();
    assert_eq!((denial.verdict, claims), (Verdict::Contradiction, 3));
}

/// What findings say without the indices that depend on the order of the claims.
fn said(claims: &[Claim], found: &[Finding]) -> Vec<String> {
    let ids = |indices: &[usize]| {
        let mut ids: Vec<Id> = indices.iter().map(|&i| claims[i].id).collect();
        ids.sort();
        format!("{ids:?}")
    };
    let of_finding = |finding: &Finding| {
        let positions: Vec<String> =
            finding.positions.iter().map(|p| format!("{} {}", p.label, ids(&p.claims))).collect();
        let relations: Vec<String> =
            finding.relations.iter().map(|r| format!("{} {} {} {} {}", r.a, r.b, r.verdict, r.rule, r.why)).collect();
        format!("{} {} {positions:?} {relations:?} {}", finding.id, finding.question, finding.severity)
    };
    found.iter().map(of_finding).collect()
}

fn one_of(choices: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(choices)
}

fn line() -> impl Strategy<Value = String> {
    let number = (one_of(&["", "at_least ", "about ", "at_most "]), 1u64..40).prop_map(|(q, n)| format!("{q}{n}"));
    let number = prop_oneof![6 => number, 1 => Just("none".to_owned()), 1 => Just("vague 24..99".to_owned())];
    let outcome = one_of(&["killed", "injured", "casualties"]);
    let people = one_of(&["", ", military of Armenia", ", civilian", ", military of Azerbaijan", ", child"]);
    let flag = one_of(&["", "; cumulative", "; headline", "; part", "; more", "; hedged"]);
    let when = one_of(&[
        "",
        "; on 2022-09-13",
        "; on 2022-09-12..2022-09-14",
        "; on 2022-09-01..2022-09-30",
        "; on 2022-09-20",
    ]);
    let figure = (number, outcome, people, flag, when).prop_map(|(n, o, p, f, w)| format!("{n} {o}{p}{f}{w}"));
    let other = one_of(&[
        "blames Azerbaijan for attack; by Armenia",
        "blames Armenia for attack; by Azerbaijan",
        "blames Azerbaijan for shelling a village",
        "denies; by Azerbaijan",
        "start 2022-09-12; kind fighting",
        "start 2022-09-14; kind fighting",
        "occurrence 2022-09-01..2022-09-30",
    ]);
    prop_oneof![3 => figure, 1 => other.prop_map(str::to_owned)]
}

fn corpus() -> impl Strategy<Value = Vec<Claim>> {
    let one = (proptest::collection::vec(line(), 1..5), 12u8..20, any::<bool>());
    proptest::collection::vec(one, 1..8).prop_map(|documents| {
        let with_tail = |(n, (lines, day, dated)): (usize, (Vec<String>, u8, bool))| {
            let published = if dated { format!("; published 2022-09-{day}") } else { String::new() };
            let lines: Vec<String> =
                lines.iter().map(|line| format!("{line}; in Outlet {}{published}", n % 3)).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            document(&format!("d{n}"), SIDES, &["Jermuk"], &lines)
        };
        documents.into_iter().enumerate().flat_map(with_tail).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_claims_does_not_change_the_findings(claims in corpus(), seed in any::<u64>()) {
        let mut shuffled = claims.clone();
        shuffled.sort_by_key(|claim| Id::of(&[&claim.id.to_string(), &seed.to_string()]));
        let (_, a) = linked(&claims);
        let (_, b) = linked(&shuffled);
        prop_assert_eq!(said(&claims, &a), said(&shuffled, &b));
    }

    #[test]
    fn positions_share_no_claim_and_relations_name_each_pair_once(claims in corpus()) {
        let (events, found) = linked(&claims);
        for finding in &found {
            let mut seen = std::collections::BTreeSet::new();
            for i in finding.positions.iter().flat_map(|position| &position.claims) {
                prop_assert!(seen.insert(*i));
                prop_assert_eq!(events.of_claim(*i), Some(finding.event));
            }
            let mut pairs = std::collections::BTreeSet::new();
            for relation in &finding.relations {
                prop_assert!(relation.a < relation.b && relation.b < finding.positions.len());
                prop_assert!(pairs.insert((relation.a, relation.b)));
            }
            prop_assert!((0.0..=1.0).contains(&finding.severity));
            let gravest = finding.relations.iter().map(|relation| relation.verdict).max();
            prop_assert_eq!(finding.verdict, gravest.unwrap_or(Verdict::Agreement));
        }
    }

    #[test]
    fn the_names_of_the_documents_do_not_change_a_verdict(a in line(), b in line()) {
        let verdicts = |first: &str, second: &str| {
            let (a, b) = (format!("{a}; published 2022-09-13"), format!("{b}; published 2022-09-14"));
            let mut claims = document(first, SIDES, &["Jermuk"], &[&a]);
            claims.extend(document(second, SIDES, &["Jermuk"], &[&b]));
            let (_, found) = linked(&claims);
            let relations = found.iter().flat_map(|f| f.relations.iter().map(|r| (f.kind, r.verdict, r.rule.clone())));
            relations.collect::<Vec<_>>()
        };
        prop_assert_eq!(verdicts("a", "b"), verdicts("b", "a"));
    }
}
