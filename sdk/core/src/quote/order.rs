//! What standing orders do.

use {
    super::{ContributionQuote, contribution_now},
    crate::{
        error::CoreError,
        state::{Account, Contribution, Holder, PersonalToken, Round, StandingOrder},
    },
    personal_token::error::TokenError,
    upside_math::Atoms,
};

/// What executing a standing order does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderQuote {
    /// Quote atoms that go to the owner or into the round.
    pub amount: Atoms,
    /// What they buy; `None` for an order that leaves them to the owner.
    pub buys: Option<ContributionQuote>,
}

/// What executing a holder's order at unix second `now` does. `round` is the one that it
/// names, if it buys, and `before` what its wallet put into it.
///
/// # Errors
/// `Refused(OrderVoid)`, `Refused(WrongToken)`, `Refused(NothingToCollect)`, `Refused(BackerCapExceeded)`, and those
/// of a contribution.
pub fn order(
    token: &PersonalToken,
    holder: &Holder,
    order: &StandingOrder,
    round: Option<&Account<Round>>,
    before: Option<&Contribution>,
    now: i64,
) -> Result<OrderQuote, CoreError> {
    let (owed, _) = token.dividend(holder, 0, now)?;
    if order.buys == 0 {
        order.require_owner(token, now)?;
        if owed.is_zero() {
            return Err(TokenError::NothingToCollect.into());
        }
        return Ok(OrderQuote {
            amount: owed,
            buys: None,
        });
    }
    let round = round.ok_or(TokenError::OrderVoid)?;
    // An order may name any address: another token's round must not fail a whole batch.
    if round.data.token != holder.token {
        return Err(TokenError::WrongToken.into());
    }
    if order.wallet == token.owner {
        return Err(TokenError::OwnerCannotContribute.into());
    }
    token.require_running()?;
    order.require_round(token, &round.key, &round.data, now)?;
    round.data.require_open(now, owed.0)?;
    let quoted = contribution_now(token, &round.data, owed, now)?;
    order.require_price(&quoted.purchase)?;
    quoted.require_covered()?;
    let paid = before.map_or(Atoms::ZERO, |before| Atoms(before.paid));
    if paid.checked_add(quoted.purchase.charge)?.0 > round.data.backer_cap {
        return Err(TokenError::BackerCapExceeded.into());
    }
    Ok(OrderQuote {
        amount: quoted.purchase.charge,
        buys: Some(quoted),
    })
}
