//! Throughput on one thread of the whole claims pass, from raw text to claims, and beside it of other passes over the same
//! bytes: its first stages alone, a search for two thousand words, and sentence segmentation by a library.

mod corpus;

use std::hint::black_box;
use std::time::Duration;

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use gainsay::extract::{Wanted, extract};
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::text::{Article, Document, Span, split_sentences};

/// Size of the corpus in bytes.
const BYTES: usize = 20_000_000;

/// Words in the plain search.
const WORDS: usize = 2_000;

/// The word list whose nouns the plain search looks for.
const WORD_LIST: &str = "en/words/people.toml";

/// The corpus as it comes in: what is known of each article, which is its id, and its text.
fn raw_texts() -> Vec<(Article, String)> {
    let article = |(id, text): (String, String)| (Article { document: id.into(), ..Article::default() }, text);
    corpus::corpus(BYTES).into_iter().map(article).collect()
}

/// The document of a raw text. The stage owns what it reads, so that each run of it is given a copy.
fn document((article, text): &(Article, String), rules: &RuleSet) -> Document {
    page::read(&rules.page, article.clone(), text.clone())
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
    let texts = raw_texts();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let words = words(&files);
    let search = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&words)
        .expect("two thousand words are not too many for an automaton");

    let mut group = criterion.benchmark_group("one thread");
    group.throughput(Throughput::BytesDecimal(bytes as u64)).sampling_mode(SamplingMode::Flat);
    group.bench_function("claims: page, sentences, mentions, claims", |bencher| {
        let claims = |raw| extract(&document(black_box(raw), &rules), &rules, Wanted::default()).claims.len();
        bencher.iter(|| texts.iter().map(claims).sum::<usize>());
    });
    group.bench_function("page alone", |bencher| {
        bencher.iter(|| texts.iter().map(|raw| document(black_box(raw), &rules).body.len()).sum::<usize>());
    });
    group.bench_function("sentences alone", |bencher| {
        let mut sentences = Vec::new();
        bencher.iter(|| {
            let mut count = 0;
            for (_, text) in &texts {
                sentences.clear();
                split_sentences(black_box(text), Span::new(0, text.len()), &rules.lexicon, &mut sentences);
                count += sentences.len();
            }
            count
        });
    });
    group.bench_function(format!("search for {} words", words.len()), |bencher| {
        bencher.iter(|| texts.iter().map(|(_, text)| search.find_iter(black_box(text)).count()).sum::<usize>());
    });
    group.bench_function("sentences by sentencex", |bencher| {
        bencher.iter(|| texts.iter().map(|(_, text)| sentencex::segment("en", black_box(text)).len()).sum::<usize>());
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
