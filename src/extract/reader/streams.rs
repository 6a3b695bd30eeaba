//! The time expressions and attributions of a document, which have streams of their own.

use super::Reader;
use crate::extract::mention::{AGE, Mention, Reading};
use crate::extract::said::{Said, Spoken};
use crate::extract::{Attribution, TimeExpression, quotes, stretch};
use crate::text::{CodePoints, Span};
use crate::value::Name;

impl Reader<'_, '_> {
    /// Adds the sentence's time expressions; of two that share words the longer counts.
    pub(super) fn times(&mut self, text: &str) {
        let mut points = CodePoints::new(text);
        let known = &self.rules.known;
        let timely = |m: &&Mention| m.symbol == known.time || m.symbol == known.period;
        let mut all: Vec<_> = self.now.chart.mentions.iter().filter(timely).collect();
        all.sort_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.symbol != known.time));
        let mut found: Vec<&Mention> = Vec::new();
        for mention in all {
            if !found.iter().any(|other| other.start < mention.end && mention.start < other.end) {
                found.push(mention);
            }
        }
        found.sort_by_key(|m| m.start);
        for mention in found {
            let (Reading::Time(time), Some(rule)) = (&mention.reading, &mention.rule) else { continue };
            if time.kind == AGE {
                continue;
            }
            let span = self.now.chart.range(mention.start, mention.end);
            self.out.times.push(TimeExpression {
                at: stretch(&mut points, span, text),
                kind: Name::from(time.kind),
                value: time.value.as_str().into(),
                modifier: time.modifier.clone(),
                days: time.days,
                rule: rule.clone(),
            });
        }
    }

    pub(super) fn attributions(&mut self, said: &[Said]) {
        let at = |(start, end): (usize, usize)| self.now.chart.range(start, end);
        self.spoken.extend(said.iter().map(|said| Spoken {
            source: said.source.map(at),
            cue: at(said.cue),
            content: at(said.content),
            sentence: self.now.chart.span,
            direct: false,
            rule: said.rule.clone(),
        }));
    }

    /// The attributions of the whole document, each with all that is said.
    pub(super) fn spoken(&mut self, text: &str) {
        quotes::complete(text, &mut self.spoken);
        let mut points = CodePoints::new(text);
        for spoken in self.spoken.drain(..) {
            let mut at = |span: Span| stretch(&mut points, span, text);
            self.out.attributions.push(Attribution {
                source: spoken.source.map(&mut at),
                cue: Some(at(spoken.cue)),
                direct: spoken.direct,
                content: at(spoken.content),
                rule: spoken.rule,
            });
        }
    }
}
