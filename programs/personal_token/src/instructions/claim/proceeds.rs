use {
    crate::{
        error::{ProgramResult, TokenError, require},
        events::ClaimExited,
        host::{ThisProgram, TokenIo},
        instructions::evidence::{Given, weigh},
        mint_policy,
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
    pub received: u64,
}

/// Proceeds of equity and where they go. The accounts behind them are the attestations of
/// all accepted attesters on the claim, in the order of the list.
#[derive(Accounts)]
pub struct ProceedsAccounts<'info> {
    /// Who pays the proceeds in: the buyer, or the owner who received them.
    pub payer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The token's accepted attesters, who may not exist.
    ///
    /// CHECK: proven by their seeds or fields.
    pub attesters: UncheckedAccount<'info>,
    /// The payer's account of the quote mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The owner's account of the quote mint, which receives the owner's part: the associated
    /// one, or any that nobody else can take from. If the owner pays, any; the same as `payment`
    /// too: their part stays there.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The quote vault, which receives the holders' part.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// The quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_mint: UncheckedAccount<'info>,
    /// The token program of the quote mint.
    ///
    /// CHECK: proven by the token.
    pub quote_token_program: UncheckedAccount<'info>,
}

impl<'info> ProceedsAccounts<'info> {
    fn prove(&self, token: &PersonalToken, claim: &Claim) -> ProgramResult<()> {
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
        let (to, mint) = (&self.proceeds, self.quote_mint.key);
        let signed = *self.payer.key == token.owner;
        TokenIo::prove_receiver(to, mint, &token.owner, signed)
    }

    /// Runs the waterfall over the books.
    #[inline(never)]
    pub(crate) fn book(
        &self,
        kind: ClaimKind,
        args: &ExitArgs,
        signed: &[AccountInfo<'info>],
        clock: &Clock,
    ) -> Result<ClaimExited> {
        mint_policy::check(&self.quote_mint)?;
        require(args.received > 0, TokenError::ZeroAmount)?;
        let now = clock.unix_timestamp;
        let mut token = self.token.load_mut()?;
        let mut claim = self.claim.load_mut()?;
        self.prove(&token, &claim)?;
        claim.require_open(kind)?;
        let given = Given {
            token: self.token.as_ref().key,
            claim: self.claim.as_ref().key,
            attesters: &self.attesters,
            signed,
        };
        let evidence = weigh(&token, &claim, &given, now)?;
        let counted = evidence.cost_that_counts(&claim, &token);

        let (cost, exit) = claim.exit(args.units, args.received, counted, &token, now)?;
        Claim::book_result(&mut token, &exit);
        token.release(now)?;
        let parts = token.pay_holders(0, exit.in_scope.0, now)?;
        Ok(ClaimExited {
            header: token.header(self.token.as_ref().key, clock)?,
            claim: claim.number,
            units: args.units,
            proceeds: args.received,
            cost,
            to_owner: exit.to_owner.0,
            to_reserve: parts.to_reserve,
            to_stream: parts.to_stream,
            to_endowment: parts.to_endowment,
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
        .by_wallet::<ThisProgram>(amount)
    }

    /// Moves the proceeds: the owner's part, and the holders' into the vault.
    #[inline(never)]
    pub(crate) fn settle(&self, event: &ClaimExited) -> Result<()> {
        let decimals = self.token.load()?.quote().decimals;
        if self.payment.key != self.proceeds.key {
            self.pay(&self.proceeds, event.to_owner, decimals)?;
        }
        let to_vault = event
            .to_reserve
            .checked_add(event.to_stream)
            .and_then(|sum| sum.checked_add(event.to_endowment))
            .ok_or(TokenError::Overflow)?;
        self.pay(&self.quote_vault, to_vault, decimals)
    }
}
