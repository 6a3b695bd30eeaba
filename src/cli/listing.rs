//! The rules as lists and one by one, for people who read or change them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use crate::error::{Error, Location};
use crate::report::Format;
use crate::report::table::{self, Row};
use crate::report::text::number;
use crate::rules::catalogue::{self, Class, Rule};
use crate::rules::compare::CompareRule;
use crate::rules::grammar::ShapeRule;
use crate::rules::policy::Policy;
use crate::rules::symbol::nearest;
use crate::rules::{RuleFiles, RuleSet};
use crate::text::write_json;

/// Writes every rule, or every class of words: as a table or as JSON Lines.
pub(super) fn list(rules: &RuleSet, words: bool, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let classes = catalogue::classes(rules);
    match (words, format) {
        (true, Format::Table(look)) => table::write(classes.iter().map(ClassLine::of), look, out),
        (true, _) => classes.iter().map(ClassLine::of).try_for_each(|line| json(&line, out)),
        (false, Format::Table(look)) => table::write(catalogue::rules(rules).map(RuleLine::of), look, out),
        (false, _) => catalogue::rules(rules).map(RuleLine::of).try_for_each(|line| json(&line, out)),
    }
}

fn json(line: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write_json(line, out)?;
    writeln!(out)
}

#[derive(Serialize)]
struct RuleLine<'r> {
    id: &'r str,
    stage: String,
    about: &'r str,
    file: String,
    line: usize,
    examples: usize,
}

impl<'r> RuleLine<'r> {
    fn of(rule: Rule<'r>) -> Self {
        let (file, line) = (rule.at().file.display().to_string(), rule.at().line);
        Self { id: rule.id(), stage: rule.stage(), about: rule.about(), file, line, examples: rule.examples() }
    }
}

impl Row for RuleLine<'_> {
    const HEADINGS: &'static [&'static str] = &["rule", "stage", "about"];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_owned(), self.stage.clone(), self.about.to_owned()]
    }
}

#[derive(Serialize)]
struct ClassLine<'r> {
    class: &'r str,
    spellings: usize,
    rules: usize,
}

impl<'r> ClassLine<'r> {
    fn of(class: &Class<'r>) -> Self {
        Self { class: class.name, spellings: class.spellings, rules: class.rules }
    }
}

impl Row for ClassLine<'_> {
    const HEADINGS: &'static [&'static str] = &["class", "spellings", "rules that name it"];
    const NUMBERS: &'static [&'static str] = &["spellings", "rules that name it"];

    fn cells(&self) -> Vec<String> {
        vec![self.class.to_owned(), number(self.spellings as u64), number(self.rules as u64)]
    }
}

/// The rule of an id; the error names the id most like it.
pub(super) fn rule<'r>(rules: &'r RuleSet, id: &str) -> Result<Rule<'r>, Error> {
    catalogue::rule(rules, id).ok_or_else(|| {
        let help = match nearest(id, catalogue::rules(rules).map(Rule::id)) {
            Some(known) => format!("did you mean `{known}`? `gainsay rules` lists all"),
            None => "`gainsay rules` lists all".to_owned(),
        };
        Error::new(Location::file(id), "no rule has this id").help(help)
    })
}

/// Writes a rule in full.
pub(super) fn show(rule: Rule<'_>, files: &RuleFiles, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}\n", rule.id(), rule.about())?;
    field(out, "stage", &rule.stage())?;
    match rule {
        Rule::Shape(_, shape) => show_shape(shape, files, rules, out)?,
        Rule::Compare(_, compare) => show_comparison(compare, out)?,
        Rule::Policy(policy) => show_policy(policy, out)?,
    }
    field(out, "file", &rule.at().to_string())
}

fn field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {name:<10} {value}")
}

fn show_shape(rule: &ShapeRule, files: &RuleFiles, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    field(out, "makes", rules.symbols.name(rule.emits))?;
    if let Some(reading) = &rule.reading {
        field(out, "read as", reading.as_str())?;
    }
    for (key, value) in rule.set.iter() {
        field(out, "with", &format!("{key} = {value}"))?;
    }
    field(out, "pattern", &rule.pattern)?;
    let named = catalogue::patterns(files);
    let mut used: Vec<&str> = vec![&rule.pattern];
    let mut seen = BTreeSet::new();
    while let Some(text) = used.pop() {
        for (name, pattern) in &named {
            if text.contains(&format!("<{name}>")) && seen.insert(name) {
                used.push(pattern);
            }
        }
    }
    for name in seen {
        field(out, "  where", &format!("<{name}> is {}", named.get(name).map_or("", String::as_str)))?;
    }
    for (example, finds) in &rule.examples.matches {
        field(out, "matches", &format!("“{}” as {finds}", example.sentence))?;
    }
    for (name, examples) in [("ignores", &rule.examples.ignores), ("misses", &rule.examples.misses)] {
        for example in examples {
            field(out, name, &format!("“{}”", example.sentence))?;
        }
    }
    Ok(())
}

fn show_comparison(rule: &CompareRule, out: &mut dyn Write) -> io::Result<()> {
    field(out, "verdict", rule.verdict.as_str())?;
    for condition in &rule.when {
        field(out, "when", &format!("{condition:<32} {}", condition.says()))?;
    }
    field(out, "because", &rule.because.to_string())?;
    for (name, examples) in [("matches", &rule.matches), ("ignores", &rule.ignores)] {
        for example in examples {
            field(out, name, &format!("{} | {}", example.a, example.b))?;
        }
    }
    Ok(())
}

fn show_policy(policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    field(out, "of", &policy.name)?;
    field(out, "source", &policy.source)?;
    for step in &policy.steps {
        field(out, "step", step.as_str())?;
    }
    for example in &policy.matches {
        field(out, "matches", &format!("{} → {}", example.claims, example.publishes))?;
    }
    Ok(())
}
