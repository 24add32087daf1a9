//! Which index is meant, with what its commands need.

use {
    crate::{
        context::Context,
        error::Result,
        values::{IndexQuery, PieceArg},
        views,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::TOKEN_2022_PROGRAM,
        fetch,
        index::{self, SlotAtoms, fetch::Pool, instruction::share_account},
        instruction::create_associated,
    },
    upside_view::text::Slots,
};

/// What the commands of an index work on.
pub struct SelectedIndex {
    /// The index with everything that quotes need.
    pub pool: Pool,
    /// What its slots are called.
    pub slots: Slots,
    /// Its symbol.
    pub symbol: String,
}

impl SelectedIndex {
    /// Fetches the index that a person means.
    pub async fn of(query: &IndexQuery, ctx: &Context) -> Result<Self> {
        let pool = ctx.pool(query).await?;
        let slots = views::slots(&pool, &ctx.client).await?;
        Ok(SelectedIndex::seen(pool, slots))
    }

    /// An index that was fetched.
    pub fn seen(pool: Pool, slots: Slots) -> Self {
        let symbol = index::symbol(&pool.index.data).to_string();
        SelectedIndex {
            pool,
            slots,
            symbol,
        }
    }

    /// Its address, as text.
    pub fn key(&self) -> String {
        self.pool.index.key.to_string()
    }

    /// Bounds that a person gives, in atoms by slot.
    pub fn bounds(&self, given: &[PieceArg]) -> Result<Vec<SlotAtoms>> {
        let bound = |piece: &PieceArg| {
            let slot = views::find(&self.slots, &piece.what)?;
            let atoms = piece.amount.atoms(slot.unit)?;
            let slot = slot.number;
            Ok(SlotAtoms { slot, atoms })
        };
        given.iter().map(bound).collect()
    }

    /// What a wallet holds of its shares, in atoms.
    pub async fn shares(&self, wallet: &Pubkey, ctx: &Context) -> Result<u64> {
        let account = share_account(&self.pool.index.data, wallet);
        Ok(fetch::balance(&ctx.client, &account).await?)
    }

    /// What makes a wallet's account of its shares; `None` if it exists.
    pub async fn share_account(
        &self,
        wallet: &Pubkey,
        ctx: &Context,
    ) -> Result<Option<Instruction>> {
        let index = &self.pool.index.data;
        let account = share_account(index, wallet);
        let found = fetch::raw(&ctx.client, &[account]).await?;
        if found.iter().any(Option::is_some) {
            return Ok(None);
        }
        let payer = ctx.keys.payer()?;
        let make = create_associated(&payer, wallet, &index.mint, &TOKEN_2022_PROGRAM);
        Ok(Some(make))
    }
}
