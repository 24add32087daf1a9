//! Announcements, locks and candidates of an index's world.

use {
    crate::{
        people::person,
        pool::{INDEX_ONE, PoolWorld},
        world::{mint_bytes, minter},
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::TOKEN_PROGRAM,
        index::{
            Action, Announcement, AnnouncementPlace, Candidacy, Lock, ParametersInput,
            RecipientArgs, find_announcement, find_candidacy, find_lock, instruction as ix,
        },
        state::Account,
    },
};

/// The highest fees that there are.
pub fn highest_fees() -> ParametersInput {
    ParametersInput {
        management_fee_bps: 500,
        entry_fee_bps: 300,
        exit_fee_bps: 100,
    }
}

/// Recipients by name with their portions.
pub fn recipients(portions: &[(&str, u16)]) -> Vec<RecipientArgs> {
    let portions = portions.iter();
    portions
        .map(|(name, portion_bps)| RecipientArgs {
            key: person(name).pubkey(),
            portion_bps: *portion_bps,
        })
        .collect()
}

impl PoolWorld {
    /// The curator announces actions; returns their number.
    #[track_caller]
    pub fn announce(&mut self, actions: &[Action]) -> u64 {
        let announce = ix::announce(&self.index(), &self.payer(), actions.to_vec());
        self.send(&announce, &["curator"]).succeeded();
        self.index().data.announcements_made
    }

    /// A new mint, of which the index holds nothing and which is no coin, gets a slot.
    #[track_caller]
    pub fn add_empty_mint(&mut self, mint: &Pubkey) {
        self.world
            .add_mint(*mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
        let (index, payer) = (self.index(), self.payer());
        let add = ix::add_mint(&index, &payer, mint, &TOKEN_PROGRAM, minter(), false);
        self.send(&add, &["curator"]).succeeded();
    }

    /// The curator announces the highest fees; returns their number.
    #[track_caller]
    pub fn announce_fees(&mut self) -> u64 {
        self.announce(&[Action::SetFees(highest_fees())])
    }

    /// Announced actions.
    pub fn announcement(&mut self, nonce: u64) -> Account<Announcement> {
        let key = find_announcement(&self.index, nonce).0;
        self.world.get(&key)
    }

    /// The place of an open announcement.
    pub fn place(&mut self, nonce: u64) -> AnnouncementPlace {
        *self.index().data.announcement(nonce).unwrap()
    }

    /// Anybody applies announced actions.
    #[track_caller]
    pub fn apply(&mut self, nonce: u64) {
        let announcement = self.announcement(nonce);
        let apply = ix::apply_announcement(&self.index(), &announcement);
        self.send(&apply, &[]).succeeded();
    }

    /// A wallet buys whole index shares and locks all that it has.
    #[track_caller]
    pub fn buy_and_lock(&mut self, name: &str, whole: u64) {
        self.open_shares(name);
        self.contribute(name, whole * INDEX_ONE);
        let has = self.shares(name);
        self.lock_shares(name, has);
    }

    /// A wallet locks index shares.
    #[track_caller]
    pub fn lock_shares(&mut self, name: &str, shares: u64) {
        let wallet = person(name).pubkey();
        let lock = ix::lock_shares(&self.index(), &self.payer(), &wallet, shares);
        self.send(&lock, &[name]).succeeded();
    }

    /// A wallet takes locked index shares back.
    #[track_caller]
    pub fn unlock_shares(&mut self, name: &str, shares: u64) {
        let unlock = ix::unlock_shares(&self.index(), &self.lock(name), shares);
        self.send(&unlock, &[name]).succeeded();
    }

    /// A wallet's lock.
    pub fn lock(&mut self, name: &str) -> Account<Lock> {
        let key = find_lock(&self.index, &person(name).pubkey()).0;
        self.world.get(&key)
    }

    /// A wallet's lock counts against an announcement.
    #[track_caller]
    pub fn veto(&mut self, name: &str, nonce: u64) {
        let veto = ix::veto(&self.index(), &person(name).pubkey(), nonce);
        self.send(&veto, &[name]).succeeded();
    }

    /// Somebody stands as candidate for curator.
    #[track_caller]
    pub fn stand(&mut self, name: &str) {
        let candidate = person(name).pubkey();
        let open = ix::open_candidacy(&self.index, &self.payer(), &candidate);
        self.send(&open, &[name]).succeeded();
    }

    /// A wallet's lock backs a candidate.
    #[track_caller]
    pub fn back(&mut self, name: &str, candidate: &str) {
        let candidate: Pubkey = person(candidate).pubkey();
        let back = ix::back_candidate(&self.lock(name), Some(&candidate));
        self.send(&back, &[name]).succeeded();
    }

    /// A candidacy.
    pub fn candidacy(&mut self, name: &str) -> Account<Candidacy> {
        let key = find_candidacy(&self.index, &person(name).pubkey()).0;
        self.world.get(&key)
    }
}
