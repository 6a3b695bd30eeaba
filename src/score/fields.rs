//! Fields: which of a claim's are right by an annotated one.

use super::gold::GoldClaim;
use super::names::same;
use crate::claim::{Claim, Content, Figure};
use crate::rules::score::ScoreRules;
use crate::value::{ClaimField, ClaimKind};

/// The fields measured of a claim, and whether each is right; one on which the gold is silent is not measured.
pub(super) fn compare(gold: &GoldClaim, claim: &Claim, rules: &ScoreRules) -> Vec<(ClaimField, bool)> {
    let named = |gold: &Option<String>, found: Option<&str>| same(gold.as_deref(), found, rules);
    let speaker = (ClaimField::Speaker, named(&gold.speaker, claim.speaker.as_ref().map(|party| &*party.text)));
    match &*claim.content {
        Content::Casualty(figure) | Content::Strength(figure) => {
            let mut fields = numbers(gold, figure);
            let side = figure.victims.side.as_ref().map(|side| side.as_str());
            fields.extend([(ClaimField::Side, named(&gold.side, side)), speaker]);
            let meets = gold.time.map(|days| claim.time.is_some_and(|time| time.meets(days)));
            fields.extend(meets.map(|right| (ClaimField::Time, right)));
            fields
        }
        Content::Timing { what, phase } => {
            let mut fields = vec![
                (ClaimField::Phase, gold.phase == Some(*phase)),
                (ClaimField::What, named(&gold.what, Some(what))),
            ];
            fields.extend(gold.time.map(|days| (ClaimField::Time, claim.time == Some(days))));
            fields
        }
        Content::Blame { accused, .. } => {
            let who = accused.name();
            vec![(ClaimField::Accused, named(&gold.accused, Some(who))), speaker]
        }
        Content::Denial { .. } => vec![speaker],
    }
}

/// What is counted and how; the outcome of a strength is not measured.
fn numbers(gold: &GoldClaim, figure: &Figure) -> Vec<(ClaimField, bool)> {
    let count = &figure.count;
    let mut fields = vec![
        (ClaimField::Value, (gold.value, gold.upper) == (count.value, count.upper)),
        (ClaimField::Qualifier, gold.qualifier == Some(count.qualifier)),
        (ClaimField::Class, gold.class == Some(figure.victims.class)),
    ];
    if gold.kind == ClaimKind::Casualty {
        fields.push((ClaimField::Outcome, gold.outcome == Some(figure.outcome)));
    }
    fields
}
