//! gainsay reads what many outlets say about the same events and shows where they disagree.

pub mod analysis;
pub mod claim;
pub mod cli;
pub mod compare;
pub mod error;
pub mod event;
pub mod extract;
pub mod graph;
pub mod input;
pub mod page;
pub mod report;
pub mod rules;
pub mod tally;
pub mod text;
pub mod value;
