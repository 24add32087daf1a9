//! Who says that a claim or an identity is true.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
    /// An attester was accepted.
    AttesterAccepted {
        /// Whose word counts from now on.
        attester: Pubkey,
        /// An [`Origin`](crate::state::Origin): by whom.
        origin: u64,
    }
    /// An attester was removed.
    AttesterRemoved {
        /// Whose word counts no more.
        attester: Pubkey,
    }
    /// An attester named who takes its seat.
    SuccessorNamed {
        /// Whose seat.
        attester: Pubkey,
        /// Who takes it; zero for nobody.
        successor: Pubkey,
        /// From when on, unix seconds.
        effective_at: i64,
    }
    /// A successor took an attester's seat.
    AttesterSucceeded {
        /// Whose seat it was.
        attester: Pubkey,
        /// Whose it is.
        successor: Pubkey,
    }
    /// The number of attestations that it takes was set.
    ThresholdSet {
        /// How many it takes.
        threshold: u64,
    }
    /// A claim was attested.
    ClaimAttested {
        /// The claim's number.
        claim: u64,
        /// Who signed.
        attester: Pubkey,
        /// Units that were signed; 0 of revenue.
        units: u64,
        /// What they are held to be worth, in quote atoms; of revenue in its mint's atoms.
        value: u64,
        /// What they cost, in quote atoms.
        cost: u64,
        /// Since when this cost, or a higher one, is signed, unix seconds.
        cost_at: i64,
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
    /// Somebody vouched that the owner is a certain person.
    IdentityAttested {
        /// The key that was vouched for: the owner's.
        owner: Pubkey,
        /// Who vouched.
        attester: Pubkey,
        /// SHA-256 of the person's name.
        subject: [u8; 32],
        /// SHA-256 of what was examined.
        document: [u8; 32],
        /// Last second in which it is good, unix time.
        expires_at: i64,
    }
    /// Who vouched took it back, or it was over.
    IdentityRevoked {
        /// The key that was vouched for.
        owner: Pubkey,
        /// Who had vouched.
        attester: Pubkey,
    }
}
