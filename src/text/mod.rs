//! Strings and offsets only: documents, their hashes, spans, sentences, tokens, characters that are not read.

mod document;
mod hash;
mod hidden;
mod sentence;
mod span;
mod token;

pub use document::{Article, CodePoints, Document};
pub use hash::TextHash;
pub use hidden::{is_hidden, write_json, write_json_lines};
pub use sentence::{Abbreviations, Stop, split as split_sentences};
pub use span::Span;
pub use token::{Token, TokenKind, tokenize, tokenize_some};
