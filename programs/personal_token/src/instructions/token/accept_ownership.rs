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
    let (header, previous, (guardian, registrar, executor)) = {
        let mut token = a.token.load_mut()?;
        require(token.pending_owner == owner, TokenError::NotPendingOwner)?;
        let previous = token.owner;

        let roles = (token.guardian, token.registrar, token.executor);
        token.hand_over_to(&owner, clock.unix_timestamp);
        token.require_owner(&owner, &clock)?;
        if previous != owner {
            token.owner_shares = silence(&a.new_holder, &mut token, &key)?;
        }
        token.invariant()?;
        (token.header(&key, &clock)?, previous, roles)
    };

    events::log(&OwnershipAccepted {
        header,
        previous,
        owner,
        guardian,
        registrar,
        executor,
    });
    Ok(())
}

/// The new owner's shares weigh nothing any more in what is open. Returns how many they are.
#[inline(never)]
fn silence(account: &AccountInfo, token: &mut PersonalToken, key: &Pubkey) -> Result<u64> {
    let seeds: [&[u8]; 3] = [seeds::HOLDER, key.as_ref(), token.owner.as_ref()];
    AccountIo::prove_address(account, &seeds)?;
    if *account.owner != crate::ID {
        return Ok(0);
    }
    require(account.is_writable, TokenError::WrongAccount)?;
    let mut holder = AccountIo::load::<Holder>(account)?;
    token.silence(&mut holder)?;
    Ok(holder.shares)
}
