//! The worked examples of policies: a few claims, and what the policy publishes of them.

use super::{Office, Published, sharing};
use crate::claim::{Claim, Id, Setting};
use crate::compare::claim_of_line;
use crate::error::Error;
use crate::event::{Event, Events};
use crate::origin::Origins;
use crate::rules::policy::{Policy, PolicyExample};
use crate::rules::{CompareRules, Policies};
use crate::value::DayRange;

/// Runs the examples of every policy.
pub fn check_examples(policies: &Policies, rules: &CompareRules) -> Vec<Error> {
    let examples = policies.iter().flat_map(|policy| policy.matches.iter().map(move |example| (policy, example)));
    examples.filter_map(|(policy, example)| check(policy, example, rules)).collect()
}

fn check(policy: &Policy, example: &PolicyExample, rules: &CompareRules) -> Option<Error> {
    let said = match published(policy, &example.claims, rules) {
        Ok(lines) => lines.iter().map(Published::says).collect::<Vec<_>>().join("; "),
        Err(message) => {
            let help =
                "write claims as in compare/, articles set off by `|`, claims of one article by ` & `, events by `||`";
            return Some(Error::new(example.at.clone(), message).help(help));
        }
    };
    (said != example.publishes).then(|| {
        let message = format!("the policy `{}` publishes `{said}`, not `{}`", policy.id, example.publishes);
        Error::new(example.at.clone(), message).help("correct the example or the steps")
    })
}

/// What a policy publishes of the last of some events, of the outcome that its first figure is about; their claims in the
/// one-line form.
pub(super) fn published(policy: &Policy, lines: &str, rules: &CompareRules) -> Result<Vec<Published>, String> {
    let mut claims: Vec<Claim> = Vec::new();
    let (mut claims_of, mut events) = (Vec::new(), Events::default());
    for (event, articles) in (0..).zip(lines.split("||")) {
        let start = claims.len();
        for article in articles.split('|') {
            let first = claims.len();
            for (sentence, line) in (0..).zip(article.split(" & ")) {
                let mut claim = claim_of_line(line.trim(), &format!("article {}", claims_of.len() + 1))?;
                (claim.start, claim.end, claim.sentence_index) = (sentence * 10, sentence * 10 + 5, sentence);
                claims.push(claim);
                events.of.push(Some(event));
            }
            claims_of.push(first..claims.len());
        }
        events.events.push(self::event(&claims, (start..claims.len()).collect()));
    }
    let last = events.events.last().map_or(&[][..], |event| &event.claims);
    let figure = last.iter().find_map(|&i| claims[i].content.figure());
    let outcome = figure.map(|figure| figure.outcome).ok_or("no figure is given")?;
    let (sharing, origins) = (sharing(rules), Origins::trace(&claims, &rules.origins));
    let (claims, claims_of, events) = (&claims[..], &claims_of[..], &events);
    let office = Office { claims, claims_of, events, origins: &origins, rules, sharing: &sharing };
    Ok(office.publish(&[policy]).pop().and_then(|mut lines| lines.remove(&outcome)).unwrap_or_default())
}

/// The event that some claims tell.
fn event(claims: &[Claim], members: Vec<usize>) -> Event {
    let time = members.iter().filter_map(|&i| claims[i].time).reduce(DayRange::hull);
    Event { id: Id(0), label: String::new(), time, setting: Setting::default(), claims: members }
}
