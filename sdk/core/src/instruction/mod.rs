//! One builder per instruction: plain functions over accounts, without I/O. Every
//! address that can be derived is derived here.
//!
//! Amounts are in atoms, as [`Shares`] or [`Atoms`]. Who must sign is in the
//! returned instruction's account metas.

mod asset;
mod bid;
mod bounds;
mod claim;
mod evidence;
mod funding;
mod governance;
mod grant;
mod holder;
mod identity;
mod poll;
mod redeem;
mod round;
mod sale;
mod token;

mod ending;
mod naming;
mod order;
mod product;

pub use bounds::{Bound, bounds};
pub use ending::{
    close_approval, close_attesters, close_contribution, close_naming, close_product_account,
    close_round_account, close_share_custody, close_vault, collect_coarse_estate, collect_estate,
    collect_estate_to, join_endowment, open_estate,
};
pub use funding::funded_by;
pub use holder::{apply_venue, open_holder_by_credential};
pub use naming::{announce_name, apply_name, cancel_name};
pub use order::{buy_by_order, cancel_order, pay_by_order, set_order};
pub use product::{buy_pass, close_pass, close_product, open_product, use_pass};
pub use redeem::redeem_for_receipt;
pub use {
    asset::{
        add_asset, book_loss, book_surplus, deposit_endowment, deposit_reserve, note_immovable,
        sync_share_custody, withdraw_endowment,
    },
    bid::{cancel_bid, fill_bid, open_bid},
    claim::{
        announce_auction, buy_at_auction, cancel_auction, declare_claim, deposit_equity,
        exit_claim, pay_revenue, release_equity, sync_claim, with_evidence, write_off_claim,
    },
    evidence::{
        add_attesters, attest_claim, dispute_claim, name_successor, remove_attester,
        report_revenue, resolve_dispute, revoke_attestation, set_attester_threshold, statement,
        take_seat, transform_claim,
    },
    governance::{
        apply_policy, by_executor, cancel_policy, close_claim, close_claim_of, close_holder,
        heartbeat, propose_policy, relax_terms, set_executor, wind_up_by_executor,
    },
    grant::{accept_grant, cancel_grant, close_grant, collect_grant, offer_grant, revoke_grant},
    holder::{
        approve_transfer, collect_dividend, deposit, issue, needs_approval, open_holder,
        revoke_approval, set_venue, transfer_shares, transfer_shares_at, warm_up, withdraw,
    },
    identity::{attest_identity, revoke_identity},
    poll::{answer_poll, apply_poll, cancel_poll, close_poll, put_poll},
    redeem::{redeem, redeem_bearer},
    round::{
        cancel_round, close_round, collect_contribution, contribute, exempting, extend_round,
        leave_round, open_round, refund_contribution, settle_round,
    },
    sale::{buy, cancel_sale, open_sale},
    token::{
        accept_ownership, create_token, pause, propose_owner, set_bearer_cap, set_roles, unpause,
    },
};

use {
    crate::{
        address::{ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, find_associated},
        state::{Account, Asset, PROGRAM_ID, PersonalToken},
    },
    anchor_lang::{InstructionData, ToAccountMetas, prelude::Pubkey},
    solana_program::instruction::{AccountMeta, Instruction},
};

fn build(accounts: impl ToAccountMetas, data: impl InstructionData) -> Instruction {
    Instruction {
        program_id: PROGRAM_ID,
        accounts: accounts.to_account_metas(None),
        data: data.data(),
    }
}

/// Makes a wallet's associated token account unless it exists. Signer: `payer`.
pub fn create_associated(
    payer: &Pubkey,
    wallet: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
) -> Instruction {
    Instruction {
        program_id: ASSOCIATED_TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(*payer, true),
            AccountMeta::new(find_associated(wallet, mint, token_program).0, false),
            AccountMeta::new_readonly(*wallet, false),
            AccountMeta::new_readonly(*mint, false),
            AccountMeta::new_readonly(SYSTEM_PROGRAM, false),
            AccountMeta::new_readonly(*token_program, false),
        ],
        // "Create idempotent" of the associated token program.
        data: vec![1],
    }
}

/// `wallet`'s associated account of a listed asset's mint.
pub fn asset_account(asset: &Asset, wallet: &Pubkey) -> Pubkey {
    find_associated(wallet, &asset.mint, &asset.token_program()).0
}

/// The owner's associated account of the quote mint: where proceeds go.
fn proceeds_account(token: &Account<PersonalToken>) -> Pubkey {
    asset_account(token.data.quote(), &token.data.owner)
}
