//! Instructions of which some move many slots at once: how many is up to what fits.

use {
    super::super::{PooledIndex, instruction as ix},
    crate::{action::Step, error::SdkError, lookup_table, state::Account},
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// Slots that one deposit or withdrawal moves, by how much has to be in a lookup table:
/// all that a transaction can lock the accounts of, and what fits without one.
const SIZES: [usize; 3] = [18, 12, 9];

/// What a plan does, in order.
enum Part {
    One(Box<Instruction>),
    Deposits(u64, Vec<(u8, u64)>),
    Withdrawals(u64, Vec<u8>),
}

/// Instructions before it is known how many slots move at once.
pub(super) struct Draft<'a> {
    index: &'a Account<PooledIndex>,
    wallet: &'a Pubkey,
    parts: Vec<Part>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(index: &'a Account<PooledIndex>, wallet: &'a Pubkey) -> Self {
        Draft {
            index,
            wallet,
            parts: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, instruction: Instruction) {
        self.parts.push(Part::One(Box::new(instruction)));
    }

    pub(super) fn extend(&mut self, instructions: impl IntoIterator<Item = Instruction>) {
        instructions.into_iter().for_each(|one| self.push(one));
    }

    /// Deposits these slots into a basket of the wallet's.
    pub(super) fn deposit(&mut self, nonce: u64, slots: Vec<(u8, u64)>) {
        if !slots.is_empty() {
            self.parts.push(Part::Deposits(nonce, slots));
        }
    }

    /// Pays these slots out of a basket of the wallet's.
    pub(super) fn withdraw(&mut self, nonce: u64, slots: Vec<u8>) {
        if !slots.is_empty() {
            self.parts.push(Part::Withdrawals(nonce, slots));
        }
    }

    /// Pays these slots of a payout out and closes it.
    pub(super) fn pay_out(&mut self, nonce: u64, slots: Vec<u8>) {
        self.withdraw(nonce, slots);
        self.push(ix::close_basket(&self.index.key, self.wallet, nonce));
    }

    /// The instructions if so many slots move at once.
    fn sized(&self, size: usize) -> Result<Vec<Instruction>, SdkError> {
        let (index, wallet) = (self.index, self.wallet);
        let mut all = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            match part {
                Part::One(instruction) => all.push(instruction.as_ref().clone()),
                Part::Deposits(nonce, slots) => {
                    for batch in slots.chunks(size) {
                        all.push(ix::deposit(index, wallet, *nonce, batch.to_vec())?);
                    }
                }
                Part::Withdrawals(nonce, slots) => {
                    for batch in slots.chunks(size) {
                        all.push(ix::withdraw_basket(index, wallet, *nonce, batch.to_vec())?);
                    }
                }
            }
        }
        Ok(all)
    }

    /// As few transactions as it takes.
    ///
    /// # Errors
    /// `Rpc`; `Transaction` if it does not fit.
    pub(super) async fn pack(
        &self,
        client: &RpcClient,
        label: &str,
    ) -> Result<Vec<Step>, SdkError> {
        let mut fewest: Option<Vec<Step>> = None;
        let mut refused = None;
        let mut known = None;
        for size in SIZES {
            let instructions = self.sized(size)?;
            // The same as before: nothing moves so many slots.
            if known.replace(instructions.len()) == Some(instructions.len()) {
                continue;
            }
            match lookup_table::pack(client, self.wallet, label, instructions).await {
                Ok(steps)
                    if fewest
                        .as_ref()
                        .is_none_or(|least| steps.len() < least.len()) =>
                {
                    fewest = Some(steps);
                }
                Ok(_) => {}
                Err(error @ SdkError::Transaction(_)) => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        match (fewest, refused) {
            (Some(steps), _) => Ok(steps),
            (None, Some(error)) => Err(error),
            (None, None) => Ok(Vec::new()),
        }
    }
}
