use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimWrittenOff},
        instructions::evidence::{Given, weigh},
        state::{Claim, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Equity on paper that is given up. The accounts behind these are the attestations of all
/// accepted attesters on the claim, in the order of the list.
#[derive(Accounts)]
pub struct WriteOffClaim<'info> {
    /// The owner; in a wind-down the executor too.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
    /// The token's accepted attesters, who may not exist.
    ///
    /// CHECK: proven by their seeds or fields.
    pub attesters: UncheckedAccount<'info>,
}

/// The owner, or in a wind-down the executor, gives units of equity on paper up as worthless; what they cost is a loss as far
/// as it counts.
pub(crate) fn write_off_claim<'info>(
    ctx: Context<'info, WriteOffClaim<'info>>,
    units: u64,
) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let (key, now) = (a.token.key(), clock.unix_timestamp);
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_manager(a.authority.key, &clock)?;
        let given = Given {
            token: &key,
            claim: a.claim.as_ref().key,
            attesters: &a.attesters,
            signed: ctx.remaining_accounts,
        };
        let evidence = weigh(&token, &claim, &given, now)?;
        let counted = evidence.cost_that_counts(&claim, &token);

        let cost = claim.write_off(&mut token, units, counted, now)?;
        ClaimWrittenOff {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            units,
            cost,
            held: claim.held()?,
            result: [token.result.low, token.result.high],
        }
    };

    events::log(&event);
    Ok(())
}
