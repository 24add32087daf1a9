//! An index looked through, and what every part of its text needs.

use {
    super::names::Names,
    crate::{error::Result, style::listed},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_sdk::{
        identity::{self, Trust},
        index::{
            fetch::Pool,
            inspect::{self, ConstituentReport, IndexReport},
        },
        inspect::MintAmount,
        lookalike,
    },
};

/// An index looked through, with names for its mints.
pub struct IndexView {
    /// The look-through.
    pub report: IndexReport,
    /// What its mints are called.
    pub names: Names,
}

/// Looks through an index, as somebody who trusts these.
pub async fn of_index(pool: &Pool, client: &RpcClient, trust: &Trust) -> Result<IndexView> {
    let below = inspect::below(client, pool).await?;
    let mut report = inspect::build(pool, &below)?;
    let slots = report.constituents.iter_mut();
    let mut people: Vec<_> = slots.filter_map(|slot| slot.token.as_mut()).collect();
    identity::mark(client, &mut people, trust).await?;
    lookalike::mark(client, &mut people).await?;
    let cash = report
        .constituents
        .iter()
        .filter(|slot| slot.token.is_none());
    let cash = cash.map(|slot| slot.key.as_str());
    let tokens = report
        .constituents
        .iter()
        .filter_map(|slot| slot.token.as_ref());
    let assets = tokens.clone().flat_map(|token| &token.assets);
    let claims = tokens.flat_map(|token| &token.claims);
    let mints = assets
        .map(|asset| asset.mint.as_str())
        .chain(claims.filter_map(|claim| claim.mint.as_deref()))
        .chain(cash);
    let names = Names::fetch(client, mints).await?;
    Ok(IndexView { report, names })
}

impl IndexView {
    /// What a slot is called: a person's symbol, or a mint's name.
    pub fn name(&self, slot: &ConstituentReport) -> String {
        match &slot.token {
            Some(token) if !token.symbol.is_empty() => token.symbol.clone(),
            _ => self.names.of(&slot.key),
        }
    }

    /// What stands in a slot is called.
    pub fn slot_name(&self, number: u8) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.slot == number);
        found.map_or_else(|| format!("slot {number}"), |slot| self.name(slot))
    }

    /// What a personal token or a mint of the index is called.
    pub fn key_name(&self, key: &str) -> String {
        let mut slots = self.report.constituents.iter();
        let found = slots.find(|slot| slot.key == key);
        found.map_or_else(|| self.names.of(key), |slot| self.name(slot))
    }

    /// Amounts of mints in one line.
    pub fn amounts(&self, amounts: &[MintAmount]) -> String {
        listed(amounts, |mint| self.names.of(mint))
    }
}
