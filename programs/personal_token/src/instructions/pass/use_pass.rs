use {
    super::prove::prove,
    crate::{
        error::{TokenError, require},
        events::{self, PassUsed},
        state::{Holder, Pass, PersonalToken, Product, ProductKind},
    },
    anchor_lang::prelude::*,
};

/// Uses units of a pass up. Both sides sign: neither can spend them alone.
#[derive(Accounts)]
pub struct UsePass<'info> {
    /// The wallet whose pass it is.
    pub wallet: Signer<'info>,
    /// The product's point of sale, or the owner.
    pub point_of_sale: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The product.
    pub product: AccountLoader<'info, Product>,
    /// The pass.
    #[account(mut)]
    pub pass: AccountLoader<'info, Pass>,
    /// The wallet's holder account, if the product asks for shares held.
    pub holder: Option<AccountLoader<'info, Holder>>,
}

pub(crate) fn use_pass(ctx: Context<UsePass>, units: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let product = a.product.load()?;
        let mut pass = a.pass.load_mut()?;
        prove(&pass, &product, a.product.as_ref().key, &key)?;
        require(pass.wallet == *a.wallet.key, TokenError::NotPassHolder)?;
        // The point of sale is named: nobody's zero key signs.
        let point_of_sale = *a.point_of_sale.key == product.point_of_sale;
        if !point_of_sale {
            require(
                token.owner == *a.point_of_sale.key,
                TokenError::NotPointOfSale,
            )?;
            token.require_owner(a.point_of_sale.key, &clock)?;
        }
        a.require_locked(&product, &pass)?;

        pass.take(units, clock.unix_timestamp)?;
        PassUsed {
            header: token.header(&key, &clock)?,
            product: product.number,
            wallet: pass.wallet,
            by: a.point_of_sale.key(),
            used: units,
            units: pass.units,
        }
    };

    events::log(&event);
    Ok(())
}

impl UsePass<'_> {
    /// Whether the shares that the pass locked are locked still.
    fn require_locked(&self, product: &Product, pass: &Pass) -> Result<()> {
        let holds = product.kind()? == ProductKind::Hold;
        let Some(holder) = &self.holder else {
            return Ok(require(!holds, TokenError::PassEnded)?);
        };
        require(holds, TokenError::WrongAccount)?;
        let holder = holder.load()?;
        require(holder.token == product.token, TokenError::WrongToken)?;
        require(holder.wallet == *self.wallet.key, TokenError::NotHolder)?;
        Ok(require(holder.holds(pass), TokenError::PassEnded)?)
    }
}
