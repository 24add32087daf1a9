use {
    crate::{
        error::{TokenError, require},
        events::{self, IdentityAttested},
        host::AccountIo,
        seeds,
        state::{Identity, IdentityAttestation, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Somebody signs that a token's owner is a certain person, or signs again. Whom to
/// believe is each reader's choice, so anybody may.
#[derive(Accounts)]
pub struct AttestIdentity<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Who vouches; not the creator or the owner.
    pub attester: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The statement to make or renew.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub identity: UncheckedAccount<'info>,
    /// The system program, which makes the statement.
    pub system_program: Program<'info, System>,
}

pub(crate) fn attest_identity(
    ctx: Context<AttestIdentity>,
    identity_attestation: IdentityAttestation,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, attester) = (a.token.key(), a.attester.key());
    {
        let token = a.token.load()?;
        let other = attester != token.creator && attester != token.owner;
        require(other, TokenError::InvalidAttester)?;
    }

    if *a.identity.owner != crate::ID {
        let seeds = seeds::identity(&key, &attester);
        let bump = AccountIo::create_own::<Identity>(&a.payer, &a.identity, &seeds)?;
        let mut identity = AccountIo::load_new::<Identity>(&a.identity)?;
        identity.open([&key, &attester, a.payer.key], bump);
    }
    let event = {
        let mut token = a.token.load_mut()?;
        let mut identity = AccountIo::load::<Identity>(&a.identity)?;
        let own = identity.token == key && identity.attester == attester;
        require(own, TokenError::WrongAccount)?;
        identity.sign(&identity_attestation, &token.owner, clock.unix_timestamp)?;
        IdentityAttested {
            header: token.header(&key, &clock)?,
            owner: token.owner,
            attester,
            subject: identity_attestation.subject,
            document: identity_attestation.document,
            expires_at: identity_attestation.expires_at,
        }
    };

    events::log(&event);
    Ok(())
}
