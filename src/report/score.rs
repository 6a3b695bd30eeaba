//! Scores as lines: one for each kind of claim, field, verdict and rule.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use super::csv::Columns;
use super::stream::lines;
use super::table::Row;
use super::text::number;
use crate::score::{Counts, Score};

/// One measure.
#[derive(Clone, Debug, Default, Serialize)]
struct ScoreLine<'a> {
    /// What is counted: `found`, `strict`, `field`, `verdict` or `rule`.
    measure: &'static str,
    /// The kind of claim, the verdict or the rule.
    of: &'a str,
    /// The field measured.
    field: Option<&'static str>,
    gold: Option<usize>,
    made: usize,
    right: usize,
    wrong: usize,
    missed: Option<usize>,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    /// Means over groups of documents; of verdicts only.
    group_precision: Option<f64>,
    group_recall: Option<f64>,
}

impl<'a> ScoreLine<'a> {
    fn new(measure: &'static str, of: &'a str, counts: &Counts) -> Self {
        Self {
            measure,
            of,
            gold: counts.gold,
            made: counts.made(),
            right: counts.right,
            wrong: counts.wrong,
            missed: counts.missed(),
            precision: rounded(counts.precision()),
            recall: rounded(counts.recall()),
            f1: rounded(counts.f1()),
            ..Self::default()
        }
    }

    fn all(score: &'a Score) -> Vec<Self> {
        let mut all = Vec::new();
        for (kind, of_kind) in &score.kinds {
            all.push(Self::new("found", kind.as_str(), &of_kind.found));
            all.push(Self::new("strict", kind.as_str(), &of_kind.strict));
        }
        for (kind, of_kind) in &score.kinds {
            let field = |(field, counts): (&crate::value::ClaimField, &Counts)| Self {
                field: Some(field.as_str()),
                ..Self::new("field", kind.as_str(), counts)
            };
            all.extend(of_kind.fields.iter().map(field));
        }
        all.extend(score.verdicts.iter().map(|verdict| Self {
            group_precision: rounded(verdict.group_precision),
            group_recall: rounded(verdict.group_recall),
            ..Self::new("verdict", verdict.verdict.as_str(), &verdict.pairs)
        }));
        all.extend(score.rules.iter().map(|(rule, counts)| Self::new("rule", rule.as_str(), counts)));
        all
    }
}

/// Six decimals: enough to be rounded again.
fn rounded(share: Option<f64>) -> Option<f64> {
    share.map(|share| (share * 1e6).round() / 1e6)
}

impl Columns for ScoreLine<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "measure",
        "of",
        "field",
        "gold",
        "made",
        "right",
        "wrong",
        "missed",
        "precision",
        "recall",
        "f1",
        "group_precision",
        "group_recall",
    ];
}

impl Row for ScoreLine<'_> {
    const HEADINGS: &'static [&'static str] =
        &["measure", "of", "gold", "made", "right", "wrong", "missed", "precision", "recall", "F1"];

    fn cells(&self) -> Vec<String> {
        let some = |n: Option<usize>| n.map_or_else(String::new, |n| number(n as u64));
        let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.3}"));
        let of = self.field.map_or_else(|| self.of.to_owned(), |field| format!("{}: {field}", self.of));
        vec![
            self.measure.to_owned(),
            of,
            some(self.gold),
            some(Some(self.made)),
            some(Some(self.right)),
            some(Some(self.wrong)),
            some(self.missed),
            share(self.precision),
            share(self.recall),
            share(self.f1),
        ]
    }
}

/// Writes a score, one line per measure.
pub fn write_score(score: &Score, format: Format, out: &mut dyn Write) -> io::Result<()> {
    lines(ScoreLine::all(score).into_iter(), format, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{ClaimField, ClaimKind};

    fn written(format: Format) -> String {
        let mut score = Score::default();
        let kind = score.kinds.entry(ClaimKind::Casualty).or_default();
        kind.found = Counts { gold: Some(3), right: 2, wrong: 0, open: 1 };
        kind.fields.insert(ClaimField::Value, Counts { right: 1, wrong: 2, ..Counts::default() });
        let mut out = Vec::new();
        write_score(&score, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_was_not_measured_is_empty_and_never_zero() {
        let csv = written(Format::Csv);
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows[1], "found,casualty,,3,3,2,0,1,1.0,0.666667,0.8,,");
        assert_eq!(rows[3], "field,casualty,value,,3,1,2,,0.333333,,,,");
        assert!(written(Format::Jsonl).lines().nth(2).unwrap().contains("\"recall\":null"));
        assert!(written(Format::Table { fit: false }).contains("casualty: value"));
    }
}
