//! Policies as data: how casualty recorders come from conflicting figures to the one they publish.

mod note;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use super::files::{RuleFile, RuleFiles};
use super::symbol::nearest;
use crate::error::{Error, Location};
use crate::value::{
    Bound, ClaimMark, CountsOnce, Fallback, GradeTest, Name, Outcome, PolicyLines, PolicyStep, VagueRule,
};

pub use note::{Note, Piece};

/// The folder of the policies; each file is one.
pub(super) const FOLDER: &str = "policies/";

/// One recorder's method, step by step.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its id: the file's name.
    pub id: Name,
    /// What the recorder calls itself.
    pub name: String,
    /// Where the method is written down.
    pub source: String,
    /// The method in one sentence.
    pub about: String,
    /// The outcomes it records.
    pub outcomes: BTreeSet<Outcome>,
    /// What it publishes of each.
    pub lines: PolicyLines,
    /// What counts once.
    pub counts_once: CountsOnce,
    /// Figures that do not count.
    pub leaves_out: BTreeSet<ClaimMark>,
    /// Figures that count only where the steps have no other.
    pub doubtful: BTreeSet<ClaimMark>,
    /// Whose word is trusted most, then less.
    pub trust: Vec<ClaimMark>,
    /// From many figures to one; without any, only the range is published.
    pub steps: Vec<PolicyStep>,
    /// Days before the last one that are as good as it.
    pub around: i64,
    /// What a vague figure is read as.
    pub vague: VagueRule,
    /// Vague words with a number of their own.
    pub words: BTreeMap<String, u64>,
    /// True when a toll of several incidents is shared out among them.
    pub shares_out: bool,
    /// The lower end of the range.
    pub low: Bound,
    /// Its upper end.
    pub high: Bound,
    /// What it does where nothing counts.
    pub fallback: Fallback,
    /// Grades, the first that holds is given.
    pub grades: Vec<Grade>,
    /// What is always said of the number.
    pub note: Note,
    /// What is said besides where the figures differ.
    pub dispute: Note,
    /// Worked examples.
    pub matches: Vec<PolicyExample>,
    /// Where it stands.
    pub at: Location,
}

/// A grade and what has to hold for it.
#[derive(Clone, Debug)]
pub struct Grade {
    /// Its name.
    pub name: Name,
    /// All of them have to hold.
    pub when: Vec<GradeTest>,
}

/// Claims in their one-line form, and what the policy publishes.
#[derive(Clone, Debug)]
pub struct PolicyExample {
    /// The claims of each article, articles set off by `|`, claims by ` & `.
    pub claims: String,
    /// The lines published, set off by `; `.
    pub publishes: String,
    /// Where it stands.
    pub at: Location,
}

/// Every policy, by id.
#[derive(Clone, Debug, Default)]
pub struct Policies(Vec<Policy>);

impl Policies {
    /// Loads and checks every file of the folder; all errors at once.
    pub fn load(files: &RuleFiles) -> Result<Self, Vec<Error>> {
        let mut errors = Vec::new();
        let policies = files.below(FOLDER).filter_map(|file| match file.parse::<RawPolicy>() {
            Ok(raw) => raw.checked(file, &mut errors),
            Err(error) => {
                errors.push(error);
                None
            }
        });
        let policies = policies.collect();
        if errors.is_empty() { Ok(Self(policies)) } else { Err(errors) }
    }

    /// The policies, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Policy> {
        self.0.iter()
    }

    /// Keeps those of the given ids only; an id that none has is an error.
    pub fn keep(&mut self, ids: &[String]) -> Result<(), Error> {
        if let Some(unknown) = ids.iter().find(|id| !self.0.iter().any(|policy| policy.id.as_str() == **id)) {
            let known = || self.0.iter().map(|policy| policy.id.as_str());
            let all = known().collect::<Vec<_>>().join(", ");
            let help = match nearest(unknown, known()) {
                Some(like) => format!("did you mean `{like}`? policies are {all}"),
                None => format!("policies are {all}, or `all` of them"),
            };
            return Err(Error::new(Location::file(unknown), "no policy has this name").help(help));
        }
        self.0.retain(|policy| ids.iter().any(|id| policy.id.as_str() == *id));
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPolicy {
    name: String,
    source: String,
    about: String,
    outcomes: Vec<Spanned<String>>,
    lines: Spanned<String>,
    counts_once: Spanned<String>,
    #[serde(default)]
    leaves_out: Vec<Spanned<String>>,
    #[serde(default)]
    doubtful: Vec<Spanned<String>>,
    #[serde(default)]
    trust: Vec<Spanned<String>>,
    steps: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    around: i64,
    vague: Spanned<String>,
    #[serde(default)]
    words: BTreeMap<String, u64>,
    shares_out: bool,
    low: Spanned<String>,
    high: Spanned<String>,
    fallback: Spanned<String>,
    #[serde(default)]
    grade: Vec<RawGrade>,
    note: Spanned<String>,
    dispute: Spanned<String>,
    matches: Spanned<Vec<Spanned<[String; 2]>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawGrade {
    name: String,
    when: Vec<Spanned<String>>,
}

impl RawPolicy {
    /// The typed form; what is wrong with it goes to `errors`.
    fn checked(self, file: &RuleFile, errors: &mut Vec<Error>) -> Option<Policy> {
        let before = errors.len();
        let mut fault = |span: std::ops::Range<usize>, message: String, help: String| {
            errors.push(file.error(span, message).help(help));
        };
        let (steps_at, steps) = (self.steps.span(), self.steps.into_inner());
        let steps: Vec<PolicyStep> = words(&steps, &mut fault);
        let (low, high) = (word::<Bound>(&self.low, &mut fault), word::<Bound>(&self.high, &mut fault));
        let no_range = low == Some(Bound::None) && high == Some(Bound::None);
        match steps.iter().position(|step| step.decides()) {
            Some(decides) if decides + 1 < steps.len() => {
                fault(steps_at, format!("nothing is left to do after `{}`", steps[decides]), "put it last".to_owned());
            }
            None if !steps.is_empty() => fault(
                steps_at,
                "the steps may leave several numbers".to_owned(),
                "end with `lowest`, `highest` or `middle`".to_owned(),
            ),
            None if no_range => fault(
                steps_at,
                "without steps and without a range nothing is published".to_owned(),
                "name the steps, or set `low` and `high`".to_owned(),
            ),
            _ => {}
        }
        let mut note = |text: &Spanned<String>| match Note::parse(text.get_ref()) {
            Ok(note) if note.is_empty() => {
                fault(text.span(), "a note is never left out".to_owned(), "say how the number came about".to_owned());
                None
            }
            Ok(note) => Some(note),
            Err(unknown) => {
                let help = format!("placeholders are {}", Note::placeholders());
                fault(text.span(), format!("there is no placeholder `{{{unknown}}}`"), help);
                None
            }
        };
        let (note, dispute) = (note(&self.note), note(&self.dispute));
        if self.matches.get_ref().is_empty() {
            let help = "write `matches = [[\"31 killed; by Armenia | 40 killed\", \"31\"]]`";
            fault(self.matches.span(), "a policy needs a worked example".to_owned(), help.to_owned());
        }
        let grade = |grade: RawGrade| Grade { name: Name::from(&*grade.name), when: words(&grade.when, &mut fault) };
        let grades = self.grade.into_iter().map(grade).collect();
        let outcomes: Vec<Outcome> = words(&self.outcomes, &mut fault);
        let leaves_out: Vec<ClaimMark> = words(&self.leaves_out, &mut fault);
        let doubtful: Vec<ClaimMark> = words(&self.doubtful, &mut fault);
        let trust = words(&self.trust, &mut fault);
        let lines = word(&self.lines, &mut fault);
        let counts_once = word(&self.counts_once, &mut fault);
        let vague = word(&self.vague, &mut fault);
        let fallback = word(&self.fallback, &mut fault);
        if errors.len() > before {
            return None;
        }
        let place = |span: std::ops::Range<usize>| Location::of(&file.shown, &file.text, span.start, span.end);
        let example = |pair: Spanned<[String; 2]>| {
            let at = place(pair.span());
            let [claims, publishes] = pair.into_inner();
            PolicyExample { claims, publishes, at }
        };
        let stem = Path::new(&file.path).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        Some(Policy {
            id: Name::from(&*stem),
            name: self.name,
            source: self.source,
            about: self.about,
            outcomes: outcomes.into_iter().collect(),
            lines: lines?,
            counts_once: counts_once?,
            leaves_out: leaves_out.into_iter().collect(),
            doubtful: doubtful.into_iter().collect(),
            trust,
            steps,
            around: self.around,
            vague: vague?,
            words: self.words,
            shares_out: self.shares_out,
            low: low?,
            high: high?,
            fallback: fallback?,
            grades,
            note: note?,
            dispute: dispute?,
            matches: self.matches.into_inner().into_iter().map(example).collect(),
            at: place(0..0),
        })
    }
}

/// A word of a closed vocabulary; any other is told with its place and the vocabulary.
fn word<T: FromStr<Err = String> + Display>(
    text: &Spanned<String>,
    fault: &mut impl FnMut(std::ops::Range<usize>, String, String),
) -> Option<T> {
    let read = text.get_ref().parse::<T>();
    if let Err(message) = &read {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let help = nearest(text.get_ref(), known.into_iter()).map_or_else(
            || "rules/README.md says what each of them means".to_owned(),
            |like| format!("did you mean `{like}`?"),
        );
        fault(text.span(), message.clone(), help);
    }
    read.ok()
}

fn words<T: FromStr<Err = String> + Display>(
    texts: &[Spanned<String>],
    fault: &mut impl FnMut(std::ops::Range<usize>, String, String),
) -> Vec<T> {
    texts.iter().filter_map(|text| word(text, fault)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_policies_load_and_can_be_chosen() {
        let mut policies = Policies::load(&RuleFiles::built_in()).unwrap();
        assert!(policies.iter().count() >= 6);
        assert!(policies.iter().all(|policy| policy.at.line == 1 && !policy.matches.is_empty()));
        let error = policies.keep(&["aclde".to_owned()]).unwrap_err();
        assert!(error.help.is_some_and(|help| help.starts_with("did you mean `acled`?")));
        policies.keep(&["acled".to_owned()]).unwrap();
        assert_eq!(policies.iter().map(|policy| policy.id.as_str()).collect::<Vec<_>>(), ["acled"]);
    }
}
