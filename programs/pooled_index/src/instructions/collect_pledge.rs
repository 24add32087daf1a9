use {
    super::shares::*,
    crate::{
        error::{IndexError, require},
        events::{self, PledgeCollected},
        host::AccountIo,
        state::{Kind, Membership},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// Takes shares over that a member's rounds pledged to the index, and mints index
/// shares to the member at the membership's rate. Anybody may.
#[derive(Accounts)]
pub struct CollectPledge<'info> {
    /// Index, mint and the member's account of the index's shares.
    pub shares: ShareAccounts<'info>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The personal token.
    pub token: AccountLoader<'info, PersonalToken>,
    /// The index's holder account of it.
    pub holder: AccountLoader<'info, Holder>,
}

pub(crate) fn collect_pledge(ctx: Context<CollectPledge>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (key, token) = (a.shares.index.key(), a.token.key());
    let event = {
        let mut index = a.shares.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(&token, &membership.token)?;
        index.require_running()?;
        let slot = index.slot_of(&token)?;
        let constituent = index.constituent(slot)?;
        constituent.require(Kind::Personal)?;
        AccountIo::same(a.holder.as_ref().key, &constituent.custody)?;
        let (shares, pledged) = {
            let holder = a.holder.load()?;
            (holder.shares, holder.pledged)
        };
        let unbooked = index.unbooked(slot, shares)?;
        let supply = a.token.load()?.supply;
        a.shares.prepare(&mut index, &membership.member, now)?;

        let collected = index.collect_pledge(&mut membership, supply, pledged, unbooked, now)?;
        PledgeCollected {
            header: index.header(&key, &clock)?,
            token,
            member: membership.member,
            token_shares: collected.token_shares,
            index_shares: collected.index_shares,
            supply: index.supply,
        }
    };

    a.shares.mint(event.index_shares)?;

    events::log(&event);
    Ok(())
}
