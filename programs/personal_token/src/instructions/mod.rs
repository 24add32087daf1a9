//! One file an instruction, or a pair with the same accounts: arguments, accounts
//! with their proofs, rules, handler.

mod accept_ownership;
mod approve_transfer;
mod attest;
mod attesters;
mod bearer;
mod bid;
mod buy;
mod change_claim;
mod claim_contribution;
mod claim_dividend;
mod claim_grant;
mod close_account;
mod close_round;
mod contribute;
mod create_token;
mod declare_claim;
mod end_grant;
mod exit_claim;
mod identity;
mod issue;
mod list_asset;
mod make_grant;
mod move_equity;
mod open_holder;
mod open_round;
mod open_sale;
mod owner_only;
mod pay_revenue;
mod policy;
mod poll;
mod redeem;
mod reserve;
mod return_contribution;
mod round;
mod set_venue;
mod settle_round;
mod sync;
mod transfer;
mod update_metadata;
mod warm_up;
mod wind_up;

mod buy_pass;
mod offerings;
mod use_pass;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    accept_ownership::*, approve_transfer::*, attest::*, attesters::*, bearer::*, bid::*, buy::*,
    buy_pass::*, change_claim::*, claim_contribution::*, claim_dividend::*, claim_grant::*,
    close_account::*, close_round::*, contribute::*, create_token::*, declare_claim::*,
    end_grant::*, exit_claim::*, identity::*, issue::*, list_asset::*, make_grant::*,
    move_equity::*, offerings::*, open_holder::*, open_round::*, open_sale::*, owner_only::*,
    pay_revenue::*, poll::*, redeem::*, reserve::*, return_contribution::*, round::*, set_venue::*,
    settle_round::*, sync::*, transfer::*, update_metadata::*, use_pass::*, warm_up::*,
};
// These have the accounts of `Govern` and none of their own.
pub(crate) use {policy::*, wind_up::*};
