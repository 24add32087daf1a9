use {
    crate::{
        error::{TokenError, require},
        events::{self, OfferingOpened},
        host::AccountIo,
        seeds,
        state::{Claim, Offering, OfferingTerms, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner offers something: for a price, for shares held or for shares burned.
#[derive(Accounts)]
pub struct OpenOffering<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offering to make, with the token's next number.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub offering: UncheckedAccount<'info>,
    /// The revenue claim that takes its part of payments, if the terms name one.
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The system program, which makes the offering.
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_offering(ctx: Context<OpenOffering>, terms: OfferingTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let number = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        token.offerings
    };

    let seeds: [&[u8]; 3] = [seeds::OFFERING, key.as_ref(), &number.to_le_bytes()];
    let bump = AccountIo::create_own::<Offering>(&a.payer, &a.offering, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut offering = AccountIo::load_new::<Offering>(&a.offering)?;
        let claim = a.claim.as_ref().map(|claim| claim.load()).transpose()?;
        if let Some(claim) = &claim {
            require(claim.token == key, TokenError::WrongToken)?;
        }
        offering.open(&terms, &token, claim.as_deref(), clock.unix_timestamp)?;
        offering.bump = bump;
        offering.number = number;
        offering.token = key;
        offering.rent_payer = a.payer.key();
        token.offerings = number.checked_add(1).ok_or(TokenError::Overflow)?;
        OfferingOpened {
            header: token.header(&key, &clock)?,
            offering: number,
            kind: u64::from(offering.kind),
            tier: u64::from(offering.tier),
            mint: offering.mint,
            price: offering.price,
            units: offering.units,
            lifetime: offering.lifetime,
            max_passes: offering.max_passes,
            linked: u64::from(offering.linked),
            claim: offering.claim,
        }
    };

    events::log(&event);
    Ok(())
}
