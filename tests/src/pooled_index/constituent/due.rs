//! What people owe an index: streamed to its shares of them, and not yet collected.

use {
    crate::model::index::{CASH, PooledIndex, sum},
    crate::model::{Model, Predicted, require},
    upside_sdk::{
        Pubkey,
        index::{IndexError, SlotKind},
    },
};

/// What one stream of a person owes an index in one of its coins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Place of the stream in the token.
    pub stream: usize,
    /// Place of the coin in the index.
    pub coin: usize,
    /// Whole atoms.
    pub atoms: u64,
}

impl PooledIndex {
    /// Place of a mint on the list of coins, announced or listed. Errors: `NotACoin`.
    pub fn coin_of(&self, mint: &Pubkey) -> Result<usize, IndexError> {
        let mut books = self.books.iter();
        let place = books.position(|book| {
            let slot = self.slot(book.slot);
            book.used == 1 && slot.is_ok_and(|slot| slot.has(mint))
        });
        place.ok_or(IndexError::NotACoin)
    }

    /// Whether dividends in the coin at this place are collected now.
    pub fn is_collected(&self, place: usize) -> bool {
        self.books[place].used == 1 && self.books[place].listing == 0
    }
}

impl Model {
    /// What a person owes the index now, by stream.
    ///
    /// # Errors
    /// `Missing`.
    pub fn due(&self, it: &PooledIndex, token: &Pubkey) -> Predicted<Vec<Due>> {
        let assets = self.token(token)?.assets.clone();
        let mut dues = Vec::new();
        for asset in assets {
            let (Some(stream), Ok(coin)) = (asset.stream, it.coin_of(&asset.mint)) else {
                continue;
            };
            dues.push(Due {
                stream: usize::from(stream),
                coin,
                atoms: self.dividend(token, &it.address(), &asset.mint)?,
            });
        }
        Ok(dues)
    }

    /// What all people whom the index holds owe it now, by place of the coin.
    ///
    /// # Errors
    /// `Missing`, `Overflow`.
    pub fn dues(&self, it: &PooledIndex) -> Predicted<[u64; CASH]> {
        let mut dues = [0; CASH];
        for (_, person) in it
            .held()
            .filter(|(_, slot)| slot.kind == SlotKind::Personal)
        {
            for due in self.due(it, &person.key)? {
                dues[due.coin] = sum(dues[due.coin], due.atoms)?;
            }
        }
        Ok(dues)
    }

    /// A slot that is about to hold nothing must owe nothing.
    ///
    /// # Errors
    /// `DividendsDue`.
    pub fn require_nothing_due(&self, it: &PooledIndex, token: &Pubkey) -> Predicted {
        let dues = self.due(it, token)?;
        let nothing = dues.iter().all(|due| due.atoms == 0);
        require(nothing, IndexError::DividendsDue)
    }
}
