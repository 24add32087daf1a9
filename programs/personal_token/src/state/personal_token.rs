use {
    super::{
        Admission, Asset, Holder, MAX_ASSETS, MAX_STREAMS, POLLS, Parts, PayoutStream, PodU128,
        Policy, PollSlot, Round, RoyaltyMark, TokenStatus, TokenTerms, TransferPolicy, VERSION,
        add, poll::is_set, sub,
    },
    crate::{
        error::{ProgramResult, TokenError, require},
        events::{AssetsBrought, Header},
    },
    anchor_lang::prelude::*,
    upside_math::{PERIODS, REMEMBERED_RAISES},
    upside_support::Byte,
};

/// A person's token: terms, tallies, payout streams, reserve counters.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PersonalToken {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// Bump of the share mint's address.
    pub mint_bump: u8,
    /// Who may open a holder account.
    pub admission: Byte<Admission>,
    /// How registered shares move.
    pub transfer_policy: Byte<TransferPolicy>,
    /// 1 while new money is paused.
    pub paused: u8,
    /// How many of `assets` are listed.
    pub asset_count: u8,
    /// How many of `streams` are in use.
    pub stream_count: u8,
    /// What the owner promised.
    pub terms: TokenTerms,
    /// Who created the token; part of its address.
    pub creator: Pubkey,
    /// Who owns the token now.
    pub owner: Pubkey,
    /// Who may accept ownership; zero where nobody was proposed.
    pub pending_owner: Pubkey,
    /// Who may pause besides the owner; zero for nobody.
    pub guardian: Pubkey,
    /// Who may admit holders besides the owner; zero for nobody.
    pub registrar: Pubkey,
    /// The share mint.
    pub mint: Pubkey,
    /// Custody of all registered shares.
    pub share_custody: Pubkey,
    /// Credential that admits, under `Admission::Credential`.
    pub credential: Pubkey,
    /// Schema of that credential.
    pub schema: Pubkey,
    /// Share atoms in existence: what the mint's supply was when last seen.
    pub supply: u64,
    /// Share atoms that earn: every holder's, and sold ones not yet collected.
    pub registered: u64,
    /// Share atoms that open rounds and grant offers may still create.
    pub offered: u64,
    /// Share atoms ever created, without those that grants gave back before they vested.
    pub created: u64,
    /// Share atoms created beyond the first ones in each of the last periods of 31 days,
    /// at the place `period % 13`.
    pub made: [u64; PERIODS],
    /// The current one of these periods: its number since 1970.
    pub made_period: u64,
    /// Rounds that are open.
    pub open_rounds: u64,
    /// Number of the open round that escrows plus one; 0 where none is open.
    pub escrow_round: u64,
    /// How often the terms changed. A contribution signs it.
    pub terms_version: u64,
    /// Registered share atoms of the owner: polls do not count on them.
    pub owner_shares: u64,
    /// When shares last changed, unix seconds.
    pub changed_at: i64,
    /// Quote atoms per whole share of the last settled round that sold at least one
    /// percent of the supply: for display only.
    pub last_price: u64,
    /// Rounds ever opened.
    pub rounds: u64,
    /// Claims ever declared.
    pub claims: u64,
    /// Holder accounts in existence.
    pub holders: u64,
    /// Events ever emitted.
    pub sequence: u64,
    /// Slot of the creation.
    pub created_slot: u64,
    /// When the owner last signed, unix seconds.
    pub owner_seen: i64,
    /// Cumulative result of exits in quote atoms, signed.
    pub result: PodU128,
    /// Payout streams; the first is in the quote mint.
    pub streams: [PayoutStream; MAX_STREAMS],
    /// Listed assets; the first is the quote mint.
    pub assets: [Asset; MAX_ASSETS],
    /// A [`TokenStatus`]: whether the token lives or is being wound up.
    pub status: Byte<TokenStatus>,
    /// The [`Admission`] that was announced; read where `policy_at` is set.
    pub pending_admission: Byte<Admission>,
    /// The [`TransferPolicy`] that was announced; read where `policy_at` is set.
    pub pending_transfer_policy: Byte<TransferPolicy>,
    /// Assets, by place, that new shares need not bring while they cannot move: a poll
    /// against holders exempted them.
    pub exempt: u8,
    /// Places at which a poll is open, as bits.
    pub open_polls: u8,
    pub(crate) padding: [u8; 3],
    /// When the announced policy may be applied, unix seconds; 0 where none was.
    pub policy_at: i64,
    /// The credential that was announced with it.
    pub pending_credential: Pubkey,
    /// The schema that was announced with it.
    pub pending_schema: Pubkey,
    /// Who may wind the token up after the owner's inactivity; zero for nobody.
    pub executor: Pubkey,
    /// Grants ever offered.
    pub grants: u64,
    /// Products ever opened.
    pub products: u64,
    /// How often the royalty was raised.
    pub royalty_epoch: u32,
    pub(crate) royalty_padding: [u8; 4],
    /// The lowest royalty in basis points since each of the last raises, at the place
    /// `royalty_epoch % 4`.
    pub royalty_lowest: [u16; REMEMBERED_RAISES],
    /// Polls ever put.
    pub poll_seq: u64,
    /// The counters of open polls, by place: one for dissolutions, one for the owner, two
    /// for other wallets.
    pub polls: [PollSlot; POLLS],
    /// Number plus one of the last round that opened while nobody else held shares, and sold
    /// some; 0 before. What claims cost that were declared before it is published.
    pub first_round: u64,
    /// When the present owner took over, unix seconds; 0 for the creator.
    pub owner_since: i64,
    /// When the wind-down began, unix seconds; 0 while the token lives.
    pub wound_up_at: i64,
    /// Estates ever opened: custody that a wind-down shares out.
    pub estates: u64,
    /// Share atoms ever redeemed for a receipt.
    pub receipted: u64,
    /// Deposited share atoms that warm: in custody, not yet among the registered.
    pub warming: u64,
    /// Claims that have, or had, custody and were not cleared away: at most
    /// [`MAX_ESTATES`](super::MAX_ESTATES), so that a wind-down can share out all of it.
    pub custodies: u64,
    /// From when on each stream takes payments, unix seconds, in the order of the streams.
    pub payouts_from: [i64; MAX_STREAMS],
    pub(crate) reserved: [u64; 3],
}

/// What a token is created with.
pub(crate) struct NewToken<'a> {
    /// Its creator and first owner.
    pub creator: &'a Pubkey,
    /// The share mint.
    pub mint: &'a Pubkey,
    /// Custody of all registered shares.
    pub share_custody: &'a Pubkey,
    /// Bump of the token's address.
    pub bump: u8,
    /// Bump of the share mint's address.
    pub mint_bump: u8,
    /// What the owner promises.
    pub terms: &'a TokenTerms,
    /// Who may hold, and how shares move.
    pub policy: Policy,
    /// Who may pause besides the owner; zero for nobody.
    pub guardian: &'a Pubkey,
    /// Who may admit holders besides the owner; zero for nobody.
    pub registrar: &'a Pubkey,
}

impl PersonalToken {
    /// Fills a new account, and lists the quote mint. Errors: `TooFewDecimals`.
    pub(crate) fn create(
        &mut self,
        new: &NewToken,
        quote: Asset,
        clock: &Clock,
    ) -> ProgramResult<()> {
        self.version = VERSION;
        self.bump = new.bump;
        self.mint_bump = new.mint_bump;
        self.admission = new.policy.admission.into();
        self.transfer_policy = new.policy.transfer_policy.into();
        self.terms = *new.terms;
        self.start_royalty()?;
        self.creator = *new.creator;
        self.owner = *new.creator;
        self.guardian = *new.guardian;
        self.registrar = *new.registrar;
        self.credential = new.policy.credential;
        self.schema = new.policy.schema;
        self.mint = *new.mint;
        self.share_custody = *new.share_custody;
        self.created_slot = clock.slot;
        self.owner_seen = clock.unix_timestamp;
        self.list(quote, true, clock.unix_timestamp)?;
        Ok(())
    }

    /// Starts an event: slot and gapless sequence number.
    pub(crate) fn header(&mut self, key: &Pubkey, clock: &Clock) -> ProgramResult<Header> {
        self.sequence = add(self.sequence, 1)?;
        Ok(Header {
            token: *key,
            slot: clock.slot,
            sequence: self.sequence,
        })
    }

    /// The event of what the endowment brought with `shares` new ones; `None` if nothing.
    pub(crate) fn brought(
        &mut self,
        key: &Pubkey,
        shares: u64,
        parts: &Parts,
        clock: &Clock,
    ) -> ProgramResult<Option<AssetsBrought>> {
        if parts.is_zero() {
            return Ok(None);
        }
        Ok(Some(AssetsBrought {
            header: self.header(key, clock)?,
            shares,
            to_reserve: parts.reserve,
            to_stream: parts.stream,
        }))
    }

    /// Starts an event of a fact within another change.
    pub(super) fn own_header(&mut self, key: &Pubkey) -> ProgramResult<Header> {
        let clock = Clock::get().map_err(|_| TokenError::InvariantBroken)?;
        self.header(key, &clock)
    }

    /// Proves the owner's signature's key and notes the sign of life.
    pub(crate) fn require_owner(&mut self, signer: &Pubkey, clock: &Clock) -> ProgramResult<()> {
        require(self.owner == *signer, TokenError::NotOwner)?;
        self.owner_seen = self.owner_seen.max(clock.unix_timestamp);
        Ok(())
    }

    /// Whether this key may admit holders and contributions.
    pub fn admits(&self, signer: &Pubkey) -> bool {
        *signer == self.owner || (self.registrar != Pubkey::default() && *signer == self.registrar)
    }

    /// The admission policy.
    pub fn admission(&self) -> ProgramResult<Admission> {
        self.admission.get()
    }

    /// The transfer policy.
    pub fn transfer_policy(&self) -> ProgramResult<TransferPolicy> {
        self.transfer_policy.get()
    }

    /// Refuses while new money is paused, and in a wind-down.
    pub fn require_running(&self) -> ProgramResult<()> {
        self.require_active()?;
        require(self.paused == 0, TokenError::Paused)
    }

    /// Refuses while a round escrows: nothing else creates shares then, so that the supply
    /// which its backers signed stays true. Errors: `RoundEscrowing`.
    pub fn require_no_escrow(&self) -> ProgramResult<()> {
        require(self.escrow_round == 0, TokenError::RoundEscrowing)
    }

    /// Refuses a supply above, or other terms than, what a backer signed. Errors:
    /// `SupplyAboveSigned`, `TermsChanged`.
    pub fn require_signed(&self, max_supply: u64, terms_version: u64) -> ProgramResult<()> {
        require(self.supply <= max_supply, TokenError::SupplyAboveSigned)?;
        let same = self.terms_version == terms_version;
        require(same, TokenError::TermsChanged)
    }

    /// Share atoms outside as bearer tokens.
    pub fn bearer(&self) -> ProgramResult<u64> {
        sub(self.supply, self.in_custody()?, TokenError::InvariantBroken)
    }

    /// Share atoms that the custody account must hold: registered and warming ones.
    pub fn in_custody(&self) -> ProgramResult<u64> {
        add(self.registered, self.warming)
    }

    /// The one way in which a holder's shares change: settles its earnings, registers what
    /// has warmed, keeps what they weigh in open polls, applies `change`. MUST run after
    /// [`Self::release`].
    pub(crate) fn change<T>(
        &mut self,
        holder: &mut Holder,
        change: impl FnOnce(&mut Holder) -> ProgramResult<T>,
    ) -> ProgramResult<T> {
        holder.settle(self)?;
        if holder.holds_nothing() {
            holder.royalty_bps = self.terms.royalty_bps;
        }
        let before = holder.shares;
        self.take_warmed(holder)?;
        let result = change(holder)?;
        self.after_change(holder, before)?;
        Ok(result)
    }

    /// Share atoms that earn from streams.
    pub fn earning(&self) -> u64 {
        self.registered
    }

    /// Registers shares that were just created to a holder. MUST run after
    /// [`Self::create_shares`].
    pub(crate) fn register_new(
        &mut self,
        holder: &mut Holder,
        shares: u64,
        cost: u64,
    ) -> ProgramResult<()> {
        self.change(holder, |holder| holder.receive(shares, cost))?;
        self.invariant()
    }

    /// Shares leave custody for the holder's wallet, up to the bearer cap. MUST run after
    /// [`Self::release`]. Errors: `InsufficientShares`, `BearerCapExceeded`.
    pub(crate) fn withdraw(&mut self, holder: &mut Holder, shares: u64) -> ProgramResult<()> {
        let cost = self.unregister(holder, shares)?;
        holder.note_withdrawal(shares, cost)?;
        require(
            self.bearer()? <= self.terms.bearer_cap,
            TokenError::BearerCapExceeded,
        )?;
        self.invariant()
    }

    /// Registers shares of a closed round or of a grant, with what they earned and the lowest
    /// royalty since they came into being.
    pub(crate) fn hand_over(
        &mut self,
        holder: &mut Holder,
        shares: u64,
        paid: u64,
        since: &[PodU128; MAX_STREAMS],
        royalty: &RoyaltyMark,
    ) -> ProgramResult<()> {
        let rate = self.royalty_since(royalty)?.get();
        self.change(holder, |holder| {
            holder.merge_royalty(rate, shares)?;
            holder.receive(shares, paid)
        })?;
        holder.earn_since(self, shares, since)?;
        self.invariant()
    }

    /// Takes the mint's true supply over: bearers may burn their own tokens.
    pub(crate) fn observe_supply(&mut self, mint_supply: u64) -> ProgramResult<()> {
        let least = self.in_custody()?;
        require(mint_supply >= least, TokenError::InvariantBroken)?;
        self.supply = mint_supply;
        Ok(())
    }

    /// Takes a holder's shares out of those that earn, and returns what they cost. The
    /// one way in which registered shares become fewer: with the last of them, what still
    /// streams goes to the reserve. MUST run after [`Self::release`].
    pub(crate) fn unregister(&mut self, holder: &mut Holder, shares: u64) -> ProgramResult<u64> {
        let cost = self.change(holder, |holder| holder.remove(shares))?;
        self.registered = sub(self.registered, shares, TokenError::InvariantBroken)?;
        if self.registered == 0 {
            self.end_streams(&holder.token)?;
        }
        Ok(cost)
    }

    /// Notes in a new round whether nobody but the owner holds shares, or is buying any. MUST
    /// run before [`Round::offer`].
    pub(crate) fn note_alone(&self, round: &mut Round) {
        round.alone = u8::from(self.is_owners_alone(self.owner_shares));
    }

    /// Notes a round that has come to its end: everybody who holds shares now saw what the
    /// owner said before it opened, if nobody held any then.
    pub(crate) fn note_first_round(&mut self, round: &Round, sold: u64) -> ProgramResult<()> {
        if round.alone == 1 && sold > 0 {
            self.first_round = add(round.number, 1)?;
        }
        Ok(())
    }

    /// Shares in custody never exceed supply; the owner's and what answered in a poll never
    /// exceed registered shares; nothing streams to nobody.
    pub(crate) fn invariant(&self) -> ProgramResult<()> {
        let mut bounded = self.in_custody()? <= self.supply && self.owner_shares <= self.registered;
        bounded &= self.registered > 0 || self.streams.iter().all(PayoutStream::is_over);
        if self.open_polls != 0 {
            for (place, slot) in self.polls.iter().enumerate() {
                let answered = add(slot.in_favor, slot.against)?;
                bounded &= !is_set(self.open_polls, place) || answered <= self.registered;
            }
        }
        require(bounded, TokenError::InvariantBroken)
    }
}
