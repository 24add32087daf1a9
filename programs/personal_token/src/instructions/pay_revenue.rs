use {
    crate::{
        error::{TokenError, require},
        events::{self, RevenuePaid},
        host::Host,
        mint_policy,
        state::{Claim, PersonalToken},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Pays revenue on a claim: a part to the reserve, the rest streams to holders.
/// Anyone may pay, up to the claim's total and before its end.
#[derive(Accounts)]
pub struct PayRevenue<'info> {
    /// Who pays.
    pub payer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// CHECK: the payer's account; the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// CHECK: the vault, proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: the claim's payout mint, proven by claim and token.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the mint, proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn pay_revenue(ctx: Context<PayRevenue>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let facts = mint_policy::check(&a.mint)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == a.token.key(), TokenError::WrongToken)?;
        claim.pay(amount, now)?;
        require(claim.mint == *a.mint.key, TokenError::WrongMint)?;
        let place = token.asset_of(&claim.mint)?;
        token_io::prove_asset(token.asset(place)?, &a.mint, &a.vault, &a.token_program)?;

        token.release(now)?;
        let (to_reserve, to_stream) = token.pay_holders(place, amount, now)?;
        RevenuePaid {
            header: token.header(&a.token.key(), &clock)?,
            claim: claim.number,
            mint: claim.mint,
            from: a.payer.key(),
            amount,
            to_reserve,
            to_stream,
            received: claim.received,
        }
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.payment,
        to: &a.vault,
        authority: &a.payer,
    }
    .by_wallet::<Host>(amount)?;

    events::log(&event);
    Ok(())
}
