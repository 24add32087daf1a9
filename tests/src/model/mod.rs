//! What the protocol's rules say that must happen: a model in plain numbers, without
//! any chain, of every account of both programs.
//!
//! A rule is a method of [`Model`] that does what a call does, or refuses as the
//! program must. It is an independent statement: it shares the types of arguments with
//! the programs, and neither their arithmetic nor their transitions. What a program
//! counts up step by step is a sum here wherever it can be one ([`tally`]).
//! A rule that refuses may leave the model half changed: [`Model::attempt`] undoes it.
//!
//! [`compare`] holds the model against the accounts of a chain.

pub use crate::personal_token::{
    auction::model as auction, claim::custody as exit, claim::model as claim,
    dividend::orders as order, dividend::stream, ending::model as ending,
    evidence::model as evidence, grant::model as grant, holder::approvals as approval,
    holder::bearer, holder::model as holder, holder::shares, naming::model as naming,
    pass::model as product, policy::model as governance, poll::model as poll,
    reserve::model as money, round::ending as round_end, round::model as round,
    sale::model as sale, token::model as token, token::owner,
};
pub mod compare;
pub mod creation;
pub mod index;
pub mod number;
pub mod place;
pub mod refused;
pub mod tally;

pub use {
    claim::Claim,
    ending::Receipt,
    evidence::{Attesters, Signed},
    grant::{Grant, GrantState},
    holder::Holder,
    order::StandingOrder,
    place::Place,
    poll::{Diary, Poll},
    product::{Pass, Product},
    refused::{Checks, Predicted, Reason, Refused, refusal_name, require},
    sale::{Bid, Sale},
    stream::Stream,
    token::{Asset, Token},
};

pub(crate) use {
    std::collections::BTreeMap,
    upside_sdk::{
        Pubkey, TokenError,
        address::{TOKEN_2022_PROGRAM, find_mint},
        state::IdentityAttestation,
    },
};

/// A mint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mint {
    /// The token program that owns it.
    pub program: Pubkey,
    /// Decimals.
    pub decimals: u8,
    /// Whether its issuer can seize or rescale.
    pub seizable: bool,
    /// Whether its issuer can freeze accounts.
    pub freezable: bool,
    /// Atoms in existence.
    pub supply: u64,
}

/// Everything that the protocol's accounts say. Maps are flat, so that a rule can
/// change a token and its holders together.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Model {
    /// The time, unix seconds.
    pub now: i64,
    /// The slot.
    pub slot: u64,
    /// Who pays all rents.
    pub payer: Pubkey,
    /// Every mint.
    pub mints: BTreeMap<Pubkey, Mint>,
    /// Associated token accounts by owner and mint: wallets', registers, vaults,
    /// custody.
    pub accounts: BTreeMap<(Pubkey, Pubkey), u64>,
    /// Personal tokens.
    pub tokens: BTreeMap<Pubkey, Token>,
    /// Holder accounts by token and wallet.
    pub holders: BTreeMap<(Pubkey, Pubkey), Holder>,
    // Core.
    /// Approvals of transfers by token, sender, receiver.
    pub approvals: BTreeMap<(Pubkey, Pubkey, Pubkey), approval::Approval>,
    /// Rounds by token and number.
    pub rounds: BTreeMap<(Pubkey, u64), round::Round>,
    /// Contributions by token, round, wallet.
    pub contributions: BTreeMap<(Pubkey, u64, Pubkey), round::Contribution>,
    /// Claims by token and number.
    pub claims: BTreeMap<(Pubkey, u64), claim::Claim>,
    /// Last good seconds of credentials by credential, schema, wallet; 0 for no end.
    pub credentials: BTreeMap<(Pubkey, Pubkey, Pubkey), i64>,
    /// What names the human of a wallet in credentials.
    pub subjects: BTreeMap<Pubkey, [u8; 32]>,
    // Markets and governance.
    /// Sales by token, seller and number.
    pub sales: BTreeMap<(Pubkey, Pubkey, u64), Sale>,
    /// Bids by token, bidder and number.
    pub bids: BTreeMap<(Pubkey, Pubkey, u64), Bid>,
    /// Standing orders by token and wallet.
    pub orders: BTreeMap<(Pubkey, Pubkey), StandingOrder>,
    /// Grants by token and number.
    pub grants: BTreeMap<(Pubkey, u64), Grant>,
    /// Products by token and number.
    pub products: BTreeMap<(Pubkey, u64), Product>,
    /// Passes by token, product and wallet.
    pub passes: BTreeMap<(Pubkey, u64, Pubkey), Pass>,
    /// Attesters by token.
    pub attesters: BTreeMap<Pubkey, Attesters>,
    /// What was signed on claims, by token, claim and attester.
    pub attestations: BTreeMap<(Pubkey, u64, Pubkey), Signed>,
    /// Identity attestations and when they were made, by token and attester.
    pub identities: BTreeMap<(Pubkey, Pubkey), (IdentityAttestation, i64)>,
    /// Receipts by token, wallet and number.
    pub receipts: BTreeMap<(Pubkey, Pubkey, u64), Receipt>,
    /// Announced and former names by token.
    pub naming: BTreeMap<Pubkey, naming::Naming>,
    /// Polls by token and number.
    pub polls: BTreeMap<(Pubkey, u64), Poll>,
    /// What was written down of every holder, by token and wallet.
    pub diaries: BTreeMap<(Pubkey, Pubkey), Diary>,
    // Indexes.
    /// Indexes.
    pub indexes: BTreeMap<Pubkey, index::PooledIndex>,
}

impl Model {
    /// Runs a rule; where it refuses, nothing has changed.
    ///
    /// # Errors
    /// Those of the rule.
    pub fn attempt(&mut self, rule: impl FnOnce(&mut Model) -> Predicted) -> Predicted {
        let mut after = self.clone();
        rule(&mut after)?;
        *self = after;
        Ok(())
    }

    /// A token.
    ///
    /// # Errors
    /// `Missing`.
    pub fn token(&self, token: &Pubkey) -> Predicted<&Token> {
        self.tokens.get(token).ok_or(Reason::Missing.into())
    }

    /// A token, to change it.
    ///
    /// # Errors
    /// `Missing`.
    pub fn token_mut(&mut self, token: &Pubkey) -> Predicted<&mut Token> {
        self.tokens.get_mut(token).ok_or(Reason::Missing.into())
    }

    /// A holder account.
    ///
    /// # Errors
    /// `Missing`.
    pub fn holder(&self, token: &Pubkey, wallet: &Pubkey) -> Predicted<&Holder> {
        let holder = self.holders.get(&(*token, *wallet));
        holder.ok_or(Reason::Missing.into())
    }

    /// A holder account, to change it.
    ///
    /// # Errors
    /// `Missing`.
    pub fn holder_mut(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted<&mut Holder> {
        let holder = self.holders.get_mut(&(*token, *wallet));
        holder.ok_or(Reason::Missing.into())
    }

    /// Atoms in an owner's account; none where there is no account.
    pub fn balance(&self, owner: &Pubkey, mint: &Pubkey) -> u64 {
        self.accounts.get(&(*owner, *mint)).copied().unwrap_or(0)
    }

    /// Opens an owner's account of a mint unless there is one.
    pub fn open_account(&mut self, owner: &Pubkey, mint: &Pubkey) {
        self.accounts.entry((*owner, *mint)).or_insert(0);
    }

    /// Whether the account that tokens go to, or come from, exists.
    ///
    /// # Errors
    /// `WrongTokenAccount`.
    pub fn require_account(&self, owner: &Pubkey, mint: &Pubkey) -> Predicted {
        let exists = self.accounts.contains_key(&(*owner, *mint));
        require(exists, TokenError::WrongTokenAccount)
    }

    /// Moves atoms between two owners' accounts; nothing needs no accounts.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `SameAccount`, `InsufficientFunds`; `VaultShort` of an owner
    /// that is a program's account.
    pub fn pay(&mut self, from: &Pubkey, to: &Pubkey, mint: &Pubkey, atoms: u64) -> Predicted {
        if atoms == 0 {
            return Ok(());
        }
        require(from != to, "SameAccount")?;
        self.require_account(from, mint)?;
        self.require_account(to, mint)?;
        let left = self.balance(from, mint).checked_sub(atoms);
        let short = if self.is_programs(from) {
            "VaultShort"
        } else {
            "InsufficientFunds"
        };
        self.accounts.insert((*from, *mint), left.ok_or(short)?);
        *self.accounts.get_mut(&(*to, *mint)).expect("it exists") += atoms;
        Ok(())
    }

    /// Whether an address is that of a program's account. Nobody has a key of it.
    pub fn is_programs(&self, key: &Pubkey) -> bool {
        !key.is_on_curve()
    }

    /// New atoms of a mint.
    pub fn mint_to(&mut self, to: &Pubkey, mint: &Pubkey, atoms: u64) {
        self.mints.get_mut(mint).expect("a known mint").supply += atoms;
        *self.accounts.entry((*to, *mint)).or_insert(0) += atoms;
    }

    /// Atoms of a mint cease to be.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `InsufficientFunds`.
    pub fn burn(&mut self, from: &Pubkey, mint: &Pubkey, atoms: u64) -> Predicted {
        self.require_account(from, mint)?;
        let has = self.balance(from, mint);
        let left = has.checked_sub(atoms).ok_or("InsufficientFunds")?;
        self.accounts.insert((*from, *mint), left);
        self.mints.get_mut(mint).expect("a known mint").supply -= atoms;
        Ok(())
    }

    /// Every account that exists.
    pub fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        places.extend(self.mints.keys().map(|key| Place::Mint(*key)));
        places.extend(self.accounts.keys().map(|(owner, mint)| {
            let program = self.mints.get(mint).expect("a known mint").program;
            Place::Account(*owner, *mint, program)
        }));
        places.extend(self.tokens.keys().map(|key| Place::Token(*key)));
        places.extend(self.holders.keys().map(|(a, b)| Place::Holder(*a, *b)));
        // Core.
        places.extend(
            self.approvals
                .keys()
                .map(|(a, b, c)| Place::Approval(*a, *b, *c)),
        );
        places.extend(self.rounds.keys().map(|(a, b)| Place::Round(*a, *b)));
        places.extend(
            self.contributions
                .keys()
                .map(|(a, b, c)| Place::Contribution(*a, *b, *c)),
        );
        places.extend(self.claims.keys().map(|(a, b)| Place::Claim(*a, *b)));

        // Markets and governance.
        places.extend(self.sales.keys().map(|(a, b, c)| Place::Sale(*a, *b, *c)));
        places.extend(self.bids.keys().map(|(a, b, c)| Place::Bid(*a, *b, *c)));
        places.extend(self.orders.keys().map(|(a, b)| Place::Order(*a, *b)));
        places.extend(self.grants.keys().map(|(a, b)| Place::Grant(*a, *b)));
        places.extend(self.products.keys().map(|(a, b)| Place::Product(*a, *b)));
        places.extend(self.passes.keys().map(|(a, b, c)| Place::Pass(*a, *b, *c)));
        places.extend(self.attesters.keys().map(|key| Place::Attesters(*key)));
        let statements = self.attestations.keys();
        places.extend(statements.map(|(a, b, c)| Place::Attestation(*a, *b, *c)));
        places.extend(self.identities.keys().map(|(a, b)| Place::Identity(*a, *b)));
        places.extend(self.polls.keys().map(|(a, b)| Place::Poll(*a, *b)));

        let receipts = self.receipts.keys();
        places.extend(receipts.map(|(a, b, c)| Place::Receipt(*a, *b, *c)));
        places.extend(self.naming.keys().map(|key| Place::Naming(*key)));

        // Indexes.
        for (key, index) in &self.indexes {
            places.extend(index.places(key));
        }
        places
    }

    /// The share mint of a token.
    pub fn share_mint(&self, token: &Pubkey) -> Pubkey {
        let known = self.tokens.get(token).map(|token| token.mint);
        known.unwrap_or_else(|| find_mint(token).0)
    }

    /// A new share mint.
    pub(crate) fn new_share_mint(&mut self, mint: &Pubkey) {
        let new = Mint {
            program: TOKEN_2022_PROGRAM,
            decimals: 6,
            seizable: false,
            freezable: false,
            supply: 0,
        };
        self.mints.insert(*mint, new);
    }
}
