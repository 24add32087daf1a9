use {
    crate::{
        error::ProgramResult,
        events::RevenuePaid,
        state::{Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Books a payment of `amount` atoms on a claim, by whomever and whatever for: the one
/// way in which revenue reaches holders. The claim is the token's, and its mint proven.
/// `parties` are the token's address and who pays.
#[inline(never)]
pub(crate) fn book_revenue(
    token: &mut PersonalToken,
    claim: &mut Claim,
    (key, from): (&Pubkey, &Pubkey),
    amount: u64,
    clock: &Clock,
) -> ProgramResult<RevenuePaid> {
    let now = clock.unix_timestamp;
    claim.pay(amount, now)?;
    let place = token.asset_of(&claim.mint)?;
    token.release(now)?;
    let parts = token.pay_holders(place, amount, now)?;
    Ok(RevenuePaid {
        header: token.header(key, clock)?,
        claim: claim.number,
        mint: claim.mint,
        from: *from,
        amount,
        to_reserve: parts.to_reserve,
        to_stream: parts.to_stream,
        to_endowment: parts.to_endowment,
        received: claim.received,
    })
}
