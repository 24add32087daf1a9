//! What holders are paid, and what they collect.

use {
    crate::model::{
        Checks, Model, Predicted,
        number::{BPS, ceil64},
        require,
    },
    upside_sdk::{Pubkey, TokenError},
};

impl Model {
    /// Money for holders, which the vault of the asset at `place` receives: a part to
    /// the reserve, the rest into the stream.
    ///
    /// # Errors
    /// `Overflow`.
    pub fn pay_holders(&mut self, token: &Pubkey, place: usize, atoms: u64) -> Predicted {
        self.release(token)?;
        let (now, nobody) = (self.now, self.registered(token) == 0);
        let it = self.token_mut(token)?;
        let stream = it.assets[place].stream.ok_or(TokenError::NotAPayoutMint)?;
        let open = now >= it.streams[usize::from(stream)].opens_at;
        require(open, TokenError::NoticePending)?;
        let part = ceil64(atoms, u64::from(it.terms.reserve_bps), BPS).expect("a part");
        let to_reserve = if nobody { atoms } else { part };
        it.add_reserve(place, to_reserve)?;
        let asset = &mut it.assets[place];
        let payouts = asset.payouts.checked_add(atoms - to_reserve);
        asset.payouts = payouts.ok_or(TokenError::Overflow)?;
        let drip = it.terms.drip_seconds;
        it.streams[usize::from(stream)].pay(now, atoms - to_reserve, drip)
    }
    /// A holder takes what one stream has released to them.
    ///
    /// # Errors
    /// `Missing`, `NotHolder`, `AssetNotListed`, `NotAPayoutMint`, `WrongTokenAccount`,
    /// `NothingToCollect`.
    pub fn collect_dividend(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        mint: &Pubkey,
    ) -> Predicted {
        self.pay_dividend(token, wallet, wallet, mint)
    }
    /// What one stream has released to a wallet's shares goes to somebody's account.
    pub(crate) fn pay_dividend(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        to: &Pubkey,
        mint: &Pubkey,
    ) -> Predicted {
        self.holder(token, wallet)?;
        let it = self.token(token)?;
        let place = it.place_of(mint)?;
        let stream = it.assets[place].stream;
        Checks::new()
            .require(stream.is_some(), TokenError::NotAPayoutMint)
            .all(self.require_account(to, mint))
            .end()?;
        let stream = usize::from(stream.unwrap_or_default());
        self.touch(token, wallet)?;
        let holder = self.holder_mut(token, wallet)?;
        let atoms = holder.payable(stream);
        require(atoms > 0, TokenError::NothingToCollect)?;
        holder.earnings[stream].owed -= u128::from(atoms) << 64;
        let it = self.token_mut(token)?;
        it.assets[place].payouts -= atoms;
        it.report();
        self.pay(token, to, mint, atoms)
    }
}
