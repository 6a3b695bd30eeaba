//! Any article: its claims stand where they say, can be found again, and can be read back as they were written.

use std::path::Path;
use std::sync::LazyLock;

use gainsay::analysis::{Analysis, Until, analyze};
use gainsay::claim::Claim;
use gainsay::claimed;
use gainsay::extract::{Gaps, Stretch, Wanted};
use gainsay::page;
use gainsay::report::{self, Format, Stream};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::{Article, Document, TextHash};
use gainsay::value::EvidenceStatus;
use gainsay::verify::{Evidence, Verifier};

use crate::pieces;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&RuleFiles::built_in()).unwrap());

pub(crate) fn check(data: &[u8]) {
    let article = Article {
        document: "a".into(),
        outlet: Some("Courier".into()),
        published: Some(jiff::civil::date(2022, 9, 14)),
        ..Article::default()
    };
    let document = page::read(&RULES.page, article, pieces::text(data));
    let text = document.text.clone();
    let wanted = Wanted { times: true, attributions: true, gaps: Gaps::All, texts: false };
    let sources = [Ok::<Document, _>(document)].into_iter();
    let analysis = analyze(sources, &RULES, wanted, Until::Events, |_| ());
    let points: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = |start: u32, end: u32| &text[points[start as usize]..points[end as usize]];
    let stands = |part: &Stretch| assert_eq!(at(part.start, part.end), &*part.text);
    let mut last = 0;
    for claim in &analysis.claims {
        assert_eq!(at(claim.start, claim.end), claim.quote(), "{claim:?}");
        assert!(!claim.quote().is_empty() && text.contains(&*claim.sentence), "{claim:?}");
        assert!(claim.sentence_index >= last, "claims rise");
        last = claim.sentence_index;
        if let Some(figure) = claim.content.figure() {
            let within = figure.count.interval;
            assert!(within.high.is_none_or(|high| within.low <= high), "{claim:?}");
        }
        assert!(claim.time.is_none_or(|days| days.first <= days.last), "{claim:?}");
    }
    analysis.times.iter().for_each(|(_, time)| stands(&time.at));
    for (_, said) in &analysis.attributions {
        said.source.iter().chain(&said.cue).chain([&said.content]).for_each(stands);
    }
    for (_, gap) in &analysis.gaps {
        [&gap.at].into_iter().chain(&gap.people).chain(&gap.harm).for_each(stands);
    }
    found_again(&analysis.claims, &text);
    read_back(&analysis);
}

fn found_again(claims: &[Claim], text: &str) {
    let evidence = claims.iter().map(|claim| Evidence {
        claim: None,
        document: claim.article.document.clone(),
        place: Some((claim.start, claim.end)),
        quote: claim.quote().into(),
        sha256: Some(TextHash::of(text)),
    });
    let mut verifier = Verifier::new(evidence.collect());
    verifier.see("a", text);
    for (evidence, check) in verifier.finish() {
        assert_eq!((check.status, check.same_text), (EvidenceStatus::Ok, Some(true)), "{evidence:?}");
    }
}

fn read_back(analysis: &Analysis) {
    // A file without a line is a mistake to the reader.
    if analysis.claims.is_empty() {
        return;
    }
    for format in [Format::Jsonl, Format::Csv] {
        let mut out = Vec::new();
        report::write(Stream::Claims, format, analysis, &mut out).unwrap();
        let mut reader = claimed::Reader::new(&RULES.tolerance);
        reader.read(Path::new("claims"), &out[..]);
        let (claims, warnings) = reader.finish();
        let lines = String::from_utf8_lossy(&out);
        assert!(warnings.is_empty(), "{warnings:?}\n{lines}");
        assert_eq!(claims.len(), analysis.claims.len(), "{lines}");
        for (read, written) in claims.iter().zip(&analysis.claims) {
            assert_eq!(essence(read), essence(written), "{lines}");
        }
    }
}

fn essence(claim: &Claim) -> String {
    let Claim { id, content, start, end, sentence, speaker, via, modality, time, rule, .. } = claim;
    let (quote, settings) = (claim.quote(), (&claim.setting, &claim.article_setting));
    format!(
        "{id} {content:?} {start} {end} {quote:?} {sentence:?} {speaker:?} {via:?} {modality} {time:?} {rule} {settings:?}"
    )
}
