//! `discrepancies.md`: the report to be read, event by event, the gravest first.

use std::io::{self, Write};

use super::decisions::in_words;
use super::escape::{link, md, quoted};
use super::model::{Answer, Ground, Question, Report, Section, Voice};
use super::text::{counted, day, excerpt, number, one_line, outlet, outlet_and_day, voice};
use super::{AUDITED, Exporter, audit, decisions, outlets};
use crate::decision::Decided;
use crate::event::{Event, days};
use crate::text::Article;
use crate::value::{Name, Verdict};

/// The report as Markdown.
pub(super) const DISCREPANCIES: Exporter =
    Exporter { format: "md", file: "discrepancies.md", needs: AUDITED, usual: true, write };

/// Wordings shown of each answer; more are counted.
const VOICES: usize = 4;
/// Outlets named for one wording; more are counted.
const CARRIERS: usize = 6;
/// Places and actors named under an event.
const NAMES: usize = 5;
/// Reasons shown of one rule for each question; more are counted.
const REASONS: usize = 4;
/// Answers shown of each question; more are counted.
const ANSWERS: usize = 24;

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Where the accounts differ\n")?;
    glance(report, out)?;
    for (index, section) in report.disputed.iter().enumerate() {
        dispute(index + 1, section, out)?;
    }
    agreements(&report.agreed, out)?;
    dismissed(report, out)?;
    audit::tolls(report, out)?;
    outlets::section(report, out)?;
    decisions::corrected(report, out)?;
    audit::unused(report, out)?;
    legend(out)
}

/// What a verdict is called over a list, and what it means.
pub(super) fn meaning(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Contradiction => ("contradicted", "cannot both be true of the same thing at the same time"),
        Verdict::Update => ("updated", "a later running total of the same thing"),
        Verdict::Scope => ("of different scope", "the figures differ because what is counted differs"),
        Verdict::Agreement => ("agreed", "the same, or one a vaguer form of the other"),
    }
}

fn glance(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    write!(out, "{}", counted(summary.articles, "article", "articles"))?;
    if summary.outlets > 0 {
        write!(out, " from {}", counted(summary.outlets, "outlet", "outlets"))?;
    }
    if let Some(published) = summary.published {
        write!(out, ", published {},", days(published))?;
    }
    let asked: usize = summary.findings.iter().map(|(_, count)| count).sum();
    let verb = if summary.articles == 1 { "tells" } else { "tell" };
    writeln!(out, " {verb} of {}.", counted(summary.events, "event", "events"))?;
    write!(out, "{} can be compared", counted(asked, "question", "questions"))?;
    let parts: Vec<String> = summary
        .findings
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("**{} {}**", number(*count as u64), meaning(*verdict).0))
        .collect();
    let dismissed = match report.dismissed.len() {
        0 => String::new(),
        n => format!("; reviewers dismissed {} more", number(n as u64)),
    };
    writeln!(out, "{}{}{dismissed}.\n", if parts.is_empty() { "" } else { ": " }, parts.join(", "))?;
    let kinds: Vec<&str> = summary.claims.iter().map(|(kind, _)| kind.as_str()).collect();
    let counts: Vec<String> = summary.claims.iter().map(|(_, count)| number(*count as u64)).collect();
    let claims: usize = summary.claims.iter().map(|(_, count)| count).sum();
    writeln!(out, "| Claims | {} |\n| ---: |{}", kinds.join(" | "), " ---: |".repeat(kinds.len()))?;
    writeln!(out, "| {} | {} |\n", number(claims as u64), counts.join(" | "))?;
    if report.disputed.is_empty() {
        return Ok(());
    }
    writeln!(out, "| Event | When | Contradictions | Updates | Scope | Agreements |")?;
    writeln!(out, "| :--- | :--- | ---: | ---: | ---: | ---: |")?;
    for (index, section) in report.disputed.iter().enumerate() {
        let when = section.event.and_then(|event| event.time).map(days).unwrap_or_default();
        write!(out, "| [{}](#event-{}) | {when} |", label(section.event), index + 1)?;
        for verdict in Verdict::ALL.iter().rev() {
            let count = section.count(*verdict);
            write!(out, " {} |", if count == 0 { String::new() } else { count.to_string() })?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

/// The event's label as a heading, escaped.
pub(super) fn label(event: Option<&Event>) -> String {
    md(&plain_label(event))
}

/// The event's label as a heading: its first letter a capital, without the days that stand beside it.
pub(super) fn plain_label(event: Option<&Event>) -> String {
    let Some(event) = event else { return String::new() };
    let days = event.time.map(days).unwrap_or_default();
    let label = event.label.strip_suffix(&days).map_or(&*event.label, |rest| rest.trim_end_matches([',', ' ']));
    capital(&one_line(if label.is_empty() { &event.label } else { label }))
}

/// The text with its first letter a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The first names of a list; nothing where it is empty.
pub(super) fn names(names: &[Name]) -> Option<String> {
    let names: Vec<&str> = names.iter().take(NAMES).map(Name::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// When, where, among whom and how widely told, on one line.
fn facts(section: &Section<'_>) -> String {
    let event = section.event;
    let told = format!(
        "{} of {}",
        counted(section.articles, "article", "articles"),
        counted(section.outlets, "outlet", "outlets")
    );
    let facts = [
        event.and_then(|event| event.time).map(days),
        event.and_then(|event| names(&event.setting.places)).map(|names| md(&names)),
        event.and_then(|event| names(&event.setting.actors)).map(|names| md(&names)),
        Some(told),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn dispute(number: usize, section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<a id=\"event-{number}\"></a>\n\n## {number}. {}\n", label(section.event))?;
    writeln!(out, "{}\n", facts(section))?;
    let (agreed, open): (Vec<_>, Vec<_>) =
        section.questions.iter().partition(|question| question.finding.verdict == Verdict::Agreement);
    for question in open {
        ask(question, out)?;
    }
    if !agreed.is_empty() {
        writeln!(out, "### Agreed\n")?;
        for question in agreed {
            agreement(question, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// One question in full: its answers in a table, and why they do not go together.
pub(super) fn ask(question: &Question<'_>, out: &mut dyn Write) -> io::Result<()> {
    let verdict = capital(question.finding.verdict.as_str());
    writeln!(out, "### {verdict}: {}\n", md(question.text))?;
    if let Some(Decided { decision, covers_all }) = question.decided {
        let since = if *covers_all { "" } else { " (answers came since that this does not cover)" };
        writeln!(out, "{}{since}\n", md(&in_words(decision)))?;
    }
    writeln!(out, "| Answer | Who says so | Outlet | In their words |\n| :--- | :--- | :--- | :--- |")?;
    for answer in question.answers.iter().take(ANSWERS) {
        rows(answer, out)?;
    }
    if question.answers.len() > ANSWERS {
        let more = counted(question.answers.len() - ANSWERS, "answer", "answers");
        writeln!(out, "| and {more} more, in `discrepancies.csv` | | | |")?;
    }
    writeln!(out)?;
    why(question, out)
}

fn rows(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut head = format!("**{}**", md(answer.label));
    if answer.articles > 1 {
        let origins = counted(answer.origins, "origin", "origins");
        head.push_str(&format!(" ({}, {origins})", counted(answer.articles, "article", "articles")));
    }
    for voice in answer.voices.iter().take(VOICES) {
        let (who, words) = (speaker(voice), quoted(&excerpt(&voice.claim.sentence, voice.claim.quote())));
        writeln!(out, "| {head} | {who} | {} | {words} |", carriers(&voice.articles))?;
        head.clear();
    }
    let shown: usize = answer.voices.iter().take(VOICES).map(|voice| voice.articles.len()).sum();
    if answer.voices.len() > VOICES {
        let wordings = counted(answer.voices.len() - VOICES, "wording", "wordings");
        let articles = answer.articles.saturating_sub(shown);
        let more =
            if articles == 0 { String::new() } else { format!(" in {}", counted(articles, "article", "articles")) };
        writeln!(out, "| | | | and {wordings} more{more} |")?;
    }
    Ok(())
}

fn speaker(voice: &Voice<'_>) -> String {
    md(&self::voice(voice.claim))
}

fn carriers(articles: &[&Article]) -> String {
    let mut named: Vec<String> =
        articles.iter().take(CARRIERS).map(|article| link(&outlet_and_day(article), article.url.as_deref())).collect();
    if articles.len() > CARRIERS {
        named.push(format!("and {} more", articles.len() - CARRIERS));
    }
    named.join("; ")
}

fn why(question: &Question<'_>, out: &mut dyn Write) -> io::Result<()> {
    if let ([Ground { rule, reasons, .. }], 2) = (&question.grounds[..], question.answers.len()) {
        let reasons: Vec<String> = reasons.iter().map(|reason| md(reason)).collect();
        return writeln!(out, "Why: {} (rule `{rule}`)\n", reasons.join(" "));
    }
    for Ground { verdict, rule, reasons } in &question.grounds {
        writeln!(out, "- {} (rule `{rule}`)", capital(verdict.as_str()))?;
        for reason in reasons.iter().take(REASONS) {
            writeln!(out, "  - {}", md(reason))?;
        }
        if reasons.len() > REASONS {
            writeln!(
                out,
                "  - and {} more, in `discrepancies.csv`",
                counted(reasons.len() - REASONS, "pair", "pairs")
            )?;
        }
    }
    if question.agreeing > 0 {
        writeln!(out, "- {}.", counted(question.agreeing, "pair of answers agrees", "pairs of answers agree"))?;
    }
    writeln!(out)
}

fn agreements(sections: &[Section<'_>], out: &mut dyn Write) -> io::Result<()> {
    if sections.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Where the accounts agree\n")?;
    for section in sections {
        writeln!(out, "**{}** · {}\n", label(section.event), facts(section))?;
        for question in &section.questions {
            agreement(question, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What reviewers dismissed, with their reason and the answers that stood against each other.
fn dismissed(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    if report.dismissed.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Dismissed by reviewers\n")?;
    for (event, question) in &report.dismissed {
        let reason = question.decided.map(|decided| md(&in_words(&decided.decision))).unwrap_or_default();
        writeln!(out, "**{}** · {} · {reason}\n", label(*event), question.finding.verdict)?;
        agreement(question, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// One line: the question, each answer, and the outlets that give it.
fn agreement(question: &Question<'_>, out: &mut dyn Write) -> io::Result<()> {
    let answers = question.answers.iter().map(|answer| {
        let mut outlets: Vec<String> =
            answer.voices.iter().flat_map(|voice| &voice.articles).map(|article| md(&outlet(article))).collect();
        outlets.sort();
        outlets.dedup();
        let named = outlets.iter().take(CARRIERS).cloned().collect::<Vec<_>>().join(", ");
        let more = outlets.len().saturating_sub(CARRIERS);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        format!("**{}** ({named}{more})", md(answer.label))
    });
    writeln!(out, "- {}: {}", capital(&md(question.text)), answers.collect::<Vec<_>>().join("; "))
}

fn legend(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## How to read this\n")?;
    for verdict in Verdict::ALL.iter().rev() {
        writeln!(out, "- **{}**: {}.", capital(verdict.as_str()), meaning(*verdict).1)?;
    }
    writeln!(
        out,
        "\nThe words in bold are the claim, the rest is its sentence. \"The outlet itself\" means that the text names \
         no other speaker.\nNothing here says who is right: it shows where to look. Every pair of answers stands in \
         `discrepancies.csv`, every claim with its place in the text in `claims.csv`."
    )
}

/// A day as it stands in a cell.
pub(super) fn as_of(date: Option<jiff::civil::Date>) -> Option<String> {
    date.map(|date| format!("as of {}", day(date)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn markdown() -> String {
        let analysis = fixture::analysis();
        let mut out = Vec::new();
        write(&Report::new(&analysis), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_contradiction_stands_under_its_event_with_both_quotes_in_their_sentences() {
        let expected = "\
## 1. Border clashes

13–14 September 2022 · Armenia, Azerbaijan · 2 articles of 2 outlets

### Contradiction: killed, soldiers of Armenia

| Answer | Who says so | Outlet | In their words |
| :--- | :--- | :--- | :--- |
| **50** | Yerevan (Armenia), via Reuters | [Krone, 14 September 2022](<https://example.org/a?a=(1)>) | The ministry said \
&lt;b&gt;about&lt;/b&gt; **50 of their \\| soldiers** were killed on \\*Tuesday\\*. |
| **71** | the outlet itself, via Reuters | [La \\| Stampa, 16 September 2022](<https://example.org/b?a=(1)>) | \
\\=**71 soldiers** died. |

Why: 50 and 71 cannot both be the number on one day. (rule `compare/figure/apart`)
";
        let markdown = markdown();
        assert!(markdown.contains(expected), "{markdown}");
    }

    #[test]
    fn figures_stand_outlet_by_outlet_and_articles_that_say_nothing_are_named() {
        let markdown = markdown();
        assert!(markdown.contains("**50** (50 or more), as of 13 September 2022, Yerevan (Armenia) |"), "{markdown}");
        assert!(markdown.contains("| `c`, “Weather” | claims, date, outlet |"), "{markdown}");
    }

    #[test]
    fn every_table_row_has_as_many_cells_as_its_heading() {
        let markdown = markdown();
        let mut cells = 0;
        for line in markdown.lines() {
            let here = line.replace("\\|", "").matches('|').count();
            assert!(cells == 0 || here == 0 || here == cells, "{line}");
            cells = here;
        }
    }
}
