use {
    super::{PersonalToken, VERSION, Wide, add, sub, terms::byte_enum},
    crate::{
        error::{Outcome, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Exit, carried, exit},
};

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
        /// Units held, above zero.
        units: u64,
        /// What the units cost, in quote atoms.
        cost: u64,
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
    /// 1 while an attester disputes the claim: it counts as declared, whoever attested it.
    pub disputed: u8,
    /// How often it was transformed, up to 255.
    pub transforms: u8,
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
    /// Units ever held.
    pub units: u64,
    /// Units that left by exits.
    pub exited: u64,
    /// Units that left into the reserve.
    pub released: u64,
    /// What the units still held cost, in quote atoms.
    pub cost: u64,
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
    /// Who disputes the claim; zero where nobody does.
    pub disputed_by: Pubkey,
    /// Units that were written off.
    pub written_off: u64,
    /// Revenue: what reports say is due so far, in its mint's atoms.
    pub due: u64,
    /// Revenue: the last period that was reported, as year times 100 and month.
    pub reported_period: u64,
    /// Attestations in existence, whatever they are of.
    pub attestations: u64,
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
    /// Fills a new account. Errors: `InvalidClaim`, `InvalidText`, `NotAPayoutMint`.
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
                units,
                cost,
                uri,
                document,
            } => {
                require(*units > 0, TokenError::InvalidClaim)?;
                self.kind = ClaimKind::Equity as u8;
                self.units = *units;
                self.cost = *cost;
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
        text::write_optional(&mut self.uri, uri)
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
    pub(crate) fn deposit(
        &mut self,
        mint: &Pubkey,
        units: u64,
        cost: u64,
        now: i64,
    ) -> Outcome<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        let same_mint = self.mint == Pubkey::default() || self.mint == *mint;
        require(same_mint, TokenError::WrongMint)?;
        require(units > 0, TokenError::ZeroAmount)?;
        self.mint = *mint;
        self.units = add(self.units, units)?;
        self.cost = add(self.cost, cost)?;
        self.updated_at = now;
        Ok(())
    }

    /// Takes the cost that `units` carry along.
    pub(super) fn take(&mut self, units: u64, now: i64) -> Outcome<u64> {
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let cost = carried(Atoms(self.cost), units, held)?.0;
        self.cost = sub(self.cost, cost, TokenError::InvariantBroken)?;
        self.updated_at = now;
        Ok(cost)
    }

    fn close_if_empty(&mut self) -> Outcome<()> {
        let left = self.held()?;
        let status = if left == 0 {
            ClaimStatus::Closed
        } else {
            ClaimStatus::ExitedInPart
        };
        self.status = status as u8;
        Ok(())
    }

    /// Exits units for `proceeds`: the waterfall's numbers. Does not touch the token.
    pub(crate) fn exit(
        &mut self,
        units: u64,
        proceeds: u64,
        cumulative: i128,
        floor: u64,
        now: i64,
    ) -> Outcome<(u64, Exit)> {
        let cost = self.take(units, now)?;
        self.exited = add(self.exited, units)?;
        self.received = add(self.received, proceeds)?;
        self.close_if_empty()?;
        Ok((
            cost,
            exit(Atoms(proceeds), Atoms(cost), cumulative, Atoms(floor))?,
        ))
    }

    /// Moves units out into the reserve, with their cost.
    pub(crate) fn release(&mut self, units: u64, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::TokenizedEquity)?;
        self.take(units, now)?;
        self.released = add(self.released, units)?;
        self.close_if_empty()
    }

    /// Books a revenue payment. Errors: `ClaimEnded`, `RevenueCapExceeded`.
    pub(crate) fn pay(&mut self, amount: u64, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::RevenueShare)?;
        require(amount > 0, TokenError::ZeroAmount)?;
        require(now < self.ends_at, TokenError::ClaimEnded)?;
        let received = add(self.received, amount)?;
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
