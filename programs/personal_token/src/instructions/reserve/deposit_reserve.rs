use {
    super::DepositAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, ReserveDeposited},
    },
    anchor_lang::prelude::*,
};

/// Anyone gives to the reserve in the quote mint, the owner in any listed mint: what a
/// stranger gives must not block a round, whose shares bring their part of it. Nothing is
/// owed for it. While no share exists it goes to the endowment.
pub(crate) fn deposit_reserve(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = a.prove(&token, amount)?;
        let may = place == 0 || token.owner == *a.giver.key;
        require(may, TokenError::OwnerOnlyAsset)?;

        let reserve = token.add_reserve(place, amount)?;
        ReserveDeposited {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint: a.mint.key(),
            from: a.giver.key(),
            amount,
            reserve,
        }
    };

    a.pay(amount)?;

    events::log(&event);
    Ok(())
}
