//! Polls: what may be asked, what shares weigh, and what passes.
//!
//! What shares weigh is told from a diary of every holder: each time that the shares
//! changed, and to what. The weight in a poll is the least that stands there from before
//! the second of the put on; tallies are sums over all holders.

use {
    super::{Model, Predicted, Reason, claim::ClaimKind, require, token::check_terms},
    upside_sdk::{
        Pubkey, TokenError,
        state::{Answer, Change, TermsArgs},
    },
};

/// Seconds after a notice in which a poll lapses.
const LIFE: i64 = 30 * 86_400;

/// A question to the holders, or the record of one that was applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Poll {
    /// What it changes.
    pub change: Change,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// Its place among the open ones.
    pub place: usize,
    /// Who put it.
    pub put_by: Pubkey,
    /// Who owned the token then.
    pub owner: Pubkey,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
    /// Numbers that it replaces.
    pub before: Numbers,
    /// Whether it was against holders when it was put.
    pub against_holders: bool,
    /// Eligible share atoms when it was put.
    pub eligible: u64,
    /// All share atoms then.
    pub supply: u64,
    /// The threshold then.
    pub threshold: u16,
    /// The notice then.
    pub notice: u32,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// Since when it passes, unix seconds; 0 while it does not.
    pub passed_at: i64,
    /// When it was applied, unix seconds.
    pub applied_at: Option<i64>,
}

/// What a holder's shares weigh in a poll, and what they said.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// The poll's number plus one.
    pub seq: u64,
    /// The least that was held since before the put.
    pub weight: u64,
    /// For or against; `None` for nothing.
    pub says: Option<bool>,
}

/// A holder's history.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Diary {
    /// Polls that had been put when the account was opened.
    pub born: u64,
    /// Number plus one of the last poll that the wallet put.
    pub put: u64,
    /// When the shares changed, and to what.
    pub held: Vec<(i64, u64)>,
    /// Marks by place.
    pub marks: [Mark; 4],
}

impl Diary {
    /// The least that was held since before unix second `since`.
    pub fn least_since(&self, since: i64) -> u64 {
        let mut before = self.held.iter().filter(|(at, _)| *at < since);
        let before = before.next_back().map_or(0, |(_, held)| *held);
        let later = self.held.iter().filter(|(at, _)| *at >= since);
        later.fold(before, |least, (_, held)| least.min(*held))
    }

    /// The last second in which the shares changed; 0 for never.
    pub fn moved_at(&self) -> i64 {
        self.held.last().map_or(0, |(at, _)| *at)
    }
}

/// The numbers of a change: value, end and share.
pub type Numbers = (u64, i64, u16);

/// A change's place in the list of changes, and its new numbers.
pub fn numbers(change: &Change) -> (u8, Numbers) {
    let (kind, value) = match *change {
        Change::SupplyCap(value) => (0, value),
        Change::Room(bps) => (1, bps.into()),
        Change::CashOutTax(bps) => (2, bps.into()),
        Change::Royalty(bps) => (3, bps.into()),
        Change::ReserveShare(bps) => (4, bps.into()),
        Change::Drip(seconds) => (5, seconds.into()),
        Change::RevenueTerms {
            share_bps,
            total,
            ends_at,
            ..
        } => return (6, (total, ends_at, share_bps)),
        Change::RevenueEnd(_) => (7, 1),
        Change::AcceptAttester(_) => (8, 1),
        Change::Exempt(_) => (9, 1),
        Change::Threshold(bps) => (10, bps.into()),
        Change::Notice(seconds) => (11, seconds.into()),
        Change::Inactivity(seconds) => (12, seconds.into()),
        Change::LossLimit(atoms) => (13, atoms),
        Change::ResolveClaim(_) => (14, 0),
        Change::Floor(value) => (15, value),
        Change::RemoveAttester(_) => (16, 0),
        Change::DisputeClaim(_) => (17, 1),
        Change::Dissolve => (18, 1),
    };
    (kind, (value, 0, 0))
}

/// The claim or the place of the asset that a change is about.
pub fn about(change: &Change) -> u64 {
    match *change {
        Change::Exempt(place) => place.into(),
        _ => change.claim().unwrap_or(0),
    }
}

/// Whether a change may take something from holders.
fn is_against_holders(change: &Change, terms: &TermsArgs) -> bool {
    match *change {
        Change::CashOutTax(bps) => bps >= terms.cash_out_tax_bps,
        Change::Royalty(bps) => bps >= terms.royalty_bps,
        Change::RemoveAttester(_)
        | Change::DisputeClaim(_)
        | Change::Floor(_)
        | Change::Dissolve => false,
        _ => true,
    }
}

/// Whether the owner makes it alone.
fn is_eased(change: &Change, terms: &TermsArgs) -> bool {
    match *change {
        Change::SupplyCap(cap) => cap < terms.supply_cap,
        Change::CashOutTax(bps) => bps < terms.cash_out_tax_bps,
        Change::Royalty(bps) => bps < terms.royalty_bps,
        Change::Floor(_) => true,
        _ => false,
    }
}

impl Model {
    fn poll(&self, token: &Pubkey, number: u64) -> Predicted<Poll> {
        let poll = self.polls.get(&(*token, number));
        poll.copied().ok_or(Reason::Missing.into())
    }

    /// A holder's diary.
    pub fn diary(&self, token: &Pubkey, wallet: &Pubkey) -> Diary {
        let known = self.diaries.get(&(*token, *wallet));
        known.cloned().unwrap_or_default()
    }

    /// Share atoms of the owner's holder account.
    pub fn owner_shares(&self, token: &Pubkey) -> u64 {
        let owner = self.tokens[token].owner;
        self.holder(token, &owner).map_or(0, |own| own.shares)
    }

    /// Share atoms that polls count on.
    pub fn eligible(&self, token: &Pubkey) -> u64 {
        self.tokens[token].supply - self.owner_shares(token)
    }

    /// The number of the open poll at a place.
    pub fn open_at(&self, token: &Pubkey, place: usize) -> Option<u64> {
        self.tokens[token].open_polls[place]
    }

    fn is_open(&self, token: &Pubkey, number: u64) -> bool {
        self.tokens[token].open_polls.contains(&Some(number))
    }

    /// Share atoms for and against a poll.
    pub fn counted(&self, token: &Pubkey, number: u64) -> (u64, u64) {
        let (mut yes, mut no) = (0, 0);
        for ((of, _), diary) in &self.diaries {
            let marks = diary.marks.iter().filter(|mark| mark.seq == number + 1);
            for mark in marks.filter(|_| of == token) {
                match mark.says {
                    Some(true) => yes += mark.weight,
                    Some(false) => no += mark.weight,
                    None => {}
                }
            }
        }
        (yes, no)
    }

    /// Whether a poll passes where so many are eligible now.
    fn passes(&self, token: &Pubkey, number: u64, eligible: u64) -> Predicted {
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

    /// Marks what a holder weighs in every open poll, from the diary so far.
    fn mark(&mut self, token: &Pubkey, wallet: &Pubkey, open: [Option<u64>; 4]) {
        let mut diary = self.diary(token, wallet);
        for (place, number) in open.into_iter().enumerate() {
            let Some(number) = number else { continue };
            if diary.marks[place].seq != number + 1 {
                let poll = self.polls[&(*token, number)];
                let weighs = diary.born <= number;
                diary.marks[place] = Mark {
                    seq: number + 1,
                    weight: if weighs {
                        diary.least_since(poll.put_at)
                    } else {
                        0
                    },
                    says: None,
                };
            }
        }
        self.diaries.insert((*token, *wallet), diary);
    }

    /// Cuts a holder's marks in open polls to at most so much.
    fn cut(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        open: [Option<u64>; 4],
        most: u64,
        eligible: u64,
    ) {
        for (place, number) in open.into_iter().enumerate() {
            let Some(number) = number else { continue };
            let key = (*token, *wallet);
            let mark = &mut self.diaries.get_mut(&key).expect("it was marked").marks[place];
            let lost = mark.says == Some(true) && most < mark.weight;
            mark.weight = mark.weight.min(most);
            let against = self.polls[&(*token, number)].against_holders;
            if lost && against && self.passes(token, number, eligible).is_err() {
                let poll = self.polls.get_mut(&(*token, number)).expect("it is open");
                poll.passed_at = 0;
            }
        }
    }

    /// Writes into the diaries what a call did to holders' shares, since the state `old`.
    pub fn note_shares(&mut self, old: &Model) {
        let now = self.now;
        let gone = self
            .diaries
            .keys()
            .filter(|key| !self.holders.contains_key(key));
        for key in gone.copied().collect::<Vec<_>>() {
            self.diaries.remove(&key);
        }
        for key in self.holders.keys().copied().collect::<Vec<_>>() {
            let (token, wallet) = key;
            let (before, after) = (old.holders.get(&key), self.holders[&key].shares);
            let born = self.tokens[&token].polls_put;
            if before.is_none() {
                let diary = Diary {
                    born,
                    ..Diary::default()
                };
                self.diaries.insert(key, diary);
            }
            let before = before.map_or(0, |holder| holder.shares);
            if before == after {
                continue;
            }
            let open = self.tokens[&token].open_polls;
            self.mark(&token, &wallet, open);
            let diary = self.diaries.get_mut(&key).expect("it was marked");
            diary.held.push((now, after));
            // As the program saw it: shares that are burned were still there.
            let was = &old.tokens[&token];
            let supply = match was.supply == self.tokens[&token].supply {
                true => was.supply,
                false => old.mints[&was.mint].supply,
            };
            let eligible = supply - old.owner_shares(&token);
            if after < before {
                self.cut(&token, &wallet, open, after, eligible);
            }
        }
    }

    /// The numbers that a change replaces.
    fn present(&self, token: &Pubkey, change: &Change) -> Predicted<Numbers> {
        let it = self.token(token)?;
        let terms = &it.terms;
        let disputed = |claim| -> Predicted<u64> {
            let claim = self.claim(token, claim)?;
            Ok(u64::from(claim.disputed_by_holders))
        };
        let accepted = |key: &Pubkey| -> Predicted<u64> {
            let list = self.attesters.get(token).ok_or(Reason::Missing)?;
            Ok(u64::from(list.contains(key)))
        };
        let value = match *change {
            Change::SupplyCap(_) => terms.supply_cap,
            Change::Room(_) => terms.room_bps.into(),
            Change::CashOutTax(_) => terms.cash_out_tax_bps.into(),
            Change::Royalty(_) => terms.royalty_bps.into(),
            Change::ReserveShare(_) => terms.reserve_bps.into(),
            Change::Drip(_) => terms.drip_seconds.into(),
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                return Ok((claim.total, claim.ends_at, claim.share_bps));
            }
            Change::RevenueEnd(claim) => u64::from(!self.claim(token, claim)?.is_open()),
            Change::AcceptAttester(key) | Change::RemoveAttester(key) => accepted(&key)?,
            Change::Exempt(place) => u64::from(it.exempt.contains(&place)),
            Change::Threshold(_) => terms.poll_threshold_bps.into(),
            Change::Notice(_) => terms.notice_seconds.into(),
            Change::Inactivity(_) => terms.inactivity_seconds.into(),
            Change::LossLimit(_) => terms.loss_limit,
            Change::ResolveClaim(claim) | Change::DisputeClaim(claim) => disputed(claim)?,
            Change::Floor(_) => terms.floor,
            Change::Dissolve => it.wound_up.into(),
        };
        Ok((value, 0, 0))
    }

    /// Whether a change may be put and applied now. Returns what it replaces and the terms
    /// after it.
    fn check_change(&self, token: &Pubkey, change: &Change) -> Predicted<(Numbers, TermsArgs)> {
        let it = self.token(token)?;
        it.require_active()?;
        let (before, (_, after)) = (self.present(token, change)?, numbers(change));
        require(before != after, TokenError::NothingToChange)?;
        let mut terms = it.terms;
        match *change {
            Change::SupplyCap(cap) => terms.supply_cap = cap,
            Change::Room(bps) => terms.room_bps = bps,
            Change::CashOutTax(bps) => terms.cash_out_tax_bps = bps,
            Change::Royalty(bps) => terms.royalty_bps = bps,
            Change::ReserveShare(bps) => terms.reserve_bps = bps,
            Change::Drip(seconds) => terms.drip_seconds = seconds,
            Change::Threshold(bps) => terms.poll_threshold_bps = bps,
            Change::Notice(seconds) => terms.notice_seconds = seconds,
            Change::Inactivity(seconds) => terms.inactivity_seconds = seconds,
            Change::LossLimit(atoms) => terms.loss_limit = atoms,
            Change::Floor(floor) => {
                require(floor < terms.floor, TokenError::FloorOnlyFalls)?;
                terms.floor = floor;
            }
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                claim.checks(ClaimKind::Revenue).end()?;
                let (total, ends_at, share) = after;
                let part = (1..=10_000).contains(&share);
                let fits = part && total > claim.received && ends_at > self.now;
                require(fits, TokenError::InvalidClaim)?;
                super::claim::require_near(ends_at, self.now)?;
            }
            Change::RevenueEnd(claim) => {
                let claim = self.claim(token, claim)?;
                claim.checks(ClaimKind::Revenue).end()?;
            }
            Change::DisputeClaim(claim) => {
                let open = self.claim(token, claim)?.is_open();
                require(open, TokenError::ClaimNotOpen)?;
            }
            Change::ResolveClaim(claim) => {
                let by_poll = self.claim(token, claim)?.disputed_by_holders;
                require(by_poll, TokenError::NotDisputed)?;
            }
            Change::Exempt(place) => {
                let asset = it.assets.get(usize::from(place));
                let asset = asset.ok_or(TokenError::AssetNotListed)?;
                require(asset.immovable_at != 0, TokenError::AssetMoves)?;
            }
            Change::AcceptAttester(key) => {
                let named = key != Pubkey::default() && key != it.owner;
                require(named, TokenError::InvalidAttester)?;
            }
            Change::RemoveAttester(_) | Change::Dissolve => {}
        }
        check_terms(&terms)?;
        let taken = u128::from(it.supply) + u128::from(self.tally(token).offered);
        let room = taken <= u128::from(terms.supply_cap);
        require(room, TokenError::SupplyCapExceeded)?;
        Ok((before, terms))
    }

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
            let eased = is_eased(change, &it.terms) && !self.is_owners_alone(token)?;
            require(!eased, TokenError::PollNotNeeded)?;
        } else {
            let cap = matches!(change, Change::SupplyCap(_)) && is_eased(change, &it.terms);
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
        if change.attester().is_some() {
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
        it.tell();
        self.polls.insert((*token, number), poll);
        if !owns {
            let diary = self.diaries.get_mut(&(*token, *by));
            diary.expect("every holder has one").put = number + 1;
        }
        Ok(())
    }

    /// Whether an escrow round is open.
    fn escrows(&self, token: &Pubkey) -> bool {
        let mut rounds = self.rounds.range((*token, 0)..=(*token, u64::MAX));
        rounds.any(|(_, round)| round.escrows() && round.status == super::round::RoundStatus::Open)
    }

    fn require_open(&self, token: &Pubkey, number: u64) -> Predicted<Poll> {
        let poll = self.poll(token, number)?;
        let open = self.is_open(token, number);
        require(open, TokenError::PollNotOpen)?;
        require(self.now <= poll.lapses_at, TokenError::PollLapsed)?;
        Ok(poll)
    }

    /// A holder answers.
    ///
    /// # Errors
    /// `Missing`, `PollNotOpen`, `PollLapsed`, `OwnerCannotVote`, `SharesTooNew`,
    /// `NotAnswered`.
    pub fn answer_poll(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        number: u64,
        answer: Answer,
    ) -> Predicted {
        let now = self.now;
        self.holder(token, wallet)?;
        self.poll(token, number)?;
        let poll = self.require_open(token, number)?;
        let owner = self.token(token)?.owner;
        let owns = *wallet == owner || *wallet == poll.owner;
        require(!owns, TokenError::OwnerCannotVote)?;
        let open = self.token(token)?.open_polls;
        self.mark(token, wallet, open);
        let diary = self.diaries.get_mut(&(*token, *wallet));
        let mark = &mut diary.expect("it was marked").marks[poll.place];
        let says = match answer {
            Answer::For => Some(true),
            Answer::Against => Some(false),
            Answer::Withdraw => None,
        };
        if says.is_none() {
            let answered = mark.says.is_some() && mark.weight > 0;
            require(answered, TokenError::NotAnswered)?;
        } else {
            require(mark.weight > 0, TokenError::SharesTooNew)?;
        }
        mark.says = says;
        let passed = self.passes(token, number, self.eligible(token)).is_ok();
        let poll = self.polls.get_mut(&(*token, number)).expect("it is open");
        if !passed {
            poll.passed_at = 0;
        } else if poll.against_holders && poll.passed_at == 0 {
            poll.passed_at = now;
        }
        self.token_mut(token)?.tell();
        Ok(())
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
        if change.attester().is_some() {
            self.attesters.get(token).ok_or(Reason::Missing)?;
        }
        let owns = self.token(token)?.owner == *by;
        if owns {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        let poll = self.require_open(token, number)?;
        if !(owns && self.is_owners_alone(token)?) {
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
                claim.status = super::claim::ClaimStatus::Closed;
                claim.updated_at = now;
            }
            Change::DisputeClaim(claim) => self.claim_mut(token, claim)?.disputed_by_holders = true,
            Change::ResolveClaim(claim) => {
                self.claim_mut(token, claim)?.disputed_by_holders = false;
            }
            Change::AcceptAttester(key) => {
                let list = self.attesters.get_mut(token).ok_or(Reason::Missing)?;
                let free = list.seats.iter_mut().find(|seat| seat.is_none());
                *free.ok_or(TokenError::AttesterListFull)? = Some(super::evidence::Seat {
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
        it.tell();
        let applied = Poll {
            before,
            applied_at: Some(now),
            ..poll
        };
        self.polls.insert((*token, number), applied);
        Ok(())
    }

    /// Who put a poll takes it back; of the owner's place the owner.
    ///
    /// # Errors
    /// `Missing`, `PollNotOpen`, `NotPutter`, `PollAnswered`.
    pub fn cancel_poll(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let poll = self.poll(token, number)?;
        let owner = self.token(token)?.owner;
        if owner == *by {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        let open = self.is_open(token, number);
        require(open, TokenError::PollNotOpen)?;
        let putter = if poll.place == 1 { owner } else { poll.put_by };
        require(putter == *by, TokenError::NotPutter)?;
        let silent = self.counted(token, number) == (0, 0);
        require(silent || poll.against_holders, TokenError::PollAnswered)?;
        self.drop_poll(token, number)
    }

    /// Anybody closes a poll that is over, or whose putter holds too little.
    ///
    /// # Errors
    /// `Missing`, `PollNotLapsed`.
    pub fn close_poll(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let poll = self.poll(token, number)?;
        if self.token(token)?.owner == *by {
            self.token_mut(token)?.signed_by(by, now)?;
        }
        if self.is_open(token, number) {
            let held = self.holder(token, &poll.put_by).map_or(0, |own| own.shares);
            let (held, all) = (u128::from(held), u128::from(poll.eligible));
            let undercut = poll.place >= 2 && (all == 0 || held * 100 < all);
            let over = now > poll.lapses_at || undercut;
            require(over, TokenError::PollNotLapsed)?;
        }
        self.drop_poll(token, number)
    }

    fn drop_poll(&mut self, token: &Pubkey, number: u64) -> Predicted {
        self.polls.remove(&(*token, number));
        let it = self.token_mut(token)?;
        for open in &mut it.open_polls {
            if *open == Some(number) {
                *open = None;
            }
        }
        it.tell();
        Ok(())
    }

    /// An escrow round ends what is open against holders.
    pub(super) fn void_polls(&mut self, token: &Pubkey) -> Predicted {
        let polls = &self.polls;
        let it = self.tokens.get_mut(token).ok_or(Reason::Missing)?;
        let mut voided = false;
        for open in &mut it.open_polls {
            if open.is_some_and(|number| polls[&(*token, number)].against_holders) {
                *open = None;
                voided = true;
            }
        }
        if voided {
            it.tell();
        }
        Ok(())
    }

    /// Who owns the token from now on weighs nothing in what is open; `eligible` shares
    /// were counted on before.
    pub(super) fn silence(&mut self, token: &Pubkey, wallet: &Pubkey, eligible: u64) {
        if self.holders.contains_key(&(*token, *wallet)) {
            let open = self.tokens[token].open_polls;
            self.mark(token, wallet, open);
            self.cut(token, wallet, open, 0, eligible);
        }
    }
}
