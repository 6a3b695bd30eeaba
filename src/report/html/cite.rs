//! Findings to take along: as Markdown, and as a line for Wikipedia.

use crate::report::markdown;
use crate::report::model::{Question, Voice};
use crate::report::text::{day, one_line, outlet, speaker};

/// The finding as it stands in `discrepancies.md`.
pub(super) fn markdown(question: &Question<'_>) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = markdown::ask(question, &mut out);
    String::from_utf8_lossy(&out).trim().to_owned()
}

/// The answers as wikitext: `per Armenia: 31 killed (28 September 2020)`, each with its reference.
pub(super) fn wikipedia(question: &Question<'_>) -> String {
    let lines = question.answers.iter().filter_map(|answer| Some(line(answer.label, answer.voices.first()?)));
    lines.collect::<Vec<_>>().join("<br />\n")
}

fn line(answer: &str, voice: &Voice<'_>) -> String {
    let claim = voice.claim;
    let article = &claim.article;
    let who = match &claim.speaker {
        Some(_) => speaker(claim),
        None => outlet(article),
    };
    let when = article.published.map(|date| format!(" ({})", day(date))).unwrap_or_default();
    format!("per {}: {}{when}{}", wikitext(&who), wikitext(answer), reference(voice))
}

/// The reference to the first article; parts that are not known are left out.
fn reference(voice: &Voice<'_>) -> String {
    let article = &voice.claim.article;
    let title = article.title.as_deref().map(one_line);
    let parts = [
        ("title", title),
        ("work", article.outlet.as_deref().map(one_line)),
        ("date", article.published.map(day)),
        ("url", super::card::web(article).map(|url| address(&url))),
        ("quote", Some(one_line(&voice.claim.sentence))),
    ];
    let part = |(name, value): (&str, Option<String>)| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(format!(" |{name}={}", if name == "url" { value } else { wikitext(&value) }))
    };
    let parts: String = parts.into_iter().filter_map(part).collect();
    format!("<ref>{{{{cite news{parts}}}}}</ref>")
}

/// Text that wikitext takes as text.
fn wikitext(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '|' | '[' | ']' | '{' | '}' | '<' | '>' | '&' | '\'' | '~' | '=' => {
                out.push_str(&format!("&#{};", c as u32))
            }
            c => out.push(c),
        }
    }
    out
}

/// An address inside a template.
fn address(url: &str) -> String {
    let coded = |c: char| match c {
        '|' => "%7C".to_owned(),
        '{' => "%7B".to_owned(),
        '}' => "%7D".to_owned(),
        '[' => "%5B".to_owned(),
        ']' => "%5D".to_owned(),
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '"' => "%22".to_owned(),
        '\'' => "%27".to_owned(),
        c if c.is_whitespace() => "%20".to_owned(),
        c => c.to_string(),
    };
    url.chars().map(coded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, fixture};

    #[test]
    fn a_line_for_wikipedia_names_the_claimant_the_answer_the_day_and_the_source() {
        let analysis = fixture::analysis();
        let lines = wikipedia(&Report::new(&analysis).disputed[0].questions[0]);
        let first = lines.lines().next().unwrap();
        assert!(
            first.starts_with(
                "per Yerevan (Armenia): 50 (14 September 2022)<ref>{{cite news |title=&#61;Fight |work=Krone"
            ),
            "{first}"
        );
        assert!(
            first.contains("|url=https://example.org/a?a=(1) |quote=The ministry said &#60;b&#62;about"),
            "{first}"
        );
        assert!(first.ends_with("}}</ref><br />"), "{first}");
    }

    #[test]
    fn a_finding_as_markdown_is_that_of_the_report() {
        let analysis = fixture::analysis();
        let text = markdown(&Report::new(&analysis).disputed[0].questions[0]);
        assert!(
            text.starts_with("### Contradiction: killed") && text.ends_with("(rule `compare/figure/apart`)"),
            "{text}"
        );
    }
}
