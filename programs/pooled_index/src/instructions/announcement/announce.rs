use {
    crate::{
        events::{self, ActionAnnounced, ActionsAnnounced},
        host::AccountIo,
        seeds,
        state::{Action, ActionKind, Announcement, MAX_RECIPIENTS, PooledIndex, StoredAction},
    },
    anchor_lang::prelude::*,
};

/// The curator announces actions, which holders may veto until they are applied.
#[derive(Accounts)]
pub struct Announce<'info> {
    /// Signs, pays the announcement's rent, and gets it back when it is closed.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The announcement to make, at the address of the next number.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub announcement: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn announce(ctx: Context<Announce>, actions: Vec<Action>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let made = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        index.announce_actions(&actions, clock.unix_timestamp)?
    };

    let number = made.0.to_le_bytes();
    let seeds = seeds::announcement(&key, &number);
    let bump = AccountIo::create_own::<Announcement>(&a.payer, &a.announcement, &seeds)?;
    let announcement = {
        let mut announcement = AccountIo::load_new::<Announcement>(&a.announcement)?;
        announcement.open([&key, a.payer.key], bump, made, &actions)?;
        announcement
    };

    let mut index = a.index.load_mut()?;
    let (nonce, effective_at) = made;
    let vetoes = index.announcement(nonce)?.vetoes;
    events::log(&ActionsAnnounced {
        header: index.header(&key, &clock)?,
        nonce,
        effective_at,
        actions: u64::from(announcement.count),
        vetoes: u64::from(vetoes),
    });
    for (place, action) in (0u64..).zip(announcement.list()) {
        tell(&mut index, &key, &clock, (nonce, place), action)?;
    }
    Ok(())
}

/// One event of an action, or one for each recipient that it names.
#[inline(never)]
fn tell(
    index: &mut PooledIndex,
    key: &Pubkey,
    clock: &Clock,
    (nonce, place): (u64, u64),
    action: &StoredAction,
) -> Result<()> {
    let fees = &action.fees;
    let numbers = match action.kind.get()? {
        ActionKind::SetFees => [
            fees.management_fee_bps,
            fees.entry_fee_bps,
            fees.exit_fee_bps,
        ],
        _ => [u16::from(action.role.raw()), 0, 0],
    };
    let mut told = [(action.key, numbers); MAX_RECIPIENTS];
    let named = action.recipients.iter().filter(|it| it.portion_bps > 0);
    let mut count = 0usize;
    for (place, recipient) in told.iter_mut().zip(named) {
        *place = (recipient.key, [recipient.portion_bps, 0, 0]);
        count = count.saturating_add(1);
    }
    for (key_named, numbers) in told.iter().take(count.max(1)) {
        let [first, second, third] = numbers.map(u64::from);
        events::log(&ActionAnnounced {
            header: index.header(key, clock)?,
            nonce,
            place,
            kind: u64::from(action.kind),
            key: *key_named,
            first,
            second,
            third,
        });
    }
    Ok(())
}
