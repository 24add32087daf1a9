use {
    super::{
        Admission, Asset, Holder, MAX_ASSETS, MAX_STREAMS, PayoutStream, Terms, TransferPolicy,
        Vote, Wide, add, sub,
    },
    crate::{
        error::{Outcome, TokenError, require},
        events::Header,
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Shares, cash_out, split},
};

/// Largest part of a round that can be pledged, in basis points of what it sells.
pub const MAX_PLEDGE: u16 = 5_000;

/// A person's token: terms, tallies, payout streams, reserve counters.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PersonalToken {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Bump of the share mint's address.
    pub mint_bump: u8,
    /// An [`Admission`].
    pub admission: u8,
    /// A [`TransferPolicy`].
    pub transfer_policy: u8,
    /// 1 while new money is paused.
    pub paused: u8,
    /// How many of `assets` are listed.
    pub asset_count: u8,
    /// How many of `streams` are in use.
    pub stream_count: u8,
    /// What the owner promised.
    pub terms: Terms,
    /// Who created the token; part of its address.
    pub creator: Pubkey,
    /// Who owns the token now.
    pub owner: Pubkey,
    /// Who may accept ownership; zero where nobody was proposed.
    pub pending_owner: Pubkey,
    /// Who may pause besides the owner; zero for nobody.
    pub guardian: Pubkey,
    /// Who may admit holders besides the owner; zero for nobody.
    pub registrar: Pubkey,
    /// The share mint.
    pub mint: Pubkey,
    /// Custody of all registered shares.
    pub register: Pubkey,
    /// Credential that admits, under `Admission::Credential`.
    pub credential: Pubkey,
    /// Schema of that credential.
    pub schema: Pubkey,
    /// Share atoms in existence: what the mint's supply was when last seen.
    pub supply: u64,
    /// Share atoms in the register: every holder's, and sold ones not yet claimed.
    pub registered: u64,
    /// Share atoms that open rounds may still add to the supply.
    pub offered: u64,
    /// Registered share atoms that vote `Distribute`.
    pub distribute_votes: u64,
    /// Registered share atoms that vote `Reinvest`.
    pub reinvest_votes: u64,
    /// Quote atoms per whole share in the last contribution.
    pub last_price: u64,
    /// Rounds ever opened.
    pub rounds: u64,
    /// Claims ever declared.
    pub claims: u64,
    /// Holder accounts in existence.
    pub holders: u64,
    /// Events ever emitted.
    pub sequence: u64,
    /// Slot of the creation.
    pub created_slot: u64,
    /// When the owner last signed, unix seconds.
    pub owner_seen: i64,
    /// Cumulative result of exits in quote atoms, signed.
    pub result: Wide,
    /// Payout streams; the first is in the quote mint.
    pub streams: [PayoutStream; MAX_STREAMS],
    /// Listed assets; the first is the quote mint.
    pub assets: [Asset; MAX_ASSETS],
    /// Whose holder account receives the pledged part of rounds; zero for nobody.
    pub pledge_to: Pubkey,
    /// Shares minted to it for what a round sells, in basis points of that.
    pub pledge_bps: u16,
    pub(crate) pledge_padding: [u8; 6],
    pub(crate) reserved: [u64; 27],
}

/// What a redemption does: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redemption {
    /// Atoms paid of each listed asset, in the order of the list.
    pub paid: [u64; MAX_ASSETS],
}

impl PersonalToken {
    /// Starts an event: slot, gapless sequence number, and a sign of life where the owner signed.
    pub(crate) fn header(&mut self, key: &Pubkey, clock: &Clock) -> Outcome<Header> {
        self.sequence = add(self.sequence, 1)?;
        Ok(Header {
            token: *key,
            slot: clock.slot,
            sequence: self.sequence,
        })
    }

    /// Proves the owner's signature's key and notes the sign of life.
    pub(crate) fn require_owner(&mut self, signer: &Pubkey, clock: &Clock) -> Outcome<()> {
        require(self.owner == *signer, TokenError::NotOwner)?;
        self.owner_seen = self.owner_seen.max(clock.unix_timestamp);
        Ok(())
    }

    /// Whether this key may admit holders and contributions.
    pub fn admits(&self, signer: &Pubkey) -> bool {
        *signer == self.owner || (self.registrar != Pubkey::default() && *signer == self.registrar)
    }

    /// The admission policy.
    pub fn admission(&self) -> Outcome<Admission> {
        self.admission.try_into()
    }

    /// The transfer policy.
    pub fn transfer_policy(&self) -> Outcome<TransferPolicy> {
        self.transfer_policy.try_into()
    }

    /// Refuses while new money is paused.
    pub fn require_running(&self) -> Outcome<()> {
        require(self.paused == 0, TokenError::Paused)
    }

    /// Share atoms outside as bearer tokens.
    pub fn bearer(&self) -> Outcome<u64> {
        sub(self.supply, self.registered, TokenError::InvariantBroken)
    }

    /// The streams in use.
    pub fn active_streams(&self) -> Outcome<&[PayoutStream]> {
        self.streams
            .get(..usize::from(self.stream_count))
            .ok_or(TokenError::InvariantBroken)
    }

    /// The listed assets.
    pub fn listed(&self) -> Outcome<&[Asset]> {
        self.assets
            .get(..usize::from(self.asset_count))
            .ok_or(TokenError::InvariantBroken)
    }

    /// Place of a listed mint.
    pub fn asset_of(&self, mint: &Pubkey) -> Outcome<usize> {
        self.listed()?
            .iter()
            .position(|asset| asset.mint == *mint)
            .ok_or(TokenError::AssetNotListed)
    }

    /// The asset at a place.
    pub fn asset(&self, place: usize) -> Outcome<&Asset> {
        self.assets.get(place).ok_or(TokenError::AssetNotListed)
    }

    pub(crate) fn asset_mut(&mut self, place: usize) -> Outcome<&mut Asset> {
        self.assets.get_mut(place).ok_or(TokenError::AssetNotListed)
    }

    /// The quote mint's asset.
    pub fn quote(&self) -> &Asset {
        let [quote, ..] = &self.assets;
        quote
    }

    pub(crate) fn quote_mut(&mut self) -> &mut Asset {
        let [quote, ..] = &mut self.assets;
        quote
    }

    /// Lists a mint. Errors: `AssetAlreadyListed`, `AssetListFull`.
    pub(crate) fn list(&mut self, asset: Asset, payout: bool) -> Outcome<()> {
        require(
            self.asset_of(&asset.mint).is_err(),
            TokenError::AssetAlreadyListed,
        )?;
        let place = usize::from(self.asset_count);
        let slot = self
            .assets
            .get_mut(place)
            .ok_or(TokenError::AssetListFull)?;
        *slot = asset;
        slot.stream = super::NO_STREAM;
        if payout {
            slot.stream = self.stream_count;
            let stream = self
                .streams
                .get_mut(usize::from(self.stream_count))
                .ok_or(TokenError::AssetListFull)?;
            *stream = PayoutStream {
                asset: self.asset_count,
                ..Default::default()
            };
            self.stream_count = self
                .stream_count
                .checked_add(1)
                .ok_or(TokenError::AssetListFull)?;
        }
        self.asset_count = self
            .asset_count
            .checked_add(1)
            .ok_or(TokenError::AssetListFull)?;
        Ok(())
    }

    /// Releases every stream up to now. MUST run before any registered share changes.
    pub(crate) fn release(&mut self, now: i64) -> Outcome<()> {
        let registered = Shares(self.registered);
        let active = self
            .streams
            .get_mut(..usize::from(self.stream_count))
            .ok_or(TokenError::InvariantBroken)?;
        for stream in active {
            stream.release(now, registered)?;
        }
        Ok(())
    }

    /// The indexes of all streams now, for shares that start to earn.
    pub(crate) fn checkpoints(&self) -> [Wide; MAX_STREAMS] {
        self.streams.map(|stream| stream.index)
    }

    fn votes_mut(&mut self, vote: u8) -> Outcome<&mut u64> {
        Ok(match Vote::try_from(vote)? {
            Vote::Distribute => &mut self.distribute_votes,
            Vote::Reinvest => &mut self.reinvest_votes,
        })
    }

    /// Moves a holder's votes to another choice.
    pub(crate) fn cast(&mut self, holder: &mut Holder, vote: Vote) -> Outcome<()> {
        self.discount_votes(holder)?;
        holder.vote = vote as u8;
        self.count_votes(holder)?;
        self.invariant()
    }

    pub(crate) fn count_votes(&mut self, holder: &Holder) -> Outcome<()> {
        if holder.voting == 1 {
            let votes = self.votes_mut(holder.vote)?;
            *votes = add(*votes, holder.shares)?;
        }
        Ok(())
    }

    pub(crate) fn discount_votes(&mut self, holder: &Holder) -> Outcome<()> {
        if holder.voting == 1 {
            let votes = self.votes_mut(holder.vote)?;
            *votes = sub(*votes, holder.shares, TokenError::InvariantBroken)?;
        }
        Ok(())
    }

    /// The one way in which a holder's shares change: settles its earnings,
    /// moves its votes, applies `change`. MUST run after [`Self::release`].
    pub(crate) fn change<T>(
        &mut self,
        holder: &mut Holder,
        change: impl FnOnce(&mut Holder) -> Outcome<T>,
    ) -> Outcome<T> {
        holder.settle(self)?;
        self.discount_votes(holder)?;
        let result = change(holder)?;
        self.count_votes(holder)?;
        Ok(result)
    }

    /// Registers new shares to a holder. The mint grows by as many.
    pub(crate) fn register_new(
        &mut self,
        holder: &mut Holder,
        shares: u64,
        cost: u64,
    ) -> Outcome<()> {
        self.supply = add(self.supply, shares)?;
        self.registered = add(self.registered, shares)?;
        self.change(holder, |holder| holder.receive(shares, cost))?;
        self.invariant()
    }

    /// Shares leave the register for a wallet, up to the bearer cap.
    pub(crate) fn withdraw(&mut self, shares: u64) -> Outcome<()> {
        self.registered = sub(self.registered, shares, TokenError::InvariantBroken)?;
        require(
            self.bearer()? <= self.terms.bearer_cap,
            TokenError::BearerCapExceeded,
        )?;
        self.invariant()
    }

    /// Shares come back into the register.
    pub(crate) fn deposit(&mut self, shares: u64) -> Outcome<()> {
        self.registered = add(self.registered, shares)?;
        self.invariant()
    }

    /// Pledges a part of the rounds opened from now on; zero bps for none. Errors:
    /// `InvalidPledge`.
    pub(crate) fn pledge(&mut self, to: &Pubkey, bps: u16) -> Outcome<()> {
        let named = *to != Pubkey::default();
        require(
            bps <= MAX_PLEDGE && named == (bps > 0),
            TokenError::InvalidPledge,
        )?;
        self.pledge_to = *to;
        self.pledge_bps = bps;
        Ok(())
    }

    /// Registers the pledged part of a round that closed, at no cost. The mint grows
    /// by as many. MUST run after [`Self::release`].
    pub(crate) fn register_pledge(&mut self, holder: &mut Holder, shares: u64) -> Outcome<()> {
        holder.pledged = add(holder.pledged, shares)?;
        self.register_new(holder, shares, 0)
    }

    /// What `holder` can claim of the stream at `place` at unix time `now`, in payout
    /// atoms, and what the stream has yet to release to all holders. Errors:
    /// `NotAPayoutMint`.
    pub fn dividend(&self, holder: &Holder, place: usize, now: i64) -> Outcome<(Atoms, Atoms)> {
        let stream = self
            .active_streams()?
            .get(place)
            .ok_or(TokenError::NotAPayoutMint)?;
        let mut plain = stream.plain();
        if plain.remaining > 0 {
            plain = plain.release(now, Shares(self.registered))?;
        }
        let claimable = holder.claimable(place, plain.index)?;
        Ok((claimable, Atoms(plain.remaining)))
    }

    /// Reserves shares under the cap for a round.
    pub(crate) fn offer(&mut self, shares: u64) -> Outcome<()> {
        self.require_room(shares)?;
        self.offered = add(self.offered, shares)?;
        self.rounds = add(self.rounds, 1)?;
        Ok(())
    }

    /// Registers shares of a round that sells at once. MUST run after [`Self::release`].
    pub(crate) fn sell(
        &mut self,
        holder: &mut Holder,
        shares: u64,
        paid: u64,
        price: u64,
        to_reserve: u64,
    ) -> Outcome<()> {
        self.offered = sub(self.offered, shares, TokenError::InvariantBroken)?;
        self.last_price = price;
        self.add_reserve(0, to_reserve)?;
        self.register_new(holder, shares, paid)
    }

    /// Registers shares that a closed round minted, with what they earned since.
    pub(crate) fn hand_over(
        &mut self,
        holder: &mut Holder,
        shares: u64,
        paid: u64,
        since: &[Wide; MAX_STREAMS],
    ) -> Outcome<()> {
        self.change(holder, |holder| holder.receive(shares, paid))?;
        holder.earn_since(self, shares, since)?;
        self.invariant()
    }

    /// Payments that wait for a round's close.
    pub(crate) fn hold_escrow(&mut self, paid: u64) -> Outcome<()> {
        let quote = self.quote_mut();
        quote.escrow = add(quote.escrow, paid)?;
        Ok(())
    }

    /// Payments that leave the escrow.
    pub(crate) fn free_escrow(&mut self, paid: u64) -> Outcome<()> {
        let quote = self.quote_mut();
        quote.escrow = sub(quote.escrow, paid, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Adds to the reserve of the asset at `place` and returns the reserve after it.
    pub(crate) fn add_reserve(&mut self, place: usize, amount: u64) -> Outcome<u64> {
        let asset = self.asset_mut(place)?;
        asset.reserve = add(asset.reserve, amount)?;
        Ok(asset.reserve)
    }

    /// Takes a claimed dividend out of the books of the stream's asset.
    pub(crate) fn pay_dividend(&mut self, place: usize, amount: u64) -> Outcome<u64> {
        let asset = self.asset_mut(place)?;
        asset.payouts = sub(asset.payouts, amount, TokenError::InvariantBroken)?;
        Ok(asset.payouts)
    }

    /// Room for new shares under the cap, beside what open rounds may still sell.
    pub fn require_room(&self, shares: u64) -> Outcome<()> {
        let after = add(add(self.supply, self.offered)?, shares)?;
        require(
            after <= self.terms.supply_cap,
            TokenError::SupplyCapExceeded,
        )
    }

    /// Takes the mint's true supply over: bearers may burn their own tokens.
    pub(crate) fn observe_supply(&mut self, mint_supply: u64) -> Outcome<()> {
        require(mint_supply >= self.registered, TokenError::InvariantBroken)?;
        self.supply = mint_supply;
        Ok(())
    }

    /// What `shares` redeem for now. An asset with a bit in `forgone` pays nothing.
    /// Errors: `ZeroAmount`, `NothingToRedeem`.
    pub fn redemption(&self, shares: u64, forgone: u8) -> Outcome<Redemption> {
        require(shares > 0, TokenError::ZeroAmount)?;
        let tax = Bps::new(self.terms.cash_out_tax_bps)?;
        let mut redemption = Redemption::default();
        let mut any = false;
        let places = redemption.paid.iter_mut().zip(self.listed()?).enumerate();
        for (place, (paid, asset)) in places {
            if asset.reserve > 0 && !is_forgone(forgone, place) {
                let out = cash_out(
                    Atoms(asset.reserve),
                    Shares(shares),
                    Shares(self.supply),
                    tax,
                )?;
                *paid = out.0;
                any |= *paid > 0;
            }
        }
        require(any, TokenError::NothingToRedeem)?;
        Ok(redemption)
    }

    /// Takes a holder's shares out of the register. MUST run after [`Self::release`].
    pub(crate) fn unregister(&mut self, holder: &mut Holder, shares: u64) -> Outcome<()> {
        self.change(holder, |holder| holder.remove(shares))?;
        self.registered = sub(self.registered, shares, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Burns shares, whose holder gave them up before, and takes what they redeem
    /// for out of the reserve.
    pub(crate) fn redeem(&mut self, shares: u64, redemption: &Redemption) -> Outcome<()> {
        self.supply = sub(self.supply, shares, TokenError::InsufficientShares)?;
        for (asset, paid) in self.assets.iter_mut().zip(redemption.paid) {
            asset.reserve = sub(asset.reserve, paid, TokenError::InvariantBroken)?;
        }
        self.invariant()
    }

    /// Books money for holders that the vault of asset `place` receives: a part
    /// to the reserve, the rest into the stream. MUST run after `release`.
    pub(crate) fn pay_holders(
        &mut self,
        place: usize,
        amount: u64,
        now: i64,
    ) -> Outcome<(u64, u64)> {
        let parts = split(Atoms(amount), Bps::new(self.terms.reserve_bps)?)?;
        let drip = self.terms.drip_seconds;
        let asset = self.asset_mut(place)?;
        asset.reserve = add(asset.reserve, parts.reserve.0)?;
        asset.payouts = add(asset.payouts, parts.rest.0)?;
        let stream = usize::from(asset.stream);
        let stream = self
            .streams
            .get_mut(stream)
            .ok_or(TokenError::NotAPayoutMint)?;
        stream.pay(now, parts.rest, drip)?;
        Ok((parts.reserve.0, parts.rest.0))
    }

    /// Whether profits of exits go to the owner to invest again: a tie distributes.
    pub fn reinvests(&self) -> bool {
        self.reinvest_votes > self.distribute_votes
    }

    /// Registered shares never exceed supply, votes never exceed registered shares.
    pub(crate) fn invariant(&self) -> Outcome<()> {
        let votes = add(self.distribute_votes, self.reinvest_votes)?;
        require(
            self.registered <= self.supply && votes <= self.registered,
            TokenError::InvariantBroken,
        )
    }
}

/// Whether the asset at `place` has its bit in `forgone`.
pub(crate) fn is_forgone(forgone: u8, place: usize) -> bool {
    u32::try_from(place)
        .ok()
        .and_then(|place| forgone.checked_shr(place))
        .unwrap_or(0)
        & 1
        == 1
}
