//! Words for people: days, numbers, one-line text without hidden characters, a quote inside its sentence.

use jiff::civil::Date;

use crate::claim::{Claim, Corrected, Party};
use crate::extract::Coverage;
use crate::text::{Article, is_hidden};
use crate::value::{ClaimKind, Correctable, GapReason, Modality};

/// Characters of a sentence shown on each side of a quote before it is cut at a word.
const CONTEXT: usize = 220;

/// The text on one line: runs of white space become one blank, hidden characters are left out.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        line.extend(word.chars().filter(|&c| !is_hidden(c)));
    }
    line.truncate(line.trim_end().len());
    line
}

/// A day as people write it: `13 September 2022`.
pub fn day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// A number with its thousands set apart: `12,500`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 article`, `3 articles`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// How many sentences with a number and a word of casualty there are, and the share of them that gave a claim.
pub fn candidates(coverage: &Coverage) -> String {
    let all = coverage.candidates();
    let sentences = counted(all, "sentence holds", "sentences hold");
    let share = (coverage.claimed * 100).checked_div(all).map(|percent| format!(" ({percent} %)")).unwrap_or_default();
    let gave = number(coverage.claimed as u64);
    format!("{sentences} a number and a word of casualty; {gave} of them gave a casualty claim{share}")
}

/// The same, and why the others gave none.
pub fn coverage(coverage: &Coverage) -> String {
    let reasons: Vec<String> =
        by_number(coverage).map(|(reason, n)| format!("{reason} {}", number(n as u64))).collect();
    let others = if reasons.is_empty() { String::new() } else { format!("; the others: {}", reasons.join(", ")) };
    format!("{}{others}", candidates(coverage))
}

/// The reasons why sentences gave no claim with their number, the most frequent first.
pub fn by_number(coverage: &Coverage) -> impl Iterator<Item = (GapReason, usize)> {
    let mut reasons: Vec<(GapReason, usize)> = coverage.unclaimed.iter().map(|(reason, n)| (*reason, *n)).collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    reasons.into_iter()
}

/// Characters of a headline shown where it stands for the outlet.
const HEADLINE: usize = 60;

/// What an outlet is called: its name, or failing that the article's headline, or the document.
pub fn outlet(article: &Article) -> String {
    match (&article.outlet, &article.title) {
        (Some(outlet), _) => one_line(outlet),
        (None, Some(title)) => format!("“{}”", first_words(&one_line(title), HEADLINE)),
        (None, None) => one_line(&article.document),
    }
}

/// The outlet and its day: `Krone, 14 September 2022`.
pub fn outlet_and_day(article: &Article) -> String {
    let date = article.published.map_or_else(|| "undated".to_owned(), day);
    format!("{}, {date}", outlet(article))
}

/// A speaker's words with the actor they stand for, unless the words name the actor themselves.
pub fn party(party: &Party) -> String {
    let words = one_line(&party.text);
    match &party.actor {
        Some(actor) if !words.contains(actor.as_str()) => format!("{words} ({actor})"),
        _ => words,
    }
}

/// Who says it: the speaker, or the outlet where the text names none.
pub fn speaker(claim: &Claim) -> String {
    claim.speaker.as_deref().map_or_else(|| "the outlet itself".to_owned(), party)
}

/// Who says it, through whom, and how sure: `Yerevan (Armenia), via Reuters; hedged`.
pub fn voice(claim: &Claim) -> String {
    let mut voice = speaker(claim);
    if !claim.via.is_empty() {
        let via: Vec<String> = claim.via.iter().map(|source| one_line(source)).collect();
        voice.push_str(", via ");
        voice.push_str(&via.join(", "));
    }
    if claim.modality != Modality::Asserted && claim.content.kind() != ClaimKind::Denial {
        voice.push_str("; ");
        voice.push_str(claim.modality.as_str());
    }
    voice.push_str(&corrected(claim.corrected));
    voice
}

/// `; figure, speaker corrected by a reviewer`, and nothing where nothing is.
fn corrected(corrected: Corrected) -> String {
    let fields: Vec<&str> = corrected.iter().map(Correctable::as_str).collect();
    if fields.is_empty() { String::new() } else { format!("; {} corrected by a reviewer", fields.join(", ")) }
}

/// A quote in its sentence: what stands before it, its words, what stands after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Text before, shortened at a word with `…` where the sentence is long.
    pub before: String,
    /// The claim's words.
    pub words: String,
    /// Text after, shortened likewise.
    pub after: String,
}

/// The claim's words inside their sentence, on one line.
pub fn excerpt(sentence: &str, quote: &str) -> Excerpt {
    let (sentence, quote) = (one_line(sentence), one_line(quote));
    match sentence.split_once(&quote) {
        Some((before, after)) => {
            Excerpt { before: last_words(before), after: first_words(after, CONTEXT), words: quote }
        }
        None => Excerpt { before: String::new(), after: String::new(), words: quote },
    }
}

/// The first words of a text, as many as fit into `most` characters.
pub fn first_words(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept = &text[..cut];
    format!("{} …", kept.rfind(' ').map_or(kept, |blank| &kept[..blank]))
}

fn last_words(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth_back(CONTEXT) else { return text.to_owned() };
    let kept = &text[cut..];
    format!("… {}", kept.find(' ').map_or(kept, |blank| &kept[blank + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_thousands_set_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn hidden_characters_are_left_out_and_lines_joined() {
        assert_eq!(one_line(" a\u{1b}[31m\n red\u{202e} \u{7} b\t"), "a[31m red b");
    }

    #[test]
    fn a_long_sentence_is_cut_at_words_around_the_quote() {
        let sentence = format!("{}about 50 soldiers {}", "word ".repeat(80), "more ".repeat(80));
        let excerpt = excerpt(&sentence, "about 50\nsoldiers");
        assert_eq!(excerpt.words, "about 50 soldiers");
        assert!(excerpt.before.starts_with("… word") && excerpt.before.len() < 240);
        assert!(excerpt.after.ends_with("more …") && excerpt.after.len() < 240);
    }

    #[test]
    fn a_quote_that_is_not_in_its_sentence_stands_alone() {
        assert_eq!(excerpt("Something else.", "12 dead").words, "12 dead");
    }
}
