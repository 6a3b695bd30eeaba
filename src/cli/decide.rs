//! `gainsay decide`, and where decisions are kept: reviewers' words on findings, in a file beside the articles.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

use super::args::Global;
use super::args::review::{DecideArgs, DecidedArgs};
use super::output::{of_list, to_stdout, to_stdout_as};
use super::{Corpus, Exit, Stop, read};
use crate::analysis::{Analysis, Until};
use crate::compare::Finding;
use crate::decision::{self, Decision};
use crate::error::{Error, Location};
use crate::extract::Wanted;
use crate::input::STANDARD_INPUT;
use crate::report::{self, Subject};
use crate::rules::symbol::nearest;
use crate::value::Judgement;

/// The decisions that hold for the articles of these paths.
pub(super) fn decisions(args: &DecidedArgs, corpus: Corpus<'_>) -> Result<Vec<Decision>, Error> {
    match &args.decisions {
        _ if args.no_decisions => Ok(Vec::new()),
        Some(file) if file.exists() => read_file(file),
        Some(file) => Err(Error::new(Location::file(file), "no such file").help("`gainsay decide` makes one")),
        None => {
            let files: BTreeSet<PathBuf> = corpus.files().filter_map(beside).collect();
            let read: Result<Vec<Vec<Decision>>, Error> = files.iter().map(|file| read_file(file)).collect();
            read.map(|decisions| decisions.concat())
        }
    }
}

/// Where the decisions on a path's articles are kept; nowhere for standard input.
fn beside(path: &Path) -> Option<PathBuf> {
    if path.as_os_str() == STANDARD_INPUT {
        return None;
    }
    let folder = if path.is_dir() { path } else { path.parent()? };
    Some(folder.join(decision::FILE))
}

/// The text of a file; nothing if it is not there.
fn text(file: &Path) -> Result<String, Error> {
    match std::fs::read_to_string(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::new(Location::file(file), format!("cannot be read: {error}")))
        }
        text => Ok(text.unwrap_or_default()),
    }
}

fn read_file(file: &Path) -> Result<Vec<Decision>, Error> {
    decision::read(file, &text(file)?)
}

/// Decides, lists or takes back.
pub(super) fn run(global: &Global, args: &DecideArgs) -> Result<Exit, Stop> {
    let (finding, paths) = match &args.words[..] {
        all if args.list => (Path::new(""), all),
        [finding, paths @ ..] => (finding.as_path(), paths),
        [] => (Path::new(""), &[][..]),
    };
    let corpus = Corpus { paths, claims: &args.claims };
    let Some(file) = args.decisions.clone().or_else(|| corpus.files().find_map(beside)) else {
        let error = Error::new(Location::file(finding), "no articles are given whose decisions are meant");
        return Err(error
            .help("give the finding first, then the folder or files of the articles, or `--claims`")
            .into());
    };
    if args.list {
        return list(global, args, &file);
    }
    let finding = finding.to_string_lossy();
    if args.undo {
        return undo(global, &finding, &file);
    }
    let text = text(&file)?;
    let known = decision::read(&file, &text)?;
    let (analysis, exit) = read(global, corpus, Wanted::default(), Until::Comparison)?;
    let decided = decide(args, found(analysis, &finding)?, analysis, &known);
    write(global, &file, &decision::add(&file, &text, &decided)?, &decided)?;
    Ok(exit)
}

fn found<'a>(analysis: &'a Analysis, id: &str) -> Result<&'a Finding, Error> {
    let finding = match report::subject(analysis, id)? {
        Subject::Finding(index) => analysis.findings.get(index),
        Subject::Claim(_) => None,
    };
    finding.ok_or_else(|| {
        let error = Error::new(Location::file(id), "this is a claim; decisions are on findings");
        error.help("`gainsay findings` of the same articles tells the ids of findings")
    })
}

/// The decision asked for. One that holds for this finding already, whatever the finding was called then, is replaced.
fn decide(args: &DecideArgs, finding: &Finding, analysis: &Analysis, known: &[Decision]) -> Decision {
    let documents = analysis.articles.iter().map(|article| &*article.document).collect();
    let applied = decision::apply(known, &analysis.findings, &analysis.claims, &documents);
    let before = applied.decided.get(&finding.id).map(|decided| decided.decision.finding.clone());
    Decision {
        finding: before.unwrap_or_else(|| finding.id.to_string().into()),
        verdict: if args.dismiss { Judgement::Dismissed } else { Judgement::Confirmed },
        why: args.why.as_deref().unwrap_or_default().into(),
        by: args.by.as_deref().map(Into::into),
        on: Some(args.on.unwrap_or_else(today)),
        kind: finding.kind,
        question: (*finding.question).into(),
        claims: decision::grounds(finding, &analysis.claims),
        at: Location::file(decision::FILE),
    }
}

/// The day that a new decision is dated with. Nothing else looks at the clock, and reports only at the file.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn undo(global: &Global, id: &str, file: &Path) -> Result<Exit, Stop> {
    let text = text(file)?;
    let known = decision::read(file, &text)?;
    let fits: Vec<&Decision> =
        known.iter().filter(|decision| decision.finding.starts_with(&*id.to_lowercase())).collect();
    let [decision] = fits[..] else {
        let message = match fits.len() {
            0 => format!("no decision is on a finding whose id begins with `{id}`"),
            several => format!("{several} decisions are on findings whose ids begin with `{id}`"),
        };
        let error = Error::new(Location::file(file), message);
        let lists = "`gainsay decide --list` shows all";
        return Err(match nearest(id, known.iter().map(|decision| &*decision.finding)) {
            Some(like) if fits.is_empty() => error.help(format!("did you mean `{like}`? {lists}")),
            _ => error.help(lists),
        }
        .into());
    };
    write(global, file, &decision::remove(file, &text, &decision.finding)?, decision)?;
    Ok(Exit::Fine)
}

/// Writes the file whole, and says which decision it was about.
fn write(global: &Global, file: &Path, text: &str, decision: &Decision) -> Result<(), Stop> {
    report::write_file(file, |out| out.write_all(text.as_bytes()))?;
    if !global.quiet {
        to_stdout(|out| writeln!(out, "{}: {} ({})", file.display(), decision.question, decision.finding))?;
    }
    Ok(())
}

fn list(global: &Global, args: &DecideArgs, file: &Path) -> Result<Exit, Stop> {
    let decisions = read_file(file)?;
    let format = of_list(global, args.format);
    to_stdout_as(format, |out| report::write_decisions(&decisions, format, out))?;
    Ok(Exit::Fine)
}
