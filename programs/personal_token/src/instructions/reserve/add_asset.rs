use {
    crate::{
        error::{TokenError, require},
        events::{self, AssetAdded},
        host::TokenIo,
        mint_policy,
        state::{Asset, FREEZABLE, PAUSABLE, PersonalToken, SEIZABLE},
    },
    anchor_lang::prelude::*,
};

/// The owner lists a mint as a reserve asset, and with `payout` as a payout mint
/// with a stream. A listing is for good: redeemers rely on it. Shares of persons and of
/// indexes are refused: what they hold could be this token's own shares.
#[derive(Accounts)]
pub struct AddAsset<'info> {
    /// Pays the vault's rent.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The mint to list.
    ///
    /// CHECK: proven by the mint policy.
    pub mint: UncheckedAccount<'info>,
    /// The mint's authority, if it has one: it shows whether the mint is a share of a token or of
    /// an index.
    ///
    /// CHECK: proven by the mint.
    pub mint_authority: Option<UncheckedAccount<'info>>,
    /// The vault to make for the mint.
    ///
    /// CHECK: the associated token program proves its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
    /// The associated token program, which makes the vault.
    ///
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
    /// The system program, which makes the vault.
    pub system_program: Program<'info, System>,
}

pub(crate) fn add_asset(ctx: Context<AddAsset>, payout: bool) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let facts = mint_policy::check(&a.mint)?;
    mint_policy::require_not_ours(&a.mint, a.mint_authority.as_deref())?;
    require(
        a.token_program.key == a.mint.owner,
        TokenError::WrongTokenProgram,
    )?;
    let mint = a.mint.key();
    let (header, payouts_from) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_active()?;
        let asset = Asset {
            mint,
            vault: a.vault.key(),
            decimals: facts.decimals,
            flags: facts.flags,
            ..Asset::default()
        };
        let payouts_from = token.list(asset, payout, clock.unix_timestamp)?;
        (token.header(&a.token.key(), &clock)?, payouts_from)
    };
    TokenIo::create_associated(
        &a.payer,
        &a.vault,
        a.token.as_ref(),
        &a.mint,
        &a.system_program,
        &a.token_program,
        &a.associated_token_program,
    )?;

    let flag = |flag: u8| u64::from(facts.flags & flag != 0);
    events::log(&AssetAdded {
        header,
        mint,
        payout: u64::from(payout),
        seizable: flag(SEIZABLE),
        freezable: flag(FREEZABLE),
        pausable: flag(PAUSABLE),
        payouts_from,
    });
    Ok(())
}
