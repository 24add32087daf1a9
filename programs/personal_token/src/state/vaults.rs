//! A token's vaults: listed assets, their counters, payout streams, redemption.

use {
    super::{
        Asset, Holder, MAX_ASSETS, MAX_STREAMS, NO_STREAM, PayoutStream, PersonalToken, PodU128,
        add, sub,
    },
    crate::{
        error::{ProgramResult, TokenError, require},
        events::{self, StreamEnded},
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Shares, cash_out, split},
};

/// Fewest decimals of a listed asset: new shares bring whole atoms, rounded up, which of a
/// coarser mint would be a fortune.
pub const MIN_DECIMALS: u8 = 4;

/// What a redemption does: computed before anything changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redemption {
    /// Atoms paid of each listed asset, in the order of the list.
    pub paid: [u64; MAX_ASSETS],
}

/// Where money for holders goes, in atoms of its mint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ForHolders {
    /// To the reserve.
    pub to_reserve: u64,
    /// To the stream.
    pub to_stream: u64,
    /// To the endowment: all of it while no share exists.
    pub to_endowment: u64,
}

impl PersonalToken {
    /// The streams in use.
    pub fn active_streams(&self) -> ProgramResult<&[PayoutStream]> {
        self.streams
            .get(..usize::from(self.stream_count))
            .ok_or(TokenError::InvariantBroken)
    }

    /// The listed assets.
    pub fn listed(&self) -> ProgramResult<&[Asset]> {
        self.assets
            .get(..usize::from(self.asset_count))
            .ok_or(TokenError::InvariantBroken)
    }

    /// Place of a listed mint.
    pub fn asset_of(&self, mint: &Pubkey) -> ProgramResult<usize> {
        self.listed()?
            .iter()
            .position(|asset| asset.mint == *mint)
            .ok_or(TokenError::AssetNotListed)
    }

    /// Place of the asset that a vault holds.
    pub fn vault_place(&self, vault: &Pubkey) -> ProgramResult<usize> {
        let mut listed = self.listed()?.iter();
        let place = listed.position(|asset| asset.vault == *vault);
        place.ok_or(TokenError::AssetNotListed)
    }

    /// The asset at a place.
    pub fn asset(&self, place: usize) -> ProgramResult<&Asset> {
        self.assets.get(place).ok_or(TokenError::AssetNotListed)
    }

    pub(crate) fn asset_mut(&mut self, place: usize) -> ProgramResult<&mut Asset> {
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

    /// Lists a mint. Errors: `AssetAlreadyListed`, `AssetListFull`, `TooFewDecimals`.
    pub(crate) fn list(&mut self, asset: Asset, payout: bool, now: i64) -> ProgramResult<i64> {
        require(asset.decimals >= MIN_DECIMALS, TokenError::TooFewDecimals)?;
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
        slot.stream = NO_STREAM;
        let mut payouts_from = 0;
        if payout {
            slot.stream = self.stream_count;
            // Whoever holds for others, an index above all, has to learn of it first.
            if !self.is_owners_alone(self.owner_shares) {
                payouts_from = self.after_notice(now)?;
            }
            let from = self
                .payouts_from
                .get_mut(usize::from(self.stream_count))
                .ok_or(TokenError::AssetListFull)?;
            *from = payouts_from;
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
        Ok(payouts_from)
    }

    /// Releases every stream up to now. MUST run before any registered share changes.
    pub(crate) fn release(&mut self, now: i64) -> ProgramResult<()> {
        self.changed_at = now;
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

    /// The token with every stream released up to unix second `now`, for quotes.
    pub fn released(mut self, now: i64) -> ProgramResult<PersonalToken> {
        self.release(now)?;
        Ok(self)
    }

    /// The last registered share left: what still streams goes to the reserve, as nobody
    /// could earn it.
    pub(super) fn end_streams(&mut self, key: &Pubkey) -> ProgramResult<()> {
        for place in 0..usize::from(self.stream_count) {
            let (asset, amount) = self.end_stream(place)?;
            if amount > 0 {
                let Asset { mint, reserve, .. } = *self.asset(asset)?;
                let header = self.own_header(key)?;
                events::log(&StreamEnded {
                    header,
                    mint,
                    amount,
                    reserve,
                });
            }
        }
        Ok(())
    }

    /// Moves what a stream has not released to the reserve of its asset. Returns the
    /// asset's place and the atoms.
    fn end_stream(&mut self, place: usize) -> ProgramResult<(usize, u64)> {
        let stream = self.streams.get_mut(place);
        let stream = stream.ok_or(TokenError::InvariantBroken)?;
        let (place, amount) = (usize::from(stream.asset), stream.end());
        let asset = self.asset_mut(place)?;
        asset.payouts = sub(asset.payouts, amount, TokenError::InvariantBroken)?;
        self.add_reserve(place, amount)?;
        Ok((place, amount))
    }

    /// These books at unix second `now` once `shares` of a holder have left, and before
    /// any of them is paid for: what quotes of a redemption start from. Errors:
    /// `InsufficientShares`.
    pub fn once_left(
        &self,
        holder: &Holder,
        shares: u64,
        now: i64,
    ) -> ProgramResult<PersonalToken> {
        require(
            shares <= holder.redeemable()?,
            TokenError::InsufficientShares,
        )?;
        let mut token = *self;
        token.release(now)?;
        let warmed = if holder.has_warmed(now) {
            holder.warm
        } else {
            0
        };
        let warming = sub(holder.warm, warmed, TokenError::InvariantBroken)?;
        let leaving = shares.saturating_sub(warming);
        let earning = add(token.registered, warmed)?;
        if leaving > 0 && earning == leaving {
            for place in 0..usize::from(token.stream_count) {
                token.end_stream(place)?;
            }
        }
        Ok(token)
    }

    /// The indexes of all streams now, for shares that start to earn.
    pub(crate) fn checkpoints(&self) -> [PodU128; MAX_STREAMS] {
        self.streams.map(|stream| stream.index)
    }

    /// What `holder` can collect of the stream at `place` at unix time `now`, in payout
    /// atoms, and what the stream has yet to release to all holders. Errors:
    /// `NotAPayoutMint`.
    pub fn dividend(
        &self,
        holder: &Holder,
        place: usize,
        now: i64,
    ) -> ProgramResult<(Atoms, Atoms)> {
        let stream = self
            .active_streams()?
            .get(place)
            .ok_or(TokenError::NotAPayoutMint)?;
        let mut plain = stream.plain();
        if plain.remaining > 0 {
            plain = plain.release(now, Shares(self.registered))?;
        }
        let collectable = holder.collectable(place, plain.index)?;
        Ok((collectable, Atoms(plain.remaining)))
    }

    /// Payments that wait for a round's close.
    pub(crate) fn hold_escrow(&mut self, paid: u64) -> ProgramResult<()> {
        let quote = self.quote_mut();
        quote.escrow = add(quote.escrow, paid)?;
        Ok(())
    }

    /// Payments that leave the escrow.
    pub(crate) fn free_escrow(&mut self, paid: u64) -> ProgramResult<()> {
        let quote = self.quote_mut();
        quote.escrow = sub(quote.escrow, paid, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Adds to the reserve of the asset at `place` and returns the reserve after it. While
    /// no share exists, what comes in is the owner's: it goes to the endowment, so that
    /// nobody can block the first round with a gift.
    pub(crate) fn add_reserve(&mut self, place: usize, amount: u64) -> ProgramResult<u64> {
        let unowned = self.supply == 0;
        let asset = self.asset_mut(place)?;
        let books = if unowned {
            &mut asset.endowment
        } else {
            &mut asset.reserve
        };
        *books = add(*books, amount)?;
        Ok(asset.reserve)
    }

    /// Adds to the endowment of the asset at `place` and returns the endowment after it.
    pub(crate) fn endow(&mut self, place: usize, amount: u64) -> ProgramResult<u64> {
        let asset = self.asset_mut(place)?;
        asset.endowment = add(asset.endowment, amount)?;
        Ok(asset.endowment)
    }

    /// Takes `amount` out of the endowment of the asset at `place` for the owner and
    /// returns the endowment after it. `balance` is what its vault holds. Errors:
    /// `VaultShort`, `EndowmentLocked`.
    pub(crate) fn take_endowment(
        &mut self,
        place: usize,
        amount: u64,
        balance: u64,
    ) -> ProgramResult<u64> {
        let asset = self.asset_mut(place)?;
        require(balance >= asset.booked()?, TokenError::VaultShort)?;
        require(amount <= asset.unlocked()?, TokenError::EndowmentLocked)?;
        asset.endowment = sub(asset.endowment, amount, TokenError::InvariantBroken)?;
        Ok(asset.endowment)
    }

    /// Notes at unix second `now` whether the state shows that the asset at `place`
    /// cannot move. Returns since when it is noted so; 0 if it moves. Errors:
    /// `NothingToChange`.
    pub(crate) fn note_immovable(
        &mut self,
        place: usize,
        immovable: bool,
        now: i64,
    ) -> ProgramResult<i64> {
        let asset = self.asset_mut(place)?;
        let noted = asset.immovable_at != 0;
        require(noted != immovable, TokenError::NothingToChange)?;
        asset.immovable_at = if immovable { now } else { 0 };
        Ok(asset.immovable_at)
    }

    /// Whether the asset at `place` need not be brought by new shares if it is proven to
    /// be immovable now: a poll exempted it, and it was noted so a notice ago.
    pub fn is_exempted(&self, place: usize, now: i64) -> ProgramResult<bool> {
        let since = self.asset(place)?.immovable_at;
        let noted = since != 0 && now >= self.after_notice(since)?;
        Ok(noted && is_forgone(self.exempt, place))
    }

    /// Takes a collected dividend out of the books of the stream's asset.
    pub(crate) fn pay_dividend(&mut self, place: usize, amount: u64) -> ProgramResult<u64> {
        let asset = self.asset_mut(place)?;
        asset.payouts = sub(asset.payouts, amount, TokenError::InvariantBroken)?;
        Ok(asset.payouts)
    }

    /// What `shares` redeem for now, in a wind-down without tax. An asset with a bit in
    /// `forgone` pays nothing.
    /// Errors: `ZeroAmount`, `NothingToRedeem`.
    pub fn redemption(&self, shares: u64, forgone: u8) -> ProgramResult<Redemption> {
        let redemption = self.share_out(shares, forgone)?;
        let any = redemption != Redemption::default();
        require(any, TokenError::NothingToRedeem)?;
        Ok(redemption)
    }

    /// The same, which may be nothing. Errors: `ZeroAmount`.
    pub fn share_out(&self, shares: u64, forgone: u8) -> ProgramResult<Redemption> {
        require(shares > 0, TokenError::ZeroAmount)?;
        let tax = self.cash_out_tax()?;
        let mut redemption = Redemption::default();
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
            }
        }
        Ok(redemption)
    }

    /// Books the vault of the asset at `place` as empty: nobody is left to whom it owes.
    pub(crate) fn write_off_vault(&mut self, place: usize) -> ProgramResult<()> {
        let asset = self.asset_mut(place)?;
        asset.endowment = 0;
        asset.locked = 0;
        asset.payouts = 0;
        Ok(())
    }

    /// Burns shares, whose holder gave them up before, and takes what they redeem
    /// for out of the reserve.
    pub(crate) fn redeem(&mut self, shares: u64, redemption: &Redemption) -> ProgramResult<()> {
        self.supply = sub(self.supply, shares, TokenError::InsufficientShares)?;
        for (asset, paid) in self.assets.iter_mut().zip(redemption.paid) {
            asset.reserve = sub(asset.reserve, paid, TokenError::InvariantBroken)?;
        }
        self.invariant()
    }

    /// What shares that are no more had earned of the stream at `place`, in Q64.64 payout
    /// atoms, streams again to those that are left; into the reserve if none is. MUST run
    /// after `release`, and after they were taken out.
    pub(crate) fn stream_again(
        &mut self,
        place: usize,
        earned: u128,
        now: i64,
    ) -> ProgramResult<()> {
        if earned == 0 {
            return Ok(());
        }
        let (alone, drip) = (self.earning() == 0, self.terms.drip_seconds);
        let stream = self.streams.get_mut(place);
        let stream = stream.ok_or(TokenError::NotAPayoutMint)?;
        let atoms = stream.take_back(earned)?;
        if !alone {
            return stream.pay_again(now, atoms, drip);
        }
        let asset = usize::from(stream.asset);
        self.pay_dividend(asset, atoms.0)?;
        self.add_reserve(asset, atoms.0)?;
        Ok(())
    }

    /// Where `amount` for holders goes, in atoms of its mint: a part to the reserve, rounded
    /// up, the rest into the stream; all to the reserve while nothing is registered, and to
    /// the endowment while no share exists.
    pub fn for_holders(&self, amount: u64) -> ProgramResult<ForHolders> {
        if self.supply == 0 {
            return Ok(ForHolders {
                to_endowment: amount,
                ..ForHolders::default()
            });
        }
        let bps = if self.registered == 0 {
            Bps::ONE
        } else {
            Bps::new(self.terms.reserve_bps)?
        };
        let parts = split(Atoms(amount), bps)?;
        Ok(ForHolders {
            to_reserve: parts.reserve.0,
            to_stream: parts.rest.0,
            to_endowment: 0,
        })
    }

    /// Refuses while the asset at `place` takes no payments for holders yet. Errors:
    /// `AssetNotListed`, `NotAPayoutMint`, `NoticePending`.
    pub fn require_payouts(&self, place: usize, now: i64) -> ProgramResult<()> {
        let stream = usize::from(self.asset(place)?.stream);
        let from = self.payouts_from.get(stream);
        let from = from.ok_or(TokenError::NotAPayoutMint)?;
        require(now >= *from, TokenError::NoticePending)
    }

    /// Books money for holders that the vault of asset `place` receives. Returns where it
    /// went. MUST run after `release`.
    pub(crate) fn pay_holders(
        &mut self,
        place: usize,
        amount: u64,
        now: i64,
    ) -> ProgramResult<ForHolders> {
        let parts = self.for_holders(amount)?;
        let drip = self.terms.drip_seconds;
        self.require_payouts(place, now)?;
        let asset = self.asset_mut(place)?;
        asset.endowment = add(asset.endowment, parts.to_endowment)?;
        asset.reserve = add(asset.reserve, parts.to_reserve)?;
        asset.payouts = add(asset.payouts, parts.to_stream)?;
        let stream = usize::from(asset.stream);
        let stream = self
            .streams
            .get_mut(stream)
            .ok_or(TokenError::NotAPayoutMint)?;
        stream.pay(now, Atoms(parts.to_stream), drip)?;
        Ok(parts)
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
