use {
    crate::{
        error::{TokenError, require},
        events::{self, EquityDeposited},
        host::{ThisProgram, TokenIo},
        mint_policy,
        state::{Claim, PersonalToken},
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// The owner brings tokenized equity into a claim's own vault.
#[derive(Accounts)]
pub struct DepositEquity<'info> {
    /// The owner; pays the vault's rent.
    #[account(mut)]
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The owner's account of the equity's mint, which the equity leaves.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The claim's vault, which receives the equity. It is made if it is missing.
    ///
    /// CHECK: the associated token program proves its address.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// The equity's mint.
    ///
    /// CHECK: proven by the mint policy and the claim.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
    /// The associated token program, which makes the claim's vault.
    ///
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
    /// The system program, which makes the claim's vault.
    pub system_program: Program<'info, System>,
}

/// `units` in atoms of the equity's mint; `cost` in quote atoms for all of them.
pub(crate) fn deposit_equity(ctx: Context<DepositEquity>, units: u64, cost: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let facts = mint_policy::check(&a.mint)?;
    require(
        a.token_program.key == a.mint.owner,
        TokenError::WrongTokenProgram,
    )?;
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.require_active()?;
        require(claim.token == a.token.key(), TokenError::WrongToken)?;
        require(*a.mint.key != token.mint, TokenError::UnsupportedMint)?;

        claim.deposit(a.mint.key, units, cost, &mut token, clock.unix_timestamp)?;
        EquityDeposited {
            header: token.header(&a.token.key(), &clock)?,
            claim: claim.number,
            mint: a.mint.key(),
            units,
            cost,
            held: claim.held()?,
        }
    };

    TokenIo::create_associated(
        &a.owner,
        &a.claim_vault,
        a.claim.as_ref(),
        &a.mint,
        &a.system_program,
        &a.token_program,
        &a.associated_token_program,
    )?;
    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.payment,
        to: &a.claim_vault,
        authority: &a.owner,
    }
    .by_wallet::<ThisProgram>(units)?;

    events::log(&event);
    Ok(())
}
