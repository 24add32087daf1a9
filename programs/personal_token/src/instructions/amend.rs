use {
    crate::{
        error::{TokenError, require},
        events::{self, AmendmentApplied, AmendmentClosed, AmendmentProposed},
        host::AccountIo,
        seeds,
        state::{Amendment, Change, Claim, Holder, PersonalToken, Proposal},
    },
    anchor_lang::prelude::*,
};

/// The owner proposes a change of terms, on which holders vote.
#[derive(Accounts)]
pub struct ProposeAmendment<'info> {
    /// Pays the rent and gets it back where the amendment is withdrawn or expires.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the amendment to make, proven by its seeds.
    #[account(mut)]
    pub amendment: UncheckedAccount<'info>,
    /// The claim whose terms are amended; none for other changes.
    pub claim: Option<AccountLoader<'info, Claim>>,
    pub system_program: Program<'info, System>,
}

/// `document` is the SHA-256 of what it says in full; it may be applied in the
/// `expires_in` seconds after the notice period.
pub(crate) fn propose_amendment(
    ctx: Context<ProposeAmendment>,
    change: Change,
    document: [u8; 32],
    expires_in: u32,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.amendments
    };

    let seeds: [&[u8]; 3] = [seeds::AMENDMENT, key.as_ref(), &number.to_le_bytes()];
    let bump = AccountIo::create_own::<Amendment>(&a.payer, &a.amendment, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut amendment = AccountIo::load_new::<Amendment>(&a.amendment)?;
        let claim = a.claim.as_ref().map(AccountLoader::load).transpose()?;
        let ours = claim.as_ref().is_none_or(|claim| claim.token == key);
        require(ours, TokenError::WrongToken)?;
        let by = Proposal {
            token: &key,
            rent_payer: a.payer.key,
            bump,
            change,
            document,
            expires_in,
        };

        amendment.propose(&by, &mut token, claim.as_deref(), clock.unix_timestamp)?;
        AmendmentProposed {
            header: token.header(&key, &clock)?,
            amendment: number,
            kind: u64::from(amendment.kind),
            claim: amendment.claim,
            value: amendment.after.value,
            share_bps: u64::from(amendment.after.share_bps),
            ends_at: amendment.after.ends_at,
            document,
            effective_at: amendment.effective_at,
            expires_at: amendment.expires_at,
        }
    };

    events::log(&event);
    Ok(())
}

/// Anybody applies an amendment that passed, after its notice and before it expires.
#[derive(Accounts)]
pub struct ApplyAmendment<'info> {
    /// Anybody; the owner where nobody else has shares.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The amendment.
    #[account(mut)]
    pub amendment: AccountLoader<'info, Amendment>,
    /// CHECK: the owner's holder account, proven by its seeds; it may not exist.
    pub owner_holder: UncheckedAccount<'info>,
    /// The claim whose terms are amended; none for other changes.
    #[account(mut)]
    pub claim: Option<AccountLoader<'info, Claim>>,
}

impl ApplyAmendment<'_> {
    /// Whether the owner signs and nobody else has shares.
    #[inline(never)]
    fn is_owners_alone(&self, token: &PersonalToken) -> Result<bool> {
        let (key, owner) = (self.token.as_ref().key, token.owner);
        let seeds: [&[u8]; 3] = [seeds::HOLDER, key.as_ref(), owner.as_ref()];
        AccountIo::prove_address(&self.owner_holder, &seeds)?;
        let shares = if *self.owner_holder.owner == crate::ID {
            AccountIo::read::<Holder>(&self.owner_holder)?.shares
        } else {
            0
        };
        Ok(owner == *self.authority.key && token.is_owners_alone(shares))
    }
}

pub(crate) fn apply_amendment(ctx: Context<ApplyAmendment>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let event = {
        let mut token = a.token.load_mut()?;
        let mut amendment = a.amendment.load_mut()?;
        let mut claim = a.claim.as_ref().map(AccountLoader::load_mut).transpose()?;
        let ours = claim.as_ref().is_none_or(|claim| claim.token == key);
        require(ours && amendment.token == key, TokenError::WrongToken)?;
        amendment.require_open(&token)?;
        amendment.require_alive(now)?;
        if a.is_owners_alone(&token)? {
            token.require_owner(a.authority.key, &clock)?;
        } else {
            require(token.has_passed()?, TokenError::AmendmentNotPassed)?;
            let over = now >= amendment.effective_at;
            require(over, TokenError::NoticePending)?;
        }

        let (approving, eligible) = (token.approving, token.eligible()?);
        amendment.apply(&mut token, claim.as_deref_mut(), now)?;
        AmendmentApplied {
            header: token.header(&key, &clock)?,
            amendment: amendment.number,
            kind: u64::from(amendment.kind),
            claim: amendment.claim,
            before: amendment.before.value,
            after: amendment.after.value,
            approving,
            eligible,
        }
    };

    events::log(&event);
    Ok(())
}

/// An amendment ends without effect; its account is closed.
#[derive(Accounts)]
pub struct CloseAmendment<'info> {
    /// The owner to withdraw it; anybody once it has expired.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The amendment; it is closed.
    #[account(mut)]
    pub amendment: AccountLoader<'info, Amendment>,
    /// CHECK: who paid the rent, proven by the amendment.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

fn close(a: &CloseAmendment, expired: bool) -> Result<()> {
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let amendment = a.amendment.load()?;
        require(amendment.token == key, TokenError::WrongToken)?;
        amendment.require_open(&token)?;
        if expired {
            let over = amendment.require_alive(clock.unix_timestamp).is_err();
            require(over, TokenError::AmendmentNotExpired)?;
        } else {
            token.require_owner(a.authority.key, &clock)?;
        }
        AccountIo::same(a.rent_payer.key, &amendment.rent_payer)?;

        token.close_amendment();
        AmendmentClosed {
            header: token.header(&key, &clock)?,
            amendment: amendment.number,
            expired: u64::from(expired),
        }
    };
    AccountIo::close(a.amendment.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// The owner withdraws the open amendment.
pub(crate) fn withdraw_amendment(ctx: Context<CloseAmendment>) -> Result<()> {
    close(ctx.accounts, false)
}

/// Anybody closes an amendment that was not applied in time.
pub(crate) fn expire_amendment(ctx: Context<CloseAmendment>) -> Result<()> {
    close(ctx.accounts, true)
}
