//! One file an instruction, or a pair with the same accounts: arguments, accounts
//! with their proofs, rules, handler.

mod accept_ownership;
mod alone;
mod approve_transfer;
mod bearer;
mod bid;
mod buy;
mod claim;
mod claim_contribution;
mod claim_dividend;
mod close_account;
mod close_round;
mod contribute;
mod create_token;
mod evidence;
mod grant;
mod identity;
mod issue;
mod list_asset;
mod open_holder;
mod open_round;
mod open_sale;
mod owner_only;
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
mod warm_up;
mod wind_up;

mod buy_pass;
mod ending;
mod naming;
mod offerings;
mod order;
mod use_pass;

// Anchor's `#[program]` looks for the helper modules of each `Accounts` struct at
// the crate's root, so these are glob exports.
pub use {
    accept_ownership::*, approve_transfer::*, bearer::*, bid::*, buy::*, buy_pass::*, claim::*,
    claim_contribution::*, claim_dividend::*, close_account::*, close_round::*, contribute::*,
    create_token::*, evidence::*, grant::*, identity::*, issue::*, list_asset::*, offerings::*,
    open_holder::*, open_round::*, open_sale::*, order::*, owner_only::*, poll::*, redeem::*,
    reserve::*, return_contribution::*, round::*, set_venue::*, settle_round::*, sync::*,
    transfer::*, use_pass::*, warm_up::*,
};
pub use {ending::*, naming::*};
// These have the accounts of `Govern` and none of their own.
pub(crate) use {policy::*, wind_up::*};
