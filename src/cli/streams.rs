//! The streams of what articles say one by one: claims, times, attributions, coverage. As JSON Lines they are written while
//! the articles are read, and nothing is kept.

use std::io::{self, IsTerminal};
use std::process;

use super::args::{ClaimsArgs, Global, StreamArgs};
use super::given::{self, Given};
use super::output::{listed, of_list, to_stdout};
use super::progress::Progress;
use super::{Corpus, Exit, Stop, analysed, finish, kept, load, no_articles, read, reader, told, warn, write_known};
use crate::analysis::{Analysis, Until, analyze_each};
use crate::decision::Correction;
use crate::error::Error;
use crate::extract::{Gaps, Wanted};
use crate::report::{self, Format, Stream};
use crate::rules::RuleSet;

/// Writes claims with their events, once all articles are read; or without them, each article's as it is read.
pub(super) fn claims(global: &Global, args: &ClaimsArgs) -> Result<Exit, Stop> {
    let corpus = Corpus::from(&args.stream);
    let kept = kept::of(&args.decided, corpus)?;
    let rules = load(global)?;
    if args.as_read {
        let corrections: Vec<Correction> = kept.corrections.into_iter().filter_map(without_event).collect();
        return Flow::new(global, rules, corpus, Stream::Claims).run(Wanted::default(), &corrections);
    }
    if write_known(global, &args.stream.out, (corpus, &kept), Stream::Claims, rules)? {
        return Ok(Exit::Fine);
    }
    let goal = (Wanted::default(), Until::Events);
    let (analysis, exit) = told(global, analysed(global, rules, corpus, &kept.corrections, goal, |_| ())?);
    listed(global, &args.stream.out, |format, out| report::write(Stream::Claims, format, analysis, out))?;
    Ok(exit)
}

/// A correction as far as it is about a claim by itself.
fn without_event(correction: Correction) -> Option<Correction> {
    let correction = Correction { event: None, ..correction };
    (correction.figure.is_some() || correction.speaker.is_some()).then_some(correction)
}

/// Writes one of the streams that each article has alone.
pub(super) fn write(global: &Global, args: &StreamArgs, stream: Stream) -> Result<Exit, Stop> {
    let wanted = Wanted {
        times: stream == Stream::Times,
        attributions: stream == Stream::Attributions,
        gaps: if stream == Stream::Coverage { Gaps::All } else { Gaps::Unread },
        texts: false,
    };
    if args.out.output.is_none() && of_list(global, args.out.format()) == Format::Jsonl {
        return Flow::new(global, load(global)?, args.into(), stream).run(wanted, &[]);
    }
    let (analysis, exit) = read(global, args.into(), wanted, Until::Extraction)?;
    listed(global, &args.out, |format, out| report::write(stream, format, analysis, out))?;
    Ok(exit)
}

/// A stream that is being written while its articles are read.
struct Flow<'a> {
    global: &'a Global,
    rules: &'a RuleSet,
    corpus: Corpus<'a>,
    stream: Stream,
    articles: usize,
    /// Warnings met before the first article: without any article they are errors.
    waiting: Vec<Error>,
    exit: Exit,
}

impl<'a> Flow<'a> {
    fn new(global: &'a Global, rules: &'a RuleSet, corpus: Corpus<'a>, stream: Stream) -> Self {
        Self { global, rules, corpus, stream, articles: 0, waiting: Vec::new(), exit: Exit::Fine }
    }

    fn run(mut self, wanted: Wanted, corrections: &[Correction]) -> Result<Exit, Stop> {
        let paths = self.corpus.paths;
        let mut reader = reader(self.global, self.rules, paths).after(given::earlier(self.corpus)?);
        // Lines that come one by one on a terminal are sign of life enough.
        let progress = || Progress::of(self.global, self.rules, paths, reader.meter());
        let mut progress = (!io::stdout().is_terminal()).then(progress);
        let articles = given::stored(self.corpus, self.rules)?.chain(reader.by_ref().map(|raw| raw.map(Given::Raw)));
        analyze_each(articles, self.rules, wanted, |mut part| {
            part.correct(corrections, self.rules);
            let written = self.show(part);
            progress.iter_mut().for_each(|progress| progress.show(self.articles));
            if let Err(error) = written {
                // The reader may be waiting for input that never comes, and nobody wants to know of it.
                process::exit(finish(self.global.color, Err(error.into())) as i32);
            }
        });
        drop(progress);
        if self.articles == 0 {
            if !self.waiting.is_empty() {
                return Err(Stop::Errors(self.waiting));
            }
            self.warn(&[no_articles(self.corpus, reader.skipped())]);
        }
        Ok(self.exit)
    }

    fn show(&mut self, mut part: Analysis) -> io::Result<()> {
        self.articles += part.articles.len();
        self.waiting.append(&mut part.warnings);
        self.waiting.append(&mut part.lapsed);
        if self.articles > 0 {
            let waiting = std::mem::take(&mut self.waiting);
            self.warn(&waiting);
        }
        to_stdout(|out| report::write(self.stream, Format::Jsonl, &part, out))
    }

    fn warn(&mut self, warnings: &[Error]) {
        if !warnings.is_empty() {
            self.exit = Exit::Partly;
        }
        warn(self.global, warnings);
    }
}
