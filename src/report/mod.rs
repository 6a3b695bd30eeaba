//! Reports: what was found, written for people, for spreadsheets and for programs.
//!
//! A report format is a file of this folder with an [`Exporter`], listed in [`EXPORTERS`].

mod audit;
mod check;
mod csv;
mod decisions;
mod escape;
mod explain;
#[cfg(test)]
mod fixture;
mod folder;
mod listed;
mod markdown;
mod model;
mod outlets;
mod pair;
mod score;
mod stream;
pub(crate) mod table;
mod tables;
pub mod text;
mod tolls;
pub mod wire;

use std::io::{self, Write};

pub use check::write_checks;
pub use decisions::write_decisions;
pub use explain::{Subject, explain, subject};
pub use folder::{write_file, write_folder};
pub use model::{Answer, Ground, Lacking, Missed, Question, Report, Section, Summary, Toll, TollRow, Unused, Voice};
pub use score::write_score;
pub use stream::{Format, Stream, schema, write};
pub use table::Look;

/// One file of a report.
#[derive(Clone, Copy, Debug)]
pub struct Exporter {
    /// The format's name on the command line; several files may share it.
    pub format: &'static str,
    /// The file's name in the report folder.
    pub file: &'static str,
    /// Writes the file.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every file a report can consist of.
pub const EXPORTERS: &[Exporter] = &[markdown::DISCREPANCIES, tables::DISCREPANCIES, tables::CLAIMS, tables::AUDIT];

/// The formats of a report, each once.
pub fn formats() -> Vec<&'static str> {
    let mut formats: Vec<&str> = EXPORTERS.iter().map(|exporter| exporter.format).collect();
    formats.dedup();
    formats
}
