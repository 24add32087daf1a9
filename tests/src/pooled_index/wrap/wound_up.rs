//! The index's shares of persons who were wound up.

use {
    crate::model::index::{PooledIndex, report, require},
    crate::model::{Model, Predicted, Reason, grant::GrantState, money::cash_out, number::floor64},
    upside_sdk::{
        Pubkey,
        index::{IndexError, SlotKind},
        state::RedeemArgs,
    },
};

impl Model {
    /// Whether nothing more comes into the reserve of a person in wind-down.
    fn all_in(&self, token: &Pubkey, it: &PooledIndex, shares: u64) -> Predicted {
        let person = self.token(token)?;
        let closed = |holds: bool| require(holds, IndexError::ClaimsOpen);
        closed(person.assets.iter().all(|asset| asset.endowment == 0))?;
        let streams = person.streams.iter();
        let mut streams = streams.filter(|stream| stream.remaining > 0);
        closed(streams.all(|stream| self.now >= stream.end))?;
        for ((of, _), claim) in &self.claims {
            let over = of != token || !claim.is_open() || claim.estate > 0;
            closed(over)?;
        }
        let until = self.vests_until(token);
        for ((of, _), grant) in &self.grants {
            let unvested = grant.state != GrantState::Offered && grant.vested(until) < grant.shares;
            closed(of != token || !unvested)?;
        }
        for asset in &person.assets {
            if cash_out(asset.reserve, shares, person.supply, 0) > 0 {
                let slot = it.slot_of(&asset.mint);
                closed(self.balance(token, &asset.mint) <= asset.booked())?;
                slot.map_err(|_| IndexError::NoSlotForAsset)?;
            }
        }
        Ok(())
    }

    /// Anybody redeems the index's shares of a person in wind-down.
    ///
    /// # Errors
    /// `WrongKind`, `NotWoundUp`, `NothingToWrap`, `DividendsDue`, `ClaimsOpen`,
    /// `NoSlotForAsset`, those of the redemption.
    pub fn redeem_wound_up(&mut self, index: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            let constituent = it.slot(slot)?.clone();
            let personal = constituent.kind == SlotKind::Personal;
            require(personal, IndexError::WrongKind)?;
            let (token, shares) = (constituent.key, constituent.counter);
            let person = model.token(&token)?.clone();
            require(person.wound_up, IndexError::NotWoundUp)?;
            require(shares > 0, IndexError::NothingToWrap)?;
            model.require_nothing_due(it, &token)?;
            model.all_in(&token, it, shares)?;

            let mut forgone = 0;
            for (place, asset) in person.assets.iter().enumerate() {
                if cash_out(asset.reserve, shares, person.supply, 0) == 0 {
                    forgone |= 1 << place;
                }
            }
            let args = RedeemArgs {
                shares,
                min_out: [0; 8],
                forgone,
                deadline: i64::MAX,
            };
            let balances = |model: &Model| {
                let assets = person.assets.iter();
                assets
                    .map(|asset| model.balance(index, &asset.mint))
                    .collect::<Vec<u64>>()
            };
            let before = balances(model);
            model.redeem(&token, index, &args, person.estates > 0)?;
            it.slot_mut(slot)?.counter -= shares;
            let mut paid = [0; 8];
            for (place, after) in balances(model).into_iter().enumerate() {
                paid[place] = after - before[place];
                if paid[place] > 0 {
                    let slot = it.slot_of(&person.assets[place].mint)?;
                    it.slot_mut(slot)?.receive(paid[place], model.now)?;
                }
            }
            report!(
                it,
                WoundUpRedeemed {
                    place: u64::from(slot),
                    token,
                    shares,
                    paid
                }
            );
            Ok(())
        })
    }

    /// Anybody collects the index's part of the custody of a person who was wound up.
    ///
    /// # Errors
    /// `Missing`, `NothingToCollect`, `AmountTooSmall`, `NoSlotForAsset`.
    pub fn collect_wound_up(
        &mut self,
        index: &Pubkey,
        token: &Pubkey,
        number: u64,
        receipt: u64,
    ) -> Predicted {
        self.at(index, |model, it| {
            let claim = model.claims.get(&(*token, number)).ok_or(Reason::Missing)?;
            let mine = model.receipts.get(&(*token, *index, receipt));
            let mine = mine.ok_or(Reason::Missing)?.clone();
            let estate = claim.estate.checked_sub(1);
            let due = estate.is_some_and(|it| it < mine.estates && !mine.taken.contains(&it));
            require(due, IndexError::NothingToCollect)?;
            let person = model.token(token)?;
            let all = person.supply + person.receipted - claim.estate_from - claim.estate_collected;
            let units = floor64(claim.held(), mine.shares, all).expect("a part");
            let product = u128::from(claim.held()) * u128::from(mine.shares);
            let exact = u128::from(units) * u128::from(all) == product;
            require(exact || units >= 1_000, IndexError::AmountTooSmall)?;
            let mint = claim.mint;
            let slot = it.slot_of(&mint).map_err(|_| IndexError::NoSlotForAsset)?;
            it.slot_mut(slot)?.receive(units, model.now)?;
            report!(
                it,
                WoundUpCollected {
                    token: *token,
                    claim: number,
                    place: u64::from(slot),
                    units
                }
            );
            model.collect_estate(token, number, (index, receipt))
        })
    }
}
