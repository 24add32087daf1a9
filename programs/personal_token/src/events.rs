//! A fact for every change: who, what, and the state after it. Each event starts
//! with a [`Header`], whose sequence number has no gaps, so that an indexer can
//! tell that it missed one.
//!
//! Events have fixed size and no padding: their Borsh bytes are their memory, so
//! emitting is one copy and one syscall.

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
    /// The personal token.
    pub token: Pubkey,
    /// Slot of the change.
    pub slot: u64,
    /// Number of this event of this token, from 1.
    pub sequence: u64,
}

pub(crate) use upside_program::log;

upside_program::events! {
    TokenEvent {
        /// A token was created.
        TokenCreated {
            /// Who created and owns it.
            creator: Pubkey,
            /// Its share mint.
            mint: Pubkey,
            /// Its quote mint.
            quote_mint: Pubkey,
            /// Most share atoms that may exist.
            supply_cap: u64,
        }
        /// Name, symbol or URI changed on the mint.
        MetadataUpdated {
            /// The share mint.
            mint: Pubkey,
        }
        /// Guardian and registrar were named.
        RolesChanged {
            /// Who may pause; zero for nobody.
            guardian: Pubkey,
            /// Who may admit; zero for nobody.
            registrar: Pubkey,
        }
        /// A new owner was proposed, or with zero the proposal withdrawn.
        OwnershipProposed {
            /// Who may accept.
            pending_owner: Pubkey,
        }
        /// The proposed owner accepted.
        OwnershipAccepted {
            /// Who owned before.
            previous: Pubkey,
            /// Who owns now.
            owner: Pubkey,
        }
        /// New money was paused or admitted again.
        PauseChanged {
            /// Who signed.
            by: Pubkey,
            /// 1 for paused.
            paused: u64,
        }
        /// The bearer cap was set.
        BearerCapChanged {
            /// Most share atoms outside.
            bearer_cap: u64,
            /// Share atoms outside now.
            bearer: u64,
        }
        /// A holder account was opened.
        HolderOpened {
            /// Whose it is.
            wallet: Pubkey,
            /// Holder accounts after it.
            holders: u64,
        }
        /// A holder was marked as a venue, or no longer.
        VenueChanged {
            /// Whose holder account.
            wallet: Pubkey,
            /// 1 for a venue.
            venue: u64,
        }
        /// A transfer was approved.
        TransferApproved {
            /// Who may send.
            from: Pubkey,
            /// Who may receive.
            to: Pubkey,
            /// At most so many share atoms.
            shares: u64,
            /// Last second of the approval, unix time.
            expires_at: i64,
        }
        /// An approval was revoked.
        ApprovalRevoked {
            /// Who could have sent.
            from: Pubkey,
            /// Who could have received.
            to: Pubkey,
        }
        /// Registered shares moved between holders.
        SharesTransferred {
            /// Wallet of the sender.
            from: Pubkey,
            /// Wallet of the receiver.
            to: Pubkey,
            /// Share atoms moved.
            shares: u64,
            /// Quote atoms of cost that moved along.
            cost: u64,
            /// Share atoms of the sender after it.
            from_shares: u64,
            /// Share atoms of the receiver after it.
            to_shares: u64,
        }
        /// Registered shares became bearer tokens.
        SharesWithdrawn {
            /// Whose shares.
            wallet: Pubkey,
            /// Share atoms withdrawn.
            shares: u64,
            /// The holder's share atoms after it.
            holder_shares: u64,
            /// Share atoms outside after it.
            bearer: u64,
        }
        /// Bearer tokens became registered shares.
        SharesDeposited {
            /// Whose shares.
            wallet: Pubkey,
            /// Share atoms deposited.
            shares: u64,
            /// The holder's share atoms after it.
            holder_shares: u64,
            /// Share atoms outside after it.
            bearer: u64,
        }
        /// The owner registered new shares to a holder.
        SharesIssued {
            /// To whom.
            wallet: Pubkey,
            /// Share atoms issued.
            shares: u64,
            /// Quote atoms paid elsewhere; 0 for a gift.
            paid: u64,
            /// The holder's share atoms after it.
            holder_shares: u64,
            /// Supply after it.
            supply: u64,
        }
        /// A round was opened.
        RoundOpened {
            /// The round's number.
            round: u64,
            /// Share atoms for sale.
            shares: u64,
            /// Quote atoms below which it fails.
            min_raise: u64,
            /// First second of the round, unix time.
            opens_at: i64,
            /// First second after the round, unix time.
            closes_at: i64,
        }
        /// A backer contributed.
        Contributed {
            /// The round's number.
            round: u64,
            /// Who contributed.
            wallet: Pubkey,
            /// Quote atoms charged.
            paid: u64,
            /// Share atoms bought.
            shares: u64,
            /// Quote atoms of the charge that went to the reserve, 0 in escrow.
            to_reserve: u64,
            /// Quote atoms that the round has raised after it.
            raised: u64,
            /// Supply after it.
            supply: u64,
        }
        /// A backer took a contribution back before the close.
        ContributionLeft {
            /// The round's number.
            round: u64,
            /// Who left.
            wallet: Pubkey,
            /// Quote atoms paid back.
            paid: u64,
            /// Quote atoms that the round has raised after it.
            raised: u64,
        }
        /// A pledge to a wallet was set for rounds opened later, or ended.
        PledgeSet {
            /// Whose holder account receives; zero for nobody.
            wallet: Pubkey,
            /// Shares for what a round sells, in basis points of that.
            bps: u64,
        }
        /// The pledged shares of a round were registered, or lapsed with 0 shares.
        PledgeRegistered {
            /// The round's number.
            round: u64,
            /// Whose holder account received.
            wallet: Pubkey,
            /// Share atoms registered.
            shares: u64,
            /// Share atoms that this holder ever received this way.
            pledged: u64,
            /// Share atoms in existence after it.
            supply: u64,
        }
        /// A round was closed.
        RoundClosed {
            /// The round's number.
            round: u64,
            /// Its status after it.
            status: u64,
            /// Share atoms sold.
            sold: u64,
            /// Quote atoms raised.
            raised: u64,
            /// Supply after it.
            supply: u64,
        }
        /// A contribution became registered shares.
        ContributionClaimed {
            /// The round's number.
            round: u64,
            /// Whose contribution.
            wallet: Pubkey,
            /// Share atoms registered.
            shares: u64,
            /// Share atoms of the round still unclaimed.
            unclaimed: u64,
        }
        /// A contribution to a failed round was paid back.
        ContributionRefunded {
            /// The round's number.
            round: u64,
            /// Whose contribution.
            wallet: Pubkey,
            /// Quote atoms paid back.
            paid: u64,
            /// Quote atoms in escrow after it.
            escrow: u64,
        }
        /// A round's proceeds went to reserve and owner.
        RoundSettled {
            /// The round's number.
            round: u64,
            /// Quote atoms to the reserve.
            to_reserve: u64,
            /// Quote atoms to the owner.
            to_owner: u64,
            /// Quote reserve after it.
            reserve: u64,
        }
        /// A mint was listed.
        AssetListed {
            /// The mint.
            mint: Pubkey,
            /// 1 where it has a payout stream.
            payout: u64,
            /// 1 where its issuer can seize or freeze it.
            seizable: u64,
        }
        /// Somebody gave to the reserve.
        ReserveDeposited {
            /// The mint.
            mint: Pubkey,
            /// Who gave.
            from: Pubkey,
            /// Atoms given.
            amount: u64,
            /// Reserve after it.
            reserve: u64,
        }
        /// A vault's balance was booked.
        ReserveSynced {
            /// The mint.
            mint: Pubkey,
            /// Atoms found.
            found: u64,
            /// Atoms lost.
            lost: u64,
            /// Reserve after it.
            reserve: u64,
        }
        /// Bearer tokens that were sent to the register unasked were burned, and
        /// tokens that bearers burned were booked.
        RegisterSynced {
            /// Share atoms burned.
            burned: u64,
            /// Supply after it.
            supply: u64,
        }
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
            /// Quote atoms that the exited units cost.
            cost: u64,
            /// Quote atoms to the owner.
            to_owner: u64,
            /// Quote atoms to the reserve.
            to_reserve: u64,
            /// Quote atoms to the stream.
            to_stream: u64,
            /// 1 where the vote was to reinvest.
            reinvested: u64,
            /// Units held after it.
            held: u64,
            /// Cumulative result after it, low and high word.
            result: [u64; 2],
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
            /// Atoms of it to the reserve.
            to_reserve: u64,
            /// Atoms of it to the stream.
            to_stream: u64,
            /// Atoms paid on this claim after it.
            received: u64,
        }
        /// A holder voted.
        VoteCast {
            /// Who voted.
            wallet: Pubkey,
            /// The vote.
            vote: u64,
            /// Share atoms for Distribute after it.
            distribute: u64,
            /// Share atoms for Reinvest after it.
            reinvest: u64,
        }
        /// An attester was added.
    AttesterAdded {
        /// Who may attest from now on.
        attester: Pubkey,
    }
    /// The removal of an attester was announced.
    AttesterRemovalAnnounced {
        /// Whose.
        attester: Pubkey,
        /// When it may be applied, unix seconds.
        effective_at: i64,
    }
    /// An attester was removed.
    AttesterRemoved {
        /// Who was.
        attester: Pubkey,
    }
    /// The number of attestations that it takes was set or announced.
    ThresholdSet {
        /// How many it takes.
        threshold: u64,
        /// From when on, unix seconds.
        effective_at: i64,
    }
    /// A claim was attested.
    ClaimAttested {
        /// The claim's number.
        claim: u64,
        /// Who signed.
        attester: Pubkey,
        /// What it is held to be worth, in quote atoms.
        value: u64,
        /// Last second in which it is fresh, unix time.
        expires_at: i64,
        /// SHA-256 of the evidence.
        document: [u8; 32],
    }
    /// An attestation was taken back.
    AttestationRevoked {
        /// The claim's number.
        claim: u64,
        /// Who had signed.
        attester: Pubkey,
    }
    /// A claim was disputed.
    ClaimDisputed {
        /// The claim's number.
        claim: u64,
        /// Who disputes it.
        attester: Pubkey,
        /// SHA-256 of the reasons.
        reasons: [u8; 32],
    }
    /// A dispute ended.
    DisputeResolved {
        /// The claim's number.
        claim: u64,
        /// Who ended it.
        by: Pubkey,
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
        /// What they cost, in quote atoms: a loss.
        cost: u64,
        /// Units held after it.
        held: u64,
    }
    /// Revenue was reported.
    RevenueReported {
        /// The claim's number.
        claim: u64,
        /// Year times 100 and month.
        period: u64,
        /// Gross revenue, in the claim's mint's atoms.
        gross: u64,
        /// What is due of it.
        due: u64,
        /// What is due in all and was not paid.
        overdue: u64,
        /// SHA-256 of the evidence.
        evidence: [u8; 32],
    }
    /// Shares were offered for a price.
    SaleOpened {
        /// Whose shares.
        seller: Pubkey,
        /// Who alone may buy; zero for anybody.
        buyer: Pubkey,
        /// The seller's number for it.
        number: u64,
        /// Share atoms offered.
        shares: u64,
        /// Quote atoms per whole share.
        price: u64,
        /// Last second in which anybody can buy, unix time.
        expires_at: i64,
        /// Part of the seller's profit that goes to the owner, in basis points.
        royalty_bps: u64,
        /// Share atoms locked for it beside those offered.
        royalty_locked: u64,
    }
    /// A sale ended with shares unsold.
    SaleCancelled {
        /// Whose shares.
        seller: Pubkey,
        /// Who ended it.
        by: Pubkey,
        /// The seller's number for it.
        number: u64,
        /// Share atoms unsold.
        shares: u64,
        /// Share atoms of the seller still locked in other sales.
        locked: u64,
    }
    /// Shares of a sale were bought.
    SharesSold {
        /// Whose shares.
        seller: Pubkey,
        /// Who bought.
        buyer: Pubkey,
        /// The seller's number for the sale.
        number: u64,
        /// Share atoms bought.
        shares: u64,
        /// Quote atoms paid to the seller.
        paid: u64,
        /// What the shares cost the seller, in quote atoms.
        cost: u64,
        /// Share atoms from the seller to the owner.
        royalty: u64,
        /// Share atoms that the sale still offers.
        left: u64,
        /// The seller's registered shares after it.
        seller_shares: u64,
        /// The buyer's registered shares after it.
        buyer_shares: u64,
    }
    /// Shares were granted, to vest over time.
    GrantMade {
        /// The grant's number.
        grant: u64,
        /// Who gets them.
        beneficiary: Pubkey,
        /// Share atoms granted.
        shares: u64,
        /// When vesting starts, unix seconds.
        start: i64,
        /// Seconds after it before which nothing vests.
        cliff_seconds: u64,
        /// Seconds after it at which all has vested.
        duration_seconds: u64,
        /// 1 where the owner may revoke what has not vested.
        revocable: u64,
        /// Supply after it.
        supply: u64,
    }
    /// Vested shares went to the beneficiary.
    GrantClaimed {
        /// The grant's number.
        grant: u64,
        /// To whom.
        beneficiary: Pubkey,
        /// Share atoms claimed.
        shares: u64,
        /// Share atoms that the grant still has.
        unvested: u64,
        /// The beneficiary's registered shares after it.
        holder_shares: u64,
    }
    /// A grant's dividend was paid to the beneficiary.
    GrantDividendClaimed {
        /// The grant's number.
        grant: u64,
        /// To whom.
        beneficiary: Pubkey,
        /// The payout mint.
        mint: Pubkey,
        /// Atoms paid.
        amount: u64,
        /// Atoms that the stream still owes to all.
        payouts: u64,
    }
    /// What had not vested was taken back and burned.
    GrantRevoked {
        /// The grant's number.
        grant: u64,
        /// Whose.
        beneficiary: Pubkey,
        /// Share atoms burned.
        burned: u64,
        /// Share atoms that had vested.
        vested: u64,
        /// Supply after it.
        supply: u64,
    }
    /// An empty grant's accounts were closed.
    GrantClosed {
        /// The grant's number.
        grant: u64,
        /// Whose it was.
        beneficiary: Pubkey,
        /// Holder accounts after it.
        holders: u64,
    }
    /// Something was offered.
    OfferingOpened {
        /// The offering's number.
        offering: u64,
        /// What it asks: 0 a payment, 1 shares held, 2 shares burned.
        kind: u64,
        /// The owner's own rank among offerings.
        tier: u64,
        /// The payout mint of a payment; zero otherwise.
        mint: Pubkey,
        /// Atoms of that mint, or share atoms.
        price: u64,
        /// Units of a pass.
        units: u64,
        /// Seconds that a pass lives; 0 for no end.
        lifetime: u64,
        /// Most passes that are ever given; 0 for no bound.
        max_passes: u64,
        /// 1 where a revenue claim takes its part.
        linked: u64,
        /// That claim's number.
        claim: u64,
    }
    /// An offering gives no more passes.
    OfferingClosed {
        /// The offering's number.
        offering: u64,
        /// Passes that it gave, renewals among them.
        sold: u64,
        /// Passes in existence, which go on.
        passes: u64,
    }
    /// A pass was bought, taken or extended.
    PassBought {
        /// The offering's number.
        offering: u64,
        /// Whose pass it is.
        wallet: Pubkey,
        /// Atoms paid.
        paid: u64,
        /// Atoms of it to the linked claim.
        to_claim: u64,
        /// Share atoms burned.
        burned: u64,
        /// Units of the pass after it.
        units: u64,
        /// Last second in which it is good, unix time; 0 for no end.
        expires_at: i64,
        /// Passes ever given of the offering after it.
        sold: u64,
        /// Supply after it.
        supply: u64,
    }
    /// Units of a pass were used up.
    PassUsed {
        /// The offering's number.
        offering: u64,
        /// Whose pass it is.
        wallet: Pubkey,
        /// Who took them: the till or the owner.
        by: Pubkey,
        /// Units used up.
        used: u64,
        /// Units left.
        units: u64,
    }
    /// A pass that was over was closed.
    PassClosed {
        /// The offering's number.
        offering: u64,
        /// Whose pass it was.
        wallet: Pubkey,
        /// Units that lapsed.
        units: u64,
        /// Passes in existence after it.
        passes: u64,
    }
    /// Other policies were announced.
    PolicyAnnounced {
        /// The `Admission`.
        admission: u64,
        /// The `TransferPolicy`.
        transfer_policy: u64,
        /// The credential that will admit; zero for none.
        credential: Pubkey,
        /// Its schema.
        schema: Pubkey,
        /// When they may be applied, unix seconds.
        effective_at: i64,
    }
    /// The announced policies apply.
    PolicyApplied {
        /// The `Admission`.
        admission: u64,
        /// The `TransferPolicy`.
        transfer_policy: u64,
        /// The credential that admits; zero for none.
        credential: Pubkey,
        /// Its schema.
        schema: Pubkey,
    }
    /// The announcement was withdrawn.
    PolicyWithdrawn {
        /// The `Admission` that stays.
        admission: u64,
        /// The `TransferPolicy` that stays.
        transfer_policy: u64,
    }
    /// The owner made terms better for holders.
    TermsEased {
        /// Cash-out tax after it.
        cash_out_tax_bps: u64,
        /// Royalty after it.
        royalty_bps: u64,
        /// Buyback rate after it.
        buyback_rate_bps: u64,
    }
    /// An amendment was proposed.
    AmendmentProposed {
        /// Its number.
        amendment: u64,
        /// What it changes: the place in `Change`.
        kind: u64,
        /// The claim that it is about, for revenue terms.
        claim: u64,
        /// The value that it sets.
        value: u64,
        /// Revenue terms: part of gross revenue.
        share_bps: u64,
        /// Revenue terms: first second after the claim, unix time.
        ends_at: i64,
        /// SHA-256 of what it says in full.
        document: [u8; 32],
        /// From when on it may be applied, unix seconds.
        effective_at: i64,
        /// Last second in which it may be, unix time.
        expires_at: i64,
    }
    /// A holder approved an amendment, or retracted.
    ApprovalChanged {
        /// The amendment's number.
        amendment: u64,
        /// Whose shares.
        wallet: Pubkey,
        /// How many.
        shares: u64,
        /// 1 where they approve now.
        approves: u64,
        /// Share atoms that approve after it.
        approving: u64,
        /// Share atoms that may vote.
        eligible: u64,
    }
    /// An amendment was applied.
    AmendmentApplied {
        /// Its number.
        amendment: u64,
        /// What it changed: the place in `Change`.
        kind: u64,
        /// The claim that it was about, for revenue terms.
        claim: u64,
        /// The value before.
        before: u64,
        /// The value after.
        after: u64,
        /// Share atoms that approved.
        approving: u64,
        /// Share atoms that could vote.
        eligible: u64,
    }
    /// An amendment was withdrawn or has expired.
    AmendmentClosed {
        /// Its number.
        amendment: u64,
        /// 1 where it expired.
        expired: u64,
    }
    /// The owner gave a sign of life.
    OwnerSeen {
        /// When, unix seconds.
        at: i64,
    }
    /// An executor was named.
    ExecutorSet {
        /// Who may wind up after the owner's inactivity; zero for nobody.
        executor: Pubkey,
    }
    /// The executor began to wind the token up.
    TokenWoundUp {
        /// Who did.
        executor: Pubkey,
        /// When the owner last signed, unix seconds.
        owner_seen: i64,
    }
    /// An empty holder account was closed.
    HolderClosed {
        /// Whose it was.
        wallet: Pubkey,
        /// Holder accounts after it.
        holders: u64,
    }
    /// The account of a claim of which nothing is left was closed.
    ClaimAccountClosed {
        /// The claim's number.
        claim: u64,
    }
    /// The owner bought a holder's shares back.
    SharesBoughtBack {
        /// Whose shares.
        wallet: Pubkey,
        /// Share atoms bought.
        shares: u64,
        /// Quote atoms paid to the holder.
        paid: u64,
        /// What the shares cost the holder, in quote atoms.
        cost: u64,
        /// Their part of the reserve, in quote atoms.
        by_reserve: u64,
        /// What they are at the last round's price, in quote atoms.
        by_last_price: u64,
        /// What they cost, grown, in quote atoms.
        by_cost: u64,
        /// The holder's registered shares after it.
        holder_shares: u64,
        /// The owner's registered shares after it.
        owner_shares: u64,
    }
    /// Somebody vouched that the creator is a certain person.
    IdentityVouched {
        /// Who created the token.
        creator: Pubkey,
        /// Who vouched.
        attester: Pubkey,
        /// SHA-256 of the person's name.
        subject: [u8; 32],
        /// SHA-256 of what was examined.
        document: [u8; 32],
        /// Last second in which it is good, unix time.
        expires_at: i64,
    }
    /// Who vouched for the creator took it back.
    IdentityRevoked {
        /// Who created the token.
        creator: Pubkey,
        /// Who had vouched.
        attester: Pubkey,
    }
    /// A dividend was paid out.
        DividendClaimed {
            /// To whom.
            wallet: Pubkey,
            /// The payout mint.
            mint: Pubkey,
            /// Atoms paid.
            amount: u64,
            /// Atoms that the stream still owes to all.
            payouts: u64,
        }
        /// Shares were burned against the reserve.
        SharesRedeemed {
            /// Whose shares.
            wallet: Pubkey,
            /// Share atoms burned.
            shares: u64,
            /// 1 for bearer tokens.
            bearer: u64,
            /// Atoms paid by asset, in the order of the list.
            paid: [u64; 8],
            /// Bits of the assets that the holder went without.
            forgone: u64,
            /// Supply after it.
            supply: u64,
        }
    }
}
