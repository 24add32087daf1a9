//! Putting a poll: who may, and where it goes.

use {
    super::{DISSOLUTION_PLACE, OWNER_PLACE, POLL_LIFE, Poll, PollSlot, PollStatus, WALLET_PLACES},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{About, Change, ChangeClass, Holder, PersonalToken, VERSION, add},
    },
    anchor_lang::prelude::*,
    upside_math::{Shares, may_put},
};

/// Who puts a poll, of what.
pub(crate) struct Question<'a> {
    /// The personal token.
    pub(crate) token: &'a Pubkey,
    /// Who puts it.
    pub(crate) by: &'a Pubkey,
    /// Who pays the account's rent.
    pub(crate) rent_payer: &'a Pubkey,
    /// Bump of the poll's address.
    pub(crate) bump: u8,
    /// What it changes.
    pub(crate) change: Change,
    /// SHA-256 of what it says in full.
    pub(crate) document: [u8; 32],
}

impl PersonalToken {
    /// Whether nobody but the owner has shares, is buying some, or was offered some:
    /// `owner_shares` are all. Then the owner decides alone.
    pub fn is_owners_alone(&self, owner_shares: u64) -> bool {
        self.supply == owner_shares && self.offered == 0 && self.quote().escrow == 0
    }

    /// The place of a poll of this change by this wallet: the owner's, whose holder account
    /// is not needed, or one that held 1 % of what is eligible since this second began.
    /// Errors: `PollNotNeeded`, `NotHolder`, `TooFewToPut`, `PollPlaceTaken`, `PollPut`.
    pub fn place_for(
        &self,
        change: &Change,
        by: &Pubkey,
        holder: Option<&Holder>,
        now: i64,
    ) -> ProgramResult<u8> {
        let free = |place: u8| {
            // What has lapsed gives its place.
            let slot = self.slot(place)?;
            Ok::<_, TokenError>(!self.is_poll_open(place) || now > slot.lapses_at)
        };
        if *by == self.owner {
            let alone = self.is_owners_alone(self.owner_shares);
            let relaxed = change.is_owners(&self.terms) && !alone;
            require(!relaxed, TokenError::PollNotNeeded)?;
        } else {
            let owners = matches!(change, Change::SupplyCap(_)) && change.is_owners(&self.terms);
            require(!owners, TokenError::PollNotNeeded)?;
            let holder = holder.ok_or(TokenError::NotHolder)?;
            let held = holder.standing().least_since(now, Shares(holder.shares));
            let eligible = Shares(self.eligible()?);
            require(may_put(held, eligible), TokenError::TooFewToPut)?;
            // One at a time, wherever it stands.
            let open = holder
                .put
                .checked_sub(1)
                .and_then(|number| self.slot_of(number));
            let over = open.is_none_or(|(_, slot)| now > slot.lapses_at);
            require(over, TokenError::PollPut)?;
        }
        if *change == Change::Dissolve {
            require(free(DISSOLUTION_PLACE)?, TokenError::PollPlaceTaken)?;
            return Ok(DISSOLUTION_PLACE);
        }
        if *by == self.owner {
            require(free(OWNER_PLACE)?, TokenError::PollPlaceTaken)?;
            return Ok(OWNER_PLACE);
        }
        for place in WALLET_PLACES {
            if free(place)? {
                return Ok(place);
            }
        }
        Err(TokenError::PollPlaceTaken)
    }

    /// Last second in which a poll that is put now may be applied, unix time.
    pub fn poll_lapses_at(&self, now: i64) -> ProgramResult<i64> {
        let at = self.after_notice(now)?.checked_add(POLL_LIFE);
        at.ok_or(TokenError::Overflow)
    }
}

impl Poll {
    /// Fills a new account and takes a place among the open polls. Errors: those of
    /// [`Change`], of the place, `PollWhileEscrow`.
    pub(crate) fn put(
        &mut self,
        by: &Question,
        token: &mut PersonalToken,
        holder: Option<&mut Holder>,
        about: &About,
        now: i64,
    ) -> ProgramResult<()> {
        let place = token.place_for(&by.change, by.by, holder.as_deref(), now)?;
        let (before, _) = by.change.check(token, about, now)?;
        let class = by.change.class(&token.terms);
        let against_holders = class == ChangeClass::AgainstHolders;
        require(
            !against_holders || token.escrow_round == 0,
            TokenError::PollWhileEscrow,
        )?;
        let number = token.poll_seq;
        let seq = add(number, 1)?;
        let lapses_at = token.poll_lapses_at(now)?;
        let slot = PollSlot {
            seq,
            put_at: now,
            eligible: token.eligible()?,
            lapses_at,
            threshold_bps: token.terms.poll_threshold_bps,
            against_holders: u8::from(against_holders),
            ..PollSlot::default()
        };
        *token.slot_mut(place)? = slot;
        token.open_polls |= 1u8.checked_shl(place.into()).unwrap_or(0);
        token.poll_seq = seq;
        if let Some(holder) = holder {
            holder.put = seq;
        }
        self.version = VERSION;
        self.bump = by.bump;
        self.kind = by.change.kind();
        self.status = PollStatus::Open.into();
        self.place = place;
        self.number = number;
        self.token = *by.token;
        self.put_by = *by.by;
        self.owner = token.owner;
        self.rent_payer = *by.rent_payer;
        self.document = by.document;
        self.subject = match by.change.surplus() {
            Some(place) => token.asset(place.into())?.vault,
            None => by.change.attester().unwrap_or_default(),
        };
        self.claim = by.change.place();
        self.before = before;
        self.after = by.change.figures();
        self.supply = token.supply;
        self.notice_seconds = token.terms.notice_seconds;
        self.put_at = now;
        self.lapses_at = lapses_at;
        Ok(())
    }
}
