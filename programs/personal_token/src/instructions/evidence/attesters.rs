use {
    crate::{
        error::{ProgramResult, TokenError, require},
        events::Header,
        state::{Attesters, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner changes the list of attesters. What takes one away from holders works only
/// while nobody else holds or buys shares; later a poll removes an attester, and nothing lowers
/// the threshold.
#[derive(Accounts)]
pub struct GovernAttestersAccounts<'info> {
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    #[account(mut)]
    pub attesters: AccountLoader<'info, Attesters>,
}

impl GovernAttestersAccounts<'_> {
    /// Lets `change` work on the list, told whether the owner is alone.
    pub(super) fn change(
        &self,
        change: impl FnOnce(&mut Attesters, bool) -> ProgramResult<()>,
    ) -> Result<Header> {
        let clock = Clock::get()?;
        let key = self.token.key();
        let mut token = self.token.load_mut()?;
        let mut list = self.attesters.load_mut()?;
        require(list.token == key, TokenError::WrongToken)?;
        token.require_owner(self.owner.key, &clock)?;
        let alone = token.is_owners_alone(token.owner_shares);
        change(&mut list, alone)?;
        Ok(token.header(&key, &clock)?)
    }
}
