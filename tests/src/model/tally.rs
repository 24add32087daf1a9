//! What a token counts up, as sums over its accounts.

use {
    super::{Model, round::RoundStatus},
    upside_sdk::Pubkey,
};

/// The sums that a token keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Share atoms that earn.
    pub registered: u64,
    /// Deposited share atoms that wait.
    pub warming: u64,
    /// Share atoms that open rounds and grant offers may still add.
    pub offered: u64,
    /// Rounds that are open.
    pub open_rounds: u64,
    /// The open escrow round's number plus one; 0 for none.
    pub escrow_round: u64,
    /// Holder accounts.
    pub holders: u64,
}

impl Model {
    /// The holder accounts of a token, by wallet.
    pub fn holders_of(&self, token: &Pubkey) -> impl Iterator<Item = (&Pubkey, &super::Holder)> {
        let first = (*token, Pubkey::new_from_array([0; 32]));
        let last = (*token, Pubkey::new_from_array([255; 32]));
        let found = self.holders.range(first..=last);
        found.map(|((_, wallet), holder)| (wallet, holder))
    }

    /// A token's sums.
    pub fn tally(&self, token: &Pubkey) -> Tally {
        let mut tally = Tally::default();
        for (_, holder) in self.holders_of(token) {
            tally.holders += 1;
            tally.registered += holder.shares;
            tally.warming += holder.warm;
        }
        for ((_, number), round) in self.rounds.range((*token, 0)..=(*token, u64::MAX)) {
            tally.registered += round.uncollected;
            if round.status == RoundStatus::Open {
                tally.open_rounds += 1;
                if round.escrows() {
                    tally.escrow_round = number + 1;
                }
            }
            tally.offered += u64::try_from(round.room()).expect("it fitted under the cap");
        }
        for (_, grant) in self.grants.range((*token, 0)..=(*token, u64::MAX)) {
            tally.registered += grant.held();
            tally.offered += grant.offered();
        }
        tally
    }

    /// Whether a round of a token is open.
    pub fn has_open_round(&self, token: &Pubkey) -> bool {
        let mut rounds = self.rounds.range((*token, 0)..=(*token, u64::MAX));
        rounds.any(|(_, round)| round.status == super::round::RoundStatus::Open)
    }

    /// Share atoms that earn.
    pub fn registered(&self, token: &Pubkey) -> u64 {
        self.tally(token).registered
    }

    /// Share atoms in the register.
    pub fn in_custody(&self, token: &Pubkey) -> u64 {
        let tally = self.tally(token);
        tally.registered + tally.warming
    }
}
