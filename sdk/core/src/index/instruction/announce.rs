use {
    super::{super::*, build},
    crate::{address::SYSTEM_PROGRAM, state::Account},
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Announces actions under the index's next number. Signers: `payer`, the curator.
pub fn announce(index: &Account<PooledIndex>, payer: &Pubkey, actions: Vec<Action>) -> Instruction {
    let nonce = index.data.announcements_made.saturating_add(1);
    let accounts = accounts::Announce {
        payer: *payer,
        curator: index.data.curator,
        index: index.key,
        announcement: find_announcement(&index.key, nonce).0,
        system_program: SYSTEM_PROGRAM,
    };
    build(accounts, data::Announce { actions })
}

/// Does what was announced, after its notice. No signer.
pub fn apply_announcement(
    index: &Account<PooledIndex>,
    announcement: &Account<Announcement>,
) -> Instruction {
    let accounts = accounts::ApplyAnnouncement {
        index: index.key,
        mint: index.data.mint,
        announcement: announcement.key,
        rent_payer: announcement.data.rent_payer,
    };
    build(accounts, data::ApplyAnnouncement {})
}

/// Takes announced actions back, or closes what fell. Signer: `authority`, the curator or
/// the launcher; anybody for what was vetoed, expired, or fell with its curator.
pub fn cancel_announcement(
    index: &Account<PooledIndex>,
    announcement: &Account<Announcement>,
    authority: &Pubkey,
) -> Instruction {
    let accounts = accounts::CancelAnnouncement {
        authority: *authority,
        index: index.key,
        mint: index.data.mint,
        announcement: announcement.key,
        rent_payer: announcement.data.rent_payer,
    };
    build(accounts, data::CancelAnnouncement {})
}

/// Cancels an announcement of any kind if locks against it hold enough by now. No signer.
pub fn count_veto(index: &Account<PooledIndex>, nonce: u64) -> Instruction {
    let accounts = accounts::CountVeto {
        index: index.key,
        mint: index.data.mint,
    };
    build(accounts, data::CountVeto { nonce })
}
