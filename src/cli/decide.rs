//! `gainsay decide`: a reviewer's word on a finding or a claim, kept, listed or taken back.

use std::path::Path;

use super::args::Global;
use super::args::review::DecideArgs;
use super::judge::{self, Change, Signed};
use super::kept::Place;
use super::output::{of_list, to_stdout, to_stdout_as};
use super::{Corpus, Exit, Stop, kept, load, read_reviewed};
use crate::analysis::Until;
use crate::decision::{self, Correction, Decision, Kept};
use crate::error::{Error, Location};
use crate::extract::Wanted;
use crate::report;
use crate::rules::symbol::nearest;
use crate::value::Judgement;

/// Decides, corrects, lists or takes back.
pub(super) fn run(global: &Global, args: &DecideArgs) -> Result<Exit, Stop> {
    let (id, paths) = match &args.words[..] {
        all if args.list => (Path::new(""), all),
        [] if args.dismiss || args.confirm || args.correct || args.undo => {
            let error = Error::new(Location::file("decide"), "no finding or claim is named");
            return Err(error.help("give its id, or the beginning of it, first").into());
        }
        [id, paths @ ..] => (id.as_path(), paths),
        [] => (Path::new(""), &[][..]),
    };
    let corpus = Corpus { db: args.db.path(), paths, claims: &args.claims };
    let Some(place) = kept::place(args.decisions.as_deref(), corpus) else {
        let error = Error::new(Location::file(id), "no articles are given whose decisions are meant");
        return Err(error
            .help("give the finding or claim first, then the folder or files of the articles, or `--claims`")
            .into());
    };
    if args.list {
        return list(global, args, &place);
    }
    #[cfg(feature = "store")]
    if let Some(file) = &args.moved.import {
        return import(file, &place);
    }
    #[cfg(feature = "store")]
    if let Some(file) = &args.moved.export {
        Place::File(file.clone()).write(&place.text()?)?;
        return Ok(Exit::Fine);
    }
    let id = id.to_string_lossy();
    if args.undo {
        return undo(global, &id, &place);
    }
    let (file, text) = (place.path(), place.text()?);
    let known = decision::read(file, &text)?;
    let (analysis, exit) = read_reviewed(global, load(global)?, corpus, &known, Wanted::default(), Until::Comparison)?;
    let signed = Signed { why: args.why.as_deref().unwrap_or_default(), by: args.by.as_deref(), on: args.on };
    if args.correct {
        let change =
            Change { figure: args.figure.as_deref(), speaker: args.speaker.as_deref(), event: args.event.as_deref() };
        let correction = judge::correct(analysis, &id, change, signed)?;
        place.write(&decision::add_correction(file, &text, &correction)?)?;
        tell(global, file, &of_correction(&correction))?;
    } else {
        let verdict = if args.dismiss { Judgement::Dismissed } else { Judgement::Confirmed };
        let decided = judge::decide(analysis, judge::finding(analysis, &id)?, verdict, signed);
        place.write(&decision::add(file, &text, &decided)?)?;
        tell(global, file, &of_decision(&decided))?;
    }
    Ok(exit)
}

fn of_decision(decision: &Decision) -> String {
    format!("{} ({})", decision.question, decision.finding)
}

fn of_correction(correction: &Correction) -> String {
    format!("“{}” of `{}` ({})", correction.ground.quote, correction.ground.document, correction.claim)
}

fn undo(global: &Global, id: &str, place: &Place) -> Result<Exit, Stop> {
    let (file, text) = (place.path(), place.text()?);
    let Kept { decisions, corrections } = decision::read(file, &text)?;
    let wanted = id.to_lowercase();
    let decided = decisions.iter().filter(|decision| decision.finding.starts_with(&*wanted));
    let corrected = corrections.iter().filter(|correction| correction.claim.starts_with(&*wanted));
    let without = |decision: &Decision| (decision::remove(file, &text, &decision.finding), of_decision(decision));
    let uncorrected = |correction: &Correction| {
        (decision::remove_correction(file, &text, &correction.claim), of_correction(correction))
    };
    let fits: Vec<_> = decided.map(without).chain(corrected.map(uncorrected)).collect();
    if let [(text, about)] = &fits[..] {
        let text = text.clone()?;
        place.write(&text)?;
        tell(global, file, about)?;
        return Ok(Exit::Fine);
    }
    let message = match fits.len() {
        0 => format!("no decision is on a finding whose id begins with `{id}`, and no correction of such a claim"),
        several => {
            format!("{several} decisions and corrections are on findings and claims whose ids begin with `{id}`")
        }
    };
    let error = Error::new(Location::file(file), message);
    let lists = "`gainsay decide --list` shows all";
    let ids = decisions.iter().map(|decision| &*decision.finding);
    let ids = ids.chain(corrections.iter().map(|correction| &*correction.claim));
    Err(match nearest(id, ids) {
        Some(like) if fits.is_empty() => error.help(format!("did you mean `{like}`? {lists}")),
        _ => error.help(lists),
    }
    .into())
}

/// Says which decision or correction it was about.
fn tell(global: &Global, file: &Path, about: &str) -> Result<(), Stop> {
    if !global.quiet {
        to_stdout(|out| writeln!(out, "{}: {about}", file.display()))?;
    }
    Ok(())
}

/// Keeps what a file holds beside what is kept; of two on one finding or claim the file's stays.
#[cfg(feature = "store")]
fn import(file: &Path, place: &Place) -> Result<Exit, Stop> {
    let Kept { decisions, corrections } = Place::File(file.to_owned()).read()?;
    let (to, text) = (place.path(), place.text()?);
    let text = decisions.iter().try_fold(text, |text, decision| decision::add(to, &text, decision))?;
    let text = corrections.iter().try_fold(text, |text, correction| decision::add_correction(to, &text, correction))?;
    place.write(&text)?;
    Ok(Exit::Fine)
}

fn list(global: &Global, args: &DecideArgs, place: &Place) -> Result<Exit, Stop> {
    let kept = place.read()?;
    let format = of_list(global, args.format);
    to_stdout_as(format, |out| report::write_decisions(&kept, format, out))?;
    Ok(Exit::Fine)
}
