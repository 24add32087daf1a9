//! Which person of an index is meant.

use {
    super::index::SelectedIndex,
    crate::{
        context::Context,
        error::Result,
        values::{IndexQuery, TokenQuery},
        views,
    },
    upside_sdk::{
        Pubkey,
        index::{Membership, fetch},
        state::Account,
    },
};

/// A person in an index.
#[derive(Debug, clap::Args)]
pub struct MemberSelector {
    /// The index
    index: IndexQuery,
    /// The person's token
    token: TokenQuery,
}

/// A membership with the index around it.
pub struct SelectedMembership {
    /// The index.
    pub index: SelectedIndex,
    /// The membership.
    pub membership: Account<Membership>,
    /// What the person's token is called.
    pub name: String,
}

impl MemberSelector {
    /// The index, and the key and the name of the token, which may be no constituent any
    /// more.
    pub async fn person(&self, ctx: &Context) -> Result<(SelectedIndex, Pubkey, String)> {
        let index = SelectedIndex::of(&self.index, ctx).await?;
        let (key, name) = match views::find(&index.slots, &self.token) {
            Ok(slot) => (slot.key, slot.name.clone()),
            Err(_) => {
                let token = ctx.token(&self.token).await?;
                (token.key, ctx.symbol(&token).await?)
            }
        };
        Ok((index, key, name))
    }

    /// The membership of a token.
    pub async fn membership(&self, ctx: &Context) -> Result<SelectedMembership> {
        let (index, key, name) = self.person(ctx).await?;
        let membership = fetch::membership(&ctx.client, &index.pool.index.key, &key).await?;
        Ok(SelectedMembership {
            index,
            membership,
            name,
        })
    }
}
