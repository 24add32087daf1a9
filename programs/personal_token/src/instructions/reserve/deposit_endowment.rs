use {
    super::DepositAccounts,
    crate::events::{self, EndowmentDeposited},
    anchor_lang::prelude::*,
};

/// Anyone adds to the owner's endowment, of which new shares bring their part of reserve
/// and streams. It stays the owner's until then.
pub(crate) fn deposit_endowment(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let place = a.prove(&token, amount)?;

        let endowment = token.endow(place, amount)?;
        EndowmentDeposited {
            header: token.header(a.token.as_ref().key, &clock)?,
            mint: a.mint.key(),
            from: a.giver.key(),
            amount,
            endowment,
        }
    };

    a.pay(amount)?;

    events::log(&event);
    Ok(())
}
