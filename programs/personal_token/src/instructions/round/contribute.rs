use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::{backing::*, sold::Sold},
    crate::{
        error::{TokenError, require},
        host::TokenIo,
        mint_policy, token_io,
    },
    anchor_lang::prelude::*,
};

/// A contribution to a round without a minimum raise: shares at once. The remaining
/// accounts are mint and vault of each asset that is exempted.
#[derive(Accounts)]
pub struct Contribute<'info> {
    /// Backer, round, holder account and payment.
    pub backing: BackingAccounts<'info>,
    /// The owner's account of the quote mint, which receives the owner's part: the associated one,
    /// or any that nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
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

pub(crate) fn contribute<'info>(
    ctx: Context<'info, Contribute<'info>>,
    args: ContributeArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let b = &a.backing;
    let clock = Clock::get()?;
    mint_policy::check(&b.quote_mint)?;
    let sold = {
        let mut token = b.token.load_mut()?;
        let mut round = b.round.load_mut()?;
        let mut holder = b.holder.load_mut()?;
        b.prove(&token, &round, &holder)?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        TokenIo::prove_payee(&a.proceeds, b.quote_mint.key, &token.owner)?;
        require(!round.escrows(), TokenError::RoundEscrows)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        let now = clock.unix_timestamp;
        let purchase = b.quote(&token, &round, &args, now)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        if round.caps_backers() {
            b.record(&purchase, round.backer_cap)?;
        }
        token.release(now)?;
        Sold::sell(
            &mut token,
            &mut round,
            &mut holder,
            &purchase,
            exempt,
            &clock,
        )?
    };

    let (to_owner, decimals, _) = sold.proceeds();
    let kept = sold.event.to_reserve.checked_add(sold.event.to_stream);
    let kept = kept.ok_or(TokenError::Overflow)?;
    b.pay(&b.quote_vault, kept, decimals)?;
    b.pay(&a.proceeds, to_owner, decimals)?;
    let program = &a.token_2022_program;
    sold.mint([&a.mint, &a.share_custody, b.token.as_ref(), program])?;

    sold.log();
    Ok(())
}
