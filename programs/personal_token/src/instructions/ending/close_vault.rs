use {
    super::closed,
    crate::{
        error::{TokenError, require},
        events::{self, AccountClosed},
        host::{AccountIo, ThisProgram, TokenIo},
        mint_policy,
        state::PersonalToken,
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// At the end of a wind-down, when no share and no holder account is left, closes one of
/// the token's vaults or the share custody. What strangers sent and what rounding left goes
/// to the owner, and so does the rent. Anyone may.
#[derive(Accounts)]
pub struct CloseVaultAccounts<'info> {
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The vault, or the share custody; it is closed.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The vault's mint.
    ///
    /// CHECK: proven by the token.
    pub mint: UncheckedAccount<'info>,
    /// The owner's account of the mint, if something is left in the vault: the associated one,
    /// or any that nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: Option<UncheckedAccount<'info>>,
    /// The owner.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub owner: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn close_vault(ctx: Context<CloseVaultAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let decimals = mint_policy::decimals(&a.mint)?;
    let left = TokenIo::balance(&a.vault)?;
    let (event, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_ended()?;
        let nobody = token.holders == 0 && token.open_rounds == 0;
        require(nobody, TokenError::NotOver)?;
        AccountIo::same(a.owner.key, &token.owner)?;
        require(
            a.token_program.key == a.mint.owner,
            TokenError::WrongTokenProgram,
        )?;
        if *a.vault.key == token.share_custody {
            AccountIo::same(a.mint.key, &token.mint)?;
        } else {
            let place = token.vault_place(a.vault.key)?;
            let asset = token.asset(place)?;
            token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
            require(asset.is_uncollected(), TokenError::NotOver)?;
            token.write_off_vault(place)?;
        }
        if let Some(destination) = &a.destination {
            TokenIo::prove_payee(destination, a.mint.key, a.owner.key)?;
        }
        let event = AccountClosed {
            header: token.header(a.token.as_ref().key, &clock)?,
            account: a.vault.key(),
            kind: closed::VAULT,
            number: 0,
        };
        (event, TokenSigner::of(&token))
    };

    let token = a.token.as_ref();
    if left > 0 {
        let destination = a.destination.as_ref().ok_or(TokenError::NotOver)?;
        Transfer {
            program: &a.token_program,
            mint: &a.mint,
            decimals,
            from: &a.vault,
            to: destination,
            authority: token,
        }
        .by_seeds::<ThisProgram>(left, &signer.seeds())?;
    }
    TokenIo::close_account(&a.token_program, &a.vault, &a.owner, token, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
