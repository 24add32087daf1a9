//! What passes, and what it then does.

use {
    super::{Poll, auction, change::is_against_holders},
    crate::model::{Model, Predicted, Reason, claim::ClaimStatus, evidence::Seat, require},
    upside_sdk::{Pubkey, TokenError, state::Change},
};

impl Model {
    /// Whether a poll passes where so many are eligible now.
    pub(crate) fn passes(&self, token: &Pubkey, number: u64, eligible: u64) -> Predicted {
        let poll = self.poll(token, number)?;
        let (yes, no) = self.counted(token, number);
        let (yes, no) = (u128::from(yes), u128::from(no));
        if poll.against_holders {
            let whole = u128::from(poll.eligible.max(eligible));
            let terms = self.token(token)?.terms.poll_threshold_bps;
            let threshold = u128::from(poll.threshold.max(terms));
            let enough = whole > 0 && yes * 10_000 >= threshold * whole;
            require(enough, TokenError::PollNotPassed)?;
            return require(no * 10 < whole, TokenError::PollObjected);
        }
        let part = match poll.change {
            Change::Floor(_) | Change::Dissolve => 2_500,
            _ => 1_000,
        };
        let (whole, supply) = (u128::from(poll.eligible), u128::from(poll.supply));
        let enough = whole > 0 && yes * 3 >= whole * 2 && yes * 10_000 >= supply * part;
        require(enough, TokenError::PollNotPassed)
    }

    /// Anybody applies a poll that passed; the owner alone if nobody else has shares.
    ///
    /// # Errors
    /// `Missing`, `PollNotOpen`, `PollLapsed`, `PollNotPassed`, `PollObjected`,
    /// `NoticePending`, `PollStale`, and those of the change.
    pub fn apply_poll(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let change = self.poll(token, number)?.change;
        if let Some(claim) = change.claim() {
            self.claim(token, claim)?;
        }
        if change.needs_attesters() {
            self.attesters.get(token).ok_or(Reason::Missing)?;
        }
        let owns = self.token(token)?.owner == *by;
        if owns {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        let poll = self.require_open(token, number)?;
        if owns && self.is_owners_alone(token)? {
            let bids = self.bids.keys().any(|(of, ..)| of == token);
            let notice = poll.notice.max(self.token(token)?.terms.notice_seconds);
            let over = now >= poll.put_at + i64::from(notice);
            require(
                over || !(bids && poll.against_holders),
                TokenError::NoticePending,
            )?;
        } else {
            self.passes(token, number, self.eligible(token))?;
            if poll.against_holders {
                require(poll.passed_at != 0, TokenError::PollNotPassed)?;
                let notice = poll.notice.max(self.token(token)?.terms.notice_seconds);
                let over = now >= poll.passed_at + i64::from(notice);
                require(over, TokenError::NoticePending)?;
            }
        }
        let (before, terms) = self.check_change(token, &change)?;
        let against = is_against_holders(&change, &self.token(token)?.terms);
        require(against == poll.against_holders, TokenError::PollStale)?;
        match change {
            Change::RevenueTerms {
                claim,
                share_bps,
                total,
                ends_at,
            } => {
                let claim = self.claim_mut(token, claim)?;
                claim.share_bps = share_bps;
                claim.total = total;
                claim.ends_at = ends_at;
                claim.due = claim.due.min(total);
                claim.due_last = claim.due_last.min(claim.due);
                claim.updated_at = now;
            }
            Change::RevenueEnd(claim) => {
                let claim = self.claim_mut(token, claim)?;
                claim.status = ClaimStatus::Closed;
                claim.updated_at = now;
            }
            Change::DisputeClaim(claim) => self.claim_mut(token, claim)?.disputed_by_holders = true,
            Change::ResolveClaim(claim) => {
                self.claim_mut(token, claim)?.disputed_by_holders = false;
            }
            Change::AcceptAttester(key) => {
                let list = self.attesters.get_mut(token).ok_or(Reason::Missing)?;
                let free = list.seats.iter_mut().find(|seat| seat.is_none());
                *free.ok_or(TokenError::AttesterListFull)? = Some(Seat {
                    key,
                    since: now,
                    origin: 1,
                    successor: None,
                });
            }
            Change::RemoveAttester(key) => {
                let list = self.attesters.get_mut(token).ok_or(Reason::Missing)?;
                for seat in &mut list.seats {
                    if seat.is_some_and(|seat| seat.key == key) {
                        *seat = None;
                    }
                }
            }
            Change::Auction { claim, .. } => {
                let terms = auction(&change).expect("it is an auction");
                let starts_at = now + i64::from(self.token(token)?.terms.notice_seconds);
                let claim = self.claim_mut(token, claim)?;
                claim.announce(&terms, before.0, starts_at, number + 1);
                self.token_mut(token)?.report();
            }
            Change::BookSurplus(place) => {
                let place = usize::from(place);
                let mint = self.token(token)?.assets[place].mint;
                self.move_surplus(token, place, &mint)?;
            }
            _ => {}
        }
        let it = self.token_mut(token)?;
        if let Change::Exempt(place) = change {
            it.exempt.insert(place);
        }
        it.terms = terms;
        it.note_royalty();
        it.terms_version += 1;
        it.open_polls[poll.place] = None;
        if change == Change::Dissolve {
            it.wound_up = true;
            it.wound_up_at = now;
            it.open_polls = [None; 4];
        }
        it.report();
        let applied = Poll {
            before,
            applied_at: Some(now),
            ..poll
        };
        self.polls.insert((*token, number), applied);
        Ok(())
    }
}
