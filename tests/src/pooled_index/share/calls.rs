//! Shares of an index in and out, in one transaction, and what people's tokens pay.

use {
    crate::model::index::{
        report,
        shares::{at_least, within},
    },
    crate::model::{Model, Predicted, require},
    upside_sdk::{
        Pubkey,
        index::{ContributeArgs, IndexError, IndexStatus, RedeemArgs, SlotKind, find_shares},
    },
};

impl Model {
    /// A wallet gives of everything held and due for new shares.
    ///
    /// # Errors
    /// `DeadlinePassed`, `SlotNotNamed`, `Slippage`, those of the computation and of each movement.
    pub fn contribute_to_index(
        &mut self,
        index: &Pubkey,
        wallet: &Pubkey,
        args: &ContributeArgs,
    ) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            require(now <= args.deadline, IndexError::DeadlinePassed)?;
            it.require_running(model.now)?;
            model.prepare(it, wallet)?;
            let dues = model.dues(it)?;
            let what = it.contribution(args.shares, &dues, it.parameters.entry_fee_bps)?;
            within(&what.amounts, &args.most)?;
            let enough = what.minted >= args.least_shares;
            require(enough, IndexError::Slippage)?;
            it.contribute(&what, now)?;
            report!(
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
            require(it.status != IndexStatus::Seeding, IndexError::NotLaunched)?;
            model.prepare(it, wallet)?;
            let what = it.redemption(args.shares)?;
            at_least(&what.amounts, &args.least)?;
            let held: Vec<u8> = it.held().map(|(slot, _)| slot).collect();
            it.redeem(args.shares, &what)?;
            it.report_redeemed(wallet, args.shares, &what, Pubkey::default());
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

    /// Anybody has pending fee shares minted, to every recipient their portion rounded down,
    /// and what is left to the first.
    ///
    /// # Errors
    /// `WrongTokenAccount`, `NothingToCollect`.
    pub fn collect_fees(&mut self, index: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let recipients = it.recipients.clone();
            for recipient in &recipients {
                model.prepare(it, &recipient.key)?;
            }
            let shares = it.collect_fees()?;
            let mut portions: Vec<u64> = recipients
                .iter()
                .map(|it| (u128::from(shares) * u128::from(it.portion_bps) / 10_000) as u64)
                .collect();
            portions[0] += shares - portions.iter().sum::<u64>();
            for (recipient, shares) in recipients.iter().zip(portions) {
                if shares == 0 {
                    continue;
                }
                model.mint_shares(it, &recipient.key, shares);
                report!(
                    it,
                    FeesCollected {
                        recipient: recipient.key,
                        shares,
                        supply: it.supply
                    }
                );
            }
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
    /// be a coin; without a mint it only notes that nothing is left. It is noted too
    /// where no other coin of the index waits there.
    ///
    /// # Errors
    /// `NotACoin`, `WrongKind`, `NothingToCollect`.
    pub fn harvest(&mut self, index: &Pubkey, slot: u8, mint: Option<&Pubkey>) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            let personal = it.slot(slot)?.kind == SlotKind::Personal;
            require(personal, IndexError::WrongKind)?;
            let token = it.slot(slot)?.key;
            let coin = mint.map(|mint| it.coin_of(mint)).transpose()?;
            if let Some(coin) = coin {
                require(it.is_collected(coin), IndexError::NotACoin)?;
            }
            let (mut amount, mut complete) = (0, true);
            for due in model.due(it, &token)?.iter().filter(|due| due.atoms > 0) {
                if coin == Some(due.coin) {
                    amount = due.atoms;
                    let harvests = &mut it.slot_mut(slot)?.harvests[due.stream];
                    *harvests = harvests.wrapping_add(1);
                } else {
                    complete &= !it.is_collected(due.coin);
                }
            }
            require(amount > 0 || complete, IndexError::NothingToCollect)?;
            let to_members = match coin {
                Some(coin) => it.share_out(it.books[coin].slot, amount, now)?,
                None => 0,
            };
            if complete {
                let harvested = &mut it.slot_mut(slot)?.harvested_at;
                *harvested = now.max(*harvested);
            }
            report!(
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
                Some(mint) if amount > 0 => model.collect_dividend(&token, index, mint),
                _ => Ok(()),
            }
        })
    }
}
