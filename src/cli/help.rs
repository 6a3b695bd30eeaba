//! The examples and explanations below the help of each command.

pub(super) const EXAMPLES: &str = "\
Examples:
  gainsay report articles/ -o report/
  gainsay findings articles/
  gainsay claims monday.txt tuesday.txt --format csv -o claims.csv

Exit status:
  0  everything was read
  1  finished, but something could not be read, or a decision has lapsed; warnings say what
  2  wrong usage, or nothing could be done
  130, 143  ended by Ctrl-C or SIGTERM; every file is whole, or as it was before";

pub(super) const REPORT_EXAMPLES: &str = "\
Examples:
  gainsay report articles/ -o report/
  gainsay report articles/ -o report/ --format html
  gainsay report articles/ -o report/ --format md,csv,html,json
  gainsay report krone.txt stampa.txt more.jsonl -o report/
  gainsay report articles/ --claims hand-coded.csv -o report/

Files of the report, written all or none; older ones of these names are replaced:
  report.html        to read in a browser, with charts, filters and the articles themselves
  discrepancies.md   to read as text
  discrepancies.csv  one row per pair of answers, with the words of both
  claims.csv         one row per claim
  audit.csv          one row per outlet, set against the others
  report.json        all of it as one object, with `--format json`

Beside a folder's texts may stand a sources.csv with any of the columns
file,outlet,published,title,url. It wins over what the texts say of themselves.

Limits of time and memory, in input/limits.toml of the rules:
  packed files  300 times their size, 16 GiB unpacked, 256 MiB for each file of an archive,
                200 000 files, an archive in an archive
  pages         16 MiB, 1 000 elements in each other, 3 000 000 steps to read one
  documents     64 MiB of text and fonts, 512 MiB with pictures, 2 000 pages, 5 000 000 steps
                to read a PDF or DOCX (a build with the feature `documents` reads them)
  texts         64 MiB; at once are read 400 words and signs of a sentence, words of 1 000 bytes
                and numbers of 20 figures
What goes beyond is refused with a warning; of a longer sentence the rest is read after it, and
a longer word or number counts nobody. JSON stands 127 deep in itself at most.";

pub(super) const CLAIMS_EXAMPLES: &str = "\
Examples:
  gainsay claims articles/
  gainsay claims articles/ --format csv -o claims.csv
  cat article.txt | gainsay claims -
  tail -f -n +1 articles.jsonl | gainsay claims - --as-read";

pub(super) const TALLIES_EXAMPLES: &str = "\
Examples:
  gainsay tallies articles/
  gainsay tallies articles/ --format csv -o tallies.csv
  gainsay tallies --claims hand-coded.csv";

pub(super) const TOLLS_EXAMPLES: &str = "\
Examples:
  gainsay tolls articles/
  gainsay tolls articles/ --policy acled,ucdp,gtd
  gainsay tolls articles/ --policy wikipedia --format markdown -o toll.md
  gainsay tolls articles/ --format jsonl | jq 'select(.differs != [])'

`gainsay rules` lists the policies, and `gainsay rules show acled` shows one with its source and
worked examples. A file policies/NAME.toml in a folder of rules adds one.";

pub(super) const AUDIT_EXAMPLES: &str = "\
Examples:
  gainsay audit articles/
  gainsay audit articles/ --by figure
  gainsay audit articles/ --format csv -o audit.csv

By outlet:
  killed, injured  how far its figures stand from the middle of independent origins
  nobody named     share of its casualty figures without a speaker
  own blame        share of its accusations in its own voice
  days late        days after the first outlet that told of an event
In brackets stands on how many events, figures or accusations that rests. What is unknown is
empty. By figure there is one line for each article, event and outcome: how many, as of when,
from whom.";

pub(super) const TIMES_EXAMPLES: &str = "\
Examples:
  gainsay times article.txt
  gainsay times articles/ --format jsonl -o times.jsonl";

pub(super) const ATTRIBUTIONS_EXAMPLES: &str = "\
Examples:
  gainsay attributions article.txt
  gainsay attributions articles/ --format csv -o attributions.csv";

pub(super) const COVERAGE_EXAMPLES: &str = "\
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

pub(super) const GRAPH_EXAMPLES: &str = "\
Examples:
  gainsay graph articles/ --format dot | dot -Tsvg > claims.svg
  gainsay graph articles/ --format graphml -o claims.graphml";

pub(super) const SCORE_EXAMPLES: &str = "\
Examples:
  gainsay score --gold annotated/ articles/
  gainsay score --gold annotated/ articles/ --format csv -o score.csv
  gainsay score --gold annotated/ articles/ --rules my-rules/ --format table
  gainsay score --groups groups.csv articles/
  gainsay score --groups groups.csv articles/ --format jsonl | jq 'select(.measure == \"pair\")'

Lines, one per measure:
  found    claims of a kind found at their place
  strict   those with every field right that matters most: figure, days, speaker, accused
  field    one field of the claims found
  verdict  pairs of claims; `differs` is contradiction and update together
  rule     what each rule said, and how often that was right
With --groups also:
  event    main events of documents against groups, B-cubed: all documents, those with an event
  across   all findings; wrong are those that set documents of two groups against each other
  pair     one line for each two such documents, with finding and rule

What annotators left open is counted as made, but neither as right nor as wrong.
docs/GOLD.md says how the files of the gold folder and of groups are written.";

pub(super) const INPUTS_EXAMPLES: &str = "\
Examples:
  gainsay inputs articles/
  gainsay inputs articles/ news.zip crawl.warc.gz --format csv -o inputs.csv
  gainsay inputs articles/ --format jsonl | jq 'select(.status != \"read\")'
  gainsay inputs articles/ --ignore 'drafts/' --ignore '*.old.txt'

Each file, archived file, record or row is one line. Its status:
  read       it is a document; what is known of it, and from where, stands beside it
  repeated   it says the same as a document before, and counts once
  language   it is in a language without rules, and is left alone
  ignored    a glob of `--ignore`, or of the .gainsayignore of a folder, leaves it out
  passed     its name or kind is none of an article
  refused    it could not be read, or goes beyond a limit

Packed files (.gz, .zst, .zip, .tar) are opened in memory, up to 300 times their size, 16 GiB,
256 MiB for each file in them and 200 000 files, and no deeper than an archive in an archive;
input/limits.toml of the rules says so.";

pub(super) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  gainsay explain 5d7c articles/
  gainsay explain 00e1f4b2a93c5d76 articles/ | less

The ids of claims and findings are those of `gainsay claims` and `gainsay findings`; the
beginning of one is enough where no other begins alike.";

pub(super) const RULES_EXAMPLES: &str = "\
Examples:
  gainsay rules
  gainsay rules --words
  gainsay rules show casualty/passive
  gainsay rules export my-rules
  gainsay rules check my-rules";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  gainsay rules check
  gainsay rules check my-rules

A folder that holds values.toml, audit.toml, page/layout.toml, score/names.toml, every file of
compare/, and feed.toml, languages.toml, limits.toml and web.toml of input/ is checked by itself;
any other is laid over the built-in rules first.

Exit status:
  0  the rules load, and every example does what it says
  1  something is wrong; standard error says what, where, and how to mend it
  2  wrong usage, or the folder cannot be read";

pub(super) const SHOW_EXAMPLES: &str = "\
Examples:
  gainsay rules show casualty/passive
  gainsay rules show raised-later";

pub(super) const EXPORT_EXAMPLES: &str = "\
Examples:
  gainsay rules export my-rules
  gainsay report articles/ -o report/ --rules my-rules

Keep the files you change and delete the others: those built in stand in for them.";

pub(super) const SCHEMA_EXAMPLES: &str = "\
Examples:
  gainsay schema claims
  gainsay schema findings > findings.schema.json
  gainsay schema report > report.schema.json";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  gainsay completions bash > ~/.local/share/bash-completion/completions/gainsay
  gainsay completions zsh > ~/.zfunc/_gainsay
  gainsay completions fish > ~/.config/fish/completions/gainsay.fish
  gainsay completions powershell >> $PROFILE";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  gainsay man findings | man -l -
  gainsay man -o ~/.local/share/man/man1";
