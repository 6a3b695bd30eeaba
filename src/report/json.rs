//! `report.json`: the whole report as one object, for programs.

use std::io::{self, Write};

use super::wire::ReportObject;
use super::{Exporter, Needs, Report};
use crate::analysis::Until;
use crate::text::write_json_lines;

/// The report as JSON.
pub(super) const REPORT: Exporter = Exporter {
    format: "json",
    file: "report.json",
    needs: Needs { until: Until::Policies, texts: false },
    usual: false,
    write,
};

fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_json_lines(&ReportObject::of(report), out)?;
    writeln!(out)
}
