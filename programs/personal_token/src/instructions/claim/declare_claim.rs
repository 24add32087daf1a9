use {
    crate::{
        events::{self, ClaimDeclared},
        host::AccountIo,
        seeds,
        state::{Claim, ClaimTerms, Declaration, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner declares a right. A claim is looked through to, never priced.
#[derive(Accounts)]
pub struct DeclareClaim<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim to make, with the token's next number.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub claim: UncheckedAccount<'info>,
    /// The system program, which makes the claim.
    pub system_program: Program<'info, System>,
}

pub(crate) fn declare_claim(ctx: Context<DeclareClaim>, terms: ClaimTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_active()?;
        token.claims
    };

    let bytes = number.to_le_bytes();
    let seeds = seeds::claim(&key, &bytes);
    let bump = AccountIo::create_own::<Claim>(&a.payer, &a.claim, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = AccountIo::load_new::<Claim>(&a.claim)?;
        let rent_payer = a.payer.key;
        let now = clock.unix_timestamp;
        let by = Declaration {
            token: &key,
            rent_payer,
            bump,
            number,
            now,
        };
        claim.declare(&terms, &token, &by)?;
        token.count_claim()?;
        ClaimDeclared {
            header: token.header(&key, &clock)?,
            claim: number,
            kind: u64::from(claim.kind),
            units: claim.units,
            cost: claim.cost,
        }
    };

    events::log(&event);
    Ok(())
}
