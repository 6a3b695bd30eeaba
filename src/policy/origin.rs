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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;

    #[test]
    fn an_actor_comes_before_an_agency_and_that_before_the_outlet() {
        let mut claim = claim_of_line("31 killed; by Armenia; in Courier", "d").unwrap();
        claim.via = ["TASS".into()].into();
        assert_eq!((origin(&claim), claimant(&claim)), ("Armenia", "Armenia"));
        claim.speaker = None;
        assert_eq!((origin(&claim), claimant(&claim)), ("TASS", "Courier"));
        claim.via = Box::default();
        assert_eq!(origin(&claim), "Courier");
        assert_eq!(origin(&claim_of_line("31 killed", "d").unwrap()), "d");
    }
}
