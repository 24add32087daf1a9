use {
    super::prove_receiver,
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, LockedCollected},
        host::ThisProgram,
        instructions::prove_shares,
        state::{Membership, PooledIndex},
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_support::Transfer,
};

/// Pays a member whose membership ended the index shares that were locked until then:
/// anybody to an account of the member from which nobody else can take, the member, who signs
/// then, to any.
#[derive(Accounts)]
pub struct CollectLocked<'info> {
    /// The member, who signs if an account is paid from which somebody else may take.
    pub member: Option<Signer<'info>>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The membership.
    #[account(mut)]
    pub membership: AccountLoader<'info, Membership>,
    /// The share mint.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The index's own account of its shares, in which they are locked.
    ///
    /// CHECK: proven by its address.
    #[account(mut)]
    pub vault: UncheckedAccount<'info>,
    /// The member's account of the shares, to which they go.
    ///
    /// CHECK: proven by its fields.
    #[account(mut)]
    pub destination: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
}

pub(crate) fn collect_locked(ctx: Context<CollectLocked>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let (event, signer) = {
        let mut index = a.index.load_mut()?;
        let mut membership = a.membership.load_mut()?;
        require(membership.index == key, IndexError::WrongIndex)?;
        prove_shares(&index, &key, &a.mint, &a.vault, &a.token_program)?;
        let (signer, member) = (a.member.as_ref(), &membership.member);
        let shown = ctx.remaining_accounts.first();
        prove_receiver(signer, &a.destination, a.mint.key, member, shown)?;

        let shares = index.unlock_members(&mut membership)?;
        let event = LockedCollected {
            header: index.header(&key, &clock)?,
            token: membership.token,
            member: membership.member,
            shares,
            members_locked: index.members_locked,
        };
        (event, IndexSigner::of(&index))
    };

    Transfer {
        program: &a.token_program,
        mint: &a.mint,
        decimals: INDEX_SHARE_DECIMALS,
        from: &a.vault,
        to: &a.destination,
        authority: a.index.as_ref(),
    }
    .by_seeds::<ThisProgram>(event.shares, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
