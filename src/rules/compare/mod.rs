//! Comparison rules as data: which gates give which verdict, how claims are linked into events, and the words used.

mod gate;
mod origins;
mod settings;
mod spelling;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::Outlets;
use super::files::{RuleFile, RuleFiles};
use super::gazetteer::Gazetteer;
use crate::error::{Error, Location};
use crate::value::{FindingKind, Name, Verdict};

pub use gate::Gate;
pub use origins::{CopyRules, OriginRules, VersionRules};
pub use settings::{
    ActFamily, Blocking, EventRules, Evidence, MainWeights, Marks, Measures, Nearness, Phrases, Scenes, Shown,
    TallyRules,
};
pub use spelling::Spelling;
pub use template::{Field, Piece, Side, Template};

/// One gate of a rule, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The gate.
    pub gate: Gate,
    /// True when the gate must not hold (`not gate`).
    pub negated: bool,
}

impl Condition {
    /// What it asks for, in one sentence.
    pub fn says(self) -> String {
        format!("{}{}", if self.negated { "Not so: " } else { "" }, self.gate.says())
    }
}

/// The condition as rule files write it.
impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{}{}", if self.negated { "not " } else { "" }, self.gate.as_str()))
    }
}

/// Two claims in their one-line form that a rule is shown to match or to ignore.
#[derive(Clone, Debug)]
pub struct Example {
    /// The first claim's line.
    pub a: String,
    /// The second claim's line.
    pub b: String,
    /// Where the pair stands.
    pub at: Location,
}

/// A comparison rule: when all its conditions hold of two positions, they relate by its verdict.
#[derive(Clone, Debug)]
pub struct CompareRule {
    /// Its id, unique over all comparison rules.
    pub id: Name,
    /// What it says, in one sentence.
    pub summary: String,
    /// The verdict it gives.
    pub verdict: Verdict,
    /// Its conditions; all must hold.
    pub when: Vec<Condition>,
    /// The reason it gives to the reader.
    pub because: Template,
    /// Pairs it must match.
    pub matches: Vec<Example>,
    /// Pairs it must not match.
    pub ignores: Vec<Example>,
    /// Where it stands.
    pub at: Location,
}

/// Everything the event, comparison and tally stages read from rule files.
#[derive(Clone, Debug)]
pub struct CompareRules {
    /// How claims come together to events.
    pub events: EventRules,
    /// Who counts as a source of its own.
    pub origins: OriginRules,
    /// Limits the gates measure by.
    pub measures: Measures,
    /// Families of acts, the first whose words occur wins.
    pub acts: Vec<ActFamily>,
    /// Words of labels, questions and reasons.
    pub phrases: Phrases,
    /// What lies in what, and of what kind it is.
    pub gazetteer: Arc<Gazetteer>,
    /// How one document's figures become its toll.
    pub tallies: TallyRules,
    rules: BTreeMap<FindingKind, Vec<CompareRule>>,
}

impl CompareRules {
    /// The rules of one kind of finding, in the order in which they are tried.
    pub fn of(&self, kind: FindingKind) -> &[CompareRule] {
        self.rules.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Every comparison rule, by kind and then in file order.
    pub fn all(&self) -> impl Iterator<Item = (FindingKind, &CompareRule)> {
        self.rules.iter().flat_map(|(kind, rules)| rules.iter().map(move |rule| (*kind, rule)))
    }

    /// Loads and checks `compare/*.toml`; all errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        Self::with(files, Arc::new(Gazetteer::load(files)?))
    }

    /// The same with a gazetteer that is loaded already.
    pub(super) fn with(files: &RuleFiles, gazetteer: Arc<Gazetteer>) -> Result<Self, Vec<Error>> {
        let mut errors = Vec::new();
        let mut events = read::<EventRules>(files, "compare/events.toml", &mut errors);
        if let Some(Err(faults)) = events.as_mut().map(|events| events.spelling.unite(files)) {
            errors.extend(faults);
        }
        let mut origins = read::<OriginRules>(files, "compare/origins.toml", &mut errors);
        match Outlets::load(files) {
            Ok(outlets) => origins.iter_mut().for_each(|origins| origins.outlets = outlets.clone()),
            Err(error) => errors.push(error),
        }
        let settings = read::<settings::Settings>(files, "compare/settings.toml", &mut errors);
        let mut rules = BTreeMap::new();
        let mut seen = BTreeMap::new();
        for &kind in FindingKind::ALL {
            let path = format!("compare/{kind}.toml");
            let listed = match files.get(&path) {
                Ok(file) => match file.parse::<RawFile>() {
                    Ok(raw) => raw.rule.into_iter().filter_map(|r| check(file, r, &mut seen, &mut errors)).collect(),
                    Err(error) => {
                        errors.push(error);
                        Vec::new()
                    }
                },
                Err(error) => {
                    errors.push(error);
                    Vec::new()
                }
            };
            rules.insert(kind, listed);
        }
        match (events, origins, settings) {
            (Some(events), Some(origins), Some(s)) if errors.is_empty() => {
                let (measures, acts, phrases, tallies) = (s.measures, s.act, s.phrases, s.tallies);
                Ok(Self { events, origins, measures, acts, phrases, gazetteer, tallies, rules })
            }
            _ => Err(errors),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFile {
    #[serde(default)]
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawRule {
    id: Spanned<String>,
    summary: String,
    verdict: Spanned<String>,
    when: Vec<Spanned<String>>,
    because: Spanned<String>,
    #[serde(default)]
    matches: Vec<Spanned<[String; 2]>>,
    #[serde(default)]
    ignores: Vec<Spanned<[String; 2]>>,
}

fn read<T: serde::de::DeserializeOwned>(files: &RuleFiles, path: &str, errors: &mut Vec<Error>) -> Option<T> {
    files.get(path).and_then(RuleFile::parse).map_err(|error| errors.push(error)).ok()
}

/// The typed form of a rule; what is wrong with it goes to `errors`.
fn check(
    file: &RuleFile,
    raw: Spanned<RawRule>,
    seen: &mut BTreeMap<String, Location>,
    errors: &mut Vec<Error>,
) -> Option<CompareRule> {
    let raw = raw.into_inner();
    let before = errors.len();
    let at = Location::of(&file.shown, &file.text, raw.id.span().start, raw.id.span().end);
    if let Some(first) = seen.insert(raw.id.get_ref().clone(), at.clone()) {
        let help = format!("the first one stands at {first}; give this one another id");
        errors.push(Error::new(at.clone(), format!("a second rule with the id `{}`", raw.id.get_ref())).help(help));
    }
    let verdict = raw.verdict.get_ref().parse::<Verdict>();
    if let Err(message) = &verdict {
        errors.push(file.error(raw.verdict.span(), message.clone()).help("verdicts are a closed list"));
    }
    let mut when = Vec::new();
    for gate in &raw.when {
        let (negated, name) = match gate.get_ref().strip_prefix("not ") {
            Some(rest) => (true, rest.trim()),
            None => (false, gate.get_ref().trim()),
        };
        match name.parse::<Gate>() {
            Ok(gate) => when.push(Condition { gate, negated }),
            Err(()) => errors.push(
                file.error(gate.span(), format!("there is no gate `{name}`"))
                    .help(format!("the nearest gate is `{}`", Gate::nearest(name))),
            ),
        }
    }
    let because = match Template::parse(raw.because.get_ref()) {
        Ok(template) => Some(template),
        Err(placeholder) => {
            errors.push(
                file.error(raw.because.span(), format!("there is no placeholder `{{{placeholder}}}`"))
                    .help(format!("placeholders are {}", Template::placeholders())),
            );
            None
        }
    };
    for (examples, name) in [(&raw.matches, "matches"), (&raw.ignores, "ignores")] {
        if examples.is_empty() {
            let help = format!("write `{name} = [[\"…\", \"…\"]]` with two claims in their one-line form");
            errors.push(
                Error::new(at.clone(), format!("the rule `{}` has no `{name}` example", raw.id.get_ref())).help(help),
            );
        }
    }
    if errors.len() > before {
        return None;
    }
    let examples = |list: Vec<Spanned<[String; 2]>>| {
        list.into_iter()
            .map(|pair| {
                let at = Location::of(&file.shown, &file.text, pair.span().start, pair.span().end);
                let [a, b] = pair.into_inner();
                Example { a, b, at }
            })
            .collect()
    };
    Some(CompareRule {
        id: Name::from(raw.id.get_ref().as_str()),
        summary: raw.summary,
        verdict: verdict.ok()?,
        when,
        because: because?,
        matches: examples(raw.matches),
        ignores: examples(raw.ignores),
        at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_of(rules: &str) -> Vec<String> {
        let mut files = RuleFiles::built_in();
        files.insert("compare/denial.toml", "rules/compare/denial.toml", rules);
        CompareRules::load(&files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    const WHOLE: &str = "[[rule]]\nid = \"x\"\nsummary = \"s\"\nverdict = \"agreement\"\nwhen = [\"not denies\"]\n\
                         because = \"{a.outlet}\"\nmatches = [[\"a\", \"b\"]]\nignores = [[\"a\", \"b\"]]\n";

    #[test]
    fn the_built_in_rules_load() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        assert!(FindingKind::ALL.iter().all(|&kind| !rules.of(kind).is_empty()));
        assert!(rules.all().all(|(_, rule)| !rule.summary.is_empty()));
    }

    #[test]
    fn a_whole_rule_is_accepted() {
        assert_eq!(errors_of(WHOLE), Vec::<String>::new());
    }

    #[test]
    fn an_unknown_gate_is_named_with_its_place_and_the_nearest_one() {
        let errors = errors_of(&WHOLE.replace("not denies", "not denys"));
        assert_eq!(errors.len(), 1);
        assert!(errors[0].starts_with("rules/compare/denial.toml:5:9: there is no gate `denys`"), "{}", errors[0]);
        assert!(errors[0].contains("`denies`"), "{}", errors[0]);
    }

    #[test]
    fn an_unknown_placeholder_a_missing_example_and_a_second_id_are_errors() {
        assert!(errors_of(&WHOLE.replace("a.outlet", "a.outlets"))[0].contains(":6:11: there is no placeholder"));
        assert!(errors_of(&WHOLE.replace("ignores = [[\"a\", \"b\"]]", ""))[0].contains("no `ignores` example"));
        assert!(errors_of(&format!("{WHOLE}{WHOLE}"))[0].contains("a second rule with the id `x`"));
        assert!(errors_of(&WHOLE.replace("agreement", "agree"))[0].contains("`agree` is not one of"));
        assert!(errors_of(&WHOLE.replace("summary", "sumary"))[0].contains("unknown field"));
    }
}
