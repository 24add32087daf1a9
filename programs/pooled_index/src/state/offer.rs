use {
    super::{AnnouncementKind, PooledIndex, VERSION, terms::bps},
    crate::error::{IndexError, ProgramResult, foreign, require},
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken, Venue},
    solana_sha256_hasher::hashv,
    upside_math::{Made, Shares, deal_gives, diluted_by, member_room},
};

/// An offer as an instruction carries it.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferTerms {
    /// Share atoms of the personal token that the person gives, at the cap of now.
    pub token_shares: u64,
    /// Share atoms of the index that the person gets for them.
    pub index_shares: u64,
}

/// Shares of an index that a person is offered for shares of the person's token: an
/// announcement, which is accepted from the end of its notice on, or lapses.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The index.
    pub index: Pubkey,
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Number of its announcement; part of its address.
    pub nonce: u64,
    /// Share atoms of the personal token to be given, at the noted cap.
    pub token_shares: u64,
    /// Index share atoms for them.
    pub index_shares: u64,
    /// The token's cap when it was offered: the deal is in parts of what can exist.
    pub cap: u64,
    /// When it was offered, unix seconds.
    pub offered_at: i64,
    /// First second in which it can be accepted, unix time.
    pub acceptable_from: i64,
    pub(crate) reserved: [u64; 4],
}

impl OfferTerms {
    /// SHA-256 of what holders judge: the token and both amounts.
    fn content(&self, token: &Pubkey) -> [u8; 32] {
        let (gives, gets) = (self.token_shares, self.index_shares);
        let numbers = [gives.to_le_bytes(), gets.to_le_bytes()];
        hashv(&[b"offer", token.as_ref(), &numbers.concat()]).to_bytes()
    }
}

impl Offer {
    /// Fills a new account with what [`PooledIndex::offer`] announced.
    pub(crate) fn open(
        &mut self,
        announced: &Offer,
        index: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) {
        *self = *announced;
        self.bump = bump;
        self.index = *index;
        self.rent_payer = *rent_payer;
    }

    /// Share atoms of the personal token that the person gives while its cap is `cap`:
    /// never fewer than were offered. Errors: `Overflow`.
    pub fn gives(&self, cap: u64) -> ProgramResult<u64> {
        Ok(deal_gives(Shares(self.token_shares), Shares(cap), Shares(self.cap))?.0)
    }
}

impl PooledIndex {
    /// Parts of the index that members took lately, up to `now`.
    fn diluted(&self, now: i64) -> Made {
        let made = Made {
            period: self.diluted_period,
            by_period: self.diluted,
        };
        made.at(now)
    }

    /// Share atoms that may still be minted for members now. MUST follow `accrue`.
    pub fn member_room(&self, now: i64) -> ProgramResult<u64> {
        let (made, supply) = (self.diluted(now), Shares(self.effective_supply()?));
        Ok(member_room(&made, supply, bps(self.terms.dilution_bps)?)?.0)
    }

    /// Mints for a member within the yearly room. MUST follow `accrue`. Errors:
    /// `DilutionCapReached`.
    pub(super) fn dilute(&mut self, shares: u64, now: i64) -> ProgramResult<()> {
        let fits = shares <= self.member_room(now)?;
        require(fits, IndexError::DilutionCapReached)?;
        let parts = diluted_by(Shares(shares), Shares(self.effective_supply()?))?;
        let made = self.diluted(now).record(Shares(parts))?;
        self.diluted_period = made.period;
        self.diluted = made.by_period;
        self.mint(shares, 0)
    }

    /// Announces an offer to a constituent's owner. MUST follow `accrue`. Errors:
    /// `NotActive`, `NotAConstituent`, `InvalidOffer`, `OfferTooLarge`, `PersonWoundUp`,
    /// `AnnouncementListFull`.
    pub(crate) fn offer(
        &mut self,
        terms: &OfferTerms,
        key: &Pubkey,
        token: &PersonalToken,
        now: i64,
    ) -> ProgramResult<Offer> {
        self.require_active()?;
        self.slot_of(key)?;
        require_alive(token)?;
        let cap = token.terms.supply_cap;
        let fits = (1..=cap).contains(&terms.token_shares) && terms.index_shares > 0;
        require(fits, IndexError::InvalidOffer)?;
        let rate = bps(self.terms.dilution_bps)?;
        let most = member_room(&Made::default(), Shares(self.effective_supply()?), rate)?;
        require(terms.index_shares <= most.0, IndexError::OfferTooLarge)?;
        let content = terms.content(key);
        let notice = self.terms.notice_seconds;
        let (nonce, acceptable_from) =
            self.announce(AnnouncementKind::Offer, content, notice, now)?;
        Ok(Offer {
            version: VERSION,
            token: *key,
            nonce,
            token_shares: terms.token_shares,
            index_shares: terms.index_shares,
            cap,
            offered_at: now,
            acceptable_from,
            ..Offer::default()
        })
    }

    /// Refuses a deal that is not announced, too early, too late, vetoed, or with a person of
    /// whom something changes that the index did not agree to. Returns what the person
    /// gives. MUST follow `accrue`. Errors: `NotActive`, `NotAnnounced`, `NoticePending`,
    /// `Vetoed`, `AnnouncementExpired`, `PersonWoundUp`, `NotTransferable`,
    /// `NotHarvested`.
    pub(crate) fn deal(
        &self,
        offer: &Offer,
        token: &PersonalToken,
        holder: &Holder,
        now: i64,
    ) -> ProgramResult<u64> {
        self.require_active()?;
        let place = self.require_effective(offer.nonce, now)?;
        self.require_unexpired(place, now)?;
        require_alive(token)?;
        require(moves(token, holder)?, IndexError::NotTransferable)?;
        self.require_harvested(now)?;
        offer.gives(token.terms.supply_cap)
    }

    /// Refuses while a held person was not harvested lately: whoever comes in now would
    /// share what others earned. Errors: `NotHarvested`.
    fn require_harvested(&self, now: i64) -> ProgramResult<()> {
        let since = now.saturating_sub(MAX_HARVEST_AGE);
        for (_, person) in self.held() {
            let late = person.kind()? == super::SlotKind::Personal && person.harvested_at < since;
            require(!late, IndexError::NotHarvested)?;
        }
        Ok(())
    }
}

/// Seconds that every person's last harvest may be ago when somebody becomes a member.
pub const MAX_HARVEST_AGE: i64 = 3_600;

/// Errors: `PersonWoundUp`.
fn require_alive(token: &PersonalToken) -> ProgramResult<()> {
    let alive = token.require_active().is_ok();
    require(alive, IndexError::PersonWoundUp)
}

/// Whether the index can send shares out of its `holder` account now.
fn moves(token: &PersonalToken, holder: &Holder) -> ProgramResult<bool> {
    let venue = holder.venue().map_err(foreign)? != Venue::None;
    Ok(venue || token.moves_freely().map_err(foreign)?)
}

const _: () = assert!(core::mem::size_of::<Offer>() == 8 + 96 + 48 + 32);
