use {
    crate::{
        error::{IndexError, require},
        events::{self, MembershipClosed},
        host::AccountIo,
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Closes the membership of somebody who was paid and has nothing locked.
#[derive(Accounts)]
pub struct CloseMembership<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership; it is closed.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// Who paid the membership's rent and gets it back.
    ///
    /// CHECK: proven by the membership.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_membership(ctx: Context<CloseMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (header, token) = {
        let mut index = a.index.load_mut()?;
        let membership = a.membership.load()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(a.rent_payer.key, &membership.rent_payer)?;
        index.forget(&membership)?;
        (index.header(&key, &clock)?, membership.token)
    };
    AccountIo::close(a.membership.as_ref(), &a.rent_payer)?;

    events::log(&MembershipClosed { header, token });
    Ok(())
}
