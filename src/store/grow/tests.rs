//! A store that grows article by article holds what one holds that was settled at once.

use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::input::Raw;
use crate::rules::RuleFiles;
use crate::store::PATIENCE;
use crate::text::Article;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

/// The same rules, but that a few sentences are a crowd.
static CROWDED: LazyLock<RuleSet> = LazyLock::new(|| {
    let mut rules = RULES.clone();
    rules.compare.origins.copies.most = 3;
    rules
});

/// Numbers that look drawn by lot, the same each time.
struct Lot(u64);

impl Lot {
    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &all[usize::try_from(self.0 >> 33).unwrap() % all.len()]
    }
}

/// Articles that tell of a few happenings: other numbers, other words, copies, background, a name.
fn articles(seed: u64, number: usize) -> Vec<Raw> {
    let mut lot = Lot(seed);
    let article = |n: usize| {
        let day = *lot.of(&[11, 12, 12, 13, 14, 20, 27]);
        let published = *lot.of(&[Some(0), Some(1), Some(1), Some(2), None]);
        let published = published.map(|later| format!("2022-09-{:02}", day + later).parse().unwrap());
        let (side, town) =
            *lot.of(&[("Armenia", "Sotk"), ("Azerbaijan", "Lachin"), ("Ukraine", "Kherson"), ("Ukraine", "Izium")]);
        let killed = *lot.of(&[3, 4, 12, 49, 105]);
        let place = *lot.of(&["near the old mill", "at the Rosedale market", "beside the Fernhill school"]);
        let told = *lot.of(&[
            "the defence ministry said",
            "officials said on Monday",
            "a spokesman for the Quill Foundation said in the evening",
        ]);
        let more = *lot.of(&[
            "",
            " Dora Quill, 41, was killed in the blast.",
            " More than 6,500 people have been killed since the fighting began.",
            " More than 7,200 people have been killed since the fighting began.",
            " More than 900 people have been killed in the region since the fighting began again.",
            " Two buses were hit and nine people were wounded when the shells came down on the road to the north.",
        ]);
        let text = format!(
            "On {day} September 2022 {killed} soldiers of {side} were killed when shells hit {town} {place}, {told}.{more}\n"
        );
        let outlet = *lot.of(&[Some("Courier"), Some("Herald"), Some("Lantern Post"), None, None]);
        let title = *lot.of(&[None, None, Some("Shells hit the old mill and the market in one week")]);
        let credit = *lot.of(&[None, None, None, Some("Reuters"), Some("Quill Press")]);
        let url = *lot.of(&[None, None, None, Some("https://courier.example/live")]);
        let article = Article {
            // The first by name need not come first.
            document: format!("a{:03}", n * 37 % 101).into(),
            outlet: outlet.map(Into::into),
            published,
            title: title.map(Into::into),
            url: url.map(Into::into),
            credit: credit.map(Into::into),
            ..Article::default()
        };
        Raw { article, text, ..Raw::default() }
    };
    (0..number).map(article).collect()
}

/// All that is derived, but for the traces and the rows.
fn derived(store: &Store) -> Vec<String> {
    let queries = [
        "SELECT line FROM findings ORDER BY finding",
        "SELECT event || ' ' || label || ' ' || ifnull(first_day, '') || ' ' || ifnull(last_day, '') || ' ' || places || ' ' || \
         actors || ' ' || incidents FROM events ORDER BY event",
        "SELECT claim || ' ' || event FROM (SELECT claims.claim, events.event FROM claims JOIN events ON events.id = \
         claims.event) ORDER BY claim",
        "SELECT findings.finding || ' ' || positions.label || ' ' || claims.claim FROM position_claims JOIN positions ON positions.id = \
         position JOIN findings ON findings.id = positions.finding JOIN claims ON claims.id = position_claims.claim \
         ORDER BY 1",
        "SELECT one.document || ' ' || first.document FROM versions JOIN documents AS one ON one.id = versions.document \
         JOIN documents AS first ON first.id = versions.first ORDER BY 1",
        "SELECT count(*) FROM unsettled",
        "SELECT count(*) FROM pragma_foreign_key_check",
    ];
    let mut all = Vec::new();
    for query in queries {
        let mut rows = store.connection.prepare(query).unwrap();
        let rows = rows.query_map((), |row| row.get::<_, rusqlite::types::Value>(0)).unwrap();
        all.extend(rows.map(|value| format!("{:?}", value.unwrap())));
    }
    all
}

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name), PATIENCE).unwrap()
}

/// Grows a store article by article and holds it now and then against one that gets all at once; how many were grown, and how
/// many there were.
fn grown(rules: &RuleSet, seed: u64, number: usize) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let all = articles(seed, number);
    let mut growing = store(folder.path(), "growing.db");
    let mut grown = 0;
    for (n, raw) in all.iter().enumerate().rev() {
        growing.adding(rules).add(vec![raw.clone()]).unwrap();
        let quick = growing.grow(rules).unwrap();
        grown += usize::from(quick);
        if !quick {
            growing.settle(rules).unwrap();
        }
        if n % 8 == 0 {
            let mut whole = store(folder.path(), &format!("whole-{n}.db"));
            whole.adding(rules).add(all[n..].to_vec()).unwrap();
            whole.settle(rules).unwrap();
            let (derived, expected) = (derived(&growing), derived(&whole));
            assert!(expected.len() > 10);
            for (derived, expected) in derived.iter().zip(&expected) {
                assert_eq!(derived, expected, "seed {seed}, from article {n}");
            }
            assert_eq!(derived.len(), expected.len());
        }
    }
    (grown, all.len())
}

#[test]
fn a_store_grows_to_what_it_is_when_all_comes_at_once() {
    for seed in 0..3 {
        let (grown, all) = grown(&RULES, seed, 40);
        assert!(grown * 5 > all * 4, "seed {seed}: only {grown} of {all} grew");
    }
}

#[test]
fn where_sentences_are_crowded_a_store_grows_to_the_same_too() {
    let counts = (3..6).map(|seed| grown(&CROWDED, seed, 48));
    let (grown, all) = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(grown * 2 > all, "only {grown} of {all} grew");
}

#[test]
fn an_article_that_nothing_has_to_do_with_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path(), "news.db");
    let raw = |id: &str, text: &str| Raw {
        article: Article { document: id.into(), ..Article::default() },
        text: text.into(),
        ..Raw::default()
    };
    let one = raw("one", "On 13 September 2022 49 soldiers of Armenia were killed near Sotk.\n");
    store.adding(&RULES).add(vec![one]).unwrap();
    store.settle(&RULES).unwrap();
    let before = derived(&store);
    let other =
        raw("other", "On 2 May 2014 eight people were wounded in a shooting in Bogotá, police in Colombia said.\n");
    store.adding(&RULES).add(vec![other]).unwrap();
    assert!(store.grow(&RULES).unwrap());
    assert!(before.iter().all(|line| derived(&store).contains(line) || line == "Integer(0)"));
}

#[test]
fn an_article_that_reaches_too_far_does_not_hold_up_those_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path(), "news.db");
    let all = articles(1, 12);
    store.adding(&RULES).add(all[..10].to_vec()).unwrap();
    store.settle(&RULES).unwrap();
    store.adding(&RULES).add(vec![all[10].clone()]).unwrap();
    store.connection.execute("UPDATE unsettled SET far = 1", ()).unwrap();
    store.adding(&RULES).add(vec![all[11].clone()]).unwrap();
    assert!(!store.grow(&RULES).unwrap());
    let waiting =
        "SELECT group_concat(documents.document) FROM unsettled JOIN documents ON documents.id = unsettled.document";
    let waiting: String = store.connection.query_row(waiting, (), |row| row.get(0)).unwrap();
    assert_eq!(*waiting, *all[10].article.document);
    store.settle(&RULES).unwrap();
    let mut whole = self::store(folder.path(), "whole.db");
    whole.adding(&RULES).add(all).unwrap();
    whole.settle(&RULES).unwrap();
    assert_eq!(derived(&store), derived(&whole));
}
