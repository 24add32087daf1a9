use {
    super::{Claim, ClaimKind, NO_STREAM, PersonalToken, VERSION, add, sub},
    crate::{
        error::{ProgramResult, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Cut, cut},
    upside_support::Byte,
};

/// Longest life of a pass, in seconds: a hundred years.
pub const MAX_LIFETIME: u64 = 100 * 365 * 86_400;

upside_support::byte_enum! {
    /// What a product asks for a pass.
    ProductKind, TokenError::InvalidProduct,
    /// A price in a payout mint.
    Pay = 0,
    /// So many registered shares, which the pass locks while it runs.
    Hold = 1,
    /// So many registered shares, burned.
    Burn = 2,
}

upside_support::byte_enum! {
    /// Whether a product still gives passes.
    ProductStatus, TokenError::InvalidProduct,
    /// It does.
    Open = 0,
    /// No more; the passes that it gave go on.
    Closed = 1,
}

/// What is asked for a pass, as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassPrice {
    /// A payment.
    Pay {
        /// A payout mint of the token.
        mint: Pubkey,
        /// Its atoms for a pass, above zero.
        price: u64,
    },
    /// Shares held.
    Hold {
        /// Registered share atoms at least, above zero.
        shares: u64,
    },
    /// Shares burned.
    Burn {
        /// Registered share atoms, above zero.
        shares: u64,
    },
}

/// A product's terms. They never change: a new tier or price is a new product.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub struct ProductTerms {
    /// What is offered, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub name: String,
    /// Address of what it promises, at most 128 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub uri: String,
    /// The owner's own rank among products; carried by the passes.
    pub tier: u8,
    /// What a pass takes.
    pub asks: PassPrice,
    /// Units of a pass, above zero.
    pub units: u64,
    /// Seconds that a pass lives, at most a hundred years; 0 for no end. A pass for shares
    /// held has an end: it locks them until then.
    pub lifetime: u64,
    /// Most passes that are ever given, renewals among them; 0 for no bound.
    pub max_passes: u64,
    /// Number of the revenue claim that takes its part of every payment.
    pub claim_number: Option<u64>,
    /// Who may use units up together with a pass's wallet, beside the owner; zero for
    /// nobody.
    pub point_of_sale: Pubkey,
}

/// Something that the person sells.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Product {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// How a pass is got.
    pub kind: Byte<ProductKind>,
    /// Whether passes are to be had.
    pub status: Byte<ProductStatus>,
    /// The owner's own rank among products.
    pub tier: u8,
    /// 1 where `claim` takes its part of payments.
    pub linked: u8,
    pub(crate) padding: [u8; 2],
    /// The product's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Who may use units up beside the owner; zero for nobody.
    pub point_of_sale: Pubkey,
    /// Pay: the payout mint. Zero otherwise.
    pub mint: Pubkey,
    /// Pay: atoms of that mint for a pass. Otherwise: share atoms to hold or to burn.
    pub price: u64,
    /// Units of a pass.
    pub units: u64,
    /// Seconds that a pass lives; 0 for no end.
    pub lifetime: u64,
    /// Most passes that are ever given; 0 for no bound.
    pub max_passes: u64,
    /// Passes ever given, renewals among them.
    pub sold: u64,
    /// Pass accounts in existence.
    pub passes: u64,
    /// Number of the linked revenue claim, where `linked` is 1.
    pub claim: u64,
    /// When it was opened, unix seconds.
    pub opened_at: i64,
    /// What is offered, zero-padded UTF-8.
    pub name: [u8; 64],
    /// Address of what it promises, zero-padded UTF-8.
    pub uri: [u8; 128],
    pub(crate) reserved: [u64; 8],
}

/// Where a product is made.
pub(crate) struct ProductPlace<'a> {
    pub token: &'a Pubkey,
    pub rent_payer: &'a Pubkey,
    pub number: u64,
    pub bump: u8,
}

impl PersonalToken {
    /// Counts a product that was opened.
    pub(crate) fn count_product(&mut self) -> ProgramResult<()> {
        self.products = add(self.products, 1)?;
        Ok(())
    }
}

impl Product {
    /// Fills a new account. Errors: `InvalidProduct`, `InvalidText`, `AssetNotListed`,
    /// `NotAPayoutMint`; of the linked claim `WrongClaimKind`, `ClaimNotOpen`,
    /// `ClaimEnded`, `WrongMint`.
    pub(crate) fn open(
        &mut self,
        terms: &ProductTerms,
        token: &PersonalToken,
        claim: Option<&Claim>,
        place: &ProductPlace,
        now: i64,
    ) -> ProgramResult<()> {
        let (kind, price) = match terms.asks {
            PassPrice::Pay { mint, price } => {
                let asset = token.asset(token.asset_of(&mint)?)?;
                require(asset.stream != NO_STREAM, TokenError::NotAPayoutMint)?;
                self.mint = mint;
                (ProductKind::Pay, price)
            }
            PassPrice::Hold { shares } => (ProductKind::Hold, shares),
            PassPrice::Burn { shares } => (ProductKind::Burn, shares),
        };
        let fits = price > 0 && terms.units > 0 && terms.lifetime <= MAX_LIFETIME;
        let paid = kind == ProductKind::Pay || terms.claim_number.is_none();
        let named = terms.claim_number == claim.map(|claim| claim.number);
        let ends = kind != ProductKind::Hold || terms.lifetime > 0;
        require(fits && paid && named && ends, TokenError::InvalidProduct)?;
        if let Some(claim) = claim {
            claim.require_open(ClaimKind::RevenueShare)?;
            require(now < claim.ends_at, TokenError::ClaimEnded)?;
            require(claim.mint == self.mint, TokenError::WrongMint)?;
            self.linked = 1;
            self.claim = claim.number;
        }
        self.version = VERSION;
        self.bump = place.bump;
        self.number = place.number;
        self.token = *place.token;
        self.rent_payer = *place.rent_payer;
        self.kind = kind.into();
        self.tier = terms.tier;
        self.point_of_sale = terms.point_of_sale;
        self.price = price;
        self.units = terms.units;
        self.lifetime = terms.lifetime;
        self.max_passes = terms.max_passes;
        self.opened_at = now;
        text::write(&mut self.name, &terms.name)?;
        text::write_optional(&mut self.uri, &terms.uri)
    }

    /// What it asks for.
    pub fn kind(&self) -> ProgramResult<ProductKind> {
        self.kind.get()
    }

    /// Whether it still gives passes.
    pub fn status(&self) -> ProgramResult<ProductStatus> {
        self.status.get()
    }

    /// Gives no more passes. Errors: `ProductNotOpen`.
    pub(crate) fn close(&mut self) -> ProgramResult<()> {
        let open = self.status()? == ProductStatus::Open;
        require(open, TokenError::ProductNotOpen)?;
        self.status = ProductStatus::Closed.into();
        Ok(())
    }

    /// Refuses where it gives no pass for this. Errors: `WrongProductKind`,
    /// `ProductNotOpen`, `ProductSoldOut`.
    pub fn require_open(&self, kind: ProductKind) -> ProgramResult<()> {
        require(self.kind()? == kind, TokenError::WrongProductKind)?;
        let open = self.status()? == ProductStatus::Open;
        require(open, TokenError::ProductNotOpen)?;
        let left = self.max_passes == 0 || self.sold < self.max_passes;
        require(left, TokenError::ProductSoldOut)
    }

    /// How a payment now divides between the linked claim and the owner. A claim that is
    /// over, or has received its total, takes nothing.
    pub fn cut(&self, claim: Option<&Claim>, now: i64) -> ProgramResult<Cut> {
        let (share, room) = match claim {
            Some(claim) if claim.is_open()? && now < claim.ends_at => {
                let room = sub(claim.total, claim.received, TokenError::InvariantBroken)?;
                (Bps::new(claim.share_bps)?, Atoms(room))
            }
            _ => (Bps::ZERO, Atoms::ZERO),
        };
        Ok(cut(Atoms(self.price), share, room)?)
    }

    /// Books one more pass, which is new or another life of one.
    pub(crate) fn give(&mut self, pass: &mut Pass, now: i64) -> ProgramResult<()> {
        self.sold = add(self.sold, 1)?;
        pass.extend(self, now)
    }

    /// Counts a pass account that was made.
    pub(crate) fn count_pass(&mut self) -> ProgramResult<()> {
        self.passes = add(self.passes, 1)?;
        Ok(())
    }

    /// Counts a pass account that was closed out.
    pub(crate) fn forget_pass(&mut self) -> ProgramResult<()> {
        self.passes = sub(self.passes, 1, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Refuses to close the account while it gives passes, which it does not in a wind-down,
    /// or while some exist. Errors: `NotOver`.
    pub(crate) fn require_over(&self, wound_up: bool) -> ProgramResult<()> {
        let closed = wound_up || self.status()? == ProductStatus::Closed;
        require(closed && self.passes == 0, TokenError::NotOver)
    }
}

/// Proof that a wallet bought, holds or burned what a product asks.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// The product's tier.
    pub tier: u8,
    pub(crate) padding: [u8; 5],
    /// The personal token.
    pub token: Pubkey,
    /// The product.
    pub product: Pubkey,
    /// Whose pass this is.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Units left.
    pub units: u64,
    /// Units ever used.
    pub used: u64,
    /// Last second in which it is good, unix time; 0 for no end.
    pub expires_at: i64,
    /// When it was last bought, unix seconds.
    pub bought_at: i64,
    /// Share atoms that it locked in the wallet's holder account.
    pub locked: u64,
    /// Number under which it did: it has ended if the holder account has another.
    pub epoch: u64,
    pub(crate) reserved: [u64; 6],
}

/// Where a pass is made.
pub(crate) struct PassPlace<'a> {
    pub token: &'a Pubkey,
    pub product: &'a Pubkey,
    pub wallet: &'a Pubkey,
    pub rent_payer: &'a Pubkey,
    pub bump: u8,
}

impl Pass {
    /// Fills a new account.
    pub(crate) fn open(&mut self, place: &PassPlace) {
        self.version = VERSION;
        self.bump = place.bump;
        self.token = *place.token;
        self.product = *place.product;
        self.wallet = *place.wallet;
        self.rent_payer = *place.rent_payer;
    }

    /// Whether its time is over.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expires_at != 0 && now > self.expires_at
    }

    /// Adds a life: units add up and the end moves on from the later of now and the
    /// present end. What was left of an expired pass has lapsed. A pass for shares held
    /// is renewed only when it has expired: holding costs nothing, so units would have no
    /// end otherwise. Errors: `PassNotOver`, `Overflow`.
    fn extend(&mut self, product: &Product, now: i64) -> ProgramResult<()> {
        let is_new = self.bought_at == 0;
        let lapsed = self.is_expired(now);
        let renewable = is_new || lapsed || product.kind()? != ProductKind::Hold;
        require(renewable, TokenError::PassNotOver)?;
        let left = if lapsed { 0 } else { self.units };
        self.units = add(left, product.units)?;
        if product.lifetime > 0 {
            let lifetime = i64::try_from(product.lifetime).map_err(|_| TokenError::Overflow)?;
            let from = now.max(self.expires_at);
            self.expires_at = from.checked_add(lifetime).ok_or(TokenError::Overflow)?;
        }
        self.tier = product.tier;
        self.bought_at = now;
        Ok(())
    }

    /// Uses units up. Errors: `ZeroAmount`, `PassExpired`, `PassUnitsExceeded`.
    pub(crate) fn take(&mut self, units: u64, now: i64) -> ProgramResult<()> {
        require(units > 0, TokenError::ZeroAmount)?;
        require(!self.is_expired(now), TokenError::PassExpired)?;
        self.units = sub(self.units, units, TokenError::PassUnitsExceeded)?;
        self.used = add(self.used, units)?;
        Ok(())
    }

    /// Refuses to close what is still good. A used-up pass for shares held stays until it
    /// expires, its product is closed or the shares are redeemed (`ended`): it is what
    /// keeps them from taking another. Errors: `PassNotOver`.
    pub(crate) fn require_over(
        &self,
        product: &Product,
        ended: bool,
        now: i64,
    ) -> ProgramResult<()> {
        let again =
            product.kind()? == ProductKind::Hold && product.status()? == ProductStatus::Open;
        let over = ended || self.is_expired(now) || (self.units == 0 && !again);
        require(over, TokenError::PassNotOver)
    }
}

const _: () = assert!(core::mem::size_of::<Product>() == 16 + 128 + 64 + 192 + 64);
const _: () = assert!(core::mem::size_of::<Pass>() == 8 + 128 + 32 + 64);
