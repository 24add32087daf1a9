use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimAttested},
        host::AccountIo,
        seeds,
        state::{Attestation, Claim, PersonalToken, Statement},
    },
    anchor_lang::prelude::*,
};

/// Somebody signs a statement on a claim, or signs again. It counts where holders accepted
/// who signs; others are shown as not accepted.
#[derive(Accounts)]
pub struct AttestClaim<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Who attests: anybody but the owner.
    pub attester: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    pub claim: AccountLoader<'info, Claim>,
    /// The attestation to make or renew.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub attestation: UncheckedAccount<'info>,
    /// The system program, which makes the attestation.
    pub system_program: Program<'info, System>,
}

pub(crate) fn attest_claim(ctx: Context<AttestClaim>, statement: Statement) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, claim_key) = (a.token.key(), a.claim.key());
    {
        let token = a.token.load()?;
        let claim = a.claim.load()?;
        require(claim.token == key, TokenError::WrongToken)?;
        let other = token.owner != *a.attester.key;
        require(other, TokenError::InvalidAttester)?;
    }

    let attester = a.attester.key();
    if *a.attestation.owner != crate::ID {
        let seeds = seeds::attestation(&claim_key, &attester);
        let bump = AccountIo::create_own::<Attestation>(&a.payer, &a.attestation, &seeds)?;
        let mut attestation = AccountIo::load_new::<Attestation>(&a.attestation)?;
        let keys = [&key, &claim_key, &attester, a.payer.key];
        attestation.open(keys, a.claim.load()?.number, bump);
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
            units: statement.units,
            value: statement.value,
            cost: statement.cost,
            cost_at: attestation.cost_at,
            expires_at: statement.expires_at,
            document: statement.document,
        }
    };

    events::log(&event);
    Ok(())
}
