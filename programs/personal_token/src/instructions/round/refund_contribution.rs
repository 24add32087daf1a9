use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::returning::*,
    crate::{
        events::{self, ContributionRefunded},
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
};

/// A contribution to a failed round goes back.
#[derive(Accounts)]
pub struct RefundContribution<'info> {
    /// The backer, who need not sign.
    ///
    /// CHECK: proven by the contribution.
    pub backer: UncheckedAccount<'info>,
    /// The contribution, and where it goes back.
    pub returning: ReturningAccounts<'info>,
}

/// A contribution to a failed round goes back to the backer. Anyone may do it.
pub(crate) fn refund_contribution(ctx: Context<RefundContribution>) -> Result<()> {
    let backer = &ctx.accounts.backer;
    let a = &ctx.accounts.returning;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let mine = a.contribution.load()?;
        a.prove(backer, &token, &round, &mine)?;
        round.refund(&mine)?;

        token.free_escrow(mine.paid)?;
        let event = ContributionRefunded {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            wallet: mine.wallet,
            paid: mine.paid,
            escrow: token.quote().escrow,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    a.pay_back(event.paid, decimals, &signer)?;

    events::log(&event);
    Ok(())
}
