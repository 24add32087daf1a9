//! Assets, the reserve, revenue, dividends and redemption.

use {
    crate::model::{
        Asset, Checks, Model, Predicted, Stream,
        number::{BPS, ceil, fit, floor},
        require,
    },
    upside_sdk::{
        Pubkey, TokenError,
        index::{find_shares, find_tickets},
        state::RedeemArgs,
    },
};

/// What `burned` of `supply` shares take out of a reserve: their part of it, less the
/// tax, which those who stay keep.
pub fn cash_out(reserve: u64, burned: u64, supply: u64, tax_bps: u16) -> u64 {
    let part = floor(reserve, burned, supply);
    let tax = ceil(part.clone(), tax_bps, BPS);
    let tax = ceil(tax, supply - burned, supply);
    fit(part - tax).expect("at most the reserve")
}

impl Model {
    /// Whether a mint is shares of a person or of an index.
    pub fn is_shares(&self, mint: &Pubkey) -> bool {
        let person = self.tokens.values().any(|token| token.mint == *mint);
        let mut indexes = self.indexes.keys();
        let shares = indexes.any(|key| find_shares(key).0 == *mint);
        let mut all = self.indexes.iter();
        let tickets = all.any(|(key, it)| (0..it.wraps).any(|at| find_tickets(key, at).0 == *mint));
        person || shares || tickets
    }

    /// The owner lists a mint, for good.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `CircularMint`, `AssetAlreadyListed`, `AssetListFull`.
    pub fn add_asset(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        mint: &Pubkey,
        payout: bool,
    ) -> Predicted {
        let now = self.now;
        let alone = self.token(token).is_ok() && self.is_owners_alone(token)?;
        let ours = self.is_shares(mint);
        let it = self.token_mut(token)?;
        let streams = it.streams.len();
        let full = it.assets.len() == 8 || (payout && streams == 4);
        Checks::new()
            .all(it.signed_by(signer, now))
            .all(it.require_active())
            .require(!ours, TokenError::CircularMint)
            .require(it.place_of(mint).is_err(), TokenError::AssetAlreadyListed)
            .require(!full, TokenError::AssetListFull)
            .end()?;
        let mut asset = Asset {
            mint: *mint,
            ..Asset::default()
        };
        if payout {
            asset.stream = u8::try_from(streams).ok();
            let notice = i64::from(it.terms.notice_seconds);
            it.streams.push(Stream {
                asset: it.assets.len() as u8,
                opens_at: if alone { 0 } else { now + notice },
                ..Stream::default()
            });
        }
        it.assets.push(asset);
        it.report();
        self.open_account(token, mint);
        Ok(())
    }

    /// Anybody gives to the reserve.
    ///
    /// # Errors
    /// `ZeroAmount`, `AssetNotListed`, `WrongTokenAccount`, `InsufficientFunds`,
    /// `Overflow`.
    pub fn deposit_reserve(
        &mut self,
        token: &Pubkey,
        giver: &Pubkey,
        mint: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        require(atoms > 0, TokenError::ZeroAmount)?;
        let it = self.token_mut(token)?;
        let place = it.place_of(mint)?;
        let may = place == 0 || it.owner == *giver;
        require(may, TokenError::OwnerOnlyAsset)?;
        it.add_reserve(place, atoms)?;
        it.report();
        self.pay(giver, token, mint, atoms)
    }

    /// Anybody adds to the owner's endowment.
    ///
    /// # Errors
    /// `ZeroAmount`, `AssetNotListed`, `WrongTokenAccount`, `InsufficientFunds`,
    /// `Overflow`.
    pub fn deposit_endowment(
        &mut self,
        token: &Pubkey,
        giver: &Pubkey,
        mint: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        require(atoms > 0, TokenError::ZeroAmount)?;
        let it = self.token_mut(token)?;
        let place = it.place_of(mint)?;
        let endowment = it.assets[place].endowment.checked_add(atoms);
        it.assets[place].endowment = endowment.ok_or(TokenError::Overflow)?;
        it.report();
        self.pay(giver, token, mint, atoms)
    }

    /// The owner takes what nothing locks out of the endowment.
    ///
    /// # Errors
    /// `ZeroAmount`, `NotOwner`, `AssetNotListed`, `WrongTokenAccount`, `VaultShort`,
    /// `EndowmentLocked`.
    pub fn withdraw_endowment(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        mint: &Pubkey,
        atoms: u64,
    ) -> Predicted {
        let (now, has) = (self.now, self.balance(token, mint));
        let account = self.require_account(signer, mint);
        let it = self.token_mut(token)?;
        Checks::new()
            .require(atoms > 0, TokenError::ZeroAmount)
            .all(it.signed_by(signer, now))
            .all(account)
            .end()?;
        let place = it.place_of(mint)?;
        let asset = &mut it.assets[place];
        require(has >= asset.booked(), TokenError::VaultShort)?;
        let free = asset.endowment - asset.locked;
        require(atoms <= free, TokenError::EndowmentLocked)?;
        asset.endowment -= atoms;
        it.report();
        self.pay(token, signer, mint, atoms)
    }

    /// The owner, in a wind-down anybody, books what a vault has beyond its books.
    ///
    /// # Errors
    /// `NotOwner`, `AssetNotListed`, `NothingToSync`, `Overflow`.
    pub fn book_surplus(&mut self, token: &Pubkey, signer: &Pubkey, mint: &Pubkey) -> Predicted {
        let now = self.now;
        self.require_vault(token, mint)?;
        let it = self.token_mut(token)?;
        if !it.wound_up {
            it.signed_by(signer, now)?;
        }
        let place = it.place_of(mint)?;
        self.move_surplus(token, place, mint)
    }

    /// The vault of a mint may have been closed, once all was over.
    pub(crate) fn require_vault(&self, token: &Pubkey, mint: &Pubkey) -> Predicted {
        let there = self.accounts.contains_key(&(*token, *mint));
        require(there, TokenError::WrongTokenAccount)
    }

    /// What the vault of an asset has beyond its books goes to the reserve.
    pub(crate) fn move_surplus(
        &mut self,
        token: &Pubkey,
        place: usize,
        mint: &Pubkey,
    ) -> Predicted {
        let held = self.balance(token, mint);
        let it = self.token_mut(token)?;
        let found = held.saturating_sub(it.assets[place].booked());
        require(found > 0, TokenError::NothingToSync)?;
        it.add_reserve(place, found)?;
        it.report();
        Ok(())
    }

    /// What a vault lacks is lost: first what the owner endowed, then the reserve.
    ///
    /// # Errors
    /// `AssetNotListed`, `NothingToSync`.
    pub fn book_loss(&mut self, token: &Pubkey, mint: &Pubkey) -> Predicted {
        let held = self.balance(token, mint);
        let it = self.token_mut(token)?;
        let place = it.place_of(mint)?;
        let asset = &mut it.assets[place];
        let missing = asset.booked().saturating_sub(held);
        let endowed = missing.min(asset.endowment);
        let lost = (missing - endowed).min(asset.reserve);
        require(endowed + lost > 0, TokenError::NothingToSync)?;
        asset.endowment -= endowed;
        asset.locked = asset.locked.min(asset.endowment);
        asset.reserve -= lost;
        it.report();
        Ok(())
    }

    /// Anybody notes whether an asset can move.
    ///
    /// # Errors
    /// `AssetNotListed`, `NothingToChange`.
    pub fn note_immovable(&mut self, token: &Pubkey, mint: &Pubkey, immovable: bool) -> Predicted {
        let now = self.now;
        let vault = self.require_vault(token, mint);
        let it = self.token_mut(token)?;
        let place = it.place_of(mint)?;
        vault?;
        let noted = it.assets[place].immovable_at != 0;
        require(noted != immovable, TokenError::NothingToChange)?;
        it.assets[place].immovable_at = if immovable { now } else { 0 };
        it.report();
        Ok(())
    }

    /// Burns what somebody sent to the register, and sees what bearers burned.
    ///
    /// # Errors
    /// `NothingToSync`.
    pub fn sync_share_custody(&mut self, token: &Pubkey) -> Predicted {
        let (mint, before) = (self.token(token)?.mint, self.token(token)?.supply);
        let unasked = self.balance(token, &mint) - self.in_custody(token);
        self.burn(token, &mint, unasked)?;
        self.observe_supply(token)?;
        let it = self.token_mut(token)?;
        it.report();
        require(it.supply != before, TokenError::NothingToSync)
    }

    /// A holder burns registered shares against the reserve; while there are estates for a
    /// receipt, which is asked for or not.
    ///
    /// # Errors
    /// `Missing`, `InsufficientShares`, `ReceiptRequired`, and those of any redemption.
    pub fn redeem(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        args: &RedeemArgs,
        receipt: bool,
    ) -> Predicted {
        self.holder(token, wallet)?;
        let mint = self.token(token)?.mint;
        let mut checks = self.redemption_checks(token, args);
        self.touch(token, wallet)?;
        let holder = self.holder(token, wallet)?;
        let most = u128::from(holder.shares - holder.locked) + u128::from(holder.warm);
        let enough = u128::from(args.shares) <= most;
        checks
            .require(enough, TokenError::InsufficientShares)
            .end()?;
        self.observe_supply(token)?;
        // Those that wait go first: they earn nothing yet. Those that passes lock go last,
        // and end the passes.
        let holder = self.holder_mut(token, wallet)?;
        let waiting = args.shares.min(holder.warm);
        holder.give_warm(waiting);
        let rest = args.shares - waiting;
        if rest > holder.free() {
            holder.pass_locked = 0;
            holder.pass_epoch += 1;
        }
        holder.give(rest)?;
        if rest > 0 {
            self.last_left(token)?;
        }
        let estates = self.token(token)?.estates > 0;
        Checks::new()
            .all(self.pay_redemption(token, wallet, args))
            .require(receipt || !estates, TokenError::ReceiptRequired)
            .require(estates || !receipt, TokenError::AssetAccountsMismatch)
            .end()?;
        self.burn(token, &mint, args.shares)?;
        if receipt {
            self.give_receipt(token, wallet, args.shares)?;
        }
        Ok(())
    }

    /// Anybody burns bearer tokens out of their wallet against the reserve.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `InsufficientShares`, and those of any redemption.
    pub fn redeem_bearer(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        args: &RedeemArgs,
    ) -> Predicted {
        let mint = self.token(token)?.mint;
        let mut checks = self.redemption_checks(token, args);
        let has = self.balance(wallet, &mint);
        checks
            .all(self.require_account(wallet, &mint))
            .require(args.shares <= has, TokenError::InsufficientShares)
            .require(self.token(token)?.estates == 0, TokenError::ReceiptRequired)
            .end()?;
        self.observe_supply(token)?;
        self.pay_redemption(token, wallet, args)?;
        self.burn(wallet, &mint, args.shares)
    }

    pub(crate) fn redemption_checks(&self, token: &Pubkey, args: &RedeemArgs) -> Checks {
        let listed = self.tokens[token].assets.len() as u32;
        let known = u32::from(args.forgone) >> listed == 0;
        let mut checks = Checks::new();
        checks
            .require(self.now <= args.deadline, TokenError::DeadlinePassed)
            .require(known, TokenError::AssetAccountsMismatch)
            .require(args.shares > 0, TokenError::ZeroAmount);
        checks
    }

    /// Pays the part of every asset that is not forgone. The shares are burned after it.
    pub(crate) fn pay_redemption(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        args: &RedeemArgs,
    ) -> Predicted {
        let it = self.token(token)?.clone();
        // A wind-down is no time to tax those who leave.
        let tax = if it.wound_up {
            0
        } else {
            it.terms.cash_out_tax_bps
        };
        let forgone = |place: usize| args.forgone >> place & 1 == 1;
        let mut paid = [0; 8];
        for (place, asset) in it.assets.iter().enumerate() {
            if !forgone(place) {
                paid[place] = cash_out(asset.reserve, args.shares, it.supply, tax);
            }
        }
        // Estates may be all that is left.
        let any = it.estates > 0 || paid.iter().any(|atoms| *atoms > 0);
        require(any, TokenError::NothingToRedeem)?;
        let enough = paid
            .iter()
            .zip(args.min_out)
            .all(|(paid, least)| *paid >= least);
        require(enough, TokenError::Slippage)?;
        let after = self.token_mut(token)?;
        after.report();
        after.supply -= args.shares;
        for (asset, paid) in after.assets.iter_mut().zip(paid) {
            asset.reserve -= paid;
        }
        for (place, asset) in it.assets.iter().enumerate() {
            if !forgone(place) {
                self.require_account(wallet, &asset.mint)?;
                self.pay(token, wallet, &asset.mint, paid[place])?;
            }
        }
        Ok(())
    }
}
