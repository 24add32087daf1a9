use {
    super::closed,
    crate::{
        error::{TokenError, require},
        events::{self, AccountClosed},
        host::AccountIo,
        state::{
            Approval, Attesters, Contribution, Naming, PersonalToken, Product, Round, RoundStatus,
            TokenStatus,
        },
    },
    anchor_lang::{Discriminator, prelude::*},
};

/// Closes an account that nothing needs any more; its rent returns to who paid it. A round
/// from which nobody has anything to get and a closed product without passes: the owner
/// may, in a wind-down anybody. A contribution to a round that sold at once and is over,
/// which was only kept for the cap per backer, and an approval that expired: anybody. Names
/// and attesters: anybody, when a wind-down has paid the last share out.
#[derive(Accounts)]
pub struct CloseEndedAccounts<'info> {
    /// The owner, or anybody.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The account; it is closed.
    ///
    /// CHECK: proven by its kind and fields.
    #[account(mut)]
    pub account: UncheckedAccount<'info>,
    /// Who paid the account's rent and gets it back.
    ///
    /// CHECK: proven by the account.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
    /// The round of a contribution, or its address after it was closed.
    ///
    /// CHECK: proven by the contribution.
    pub round: Option<UncheckedAccount<'info>>,
}

pub(crate) fn close_ended(ctx: Context<CloseEndedAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        let (kind, number) = a.prove(&mut token, &clock)?;
        AccountClosed {
            header: token.header(a.token.as_ref().key, &clock)?,
            account: a.account.key(),
            kind,
            number,
        }
    };
    AccountIo::close(&a.account, &a.rent_payer)?;

    events::log(&event);
    Ok(())
}

impl CloseEndedAccounts<'_> {
    fn is<T: Discriminator>(&self) -> bool {
        let data = self.account.try_borrow_data();
        data.is_ok_and(|data| data.starts_with(T::DISCRIMINATOR))
    }

    /// Whether the round of a contribution sold at once and is over. One that escrows is
    /// only closed when nobody has anything to get from it.
    fn prove_round(&self, contribution: &Contribution) -> Result<()> {
        let round = self.round.as_ref().ok_or(TokenError::WrongAccount)?;
        AccountIo::same(round.key, &contribution.round)?;
        if *round.owner == crate::ID {
            let round = AccountIo::read::<Round>(round)?;
            require(
                round.token == *self.token.as_ref().key,
                TokenError::WrongToken,
            )?;
            let settled = round.status()? == RoundStatus::Settled && !round.escrows();
            require(settled, TokenError::NotOver)?;
        }
        Ok(())
    }

    /// The account's kind and number, if it is over and `authority` may close it.
    #[inline(never)]
    fn prove(&self, token: &mut PersonalToken, clock: &Clock) -> Result<(u64, u64)> {
        let (key, account) = (self.token.as_ref().key, &self.account);
        let authority = self.authority.key;
        let wound_up = token.status()? == TokenStatus::WindDown;
        let (owner, rent_payer, kind, number) = if self.is::<Round>() {
            let round = AccountIo::read::<Round>(account)?;
            round.require_over()?;
            token.require_tidier(authority, clock)?;
            (round.token, round.rent_payer, closed::ROUND, round.number)
        } else if self.is::<Product>() {
            let product = AccountIo::read::<Product>(account)?;
            product.require_over(wound_up)?;
            token.require_tidier(authority, clock)?;
            let number = product.number;
            (product.token, product.rent_payer, closed::PRODUCT, number)
        } else if self.is::<Contribution>() {
            let contribution = AccountIo::read::<Contribution>(account)?;
            self.prove_round(&contribution)?;
            (*key, contribution.rent_payer, closed::CONTRIBUTION, 0)
        } else if self.is::<Approval>() {
            let approval = AccountIo::read::<Approval>(account)?;
            let over = wound_up || clock.unix_timestamp > approval.expires_at;
            require(over, TokenError::NotOver)?;
            (approval.token, approval.rent_payer, closed::APPROVAL, 0)
        } else if self.is::<Naming>() {
            let naming = AccountIo::read::<Naming>(account)?;
            token.require_ended()?;
            (naming.token, naming.rent_payer, closed::NAMING, 0)
        } else {
            let attesters = AccountIo::read::<Attesters>(account)?;
            token.require_ended()?;
            (attesters.token, attesters.rent_payer, closed::ATTESTERS, 0)
        };
        require(owner == *key, TokenError::WrongToken)?;
        AccountIo::same(self.rent_payer.key, &rent_payer)?;
        Ok((kind, number))
    }
}
