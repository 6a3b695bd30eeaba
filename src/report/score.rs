//! Scores as lines: one for each kind of claim, field, verdict and rule; with groups also for events and what lies across.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use super::csv::Columns;
use super::stream::lines;
use super::table::Row;
use super::text::number;
use crate::score::{Across, Counts, EventScore, GroupScore, Score};

/// One measure.
#[derive(Clone, Debug, Default, Serialize)]
struct ScoreLine<'a> {
    /// What is counted: `found`, `strict`, `field`, `verdict` or `rule`; with groups also `event`, `across` or `pair`.
    measure: &'static str,
    /// The kind of claim, the verdict, the rule, or which documents.
    of: &'a str,
    /// The field measured.
    field: Option<&'static str>,
    gold: Option<usize>,
    made: Option<usize>,
    right: Option<usize>,
    wrong: Option<usize>,
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
            made: Some(counts.made()),
            right: Some(counts.right),
            wrong: Some(counts.wrong),
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
    const NUMBERS: &'static [&'static str] = &["gold", "made", "right", "wrong", "missed", "precision", "recall", "F1"];
    const SPARE: &'static [&'static str] = &["missed", "wrong", "made", "gold"];

    fn cells(&self) -> Vec<String> {
        let some = |n: Option<usize>| n.map_or_else(String::new, |n| number(n as u64));
        let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.3}"));
        let of = self.field.map_or_else(|| self.of.to_owned(), |field| format!("{}: {field}", self.of));
        vec![
            self.measure.to_owned(),
            of,
            some(self.gold),
            some(self.made),
            some(self.right),
            some(self.wrong),
            some(self.missed),
            share(self.precision),
            share(self.recall),
            share(self.f1),
        ]
    }
}

/// One measure where documents have groups.
#[derive(Clone, Debug, Default, Serialize)]
struct GroupedLine<'a> {
    #[serde(flatten)]
    line: ScoreLine<'a>,
    /// How many documents are measured; of events only.
    documents: Option<usize>,
    /// The finding that sets two documents against each other, and how; of pairs only, like what follows.
    finding: Option<String>,
    verdict: Option<&'static str>,
    a: Option<&'a str>,
    group_a: Option<&'a str>,
    b: Option<&'a str>,
    group_b: Option<&'a str>,
}

impl<'a> GroupedLine<'a> {
    fn of_events(of: &'static str, events: &EventScore) -> Self {
        let line = ScoreLine {
            measure: "event",
            of,
            gold: Some(events.groups),
            made: Some(events.events),
            precision: rounded(events.precision),
            recall: rounded(events.recall),
            f1: rounded(events.f1()),
            ..ScoreLine::default()
        };
        Self { line, documents: Some(events.documents), ..Self::default() }
    }

    fn of_pair(pair: &'a Across) -> Self {
        let [a, b] = &pair.documents;
        let [group_a, group_b] = &pair.groups;
        Self {
            line: ScoreLine { measure: "pair", of: pair.rule.as_str(), ..ScoreLine::default() },
            finding: Some(pair.finding.to_string()),
            verdict: Some(pair.verdict.as_str()),
            a: Some(a),
            group_a: Some(group_a),
            b: Some(b),
            group_b: Some(group_b),
            ..Self::default()
        }
    }

    fn all(score: &'a Score, groups: &'a GroupScore) -> Vec<Self> {
        let line = |line| Self { line, ..Self::default() };
        let mut all: Vec<Self> = ScoreLine::all(score).into_iter().map(line).collect();
        all.push(Self::of_events("all", &groups.all));
        all.push(Self::of_events("with-event", &groups.with_event));
        let across = groups.findings.iter();
        all.extend(across.map(|(verdict, findings)| line(ScoreLine::new("across", verdict.as_str(), findings))));
        all.extend(groups.across.iter().map(Self::of_pair));
        all
    }
}

/// The columns that only lines with groups have.
const GROUP_COLUMNS: [&str; 7] = ["documents", "finding", "verdict", "a", "group_a", "b", "group_b"];

/// The columns of every measure, then those of groups.
const fn all_columns<const N: usize>() -> [&'static str; N] {
    let (every, mut all, mut i) = (ScoreLine::COLUMNS, [""; N], 0);
    while i < N {
        all[i] = if i < every.len() { every[i] } else { GROUP_COLUMNS[i - every.len()] };
        i += 1;
    }
    all
}

impl Columns for GroupedLine<'_> {
    const COLUMNS: &'static [&'static str] = &all_columns::<{ ScoreLine::COLUMNS.len() + GROUP_COLUMNS.len() }>();
}

impl Row for GroupedLine<'_> {
    const HEADINGS: &'static [&'static str] = ScoreLine::HEADINGS;
    const NUMBERS: &'static [&'static str] = ScoreLine::NUMBERS;
    const SPARE: &'static [&'static str] = ScoreLine::SPARE;

    fn cells(&self) -> Vec<String> {
        let mut cells = self.line.cells();
        let of = &mut cells[1];
        of.extend(self.documents.map(|documents| format!(" ({} documents)", number(documents as u64))));
        of.extend(self.verdict.map(|verdict| format!(": {verdict}")));
        of.extend(self.finding.as_ref().map(|finding| format!("\n{finding}")));
        let documents = [self.a.zip(self.group_a), self.b.zip(self.group_b)];
        of.extend(documents.into_iter().flatten().map(|(document, group)| format!("\n{document} ({group})")));
        cells
    }
}

/// Writes a score, one line per measure; where documents have groups, with the columns that only these need.
pub fn write_score(score: &Score, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match &score.groups {
        Some(groups) => lines(GroupedLine::all(score, groups).into_iter(), format, out),
        None => lines(ScoreLine::all(score).into_iter(), format, out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Id;
    use crate::report::Look;
    use crate::score::Judged;
    use crate::value::{ClaimField, ClaimKind, Verdict};

    fn score() -> Score {
        let mut score = Score::default();
        let kind = score.kinds.entry(ClaimKind::Casualty).or_default();
        kind.found = Counts { gold: Some(3), right: 2, wrong: 0, open: 1 };
        kind.fields.insert(ClaimField::Value, Counts { right: 1, wrong: 2, ..Counts::default() });
        score
    }

    fn lines_of(score: &Score, format: Format) -> String {
        let mut out = Vec::new();
        write_score(score, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn written(format: Format) -> String {
        lines_of(&score(), format)
    }

    #[test]
    fn what_was_not_measured_is_empty_and_never_zero() {
        let csv = written(Format::Csv);
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows[1], "found,casualty,,3,3,2,0,1,1.0,0.666667,0.8,,");
        assert_eq!(rows[3], "field,casualty,value,,3,1,2,,0.333333,,,,");
        assert!(written(Format::Jsonl).lines().nth(2).unwrap().contains("\"recall\":null"));
        assert!(written(Format::Table(Look::default())).contains("casualty: value"));
    }
    #[test]
    fn groups_have_the_columns_of_the_other_measures_and_their_own() {
        let pair = Across {
            finding: Id(0xab),
            verdict: Verdict::Update,
            rule: "raised".into(),
            documents: ["a".into(), "=b".into()],
            groups: ["bridge, Monday".into(), "port".into()],
        };
        let groups = GroupScore {
            all: EventScore::of(&[(0, 0), (0, 0), (0, 1), (0, 1)]),
            findings: vec![(Judged::Differs, Counts { gold: None, right: 3, wrong: 1, open: 0 })],
            across: vec![pair],
            ..GroupScore::default()
        };
        let score = Score { groups: Some(groups), ..score() };
        let csv = lines_of(&score, Format::Csv);
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows[1], "found,casualty,,3,3,2,0,1,1.0,0.666667,0.8,,,,,,,,,");
        assert_eq!(rows[4], "event,all,,2,1,,,,0.5,1.0,0.666667,,,4,,,,,,");
        assert_eq!(rows[5], "event,with-event,,0,0,,,,,,,,,0,,,,,,");
        assert_eq!(rows[6], "across,differs,,,4,3,1,,0.75,,,,,,,,,,,");
        assert_eq!(rows[7], "pair,raised,,,,,,,,,,,,,00000000000000ab,update,a,\"bridge, Monday\",'=b,port");
        let table = lines_of(&score, Format::Table(Look::default()));
        assert!(table.contains("all (4 documents)") && table.contains("a (bridge, Monday)"), "{table}");
        assert!(lines_of(&score, Format::Jsonl).ends_with(
            r#""group_a":"bridge, Monday","b":"=b","group_b":"port"}
"#
        ));
    }
}
