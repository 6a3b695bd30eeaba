//! Strings and offsets only: documents, their hashes, spans, sentences, tokens.

mod document;
mod hash;
mod sentence;
mod span;
mod token;

pub use document::{Article, CodePoints, Document};
pub use hash::TextHash;
pub use sentence::{Abbreviations, Stop, split as split_sentences};
pub use span::Span;
pub use token::{Token, TokenKind, tokenize};
