//! Who pays rent: the fee payer, whoever acts.

use {
    crate::{context::Context, error::Result, send::sender::Sender},
    solana_system_interface::instruction::transfer,
    upside_sdk::{
        Pubkey, action::Step, address::SYSTEM_PROGRAM, lookup_table, transaction,
        transaction::TransactionError,
    },
};

/// Accounts that one instruction makes at most, for which somebody else pays.
const MOST_MADE: usize = 8;

/// Lamports that an account has and needs, as the system program reports them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What it has.
    pub has: u64,
    /// What it is to pay.
    pub needs: u64,
}

impl Missing {
    /// What a program's log says, if that is why it failed.
    pub fn of(logs: &[String]) -> Option<Self> {
        let text = logs
            .iter()
            .rev()
            .find_map(|line| line.split_once("insufficient lamports "));
        let (has, needs) = text?.1.split_once(", need ")?;
        Some(Missing {
            has: has.trim().parse().ok()?,
            needs: needs.trim().parse().ok()?,
        })
    }
}

impl Context {
    /// The steps with the fee payer paying the rent of what they make.
    pub async fn funded(&self, steps: &[Step]) -> Result<Vec<Step>> {
        let (me, payer) = (self.keys.me()?, self.keys.payer()?);
        if me == payer {
            return Ok(steps.to_vec());
        }
        let funded = steps.iter().cloned();
        let funded = funded.map(|step| step.funded_by(&me, &payer)).collect();
        // One more signer may be one too many.
        Ok(lookup_table::fit(&self.client, &payer, funded).await?)
    }
}

impl Sender<'_> {
    /// The step with what the actor lacks for rent given by the fee payer first: a few
    /// instructions take it from whoever acts.
    pub async fn topped_up(&self, step: &Step, me: &Pubkey) -> Step {
        let mut topped = step.clone();
        if *me == self.payer {
            return topped;
        }
        let mut given = 0u64;
        for _ in 0..MOST_MADE {
            let done = transaction::simulate(&self.ctx.client, &self.request(&topped)).await;
            let Err(TransactionError::Rejected {
                logs, instruction, ..
            }) = &done
            else {
                break;
            };
            let Some(Missing { has, needs }) = Missing::of(logs) else {
                break;
            };
            // A transfer of their own is theirs to pay, and the payer's lack is another.
            let place = instruction.map_or(0, usize::from);
            let failed = topped.instructions.get(place);
            let own = failed.is_none_or(|call| {
                call.program_id == SYSTEM_PROGRAM
                    || !call
                        .accounts
                        .iter()
                        .any(|it| it.pubkey == *me && it.is_signer)
            });
            if own || needs <= has {
                break;
            }
            given = given.saturating_add(needs - has);
            topped.instructions = step.instructions.clone();
            topped
                .instructions
                .insert(0, transfer(&self.payer, me, given));
        }
        topped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_says_what_is_missing() {
        let logs = [
            "Program 1 invoke [1]",
            "Transfer: insufficient lamports 5, need 2039280",
        ];
        let logs = logs.map(str::to_string);
        let (has, needs) = (5, 2_039_280);
        assert_eq!(Missing::of(&logs), Some(Missing { has, needs }));
        assert_eq!(Missing::of(&logs[..1]), None);
    }
}
