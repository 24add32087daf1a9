//! Polls: how they are put, answered, applied and ended, and what shares weigh in them.

use {
    super::{
        About, Change, ChangeClass, Claim, Figures, Holder, PersonalToken, Status, VERSION, add,
        sub, terms::byte_enum,
    },
    crate::error::{Outcome, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{
        self as math, Ballots, Bps, Shares, Standing, Verdict, may_put, passes_against_holders,
        passes_for_holders,
    },
};

/// Places of a token's open polls.
pub const POLLS: usize = 4;
/// The place that only dissolutions take.
pub const DISSOLUTION_PLACE: u8 = 0;
/// The place that only the owner takes.
pub const OWNER_PLACE: u8 = 1;
/// The places of other wallets: each has one of them at most.
pub const WALLET_PLACES: core::ops::Range<u8> = 2..4;
/// Seconds, beside a notice, after which a poll lapses.
pub const POLL_LIFE: i64 = 30 * 86_400;
/// Part of the supply that must approve what is for holders, in basis points.
const SUPPLY_PART: u16 = 1_000;
/// The same of what is against the owner.
const OWNER_PART: u16 = 2_500;

byte_enum! {
    /// Where a poll's account stands. What is open by its account may have become void.
    PollStatus, InvariantBroken,
    /// Holders answer it.
    Open = 0,
    /// It changed the token.
    Applied = 1,
}

/// What a holder answers in a poll.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The shares approve.
    For,
    /// They object.
    Against,
    /// They say nothing any more.
    Withdraw,
}

/// Why a poll ended without effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollEnd {
    /// Who put it cancelled it.
    Cancelled = 0,
    /// Its time was over.
    Lapsed = 1,
    /// An escrow round opened, the token was wound up, or it was applied before.
    Over = 2,
    /// Who put it no longer holds 1 %.
    Undercut = 3,
}

/// An open poll's counters, kept in the token, so that changes of shares reach them.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PollSlot {
    /// The poll's number plus one; 0 where none was ever put here.
    pub seq: u64,
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Share atoms that approve.
    pub in_favor: u64,
    /// Share atoms that object.
    pub against: u64,
    /// Share atoms that were eligible when it was put.
    pub eligible: u64,
    /// Against holders: since when it passes, unix seconds; 0 while it does not. From then
    /// on its notice runs.
    pub passed_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// The threshold when it was put, in basis points.
    pub threshold_bps: u16,
    /// 1 for a change against holders.
    pub against_holders: u8,
    pub(crate) padding: [u8; 5],
}

/// What a holder's shares weigh in the poll at a place.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PollMark {
    /// The poll's number plus one; another one's mark counts nothing.
    pub seq: u64,
    /// The least that was held since before the poll was put, in share atoms.
    pub weight: u64,
    /// The part of it that approves.
    pub in_favor: u64,
    /// The part of it that objects.
    pub against: u64,
}

/// A question to the holders.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// What it changes: the place in [`Change`].
    pub kind: u8,
    /// A [`PollStatus`].
    pub status: u8,
    /// Its place among the token's open polls.
    pub place: u8,
    pub(crate) padding: [u8; 3],
    /// The poll's number, from 0.
    pub number: u64,
    /// The personal token.
    pub token: Pubkey,
    /// Who put it.
    pub put_by: Pubkey,
    /// Who owned the token then: those shares weigh nothing.
    pub owner: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// The attester that it is about; else zero.
    pub subject: Pubkey,
    /// Number of the claim, or place of the asset, that it is about; else 0.
    pub claim: u64,
    /// Numbers before: when it was put; once applied those that it replaced.
    pub before: Figures,
    /// Numbers after.
    pub after: Figures,
    /// Share atoms in existence when it was put.
    pub supply: u64,
    /// Seconds of notice when it was put.
    pub notice_seconds: u32,
    pub(crate) notice_padding: [u8; 4],
    /// When it was put, unix seconds.
    pub put_at: i64,
    /// Last second in which it may be applied, unix time.
    pub lapses_at: i64,
    /// When it was applied, unix seconds; 0 before.
    pub applied_at: i64,
    pub(crate) reserved: [u64; 8],
}

/// Who puts a poll, of what.
pub(crate) struct Question<'a> {
    /// The personal token.
    pub(crate) token: &'a Pubkey,
    /// Who puts it.
    pub(crate) by: &'a Pubkey,
    /// Who pays the account's rent.
    pub(crate) rent_payer: &'a Pubkey,
    /// Bump of the poll's address.
    pub(crate) bump: u8,
    /// What it changes.
    pub(crate) change: Change,
    /// SHA-256 of what it says in full.
    pub(crate) document: [u8; 32],
}

/// Whether `bits` have one at `place`.
pub(super) fn is_set(bits: u8, place: usize) -> bool {
    u32::try_from(place).is_ok_and(|place| bits.checked_shr(place).unwrap_or(0) & 1 == 1)
}

impl From<Answer> for math::Answer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::For => math::Answer::For,
            Answer::Against => math::Answer::Against,
            Answer::Withdraw => math::Answer::Withdraw,
        }
    }
}

impl PollSlot {
    fn ballots(&self) -> Ballots {
        Ballots {
            seq: self.seq,
            put_at: self.put_at,
            in_favor: Shares(self.in_favor),
            against: Shares(self.against),
        }
    }

    fn set(&mut self, ballots: Ballots) {
        self.in_favor = ballots.in_favor.0;
        self.against = ballots.against.0;
    }

    /// How a poll against holders stands, where `eligible` is what is eligible now and
    /// `threshold` what the terms ask now.
    fn verdict(&self, eligible: u64, threshold_bps: u16) -> Outcome<Verdict> {
        Ok(passes_against_holders(
            Shares(self.in_favor),
            Shares(self.against),
            [Shares(self.eligible), Shares(eligible)],
            Bps::new(self.threshold_bps.max(threshold_bps))?,
        ))
    }
}

impl PollMark {
    fn plain(&self) -> math::Mark {
        math::Mark {
            seq: self.seq,
            weight: Shares(self.weight),
            in_favor: Shares(self.in_favor),
            against: Shares(self.against),
        }
    }

    fn set(&mut self, plain: math::Mark) {
        *self = PollMark {
            seq: plain.seq,
            weight: plain.weight.0,
            in_favor: plain.in_favor.0,
            against: plain.against.0,
        };
    }
}

impl Holder {
    /// How its shares stand for polls to come.
    pub fn standing(&self) -> Standing {
        Standing {
            born: self.born,
            moved_at: self.moved_at,
            low: Shares(self.low),
        }
    }

    /// Notes a change of shares at unix second `now`.
    fn note(&mut self, now: i64, before: u64) {
        let mut standing = self.standing();
        standing.note(now, Shares(before), Shares(self.shares));
        self.moved_at = standing.moved_at;
        self.low = standing.low.0;
    }

    /// What the shares weigh in the poll of a slot at `place`.
    pub fn weight(&self, slot: &PollSlot, place: usize) -> u64 {
        let mut mark = self
            .marks
            .get(place)
            .map_or_else(math::Mark::default, PollMark::plain);
        mark.touch(&slot.ballots(), &self.standing(), Shares(self.shares));
        mark.weight.0
    }

    /// Marks what the shares weigh in open polls, where it is not marked. `shares` are
    /// those before any change of now.
    fn touch(&mut self, slots: &[PollSlot; POLLS], open: u8, shares: u64) {
        let (standing, shares) = (self.standing(), Shares(shares));
        for (place, (mark, slot)) in self.marks.iter_mut().zip(slots).enumerate() {
            if is_set(open, place) && mark.seq != slot.seq {
                let mut plain = mark.plain();
                plain.touch(&slot.ballots(), &standing, shares);
                mark.set(plain);
            }
        }
    }
}

impl PersonalToken {
    /// Share atoms that polls count on: all but the owner's registered ones.
    pub fn eligible(&self) -> Outcome<u64> {
        sub(self.supply, self.owner_shares, TokenError::InvariantBroken)
    }

    /// Whether a poll is open at a place.
    pub fn is_poll_open(&self, place: u8) -> bool {
        is_set(self.open_polls, place.into())
    }

    /// The counters of the open poll with this number, and their place.
    pub fn slot_of(&self, number: u64) -> Option<(u8, &PollSlot)> {
        let places = (0u8..).zip(&self.polls);
        let mut open = places.filter(|(place, _)| self.is_poll_open(*place));
        open.find(|(_, slot)| slot.seq.checked_sub(1) == Some(number))
    }

    fn slot(&self, place: u8) -> Outcome<&PollSlot> {
        let slot = self.polls.get(usize::from(place));
        slot.ok_or(TokenError::InvariantBroken)
    }

    fn slot_mut(&mut self, place: u8) -> Outcome<&mut PollSlot> {
        let slot = self.polls.get_mut(usize::from(place));
        slot.ok_or(TokenError::InvariantBroken)
    }

    fn free_place(&mut self, place: u8) {
        self.open_polls &= !1u8.checked_shl(place.into()).unwrap_or(0);
        if let Some(slot) = self.polls.get_mut(usize::from(place)) {
            *slot = PollSlot::default();
        }
    }

    /// Keeps what a holder's shares weigh in open polls after they changed from `before`:
    /// never more than what is left. Where nothing changed, nothing is noted.
    pub(super) fn after_change(&mut self, holder: &mut Holder, before: u64) -> Outcome<()> {
        if holder.shares == before {
            return Ok(());
        }
        if self.open_polls != 0 {
            holder.touch(&self.polls, self.open_polls, before);
            if holder.shares < before {
                self.cut(holder, holder.shares)?;
            }
        }
        holder.note(self.changed_at, before);
        if holder.wallet == self.owner {
            self.owner_shares = holder.shares;
        }
        Ok(())
    }

    /// Cuts a holder's weights in all open polls down to `shares`.
    #[inline(never)]
    fn cut(&mut self, holder: &mut Holder, shares: u64) -> Outcome<()> {
        let (eligible, threshold) = (self.eligible()?, self.terms.poll_threshold_bps);
        let places = self.polls.iter_mut().zip(&mut holder.marks).enumerate();
        for (place, (slot, mark)) in places {
            if !is_set(self.open_polls, place) {
                continue;
            }
            let (mut ballots, mut plain) = (slot.ballots(), mark.plain());
            let lost = plain.cut(&mut ballots, Shares(shares))?;
            mark.set(plain);
            slot.set(ballots);
            // Below the threshold the notice begins anew.
            if lost && slot.verdict(eligible, threshold)? != Verdict::Passed {
                slot.passed_at = 0;
            }
        }
        Ok(())
    }

    /// A wallet that owns the token from now on weighs nothing in what is open.
    pub(crate) fn silence(&mut self, holder: &mut Holder) -> Outcome<()> {
        holder.touch(&self.polls, self.open_polls, holder.shares);
        self.cut(holder, 0)
    }

    /// Whether nobody but the owner has shares, is buying some, or was offered some:
    /// `owner_shares` are all. Then the owner decides alone.
    pub fn is_owners_alone(&self, owner_shares: u64) -> bool {
        self.supply == owner_shares && self.offered == 0 && self.quote().escrow == 0
    }

    /// The place of a poll of this change by this wallet: the owner's, whose holder account
    /// is not needed, or one that held 1 % of what is eligible since this second began.
    /// Errors: `PollNotNeeded`, `NotHolder`, `TooFewToPut`, `PollPlaceTaken`, `PollPut`.
    pub fn place_for(
        &self,
        change: &Change,
        by: &Pubkey,
        holder: Option<&Holder>,
        now: i64,
    ) -> Outcome<u8> {
        let free = |place: u8| {
            // What has lapsed gives its place.
            let slot = self.slot(place)?;
            Ok::<_, TokenError>(!self.is_poll_open(place) || now > slot.lapses_at)
        };
        if *by == self.owner {
            let alone = self.is_owners_alone(self.owner_shares);
            let eased = change.is_owners(&self.terms) && !alone;
            require(!eased, TokenError::PollNotNeeded)?;
        } else {
            let owners = matches!(change, Change::SupplyCap(_)) && change.is_owners(&self.terms);
            require(!owners, TokenError::PollNotNeeded)?;
            let holder = holder.ok_or(TokenError::NotHolder)?;
            let held = holder.standing().least_since(now, Shares(holder.shares));
            let eligible = Shares(self.eligible()?);
            require(may_put(held, eligible), TokenError::TooFewToPut)?;
            // One at a time, wherever it stands.
            let open = holder
                .put
                .checked_sub(1)
                .and_then(|number| self.slot_of(number));
            let over = open.is_none_or(|(_, slot)| now > slot.lapses_at);
            require(over, TokenError::PollPut)?;
        }
        if *change == Change::Dissolve {
            require(free(DISSOLUTION_PLACE)?, TokenError::PollPlaceTaken)?;
            return Ok(DISSOLUTION_PLACE);
        }
        if *by == self.owner {
            require(free(OWNER_PLACE)?, TokenError::PollPlaceTaken)?;
            return Ok(OWNER_PLACE);
        }
        for place in WALLET_PLACES {
            if free(place)? {
                return Ok(place);
            }
        }
        Err(TokenError::PollPlaceTaken)
    }

    /// Last second in which a poll that is put now may be applied, unix time.
    pub fn poll_lapses_at(&self, now: i64) -> Outcome<i64> {
        let at = self.after_notice(now)?.checked_add(POLL_LIFE);
        at.ok_or(TokenError::Overflow)
    }

    /// Ends what is open against holders: an escrow round opens, and who pays into it must
    /// not find other terms at its close. Returns the numbers plus one of what it ended, by
    /// place; 0 for nothing.
    pub(crate) fn void_polls(&mut self) -> [u64; POLLS] {
        let mut voided = [0; POLLS];
        for (place, (number, slot)) in (0u8..).zip(voided.iter_mut().zip(self.polls)) {
            if slot.against_holders == 1 {
                *number = slot.seq;
                self.free_place(place);
            }
        }
        voided
    }

    /// Winds the token up: nothing that is open can pass any more.
    pub(crate) fn end(&mut self, now: i64) {
        self.status = Status::WindDown as u8;
        self.wound_up_at = now;
        self.open_polls = 0;
        self.polls = [PollSlot::default(); POLLS];
    }

    /// Notes that terms changed.
    pub(crate) fn note_terms(&mut self, terms: super::Terms) -> Outcome<()> {
        let before = self.terms.royalty_bps;
        self.terms = terms;
        self.terms_version = add(self.terms_version, 1)?;
        self.note_royalty(before)
    }
}

impl Poll {
    /// Fills a new account and takes a place among the open polls. Errors: those of
    /// [`Change`], of the place, `PollWhileEscrow`.
    pub(crate) fn put(
        &mut self,
        by: &Question,
        token: &mut PersonalToken,
        holder: Option<&mut Holder>,
        about: &About,
        now: i64,
    ) -> Outcome<()> {
        let place = token.place_for(&by.change, by.by, holder.as_deref(), now)?;
        let (before, _) = by.change.check(token, about, now)?;
        let class = by.change.class(&token.terms);
        let against_holders = class == ChangeClass::AgainstHolders;
        require(
            !against_holders || token.escrow_round == 0,
            TokenError::PollWhileEscrow,
        )?;
        let number = token.poll_seq;
        let seq = add(number, 1)?;
        let lapses_at = token.poll_lapses_at(now)?;
        let slot = PollSlot {
            seq,
            put_at: now,
            eligible: token.eligible()?,
            lapses_at,
            threshold_bps: token.terms.poll_threshold_bps,
            against_holders: u8::from(against_holders),
            ..PollSlot::default()
        };
        *token.slot_mut(place)? = slot;
        token.open_polls |= 1u8.checked_shl(place.into()).unwrap_or(0);
        token.poll_seq = seq;
        if let Some(holder) = holder {
            holder.put = seq;
        }
        self.version = VERSION;
        self.bump = by.bump;
        self.kind = by.change.kind();
        self.status = PollStatus::Open as u8;
        self.place = place;
        self.number = number;
        self.token = *by.token;
        self.put_by = *by.by;
        self.owner = token.owner;
        self.rent_payer = *by.rent_payer;
        self.document = by.document;
        self.subject = by.change.attester().unwrap_or_default();
        self.claim = by.change.place();
        self.before = before;
        self.after = by.change.figures();
        self.supply = token.supply;
        self.notice_seconds = token.terms.notice_seconds;
        self.put_at = now;
        self.lapses_at = lapses_at;
        Ok(())
    }

    /// Where it stands.
    pub fn status(&self) -> Outcome<PollStatus> {
        self.status.try_into()
    }

    /// What it changes.
    pub fn change(&self) -> Outcome<Change> {
        Change::of(self.kind, &self.after, self.claim, self.subject)
    }

    /// Whether it is against holders, while it is open. Errors: `PollNotOpen`.
    pub fn is_against_holders(&self, token: &PersonalToken) -> Outcome<bool> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        Ok(slot.against_holders == 1)
    }

    /// Its counters, if it is open.
    pub fn slot<'a>(&self, token: &'a PersonalToken) -> Option<&'a PollSlot> {
        token.slot_of(self.number).map(|(_, slot)| slot)
    }

    /// Errors: `PollNotOpen`, `PollLapsed`.
    fn require_open(&self, token: &PersonalToken, now: i64) -> Outcome<()> {
        require(self.slot(token).is_some(), TokenError::PollNotOpen)?;
        require(now <= self.lapses_at, TokenError::PollLapsed)
    }

    /// Whether enough shares approve, seen from the terms and shares now. Errors:
    /// `PollNotOpen`, `PollNotPassed`, `PollObjected`.
    pub fn require_passed(&self, token: &PersonalToken) -> Outcome<()> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        if slot.against_holders == 1 {
            let threshold = token.terms.poll_threshold_bps;
            return match slot.verdict(token.eligible()?, threshold)? {
                Verdict::Passed => Ok(()),
                Verdict::NotEnough => Err(TokenError::PollNotPassed),
                Verdict::Objected => Err(TokenError::PollObjected),
            };
        }
        let passed = passes_for_holders(
            Shares(slot.in_favor),
            Shares(slot.eligible),
            Shares(self.supply),
            self.supply_part()?,
        );
        require(passed, TokenError::PollNotPassed)
    }

    /// Part of the supply when it was put that must approve what is not against holders.
    pub fn supply_part(&self) -> Outcome<Bps> {
        let owners = matches!(self.change()?, Change::Floor(_) | Change::Dissolve);
        Ok(Bps::new(if owners { OWNER_PART } else { SUPPLY_PART })?)
    }

    /// Against holders: first second in which it may be applied, if it stays passed; 0
    /// while it has not. What is not against them is applied as soon as it passes.
    pub fn effective_at(&self, token: &PersonalToken) -> Outcome<i64> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        if slot.passed_at == 0 {
            return Ok(0);
        }
        let notice = self.notice_seconds.max(token.terms.notice_seconds);
        let at = slot.passed_at.checked_add(notice.into());
        at.ok_or(TokenError::Overflow)
    }

    /// A holder answers with the weight of their shares. Errors: `PollNotOpen`,
    /// `PollLapsed`, `OwnerCannotVote`, `SharesTooNew`, `NotAnswered`.
    pub fn answer(
        &self,
        token: &mut PersonalToken,
        holder: &mut Holder,
        answer: Answer,
        now: i64,
    ) -> Outcome<()> {
        self.require_open(token, now)?;
        let owns = holder.wallet == token.owner || holder.wallet == self.owner;
        require(!owns, TokenError::OwnerCannotVote)?;
        holder.touch(&token.polls, token.open_polls, holder.shares);
        let slot = token.slot_mut(self.place)?;
        let mark = holder.marks.get_mut(usize::from(self.place));
        let mark = mark.ok_or(TokenError::InvariantBroken)?;
        if answer == Answer::Withdraw {
            let answered = mark.in_favor > 0 || mark.against > 0;
            require(answered, TokenError::NotAnswered)?;
        } else {
            require(mark.weight > 0, TokenError::SharesTooNew)?;
        }
        let (mut ballots, mut plain) = (slot.ballots(), mark.plain());
        plain.answer(&mut ballots, answer.into())?;
        mark.set(plain);
        slot.set(ballots);
        let passed = self.require_passed(token).is_ok();
        let slot = token.slot_mut(self.place)?;
        if !passed {
            slot.passed_at = 0;
        } else if slot.passed_at == 0 && slot.against_holders == 1 {
            slot.passed_at = now;
        }
        token.invariant()
    }

    /// Whether it may be applied now; `alone` where the owner signs and has all. Errors:
    /// `PollNotOpen`, `PollLapsed`, `PollWhileEscrow`, `PollNotPassed`, `PollObjected`,
    /// `NoticePending`.
    pub fn require_applicable(&self, token: &PersonalToken, alone: bool, now: i64) -> Outcome<()> {
        self.require_open(token, now)?;
        let slot = token.slot(self.place)?;
        if alone {
            return Ok(());
        }
        self.require_passed(token)?;
        if slot.against_holders == 1 {
            require(token.escrow_round == 0, TokenError::PollWhileEscrow)?;
            // Passed by what left since: somebody answers again, and the notice begins.
            require(slot.passed_at != 0, TokenError::PollNotPassed)?;
            require(now >= self.effective_at(token)?, TokenError::NoticePending)?;
        }
        Ok(())
    }

    /// Changes the token, and the claim that it is about. Whether it may MUST be proven
    /// before. Errors: those of [`Change`].
    pub(crate) fn apply(
        &mut self,
        token: &mut PersonalToken,
        about: &About,
        now: i64,
    ) -> Outcome<Change> {
        let change = self.change()?;
        let (before, terms) = change.check(token, about, now)?;
        // A change that has become one against holders since it was put takes more to pass.
        let slot = token.slot(self.place)?;
        let against_holders = change.class(&token.terms) == ChangeClass::AgainstHolders;
        let same = against_holders == (slot.against_holders == 1);
        require(same, TokenError::PollStale)?;
        token.note_terms(terms)?;
        if let Change::Exempt(place) = change {
            token.exempt |= 1u8.checked_shl(place.into()).unwrap_or(0);
        }
        token.free_place(self.place);
        if change == Change::Dissolve {
            token.end(now);
        }
        self.before = before;
        self.status = PollStatus::Applied as u8;
        self.applied_at = now;
        Ok(change)
    }

    /// Who put it takes it back; of the owner's place the owner of now. What is not against
    /// holders only while nobody has answered: others may count on it. Errors:
    /// `PollNotOpen`, `NotPutter`, `PollAnswered`.
    pub(crate) fn cancel(&self, token: &mut PersonalToken, signer: &Pubkey) -> Outcome<PollEnd> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        let by = if self.place == OWNER_PLACE {
            &token.owner
        } else {
            &self.put_by
        };
        require(signer == by, TokenError::NotPutter)?;
        let silent = slot.in_favor == 0 && slot.against == 0;
        require(
            silent || slot.against_holders == 1,
            TokenError::PollAnswered,
        )?;
        token.free_place(self.place);
        Ok(PollEnd::Cancelled)
    }

    /// Anybody ends what is over: applied, void, lapsed, or put by a wallet that no longer
    /// holds 1 % of what was eligible then; `held` are its shares. Errors: `PollNotLapsed`.
    pub(crate) fn close(
        &self,
        token: &mut PersonalToken,
        held: Option<u64>,
        now: i64,
    ) -> Outcome<PollEnd> {
        let Some(slot) = self.slot(token) else {
            return Ok(PollEnd::Over);
        };
        let lapsed = now > self.lapses_at;
        let eligible = Shares(slot.eligible);
        let undercut = held.is_some_and(|held| !may_put(Shares(held), eligible));
        let undercut = undercut && WALLET_PLACES.contains(&self.place);
        require(lapsed || undercut, TokenError::PollNotLapsed)?;
        token.free_place(self.place);
        Ok(if lapsed {
            PollEnd::Lapsed
        } else {
            PollEnd::Undercut
        })
    }
}

impl Claim {
    /// What an applied poll does to the claim that it is about.
    pub(crate) fn apply_poll(&mut self, change: &Change, now: i64) -> Outcome<()> {
        self.change(change, now)
    }
}

const _: () = assert!(core::mem::size_of::<PollSlot>() == 64);
const _: () = assert!(core::mem::size_of::<PollMark>() == 32);
const _: () = assert!(core::mem::size_of::<Poll>() == 16 + 192 + 8 + 48 + 8 + 8 + 24 + 64);
