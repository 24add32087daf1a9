use {
    super::book_revenue,
    crate::{
        error::{TokenError, require},
        events,
        host::ThisProgram,
        mint_policy,
        state::{Claim, ClaimKind, PersonalToken},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Pays revenue on a claim: a part to the reserve, the rest streams to holders.
/// Anyone may pay in the quote mint, the owner and the claim's payer in any payout mint, up
/// to the claim's total; after its end only what reports made due until then.
#[derive(Accounts)]
pub struct PayRevenue<'info> {
    /// Who pays: anybody; in another mint than the quote mint, the owner or the claim's payer.
    pub payer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The payer's account of the mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The token's vault of the mint, which receives the revenue.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The claim's payout mint.
    ///
    /// CHECK: proven by the claim and the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn pay_revenue(ctx: Context<PayRevenue>, amount: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let facts = mint_policy::check(&a.mint)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == a.token.key(), TokenError::WrongToken)?;
        claim.require_open(ClaimKind::RevenueShare)?;
        require(claim.mint == *a.mint.key, TokenError::WrongMint)?;
        let place = token.asset_of(&claim.mint)?;
        let asset = token.asset(place)?;
        token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
        let may = place == 0 || [token.owner, claim.payer].contains(a.payer.key);
        require(may, TokenError::OwnerOnlyAsset)?;
        let parties = (a.token.as_ref().key, a.payer.key);
        book_revenue(&mut token, &mut claim, parties, amount, &clock)?
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.payment,
        to: &a.vault,
        authority: &a.payer,
    }
    .by_wallet::<ThisProgram>(amount)?;

    events::log(&event);
    Ok(())
}
