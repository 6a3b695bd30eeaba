//! Throughput of the claims pass on one thread, beside two plain passes over the same bytes: a search for two thousand
//! words, and sentence segmentation alone by a library.

mod corpus;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use gainsay::extract::{Wanted, extract};
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::{Article, Document, Span};

/// Size of the corpus in bytes.
const BYTES: usize = 20_000_000;

/// Words in the plain search.
const WORDS: usize = 2_000;

/// The word list whose nouns the plain search looks for.
const WORD_LIST: &str = "en/words/people.toml";

fn documents() -> Vec<Document> {
    let document = |(id, text): (String, String)| Document {
        article: Arc::new(Article { document: id.into(), ..Article::default() }),
        body: vec![Span::new(0, text.len())],
        text,
        headline: None,
    };
    corpus::corpus(BYTES).into_iter().map(document).collect()
}

/// The first two thousand nouns of the word list: what stands between quotation marks and holds a slash.
fn words(files: &RuleFiles) -> Vec<&str> {
    let list = files.get(WORD_LIST).map_or("", |file| file.text.as_str());
    let nouns = list.split('"').filter(|quoted| quoted.contains('/') && !quoted.contains('\n'));
    nouns.flat_map(|noun| noun.split('/')).filter(|word| !word.is_empty()).take(WORDS).collect()
}

fn stages(criterion: &mut Criterion) {
    let files = RuleFiles::built_in();
    let rules = RuleSet::load(&files).expect("the built-in rules load");
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let words = words(&files);
    let search = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .expect("two thousand words are not too many for an automaton");

    let mut group = criterion.benchmark_group("one thread");
    group.throughput(Throughput::Bytes(bytes as u64)).sampling_mode(SamplingMode::Flat);
    group.bench_function("claims", |bencher| {
        bencher.iter(|| {
            let claims = |document| extract(black_box(document), &rules, Wanted::default()).claims.len();
            documents.iter().map(claims).sum::<usize>()
        });
    });
    group.bench_function(format!("search for {} words", words.len()), |bencher| {
        bencher.iter(|| {
            documents.iter().map(|document| search.find_iter(black_box(&document.text)).count()).sum::<usize>()
        });
    });
    group.bench_function("sentences by sentencex", |bencher| {
        bencher.iter(|| documents.iter().map(|document| sentencex::segment("en", &document.text).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group! {
    name = throughput;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(5));
    targets = stages
}
criterion_main!(throughput);
