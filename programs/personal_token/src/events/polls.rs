//! Polls.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A poll was put.
    PollPut {
        /// Its number.
        poll: u64,
        /// Its place among the open ones.
        place: u64,
        /// What it changes: the place in `Change`.
        kind: u64,
        /// 1 if it is against holders.
        against_holders: u64,
        /// The claim, or the place of the asset, that it is about.
        claim: u64,
        /// The attester that it is about, or the vault whose surplus it books; zero for none.
        subject: Pubkey,
        /// The value in force; of an auction the highest fresh accepted one, 0 for none.
        before: u64,
        /// The value that it sets.
        after: u64,
        /// Revenue terms: part of gross revenue.
        share_bps: u64,
        /// Revenue terms: first second after the claim, unix time.
        ends_at: i64,
        /// SHA-256 of what it says in full.
        document: [u8; 32],
        /// Who put it.
        by: Pubkey,
        /// Share atoms that are eligible.
        eligible: u64,
        /// Share atoms in existence.
        supply: u64,
        /// Last second in which it may be applied, unix time.
        lapses_at: i64,
    }
    /// A poll was put that announces an auction of custody if it is applied.
    AuctionAsked {
        /// The poll's number.
        poll: u64,
        /// The claim's number.
        claim: u64,
        /// Units on offer, in atoms of the equity's mint.
        units: u64,
        /// Quote atoms for all of them at the start.
        start: u64,
        /// Quote atoms for all of them at the end.
        end: u64,
        /// Seconds over which the price falls.
        seconds: u64,
        /// The highest fresh accepted value of them; 0 for none.
        noted: u64,
    }
    /// A holder answered a poll.
    PollAnswered {
        /// The poll's number.
        poll: u64,
        /// Whose shares.
        wallet: Pubkey,
        /// 0 for, 1 against, 2 withdrawn.
        answer: u64,
        /// What they weigh.
        weight: u64,
        /// Share atoms that approve after it.
        in_favor: u64,
        /// Share atoms that object after it.
        against: u64,
        /// Share atoms that are eligible now.
        eligible: u64,
        /// Against holders: since when it passes, unix seconds; 0 while it does not.
        passed_at: i64,
    }
    /// A poll was applied.
    PollApplied {
        /// Its number.
        poll: u64,
        /// What it changed: the place in `Change`.
        kind: u64,
        /// The claim, or the place of the asset, that it was about.
        claim: u64,
        /// The attester that it was about, or the vault whose surplus it booked; zero for none.
        subject: Pubkey,
        /// The value before.
        before: u64,
        /// The value after.
        after: u64,
        /// Share atoms that approved.
        in_favor: u64,
        /// Share atoms that objected.
        against: u64,
        /// Share atoms that are eligible now.
        eligible: u64,
        /// How often the terms have changed.
        terms_version: u64,
    }
    /// A poll's account was closed.
    PollEnded {
        /// Its number.
        poll: u64,
        /// 0 cancelled, 1 lapsed, 2 over already, 3 its putter no longer holds 1 %.
        why: u64,
    }
    /// An escrow round opened: open polls against holders are void.
    PollsVoided {
        /// Numbers plus one of the polls, by place; 0 for none.
        polls: [u64; 4],
    }
}
