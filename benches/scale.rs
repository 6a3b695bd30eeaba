//! How long it takes to put the claims of many articles together, stage by stage, from ten thousand claims to two hundred
//! thousand: events, origins, findings, tallies, the audit and the policies, on one thread.
//!
//! With the name of a file, the articles are written there as JSON Lines instead.

mod happenings;

use std::io::{self, Write};
use std::time::{Duration, Instant};

use gainsay::analysis::{Analysis, Until, analyze};
use gainsay::extract::Wanted;
use gainsay::origin::Origins;
use gainsay::page;
use gainsay::rules::{RuleFiles, RuleSet};
use gainsay::{audit, compare, event, policy, tally};

/// How many claims are put together; a line of the table each.
const CLAIMS: [usize; 6] = [10_000, 20_000, 50_000, 100_000, 150_000, 200_000];

/// Articles enough for the most claims.
const ARTICLES: usize = 20_000;

/// What is timed, in the order in which it runs.
const STAGES: [&str; 6] = ["events", "origins", "findings", "tallies", "audit", "policies"];

/// What a stage makes, and how long it takes.
fn timed<T>(stage: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = stage();
    (made, start.elapsed())
}

/// Every stage over the first articles that make at least `most` claims: their claims, events and findings, and the times.
fn put_together(all: &Analysis, most: usize, rules: &RuleSet) -> ([usize; 4], [Duration; 6]) {
    let articles = (all.claims_of.partition_point(|claims| claims.end < most) + 1).min(all.claims_of.len());
    let claims_of = &all.claims_of[..articles];
    let claims = &all.claims[..claims_of.last().map_or(0, |claims| claims.end)];
    let articles = &all.articles[..articles];
    let compared = &rules.compare;
    let (events, a) = timed(|| event::link(claims, &compared.events, &compared.phrases));
    let (origins, b) = timed(|| Origins::trace(claims, &compared.origins));
    let (findings, c) = timed(|| compare::findings(claims, &events, &origins, compared));
    let (tallies, d) = timed(|| tally::tallies(claims, claims_of, &events, &compared.tallies));
    let (_, e) = timed(|| audit::audit(articles, claims, claims_of, &events, &origins, &tallies, &rules.audit));
    let (_, f) = timed(|| policy::replay(claims, claims_of, &events, &origins, &rules.policies, compared));
    ([claims.len(), articles.len(), events.events.len(), findings.len()], [a, b, c, d, e, f])
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(path) = std::env::args().nth(1).filter(|argument| !argument.starts_with('-')) {
        let mut file = io::BufWriter::new(std::fs::File::create(path)?);
        for (article, text) in happenings::articles(ARTICLES / 2) {
            let published = article.published.map(|day| day.to_string());
            let line = serde_json::json!({
                "id": article.document, "outlet": article.outlet, "published": published, "text": text,
            });
            writeln!(file, "{line}")?;
        }
        return file.flush();
    }
    let rules = RuleSet::load(&RuleFiles::built_in()).expect("the built-in rules load");
    let sources = happenings::articles(ARTICLES).map(|(article, text)| Ok(page::read(&rules.page, article, text)));
    let all = analyze(sources, &rules, Wanted::default(), Until::Extraction, |_| ());
    writeln!(out, "{:>8} {:>8} {:>8} {:>8} | milliseconds of", "claims", "articles", "events", "findings")?;
    write!(out, "{:>36}", "")?;
    STAGES.iter().try_for_each(|stage| write!(out, " {stage:>9}"))?;
    writeln!(out, " {:>9}", "all")?;
    for most in CLAIMS {
        let (numbers, times) = put_together(&all, most, &rules);
        numbers.iter().try_for_each(|number| write!(out, "{number:>8} "))?;
        for time in times.iter().chain([&times.iter().sum()]) {
            write!(out, " {:>9}", time.as_millis())?;
        }
        writeln!(out)?;
    }
    Ok(())
}
