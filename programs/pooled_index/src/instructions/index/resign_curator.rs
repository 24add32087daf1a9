use {
    super::curate::WindDown,
    crate::{
        events::{self, CuratorResigned},
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
};

pub(crate) fn resign_curator(ctx: Context<WindDown>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let ended = a.end(&clock, PooledIndex::resign)?;

    let previous = a.curator.key();
    let header = ended.header;
    events::log(&CuratorResigned { header, previous });
    Ok(())
}
