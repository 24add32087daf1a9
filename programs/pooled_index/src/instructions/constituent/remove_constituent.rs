use {
    crate::{
        error::{IndexError, require},
        events::{self, ConstituentRemoved},
        host::AccountIo,
        state::{PooledIndex, SlotKind},
    },
    anchor_lang::prelude::*,
    personal_token::state::{Holder, PersonalToken},
};

/// The curator frees a slot that holds nothing and to which nothing is due.
#[derive(Accounts)]
pub struct RemoveConstituent<'info> {
    /// The curator, who signs.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The personal token that stands in the slot; left out for a mint.
    pub token: Option<AccountLoader<'info, PersonalToken>>,
    /// The index's holder account of the token; left out for a mint.
    pub holder: Option<AccountLoader<'info, Holder>>,
}

pub(crate) fn remove_constituent(ctx: Context<RemoveConstituent>, slot: u8) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (header, key) = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.authority.key)?;
        let constituent = index.constituent(slot)?;
        match (constituent.kind()?, &a.token, &a.holder) {
            (SlotKind::Personal, Some(token), Some(holder)) => {
                AccountIo::same(token.as_ref().key, &constituent.key)?;
                AccountIo::same(holder.as_ref().key, &constituent.custody)?;
                let (token, holder) = (token.load()?, holder.load()?);
                index.require_nothing_due(&token, &holder, clock.unix_timestamp)?;
            }
            (SlotKind::Personal, ..) => return Err(IndexError::MissingAccounts.into()),
            (_, token, holder) => {
                let none = token.is_none() && holder.is_none();
                require(none, IndexError::ExtraAccounts)?;
            }
        }

        let key = index.remove_constituent(slot)?;
        (index.header(&a.index.key(), &clock)?, key)
    };

    events::log(&ConstituentRemoved {
        header,
        key,
        place: u64::from(slot),
    });
    Ok(())
}
