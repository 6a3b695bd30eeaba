//! gainsay reads what many outlets say about the same events and shows where they disagree.
//!
//! This page is the map of the code. `tests/house.rs` reads it and holds the code to it.
//!
//! # One direction
//!
//! Articles are read one by one, on any thread, and none sees another; their claims meet.
//!
//! ```text
//!  rules/*.toml ─► rules      words, shapes, gates and thresholds, checked before the first article is read
//!
//!  each article on its own:
//!  paths ─► input ─► raw texts ─► page ─► documents ─► extract ─► mentions ─► claims
//!                                         article and             numbers, names, times, counts,
//!                                         furniture apart         parties, people, sentence by sentence
//!  all articles together:
//!  claims ─► event ─► events ─┬─► compare ─► findings ─┐
//!                             ├─► tally ───► tallies ──┼─► report ─► files, streams, tables
//!                             ├─► policy, audit ───────┘
//!                             └─► graph ───► DOT, GraphML, JSON
//!
//!  from day to day: articles, claims and what came of them ─► store ─► articles and their claims, in one order
//! ```
//!
//! [`analysis`] runs these stages over a stream of articles and keeps what they found; [`report`] lays it out as files and
//! streams; [`score`] measures it against annotated articles; [`cli`] is the program around them. Each stage takes what came
//! before it and returns something new: nothing reaches back. A claim, a finding and a line of the report carry the rule
//! that made them and the place of their words.
//!
//! # Who may use whom
//!
//! A module uses only modules above its own line, and exactly those named on it.
//!
//! | Module | From → to | Uses |
//! | :--- | :--- | :--- |
//! | [`error`] | what is wrong with a file → a place, a message, a help | |
//! | [`text`] | an article's string → spans, tokens, sentences | |
//! | [`value`] | stated numbers, days and closed vocabularies → what they can mean | |
//! | [`rules`] | rule files → [`rules::RuleSet`] | error, text, value |
//! | [`rows`] | lines that were written before → fields | error, rules, value |
//! | [`verify`] | written quotes, documents → what became of each | error, rows, text, value |
//! | [`page`] | a text with furniture → [`text::Document`] | error, rules, text |
//! | [`web`] | a saved page's HTML → its text and what it says of itself: [`web::Page`] | page, rules |
//! | [`input`] | paths → [`input::Raw`] or a warning | error, page, rules, text, web |
//! | [`claim`] | the type between reading and comparing: [`claim::Claim`] | text, value |
//! | [`claimed`] | lines of claims → claims | claim, error, rows, text, value |
//! | [`extract`] | one document → [`extract::Extraction`] | claim, error, rules, text, value |
//! | [`event`] | claims of all articles → [`event::Events`] | claim, rules, value |
//! | [`origin`] | claims of all articles → [`origin::Origins`] | claim, rules, text, value |
//! | [`graph`] | claims and events → [`graph::ClaimGraph`] | claim, event, text |
//! | [`compare`] | claims, events, origins → [`compare::Finding`]s | claim, error, event, origin, rules, text, value |
//! | [`decision`] | findings and claims, what reviewers said of them → what still holds | claim, compare, error, event, rows, rules, value |
//! | [`tally`] | claims of one article and event → [`tally::Tally`] | claim, event, rules, value |
//! | [`policy`] | claims of an event → what recorders would publish: [`policy::Published`] | claim, compare, error, event, origin, rules, tally, value |
//! | [`audit`] | tallies and claims of all articles → [`audit::Audit`] | claim, event, origin, rules, tally, text, value |
//! | [`analysis`] | a stream of articles → [`analysis::Analysis`] | audit, claim, compare, decision, error, event, extract, graph, input, origin, page, policy, rules, tally, text, value |
//! | [`score`] | an analysis, annotated articles → [`score::Score`] | analysis, claim, compare, error, rows, rules, text, value |
//! | [`report`] | an analysis → bytes | analysis, audit, claim, compare, decision, error, event, extract, policy, rows, rules, score, tally, text, value, verify |
//! | [`store`] | articles → what is kept of them from run to run | analysis, claim, claimed, compare, decision, error, event, extract, input, origin, page, report, rules, text, value |
//! | [`cli`] | a command line → output and an exit status | analysis, claim, claimed, compare, decision, error, extract, input, page, policy, report, rules, score, store, text, value, verify, web |
//!
//! # Where to start reading
//!
//! | To know … | Start at |
//! | :--- | :--- |
//! | how the stages are put together | [`analysis::analyze`] |
//! | how results come out while articles go in | [`analysis::analyze_each`], then `src/analysis/batches.rs` |
//! | how a sentence becomes claims | [`extract::extract`], then `src/extract/sentence.rs` |
//! | why a sentence gave no claim | [`extract::Gap`], then `src/extract/gap.rs` |
//! | what a rule file may say | `rules/README.md`, then [`rules::lexicon`], [`rules::pattern`], [`rules::compare`] |
//! | how the article is told from the page around it | [`page::read`], `rules/page/en.toml` |
//! | how a saved page becomes text | [`web::read`], `rules/input/web.toml` |
//! | how a PDF or DOCX becomes text | `src/input/documents/pdf/mod.rs`, `src/input/documents/docx.rs` |
//! | how articles come to be about one event | [`event::link`], `rules/compare/events.toml` |
//! | when two claims contradict each other | [`compare::findings`], `rules/compare/` |
//! | how a toll is added up | [`tally::tallies`] |
//! | what a recorder would publish | [`policy::replay`], `rules/policies/` |
//! | when two accounts are independent | [`origin::Origins::trace`] |
//! | how an outlet is measured | [`audit::audit`], `rules/audit.toml` |
//! | what a number stands for ("dozens", "at least 12") | [`value::Count`], [`value::Interval`] |
//! | what the lines of a stream hold | [`report::wire`] |
//! | how claims from elsewhere join in | [`claimed::Reader`], [`analysis::Analysis::join`] |
//! | how a reviewer's decision lasts, and a correction | [`decision::apply`], [`decision::correct`] |
//! | how findings are reviewed in the browser | `src/cli/review/session.rs`, then `src/cli/review/server.rs` |
//! | how a quote is found again | [`verify::Verifier`] |
//! | how claims are measured against annotated ones | [`score::Score::of`], `rules/score/names.toml` |
//! | how articles are kept from run to run | [`store::Store`], `src/store/schema.sql`, `docs/STORE.md` |
//! | how a report file is written | [`report::EXPORTERS`] |
//! | how the page is put together | [`report::html`], `src/report/html/templates/page.html` |
//!
//! # What always holds
//!
//! - **Files** are opened in `input`, `cli`, `store` and `report::folder`, nowhere else: every other module works on values it is given.
//! - **Errors** are for loading. Files and rules can be wrong, and say where ([`error::Error`]); reading text cannot fail and
//!   does not panic, whatever the text. What could not be read becomes a warning, and the rest goes on.
//! - **Words** of a language, thresholds and orders stand in `rules/` as data, never in the code.
//! - **Unknown** is `None`, `null` or an empty cell. It is never guessed, and never zero.
//! - **Same bytes.** No clock, no environment, no hash order, no number of threads changes what comes out; only what
//!   goes to a terminal has its width and colours. The one day that is looked up is that of a decision, and it goes into
//!   the decisions file alone.
//! - **Quotes** are slices of the source: every word shown can be found again at its place.
//!
//! # As a library
//!
//! ```
//! use gainsay::extract::{Wanted, extract};
//! use gainsay::rules::{RuleFiles, RuleSet};
//! use gainsay::{page, text::Article};
//!
//! let rules = RuleSet::load(&RuleFiles::built_in()).map_err(|mut errors| errors.remove(0))?;
//!
//! let article = Article { document: "courier".into(), published: Some("2020-09-28".parse()?), ..Article::default() };
//! let text = "Armenia said at least 31 of its soldiers were killed on Sunday.".to_owned();
//! let document = page::read(&rules.page, article, text);
//!
//! let claims = extract(&document, &rules, Wanted::default()).claims;
//! let killed = claims.iter().find_map(|claim| claim.content.figure()).expect("one figure is stated");
//! assert_eq!(&*killed.words, "at least 31");
//! assert_eq!(claims[0].speaker.as_ref().map(|speaker| &*speaker.text), Some("Armenia"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Many articles at once go through [`analysis::analyze`], which takes documents as well as files, and from there to
//! [`report::write`] or [`report::write_folder`].

pub mod analysis;
pub mod audit;
pub mod claim;
pub mod claimed;
pub mod cli;
pub mod compare;
pub mod decision;
pub mod error;
pub mod event;
pub mod extract;
pub mod graph;
pub mod input;
pub mod origin;
pub mod page;
pub mod policy;
pub mod report;
pub mod rows;
pub mod rules;
pub mod score;
#[cfg(feature = "store")]
pub mod store;
pub mod tally;
pub mod text;
pub mod value;
pub mod verify;
pub mod web;
