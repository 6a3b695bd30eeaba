//! Canonical names of actors, places and incidents, cheap to copy and to compare.

use std::cmp::Ordering;
use std::sync::Arc;

/// A canonical name ("Azerbaijan", "Nagorno-Karabakh", "shooting"), shared rather than copied.
///
/// Every claim holds several: one is as small as a pointer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(Arc<Box<str>>);

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        // Most names that meet are one and the same.
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

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
