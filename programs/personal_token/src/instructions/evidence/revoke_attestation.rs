use {
    crate::{
        error::{TokenError, require},
        events::{self, AttestationRevoked},
        host::AccountIo,
        state::{Attestation, Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// A statement is taken back; its rent returns to who paid it. Works for those too whom
/// holders never accepted, or accept no more.
#[derive(Accounts)]
pub struct RevokeAttestation<'info> {
    /// Who attested; anybody if the claim is over or its account is closed.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim, whose account may be closed.
    ///
    /// CHECK: proven by the attestation.
    pub claim: UncheckedAccount<'info>,
    /// The attestation; it is closed.
    #[account(mut)]
    pub attestation: AccountLoader<'info, Attestation>,
    /// Who paid the attestation's rent and gets it back.
    ///
    /// CHECK: proven by the attestation.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn revoke_attestation(ctx: Context<RevokeAttestation>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let attestation = a.attestation.load()?;
        require(attestation.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.claim.key, &attestation.claim)?;
        AccountIo::same(a.rent_payer.key, &attestation.rent_payer)?;
        let own = attestation.attester == *a.authority.key;
        require(own || a.is_over()?, TokenError::NotAttester)?;
        AttestationRevoked {
            header: token.header(&key, &clock)?,
            claim: attestation.number,
            attester: attestation.attester,
        }
    };
    AccountIo::close(a.attestation.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

impl RevokeAttestation<'_> {
    /// Whether nothing is left that the statement could speak for.
    fn is_over(&self) -> Result<bool> {
        if *self.claim.owner != crate::ID {
            return Ok(true);
        }
        let claim = AccountIo::read::<Claim>(&self.claim)?;
        Ok(!claim.is_open()?)
    }
}
