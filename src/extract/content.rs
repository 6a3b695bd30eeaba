//! Contents: where in its sentence what somebody says begins and ends.

use super::build::sense_at;
use super::draft::Drafter;
use super::mention::{Mention, Reading};
use crate::rules::lexicon::form;

/// Farthest, in tokens, that when and where somebody speaks can part a verb from what is said.
const LONGEST_OCCASION: usize = 24;

impl Drafter<'_, '_> {
    /// What is said before token `end`: the quotation that closes there, else the sentence so far.
    pub(super) fn content_before(&self, end: usize) -> (usize, usize) {
        let closing = (0..=end).rev().find(|&at| matches!(self.sign(at), "”" | "\""));
        let opens = self.quoted || matches!(self.sign(0), "“" | "\"");
        match closing {
            // What stands between the quotation and the verb is the name of who speaks.
            Some(at) if opens && at > 0 && self.sign(end) != "," => (0, at + 1),
            _ => (0, end),
        }
    }

    /// What is said after a verb of saying that ends before token `start`, past when and where it is said; if it is not
    /// told there, what stands before token `from`. An empty stretch is told by what follows the sentence's colon.
    pub(super) fn speech(&self, start: usize, from: usize, object: bool) -> Option<(usize, usize)> {
        let known = &self.rules.known;
        let is = |at: usize, symbol| self.chart.is(at, symbol);
        let len = self.chart.len();
        let start = (start..len).find(|&at| !matches!(self.sign(at), ":" | ",")).unwrap_or(len);
        let mut start = start;
        // "said on Tuesday that …": when it was said is passed over.
        while let Some(end) =
            self.dated(start).or_else(|| self.dated(start + 1).filter(|_| is(start, known.preposition)))
        {
            start = end;
        }
        let counted = self.chart.mentions.iter().any(|m| m.symbol == known.count && m.start == start);
        let noun = [known.determiner, known.article, known.possessive, known.name, known.party];
        let begins = |at: usize, symbol| self.chart.here().get(at).is_some_and(|here| here.has(symbol));
        let infinitive = is(start, known.infinitive) && !noun.iter().any(|&symbol| begins(start + 1, symbol));
        let beside = is(start, known.preposition) && !counted && !infinitive || is(start, known.manner);
        if start < len && !beside && self.sign(start) != "." {
            return Some(self.content_after(start, object));
        }
        let opens = |at: usize| is(at, known.complementizer) || matches!(self.sign(at), "“" | "\"") && at > start;
        let quoted = from > 0 && matches!(self.sign(from - 1), "”" | "\"");
        if let Some(at) = (start..len.min(start + LONGEST_OCCASION)).find(|&at| opens(at)).filter(|_| !quoted) {
            return Some(self.content_after(at, false));
        }
        if len > 0 && self.sign(len - 1) == ":" {
            return Some((len, len));
        }
        let parted = from > 1 && matches!(self.sign(from - 1), "," | "”" | "\"" | "?" | "!" | "—" | "–");
        if parted {
            return Some(self.content_before(from));
        }
        // "said in a statement the road was closed", "said, on Monday, …".
        let told = |at: usize| is(at, known.occasion) || self.sign(at) == ",";
        let occasion = (start..len.min(start + LONGEST_OCCASION)).find(|&at| told(at))?;
        (occasion + 3 < len).then(|| self.content_after(occasion + 1, object))
    }

    /// Where a date ends that begins at a token.
    fn dated(&self, start: usize) -> Option<usize> {
        let dates = |m: &&Mention| matches!(&m.reading, Reading::Time(time) if time.dates());
        let times = self.chart.mentions.iter().filter(|m| m.symbol == self.rules.known.time && m.start == start);
        times.filter(dates).map(|m| m.end).max()
    }

    /// True if the participle of a verb that tells what somebody thinks or judges stands at a token.
    fn is_participle(&self, at: usize) -> bool {
        [self.rules.known.judge, self.rules.known.opine].into_iter().any(|symbol| {
            let sense = || sense_at(self.chart, self.rules, self.text, at, at + 1, symbol);
            self.chart.is(at, symbol) && sense().is_some_and(|sense| sense.forms & form::ING != 0)
        })
    }

    /// The quotation that closes before token `from`, if one does.
    pub(super) fn quotation_before(&self, from: usize) -> Option<(usize, usize)> {
        let closes = from.checked_sub(1).is_some_and(|at| matches!(self.sign(at), "”" | "\""));
        closes.then(|| self.content_before(from))
    }

    /// From a token to where the outlet's own words begin again: at ", but", ", which" outside quotation marks. The object
    /// of a verb ends with its clause.
    pub(super) fn content_after(&self, start: usize, object: bool) -> (usize, usize) {
        let known = &self.rules.known;
        let is = |at: usize, symbol| self.chart.is(at, symbol);
        let verbs = [known.say, known.voice];
        let begins = |at: usize, symbol| self.chart.here().get(at).is_some_and(|here| here.has(symbol));
        let verb = |at: usize| verbs.iter().any(|&symbol| is(at, symbol)) || self.is_participle(at);
        let breaks = |at: usize| {
            let again = is(at, known.clause_break) && !is(at + 1, known.complementizer);
            again || verb(at) || begins(at, known.according)
        };
        let joins = |at: usize| {
            let aside = |at: usize| is(at, known.be) || is(at, known.adverb) || is(at, known.manner);
            is(at, known.and) && (verb(at + 1) || object && aside(at + 1) || aside(at + 1) && verb(at + 2))
        };
        let start = (start..self.chart.len()).find(|&at| !matches!(self.sign(at), ":" | ",")).unwrap_or(start);
        // What opens with a clause of its own goes on to the end of the clause.
        let object = object && !is(start, known.opener);
        // "When she said it was late, they left": what is said ends with its clause.
        let beside = is(0, known.opener) && start < LONGEST_OCCASION && !(0..start).any(|at| self.sign(at) == ",");
        let mut open = self.quoted;
        let mut brackets = 0;
        let len = self.chart.len();
        for at in start..len {
            let sign = self.sign(at);
            match sign {
                "“" => open = true,
                "”" => open = false,
                "\"" => open = !open,
                _ => {}
            }
            if open || at == start {
                continue;
            }
            let ends = match sign {
                // A quotation that is a sentence of its own is all that is said.
                "”" | "\"" => {
                    let whole =
                        matches!(self.sign(start), "“" | "\"") && matches!(self.sign(at - 1), "," | "." | "?" | "!");
                    if whole || self.sign(at - 1) == "," && breaks(at + 1) {
                        return (start, at + 1);
                    }
                    false
                }
                "(" => {
                    brackets += 1;
                    false
                }
                ")" => {
                    brackets -= 1;
                    brackets < 0
                }
                ";" => true,
                "." => at + 1 == len,
                "," => object || beside || breaks(at + 1) || joins(at + 1),
                "—" | "–" => object,
                _ if joins(at) => true,
                _ if object && begins(at, known.time) => true,
                _ => object && is(at, known.opener) && !is(at, known.relative) && !is(at, known.comparative),
            };
            if ends {
                return (start, at);
            }
        }
        (start, len)
    }
}
