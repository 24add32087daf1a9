use {
    super::shown::show,
    crate::{
        events::{self, SlotNoted},
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

/// Notes whether the state shows that a slot cannot move: a person whose policy does not
/// let the index send its shares, or whose payout vault of a coin is frozen or paused; a
/// mint that is paused, or the index's account of it frozen. What was noted a notice ago,
/// and shows so still, anybody wraps. Of a person the mint and the payout vault of each
/// stream in a coin follow. Anybody may.
#[derive(Accounts)]
pub struct NoteStuckAccounts<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token or the mint in the slot.
    ///
    /// CHECK: proven by the index.
    pub constituent: UncheckedAccount<'info>,
    /// The index's account of it.
    ///
    /// CHECK: proven by the index.
    pub custody: UncheckedAccount<'info>,
}

pub(crate) fn note_stuck<'info>(
    ctx: Context<'info, NoteStuckAccounts<'info>>,
    slot: u8,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let shown = {
        let index = a.index.load()?;
        let accounts = [a.constituent.as_ref(), a.custody.as_ref()];
        show(
            &index,
            index.constituent(slot)?,
            accounts,
            ctx.remaining_accounts,
            now,
        )?
    };
    let event = {
        let mut index = a.index.load_mut()?;
        let since = index.note_stuck(slot, &shown, now)?;
        SlotNoted {
            header: index.header(&a.index.key(), &clock)?,
            place: u64::from(slot),
            key: a.constituent.key(),
            since,
        }
    };

    events::log(&event);
    Ok(())
}
