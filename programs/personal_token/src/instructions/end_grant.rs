use {
    super::claim_grant::prove_grant,
    crate::{
        error::{TokenError, require},
        events::{self, GrantClosed, GrantRevoked},
        host::{AccountIo, TokenIo},
        state::{Grant, Holder, PersonalToken, is_paid_out},
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// The owner takes back what has not vested: it is burned. What has vested stays
/// claimable.
#[derive(Accounts)]
pub struct RevokeGrant<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// The grant's own holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn revoke_grant(ctx: Context<RevokeGrant>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        let mut grant = a.grant.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        prove_grant(&a.token, a.grant.as_ref().key, &grant, &holder)?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;

        let burned = grant.revoke(now)?;
        token.release(now)?;
        token.burn(&mut holder, burned)?;
        let event = GrantRevoked {
            header: token.header(a.token.as_ref().key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            burned,
            vested: grant.shares,
            supply: token.supply,
        };
        (event, TokenSigner::of(&token))
    };

    TokenIo::burn(
        &a.token_2022_program,
        &a.mint,
        &a.register,
        a.token.as_ref(),
        event.burned,
        Some(&signer.seeds()),
    )?;

    events::log(&event);
    Ok(())
}

/// An empty grant ends: both its accounts close. Anybody may see to it.
#[derive(Accounts)]
pub struct CloseGrant<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// The grant's own holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: who paid the grant's rent, proven by the grant.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: who paid the holder account's rent, proven by it.
    #[account(mut)]
    pub holder_rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_grant(ctx: Context<CloseGrant>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let grant = a.grant.load()?;
        let mut holder = a.holder.load_mut()?;
        prove_grant(&a.token, a.grant.as_ref().key, &grant, &holder)?;
        AccountIo::same(a.rent_payer.key, &grant.rent_payer)?;
        AccountIo::same(a.holder_rent_payer.key, &holder.rent_payer)?;
        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        require(is_paid_out(&holder), TokenError::GrantNotEmpty)?;

        let left = token.holders.checked_sub(1);
        token.holders = left.ok_or(TokenError::InvariantBroken)?;
        GrantClosed {
            header: token.header(a.token.as_ref().key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            holders: token.holders,
        }
    };
    AccountIo::close(a.holder.as_ref(), &a.holder_rent_payer)?;
    AccountIo::close(a.grant.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
