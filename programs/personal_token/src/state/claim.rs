use {
    super::{
        Attesters, Auction, PersonalToken, VERSION, Wide, add, attestation::bit, sub,
        terms::byte_enum,
    },
    crate::{
        error::{Outcome, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    solana_sha256_hasher::hashv,
    upside_math::{Atoms, Bounds, Bps, Exit, carried, exit},
};

/// Most decimals of equity's units.
pub const MAX_UNIT_DECIMALS: u8 = 9;
/// Longest time that lies between now and a date, in seconds: a century.
pub const CENTURY: i64 = 36_525 * 86_400;

byte_enum! {
    /// What kind of right a claim is.
    ClaimKind, InvalidClaim,
    /// Real tokens in the claim's own vault.
    TokenizedEquity = 0,
    /// A right on paper.
    Equity = 1,
    /// A share of revenue until a total or an end date.
    RevenueShare = 2,
}

byte_enum! {
    /// Where a claim stands.
    ClaimStatus, InvalidClaim,
    /// Declared by the owner.
    Declared = 0,
    /// Some of its units were exited.
    ExitedInPart = 1,
    /// Nothing is left of it.
    Closed = 2,
    /// Given up as worthless.
    WrittenOff = 3,
    /// An estate: a wind-down shares its custody out.
    SharedOut = 4,
}

/// A claim's terms as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub enum ClaimTerms {
    /// Tokens that `deposit_equity` brings into the claim's vault.
    TokenizedEquity {
        /// The issuer's name, 1 to 64 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        name: String,
        /// Address of the evidence, at most 128 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        uri: String,
        /// SHA-256 of the evidence.
        document: [u8; 32],
    },
    /// Equity on paper.
    Equity {
        /// The issuer's name, 1 to 64 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        name: String,
        /// What a unit is called, 1 to 16 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        unit_label: String,
        /// Decimals of a unit, at most 9.
        decimals: u8,
        /// Units held, in their smallest parts, above zero.
        units: u64,
        /// What the units cost, in quote atoms.
        cost: u64,
        /// What the owner holds them to be worth, in quote atoms: shown, never used.
        value: u64,
        /// Address of the evidence, at most 128 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        uri: String,
        /// SHA-256 of the evidence.
        document: [u8; 32],
    },
    /// A share of revenue.
    RevenueShare {
        /// Where the revenue comes from, 1 to 64 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        name: String,
        /// Part of gross revenue, 1 to 10,000 basis points.
        share_bps: u16,
        /// Who pays.
        payer: Pubkey,
        /// A payout mint of the token.
        mint: Pubkey,
        /// Most that will ever be paid, in that mint's atoms, above zero.
        total: u64,
        /// First second after the claim, unix time.
        ends_at: i64,
        /// Address of the evidence, at most 128 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_program::text::read_text")
        )]
        uri: String,
        /// SHA-256 of the evidence.
        document: [u8; 32],
    },
}

/// One right in the vault.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Claim {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// A [`ClaimKind`].
    pub kind: u8,
    /// A [`ClaimStatus`].
    pub status: u8,
    /// Revenue: part of gross revenue.
    pub share_bps: u16,
    /// A bit for each seat of an accepted attester who disputes the claim.
    pub disputes: u8,
    /// How often it was transformed, at most 255 times.
    pub transforms: u8,
    /// 1 while a poll of holders disputes the claim.
    pub disputed_by_holders: u8,
    /// Equity on paper: decimals of a unit.
    pub decimals: u8,
    /// Revenue: how often the last report was corrected, up to 255.
    pub corrections: u8,
    pub(crate) padding: [u8; 5],
    /// The claim's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Tokenized equity: its mint, once deposited. Revenue: the payout mint.
    pub mint: Pubkey,
    /// Revenue: who pays.
    pub payer: Pubkey,
    /// SHA-256 of the evidence.
    pub document: [u8; 32],
    /// SHA-256 of all that attesters sign of the claim's terms, see `seal`.
    pub terms: [u8; 32],
    /// Units ever held.
    pub units: u64,
    /// Of them, those that arrived unasked in the claim's vault.
    pub found: u64,
    /// Units that left by exits.
    pub exited: u64,
    /// Units that left into the reserve.
    pub released: u64,
    /// Units that were written off, or that the mint's issuer took.
    pub written_off: u64,
    /// What the units still held cost, in quote atoms, as the owner says.
    pub cost: u64,
    /// Of it, what counts once a round settles that opened at `said_at` or later, while
    /// nobody else held shares.
    pub published: u64,
    /// Rounds that were ever opened when that cost was said.
    pub said_at: u64,
    /// What the owner holds the units still held to be worth, in quote atoms.
    pub value: u64,
    /// Equity: what exits brought, in quote atoms. Revenue: what was paid, in its mint's atoms.
    pub received: u64,
    /// Revenue: most that will ever be paid, in its mint's atoms.
    pub total: u64,
    /// When it was declared, unix seconds.
    pub declared_at: i64,
    /// When its books last changed, unix seconds.
    pub updated_at: i64,
    /// Revenue: first second after the claim, unix time.
    pub ends_at: i64,
    /// Issuer or source, zero-padded UTF-8.
    pub name: [u8; 64],
    /// What a unit is called, zero-padded UTF-8.
    pub unit_label: [u8; 16],
    /// Address of the evidence, zero-padded UTF-8.
    pub uri: [u8; 128],
    /// Revenue: what reports say is due so far, in its mint's atoms.
    pub due: u64,
    /// Revenue: how much of it is of the last month that was reported.
    pub due_last: u64,
    /// Revenue: the last month that was reported, as year times 100 and month.
    pub reported_period: u64,
    /// Revenue: gross revenue of that month as it was reported first.
    pub reported_gross: u64,
    /// Revenue: the same as it was corrected last.
    pub corrected_gross: u64,
    /// Tokenized equity: the auction that was announced last.
    pub auction: Auction,
    /// Number of the estate that it is plus one; 0 if it is none.
    pub estate: u64,
    /// The token's `receipted` when the estate was opened.
    pub estate_from: u64,
    /// Share atoms whose receipts took their part of the estate.
    pub estate_collected: u64,
    pub(crate) reserved: [u64; 5],
}

/// Who declares a claim, where and when.
pub struct Declaration<'a> {
    /// The personal token.
    pub token: &'a Pubkey,
    /// Who pays the account's rent.
    pub rent_payer: &'a Pubkey,
    /// Bump of the claim's address.
    pub bump: u8,
    /// The claim's number.
    pub number: u64,
    /// Unix seconds.
    pub now: i64,
}

impl Claim {
    /// Fills a new account. Errors: `InvalidClaim`, `DateTooFar`, `InvalidText`,
    /// `NotAPayoutMint`.
    pub(crate) fn declare(
        &mut self,
        terms: &ClaimTerms,
        state: &PersonalToken,
        by: &Declaration,
    ) -> Outcome<()> {
        self.version = VERSION;
        self.bump = by.bump;
        self.number = by.number;
        self.token = *by.token;
        self.rent_payer = *by.rent_payer;
        self.declared_at = by.now;
        self.updated_at = by.now;
        let (name, uri, document) = match terms {
            ClaimTerms::TokenizedEquity {
                name,
                uri,
                document,
            } => {
                self.kind = ClaimKind::TokenizedEquity as u8;
                (name, uri, document)
            }
            ClaimTerms::Equity {
                name,
                unit_label,
                decimals,
                units,
                cost,
                value,
                uri,
                document,
            } => {
                let fits = *units > 0 && *decimals <= MAX_UNIT_DECIMALS;
                require(fits, TokenError::InvalidClaim)?;
                self.kind = ClaimKind::Equity as u8;
                self.decimals = *decimals;
                self.units = *units;
                self.value = *value;
                self.say_cost(*cost, state)?;
                text::write(&mut self.unit_label, unit_label)?;
                (name, uri, document)
            }
            ClaimTerms::RevenueShare {
                name,
                share_bps,
                payer,
                mint,
                total,
                ends_at,
                uri,
                document,
            } => {
                let in_range = (1..=Bps::ONE.get()).contains(share_bps)
                    && *total > 0
                    && *ends_at > by.now
                    && *payer != Pubkey::default();
                require(in_range, TokenError::InvalidClaim)?;
                require_near(*ends_at, by.now)?;
                let asset = state.asset(state.asset_of(mint)?)?;
                require(asset.stream != super::NO_STREAM, TokenError::NotAPayoutMint)?;
                self.kind = ClaimKind::RevenueShare as u8;
                self.share_bps = *share_bps;
                self.payer = *payer;
                self.mint = *mint;
                self.total = *total;
                self.ends_at = *ends_at;
                (name, uri, document)
            }
        };
        self.document = *document;
        text::write(&mut self.name, name)?;
        text::write_optional(&mut self.uri, uri)?;
        self.seal();
        Ok(())
    }

    /// Notes what attesters sign of the terms: kind, decimals, changes of form, units that
    /// were brought in, revenue's terms, texts and document. MUST run after any of them changes.
    pub(crate) fn seal(&mut self) {
        let brought = self.units.saturating_sub(self.found);
        self.terms = hashv(&[
            b"upside claim",
            self.token.as_ref(),
            &self.number.to_le_bytes(),
            &[self.kind, self.decimals, self.transforms],
            self.mint.as_ref(),
            &brought.to_le_bytes(),
            &self.share_bps.to_le_bytes(),
            self.payer.as_ref(),
            &self.total.to_le_bytes(),
            &self.ends_at.to_le_bytes(),
            &self.name,
            &self.unit_label,
            &self.uri,
            &self.document,
        ])
        .to_bytes();
    }

    /// Adds to what the owner says that the units cost. It is published by the next round
    /// that opens while nobody else holds shares, if that settles; what is said while a
    /// round is open, or on top of a cost that is published already, never is.
    fn say_cost(&mut self, cost: u64, token: &PersonalToken) -> Outcome<()> {
        self.cost = add(self.cost, cost)?;
        let joins = self.said_at == token.rounds;
        let open = token.open_rounds > 0;
        if self.published == 0 || joins || !(open || self.is_published(token)) {
            self.published = add(self.published, cost)?;
            self.said_at = token.rounds;
        }
        Ok(())
    }

    fn is_published(&self, token: &PersonalToken) -> bool {
        token.first_round > self.said_at
    }

    /// The cost of the units held that everybody saw who bought into the token's first
    /// round, in quote atoms.
    pub fn published_cost(&self, token: &PersonalToken) -> u64 {
        if self.is_published(token) {
            self.published
        } else {
            0
        }
    }

    /// Whether an attester who is accepted now, or a poll, disputes the claim.
    pub fn is_disputed(&self, list: &Attesters) -> bool {
        self.disputed_by_holders == 1 || self.disputes & list.occupied() != 0
    }

    /// Whether the attester at this seat disputes the claim.
    pub fn is_disputed_by(&self, seat: usize) -> bool {
        self.disputes & bit(seat) != 0
    }

    /// What kind of right this is.
    pub fn kind(&self) -> Outcome<ClaimKind> {
        self.kind.try_into()
    }

    /// Where the claim stands.
    pub fn status(&self) -> Outcome<ClaimStatus> {
        self.status.try_into()
    }

    /// Units still held.
    pub fn held(&self) -> Outcome<u64> {
        let left = sub(self.units, self.exited, TokenError::InvariantBroken)?;
        let left = sub(left, self.released, TokenError::InvariantBroken)?;
        sub(left, self.written_off, TokenError::InvariantBroken)
    }

    /// Refuses another kind or a closed claim.
    pub fn require_open(&self, kind: ClaimKind) -> Outcome<()> {
        require(self.kind()? == kind, TokenError::WrongClaimKind)?;
        require(self.is_open()?, TokenError::ClaimNotOpen)
    }

    /// Whether something is left of it.
    pub fn is_open(&self) -> Outcome<bool> {
        let status = self.status()?;
        Ok(!matches!(
            status,
            ClaimStatus::Closed | ClaimStatus::WrittenOff | ClaimStatus::SharedOut
        ))
    }

    /// Books units that came into the claim's vault.
    /// What they cost counts as any other claim's does.
    pub(crate) fn deposit(
        &mut self,
        mint: &Pubkey,
        units: u64,
        cost: u64,
        token: &PersonalToken,
        now: i64,
    ) -> Outcome<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        let same_mint = self.mint == Pubkey::default() || self.mint == *mint;
        require(same_mint, TokenError::WrongMint)?;
        require(units > 0, TokenError::ZeroAmount)?;
        self.mint = *mint;
        self.units = add(self.units, units)?;
        self.say_cost(cost, token)?;
        self.seal();
        self.updated_at = now;
        Ok(())
    }

    /// Books what the claim's vault holds beyond its units: never to its cost. What is
    /// missing its mint's issuer took. Returns both. Errors: `WrongClaimKind`,
    /// `NothingToSync`.
    pub(crate) fn sync(&mut self, balance: u64, now: i64) -> Outcome<(u64, u64)> {
        require(
            self.kind()? == ClaimKind::TokenizedEquity,
            TokenError::WrongClaimKind,
        )?;
        let held = self.held()?;
        require(balance != held, TokenError::NothingToSync)?;
        let (found, lost) = (balance.saturating_sub(held), held.saturating_sub(balance));
        if lost > 0 {
            self.take(lost, now)?;
            self.written_off = add(self.written_off, lost)?;
        }
        self.units = add(self.units, found)?;
        self.found = add(self.found, found)?;
        self.updated_at = now;
        self.close_if_empty()?;
        Ok((found, lost))
    }

    /// Takes what `units` carry along of cost and value. Returns the cost.
    pub(super) fn take(&mut self, units: u64, now: i64) -> Outcome<u64> {
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let part = |all: u64| carried(Atoms(all), units, held);
        let (cost, published) = (part(self.cost)?.0, part(self.published)?.0);
        let value = part(self.value)?.0;
        self.cost = sub(self.cost, cost, TokenError::InvariantBroken)?;
        self.published = sub(self.published, published, TokenError::InvariantBroken)?;
        self.value = sub(self.value, value, TokenError::InvariantBroken)?;
        self.updated_at = now;
        Ok(cost)
    }

    fn close_if_empty(&mut self) -> Outcome<()> {
        let left = self.held()?;
        let status = if left == 0 {
            ClaimStatus::Closed
        } else if self.estate != 0 {
            // An estate stays one: opened anew, it would shut out its receipts.
            ClaimStatus::SharedOut
        } else {
            ClaimStatus::ExitedInPart
        };
        self.status = status as u8;
        Ok(())
    }

    /// Exits units for `proceeds`, of which `counted` is the cost of all units held that
    /// counts: the waterfall's numbers. Returns that of these units too. Does not touch the
    /// token.
    pub(crate) fn exit(
        &mut self,
        units: u64,
        proceeds: u64,
        counted: u64,
        token: &PersonalToken,
        now: i64,
    ) -> Outcome<(u64, Exit)> {
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let cost = carried(Atoms(counted), units, held)?;
        self.take(units, now)?;
        self.exited = add(self.exited, units)?;
        self.received = add(self.received, proceeds)?;
        self.close_if_empty()?;
        let result = token.result.signed();
        Ok((cost.0, exit(Atoms(proceeds), cost, result, token.bounds())?))
    }

    /// Moves units out into the reserve, with their cost.
    pub(crate) fn release(&mut self, units: u64, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        self.take(units, now)?;
        self.released = add(self.released, units)?;
        self.close_if_empty()
    }

    /// Books a revenue payment. After the end only what reports say is due. Errors:
    /// `ClaimEnded`, `RevenueCapExceeded`.
    pub(crate) fn pay(&mut self, amount: u64, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::RevenueShare)?;
        require(amount > 0, TokenError::ZeroAmount)?;
        let received = add(self.received, amount)?;
        let in_time = now < self.ends_at || received <= self.due;
        require(in_time, TokenError::ClaimEnded)?;
        require(received <= self.total, TokenError::RevenueCapExceeded)?;
        self.received = received;
        self.updated_at = now;
        if received == self.total {
            self.status = ClaimStatus::Closed as u8;
        }
        Ok(())
    }

    /// The token's cumulative result after an exit, stored back.
    pub(crate) fn book_result(token: &mut PersonalToken, exit: &Exit) {
        token.result = Wide::from(exit.cumulative);
    }
}

/// Refuses a date that lies more than a century ahead. Errors: `DateTooFar`.
pub(crate) fn require_near(date: i64, now: i64) -> Outcome<()> {
    let latest = now.saturating_add(CENTURY);
    require(date <= latest, TokenError::DateTooFar)
}

impl PersonalToken {
    /// What the cumulative results of exits are held against.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            floor: Atoms(self.terms.floor),
            loss_limit: Atoms(self.terms.loss_limit),
        }
    }
}
