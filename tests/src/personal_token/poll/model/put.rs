//! Who may put a poll, and where it goes.

use {
    super::{
        LIFE, Poll,
        change::{auction, is_against_holders, is_relaxed},
    },
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError, state::Change},
};

impl Model {
    /// Whether nobody but the owner has shares or is buying any.
    pub fn is_owners_alone(&self, token: &Pubkey) -> Predicted<bool> {
        let it = self.token(token)?;
        let owned = self.owner_shares(token);
        let offered = self.tally(token).offered;
        Ok(it.supply == owned && offered == 0 && it.assets[0].escrow == 0)
    }

    /// Where a poll of this change by this wallet goes.
    fn place_for(&self, token: &Pubkey, change: &Change, by: &Pubkey) -> Predicted<usize> {
        let (it, now) = (self.token(token)?, self.now);
        let over = |number: u64| now > self.polls[&(*token, number)].lapses_at;
        let owns = it.owner == *by;
        if owns {
            let relaxed = is_relaxed(change, &it.terms) && !self.is_owners_alone(token)?;
            require(!relaxed, TokenError::PollNotNeeded)?;
        } else {
            let cap = matches!(change, Change::SupplyCap(_)) && is_relaxed(change, &it.terms);
            require(!cap, TokenError::PollNotNeeded)?;
            self.holder(token, by)?;
            let diary = self.diary(token, by);
            let (held, all) = (diary.least_since(now), self.eligible(token));
            let enough = all > 0 && u128::from(held) * 100 >= u128::from(all);
            require(enough, TokenError::TooFewToPut)?;
            let open = diary.put.checked_sub(1);
            let open = open.filter(|number| self.is_open(token, *number));
            require(open.is_none_or(over), TokenError::PollPut)?;
        }
        let places = match (change, owns) {
            (Change::Dissolve, _) => 0..1,
            (_, true) => 1..2,
            (_, false) => 2..4,
        };
        let mut free = places.filter(|place| it.open_polls[*place].is_none_or(over));
        free.next().ok_or(TokenError::PollPlaceTaken.into())
    }

    /// The owner, or a wallet with a hundredth of the eligible shares, puts a poll.
    ///
    /// # Errors
    /// `Missing`, those of the place and of the change, `PollWhileEscrow`.
    pub fn put_poll(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        change: &Change,
        document: [u8; 32],
    ) -> Predicted {
        let now = self.now;
        if let Some(claim) = change.claim() {
            self.claim(token, claim)?;
        }
        if change.needs_attesters() {
            self.attesters.get(token).ok_or(Reason::Missing)?;
        }
        let owns = self.token(token)?.owner == *by;
        if owns {
            self.token_mut(token)?.signed_by(by, now)?;
        } else {
            self.holder(token, by)?;
        }
        let place = self.place_for(token, change, by)?;
        let (before, _) = self.check_change(token, change)?;
        let it = self.token(token)?;
        let against_holders = is_against_holders(change, &it.terms);
        let escrow = self.escrows(token);
        require(!against_holders || !escrow, TokenError::PollWhileEscrow)?;
        let poll = Poll {
            change: *change,
            document,
            place,
            put_by: *by,
            owner: it.owner,
            rent_payer: self.payer,
            before,
            against_holders,
            eligible: self.eligible(token),
            supply: it.supply,
            threshold: it.terms.poll_threshold_bps,
            notice: it.terms.notice_seconds,
            put_at: now,
            lapses_at: now + i64::from(it.terms.notice_seconds) + LIFE,
            passed_at: 0,
            applied_at: None,
        };
        let it = self.token_mut(token)?;
        let number = it.polls_put;
        it.polls_put += 1;
        it.open_polls[place] = Some(number);
        it.report();
        if auction(change).is_some() {
            it.report();
        }
        self.polls.insert((*token, number), poll);
        if !owns {
            let diary = self.diaries.get_mut(&(*token, *by));
            diary.expect("every holder has one").put = number + 1;
        }
        Ok(())
    }
}
