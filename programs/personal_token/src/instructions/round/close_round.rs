use {
    crate::{
        error::{TokenError, require},
        events::{self, RoundClosed},
        host::TokenIo,
        state::{PersonalToken, Round},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// Closes a round that is over; anyone may. A round that reached its minimum raise mints
/// the shares that it sold into the register, where they earn and count in supply until
/// each backer claims; what they must bring goes into reserve and streams now. One that is
/// not covered is refused, and from a week after its end fails. In a wind-down a round
/// that escrows fails. The remaining accounts are mint and vault of each asset that is
/// exempted.
#[derive(Accounts)]
pub struct CloseRound<'info> {
    /// Anyone; the owner may also close a round early that sells at once.
    pub closer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn close_round<'info>(ctx: Context<'info, CloseRound<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (brought, event, minted, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        let by_owner = *a.closer.key == token.owner;
        require(
            round.is_over(&token, by_owner, now)?,
            TokenError::RoundNotOver,
        )?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        token.release(now)?;
        let effects = round.close(&mut token, exempt, now)?;
        let brought =
            token.brought(a.token.as_ref().key, effects.minted, &effects.parts, &clock)?;
        let event = RoundClosed {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            status: u64::from(round.status),
            sold: round.sold()?,
            raised: round.raised,
            to_reserve: effects.placement.to_reserve.0,
            to_stream: effects.placement.to_stream.0,
            to_owner: effects.placement.to_owner.0,
            from_endowment: effects.placement.from_endowment.0,
            supply: token.supply,
        };
        (brought, event, effects.minted, TokenSigner::of(&token))
    };

    if minted > 0 {
        TokenIo::mint_to(
            &a.token_2022_program,
            &a.mint,
            &a.share_custody,
            a.token.as_ref(),
            minted,
            &signer.seeds(),
        )?;
    }

    if let Some(brought) = &brought {
        events::log(brought);
    }
    events::log(&event);
    Ok(())
}
