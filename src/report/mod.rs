//! Reports: what was found, written for people, for spreadsheets and for programs.
//!
//! A report format is a file of this folder with an [`Exporter`], listed in [`EXPORTERS`].

mod audit;
mod check;
pub(crate) mod csv;
mod decisions;
mod escape;
mod explain;
#[cfg(test)]
mod fixture;
mod folder;
pub mod html;
mod json;
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

use crate::analysis::Until;

pub use check::write_checks;
pub use decisions::write_decisions;
pub use explain::{Subject, explain, subject};
pub use folder::{write_file, write_folder};
pub use model::{Answer, Ground, Lacking, Missed, Question, Report, Section, Summary, Toll, TollRow, Unused, Voice};
pub use score::write_score;
pub use stream::{Format, Stream, described, schema, schema_of, write};
pub use table::Look;

/// What an analysis must hold for a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// How far it must have gone.
    pub until: Until,
    /// True if it must have kept the texts of articles.
    pub texts: bool,
}

/// What the tables and the report to be read need.
const AUDITED: Needs = Needs { until: Until::Audit, texts: false };

/// One file of a report.
#[derive(Clone, Copy, Debug)]
pub struct Exporter {
    /// The format's name on the command line; several files may share it.
    pub format: &'static str,
    /// The file's name in the report folder.
    pub file: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// True if it is written unless others are asked for.
    pub usual: bool,
    /// Writes the file.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every file a report can consist of.
pub const EXPORTERS: &[Exporter] =
    &[markdown::DISCREPANCIES, tables::DISCREPANCIES, tables::CLAIMS, tables::AUDIT, html::PAGE, json::REPORT];

/// The formats of a report, each once.
pub fn formats() -> Vec<&'static str> {
    names(EXPORTERS.iter())
}

/// The formats that are written unless others are asked for, each once.
pub fn usual_formats() -> Vec<&'static str> {
    names(EXPORTERS.iter().filter(|exporter| exporter.usual))
}

fn names<'a>(exporters: impl Iterator<Item = &'a Exporter>) -> Vec<&'static str> {
    let mut names: Vec<&str> = exporters.map(|exporter| exporter.format).collect();
    names.dedup();
    names
}

/// What the files of some formats need together.
pub fn needs(formats: &[&str]) -> Needs {
    let chosen = EXPORTERS.iter().filter(|exporter| formats.contains(&exporter.format));
    let both = |a: Needs, b: Needs| Needs { until: a.until.max(b.until), texts: a.texts || b.texts };
    chosen.map(|exporter| exporter.needs).reduce(both).unwrap_or(AUDITED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_needs_what_any_of_its_files_needs() {
        assert_eq!(needs(&["md", "csv"]), AUDITED);
        assert_eq!(needs(&["json"]), Needs { until: Until::Policies, texts: false });
        assert_eq!(needs(&["md", "html"]), Needs { until: Until::Policies, texts: true });
    }

    #[test]
    fn the_object_for_programs_is_written_when_it_is_asked_for() {
        assert_eq!((usual_formats(), formats()), (vec!["md", "csv", "html"], vec!["md", "csv", "html", "json"]));
    }
}
