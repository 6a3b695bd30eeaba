//! Where a claim comes from: the one place that says when two accounts are independent of each other.

use crate::claim::Claim;

/// The origin of a claim: the actor who says it, else the agency that it came through, else the outlet, else the document.
///
/// Two claims of one origin are one account, however many outlets carry it.
pub fn origin(claim: &Claim) -> &str {
    let actor = claim.speaker.as_deref().and_then(|speaker| speaker.actor.as_ref());
    let agency = claim.via.last().map(|agency| &**agency);
    actor.map(|actor| actor.as_str()).or(agency).unwrap_or_else(|| publisher(claim))
}

/// Who says it to the reader: the speaker by name, else the outlet.
pub fn claimant(claim: &Claim) -> &str {
    claim.speaker.as_deref().map_or_else(|| publisher(claim), |speaker| speaker.name())
}

/// The outlet, or the document where no outlet is known.
pub fn publisher(claim: &Claim) -> &str {
    claim.article.outlet.as_deref().unwrap_or(&claim.article.document)
}
