//! What somebody gets or gives, and what others can do to it, before they agree.

use {
    super::{Names, Row, before, stake},
    crate::{
        context::Context,
        error::Result,
        style::{grouped, listed},
    },
    serde::{Serialize, Serializer},
    upside_sdk::{
        Pubkey,
        inspect::{self, Intent, Preview},
        state::{Account, PersonalToken},
    },
};

/// A preview with names for its mints.
#[derive(Debug)]
pub struct Before {
    /// The facts.
    pub preview: Preview,
    names: Names,
    quote: String,
    sells: bool,
}

impl Serialize for Before {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.preview.serialize(serializer)
    }
}

impl Before {
    /// Reads what `wallet` gets or gives, and what others can do to it.
    pub async fn of(
        token: &Account<PersonalToken>,
        wallet: &Pubkey,
        intent: Intent<'_>,
        ctx: &Context,
    ) -> Result<Self> {
        let sells = matches!(intent, Intent::Sell(_));
        let preview = inspect::preview(&ctx.client, token, wallet, intent, &ctx.trust).await?;
        let mints = preview.disclosure.assets.iter();
        let names = Names::fetch(&ctx.client, mints.map(|asset| asset.mint.as_str())).await?;
        let quote = names.of(&token.data.quote().mint.to_string());
        Ok(Before {
            preview,
            names,
            quote,
            sells,
        })
    }

    /// What the shares stand for, and what is held after it.
    pub fn rows(&self) -> Vec<Row> {
        let held = &self.preview.holding;
        let name = |mint: &str| self.names.of(mint);
        let mut rows = if self.sells {
            let redeems = listed(&self.preview.shares.redeems, name);
            vec![("instead", format!("they redeem for {redeems} now"))]
        } else {
            // Until its round closes nothing of an escrow is anybody's.
            let escrowed = self.preview.round.as_ref();
            let escrowed = escrowed.is_some_and(|round| round.min_raise.is_some());
            let when = if escrowed {
                "if the round closed now"
            } else {
                "right after it"
            };
            stake(&self.preview.shares, &self.names, when)
        };
        rows.push((
            "held then",
            format!(
                "{} shares, {} % of all, {} % of the cap, redeem for {}",
                grouped(&held.shares),
                held.part,
                held.fully_diluted,
                listed(&held.redeems, name)
            ),
        ));
        rows
    }

    /// What others can do, in short.
    pub fn text(&self) -> String {
        before(&self.preview, &self.names, &self.quote)
    }

    /// A warning for whoever is not asked: the token has the looks of another.
    pub fn looks_like(&self) -> Option<String> {
        super::looks_like(&self.preview.disclosure.identity.looks_like)
    }
}
