use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimAccountClosed, HolderClosed},
        host::{AccountIo, TokenIo},
        seeds,
        state::{Claim, ClaimKind, Holder, PersonalToken, Status},
    },
    anchor_lang::{prelude::*, system_program},
};

/// Closes an empty holder account; its rent returns to who paid it. Of what it could
/// claim, less than an atom of each stream stays there.
#[derive(Accounts)]
pub struct CloseHolder<'info> {
    /// The holder's wallet. In a wind-down anybody, where the wallet is no program's
    /// account, so that it can open its own again, and carries no cost of withdrawn shares.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The holder account; it is closed.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// CHECK: the holder's wallet, proven by the holder account.
    pub wallet: UncheckedAccount<'info>,
    /// CHECK: who paid the rent, proven by the holder account.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_holder(ctx: Context<CloseHolder>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let holder = a.holder.load()?;
        require(holder.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.wallet.key, &holder.wallet)?;
        AccountIo::same(a.rent_payer.key, &holder.rent_payer)?;
        if *a.authority.key != holder.wallet {
            let over = token.status()? == Status::WindDown;
            let plain = *a.wallet.owner == system_program::ID;
            require(over && plain, TokenError::NotHolder)?;
            require(holder.withdrawn == 0, TokenError::HolderNotEmpty)?;
        }
        holder.require_empty()?;

        token.forget_holder()?;
        HolderClosed {
            header: token.header(&key, &clock)?,
            wallet: holder.wallet,
            holders: token.holders,
        }
    };
    AccountIo::close(a.holder.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// The owner closes the account of a claim of which nothing is left, and its empty vault;
/// the rent of both returns to who paid the claim's. What became of it stays in the events.
#[derive(Accounts)]
pub struct CloseClaim<'info> {
    /// The owner; in a wind-down anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim; it is closed.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// CHECK: who paid the rent, proven by the claim.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// CHECK: the claim's vault, if it ever had custody; proven by its fields. It is closed.
    #[account(mut)]
    pub claim_vault: Option<UncheckedAccount<'info>>,
    /// CHECK: the program that owns the vault, proven by it.
    pub token_program: Option<UncheckedAccount<'info>>,
}

impl CloseClaim<'_> {
    /// Closes the empty vault of a claim that had custody.
    #[inline(never)]
    fn close_vault(&self, number: u64, bump: u8) -> Result<()> {
        let vault = self.claim_vault.as_ref().ok_or(TokenError::WrongAccount)?;
        let program = self.token_program.as_ref();
        let program = program.ok_or(TokenError::WrongTokenProgram)?;
        require(program.key == vault.owner, TokenError::WrongTokenProgram)?;
        let number = number.to_le_bytes();
        TokenIo::close_account(
            program,
            vault,
            &self.rent_payer,
            self.claim.as_ref(),
            &[
                seeds::CLAIM,
                self.token.as_ref().key.as_ref(),
                &number,
                &[bump],
            ],
        )
    }
}

pub(crate) fn close_claim(ctx: Context<CloseClaim>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (event, custody) = {
        let mut token = a.token.load_mut()?;
        let claim = a.claim.load()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_tidier(a.authority.key, &clock)?;
        AccountIo::same(a.rent_payer.key, &claim.rent_payer)?;
        claim.require_over(clock.unix_timestamp)?;
        let custody = claim.kind()? == ClaimKind::TokenizedEquity && claim.units > 0;
        if let Some(vault) = &a.claim_vault {
            TokenIo::prove_account(vault, &claim.mint, a.claim.as_ref().key)?;
            require(TokenIo::balance(vault)? == 0, TokenError::NotOver)?;
        }
        let event = ClaimAccountClosed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
        };
        (event, custody.then_some((claim.number, claim.bump)))
    };

    if let Some((number, bump)) = custody {
        a.close_vault(number, bump)?;
    }
    AccountIo::close(a.claim.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
