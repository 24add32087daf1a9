use {
    super::curate::CurateAccounts,
    crate::events::{self, CuratorAccepted},
    anchor_lang::prelude::*,
};

/// The proposed curator takes over.
pub(crate) fn accept_curator(ctx: Context<CurateAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (header, previous) = {
        let mut index = a.index.load_mut()?;
        let previous = index.accept_curator(a.authority.key)?;
        (index.header(&a.index.key(), &clock)?, previous)
    };

    events::log(&CuratorAccepted {
        header,
        previous,
        curator: a.authority.key(),
    });
    Ok(())
}
