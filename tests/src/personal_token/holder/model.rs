//! A wallet's registered shares: what they cost and what they earned.

use {
    crate::model::{Model, Predicted, number::carried, require},
    num_bigint::BigUint,
    upside_sdk::{Pubkey, TokenError, state::Admission},
};

/// Earnings of one stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Earning {
    /// The stream's index up to which they are reckoned.
    pub checkpoint: u128,
    /// Earned and not claimed, in 2^-64 atoms.
    pub owed: u128,
}

/// A holder account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Holder {
    /// 1 for a venue, 2 for one that was a venue.
    pub venue: u8,
    /// The announced mark and when it was announced.
    pub pending_venue: Option<(u8, i64)>,
    /// Registered share atoms.
    pub shares: u64,
    /// Of those, locked in sales.
    pub locked: u64,
    /// Of those, locked by passes.
    pub pass_locked: u64,
    /// Number of the passes by holding that run.
    pub pass_epoch: u64,
    /// Number of the next receipt.
    pub receipts: u64,
    /// What was paid and no sale has brought back, quote atoms.
    pub cost: u64,
    /// What sales brought without royalty, quote atoms.
    pub proceeds: u64,
    /// Share atoms withdrawn and not deposited again.
    pub withdrawn: u64,
    /// What those cost, quote atoms.
    pub withdrawn_cost: u64,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
    /// Earnings by stream.
    pub earnings: [Earning; 4],
    /// Open bids.
    pub bids: u32,
    /// The lowest royalty while these shares were held, as last looked at.
    pub royalty_bps: u16,
    /// How often the royalty had been raised then.
    pub royalty_epoch: u32,
    /// Royalty paid ahead by rounding up, in parts of 10,000 of an atom.
    pub royalty_ahead: u16,
    /// The present royalty, for shares that come in where there were none.
    pub royalty_now: u16,
    /// Deposited share atoms that wait.
    pub warm: u64,
    /// What those cost, quote atoms.
    pub warm_cost: u64,
    /// Until when; 0 where none wait.
    pub warm_at: i64,
}

impl Holder {
    /// Share atoms that can move.
    pub fn free(&self) -> u64 {
        self.shares - self.locked - self.pass_locked
    }

    /// What `shares` of these cost, rounded down.
    pub fn cost_of(&self, shares: u64) -> u64 {
        carried(self.cost, shares, self.shares)
    }

    /// Whole atoms that a stream owes.
    pub fn payable(&self, stream: usize) -> u64 {
        u64::try_from(self.earnings[stream].owed >> 64).expect("64 bits are left")
    }

    /// Gives shares up and returns what they cost.
    ///
    /// # Errors
    /// `InsufficientShares`.
    pub fn give(&mut self, shares: u64) -> Predicted<u64> {
        self.give_at(shares, None)
    }

    /// Likewise with the cost named, unless all shares go.
    ///
    /// # Errors
    /// `InsufficientShares`, `CostTooHigh`.
    pub fn give_at(&mut self, shares: u64, cost: Option<u64>) -> Predicted<u64> {
        require(shares <= self.free(), TokenError::InsufficientShares)?;
        let named = cost.filter(|_| shares < self.shares);
        require(cost.unwrap_or(0) <= self.cost, TokenError::CostTooHigh)?;
        let cost = named.unwrap_or_else(|| self.cost_of(shares));
        self.shares -= shares;
        self.cost -= cost;
        Ok(cost)
    }

    /// Gives up those that wait and returns what they cost.
    pub fn give_warm(&mut self, shares: u64) -> u64 {
        let cost = carried(self.warm_cost, shares, self.warm);
        self.warm -= shares;
        self.warm_cost -= cost;
        if self.warm == 0 {
            self.warm_at = 0;
        }
        cost
    }

    /// Shares that are about to come in were held at `rate`: a lower one comes along by its
    /// weight, rounded up.
    pub fn meet(&mut self, rate: u16, shares: u64) {
        let held = [self.shares, self.withdrawn, self.warm];
        let held: u128 = held.into_iter().map(u128::from).sum();
        if held == 0 {
            self.royalty_now = self.royalty_now.min(rate);
        } else if rate < self.royalty_bps {
            let (mine, theirs) = (u128::from(self.royalty_bps), u128::from(rate));
            let all = held + u128::from(shares);
            let sum = mine * held + theirs * u128::from(shares);
            let mean = sum.div_ceil(all);
            self.royalty_bps = u16::try_from(mean).expect("between both");
        }
    }

    /// Receives shares. A cost stays at the end of its range: it must not stop shares.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn take(&mut self, shares: u64, cost: u64) -> Predicted {
        if self.shares == 0 && self.warm == 0 && self.withdrawn == 0 {
            self.royalty_bps = self.royalty_now;
        }
        let more = self.shares.checked_add(shares);
        self.shares = more.ok_or(TokenError::Overflow)?;
        self.cost = self.cost.saturating_add(cost);
        Ok(())
    }
}

/// Earnings of `shares` while an index went from `since` to `until`.
///
/// # Errors
/// `MathDomain` where they leave the range.
pub fn earned(shares: u64, since: u128, until: u128) -> Predicted<u128> {
    let earned = BigUint::from(shares) * until.wrapping_sub(since);
    u128::try_from(earned).map_err(|_| TokenError::Overflow.into())
}

impl Model {
    /// Brings a holder's earnings up to its token's released streams. Comes before its
    /// shares change.
    ///
    /// # Errors
    /// `Missing`, `Overflow`.
    pub fn settle(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let lowest = self.lowest_royalty(token, wallet)?;
        let (now, raises) = {
            let it = self.token(token)?;
            (it.terms.royalty_bps, it.raises())
        };
        let holder = self.holder_mut(token, wallet)?;
        holder.royalty_bps = lowest;
        holder.royalty_epoch = raises;
        holder.royalty_now = now;
        let streams = self.token(token)?.streams.clone();
        let holder = self.holder_mut(token, wallet)?;
        for (mine, stream) in holder.earnings.iter_mut().zip(streams) {
            let more = earned(holder.shares, mine.checkpoint, stream.index)?;
            mine.owed = mine.owed.checked_add(more).ok_or(TokenError::Overflow)?;
            mine.checkpoint = stream.index;
        }
        let now = self.token(token)?.changed_at;
        let holder = self.holder_mut(token, wallet)?;
        if holder.warm > 0 && holder.warm_at <= now {
            // A day has passed: these earn and vote from here on.
            let shares = holder.warm;
            let cost = holder.give_warm(shares);
            holder.shares += shares;
            holder.cost = holder.cost.saturating_add(cost);
            self.token_mut(token)?.report();
        }
        Ok(())
    }

    /// Anybody has deposited shares registered whose day is over.
    ///
    /// # Errors
    /// `Missing`, `NothingToWarm`.
    pub fn warm_up(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let holder = self.holder(token, wallet)?;
        let due = holder.warm > 0 && holder.warm_at <= self.now;
        require(due, TokenError::NothingToWarm)?;
        self.touch(token, wallet)
    }

    /// Where nobody is left to earn, what still streams goes to the reserve. Comes after
    /// registered shares left.
    ///
    /// # Errors
    /// `Missing`.
    pub fn last_left(&mut self, token: &Pubkey) -> Predicted {
        if self.registered(token) > 0 {
            return Ok(());
        }
        let it = self.token_mut(token)?;
        for stream in &mut it.streams {
            let asset = &mut it.assets[usize::from(stream.asset)];
            asset.payouts -= stream.remaining;
            asset.reserve += stream.remaining;
            it.sequence += u64::from(stream.remaining > 0);
            stream.remaining = 0;
        }
        Ok(())
    }

    /// Releases the streams and settles a holder, whose shares are about to change.
    ///
    /// # Errors
    /// `Missing`, `Overflow`.
    pub fn touch(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        self.release(token)?;
        self.settle(token, wallet)
    }

    /// A wallet's holder account, made by who admits it.
    ///
    /// # Errors
    /// `NotAdmitted`, `AlreadyExists`.
    pub fn open_holder(
        &mut self,
        token: &Pubkey,
        authority: &Pubkey,
        wallet: &Pubkey,
    ) -> Predicted {
        let it = self.token(token)?;
        // In a wind-down everybody may come for what they have to claim.
        let open = it.policy.0 == Admission::Open || it.wound_up;
        let admitted = (open && authority == wallet) || it.admits(authority);
        require(admitted, TokenError::NotAdmitted)?;
        self.admit(token, wallet)
    }

    /// Makes the account of a wallet that is admitted.
    ///
    /// # Errors
    /// `AlreadyExists`.
    pub fn admit(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let known = self.holders.contains_key(&(*token, *wallet));
        require(!known, TokenError::AlreadyExists)?;
        let payer = self.payer;
        let it = self.token_mut(token)?;
        let mut holder = Holder {
            rent_payer: payer,
            royalty_bps: it.terms.royalty_bps,
            royalty_epoch: it.raises(),
            pass_epoch: it.sequence,
            receipts: it.sequence,
            ..Holder::default()
        };
        for (mine, stream) in holder.earnings.iter_mut().zip(&it.streams) {
            mine.checkpoint = stream.index;
        }
        it.report();
        self.holders.insert((*token, *wallet), holder);
        Ok(())
    }
}

impl Model {
    /// The lowest royalty while a holder's shares were held.
    ///
    /// # Errors
    /// `Missing`.
    pub fn lowest_royalty(&self, token: &Pubkey, wallet: &Pubkey) -> Predicted<u16> {
        let (it, holder) = (self.token(token)?, self.holder(token, wallet)?);
        Ok(it.lowest_of(&(holder.royalty_epoch, holder.royalty_bps)))
    }
}

impl crate::model::Token {
    /// How often the royalty was raised, and what it is: what shares remember that nobody
    /// has registered yet.
    pub fn royalty_mark(&self) -> (u32, u16) {
        (self.raises(), self.terms.royalty_bps)
    }

    /// The lowest royalty since a mark.
    pub fn lowest_of(&self, &(raises, rate): &(u32, u16)) -> u16 {
        rate.min(self.lowest_since(raises))
    }

    /// How often the royalty was raised.
    pub fn raises(&self) -> u32 {
        self.raises_up_to(self.royalties.len() - 1)
    }

    fn raises_up_to(&self, place: usize) -> u32 {
        let up = |pair: &&[u16]| pair[1] > pair[0];
        self.royalties[..=place].windows(2).filter(up).count() as u32
    }

    /// The lowest royalty since the last rate with so many raises before it began. Of
    /// more than the last three raises only the lowest of all is remembered.
    pub fn lowest_since(&self, raises: u32) -> u16 {
        let all = self.raises();
        let remembered = all < 4 || raises + 3 > all;
        let held = |place: &usize| !remembered || self.raises_up_to(*place) >= raises;
        let places = (0..self.royalties.len()).filter(held);
        let lowest = places.map(|place| self.royalties[place]).min();
        lowest.expect("there is always a rate")
    }

    /// The royalty may have changed.
    pub fn note_royalty(&mut self) {
        if self.royalties.last() != Some(&self.terms.royalty_bps) {
            self.royalties.push(self.terms.royalty_bps);
        }
    }
}
