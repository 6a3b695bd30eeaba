//! Explanations: the rule, the words and the gates that a claim or a finding comes from.

use std::io::{self, Write};

use super::text::{counted, excerpt, number, one_line, outlet_and_day, party, voice};
use crate::analysis::Analysis;
use crate::claim::{Claim, Content, Figure};
use crate::compare::{Finding, Relation};
use crate::error::{Error, Location};
use crate::event::{Event, days};
use crate::extract::trial;
use crate::rules::RuleSet;
use crate::rules::catalogue::{self, Rule};
use crate::rules::symbol::nearest;
use crate::value::{Interval, Modality, Standing};

/// Ids listed when a beginning fits several.
const LISTED: usize = 5;

/// What is explained.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// A claim, by its index.
    Claim(usize),
    /// A finding, by its index.
    Finding(usize),
}

/// The claim or finding whose id begins with `id`; an error if there is none, or more than one.
pub fn subject(analysis: &Analysis, id: &str) -> Result<Subject, Error> {
    let wanted = id.to_lowercase();
    let claims = analysis.claims.iter().enumerate().map(|(i, claim)| (claim.id, Subject::Claim(i)));
    let findings = analysis.findings.iter().enumerate().map(|(i, finding)| (finding.id, Subject::Finding(i)));
    let fits: Vec<_> = claims
        .chain(findings)
        .map(|(id, subject)| (id.to_string(), subject))
        .filter(|(id, _)| id.starts_with(&wanted))
        .collect();
    match &fits[..] {
        [(_, subject)] => Ok(*subject),
        [] => {
            let lists = "`gainsay claims` and `gainsay findings` of the same articles tell the ids";
            let message = "no claim or finding of these articles has an id that begins so";
            let ids: Vec<String> = analysis.findings.iter().map(|finding| finding.id.to_string()).collect();
            let help = match nearest(&wanted, ids.iter().map(String::as_str)) {
                Some(known) => format!("did you mean the finding {known}? {lists}"),
                None => lists.to_owned(),
            };
            Err(Error::new(Location::file(id), message).help(help))
        }
        several => {
            let first: Vec<&str> = several.iter().take(LISTED).map(|(id, _)| id.as_str()).collect();
            let more = if several.len() > LISTED { ", …" } else { "" };
            let message = format!("{} ids begin so: {}{more}", several.len(), first.join(", "));
            Err(Error::new(Location::file(id), message).help("give more of the id"))
        }
    }
}

/// Writes where a claim or a finding comes from.
pub fn explain(subject: Subject, analysis: &Analysis, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    match subject {
        Subject::Claim(index) => match analysis.claims.get(index) {
            Some(claim) => explain_claim(index, claim, analysis, rules, out),
            None => Ok(()),
        },
        Subject::Finding(index) => match analysis.findings.get(index) {
            Some(finding) => explain_finding(finding, analysis, rules, out),
            None => Ok(()),
        },
    }
}

fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{text}")
}

fn field(out: &mut dyn Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "  {name:<10} {}", one_line(value))
}

fn explain_claim(
    index: usize,
    claim: &Claim,
    analysis: &Analysis,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "claim {}: {}", claim.id, claim.content.kind())?;
    heading(out, "Words")?;
    field(out, "sentence", &marked(claim))?;
    field(out, "article", &outlet_and_day(&claim.article))?;
    if let Some(agency) = &claim.article.credit {
        field(out, "credits", agency)?;
    }
    let place = if claim.headline { ", in the headline" } else { "" };
    let at = format!("{}, code points {} to {}{place}", claim.article.document, claim.start, claim.end);
    field(out, "document", &at)?;
    heading(out, "Read as")?;
    read_as(claim, out)?;
    heading(out, "Made by")?;
    if let Some(rule) = catalogue::rule(rules, claim.rule.as_str()) {
        field(out, "rule", &format!("{}: {}", rule.id(), rule.about()))?;
        field(out, "file", &rule.at().to_string())?;
        if let Rule::Shape(_, shape) = rule {
            field(out, "pattern", &shape.pattern)?;
        }
    }
    heading(out, "What rules make of the sentence by itself")?;
    for made in trial::made(&claim.sentence, claim.article.published, rules) {
        writeln!(out, "  {:<26} {:<48} “{}”", made.rule, one_line(&made.form), one_line(&made.words))?;
    }
    heading(out, "Event")?;
    match analysis.event_of(index) {
        Some(event) => event_fields(event, out)?,
        None => field(out, "none", "nothing tells which event this is about")?,
    }
    let compared =
        analysis.findings.iter().filter(|finding| finding.positions.iter().any(|p| p.claims.contains(&index)));
    for finding in compared {
        field(out, "finding", &format!("{} ({}): {}", finding.id, finding.verdict, finding.question))?;
    }
    Ok(())
}

/// The claim's sentence with its own words between `**`.
fn marked(claim: &Claim) -> String {
    let excerpt = excerpt(&claim.sentence, claim.quote());
    format!("{}**{}**{}", excerpt.before, excerpt.words, excerpt.after)
}

fn read_as(claim: &Claim, out: &mut dyn Write) -> io::Result<()> {
    match &*claim.content {
        Content::Casualty(figure) | Content::Strength(figure) => figure_fields(figure, out)?,
        Content::Timing { what, phase } => field(out, "event", &format!("“{what}”: {phase}"))?,
        Content::Blame { accused, act } => {
            field(out, "accused", &party(accused))?;
            field(out, "act", &format!("“{act}”"))?;
        }
        Content::Denial { target: Some(target) } => field(out, "denies", &format!("claim {target}"))?,
        Content::Denial { target: None } => field(out, "denies", "something that is no claim of this document")?,
    }
    let time = match claim.time {
        Some(time) if claim.timed_here => days(time),
        Some(time) => format!("{}, from the sentences around it", days(time)),
        None => "not told".to_owned(),
    };
    field(out, "time", &time)?;
    field(out, "speaker", &voice(claim))?;
    if claim.modality == Modality::Asserted { Ok(()) } else { field(out, "certainty", claim.modality.as_str()) }
}

fn figure_fields(figure: &Figure, out: &mut dyn Write) -> io::Result<()> {
    field(out, "outcome", figure.outcome.as_str())?;
    field(out, "number", &format!("“{}”: {}, so {}", figure.words, figure.count, span(figure.count.interval)))?;
    let side = figure.victims.side.as_ref().map(|side| format!(" of {side}")).unwrap_or_default();
    let words = if figure.victims.text.is_empty() { "no words" } else { &format!("“{}”", figure.victims.text) };
    field(out, "people", &format!("{words}: {}{side}", figure.victims.class))?;
    let flags = [
        (figure.cumulative, "a running total"),
        (figure.part, "a part of another figure"),
        (figure.increment, "on top of an earlier figure"),
        (figure.standing == Standing::Former, "an earlier figure that the text replaces"),
        (figure.standing == Standing::Revised, "one that replaces an earlier figure"),
        (figure.standing == Standing::Anew, "one of a count that begins anew"),
        (figure.perpetrator, "the attackers themselves"),
    ];
    flags.into_iter().filter(|(holds, _)| *holds).try_for_each(|(_, flag)| field(out, "as", flag))
}

/// `31 or more`, `45 to 55`, `12`.
fn span(interval: Interval) -> String {
    match interval.high {
        Some(high) if high == interval.low => number(high),
        Some(high) => format!("{} to {}", number(interval.low), number(high)),
        None => format!("{} or more", number(interval.low)),
    }
}

fn event_fields(event: &Event, out: &mut dyn Write) -> io::Result<()> {
    field(out, "event", &format!("{}: {}", event.id, event.label))?;
    if let Some(time) = event.time {
        field(out, "time", &days(time))?;
    }
    let lists =
        [("places", &event.setting.places), ("actors", &event.setting.actors), ("kinds", &event.setting.incidents)];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let names: Vec<&str> = list.iter().map(|name| name.as_str()).collect();
        field(out, name, &names.join(", "))?;
    }
    field(out, "claims", &counted(event.claims.len(), "claim", "claims"))
}

fn explain_finding(finding: &Finding, analysis: &Analysis, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "finding {}: {}, severity {:.2}", finding.id, finding.verdict, finding.severity)?;
    writeln!(out, "{}", one_line(&finding.question))?;
    if let Some(event) = analysis.events.events.get(finding.event) {
        heading(out, "Event")?;
        event_fields(event, out)?;
    }
    for (index, position) in finding.positions.iter().enumerate() {
        let interval = position.interval.map(|interval| format!(": {}", span(interval))).unwrap_or_default();
        heading(out, &format!("Answer {index}: {}{interval}", one_line(&position.label)))?;
        for claim in analysis.claims_at(&position.claims) {
            writeln!(out, "  {} {}, {}", claim.id, outlet_and_day(&claim.article), voice(claim))?;
            writeln!(out, "    {} [{}]", marked(claim), claim.rule)?;
        }
    }
    for relation in &finding.relations {
        explain_relation(relation, rules, out)?;
    }
    Ok(())
}

fn explain_relation(relation: &Relation, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    heading(out, &format!("Answers {} and {}: {}", relation.a, relation.b, relation.verdict))?;
    field(out, "why", &relation.why)?;
    if let Some(Rule::Compare(_, rule)) = catalogue::rule(rules, relation.rule.as_str()) {
        field(out, "rule", &format!("{}: {}", rule.id, rule.summary))?;
        field(out, "file", &rule.at.to_string())?;
        for condition in &rule.when {
            writeln!(out, "  gate       {condition:<32} {}", condition.says())?;
        }
    }
    Ok(())
}
