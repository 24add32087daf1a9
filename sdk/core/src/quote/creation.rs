//! What new shares bring, and who pays it.

use {
    crate::{
        error::CoreError,
        state::{COVER_TIME, MAX_ASSETS, PersonalToken, Round, RoundTerms},
    },
    personal_token::{error::TokenError, state::Parts},
    upside_math::{Atoms, Placement, Purchase, Rounding, Shares, WHOLE_SHARE, mul_div},
};

/// What the endowment lacks of an asset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Place of the asset in the token's list.
    pub place: usize,
    /// Atoms that are missing.
    pub atoms: Atoms,
    /// Atoms that the shares bring of it in all.
    pub brought: Atoms,
}

impl Missing {
    /// What is missing and 1 % of what is brought more, rounded up, in atoms: others may
    /// raise what has to be brought before it lands.
    pub fn with_margin(&self) -> Atoms {
        let margin = self.brought.0.div_ceil(100);
        Atoms(self.atoms.0.saturating_add(margin))
    }
}

/// What new shares bring now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreationQuote {
    /// Share atoms.
    pub shares: Shares,
    /// Atoms into reserve and streams, by the place of the asset.
    pub parts: Parts,
    /// What the endowment lacks for them.
    pub missing: Vec<Missing>,
}

/// The token with its streams released up to unix second `now`.
pub(super) fn released(token: &PersonalToken, now: i64) -> Result<PersonalToken, CoreError> {
    Ok(token.released(now)?)
}

/// What the endowment lacks for `parts` of the assets from `first` on.
pub(super) fn missing(
    token: &PersonalToken,
    parts: &Parts,
    first: usize,
) -> Result<Vec<Missing>, CoreError> {
    let mut lacks = Vec::new();
    for (place, asset) in token.listed()?.iter().enumerate().skip(first) {
        let brought = parts.of(place)?;
        let atoms = brought.saturating_sub(asset.unlocked()?);
        if atoms > 0 {
            lacks.push(Missing {
                place,
                atoms: Atoms(atoms),
                brought: Atoms(brought),
            });
        }
    }
    Ok(lacks)
}

/// What `shares` that the owner issues or grants at unix second `now` bring, all of it out
/// of the endowment.
///
/// # Errors
/// `Math` if the numbers leave their range.
pub fn creation(
    token: &PersonalToken,
    shares: Shares,
    now: i64,
) -> Result<CreationQuote, CoreError> {
    let token = released(token, now)?;
    let parts = token.parts(shares.0, 0)?;
    Ok(CreationQuote {
        shares,
        parts,
        missing: missing(&token, &parts, 0)?,
    })
}

/// What the shares of a round with these terms would bring if all were sold at unix second
/// `now`, and what the endowment lacks to open it: of the other assets than the quote mint.
///
/// # Errors
/// `Refused(InvalidRound)`, `Refused(InvalidRoundTime)`, `Refused(FallingStages)`,
/// `Refused(PaymentBelowBacking)`, and those of cap and room; `RoundAtBacking` if the
/// lowest price is that of the shares' backing and no cap bounds a backer.
pub fn opening(
    token: &PersonalToken,
    terms: &RoundTerms,
    now: i64,
) -> Result<CreationQuote, CoreError> {
    terms.validate(now)?;
    let token = released(token, now)?;
    token.require_no_escrow()?;
    token.require_backed()?;
    if terms.min_raise > 0 && token.open_rounds > 0 {
        return Err(TokenError::RoundsOpen.into());
    }
    let offered = terms.stages.iter().try_fold(Shares::ZERO, |sum, stage| {
        sum.checked_add(Shares(stage.shares))
    })?;
    token.require_room(offered.0, now)?;
    let [first, ..] = terms.stages;
    let lowest = mul_div(first.shares, first.price, WHOLE_SHARE, Rounding::Down)?;
    let parts = token.parts(first.shares, 0)?;
    let placement = token.place(lowest, &parts, terms.reserve_bps, terms.most_part_bps)?;
    if !placement.from_endowment.is_zero() {
        return Err(TokenError::PaymentBelowBacking.into());
    }
    let quote = parts.of(0)?;
    if quote > 0 && quote >= lowest && terms.backer_cap == u64::MAX {
        return Err(CoreError::RoundAtBacking);
    }
    let parts = token.parts(offered.0, 0)?;
    Ok(CreationQuote {
        shares: offered,
        parts,
        missing: missing(&token, &parts, 1)?,
    })
}

/// What a contribution does now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContributionQuote {
    /// What it buys, and for how much.
    pub purchase: Purchase,
    /// Where the payment goes; in a round that escrows nothing of it moves before the close.
    pub placement: Placement,
    /// What the shares bring of every asset.
    pub parts: Parts,
    /// What the endowment lacks of other assets than the quote mint.
    pub missing: Vec<Missing>,
    /// Share atoms in existence after it; in a round that escrows, if it closed now.
    pub supply: Shares,
    /// Atoms in the reserve after it, by the place of the asset.
    pub reserve: [u64; MAX_ASSETS],
    /// Atoms that the bought shares redeem for right after it, by the place of the asset.
    pub redeems: [u64; MAX_ASSETS],
    /// Whether the round escrows.
    pub escrows: bool,
}

impl ContributionQuote {
    /// Refuses what the program would refuse. Errors: `Refused(PaymentBelowBacking)`,
    /// `Refused(EndowmentShort)`.
    ///
    /// # Errors
    /// As said.
    pub fn require_covered(&self) -> Result<(), CoreError> {
        if self.escrows {
            return Ok(());
        }
        if !self.placement.from_endowment.is_zero() {
            return Err(TokenError::PaymentBelowBacking.into());
        }
        if !self.missing.is_empty() {
            return Err(TokenError::EndowmentShort.into());
        }
        Ok(())
    }
}

/// What a contribution of at most `payment` quote atoms does at unix second `now`. In a
/// round that escrows: what it would do if the round closed now.
///
/// # Errors
/// `Refused(RoundSoldOut)`, `Refused(AmountTooSmall)`; `Math`.
pub fn contribution_now(
    token: &PersonalToken,
    round: &Round,
    payment: Atoms,
    now: i64,
) -> Result<ContributionQuote, CoreError> {
    let purchase = round.quote(payment.0)?;
    let mut after = released(token, now)?;
    let waits = if round.escrows() { round.sold()? } else { 0 };
    let raised = if round.escrows() { round.raised } else { 0 };
    let shares = purchase.shares.checked_add(Shares(waits))?;
    let paid = purchase.charge.checked_add(Atoms(raised))?;
    let parts = after.parts(shares.0, 0)?;
    let placement = after.place(paid.0, &parts, round.reserve_bps, round.most_part_bps)?;
    let mut free = after;
    let mut locked = round.locked;
    let left = round.offered()?.saturating_sub(round.sold()?);
    if !round.escrows() {
        free.unlock_parts(&mut locked, purchase.shares.0, left)?;
    }
    let lacks = missing(&free, &parts, 1)?;
    after.supply = Shares(after.supply).checked_add(shares)?.0;
    for (place, asset) in after.assets.iter_mut().enumerate() {
        let brought = if place == 0 {
            placement.to_reserve.0
        } else {
            parts.reserve.get(place).copied().unwrap_or(0)
        };
        asset.reserve = Atoms(asset.reserve).checked_add(Atoms(brought))?.0;
    }
    let redeems = after.redemption(purchase.shares.0, 0);
    Ok(ContributionQuote {
        purchase,
        placement,
        parts,
        missing: lacks,
        supply: Shares(after.supply),
        reserve: after.assets.map(|asset| asset.reserve),
        redeems: redeems.map_or([0; MAX_ASSETS], |redemption| redemption.paid),
        escrows: round.escrows(),
    })
}

/// What the close of a round that escrows does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloseQuote {
    /// Share atoms created.
    pub shares: Shares,
    /// Where the raise goes.
    pub placement: Placement,
    /// What the endowment brings of every asset but the quote mint.
    pub parts: Parts,
    /// What the endowment lacks.
    pub missing: Vec<Missing>,
}

/// What closing a round at unix second `now` would do; `None` if it sold at once, or fails.
/// From a week after its end it fails if what its shares bring leaves 64 bits or has no
/// owner; if the endowment lacks something, the quote says so.
///
/// # Errors
/// `Refused(IssueFirst)`; `Refused(Overflow)` or `Math` if the numbers leave their range.
pub fn close_now(
    token: &PersonalToken,
    round: &Round,
    now: i64,
) -> Result<Option<CloseQuote>, CoreError> {
    let wound_up = token.require_active().is_err();
    if !round.escrows() || wound_up || round.raised < round.min_raise {
        return Ok(None);
    }
    match covering(token, round, now) {
        Err(_) if is_cover_time_over(round, now) => Ok(None),
        covered => covered.map(Some),
    }
}

/// Whether a round that is not covered fails at unix second `now`.
pub fn is_cover_time_over(round: &Round, now: i64) -> bool {
    now >= round.ends_at().saturating_add(COVER_TIME)
}

/// What the shares of a round that reached its minimum raise bring.
fn covering(token: &PersonalToken, round: &Round, now: i64) -> Result<CloseQuote, CoreError> {
    let mut token = released(token, now)?;
    token.require_backed()?;
    token.unlock_parts(&mut round.locked.clone(), 1, 1)?;
    let sold = round.sold()?;
    let parts = token.parts(sold, 0)?;
    let placement = token.place(round.raised, &parts, round.reserve_bps, round.most_part_bps)?;
    let mut lacks = missing(&token, &parts, 1)?;
    let helped = placement.from_endowment.0;
    let lack = helped.saturating_sub(token.quote().unlocked()?);
    if lack > 0 {
        lacks.push(Missing {
            place: 0,
            atoms: Atoms(lack),
            brought: Atoms(helped),
        });
    }
    Ok(CloseQuote {
        shares: Shares(sold),
        placement,
        parts,
        missing: lacks,
    })
}
