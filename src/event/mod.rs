//! Events: claims of many articles that are about one happening.

use crate::claim::{Id, Setting};
use crate::value::DayRange;

/// One happening and the claims about it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Stable id.
    pub id: Id,
    /// A short description for people.
    pub label: String,
    /// When it happened, as far as its claims tell.
    pub time: Option<DayRange>,
    /// Its actors, places and kinds of incident, the most named first.
    pub setting: Setting,
    /// Indices of its claims, rising.
    pub claims: Vec<usize>,
}
