//! Equity and revenue claims.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// A claim was declared.
    ClaimDeclared {
        /// The claim's number.
        claim: u64,
        /// Its kind.
        kind: u64,
        /// Units held.
        units: u64,
        /// What they cost, in quote atoms.
        cost: u64,
    }
    /// Tokenized equity came into a claim's vault.
    EquityDeposited {
        /// The claim's number.
        claim: u64,
        /// The equity's mint.
        mint: Pubkey,
        /// Atoms deposited.
        units: u64,
        /// Their cost, in quote atoms.
        cost: u64,
        /// Atoms held after it.
        held: u64,
    }
    /// Tokenized equity moved from a claim into the reserve.
    EquityReleased {
        /// The claim's number.
        claim: u64,
        /// The equity's mint.
        mint: Pubkey,
        /// Atoms released.
        units: u64,
        /// Atoms held after it.
        held: u64,
        /// Reserve of that mint after it.
        reserve: u64,
    }
    /// Units of a claim were exited through the waterfall.
    ClaimExited {
        /// The claim's number.
        claim: u64,
        /// Units exited.
        units: u64,
        /// Quote atoms received.
        proceeds: u64,
        /// The cost of the exited units that counts, in quote atoms.
        cost: u64,
        /// Quote atoms to the owner.
        to_owner: u64,
        /// Quote atoms to the reserve; 0 while no share exists.
        to_reserve: u64,
        /// Quote atoms to the stream.
        to_stream: u64,
        /// Quote atoms to the endowment: those for holders, while no share exists.
        to_endowment: u64,
        /// Units held after it.
        held: u64,
        /// Cumulative result after it, low and high word.
        result: [u64; 2],
    }
    /// An auction of custody was announced.
    AuctionAnnounced {
        /// The claim's number.
        claim: u64,
        /// The auction's number.
        auction: u64,
        /// Units on offer.
        units: u64,
        /// Quote atoms for all of them at the start.
        start: u64,
        /// Quote atoms for all of them at the end.
        end: u64,
        /// The highest fresh accepted value of them; 0 where there is none, and a poll
        /// decided.
        noted: u64,
        /// First second in which it sells, unix time.
        starts_at: i64,
        /// First second after it, unix time.
        ends_at: i64,
        /// Number plus one of the poll that announced it; 0 if the owner did.
        poll: u64,
    }
    /// Somebody bought in an auction.
    AuctionBought {
        /// The claim's number.
        claim: u64,
        /// The auction's number.
        auction: u64,
        /// Who bought.
        buyer: Pubkey,
        /// Units bought.
        units: u64,
        /// Quote atoms paid.
        paid: u64,
        /// Units that are left.
        left: u64,
    }
    /// An auction was stopped.
    AuctionCancelled {
        /// The claim's number.
        claim: u64,
        /// The auction's number.
        auction: u64,
        /// Units that stay in custody.
        unsold: u64,
    }
    /// What a claim's vault holds was compared with its units.
    ClaimSynced {
        /// The claim's number.
        claim: u64,
        /// Units that had arrived unasked.
        found: u64,
        /// Units that the mint's issuer had taken.
        lost: u64,
        /// Units held after it.
        held: u64,
    }
    /// Revenue was paid to holders.
    RevenuePaid {
        /// The claim's number.
        claim: u64,
        /// The payout mint.
        mint: Pubkey,
        /// Who paid.
        from: Pubkey,
        /// Atoms paid.
        amount: u64,
        /// Atoms of it to the reserve; 0 while no share exists.
        to_reserve: u64,
        /// Atoms of it to the stream.
        to_stream: u64,
        /// Atoms of it to the endowment: all of it while no share exists.
        to_endowment: u64,
        /// Atoms paid on this claim after it.
        received: u64,
    }
    /// Revenue was reported, or a report corrected.
    RevenueReported {
        /// The claim's number.
        claim: u64,
        /// Year times 100 and month.
        period: u64,
        /// Gross revenue, in the claim's mint's atoms.
        gross: u64,
        /// Gross revenue of that month as it was reported first.
        first: u64,
        /// How often that was corrected.
        corrections: u64,
        /// What is due of it.
        due: u64,
        /// What is due in all and was not paid.
        unpaid: u64,
        /// When what this report says is due, unix seconds.
        due_at: i64,
        /// SHA-256 of the evidence.
        evidence: [u8; 32],
    }
    /// A claim changed its form.
    ClaimTransformed {
        /// The claim's number.
        claim: u64,
        /// Units held before.
        before: u64,
        /// Units held after.
        after: u64,
        /// What they cost, in quote atoms: as before.
        cost: u64,
        /// SHA-256 of the new evidence.
        document: [u8; 32],
    }
    /// Units of a claim were given up.
    ClaimWrittenOff {
        /// The claim's number.
        claim: u64,
        /// Units given up.
        units: u64,
        /// The cost of them that counts, in quote atoms: a loss.
        cost: u64,
        /// Units held after it.
        held: u64,
        /// Cumulative result after it, low and high word.
        result: [u64; 2],
    }
    /// The account of a claim that is over was closed.
    ClaimAccountClosed {
        /// The claim's number.
        claim: u64,
        /// Units that lay in its vault unasked, to the owner.
        left: u64,
    }
}
