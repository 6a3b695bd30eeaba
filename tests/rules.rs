//! The rule files: every example does what it says, and every mistake in a file is named with its place and mend.

use std::path::Path;

use gainsay::compare;
use gainsay::error::Error;
use gainsay::extract::trial;
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet, catalogue};
use gainsay::value::{
    Bound, ClaimMark, CountsOnce, Fallback, GradeTest, NoteField, PolicyLines, PolicyStep, VagueRule,
};

fn built_in() -> RuleSet {
    RuleSet::load(&RuleFiles::built_in()).unwrap_or_else(|errors| panic!("{}", listed(&errors)))
}

fn listed(errors: &[Error]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn every_example_of_every_rule_does_what_it_says() {
    let rules = built_in();
    let mut errors = trial::check_examples(&rules);
    errors.extend(compare::check_examples(&rules.compare));
    errors.extend(page::check_examples(&rules.page));
    errors.extend(gainsay::policy::check_examples(&rules.policies, &rules.compare));
    assert!(errors.is_empty(), "{} examples fail:\n{}", errors.len(), listed(&errors));
}

#[test]
fn ids_begin_with_their_file_and_every_class_of_a_pattern_has_words() {
    let errors = catalogue::check(&built_in());
    assert!(errors.is_empty(), "{}", listed(&errors));
}

#[test]
fn every_rule_file_of_the_checkout_is_built_in_and_loads_from_its_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = RuleFiles::default();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let below = path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(&below, &path, &std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let paths = |files: &RuleFiles| files.iter().map(|file| (file.path.clone(), file.text.clone())).collect::<Vec<_>>();
    assert_eq!(paths(&files), paths(&RuleFiles::built_in()));
    assert!(RuleSet::load(&files).is_ok());
}

/// A mistake: the file it is in and its text, then where the error is, what it says and what its help says.
type Mistake = (&'static str, String, (usize, usize), &'static str, &'static str);

/// A shape file of one rule, in which `from` is replaced by `to`.
fn shape(from: &str, to: &str) -> String {
    let whole = "stage = \"count\"\n\n[[rule]]\nid = \"own/some\"\nabout = \"a\"\nemits = \"count\"\n\
                 pattern = 'a:number \"souls\"'\nmatches = [[\"12 souls\", \"12\"]]\nignores = [\"12\"]\n";
    assert!(whole.contains(from), "{from}");
    whole.replace(from, to)
}

/// The denial rules, in which `from` is replaced by `to`.
fn comparison(from: &str, to: &str) -> String {
    let whole = "[[rule]]\nid = \"own\"\nsummary = \"a\"\nverdict = \"contradiction\"\nwhen = [\"denies\"]\n\
                 because = \"{a.who}\"\nmatches = [[\"a\", \"b\"]]\nignores = [[\"a\", \"b\"]]\n";
    assert!(whole.contains(from), "{from}");
    whole.replace(from, to)
}

/// A policy in which `from` is replaced by `to`.
fn policy(from: &str, to: &str) -> String {
    let whole = "name = \"Own\"\nsource = \"a\"\nabout = \"a\"\noutcomes = [\"killed\"]\nlines = \"one\"\n\
                 counts-once = \"origin\"\nsteps = [\"latest\", \"lowest\"]\nvague = \"low\"\nshares-out = true\n\
                 low = \"none\"\nhigh = \"none\"\nfallback = \"blank\"\nnote = \"By {sources}\"\n\
                 dispute = \"Told: {figures}\"\nmatches = [[\"12 killed\", \"12\"]]\n";
    assert!(whole.contains(from), "{from}");
    whole.replacen(from, to, 1)
}

fn mistakes() -> Vec<Mistake> {
    const SHAPES: &str = "en/shapes/own.toml";
    const WORDS: &str = "en/words/own.toml";
    const DENIAL: &str = "compare/denial.toml";
    const POLICY: &str = "policies/own.toml";
    vec![
        (SHAPES, shape("about", "abuot"), (5, 1), "unknown field `abuot`", "did you mean `about`?"),
        (SHAPES, shape("about = \"a\"\n", ""), (3, 1), "missing field `about`", "add `about = …`"),
        (SHAPES, shape("about = \"a\"", "about = 3"), (5, 9), "invalid type: integer `3`", "write a string"),
        (SHAPES, shape("\"own/some\"", "\"own/some"), (4, 15), "invalid basic string", "write `\"` here"),
        (SHAPES, shape("own/some", "count/plain"), (4, 6), "already named `count/plain`", "rules/en/shapes/count.toml"),
        (SHAPES, shape("ignores = [\"12\"]\n", ""), (4, 6), "lacks examples", "one under `ignores`"),
        (
            SHAPES,
            shape("a:number", "a:numbr"),
            (7, 14),
            "no class or mention is named `numbr`",
            "did you mean `number`?",
        ),
        (SHAPES, shape("a:number", "a:number <subject>"), (7, 21), "no pattern is named `subject`", "`<subjects>`"),
        (SHAPES, shape("a:number", "a:number harm/parts"), (7, 26), "`parts` is no form", "forms are base, s, past"),
        (SHAPES, shape("a:number", "(a:number"), (7, 29), "`(` is not closed", "add `)`"),
        (SHAPES, shape("a:number", "a:number )"), (7, 21), "this closes nothing", "open a group"),
        (SHAPES, shape("a:number", "."), (7, 12), "cannot begin with `.`", "begin with a word"),
        (SHAPES, shape("\"count\"\n\n", "\"counts\"\n\n"), (1, 9), "`counts` is no stage", "stages are time, count"),
        (
            WORDS,
            "[[words]]\nclass = \"own\"\nwords = [\"serf\", \"serf\"]\n".into(),
            (3, 18),
            "`serf` is already in class `own`",
            "keep it once",
        ),
        (WORDS, "[[words]]\nclass = \"own\"\nnouns = [\"serf\"]\n".into(), (3, 10), "needs 2 forms", "singular/plural"),
        (WORDS, "[[words]]\nclass = \"own\"\nverbs = [\"a/b\"]\n".into(), (3, 10), "needs 5 forms", "-ing"),
        (
            "gazetteer/own.toml",
            "[[actor]]\nname = \"Ruritania\"\nkind = \"country\"\npeople = [\"French\"]\n".into(),
            (4, 11),
            "`French` already names `France`",
            "keep the likelier one",
        ),
        (DENIAL, comparison("denies", "denys"), (5, 9), "there is no gate `denys`", "`denies`"),
        (DENIAL, comparison("a.who", "a.whom"), (6, 11), "no placeholder `{a.whom}`", "`{a.who}`"),
        (DENIAL, comparison("contradiction", "lie"), (4, 11), "`lie` is not one of", "closed list"),
        (POLICY, policy("name", "nmae"), (1, 1), "unknown field `nmae`", "did you mean `name`?"),
        (POLICY, policy("\"killed\"", "\"slain\""), (4, 13), "`slain` is not one of", "README"),
        (POLICY, policy("\"latest\"", "\"lastest\""), (7, 10), "`lastest` is not one of", "did you mean `latest`?"),
        (POLICY, policy(", \"lowest\"", ""), (7, 9), "may leave several numbers", "end with `lowest`"),
        (POLICY, policy("\"latest\", ", "\"highest\", "), (7, 9), "nothing is left to do after `highest`", "last"),
        (POLICY, policy("\"latest\", \"lowest\"", ""), (7, 9), "nothing is published", "set `low` and `high`"),
        (POLICY, policy("\"By {sources}\"", "\"\""), (13, 8), "never left out", "say how"),
        (POLICY, policy("{sources}", "{source}"), (13, 8), "no placeholder `{source}`", "`{sources}`"),
        (POLICY, policy("[[\"12 killed\", \"12\"]]", "[]"), (15, 11), "needs a worked example", "write `matches"),
        ("audit.toml", "origins = 2\n".into(), (1, 1), "missing field `enough`", "add `enough"),
        ("values.toml", "[tolerance]\nabout = 0.1\n".into(), (1, 1), "missing field `nearly`", "add `nearly"),
    ]
}

#[test]
fn every_mistake_is_one_error_with_its_place_and_its_mend() {
    for (path, text, place, message, help) in mistakes() {
        let mut files = RuleFiles::built_in();
        files.insert(path, Path::new("own").join(path), &text);
        let errors = RuleSet::load(&files).err().unwrap_or_default();
        let [error] = &errors[..] else { panic!("{message}: {}", listed(&errors)) };
        assert_eq!(error.at.file, Path::new("own").join(path), "{error}");
        assert_eq!((error.at.line, error.at.column), place, "{error}");
        assert!(error.message.contains(message), "{error}");
        assert!(error.help.as_ref().is_some_and(|given| given.contains(help)), "{error}");
    }
}

#[test]
fn a_comparison_rule_without_examples_or_with_an_id_given_twice_is_named_for_each_fault() {
    let mut files = RuleFiles::built_in();
    let text = comparison("ignores = [[\"a\", \"b\"]]\n", "") + &comparison("", "");
    files.insert("compare/denial.toml", "denial.toml", &text);
    let errors: Vec<String> = RuleSet::load(&files).err().unwrap_or_default().iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[0].starts_with("denial.toml:2:6: the rule `own` has no `ignores` example; help: write"),
        "{errors:?}"
    );
    assert!(errors[1].starts_with("denial.toml:9:6: a second rule with the id `own`; help: the first"), "{errors:?}");
}

#[test]
fn the_guide_to_the_rules_says_what_every_word_of_a_policy_means() {
    let guide = include_str!("../rules/README.md");
    let mut words: Vec<&str> = NoteField::ALL.iter().map(|word| word.as_str()).collect();
    words.extend(ClaimMark::ALL.iter().map(|word| word.as_str()));
    words.extend(PolicyLines::ALL.iter().map(|word| word.as_str()));
    words.extend(CountsOnce::ALL.iter().map(|word| word.as_str()));
    words.extend(PolicyStep::ALL.iter().map(|word| word.as_str()));
    words.extend(VagueRule::ALL.iter().map(|word| word.as_str()));
    words.extend(Bound::ALL.iter().map(|word| word.as_str()));
    words.extend(Fallback::ALL.iter().map(|word| word.as_str()));
    words.extend(GradeTest::ALL.iter().map(|word| word.as_str()));
    let told = |word: &&str| guide.contains(&format!("`{word}`")) || guide.contains(&format!("`{{{word}}}`"));
    let missing: Vec<&str> = words.into_iter().filter(|word| !told(word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
