use {
    super::DisputeClaim,
    crate::{
        error::{TokenError, require},
        events::{self, DisputeResolved},
    },
    anchor_lang::prelude::*,
};

pub(crate) fn resolve_dispute(ctx: Context<DisputeClaim>) -> Result<()> {
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
        let owner = token.owner == *a.authority.key;

        claim.resolve(&list, a.authority.key, owner)?;
        DisputeResolved {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            by: a.authority.key(),
        }
    };

    events::log(&event);
    Ok(())
}
