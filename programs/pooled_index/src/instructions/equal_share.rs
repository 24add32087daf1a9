use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, EqualShareClaimed, MembershipClosed, MembershipLeft},
        host::{AccountIo, Host, TokenIo},
        state::{Index, Kind, Membership},
    },
    anchor_lang::prelude::*,
    upside_program::Transfer,
};

/// Pays a member what the equal share owes in one cash constituent. Anybody may.
#[derive(Accounts)]
pub struct ClaimEqualShare<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// CHECK: the mint of cash, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the index's vault of it, proven by the index.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// CHECK: the member's account of it, proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// CHECK: the program that owns the mint, proven by the index.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn claim_equal_share(ctx: Context<ClaimEqualShare>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (event, decimals, signer) = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        let slot = index.slot_of(a.mint.key)?;
        let cash = index.constituent(slot)?;
        cash.require(Kind::Cash)?;
        AccountIo::same(a.vault.key, &cash.custody)?;
        require(
            *a.token_program.key == cash.token_program(),
            IndexError::WrongTokenProgram,
        )?;
        TokenIo::prove_account(&a.destination, a.mint.key, &membership.member)?;
        let (decimals, place) = (cash.decimals, cash.cash);

        let amount = index.pay_member(&mut membership, slot)?;
        let event = EqualShareClaimed {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            place: u64::from(slot),
            amount,
            owed: index.book(place)?.owed,
        };
        (event, decimals, IndexSigner::of(&index))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals,
        from: &a.vault,
        to: &a.destination,
        authority: a.index.as_ref(),
    }
    .by_seeds::<Host>(event.amount, &signer.seeds())?;

    events::log(&event);
    Ok(())
}

/// A member leaves: earns nothing more, keeps the index's shares and what is owed.
#[derive(Accounts)]
pub struct LeaveMembership<'info> {
    /// The member.
    pub member: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
}

pub(crate) fn leave_membership(ctx: Context<LeaveMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        let own = membership.member == *a.member.key;
        require(own, IndexError::NotMember)?;

        index.part_with(&mut membership)?;
        MembershipLeft {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            members: index.members,
        }
    };

    events::log(&event);
    Ok(())
}

/// Closes the membership of somebody who left and was paid. Anybody may.
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
