use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantAccepted},
        host::TokenIo,
        state::{Grant, PersonalToken},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The beneficiary accepts an offer: its shares are created, registered in the grant. The
/// endowment brings their part of every reserve asset and of what still streams. The
/// remaining accounts are mint and vault of each asset that is exempted.
#[derive(Accounts)]
pub struct AcceptGrantAccounts<'info> {
    /// The beneficiary.
    pub beneficiary: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The share custody, which holds the registered shares.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn accept_grant<'info>(ctx: Context<'info, AcceptGrantAccounts<'info>>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (brought, event, signer) = {
        let mut token = a.token.load_mut()?;
        let mut grant = a.grant.load_mut()?;
        let key = a.token.as_ref().key;
        require(grant.token == *key, TokenError::WrongToken)?;
        let theirs = grant.beneficiary == *a.beneficiary.key;
        require(theirs, TokenError::NotBeneficiary)?;
        grant.require_offered()?;
        require(!grant.is_lapsed(now), TokenError::OfferLapsed)?;
        token.require_running()?;
        token.require_no_escrow()?;
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        token.require_backed()?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        token.release(now)?;
        token.free_grant(&mut grant)?;
        let parts = token.parts(grant.shares, exempt)?;
        token.accept_grant(&mut grant, &parts, now)?;
        let brought = token.brought(key, grant.shares, &parts, &clock)?;
        let event = GrantAccepted {
            header: token.header(key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            shares: grant.shares,
            offered: token.offered,
            supply: token.supply,
        };
        (brought, event, TokenSigner::of(&token))
    };

    TokenIo::mint_to(
        &a.token_2022_program,
        &a.mint,
        &a.share_custody,
        a.token.as_ref(),
        event.shares,
        &signer.seeds(),
    )?;

    if let Some(brought) = &brought {
        events::log(brought);
    }
    events::log(&event);
    Ok(())
}
