use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{self, BearerCapChanged, Header, OwnershipProposed, PauseChanged, RolesChanged},
        state::PersonalToken,
    },
    anchor_lang::prelude::*,
};

/// A change that needs one signature and the token: roles, pause, bearer cap,
/// the proposal of a new owner.
#[derive(Accounts)]
pub struct Govern<'info> {
    /// The owner; to pause, the guardian will do.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
}

impl Govern<'_> {
    /// Lets `change` work on the token after the owner's signature was proven.
    pub(super) fn as_owner<T>(
        &self,
        change: impl FnOnce(&mut PersonalToken) -> Outcome<T>,
    ) -> Result<(Header, T)> {
        let clock = Clock::get()?;
        let mut token = self.token.load_mut()?;
        token.require_owner(self.authority.key, &clock)?;
        let result = change(&mut token)?;
        Ok((token.header(&self.token.key(), &clock)?, result))
    }
}

/// Names who may pause and who may admit besides the owner; zero for nobody.
pub(crate) fn set_roles(ctx: Context<Govern>, guardian: Pubkey, registrar: Pubkey) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.guardian = guardian;
        token.registrar = registrar;
        Ok(())
    })?;
    events::log(&RolesChanged {
        header,
        guardian,
        registrar,
    });
    Ok(())
}

/// Bounds how many shares may be outside as bearer tokens. Below what is outside
/// already it only stops further withdrawals.
pub(crate) fn set_bearer_cap(ctx: Context<Govern>, bearer_cap: u64) -> Result<()> {
    let (header, bearer) = ctx.accounts.as_owner(|token| {
        token.terms.bearer_cap = bearer_cap;
        token.bearer()
    })?;
    events::log(&BearerCapChanged {
        header,
        bearer_cap,
        bearer,
    });
    Ok(())
}

/// Proposes a new owner, who must accept; zero withdraws the proposal.
pub(crate) fn propose_owner(ctx: Context<Govern>, pending_owner: Pubkey) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        token.pending_owner = pending_owner;
        Ok(())
    })?;
    events::log(&OwnershipProposed {
        header,
        pending_owner,
    });
    Ok(())
}

/// Stops new money. The guardian may pause too.
pub(crate) fn pause(ctx: Context<Govern>) -> Result<()> {
    let clock = Clock::get()?;
    let by = ctx.accounts.authority.key();
    let header = {
        let mut token = ctx.accounts.token.load_mut()?;
        if token.require_owner(&by, &clock).is_err() {
            let named = token.guardian != Pubkey::default();
            require(named && token.guardian == by, TokenError::NotGuardian)?;
        }
        token.require_running()?;
        token.paused = 1;
        token.header(&ctx.accounts.token.key(), &clock)?
    };
    events::log(&PauseChanged {
        header,
        by,
        paused: 1,
    });
    Ok(())
}

/// Admits new money again. Only the owner may.
pub(crate) fn unpause(ctx: Context<Govern>) -> Result<()> {
    let (header, ()) = ctx.accounts.as_owner(|token| {
        require(token.paused == 1, TokenError::NotPaused)?;
        token.paused = 0;
        Ok(())
    })?;
    events::log(&PauseChanged {
        header,
        by: ctx.accounts.authority.key(),
        paused: 0,
    });
    Ok(())
}
