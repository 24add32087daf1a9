use {
    crate::{
        events::{self, PollsVoided, RoundOpened},
        host::AccountIo,
        seeds,
        state::{PersonalToken, Round, RoundTerms},
        token_io,
    },
    anchor_lang::prelude::*,
};

/// The owner opens a round. Its shares keep their room under cap and yearly room until it
/// closes, and what they must bring of other assets than the quote mint is locked in the
/// endowment; terms that could not settle are refused here. The remaining accounts are
/// mint and vault of each asset that is exempted.
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
    /// The round to make, with the token's next number.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub round: UncheckedAccount<'info>,
    /// The system program, which makes the round.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_round<'info>(
    ctx: Context<'info, OpenRound<'info>>,
    terms: RoundTerms,
) -> Result<()> {
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

    let bytes = number.to_le_bytes();
    let seeds = seeds::round(&key, &bytes);
    let bump = AccountIo::create_own::<Round>(&a.payer, &a.round, &seeds)?;
    let (event, voided) = {
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
        token.note_alone(&mut round);
        let now = clock.unix_timestamp;
        token.release(now)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;
        round.offer(&mut token, exempt, now)?;
        let voided = void_polls(&mut token, &round, &key, &clock)?;
        let event = RoundOpened {
            header: token.header(&key, &clock)?,
            round: number,
            shares: round.stage_shares,
            prices: round.stage_prices,
            min_raise: round.min_raise,
            backer_cap: round.backer_cap,
            reserve_bps: u64::from(round.reserve_bps),
            most_part_bps: u64::from(round.most_part_bps),
            opens_at: round.opens_at,
            closes_at: round.closes_at,
            locked: round.locked,
        };
        (event, voided)
    };

    if let Some(voided) = &voided {
        events::log(voided);
    }
    events::log(&event);
    Ok(())
}

/// An escrow round ends open polls against holders: who pays into it must not find other
/// terms at its close.
#[inline(never)]
fn void_polls(
    token: &mut PersonalToken,
    round: &Round,
    key: &Pubkey,
    clock: &Clock,
) -> Result<Option<PollsVoided>> {
    if !round.escrows() {
        return Ok(None);
    }
    let polls = token.void_polls();
    if polls.iter().all(|seq| *seq == 0) {
        return Ok(None);
    }
    Ok(Some(PollsVoided {
        header: token.header(key, clock)?,
        polls,
    }))
}
