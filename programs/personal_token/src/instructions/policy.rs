use {
    super::Govern,
    crate::{
        events::{self, PolicyAnnounced, PolicyApplied, PolicyWithdrawn, TermsEased},
        state::{Easing, Policy},
    },
    anchor_lang::prelude::*,
};

/// Announces who may hold and how shares move, in place of what was announced before.
pub(crate) fn propose_policy(ctx: Context<Govern>, policy: Policy) -> Result<()> {
    let now = Clock::get()?.unix_timestamp;
    let (header, effective_at) = ctx
        .accounts
        .as_owner(|token| token.announce_policy(&policy, now))?;
    events::log(&PolicyAnnounced {
        header,
        admission: u64::from(policy.admission),
        transfer_policy: u64::from(policy.transfer_policy),
        credential: policy.credential,
        schema: policy.schema,
        effective_at,
    });
    Ok(())
}

/// Applies announced policies whose notice is over. Anybody may.
pub(crate) fn apply_policy(ctx: Context<Govern>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let event = {
        let mut token = a.token.load_mut()?;
        token.apply_policy(clock.unix_timestamp)?;
        PolicyApplied {
            header: token.header(&a.token.key(), &clock)?,
            admission: u64::from(token.admission),
            transfer_policy: u64::from(token.transfer_policy),
            credential: token.credential,
            schema: token.schema,
        }
    };
    events::log(&event);
    Ok(())
}

/// Withdraws the announcement: the policies in force stay.
pub(crate) fn withdraw_policy(ctx: Context<Govern>) -> Result<()> {
    let (header, (admission, transfer_policy)) = ctx.accounts.as_owner(|token| {
        token.withdraw_policy()?;
        Ok((token.admission, token.transfer_policy))
    })?;
    events::log(&PolicyWithdrawn {
        header,
        admission: u64::from(admission),
        transfer_policy: u64::from(transfer_policy),
    });
    Ok(())
}

/// Makes terms better for holders, at once. The other way takes a poll.
pub(crate) fn ease_terms(ctx: Context<Govern>, easing: Easing) -> Result<()> {
    let (header, (terms, terms_version)) = ctx.accounts.as_owner(|token| {
        token.ease(&easing)?;
        Ok((token.terms, token.terms_version))
    })?;
    events::log(&TermsEased {
        header,
        supply_cap: terms.supply_cap,
        floor: terms.floor,
        cash_out_tax_bps: u64::from(terms.cash_out_tax_bps),
        royalty_bps: u64::from(terms.royalty_bps),
        terms_version,
    });
    Ok(())
}
