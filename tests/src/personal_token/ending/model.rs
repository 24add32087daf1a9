//! How a token ends: custody that a wind-down shares out, and accounts that nothing
//! needs any more.

use {
    crate::model::{
        Checks, Model, Place, Predicted, Reason,
        claim::{ClaimKind, ClaimStatus},
        number::floor64,
        require,
        round::RoundStatus,
    },
    std::collections::BTreeSet,
    upside_sdk::{Pubkey, TokenError, address::find_claim},
};

/// Most claims with custody, and so most estates, of a token.
pub(crate) const MOST: u64 = 256;
/// How long the endowment waits in a wind-down.
const YEAR: i64 = 365 * 86_400;

/// Shares that were redeemed in a wind-down, and what they took of estates.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Receipt {
    /// Share atoms.
    pub shares: u64,
    /// Estates that were open then.
    pub estates: u64,
    /// Those of which it took its part.
    pub taken: BTreeSet<u64>,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

impl Model {
    /// Anybody makes a wind-down share custody out that no reserve can take.
    ///
    /// # Errors
    /// `Missing`, `NotWoundUp`, `WrongClaimKind`, `ClaimNotOpen`, `AssetAlreadyListed`,
    /// `UnitsExceedHeld`.
    pub fn open_estate(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        claim
            .checks(ClaimKind::Tokenized)
            .require(it.wound_up, TokenError::NotWoundUp)
            .require(
                it.place_of(&claim.mint).is_err(),
                TokenError::AssetAlreadyListed,
            )
            .require(claim.held() > 0, TokenError::UnitsExceedHeld)
            .end()?;
        it.estates += 1;
        it.report();
        claim.estate = it.estates;
        claim.estate_from = it.receipted;
        claim.after(now, ClaimStatus::Closed);
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Whoever redeems registered shares while there are estates gets a receipt.
    pub(crate) fn give_receipt(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        shares: u64,
    ) -> Predicted {
        let rent_payer = self.payer;
        let holder = self.holder_mut(token, wallet)?;
        let number = holder.receipts;
        holder.receipts += 1;
        let it = self.token_mut(token)?;
        it.receipted += shares;
        it.report();
        let receipt = Receipt {
            shares,
            estates: it.estates,
            taken: BTreeSet::new(),
            rent_payer,
        };
        self.receipts.insert((*token, *wallet, number), receipt);
        Ok(())
    }

    /// A receipt takes its part of an estate: of what is left, its part of all shares that
    /// have not taken theirs.
    ///
    /// # Errors
    /// `Missing`, `NotAnEstate`, `NothingToCollect`, `WrongTokenAccount`, `VaultShort`.
    pub fn collect_estate(
        &mut self,
        token: &Pubkey,
        number: u64,
        (wallet, receipt): (&Pubkey, u64),
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let place = (*token, *wallet, receipt);
        let mut mine = self.receipts.get(&place).cloned().ok_or(Reason::Missing)?;
        let custody = find_claim(token, number).0;
        let it = self.token(token)?;
        let estate = claim.estate.checked_sub(1);
        let due = estate.is_some_and(|it| it < mine.estates && !mine.taken.contains(&it));
        Checks::new()
            .require(estate.is_some(), TokenError::NotAnEstate)
            .require(due, TokenError::NothingToCollect)
            .all(self.require_account(&custody, &claim.mint))
            .all(self.require_account(wallet, &claim.mint))
            .end()?;
        // Those that exist, and those whose receipts wait.
        let all = it.supply + it.receipted - claim.estate_from - claim.estate_collected;
        let units = floor64(claim.held(), mine.shares, all).expect("a part");
        mine.taken.extend(estate);
        claim.estate_collected += mine.shares;
        claim.released += units;
        claim.after(now, ClaimStatus::Closed);
        if claim.held() == 0 {
            claim.cost = 0;
        }
        let mint = claim.mint;
        self.claims.insert((*token, number), claim);
        let it = self.token_mut(token)?;
        it.report();
        if (0..mine.estates).all(|estate| mine.taken.contains(&estate)) {
            it.report();
            self.receipts.remove(&place);
        } else {
            self.receipts.insert(place, mine);
        }
        self.pay(&custody, wallet, &mint, units)
    }

    /// A year after a wind-down began, what the owner left in an endowment is everybody's.
    ///
    /// # Errors
    /// `NothingToRedeem`, `NotWoundUp`, `NoticePending`, `AssetNotListed`, `ZeroAmount`.
    pub fn join_endowment(&mut self, token: &Pubkey, place: u8) -> Predicted {
        let now = self.now;
        let it = self.token_mut(token)?;
        Checks::new()
            .require(it.supply > 0, TokenError::NothingToRedeem)
            .require(it.wound_up, TokenError::NotWoundUp)
            .require(now >= it.wound_up_at + YEAR, TokenError::NoticePending)
            .end()?;
        let Some(asset) = it.assets.get_mut(usize::from(place)) else {
            // Of a place that is not in use nothing is endowed.
            let known = if place < 8 {
                TokenError::ZeroAmount
            } else {
                TokenError::AssetNotListed
            };
            return Err(known.into());
        };
        let free = asset.endowment - asset.locked;
        require(free > 0, TokenError::ZeroAmount)?;
        asset.endowment -= free;
        asset.reserve += free;
        it.report();
        Ok(())
    }

    /// An account that nothing needs any more is closed.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `NotOver`, `NotWoundUp`.
    pub fn close_ended(&mut self, token: &Pubkey, by: &Pubkey, place: Place) -> Predicted {
        let now = self.now;
        let it = self.token(token)?;
        let (wound_up, empty) = (it.wound_up, it.supply == 0);
        let mut ended = Checks::new();
        ended
            .require(wound_up, TokenError::NotWoundUp)
            .require(empty, TokenError::NotOver);
        match place {
            Place::Round(_, number) => {
                let round = self.round(token, number)?;
                let over = match round.status {
                    RoundStatus::Failed => round.refunded == round.raised,
                    RoundStatus::Settled => round.uncollected == 0,
                    RoundStatus::Open | RoundStatus::Succeeded => false,
                };
                Checks::new()
                    .require(over, TokenError::NotOver)
                    .all(self.signed_by_tidier(token, by))
                    .end()?;
                self.rounds.remove(&(*token, number));
            }
            Place::Product(_, number) => {
                let product = self.products.get(&(*token, number));
                let open = product.ok_or(Reason::Missing)?.open;
                let mut given = self.passes.keys();
                let passes = given.any(|(whose, of, _)| (whose, *of) == (token, number));
                let over = (wound_up || !open) && !passes;
                Checks::new()
                    .require(over, TokenError::NotOver)
                    .all(self.signed_by_tidier(token, by))
                    .end()?;
                self.products.remove(&(*token, number));
            }
            Place::Contribution(_, number, wallet) => {
                let there = self.contributions.contains_key(&(*token, number, wallet));
                require(there, Reason::Missing)?;
                // Of a round that is gone nobody has anything to get.
                let over = self
                    .rounds
                    .get(&(*token, number))
                    .is_none_or(|round| round.status == RoundStatus::Settled && !round.escrows());
                require(over, TokenError::NotOver)?;
                self.contributions.remove(&(*token, number, wallet));
            }
            Place::Approval(_, from, to) => {
                let key = (*token, from, to);
                let approval = self.approvals.get(&key).ok_or(Reason::Missing)?;
                let over = wound_up || now > approval.expires_at;
                require(over, TokenError::NotOver)?;
                self.approvals.remove(&key);
            }
            Place::Naming(_) => {
                require(self.naming.contains_key(token), Reason::Missing)?;
                ended.end()?;
                self.naming.remove(token);
            }
            _ => {
                require(self.attesters.contains_key(token), Reason::Missing)?;
                ended.end()?;
                self.attesters.remove(token);
            }
        }
        self.token_mut(token)?.report();
        Ok(())
    }

    /// At the end of a wind-down a vault, or the share custody, is closed; what is left in
    /// it is the owner's.
    ///
    /// # Errors
    /// `NotWoundUp`, `NotOver`, `WrongTokenAccount`, `Missing` where it is gone.
    pub fn close_vault(&mut self, token: &Pubkey, mint: &Pubkey, rest: bool) -> Predicted {
        let tally = self.tally(token);
        let it = self.token(token)?;
        let nobody = tally.holders == 0 && tally.open_rounds == 0;
        let (owner, shares) = (it.owner, it.mint);
        let left = self.accounts.get(&(*token, *mint)).copied();
        let mut checks = Checks::new();
        checks
            .require(it.wound_up, TokenError::NotWoundUp)
            .require(it.supply == 0 && nobody, TokenError::NotOver)
            .require(left.is_some(), TokenError::WrongTokenAccount)
            .require(left.is_some(), TokenError::WrongAccount);
        if *mint != shares {
            let asset = it.assets[it.place_of(mint)?];
            let waits = asset.reserve > 0 || asset.escrow > 0 || asset.bids > 0;
            checks.require(!waits, TokenError::NotOver);
        }
        if rest {
            checks.all(self.require_account(&owner, mint));
        }
        let left = left.unwrap_or(0);
        checks
            .require(left == 0 || rest, TokenError::NotOver)
            .end()?;
        let it = self.token_mut(token)?;
        it.report();
        if *mint != shares {
            let place = it.place_of(mint)?;
            let asset = &mut it.assets[place];
            (asset.endowment, asset.locked, asset.payouts) = (0, 0, 0);
        }
        self.pay(token, &owner, mint, left)?;
        self.accounts.remove(&(*token, *mint));
        Ok(())
    }
}
