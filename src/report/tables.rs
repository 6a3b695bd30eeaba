//! `discrepancies.csv`, `claims.csv` and `audit.csv`: the same findings, claims and outlets for spreadsheets.

use std::io::{self, Write};

use super::{AUDITED, Exporter, Format, Report, Stream, stream};

/// One row per pair of answers.
pub(super) const DISCREPANCIES: Exporter = Exporter {
    format: "csv",
    file: "discrepancies.csv",
    needs: AUDITED,
    usual: true,
    write: |report: &Report<'_>, out: &mut dyn Write| -> io::Result<()> {
        stream::write(Stream::Findings, Format::Csv, report.analysis, out)
    },
};

/// One row per claim.
pub(super) const CLAIMS: Exporter = Exporter {
    format: "csv",
    file: "claims.csv",
    needs: AUDITED,
    usual: true,
    write: |report: &Report<'_>, out: &mut dyn Write| -> io::Result<()> {
        stream::write(Stream::Claims, Format::Csv, report.analysis, out)
    },
};

/// One row per outlet.
pub(super) const AUDIT: Exporter = Exporter {
    format: "csv",
    file: "audit.csv",
    needs: AUDITED,
    usual: true,
    write: |report: &Report<'_>, out: &mut dyn Write| -> io::Result<()> {
        stream::write(Stream::Audit, Format::Csv, report.analysis, out)
    },
};
