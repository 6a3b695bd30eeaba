//! PDF and DOCX: what is read of them by a build with the feature `documents`, what is refused, and what another build says.

#[cfg(not(feature = "documents"))]
mod desk;
#[cfg(feature = "documents")]
#[path = "documents/docx.rs"]
mod docx;
#[cfg(not(feature = "documents"))]
#[path = "documents/left.rs"]
mod left;
#[cfg(feature = "documents")]
#[path = "documents/made.rs"]
mod made;
#[cfg(feature = "documents")]
#[path = "documents/pdf.rs"]
mod pdf;
#[cfg(feature = "documents")]
#[path = "documents/read.rs"]
mod read;
