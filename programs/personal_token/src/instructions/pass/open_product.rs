use {
    crate::{
        error::{TokenError, require},
        events::{self, ProductOpened},
        host::AccountIo,
        seeds,
        state::{Claim, PersonalToken, Product, ProductPlace, ProductTerms},
    },
    anchor_lang::prelude::*,
};

/// The owner offers something: for a price, for shares held or for shares burned.
#[derive(Accounts)]
pub struct OpenProduct<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The product to make, with the token's next number.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub product: UncheckedAccount<'info>,
    /// The revenue claim that takes its part of payments, if the terms name one.
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The system program, which makes the product.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_product(ctx: Context<OpenProduct>, terms: ProductTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token.products
    };

    let bytes = number.to_le_bytes();
    let seeds = seeds::product(&key, &bytes);
    let bump = AccountIo::create_own::<Product>(&a.payer, &a.product, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut product = AccountIo::load_new::<Product>(&a.product)?;
        let claim = a.claim.as_ref().map(|claim| claim.load()).transpose()?;
        if let Some(claim) = &claim {
            require(claim.token == key, TokenError::WrongToken)?;
        }
        let place = ProductPlace {
            token: &key,
            rent_payer: a.payer.key,
            number,
            bump,
        };
        let now = clock.unix_timestamp;
        product.open(&terms, &token, claim.as_deref(), &place, now)?;
        token.count_product()?;
        ProductOpened {
            header: token.header(&key, &clock)?,
            product: number,
            kind: u64::from(product.kind),
            tier: u64::from(product.tier),
            mint: product.mint,
            price: product.price,
            units: product.units,
            lifetime: product.lifetime,
            max_passes: product.max_passes,
            linked: u64::from(product.linked),
            claim: product.claim,
        }
    };

    events::log(&event);
    Ok(())
}
