//! Numbers: digits and number words joined into one value ("2,300", "1.2 million", "two hundred and five"), and hours.

use super::chart::Chart;
use super::mention::{Mention, Reading};
use crate::rules::RuleSet;
use crate::rules::lexicon::Value;
use crate::rules::symbol::{Symbol, SymbolSet};
use crate::text::{Span, TokenKind, is_hidden};

/// Adds every number of the chart as a mention, every hour with its minutes, and every date with points.
pub(super) fn read(chart: &mut Chart<'_>, text: &str, rules: &RuleSet) {
    let reader = Reader { text, rules };
    let known = &rules.known;
    // Where the order of the text is turned round, nobody reads the figures as they stand.
    if chart.digits && TURNS.iter().any(|turn| chart.span.of(text).contains(turn)) {
        return;
    }
    let mut begin = SymbolSet::default();
    [known.half, known.article, known.numeral].into_iter().for_each(|symbol| begin.insert(symbol));
    let mut at = 0;
    while at < chart.len() {
        if chart.tokens[at].kind != TokenKind::Number && !chart.here()[at].meets(&begin) {
            at += 1;
            continue;
        }
        let digits = chart.tokens[at].span.of(text);
        let written = match chart.tokens[at].kind == TokenKind::Number {
            true if digits.contains(':') => Some(known.clock),
            true if digits.matches('.').count() == 2 => Some(known.dotted),
            _ => None,
        };
        if let Some(symbol) = written {
            chart.add(Mention::unruled(symbol, at, at + 1, Reading::Plain));
            at += 1;
            continue;
        }
        match reader.number(chart, at) {
            Some((end, value)) => {
                chart.add(Mention::unruled(known.number, at, end, Reading::Number(value)));
                at = end;
            }
            None => at += 1,
        }
    }
}

/// Marks that turn the order of figures round.
const TURNS: [&str; 2] = ["\u{202d}", "\u{202e}"];

struct Reader<'t, 'r> {
    text: &'t str,
    rules: &'r RuleSet,
}

impl Reader<'_, '_> {
    fn valued(&self, chart: &Chart<'_>, at: usize, class: Symbol) -> Option<f64> {
        if !chart.is(at, class) {
            return None;
        }
        let token = chart.tokens[at];
        let word = token.span.of(self.text);
        match self.rules.lexicon.sense(chart.words[at], class, word, token.capital)?.attributes.get("value")? {
            Value::Number(n) => Some(*n as f64),
            Value::Text(_) => None,
        }
    }

    /// The number in figures that begins at a token: its end and its value.
    fn digits(&self, chart: &Chart<'_>, at: usize) -> Option<(usize, f64)> {
        let token = chart.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        let end = self.grouped(chart, at).unwrap_or(at + 1);
        let whole = chart.range(at, end);
        let text = whole.of(self.text);
        if text.len() > self.rules.input.reading.figures || !self.is_whole(whole) || self.in_word(chart, at, end) {
            return None;
        }
        if end > at + 1 {
            return Some((end, text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()?));
        }
        // What is left of a number whose first figures stand elsewhere is none.
        if token.span.len() > 1 && text.bytes().all(|byte| byte == b'0') {
            return None;
        }
        let groups = text.split(',').skip(1).all(|g| g.split('.').next().is_some_and(|g| g.len() == 3));
        let plain = groups && !text.contains(':');
        Some((end, if plain { text.replace(',', "").parse().ok()? } else { return None }))
    }

    /// The end of a number whose groups of three figures are set apart by blanks ("5 000"). An ordinary blank parts groups
    /// only where one of them could not stand alone.
    fn grouped(&self, chart: &Chart<'_>, at: usize) -> Option<usize> {
        let figures = |at: usize| {
            let token = chart.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
            Some(token.span.of(self.text)).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let gap =
            |at: usize| Some(Span { start: chart.tokens.get(at - 1)?.span.end, end: chart.tokens.get(at)?.span.start });
        if figures(at)?.len() > 3 {
            return None;
        }
        let (mut end, mut sure, mut fixed) = (at + 1, false, true);
        while let Some(group) = figures(end).filter(|group| group.len() == 3) {
            match gap(end)?.of(self.text) {
                " " => fixed = false,
                "\u{a0}" | "\u{2007}" | "\u{2009}" | "\u{202f}" => {}
                _ => break,
            }
            sure |= group.starts_with('0');
            end += 1;
        }
        (end > at + 1 && (sure || fixed)).then_some(end)
    }

    /// True unless the figures go on before or after them.
    fn is_whole(&self, at: Span) -> bool {
        let (before, after) = (&self.text[..at.start as usize], &self.text[at.end as usize..]);
        !goes_on(before.chars().rev()) && !goes_on(after.chars())
    }

    /// True if figures are part of a word with letters ("1O", "l2", "MH17"), so that nobody knows what they count.
    fn in_word(&self, chart: &Chart<'_>, at: usize, end: usize) -> bool {
        let letters = |at: usize| chart.tokens.get(at).filter(|token| token.kind == TokenKind::Word);
        let single = |at: usize| letters(at).is_some_and(|token| token.span.of(self.text).chars().nth(1).is_none());
        let before = chart.tokens[at].glued && at > 0 && (single(at - 1) || letters(at - 1).is_some_and(|t| t.capital));
        let glued = chart.tokens.get(end).is_some_and(|token| token.glued);
        before
            || glued
                && single(end)
                && self.short_scale(chart, end).is_none()
                && !chart.is(end, self.rules.known.figure_letter)
    }

    /// By how much a word that stands right behind figures multiplies them.
    fn short_scale(&self, chart: &Chart<'_>, at: usize) -> Option<f64> {
        let known = &self.rules.known;
        chart.tokens.get(at).filter(|token| token.glued)?;
        // "Two 10k runners", "a 3M employee": what is counted already is not counted by its name.
        let counted = |at: usize| {
            chart.is(at, known.numeral) || chart.is(at, known.article) || chart.tokens[at].kind == TokenKind::Number
        };
        if at > 1 && counted(at - 2) {
            return None;
        }
        // A people in the plural; "a 30m Israeli trench" is no people.
        let people = || chart.is(at + 1, known.actor) && chart.tokens[at + 1].span.of(self.text).ends_with('s');
        let of_people = chart.is(at + 1, known.person) || chart.is(at + 1, known.force) || people();
        let before_people = || self.valued(chart, at, known.short_scale_of_people).filter(|_| of_people);
        self.valued(chart, at, known.short_scale).or_else(before_people)
    }

    /// The number that begins at a token: its end and its value.
    fn number(&self, chart: &Chart<'_>, start: usize) -> Option<(usize, f64)> {
        let known = &self.rules.known;
        let after = |symbol: Symbol| start > 0 && chart.is(start - 1, symbol);
        // "UPDATE 2-Journalist killed": a bulletin's own number counts nobody.
        if after(known.currency) || after(known.bulletin) {
            return None;
        }
        let mut at = start;
        let mut total = 0.0;
        let mut part: Option<f64> = None;
        if chart.is(at, known.half) {
            let scale = at + 1 + usize::from(chart.is(at + 1, known.article));
            let value = self.valued(chart, scale, known.scale)?;
            return Some((scale + 1, value / 2.0));
        }
        if chart.is(at, known.article) {
            self.valued(chart, at + 1, known.scale)?;
            part = Some(1.0);
            at += 1;
        }
        let (mut scaled, mut figures) = (false, false);
        while at < chart.len() {
            let hyphen = part.is_some() && chart.tokens[at].span.of(self.text) == "-" && chart.tokens[at].glued;
            let joined = at + usize::from(hyphen);
            if let (Some((end, value)), None) = (self.digits(chart, at), part) {
                let scale = self.short_scale(chart, end);
                part = Some(value * scale.unwrap_or(1.0));
                at = end + usize::from(scale.is_some());
                figures = true;
            } else if let Some(value) = self.valued(chart, joined, known.numeral) {
                part = match part {
                    None => Some(value),
                    Some(p) if !figures && p >= 20.0 && p % 10.0 == 0.0 && p % 100.0 != 0.0 && value < 10.0 => {
                        Some(p + value)
                    }
                    Some(p) if p % 100.0 == 0.0 && scaled && value < 100.0 => Some(p + value),
                    _ => break,
                };
                at = joined + 1;
            } else if let (Some(value), Some(p)) = (self.valued(chart, joined, known.scale), part) {
                scaled = true;
                at = joined + 1;
                if value >= 1000.0 {
                    // "Two thousand million": nothing stands between the two.
                    total = if p == 0.0 { total * value } else { total + p * value };
                    part = Some(0.0);
                } else {
                    part = Some(p * value);
                }
            } else if scaled && chart.is(at, known.and) && self.valued(chart, at + 1, known.numeral).is_some() {
                at += 1;
            } else {
                break;
            }
        }
        let value = total + part?;
        (at > start && value.is_finite() && value <= self.rules.input.reading.number as f64).then_some((at, value))
    }
}

/// True if figures go on in what stands beside them: as those of another script, or behind characters that nobody sees.
fn goes_on(mut beside: impl Iterator<Item = char>) -> bool {
    let unseen = |c: char| {
        is_hidden(c) && !c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
    };
    match beside.next() {
        Some(c) if unseen(c) => beside.find(|&c| !unseen(c)).is_some_and(char::is_numeric),
        Some(c) => !c.is_ascii() && c.is_numeric(),
        None => false,
    }
}
