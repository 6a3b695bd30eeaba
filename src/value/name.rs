//! Canonical names of actors, places and incidents, cheap to copy and to compare.

use std::sync::Arc;

/// A canonical name ("Azerbaijan", "Nagorno-Karabakh", "shooting"), shared rather than copied.
///
/// Every claim holds several: one is as small as a pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<Box<str>>);

impl Name {
    /// The name as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self(Arc::new(text.into()))
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}
