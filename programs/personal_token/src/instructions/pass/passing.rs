use {
    crate::{
        error::{ProgramResult, TokenError, require},
        events::PassBought,
        host::AccountIo,
        seeds,
        state::{Holder, Pass, PassPlace, PersonalToken, Product},
    },
    anchor_lang::prelude::*,
};

/// What a pass may cost at most, and until when.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct PassInput {
    /// Refuse a higher price: atoms of the product's mint, or share atoms to burn.
    pub max_price: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

impl PassInput {
    pub(super) fn require(&self, price: u64, now: i64) -> ProgramResult<()> {
        require(now <= self.deadline, TokenError::DeadlinePassed)?;
        require(price <= self.max_price, TokenError::Slippage)
    }
}

/// What all ways to a pass share.
#[derive(Accounts)]
pub struct PassingAccounts<'info> {
    /// Pays the rent of a new pass and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The wallet whose pass it will be.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The product.
    #[account(mut)]
    pub product: AccountLoader<'info, Product>,
    /// The pass to make or extend.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub pass: UncheckedAccount<'info>,
    /// The system program, which makes the pass.
    pub system_program: Program<'info, System>,
}

/// What a pass took.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) paid: u64,
    pub(super) burned: u64,
    pub(super) to_claim: u64,
    /// Share atoms that the pass locks.
    pub(super) held: u64,
}

impl PassingAccounts<'_> {
    /// Makes the pass unless the wallet has one, and gives it another life.
    #[inline(never)]
    pub(super) fn give(
        &self,
        token: &mut PersonalToken,
        holder: Option<&mut Holder>,
        taken: &Taken,
        clock: &Clock,
    ) -> Result<PassBought> {
        let (key, product_key) = (self.token.as_ref().key, self.product.as_ref().key);
        let wallet = self.wallet.key;
        let mut product = self.product.load_mut()?;
        if *self.pass.owner != crate::ID {
            let seeds = seeds::pass(product_key, wallet);
            let bump = AccountIo::create_own::<Pass>(&self.payer, &self.pass, &seeds)?;
            let place = PassPlace {
                token: key,
                product: product_key,
                wallet,
                rent_payer: self.payer.key,
                bump,
            };
            AccountIo::load_new::<Pass>(&self.pass)?.open(&place);
            product.count_pass()?;
        }
        let mut pass = AccountIo::load::<Pass>(&self.pass)?;
        let own = pass.token == *key && pass.product == *product_key && pass.wallet == *wallet;
        require(own, TokenError::WrongAccount)?;

        if let Some(holder) = holder {
            holder.lock_for_pass(&mut pass, taken.held)?;
        }
        product.give(&mut pass, clock.unix_timestamp)?;
        Ok(PassBought {
            header: token.header(key, clock)?,
            product: product.number,
            wallet: *wallet,
            paid: taken.paid,
            to_claim: taken.to_claim,
            burned: taken.burned,
            locked: pass.locked,
            units: pass.units,
            expires_at: pass.expires_at,
            sold: product.sold,
            supply: token.supply,
        })
    }
}
