use {
    crate::{
        error::{ProgramResult, TokenError, require},
        events::{self, PollEnded},
        host::AccountIo,
        seeds,
        state::{Holder, PersonalToken, Poll, PollEnd},
    },
    anchor_lang::prelude::*,
};

/// A poll's account is closed; its rent returns to who paid it.
#[derive(Accounts)]
pub struct EndPollAccounts<'info> {
    /// Who put the poll, to cancel it; anybody to close a poll that is over.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The poll; it is closed.
    #[account(mut)]
    pub poll: AccountLoader<'info, Poll>,
    /// Who paid the poll's rent and gets it back.
    ///
    /// CHECK: proven by the poll.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The holder account of who put the poll, to close one that is undercut; it may not
    /// exist.
    ///
    /// CHECK: proven by its seeds.
    pub put_by_holder: Option<UncheckedAccount<'info>>,
}

impl EndPollAccounts<'_> {
    pub(super) fn end(
        &self,
        end: impl FnOnce(&Poll, &mut PersonalToken, i64) -> ProgramResult<PollEnd>,
    ) -> Result<()> {
        let clock = Clock::get()?;
        let key = self.token.key();
        let event = {
            let mut token = self.token.load_mut()?;
            let poll = self.poll.load()?;
            require(poll.token == key, TokenError::WrongToken)?;
            AccountIo::same(self.rent_payer.key, &poll.rent_payer)?;

            if token.owner == *self.authority.key {
                token.require_owner(self.authority.key, &clock)?;
            }
            let why = end(&poll, &mut token, clock.unix_timestamp)?;
            PollEnded {
                header: token.header(&key, &clock)?,
                poll: poll.number,
                why: why as u64,
            }
        };
        AccountIo::close(self.poll.as_ref(), &self.rent_payer)?;

        events::log(&event);
        Ok(())
    }

    /// Shares of who put the poll; none if their account was closed.
    #[inline(never)]
    pub(super) fn held(&self) -> Result<Option<u64>> {
        let Some(account) = &self.put_by_holder else {
            return Ok(None);
        };
        let (key, by) = (self.token.key(), self.poll.load()?.put_by);
        let seeds = seeds::holder(&key, &by);
        AccountIo::prove_address(account, &seeds)?;
        if *account.owner != crate::ID {
            return Ok(Some(0));
        }
        Ok(Some(AccountIo::read::<Holder>(account)?.shares))
    }
}
