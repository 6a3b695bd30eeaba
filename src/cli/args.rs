//! The flags, commands and their help: the one place where they are written.

pub(super) mod review;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValue, PossibleValuesParser};
use clap::{Parser, Subcommand, ValueEnum, ValueHint};

use crate::report::{self, Stream};

const EXAMPLES: &str = "\
Examples:
  gainsay report articles/ -o report/
  gainsay findings articles/
  gainsay claims monday.txt tuesday.txt --format csv -o claims.csv

Exit status:
  0  everything was read
  1  finished, but something could not be read, or a decision has lapsed; warnings say what
  2  wrong usage, or nothing could be done";

const REPORT_EXAMPLES: &str = "\
Examples:
  gainsay report articles/ -o report/
  gainsay report articles/ -o report/ --format md
  gainsay report krone.txt stampa.txt more.jsonl -o report/
  gainsay report articles/ --claims hand-coded.csv -o report/

Files of the report, written all or none; older ones of these names are replaced:
  discrepancies.md   to read
  discrepancies.csv  one row per pair of answers, with the words of both
  claims.csv         one row per claim

Beside a folder's texts may stand a sources.csv with any of the columns
file,outlet,published,title,url. It wins over what the texts say of themselves.";

const CLAIMS_EXAMPLES: &str = "\
Examples:
  gainsay claims articles/
  gainsay claims articles/ --format csv -o claims.csv
  cat article.txt | gainsay claims -";

const TALLIES_EXAMPLES: &str = "\
Examples:
  gainsay tallies articles/
  gainsay tallies articles/ --format csv -o tallies.csv
  gainsay tallies --claims hand-coded.csv";

const TIMES_EXAMPLES: &str = "\
Examples:
  gainsay times article.txt
  gainsay times articles/ --format jsonl -o times.jsonl";

const ATTRIBUTIONS_EXAMPLES: &str = "\
Examples:
  gainsay attributions article.txt
  gainsay attributions articles/ --format csv -o attributions.csv";

const COVERAGE_EXAMPLES: &str = "\
Examples:
  gainsay coverage articles/
  gainsay coverage articles/ --format csv -o coverage.csv
  gainsay coverage articles/ --format jsonl | jq 'select(.reason == \"no-rule\")'

Listed are the sentences that hold a number (\"40\", \"a soldier\", \"dozens\") and a word of
casualty (\"killed\", \"wounds\") but gave no casualty claim. Reasons:
  no-people          the numbers count times, ages, money or things
  unknown-noun       no word list knows what is counted
  no-rule            people and harm are there, but no rule joins them
  doers              the people do the harm
  denied-or-negated  the sentence says that it did not happen, or denies it
  hypothetical       the sentence speaks of what may be
  overlapped         the people are counted by a claim of another kind
  unresolved-group   \"the hostages\" of whom the text has not said how many they are
  page-furniture     the sentence stands in the page around the article

The table ends with the number of sentences for each reason and the share that gave a claim.";

const GRAPH_EXAMPLES: &str = "\
Examples:
  gainsay graph articles/ --format dot | dot -Tsvg > claims.svg
  gainsay graph articles/ --format graphml -o claims.graphml";

const SCORE_EXAMPLES: &str = "\
Examples:
  gainsay score --gold annotated/ articles/
  gainsay score --gold annotated/ articles/ --format csv -o score.csv
  gainsay score --gold annotated/ articles/ --rules my-rules/ --format table

Lines, one per measure:
  found    claims of a kind found at their place
  strict   those with every field right that matters most: figure, days, speaker, accused
  field    one field of the claims found
  verdict  pairs of claims; `differs` is contradiction and update together
  rule     what each rule said, and how often that was right

What annotators left open is counted as made, but neither as right nor as wrong.
docs/GOLD.md says how the files of the gold folder are written.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  gainsay explain 5d7c articles/
  gainsay explain 00e1f4b2a93c5d76 articles/ | less

The ids of claims and findings are those of `gainsay claims` and `gainsay findings`; the
beginning of one is enough where no other begins alike.";

const RULES_EXAMPLES: &str = "\
Examples:
  gainsay rules
  gainsay rules --words
  gainsay rules show casualty/passive
  gainsay rules export my-rules
  gainsay rules check my-rules";

const CHECK_EXAMPLES: &str = "\
Examples:
  gainsay rules check
  gainsay rules check my-rules

A folder that holds values.toml, page/layout.toml, score/names.toml and every file of
compare/ is checked by itself; any other is laid over the built-in rules first.

Exit status:
  0  the rules load, and every example does what it says
  1  something is wrong; standard error says what, where, and how to mend it
  2  wrong usage, or the folder cannot be read";

const SHOW_EXAMPLES: &str = "\
Examples:
  gainsay rules show casualty/passive
  gainsay rules show raised-later";

const EXPORT_EXAMPLES: &str = "\
Examples:
  gainsay rules export my-rules
  gainsay report articles/ -o report/ --rules my-rules

Keep the files you change and delete the others: those built in stand in for them.";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  gainsay schema claims
  gainsay schema findings > findings.schema.json";

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
    /// Number of threads [default: one per core]; the output is the same for any number
    #[arg(long, global = true, value_name = "N")]
    pub(super) threads: Option<NonZeroUsize>,
    /// Show no warnings, progress or names of written files; the exit status still tells
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the report on where the articles differ, to read and for spreadsheets
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Show every claim: figures, dates, blame and denials with the words they stand on
    #[command(after_help = CLAIMS_EXAMPLES)]
    Claims(StreamArgs),
    /// Show every question on which claims can be compared, the gravest first
    #[command(after_help = review::FINDINGS_EXAMPLES)]
    Findings(review::FindingsArgs),
    /// Show what each article says each event's toll is
    #[command(after_help = TALLIES_EXAMPLES)]
    Tallies(review::ComparedArgs),
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
    /// Measure the claims and verdicts against articles that people annotated
    #[command(after_help = SCORE_EXAMPLES)]
    Score(ScoreArgs),
    /// Find the quotes of written claims or findings again in the articles
    #[command(after_help = review::VERIFY_EXAMPLES)]
    Verify(review::VerifyArgs),
    /// Keep a reviewer's word on a finding, list those kept, or take one back
    #[command(after_help = review::DECIDE_EXAMPLES, override_usage = review::DECIDE_USAGE)]
    Decide(review::DecideArgs),
    /// Tell where a claim or a finding comes from: rules, words, gates
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// List the rules, or check, show or export them
    #[command(after_help = RULES_EXAMPLES)]
    Rules(RulesArgs),
    /// Print the JSON Schema of a stream's lines
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema {
        /// The stream
        stream: Stream,
    },
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
        default_values_t = report::formats().into_iter().map(str::to_owned),
        value_parser = PossibleValuesParser::new(report::formats()),
    )]
    pub(super) format: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct StreamArgs {
    /// Files or folders of articles (.txt, .md, .jsonl); `-` is standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) out: OutArgs,
}

/// How to write, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct OutArgs {
    /// How to write it [default: table on a terminal, csv for FILE.csv, jsonl otherwise]
    #[arg(long, value_enum)]
    format: Option<StreamFormat>,
    /// Write to a file, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ScoreArgs {
    /// Folder of gold files, one DOCUMENT.json each, and relations.json
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) gold: PathBuf,
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
}

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// Id of a claim or a finding, or the beginning of one
    #[arg(value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(super) id: String,
    /// The files or folders it came from; `-` is standard input
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
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

impl OutArgs {
    /// The format asked for, or told by the file's name.
    pub(super) fn format(&self) -> Option<StreamFormat> {
        let by_name = || {
            let extension = self.output.as_ref()?.extension()?;
            (extension == "csv").then_some(StreamFormat::Csv)
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
    /// The main columns, for the terminal
    Table,
}

impl ValueEnum for Stream {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
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
