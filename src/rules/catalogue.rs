//! The catalogue: every rule with what it is about and where it stands, every class of words, and what binds them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::compare::CompareRule;
use super::grammar::ShapeRule;
use super::pattern::Instr;
use super::policy::Policy;
use super::symbol::Symbol;
use super::{RuleFiles, RuleSet};
use crate::error::{Error, Location};
use crate::value::FindingKind;

/// A rule of any sort.
#[derive(Clone, Copy, Debug)]
pub enum Rule<'r> {
    /// A rule of extraction, with the stage it runs in.
    Shape(&'r str, &'r ShapeRule),
    /// A rule of comparison, with the kind of finding it decides.
    Compare(FindingKind, &'r CompareRule),
    /// A recorder's policy.
    Policy(&'r Policy),
}

impl<'r> Rule<'r> {
    /// Its id.
    pub fn id(self) -> &'r str {
        match self {
            Self::Shape(_, rule) => rule.id.as_str(),
            Self::Compare(_, rule) => rule.id.as_str(),
            Self::Policy(policy) => policy.id.as_str(),
        }
    }

    /// The stage it runs in: `count`, `claim`, …, `compare/figure`, …, `policy`.
    pub fn stage(self) -> String {
        match self {
            Self::Shape(stage, _) => stage.to_owned(),
            Self::Compare(kind, _) => format!("compare/{kind}"),
            Self::Policy(_) => "policy".to_owned(),
        }
    }

    /// What it finds or decides, in a sentence.
    pub fn about(self) -> &'r str {
        match self {
            Self::Shape(_, rule) => &rule.about,
            Self::Compare(_, rule) => &rule.summary,
            Self::Policy(policy) => &policy.about,
        }
    }

    /// Where it stands.
    pub fn at(self) -> &'r Location {
        match self {
            Self::Shape(_, rule) => &rule.at,
            Self::Compare(_, rule) => &rule.at,
            Self::Policy(policy) => &policy.at,
        }
    }

    /// The number of its examples.
    pub fn examples(self) -> usize {
        match self {
            Self::Shape(_, rule) => {
                rule.examples.matches.len() + rule.examples.ignores.len() + rule.examples.misses.len()
            }
            Self::Compare(_, rule) => rule.matches.len() + rule.ignores.len(),
            Self::Policy(policy) => policy.matches.len(),
        }
    }
}

/// Every rule: those of extraction by stage, then those of comparison, each in the order in which they are tried; then
/// the policies.
pub fn rules(set: &RuleSet) -> impl Iterator<Item = Rule<'_>> {
    let stages = set.stages.all().into_iter();
    let shapes = stages.flat_map(|(name, stage)| stage.rules.iter().map(move |rule| Rule::Shape(name, rule)));
    let comparison = set.compare.all().map(|(kind, rule)| Rule::Compare(kind, rule));
    shapes.chain(comparison).chain(set.policies.iter().map(Rule::Policy))
}

/// The rule of an id.
pub fn rule<'r>(set: &'r RuleSet, id: &str) -> Option<Rule<'r>> {
    rules(set).find(|rule| rule.id() == id)
}

/// A class of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class<'r> {
    /// Its name, as patterns write it.
    pub name: &'r str,
    /// Number of its spellings, forms of nouns and verbs counted each.
    pub spellings: usize,
    /// Number of rules whose patterns name it.
    pub rules: usize,
}

/// Every class that has words, by name.
pub fn classes(set: &RuleSet) -> Vec<Class<'_>> {
    let mut spellings: BTreeMap<Symbol, usize> = BTreeMap::new();
    for sense in set.lexicon.senses() {
        *spellings.entry(sense.symbol).or_default() += 1;
    }
    let mut rules: BTreeMap<Symbol, usize> = BTreeMap::new();
    for symbol in shapes(set).flat_map(named) {
        *rules.entry(symbol).or_default() += 1;
    }
    let class = |(&symbol, &spellings): (&Symbol, &usize)| Class {
        name: set.symbols.name(symbol),
        spellings,
        rules: rules.get(&symbol).copied().unwrap_or_default(),
    };
    let mut classes: Vec<Class<'_>> = spellings.iter().map(class).collect();
    classes.sort_by_key(|class| class.name);
    classes
}

/// The named patterns of all shape files, as written.
pub fn patterns(files: &RuleFiles) -> BTreeMap<String, String> {
    let tables = files.iter().filter(|file| file.path.contains("/shapes/")).filter_map(|file| file.parse().ok());
    let patterns = tables.filter_map(|mut table: toml::Table| match table.remove("patterns") {
        Some(toml::Value::Table(patterns)) => Some(patterns),
        _ => None,
    });
    patterns.flatten().filter_map(|(name, text)| Some((name, text.as_str()?.to_owned()))).collect()
}

/// What a rule set that loads can still have wrong: ids that do not tell their file, classes without a word.
pub fn check(set: &RuleSet) -> Vec<Error> {
    let mut bound: BTreeSet<Symbol> = set.lexicon.senses().map(|sense| sense.symbol).collect();
    bound.extend(shapes(set).map(|rule| rule.emits));
    bound.extend([set.known.number, set.known.name, set.known.clock, set.known.dotted]);
    let mut errors = Vec::new();
    for rule in shapes(set) {
        let file = Path::new(&rule.at.file).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let (folder, name) = rule.id.as_str().rsplit_once('/').unwrap_or(("", rule.id.as_str()));
        if folder != file {
            let message = format!("the id `{}` does not begin with its file's name", rule.id);
            errors.push(Error::new(rule.at.clone(), message).help(format!("call it `{file}/{name}`")));
        }
        for symbol in named(rule).difference(&bound) {
            let class = set.symbols.name(*symbol);
            let message = format!("the pattern of `{}` names the class `{class}`, which has no words", rule.id);
            errors.push(Error::new(rule.at.clone(), message).help(format!("add words with `class = \"{class}\"`")));
        }
    }
    errors
}

fn shapes(set: &RuleSet) -> impl Iterator<Item = &ShapeRule> {
    set.stages.all().into_iter().flat_map(|(_, stage)| &stage.rules)
}

/// The classes and mentions that a rule's pattern names, itself or by a named pattern.
fn named(rule: &ShapeRule) -> BTreeSet<Symbol> {
    let symbol = |step: &Instr| match step {
        Instr::Symbol { symbol, .. } => Some(*symbol),
        _ => None,
    };
    rule.program.code.iter().filter_map(symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> RuleSet {
        RuleSet::load(&RuleFiles::built_in()).unwrap()
    }

    #[test]
    fn every_rule_is_listed_once_and_found_by_its_id() {
        let set = built_in();
        let ids: BTreeSet<&str> = rules(&set).map(Rule::id).collect();
        assert_eq!(ids.len(), rules(&set).count());
        assert_eq!(ids.len(), shapes(&set).count() + set.compare.all().count() + set.policies.iter().count());
        assert!(rules(&set).all(|r| rule(&set, r.id()).is_some() && r.examples() > 1 && r.at().line > 0));
        assert!(rule(&set, "none/such").is_none());
    }

    #[test]
    fn classes_tell_their_spellings_and_who_names_them() {
        let set = built_in();
        let classes = classes(&set);
        let harm = classes.iter().find(|class| class.name == "harm").unwrap();
        assert!(harm.spellings > 10 && harm.rules > 5, "{harm:?}");
        assert!(classes.iter().all(|class| class.spellings > 0));
    }

    #[test]
    fn an_id_of_another_file_and_a_class_without_words_are_named() {
        let mut files = RuleFiles::built_in();
        let rule = "stage = \"count\"\n[[rule]]\nid = \"sum/some\"\nabout = \"a\"\nemits = \"count\"\n\
                    pattern = 'number number'\nmatches = [[\"a\", \"b\"]]\nignores = [\"c\"]\n";
        files.insert("en/shapes/more.toml", "more.toml", rule);
        files.insert(
            "en/words/force.toml",
            "force.toml",
            "[[words]]\nclass = \"deploy\"\nverbs = [\"deploy/deploys/deployed/deployed/deploying\"]\n",
        );
        let errors = check(&RuleSet::load(&files).unwrap());
        assert!(errors[0].to_string().starts_with("more.toml:3:6: the id `sum/some`"), "{errors:?}");
        assert!(errors[0].to_string().ends_with("call it `more/some`"), "{errors:?}");
        assert!(errors.iter().any(|error| error.message.contains("`force`, which has no words")), "{errors:?}");
    }

    #[test]
    fn named_patterns_are_found_in_every_shape_file() {
        let patterns = patterns(&RuleFiles::built_in());
        assert!(patterns.contains_key("subjects") && patterns.contains_key("office"));
    }
}
