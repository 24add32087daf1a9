//! A grant as it is shown, and amounts by mint.

use {
    crate::error::Result,
    serde::Serialize,
    upside_math::SHARE_DECIMALS,
    upside_sdk::{
        Atoms, Pubkey,
        error::SdkError,
        inspect::{Amount, MintAmount, Rescale, Scales},
        quote,
        state::{Account, Grant, GrantStatus, MAX_STREAMS, PersonalToken},
    },
};

/// One offer or grant, for people and scripts.
#[derive(Debug, Serialize)]
pub struct Granted {
    pub grant: u64,
    pub address: String,
    /// `offered`, `lapsed`, `vesting`, `vested` or `revoked`.
    pub status: &'static str,
    pub beneficiary: String,
    /// Shares granted; after a revocation those that had vested.
    pub shares: Amount,
    pub vested: Amount,
    pub collected: Amount,
    /// Shares that the beneficiary can collect now.
    pub collectable: Amount,
    /// What those have earned, by payout mint.
    pub earned: Vec<MintAmount>,
    /// What the unvested shares have earned, by payout mint: it vests with them.
    pub unvested_earned: Vec<MintAmount>,
    pub start: i64,
    pub cliff_at: i64,
    pub ends_at: i64,
    pub revocable: bool,
    /// Last second in which the offer can be accepted.
    pub expires_at: i64,
    /// When it was accepted; `None` while it is on offer.
    pub accepted_at: Option<i64>,
    /// The owner's own number for it; 0 for none.
    pub reference: u64,
}

impl Rescale for Granted {
    fn rescale(&mut self, scales: &Scales) {
        self.earned.rescale(scales);
        self.unvested_earned.rescale(scales);
    }
}

impl Granted {
    pub fn new(token: &PersonalToken, grant: &Account<Grant>, now: i64) -> Result<Self> {
        let data = &grant.data;
        let shares = |atoms| Amount::new(atoms, SHARE_DECIMALS);
        let quoted = quote::grant(token, data, now)?;
        let after = |seconds| data.start.saturating_add(i64::from(seconds));
        let status = match data.status().map_err(SdkError::from)? {
            GrantStatus::Offered if data.is_lapsed(now) => "lapsed",
            GrantStatus::Offered => "offered",
            GrantStatus::Revoked => "revoked",
            GrantStatus::Accepted if quoted.unvested.is_zero() => "vested",
            GrantStatus::Accepted => "vesting",
        };
        Ok(Granted {
            grant: data.number,
            address: grant.key.to_string(),
            status,
            beneficiary: data.beneficiary.to_string(),
            shares: shares(data.shares),
            vested: shares(quoted.vested.0),
            collected: shares(data.collected),
            collectable: shares(quoted.collectable.0),
            earned: by_mint(token, quoted.earned)?,
            unvested_earned: by_mint(token, quoted.unvested_earned)?,
            start: data.start,
            cliff_at: after(data.cliff_seconds),
            ends_at: after(data.duration_seconds),
            revocable: data.revocable == 1,
            expires_at: data.expires_at,
            accepted_at: (data.accepted_at != 0).then_some(data.accepted_at),
            reference: data.reference,
        })
    }
}

/// Payout atoms by stream as amounts of their mints.
pub fn by_mint(token: &PersonalToken, amounts: [Atoms; MAX_STREAMS]) -> Result<Vec<MintAmount>> {
    let mut all = Vec::new();
    let streams = token.active_streams().map_err(SdkError::from)?;
    for (stream, atoms) in streams.iter().zip(amounts) {
        let asset = token.asset(usize::from(stream.asset));
        let asset = asset.map_err(SdkError::from)?;
        if !atoms.is_zero() {
            all.push(MintAmount {
                mint: asset.mint,
                amount: Amount::new(atoms.0, asset.decimals),
            });
        }
    }
    Ok(all)
}

/// Payout atoms by mint as amounts.
pub fn amounts_of(token: &PersonalToken, amounts: &[(Pubkey, Atoms)]) -> Result<Vec<MintAmount>> {
    let one = |(mint, atoms): &(Pubkey, Atoms)| {
        let place = token.asset_of(mint).map_err(SdkError::from)?;
        let asset = token.asset(place).map_err(SdkError::from)?;
        Ok(MintAmount {
            mint: *mint,
            amount: Amount::new(atoms.0, asset.decimals),
        })
    };
    amounts.iter().map(one).collect()
}

/// Atoms by the place of the asset as amounts of their mints.
pub fn by_asset(token: &PersonalToken, amounts: impl Fn(usize) -> u64) -> Result<Vec<MintAmount>> {
    let listed = token.listed().map_err(SdkError::from)?.iter().enumerate();
    let one = |(place, asset): (usize, &upside_sdk::state::Asset)| {
        let atoms = amounts(place);
        (atoms > 0).then(|| MintAmount {
            mint: asset.mint,
            amount: Amount::new(atoms, asset.decimals),
        })
    };
    Ok(listed.filter_map(one).collect())
}
