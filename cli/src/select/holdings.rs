//! What a wallet can give of what an index takes.

use {
    super::index::SelectedIndex,
    crate::{
        context::Context,
        error::{CliError, Result},
    },
    upside_sdk::{
        Pubkey,
        error::SdkError,
        fetch,
        index::instruction::place_of,
        state::{Holder, decode},
    },
    upside_view::style::grouped,
};

impl SelectedIndex {
    /// What a wallet can give of each of these slots, in atoms.
    pub async fn holdings(&self, wallet: &Pubkey, slots: &[u8], ctx: &Context) -> Result<Vec<u64>> {
        let mut places = Vec::new();
        for slot in slots {
            let constituent = self.pool.index.data.constituent(*slot);
            places.push(place_of(constituent.map_err(SdkError::from)?, wallet));
        }
        let mut has = Vec::new();
        for (slot, raw) in slots.iter().zip(fetch::raw(&ctx.client, &places).await?) {
            let Some(raw) = raw else {
                has.push(0);
                continue;
            };
            has.push(if self.pool.persons.contains_key(slot) {
                let holder = decode::<Holder>(&raw.key, &raw.owner, &raw.data);
                holder.map_or(0, |holder| holder.data.free().unwrap_or(0))
            } else {
                fetch::token_amount(&raw.data).unwrap_or(0)
            });
        }
        Ok(has)
    }

    /// Rejects a wallet that has less than it is to give. The programs would, too, without
    /// the name of what is missing. Errors: `Lacks`.
    pub async fn require(&self, wallet: &Pubkey, needs: &[(u8, u64)], ctx: &Context) -> Result<()> {
        let slots: Vec<u8> = needs.iter().map(|(slot, _)| *slot).collect();
        let has = self.holdings(wallet, &slots, ctx).await?;
        let lacks: Vec<String> = needs
            .iter()
            .zip(has)
            .filter(|((_, needs), has)| has < needs)
            .map(|((slot, needs), has)| {
                let (needs, has) = (
                    self.slots.amount(*slot, *needs),
                    self.slots.amount(*slot, has),
                );
                format!("{} (has {})", needs.text(), grouped(&has.amount))
            })
            .collect();
        if lacks.is_empty() {
            return Ok(());
        }
        Err(CliError::Lacks {
            wallet: *wallet,
            lacks,
        })
    }
}
