//! `gainsay verify`: a file of quotes and the articles in, what became of each quote out.

use std::fs::File;
use std::io::BufReader;

use super::args::Global;
use super::args::review::VerifyArgs;
use super::given::{Given, earlier, stored};
use super::output::listed;
use super::progress::Progress;
use super::{Corpus, Exit, Stop, load, no_articles, reader, warn};
use crate::error::{Error, Location};
use crate::report;
use crate::value::EvidenceStatus;
use crate::verify::{Verifier, evidence};

/// Checks the quotes of a file. The articles are read one by one, and only the quotes are kept.
pub(super) fn run(global: &Global, args: &VerifyArgs) -> Result<Exit, Stop> {
    let file = File::open(&args.file).map_err(|error| {
        let error = Error::new(Location::file(&args.file), format!("cannot be read: {error}"));
        error.help("give the file that `gainsay claims` or `gainsay findings` wrote, then the articles")
    })?;
    let read = evidence(&args.file, BufReader::new(file));
    if read.evidence.is_empty() {
        return Err(Stop::Errors(read.warnings));
    }
    warn(global, &read.warnings);
    let mut verifier = Verifier::new(read.evidence);
    let corpus = Corpus::from(&args.stream);
    let rules = load(global)?;
    let mut reader = reader(global, rules, corpus.paths).after(earlier(corpus)?);
    let mut progress = Progress::of(global, rules, corpus.paths, reader.meter());
    let (mut articles, mut warnings) = (0_usize, Vec::new());
    for given in stored(corpus, rules)?.chain(reader.by_ref().map(|raw| raw.map(Given::Raw))) {
        match given {
            Ok(given) => {
                let raw = given.raw();
                articles += 1;
                verifier.see(&raw.article.document, &raw.text);
                progress.show(articles);
            }
            Err(warning) => warnings.push(warning),
        }
    }
    drop(progress);
    if articles == 0 {
        warnings.push(no_articles(corpus, reader.skipped()));
    }
    warn(global, &warnings);
    let checks = verifier.finish();
    let fine = checks.iter().all(|(_, check)| check.status == EvidenceStatus::Ok);
    listed(global, &args.stream.out, |format, out| report::write_checks(&checks, format, out))?;
    Ok(if fine && read.warnings.is_empty() && warnings.is_empty() { Exit::Fine } else { Exit::Partly })
}
