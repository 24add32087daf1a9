//! Who holds how much, and who paid how much.

use {
    super::build::Sources,
    crate::error::CoreError,
    crate::report::{Amount, Base58, Percent},
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
    upside_math::SHARE_DECIMALS,
};

/// How many of the largest holders and contributors a report names.
const LARGEST: usize = 5;

/// Somebody's part.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// The wallet.
    #[serde_as(as = "Base58")]
    pub wallet: Pubkey,
    /// Shares, or what was paid.
    pub amount: Amount,
    /// Percent of the whole.
    pub part: Percent,
}

/// Who holds how much. Several wallets may be one person's: nobody can see that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concentration {
    /// Wallets with registered shares.
    pub wallets: usize,
    /// Percent of the supply that is the owner's, registered.
    pub owner: Percent,
    /// Percent of the supply that is outside as bearer tokens, of wallets that nobody sees
    /// here.
    pub bearer: Percent,
    /// The largest holders beside the owner.
    pub largest: Vec<Part>,
    /// Percent of what polls count on that these hold together.
    pub largest_in_polls: Percent,
    /// Percent that passes a poll against holders.
    pub poll_threshold: Percent,
}

/// The largest of some parts, and how much they have together.
pub(super) fn largest(mut all: Vec<(Pubkey, u64)>, whole: u64, decimals: u8) -> (Vec<Part>, u64) {
    all.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
    all.truncate(LARGEST);
    let together = all.iter().fold(0u64, |sum, one| sum.saturating_add(one.1));
    let parts = all.into_iter().map(|(wallet, atoms)| Part {
        wallet,
        amount: Amount::new(atoms, decimals),
        part: Percent::of(atoms, whole),
    });
    (parts.collect(), together)
}

impl Sources<'_> {
    /// Who holds how much; `None` if the holders were not read.
    pub(super) fn concentration(&self, minted: u64) -> Result<Option<Concentration>, CoreError> {
        let token = &self.token.data;
        if self.holders.is_empty() && token.holders > 0 {
            return Ok(None);
        }
        let (mut owner, mut others) = (0u64, Vec::new());
        for holder in self.holders.iter().map(|holder| &holder.data) {
            let held = holder.shares.saturating_add(holder.warm);
            if holder.wallet == token.owner {
                owner = held;
            } else if held > 0 {
                others.push((holder.wallet, held));
            }
        }
        let wallets = others.len() + usize::from(owner > 0);
        let (largest, together) = largest(others, minted, SHARE_DECIMALS);
        let outside = minted.saturating_sub(token.in_custody()?);
        Ok(Some(Concentration {
            wallets,
            owner: Percent::of(owner, minted),
            bearer: Percent::of(outside, minted),
            largest,
            largest_in_polls: Percent::of(together, token.eligible()?),
            poll_threshold: Percent::of_bps(token.terms.poll_threshold_bps),
        }))
    }
}
