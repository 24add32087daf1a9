//! How shares come into being: within cap and yearly room, and with their part of
//! everything.

use {
    super::{
        Model, Predicted,
        number::{BPS, ceil64, floor},
        require,
    },
    num_bigint::BigUint,
    std::collections::BTreeMap,
    upside_sdk::{Pubkey, TokenError},
};

/// Seconds of a period of the yearly room.
pub(crate) const PERIOD: i64 = 31 * 86_400;
/// Periods that it looks back on, the current one among them.
pub const PERIODS: u64 = 13;

/// What new shares bring of one asset, in atoms.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Into the reserve.
    pub reserve: u64,
    /// Into what still streams.
    pub stream: u64,
}

/// Where a payment goes, in quote atoms.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Placed {
    /// Into the reserve.
    pub to_reserve: u64,
    /// Into what still streams.
    pub to_stream: u64,
    /// To the owner.
    pub to_owner: u64,
    /// What the quote endowment adds.
    pub helped: u64,
}

/// What was created beyond the launch, by period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Made {
    /// Share atoms by number of the period since 1970, all that ever were.
    pub by_period: BTreeMap<u64, u64>,
    /// The period of the last creation.
    pub last: u64,
}

/// The number of a period since 1970.
pub fn period(now: i64) -> u64 {
    u64::try_from(now.div_euclid(PERIOD)).unwrap_or(0)
}

impl Made {
    /// Share atoms made in the periods that the yearly room looks back on from one.
    pub(crate) fn lately(&self, period: u64) -> u128 {
        let first = (period + 1).saturating_sub(PERIODS);
        let lately = self.by_period.range(first..=period);
        lately.map(|(_, made)| u128::from(*made)).sum()
    }
}

pub(crate) fn fit(number: BigUint) -> Predicted<u64> {
    u64::try_from(number).map_err(|_| TokenError::Overflow.into())
}

/// Both parts of an asset.
pub(crate) fn whole(part: Part) -> Predicted<u64> {
    let whole = part.reserve.checked_add(part.stream);
    whole.ok_or(TokenError::Overflow.into())
}

/// Divides a payment: it covers its parts up to `most_bps` of it, the endowment the
/// rest; the reserve gets the larger of its part and what the round promised.
///
/// # Errors
/// `Overflow`.
pub fn place(paid: u64, part: Part, reserve_bps: u16, most_bps: u16) -> Predicted<Placed> {
    let most = fit(floor(paid, u64::from(most_bps), BPS))?;
    let helped = whole(part)?.saturating_sub(most);
    let all = paid.checked_add(helped).ok_or(TokenError::Overflow)?;
    let rest = all - part.stream;
    let promised = ceil64(paid, u64::from(reserve_bps), BPS).expect("a part");
    let to_reserve = promised.max(part.reserve).min(rest);
    Ok(Placed {
        to_reserve,
        to_stream: part.stream,
        to_owner: rest - to_reserve,
        helped,
    })
}

/// Without the part of the quote mint, which a payment brings.
pub fn without_quote(mut parts: Vec<Part>) -> Vec<Part> {
    parts[0] = Part::default();
    parts
}

impl Model {
    /// Room under the cap and within a year, beside what open rounds may still sell: the
    /// first shares ever are free, what comes after them is at most a part of the supply
    /// that was there a year before.
    ///
    /// # Errors
    /// `SupplyCapExceeded`, `YearlyRoomExceeded`; `Overflow` out of the range.
    pub fn require_room(&self, token: &Pubkey, shares: u64) -> Predicted {
        let it = self.token(token)?;
        let offered = u128::from(self.tally(token).offered);
        let asked = offered + u128::from(shares);
        let after = u128::from(it.supply) + asked;
        require(after <= u128::from(u64::MAX), TokenError::Overflow)?;
        let cap = u128::from(it.terms.supply_cap);
        require(after <= cap, TokenError::SupplyCapExceeded)?;
        let free = u128::from(it.terms.launch_shares).saturating_sub(it.created);
        let beyond = asked.saturating_sub(free);
        let made = it.made.lately(period(self.now));
        let older = u128::from(it.supply).saturating_sub(made);
        let room = older * u128::from(it.terms.room_bps) / u128::from(BPS);
        let fits = beyond == 0 || made + beyond <= room;
        require(fits, TokenError::YearlyRoomExceeded)
    }

    /// What new shares bring of each asset. Comes after the streams were released.
    ///
    /// # Errors
    /// `Missing`, `Overflow`.
    pub fn parts(&self, token: &Pubkey, shares: u64) -> Predicted<Vec<Part>> {
        let (it, earning) = (self.token(token)?, self.registered(token));
        let brought = |held: u64, all: u64| {
            if held == 0 || all == 0 {
                return Ok(0);
            }
            ceil64(held, shares, all).ok_or(TokenError::Overflow)
        };
        let mut parts = Vec::new();
        for asset in &it.assets {
            let streams = asset
                .stream
                .map_or(0, |place| it.streams[usize::from(place)].remaining);
            parts.push(Part {
                reserve: brought(asset.reserve, it.supply)?,
                stream: brought(streams, earning)?,
            });
        }
        Ok(parts)
    }

    /// Whether the endowment, without what is locked, covers parts.
    ///
    /// # Errors
    /// `EndowmentShort`, `Overflow`.
    pub fn require_endowed(&self, token: &Pubkey, parts: &[Part]) -> Predicted {
        for (asset, part) in self.token(token)?.assets.iter().zip(parts) {
            let free = asset.endowment - asset.locked;
            require(whole(*part)? <= free, TokenError::EndowmentShort)?;
        }
        Ok(())
    }

    /// While no share exists, what a reserve holds is for whom the owner issues to.
    ///
    /// # Errors
    /// `IssueFirst`.
    pub fn require_backed(&self, token: &Pubkey) -> Predicted {
        let it = self.token(token)?;
        let empty = it.assets.iter().all(|asset| asset.reserve == 0);
        require(it.supply > 0 || empty, TokenError::IssueFirst)
    }

    /// No escrow round is open.
    ///
    /// # Errors
    /// `RoundEscrowing`.
    pub fn require_no_escrow(&self, token: &Pubkey) -> Predicted {
        let none = self.tally(token).escrow_round == 0;
        require(none, TokenError::RoundEscrowing)
    }

    /// The endowment brings parts.
    ///
    /// # Errors
    /// `EndowmentShort`, `Overflow`.
    pub(crate) fn bring(&mut self, token: &Pubkey, parts: &[Part]) -> Predicted {
        self.require_endowed(token, parts)?;
        for (place, part) in parts.iter().enumerate() {
            self.token_mut(token)?.assets[place].endowment -= whole(*part)?;
            self.book_part(token, place, *part)?;
        }
        Ok(())
    }

    /// What was brought adds to reserve and stream, whose end stays.
    pub(crate) fn book_part(&mut self, token: &Pubkey, place: usize, part: Part) -> Predicted {
        let it = self.token_mut(token)?;
        let asset = &mut it.assets[place];
        let grown = |held: u64, more: u64| held.checked_add(more).ok_or(TokenError::Overflow);
        asset.reserve = grown(asset.reserve, part.reserve)?;
        asset.payouts = grown(asset.payouts, part.stream)?;
        if let Some(stream) = asset.stream {
            let stream = &mut it.streams[usize::from(stream)];
            stream.remaining = grown(stream.remaining, part.stream)?;
        }
        Ok(())
    }

    /// A payment and what the endowment adds to it are booked.
    ///
    /// # Errors
    /// `EndowmentShort`, `Overflow`.
    pub fn book_placed(&mut self, token: &Pubkey, placed: &Placed) -> Predicted {
        let quote = self.token_mut(token)?.quote();
        let free = quote.endowment - quote.locked;
        require(placed.helped <= free, TokenError::EndowmentShort)?;
        quote.endowment -= placed.helped;
        let part = Part {
            reserve: placed.to_reserve,
            stream: placed.to_stream,
        };
        self.book_part(token, 0, part)
    }

    /// New shares, in the share custody, after what the endowment brings for them. Whose
    /// they are is up to the caller.
    ///
    /// # Errors
    /// `Missing`, `EndowmentShort`, `Overflow`.
    pub fn create_shares(&mut self, token: &Pubkey, shares: u64, parts: &[Part]) -> Predicted {
        self.bring(token, parts)?;
        let at = period(self.now);
        let it = self.token_mut(token)?;
        let free = u128::from(it.terms.launch_shares).saturating_sub(it.created);
        let beyond = u128::from(shares).saturating_sub(free);
        let beyond = u64::try_from(beyond).expect("at most the shares");
        *it.made.by_period.entry(at).or_default() += beyond;
        it.made.last = at;
        it.created += u128::from(shares);
        it.supply = it.supply.checked_add(shares).ok_or(TokenError::Overflow)?;
        let mint = it.mint;
        self.mint_to(token, &mint, shares);
        Ok(())
    }

    /// Told where anything was brought.
    ///
    /// # Errors
    /// `Missing`.
    pub fn report_brought(&mut self, token: &Pubkey, parts: &[Part]) -> Predicted {
        if parts.iter().any(|part| *part != Part::default()) {
            self.token_mut(token)?.report();
        }
        Ok(())
    }

    /// New shares of a holder, whom they cost `cost` quote atoms.
    ///
    /// # Errors
    /// `Missing`, `EndowmentShort`, `Overflow`.
    pub fn register_new(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        (shares, cost): (u64, u64),
        parts: &[Part],
    ) -> Predicted {
        self.touch(token, wallet)?;
        self.create_shares(token, shares, parts)?;
        self.holder_mut(token, wallet)?.take(shares, cost)
    }

    /// Locks parts in the endowment for shares that come later, and returns them by place.
    ///
    /// # Errors
    /// `EndowmentShort`, `Overflow`.
    pub fn lock_parts(&mut self, token: &Pubkey, parts: &[Part]) -> Predicted<[u64; 8]> {
        self.require_endowed(token, parts)?;
        let mut locked = [0; 8];
        let it = self.token_mut(token)?;
        for ((asset, part), locked) in it.assets.iter_mut().zip(parts).zip(&mut locked) {
            *locked = whole(*part)?;
            asset.locked += *locked;
        }
        Ok(locked)
    }

    /// Unlocks what belongs to `shares` of the `left` ones of a round, rounded down.
    ///
    /// # Errors
    /// `Missing`.
    pub fn unlock_parts(
        &mut self,
        (token, number): (&Pubkey, u64),
        shares: u64,
        left: u64,
    ) -> Predicted {
        let mut locked = self.round(token, number)?.locked;
        let it = self.token_mut(token)?;
        for (asset, locked) in it.assets.iter_mut().zip(&mut locked) {
            let free = super::number::carried(*locked, shares, left);
            // Less where the issuer took from the endowment.
            asset.locked = asset.locked.saturating_sub(free);
            *locked -= free;
        }
        self.round_mut(token, number).locked = locked;
        Ok(())
    }
}
