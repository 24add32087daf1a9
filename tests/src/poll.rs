//! Polls and endings in a world.

use {
    crate::{
        engine::Outcome,
        people::person,
        world::{DAY, World},
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        address::{find_claim, find_poll},
        fetch, instruction as ix,
        state::{Account, Answer, Change, Poll},
    },
};

impl World {
    /// Somebody puts a poll, a second after whatever happened before: what comes within the
    /// second of the put weighs nothing.
    pub fn put_poll(&mut self, name: &str, change: Change) -> Outcome {
        self.pass(1);
        let (token, payer) = (self.token(), self.payer.pubkey());
        let by = person(name);
        let put = ix::put_poll(&token, &payer, &by.pubkey(), change, [6; 32]);
        let put = self.proven(put, &change);
        self.send(&put, &[&by])
    }

    /// A call with all that accepted attesters signed on the claim of a change, if that
    /// announces an auction.
    pub fn proven(&mut self, call: Instruction, change: &Change) -> Instruction {
        match (change, change.claim()) {
            (Change::Auction { .. }, Some(claim)) => {
                let list = self.attesters();
                ix::with_evidence(call, &find_claim(&self.token, claim).0, list.as_ref())
            }
            _ => call,
        }
    }

    /// The owner puts a poll.
    pub fn ask(&mut self, change: Change) -> Outcome {
        self.put_poll("founder", change)
    }

    /// A poll by its number.
    pub fn poll(&mut self, number: u64) -> Account<Poll> {
        let key = find_poll(&self.token, number).0;
        self.get(&key)
    }

    /// The last poll that was put.
    pub fn last_poll(&mut self) -> Account<Poll> {
        let put = self.token().data.poll_seq;
        self.poll(put.checked_sub(1).expect("a poll was put"))
    }

    /// The open polls, by place.
    pub fn open_polls(&mut self) -> Vec<Account<Poll>> {
        let keys = fetch::open_poll_keys(&self.token());
        keys.iter().map(|key| self.get(key)).collect()
    }

    /// Somebody answers the last poll.
    pub fn answer(&mut self, name: &str, answer: Answer) -> Outcome {
        let wallet = person(name);
        let answer = ix::answer_poll(&self.last_poll(), &wallet.pubkey(), answer);
        self.send(&answer, &[&wallet])
    }

    /// Somebody votes for the last poll.
    pub fn approve(&mut self, name: &str) -> Outcome {
        self.answer(name, Answer::For)
    }

    /// Somebody votes against it.
    pub fn object(&mut self, name: &str) -> Outcome {
        self.answer(name, Answer::Against)
    }

    /// Somebody says nothing any more.
    pub fn retract(&mut self, name: &str) -> Outcome {
        self.answer(name, Answer::Withdraw)
    }

    /// Somebody applies the last poll.
    pub fn apply(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let poll = self.last_poll();
        let apply = ix::apply_poll(&poll, &wallet.pubkey());
        let apply = self.proven(apply, &poll.data.change().expect("a known change"));
        self.send(&apply, &[&wallet])
    }

    /// Somebody takes the last poll back.
    pub fn cancel_poll(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let cancel = ix::cancel_poll(&self.last_poll(), &wallet.pubkey());
        self.send(&cancel, &[&wallet])
    }

    /// Somebody closes the last poll.
    pub fn close_poll(&mut self, name: &str) -> Outcome {
        let wallet = person(name);
        let close = ix::close_poll(&self.last_poll(), &wallet.pubkey());
        self.send(&close, &[&wallet])
    }

    /// The owner puts a change, these people vote for it, and after the notice it is
    /// applied.
    pub fn change_terms(&mut self, change: Change, voters: &[&str]) {
        self.ask(change).ok();
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
