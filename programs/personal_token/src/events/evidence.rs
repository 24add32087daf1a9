//! Who says that a claim or an identity is true.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
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
    /// Somebody vouched that the owner is a certain person.
    IdentityVouched {
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
