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

/// The proposed owner accepts. The previous owner's shares vote from now on, the
/// new owner's no longer do.
#[derive(Accounts)]
pub struct AcceptOwnership<'info> {
    /// The proposed owner.
    pub new_owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the previous owner's holder account, proven by its seeds; it may not exist.
    #[account(mut)]
    pub previous_holder: UncheckedAccount<'info>,
    /// CHECK: the new owner's holder account, proven by its seeds; it may not exist.
    #[account(mut)]
    pub new_holder: UncheckedAccount<'info>,
}

pub(crate) fn accept_ownership(ctx: Context<AcceptOwnership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let owner = a.new_owner.key();
    let (header, previous) = {
        let mut token = a.token.load_mut()?;
        require(token.pending_owner == owner, TokenError::NotPendingOwner)?;
        let previous = token.owner;

        token.owner = owner;
        token.pending_owner = Pubkey::default();
        token.require_owner(&owner, &clock)?;
        if previous != owner {
            set_voting(&a.previous_holder, &mut token, &key, &previous, true)?;
            set_voting(&a.new_holder, &mut token, &key, &owner, false)?;
        }
        token.invariant()?;
        (token.header(&key, &clock)?, previous)
    };

    events::log(&OwnershipAccepted {
        header,
        previous,
        owner,
    });
    Ok(())
}

#[inline(never)]
fn set_voting(
    account: &AccountInfo,
    token: &mut PersonalToken,
    key: &Pubkey,
    wallet: &Pubkey,
    voting: bool,
) -> Result<()> {
    AccountIo::prove_address(account, &[seeds::HOLDER, key.as_ref(), wallet.as_ref()])?;
    if *account.owner != crate::ID {
        return Ok(());
    }
    require(account.is_writable, TokenError::WrongAccount)?;
    let mut holder = AccountIo::load::<Holder>(account)?;
    token.discount_votes(&holder)?;
    holder.voting = u8::from(voting);
    token.count_votes(&holder)?;
    Ok(())
}
