//! How shares come into being: under the cap and the yearly room, and with their part of
//! every reserve asset and of what still streams.

use {
    super::{MAX_ASSETS, PersonalToken, add, is_forgone, sub},
    crate::error::{ProgramResult, TokenError, require},
    upside_math::{Atoms, Bps, Made, Placement, Shares, part_brought, place_payment, yearly_room},
};

/// What new shares bring, in atoms by the place of the asset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Into the reserve.
    pub reserve: [u64; MAX_ASSETS],
    /// Into what still streams; the end of the stream stays.
    pub stream: [u64; MAX_ASSETS],
}

impl Parts {
    /// Both parts of the asset at `place`, in atoms.
    pub fn of(&self, place: usize) -> ProgramResult<u64> {
        let at = |parts: &[u64; MAX_ASSETS]| parts.get(place).copied();
        let (reserve, stream) = (at(&self.reserve), at(&self.stream));
        add(reserve.unwrap_or(0), stream.unwrap_or(0))
    }

    /// The same without the quote mint's: what the endowment brings beside a payment.
    #[must_use]
    pub fn without_quote(mut self) -> Parts {
        let ([reserve, ..], [stream, ..]) = (&mut self.reserve, &mut self.stream);
        *reserve = 0;
        *stream = 0;
        self
    }

    /// Whether nothing is brought.
    pub fn is_zero(&self) -> bool {
        *self == Parts::default()
    }
}

/// Who has the parts of new shares brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brought {
    /// The owner's endowment brings all of them.
    ByEndowment,
    /// A payment brings those of the quote mint, the endowment the others.
    ByPayment,
}

impl Brought {
    fn first_place(self) -> usize {
        match self {
            Brought::ByEndowment => 0,
            Brought::ByPayment => 1,
        }
    }
}

impl PersonalToken {
    /// What was created in the last 13 periods of 31 days, at unix second `now`.
    pub fn created_lately(&self, now: i64) -> Made {
        Made {
            period: self.made_period,
            by_period: self.made,
        }
        .at(now)
    }

    /// Share atoms that may still be created without taking room: what is left of the
    /// first `launch_shares`.
    pub fn launch_left(&self) -> u64 {
        self.terms.launch_shares.saturating_sub(self.created)
    }

    /// Share atoms that may be created now, beside what open rounds and grant offers may
    /// still create: the smaller of what the cap and what launch and yearly room leave.
    pub fn creatable(&self, now: i64) -> ProgramResult<u64> {
        let taken = add(self.supply, self.offered)?;
        let under_cap = self.terms.supply_cap.saturating_sub(taken);
        let made = self.created_lately(now).total()?;
        let room = yearly_room(Shares(self.supply), made, Bps::new(self.terms.room_bps)?)?;
        // made + max(0, offered + n - launch) <= room, for the largest n.
        let Some(beyond) = room.0.checked_sub(made.0) else {
            let free = self.launch_left().saturating_sub(self.offered);
            return Ok(under_cap.min(free));
        };
        let free = self.launch_left().saturating_add(beyond);
        Ok(under_cap.min(free.saturating_sub(self.offered)))
    }

    /// Refuses more new shares than cap and room leave. Errors: `SupplyCapExceeded`,
    /// `YearlyRoomExceeded`.
    pub fn require_room(&self, shares: u64, now: i64) -> ProgramResult<()> {
        let after = add(add(self.supply, self.offered)?, shares)?;
        require(
            after <= self.terms.supply_cap,
            TokenError::SupplyCapExceeded,
        )?;
        require(
            shares <= self.creatable(now)?,
            TokenError::YearlyRoomExceeded,
        )
    }

    /// Keeps room for shares that a round or a grant offer may create later. Errors:
    /// those of [`Self::require_room`].
    pub(crate) fn offer(&mut self, shares: u64, now: i64) -> ProgramResult<()> {
        self.require_room(shares, now)?;
        self.offered = add(self.offered, shares)?;
        Ok(())
    }

    /// Gives that room back.
    pub(crate) fn end_offer(&mut self, shares: u64) -> ProgramResult<()> {
        self.offered = sub(self.offered, shares, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// What `shares` new ones must bring of every asset, but for those with a bit in
    /// `exempt`: nothing while no share exists. MUST run after [`Self::release`].
    pub fn parts(&self, shares: u64, exempt: u8) -> ProgramResult<Parts> {
        let mut parts = Parts::default();
        let (supply, earning) = (Shares(self.supply), Shares(self.earning()));
        let places = parts.reserve.iter_mut().zip(&mut parts.stream);
        for (place, ((reserve, stream), asset)) in places.zip(self.listed()?).enumerate() {
            if asset.reserve > 0 && !is_forgone(exempt, place) {
                *reserve = part_brought(Atoms(asset.reserve), Shares(shares), supply)?.0;
            }
            if let Some(streaming) = self.streams.get(usize::from(asset.stream))
                && streaming.remaining > 0
            {
                *stream = part_brought(Atoms(streaming.remaining), Shares(shares), earning)?.0;
            }
        }
        Ok(parts)
    }

    /// While no share exists but the reserve holds something, only the owner's issue
    /// creates shares: what the reserve holds is the first holder's. Errors: `IssueFirst`.
    pub fn require_backed(&self) -> ProgramResult<()> {
        let empty = self.supply > 0 || self.listed()?.iter().all(|asset| asset.reserve == 0);
        require(empty, TokenError::IssueFirst)
    }

    /// Place and missing atoms of the first asset whose endowment, without what others
    /// locked, does not cover `parts`.
    pub fn short(&self, parts: &Parts, first_place: usize) -> ProgramResult<Option<(usize, u64)>> {
        for (place, asset) in self.listed()?.iter().enumerate().skip(first_place) {
            let missing = parts.of(place)?.saturating_sub(asset.unlocked()?);
            if missing > 0 {
                return Ok(Some((place, missing)));
            }
        }
        Ok(None)
    }

    /// Moves counters from the endowment to reserve and streams. Errors: `EndowmentShort`.
    fn bring(&mut self, parts: &Parts, by: Brought) -> ProgramResult<()> {
        let first = by.first_place();
        let covered = self.short(parts, first)?.is_none();
        require(covered, TokenError::EndowmentShort)?;
        for place in first..usize::from(self.asset_count) {
            let whole = parts.of(place)?;
            if whole > 0 {
                let asset = self.asset_mut(place)?;
                asset.endowment = sub(asset.endowment, whole, TokenError::InvariantBroken)?;
                self.book_part(place, parts)?;
            }
        }
        Ok(())
    }

    /// Adds what was brought of the asset at `place` to its reserve and to its stream,
    /// whose end stays.
    fn book_part(&mut self, place: usize, parts: &Parts) -> ProgramResult<()> {
        let reserve = parts.reserve.get(place).copied().unwrap_or(0);
        let streaming = parts.stream.get(place).copied().unwrap_or(0);
        let asset = self.asset_mut(place)?;
        asset.reserve = add(asset.reserve, reserve)?;
        asset.payouts = add(asset.payouts, streaming)?;
        let stream = usize::from(asset.stream);
        if streaming > 0 {
            let stream = self.streams.get_mut(stream);
            let stream = stream.ok_or(TokenError::InvariantBroken)?;
            stream.remaining = add(stream.remaining, streaming)?;
        }
        Ok(())
    }

    /// Books `shares` new ones into supply and room, after what they bring: the one way
    /// in which shares come into being. The mint MUST grow by as many, and they MUST be
    /// registered: [`Self::release`] and [`Self::observe_supply`] run before. Errors:
    /// `EndowmentShort`.
    pub(crate) fn create_shares(
        &mut self,
        shares: u64,
        parts: &Parts,
        by: Brought,
        now: i64,
    ) -> ProgramResult<()> {
        self.bring(parts, by)?;
        let first = shares.min(self.launch_left());
        let beyond = sub(shares, first, TokenError::InvariantBroken)?;
        let made = self.created_lately(now).record(Shares(beyond))?;
        self.made = made.by_period;
        self.made_period = made.period;
        // It only says how much of the launch is left: past it, it may stay at its end.
        self.created = self.created.saturating_add(shares);
        self.supply = add(self.supply, shares)?;
        self.registered = add(self.registered, shares)?;
        Ok(())
    }

    /// Where a payment of `paid` quote atoms for shares with these `parts` goes.
    pub fn place(
        &self,
        paid: u64,
        parts: &Parts,
        reserve_bps: u16,
        most_part_bps: u16,
    ) -> ProgramResult<Placement> {
        let [reserve, ..] = parts.reserve;
        let [stream, ..] = parts.stream;
        Ok(place_payment(
            Atoms(paid),
            Atoms(reserve),
            Atoms(stream),
            Bps::new(reserve_bps)?,
            Bps::new(most_part_bps)?,
        )?)
    }

    /// Books what a payment and the quote endowment bring. MUST run after
    /// [`Self::create_shares`]. Errors: `EndowmentShort`.
    pub(crate) fn book_placement(&mut self, placement: &Placement) -> ProgramResult<()> {
        let helped = placement.from_endowment.0;
        let quote = self.quote_mut();
        require(helped <= quote.unlocked()?, TokenError::EndowmentShort)?;
        quote.endowment = sub(quote.endowment, helped, TokenError::InvariantBroken)?;
        let mut parts = Parts::default();
        let ([reserve, ..], [stream, ..]) = (&mut parts.reserve, &mut parts.stream);
        *reserve = placement.to_reserve.0;
        *stream = placement.to_stream.0;
        self.book_part(0, &parts)
    }

    /// Locks the parts of the other assets than the quote mint in the endowment, for
    /// shares that may be created later. Errors: `EndowmentShort`.
    pub(crate) fn lock_parts(
        &mut self,
        parts: &Parts,
        by: Brought,
    ) -> ProgramResult<[u64; MAX_ASSETS]> {
        let first = by.first_place();
        let covered = self.short(parts, first)?.is_none();
        require(covered, TokenError::EndowmentShort)?;
        let mut locked = [0; MAX_ASSETS];
        for place in first..usize::from(self.asset_count) {
            let whole = parts.of(place)?;
            let asset = self.asset_mut(place)?;
            asset.locked = add(asset.locked, whole)?;
            if let Some(locked) = locked.get_mut(place) {
                *locked = whole;
            }
        }
        Ok(locked)
    }

    /// Unlocks the part of `locked` that belongs to `shares` of the `left` ones which it
    /// was locked for; all of it for the last. Rounded down.
    pub fn unlock_parts(
        &mut self,
        locked: &mut [u64; MAX_ASSETS],
        shares: u64,
        left: u64,
    ) -> ProgramResult<()> {
        for (asset, locked) in self.assets.iter_mut().zip(locked) {
            if *locked > 0 {
                let free = upside_math::carried(Atoms(*locked), shares, left)?.0;
                // A seizure may have taken locked atoms: then less is locked than rounds know.
                asset.locked = asset.locked.saturating_sub(free);
                *locked = sub(*locked, free, TokenError::InvariantBroken)?;
            }
        }
        Ok(())
    }
}
