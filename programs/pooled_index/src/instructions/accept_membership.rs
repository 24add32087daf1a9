use {
    super::shares::*,
    crate::{
        custody::{self, Accounts as Constituents, Personal},
        error::{IndexError, require},
        events::{self, MembershipAccepted},
        host::AccountIo,
        state::Membership,
    },
    anchor_lang::prelude::*,
    personal_token::state::PersonalToken,
};

/// The owner of a personal token accepts the index's offer: gives shares of the token
/// and gets shares of the index.
#[derive(Accounts)]
pub struct AcceptMembership<'info> {
    /// The token's owner.
    pub owner: Signer<'info>,
    /// Index, mint and the owner's account of the index's shares.
    pub shares: ShareAccounts<'info>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The personal token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the owner's holder account, proven by its fields.
    #[account(mut)]
    pub from: UncheckedAccount<'info>,
    /// CHECK: the index's holder account, proven by the index.
    #[account(mut)]
    pub to: UncheckedAccount<'info>,
    /// CHECK: proven by its address before it is called.
    pub personal_token_program: UncheckedAccount<'info>,
}

pub(crate) fn accept_membership(ctx: Context<AcceptMembership>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let (key, token_key) = (a.shares.index.key(), a.token.key());
    let personal = Personal {
        program: &a.personal_token_program,
        token: a.token.as_ref(),
        theirs: &a.from,
        ours: &a.to,
    };
    let (event, slot) = {
        let mut index = a.shares.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        AccountIo::same(&token_key, &membership.token)?;
        let supply = {
            let token = a.token.load()?;
            require(token.owner == *a.owner.key, IndexError::NotTokenOwner)?;
            token.supply
        };
        index.require_running()?;
        let slot = index.slot_of(&token_key)?;
        personal.prove(index.constituent(slot)?, a.owner.key)?;
        a.shares.prepare(&mut index, a.owner.key, now)?;

        index.admit(&mut membership, a.owner.key, supply, now)?;
        let event = MembershipAccepted {
            header: index.header(&key, &clock)?,
            token: token_key,
            member: a.owner.key(),
            token_shares: membership.token_shares,
            index_shares: membership.index_shares,
            supply: index.supply,
            members: index.members,
        };
        (event, slot)
    };

    let accounts = Constituents::Personal(personal);
    {
        let index = a.shares.index.load()?;
        custody::bring_in(&accounts, &index, slot, &a.owner, event.token_shares)?;
    }
    a.shares.mint(event.index_shares)?;

    events::log(&event);
    Ok(())
}
