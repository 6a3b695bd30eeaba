//! A few articles: what is compared points at what is there, and comes out the same again.

use std::sync::LazyLock;

use arbitrary::Unstructured;
use gainsay::analysis::{Analysis, Until, analyze};
use gainsay::extract::Wanted;
use gainsay::report::{self, EXPORTERS, Format, Report, Stream};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::Document;

use crate::pieces;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

pub(crate) fn check(data: &[u8]) {
    let Ok(documents) = pieces::documents(&mut Unstructured::new(data), &RULES, 5) else { return };
    let first = analysed(documents.clone());
    holds(&first);
    let again = analysed(documents.clone());
    assert!(written(&first) == written(&again), "the same articles give other bytes");
    let turned = analysed(documents.into_iter().rev().collect());
    holds(&turned);
    let claims = |analysis: &Analysis| {
        let mut claims: Vec<String> =
            analysis.claims.iter().map(|claim| format!("{} {}", claim.id, claim.quote())).collect();
        claims.sort_unstable();
        claims
    };
    assert_eq!(claims(&first), claims(&turned), "claims depend on the order of articles");
}

fn analysed(documents: Vec<Document>) -> Analysis {
    let wanted = Wanted { texts: true, ..Wanted::default() };
    analyze(documents.into_iter().map(Ok), &RULES, wanted, Until::Policies, |_| ())
}

fn written(analysis: &Analysis) -> Vec<u8> {
    let mut out = Vec::new();
    for stream in Stream::ALL {
        report::write(*stream, Format::Jsonl, analysis, &mut out).unwrap();
    }
    let report = Report::new(analysis);
    let json = EXPORTERS.iter().find(|exporter| exporter.format == "json").unwrap();
    (json.write)(&report, &mut out).unwrap();
    out
}

/// Indices point at what is there, and each thing stands where it belongs.
fn holds(analysis: &Analysis) {
    let Analysis { articles, claims, claims_of, events, findings, tallies, .. } = analysis;
    assert_eq!(claims_of.len(), articles.len());
    assert!(claims_of.iter().try_fold(0, |last, of| (of.start == last).then_some(of.end)) == Some(claims.len()));
    assert_eq!(events.of.len(), claims.len());
    for (index, event) in events.events.iter().enumerate() {
        assert!(event.claims.iter().all(|&claim| events.of_claim(claim) == Some(index)), "{event:?}");
    }
    for finding in findings {
        assert!(finding.severity.is_finite() && finding.severity >= 0.0, "{finding:?}");
        assert!(!finding.positions.is_empty(), "{finding:?}");
        for position in &finding.positions {
            assert!(!position.claims.is_empty() && position.articles > 0, "{finding:?}");
            assert!(position.claims.iter().all(|&claim| events.of_claim(claim) == Some(finding.event)), "{finding:?}");
        }
        for relation in &finding.relations {
            assert!(relation.a < relation.b && relation.b < finding.positions.len(), "{finding:?}");
            assert!(!relation.why.is_empty(), "{finding:?}");
        }
    }
    for tally in tallies {
        assert!(tally.claims.iter().all(|claim| claims_of[tally.document].contains(claim)), "{tally:?}");
        let rises = |a: Option<u64>, b: Option<u64>| a.zip(b).is_none_or(|(a, b)| a <= b);
        assert!(rises(tally.low, tally.high), "{tally:?}");
    }
}
