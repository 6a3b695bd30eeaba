//! The worked examples of policies: a few claims, and what the policy publishes of them.

use super::account::Scene;
use super::{Desk, Published, sharing};
use crate::claim::{Claim, Id, Setting};
use crate::compare::claim_of_line;
use crate::error::Error;
use crate::event::{Event, Events};
use crate::origin::Origins;
use crate::rules::policy::{Policy, PolicyExample};
use crate::rules::{CompareRules, Policies};

/// Runs the examples of every policy.
pub fn check_examples(policies: &Policies, rules: &CompareRules) -> Vec<Error> {
    let examples = policies.iter().flat_map(|policy| policy.matches.iter().map(move |example| (policy, example)));
    examples.filter_map(|(policy, example)| check(policy, example, rules)).collect()
}

fn check(policy: &Policy, example: &PolicyExample, rules: &CompareRules) -> Option<Error> {
    let said = match published(policy, &example.claims, rules) {
        Ok(lines) => lines.iter().map(Published::says).collect::<Vec<_>>().join("; "),
        Err(message) => {
            let help = "write claims as in compare/, articles set off by `|`, claims of one article by ` & `";
            return Some(Error::new(example.at.clone(), message).help(help));
        }
    };
    (said != example.publishes).then(|| {
        let message = format!("the policy `{}` publishes `{said}`, not `{}`", policy.id, example.publishes);
        Error::new(example.at.clone(), message).help("correct the example or the steps")
    })
}

/// What a policy publishes of the outcome that the first figure of some claims in their one-line form is about.
pub(super) fn published(policy: &Policy, lines: &str, rules: &CompareRules) -> Result<Vec<Published>, String> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut claims_of = Vec::new();
    for (n, article) in lines.split('|').enumerate() {
        let first = claims.len();
        for (sentence, line) in (0..).zip(article.split(" & ")) {
            let mut claim = claim_of_line(line.trim(), &format!("article {}", n + 1))?;
            (claim.start, claim.end, claim.sentence_index) = (sentence * 10, sentence * 10 + 5, sentence);
            claims.push(claim);
        }
        claims_of.push(first..claims.len());
    }
    let outcome = claims.iter().find_map(|claim| Some(claim.content.figure()?.outcome)).ok_or("no figure is given")?;
    let members: Vec<usize> = (0..claims.len()).collect();
    let scene = Scene::of(&claims, &members);
    let event = Event { id: Id(0), label: String::new(), time: None, setting: Setting::default(), claims: members };
    let events = Events { events: vec![event], of: vec![Some(0); claims.len()], ..Events::default() };
    let sharing = sharing(rules);
    let origins = Origins::trace(&claims, &rules.origins);
    let desk = Desk {
        claims: &claims,
        claims_of: &claims_of,
        events: &events,
        origins: &origins,
        scene: &scene,
        rules,
        sharing: &sharing,
    };
    let mut published = desk.publish(0, policy);
    published.retain(|line| line.outcome == outcome);
    Ok(published)
}
