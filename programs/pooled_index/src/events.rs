//! A fact for every change: who, what, and the state after it. Each event starts
//! with a [`Header`], whose sequence number has no gaps, so that an indexer can
//! tell that it missed one.
//!
//! Events have fixed size and no padding: their Borsh bytes are their memory, so
//! emitting is one copy and one syscall. Atoms by constituent are not in them: each
//! movement is an event of the personal token or a transfer of the mint.

use anchor_lang::prelude::*;

/// What every event begins with.
#[derive(
    AnchorSerialize,
    AnchorDeserialize,
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    bytemuck::Pod,
    bytemuck::Zeroable,
)]
#[repr(C)]
pub struct Header {
    /// The index.
    pub index: Pubkey,
    /// Slot of the change.
    pub slot: u64,
    /// Number of this event of this index, from 1.
    pub sequence: u64,
}

pub(crate) use upside_program::log;

upside_program::events! {
    IndexEvent {
        /// An index was created.
        IndexCreated {
            /// Who created and runs it.
            creator: Pubkey,
            /// Its share mint.
            mint: Pubkey,
            /// The creator's number of it.
            number: u64,
        }
        /// A constituent was put into a slot.
        ConstituentAdded {
            /// The personal token, or the mint of cash.
            key: Pubkey,
            /// Its slot.
            place: u64,
            /// 1 personal, 2 cash.
            kind: u64,
        }
        /// A slot was freed.
        ConstituentRemoved {
            /// The personal token, or the mint of cash.
            key: Pubkey,
            /// Its slot.
            place: u64,
        }
        /// The curator put atoms in before the launch.
        Seeded {
            /// The slot.
            place: u64,
            /// Atoms put in.
            amount: u64,
            /// Atoms in the slot after it.
            counter: u64,
        }
        /// The curator took atoms back before the launch.
        Unseeded {
            /// The slot.
            place: u64,
            /// Atoms taken.
            amount: u64,
            /// Atoms in the slot after it.
            counter: u64,
        }
        /// The index was launched.
        IndexLaunched {
            /// Who received the shares that are not locked.
            curator: Pubkey,
            /// Share atoms in existence.
            supply: u64,
            /// Share atoms locked for good.
            locked: u64,
        }
        /// Somebody gave of every constituent for new shares.
        SharesBought {
            /// Who.
            wallet: Pubkey,
            /// Share atoms that they got.
            minted: u64,
            /// Share atoms of the entry fee.
            fee: u64,
            /// Share atoms in existence after it.
            supply: u64,
            /// Fee share atoms to be minted after it.
            pending_fee_shares: u64,
        }
        /// Somebody redeemed shares for their part of every constituent.
        SharesRedeemed {
            /// Who.
            wallet: Pubkey,
            /// Share atoms burned.
            burned: u64,
            /// Share atoms of the exit fee among them.
            fee: u64,
            /// Share atoms in existence after it.
            supply: u64,
            /// Fee share atoms to be minted after it.
            pending_fee_shares: u64,
            /// The basket that owes the atoms; zero where they were paid at once.
            basket: Pubkey,
        }
        /// A basket for a contribution was opened.
        BasketOpened {
            /// Whose.
            wallet: Pubkey,
            /// The basket.
            basket: Pubkey,
            /// Share atoms that it asks for.
            shares: u64,
            /// Its deadline, unix seconds.
            deadline: i64,
        }
        /// Atoms of a constituent were put into a basket.
        BasketDeposited {
            /// The basket.
            basket: Pubkey,
            /// The slot.
            place: u64,
            /// Atoms put in.
            amount: u64,
            /// Atoms of the slot in the basket after it.
            held: u64,
        }
        /// A basket became shares; what is left of it is paid out.
        BasketFinished {
            /// Whose.
            wallet: Pubkey,
            /// The basket.
            basket: Pubkey,
            /// Share atoms minted.
            minted: u64,
            /// Share atoms of the entry fee.
            fee: u64,
            /// Share atoms in existence after it.
            supply: u64,
            /// Fee share atoms to be minted after it.
            pending_fee_shares: u64,
        }
        /// A contribution was given up; its basket is paid out.
        BasketCancelled {
            /// The basket.
            basket: Pubkey,
            /// Who signed.
            by: Pubkey,
        }
        /// Atoms of a constituent were paid out of a basket.
        BasketWithdrawn {
            /// The basket.
            basket: Pubkey,
            /// The slot.
            place: u64,
            /// Atoms paid to the basket's wallet.
            amount: u64,
        }
        /// An empty basket was closed.
        BasketClosed {
            /// The basket.
            basket: Pubkey,
        }
        /// Dividends of a personal token were claimed into the index's cash.
        Harvested {
            /// The personal token.
            token: Pubkey,
            /// The payout mint; zero where nothing was claimable.
            mint: Pubkey,
            /// Atoms claimed.
            amount: u64,
            /// Atoms of them set aside for members.
            to_members: u64,
            /// 1 where nothing else of the token was claimable: it counts as harvested.
            complete: u64,
        }
        /// Fee shares were minted.
        FeesCollected {
            /// Whose account received them.
            recipient: Pubkey,
            /// Share atoms minted.
            shares: u64,
            /// Share atoms in existence after it.
            supply: u64,
        }
        /// Parameters were announced.
        ParametersProposed {
            /// Yearly fee in basis points.
            management_fee_bps: u64,
            /// Entry fee in basis points.
            entry_fee_bps: u64,
            /// Exit fee in basis points.
            exit_fee_bps: u64,
            /// Longest time since a harvest, in seconds.
            max_harvest_age: u64,
            /// When they may be applied, unix seconds.
            effective_at: i64,
        }
        /// Announced parameters were applied.
        ParametersApplied {
            /// Yearly fee in basis points.
            management_fee_bps: u64,
            /// Entry fee in basis points.
            entry_fee_bps: u64,
            /// Exit fee in basis points.
            exit_fee_bps: u64,
            /// Longest time since a harvest, in seconds.
            max_harvest_age: u64,
        }
        /// Weights were announced; they are in the index.
        WeightsProposed {
            /// How many slots get another weight.
            changed: u64,
            /// When they may be applied, unix seconds.
            effective_at: i64,
        }
        /// Announced weights were applied.
        WeightsApplied {
            /// Who signed the proposal's application, anybody.
            by: Pubkey,
        }
        /// A membership was offered.
        MembershipOffered {
            /// The personal token.
            token: Pubkey,
            /// Its share atoms to be given.
            token_shares: u64,
            /// Index share atoms for them.
            index_shares: u64,
            /// First second in which it can be accepted, unix time.
            acceptable_from: i64,
            /// Last second in which it can be accepted, unix time.
            expires_at: i64,
        }
        /// An offer was withdrawn or had expired.
        OfferWithdrawn {
            /// The personal token.
            token: Pubkey,
        }
        /// A person came in.
        MembershipAccepted {
            /// The personal token.
            token: Pubkey,
            /// Who.
            member: Pubkey,
            /// Share atoms of the token given.
            token_shares: u64,
            /// Index share atoms minted.
            index_shares: u64,
            /// Index share atoms in existence after it.
            supply: u64,
            /// Members after it.
            members: u64,
        }
        /// Pledged shares came to back index shares.
        PledgeCollected {
            /// The personal token.
            token: Pubkey,
            /// Who received the index shares.
            member: Pubkey,
            /// Share atoms of the token taken over.
            token_shares: u64,
            /// Index share atoms minted.
            index_shares: u64,
            /// Index share atoms in existence after it.
            supply: u64,
        }
        /// A member was paid of the equal share.
        EqualShareClaimed {
            /// The personal token of the membership.
            token: Pubkey,
            /// Who was paid.
            member: Pubkey,
            /// Slot of the cash constituent.
            place: u64,
            /// Atoms paid.
            amount: u64,
            /// Atoms owed to all members of this constituent after it.
            owed: u64,
        }
        /// A member left.
        MembershipLeft {
            /// The personal token.
            token: Pubkey,
            /// Who.
            member: Pubkey,
            /// Members after it.
            members: u64,
        }
        /// A membership of somebody who left was closed.
        MembershipClosed {
            /// The personal token.
            token: Pubkey,
        }
        /// An auction was opened.
        AuctionOpened {
            /// Its number.
            number: u64,
            /// Slot that is sold.
            sell: u64,
            /// Slot that is bought.
            buy: u64,
            /// Atoms for sale.
            sell_atoms: u64,
            /// First second, unix time.
            starts_at: i64,
            /// Last second, unix time.
            ends_at: i64,
        }
        /// Somebody bought in an auction.
        AuctionTraded {
            /// Its number.
            number: u64,
            /// Who.
            wallet: Pubkey,
            /// Atoms that left the index.
            sold: u64,
            /// Atoms that came in.
            bought: u64,
            /// Atoms that are still for sale.
            sell_left: u64,
        }
        /// An auction was closed.
        AuctionClosed {
            /// Its number.
            number: u64,
            /// Atoms that were not sold.
            unsold: u64,
        }
        /// A new curator was proposed, or with zero the proposal withdrawn.
        CuratorProposed {
            /// Who may accept.
            pending_curator: Pubkey,
        }
        /// The proposed curator accepted.
        CuratorAccepted {
            /// Who ran the index before.
            previous: Pubkey,
            /// Who runs it now.
            curator: Pubkey,
        }
        /// The curator left for good.
        CuratorResigned {
            /// Who left.
            previous: Pubkey,
        }
        /// Guardian and fee recipient were named.
        RolesChanged {
            /// Who may pause; zero for nobody.
            guardian: Pubkey,
            /// Whose account receives fee shares.
            fee_recipient: Pubkey,
        }
        /// New money was paused or admitted again.
        PauseChanged {
            /// Who signed.
            by: Pubkey,
            /// 1 for paused.
            paused: u64,
        }
        /// The index is wound down from now on.
        WindDownStarted {
            /// Share atoms in existence.
            supply: u64,
            /// Fee share atoms to be minted.
            pending_fee_shares: u64,
        }
        /// Books and custody of a slot were brought together.
        CustodySynced {
            /// The slot.
            place: u64,
            /// Atoms found.
            found: u64,
            /// Atoms lost.
            lost: u64,
            /// Atoms in the slot after it.
            counter: u64,
        }
    }
}
