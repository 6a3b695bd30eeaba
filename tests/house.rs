//! The house rules, held to the map in the documentation of `src/lib.rs`: who may use whom, where files are opened, and
//! what never stands in the code.

#[path = "house/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{Source, Token, files, read, root, sources};

/// No file is longer, tests included.
const LONGEST: usize = 600;

/// Longer files need a reason.
const LONG: usize = 400;

/// Files longer than [`LONG`] lines, and why they are not split.
const LONG_FILES: &[(&str, &str)] =
    &[("src/rules/lexicon.rs", "the table of words and the looking-up of tokens share its layout")];

/// Macros that have no place in the code: unfinished work, and output that no edge asked for.
const NO_MACROS: &[&str] = &["todo", "unimplemented", "dbg", "print", "println", "eprint", "eprintln"];

/// Types and functions that would let one run differ from the next.
const NO_CHANCE: &[&str] = &["HashMap", "HashSet", "Instant", "RandomState", "SystemTime"];

/// English that would stand in string literals if the code, and not the rules, knew the language.
const TELL_TALES: &[&str] = &[
    "according to",
    "blamed for",
    "dozens",
    "killed by",
    "last week",
    "monday",
    "reportedly",
    "september",
    "soldiers",
    "troops",
    "twenty",
    "were killed",
    "yesterday",
];

/// The map: the documentation of the crate.
fn map() -> String {
    let text = read("src/lib.rs");
    let docs = text.lines().map_while(|line| line.strip_prefix("//!"));
    docs.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

/// The rows of the map's table of modules: each with the modules it uses, from the lowest to the highest.
fn layers() -> Vec<(String, BTreeSet<String>)> {
    let map = map();
    let table = map.lines().skip_while(|line| !line.starts_with("| Module |")).skip(2);
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [module, _, uses] = cells.as_slice() else { panic!("three cells are needed: {line}") };
        let uses = uses.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect();
        (module.trim_matches(['[', ']', '`']).to_owned(), uses)
    };
    table.take_while(|line| line.starts_with('|')).map(row).collect()
}

/// What stands between backticks in a text.
fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Fails with every line of `wrong`.
fn assert_none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn the_map_names_every_module_and_only_those() {
    let text = read("src/lib.rs");
    let declared: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let layers = layers();
    let mapped: BTreeSet<&str> = layers.iter().map(|(module, _)| module.as_str()).collect();
    assert_eq!(declared, mapped);
    assert_eq!(layers.len(), mapped.len(), "a module stands twice in the map");
}

#[test]
fn a_module_uses_only_modules_above_it_in_the_map() {
    let mut above = BTreeSet::new();
    for (module, uses) in layers() {
        let wrong: Vec<_> = uses.difference(&above).collect();
        assert!(wrong.is_empty(), "the map lets {module} use {wrong:?}, which do not stand above it");
        above.insert(module);
    }
}

#[test]
fn the_code_uses_what_the_map_says_no_more_and_no_less() {
    let mut used: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for source in sources("src", false) {
        let module = source.module().to_owned();
        let others = source.uses().into_iter().filter(|other| *other != module);
        used.entry(module.clone()).or_default().extend(others.map(|other| (other, source.path.clone())));
    }
    let mut wrong = Vec::new();
    for (module, allowed) in layers() {
        let used = used.remove(&module).unwrap_or_default();
        let over = used.iter().filter(|(other, _)| !allowed.contains(*other));
        wrong.extend(over.map(|(other, path)| format!("{path} uses {other}, which the map does not let {module} use")));
        let under = allowed.iter().filter(|other| !used.contains_key(*other));
        wrong.extend(under.map(|other| format!("{module} does not use {other}, as the map says")));
    }
    assert_none(&wrong, "table \"Who may use whom\" in src/lib.rs");
    assert_eq!(used["main"].keys().collect::<Vec<_>>(), ["cli"], "src/main.rs only starts the command line");
}

#[test]
fn files_are_opened_at_the_edges_only() {
    let map = map();
    let rule = map.lines().find(|line| line.starts_with("- **Files**")).expect("the map says where files are opened");
    let edges: Vec<String> = in_backticks(rule).map(|edge| format!("src/{}", edge.replace("::", "/"))).collect();
    assert!(edges.len() > 1, "{rule}");
    let at_edge = |path: &str| {
        let inner = |edge: &String| path.strip_prefix(edge.as_str()).is_some_and(|rest| rest.starts_with(['/', '.']));
        edges.iter().any(inner)
    };
    let sources = sources("src", false);
    let opens = |source: &&Source| source.has("fs", ':') || source.has("File", ':') || source.has("WalkDir", ':');
    let wrong: Vec<String> = sources.iter().filter(opens).map(|source| source.path.clone()).collect();
    let (inside, outside): (Vec<String>, Vec<String>) = wrong.into_iter().partition(|path| at_edge(path));
    assert_none(&outside, "opens files");
    for edge in edges {
        assert!(inside.iter().any(|path| path.starts_with(&edge)), "{edge} opens no file");
    }
}

#[test]
fn nothing_unfinished_printed_or_left_to_chance_stands_in_the_code() {
    let mut wrong = Vec::new();
    for source in sources("src", false) {
        let path = &source.path;
        let macros = NO_MACROS.iter().filter(|name| source.has(name, '!'));
        wrong.extend(macros.map(|name| format!("{path}: {name}!")));
        // The sign of life on a terminal is not part of what comes out, and may look at the clock.
        let chance = |word: &&str| NO_CHANCE.contains(word) && path != "src/cli/progress.rs";
        wrong.extend(source.words().filter(chance).map(|word| format!("{path}: {word}")));
        if source.has("env", ':') && path != "src/main.rs" {
            wrong.push(format!("{path}: the environment"));
        }
    }
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| sources(folder, true)) {
        let attribute = |[hash, open, name]: &[Token; 3]| {
            (hash, open) == (&Token::Mark('#'), &Token::Mark('['))
                && matches!(name, Token::Word(name) if name == "ignore" || name == "allow")
        };
        if source.code.array_windows().any(attribute) {
            wrong.push(format!("{}: #[ignore] or #[allow]", source.path));
        }
        let tests = source.words().filter(|word| word.starts_with("test_"));
        wrong.extend(tests.map(|name| format!("{}: {name} says `test_`, not what holds", source.path)));
    }
    assert_none(&wrong, "not in this house");
}

#[test]
fn every_file_says_its_job_first_and_is_short_enough_to_be_read() {
    let mut wrong = Vec::new();
    let mut long = BTreeSet::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| sources(folder, true)) {
        let lines = source.text.lines().count();
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with `//!`", source.path));
        }
        let excused = LONG_FILES.iter().any(|(path, _)| *path == source.path);
        if lines > LONGEST || lines > LONG && !excused {
            wrong.push(format!("{} has {lines} lines: split it by job", source.path));
        }
        if lines > LONG {
            long.insert(source.path);
        }
    }
    let stale = LONG_FILES.iter().filter(|(path, _)| !long.contains(*path));
    wrong.extend(stale.map(|(path, _)| format!("{path} needs no reason in LONG_FILES any more")));
    assert_none(&wrong, "files");
}

#[test]
fn words_of_a_language_stand_in_the_rules_only() {
    let mut wrong = Vec::new();
    for source in sources("src", false).iter().filter(|source| source.module() != "cli") {
        for text in source.texts() {
            let low = text.to_lowercase();
            let told = TELL_TALES.iter().filter(|tell| low.contains(**tell));
            wrong.extend(told.map(|tell| format!("{}: {tell:?} in {text}", source.path)));
        }
    }
    assert_none(&wrong, "belongs into rules/");
}

#[test]
fn rule_files_have_kebab_case_names() {
    let mut wrong = Vec::new();
    for path in files("rules").into_iter().filter(|path| path != "rules/README.md") {
        let kebab = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !path.strip_suffix(".toml").is_some_and(|stem| stem.split('/').all(kebab)) {
            wrong.push(format!("{path} is no kebab-case .toml"));
        }
    }
    assert_none(&wrong, "rule files");
}

#[test]
fn every_dependency_is_used() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let words = |folders: &[&str]| -> BTreeSet<String> {
        let sources = folders.iter().flat_map(|folder| sources(folder, true));
        sources.flat_map(|source| source.words().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    for (table, folders) in [("dependencies", &["src"][..]), ("dev-dependencies", &["src", "tests", "benches"])] {
        let words = words(folders);
        for name in manifest[table].as_table().unwrap().keys() {
            assert!(words.contains(&name.replace('-', "_")), "{name} of [{table}] is not used in {folders:?}");
        }
    }
}

#[test]
fn every_path_named_in_the_guides_is_there() {
    let guides =
        [("src/lib.rs", map()), ("README.md", read("README.md")), ("CONTRIBUTING.md", read("CONTRIBUTING.md"))];
    let mut wrong = Vec::new();
    for (guide, text) in guides {
        let ours = |path: &&str| {
            let folders = ["src/", "rules/", "tests/", "benches/", "seeds/", "reports/", ".ci/"];
            folders.iter().any(|folder| path.starts_with(folder)) && !path.contains(' ') && !path.contains("NAME")
        };
        let gone = in_backticks(&text).filter(ours).filter(|path| !root().join(path).exists());
        wrong.extend(gone.map(|path| format!("{guide}: {path}")));
    }
    assert_none(&wrong, "named, but not there");
}
