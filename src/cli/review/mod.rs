//! `gainsay review`: the report's page on this machine, where findings are decided and claims corrected.

mod guard;
mod server;
mod session;

use std::io::Write;

use super::args::Global;
use super::args::review::ReviewArgs;
use super::output::{stderr, to_stdout};
use super::{Corpus, Exit, Stop, analysed, kept, load, warn};
use crate::analysis::Until;
use crate::error::{Error, Location};
use crate::extract::{Gaps, Wanted};
use session::Session;

/// Reads the articles once, and serves the page until Ctrl-C.
pub(super) fn run(global: &Global, args: &ReviewArgs) -> Result<Exit, Stop> {
    let corpus: Corpus<'_> = (&args.corpus).into();
    let Some(place) = kept::place(args.decisions.as_deref(), corpus) else {
        let error = Error::new(Location::file("-"), "there is no place beside standard input to keep decisions");
        return Err(error.help("name a file with `--decisions`").into());
    };
    let rules = &*load(global)?;
    let wanted = Wanted { gaps: Gaps::Examples, texts: true, ..Wanted::default() };
    let base = analysed(global, rules, corpus, &[], (wanted, Until::Extraction), |_| ())?;
    let session = Session::open(rules, base, place, args.by.clone())?;
    let analysis = session.analysis();
    warn(global, &analysis.warnings);
    warn(global, &analysis.lapsed);
    let fine = analysis.warnings.is_empty() && analysis.lapsed.is_empty();
    server::run(session, args.port, |address| {
        to_stdout(|out| writeln!(out, "{address}"))?;
        let hint = "open this address in a browser; Ctrl-C ends the review\n";
        // Who does not hear this finds the address above.
        let _ = (!global.quiet).then(|| stderr(global.color).0.write_all(hint.as_bytes()));
        Ok(())
    })?;
    Ok(if fine { Exit::Fine } else { Exit::Partly })
}
