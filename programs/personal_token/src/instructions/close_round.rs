use {
    crate::{
        error::{TokenError, require},
        events::{self, PledgeRegistered, RoundClosed},
        host::{AccountIo, TokenIo},
        seeds,
        state::{Holder, PersonalToken, Round},
        token_io::{self, TokenSigner},
    },
    anchor_lang::{prelude::*, system_program},
};

/// Closes a round that is over; anyone may. A round that reached its minimum
/// raise mints the shares it sold into the register, where they earn and count
/// in supply until each backer claims. Pledged shares are minted and registered.
#[derive(Accounts)]
pub struct CloseRound<'info> {
    /// Anyone; the owner may also close a round early that sells at once.
    pub closer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The round.
    #[account(mut)]
    pub round: AccountLoader<'info, Round>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the register, proven by the token.
    #[account(mut)]
    pub register: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// CHECK: where the round pledges shares, the holder account of the wallet that it
    /// names, proven by its fields, or by its address where it does not exist: then
    /// this round's pledge lapses, and the round can be closed all the same.
    #[account(mut)]
    pub pledge_holder: Option<UncheckedAccount<'info>>,
}

pub(crate) fn close_round(ctx: Context<CloseRound>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (event, sold, pledge, signer) = {
        let mut token = a.token.load_mut()?;
        let mut round = a.round.load_mut()?;
        require(round.token == a.token.key(), TokenError::WrongToken)?;
        token_io::prove_shares(&token, &a.mint, &a.register, &a.token_2022_program)?;
        require(
            round.is_over(clock.unix_timestamp, *a.closer.key == token.owner)?,
            TokenError::RoundNotOver,
        )?;

        token.release(clock.unix_timestamp)?;
        let sold = round.close(&mut token)?;
        let pledge = a.register_pledge(&mut token, &round, &clock)?;
        let event = RoundClosed {
            header: token.header(&a.token.key(), &clock)?,
            round: round.number,
            status: u64::from(round.status),
            sold: round.sold()?,
            raised: round.raised,
            supply: token.supply,
        };
        (event, sold, pledge, TokenSigner::of(&token))
    };

    let pledged = pledge.map_or(0, |pledge| pledge.shares);
    let minted = sold.checked_add(pledged).ok_or(TokenError::Overflow)?;
    if minted > 0 {
        let token = a.token.as_ref();
        TokenIo::mint_to(
            &a.token_2022_program,
            &a.mint,
            &a.register,
            token,
            minted,
            &signer.seeds(),
        )?;
    }

    if let Some(pledge) = &pledge {
        events::log(pledge);
    }
    events::log(&event);
    Ok(())
}

impl CloseRound<'_> {
    /// Registers what the closed round pledged; `None` where it pledged nothing.
    #[inline(never)]
    fn register_pledge(
        &self,
        token: &mut PersonalToken,
        round: &Round,
        clock: &Clock,
    ) -> Result<Option<PledgeRegistered>> {
        let shares = round.pledged()?;
        if shares == 0 {
            return Ok(None);
        }
        let key = self.token.key();
        let account = self
            .pledge_holder
            .as_ref()
            .ok_or(TokenError::PledgeHolderRequired)?;
        let (shares, pledged) = if *account.owner == system_program::ID {
            let (address, _) = seeds::find_holder(&key, &round.pledge_to);
            let empty = account.data_is_empty() && *account.key == address;
            require(empty, TokenError::PledgeHolderRequired)?;
            (0, 0)
        } else {
            let mut holder = AccountIo::load::<Holder>(account)?;
            let named = holder.token == key && holder.wallet == round.pledge_to;
            require(named, TokenError::PledgeHolderRequired)?;
            token.register_pledge(&mut holder, shares)?;
            (shares, holder.pledged)
        };
        Ok(Some(PledgeRegistered {
            header: token.header(&key, clock)?,
            round: round.number,
            wallet: round.pledge_to,
            shares,
            pledged,
            supply: token.supply,
        }))
    }
}
