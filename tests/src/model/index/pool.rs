//! Shares of an index in and out, in one transaction, and what people's tokens pay.

use {
    super::{
        super::{Model, Predicted, require},
        shares::at_most,
        tell,
    },
    upside_sdk::{
        Pubkey,
        index::{ContributeArgs, IndexError, Kind, RedeemArgs, Status, find_shares},
    },
};

impl Model {
    /// A wallet gives of everything held for new shares.
    ///
    /// # Errors
    /// `DeadlinePassed`, `Slippage`, those of the computation and of each movement.
    pub fn contribute_to_index(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        args: &ContributeArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            require(now <= args.deadline, IndexError::DeadlinePassed)?;
            it.require_running()?;
            model.prepare(it, wallet)?;
            it.require_fresh(now)?;
            let what = it.contribution(args.shares)?;
            at_most(&what.amounts, &it.bounds(&args.most)?)?;
            it.contribute(&what, now)?;
            tell!(
                it,
                SharesBought {
                    wallet: *wallet,
                    minted: what.minted,
                    fee: what.fee,
                    supply: it.supply,
                    pending_fee_shares: it.pending_fee,
                }
            );
            for (slot, atoms) in (0u8..).zip(what.amounts) {
                if atoms > 0 {
                    model.prove(it, slot, wallet)?;
                    model.bring_in(it, slot, wallet, atoms)?;
                }
            }
            model.mint_shares(it, wallet, what.minted);
            Ok(())
        })
    }

    /// A wallet burns shares for its part of everything held.
    ///
    /// # Errors
    /// `DeadlinePassed`, `NotLaunched`, `Slippage`, those of the computation and of each
    /// movement.
    pub fn redeem_from_index(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        args: &RedeemArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            require(now <= args.deadline, IndexError::DeadlinePassed)?;
            require(it.status != Status::Seeding, IndexError::NotLaunched)?;
            model.prepare(it, wallet)?;
            if !args.allow_stale {
                it.require_fresh(now)?;
            }
            let what = it.redemption(args.shares)?;
            at_most(&it.bounds(&args.least)?, &what.amounts)?;
            let held: Vec<u8> = it.held().map(|(slot, _)| slot).collect();
            it.redeem(args.shares, &what)?;
            it.tell_redeemed(wallet, args.shares, &what, Pubkey::default());
            model.burn(wallet, &find_shares(index).0, args.shares)?;
            for slot in held {
                model.prove(it, slot, wallet)?;
                let atoms = what.amounts[usize::from(slot)];
                if atoms > 0 {
                    model.pay_out(it, slot, wallet, atoms)?;
                }
            }
            Ok(())
        })
    }

    /// Anybody has pending fee shares minted.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `NothingToCollect`.
    pub fn collect_fees(&mut self, index: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let recipient = it.fee_recipient;
            model.prepare(it, &recipient)?;
            let shares = it.collect_fees()?;
            tell!(
                it,
                FeesCollected {
                    recipient,
                    shares,
                    supply: it.supply
                }
            );
            model.mint_shares(it, &recipient, shares);
            Ok(())
        })
    }

    /// Whole atoms that a token's stream in `mint` would pay a wallet now.
    ///
    /// # Errors
    /// `Missing`.
    pub fn dividend(&self, token: &Pubkey, wallet: &Pubkey, mint: &Pubkey) -> Predicted<u64> {
        let mut then = self.clone();
        let Some(stream) = self.stream_of(token, mint)? else {
            return Ok(0);
        };
        then.touch(token, wallet)?;
        Ok(then.holder(token, wallet)?.payable(stream))
    }

    /// Place of the stream of a listed payout mint.
    fn stream_of(&self, token: &Pubkey, mint: &Pubkey) -> Predicted<Option<usize>> {
        let mut assets = self.token(token)?.assets.iter();
        let asset = assets.find(|asset| asset.mint == *mint);
        Ok(asset.and_then(|asset| asset.stream).map(usize::from))
    }

    /// Anybody has the index claim what a person's token pays it in `mint`, which must
    /// be its cash; without a mint it only notes that nothing is left. It is noted too
    /// where no other cash of the index waits there.
    ///
    /// # Errors
    /// `NotAConstituent`, `WrongKind`, `NothingToCollect`.
    pub fn harvest(&mut self, index: &Pubkey, slot: u8, mint: Option<&Pubkey>) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            let personal = it.slot(slot)?.kind == Kind::Personal;
            require(personal, IndexError::WrongKind)?;
            let token = it.slot(slot)?.key;
            let cash = mint.map(|mint| it.slot_of(mint)).transpose()?;
            let amount = match mint {
                Some(mint) => model.dividend(&token, index, mint)?,
                None => 0,
            };
            let mut complete = true;
            for (_, other) in it.used().filter(|(_, slot)| slot.kind == Kind::Cash) {
                if mint != Some(&other.key) {
                    complete &= model.dividend(&token, index, &other.key)? == 0;
                }
            }
            require(amount > 0 || complete, IndexError::NothingToCollect)?;
            let to_members = match cash {
                Some(cash) => it.share_out(cash, amount, now)?,
                None => 0,
            };
            if complete {
                let harvested = &mut it.slot_mut(slot)?.harvested_at;
                *harvested = now.max(*harvested);
            }
            tell!(
                it,
                Harvested {
                    token,
                    mint: mint.copied().unwrap_or_default(),
                    amount,
                    to_members,
                    complete: u64::from(complete),
                }
            );
            match mint {
                Some(mint) if amount > 0 => model.claim_dividend(&token, index, mint),
                _ => Ok(()),
            }
        })
    }
}
