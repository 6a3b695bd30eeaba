//! The flags of commands that take up again what was written before.

use std::path::PathBuf;

use clap::ValueHint;
use jiff::civil::Date;

use super::db::{ACTS, ALONE, DbArgs, MovedArgs, OR_CLAIMS};
use super::{OutArgs, StreamArgs, StreamFormat};

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

pub(super) const DECIDE_USAGE: &str = "\
gainsay decide FINDING --dismiss|--confirm --why TEXT [--by NAME] [--on DATE] PATH...
       gainsay decide CLAIM --correct [--figure WORDS] [--speaker NAME] [--event ID] --why TEXT PATH...
       gainsay decide FINDING|CLAIM --undo PATH...
       gainsay decide --list PATH...";

pub(super) const DECIDE_EXAMPLES: &str = "\
Examples:
  gainsay decide 5d7c --dismiss --why \"two moments of one toll\" --by Ann articles/
  gainsay decide 5d7c --confirm --why \"asked both outlets\" articles/
  gainsay decide --list articles/
  gainsay decide 5d7c --undo articles/
  gainsay decide 81fa --correct --figure \"at least 12\" --why \"12, not 120: misread\" articles/
  gainsay decide 81fa --correct --speaker Yerevan --why \"he speaks for Yerevan\" articles/
  gainsay decide 81fa --correct --event none --why \"another attack, long ago\" articles/

Decisions are kept in gainsay-decisions.toml beside the articles: in the first folder given, or the
folder of the first file. `findings` and `report` find it there. What was dismissed comes last and is
not counted. A decision stands for what its claims say, so it outlasts new articles, and lapses with a
warning when one of these claims changes or vanishes. A correction stands for the words of its claim
in the same way; every command that compares takes it in, and a corrected claim says so. Figures are
written as 12, \"at least 12\", 20-30, 24..99 or none; an empty speaker is the outlet itself; an event
is named by its id or by that of another claim about it.";

pub(super) const FINDINGS_EXAMPLES: &str = "\
Examples:
  gainsay findings articles/
  gainsay findings articles/ --format csv -o findings.csv
  gainsay findings articles/ --claims hand-coded.csv
  gainsay findings articles/ --format jsonl | jq 'select(.verdict == \"contradiction\")'

In CSV there is one row per pair of answers, with the words of both.";

pub(super) const REVIEW_EXAMPLES: &str = "\
Examples:
  gainsay review articles/
  gainsay review articles/ --by Ann --port 8765
  gainsay review --claims hand-coded.csv --decisions reviewed.toml

The page is served to this machine alone, under the address that is printed; whoever knows it can
decide. It confirms and dismisses findings, corrects the figure, the speaker or the event of a claim,
and takes each of these back. All of it is kept at once in the file of `gainsay decide`, where the other
commands find it; nothing else is written. Ctrl-C ends the review.";

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReviewArgs {
    #[command(flatten)]
    pub(in crate::cli) corpus: CorpusArgs,
    /// Port of the page [default: any that is free]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(in crate::cli) port: u16,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// Keep decisions and corrections in this file [default: gainsay-decisions.toml beside the articles]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) decisions: Option<PathBuf>,
}

/// Which decisions hold.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DecidedArgs {
    /// Take reviewers' decisions and corrections from this file [default: gainsay-decisions.toml beside the articles]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) decisions: Option<PathBuf>,
    /// Leave reviewers' decisions and corrections out
    #[arg(long, conflicts_with = "decisions")]
    pub(in crate::cli) no_decisions: bool,
}

/// What is compared.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CorpusArgs {
    /// Files or folders of articles: text, saved pages, feeds, JSON, CSV, packed or not; `-` is standard input
    #[arg(
        required_unless_present_any = OR_CLAIMS.iter().copied(),
        value_name = "PATH",
        value_hint = ValueHint::AnyPath,
    )]
    pub(in crate::cli) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) db: DbArgs,
    /// Compare the claims of this file too, with those of the articles or alone (.csv, .jsonl; docs/CLAIMS.md)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) claims: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ComparedArgs {
    #[command(flatten)]
    pub(in crate::cli) corpus: CorpusArgs,
    #[command(flatten)]
    pub(in crate::cli) out: OutArgs,
    #[command(flatten)]
    pub(in crate::cli) decided: DecidedArgs,
}

#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(group(clap::ArgGroup::new("act").required(true).args(ACTS)))]
#[command(group(clap::ArgGroup::new("change").multiple(true).args(["figure", "speaker", "event"])))]
pub(in crate::cli) struct DecideArgs {
    /// Id of the finding or claim, or its beginning, then the articles; with --list the articles alone
    #[arg(
        required = ALONE.is_empty(),
        required_unless_present_any = ALONE.iter().copied(),
        value_name = "ID|PATH",
        value_hint = ValueHint::AnyPath,
    )]
    pub(in crate::cli) words: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) db: DbArgs,
    /// The accounts do not differ here, or it does not matter
    #[arg(long)]
    pub(in crate::cli) dismiss: bool,
    /// The accounts differ as the finding says
    #[arg(long)]
    pub(in crate::cli) confirm: bool,
    /// The claim was misread
    #[arg(long, requires = "change")]
    pub(in crate::cli) correct: bool,
    /// How many people it counts
    #[arg(long, value_name = "WORDS", requires = "correct")]
    pub(in crate::cli) figure: Option<String>,
    /// Who says it; empty: the outlet itself
    #[arg(long, value_name = "NAME", requires = "correct")]
    pub(in crate::cli) speaker: Option<String>,
    /// What it is about: the id of an event or of another claim about it, or `none`
    #[arg(long, value_name = "ID", requires = "correct")]
    pub(in crate::cli) event: Option<String>,
    /// Take the decision on the finding, or the correction of the claim, back
    #[arg(long)]
    pub(in crate::cli) undo: bool,
    /// List the decisions and corrections
    #[arg(long)]
    pub(in crate::cli) list: bool,
    #[command(flatten)]
    pub(in crate::cli) moved: MovedArgs,
    /// The reason
    #[arg(long, value_name = "TEXT", required_if_eq_any = [("dismiss", "true"), ("confirm", "true"), ("correct", "true")])]
    pub(in crate::cli) why: Option<String>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) by: Option<String>,
    /// The day of the decision [default: today, in UTC]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) on: Option<Date>,
    /// Files of claims that the finding was made with
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) claims: Vec<PathBuf>,
    /// Keep the decisions in this file [default: gainsay-decisions.toml beside the articles]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) decisions: Option<PathBuf>,
    /// How to write the list [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum, requires = "list")]
    pub(in crate::cli) format: Option<StreamFormat>,
}
