use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, PassClosed, PassUsed},
        host::AccountIo,
        seeds,
        state::{Holder, Offering, OfferingKind, Pass, PersonalToken, Status},
    },
    anchor_lang::prelude::*,
};

/// Uses units of a pass up. Both sides sign: neither can spend them alone.
#[derive(Accounts)]
pub struct UsePass<'info> {
    /// Whose pass it is.
    pub wallet: Signer<'info>,
    /// The offering's till, or the owner.
    pub till: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offering.
    pub offering: AccountLoader<'info, Offering>,
    /// The pass.
    #[account(mut)]
    pub pass: AccountLoader<'info, Pass>,
    /// The wallet's holder account, where the offering asks for shares held.
    pub holder: Option<AccountLoader<'info, Holder>>,
}

impl UsePass<'_> {
    /// Whether the shares that the pass locked are locked still.
    fn require_locked(&self, offering: &Offering, pass: &Pass) -> Result<()> {
        let holds = offering.kind()? == OfferingKind::Hold;
        let Some(holder) = &self.holder else {
            return Ok(require(!holds, TokenError::PassEnded)?);
        };
        require(holds, TokenError::WrongAccount)?;
        let holder = holder.load()?;
        require(holder.token == offering.token, TokenError::WrongToken)?;
        require(holder.wallet == *self.wallet.key, TokenError::NotHolder)?;
        Ok(require(holder.holds(pass), TokenError::PassEnded)?)
    }
}

fn prove(pass: &Pass, offering: &Offering, offering_key: &Pubkey, token: &Pubkey) -> Outcome<()> {
    let ours = offering.token == *token && pass.token == *token;
    require(ours, TokenError::WrongToken)?;
    require(pass.offering == *offering_key, TokenError::WrongAccount)
}

pub(crate) fn use_pass(ctx: Context<UsePass>, units: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let offering = a.offering.load()?;
        let mut pass = a.pass.load_mut()?;
        prove(&pass, &offering, a.offering.as_ref().key, &key)?;
        require(pass.wallet == *a.wallet.key, TokenError::NotPassHolder)?;
        // The till is named: nobody's zero key signs.
        let till = *a.till.key == offering.till;
        if !till {
            require(token.owner == *a.till.key, TokenError::NotTill)?;
            token.require_owner(a.till.key, &clock)?;
        }
        a.require_locked(&offering, &pass)?;

        pass.take(units, clock.unix_timestamp)?;
        PassUsed {
            header: token.header(&key, &clock)?,
            offering: offering.number,
            wallet: pass.wallet,
            by: a.till.key(),
            used: units,
            units: pass.units,
        }
    };

    events::log(&event);
    Ok(())
}

/// Closes a pass that is over and frees the shares that it locked; its rent returns to who
/// paid it.
#[derive(Accounts)]
pub struct ClosePass<'info> {
    /// Whose pass it is; in a wind-down anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The offering.
    #[account(mut)]
    pub offering: AccountLoader<'info, Offering>,
    /// The pass; it is closed.
    #[account(mut)]
    pub pass: AccountLoader<'info, Pass>,
    /// The wallet's holder account, if the pass locked shares. It may not exist any more.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub holder: Option<UncheckedAccount<'info>>,
    /// Who paid the pass's rent and gets it back.
    ///
    /// CHECK: proven by the pass.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

impl ClosePass<'_> {
    /// Frees what the pass locked. Returns whether the pass ended before, because the
    /// shares were redeemed.
    #[inline(never)]
    fn unlock(&self, pass: &Pass) -> Result<bool> {
        if pass.locked == 0 {
            return Ok(false);
        }
        let account = self.holder.as_ref().ok_or(TokenError::WrongAccount)?;
        let (token, wallet) = (self.token.as_ref().key, pass.wallet);
        let seeds: [&[u8]; 3] = [seeds::HOLDER, token.as_ref(), wallet.as_ref()];
        AccountIo::prove_address(account, &seeds)?;
        if *account.owner != crate::ID {
            return Ok(true);
        }
        require(account.is_writable, TokenError::WrongAccount)?;
        let mut holder = AccountIo::load::<Holder>(account)?;
        let ended = !holder.holds(pass);
        holder.unlock_from_pass(pass)?;
        Ok(ended)
    }
}

pub(crate) fn close_pass(ctx: Context<ClosePass>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut offering = a.offering.load_mut()?;
        let pass = a.pass.load()?;
        prove(&pass, &offering, a.offering.as_ref().key, &key)?;
        let wound_up = token.status()? == Status::WindDown;
        let may = wound_up || pass.wallet == *a.authority.key;
        require(may, TokenError::NotPassHolder)?;
        AccountIo::same(a.rent_payer.key, &pass.rent_payer)?;
        let ended = a.unlock(&pass)? || wound_up;
        pass.require_over(&offering, ended, clock.unix_timestamp)?;

        offering.passes = offering
            .passes
            .checked_sub(1)
            .ok_or(TokenError::InvariantBroken)?;
        PassClosed {
            header: token.header(&key, &clock)?,
            offering: offering.number,
            wallet: pass.wallet,
            units: pass.units,
            passes: offering.passes,
        }
    };
    AccountIo::close(a.pass.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
