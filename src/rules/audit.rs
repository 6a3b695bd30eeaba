//! What an audit of outlets goes by: how much an outlet must have told before a measure is given, and what is remarked on.

use serde::Deserialize;

/// The file that holds it.
pub(super) const FILE: &str = "audit.toml";

/// `audit.toml`: limits of the audit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AuditRules {
    /// Independent origins of an event's figures from which their middle is a measure.
    pub origins: usize,
    /// Events, figures or accusations that a measure has to rest on to be remarked on.
    pub enough: usize,
    /// Relative deviation from the middle that is remarked on.
    pub deviation: f64,
    /// Share of figures without a named speaker that is remarked on.
    pub unattributed: f64,
    /// Share of accusations in the outlet's own voice that is remarked on.
    pub own_blame: f64,
    /// Days after the first outlet that are remarked on.
    pub late: f64,
}
