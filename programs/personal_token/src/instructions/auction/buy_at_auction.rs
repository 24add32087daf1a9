use {
    crate::{
        error::{TokenError, require},
        events::{self, AuctionBought},
        host::{ThisProgram, TokenIo},
        // All of it: Anchor looks for the helper modules of a nested `Accounts` struct.
        instructions::claim::*,
        mint_policy,
        seeds,
        state::ClaimKind,
        token_io::Transfer,
    },
    anchor_lang::prelude::*,
};

/// What somebody buys in an auction, and for how much at most.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuctionBuyArgs {
    /// The auction's number: no other's price is paid.
    pub auction: u64,
    /// Units, in atoms of the equity's mint; any part of what is left.
    pub units: u64,
    /// Most quote atoms for them.
    pub max_payment: u64,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// Anybody buys out of an auction, in part: the units go to the payer, and the payment runs
/// through the waterfall in the same instruction.
#[derive(Accounts)]
pub struct BuyAtAuction<'info> {
    /// The claim, the buyer's payment and where it goes.
    pub exit: ProceedsAccounts<'info>,
    /// The claim's vault.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub claim_vault: UncheckedAccount<'info>,
    /// The payer's own account of the equity's mint.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// The equity's mint.
    ///
    /// CHECK: proven by the claim.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the equity's mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn buy_at_auction<'info>(
    ctx: Context<'info, BuyAtAuction<'info>>,
    args: AuctionBuyArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let facts = mint_policy::check(&a.mint)?;
    require(
        a.token_program.key == a.mint.owner,
        TokenError::WrongTokenProgram,
    )?;
    let paid = a.take(&args, &clock)?;
    let (units, signed) = (args.units, ctx.remaining_accounts);
    let exit = ExitArgs {
        units,
        received: paid,
    };
    let exited = a
        .exit
        .book(ClaimKind::TokenizedEquity, &exit, signed, &clock)?;
    let key = a.exit.token.key();
    let (bought, number, bump) = {
        let mut token = a.exit.token.load_mut()?;
        let claim = a.exit.claim.load()?;
        let bought = AuctionBought {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            auction: args.auction,
            buyer: a.exit.payer.key(),
            units,
            paid,
            left: claim.auction.left(clock.unix_timestamp),
        };
        (bought, claim.number.to_le_bytes(), [claim.bump])
    };

    a.exit.settle(&exited)?;
    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: facts.decimals,
        from: &a.claim_vault,
        to: &a.destination,
        authority: a.exit.claim.as_ref(),
    }
    .by_seeds::<ThisProgram>(units, &seeds::claim_signer(&key, &number, &bump))?;

    events::log(&exited);
    events::log(&bought);
    Ok(())
}

impl<'info> BuyAtAuction<'info> {
    /// Takes the units out of the auction at the price of now.
    #[inline(never)]
    fn take(&self, args: &AuctionBuyArgs, clock: &Clock) -> Result<u64> {
        let now = clock.unix_timestamp;
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        self.exit.token.load()?.require_active()?;
        let claim_key = self.exit.claim.key();
        let mut claim = self.exit.claim.load_mut()?;
        require(
            claim.token == *self.exit.token.as_ref().key,
            TokenError::WrongToken,
        )?;
        require(claim.mint == *self.mint.key, TokenError::WrongMint)?;
        TokenIo::prove_account(&self.claim_vault, self.mint.key, &claim_key)?;
        TokenIo::prove_account(&self.destination, self.mint.key, self.exit.payer.key)?;
        let price = claim.buy(args.auction, args.units, now)?;
        require(price <= args.max_payment, TokenError::Slippage)?;
        Ok(price)
    }
}
