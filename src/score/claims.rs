//! Claims of one document against annotated ones: who is whose counterpart, and what of it is right.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::fields::compare;
use super::gold::GoldClaim;
use super::{Counts, Score};
use crate::claim::Claim;
use crate::rules::score::ScoreRules;
use crate::value::ClaimField;

/// A claim and an annotated one of the same kind whose words overlap; the least is the best.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair<'g> {
    right: Reverse<usize>,
    distance: u32,
    id: &'g str,
    claim: usize,
    gold: usize,
    fields: Vec<(ClaimField, bool)>,
}

/// Adds the document's claims to the score; returns each claim that has a counterpart, with that one's id.
pub(super) fn measure<'g>(
    claims: &[Claim],
    gold: &'g [GoldClaim],
    rules: &ScoreRules,
    score: &mut Score,
) -> Vec<(usize, &'g str)> {
    let pairs = pairs(claims, gold, rules);
    for annotated in gold.iter().filter(|claim| claim.place.is_some() && !claim.optional) {
        let kind = score.kinds.entry(annotated.kind).or_default();
        for counts in [&mut kind.found, &mut kind.strict] {
            *counts.gold.get_or_insert(0) += 1;
        }
    }
    for (i, claim) in claims.iter().enumerate() {
        let kind = claim.content.kind();
        let of_kind = score.kinds.entry(kind).or_default();
        let rule = score.rules.entry(claim.rule.clone()).or_default();
        let left_open = || gold.iter().any(|gold| gold.optional && meets(claim, gold));
        let (found, right) = match pairs.get(&i) {
            Some(pair) if gold[pair.gold].optional => (None, None),
            Some(pair) => {
                for (field, right) in &pair.fields {
                    count(of_kind.fields.entry(*field).or_default(), Some(*right));
                }
                let strict = rules.strict.get(&kind).map_or(&[][..], Vec::as_slice);
                (Some(true), Some(pair.fields.iter().all(|(field, right)| *right || !strict.contains(field))))
            }
            None if left_open() => (None, None),
            None => (Some(false), Some(false)),
        };
        count(&mut of_kind.found, found);
        count(&mut of_kind.strict, right);
        count(rule, right);
        of_kind.found.gold.get_or_insert(0);
        of_kind.strict.gold.get_or_insert(0);
    }
    pairs.into_iter().map(|(claim, pair)| (claim, pair.id)).collect()
}

fn count(counts: &mut Counts, right: Option<bool>) {
    match right {
        Some(true) => counts.right += 1,
        Some(false) => counts.wrong += 1,
        None => counts.open += 1,
    }
}

/// True of one kind and words that overlap.
fn meets(claim: &Claim, gold: &GoldClaim) -> bool {
    let overlap = |(start, end): (u32, u32)| claim.start.max(start) < claim.end.min(end);
    claim.content.kind() == gold.kind && gold.place.is_some_and(overlap)
}

/// Each claim's counterpart: the pairs with most fields right come first, then those nearest in the text.
fn pairs<'g>(claims: &[Claim], gold: &'g [GoldClaim], rules: &ScoreRules) -> BTreeMap<usize, Pair<'g>> {
    let mut candidates = Vec::new();
    for (g, annotated) in gold.iter().enumerate() {
        let Some((start, end)) = annotated.place else { continue };
        for (c, claim) in claims.iter().enumerate().filter(|(_, claim)| meets(claim, annotated)) {
            let fields = compare(annotated, claim, rules);
            candidates.push(Pair {
                right: Reverse(fields.iter().filter(|(_, right)| *right).count()),
                distance: claim.start.abs_diff(start) + claim.end.abs_diff(end),
                id: &annotated.id,
                claim: c,
                gold: g,
                fields,
            });
        }
    }
    candidates.sort();
    let (mut pairs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for pair in candidates {
        if !pairs.contains_key(&pair.claim) && taken.insert(pair.gold) {
            pairs.insert(pair.claim, pair);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;
    use crate::rules::RuleFiles;
    use crate::score::Gold;
    use crate::value::ClaimKind;
    use std::path::Path;

    const TEXT: &str = "at least 31 dead, 31 dead, 7 hurt";

    fn claim(line: &str, quote: &str) -> Claim {
        let start = TEXT.find(quote).unwrap() as u32;
        Claim { start, end: start + quote.len() as u32, ..claim_of_line(line, "a").unwrap() }
    }

    fn measured(claims: &[Claim], gold: &str) -> (Score, Vec<(usize, String)>) {
        let rules = ScoreRules::load(&RuleFiles::built_in()).unwrap();
        let file = format!("{{\"document\": \"a\", \"claims\": [{gold}]}}");
        let mut gold = Gold::default();
        gold.add_document(Path::new("a.json"), &file).unwrap();
        gold.locate("a", TEXT);
        let mut score = Score::default();
        let known = measure(claims, &gold.documents["a"].claims, &rules, &mut score);
        (score, known.into_iter().map(|(claim, id)| (claim, id.to_owned())).collect())
    }

    const AT_LEAST: &str = r#"{"id": "c1", "kind": "casualty", "anchor": "at least 31 dead", "outcome": "killed", "value": 31, "qualifier": "at_least", "class": "any"}"#;

    #[test]
    fn a_claim_counts_once_and_the_nearest_in_meaning_first() {
        let claims = [claim("31 killed", "31 dead, 31"), claim("at_least 31 killed", "at least 31 dead")];
        let (score, known) = measured(&claims, AT_LEAST);
        assert_eq!(known, [(1, "c1".to_owned())]);
        let kind = &score.kinds[&ClaimKind::Casualty];
        assert_eq!(kind.found, Counts { gold: Some(1), right: 1, wrong: 1, open: 0 });
        assert_eq!(kind.strict, kind.found);
        assert!(!kind.fields.contains_key(&ClaimField::Time), "the gold is silent on the time");
    }

    #[test]
    fn a_wrong_qualifier_is_found_but_not_strictly_right() {
        let (score, _) = measured(&[claim("31 killed", "31 dead")], AT_LEAST);
        let kind = &score.kinds[&ClaimKind::Casualty];
        assert_eq!((kind.found.right, kind.strict.right, kind.strict.wrong), (1, 0, 1));
        assert_eq!(kind.fields[&ClaimField::Qualifier].wrong, 1);
        assert_eq!(score.rules.values().map(|rule| rule.wrong).sum::<usize>(), 1);
    }

    #[test]
    fn what_annotators_left_open_counts_neither_way() {
        let optional = r#"{"id": "c2", "kind": "casualty", "anchor": "7 hurt", "optional": true}"#;
        let (score, _) = measured(&[claim("7 injured", "7 hurt"), claim("7 injured", "hurt")], optional);
        let kind = &score.kinds[&ClaimKind::Casualty];
        assert_eq!(kind.found, Counts { gold: Some(0), right: 0, wrong: 0, open: 2 });
    }
}
