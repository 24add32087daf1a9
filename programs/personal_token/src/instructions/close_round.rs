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

/// Closes a round that is over; anyone may. A round that reached its minimum
/// raise mints the shares it sold into the register, where they earn and count
/// in supply until each backer claims.
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
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn close_round(ctx: Context<CloseRound>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, sold, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        require(
            round.is_over(clock.unix_timestamp, *a.closer.key == token.owner)?,
            TokenError::RoundNotOver,
        )?;

        token.release(clock.unix_timestamp)?;
        let sold = round.close(&mut token)?;
        let event = RoundClosed {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            status: u64::from(round.status),
            sold: round.sold()?,
            raised: round.raised,
            supply: token.supply,
        };
        (event, sold, TokenSigner::of(&token))
    };

    if sold > 0 {
        let token = a.token.as_ref();
        TokenIo::mint_to(
            &a.token_2022_program,
            &a.mint,
            &a.register,
            token,
            sold,
            &signer.seeds(),
        )?;
    }

    events::log(&event);
    Ok(())
}
