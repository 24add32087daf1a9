use {
    crate::{
        error::{TokenError, require},
        events::{self, ProductClosed},
        state::{PersonalToken, Product},
    },
    anchor_lang::prelude::*,
};

/// The owner ends a product. Passes that it gave go on.
#[derive(Accounts)]
pub struct CloseProduct<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The product.
    #[account(mut)]
    pub product: AccountLoader<'info, Product>,
}

pub(crate) fn close_product(ctx: Context<CloseProduct>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut product = a.product.load_mut()?;
        require(product.token == key, TokenError::WrongToken)?;
        token.require_owner(a.owner.key, &clock)?;

        product.close()?;
        ProductClosed {
            header: token.header(&key, &clock)?,
            product: product.number,
            sold: product.sold,
            passes: product.passes,
        }
    };

    events::log(&event);
    Ok(())
}
