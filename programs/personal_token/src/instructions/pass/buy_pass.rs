use {
    // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
    super::passing::*,
    crate::{
        error::{TokenError, require},
        events,
        host::{ThisProgram, TokenIo},
        instructions::claim::book_revenue,
        mint_policy,
        state::{Claim, Product, ProductKind},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// Buys a pass: the linked revenue claim takes its part, the owner gets the rest.
#[derive(Accounts)]
pub struct BuyPass<'info> {
    /// The product, the pass and who gets it.
    pub passing: PassingAccounts<'info>,
    /// The linked claim, if the product has one.
    #[account(mut)]
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The wallet's account of the mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The owner's account of the mint, which receives the owner's part: the associated one, or any
    /// that nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The token's vault of the mint, which receives the claim's part.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The mint in which the product is paid.
    ///
    /// CHECK: proven by the product and the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn buy_pass(ctx: Context<BuyPass>, args: PassInput) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let facts = mint_policy::check(&a.mint)?;
    let (revenue, event, cut) = {
        let mut token = p.token.load_mut()?;
        let (cut, revenue) = {
            let product = p.product.load()?;
            require(product.token == p.token.key(), TokenError::WrongToken)?;
            product.require_open(ProductKind::Pay)?;
            token.require_running()?;
            args.require(product.price, now)?;
            require(product.mint == *a.mint.key, TokenError::WrongMint)?;
            let asset = token.asset(token.asset_of(&product.mint)?)?;
            token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
            TokenIo::prove_payee(&a.proceeds, a.mint.key, &token.owner)?;
            let mut claim = a.linked(&product)?;

            let cut = product.cut(claim.as_deref(), now)?;
            let revenue = match &mut claim {
                Some(claim) if !cut.claim.is_zero() => Some(book_revenue(
                    &mut token,
                    claim,
                    (p.token.as_ref().key, p.wallet.key),
                    cut.claim.0,
                    &clock,
                )?),
                _ => None,
            };
            (cut, revenue)
        };
        let taken = Taken {
            paid: cut
                .claim
                .checked_add(cut.owner)
                .map_err(TokenError::from)?
                .0,
            to_claim: cut.claim.0,
            ..Taken::default()
        };
        (revenue, p.give(&mut token, None, &taken, &clock)?, cut)
    };

    a.pay(&a.vault, cut.claim.0, facts.decimals)?;
    a.pay(&a.proceeds, cut.owner.0, facts.decimals)?;

    if let Some(revenue) = &revenue {
        events::log(revenue);
    }
    events::log(&event);
    Ok(())
}

impl<'info> BuyPass<'info> {
    fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.token_program,
            mint: &self.mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.passing.wallet,
        }
        .by_wallet::<ThisProgram>(amount)
    }

    /// The linked claim, proven.
    fn linked(&self, product: &Product) -> Result<Option<core::cell::RefMut<'_, Claim>>> {
        let claim = self.claim.as_ref().map(|claim| claim.load_mut());
        let claim = claim.transpose()?;
        let named = claim.as_ref().map(|claim| (claim.token, claim.number));
        let expected = (product.linked == 1).then_some((product.token, product.claim));
        require(named == expected, TokenError::WrongAccount)?;
        Ok(claim)
    }
}
