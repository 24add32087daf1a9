//! How a token is governed: policies under notice, terms that only get better, and how it
//! ends.

use {
    super::{
        Admission, PersonalToken, TokenStatus, TransferPolicy, add, asset::SurplusEffects, sub,
    },
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::Bps,
    upside_support::Byte,
};

/// How long the endowment waits for its owner in a wind-down, in seconds: a year.
pub const ENDOWMENT_WAITS: i64 = 365 * 86_400;

/// Who may hold, and how shares move.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Who may open a holder account.
    pub admission: Admission,
    /// How registered shares move.
    pub transfer_policy: TransferPolicy,
    /// The credential that admits, under `Admission::Credential`; else zero.
    pub credential: Pubkey,
    /// Its schema, under `Admission::Credential`; else zero.
    pub schema: Pubkey,
}

/// Terms that the owner makes better for holders; none for what stays.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relaxation {
    /// A lower supply cap, in share atoms: not below what exists and is on offer.
    pub supply_cap: Option<u64>,
    /// A lower floor, in quote atoms.
    pub floor: Option<u64>,
    /// A lower cash-out tax, in basis points.
    pub cash_out_tax_bps: Option<u16>,
    /// A lower royalty, in basis points.
    pub royalty_bps: Option<u16>,
}

/// Who lost a role when a token was handed over; zero for nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct HandOverEffects {
    /// The former owner.
    pub owner: Pubkey,
    /// Who could pause.
    pub guardian: Pubkey,
    /// Who could admit.
    pub registrar: Pubkey,
    /// Who could wind up.
    pub executor: Pubkey,
}

impl Policy {
    /// Errors: `InvalidPolicy`.
    fn check(&self) -> ProgramResult<()> {
        let zero = Pubkey::default();
        let named = (self.credential != zero, self.schema != zero);
        let by_credential = self.admission == Admission::Credential;
        require(
            named == (by_credential, by_credential),
            TokenError::InvalidPolicy,
        )
    }
}

impl PersonalToken {
    /// Unix seconds of what is announced now.
    pub(crate) fn after_notice(&self, now: i64) -> ProgramResult<i64> {
        let notice = i64::from(self.terms.notice_seconds);
        now.checked_add(notice).ok_or(TokenError::Overflow)
    }

    /// The policies in force.
    pub fn policy(&self) -> ProgramResult<Policy> {
        Ok(Policy {
            admission: self.admission()?,
            transfer_policy: self.transfer_policy()?,
            credential: self.credential,
            schema: self.schema,
        })
    }

    /// The announced policies, and from when on they may be applied, unix seconds.
    pub fn pending_policy(&self) -> ProgramResult<Option<(Policy, i64)>> {
        if self.policy_at == 0 {
            return Ok(None);
        }
        let policy = Policy {
            admission: self.pending_admission.get()?,
            transfer_policy: self.pending_transfer_policy.get()?,
            credential: self.pending_credential,
            schema: self.pending_schema,
        };
        Ok(Some((policy, self.policy_at)))
    }

    /// Announces policies in place of what was announced before. Returns from when on
    /// they may be applied. Errors: `InvalidPolicy`, `NothingToChange`.
    pub(crate) fn announce_policy(&mut self, policy: &Policy, now: i64) -> ProgramResult<i64> {
        policy.check()?;
        require(*policy != self.policy()?, TokenError::NothingToChange)?;
        self.policy_at = self.after_notice(now)?;
        self.pending_admission = policy.admission.into();
        self.pending_transfer_policy = policy.transfer_policy.into();
        self.pending_credential = policy.credential;
        self.pending_schema = policy.schema;
        Ok(self.policy_at)
    }

    fn forget_policy(&mut self) {
        self.policy_at = 0;
        self.pending_admission = Byte::default();
        self.pending_transfer_policy = Byte::default();
        self.pending_credential = Pubkey::default();
        self.pending_schema = Pubkey::default();
    }

    /// Errors: `NothingToApply`.
    pub(crate) fn cancel_policy(&mut self) -> ProgramResult<()> {
        require(self.policy_at != 0, TokenError::NothingToApply)?;
        self.forget_policy();
        Ok(())
    }

    /// Errors: `NothingToApply`, `NoticePending`.
    pub(crate) fn apply_policy(&mut self, now: i64) -> ProgramResult<()> {
        let (policy, at) = self.pending_policy()?.ok_or(TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        self.admission = policy.admission.into();
        self.transfer_policy = policy.transfer_policy.into();
        self.credential = policy.credential;
        self.schema = policy.schema;
        self.forget_policy();
        Ok(())
    }

    /// Makes terms better for holders. Errors: `PollRequired` if they would get worse,
    /// `NothingToChange`, `SupplyCapExceeded`, `InvalidTerms`.
    pub(crate) fn relax(&mut self, relaxation: &Relaxation) -> ProgramResult<()> {
        let mut terms = self.terms.args();
        let cap = relaxation.supply_cap.unwrap_or(terms.supply_cap);
        let floor = relaxation.floor.unwrap_or(terms.floor);
        let tax = relaxation
            .cash_out_tax_bps
            .unwrap_or(terms.cash_out_tax_bps);
        let royalty = relaxation.royalty_bps.unwrap_or(terms.royalty_bps);
        let better = cap <= terms.supply_cap
            && floor <= terms.floor
            && tax <= terms.cash_out_tax_bps
            && royalty <= terms.royalty_bps;
        require(better, TokenError::PollRequired)?;
        terms.supply_cap = cap;
        terms.launch_shares = terms.launch_shares.min(cap);
        terms.floor = floor;
        terms.cash_out_tax_bps = tax;
        terms.royalty_bps = royalty;
        let changed = terms != self.terms.args();
        require(changed, TokenError::NothingToChange)?;
        let taken = add(self.supply, self.offered)?;
        require(taken <= cap, TokenError::SupplyCapExceeded)?;
        self.note_terms(terms.validated()?)
    }

    /// What a token's life has come to.
    pub fn status(&self) -> ProgramResult<TokenStatus> {
        self.status.get()
    }

    /// Refuses in a wind-down. Errors: `WoundUp`.
    pub fn require_active(&self) -> ProgramResult<()> {
        require(self.status()? == TokenStatus::Active, TokenError::WoundUp)
    }

    /// Whether everybody opens their own holder account. In a wind-down nobody may be left
    /// to admit those who have something to collect.
    pub fn is_open(&self) -> ProgramResult<bool> {
        Ok(self.admission()? == Admission::Open || self.status()? == TokenStatus::WindDown)
    }

    /// Whether shares move without the owner. In a wind-down nobody may be left to approve,
    /// nor to make an index a venue again, whose holders have no other way out.
    pub fn moves_freely(&self) -> ProgramResult<bool> {
        let free = self.transfer_policy()? == TransferPolicy::Free;
        Ok(free || self.status()? == TokenStatus::WindDown)
    }

    /// The tax of redemptions now: none in a wind-down.
    pub fn cash_out_tax(&self) -> ProgramResult<Bps> {
        Ok(match self.status()? {
            TokenStatus::Active => Bps::new(self.terms.cash_out_tax_bps)?,
            TokenStatus::WindDown => Bps::new(0)?,
        })
    }

    /// First second in which the executor may wind up, unix time: the period must be
    /// over, not only reached.
    pub fn executor_from(&self) -> ProgramResult<i64> {
        let silence = i64::from(self.terms.inactivity_seconds).saturating_add(1);
        let from = self.owner_seen.checked_add(silence);
        from.ok_or(TokenError::Overflow)
    }

    /// The executor winds up. Errors: `WoundUp`, `NotExecutor`, `OwnerActive`.
    pub(crate) fn wind_up(&mut self, signer: &Pubkey, now: i64) -> ProgramResult<()> {
        require(self.is_executor(signer), TokenError::NotExecutor)?;
        self.require_active()?;
        require(now >= self.executor_from()?, TokenError::OwnerActive)?;
        self.begin_wind_down(now);
        Ok(())
    }

    /// First second in which the endowment may join the reserve, unix time; `None` while
    /// the token lives.
    pub fn endowment_joins_at(&self) -> ProgramResult<Option<i64>> {
        if self.status()? == TokenStatus::Active {
            return Ok(None);
        }
        let at = self.wound_up_at.checked_add(ENDOWMENT_WAITS);
        Ok(Some(at.ok_or(TokenError::Overflow)?))
    }

    /// A year after the wind-down began, what nothing locks of the endowment of the asset
    /// at `place` becomes reserve. Errors: `NotWoundUp`, `NoticePending`, `ZeroAmount`.
    pub(crate) fn join_endowment(
        &mut self,
        place: usize,
        now: i64,
    ) -> ProgramResult<SurplusEffects> {
        let at = self.endowment_joins_at()?.ok_or(TokenError::NotWoundUp)?;
        require(now >= at, TokenError::NoticePending)?;
        let asset = self.asset_mut(place)?;
        let joins = asset.unlocked()?;
        require(joins > 0, TokenError::ZeroAmount)?;
        asset.endowment = asset.locked;
        asset.reserve = add(asset.reserve, joins)?;
        Ok(SurplusEffects {
            found: joins,
            reserve: asset.reserve,
        })
    }

    /// Whether this key may tidy up what is over: the owner, and in a wind-down anybody.
    /// Errors: `NotOwner`.
    pub(crate) fn require_tidier(&mut self, signer: &Pubkey, clock: &Clock) -> ProgramResult<()> {
        if self.status()? == TokenStatus::WindDown {
            return Ok(());
        }
        self.require_owner(signer, clock)
    }

    /// Whether a wind-down has paid the last share out.
    pub fn has_ended(&self) -> ProgramResult<bool> {
        Ok(self.status()? == TokenStatus::WindDown && self.supply == 0)
    }

    /// Refuses but at the end of a wind-down, when no share is left. Errors: `NotWoundUp`,
    /// `NotOver`.
    pub(crate) fn require_ended(&self) -> ProgramResult<()> {
        require(
            self.status()? == TokenStatus::WindDown,
            TokenError::NotWoundUp,
        )?;
        require(self.supply == 0, TokenError::NotOver)
    }

    /// Admits no new money for now. The owner may, and the guardian. Errors: `NotGuardian`,
    /// `WoundUp`, `Paused`.
    pub(crate) fn pause(&mut self, signer: &Pubkey, clock: &Clock) -> ProgramResult<()> {
        if self.require_owner(signer, clock).is_err() {
            let named = self.guardian != Pubkey::default();
            require(named && self.guardian == *signer, TokenError::NotGuardian)?;
        }
        self.require_running()?;
        self.paused = 1;
        Ok(())
    }

    /// Admits new money again. Errors: `NotPaused`.
    pub(crate) fn unpause(&mut self) -> ProgramResult<()> {
        require(self.paused == 1, TokenError::NotPaused)?;
        self.paused = 0;
        Ok(())
    }

    /// Names who may pause and who may admit besides the owner; zero for nobody.
    pub(crate) fn set_roles(&mut self, guardian: &Pubkey, registrar: &Pubkey) {
        self.guardian = *guardian;
        self.registrar = *registrar;
    }

    /// Names who may wind the token up after the owner's inactivity; zero for nobody.
    pub(crate) fn set_executor(&mut self, executor: &Pubkey) {
        self.executor = *executor;
    }

    /// Bounds how many shares may be outside as bearer tokens. Returns how many are. Errors:
    /// `InvariantBroken`.
    pub(crate) fn set_bearer_cap(&mut self, bearer_cap: u64) -> ProgramResult<u64> {
        self.terms.bearer_cap = bearer_cap;
        self.bearer()
    }

    /// Proposes a new owner, who must accept; zero withdraws the proposal.
    pub(crate) fn propose_owner(&mut self, pending_owner: &Pubkey) {
        self.pending_owner = *pending_owner;
    }

    /// The proposed owner takes the token over. What the former owner named and announced
    /// ends; what belongs to the token goes on: endowment, rounds, polls. Errors:
    /// `NotPendingOwner`.
    pub(crate) fn accept_ownership(
        &mut self,
        owner: &Pubkey,
        clock: &Clock,
    ) -> ProgramResult<HandOverEffects> {
        require(self.pending_owner == *owner, TokenError::NotPendingOwner)?;
        let effects = HandOverEffects {
            owner: self.owner,
            guardian: self.guardian,
            registrar: self.registrar,
            executor: self.executor,
        };
        self.hand_over_to(owner, clock.unix_timestamp);
        self.require_owner(owner, clock)?;
        Ok(effects)
    }

    fn hand_over_to(&mut self, owner: &Pubkey, now: i64) {
        self.owner = *owner;
        self.pending_owner = Pubkey::default();
        self.owner_since = now;
        self.guardian = Pubkey::default();
        self.registrar = Pubkey::default();
        self.executor = Pubkey::default();
        self.forget_policy();
    }

    fn is_executor(&self, signer: &Pubkey) -> bool {
        self.executor != Pubkey::default() && self.executor == *signer
    }

    /// Proves who manages claims: the owner, and in a wind-down the executor too.
    /// Errors: `NotOwner`.
    pub(crate) fn require_manager(&mut self, signer: &Pubkey, clock: &Clock) -> ProgramResult<()> {
        let executes = self.status()? == TokenStatus::WindDown && self.is_executor(signer);
        if executes {
            return Ok(());
        }
        self.require_owner(signer, clock)
    }

    /// Counts a holder account that was opened.
    pub(crate) fn count_holder(&mut self) -> ProgramResult<()> {
        self.holders = add(self.holders, 1)?;
        Ok(())
    }

    /// Counts a holder account that was closed out.
    pub(crate) fn forget_holder(&mut self) -> ProgramResult<()> {
        self.holders = sub(self.holders, 1, TokenError::InvariantBroken)?;
        Ok(())
    }
}
