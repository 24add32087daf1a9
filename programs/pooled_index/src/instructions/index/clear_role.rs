use {
    super::curate::CurateAccounts,
    crate::{
        events::{self, RoleSet},
        state::Role,
    },
    anchor_lang::prelude::*,
};

/// Takes a role from whoever has it: the curator, or whoever has it. To be proposed as
/// curator is one too.
pub(crate) fn clear_role(ctx: Context<CurateAccounts>, role: Role) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (header, previous) = {
        let mut index = a.index.load_mut()?;
        let previous = index.clear_role(role, a.authority.key)?;
        (index.header(&a.index.key(), &clock)?, previous)
    };

    events::log(&RoleSet {
        header,
        role: u64::from(role as u8),
        previous,
        key: Pubkey::default(),
    });
    Ok(())
}
