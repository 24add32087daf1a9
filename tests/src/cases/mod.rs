//! One valid call of every instruction, with the world in which it succeeds: what
//! the sweeps vary and the benchmark measures.

pub use crate::personal_token::{
    auction::cases as auctions, claim::cases as claims, dividend::cases as orders,
    ending::cases as ending, evidence::cases as evidence, grant::cases as grants,
    holder::cases as holders, identity::cases as identity, naming::cases as names,
    pass::cases as products, policy::cases as governance, poll::cases as polls,
    reserve::cases as money, round::cases as rounds, sale::cases as sales, token::cases as token,
};
pub mod index;

pub(crate) use {
    crate::{
        people::person,
        terms::{
            equity_terms, escrow_terms, revenue_terms, round_terms, token_args, tokenized_terms,
        },
        world::{DAY, NEVER, ONE, World},
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::{TOKEN_PROGRAM, find_claim, find_round},
        instruction as ix,
        state::{
            ApproveTransferArgs, ContributeArgs, ExitArgs, MAX_ASSETS, RedeemArgs, RoundTerms,
        },
    },
};

/// A valid call.
pub struct Case<W = World> {
    /// Its world, just before it.
    pub world: W,
    /// The call.
    pub instruction: Instruction,
    /// Who signs beside the payer.
    pub signers: Vec<&'static str>,
}

/// Makes a world and the call in it.
pub type Make = fn() -> Case;

/// Every instruction: its name, with what makes a call special behind a colon.
pub const CASES: &[(&str, Make)] = &[
    ("create_token", create_token),
    ("announce_name", announce_name),
    ("announce_name: again", announce_name_again),
    ("apply_name", apply_name),
    ("announce_name: cancel", cancel_name),
    ("set_roles", || {
        owner(|w| ix::set_roles(&w.token(), &key("carol"), &key("bob")))
    }),
    ("set_bearer_cap", || {
        owner(|w| ix::set_bearer_cap(&w.token(), Shares(5 * ONE)))
    }),
    ("propose_owner", || {
        owner(|w| ix::propose_owner(&w.token(), &key("bob")))
    }),
    ("accept_ownership", accept_ownership),
    ("pause", || {
        owner(|w| ix::pause(&w.token(), &key("founder")))
    }),
    ("pause: guardian", pause_guardian),
    ("unpause", unpause),
    ("open_holder", open_holder),
    ("open_holder: registrar", open_holder_registrar),
    ("open_holder_by_credential", open_holder_by_credential),
    ("set_venue", || {
        owner(|w| {
            w.open_holder("bob");
            ix::set_venue(&w.token(), &key("bob"), true)
        })
    }),
    ("set_venue: announced", set_venue_announced),
    ("apply_venue", apply_venue),
    ("issue", || {
        owner(|w| {
            w.open_holder("bob");
            ix::issue(&w.token(), &key("bob"), Shares(ONE), Atoms(5))
        })
    }),
    ("transfer_shares", transfer),
    ("transfer_shares: streams", transfer_streams),
    ("transfer_shares: approval", transfer_approved),
    ("approve_transfer", || owner(|w| approve(w, 5 * ONE))),
    ("approve_transfer: again", approve_again),
    ("revoke_approval", revoke_approval),
    ("withdraw", withdraw),
    ("deposit", deposit),
    ("warm_up", warm_up),
    ("open_round", || {
        owner(|w| ix::open_round(&w.token(), &payer(w), escrow_terms()))
    }),
    ("contribute", || contribute(round_terms())),
    ("contribute: cap per backer", || {
        contribute(RoundTerms {
            backer_cap: 5_000 * ONE,
            ..round_terms()
        })
    }),
    ("contribute: 2 assets", || contribute_backed(2, 0)),
    ("contribute: 8 assets, 4 streams", || {
        contribute_backed(8, 4)
    }),
    ("contribute: approval", contribute_approved),
    ("contribute_escrowed", || contribute(escrow_terms())),
    ("contribute_escrowed: again", contribute_again),
    ("leave_round", leave_round),
    ("extend_round", extend_round),
    ("cancel_round", cancel_round),
    ("close_round: at once", || close(round_terms())),
    ("close_round: success", || close(escrow_terms())),
    ("close_round: failure", || {
        close(RoundTerms {
            min_raise: 29_000 * ONE,
            ..escrow_terms()
        })
    }),
    ("collect_contribution", collect_contribution),
    ("refund_contribution", refund_contribution),
    ("settle_round", settle_round),
    ("add_asset", add_asset),
    ("deposit_reserve", deposit_reserve),
    ("deposit_endowment", deposit_endowment),
    ("withdraw_endowment", withdraw_endowment),
    ("book_surplus", book_surplus),
    ("book_loss", book_loss),
    ("note_immovable", note_immovable),
    ("sync_share_custody", sync_share_custody),
    ("declare_claim: equity", || {
        owner(|w| ix::declare_claim(&w.token(), &payer(w), equity_terms()))
    }),
    ("declare_claim: revenue", || {
        owner(|w| ix::declare_claim(&w.token(), &payer(w), revenue_terms(w.quote)))
    }),
    ("add_attesters", add_attesters),
    ("add_attesters: another", add_another_attester),
    ("remove_attester", remove_attester),
    ("set_attester_threshold", set_attester_threshold),
    ("name_successor", name_successor),
    ("take_seat", take_seat),
    ("attest_identity", attest_identity),
    ("attest_identity: again", attest_again),
    ("revoke_identity", revoke_identity),
    ("attest_claim", attest_claim),
    ("attest_claim: again", attest_claim_again),
    ("revoke_attestation", revoke_attestation),
    (
        "revoke_attestation: old claim",
        revoke_attestation_of_an_old_claim,
    ),
    ("dispute_claim", dispute_claim),
    ("resolve_dispute", resolve_dispute),
    ("transform_claim", transform_claim),
    ("write_off_claim", write_off_claim),
    ("report_revenue", report_revenue),
    ("report_revenue: correction", correct_report),
    ("open_sale", open_sale),
    ("cancel_sale", cancel_sale),
    ("cancel_sale: expired", cancel_expired_sale),
    ("buy: all", || buy(40 * ONE)),
    ("buy: a part", || buy(10 * ONE)),
    ("buy: approval", buy_approved),
    ("open_bid", open_bid),
    ("cancel_bid", cancel_bid),
    ("cancel_bid: expired", cancel_expired_bid),
    ("fill_bid: all", || fill_bid(40 * ONE)),
    ("fill_bid: a part", || fill_bid(10 * ONE)),
    ("fill_bid: approval", fill_bid_approved),
    ("set_order", set_order),
    ("set_order: again", set_order_again),
    ("cancel_order", cancel_order),
    ("cancel_order: ended", cancel_ended_order),
    ("pay_by_order", pay_by_order),
    ("buy_by_order", || buy_by_order(|terms| terms)),
    ("buy_by_order: cap per backer", || {
        buy_by_order(|terms| RoundTerms {
            backer_cap: 5_000 * ONE,
            ..terms
        })
    }),
    ("offer_grant", offer_grant),
    ("accept_grant", accept_grant),
    ("cancel_grant", cancel_grant),
    ("cancel_grant: anybody", lapsed_grant),
    ("collect_grant", collect_grant),
    ("collect_grant: the first shares", first_collect_grant),
    ("revoke_grant", revoke_grant),
    ("close_grant", close_grant),
    ("open_product", open_product),
    ("open_product: linked", open_product_linked),
    ("close_product", close_product),
    ("buy_pass", buy_pass),
    ("buy_pass: linked", buy_pass_linked),
    ("buy_pass: again", buy_pass_again),
    ("collect_pass", collect_pass),
    ("burn_for_pass", burn_for_pass),
    ("use_pass", use_pass),
    ("use_pass: held", use_pass_held),
    ("close_pass", close_pass),
    ("close_pass: held", close_pass_held),
    ("propose_policy", propose_policy),
    ("apply_policy", apply_policy),
    ("cancel_policy", cancel_policy),
    ("relax_terms", relax_terms),
    ("put_poll", put_poll),
    ("put_poll: holder", put_poll_by_a_holder),
    ("put_poll: revenue", put_poll_revenue),
    ("put_poll: auction", put_poll_auction),
    ("answer_poll", answer_poll),
    ("answer_poll: withdraw", answer_poll_withdraw),
    ("apply_poll", apply_poll),
    ("apply_poll: revenue", apply_poll_revenue),
    ("apply_poll: attester", apply_poll_attester),
    ("apply_poll: auction", apply_poll_auction),
    ("apply_poll: surplus", apply_poll_surplus),
    ("apply_poll: alone", apply_poll_alone),
    ("cancel_poll", cancel_poll),
    ("close_poll", close_poll),
    ("close_poll: undercut", close_poll_undercut),
    ("heartbeat", heartbeat),
    ("set_executor", set_executor),
    ("wind_up_by_executor", wind_up_by_executor),
    ("join_endowment", join_endowment),
    ("open_estate", open_estate),
    ("collect_estate", collect_estate),
    ("close_ended: contribution", close_contribution),
    ("close_ended: round", close_ended_round),
    ("close_ended: product", close_ended_product),
    ("close_ended: approval", close_ended_approval),
    ("close_ended: names", close_ended_names),
    ("close_ended: attesters", close_ended_attesters),
    ("close_vault", close_vault),
    ("close_vault: shares", close_share_custody),
    ("close_holder", close_holder),
    ("close_holder: anybody", close_holder_anybody),
    ("close_claim", close_claim),
    ("close_claim: custody", close_claim_custody),
    ("deposit_equity", deposit_equity),
    ("release_equity", release_equity),
    ("exit_claim", exit_claim),
    ("exit_claim: attested", exit_attested),
    ("announce_auction", announce_auction),
    ("cancel_auction", cancel_auction),
    ("buy_at_auction", buy_at_auction),
    ("sync_claim", sync_claim),
    ("pay_revenue", pay_revenue),
    ("collect_dividend", collect_dividend),
    ("redeem: 1 asset", || redeem(0)),
    ("redeem: 2 assets", || redeem(1)),
    ("redeem: 8 assets", || redeem(7)),
    ("redeem: receipt", redeem_for_receipt),
    ("redeem_bearer", redeem_bearer),
];

pub(crate) fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

pub(crate) fn payer(world: &World) -> Pubkey {
    world.payer.pubkey()
}

pub(crate) fn owner(call: impl FnOnce(&mut World) -> Instruction) -> Case {
    let mut world = World::new();
    let instruction = call(&mut world);
    Case {
        world,
        instruction,
        signers: vec!["founder"],
    }
}

pub(crate) fn by<W>(world: W, instruction: Instruction, signers: &[&'static str]) -> Case<W> {
    Case {
        world,
        instruction,
        signers: signers.to_vec(),
    }
}

pub(crate) use token::*;
pub use {
    auctions::*, claims::*, ending::*, evidence::*, governance::*, grants::*, holders::*,
    identity::*, money::*, names::*, orders::*, polls::*, products::*, rounds::*, sales::*,
};
