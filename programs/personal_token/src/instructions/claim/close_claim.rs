use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimAccountClosed},
        host::{AccountIo, ThisProgram, TokenIo},
        mint_policy, seeds,
        state::{Claim, PersonalToken},
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// The owner closes the account of a claim that is over, and its vault; the rent of both
/// returns to who paid the claim's. What strangers sent since it was over is the owner's: a
/// trifle, or all of it when a wind-down has paid the last share out. What became of the
/// claim stays in the events.
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
    /// Who paid the claim's rent and gets it back.
    ///
    /// CHECK: proven by the claim.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The claim's vault, if it ever had custody; it is closed.
    ///
    /// CHECK: the claim's associated account of its mint, proven by its address.
    #[account(mut)]
    pub claim_vault: Option<UncheckedAccount<'info>>,
    /// The mint of the vault.
    ///
    /// CHECK: proven by the claim.
    pub mint: Option<UncheckedAccount<'info>>,
    /// The owner's account of that mint, if something is left in the vault: the associated one,
    /// or any that nobody else can take from.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: Option<UncheckedAccount<'info>>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: Option<UncheckedAccount<'info>>,
}

pub(crate) fn close_claim(ctx: Context<CloseClaim>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (event, custody, bump) = {
        let mut token = a.token.load_mut()?;
        let claim = a.claim.load()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_tidier(a.authority.key, &clock)?;
        AccountIo::same(a.rent_payer.key, &claim.rent_payer)?;
        claim.require_over(&token, clock.unix_timestamp)?;
        let custody = if claim.had_custody()? {
            let custody = a.custody(&claim)?;
            claim.require_left(&token, custody.left)?;
            token.end_custody()?;
            Some(custody)
        } else {
            None
        };
        if let Some(destination) = &a.destination {
            TokenIo::prove_payee(destination, &claim.mint, &token.owner)?;
        }
        let event = ClaimAccountClosed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            left: custody.as_ref().map_or(0, |custody| custody.left),
        };
        (event, custody, claim.bump)
    };

    if let Some(custody) = &custody {
        a.close_vault(custody, event.claim, bump)?;
    }
    AccountIo::close(a.claim.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// The accounts of a claim's custody.
struct Custody<'a, 'info> {
    vault: &'a AccountInfo<'info>,
    mint: &'a AccountInfo<'info>,
    program: &'a AccountInfo<'info>,
    /// Units that lie in the vault.
    left: u64,
}

impl<'info> CloseClaim<'info> {
    /// The claim's own vault, and no other account that the claim owns.
    fn custody(&self, claim: &Claim) -> Result<Custody<'_, 'info>> {
        let vault = self.claim_vault.as_ref().ok_or(TokenError::WrongAccount)?;
        let mint = self.mint.as_ref().ok_or(TokenError::WrongMint)?;
        let program = self.token_program.as_ref();
        let program = program.ok_or(TokenError::WrongTokenProgram)?;
        require(*mint.key == claim.mint, TokenError::WrongMint)?;
        require(program.key == mint.owner, TokenError::WrongTokenProgram)?;
        TokenIo::prove_associated(vault, mint.key, self.claim.as_ref().key)?;
        Ok(Custody {
            vault,
            mint,
            program,
            left: TokenIo::balance(vault)?,
        })
    }

    /// Sends what is left in the vault to the owner, and closes it.
    #[inline(never)]
    fn close_vault(&self, custody: &Custody<'_, 'info>, number: u64, bump: u8) -> Result<()> {
        let (key, number, bump) = (self.token.as_ref().key, number.to_le_bytes(), [bump]);
        let seeds = seeds::claim_signer(key, &number, &bump);
        let claim = self.claim.as_ref();
        if custody.left > 0 {
            let destination = self.destination.as_ref().ok_or(TokenError::NotOver)?;
            Transfer {
                program: custody.program,
                mint: custody.mint,
                decimals: mint_policy::decimals(custody.mint)?,
                from: custody.vault,
                to: destination,
                authority: claim,
            }
            .by_seeds::<ThisProgram>(custody.left, &seeds)?;
        }
        let (program, vault) = (custody.program, custody.vault);
        TokenIo::close_account(program, vault, &self.rent_payer, claim, &seeds)
    }
}
