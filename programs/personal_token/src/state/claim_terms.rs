//! What a claim is declared as, and what attesters sign of it.

use {
    super::{
        Claim, ClaimKind, MAX_UNIT_DECIMALS, NO_STREAM, PersonalToken, VERSION, add,
        claim::require_near,
    },
    crate::{
        error::{ProgramResult, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    solana_sha256_hasher::hashv,
    upside_math::Bps,
};

/// A claim's terms as an instruction carries them.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub enum ClaimTerms {
    /// Tokens that `deposit_equity` brings into the claim's vault.
    TokenizedEquity {
        /// The issuer's name, 1 to 64 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_support::text::read_text")
        )]
        name: String,
        /// Address of the evidence, at most 128 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_support::text::read_text")
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
            borsh(deserialize_with = "upside_support::text::read_text")
        )]
        name: String,
        /// What a unit is called, 1 to 16 bytes.
        #[cfg_attr(
            not(feature = "idl-build"),
            borsh(deserialize_with = "upside_support::text::read_text")
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
            borsh(deserialize_with = "upside_support::text::read_text")
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
            borsh(deserialize_with = "upside_support::text::read_text")
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
            borsh(deserialize_with = "upside_support::text::read_text")
        )]
        uri: String,
        /// SHA-256 of the evidence.
        document: [u8; 32],
    },
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

impl PersonalToken {
    /// Counts a claim that was declared.
    pub(crate) fn count_claim(&mut self) -> ProgramResult<()> {
        self.claims = add(self.claims, 1)?;
        Ok(())
    }
}

impl Claim {
    /// Fills a new account. Errors: `InvalidClaim`, `DateTooFar`, `InvalidText`,
    /// `NotAPayoutMint`.
    pub(crate) fn declare(
        &mut self,
        terms: &ClaimTerms,
        state: &PersonalToken,
        by: &Declaration,
    ) -> ProgramResult<()> {
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
                self.kind = ClaimKind::TokenizedEquity.into();
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
                self.kind = ClaimKind::Equity.into();
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
                require(asset.stream != NO_STREAM, TokenError::NotAPayoutMint)?;
                self.kind = ClaimKind::RevenueShare.into();
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
            &[self.kind.raw(), self.decimals, self.transforms],
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
}
