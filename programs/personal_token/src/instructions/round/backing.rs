use {
    crate::{
        error::{ProgramResult, TokenError, require},
        host::{AccountIo, ThisProgram},
        seeds,
        state::{Contribution, Holder, PersonalToken, Round, require_shares},
        token_io::{self, Transfer},
    },
    anchor_lang::prelude::*,
    upside_math::Purchase,
};

/// What a backer puts in and asks for.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ContributeArgs {
    /// Refuse to pay more quote atoms than this: the charge is what the shares bought cost.
    pub max_payment: u64,
    /// Refuse fewer share atoms than this.
    pub min_shares: u64,
    /// Refuse if more share atoms than this exist before it.
    pub max_supply: u64,
    /// Refuse under other terms than those of this version.
    pub terms_version: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

/// What both kinds of contribution share.
#[derive(Accounts)]
pub struct BackingAccounts<'info> {
    /// The backer, who pays, and also pays the rent of a contribution that is made.
    #[account(mut)]
    pub backer: Signer<'info>,
    /// The owner or the registrar, if the round needs approval.
    pub approver: Option<Signer<'info>>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// The backer's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
    /// The backer's contribution, if the round escrows or caps its backers. It is made if it is
    /// missing.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub contribution: Option<UncheckedAccount<'info>>,
    /// The backer's account of the quote mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The quote vault, which receives the payment or a part of it.
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
    /// The system program, which makes the contribution.
    pub system_program: Program<'info, System>,
}

impl<'info> BackingAccounts<'info> {
    pub(super) fn prove(
        &self,
        token: &PersonalToken,
        round: &Round,
        holder: &Holder,
    ) -> ProgramResult<()> {
        let key = self.token.as_ref().key;
        require(
            round.token == *key && holder.token == *key,
            TokenError::WrongToken,
        )?;
        require(holder.wallet == *self.backer.key, TokenError::NotHolder)?;
        require(
            token.owner != *self.backer.key,
            TokenError::OwnerCannotContribute,
        )?;
        token_io::prove_asset(
            token.quote(),
            &self.quote_mint,
            &self.quote_vault,
            &self.quote_token_program,
        )?;
        if round.by_approval == 1 {
            let approver = self
                .approver
                .as_ref()
                .ok_or(TokenError::RoundNeedsApproval)?;
            require(token.admits(approver.key), TokenError::RoundNeedsApproval)?;
        }
        Ok(())
    }

    /// The rules of the round, and what the payment buys.
    pub(super) fn quote(
        &self,
        token: &PersonalToken,
        round: &Round,
        args: &ContributeArgs,
        now: i64,
    ) -> ProgramResult<Purchase> {
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        token.require_running()?;
        token.require_signed(args.max_supply, args.terms_version)?;
        round.require_open(now, args.max_payment)?;
        let purchase = round.quote(args.max_payment)?;
        require_shares(purchase.shares, args.min_shares)?;
        Ok(purchase)
    }

    pub(super) fn record(&self, purchase: &Purchase, cap: u64) -> Result<()> {
        let of = [self.round.as_ref().key, self.backer.key];
        record(
            &self.backer,
            self.contribution.as_deref(),
            of,
            purchase,
            cap,
        )
    }

    pub(super) fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.backer,
        }
        .by_wallet::<ThisProgram>(amount)
    }
}

/// Adds a purchase to the contribution account of a round's backer, which `payer` makes
/// when it is missing. `of` are the round and the backer's wallet. Errors:
/// `ContributionRequired`, `WrongAccount`, `BackerCapExceeded`.
#[inline(never)]
pub(crate) fn record<'info>(
    payer: &AccountInfo<'info>,
    account: Option<&AccountInfo<'info>>,
    of: [&Pubkey; 2],
    purchase: &Purchase,
    cap: u64,
) -> Result<()> {
    let account = account.ok_or(TokenError::ContributionRequired)?;
    let [round, wallet] = of;
    let seeds = seeds::contribution(round, wallet);
    if *account.owner == crate::ID {
        let mut contribution = AccountIo::load::<Contribution>(account)?;
        let own = contribution.round == *round && contribution.wallet == *wallet;
        require(own, TokenError::WrongAccount)?;
        contribution.add(purchase, cap)?;
        return Ok(());
    }
    let bump = AccountIo::create_own::<Contribution>(payer, account, &seeds)?;
    let mut contribution = AccountIo::load_new::<Contribution>(account)?;
    contribution.open(round, wallet, payer.key, bump);
    contribution.add(purchase, cap)?;
    Ok(())
}
