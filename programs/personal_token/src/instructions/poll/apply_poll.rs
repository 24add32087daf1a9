use {
    super::about,
    crate::{
        error::{TokenError, require},
        events::{self, PollApplied},
        state::{Attesters, Change, Claim, Origin, PersonalToken, Poll},
    },
    anchor_lang::prelude::*,
};

/// Anybody applies a poll that passed; the owner alone, if nobody else has shares.
#[derive(Accounts)]
pub struct ApplyPollAccounts<'info> {
    /// Anybody; the owner if nobody else has shares.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The poll.
    #[account(mut)]
    pub poll: AccountLoader<'info, Poll>,
    /// The claim that it is about; none for other changes.
    #[account(mut)]
    pub claim: Option<AccountLoader<'info, Claim>>,
    /// The token's attesters, if it is about one.
    #[account(mut)]
    pub attesters: Option<AccountLoader<'info, Attesters>>,
}

pub(crate) fn apply_poll(ctx: Context<ApplyPollAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let event = {
        let mut token = a.token.load_mut()?;
        let mut poll = a.poll.load_mut()?;
        require(poll.token == key, TokenError::WrongToken)?;
        let owner = token.owner == *a.authority.key;
        if owner {
            token.require_owner(a.authority.key, &clock)?;
        }
        let alone = owner && token.is_owners_alone(token.owner_shares);
        poll.require_applicable(&token, alone, now)?;
        let slot = *poll.slot(&token).ok_or(TokenError::PollNotOpen)?;
        let mut claim = a.claim.as_ref().map(AccountLoader::load_mut).transpose()?;
        let mut list = a
            .attesters
            .as_ref()
            .map(AccountLoader::load_mut)
            .transpose()?;
        let about = about(&key, &poll.change()?, claim.as_deref(), list.as_deref())?;

        let change = poll.apply(&mut token, &about, now)?;
        if let Some(claim) = &mut claim {
            claim.apply_poll(&change, now)?;
        }
        match (&change, &mut list) {
            (Change::AcceptAttester(attester), Some(list)) => {
                list.accept(attester, &token.owner, Origin::Poll, now)?;
            }
            (Change::RemoveAttester(attester), Some(list)) => list.expel(attester)?,
            _ => {}
        }
        PollApplied {
            header: token.header(&key, &clock)?,
            poll: poll.number,
            kind: u64::from(poll.kind),
            claim: poll.claim,
            subject: poll.subject,
            before: poll.before.value,
            after: poll.after.value,
            in_favor: slot.in_favor,
            against: slot.against,
            eligible: token.eligible()?,
            terms_version: token.terms_version,
        }
    };

    events::log(&event);
    Ok(())
}
