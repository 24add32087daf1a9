use {
    crate::{
        events::{self, GrantOffered},
        host::{AccountIo, TokenIo},
        seeds,
        state::{Grant, GrantOffer, PersonalToken},
        token_io,
    },
    anchor_lang::prelude::*,
};

/// The owner offers shares that vest over time. Nothing is created: the offer reserves cap,
/// room, and what the shares would bring now in the endowment, until the beneficiary
/// accepts or it ends. The remaining accounts are mint and vault of each asset that is
/// exempted.
#[derive(Accounts)]
pub struct OfferGrantAccounts<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub grant: UncheckedAccount<'info>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The system program, which makes the grant.
    pub system_program: Program<'info, System>,
}

pub(crate) fn offer_grant<'info>(
    ctx: Context<'info, OfferGrantAccounts<'info>>,
    offer: GrantOffer,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    offer.validate(now)?;
    let (number, locked) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_running()?;
        AccountIo::same(a.mint.key, &token.mint)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        token.release(now)?;
        let parts = token.parts(offer.terms.shares, exempt)?;
        token.reserve_grant(offer.terms.shares, &parts, now)?
    };

    let bytes = number.to_le_bytes();
    let seeds = seeds::grant(&key, &bytes);
    let bump = AccountIo::create_own::<Grant>(&a.payer, &a.grant, &seeds)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut grant = AccountIo::load_new::<Grant>(&a.grant)?;
        grant.offer(&key, a.payer.key, number, bump, &offer, locked);
        let terms = &offer.terms;
        GrantOffered {
            header: token.header(&key, &clock)?,
            grant: number,
            reference: offer.reference,
            beneficiary: offer.beneficiary,
            shares: terms.shares,
            start: terms.start,
            cliff_seconds: u64::from(terms.cliff_seconds),
            duration_seconds: u64::from(terms.duration_seconds),
            revocable: u64::from(terms.revocable),
            expires_at: offer.expires_at,
            locked,
            offered: token.offered,
        }
    };

    events::log(&event);
    Ok(())
}
