//! The token itself, its owner and its roles.

use {super::Header, anchor_lang::prelude::*};

upside_program::event_types! {
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
    /// The owner gave a sign of life.
    OwnerSeen {
        /// When, unix seconds.
        at: i64,
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
}
