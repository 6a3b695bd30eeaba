//! Builders: from what a shape rule kept to what its mention means.

use super::chart::{Chart, What};
use super::matcher::{Kept, Match, Scratch};
use super::mention::{Mention, PartyReading, People, Quantity, Reading};
use super::parts::{Parts, Reference, Season};
use super::time;
use crate::rules::RuleSet;
use crate::rules::grammar::ShapeRule;
use crate::rules::lexicon::{Sense, Value, form};
use crate::rules::symbol::Symbol;
use crate::text::TokenKind;
use crate::value::{Count, Interval, Name, Qualifier, Referent, VictimClass};

/// One match with everything needed to look at what it kept.
pub(super) struct Found<'f, 'r> {
    pub(super) chart: &'f Chart<'r>,
    pub(super) rule: &'f ShapeRule,
    pub(super) found: Match,
    pub(super) scratch: &'f Scratch,
    pub(super) rules: &'r RuleSet,
    pub(super) text: &'f str,
}

impl<'f, 'r> Found<'f, 'r> {
    /// Everything kept under a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = Kept> + use<'f, 'r> {
        self.scratch.kept(&self.found, &self.rule.program, name)
    }

    /// The first thing kept under a name.
    pub(super) fn one(&self, name: &str) -> Option<Kept> {
        self.all(name).next()
    }

    /// The mention that something kept is.
    pub(super) fn mention(&self, kept: Kept) -> Option<&'f Mention> {
        self.chart.mentions.get(kept.mention? as usize)
    }

    /// The sense of a kept word or word sequence.
    pub(super) fn sense(&self, kept: Kept) -> Option<&'r Sense> {
        let symbol = kept.symbol?;
        sense_at(self.chart, self.rules, self.text, usize::from(kept.start), usize::from(kept.end), symbol)
    }

    /// An attribute: the rule's own, else that of the first sense kept under `name`.
    pub(super) fn attribute(&self, name: &str, key: &str) -> Option<Name> {
        match self.rule.set.get(key) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => self.one(name).and_then(|k| self.sense(k)).and_then(|s| s.text(key)).cloned(),
        }
    }

    fn number(&self, name: &str) -> Option<f64> {
        let kept = self.one(name)?;
        match self.mention(kept).map(|m| &m.reading) {
            Some(Reading::Number(n)) => Some(*n),
            _ => self.value(name).map(|v| v as f64),
        }
    }

    fn value(&self, name: &str) -> Option<u64> {
        self.one(name).and_then(|k| self.sense(k)).and_then(time::value_of)
    }

    /// The words of tokens `start..end`.
    pub(super) fn words(&self, start: usize, end: usize) -> &'f str {
        self.chart.range(start, end).of(self.text)
    }
}

/// The sense of `symbol` that spans tokens `start..end`.
pub(super) fn sense_at<'r>(
    chart: &Chart<'r>,
    rules: &'r RuleSet,
    text: &str,
    start: usize,
    end: usize,
    symbol: Symbol,
) -> Option<&'r Sense> {
    let sequence = chart.edges(start).find_map(|e| match e.what {
        What::Sense(sense) if e.symbol == symbol && usize::from(e.end) == end => Some(sense),
        _ => None,
    });
    sequence.or_else(|| {
        let token = chart.tokens.get(start).filter(|_| end == start + 1)?;
        rules.lexicon.sense(chart.words[start], symbol, token.span.of(text), token.capital)
    })
}

/// Every sense of `symbol` in tokens `start..end`, in order; the longest at each token.
pub(super) fn senses<'c, 'r>(
    chart: &'c Chart<'r>,
    rules: &'r RuleSet,
    text: &'c str,
    (start, end): (usize, usize),
    symbol: Symbol,
) -> impl Iterator<Item = (usize, usize, &'r Sense)> + use<'c, 'r> {
    let mut at = start;
    std::iter::from_fn(move || {
        while at < end {
            let here = at;
            if !chart.here()[here].has(symbol) {
                at += 1;
                continue;
            }
            let longest = chart
                .edges(here)
                .filter(|e| e.symbol == symbol && usize::from(e.end) <= end)
                .filter_map(|e| match e.what {
                    What::Sense(sense) => Some((usize::from(e.end), sense)),
                    What::Mention(_) => None,
                })
                .max_by_key(|(end, _)| *end)
                .or_else(|| {
                    let token = chart.is(here, symbol).then(|| chart.tokens[here])?;
                    let sense = rules.lexicon.sense(chart.words[here], symbol, token.span.of(text), token.capital)?;
                    Some((here + 1, sense))
                });
            match longest {
                Some((next, sense)) => {
                    at = next;
                    return Some((here, next, sense));
                }
                None => at += 1,
            }
        }
        None
    })
}

/// What a mention of one of the mention stages means; `None` if it cannot be one.
pub(super) fn reading(f: &Found<'_, '_>, reference: &Reference) -> Option<Reading> {
    let known = &f.rules.known;
    match f.rule.emits {
        s if s == known.count => count(f).map(Reading::Count),
        s if s == known.time || s == known.period => time_reading(f, reference),
        s if s == known.people => people(f).map(|p| Reading::People(p.into())),
        s if s == known.party => Some(Reading::Party(party(f).into())),
        s if s == known.episodes => Some(Reading::Number(episodes(f))),
        _ => Some(Reading::Plain),
    }
}

fn count(f: &Found<'_, '_>) -> Option<Quantity> {
    let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
    if (start..end).any(|at| f.chart.covering(at, f.rules.known.time).is_some()) {
        return None;
    }
    let tolerance = &f.rules.tolerance;
    let named = f.attribute("q", "qualifier").and_then(|q| q.as_str().parse::<Qualifier>().ok());
    let whole = |n: f64| (n.fract() == 0.0).then_some(n as u64);
    let words = f.one("it").map_or((start, end), |it| (usize::from(it.start), usize::from(it.end)));
    if named == Some(Qualifier::None) {
        return Some(Quantity { count: Count::none(), words });
    }
    if let Some(kept) = f.one("vague") {
        let sense = f.sense(kept)?;
        let bound = |key: &str| match sense.attributes.get(key) {
            Some(Value::Number(n)) => Some(*n),
            _ => None,
        };
        let times = f.value("scale").unwrap_or(1);
        let interval = Interval::new(bound("low")? * times, bound("high").map(|h| h * times));
        return Some(Quantity { count: Count::vague(interval), words });
    }
    let value = whole(f.number("a")?)?;
    let upper = f.number("b").and_then(whole);
    let qualifier = match (upper, named) {
        (Some(upper), _) if upper <= value => return None,
        (Some(_), _) => Qualifier::Range,
        (None, named) => named.unwrap_or(Qualifier::Exact),
    };
    Some(Quantity { count: Count::new(qualifier, value, upper, tolerance), words })
}

fn time_reading(f: &Found<'_, '_>, reference: &Reference) -> Option<Reading> {
    let set = |key: &str| match f.rule.set.get(key) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let number = |kept: Kept| match f.mention(kept).map(|m| &m.reading) {
        Some(Reading::Number(n)) => Some(*n),
        _ if kept.symbol == Some(f.rules.known.article) => Some(1.0),
        _ => f.sense(kept).and_then(time::value_of).map(|v| v as f64),
    };
    let fixed = |key: &str| match f.rule.set.get(key) {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    };
    // What a word means besides its class: the month of a holiday, say.
    let own = |name: &str, key: &str| match f.one(name).and_then(|k| f.sense(k))?.attributes.get(key) {
        Some(Value::Number(n)) => Some(*n),
        _ => None,
    };
    let plain = |name: &str| f.one(name).is_some_and(|k| !f.words(k.start.into(), k.end.into()).contains([',', '.']));
    let mut numbers: Vec<f64> = f.all("n").filter_map(number).collect();
    numbers.extend(fixed("n").filter(|_| numbers.is_empty()).map(|n| n as f64));
    let from_text = f.rule.set.has("from") || f.attribute("which", "from").is_some();
    let parts = Parts {
        numbers,
        digits: f.all("d").map(|k| f.words(usize::from(k.start), usize::from(k.end)).to_owned()).collect(),
        month: f.value("month").or_else(|| own("holiday", "month")),
        day: f.number("day").or_else(|| own("holiday", "day").map(|day| day as f64)),
        year: f.number("year").filter(|_| plain("year")),
        weekday: f.value("weekday").or_else(|| own("holiday", "weekday")),
        nth: own("holiday", "nth"),
        which: own("which", "step").or_else(|| fixed("step")).map(|step| step as i64 - 10),
        unit: f.attribute("unit", "unit"),
        season: season(f),
        part: f.attribute("part", "part"),
        modifier: f.attribute("mod", "mod"),
        so_far: f.attribute("mod", "so-far").is_some(),
        since: f.one("since").is_some(),
        from_text,
        half: f.one("half").is_some(),
        hours: f.value("hours"),
        value: set("value").or_else(|| f.attribute("value", "value-ref")),
    };
    let reading = f.rule.reading.as_ref()?;
    let mut reference = *reference;
    reference.note(f.chart, f.rules, usize::from(f.found.start));
    time::read(reading.as_str(), &parts, &reference).map(|t| Reading::Time(t.into()))
}

/// The season that a shape kept.
fn season(f: &Found<'_, '_>) -> Option<Season> {
    let sense = f.sense(f.one("season")?)?;
    let month = |key: &str| match sense.attributes.get(key) {
        Some(Value::Number(n)) => i8::try_from(*n).ok(),
        _ => None,
    };
    Some(Season { code: sense.text("season")?.clone(), first: month("first")?, last: month("last")? })
}

fn people(f: &Found<'_, '_>) -> Option<People> {
    let known = &f.rules.known;
    let (start, end) = (usize::from(f.found.start), usize::from(f.found.end));
    let counted = f.one("n").and_then(|k| match f.mention(k).map(|m| &m.reading) {
        Some(Reading::Count(q)) => Some(q.clone()),
        _ => None,
    });
    let single = counted.is_none() && !f.rule.set.has("number");
    let quantity = match counted {
        Some(quantity) => quantity,
        None => {
            let words = f
                .one("one")
                .or_else(|| f.one("own"))
                .map_or((start, end), |k| (usize::from(k.start), usize::from(k.end)));
            let none = f.attribute("one", "qualifier").is_some_and(|q| q.as_str() == Qualifier::None.as_str());
            let number = match f.rule.set.get("number") {
                Some(Value::Number(n)) => *n,
                _ => 1,
            };
            let exact = || Count::new(Qualifier::Exact, number, None, &f.rules.tolerance);
            Quantity { count: if none { Count::none() } else { exact() }, words }
        }
    };
    let noun_at = f.all("noun").last();
    let noun = noun_at.and_then(|k| f.sense(k));
    let class_of = |sense: &Sense| sense.text("victims").and_then(|v| v.as_str().parse::<VictimClass>().ok());
    let head = noun.and_then(class_of).unwrap_or(VictimClass::Any);
    // "army officers", "rebel fighters", "Palestinian civilians": what stands before the noun tells more than "people".
    let inner = (quantity.words.1.max(start).min(end), noun_at.map_or(end, |k| usize::from(k.start)));
    let before = if inner.0 < inner.1 { inner } else { (start, end) };
    let force = senses(f.chart, f.rules, f.text, before, known.force).find_map(|(_, _, s)| class_of(s));
    let class = match (head, force) {
        (VictimClass::Any, Some(force)) => force,
        (VictimClass::Police | VictimClass::Militant | VictimClass::Other, Some(VictimClass::Military)) => {
            VictimClass::Military
        }
        (head, _) => head,
    };
    let own = senses(f.chart, f.rules, f.text, (start, end), known.actor).next().and_then(|(_, _, s)| s.text("name"));
    let side = own.or_else(|| noun.and_then(|s| s.text("side"))).cloned();
    let noun_start = noun_at.map_or(end, |_| quantity.words.1.max(start));
    Some(People {
        possessive: f.one("own").is_some(),
        others: f.rule.set.has("others") || f.all("inc").any(|k| f.sense(k).is_some_and(|s| s.text("adds").is_none())),
        increment: f.all("inc").any(|k| f.sense(k).is_some_and(|s| s.text("adds").is_some())),
        perpetrator: noun.and_then(|s| s.text("role")).is_some_and(|r| r.as_str() == "perpetrator"),
        noun: (noun_start.min(end), end),
        quantity,
        class,
        side,
        referent: f.rule.set.get("referent").and_then(|r| r.to_string().parse().ok()).unwrap_or(Referent::New),
        single,
    })
}

/// How many incidents are spoken of together; 0 where nothing says how many.
fn episodes(f: &Found<'_, '_>) -> f64 {
    match f.rule.set.get("incidents") {
        Some(Value::Number(n)) => *n as f64,
        _ => f.number("n").unwrap_or(0.0),
    }
}

fn party(f: &Found<'_, '_>) -> PartyReading {
    let span = (usize::from(f.found.start), usize::from(f.found.end));
    let actor = senses(f.chart, f.rules, f.text, span, f.rules.known.actor).next();
    PartyReading {
        actor: actor.and_then(|(_, _, s)| s.text("name")).cloned(),
        both: f.one("both").is_some(),
        pronoun: f.one("pronoun").is_some(),
    }
}

/// Forms of a people mention: singular or plural, by its count.
pub(super) fn forms(reading: &Reading) -> u16 {
    match reading {
        Reading::People(p) if p.quantity.count.value == Some(1) => form::SG,
        Reading::People(_) => form::PL,
        _ => 0,
    }
}

/// True if a token is a full word, not a sign.
pub(super) fn is_word(chart: &Chart<'_>, at: usize) -> bool {
    chart.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word)
}
