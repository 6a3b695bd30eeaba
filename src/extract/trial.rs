//! Trials: what each rule makes of one sentence, and whether that is what its examples say.

use std::sync::Arc;

use super::mention::{Mention, Reading};
use super::parts::Reference;
use super::sentence::Sentence;
use super::{Wanted, extract};
use crate::claim::{Claim, Content, Figure};
use crate::error::Error;
use crate::rules::RuleSet;
use crate::rules::grammar::{Example, ShapeRule};
use crate::rules::symbol::SymbolSet;
use crate::text::{Article, Document, Span, split_sentences};
use crate::value::{Name, VictimClass};

/// Something that a rule made of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The rule's id.
    pub rule: Name,
    /// What it emits: `count`, `people`, `casualty`, ….
    pub emits: Box<str>,
    /// The words it stands on.
    pub words: Box<str>,
    /// Its meaning on one line, as the examples of rules write it: `at_least 12`, `killed 6 military of Armenia`.
    pub form: String,
}

/// Everything that rules make of a text read as an article of its own, published on `published`: first the mentions
/// (counts, people, times, parties) in order of the stages, then attributions, then claims.
pub fn made(text: &str, published: Option<jiff::civil::Date>, rules: &RuleSet) -> Vec<Made> {
    let article = Article { published, ..Article::default() };
    let document = Document {
        article: Arc::new(article),
        text: text.to_owned(),
        body: vec![Span::new(0, text.len())],
        headline: None,
    };
    let mut all = mentions(&document, rules);
    let found = extract(&document, rules, Wanted { attributions: true, ..Wanted::default() });
    all.extend(found.attributions.iter().map(|said| Made {
        rule: said.rule.clone(),
        emits: rules.symbols.name(rules.known.attribution).into(),
        words: said.cue.as_ref().map_or("", |cue| &cue.text).into(),
        form: said.source.as_ref().map_or("-", |source| &source.text).to_owned(),
    }));
    all.extend(found.claims.iter().map(|claim| Made {
        rule: claim.rule.clone(),
        emits: claim.content.kind().as_str().into(),
        words: claim.quote().into(),
        form: of_claim(claim),
    }));
    all
}

/// The mentions of every sentence, whether or not a claim comes of them.
fn mentions(document: &Document, rules: &RuleSet) -> Vec<Made> {
    let text = document.text.as_str();
    let mut sentence = Sentence::default();
    let mut everything = SymbolSet::default();
    everything.insert(rules.known.name);
    rules.stages.all().iter().for_each(|(_, stage)| everything.extend(&stage.emits));
    let mut sentences = Vec::new();
    for &part in &document.body {
        split_sentences(text, part, &rules.lexicon, &mut sentences);
    }
    let mut reference = Reference { published: document.article.published, ..Reference::default() };
    let mut all = Vec::new();
    for span in sentences {
        let mut rest = Some(span);
        while let Some(span) = rest {
            rest = sentence.read(text, span, rules);
            sentence.read_times(rules, text, &reference, true);
            sentence.read_mentions(rules, text, &everything);
            let chart = &sentence.chart;
            reference.note(chart, rules, chart.len());
            all.extend(chart.mentions.iter().filter_map(|mention| {
                Some(Made {
                    rule: mention.rule.clone()?,
                    emits: rules.symbols.name(mention.symbol).into(),
                    words: chart.range(mention.start, mention.end).of(text).into(),
                    form: of_mention(mention),
                })
            }));
        }
    }
    all
}

fn of_mention(mention: &Mention) -> String {
    match &mention.reading {
        Reading::Plain => "-".to_owned(),
        Reading::Number(number) => number.to_string(),
        Reading::Count(quantity) => quantity.count.to_string(),
        Reading::Time(time) => time.value.clone(),
        Reading::People(people) => format!("{} {}", people.quantity.count, who(people.class, people.side.as_ref())),
        Reading::Party(party) if party.both => "both".to_owned(),
        Reading::Party(party) if party.pronoun => "pronoun".to_owned(),
        Reading::Party(party) => party.actor.as_ref().map_or("-", Name::as_str).to_owned(),
    }
}

/// A claim on one line: `killed at_least 31 military of Armenia`, `Azerbaijan by Turkey`, `2022-09-13 occurrence`; of a
/// denial who denies.
pub fn of_claim(claim: &Claim) -> String {
    let speaker = claim.speaker.as_ref().map_or("-", |speaker| &*speaker.text);
    match &*claim.content {
        Content::Casualty(figure) | Content::Strength(figure) => of_figure(figure),
        Content::Timing { phase, .. } => match claim.time {
            Some(days) => format!("{days} {phase}"),
            None => format!("- {phase}"),
        },
        Content::Blame { accused, .. } => format!("{} by {speaker}", accused.name()),
        Content::Denial { .. } => speaker.to_owned(),
    }
}

fn of_figure(figure: &Figure) -> String {
    format!("{} {} {}", figure.outcome, figure.count, who(figure.victims.class, figure.victims.side.as_ref()))
}

fn who(class: VictimClass, side: Option<&Name>) -> String {
    match side {
        Some(side) => format!("{class} of {side}"),
        None => class.to_string(),
    }
}

/// Runs the examples of every shape rule; an error for each that does not do what it says, in order of the rules.
pub fn check_examples(rules: &RuleSet) -> Vec<Error> {
    rules
        .stages
        .all()
        .into_iter()
        .flat_map(|(_, stage)| &stage.rules)
        .flat_map(|rule| check_rule(rule, rules))
        .collect()
}

fn check_rule(rule: &ShapeRule, rules: &RuleSet) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut wrong = |example: &Example, what: String, help: String| {
        let message = format!("`{}` {what} of “{}”", rule.id, example.sentence);
        errors.push(Error::new(example.at.clone(), message).help(help));
    };
    for (example, wanted) in &rule.examples.matches {
        let tried = Tried::of(rule, example, rules);
        if !tried.own.contains(wanted) {
            wrong(example, format!("makes {}, not `{wanted}`,", tried.shown()), tried.others());
        }
    }
    for example in &rule.examples.ignores {
        let tried = Tried::of(rule, example, rules);
        if !tried.own.is_empty() {
            let help = "narrow its pattern, or move the sentence to `matches`";
            wrong(example, format!("makes {}, not nothing,", tried.shown()), help.to_owned());
        }
    }
    for example in &rule.examples.misses {
        let tried = Tried::of(rule, example, rules);
        if !tried.own.is_empty() {
            let help = format!("promote it to `matches`, with {}", tried.shown());
            wrong(example, format!("by now makes {}", tried.shown()), help);
        }
    }
    errors
}

/// What came of an example.
struct Tried {
    /// Forms made by the rule itself.
    own: Vec<String>,
    /// What other rules made.
    others: Vec<Made>,
}

impl Tried {
    fn of(rule: &ShapeRule, example: &Example, rules: &RuleSet) -> Self {
        let (own, others): (Vec<Made>, Vec<Made>) =
            made(&example.sentence, None, rules).into_iter().partition(|made| made.rule == rule.id);
        Self { own: own.into_iter().map(|made| made.form).collect(), others }
    }

    fn shown(&self) -> String {
        match &self.own[..] {
            [] => "nothing".to_owned(),
            own => own.iter().map(|form| format!("`{form}`")).collect::<Vec<_>>().join(" and "),
        }
    }

    fn others(&self) -> String {
        let all: Vec<String> = self
            .others
            .iter()
            .map(|made| format!("`{}` makes `{}` of “{}”", made.rule, made.form, made.words))
            .collect();
        if all.is_empty() { "no other rule makes anything of it".to_owned() } else { all.join("; ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    const FILE: &str = "en/shapes/trial.toml";

    fn errors_of(examples: &str) -> Vec<String> {
        let mut files = RuleFiles::built_in();
        let rule = format!(
            "stage = \"count\"\n[[rule]]\nid = \"trial/some\"\nabout = \"a\"\nemits = \"count\"\n\
             pattern = '\"sundry\" a:number'\n{examples}\n"
        );
        files.insert(FILE, FILE, &rule);
        let rules = RuleSet::load(&files).unwrap();
        let own = |error: &Error| error.at.file.to_string_lossy() == FILE;
        check_examples(&rules).iter().filter(|error| own(error)).map(ToString::to_string).collect()
    }

    #[test]
    fn examples_that_do_what_they_say_give_no_error() {
        let rules = "matches = [[\"sundry 12 died\", \"12\"]]\nignores = [\"12 died\"]\nmisses = [\"various 12\"]";
        assert_eq!(errors_of(rules), Vec::<String>::new());
    }

    #[test]
    fn an_example_that_fails_is_named_with_its_place_what_came_and_the_mend() {
        let errors = errors_of(
            "matches = [[\"sundry 12 died\", \"13\"], [\"12 died\", \"12\"]]\n\
             ignores = [\"sundry 14 died\"]\nmisses = [\"sundry 15 died\"]",
        );
        assert_eq!(errors.len(), 4, "{errors:?}");
        assert!(errors[0].starts_with("en/shapes/trial.toml:7:12: `trial/some` makes `12`, not `13`, of “sundry 12"));
        assert!(errors[1].starts_with("en/shapes/trial.toml:7:38: `trial/some` makes nothing, not `12`"), "{errors:?}");
        assert!(errors[1].contains("help: ") && errors[1].contains("makes `12` of “12”"), "{errors:?}");
        assert!(errors[2].contains(":8:12: `trial/some` makes `14`, not nothing") && errors[2].contains("narrow"));
        assert!(errors[3].contains(":9:11: `trial/some` by now makes `15`") && errors[3].contains("promote it"));
    }

    #[test]
    fn what_rules_make_of_a_text_stands_with_its_words() {
        let rules = RuleSet::load(&RuleFiles::built_in()).unwrap();
        let all = made("Police said at least 12 people were killed.", None, &rules);
        let form = |emits: &str| all.iter().find(|made| &*made.emits == emits).map(|made| (&*made.words, &*made.form));
        assert_eq!(form("count"), Some(("at least 12", "at_least 12")));
        assert_eq!(form("people"), Some(("at least 12 people", "at_least 12 any")));
        assert_eq!(form("attribution"), Some(("said", "Police")));
        assert_eq!(form("casualty"), Some(("at least 12 people", "killed at_least 12 any")));
    }
}
