//! Amendments and endings in a world.

use {
    crate::{
        engine::Outcome,
        people::person,
        world::{DAY, World},
    },
    solana_signer::Signer,
    upside_sdk::{
        address::find_amendment,
        instruction as ix,
        state::{Account, Amendment, Change},
    },
};

/// Seconds after the notice in which the amendments of tests may be applied.
pub const PERIOD: u32 = 30 * 86_400;

impl World {
    /// The owner proposes a change.
    pub fn propose(&mut self, change: Change) -> Outcome {
        let (token, payer) = (self.token(), self.payer.pubkey());
        let propose = ix::propose_amendment(&token, &payer, change, [6; 32], PERIOD);
        self.send(&propose, &[&person("founder")])
    }

    /// An amendment by its number.
    pub fn amendment(&mut self, number: u64) -> Account<Amendment> {
        let key = find_amendment(&self.token, number).0;
        self.get(&key)
    }

    /// The open amendment.
    pub fn open_amendment(&mut self) -> Account<Amendment> {
        let open = self.token().data.open_amendment;
        self.amendment(open.checked_sub(1).expect("an amendment is open"))
    }

    /// Somebody approves the open amendment.
    pub fn approve(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let approve = ix::approve_amendment(&self.open_amendment(), &wallet.pubkey());
        self.send(&approve, &[&wallet])
    }

    /// Somebody retracts.
    pub fn retract(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let retract = ix::retract_approval(&self.open_amendment(), &wallet.pubkey());
        self.send(&retract, &[&wallet])
    }

    /// Somebody applies the open amendment.
    pub fn apply(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let (token, open) = (self.token(), self.open_amendment());
        let apply = ix::apply_amendment(&token, &open, &wallet.pubkey());
        self.send(&apply, &[&wallet])
    }

    /// Proposes a change, lets these people approve it, waits for the notice, applies.
    pub fn amend(&mut self, change: Change, voters: &[&str]) {
        self.propose(change).ok();
        for name in voters {
            self.approve(name).ok();
        }
        self.pass(8 * DAY);
        self.apply("carol").ok();
    }

    /// Names an executor, lets the inactivity period pass, and winds up.
    pub fn wind_up(&mut self) {
        let executor = person("executor");
        let set = ix::set_executor(&self.token(), &executor.pubkey());
        self.send(&set, &[&person("founder")]).ok();
        self.pass(366 * DAY);
        let up = ix::wind_up_by_executor(&self.token, &executor.pubkey());
        self.send(&up, &[&executor]).ok();
    }
}
