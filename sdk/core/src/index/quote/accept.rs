use crate::{error::CoreError, index::Offer, state::PersonalToken};

/// What accepting an offer moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptQuote {
    /// Share atoms of the personal token that are given: what was offered, or more if the
    /// cap rose since.
    pub gives: u64,
    /// Index share atoms that come at once.
    pub free: u64,
    /// Index share atoms that come when the membership has ended.
    pub locked: u64,
}

/// What accepting this offer would move now. Errors: `IndexRefused(Overflow)`.
pub fn accept_quote(token: &PersonalToken, offer: &Offer) -> Result<AcceptQuote, CoreError> {
    let free = offer.index_shares / 2;
    Ok(AcceptQuote {
        gives: offer.gives(token.terms.supply_cap)?,
        free,
        locked: offer.index_shares.saturating_sub(free),
    })
}
