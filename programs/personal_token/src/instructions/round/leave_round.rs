use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::returning::*,
    crate::{
        events::{self, ContributionLeft},
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
};

/// A backer takes a contribution back.
#[derive(Accounts)]
pub struct LeaveRound<'info> {
    /// The backer.
    pub backer: Signer<'info>,
    /// The contribution, and where it goes back.
    pub returning: ReturningAccounts<'info>,
}

/// A backer takes the whole contribution back until a day before the round's end.
pub(crate) fn leave_round(ctx: Context<LeaveRound>) -> Result<()> {
    let backer = &ctx.accounts.backer;
    let a = &ctx.accounts.returning;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let mine = a.contribution.load()?;
        a.prove(backer, &token, &round, &mine)?;

        round.leave(&mine, clock.unix_timestamp)?;
        token.free_escrow(mine.paid)?;
        let event = ContributionLeft {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            wallet: mine.wallet,
            paid: mine.paid,
            raised: round.raised,
        };
        (event, token.quote().decimals, TokenSigner::of(&token))
    };

    a.pay_back(event.paid, decimals, &signer)?;

    events::log(&event);
    Ok(())
}
