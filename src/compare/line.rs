//! Claims in one line, the number or answer first: how rules show what they match.
//!
//! ```text
//! at_least 31 killed, military of Armenia; by Armenia; in ZeroHedge; published 2020-09-28
//! vague 24..99 killed; on 2020-09-26..2020-09-28; at Martakert
//! start 2020-09-27; kind fighting
//! blames Azerbaijan for attack; by Armenia
//! denies; by Azerbaijan
//! ```
//!
//! Further parts are `document NAME`, `title WORDS`, `url ADDRESS` and `credit AGENCY` of its article, `who VICTIMS` for
//! their words, `told SENTENCE` for the sentence it stands in, `sentence N`, the words `headline`, `cumulative`, `part`,
//! `more`, `former`, `revised`, `anew`, `hedged`, `named`, `known`, `joined`, and `over N` for a figure that covers `N`
//! incidents.

use std::sync::Arc;

use jiff::civil::Date;

use super::context::Context;
use super::{questions, relate};
use crate::claim::{Claim, Content, Corrected, Figure, Id, Party, Setting, Victims};
use crate::error::Error;
use crate::event::Event;
use crate::origin::Origins;
use crate::rules::CompareRules;
use crate::rules::compare::Example;
use crate::text::{Article, Span};
use crate::value::{
    Count, DayRange, FindingKind, Modality, Name, Outcome, Phase, Referent, Standing, Tolerance, VictimClass,
};

/// How wide "about" and "nearly" are read in one-line claims.
const TOLERANCE: Tolerance = Tolerance { about: 0.1, nearly: 0.1 };

/// Reads one claim from its one-line form; `document` names its document unless the line does.
pub fn claim_of_line(line: &str, document: &str) -> Result<Claim, String> {
    let mut parts = line.split(';').map(str::trim);
    let head = parts.next().unwrap_or_default();
    let (mut content, mut time) = content(head)?;
    let mut article = Article { document: document.into(), ..Article::default() };
    let (mut actors, mut places, mut incidents) = (Vec::new(), Vec::new(), Vec::new());
    let (mut speaker, mut headline, mut modality, mut sentence_index) = (None, false, Modality::Asserted, 0);
    let mut told = None;
    for part in parts {
        let (word, rest) = part.split_once(' ').map_or((part, ""), |(word, rest)| (word, rest.trim()));
        match (word, rest) {
            ("on", days) => time = Some(range(days)?),
            ("by", name) => speaker = Some(party(name)),
            ("in", outlet) => article.outlet = Some(outlet.into()),
            ("credit", agency) => article.credit = Some(agency.into()),
            ("title", words) => article.title = Some(words.into()),
            ("url", address) => article.url = Some(address.into()),
            ("published", day) => article.published = Some(date(day)?),
            ("document", name) => article.document = name.into(),
            ("sentence", n) => sentence_index = n.parse().map_err(|_| format!("`{n}` is not a sentence number"))?,
            ("at", place) => places.push(Name::from(place)),
            ("kind", incident) => incidents.push(Name::from(incident)),
            ("among", actor) => actors.push(Name::from(actor)),
            ("who", words) => {
                let Content::Casualty(figure) = &mut content else {
                    return Err(format!("`{part}` is said of victims only"));
                };
                figure.victims.text = words.into();
            }
            ("told", words) => told = Some(words),
            ("over", n) => set_incidents(&mut content, n)?,
            ("headline", "") => headline = true,
            ("hedged", "") => modality = Modality::Hedged,
            (flag, "") => set_flag(&mut content, flag)?,
            _ => return Err(format!("`{part}` is no part of a claim's line")),
        }
    }
    let [actors, places, incidents] = [actors, places, incidents].map(Vec::into_boxed_slice);
    let setting = Arc::new(Setting { actors, places, incidents });
    let place = format!("{line}|{}", article.document);
    let at = (Id::of(&[&place]).0 % 1_000_000) as u32;
    Ok(Claim {
        id: Id::of(&["line", &place]),
        content: content.into(),
        start: at,
        end: at.saturating_add(u32::try_from(line.len()).unwrap_or(0)),
        quote: Span::new(0, head.len()),
        sentence: Arc::from(told.map_or_else(|| head.to_owned(), |told| format!("{head}: {told}"))),
        sentence_index,
        headline,
        speaker: speaker.map(Arc::new),
        via: Box::default(),
        modality,
        time,
        timed_here: time.is_some(),
        article_setting: Arc::clone(&setting),
        setting,
        rule: Name::from("line"),
        corrected: Corrected::default(),
        article: Arc::new(article),
    })
}

fn party(name: &str) -> Party {
    Party { text: name.into(), actor: Some(Name::from(name)) }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a day like 2022-09-13"))
}

fn range(text: &str) -> Result<DayRange, String> {
    match text.split_once("..") {
        Some((first, last)) => Ok(DayRange::new(date(first)?, date(last)?)),
        None => Ok(DayRange::day(date(text)?)),
    }
}

fn content(head: &str) -> Result<(Content, Option<DayRange>), String> {
    let (word, rest) = head.split_once(' ').unwrap_or((head, ""));
    if let Ok(phase) = word.parse::<Phase>() {
        return Ok((Content::Timing { what: Box::default(), phase }, Some(range(rest)?)));
    }
    match word {
        "denies" => Ok((Content::Denial { target: None }, None)),
        "blames" => {
            let (accused, act) = rest.split_once(" for ").ok_or("write `blames ACCUSED for ACT`")?;
            Ok((Content::Blame { accused: party(accused), act: act.into() }, None))
        }
        _ => Ok((figure(head)?, None)),
    }
}

fn figure(head: &str) -> Result<Content, String> {
    let (number, people) = head.split_once(',').map_or((head, ""), |(number, people)| (number, people.trim()));
    let (words, outcome) = number.trim().rsplit_once(' ').ok_or("write the number, then the outcome")?;
    let outcome: Outcome = outcome.parse()?;
    let (class, side) = match people.split_once("of ") {
        Some((class, side)) => (class.trim(), Some(Name::from(side.trim()))),
        None => (people, None),
    };
    let class = if class.is_empty() { VictimClass::Any } else { class.parse()? };
    let victims = Victims { text: Box::default(), class, side };
    let figure = Figure {
        outcome,
        count: Count::read(words, &TOLERANCE)?,
        words: words.replace('_', " ").into(),
        victims,
        cumulative: false,
        part: false,
        increment: false,
        standing: Standing::Plain,
        perpetrator: false,
        referent: Referent::New,
        others: false,
        joined: false,
        incidents: 1,
    };
    let strength = matches!(outcome, Outcome::Deployed | Outcome::Present);
    Ok(if strength { Content::Strength(figure) } else { Content::Casualty(figure) })
}

fn set_flag(content: &mut Content, flag: &str) -> Result<(), String> {
    let (Content::Casualty(figure) | Content::Strength(figure)) = content else {
        return Err(format!("`{flag}` is said of figures only"));
    };
    match flag {
        "cumulative" => figure.cumulative = true,
        "part" => figure.part = true,
        "more" => figure.increment = true,
        "perpetrator" => figure.perpetrator = true,
        "joined" => figure.joined = true,
        _ if let Ok(referent) = flag.parse::<Referent>() => figure.referent = referent,
        _ if let Ok(standing) = flag.parse::<Standing>() => figure.standing = standing,
        _ => return Err(format!("`{flag}` is no part of a claim's line")),
    }
    Ok(())
}

fn set_incidents(content: &mut Content, n: &str) -> Result<(), String> {
    let (Content::Casualty(figure) | Content::Strength(figure)) = content else {
        return Err("`over` is said of figures only".to_owned());
    };
    figure.incidents = n.parse().map_err(|_| format!("`{n}` is not a number of incidents"))?;
    Ok(())
}

/// Runs the examples of every comparison rule: each of its pairs must be decided by it, or by another rule or none.
pub fn check_examples(rules: &CompareRules) -> Vec<Error> {
    let mut errors = Vec::new();
    for (kind, rule) in rules.all() {
        let examples = rule.matches.iter().map(|example| (example, true));
        for (example, wanted) in examples.chain(rule.ignores.iter().map(|example| (example, false))) {
            match decided(kind, example, rules) {
                Err(message) => errors.push(Error::new(example.at.clone(), message)),
                Ok(by) => {
                    let here = by.as_ref() == Some(&rule.id);
                    if here != wanted {
                        let by = by.map_or("no rule".to_owned(), |by| format!("the rule `{by}`"));
                        let message = format!("the rule `{}` is shown this pair, which {by} decides", rule.id);
                        errors.push(Error::new(example.at.clone(), message));
                    }
                }
            }
        }
    }
    errors
}

/// The rule that decides an example's pair, seen as the claims of one event. Earlier claims of the same document may
/// stand before the last one on a line, followed by ` & `.
fn decided(kind: FindingKind, example: &Example, rules: &CompareRules) -> Result<Option<Name>, String> {
    let mut claims = Vec::new();
    let mut asked = Vec::new();
    for (line, document) in [(&example.a, "a"), (&example.b, "b")] {
        for part in line.split(" & ") {
            let mut claim = claim_of_line(part, document)?;
            claim.start = u32::try_from(claims.len()).unwrap_or(u32::MAX);
            claims.push(claim);
        }
        asked.push(claims.len().saturating_sub(1));
    }
    let first = claims.first().map(|claim| claim.id);
    for claim in &mut claims {
        if let Content::Denial { target } = Arc::make_mut(&mut claim.content) {
            *target = first;
        }
    }
    let event = Event {
        id: Id(0),
        label: String::new(),
        time: claims.iter().find_map(|claim| claim.time),
        setting: Setting::default(),
        claims: (0..claims.len()).collect(),
    };
    let origins = Origins::trace(&claims, &rules.origins);
    let context = Context::of(&claims, &event.claims, &event, &origins, rules);
    let questions = questions::of_event(&claims, &event.claims, &context);
    for question in questions.iter().filter(|question| question.kind == kind) {
        let stance = |i: &usize| question.stances.iter().find(|stance| stance.claims.contains(i));
        if let [Some(a), Some(b)] = asked.iter().map(stance).collect::<Vec<_>>()[..]
            && !std::ptr::eq(a, b)
        {
            return Ok(relate::rule(a, b, kind, &context).map(|rule| rule.id.clone()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleFiles;

    #[test]
    fn every_rule_is_the_one_that_decides_its_matches_and_none_of_its_ignores() {
        let rules = CompareRules::load(&RuleFiles::built_in()).unwrap();
        let errors: Vec<String> = check_examples(&rules).iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }

    #[test]
    fn lines_of_every_kind_are_read() {
        let claim =
            claim_of_line("at_least 31 killed, military of Armenia; by Armenia; published 2020-09-28", "d").unwrap();
        let figure = claim.content.figure().unwrap();
        assert_eq!((figure.count.to_string(), figure.victims.class), ("at_least 31".into(), VictimClass::Military));
        assert_eq!(figure.victims.side, Some(Name::from("Armenia")));
        assert_eq!(claim.article.published, Some(jiff::civil::date(2020, 9, 28)));
        assert!(matches!(*claim_of_line("blames X for attack", "d").unwrap().content, Content::Blame { .. }));
        assert_eq!(claim_of_line("start 2020-09-27", "d").unwrap().time.unwrap().days(), 1);
        assert!(claim_of_line("vague 24..99 killed; on 2020-09-26..2020-09-28; at Martakert; cumulative", "d").is_ok());
    }

    #[test]
    fn what_is_no_claim_is_an_error_not_a_panic() {
        for line in ["", "3", "three killed", "3 slain", "3 killed; loudly", "blames X", "start soon", "denies; part"] {
            assert!(claim_of_line(line, "d").is_err(), "{line}");
        }
    }
}
