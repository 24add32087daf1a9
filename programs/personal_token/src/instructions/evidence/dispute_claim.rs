use {
    super::DisputeClaim,
    crate::{
        error::{TokenError, require},
        events::{self, ClaimDisputed},
    },
    anchor_lang::prelude::*,
};

/// `reasons` is the SHA-256 of what the attester has to say.
pub(crate) fn dispute_claim(ctx: Context<DisputeClaim>, reasons: [u8; 32]) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let list = a.attesters.load()?;
        let mut claim = a.claim.load_mut()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;

        claim.dispute(&list, a.authority.key)?;
        ClaimDisputed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            attester: a.authority.key(),
            reasons,
        }
    };

    events::log(&event);
    Ok(())
}
