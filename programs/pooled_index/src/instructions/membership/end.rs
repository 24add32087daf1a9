use {
    super::subject,
    crate::{
        error::{IndexError, require},
        events::{self, MembershipClosed, MembershipEnded, MembershipEnds, MembershipKept},
        host::AccountIo,
        state::{Ending, Index, Membership},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// Announces that a membership ends. It earns until then.
#[derive(Accounts)]
pub struct EndMembership<'info> {
    /// The curator, who admits members, the member or the token's owner; anybody while the
    /// index holds nothing of the person.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// CHECK: the personal token, proven by the membership; also if it was closed.
    pub token: UncheckedAccount<'info>,
}

pub(crate) fn end_membership(ctx: Context<EndMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(a.token.key, &membership.token)?;
        let token = AccountIo::read::<PersonalToken>(&a.token);
        let owner = token.map_or(Pubkey::default(), |token| token.owner);
        let signer = a.authority.key;
        let ends_at =
            index.end_membership(&mut membership, signer, &owner, clock.unix_timestamp)?;
        MembershipEnds {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            by: a.authority.key(),
            empty: u64::from(membership.ending()? == Ending::Empty),
            ends_at,
        }
    };

    events::log(&event);
    Ok(())
}

/// Takes back the end of a membership whose slot was empty: the index holds something of the
/// person again.
#[derive(Accounts)]
pub struct KeepMembership<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
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

/// Ends a membership whose notice is over.
#[derive(Accounts)]
pub struct ApplyEnd<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// CHECK: what kept the member's human from another membership, proven by the
    /// membership; it is closed.
    #[account(mut)]
    pub subject: Option<UncheckedAccount<'info>>,
    /// CHECK: who paid the subject's rent, proven by it.
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

/// Closes the membership of somebody who was paid and has nothing locked.
#[derive(Accounts)]
pub struct CloseMembership<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership; it is closed.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// CHECK: who paid the membership's rent, proven by the membership.
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
