//! Addresses that follow from others, for the IDL: Anchor notes only those that it proves
//! itself with seeds, and the programs prove theirs by what they stored, which is cheaper.
//!
//! `tests/tests/suite/idl.rs` derives every address that is noted here for every call of the
//! cases, and compares.

use {
    anchor_lang::prelude::Pubkey,
    anchor_lang_idl::types::{
        Idl, IdlInstructionAccount, IdlInstructionAccountItem, IdlPda, IdlSeed, IdlSeedAccount,
        IdlSeedConst,
    },
    personal_token::seeds::{self as token, ASSOCIATED_TOKEN_PROGRAM, TOKEN_2022_PROGRAM},
    pooled_index::seeds as index,
};

/// One part of an address.
#[derive(Clone, Copy)]
enum Seed {
    /// These bytes.
    Text(&'static [u8]),
    /// This key.
    Key(Pubkey),
    /// The account in this slot of the instruction.
    Slot(&'static str),
    /// The account in the first of these slots that the instruction has: whose account it is
    /// differs in name.
    Any(&'static [&'static str]),
}

use Seed::{Any, Key, Slot, Text};

/// How the address in a slot is made.
enum Made {
    /// It is always this one.
    Fixed(Pubkey),
    /// By this program from these seeds.
    By(Option<Pubkey>, &'static [Seed]),
}

/// A slot whose address follows from the others'.
struct Rule {
    slot: &'static str,
    made: Made,
    /// Instructions in which it is another account.
    except: &'static [&'static str],
}

const fn rule(slot: &'static str, made: Made) -> Rule {
    Rule {
        slot,
        made,
        except: &[],
    }
}

const fn but(slot: &'static str, made: Made, except: &'static [&'static str]) -> Rule {
    Rule { slot, made, except }
}

const fn own(seeds: &'static [Seed]) -> Made {
    Made::By(None, seeds)
}

const fn associated(seeds: &'static [Seed; 3]) -> Made {
    Made::By(Some(ASSOCIATED_TOKEN_PROGRAM), seeds)
}

const WALLETS: Seed = Any(&[
    "wallet",
    "backer",
    "buyer",
    "bidder",
    "beneficiary",
    "payer",
    "owner",
    "authority",
]);

const PERSONAL_TOKEN_RULES: &[Rule] = &[
    rule("token_2022_program", Made::Fixed(TOKEN_2022_PROGRAM)),
    but(
        "mint",
        own(&[Text(token::MINT), Slot("token")]),
        &[
            "add_asset",
            "buy_at_auction",
            "buy_pass",
            "close_claim",
            "close_vault",
            "collect_dividend",
            "collect_estate",
            "deposit_endowment",
            "deposit_equity",
            "deposit_reserve",
            "note_immovable",
            "pay_revenue",
            "release_equity",
            "withdraw_endowment",
        ],
    ),
    rule(
        "share_custody",
        associated(&[Slot("token"), Key(TOKEN_2022_PROGRAM), Slot("mint")]),
    ),
    but(
        "holder",
        own(&[Text(token::HOLDER), Slot("token"), WALLETS]),
        &[
            "cancel_bid",
            "cancel_sale",
            "issue",
            "open_sale",
            "put_poll",
            "set_venue",
        ],
    ),
    rule(
        "seller_holder",
        own(&[Text(token::HOLDER), Slot("token"), Slot("seller")]),
    ),
    rule(
        "buyer_holder",
        own(&[Text(token::HOLDER), Slot("token"), Slot("buyer")]),
    ),
    rule(
        "bidder_holder",
        own(&[Text(token::HOLDER), Slot("token"), Slot("bidder")]),
    ),
    rule(
        "owner_holder",
        own(&[Text(token::HOLDER), Slot("token"), Slot("owner")]),
    ),
    rule(
        "new_holder",
        own(&[Text(token::HOLDER), Slot("token"), Slot("new_owner")]),
    ),
    rule("attesters", own(&[Text(token::ATTESTERS), Slot("token")])),
    rule("naming", own(&[Text(token::NAMING), Slot("token")])),
    rule(
        "contribution",
        own(&[Text(token::CONTRIBUTION), Slot("round"), WALLETS]),
    ),
    rule(
        "order",
        own(&[Text(token::ORDER), Slot("token"), Slot("wallet")]),
    ),
    rule("pass", own(&[Text(token::PASS), Slot("product"), WALLETS])),
    rule(
        "attestation",
        own(&[Text(token::ATTESTATION), Slot("claim"), Slot("attester")]),
    ),
    rule(
        "identity",
        own(&[Text(token::IDENTITY), Slot("token"), Slot("attester")]),
    ),
    rule("token", own(&[Text(token::TOKEN), Slot("creator")])),
    rule(
        "quote_vault",
        associated(&[
            Slot("token"),
            Slot("quote_token_program"),
            Slot("quote_mint"),
        ]),
    ),
    rule(
        "payment",
        associated(&[WALLETS, Slot("quote_token_program"), Slot("quote_mint")]),
    ),
    rule(
        "vault",
        associated(&[Slot("token"), Slot("token_program"), Slot("mint")]),
    ),
    rule(
        "claim_vault",
        associated(&[Slot("claim"), Slot("token_program"), Slot("mint")]),
    ),
    rule(
        "wallet_tokens",
        associated(&[Slot("wallet"), Key(TOKEN_2022_PROGRAM), Slot("mint")]),
    ),
];

/// Instructions in which mint, vault and token program are those of what stands in a slot, and
/// not of the shares.
const MINTS_OF_SLOTS: &[&str] = &[
    "add_mint",
    "collect_equal_share",
    "collect_wound_up",
    "harvest",
    "harvest_wrapped",
    "redeem_wound_up",
    "unwrap_slot",
    "unwrap_tickets",
    "wrap",
];

const POOLED_INDEX_RULES: &[Rule] = &[
    rule("token_2022_program", Made::Fixed(TOKEN_2022_PROGRAM)),
    rule("personal_token_program", Made::Fixed(personal_token::ID)),
    but(
        "token_program",
        Made::Fixed(TOKEN_2022_PROGRAM),
        MINTS_OF_SLOTS,
    ),
    but(
        "mint",
        own(&[Text(index::SHARES), Slot("index")]),
        MINTS_OF_SLOTS,
    ),
    but(
        "share_account",
        associated(&[WALLETS, Key(TOKEN_2022_PROGRAM), Slot("mint")]),
        &["accept_membership", "finish_basket", "launch"],
    ),
    but(
        "vault",
        associated(&[Slot("index"), Key(TOKEN_2022_PROGRAM), Slot("mint")]),
        MINTS_OF_SLOTS,
    ),
    rule(
        "membership",
        own(&[Text(index::MEMBERSHIP), Slot("index"), Slot("token")]),
    ),
    rule("lock", own(&[Text(index::LOCK), Slot("index"), WALLETS])),
    rule(
        "candidacy",
        own(&[Text(index::CANDIDACY), Slot("index"), Slot("candidate")]),
    ),
    rule("rebalance", own(&[Text(index::REBALANCE), Slot("index")])),
    rule("wrapper", own(&[Text(index::WRAPPER), Slot("ticket_mint")])),
    rule(
        "holder",
        Made::By(
            Some(personal_token::ID),
            &[Text(token::HOLDER), Slot("token"), Slot("index")],
        ),
    ),
];

/// Notes the addresses that follow from others.
pub fn note(idl: &mut Idl) {
    let rules = match idl.metadata.name.as_str() {
        "personal_token" => PERSONAL_TOKEN_RULES,
        _ => POOLED_INDEX_RULES,
    };
    for instruction in &mut idl.instructions {
        let mut slots = Vec::new();
        names(&instruction.accounts, &mut slots);
        let fits = |rule: &&Rule| !rule.except.contains(&instruction.name.as_str());
        for rule in rules.iter().filter(fits) {
            for item in &mut instruction.accounts {
                note_item(item, rule, &slots);
            }
        }
    }
}

/// The slots of which seeds may be made: what may be left out makes no address.
fn names(items: &[IdlInstructionAccountItem], slots: &mut Vec<String>) {
    for item in items {
        match item {
            IdlInstructionAccountItem::Single(account) if account.optional => {}
            IdlInstructionAccountItem::Single(account) => slots.push(account.name.clone()),
            IdlInstructionAccountItem::Composite(list) => names(&list.accounts, slots),
        }
    }
}

fn note_item(item: &mut IdlInstructionAccountItem, rule: &Rule, slots: &[String]) {
    match item {
        IdlInstructionAccountItem::Composite(list) => {
            for item in &mut list.accounts {
                note_item(item, rule, slots);
            }
        }
        IdlInstructionAccountItem::Single(account) if account.name == rule.slot => {
            apply(account, &rule.made, slots);
        }
        IdlInstructionAccountItem::Single(_) => {}
    }
}

fn apply(account: &mut IdlInstructionAccount, made: &Made, slots: &[String]) {
    match made {
        Made::Fixed(key) => account.address = Some(key.to_string()),
        Made::By(program, seeds) => {
            let own = account.name.as_str();
            let seeds: Option<Vec<_>> = seeds.iter().map(|it| seed(*it, own, slots)).collect();
            let Some(seeds) = seeds else { return };
            account.pda = Some(IdlPda {
                seeds,
                program: program.map(|key| constant(key.to_bytes().to_vec())),
            });
        }
    }
}

/// A seed in the IDL's form; `None` if the instruction has no such slot.
fn seed(seed: Seed, own: &str, slots: &[String]) -> Option<IdlSeed> {
    let slot = |name: &&str| **name != *own && slots.iter().any(|slot| slot == name);
    let named = match seed {
        Text(text) => return Some(constant(text.to_vec())),
        Key(key) => return Some(constant(key.to_bytes().to_vec())),
        Slot(name) => Some(name).filter(slot),
        Any(names) => names.iter().copied().find(slot),
    };
    Some(IdlSeed::Account(IdlSeedAccount {
        path: named?.to_owned(),
        account: None,
    }))
}

fn constant(value: Vec<u8>) -> IdlSeed {
    IdlSeed::Const(IdlSeedConst { value })
}
