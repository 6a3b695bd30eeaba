//! PDF: the text of its pages, in paragraphs, and what it says of itself.

mod furniture;
mod info;
mod line;
mod paragraph;
mod quiet;
mod walk;
mod weight;

use hayro_syntax::{LoadPdfError, Pdf};

use super::stated::Stated;
use crate::rules::input::DocumentLimits;

/// The text of a PDF, a paragraph in each stretch between empty lines; why it is not read otherwise. `known` tells
/// whether the rules know a word.
pub(super) fn read(
    limits: &DocumentLimits,
    known: &dyn Fn(&str) -> bool,
    bytes: Vec<u8>,
) -> Result<(String, Stated), String> {
    weight::check(limits, &bytes)?;
    // The reader of PDF is another's. It is made for broken files, but its arithmetic can overflow on some.
    let read = quiet::quietly(|| walked(limits, bytes));
    let (mut pages, stated) = read.unwrap_or_else(|| Err("the reader of PDF broke off on it".to_owned()))?;
    furniture::remove(&mut pages);
    let text = paragraph::text(&pages, known);
    if text.is_empty() {
        return Err("it has no text: its pages are pictures, as those of a scan are".to_owned());
    }
    Ok((text, stated))
}

fn walked(limits: &DocumentLimits, bytes: Vec<u8>) -> Result<(Vec<line::Page>, Stated), String> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => weight::ENCRYPTED.to_owned(),
        LoadPdfError::Invalid => "it is no PDF, or a broken one".to_owned(),
    })?;
    Ok((walk::pages(limits, &pdf)?, info::stated(&pdf)))
}
