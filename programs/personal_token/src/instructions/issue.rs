use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesIssued},
        host::TokenIo,
        state::{Holder, PersonalToken},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The owner registers new shares to an admitted holder.
#[derive(Accounts)]
pub struct Issue<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// Who receives the shares.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

/// `paid` is what the shares cost the holder elsewhere, in quote atoms in total;
/// 0 for a gift.
pub(crate) fn issue(ctx: Context<Issue>, shares: u64, paid: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(shares > 0, TokenError::ZeroAmount)?;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == a.token.key(), TokenError::WrongToken)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        token.require_room(shares)?;

        token.release(clock.unix_timestamp)?;
        token.register_new(&mut holder, shares, paid)?;
        let event = SharesIssued {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            shares,
            paid,
            holder_shares: holder.shares,
            supply: token.supply,
        };
        (event, TokenSigner::of(&token))
    };

    let token = a.token.as_ref();
    TokenIo::mint_to(
        &a.token_2022_program,
        &a.mint,
        &a.register,
        token,
        shares,
        &signer.seeds(),
    )?;

    events::log(&event);
    Ok(())
}
