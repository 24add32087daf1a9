use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, AssetsBrought, Contributed},
        host::{AccountIo, Host, TokenIo},
        mint_policy, seeds,
        state::{Contribution, Holder, PersonalToken, Round, SellEffects, require_shares},
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
    upside_math::Purchase,
};

/// What a backer puts in and asks for.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct ContributeArgs {
    /// Quote atoms to spend at most: the charge is what the shares bought cost.
    pub payment: u64,
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
pub struct Backing<'info> {
    /// The backer; pays the rent of a contribution account.
    #[account(mut)]
    pub backer: Signer<'info>,
    /// In a round by approval the owner or the registrar.
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

impl<'info> Backing<'info> {
    fn prove(&self, token: &PersonalToken, round: &Round, holder: &Holder) -> Outcome<()> {
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
    fn quote(
        &self,
        token: &PersonalToken,
        round: &Round,
        args: &ContributeArgs,
        now: i64,
    ) -> Outcome<Purchase> {
        require(now <= args.deadline, TokenError::DeadlinePassed)?;
        token.require_running()?;
        token.require_signed(args.max_supply, args.terms_version)?;
        round.require_open(now, args.payment)?;
        let purchase = round.quote(args.payment)?;
        require_shares(purchase.shares, args.min_shares)?;
        Ok(purchase)
    }

    fn record(&self, purchase: &Purchase, cap: u64) -> Result<()> {
        let of = [self.round.as_ref().key, self.backer.key];
        record(
            &self.backer,
            self.contribution.as_deref(),
            of,
            purchase,
            cap,
        )
    }

    fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.quote_token_program,
            mint: &self.quote_mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.backer,
        }
        .by_wallet::<Host>(amount)
    }
}

/// Adds a purchase to the contribution account of a round's backer, which `payer` makes
/// when it is missing. `of` are the round and the backer's wallet. Errors:
/// `ContributionRequired`, `WrongAccount`, `BackerCapExceeded`.
#[inline(never)]
pub(super) fn record<'info>(
    payer: &AccountInfo<'info>,
    account: Option<&AccountInfo<'info>>,
    of: [&Pubkey; 2],
    purchase: &Purchase,
    cap: u64,
) -> Result<()> {
    let account = account.ok_or(TokenError::ContributionRequired)?;
    let [round, wallet] = of;
    let seeds: [&[u8]; 3] = [seeds::CONTRIBUTION, round.as_ref(), wallet.as_ref()];
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

/// Shares that a round sold at once, and what is left to move and to tell.
pub(super) struct Sold {
    brought: Option<AssetsBrought>,
    event: Contributed,
    to_owner: u64,
    decimals: u8,
    signer: TokenSigner,
}

impl Sold {
    /// Sells to a holder. The token MUST have observed its supply and released its streams.
    /// Errors: those of [`Round::sell`].
    #[inline(never)]
    pub(super) fn sell(
        token: &mut PersonalToken,
        round: &mut Round,
        holder: &mut Holder,
        purchase: &Purchase,
        exempt: u8,
        clock: &Clock,
    ) -> Outcome<Self> {
        let (shares, paid, key) = (purchase.shares.0, purchase.charge.0, holder.token);
        let now = clock.unix_timestamp;
        let SellEffects { placement, parts } = round.sell(token, purchase, exempt, now)?;
        token.register_new(holder, shares, paid)?;
        Ok(Sold {
            brought: token.brought(&key, shares, &parts, clock)?,
            event: Contributed {
                header: token.header(&key, clock)?,
                round: round.number,
                wallet: holder.wallet,
                paid,
                shares,
                to_reserve: placement.to_reserve.0,
                to_stream: placement.to_stream.0,
                raised: round.raised,
                supply: token.supply,
            },
            to_owner: placement.to_owner.0,
            decimals: token.quote().decimals,
            signer: TokenSigner::of(token),
        })
    }

    /// Quote atoms that are the owner's, the decimals of their mint, and who signs.
    pub(super) fn proceeds(&self) -> (u64, u8, &TokenSigner) {
        (self.to_owner, self.decimals, &self.signer)
    }

    /// Mints the shares into the register. `accounts` are the share mint, the register, the
    /// token and Token-2022.
    pub(super) fn mint<'info>(&self, accounts: [&AccountInfo<'info>; 4]) -> Result<()> {
        let [mint, register, token, program] = accounts;
        let seeds = self.signer.seeds();
        TokenIo::mint_to(program, mint, register, token, self.event.shares, &seeds)
    }

    /// Tells it.
    pub(super) fn log(&self) {
        if let Some(brought) = &self.brought {
            events::log(brought);
        }
        events::log(&self.event);
    }
}

/// A contribution to a round without a minimum raise: shares at once. The remaining
/// accounts are mint and vault of each asset that is exempted.
#[derive(Accounts)]
pub struct Contribute<'info> {
    /// Backer, round, holder account and payment.
    pub backing: Backing<'info>,
    /// The owner's account of the quote mint, which receives the owner's part.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The register.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
}

pub(crate) fn contribute<'info>(
    ctx: Context<'info, Contribute<'info>>,
    args: ContributeArgs,
) -> Result<()> {
    let a = ctx.accounts;
    let b = &a.backing;
    let clock = Clock::get()?;
    mint_policy::check(&b.quote_mint)?;
    let sold = {
        let mut token = b.token.load_mut()?;
        let mut round = b.round.load_mut()?;
        let mut holder = b.holder.load_mut()?;
        b.prove(&token, &round, &holder)?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        TokenIo::prove_account(&a.proceeds, b.quote_mint.key, &token.owner)?;
        require(!round.escrows(), TokenError::RoundEscrows)?;
        token.observe_supply(TokenIo::mint_supply(&a.mint)?)?;
        let now = clock.unix_timestamp;
        let purchase = b.quote(&token, &round, &args, now)?;
        let exempt = token_io::exempted(&token, ctx.remaining_accounts, now)?;

        if round.caps_backers() {
            b.record(&purchase, round.backer_cap)?;
        }
        token.release(now)?;
        Sold::sell(
            &mut token,
            &mut round,
            &mut holder,
            &purchase,
            exempt,
            &clock,
        )?
    };

    let (to_owner, decimals, _) = sold.proceeds();
    let kept = sold.event.to_reserve.checked_add(sold.event.to_stream);
    let kept = kept.ok_or(TokenError::Overflow)?;
    b.pay(&b.quote_vault, kept, decimals)?;
    b.pay(&a.proceeds, to_owner, decimals)?;
    let program = &a.token_2022_program;
    sold.mint([&a.mint, &a.register, b.token.as_ref(), program])?;

    sold.log();
    Ok(())
}

/// A contribution to a round with a minimum raise: the payment waits in escrow.
pub(crate) fn contribute_escrowed(ctx: Context<Backing>, args: ContributeArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    mint_policy::check(&a.quote_mint)?;
    let (event, decimals) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        let holder = a.holder.load()?;
        a.prove(&token, &round, &holder)?;
        require(round.escrows(), TokenError::RoundDoesNotEscrow)?;
        let purchase = a.quote(&token, &round, &args, clock.unix_timestamp)?;
        let paid = purchase.charge.0;

        a.record(&purchase, round.backer_cap)?;
        round.contribute(&purchase, clock.unix_timestamp)?;
        token.hold_escrow(paid)?;
        let event = Contributed {
            header: token.header(a.token.as_ref().key, &clock)?,
            round: round.number,
            wallet: holder.wallet,
            paid,
            shares: purchase.shares.0,
            to_reserve: 0,
            to_stream: 0,
            raised: round.raised,
            supply: token.supply,
        };
        (event, token.quote().decimals)
    };

    a.pay(&a.quote_vault, event.paid, decimals)?;

    events::log(&event);
    Ok(())
}
