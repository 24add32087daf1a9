use {
    super::ChangeClaimAccounts,
    crate::{
        error::{TokenError, require},
        events::{self, ClaimTransformed},
        state::Transformation,
    },
    anchor_lang::prelude::*,
};

/// Equity on paper changes its form: conversion, split, rollover. Its cost is carried.
pub(crate) fn transform_claim(
    ctx: Context<ChangeClaimAccounts>,
    into: Transformation,
) -> Result<()> {
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
