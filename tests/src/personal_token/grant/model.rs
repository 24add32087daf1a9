//! Grants: shares for help, which are offered, accepted, and vest.

use {
    crate::model::{
        Checks, Model, Predicted, Reason,
        creation::period,
        holder::earned,
        number::{carried, floor64},
        require,
    },
    upside_sdk::{
        Pubkey, TokenError,
        state::{GrantOffer, GrantTerms},
    },
};

/// Longest vesting, and farthest start and end, in seconds.
const LONGEST: i64 = 10 * 365 * 86_400;
/// Longest life of an offer, in seconds.
const LONGEST_OFFER: i64 = 30 * 86_400;

/// What a grant's life has come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GrantState {
    /// On offer.
    Offered,
    /// Accepted.
    Accepted,
    /// Revoked: it vests no more.
    Revoked,
}

/// Shares that vest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// Who gets them.
    pub beneficiary: Pubkey,
    /// What was offered.
    pub terms: GrantTerms,
    /// Last second in which it can be accepted.
    pub expires_at: i64,
    /// The owner's number for it.
    pub reference: u64,
    /// What its life has come to.
    pub state: GrantState,
    /// Share atoms of it that will ever be the beneficiary's: fewer once it was revoked.
    pub shares: u64,
    /// Share atoms collected.
    pub collected: u64,
    /// When it was accepted; 0 before.
    pub accepted_at: i64,
    /// The streams' indexes at that time.
    pub since: [u128; 4],
    /// The royalty at that time: how often it had been raised, and its rate.
    pub royalty: (u32, u16),
    /// What it locks in the endowment while on offer, then what it brought, by place.
    pub backing: [u64; 8],
    /// Share atoms of it that took yearly room, and the period in which they did.
    pub room: (u64, u64),
}

impl Grant {
    /// Share atoms that exist and wait in the grant.
    pub fn held(&self) -> u64 {
        match self.state {
            GrantState::Offered => 0,
            _ => self.shares - self.collected,
        }
    }

    /// Share atoms on offer.
    pub fn offered(&self) -> u64 {
        match self.state {
            GrantState::Offered => self.shares,
            _ => 0,
        }
    }

    /// Share atoms that have vested: in proportion to time, none before the cliff.
    pub fn vested(&self, now: i64) -> u64 {
        match self.state {
            GrantState::Offered => return 0,
            GrantState::Revoked => return self.shares,
            GrantState::Accepted => {}
        }
        let passed = i128::from(now) - i128::from(self.terms.start);
        let all = i128::from(self.terms.duration_seconds);
        if passed >= all {
            return self.shares;
        }
        if passed < i128::from(self.terms.cliff_seconds) {
            return 0;
        }
        let passed = u64::try_from(passed).expect("the start is over");
        let duration = self.terms.duration_seconds.into();
        floor64(self.shares, passed, duration).expect("a part of the shares")
    }
}

/// Whether an offer can be made at all.
fn possible(offer: &GrantOffer, now: i64) -> Predicted {
    let terms = &offer.terms;
    require(terms.shares > 0, TokenError::ZeroAmount)?;
    let (start, now) = (i128::from(terms.start), i128::from(now));
    let (duration, longest) = (i128::from(terms.duration_seconds), i128::from(LONGEST));
    let fits = duration > 0
        && duration <= longest
        && terms.cliff_seconds <= terms.duration_seconds
        && start >= now - longest
        && start + duration <= now + longest;
    require(fits, TokenError::InvalidGrant)?;
    let ahead = i128::from(offer.expires_at) - now;
    let lasts = ahead > 0 && ahead <= i128::from(LONGEST_OFFER);
    let named = offer.beneficiary != Pubkey::default();
    require(lasts && named, TokenError::InvalidGrantOffer)
}

impl Model {
    fn grant(&self, token: &Pubkey, number: u64) -> Predicted<Grant> {
        let grant = self.grants.get(&(*token, number));
        grant.copied().ok_or(Reason::Missing.into())
    }

    fn grant_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Grant> {
        let grant = self.grants.get_mut(&(*token, number));
        grant.ok_or(Reason::Missing.into())
    }

    /// The second as of which a token's grants have vested.
    pub fn vests_until(&self, token: &Pubkey) -> i64 {
        match self.tokens.get(token) {
            Some(it) if it.wound_up => it.wound_up_at.min(self.now),
            _ => self.now,
        }
    }

    /// The owner offers shares that vest.
    ///
    /// # Errors
    /// `ZeroAmount`, `InvalidGrant`, `InvalidGrantOffer`, `NotOwner`, `WoundUp`, `Paused`,
    /// `EndowmentShort`, and those of room.
    pub fn offer_grant(
        &mut self,
        token: &Pubkey,
        owner: &Pubkey,
        number: u64,
        offer: &GrantOffer,
    ) -> Predicted {
        let now = self.now;
        possible(offer, now)?;
        let it = self.token_mut(token)?;
        it.signed_by(owner, now)?;
        it.require_running()?;
        require(number == it.grants, TokenError::WrongAccount)?;
        self.observe_supply(token)?;
        self.release(token)?;
        let shares = offer.terms.shares;
        let parts = self.parts(token, shares)?;
        self.require_room(token, shares)?;
        let backing = self.lock_parts(token, &parts)?;
        let grant = Grant {
            beneficiary: offer.beneficiary,
            terms: offer.terms,
            expires_at: offer.expires_at,
            reference: offer.reference,
            state: GrantState::Offered,
            shares: offer.terms.shares,
            collected: 0,
            accepted_at: 0,
            since: [0; 4],
            royalty: (0, 0),
            backing,
            room: (0, 0),
        };
        self.grants.insert((*token, number), grant);
        let it = self.token_mut(token)?;
        it.grants += 1;
        it.report();
        Ok(())
    }

    /// The beneficiary accepts: the shares exist.
    ///
    /// # Errors
    /// `Missing`, `NotBeneficiary`, `GrantAccepted`, `OfferLapsed`, `WoundUp`, `Paused`.
    pub fn accept_grant(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let now = self.now;
        let grant = self.grant(token, number)?;
        let it = self.token(token)?;
        Checks::new()
            .require(grant.beneficiary == *by, TokenError::NotBeneficiary)
            .require(
                grant.state == GrantState::Offered,
                TokenError::GrantAccepted,
            )
            .require(now <= grant.expires_at, TokenError::OfferLapsed)
            .all(it.require_running())
            .end()?;
        self.require_no_escrow(token)?;
        self.observe_supply(token)?;
        self.require_backed(token)?;
        self.release(token)?;
        self.unlock_grant(token, number)?;
        let parts = self.parts(token, grant.shares)?;
        let it = self.token(token)?;
        let free = u128::from(it.terms.launch_shares).saturating_sub(it.created);
        let room = u128::from(grant.shares).saturating_sub(free);
        let room = u64::try_from(room).expect("at most the shares");
        self.create_shares(token, grant.shares, &parts)?;
        self.report_brought(token, &parts)?;
        let it = self.token_mut(token)?;
        it.report();
        let mut since = [0; 4];
        for (since, stream) in since.iter_mut().zip(&it.streams) {
            *since = stream.index;
        }
        let (last, royalty) = (it.made.last, it.royalty_mark());
        let mut backing = [0; 8];
        for (backing, part) in backing.iter_mut().zip(&parts) {
            *backing = part.reserve;
        }
        let grant = self.grant_mut(token, number)?;
        grant.state = GrantState::Accepted;
        grant.accepted_at = now;
        grant.since = since;
        grant.royalty = royalty;
        grant.backing = backing;
        grant.room = (room, last);
        Ok(())
    }

    /// What an offer locked in the endowment is free again.
    fn unlock_grant(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let backing = self.grant(token, number)?.backing;
        let it = self.token_mut(token)?;
        for (asset, locked) in it.assets.iter_mut().zip(backing) {
            // Less where the issuer took from the endowment.
            asset.locked = asset.locked.saturating_sub(locked);
        }
        Ok(())
    }

    /// An offer ends: by the owner, by its beneficiary, by anybody once it has lapsed.
    ///
    /// # Errors
    /// `Missing`, `GrantAccepted`, `OfferNotLapsed`.
    pub fn cancel_grant(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let now = self.now;
        let grant = self.grant(token, number)?;
        let offered = grant.state == GrantState::Offered;
        require(offered, TokenError::GrantAccepted)?;
        let it = self.token_mut(token)?;
        if *by == it.owner {
            it.signed_by(by, now)?;
        } else {
            let may = *by == grant.beneficiary || now > grant.expires_at || it.wound_up;
            require(may, TokenError::OfferNotLapsed)?;
        }
        it.report();
        self.unlock_grant(token, number)?;
        self.grants.remove(&(*token, number));
        Ok(())
    }

    /// The beneficiary takes what has vested, with what these shares earned.
    ///
    /// # Errors
    /// `Missing`, `NotBeneficiary`, `GrantNotAccepted`, `NothingToCollect`.
    pub fn collect_grant(&mut self, token: &Pubkey, number: u64, by: &Pubkey) -> Predicted {
        let grant = self.grant(token, number)?;
        let until = self.vests_until(token);
        let accepted = grant.state != GrantState::Offered;
        Checks::new()
            .require(grant.beneficiary == *by, TokenError::NotBeneficiary)
            .require(accepted, TokenError::GrantNotAccepted)
            .require(
                !accepted || grant.vested(until) > grant.collected,
                TokenError::NothingToCollect,
            )
            .end()?;
        if self.holder(token, by).is_err() {
            self.admit(token, by)?;
        }
        self.touch(token, by)?;
        let shares = grant.vested(until) - grant.collected;
        let it = self.token_mut(token)?;
        it.report();
        let streams = it.streams.clone();
        let rate = it.lowest_of(&grant.royalty);
        let holder = self.holder_mut(token, by)?;
        holder.meet(rate, shares);
        holder.take(shares, 0)?;
        let since = grant.since.iter().zip(streams);
        for (earning, (since, stream)) in holder.earnings.iter_mut().zip(since) {
            earning.owed += earned(shares, *since, stream.index)?;
        }
        self.grant_mut(token, number)?.collected += shares;
        Ok(())
    }

    /// What has not vested is burned: by the owner, in a wind-down by anybody. What it
    /// earned streams again, into the reserve with nobody left.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `GrantNotRevocable`, `GrantNotAccepted`, `GrantVested`.
    pub fn revoke_grant(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let grant = self.grant(token, number)?;
        let until = self.vests_until(token);
        let it = self.token_mut(token)?;
        if !it.wound_up {
            it.signed_by(by, now)?;
            require(grant.terms.revocable, TokenError::GrantNotRevocable)?;
        }
        let accepted = grant.state != GrantState::Offered;
        require(accepted, TokenError::GrantNotAccepted)?;
        let vested = grant.vested(until);
        let unvested = grant.shares - vested;
        require(unvested > 0, TokenError::GrantVested)?;
        self.observe_supply(token)?;
        self.release(token)?;
        let mine = self.grant_mut(token, number)?;
        mine.shares = vested;
        mine.state = GrantState::Revoked;
        let left = self.registered(token);
        self.give_back_grant(token, &grant, unvested)?;
        let it = self.token_mut(token)?;
        it.supply -= unvested;
        let (mint, drip) = (it.mint, it.terms.drip_seconds);
        let places = it.streams.len();
        for place in 0..places {
            let it = self.token_mut(token)?;
            let stream = &mut it.streams[place];
            let back = earned(unvested, grant.since[place], stream.index)?;
            let sum = back + u128::from(stream.carry);
            stream.carry = (sum & u128::from(u64::MAX)) as u64;
            let atoms = u64::try_from(sum >> 64).expect("64 bits are left");
            if back == 0 {
                continue;
            }
            if left > 0 {
                let paid = stream.paid;
                stream.pay(now, atoms, drip)?;
                stream.paid = paid;
            } else {
                let asset = usize::from(stream.asset);
                it.assets[asset].payouts -= atoms;
                it.add_reserve(asset, atoms)?;
            }
        }
        self.token_mut(token)?.report();
        self.burn(token, &mint, unvested)
    }

    /// What unvested shares brought, at most their part now, goes back to the endowment;
    /// they never took room.
    fn give_back_grant(&mut self, token: &Pubkey, grant: &Grant, unvested: u64) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        let supply = it.supply;
        for (asset, brought) in it.assets.iter_mut().zip(grant.backing) {
            let theirs = carried(brought, unvested, grant.shares);
            let back = theirs.min(carried(asset.reserve, unvested, supply));
            asset.reserve -= back;
            asset.endowment += back;
        }
        let (room, then) = grant.room;
        if let Some(made) = it.made.by_period.get_mut(&then) {
            *made -= unvested.min(room);
        }
        it.made.last = period(now);
        let it = self.token_mut(token)?;
        it.created -= u128::from(unvested);
        Ok(())
    }

    /// A grant of which nothing is left ends.
    ///
    /// # Errors
    /// `Missing`, `GrantNotAccepted`, `GrantNotEmpty`.
    pub fn close_grant(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let grant = self.grant(token, number)?;
        let accepted = grant.state != GrantState::Offered;
        require(accepted, TokenError::GrantNotAccepted)?;
        require(grant.held() == 0, TokenError::GrantNotEmpty)?;
        self.grants.remove(&(*token, number));
        self.token_mut(token)?.report();
        Ok(())
    }
}
