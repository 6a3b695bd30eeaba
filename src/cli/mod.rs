//! The command line: flags in, one stage called, its output written, an exit status.

#[cfg(feature = "store")]
mod add;
mod args;
mod check;
mod claims;
mod decide;
mod errors;
mod given;
mod help;
mod inputs;
#[cfg(unix)]
mod interrupt;
mod judge;
mod kept;
mod listing;
mod manual;
mod output;
mod progress;
mod review;
mod rules;
mod score;
mod streams;
mod terminal;
mod verify;

use std::ffi::OsString;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ColorChoice, Parser};

use crate::analysis::{Analysis, Until, analyze};
use crate::decision::{Correction, Kept};
use crate::error::{Error, Location};
use crate::extract::{Gaps, Wanted};
use crate::input::{DOCUMENTS_READ, Raw, Reader};
use crate::report::text::one_line;
use crate::report::{self, Format, Report, Stream};
use crate::rules::RuleSet;
use args::review::{ComparedArgs, CorpusArgs, DecidedArgs};
use args::{
    Args, AuditArgs, AuditBy, Command, ExplainArgs, Global, GraphArgs, GraphFormat, OutArgs, ReportArgs, TollsArgs,
};
use given::{Corpus, Given};
use output::{deliver, form, listed, stderr, to_stdout};
use progress::Progress;

/// How a run ended; `--help` says the same in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Everything was read.
    Fine = 0,
    /// Finished, but something could not be read, or a decision has lapsed.
    Partly = 1,
    /// Wrong usage, or nothing could be done.
    Nothing = 2,
}

/// Why a run ended early.
enum Stop {
    /// Rules, folders or files that could not be used.
    Errors(Vec<Error>),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Errors(vec![error])
    }
}

/// Runs the program with its command line, the program's name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let exit = match Args::try_parse_from(arguments) {
        Ok(args) => finish(args.global.color, run(&args)),
        Err(usage) => {
            // A reader that closes the pipe before the help is out has seen what it wanted.
            let _ = usage.print();
            if usage.use_stderr() { Exit::Nothing } else { Exit::Fine }
        }
    };
    ExitCode::from(exit as u8)
}

/// Tells why the run ended early, if it did. A closed pipe is no error: the reader had enough.
fn finish(color: ColorChoice, result: Result<Exit, Stop>) -> Exit {
    let (mut told, colour) = stderr(color);
    let message = match result {
        Ok(exit) => return exit,
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Fine,
        Err(Stop::Output(error)) => format!("error: cannot write the output: {error}\n"),
        Err(Stop::Errors(all)) => all.iter().map(|error| errors::render(error, colour)).collect(),
    };
    // Nobody is left to tell when standard error itself is closed.
    let _ = told.write_all(message.as_bytes());
    Exit::Nothing
}

fn run(args: &Args) -> Result<Exit, Stop> {
    let global = &args.global;
    if let Some(threads) = global.threads {
        // This fails only when the pool was built before, which keeps working with its own number of threads.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
    #[cfg(unix)]
    interrupt::watch(match args.command {
        Command::Review(_) => interrupt::Ends::Terminated,
        _ => interrupt::Ends::Both,
    });
    match &args.command {
        Command::Report(report) => write_report(global, report),
        Command::Claims(claims) => streams::claims(global, claims),
        Command::Findings(args) => write_findings(global, args),
        Command::Tallies(args) => write_compared(global, args, Stream::Tallies, Until::Comparison),
        Command::Tolls(tolls) => write_tolls(global, tolls),
        Command::Audit(audit) => write_audit(global, audit),
        Command::Times(stream) => streams::write(global, stream, Stream::Times),
        Command::Attributions(stream) => streams::write(global, stream, Stream::Attributions),
        Command::Coverage(stream) => streams::write(global, stream, Stream::Coverage),
        Command::Graph(graph) => write_graph(global, graph),
        Command::Score(args) => score::run(global, args),
        Command::Verify(args) => verify::run(global, args),
        Command::Decide(args) => decide::run(global, args),
        #[cfg(feature = "store")]
        Command::Add(args) => add::run(global, args),
        Command::Inputs(args) => inputs::run(global, args),
        Command::Review(args) => review::run(global, args),
        Command::Explain(explain) => write_explanation(global, explain),
        Command::Rules(args) => rules::run(global, args),
        Command::Schema { of } => write_schema(of),
        Command::Completions { shell } => manual::complete(*shell),
        Command::Man(args) => manual::write(global, args),
    }
}

fn write_report(global: &Global, args: &ReportArgs) -> Result<Exit, Stop> {
    if let Some(folder) = args.corpus.paths.iter().find(|path| path.is_dir() && lies_in(&args.output, path)) {
        let message =
            format!("the report would lie inside `{}`, and be read as an article the next time", folder.display());
        let inside = Error::new(Location::file(&args.output), message);
        return Err(inside.help("give `-o` a folder that is not among the articles").into());
    }
    let corpus = (&args.corpus).into();
    let kept = kept::of(&args.decided, corpus)?;
    let formats: Vec<&str> = args.format.iter().map(String::as_str).collect();
    let needs = report::needs(&formats);
    let wanted = Wanted { gaps: Gaps::Examples, texts: needs.texts, ..Wanted::default() };
    let (analysis, exit) = read_reviewed(global, load(global)?, corpus, &kept, wanted, needs.until)?;
    let written = report::write_folder(&args.output, &formats, &Report::new(analysis))?;
    if !global.quiet {
        to_stdout(|out| written.iter().try_for_each(|path| writeln!(out, "{}", path.display())))?;
    }
    Ok(exit)
}

/// True when `path`, of which only the first folders need exist, lies inside the folder `folder`, or is it.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    path.ancestors().find_map(|known| known.canonicalize().ok()).is_some_and(|known| known.starts_with(folder))
}

fn write_findings(global: &Global, args: &ComparedArgs) -> Result<Exit, Stop> {
    let ComparedArgs { corpus, out: to, decided } = args;
    let (corpus, wanted) = (corpus.into(), Wanted::default());
    let kept = kept::of(decided, corpus)?;
    let rules = load(global)?;
    if write_known(global, to, (corpus, &kept), Stream::Findings, rules)? {
        return Ok(Exit::Fine);
    }
    let (analysis, exit) = read_reviewed(global, rules, corpus, &kept, wanted, Until::Comparison)?;
    listed(global, to, |format, out| report::write(Stream::Findings, format, analysis, out))?;
    Ok(exit)
}

/// Writes the lines that stand in the store, if these are what a run would give.
fn write_known(
    global: &Global,
    to: &OutArgs,
    (corpus, kept): (Corpus<'_>, &Kept),
    stream: Stream,
    rules: &RuleSet,
) -> Result<bool, Stop> {
    if form(global, to) != Format::Jsonl {
        return Ok(false);
    }
    let lines = given::lines(corpus, kept, stream, rules)?;
    lines.map(|lines| listed(global, to, |_, out| lines.write(out))).transpose().map(|written| written.is_some())
}

fn write_compared(global: &Global, args: &ComparedArgs, stream: Stream, until: Until) -> Result<Exit, Stop> {
    let (analysis, exit) = read_corrected(global, load(global)?, &args.corpus, &args.decided, until)?;
    listed(global, &args.out, |format, out| report::write(stream, format, analysis, out))?;
    Ok(exit)
}

fn write_tolls(global: &Global, args: &TollsArgs) -> Result<Exit, Stop> {
    let rules = load(global)?;
    if !args.policy.is_empty() && args.policy != ["all"] {
        rules.policies.keep(&args.policy)?;
    }
    let ComparedArgs { corpus, out: to, decided } = &args.compared;
    let (analysis, exit) = read_corrected(global, rules, corpus, decided, Until::Policies)?;
    listed(global, to, |format, out| report::write(Stream::Tolls, format, analysis, out))?;
    Ok(exit)
}

fn write_audit(global: &Global, args: &AuditArgs) -> Result<Exit, Stop> {
    let stream = match args.by {
        AuditBy::Outlet => Stream::Audit,
        AuditBy::Figure => Stream::AuditFigures,
    };
    write_compared(global, &args.compared, stream, Until::Audit)
}

fn write_graph(global: &Global, args: &GraphArgs) -> Result<Exit, Stop> {
    let (analysis, exit) = read_corrected(global, load(global)?, &args.corpus, &args.decided, Until::Comparison)?;
    let graph = analysis.graph();
    deliver(args.output.as_deref(), |out| match args.format {
        GraphFormat::Dot => graph.write_dot(out),
        GraphFormat::Graphml => graph.write_graphml(out),
        GraphFormat::Json => graph.write_json(out),
    })?;
    Ok(exit)
}

fn write_schema(of: &str) -> Result<Exit, Stop> {
    to_stdout(|out| {
        serde_json::to_writer_pretty(&mut *out, &report::schema_of(of))?;
        writeln!(out)
    })?;
    Ok(Exit::Fine)
}

fn write_explanation(global: &Global, args: &ExplainArgs) -> Result<Exit, Stop> {
    let rules = load(global)?;
    let corpus = args.into();
    let kept = kept::of(&args.decided, corpus)?;
    let (analysis, exit) = read_reviewed(global, rules, corpus, &kept, Wanted::default(), Until::Comparison)?;
    let subject = report::subject(analysis, &args.id)?;
    to_stdout(|out| report::explain(subject, analysis, rules, out))?;
    Ok(exit)
}

/// The rules, which are kept until the program ends: to let go of them word by word takes time.
fn load(global: &Global) -> Result<&'static mut RuleSet, Stop> {
    let rules = RuleSet::load(&rules::files(global.rules.as_deref())?).map_err(Stop::Errors)?;
    Ok(Box::leak(Box::new(rules)))
}

fn read(global: &Global, corpus: Corpus<'_>, wanted: Wanted, until: Until) -> Result<(&'static Analysis, Exit), Stop> {
    read_with(global, load(global)?, corpus, wanted, until, |_| ())
}

/// A reader of these paths, and of standard input where one of them means it.
fn reader<'i>(global: &Global, rules: &'i RuleSet, paths: &[PathBuf]) -> Reader<'i> {
    let reader = Reader::new(rules, paths.iter().cloned(), BufReader::new(io::stdin()));
    reader.ignoring(global.ignore.iter().map(String::as_str))
}

/// Reads and analyses the articles, shows each to `seen`, and tells on standard error what could not be read. The
/// analysis is kept until the program ends, as the rules are.
fn read_with(
    global: &Global,
    rules: &RuleSet,
    corpus: Corpus<'_>,
    wanted: Wanted,
    until: Until,
    seen: impl FnMut(&Raw) + Send,
) -> Result<(&'static Analysis, Exit), Stop> {
    Ok(told(global, analysed(global, rules, corpus, &[], (wanted, until), seen)?))
}

/// The same with the claims as reviewers corrected them.
fn read_corrected(
    global: &Global,
    rules: &RuleSet,
    corpus: &CorpusArgs,
    decided: &DecidedArgs,
    until: Until,
) -> Result<(&'static Analysis, Exit), Stop> {
    let kept = kept::of(decided, corpus.into())?;
    let goal = (Wanted::default(), until);
    Ok(told(global, analysed(global, rules, corpus.into(), &kept.corrections, goal, |_| ())?))
}

/// The same with their decisions on findings, too.
fn read_reviewed(
    global: &Global,
    rules: &RuleSet,
    corpus: Corpus<'_>,
    kept: &Kept,
    wanted: Wanted,
    until: Until,
) -> Result<(&'static Analysis, Exit), Stop> {
    let mut analysis = analysed(global, rules, corpus, &kept.corrections, (wanted, until), |_| ())?;
    analysis.decide(&kept.decisions);
    Ok(told(global, analysis))
}

/// Tells the warnings of an analysis, which is kept until the program ends.
fn told(global: &Global, analysis: Analysis) -> (&'static Analysis, Exit) {
    warn(global, &analysis.warnings);
    warn(global, &analysis.lapsed);
    let fine = analysis.warnings.is_empty() && analysis.lapsed.is_empty();
    let exit = if fine { Exit::Fine } else { Exit::Partly };
    (Box::leak(Box::new(analysis)), exit)
}

fn analysed(
    global: &Global,
    rules: &RuleSet,
    corpus: Corpus<'_>,
    corrections: &[Correction],
    (wanted, until): (Wanted, Until),
    mut seen: impl FnMut(&Raw) + Send,
) -> Result<Analysis, Stop> {
    let paths = corpus.paths;
    let mut reader = reader(global, rules, paths).after(given::earlier(corpus)?);
    let mut progress = Progress::of(global, rules, paths, reader.meter());
    let articles = given::stored(corpus, rules)?.chain(reader.by_ref().map(|raw| raw.map(Given::Raw)));
    let shown = articles.inspect(|given| given.iter().for_each(|given| seen(given.raw())));
    let mut analysis = analyze(shown, rules, wanted, Until::Extraction, |articles| progress.show(articles));
    let (given, warnings) = claims::read(corpus.claims, rules);
    analysis.join(given);
    analysis.warnings.extend(warnings);
    analysis.correct(corrections, rules);
    progress.compare(analysis.claims.len());
    analysis.proceed(rules, until);
    drop(progress);
    if analysis.articles.is_empty() {
        if !analysis.warnings.is_empty() {
            return Err(Stop::Errors(analysis.warnings));
        }
        analysis.warnings.push(no_articles(corpus, reader.skipped()));
    }
    Ok(analysis)
}

fn warn(global: &Global, warnings: &[Error]) {
    if global.quiet {
        return;
    }
    let (mut stderr, _) = stderr(global.color);
    for warning in warnings {
        // Warnings are by the way: the output goes on when nobody listens to them.
        let _ = writeln!(stderr, "warning: {}", one_line(&warning.to_string()));
    }
}

/// The warning that folders held nothing to read.
fn no_articles(corpus: Corpus<'_>, skipped: usize) -> Error {
    let shown: Vec<String> = corpus.named().map(|path| path.display().to_string()).collect();
    let passed = match skipped {
        0 => String::new(),
        1 => "; one file of another kind was passed over".to_owned(),
        n => format!("; {n} files of other kinds were passed over"),
    };
    let documents = if DOCUMENTS_READ { "PDF, DOCX, " } else { "" };
    Error::new(Location::file(shown.join(", ")), format!("no articles found{passed}")).help(format!(
        "give text, saved pages, {documents}feeds, web archives, JSON Lines, JSON or CSV, packed or not, or a folder that holds some"
    ))
}
