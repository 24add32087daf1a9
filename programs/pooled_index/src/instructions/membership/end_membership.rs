use {
    crate::{
        error::{IndexError, require},
        events::{self, MembershipEnds},
        host::AccountIo,
        state::{Ending, Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// Announces that a membership ends. It earns until then.
#[derive(Accounts)]
pub struct EndMembership<'info> {
    /// The curator, who admits members, the member or the token's owner signs; anybody
    /// while the index holds nothing of the person.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The personal token, also if it was closed.
    ///
    /// CHECK: proven by the membership.
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
