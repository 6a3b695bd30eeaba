//! Names: runs of capitalised words that are no function words and no names of the gazetteer.

use super::chart::Chart;
use super::mention::{Mention, Reading};
use crate::rules::RuleSet;
use crate::text::TokenKind;

/// Longest run taken for one name, in tokens.
const LONGEST_NAME: usize = 7;

/// Adds every run of capitalised words as a `name` mention.
pub(super) fn read(chart: &mut Chart<'_>, text: &str, rules: &RuleSet) {
    let known = rules.known;
    let part = |chart: &Chart<'_>, at: usize| {
        chart.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && t.capital && t.span.len() > 1)
            && !chart.is(at, known.function)
            && !chart.is(at, known.month)
            && !chart.is(at, known.weekday)
    };
    let mut at = 0;
    while at < chart.len() {
        if !part(chart, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < chart.len() && end - at < LONGEST_NAME {
            let sign = chart.tokens[end].span.of(text);
            let initial = chart.tokens[end].capital && chart.tokens[end].span.len() == 1;
            if part(chart, end) || initial {
                end += 1;
            } else if (sign == "-" && chart.tokens[end].glued || sign == "." && chart.tokens[end - 1].span.len() == 1)
                && chart.tokens.get(end + 1).is_some_and(|t| t.capital)
            {
                end += 2;
            } else {
                break;
            }
        }
        chart.add(Mention::unruled(known.name, at, end, Reading::Plain));
        at = end;
    }
}
