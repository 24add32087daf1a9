use {
    super::subject,
    crate::{
        error::{IndexError, require},
        events::{self, MembershipEnded},
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
};

/// Ends a membership whose notice is over.
#[derive(Accounts)]
pub struct ApplyEnd<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// What kept the member's human from another membership; it is closed.
    ///
    /// CHECK: proven by the membership.
    #[account(mut)]
    pub subject: Option<UncheckedAccount<'info>>,
    /// Who paid the subject's rent and gets it back.
    ///
    /// CHECK: proven by the subject.
    #[account(mut)]
    pub rent_payer: Option<UncheckedAccount<'info>>,
}

pub(crate) fn apply_end(ctx: Context<ApplyEnd>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (event, kept) = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        let kept = membership.subject;
        index.apply_end(&mut membership, clock.unix_timestamp)?;
        let event = MembershipEnded {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            members: index.members,
        };
        (event, kept)
    };
    subject::free(&kept, a.subject.as_deref(), a.rent_payer.as_deref())?;

    events::log(&event);
    Ok(())
}
