use {
    crate::{
        error::{IndexError, require},
        events::{self, TakeOverAnnounced},
        host::AccountIo,
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// Who owns a member's token now announces to take the membership over, with what is locked.
#[derive(Accounts)]
pub struct TakeOverMembership<'info> {
    /// The token's owner, who signs.
    pub owner: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The personal token.
    pub token: AccountLoader<'info, PersonalToken>,
}

pub(crate) fn take_over_membership(ctx: Context<TakeOverMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(&a.token.key(), &membership.token)?;
        let owner = a.token.load()?.owner;
        let (signer, now) = (a.owner.key, clock.unix_timestamp);
        let effective_at = index.take_over_membership(&mut membership, signer, &owner, now)?;
        TakeOverAnnounced {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            successor: membership.successor,
            effective_at,
        }
    };

    events::log(&event);
    Ok(())
}
