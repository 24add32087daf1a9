//! A person's token: terms, roles, counters, assets.

use {
    crate::model::{Checks, Model, Predicted, Stream, creation::Made, require},
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey, TokenError,
        address::{find_mint, find_token},
        state::{Admission, CreateTokenArgs, TermsInput, TransferPolicy},
    },
};

/// A listed mint and its books.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Asset {
    /// The mint.
    pub mint: Pubkey,
    /// Atoms that redemptions share out.
    pub reserve: u64,
    /// The owner's atoms, of which new shares bring their part.
    pub endowment: u64,
    /// Of those, what open rounds lock.
    pub locked: u64,
    /// Atoms that rounds hold.
    pub escrow: u64,
    /// Atoms that wait for sellers.
    pub bids: u64,
    /// Atoms paid into the stream and not claimed.
    pub payouts: u64,
    /// When it was noted as immovable; 0 for never.
    pub immovable_at: i64,
    /// Place of its stream, where it is a payout mint.
    pub stream: Option<u8>,
}

impl Asset {
    /// What its vault must hold.
    pub fn booked(&self) -> u64 {
        self.reserve + self.endowment + self.escrow + self.bids + self.payouts
    }
}

/// Policies: admission, transfers, the credential and its schema.
pub type Policies = (Admission, TransferPolicy, Pubkey, Pubkey);

/// A person's token, without what is a sum over other accounts.
#[derive(Clone, PartialEq, Debug)]
pub struct Token {
    /// Its share mint.
    pub mint: Pubkey,
    /// Admission, transfer policy, credential, schema.
    pub policy: Policies,
    /// The announced policies and when they may be applied.
    pub pending_policy: Option<(Policies, i64)>,
    /// Whether new money is paused.
    pub paused: bool,
    /// Whether it is being wound up.
    pub wound_up: bool,
    /// What the owner promised.
    pub terms: TermsInput,
    /// Name, symbol, URI.
    pub metadata: [String; 3],
    /// Who created it.
    pub creator: Pubkey,
    /// Who owns it.
    pub owner: Pubkey,
    /// Who may accept ownership; zero for nobody.
    pub pending_owner: Pubkey,
    /// Who may pause too; zero for nobody.
    pub guardian: Pubkey,
    /// Who may admit too; zero for nobody.
    pub registrar: Pubkey,
    /// Who may wind up after silence; zero for nobody.
    pub executor: Pubkey,
    /// Share atoms that exist, as last seen.
    pub supply: u64,
    /// Share atoms ever created.
    pub created: u128,
    /// What was created beyond the first shares.
    pub made: Made,
    /// Quote atoms per whole share of the last round that counted.
    pub last_price: u64,
    /// Rounds ever opened.
    pub rounds: u64,
    /// Number plus one of the last round that opened while the owner was alone, and sold.
    pub first_round: u64,
    /// Claims ever declared.
    pub claims: u64,
    /// Grants ever offered.
    pub grants: u64,
    /// Products ever opened.
    pub products: u64,
    /// Polls ever put.
    pub polls_put: u64,
    /// Numbers of the open polls by place.
    pub open_polls: [Option<u64>; 4],
    /// How often the terms changed.
    pub terms_version: u64,
    /// Places of exempted assets.
    pub exempt: BTreeSet<u8>,
    /// When streams were last released for a change of shares.
    pub changed_at: i64,
    /// Events ever reported.
    pub sequence: u64,
    /// When it was created.
    pub created_slot: u64,
    /// When the owner last signed.
    pub owner_seen: i64,
    /// When the present owner took over; 0 for the creator.
    pub owner_since: i64,
    /// When the wind-down began; 0 while the token lives.
    pub wound_up_at: i64,
    /// Estates ever opened.
    pub estates: u64,
    /// Share atoms ever redeemed for a receipt.
    pub receipted: u64,
    /// Claims with custody that were not cleared away.
    pub custodies: u64,
    /// Cumulative result of exits, quote atoms.
    pub result: i128,
    /// Payout streams; the first is of the quote mint.
    pub streams: Vec<Stream>,
    /// Listed assets; the first is the quote mint.
    pub assets: Vec<Asset>,
    /// The royalty's rates, the first at the creation, the last the present one.
    pub royalties: Vec<u16>,
}

impl Token {
    /// How shares move now: freely in a wind-down, whatever the policy says.
    pub fn transfer_policy(&self) -> u8 {
        if self.wound_up {
            0
        } else {
            self.policy.1 as u8
        }
    }

    /// The cumulative result changes, never to below the limit.
    pub fn book_result(&mut self, by: i128) {
        let lowest = -i128::from(self.terms.loss_limit);
        self.result = (self.result + by).max(lowest);
    }

    /// Something happened.
    pub fn report(&mut self) {
        self.sequence += 1;
    }

    /// The owner signs, which is a sign of life.
    ///
    /// # Errors
    /// `NotOwner`.
    pub fn signed_by(&mut self, signer: &Pubkey, now: i64) -> Predicted {
        require(self.owner == *signer, TokenError::NotOwner)?;
        self.owner_seen = self.owner_seen.max(now);
        Ok(())
    }

    /// Whether somebody admits holders and backers.
    pub fn admits(&self, signer: &Pubkey) -> bool {
        let named = self.registrar != Pubkey::default() && self.registrar == *signer;
        named || self.owner == *signer
    }

    /// Errors: `WoundUp`.
    ///
    /// # Errors
    /// `WoundUp`.
    pub fn require_active(&self) -> Predicted {
        require(!self.wound_up, TokenError::WoundUp)
    }

    /// New money comes in.
    ///
    /// # Errors
    /// `WoundUp`, `Paused`.
    pub fn require_running(&self) -> Predicted {
        self.require_active()?;
        require(!self.paused, TokenError::Paused)
    }

    /// The place of a listed mint.
    ///
    /// # Errors
    /// `AssetNotListed`.
    pub fn place_of(&self, mint: &Pubkey) -> Predicted<usize> {
        let found = self.assets.iter().position(|asset| asset.mint == *mint);
        found.ok_or(TokenError::AssetNotListed.into())
    }

    /// Adds to a reserve. While no share exists it is the owner's: to the endowment.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn add_reserve(&mut self, place: usize, atoms: u64) -> Predicted {
        let asset = &mut self.assets[place];
        let books = if self.supply == 0 {
            &mut asset.endowment
        } else {
            &mut asset.reserve
        };
        *books = books.checked_add(atoms).ok_or(TokenError::Overflow)?;
        Ok(())
    }

    /// The quote mint's asset.
    pub fn quote(&mut self) -> &mut Asset {
        &mut self.assets[0]
    }
}

/// Terms within their bounds.
///
/// # Errors
/// `InvalidTerms`.
pub fn check_terms(terms: &TermsInput) -> Predicted {
    const DAY: u32 = 86_400;
    let fits = terms.supply_cap > 0
        && terms.launch_shares <= terms.supply_cap
        && terms.room_bps <= 10_000
        && terms.cash_out_tax_bps <= 5_000
        && terms.royalty_bps <= 5_000
        && terms.reserve_bps <= 10_000
        && (5_001..=10_000).contains(&terms.poll_threshold_bps)
        && (DAY..=30 * DAY).contains(&terms.drip_seconds)
        && (DAY..=90 * DAY).contains(&terms.notice_seconds)
        && terms.inactivity_seconds >= 90 * DAY;
    require(fits, TokenError::InvalidTerms)
}

/// A text of at most so many bytes that is safe to print anywhere; a filled one is not
/// empty and has no blanks around it.
pub fn is_text(text: &str, most: usize, filled: bool) -> bool {
    let hidden = |c: char| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c);
    let trimmed = !text.is_empty() && text.trim() == text;
    text.len() <= most && !text.chars().any(hidden) && (trimmed || !filled)
}

/// A token's texts.
///
/// # Errors
/// `InvalidText`.
pub fn check_texts([name, symbol, uri]: [&str; 3]) -> Predicted {
    let named = is_text(name, 64, true) && is_text(symbol, 12, true);
    require(named && is_text(uri, 200, false), TokenError::InvalidText)
}

/// Policies that exist: a credential and its schema where they admit, and only there.
///
/// # Errors
/// `InvalidPolicy`.
pub fn check_policies((admission, _, credential, schema): Policies) -> Predicted {
    let none = Pubkey::default();
    let named = (credential != none, schema != none);
    let by_credential = admission == Admission::Credential;
    let fits = named == (by_credential, by_credential);
    Checks::new().require(fits, TokenError::InvalidPolicy).end()
}

impl Model {
    /// Somebody creates their token.
    ///
    /// # Errors
    /// For texts, policies, terms, or where the token exists.
    pub fn create_token(
        &mut self,
        creator: &Pubkey,
        quote: &Pubkey,
        args: &CreateTokenArgs,
    ) -> Predicted {
        let key = find_token(creator).0;
        let policy = (
            args.admission,
            args.transfer_policy,
            args.credential,
            args.schema,
        );
        Checks::new()
            .all(check_texts([&args.name, &args.symbol, &args.uri]))
            .all(check_policies(policy))
            .all(check_terms(&args.terms))
            .require(!self.tokens.contains_key(&key), TokenError::AlreadyExists)
            .end()?;
        let mint = find_mint(&key).0;
        self.new_share_mint(&mint);
        self.open_account(&key, &mint);
        self.open_account(&key, quote);
        let first = Asset {
            mint: *quote,
            stream: Some(0),
            ..Asset::default()
        };
        let token = Token {
            mint,
            policy,
            pending_policy: None,
            paused: false,
            wound_up: false,
            terms: args.terms,
            metadata: [&args.name, &args.symbol, &args.uri].map(Clone::clone),
            creator: *creator,
            owner: *creator,
            pending_owner: Pubkey::default(),
            guardian: args.guardian,
            registrar: args.registrar,
            executor: Pubkey::default(),
            supply: 0,
            created: 0,
            made: Made::default(),
            last_price: 0,
            first_round: 0,
            rounds: 0,
            claims: 0,
            grants: 0,
            products: 0,
            polls_put: 0,
            open_polls: [None; 4],
            terms_version: 0,
            exempt: BTreeSet::new(),
            changed_at: 0,
            sequence: 1,
            created_slot: self.slot,
            owner_seen: self.now,
            owner_since: 0,
            wound_up_at: 0,
            estates: 0,
            receipted: 0,
            custodies: 0,
            result: 0,
            streams: vec![Stream::default()],
            assets: vec![first],
            royalties: vec![args.terms.royalty_bps],
        };
        self.tokens.insert(key, token);
        Ok(())
    }
}
