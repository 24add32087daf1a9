use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimTransformed, ClaimWrittenOff, RevenueReported},
        instructions::evidence::{Given, weigh},
        state::{Claim, PersonalToken, RevenueReport, Transformation},
    },
    anchor_lang::prelude::*,
};

/// A change of a claim that moves no money.
#[derive(Accounts)]
pub struct ChangeClaim<'info> {
    /// The owner; to share custody out anybody; to write off in a wind-down the executor too;
    /// for reports the claim's payer too.
    pub authority: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The claim.
    #[account(mut)]
    pub claim: AccountLoader<'info, Claim>,
}

/// Equity on paper changes its form: conversion, split, rollover. Its cost is carried.
pub(crate) fn transform_claim(ctx: Context<ChangeClaim>, into: Transformation) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_owner(a.authority.key, &clock)?;
        let before = claim.held()?;

        claim.transform(&into, clock.unix_timestamp)?;
        ClaimTransformed {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            before,
            after: claim.held()?,
            cost: claim.cost,
            document: claim.document,
        }
    };

    events::log(&event);
    Ok(())
}

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

/// The owner gives units of equity on paper up as worthless; what they cost is a loss as far
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

/// The owner or the payer reports a month's revenue, once it is over and in order: what is
/// due of it is booked. The last month again corrects it; both numbers stay in sight.
pub(crate) fn report_revenue(ctx: Context<ChangeClaim>, report: RevenueReport) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        let payer = claim.payer == *a.authority.key;
        require(
            payer || token.require_owner(a.authority.key, &clock).is_ok(),
            TokenError::NotPayer,
        )?;

        let due = claim.report(&report, clock.unix_timestamp)?;
        RevenueReported {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            period: u64::from(report.period),
            gross: report.gross,
            first: claim.reported_gross,
            corrections: u64::from(claim.corrections),
            due,
            unpaid: claim.unpaid(),
            due_at: claim.due_at()?.ok_or(TokenError::InvariantBroken)?,
            evidence: report.evidence,
        }
    };

    events::log(&event);
    Ok(())
}
