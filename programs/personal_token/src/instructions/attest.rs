use {
    crate::{
        error::{TokenError, require},
        events::{self, AttestationRevoked, ClaimAttested, ClaimDisputed, DisputeResolved},
        host::AccountIo,
        seeds,
        state::{Attestation, Attesters, Claim, PersonalToken, Statement, VERSION},
    },
    anchor_lang::prelude::*,
};

/// An attester of the token signs a statement on a claim, or signs again.
#[derive(Accounts)]
pub struct AttestClaim<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The attester.
    pub attester: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    pub attesters: AccountLoader<'info, Attesters>,
    /// The claim.
    pub claim: AccountLoader<'info, Claim>,
    /// CHECK: the attestation to make or renew, proven by its seeds.
    #[account(mut)]
    pub attestation: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn attest_claim(ctx: Context<AttestClaim>, statement: Statement) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, claim_key) = (a.token.key(), a.claim.key());
    {
        let list = a.attesters.load()?;
        let claim = a.claim.load()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;
        require(list.contains(a.attester.key), TokenError::NotAttester)?;
    }

    let attester = a.attester.key();
    if *a.attestation.owner != crate::ID {
        let seeds: [&[u8]; 3] = [seeds::ATTESTATION, claim_key.as_ref(), attester.as_ref()];
        let bump = AccountIo::create_own::<Attestation>(&a.payer, &a.attestation, &seeds)?;
        let mut attestation = AccountIo::load_new::<Attestation>(&a.attestation)?;
        attestation.version = VERSION;
        attestation.bump = bump;
        attestation.token = key;
        attestation.claim = claim_key;
        attestation.attester = attester;
        attestation.rent_payer = a.payer.key();
    }
    let event = {
        let mut token = a.token.load_mut()?;
        let claim = a.claim.load()?;
        let mut attestation = AccountIo::load::<Attestation>(&a.attestation)?;
        let own = attestation.token == key
            && attestation.claim == claim_key
            && attestation.attester == attester;
        require(own, TokenError::WrongAccount)?;
        attestation.sign(&claim, &statement, clock.unix_timestamp)?;
        ClaimAttested {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            attester,
            value: statement.value,
            expires_at: statement.expires_at,
            document: statement.document,
        }
    };

    events::log(&event);
    Ok(())
}

/// An attester takes a statement back; its rent returns to who paid it. Works for
/// those too who are attesters no more.
#[derive(Accounts)]
pub struct RevokeAttestation<'info> {
    /// The attester.
    pub attester: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    pub claim: AccountLoader<'info, Claim>,
    /// The attestation; it is closed.
    #[account(mut)]
    pub attestation: AccountLoader<'info, Attestation>,
    /// CHECK: who paid the rent, proven by the attestation.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn revoke_attestation(ctx: Context<RevokeAttestation>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let claim = a.claim.load()?;
        let attestation = a.attestation.load()?;
        let own = attestation.token == key && attestation.claim == a.claim.key();
        require(own, TokenError::WrongToken)?;
        require(
            attestation.attester == *a.attester.key,
            TokenError::NotAttester,
        )?;
        AccountIo::same(a.rent_payer.key, &attestation.rent_payer)?;
        AttestationRevoked {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            attester: attestation.attester,
        }
    };
    AccountIo::close(a.attestation.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// An attester disputes a claim, or a dispute ends.
#[derive(Accounts)]
pub struct DisputeClaim<'info> {
    /// An attester; or the owner, where who disputed is an attester no more.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    pub attesters: AccountLoader<'info, Attesters>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

/// `reasons` is the SHA-256 of what the attester has to say.
pub(crate) fn dispute_claim(ctx: Context<DisputeClaim>, reasons: [u8; 32]) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let list = a.attesters.load()?;
        let mut claim = a.claim.load_mut()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;
        require(list.contains(a.authority.key), TokenError::NotAttester)?;

        claim.dispute(a.authority.key)?;
        ClaimDisputed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            attester: a.authority.key(),
            reasons,
        }
    };

    events::log(&event);
    Ok(())
}

pub(crate) fn resolve_dispute(ctx: Context<DisputeClaim>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let list = a.attesters.load()?;
        let mut claim = a.claim.load_mut()?;
        require(
            list.token == key && claim.token == key,
            TokenError::WrongToken,
        )?;
        let owner = token.owner == *a.authority.key;
        let owner_may = owner && !list.contains(&claim.disputed_by);

        claim.resolve(a.authority.key, owner_may)?;
        DisputeResolved {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            by: a.authority.key(),
        }
    };

    events::log(&event);
    Ok(())
}
