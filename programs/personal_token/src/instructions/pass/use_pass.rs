use {
    super::prove::prove,
    crate::{
        error::{TokenError, require},
        events::{self, PassUsed},
        state::{Holder, Offering, OfferingKind, Pass, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Uses units of a pass up. Both sides sign: neither can spend them alone.
#[derive(Accounts)]
pub struct UsePass<'info> {
    /// The wallet whose pass it is.
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
    /// The wallet's holder account, if the offering asks for shares held.
    pub holder: Option<AccountLoader<'info, Holder>>,
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
