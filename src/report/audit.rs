//! The Markdown report's account of what it rests on: casualty figures outlet by outlet, and what could not be used.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::escape::{link, md};
use super::markdown::{as_of, label};
use super::model::{Report, Toll, TollRow};
use super::text::{candidates, counted, day, first_words, number, one_line, outlet_and_day, speaker};
use crate::analysis::Analysis;
use crate::error::Error;
use crate::event::days;
use crate::tally::Tally;
use crate::text::Article;

/// Articles or warnings listed under one heading; more are counted.
const LISTED: usize = 50;

/// Characters shown of a sentence that gave no claim.
const SENTENCE: usize = 240;

/// Figures of every event that more than one article tells, then those told once.
pub(super) fn tolls(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (told_often, told_once): (Vec<&Toll<'_>>, Vec<_>) = report.tolls.iter().partition(|toll| toll.rows.len() > 1);
    if report.tolls.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Casualty figures, outlet by outlet\n")?;
    writeln!(
        out,
        "Each cell is what one article says: its figure, the lowest and highest number its words allow, the"
    )?;
    writeln!(out, "day it is as of, and who says so.\n")?;
    for toll in told_often {
        let when = toll.event.time.map(|time| format!(", {}", days(time))).unwrap_or_default();
        writeln!(out, "### {}{when}\n", label(Some(toll.event)))?;
        table(report.analysis, toll, out)?;
    }
    if !told_once.is_empty() {
        writeln!(out, "### Told by one article only\n")?;
        for toll in told_once {
            for row in &toll.rows {
                let figures: Vec<String> = toll
                    .outcomes
                    .iter()
                    .zip(&row.cells)
                    .filter_map(|(outcome, tally)| {
                        tally.map(|tally| format!("{outcome} {}", cell(report.analysis, tally)))
                    })
                    .collect();
                writeln!(out, "- {}: {}. {}", label(Some(toll.event)), figures.join("; "), told(row.article))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn told(article: &Article) -> String {
    link(&outlet_and_day(article), article.url.as_deref())
}

fn table(analysis: &Analysis, toll: &Toll<'_>, out: &mut dyn Write) -> io::Result<()> {
    let headings: Vec<&str> = toll.outcomes.iter().map(|outcome| outcome.as_str()).collect();
    writeln!(out, "| Outlet | {} |", headings.join(" | "))?;
    writeln!(out, "| :--- |{}", " :--- |".repeat(headings.len()))?;
    for TollRow { article, cells } in &toll.rows {
        let cells: Vec<String> =
            cells.iter().map(|tally| tally.map_or_else(String::new, |tally| cell(analysis, tally))).collect();
        writeln!(out, "| {} | {} |", told(article), cells.join(" | "))?;
    }
    writeln!(out)
}

/// `**50** (45 to 55), as of 13 September 2022, Yerevan (Armenia)`.
fn cell(analysis: &Analysis, tally: &Tally) -> String {
    let figure = match stated(tally) {
        (None, _) => "number not said".to_owned(),
        (Some(figure), None) => format!("**{figure}**"),
        (Some(figure), Some(range)) => format!("**{figure}** ({range})"),
    };
    let speakers: Vec<String> = speakers(analysis, tally).iter().map(|speaker| md(speaker)).collect();
    let said = (!speakers.is_empty()).then(|| speakers.join(", "));
    [Some(figure), as_of(tally.as_of), said].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The figure of a tally, and the range around it where that is another: `50` and `45 to 55`; `24 to 99` alone.
pub(super) fn stated(tally: &Tally) -> (Option<String>, Option<String>) {
    let range = match (tally.low, tally.high) {
        (Some(low), Some(high)) if low == high => None,
        (Some(low), Some(high)) => Some(format!("{} to {}", number(low), number(high))),
        (Some(low), None) => Some(format!("{} or more", number(low))),
        (None, Some(high)) => Some(format!("up to {}", number(high))),
        (None, None) => None,
    };
    match (tally.best.map(number), range) {
        (Some(best), range) => (Some(best), range),
        (None, Some(range)) => (Some(range), None),
        (None, None) => (tally.low.map(number), None),
    }
}

/// Who says a tally's figures, each once.
pub(super) fn speakers(analysis: &Analysis, tally: &Tally) -> Vec<String> {
    let who = analysis.claims_at(&tally.claims).map(speaker).collect::<BTreeSet<_>>();
    who.into_iter().collect()
}

/// What could not be read, dated, named or placed, and what that means for the comparison.
pub(super) fn unused(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let unused = &report.unused;
    let lapsed = &report.analysis.lapsed;
    let nothing =
        lapsed.is_empty() && unused.warnings.is_empty() && unused.lacking.is_empty() && unused.without_event == 0;
    if nothing && unused.gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "## What could not be used\n")?;
    if unused.without_event > 0 {
        let claims = counted(unused.without_event, "claim belongs", "claims belong");
        writeln!(out, "{claims} to no event and could not be compared (`event` is empty in `claims.csv`).\n")?;
    }
    if !unused.warnings.is_empty() {
        listed("Could not be read", unused.warnings, out)?;
    }
    if !lapsed.is_empty() {
        listed("Decisions that no longer hold", lapsed, out)?;
    }
    gaps(report, out)?;
    if unused.lacking.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "An article without a claim adds nothing to compare. In one without a date, words like \"on Tuesday\""
    )?;
    writeln!(out, "are not placed. One without an outlet is named by its headline.\n")?;
    writeln!(out, "| Article | Lacks |\n| :--- | :--- |")?;
    for lacking in unused.lacking.iter().take(LISTED) {
        writeln!(out, "| {} | {} |", name(lacking.article), lacking.what.join(", "))?;
    }
    and_more(unused.lacking.len(), out)
}

fn listed(heading: &str, warnings: &[Error], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{heading}:\n")?;
    for warning in warnings.iter().take(LISTED) {
        writeln!(out, "- {}", md(&warning.to_string()))?;
    }
    and_more(warnings.len(), out)
}

/// How many sentences with a number and a word of casualty gave no claim, by reason, with an example of each.
fn gaps(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.unused.gaps.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}; `gainsay coverage` lists the others.\n", candidates(&report.analysis.coverage))?;
    writeln!(out, "| Reason | Sentences | For instance | Why | Where |\n| :--- | ---: | :--- | :--- | :--- |")?;
    for missed in &report.unused.gaps {
        let cells = missed.example.map(|(article, gap)| {
            let sentence = first_words(&one_line(&gap.at.text), SENTENCE);
            [md(&sentence), md(&gap.why), told(article)]
        });
        let sentences = number(missed.sentences as u64);
        writeln!(out, "| {} | {sentences} | {} |", missed.reason, cells.unwrap_or_default().join(" | "))?;
    }
    writeln!(out)
}

fn and_more(all: usize, out: &mut dyn Write) -> io::Result<()> {
    if all > LISTED {
        writeln!(out, "\nand {} more", number((all - LISTED) as u64))?;
    }
    writeln!(out)
}

/// The article with all that is known to find it again.
fn name(article: &Article) -> String {
    let title = article.title.as_deref().map(|title| format!("“{}”", md(title)));
    let outlet = article.outlet.as_deref().map(md);
    let known = [Some(code(&article.document)), outlet, article.published.map(day), title];
    known.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A document's id between backticks, which it cannot end, in a table cell, which it cannot end either.
fn code(document: &str) -> String {
    format!("`{}`", one_line(document).replace('`', "'").replace('|', "\\|"))
}
