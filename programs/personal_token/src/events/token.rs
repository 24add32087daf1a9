//! The token itself, its owner and its roles.

use {super::Header, anchor_lang::prelude::*};

upside_support::event_types! {
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
    /// Another name, symbol or URI was announced; or what was announced was cancelled.
    NameAnnounced {
        /// What it changes: 1 the name, 2 the symbol, 4 the URI; 0 if it was cancelled.
        changes: u64,
        /// The announced name, zero-padded UTF-8.
        name: [u8; 64],
        /// The announced symbol, zero-padded UTF-8.
        symbol: [u8; 16],
        /// From when on it may be applied, or could have been, unix seconds.
        effective_at: i64,
    }
    /// Name, symbol or URI changed on the mint.
    MetadataUpdated {
        /// The share mint.
        mint: Pubkey,
        /// What changed: 1 the name, 2 the symbol, 4 the URI.
        changes: u64,
        /// The name before, zero-padded UTF-8.
        old_name: [u8; 64],
        /// The symbol before, zero-padded UTF-8.
        old_symbol: [u8; 16],
        /// The name after, zero-padded UTF-8.
        name: [u8; 64],
        /// The symbol after, zero-padded UTF-8.
        symbol: [u8; 16],
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
    /// The proposed owner accepted. The roles that the previous owner gave, and what they
    /// announced, ended with it.
    OwnershipAccepted {
        /// Who owned before.
        previous: Pubkey,
        /// Who owns now.
        owner: Pubkey,
        /// Whose role of guardian ended; zero if nobody had it.
        guardian: Pubkey,
        /// Whose role of registrar ended; zero if nobody had it.
        registrar: Pubkey,
        /// Whose role of executor ended; zero if nobody had it.
        executor: Pubkey,
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
    /// An account that nothing needs any more was closed; its rent went back to who paid.
    AccountClosed {
        /// Its address.
        account: Pubkey,
        /// What it was: 0 a round, 1 a product, 2 the names, 3 the attesters, 4 an
        /// approval, 5 a contribution, 6 a vault, 7 a receipt.
        kind: u64,
        /// Its number, of what has one; else 0.
        number: u64,
    }
}
