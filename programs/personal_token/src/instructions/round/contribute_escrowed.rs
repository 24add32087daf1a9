use {
    super::{BackingAccounts, ContributeArgs},
    crate::{
        error::{TokenError, require},
        events::{self, Contributed},
        mint_policy,
    },
    anchor_lang::prelude::*,
};

/// A contribution to a round with a minimum raise: the payment waits in escrow.
pub(crate) fn contribute_escrowed(
    ctx: Context<BackingAccounts>,
    args: ContributeArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    mint_policy::check(&a.quote_mint)?;
    let (event, decimals) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let holder = a.holder.load()?;
        a.prove(&token, &round, &holder)?;
        require(round.escrows(), TokenError::RoundDoesNotEscrow)?;
        let purchase = a.quote(&token, &round, &args, clock.unix_timestamp)?;
        let paid = purchase.charge.0;

        a.record(&purchase, round.backer_cap)?;
        round.contribute(&purchase, clock.unix_timestamp)?;
        token.hold_escrow(paid)?;
        let event = Contributed {
            header: token.header(a.token.as_ref().key, &clock)?,
            round: round.number,
            wallet: holder.wallet,
            paid,
            shares: purchase.shares.0,
            to_reserve: 0,
            to_stream: 0,
            raised: round.raised,
            supply: token.supply,
        };
        (event, token.quote().decimals)
    };

    a.pay(&a.quote_vault, event.paid, decimals)?;

    events::log(&event);
    Ok(())
}
