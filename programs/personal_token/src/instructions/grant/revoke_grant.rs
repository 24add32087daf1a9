use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantRevoked},
        host::TokenIo,
        state::{Grant, PersonalToken, TokenStatus, whole},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The owner takes back what has not vested: it is burned. What it brought goes back to
/// the endowment, at most its part now; what it earned streams again. What has vested stays
/// the beneficiary's. In a wind-down anybody does it, with every grant.
#[derive(Accounts)]
pub struct RevokeGrantAccounts<'info> {
    /// The owner; in a wind-down anybody.
    pub authority: Signer<'info>,
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

pub(crate) fn revoke_grant(ctx: Context<RevokeGrantAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        let mut grant = a.grant.load_mut()?;
        let key = a.token.as_ref().key;
        require(grant.token == *key, TokenError::WrongToken)?;
        if token.status()? == TokenStatus::Active {
            token.require_owner(a.authority.key, &clock)?;
            require(grant.revocable == 1, TokenError::GrantNotRevocable)?;
        }
        token_io::prove_shares(&token, &a.mint, &a.share_custody, &a.token_2022_program)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;

        token.release(now)?;
        let revocation = grant.revocation(&token, now)?;
        token.revoke_grant(&mut grant, &revocation, now)?;
        let event = GrantRevoked {
            header: token.header(key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            by: *a.authority.key,
            burned: revocation.burned,
            vested: grant.shares,
            returned: revocation.returned,
            earned: whole(&revocation.earned),
            supply: token.supply,
        };
        (event, TokenSigner::of(&token))
    };

    TokenIo::burn(
        &a.token_2022_program,
        &a.mint,
        &a.share_custody,
        a.token.as_ref(),
        event.burned,
        Some(&signer.seeds()),
    )?;

    events::log(&event);
    Ok(())
}
