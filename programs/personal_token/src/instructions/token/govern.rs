use {
    crate::{error::ProgramResult, events::Header, state::PersonalToken},
    anchor_lang::prelude::*,
};

/// A change that needs one signature and the token: roles, pause, bearer cap,
/// the proposal of a new owner.
#[derive(Accounts)]
pub struct GovernAccounts<'info> {
    /// The owner. For some changes also somebody else: the guardian to pause, the executor to
    /// wind up, anybody to apply a policy or to join the endowment.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
}

impl GovernAccounts<'_> {
    /// Lets `change` work on the token after the owner's signature was proven.
    pub(crate) fn as_owner<T>(
        &self,
        change: impl FnOnce(&mut PersonalToken) -> ProgramResult<T>,
    ) -> Result<(Header, T)> {
        let clock = Clock::get()?;
        let mut token = self.token.load_mut()?;
        token.require_owner(self.authority.key, &clock)?;
        let result = change(&mut token)?;
        Ok((token.header(&self.token.key(), &clock)?, result))
    }
}
