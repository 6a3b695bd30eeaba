//! The committed page of the seed articles: every link has its place, every script and style stands in its policy, and
//! nothing is fetched.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

fn page() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/report.html");
    std::fs::read_to_string(path).unwrap()
}

/// The page without its scripts, styles and data.
fn markup(page: &str) -> String {
    let mut markup = String::new();
    let mut rest = page;
    while let Some(start) = ["<script", "<style"].iter().filter_map(|open| rest.find(open)).min() {
        markup.push_str(&rest[..start]);
        let close = if rest[start..].starts_with("<script") { "</script>" } else { "</style>" };
        rest = &rest[start + rest[start..].find(close).unwrap() + close.len()..];
    }
    markup + rest
}

/// The values of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let opening = format!(" {attribute}=\"");
    page.split(&opening).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// What stands between two marks, each time.
fn between<'p>(page: &'p str, open: &str, close: &str) -> Vec<&'p str> {
    page.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

#[test]
fn every_link_within_the_page_has_its_place_and_no_place_stands_twice() {
    let markup = markup(&page());
    let ids = values(&markup, "id");
    let places: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), places.len(), "an id stands twice");
    let links = values(&markup, "href").into_iter().filter_map(|link| link.strip_prefix('#'));
    let lost: Vec<&str> = links.filter(|link| !places.contains(link)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let labels = ["aria-labelledby", "aria-controls", "for"].iter().flat_map(|name| values(&markup, name));
    let lost: Vec<&str> = labels.filter(|label| !places.contains(label)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_script_and_style_stands_in_the_policy_with_its_hash_and_nothing_is_fetched() {
    let page = page();
    let policy = values(&page, "content").into_iter().find(|policy| policy.starts_with("default-src")).unwrap();
    let policy = policy.replace("&#39;", "'");
    let run = between(&page, "<script>", "</script>").into_iter().chain(between(&page, "<style>", "</style>"));
    let hashes: Vec<String> =
        run.map(|text| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))).collect();
    assert!(hashes.len() > 5 && hashes.iter().all(|hash| policy.contains(hash.as_str())), "{policy}");
    assert_eq!(policy.matches("sha256-").count(), hashes.len());
    assert!(!policy.contains("unsafe") && !policy.contains("connect-src"), "{policy}");
    let markup = markup(&page);
    assert!(values(&markup, "src").is_empty() && values(&markup, "style").is_empty());
    assert_eq!(between(&markup, "<link ", ">"), ["rel=\"icon\" href=\"data:,\""]);
}

#[test]
fn the_object_for_programs_has_the_fields_of_its_schema() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/report.json");
    let object: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = gainsay::report::schema_of("report").to_value();
    let names = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&object), names(&schema["properties"]));
    assert_eq!(object["summary"]["articles"], 5);
    let quote = object["findings"][0]["positions"][0]["evidence"][0]["claim"].as_str().unwrap();
    assert!(object["claims"].as_array().unwrap().iter().any(|claim| claim["id"] == quote));
}
