use {
    crate::{
        error::{TokenError, require},
        events::{self, ClaimTransformed, ClaimWrittenOff, RevenueReported},
        state::{Claim, PersonalToken, RevenueReport, Transformation},
    },
    anchor_lang::prelude::*,
};

/// A change of a claim that moves no money.
#[derive(Accounts)]
pub struct ChangeClaim<'info> {
    /// The owner; to share custody out anybody; for reports the claim's payer too; to write off in a wind-down the
    /// executor too.
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

/// The owner gives units up as worthless; what they cost is a loss.
pub(crate) fn write_off_claim(ctx: Context<ChangeClaim>, units: u64) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let event = {
        let mut token = a.token.load_mut()?;
        let mut claim = a.claim.load_mut()?;
        require(claim.token == key, TokenError::WrongToken)?;
        token.require_manager(a.authority.key, &clock)?;

        let cost = claim.write_off(&mut token, units, clock.unix_timestamp)?;
        ClaimWrittenOff {
            header: token.header(&key, &clock)?,
            claim: claim.number,
            units,
            cost,
            held: claim.held()?,
        }
    };

    events::log(&event);
    Ok(())
}

/// The owner or the payer reports a month's revenue: what is due of it is booked.
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
            due,
            overdue: claim.overdue(),
            evidence: report.evidence,
        }
    };

    events::log(&event);
    Ok(())
}
