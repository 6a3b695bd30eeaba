//! `gainsay add`: articles in, a store that keeps them out.

use std::io::{IsTerminal, Write, stdout};
use std::time::Duration;

use super::args::Global;
use super::args::db::AddArgs;
use super::output::{stderr, to_stdout};
use super::progress::Progress;
use super::{Corpus, Exit, Stop, load, no_articles, reader, warn};
use crate::error::Error;
use crate::input::{Raw, Reader};
use crate::rules::RuleSet;
use crate::store::Store;

/// So many articles are written at a time …
const BATCH_ARTICLES: usize = 256;
/// … or so many bytes of text.
const BATCH_BYTES: usize = 8 << 20;

/// What became of the articles so far.
#[derive(Default)]
struct Sum {
    added: usize,
    there: usize,
    warnings: Vec<Error>,
}

/// Adds the articles of the paths, and brings what comes of all articles up to date.
pub(super) fn run(global: &Global, args: &AddArgs) -> Result<Exit, Stop> {
    let rules = &*load(global)?;
    let mut reader = reader(global, rules, &args.paths).as_given();
    let mut progress = Progress::of(global, rules, &args.paths, reader.meter());
    let mut sum = Sum::default();
    let first = next(&mut reader, &mut sum.warnings);
    let nothing =
        |reader: &Reader<'_>| no_articles(Corpus { db: None, paths: &args.paths, claims: &[] }, reader.skipped());
    // No store is made for nothing.
    if first.is_empty() && !args.paths.is_empty() && !args.db.exists() {
        drop(progress);
        if !sum.warnings.is_empty() {
            return Err(Stop::Errors(sum.warnings));
        }
        warn(global, &[nothing(&reader)]);
        return Ok(Exit::Partly);
    }
    let mut store = Store::create(&args.db, Duration::from_secs(args.wait))?;
    read(global, rules, &mut store, (first, &mut reader), &mut progress, &mut sum)?;
    while store.renew(rules)? > 0 {}
    progress.compare(store.claims()?);
    let left = match args.settle {
        true => store.settle(rules).map(|()| 0)?,
        false => store.settle_soon(rules, sum.added)?,
    };
    drop(progress);
    if sum.added + sum.there == 0 && !args.paths.is_empty() {
        if !sum.warnings.is_empty() {
            return Err(Stop::Errors(sum.warnings));
        }
        sum.warnings.push(nothing(&reader));
    }
    warn(global, &sum.warnings);
    if !global.quiet {
        let mut told = format!("{} added, {} already there; {} in all\n", sum.added, sum.there, store.articles()?);
        if left > 0 {
            let db = args.db.display();
            told +=
                &format!("{left} reach so far that all would have to be compared anew: `gainsay add {db} --settle`\n");
        }
        // Who does not hear this finds the articles in the store.
        let _ = stderr(global.color).0.write_all(told.as_bytes());
    }
    Ok(if sum.warnings.is_empty() { Exit::Fine } else { Exit::Partly })
}

/// Adds batch by batch from the first one on, and names what is new once it is safe.
fn read(
    global: &Global,
    rules: &RuleSet,
    store: &mut Store,
    (mut batch, reader): (Vec<Raw>, &mut Reader<'_>),
    progress: &mut Progress,
    sum: &mut Sum,
) -> Result<(), Stop> {
    let mut adding = store.adding(rules);
    // On a terminal the sum is enough.
    let list = !global.quiet && !stdout().is_terminal();
    while !batch.is_empty() {
        let added = adding.add(batch)?;
        sum.added += added.documents.len();
        sum.there += added.there;
        sum.warnings.extend(added.warnings);
        if list {
            to_stdout(|out| added.documents.iter().try_for_each(|id| writeln!(out, "{id}")))?;
        }
        progress.show(sum.added + sum.there);
        batch = next(reader, &mut sum.warnings);
    }
    Ok(())
}

/// The next articles; none at the end.
fn next(reader: &mut Reader<'_>, warnings: &mut Vec<Error>) -> Vec<Raw> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH_ARTICLES && bytes < BATCH_BYTES {
        match reader.next() {
            Some(Ok(raw)) => {
                bytes += raw.text.len();
                batch.push(raw);
            }
            Some(Err(warning)) => warnings.push(warning),
            None => break,
        }
    }
    batch
}
