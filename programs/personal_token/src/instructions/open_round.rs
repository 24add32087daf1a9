use {
    crate::{
        events::{self, RoundOpened},
        host::AccountIo,
        seeds,
        state::{PersonalToken, Round, RoundTerms},
    },
    anchor_lang::prelude::*,
};

/// The owner opens a round. Its shares are reserved under the supply cap until
/// it closes; terms that could not settle are refused here.
#[derive(Accounts)]
pub struct OpenRound<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the round to make, proven by its seeds: the token's next number.
    #[account(mut)]
    pub round: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_round(ctx: Context<OpenRound>, terms: RoundTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    terms.validate(clock.unix_timestamp)?;
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token.rounds
    };

    let seeds: [&[u8]; 3] = [seeds::ROUND, key.as_ref(), &number.to_le_bytes()];
    let bump = AccountIo::create_own::<Round>(&a.payer, &a.round, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut round = AccountIo::load_new::<Round>(&a.round)?;
        round.open(
            &terms,
            clock.unix_timestamp,
            number,
            &key,
            a.payer.key,
            bump,
        )?;
        let shares = round.offered()?;
        token.offer(shares)?;
        RoundOpened {
            header: token.header(&key, &clock)?,
            round: number,
            shares,
            min_raise: round.min_raise,
            opens_at: round.opens_at,
            closes_at: round.closes_at,
        }
    };

    events::log(&event);
    Ok(())
}
