//! Any text as a rule file: it loads, with its examples run, or errors say where it is wrong.

use std::sync::LazyLock;

use gainsay::extract::{self, Gaps, Wanted, extract, trial};
use gainsay::rules::{RuleFiles, RuleSet, catalogue};
use gainsay::text::{Article, Span};
use gainsay::{compare, page, policy};

/// Where a file may stand, by the letter that the input begins with: `a` is the first.
const PATHS: &[&str] = &[
    "en/words/own.toml",
    "en/shapes/own.toml",
    "gazetteer/own.toml",
    "outlets/own.toml",
    "page/own.toml",
    "policies/own.toml",
    "input/fields/own.toml",
    "page/layout.toml",
    "input/web.toml",
    "input/limits.toml",
    "input/languages.toml",
    "input/feed.toml",
    "compare/events.toml",
    "compare/origins.toml",
    "compare/settings.toml",
    "compare/figure.toml",
    "compare/timing.toml",
    "compare/blame.toml",
    "compare/denial.toml",
    "audit.toml",
    "values.toml",
    "score/names.toml",
    "page/en.toml",
    "elsewhere/own.toml",
];

/// A few words and shapes instead of thousands, so that much can be tried in little time.
const WORDS: &str = r#"
[[words]]
class = "person"
set = { victims = "military" }
about = "soldiers"
nouns = ["soldier/soldiers"]

[[words]]
class = "harm"
set = { outcome = "killed" }
about = "verbs whose object dies"
verbs = ["kill/kills/killed/killed/killing"]
"#;

static FEW: LazyLock<RuleFiles> = LazyLock::new(|| {
    let mut few = RuleFiles::default();
    let many = ["en/", "gazetteer/", "outlets/", "policies/"];
    for file in RuleFiles::built_in().iter().filter(|file| !many.iter().any(|folder| file.path.starts_with(folder))) {
        few.insert(&file.path, &file.shown, &file.text);
    }
    few.insert("en/words/few.toml", "few.toml", WORDS);
    few
});

const TEXT: &str = "At least 12 soldiers were killed near Gyumri on 3 May 2021, the ministry said. Two died.";

pub(crate) fn check(data: &[u8]) {
    let Some((&letter, bytes)) = data.split_first() else { return };
    let path = PATHS[usize::from(letter.wrapping_sub(b'a')) % PATHS.len()];
    let mut files = FEW.clone();
    files.insert(path, "own.toml", &String::from_utf8_lossy(bytes));
    let rules = match RuleSet::load(&files) {
        Ok(rules) => rules,
        Err(errors) => {
            assert!(!errors.is_empty());
            return errors
                .iter()
                .for_each(|error| assert!(!error.message.is_empty() && error.at.length > 0, "{error}"));
        }
    };
    catalogue::check(&rules);
    match path.split('/').next() {
        Some("en" | "gazetteer" | "outlets" | "values.toml") => drop(trial::check_examples(&rules)),
        Some("page") => drop(page::check_examples(&rules.page)),
        Some("policies") => drop(policy::check_examples(&rules.policies, &rules.compare)),
        Some("compare") => drop(compare::check_examples(&rules.compare)),
        _ => {}
    }
    let article = Article { document: "a".into(), ..Article::default() };
    let document = page::read(&rules.page, article, TEXT.to_owned());
    let wanted = Wanted { times: true, attributions: true, gaps: Gaps::All, texts: false };
    let extract::Extraction { claims, .. } = extract(&document, &rules, wanted);
    assert!(claims.iter().all(|claim| claim.quote != Span::default()));
}
