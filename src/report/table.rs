//! Tables for the terminal and for Markdown: laid out to a width, with colours where they are wanted.

use std::collections::BTreeSet;
use std::io::{self, Write};

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::escape::md;
use super::text::one_line;
use crate::value::Verdict;

/// Width of a table that does not go to a terminal, in characters.
const WIDTH: u16 = 120;

/// What a column takes besides its text: a blank on each side and a line.
const FRAME: usize = 3;

/// A column is at least as wide as its longest word, but for a word longer than this.
const WORD: usize = 13;

/// A column of longer text is not worth having if it is narrower than this.
const PROSE: usize = 16;

/// Lines of a row on a terminal; more are cut off with `…`.
const LINES: usize = 12;

/// The cell of a row that has a colour, and which.
pub(crate) type Tint = (usize, Color);

/// How a table is to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Width of the terminal in characters; `None` where the table goes elsewhere, and nothing is left out of it.
    pub width: Option<u16>,
    /// True for coloured verdicts and bold headings.
    pub colour: bool,
}

/// A line that can be shown as a row of a table.
pub(crate) trait Row {
    /// The column headings.
    const HEADINGS: &'static [&'static str];

    /// Headings of numbers, which stand at the right.
    const NUMBERS: &'static [&'static str] = &[];

    /// Headings that a narrow terminal goes without, the first to go first.
    const SPARE: &'static [&'static str] = &[];

    /// True where rows that begin alike stand together, and the beginning is shown once.
    const GROUPED: bool = false;

    /// Its cells, one per heading; text of articles as it stands.
    fn cells(&self) -> Vec<String>;

    /// The cell that has a colour, and which.
    fn colour(&self) -> Option<Tint> {
        None
    }
}

/// The colour of a verdict.
pub(super) fn severity(verdict: Verdict) -> Color {
    match verdict {
        Verdict::Contradiction => Color::Red,
        Verdict::Update => Color::Yellow,
        Verdict::Scope => Color::Cyan,
        Verdict::Agreement => Color::Green,
    }
}

/// Rows with their cells cleaned, and what they need of a terminal's width.
struct Rows {
    cells: Vec<(Vec<String>, Option<Tint>)>,
    /// The longest word of each column.
    words: Vec<usize>,
    /// What each column has to be wide to be worth having.
    worth: Vec<usize>,
}

impl Rows {
    fn of<R: Row>(rows: impl Iterator<Item = R>) -> Self {
        let clean = |cell: &String| cell.lines().map(one_line).collect::<Vec<_>>().join("\n");
        let cells: Vec<(Vec<String>, _)> =
            rows.map(|row| (row.cells().iter().map(clean).collect(), row.colour())).collect();
        let longest = |split: fn(char) -> bool, most: usize| -> Vec<usize> {
            let part = |text: &str| text.split(split).map(|part| part.chars().count()).max().unwrap_or(0);
            let of = |(column, heading): (usize, &&str)| {
                let parts = cells.iter().filter_map(|(row, _)| row.get(column)).map(|cell| part(cell));
                parts.max().unwrap_or(0).max(part(heading)).min(most)
            };
            R::HEADINGS.iter().enumerate().map(of).collect()
        };
        let words = longest(char::is_whitespace, WORD);
        let worth = longest(|c| c == '\n', PROSE);
        Self { cells, words, worth }
    }

    /// True if the columns fit into a width, each as wide as `least` says.
    fn fit(columns: &BTreeSet<usize>, least: &[usize], width: u16) -> bool {
        columns.iter().map(|&column| least[column] + FRAME).sum::<usize>() < width.into()
    }

    /// The columns that fit into a width: all but as many of the spare ones as have to go.
    fn fitting<R: Row>(&self, width: u16) -> BTreeSet<usize> {
        let mut kept: BTreeSet<usize> = (0..R::HEADINGS.len()).collect();
        for spare in R::SPARE {
            if Self::fit(&kept, &self.worth, width) {
                break;
            }
            kept.retain(|&column| R::HEADINGS[column] != *spare);
        }
        kept
    }
}

/// Writes a table.
pub(crate) fn write<R: Row>(rows: impl Iterator<Item = R>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let rows = Rows::of(rows);
    let kept = match look.width {
        Some(width) => rows.fitting::<R>(width),
        None => (0..R::HEADINGS.len()).collect(),
    };
    let mut table = Table::new();
    table.force_no_tty();
    if look.colour {
        table.enforce_styling();
        // The caller has asked for colours; what the environment says is behind us.
        crossterm::style::force_color_output(true);
    }
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    let width = look.width.unwrap_or(WIDTH);
    let whole_words = Rows::fit(&kept, &rows.words, width);
    table.set_width(width);
    table.set_header(kept.iter().map(|&column| Cell::new(R::HEADINGS[column]).add_attribute(Attribute::Bold)));
    let mut before = None;
    for (cells, colour) in &rows.cells {
        let again = R::GROUPED && before == cells.first();
        before = cells.first();
        let cell = |&column: &usize| {
            let text = cells.get(column).map_or("", String::as_str);
            let cell = Cell::new(if again && column == 0 { "" } else { text });
            match colour {
                Some((coloured, colour)) if *coloured == column => cell.fg(*colour),
                _ => cell,
            }
        };
        table.add_row(kept.iter().map(cell).collect::<Vec<_>>());
        if let (Some(_), Some(row)) = (look.width, table.row_mut(table.row_count().saturating_sub(1))) {
            row.max_height(LINES);
        }
    }
    for (shown, &column) in kept.iter().enumerate() {
        let Some(layout) = table.column_mut(shown) else { continue };
        if R::NUMBERS.contains(&R::HEADINGS[column]) {
            layout.set_cell_alignment(CellAlignment::Right);
        }
        if whole_words {
            let least = u16::try_from(rows.words[column]).unwrap_or(WIDTH).saturating_add(layout.padding_width());
            layout.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    writeln!(out, "{table}")?;
    let gone: Vec<&str> =
        R::SPARE.iter().copied().filter(|spare| !kept.iter().any(|&k| R::HEADINGS[k] == *spare)).collect();
    match gone[..] {
        [] => Ok(()),
        _ => writeln!(
            out,
            "without {}: the terminal is too narrow for it, and `--format csv` has every column",
            gone.join(", ")
        ),
    }
}

/// Writes a Markdown table.
pub(crate) fn markdown<R: Row>(rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |\n|{}", R::HEADINGS.join(" | "), " :--- |".repeat(R::HEADINGS.len()))?;
    for row in rows {
        let cell = |cell: &String| cell.lines().map(md).collect::<Vec<_>>().join("<br>");
        writeln!(out, "| {} |", row.cells().iter().map(cell).collect::<Vec<_>>().join(" | "))?;
    }
    Ok(())
}
