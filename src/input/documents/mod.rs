//! PDF and DOCX: the text of a document and what it says of itself, as those of a saved page.

#[cfg(feature = "documents")]
mod docx;
#[cfg(feature = "documents")]
mod pdf;
#[cfg(feature = "documents")]
mod stated;

#[cfg(feature = "documents")]
pub(super) use stated::read;

/// Whether this build reads PDF and DOCX.
pub(crate) const READ: bool = cfg!(feature = "documents");

/// How to get a build that does.
pub(super) const GET: &str = "install one that does: cargo install --path . --features documents";

/// A document of a kind that this build does not read gives nothing.
#[cfg(not(feature = "documents"))]
pub(super) fn read(
    _: &crate::rules::RuleSet,
    _: super::Kind,
    _: Vec<u8>,
) -> Result<(crate::web::Page, Option<jiff::civil::Date>), String> {
    Err("this build does not read it".to_owned())
}
