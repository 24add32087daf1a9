//! What a chain says of one token, read whole: every account of the program and every
//! token account, found by scanning, so that nothing is forgotten.

use {
    crate::engine::Engine,
    solana_account::Account as Bytes,
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey,
        address::{TOKEN_2022_PROGRAM, TOKEN_PROGRAM},
        anchor::{Owner, ZeroCopy},
        state::{
            Account, Attestation, Attesters, Bid, Claim, Contribution, Grant, Holder, PROGRAM_ID,
            PersonalToken, Poll, Receipt, Round, Sale, StandingOrder, decode,
        },
    },
};

/// Accounts of one type by address.
pub type All<T> = BTreeMap<Pubkey, T>;

/// A token and everything that belongs to it at one moment.
#[derive(Clone)]
pub struct Facts {
    /// The token's address.
    pub key: Pubkey,
    /// Unix seconds.
    pub now: i64,
    /// The token.
    pub token: PersonalToken,
    /// The share mint's supply.
    pub minted: u64,
    /// Atoms of every token account, by owner and mint.
    pub atoms: BTreeMap<(Pubkey, Pubkey), u64>,
    /// Holder accounts by wallet.
    pub holders: All<Holder>,
    /// Rounds.
    pub rounds: All<Round>,
    /// Contributions that are still there.
    pub contributions: All<Contribution>,
    /// Grants.
    pub grants: All<Grant>,
    /// Open sales.
    pub sales: All<Sale>,
    /// Open bids.
    pub bids: All<Bid>,
    /// Claims.
    pub claims: All<Claim>,
    /// Lists of attesters.
    pub attesters: All<Attesters>,
    /// Attestations.
    pub attestations: All<Attestation>,
    /// Polls.
    pub polls: All<Poll>,
    /// Standing orders by wallet.
    pub orders: All<StandingOrder>,
    /// Receipts of redemptions in a wind-down.
    pub receipts: All<Receipt>,
}

/// All accounts of one type among some.
pub(super) fn of_type<T: ZeroCopy + Owner>(accounts: &[(Pubkey, Bytes)]) -> Vec<Account<T>> {
    let decoded = accounts
        .iter()
        .map(|(key, account)| decode::<T>(key, &account.owner, &account.data));
    decoded.filter_map(Result::ok).collect()
}

pub(super) fn word(data: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

pub(super) fn key(data: &[u8], at: usize) -> Option<Pubkey> {
    Pubkey::try_from(data.get(at..at + 32)?).ok()
}

/// Owner, mint and atoms of a token account.
pub(super) fn token_account(data: &[u8]) -> Option<((Pubkey, Pubkey), u64)> {
    // A mint of Token-2022 with extensions is as long, and says so in this byte.
    let is_account = data.len() == 165 || (data.len() > 165 && data[165] == 2);
    if !is_account {
        return None;
    }
    Some(((key(data, 32)?, key(data, 0)?), word(data, 64)?))
}

impl Facts {
    /// Reads a token; `None` where there is none.
    pub fn read(engine: &mut Engine, token: &Pubkey) -> Option<Facts> {
        let own = engine.owned_by(&PROGRAM_ID);
        let state = engine.account(token)?;
        let state = decode::<PersonalToken>(token, &state.owner, &state.data).ok()?;
        let mint = engine.account(&state.data.mint)?;
        let mut atoms = BTreeMap::new();
        for program in [TOKEN_PROGRAM, TOKEN_2022_PROGRAM] {
            for (_, account) in engine.owned_by(&program) {
                if let Some((place, amount)) = token_account(&account.data) {
                    *atoms.entry(place).or_default() += amount;
                }
            }
        }
        let rounds: All<Round> = of_type(&own)
            .into_iter()
            .filter(|round: &Account<Round>| round.data.token == *token)
            .map(|round| (round.key, round.data))
            .collect();
        let contributions = of_type::<Contribution>(&own).into_iter();
        let holders = of_type::<Holder>(&own).into_iter();
        let grants = of_type::<Grant>(&own).into_iter();
        let sales = of_type::<Sale>(&own).into_iter();
        let bids = of_type::<Bid>(&own).into_iter();
        let claims = of_type::<Claim>(&own).into_iter();
        let attesters = of_type::<Attesters>(&own).into_iter();
        let attestations = of_type::<Attestation>(&own).into_iter();
        let polls = of_type::<Poll>(&own).into_iter();
        let orders = of_type::<StandingOrder>(&own).into_iter();
        let receipts = of_type::<Receipt>(&own).into_iter();
        Some(Facts {
            key: *token,
            now: engine.clock().unix_timestamp,
            token: state.data,
            minted: word(&mint.data, 36)?,
            atoms,
            holders: holders
                .filter(|it| it.data.token == *token)
                .map(|it| (it.data.wallet, it.data))
                .collect(),
            contributions: contributions
                .filter(|it| rounds.contains_key(&it.data.round))
                .map(|it| (it.key, it.data))
                .collect(),
            grants: grants
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            sales: sales
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            bids: bids
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            claims: claims
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            attesters: attesters
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            attestations: attestations
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            polls: polls
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            orders: orders
                .filter(|it| it.data.token == *token)
                .map(|it| (it.data.wallet, it.data))
                .collect(),
            receipts: receipts
                .filter(|it| it.data.token == *token)
                .map(|it| (it.key, it.data))
                .collect(),
            rounds,
        })
    }

    /// Atoms that an owner has of a mint.
    pub fn balance(&self, owner: &Pubkey, mint: &Pubkey) -> u64 {
        self.atoms.get(&(*owner, *mint)).copied().unwrap_or(0)
    }

    /// Share atoms that exist, as the program counts them.
    pub fn supply(&self) -> u64 {
        self.token.supply
    }

    /// Reserve of the listed assets, in their order.
    pub fn reserves(&self) -> Vec<u64> {
        let listed = self.token.listed().unwrap_or_default();
        listed.iter().map(|asset| asset.reserve).collect()
    }

    /// Quote atoms that the owner keeps ready for new shares.
    pub fn endowment(&self) -> u128 {
        self.token.quote().endowment.into()
    }

    /// Whether the owner has all shares, nobody's money waits and nothing is on offer.
    pub fn held_by_owner(&self) -> bool {
        let token = &self.token;
        let owner = self.holders.get(&token.owner);
        let has = owner.map_or(0, |owner| owner.shares);
        has == token.supply && token.quote().escrow == 0 && token.offered == 0
    }

    /// Atoms of the asset at a place that its vault lacks.
    pub fn missing(&self, place: usize) -> u64 {
        let asset = &self.token.assets[place];
        let held = self.balance(&self.key, &asset.mint);
        asset.booked().unwrap_or(u64::MAX).saturating_sub(held)
    }

    /// Wallets that hold, wait for or owe anything of this token.
    pub fn wallets(&self) -> Vec<Pubkey> {
        let mut wallets: Vec<Pubkey> = self.holders.keys().copied().collect();
        wallets.extend(self.contributions.values().map(|it| it.wallet));
        wallets.extend(self.grants.values().map(|it| it.beneficiary));
        wallets.extend(self.receipts.values().map(|it| it.wallet));
        let bearers = self.atoms.iter();
        wallets.extend(
            bearers
                .filter(|((_, mint), amount)| *mint == self.token.mint && **amount > 0)
                .map(|((owner, _), _)| *owner),
        );
        wallets.sort_unstable();
        wallets.dedup();
        // The token's own custody and the grants' accounts are nobody's wallets.
        wallets.retain(|wallet| *wallet != self.key && !self.grants.contains_key(wallet));
        wallets
    }
}
