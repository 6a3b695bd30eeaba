//! Strings and offsets only: documents, spans, sentences, tokens.

mod document;
mod span;

pub use document::{Article, CodePoints, Document};
pub use span::Span;
