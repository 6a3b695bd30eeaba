//! The flags and commands: the one place where they are written.

pub(super) mod db;
pub(super) mod review;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use super::help::{
    ATTRIBUTIONS_EXAMPLES, AUDIT_EXAMPLES, CHECK_EXAMPLES, CLAIMS_EXAMPLES, COMPLETIONS_EXAMPLES, COVERAGE_EXAMPLES,
    EXAMPLES, EXPLAIN_EXAMPLES, EXPORT_EXAMPLES, GRAPH_EXAMPLES, INPUTS_EXAMPLES, MAN_EXAMPLES, REPORT_EXAMPLES,
    RULES_EXAMPLES, SCHEMA_EXAMPLES, SCORE_EXAMPLES, SHOW_EXAMPLES, TALLIES_EXAMPLES, TIMES_EXAMPLES, TOLLS_EXAMPLES,
};
use crate::input::glob;
use crate::report;

/// Reads what many outlets say about the same events and shows where they disagree.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version, after_help = EXAMPLES, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// Lay the rule files of a folder over those built in: a file of the same path replaces, others join
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) rules: Option<PathBuf>,
    /// Number of threads beside the one that fetches the articles [default: one per core]; the output is the same for any
    /// number
    #[arg(long, global = true, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Leave out what GLOB names in folders and archives, as a line of a folder's .gainsayignore does; may be repeated
    #[arg(long, global = true, value_name = "GLOB", value_parser = glob)]
    pub(super) ignore: Vec<String>,
    /// Show no warnings, progress or names of written files; the exit status still tells
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// When tables and errors have colours: on a terminal, unless NO_COLOR is set; everywhere; nowhere
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the report on where the articles differ, to read and for spreadsheets
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Show every claim: figures, dates, blame and denials with the words they stand on
    #[command(after_help = CLAIMS_EXAMPLES)]
    Claims(ClaimsArgs),
    /// Show every question on which claims can be compared, the gravest first
    #[command(after_help = review::FINDINGS_EXAMPLES)]
    Findings(review::ComparedArgs),
    /// Show what each article says each event's toll is
    #[command(after_help = TALLIES_EXAMPLES)]
    Tallies(review::ComparedArgs),
    /// Show what casualty recorders would publish of each event, by their policies
    #[command(after_help = TOLLS_EXAMPLES)]
    Tolls(TollsArgs),
    /// Set the outlets against each other: figures, sources, blame, delay
    #[command(after_help = AUDIT_EXAMPLES)]
    Audit(AuditArgs),
    /// Show every time expression with its value
    #[command(after_help = TIMES_EXAMPLES)]
    Times(StreamArgs),
    /// Show who says what: source, cue and content
    #[command(after_help = ATTRIBUTIONS_EXAMPLES)]
    Attributions(StreamArgs),
    /// Show the sentences with a number and a word of casualty that gave no claim, and why
    #[command(after_help = COVERAGE_EXAMPLES)]
    Coverage(StreamArgs),
    /// Write outlets, articles, speakers, events and claims as a graph
    #[command(after_help = GRAPH_EXAMPLES)]
    Graph(GraphArgs),
    /// Measure claims, verdicts and events against articles that people annotated
    #[command(after_help = SCORE_EXAMPLES)]
    Score(ScoreArgs),
    /// Find the quotes of written claims or findings again in the articles
    #[command(after_help = review::VERIFY_EXAMPLES)]
    Verify(review::VerifyArgs),
    /// Keep a reviewer's word on a finding or a correction of a claim, list those kept, or take one back
    #[command(after_help = review::DECIDE_EXAMPLES, override_usage = review::DECIDE_USAGE)]
    Decide(review::DecideArgs),
    /// Keep articles in a store, which the other commands read with `--db`
    #[cfg(feature = "store")]
    #[command(after_help = db::ADD_EXAMPLES)]
    Add(db::AddArgs),
    /// List what is read of files and folders, as what kind, and what is passed over, and why
    #[command(after_help = INPUTS_EXAMPLES)]
    Inputs(InputsArgs),
    /// Show the report in the browser, to decide on findings and correct claims there
    #[command(after_help = review::REVIEW_EXAMPLES)]
    Review(review::ReviewArgs),
    /// Tell where a claim or a finding comes from: rules, words, gates
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// List the rules, or check, show or export them
    #[command(after_help = RULES_EXAMPLES)]
    Rules(RulesArgs),
    /// Print the JSON Schema of a stream's lines, or of report.json
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema {
        /// The stream, or `report`
        #[arg(value_parser = PossibleValuesParser::new(report::described()))]
        of: String,
    },
    /// Print what a shell needs to complete commands, flags and values
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of the program or of a command, or write those of all to a folder
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// The command [default: the program]
    #[arg(value_name = "COMMAND", conflicts_with = "output")]
    pub(super) command: Vec<String>,
    /// Write a page for the program and for each command to this folder; made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    pub(super) corpus: review::CorpusArgs,
    /// Folder for the report's files; made if it is not there
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) decided: review::DecidedArgs,
    /// What to write
    #[arg(
        long,
        value_name = "FORMATS",
        value_delimiter = ',',
        default_values_t = report::usual_formats().into_iter().map(str::to_owned),
        value_parser = PossibleValuesParser::new(report::formats()),
    )]
    pub(super) format: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct InputsArgs {
    /// Files or folders of articles: text, saved pages, feeds, JSON, CSV, packed or not; `-` is standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct StreamArgs {
    /// Files or folders of articles: text, saved pages, feeds, JSON, CSV, packed or not; `-` is standard input
    #[arg(
        required = db::ALONE.is_empty(),
        required_unless_present_any = db::ALONE.iter().copied(),
        value_name = "PATH",
        value_hint = ValueHint::AnyPath,
    )]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) db: db::DbArgs,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ClaimsArgs {
    #[command(flatten)]
    pub(super) stream: StreamArgs,
    /// Write each article's claims as soon as it is read, as JSON Lines, and keep nothing: without the events, for which all
    /// articles have to be read
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub(super) as_read: bool,
    #[command(flatten)]
    pub(super) decided: review::DecidedArgs,
}

/// How to write, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct OutArgs {
    /// How to write it [default: table on a terminal, csv for FILE.csv, markdown for FILE.md, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<StreamFormat>,
    /// Write to a file, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct TollsArgs {
    /// Policies to go by, set off by commas [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(super) policy: Vec<String>,
    #[command(flatten)]
    pub(super) compared: review::ComparedArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    /// What a line is about
    #[arg(long, value_enum, default_value_t = AuditBy::Outlet)]
    pub(super) by: AuditBy,
    #[command(flatten)]
    pub(super) compared: review::ComparedArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AuditBy {
    /// An outlet, set against the others
    Outlet,
    /// One article's figure for one event
    Figure,
}

#[derive(Debug, clap::Args)]
pub(super) struct ScoreArgs {
    /// Folder of gold files, one DOCUMENT.json each, and relations.json
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, required_unless_present = "groups")]
    pub(super) gold: Option<PathBuf>,
    /// Table with the columns document,group: those of one group are about one happening
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) groups: Option<PathBuf>,
    #[command(flatten)]
    pub(super) stream: StreamArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct GraphArgs {
    #[command(flatten)]
    pub(super) corpus: review::CorpusArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    pub(super) format: GraphFormat,
    /// Write to a file, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) decided: review::DecidedArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Id of a claim or a finding, or the beginning of one
    #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(super) id: String,
    /// The files or folders it came from; `-` is standard input
    #[arg(
        required = db::ALONE.is_empty(),
        required_unless_present_any = db::ALONE.iter().copied(),
        value_name = "PATH",
        value_hint = ValueHint::AnyPath,
    )]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) db: db::DbArgs,
    #[command(flatten)]
    pub(super) decided: review::DecidedArgs,
}

#[derive(Debug, clap::Args)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    pub(super) command: Option<RulesCommand>,
    /// List the classes of words instead, with the number of their spellings
    #[arg(long)]
    pub(super) words: bool,
    /// How to write the list [default: table on a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    pub(super) format: Option<ListFormat>,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// Load the rules and run the examples of every one
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// A folder of rules [default: those built in]
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
    /// Show a rule in full: pattern, examples, where it stands
    #[command(after_help = SHOW_EXAMPLES)]
    Show {
        /// The rule
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Write the rule files to a new folder, to start from
    #[command(after_help = EXPORT_EXAMPLES)]
    Export {
        /// The folder; it is made, and must be empty if it is there
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For the terminal
    Table,
    /// JSON Lines, one object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// Graphviz
    Dot,
    /// GraphML, for Gephi, yEd and the like
    Graphml,
    /// One JSON object of nodes and edges
    Json,
}

impl From<ListFormat> for StreamFormat {
    fn from(format: ListFormat) -> Self {
        match format {
            ListFormat::Table => Self::Table,
            ListFormat::Jsonl => Self::Jsonl,
        }
    }
}

impl OutArgs {
    /// The format asked for, or told by the file's name.
    pub(super) fn format(&self) -> Option<StreamFormat> {
        let by_name = || {
            let extension = self.output.as_ref()?.extension()?;
            match extension.to_str()? {
                "csv" => Some(StreamFormat::Csv),
                "md" => Some(StreamFormat::Markdown),
                _ => None,
            }
        };
        self.format.or_else(by_name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StreamFormat {
    /// JSON Lines, one object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// The main columns as a Markdown table
    Markdown,
    /// The main columns, for the terminal
    Table,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_that_begin_with_its_name() {
        for command in Args::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("gainsay {}", command.get_name())), "{}", command.get_name());
        }
    }
}
