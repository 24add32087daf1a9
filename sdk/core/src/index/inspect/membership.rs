use {
    super::{
        super::{Membership, MembershipStatus, Offer, Pool, quote},
        below::Below,
        build::{cash_amount, index_shares},
        report::{MembershipPhase, MembershipReport, OfferReport},
    },
    crate::report::{Amount, named},
    crate::{error::CoreError, state::Account},
    upside_math::SHARE_DECIMALS,
};

/// Every membership of a person that is a constituent.
pub(super) fn reports(pool: &Pool, below: &Below) -> Result<Vec<MembershipReport>, CoreError> {
    let all = below.memberships()?;
    all.iter()
        .map(|membership| report(pool, membership))
        .collect()
}

fn report(pool: &Pool, membership: &Account<Membership>) -> Result<MembershipReport, CoreError> {
    let data = &membership.data;
    let mut collectable = Vec::new();
    for (slot, atoms) in quote::equal_share(pool, data)? {
        if atoms > 0 {
            collectable.push(cash_amount(pool, slot, atoms)?);
        }
    }
    let at = |second: i64| (second != 0).then_some(second);
    Ok(MembershipReport {
        token: data.token,
        status: match data.status()? {
            MembershipStatus::Active if data.ends_at != 0 => MembershipPhase::Ending,
            MembershipStatus::Active => MembershipPhase::Active,
            MembershipStatus::Ended => MembershipPhase::Ended,
        },
        member: named(&data.member),
        token_shares: Amount::new(data.token_shares, SHARE_DECIMALS),
        index_shares: index_shares(data.index_shares),
        locked: index_shares(data.locked),
        joined_at: data.joined_at,
        ends_at: at(data.ends_at),
        successor: named(&data.successor),
        successor_at: at(data.successor_at),
        collectable,
    })
}

/// Every deal that can be accepted, now or after its notice.
pub(super) fn offers(pool: &Pool, below: &Below) -> Result<Vec<OfferReport>, CoreError> {
    let all = below.offers()?;
    all.iter().map(|offer| offered(pool, &offer.data)).collect()
}

fn offered(pool: &Pool, offer: &Offer) -> Result<OfferReport, CoreError> {
    let index = &pool.index.data;
    let place = index.announcement(offer.nonce)?;
    let mut persons = pool.persons.values();
    let person = persons.find(|person| person.token.key == offer.token);
    let cap = person.map_or(offer.cap, |person| person.token.data.terms.supply_cap);
    Ok(OfferReport {
        nonce: offer.nonce,
        token: offer.token,
        token_shares: Amount::new(offer.gives(cap)?, SHARE_DECIMALS),
        index_shares: index_shares(offer.index_shares),
        acceptable_from: offer.acceptable_from,
        expires_at: place.expires_at(),
        against: index_shares(place.against),
        veto_needs: index_shares(index.veto_needs(place)?),
    })
}
