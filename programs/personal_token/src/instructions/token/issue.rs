use {
    crate::{
        error::{TokenError, require},
        events::{self, SharesIssued},
        host::TokenIo,
        state::{Brought, Holder, PersonalToken},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The owner registers new shares to an admitted holder. The endowment brings their part
/// of every reserve asset and of what still streams. The remaining accounts are mint and
/// vault of each asset that is exempted.
#[derive(Accounts)]
pub struct Issue<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account that receives the shares.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
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

/// `paid` is what the shares cost the holder elsewhere, in quote atoms in total;
/// 0 for a gift.
pub(crate) fn issue<'info>(
    ctx: Context<'info, Issue<'info>>,
    shares: u64,
    paid: u64,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    require(shares > 0, TokenError::ZeroAmount)?;
    let (brought, event, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        let mut holder = a.holder.load_mut()?;
        require(holder.token == a.token.key(), TokenError::WrongToken)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        token.require_no_escrow()?;
        let now = clock.unix_timestamp;
        token.require_room(shares, now)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        token.release(now)?;
        let parts = token.parts(shares, exempt)?;
        token.create_shares(shares, &parts, Brought::ByEndowment, now)?;
        token.register_new(&mut holder, shares, paid)?;
        let brought = token.brought(a.token.as_ref().key, shares, &parts, &clock)?;
        let event = SharesIssued {
            header: token.header(&a.token.key(), &clock)?,
            wallet: holder.wallet,
            shares,
            paid,
            holder_shares: holder.shares,
            supply: token.supply,
        };
        (brought, event, TokenSigner::of(&token))
    };

    let token = a.token.as_ref();
    TokenIo::mint_to(
        &a.token_2022_program,
        &a.mint,
        &a.share_custody,
        token,
        shares,
        &signer.seeds(),
    )?;

    if let Some(brought) = &brought {
        events::log(brought);
    }
    events::log(&event);
    Ok(())
}
