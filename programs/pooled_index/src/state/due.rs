//! What personal tokens owe the index: streamed to its shares of them, and not yet
//! collected. Whoever comes in pays for it as for what is in custody.

use {
    super::{MAX_COINS, PooledIndex, add},
    crate::error::{IndexError, ProgramResult, foreign, require},
    anchor_lang::prelude::Pubkey,
    personal_token::state::{Holder, MAX_STREAMS, PersonalToken},
};

/// Atoms due in each coin, by its place on the list.
pub type Dues = [u64; MAX_COINS];

/// What one stream of a personal token owes the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Place of the stream in the token.
    pub stream: u8,
    /// Place of its mint among the coins.
    pub coin: u8,
    /// Whole atoms; 0 also of a stream in a mint that is no coin.
    pub atoms: u64,
}

impl PooledIndex {
    /// Place of a mint among the coins, announced ones among them. Errors: `NotACoin`.
    pub fn coin_of(&self, mint: &Pubkey) -> ProgramResult<u8> {
        for (place, coin) in (0u8..).zip(&self.coins) {
            if coin.used == 1 && self.slot(coin.slot)?.has(mint) {
                return Ok(place);
            }
        }
        Err(IndexError::NotACoin)
    }

    /// What a person owes the index's `holder` account at `now` (unix seconds), by stream:
    /// the personal token's own arithmetic, with nothing deducted for members.
    pub fn due(
        &self,
        token: &PersonalToken,
        holder: &Holder,
        now: i64,
    ) -> ProgramResult<[Due; MAX_STREAMS]> {
        let mut dues = [Due::default(); MAX_STREAMS];
        let streams = token.active_streams().map_err(foreign)?;
        for ((place, stream), due) in (0u8..).zip(streams).zip(&mut dues) {
            let asset = token.asset(usize::from(stream.asset)).map_err(foreign)?;
            let Ok(coin) = self.coin_of(&asset.mint) else {
                continue;
            };
            let (atoms, _) = token
                .dividend(holder, usize::from(place), now)
                .map_err(foreign)?;
            *due = Due {
                stream: place,
                coin,
                atoms: atoms.0,
            };
        }
        Ok(dues)
    }

    /// Adds what a person owes to what others do.
    pub fn add_due(
        &self,
        dues: &mut Dues,
        token: &PersonalToken,
        holder: &Holder,
        now: i64,
    ) -> ProgramResult<()> {
        for due in self.due(token, holder, now)? {
            let sum = dues.get_mut(usize::from(due.coin));
            let sum = sum.ok_or(IndexError::InvariantBroken)?;
            *sum = add(*sum, due.atoms)?;
        }
        Ok(())
    }

    /// Refuses while a person owes the index something in a coin: a slot that is about to
    /// hold nothing is harvested first, or whoever comes next shares what others earned.
    /// Errors: `DividendsDue`.
    pub fn require_nothing_due(
        &self,
        token: &PersonalToken,
        holder: &Holder,
        now: i64,
    ) -> ProgramResult<()> {
        let dues = self.due(token, holder, now)?;
        let nothing = dues.iter().all(|due| due.atoms == 0);
        require(nothing, IndexError::DividendsDue)
    }
}
