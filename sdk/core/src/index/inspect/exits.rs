//! What slots can do now, and what redeeming them pays through both levels.

use {
    super::below::Below,
    crate::raw::Immovable,
    crate::{
        error::CoreError,
        index::{Pool, PooledIndex, SlotKind, Wrapper},
        inspect::Tallies,
        mint::mint_info,
        quote,
        raw::immovable,
        state::{Holder, PersonalToken, TokenStatus},
    },
    serde::Serialize,
    upside_math::Shares,
};

/// Whether what stands in a slot can leave the index now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// It moves.
    #[default]
    Moves,
    /// The person was wound up. The shares move, and redeem without tax: anybody redeems
    /// those of the index.
    WoundUp,
    /// Shares of the person do not leave the index: the token's policy does not let them,
    /// and the index has no mark of a venue.
    Closed,
    /// The index's account is frozen.
    Frozen,
    /// The mint's transfers are paused.
    Paused,
    /// Tickets stand for what could not move. They move; what they stand for does not.
    Wrapped,
}

impl SlotState {
    /// Whether what it is worth can be paid out now.
    pub fn moves(self) -> bool {
        matches!(self, SlotState::Moves | SlotState::WoundUp)
    }
}

/// Whether a slot moves, as the accounts say.
///
/// # Errors
/// `NotFound` for a person that the pool does not have; `IndexRefused`, `Refused` where
/// accounts do not decode.
pub(super) fn state(pool: &Pool, below: &Below, slot: u8) -> Result<SlotState, CoreError> {
    let constituent = pool.index.data.constituent(slot)?;
    if constituent.is_wrapped() {
        return Ok(SlotState::Wrapped);
    }
    if constituent.kind()? == SlotKind::Personal {
        let person = pool.person(slot)?;
        let (token, holder) = (&person.token.data, &person.custody.data);
        if token.status()? == TokenStatus::WindDown {
            return Ok(SlotState::WoundUp);
        }
        // To somebody who is no venue, as the program asks.
        let closed = token.needs_approval(holder, &Holder::default()) != Ok(false);
        return Ok(if closed {
            SlotState::Closed
        } else {
            SlotState::Moves
        });
    }
    let [mint, custody] = below.mint(slot);
    Ok(match immovable(custody, mint) {
        Some(Immovable::Frozen) => SlotState::Frozen,
        Some(Immovable::Paused) => SlotState::Paused,
        None => SlotState::Moves,
    })
}

/// Adds what a person's shares redeem for, after the cash-out tax; nothing redeems for
/// nothing.
fn redeemed(
    sum: &mut Tallies,
    token: &PersonalToken,
    (minted, immovable): &(u64, Vec<Option<Immovable>>),
    shares: u64,
    moves: bool,
) -> Result<(), CoreError> {
    let paid = quote::redemption(token, Shares(*minted), Shares(shares), 0).unwrap_or_default();
    for (place, (asset, paid)) in token.listed()?.iter().zip(paid).enumerate() {
        let stuck = !moves || immovable.get(place).is_some_and(Option::is_some);
        let tally = if stuck {
            &mut sum.immovable
        } else {
            &mut sum.liquid
        };
        tally.add(&asset.mint, asset.decimals, paid.into())?;
    }
    Ok(())
}

/// Adds what tickets stand for: none of it can be paid now.
fn behind_tickets(
    sum: &mut Tallies,
    index: &PooledIndex,
    below: &Below,
    wrapper: &Wrapper,
    tickets: u64,
) -> Result<(), CoreError> {
    let [mint, _] = below.mint(wrapper.slot);
    let supply = mint.map(mint_info).transpose()?;
    let supply = supply.map_or(wrapper.tickets, |mint| mint.supply);
    let part = wrapper.with_supply(supply).part(tickets)?;
    match below.wrapped(wrapper.slot) {
        Some(token) => {
            redeemed(sum, token, &(token.supply, Vec::new()), part.atoms, false)?;
        }
        None => {
            let atoms = part.atoms.into();
            sum.immovable.add(&wrapper.key, wrapper.decimals, atoms)?;
        }
    }
    for (book, pot) in index.coins.iter().zip(part.pots) {
        if pot > 0 {
            let coin = index.constituent(book.slot)?;
            sum.immovable.add(&coin.key, coin.decimals, pot.into())?;
        }
    }
    Ok(())
}

/// What `atoms` of a slot bring if everything is redeemed as far as it goes: of a mint the
/// atoms, of a person what the token's own arithmetic pays for so many shares now. *Liquid*
/// is paid, *immovable* would be if it moved; claims are left out.
///
/// # Errors
/// `NotFound` for a person that the pool does not have; `IndexRefused`, `Refused`, `Math`
/// where accounts do not add up.
pub(super) fn exit(pool: &Pool, below: &Below, slot: u8, atoms: u64) -> Result<Tallies, CoreError> {
    let index = &pool.index.data;
    let constituent = index.constituent(slot)?;
    let moves = state(pool, below, slot)?.moves();
    let mut sum = Tallies::default();
    if atoms == 0 {
        return Ok(sum);
    }
    if let Some(wrapper) = below.wrapper(slot)? {
        behind_tickets(&mut sum, index, below, &wrapper.data, atoms)?;
    } else if constituent.kind()? == SlotKind::Personal {
        let token = &pool.person(slot)?.token.data;
        let depends = below.redeeming(slot, token)?;
        redeemed(&mut sum, token, &depends, atoms, moves)?;
    } else {
        let tally = if moves {
            &mut sum.liquid
        } else {
            &mut sum.immovable
        };
        tally.add(&constituent.key, constituent.decimals, atoms.into())?;
    }
    Ok(sum)
}
