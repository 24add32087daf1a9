use {
    crate::{
        error::{TokenError, require},
        events::{self, GrantClaimed, GrantDividendClaimed},
        host::{AccountIo, Host, TokenIo},
        seeds,
        state::{Grant, Holder, PersonalToken},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What has vested goes to the beneficiary's holder account. Anybody may see to it.
#[derive(Accounts)]
pub struct ClaimGrant<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    #[account(mut)]
    pub grant: AccountLoader<'info, Grant>,
    /// The grant's own holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The beneficiary's holder account.
    #[account(mut)]
    pub beneficiary_holder: AccountLoader<'info, Holder>,
}

/// Proves a grant and its own holder account.
pub(super) fn prove_grant(
    token: &AccountLoader<PersonalToken>,
    grant_key: &Pubkey,
    grant: &Grant,
    holder: &Holder,
) -> Result<()> {
    let key = token.as_ref().key;
    require(
        grant.token == *key && holder.token == *key,
        TokenError::WrongToken,
    )?;
    require(holder.wallet == *grant_key, TokenError::WrongAccount)?;
    Ok(())
}

pub(crate) fn claim_grant(ctx: Context<ClaimGrant>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let distinct = a.holder.as_ref().key != a.beneficiary_holder.as_ref().key;
    require(distinct, TokenError::SameAccount)?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut grant = a.grant.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let mut to = a.beneficiary_holder.load_mut()?;
        prove_grant(&a.token, a.grant.as_ref().key, &grant, &holder)?;
        require(to.token == grant.token, TokenError::WrongToken)?;
        require(to.wallet == grant.beneficiary, TokenError::NotHolder)?;
        let shares = grant.claimable(&holder, now)?;

        token.release(now)?;
        let cost = token.change(&mut holder, |holder| holder.remove(shares))?;
        token.change(&mut to, |to| {
            to.merge_royalty(holder.royalty_bps, shares)?;
            to.receive(shares, cost)
        })?;
        token.invariant()?;
        // Gifts to the grant are claimed with it, beside its own shares.
        grant.claimed = grant.vested(now)?;
        GrantClaimed {
            header: token.header(a.token.as_ref().key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            shares,
            unvested: holder.shares,
            holder_shares: to.shares,
        }
    };

    events::log(&event);
    Ok(())
}

/// A grant's shares earned: the beneficiary is paid. Anybody may see to it.
#[derive(Accounts)]
pub struct ClaimGrantDividend<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The grant.
    pub grant: AccountLoader<'info, Grant>,
    /// The grant's own holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: the beneficiary's associated account of the payout mint, proven by its
    /// address.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: the vault, proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: a payout mint, proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the mint, proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn claim_grant_dividend(ctx: Context<ClaimGrantDividend>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, decimals, signer) = {
        let mut token = a.token.load_mut()?;
        let grant = a.grant.load()?;
        let mut holder = a.holder.load_mut()?;
        prove_grant(&a.token, a.grant.as_ref().key, &grant, &holder)?;
        let place = token.asset_of(a.mint.key)?;
        let asset = token.asset(place)?;
        let (stream, decimals) = (usize::from(asset.stream), asset.decimals);
        token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
        let (wallet, program) = (&grant.beneficiary, a.token_program.key);
        // Anybody calls this: the one account that a wallet is known to look at.
        let theirs = seeds::find_associated(wallet, a.mint.key, program).0;
        AccountIo::same(a.destination.key, &theirs)?;
        TokenIo::prove_account(&a.destination, a.mint.key, wallet)?;

        token.release(clock.unix_timestamp)?;
        token.settle(&mut holder)?;
        let amount = holder.take_owed(stream)?;
        let payouts = token.pay_dividend(place, amount)?;
        let event = GrantDividendClaimed {
            header: token.header(a.token.as_ref().key, &clock)?,
            grant: grant.number,
            beneficiary: grant.beneficiary,
            mint: a.mint.key(),
            amount,
            payouts,
        };
        (event, decimals, TokenSigner::of(&token))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.vault,
        to: &a.destination,
        authority: a.token.as_ref(),
    }
    .by_seeds::<Host>(event.amount, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
