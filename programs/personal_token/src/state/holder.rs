use {
    super::{MAX_STREAMS, POLLS, PersonalToken, PodU128, PollMark, VERSION, Venue, add, sub},
    crate::{
        error::{ProgramResult, TokenError, require},
        events::{self, SharesWarmed},
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Shares, accrued, carried, payable},
    upside_support::Byte,
};

/// Seconds that deposited shares warm: a day.
pub const WARMING: i64 = 86_400;

/// What a holder has earned from one payout stream.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct HolderStream {
    /// The stream's index when this holder was last settled, Q64.64.
    pub checkpoint: PodU128,
    /// Earned and not yet collected, in Q64.64 payout atoms.
    pub owed: PodU128,
}

/// One wallet's registered shares of one personal token.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// A [`Venue`](super::Venue): whether it receives and gives out freely.
    pub venue: Byte<Venue>,
    /// The mark that was announced; read if `venue_announced_at` is set.
    pub pending_venue: Byte<Venue>,
    pub(crate) padding: [u8; 4],
    /// Registered share atoms, the locked ones among them.
    pub shares: u64,
    /// Share atoms locked in sales.
    pub locked: u64,
    /// Share atoms locked by passes. Redemption reaches them and ends the passes.
    pub pass_locked: u64,
    /// Number of the passes by holding that run: those with another one have ended.
    pub pass_epoch: u64,
    /// Number of the next receipt that a redemption in a wind-down makes.
    pub receipts: u64,
    /// When another venue mark was announced, unix seconds; 0 if none was.
    pub venue_announced_at: i64,
    /// What was paid for shares and no sale has brought back yet, in quote atoms.
    pub cost: u64,
    /// What sales brought so far, in quote atoms, without their royalty.
    pub proceeds: u64,
    /// Share atoms withdrawn to a wallet and not deposited again.
    pub withdrawn: u64,
    /// The part of the cost that the withdrawn shares carry, in quote atoms.
    pub withdrawn_cost: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Whose shares these are.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Earnings by stream, in the order of the token's streams.
    pub streams: [HolderStream; MAX_STREAMS],
    /// Bids of this wallet that are open.
    pub bids: u32,
    /// How often the royalty had been raised when `royalty_bps` was last brought up to date.
    pub royalty_epoch: u32,
    /// Royalty on these shares' profit: the lowest rate while they were held, in basis points.
    pub royalty_bps: u16,
    /// What the seller has paid ahead by rounding royalty up, in 1/10^4 quote atoms.
    pub royalty_ahead: u16,
    pub(crate) royalty_padding: [u8; 4],
    /// Polls put before the account was opened: in those the shares weigh nothing.
    pub born: u64,
    /// The last second in which the shares changed, unix time.
    pub moved_at: i64,
    /// The least that was held since that second began, in share atoms.
    pub low: u64,
    /// Number plus one of the last poll that the wallet put; 0 for none.
    pub put: u64,
    /// What the shares weigh in the polls at the token's places.
    pub marks: [PollMark; POLLS],
    /// Share atoms deposited lately. They redeem; they neither earn nor vote nor move yet.
    pub warm: u64,
    /// What they cost, in quote atoms.
    pub warm_cost: u64,
    /// From when on they are registered like the others, unix seconds; 0 for none.
    pub warm_at: i64,
    pub(crate) reserved: [u64; 4],
}

/// What giving registered shares up to be redeemed did to a holder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct GiveUpEffects {
    /// Share atoms among them that were warming.
    pub warm: u64,
    /// Whether passes ended that locked some of them.
    pub passes_ended: bool,
}

impl Holder {
    /// Fills a new account. Checkpoints start at the streams' present indexes.
    pub fn open(
        &mut self,
        token: &PersonalToken,
        key: &Pubkey,
        wallet: &Pubkey,
        rent_payer: &Pubkey,
        bump: u8,
    ) {
        self.version = VERSION;
        self.bump = bump;
        self.born = token.poll_seq;
        self.token = *key;
        self.wallet = *wallet;
        self.rent_payer = *rent_payer;
        // Above every number that an earlier account of this wallet had: each end of a
        // pass and each receipt comes with an event.
        self.pass_epoch = token.sequence;
        self.receipts = token.sequence;
        self.royalty_bps = token.terms.royalty_bps;
        self.royalty_epoch = token.royalty_epoch;
        for (mine, stream) in self.streams.iter_mut().zip(&token.streams) {
            mine.checkpoint = stream.index;
        }
    }

    /// Share atoms that can move now: those that warm cannot.
    pub fn free(&self) -> ProgramResult<u64> {
        let unsold = sub(self.shares, self.locked, TokenError::InvariantBroken)?;
        sub(unsold, self.pass_locked, TokenError::InvariantBroken)
    }

    /// Share atoms that can be redeemed now: those that passes lock and those that warm
    /// among them.
    pub fn redeemable(&self) -> ProgramResult<u64> {
        let unsold = sub(self.shares, self.locked, TokenError::InvariantBroken)?;
        add(unsold, self.warm)
    }

    /// Refuses if fewer than `shares` can be redeemed. Errors: `InsufficientShares`.
    pub fn require_redeemable(&self, shares: u64) -> ProgramResult<()> {
        require(shares <= self.redeemable()?, TokenError::InsufficientShares)
    }

    /// Refuses where fewer than `shares` are free.
    pub fn require_free(&self, shares: u64) -> ProgramResult<()> {
        require(shares <= self.free()?, TokenError::InsufficientShares)
    }

    /// Whether deposited shares have waited out their day at `now`.
    pub fn has_warmed(&self, now: i64) -> bool {
        self.warm > 0 && self.warm_at <= now
    }

    /// Brings earnings up to the token's released indexes, and the royalty to the lowest
    /// rate until now. MUST run before `shares` change.
    pub(super) fn settle(&mut self, token: &PersonalToken) -> ProgramResult<()> {
        self.follow_royalty(token)?;
        let active = token.active_streams()?;
        for (mine, stream) in self.streams.iter_mut().zip(active) {
            mine.earn(self.shares, stream.index)?;
        }
        Ok(())
    }

    /// Adds what `shares` earned since `checkpoints`, for shares that were sold
    /// before they were registered here. MUST run after `settle`.
    pub(crate) fn earn_since(
        &mut self,
        token: &PersonalToken,
        shares: u64,
        checkpoints: &[PodU128; MAX_STREAMS],
    ) -> ProgramResult<()> {
        let active = token.active_streams()?;
        for ((mine, stream), since) in self.streams.iter_mut().zip(active).zip(checkpoints) {
            mine.add(accrued(
                Shares(shares),
                stream.index.unsigned(),
                since.unsigned(),
            )?)?;
        }
        Ok(())
    }

    /// Refuses where there are shares, warming ones too, open bids, or whole atoms to collect. Without shares nothing is
    /// earned any more. Errors: `HolderNotEmpty`.
    pub fn require_empty(&self) -> ProgramResult<()> {
        let owed = self.streams.iter();
        let mut owed = owed.map(|mine| payable(mine.owed.unsigned()).0);
        let nothing = self.shares == 0 && self.locked == 0 && self.warm == 0 && self.bids == 0;
        let empty = nothing && owed.all(|atoms| atoms.is_zero());
        require(empty, TokenError::HolderNotEmpty)
    }

    /// The part of the cost that `shares` carry, rounded down.
    pub fn cost_of(&self, shares: u64) -> ProgramResult<u64> {
        if shares == 0 {
            return Ok(0);
        }
        Ok(carried(Atoms(self.cost), shares, self.shares)?.0)
    }

    /// Takes the whole atoms owed by a stream; the fraction stays.
    pub(crate) fn take_owed(&mut self, stream: usize) -> ProgramResult<u64> {
        let mine = self
            .streams
            .get_mut(stream)
            .ok_or(TokenError::NotAPayoutMint)?;
        let (atoms, fraction) = payable(mine.owed.unsigned());
        require(!atoms.is_zero(), TokenError::NothingToCollect)?;
        mine.owed = fraction.into();
        Ok(atoms.0)
    }

    /// Whole atoms owed by a stream when this holder was last settled.
    pub(crate) fn owed(&self, stream: usize) -> ProgramResult<u64> {
        let mine = self.streams.get(stream).ok_or(TokenError::NotAPayoutMint)?;
        Ok(payable(mine.owed.unsigned()).0.0)
    }

    /// Takes `atoms` of what a stream owes; the rest stays. Errors: `NothingToCollect` if it
    /// owes fewer.
    pub(crate) fn spend_owed(&mut self, stream: usize, atoms: u64) -> ProgramResult<()> {
        let mine = self
            .streams
            .get_mut(stream)
            .ok_or(TokenError::NotAPayoutMint)?;
        let left = mine.owed.unsigned().checked_sub(u128::from(atoms) << 64);
        mine.owed = left.ok_or(TokenError::NothingToCollect)?.into();
        Ok(())
    }

    /// Whole payout atoms that a claim would pay at the stream's `index`.
    pub fn collectable(&self, stream: usize, index: u128) -> ProgramResult<Atoms> {
        Ok(payable(self.owed_at(stream, index)?).0)
    }

    /// What a stream owes at its `index`, in Q64.64 payout atoms.
    pub fn owed_at(&self, stream: usize, index: u128) -> ProgramResult<u128> {
        let mine = self.streams.get(stream).ok_or(TokenError::NotAPayoutMint)?;
        let earned = accrued(Shares(self.shares), index, mine.checkpoint.unsigned())?;
        let owed = mine.owed.unsigned().checked_add(earned);
        owed.ok_or(TokenError::Overflow)
    }

    pub(crate) fn remove(&mut self, shares: u64) -> ProgramResult<u64> {
        self.remove_with(shares, None)
    }

    /// Shares leave with their part of the cost, or with the cost named; returns it. All
    /// shares leave with all of it. Errors: `CostTooHigh`.
    pub(crate) fn remove_with(&mut self, shares: u64, cost: Option<u64>) -> ProgramResult<u64> {
        self.require_free(shares)?;
        let named = cost.unwrap_or(0);
        require(named <= self.cost, TokenError::CostTooHigh)?;
        let cost = match cost {
            Some(cost) if shares < self.shares => cost,
            _ => self.cost_of(shares)?,
        };
        self.shares = sub(self.shares, shares, TokenError::InsufficientShares)?;
        self.cost = sub(self.cost, cost, TokenError::InvariantBroken)?;
        Ok(cost)
    }

    pub(crate) fn receive(&mut self, shares: u64, cost: u64) -> ProgramResult<()> {
        self.shares = add(self.shares, shares)?;
        // A tax basis must not stop shares from moving: at the end of u64 it stays there.
        self.cost = self.cost.saturating_add(cost);
        Ok(())
    }

    /// Adds deposited shares to those that warm: all of them wait a day from `now`.
    fn warm(&mut self, shares: u64, cost: u64, now: i64) -> ProgramResult<()> {
        self.warm = add(self.warm, shares)?;
        self.warm_cost = self.warm_cost.saturating_add(cost);
        self.warm_at = now.checked_add(WARMING).ok_or(TokenError::Overflow)?;
        Ok(())
    }

    /// Takes shares out of those that warm and returns what they cost.
    fn cool(&mut self, shares: u64) -> ProgramResult<u64> {
        if shares == 0 {
            return Ok(0);
        }
        let cost = carried(Atoms(self.warm_cost), shares, self.warm)?.0;
        self.warm = sub(self.warm, shares, TokenError::InsufficientShares)?;
        self.warm_cost = sub(self.warm_cost, cost, TokenError::InvariantBroken)?;
        if self.warm == 0 {
            self.warm_at = 0;
        }
        Ok(cost)
    }

    /// Registers its own shares that have warmed at `now`, with their cost, and returns
    /// them: the account's side of it.
    fn register_warmed(&mut self, now: i64) -> ProgramResult<u64> {
        if !self.has_warmed(now) {
            return Ok(0);
        }
        let shares = self.warm;
        let cost = self.cool(shares)?;
        self.receive(shares, cost)?;
        Ok(shares)
    }

    /// The account with what has warmed at `now` among its registered shares, as every
    /// instruction that names it leaves it: what quotes start from. Earnings stay as they
    /// are.
    pub fn warmed(mut self, now: i64) -> ProgramResult<Self> {
        self.register_warmed(now)?;
        Ok(self)
    }

    pub(crate) fn note_withdrawal(&mut self, shares: u64, cost: u64) -> ProgramResult<()> {
        self.withdrawn = add(self.withdrawn, shares)?;
        self.withdrawn_cost = self.withdrawn_cost.saturating_add(cost);
        Ok(())
    }

    /// The cost that comes back with `shares` from the wallet: only what this
    /// holder withdrew before carries any.
    pub(crate) fn note_deposit(&mut self, shares: u64) -> ProgramResult<u64> {
        let back = shares.min(self.withdrawn);
        if back == 0 {
            return Ok(0);
        }
        let cost = carried(Atoms(self.withdrawn_cost), back, self.withdrawn)?.0;
        self.withdrawn = sub(self.withdrawn, back, TokenError::InvariantBroken)?;
        self.withdrawn_cost = sub(self.withdrawn_cost, cost, TokenError::InvariantBroken)?;
        Ok(cost)
    }
}

impl PersonalToken {
    /// Settles a holder's earnings, and registers deposited shares that have waited out
    /// their day. Every instruction that names a holder comes here or to [`Self::change`].
    /// MUST run after [`Self::release`].
    pub(crate) fn settle(&mut self, holder: &mut Holder) -> ProgramResult<()> {
        if holder.has_warmed(self.changed_at) {
            return self.change(holder, |_| Ok(()));
        }
        holder.settle(self)
    }

    /// Registers shares that have warmed. The holder MUST be settled, its votes taken out.
    pub(super) fn take_warmed(&mut self, holder: &mut Holder) -> ProgramResult<()> {
        let shares = holder.register_warmed(self.changed_at)?;
        if shares == 0 {
            return Ok(());
        }
        self.warming = sub(self.warming, shares, TokenError::InvariantBroken)?;
        self.registered = add(self.registered, shares)?;
        // It happens within other changes, which would each have to report it.
        let header = self.own_header(&holder.token)?;
        events::log(&SharesWarmed {
            header,
            wallet: holder.wallet,
            shares,
            holder_shares: holder.shares,
        });
        Ok(())
    }

    /// Shares come back from the holder's wallet. They warm for a day, together with
    /// those that warm already. MUST run after [`Self::release`]. Errors:
    /// `InsufficientShares` where fewer are outside.
    pub(crate) fn deposit(&mut self, holder: &mut Holder, shares: u64) -> ProgramResult<()> {
        require(shares <= self.bearer()?, TokenError::InsufficientShares)?;
        self.settle(holder)?;
        if holder.holds_nothing() {
            holder.royalty_bps = self.terms.royalty_bps;
        }
        let cost = holder.note_deposit(shares)?;
        holder.warm(shares, cost, self.changed_at)?;
        self.warming = add(self.warming, shares)?;
        self.invariant()
    }

    /// Takes shares of a holder out to be redeemed. Those that warm go first: they neither
    /// earn nor vote yet, so their holder keeps what does; those that passes lock go last
    /// and end the passes. MUST run after [`Self::release`]. Errors: `InsufficientShares`.
    pub(crate) fn give_up(
        &mut self,
        holder: &mut Holder,
        shares: u64,
    ) -> ProgramResult<GiveUpEffects> {
        let mut warm = 0;
        if holder.warm > 0 {
            self.settle(holder)?;
            warm = shares.min(holder.warm);
            holder.cool(warm)?;
            self.warming = sub(self.warming, warm, TokenError::InvariantBroken)?;
        }
        let rest = sub(shares, warm, TokenError::InvariantBroken)?;
        let passes_ended = holder.free_for_redemption(rest)?;
        if rest > 0 {
            self.unregister(holder, rest)?;
        }
        Ok(GiveUpEffects { warm, passes_ended })
    }
}

impl HolderStream {
    fn earn(&mut self, shares: u64, index: PodU128) -> ProgramResult<()> {
        if self.checkpoint == index {
            return Ok(());
        }
        let earned = accrued(Shares(shares), index.unsigned(), self.checkpoint.unsigned())?;
        self.checkpoint = index;
        self.add(earned)
    }

    fn add(&mut self, earned: u128) -> ProgramResult<()> {
        let owed = self
            .owed
            .unsigned()
            .checked_add(earned)
            .ok_or(TokenError::Overflow)?;
        self.owed = owed.into();
        Ok(())
    }
}
