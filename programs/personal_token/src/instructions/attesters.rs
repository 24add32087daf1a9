use {
    crate::{
        error::{Outcome, TokenError, require},
        events::{
            self, AttesterAdded, AttesterRemovalAnnounced, AttesterRemoved, Header, ThresholdSet,
        },
        host::AccountIo,
        seeds,
        state::{Attesters, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// The owner adds an attester, at once; the first one makes the list.
#[derive(Accounts)]
pub struct AddAttester<'info> {
    /// Pays the rent of the list and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the token's attesters, proven by their seeds where they are made.
    #[account(mut)]
    pub attesters: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn add_attester(ctx: Context<AddAttester>, attester: Pubkey) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let header = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        token.header(&key, &clock)?
    };
    if *a.attesters.owner != crate::ID {
        let seeds: [&[u8]; 2] = [seeds::ATTESTERS, key.as_ref()];
        let bump = AccountIo::create_own::<Attesters>(&a.payer, &a.attesters, &seeds)?;
        AccountIo::load_new::<Attesters>(&a.attesters)?.open(&key, a.payer.key, bump);
    }
    {
        let mut list = AccountIo::load::<Attesters>(&a.attesters)?;
        require(list.token == key, TokenError::WrongToken)?;
        list.add(&attester, a.owner.key)?;
    }

    events::log(&AttesterAdded { header, attester });
    Ok(())
}

/// The owner changes the list of attesters, with notice where it gets weaker.
#[derive(Accounts)]
pub struct GovernAttesters<'info> {
    /// The owner; what was announced, anybody applies.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's attesters.
    #[account(mut)]
    pub attesters: AccountLoader<'info, Attesters>,
}

impl GovernAttesters<'_> {
    /// Lets `change` work on the list; with `owner` only for the owner.
    fn change<T>(
        &self,
        owner: bool,
        change: impl FnOnce(&mut Attesters, &PersonalToken, i64) -> Outcome<T>,
    ) -> Result<(Header, T)> {
        let clock = Clock::get()?;
        let key = self.token.key();
        let mut token = self.token.load_mut()?;
        let mut list = self.attesters.load_mut()?;
        require(list.token == key, TokenError::WrongToken)?;
        if owner {
            token.require_owner(self.authority.key, &clock)?;
        }
        let result = change(&mut list, &token, clock.unix_timestamp)?;
        Ok((token.header(&key, &clock)?, result))
    }
}

/// Announces a removal, which may be applied after the notice period.
pub(crate) fn announce_attester_removal(
    ctx: Context<GovernAttesters>,
    attester: Pubkey,
) -> Result<()> {
    let (header, effective_at) = ctx.accounts.change(true, |list, token, now| {
        let at = token.after_notice(now)?;
        list.announce_removal(&attester, at)?;
        Ok(at)
    })?;

    events::log(&AttesterRemovalAnnounced {
        header,
        attester,
        effective_at,
    });
    Ok(())
}

/// Removes an attester whose notice is over.
pub(crate) fn remove_attester(ctx: Context<GovernAttesters>, attester: Pubkey) -> Result<()> {
    let (header, ()) = ctx
        .accounts
        .change(false, |list, _, now| list.remove(&attester, now))?;

    events::log(&AttesterRemoved { header, attester });
    Ok(())
}

/// Sets how many attestations it takes: more at once, fewer after the notice period.
pub(crate) fn set_attester_threshold(ctx: Context<GovernAttesters>, threshold: u8) -> Result<()> {
    let (header, effective_at) = ctx.accounts.change(true, |list, token, now| {
        list.set_threshold(threshold, now, token.after_notice(now)?)
    })?;

    events::log(&ThresholdSet {
        header,
        threshold: u64::from(threshold),
        effective_at,
    });
    Ok(())
}

/// Applies a lower threshold whose notice is over.
pub(crate) fn apply_attester_threshold(ctx: Context<GovernAttesters>) -> Result<()> {
    let (header, (threshold, effective_at)) = ctx.accounts.change(false, |list, _, now| {
        list.apply_threshold(now)?;
        Ok((list.threshold, now))
    })?;

    events::log(&ThresholdSet {
        header,
        threshold: u64::from(threshold),
        effective_at,
    });
    Ok(())
}
