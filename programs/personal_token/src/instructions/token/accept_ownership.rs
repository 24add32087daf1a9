use {
    crate::{
        error::{TokenError, require},
        events::{self, OwnershipAccepted},
        host::AccountIo,
        seeds,
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The proposed owner accepts. The roles that the previous owner gave and what they
/// announced end; endowment, rounds and polls go with the token. The new owner's shares answer no poll any more; the previous
/// owner's answer those that are put from now on.
#[derive(Accounts)]
pub struct AcceptOwnership<'info> {
    /// The proposed owner.
    pub new_owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The new owner's holder account, which may not exist.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub new_holder: UncheckedAccount<'info>,
}

pub(crate) fn accept_ownership(ctx: Context<AcceptOwnership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let owner = a.new_owner.key();
    let (header, former) = {
        let mut token = a.token.load_mut()?;
        let former = token.accept_ownership(&owner, &clock)?;
        if former.owner != owner {
            silence(&a.new_holder, &mut token, &key)?;
        }
        token.invariant()?;
        (token.header(&key, &clock)?, former)
    };

    events::log(&OwnershipAccepted {
        header,
        previous: former.owner,
        owner,
        guardian: former.guardian,
        registrar: former.registrar,
        executor: former.executor,
    });
    Ok(())
}

/// The new owner's shares weigh nothing any more in what is open.
#[inline(never)]
fn silence(account: &AccountInfo, token: &mut PersonalToken, key: &Pubkey) -> Result<()> {
    let seeds = seeds::holder(key, &token.owner);
    AccountIo::prove_address(account, &seeds)?;
    if *account.owner != crate::ID {
        return Ok(token.silence(None)?);
    }
    require(account.is_writable, TokenError::WrongAccount)?;
    let mut holder = AccountIo::load::<Holder>(account)?;
    Ok(token.silence(Some(&mut holder))?)
}
