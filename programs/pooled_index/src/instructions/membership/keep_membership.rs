use {
    crate::{
        error::{IndexError, require},
        events::{self, MembershipKept},
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Takes back the end of a membership whose slot was empty: the index holds something of the
/// person again.
#[derive(Accounts)]
pub struct KeepMembership<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
}

pub(crate) fn keep_membership(ctx: Context<KeepMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        index.keep_membership(&mut membership)?;
        MembershipKept {
            header: index.header(&key, &clock)?,
            token: membership.token,
        }
    };

    events::log(&event);
    Ok(())
}
