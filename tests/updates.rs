//! Totals over time, versions of articles and credits, from the texts to claims and findings.

mod desk;

use desk::Desk;
use serde_json::Value;

/// The verdict and the rule of every relation of the findings of some articles.
fn relations(articles: &[&str]) -> Vec<(String, String)> {
    let named = articles.iter().enumerate();
    let desk =
        named.fold(Desk::new().folder("articles"), |desk, (n, text)| desk.file(&format!("articles/{n}.txt"), text));
    let ended = desk.run("findings articles");
    assert_eq!((ended.status, ended.err.as_str()), (0, ""));
    let lines = ended.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let all = lines.flat_map(|line| line["relations"].as_array().cloned().unwrap_or_default());
    let word = |relation: &Value, key: &str| relation[key].as_str().unwrap_or_default().to_owned();
    all.map(|relation| (word(&relation, "verdict"), word(&relation, "rule"))).collect()
}

/// An article of an outlet and a day.
fn article(outlet: &str, day: &str, text: &str) -> String {
    format!("---\noutlet: {outlet}\npublished: {day}\n---\n{text}\n")
}

fn decided(a: (&str, &str, &str), b: (&str, &str, &str)) -> Vec<(String, String)> {
    let [a, b] = [a, b].map(|(outlet, day, text)| article(outlet, day, text));
    relations(&[&a, &b])
}

const FIRST: (&str, &str, &str) =
    ("Courier", "2020-09-28", "Armenia said the death toll in the fighting in Nagorno-Karabakh stood at 84.");

fn only(verdict: &str, rule: &str) -> Vec<(String, String)> {
    vec![(verdict.to_owned(), rule.to_owned())]
}

#[test]
fn a_total_that_falls_is_a_contradiction_unless_it_is_revised_or_counted_anew() {
    let later = |text: &'static str| ("Herald", "2020-09-30", text);
    let fallen = later("Armenia said the death toll in the fighting in Nagorno-Karabakh stood at 79.");
    assert_eq!(decided(FIRST, fallen), only("contradiction", "fallen"));
    let risen = later("Armenia said the death toll in the fighting in Nagorno-Karabakh rose to 96.");
    assert_eq!(decided(FIRST, risen), only("update", "later-and-higher"));
    let revised =
        later("Armenia said the death toll in the fighting in Nagorno-Karabakh was 79, revising an earlier count.");
    assert_eq!(decided(FIRST, revised), only("update", "revised"));
    let former = later("Armenia said the death toll in the fighting in Nagorno-Karabakh was 79, down from 84.");
    let former = decided(FIRST, former);
    assert!(former.contains(&("update".to_owned(), "revised".to_owned())), "{former:?}");
    let anew = later("Armenia said 12 people had been killed in Nagorno-Karabakh since fighting resumed.");
    assert_eq!(decided(FIRST, anew), only("scope", "counted-anew"));
}

#[test]
fn what_comes_on_top_of_an_earlier_figure_has_to_make_the_total() {
    let told = |total: u32| {
        format!(
            "Twelve more people were killed in Gyumri, raising the death toll to {total}, up from 84 on Sunday, police said."
        )
    };
    let rules = |total: u32| relations(&[&article("Courier", "2020-09-28", &told(total))]);
    assert!(rules(97).contains(&("contradiction".to_owned(), "miscounted".to_owned())), "{:?}", rules(97));
    assert!(rules(96).iter().all(|(verdict, _)| verdict != "contradiction"), "{:?}", rules(96));
}

#[test]
fn an_outlet_that_changes_a_number_in_its_own_article_is_told() {
    let told = |number: &str| {
        format!(
            "{number} people were killed when a shell hit the old bakery in Gyumri on Monday, the police of the town said."
        )
    };
    let [six, seven] =
        ["Six", "Seven"].map(|number| format!("{number} killed as shell hits bakery in Gyumri\n\n{}", told(number)));
    let (first, second) = (("Courier", "2020-09-28", &*six), ("Courier", "2020-09-29", &*seven));
    assert!(
        decided(first, second).contains(&("update".to_owned(), "rewritten".to_owned())),
        "{:?}",
        decided(first, second)
    );
    let (first, second) = (("Courier", "2020-09-28", &*seven), ("Courier", "2020-09-29", &*six));
    let lower = decided(first, second);
    assert!(lower.contains(&("contradiction".to_owned(), "rewritten-lower".to_owned())), "{lower:?}");
    let other = decided(first, ("Herald", "2020-09-29", &*six));
    assert!(other.iter().all(|(_, rule)| !rule.starts_with("rewritten")), "{other:?}");
}

#[test]
fn an_article_names_the_agency_it_credits_wherever_that_stands() {
    let credit = |text: &str| {
        let ended = Desk::new().stdin(text).run("claims - --format jsonl");
        let line: Value = serde_json::from_str(ended.out.lines().next().unwrap()).unwrap();
        line["credit"].as_str().map(str::to_owned)
    };
    let told = "Three potters were killed in Gyumri on Monday when a shell hit their workshop, their guild said.";
    let plain = format!("Three die in Gyumri\n\n{told}\n");
    assert_eq!(credit(&plain), None);
    let dateline = format!("Three die in Gyumri\n\nGYUMRI (Reuters) - {told}\n");
    assert_eq!(credit(&dateline).as_deref(), Some("Reuters"));
    let thanks = format!("{plain}\nAgence France-Presse contributed to this report.\n");
    assert_eq!(credit(&thanks).as_deref(), Some("AFP"));
    let byline = format!("Three die in Gyumri\n\nBy The Associated Press\n\n{told}\n");
    assert_eq!(credit(&byline).as_deref(), Some("AP"));
    let two = format!("{plain}\nAP and Reuters contributed to this report.\n");
    assert_eq!(credit(&two), None);
}
