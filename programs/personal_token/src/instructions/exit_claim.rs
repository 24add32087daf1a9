use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, ClaimExited},
        host::{Host, TokenIo},
        mint_policy, seeds,
        state::{Claim, ClaimKind, PersonalToken},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What is exited, and for how much.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ExitArgs {
    /// Units of the claim that leave.
    pub units: u64,
    /// Quote atoms received for them in all, above zero.
    pub proceeds: u64,
}

/// The owner exits equity; the proceeds run through the waterfall.
#[derive(Accounts)]
pub struct ExitClaim<'info> {
    /// The owner; in a wind-down the executor too. The owner's part is the owner's.
    pub owner: Signer<'info>,
    /// Who pays the proceeds in: the buyer, or the owner who received them.
    pub payer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// CHECK: the payer's account of the quote mint; the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// CHECK: the owner's account of the quote mint, proven by its fields. The
    /// same as `payment` where the owner pays: their part stays where it is.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// CHECK: the quote vault, proven by the token.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// CHECK: the quote mint, proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the quote mint, proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
}

impl<'info> ExitClaim<'info> {
    fn prove(&self, token: &mut PersonalToken, claim: &Claim, clock: &Clock) -> Outcome<()> {
        token.require_manager(self.owner.key, clock)?;
        require(
            claim.token == *self.token.as_ref().key,
            TokenError::WrongToken,
        )?;
        token_io::prove_asset(
            token.quote(),
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        TokenIo::prove_account(&self.proceeds, self.quote_mint.key, &token.owner)
    }

    /// Runs the waterfall over the books.
    #[inline(never)]
    fn book(&self, kind: ClaimKind, args: &ExitArgs) -> Result<ClaimExited> {
        let clock = Clock::get()?;
        mint_policy::check(&self.quote_mint)?;
        require(args.proceeds > 0, TokenError::ZeroAmount)?;
        let now = clock.unix_timestamp;
        let mut token = self.token.load_mut()?;
        let mut claim = self.claim.load_mut()?;
        self.prove(&mut token, &claim, &clock)?;
        claim.require_open(kind)?;
        let (cumulative, floor) = (token.result.signed(), token.terms.floor);
        let (cost, exit) = claim.exit(args.units, args.proceeds, cumulative, floor, now)?;
        // Real tokens in custody are not sold below what the books say they cost.
        let sold_badly = kind == ClaimKind::TokenizedEquity && args.proceeds < cost;
        require(!sold_badly, TokenError::ProceedsBelowCost)?;

        Claim::book_result(&mut token, &exit);
        token.release(now)?;
        let (to_reserve, to_stream) = token.pay_holders(0, exit.in_scope.0, now)?;
        Ok(ClaimExited {
            header: token.header(self.token.as_ref().key, &clock)?,
            claim: claim.number,
            units: args.units,
            proceeds: args.proceeds,
            cost,
            to_owner: exit.to_owner.0,
            to_reserve,
            to_stream,
            held: claim.held()?,
            result: [token.result.low, token.result.high],
        })
    }

    fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.payer,
        }
        .by_wallet::<Host>(amount)
    }

    /// Moves the proceeds: the owner's part, and the holders' into the vault.
    #[inline(never)]
    fn settle(&self, event: &ClaimExited) -> Result<()> {
        let decimals = self.token.load()?.quote().decimals;
        if self.payment.key != self.proceeds.key {
            self.pay(&self.proceeds, event.to_owner, decimals)?;
        }
        let to_vault = event
            .to_reserve
            .checked_add(event.to_stream)
            .ok_or(TokenError::Overflow)?;
        self.pay(&self.quote_vault, to_vault, decimals)
    }
}

/// Exits units of equity on paper.
pub(crate) fn exit_claim(ctx: Context<ExitClaim>, args: ExitArgs) -> Result<()> {
    let a = ctx.accounts;
    let event = a.book(ClaimKind::Equity, &args)?;
    a.settle(&event)?;

    events::log(&event);
    Ok(())
}

/// Sells tokenized equity out of a claim's vault: the units go to the payer in
/// the same instruction.
#[derive(Accounts)]
pub struct SellEquity<'info> {
    pub exit: ExitClaim<'info>,
    /// CHECK: the claim's vault, proven by its fields.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// CHECK: the payer's own account of the equity's mint, proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: the equity's mint, proven by the claim.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the program that owns the equity's mint, proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn sell_equity(ctx: Context<SellEquity>, args: ExitArgs) -> Result<()> {
    let a = ctx.accounts;
    let facts = mint_policy::check(&a.mint)?;
    require(
        a.token_program.key == a.mint.owner,
        TokenError::WrongTokenProgram,
    )?;
    let claim_key = a.exit.claim.key();
    let (number, bump) = {
        let claim = a.exit.claim.load()?;
        require(claim.mint == *a.mint.key, TokenError::WrongMint)?;
        TokenIo::prove_account(&a.claim_vault, a.mint.key, &claim_key)?;
        TokenIo::prove_account(&a.destination, a.mint.key, a.exit.payer.key)?;
        (claim.number.to_le_bytes(), [claim.bump])
    };
    let event = a.exit.book(ClaimKind::TokenizedEquity, &args)?;
    a.exit.settle(&event)?;
    let token = a.exit.token.key();
    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.claim_vault,
        to: &a.destination,
        authority: a.exit.claim.as_ref(),
    }
    .by_seeds::<Host>(args.units, &[seeds::CLAIM, token.as_ref(), &number, &bump])?;

    events::log(&event);
    Ok(())
}
