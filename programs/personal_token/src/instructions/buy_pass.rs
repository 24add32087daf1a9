use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, PassBought},
        host::{AccountIo, Host, TokenIo},
        instructions::claim::book_revenue,
        mint_policy, seeds,
        state::{
            Claim, Holder, Offering, OfferingKind, Pass, PassPlace, PersonalToken, Redemption,
        },
        token_io::{self, TokenSigner, Transfer},
    },
    anchor_lang::prelude::*,
};

/// What a pass may cost at most, and until when.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug)]
pub struct PassArgs {
    /// Refuse a higher price: atoms of the offering's mint, or share atoms to burn.
    pub max_price: u64,
    /// Refuse after this second, unix time.
    pub deadline: i64,
}

impl PassArgs {
    fn require(&self, price: u64, now: i64) -> Outcome<()> {
        require(now <= self.deadline, TokenError::DeadlinePassed)?;
        require(price <= self.max_price, TokenError::Slippage)
    }
}

/// What all ways to a pass share.
#[derive(Accounts)]
pub struct Passing<'info> {
    /// Pays the rent of a new pass and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Whose pass it will be.
    pub wallet: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offering.
    #[account(mut)]
    pub offering: AccountLoader<'info, Offering>,
    /// The pass to make or extend.
    ///
    /// CHECK: proven by its fields, or by its seeds if it is made.
    #[account(mut)]
    pub pass: UncheckedAccount<'info>,
    /// The system program, which makes the pass.
    pub system_program: Program<'info, System>,
}

/// What a pass took.
#[derive(Default)]
struct Taken {
    paid: u64,
    burned: u64,
    to_claim: u64,
    /// Share atoms that the pass locks.
    held: u64,
}

impl Passing<'_> {
    /// Makes the pass unless the wallet has one, and gives it another life.
    #[inline(never)]
    fn give(
        &self,
        token: &mut PersonalToken,
        holder: Option<&mut Holder>,
        taken: &Taken,
        clock: &Clock,
    ) -> Result<PassBought> {
        let (key, offering_key) = (self.token.as_ref().key, self.offering.as_ref().key);
        let wallet = self.wallet.key;
        let mut offering = self.offering.load_mut()?;
        if *self.pass.owner != crate::ID {
            let seeds: [&[u8]; 3] = [seeds::PASS, offering_key.as_ref(), wallet.as_ref()];
            let bump = AccountIo::create_own::<Pass>(&self.payer, &self.pass, &seeds)?;
            let place = PassPlace {
                token: key,
                offering: offering_key,
                wallet,
                rent_payer: self.payer.key,
                bump,
            };
            AccountIo::load_new::<Pass>(&self.pass)?.open(&place);
            offering.passes = offering.passes.checked_add(1).ok_or(TokenError::Overflow)?;
        }
        let mut pass = AccountIo::load::<Pass>(&self.pass)?;
        let own = pass.token == *key && pass.offering == *offering_key && pass.wallet == *wallet;
        require(own, TokenError::WrongAccount)?;

        if let Some(holder) = holder {
            holder.lock_for_pass(&mut pass, taken.held)?;
        }
        offering.give(&mut pass, clock.unix_timestamp)?;
        Ok(PassBought {
            header: token.header(key, clock)?,
            offering: offering.number,
            wallet: *wallet,
            paid: taken.paid,
            to_claim: taken.to_claim,
            burned: taken.burned,
            locked: pass.locked,
            units: pass.units,
            expires_at: pass.expires_at,
            sold: offering.sold,
            supply: token.supply,
        })
    }
}

/// Buys a pass: the linked revenue claim takes its part, the owner gets the rest.
#[derive(Accounts)]
pub struct BuyPass<'info> {
    /// The offering, the pass and who gets it.
    pub passing: Passing<'info>,
    /// The linked claim, where the offering has one.
    #[account(mut)]
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The wallet's account of the mint, which pays.
    ///
    /// CHECK: the token program proves it.
    #[account(mut)]
    pub payment: UncheckedAccount<'info>,
    /// The owner's account of the mint, which receives the owner's part.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub proceeds: UncheckedAccount<'info>,
    /// The token's vault of the mint, which receives the claim's part.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The mint in which the offering is paid.
    ///
    /// CHECK: proven by the offering and the token.
    pub mint: UncheckedAccount<'info>,
    /// The token program of the mint.
    ///
    /// CHECK: proven by the token.
    pub token_program: UncheckedAccount<'info>,
}

impl<'info> BuyPass<'info> {
    fn pay(&self, to: &AccountInfo<'info>, amount: u64, decimals: u8) -> Result<()> {
        Transfer {
            program: &self.token_program,
            mint: &self.mint,
            decimals,
            from: &self.payment,
            to,
            authority: &self.passing.wallet,
        }
        .by_wallet::<Host>(amount)
    }

    /// The linked claim, proven.
    fn linked(&self, offering: &Offering) -> Result<Option<core::cell::RefMut<'_, Claim>>> {
        let claim = self.claim.as_ref().map(|claim| claim.load_mut());
        let claim = claim.transpose()?;
        let named = claim.as_ref().map(|claim| (claim.token, claim.number));
        let expected = (offering.linked == 1).then_some((offering.token, offering.claim));
        require(named == expected, TokenError::WrongAccount)?;
        Ok(claim)
    }
}

pub(crate) fn buy_pass(ctx: Context<BuyPass>, args: PassArgs) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let facts = mint_policy::check(&a.mint)?;
    let (revenue, event, cut) = {
        let mut token = p.token.load_mut()?;
        let (cut, revenue) = {
            let offering = p.offering.load()?;
            require(offering.token == p.token.key(), TokenError::WrongToken)?;
            offering.require_open(OfferingKind::Pay)?;
            token.require_running()?;
            args.require(offering.price, now)?;
            require(offering.mint == *a.mint.key, TokenError::WrongMint)?;
            let asset = token.asset(token.asset_of(&offering.mint)?)?;
            token_io::prove_asset(asset, &a.mint, &a.vault, &a.token_program)?;
            TokenIo::prove_account(&a.proceeds, a.mint.key, &token.owner)?;
            let mut claim = a.linked(&offering)?;

            let cut = offering.cut(claim.as_deref(), now)?;
            let revenue = match &mut claim {
                Some(claim) if !cut.claim.is_zero() => Some(book_revenue(
                    &mut token,
                    claim,
                    (p.token.as_ref().key, p.wallet.key),
                    cut.claim.0,
                    &clock,
                )?),
                _ => None,
            };
            (cut, revenue)
        };
        let taken = Taken {
            paid: cut
                .claim
                .checked_add(cut.owner)
                .map_err(TokenError::from)?
                .0,
            to_claim: cut.claim.0,
            ..Taken::default()
        };
        (revenue, p.give(&mut token, None, &taken, &clock)?, cut)
    };

    a.pay(&a.vault, cut.claim.0, facts.decimals)?;
    a.pay(&a.proceeds, cut.owner.0, facts.decimals)?;

    if let Some(revenue) = &revenue {
        events::log(revenue);
    }
    events::log(&event);
    Ok(())
}

/// Takes a pass for shares held, which it locks while it runs.
#[derive(Accounts)]
pub struct ClaimPass<'info> {
    /// The offering, the pass and who gets it.
    pub passing: Passing<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn claim_pass(ctx: Context<ClaimPass>) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let event = {
        let mut token = p.token.load_mut()?;
        let mut holder = a.holder.load_mut()?;
        let held = {
            let offering = p.offering.load()?;
            let key = p.token.key();
            let ours = offering.token == key && holder.token == key;
            require(ours, TokenError::WrongToken)?;
            require(holder.wallet == *p.wallet.key, TokenError::NotHolder)?;
            offering.require_open(OfferingKind::Hold)?;
            token.require_active()?;
            offering.price
        };
        let taken = Taken {
            held,
            ..Taken::default()
        };
        p.give(&mut token, Some(&mut holder), &taken, &clock)?
    };

    events::log(&event);
    Ok(())
}

/// Burns registered shares for a pass. Nothing is paid out for them: what they would
/// have redeemed for stays with the other holders.
#[derive(Accounts)]
pub struct BurnForPass<'info> {
    /// The offering, the pass and who gets it.
    pub passing: Passing<'info>,
    /// The wallet's holder account.
    #[account(mut)]
    pub holder: AccountLoader<'info, Holder>,
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

pub(crate) fn burn_for_pass(ctx: Context<BurnForPass>, args: PassArgs) -> Result<()> {
    let a = ctx.accounts;
    let p = &a.passing;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (event, signer) = {
        let mut token = p.token.load_mut()?;
        let shares = {
            let offering = p.offering.load()?;
            let mut holder = a.holder.load_mut()?;
            let key = p.token.key();
            let ours = offering.token == key && holder.token == key;
            require(ours, TokenError::WrongToken)?;
            require(holder.wallet == *p.wallet.key, TokenError::NotHolder)?;
            offering.require_open(OfferingKind::Burn)?;
            token.require_running()?;
            args.require(offering.price, now)?;
            token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;

            token.release(now)?;
            token.unregister(&mut holder, offering.price)?;
            offering.price
        };
        let minted = TokenIo::mint_supply(&a.mint)?;
        token.observe_supply(minted)?;
        token.redeem(shares, &Redemption::default())?;
        let taken = Taken {
            burned: shares,
            ..Taken::default()
        };
        (
            p.give(&mut token, None, &taken, &clock)?,
            TokenSigner::of(&token),
        )
    };

    let (program, token) = (&a.token_2022_program, p.token.as_ref());
    TokenIo::burn(
        program,
        &a.mint,
        &a.register,
        token,
        event.burned,
        Some(&signer.seeds()),
    )?;

    events::log(&event);
    Ok(())
}
