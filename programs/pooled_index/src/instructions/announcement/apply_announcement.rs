use {
    super::end::prove_announced,
    crate::{
        events::{self, AnnouncementApplied, CoinListed, CoinUnlisted, FeesSet, Header, RoleSet},
        host::AccountIo,
        instructions::tell_recipients,
        state::{ActionKind, Announcement, PooledIndex, StoredAction},
    },
    anchor_lang::prelude::*,
};

/// Does what was announced, between the notice and the expiry. Anybody may.
#[derive(Accounts)]
pub struct ApplyAnnouncement<'info> {
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint; fees up to now are due at the old rate.
    ///
    /// CHECK: proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// The announcement; it is closed.
    #[account(mut)]
    pub announcement: AccountLoader<'info, Announcement>,
    /// Who paid the announcement's rent and gets it back.
    ///
    /// CHECK: proven by the announcement.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn apply_announcement(ctx: Context<ApplyAnnouncement>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let announcement = a.announcement.load()?;
        let noted = [&announcement.index, &announcement.rent_payer];
        prove_announced(&mut index, [&key, a.rent_payer.key], noted, &a.mint, now)?;
        let nonce = announcement.nonce;
        index.require_applicable(nonce, now)?;

        for action in announcement.list() {
            apply(&mut index, &key, &clock, nonce, action)?;
        }
        index.end_announcement(nonce)?;
        AnnouncementApplied {
            header: index.header(&key, &clock)?,
            nonce,
        }
    };
    AccountIo::close(a.announcement.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

/// One action with the event of what it changed.
#[inline(never)]
fn apply(
    index: &mut PooledIndex,
    key: &Pubkey,
    clock: &Clock,
    nonce: u64,
    action: &StoredAction,
) -> Result<()> {
    let kind = action.kind.get()?;
    let previous = match kind {
        ActionKind::SetRole => index.role(action.role.get()?),
        _ => Pubkey::default(),
    };
    index.apply(action, nonce)?;

    let mint = action.key;
    match kind {
        ActionKind::None => {}
        ActionKind::SetFees => {
            let header = index.header(key, clock)?;
            events::log(&FeesSet::of(header, &index.parameters));
        }
        ActionKind::SetRecipients => tell_recipients(index, key, clock)?,
        ActionKind::SetRole => events::log(&RoleSet {
            header: index.header(key, clock)?,
            role: u64::from(action.role),
            previous,
            key: action.key,
        }),
        ActionKind::ListCoin => {
            let header: Header = index.header(key, clock)?;
            events::log(&CoinListed { header, mint });
        }
        ActionKind::UnlistCoin => {
            let header: Header = index.header(key, clock)?;
            events::log(&CoinUnlisted { header, mint });
        }
    }
    Ok(())
}
