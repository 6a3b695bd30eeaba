//! The flags of commands that take up again what was written before.

use std::path::PathBuf;

use clap::ValueHint;

use super::StreamArgs;

pub(super) const VERIFY_EXAMPLES: &str = "\
Examples:
  gainsay verify claims.csv articles/
  gainsay verify findings.jsonl articles/ --format table
  gainsay verify report/claims.csv articles/ --format csv -o checked.csv

Each quote is looked for again in the document it was taken from:
  ok        it stands at its place
  changed   it stands at its place in a text that is not the same any more
  moved     it stands elsewhere in the document, or with other white space
  vanished  it is not in the document
  missing   no document has this id
A number is found as a whole only: \"12\" is not in \"112\", \"12.5\" or \"12,000\".

Exit status:
  0  every quote is ok
  1  some are not, or something could not be read
  2  wrong usage, or nothing could be checked";

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct VerifyArgs {
    /// Claims (.csv, .jsonl) or findings (.jsonl) as the program wrote them
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) stream: StreamArgs,
}
