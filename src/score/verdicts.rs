//! Verdicts on pairs of claims against annotated relations.

use std::collections::{BTreeMap, BTreeSet};

use super::gold::{Gold, GoldRelation};
use super::{Counts, Judged, Score, VerdictScore, share};
use crate::analysis::Analysis;
use crate::value::{Name, Verdict};

/// Two annotated claims, each as `document:claim`, in order.
type Pair<'k> = (&'k str, &'k str);

/// What the program says of a pair; no rule says that claims of one answer agree.
type Said<'a> = (Verdict, Option<&'a Name>);

fn pair<'k>(a: &'k str, b: &'k str) -> Pair<'k> {
    (a.min(b), a.max(b))
}

fn document(claim: &str) -> &str {
    claim.split_once(':').map_or(claim, |(document, _)| document)
}

/// The group of documents a pair belongs to: the beginning of its first document's id, up to a hyphen.
fn group<'k>(pair: Pair<'k>) -> &'k str {
    document(pair.0.split('-').next().unwrap_or(pair.0))
}

/// Adds the verdicts to the score; `known` names the annotated claim that a claim of the analysis is.
pub(super) fn measure(
    analysis: &Analysis,
    gold: &Gold,
    relations: &[GoldRelation],
    known: &BTreeMap<usize, String>,
    score: &mut Score,
) {
    let seen = |claim: &str| gold.documents.get(document(claim)).is_some_and(|document| document.seen);
    let wanted: BTreeMap<Pair<'_>, Verdict> = relations
        .iter()
        .filter(|relation| seen(&relation.a) && seen(&relation.b))
        .map(|relation| (pair(&relation.a, &relation.b), relation.verdict))
        .collect();
    let said = said(analysis, known);
    let optional = optional(gold);
    // Annotators list no pairs of optional claims, and no agreement or difference of scope within a document.
    let unlisted = |pair: Pair<'_>, verdict: Verdict| {
        let spare = [pair.0, pair.1].iter().any(|claim| optional.contains(*claim));
        let inner = document(pair.0) == document(pair.1) && matches!(verdict, Verdict::Scope | Verdict::Agreement);
        !wanted.contains_key(&pair) && (spare || inner)
    };
    for judged in Judged::ALL {
        let mut groups: BTreeMap<&str, Counts> = BTreeMap::new();
        for (&pair, _) in wanted.iter().filter(|(_, verdict)| judged.holds(**verdict)) {
            let counts = groups.entry(group(pair)).or_default();
            *counts.gold.get_or_insert(0) += 1;
            counts.right += usize::from(said.get(&pair).is_some_and(|(verdict, _)| judged.holds(*verdict)));
        }
        for (&pair, (verdict, _)) in said.iter().filter(|(_, (verdict, _))| judged.holds(*verdict)) {
            let counts = groups.entry(group(pair)).or_default();
            if unlisted(pair, *verdict) {
                counts.open += 1;
            } else if !wanted.get(&pair).is_some_and(|verdict| judged.holds(*verdict)) {
                counts.wrong += 1;
            }
        }
        score.verdicts.push(VerdictScore {
            verdict: judged,
            pairs: groups.values().fold(Counts { gold: Some(0), ..Counts::default() }, sum),
            group_precision: mean(groups.values().filter_map(Counts::precision)),
            group_recall: mean(groups.values().filter_map(Counts::recall)),
        });
    }
    for (&pair, &(verdict, rule)) in &said {
        let Some(rule) = rule else { continue };
        let counts = score.rules.entry(rule.clone()).or_default();
        match wanted.get(&pair) {
            Some(gold) if *gold == verdict => counts.right += 1,
            None if unlisted(pair, verdict) => counts.open += 1,
            _ => counts.wrong += 1,
        }
    }
}

/// What the program says of each pair of annotated claims.
fn said<'a>(analysis: &'a Analysis, known: &'a BTreeMap<usize, String>) -> BTreeMap<Pair<'a>, Said<'a>> {
    let mut said = BTreeMap::new();
    for finding in &analysis.findings {
        let claims = |position: usize| -> Vec<&str> {
            let claims = finding.positions.get(position).map_or(&[][..], |position| &position.claims);
            claims.iter().filter_map(|claim| known.get(claim)).map(String::as_str).collect()
        };
        for relation in &finding.relations {
            let (a, b) = (claims(relation.a), claims(relation.b));
            for (x, y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))) {
                said.insert(pair(x, y), (relation.verdict, Some(&relation.rule)));
            }
        }
        for position in 0..finding.positions.len() {
            let same = claims(position);
            for (i, x) in same.iter().enumerate() {
                for y in same.iter().skip(i + 1) {
                    said.entry(pair(x, y)).or_insert((Verdict::Agreement, None));
                }
            }
        }
    }
    said
}

fn optional(gold: &Gold) -> BTreeSet<String> {
    let claims = gold.documents.iter().flat_map(|(name, document)| document.claims.iter().map(move |c| (name, c)));
    claims.filter(|(_, claim)| claim.optional).map(|(name, claim)| format!("{name}:{}", claim.id)).collect()
}

fn sum(a: Counts, b: &Counts) -> Counts {
    Counts {
        gold: a.gold.map(|gold| gold + b.gold.unwrap_or(0)),
        right: a.right + b.right,
        wrong: a.wrong + b.wrong,
        open: a.open + b.open,
    }
}

fn mean(shares: impl Iterator<Item = f64>) -> Option<f64> {
    let shares: Vec<f64> = shares.collect();
    let whole = share(1, shares.len())?;
    Some(shares.iter().sum::<f64>() * whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_of_its_first_documents_group() {
        assert_eq!(group(pair("s00-b:c1", "s00-a:c2")), "s00");
        assert_eq!(group(pair("alone:c1", "b:c2")), "alone");
    }

    #[test]
    fn means_are_over_what_is_known() {
        assert_eq!(mean([1.0, 0.5].into_iter()), Some(0.75));
        assert_eq!(mean(std::iter::empty()), None);
    }
}
