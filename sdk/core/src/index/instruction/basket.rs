use {
    super::{super::*, build, listed, place_of, shares, with_constituents},
    crate::{address::SYSTEM_PROGRAM, error::CoreError, state::Account},
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

/// Opens a basket for a contribution of `shares` share atoms until `deadline` (unix
/// seconds). Signer: `wallet`.
pub fn open_basket(
    index: &Pubkey,
    wallet: &Pubkey,
    nonce: u64,
    shares: u64,
    deadline: i64,
) -> Instruction {
    build(
        accounts::OpenBasket {
            wallet: *wallet,
            index: *index,
            basket: find_basket(index, wallet, nonce).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenBasket {
            nonce,
            shares,
            deadline,
        },
    )
}

/// Puts atoms into a basket, by slot. Signer: `wallet`.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn deposit(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    nonce: u64,
    amounts: Vec<(u8, u64)>,
) -> Result<Instruction, CoreError> {
    let slots: Vec<u8> = amounts.iter().map(|(slot, _)| *slot).collect();
    let accounts = accounts::Deposit {
        wallet: *wallet,
        index: index.key,
        basket: find_basket(&index.key, wallet, nonce).0,
        personal_token_program: PERSONAL_TOKEN,
    };
    let amounts = listed(amounts);
    let deposit = build(accounts, data::Deposit { amounts });
    with_constituents(deposit, &index.data, slots, wallet)
}

/// Turns a wallet's basket into shares. Signer: `authority`, anybody for the shares
/// that the basket asks for, its wallet for any.
pub fn finish_basket(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    nonce: u64,
    authority: &Pubkey,
    share_atoms: u64,
) -> Instruction {
    build(
        accounts::FinishBasket {
            authority: *authority,
            shares: shares(index, wallet),
            basket: find_basket(&index.key, wallet, nonce).0,
            // A basket's wallet pays for it.
            rent_payer: *wallet,
        },
        data::FinishBasket {
            shares: share_atoms,
        },
    )
}

/// Gives a wallet's contribution up. Signer: `authority`, the basket's wallet or after
/// its deadline anybody.
pub fn cancel_basket(
    index: &Pubkey,
    wallet: &Pubkey,
    nonce: u64,
    authority: &Pubkey,
) -> Instruction {
    build(
        accounts::CancelBasket {
            authority: *authority,
            index: *index,
            basket: find_basket(index, wallet, nonce).0,
        },
        data::CancelBasket {},
    )
}

/// Burns shares for a basket that owes the wallet its part. Signer: `wallet`.
pub fn redeem_to_basket(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    nonce: u64,
    args: RedeemArgs,
) -> Instruction {
    build(
        accounts::RedeemToBasket {
            wallet: *wallet,
            shares: shares(index, wallet),
            basket: find_basket(&index.key, wallet, nonce).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::RedeemToBasket { nonce, args },
    )
}

/// Pays slots of a wallet's payout to its own accounts. No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn withdraw_basket(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    nonce: u64,
    slots: Vec<u8>,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::WithdrawBasket {
        wallet: None,
        index: index.key,
        basket: find_basket(&index.key, wallet, nonce).0,
        personal_token_program: PERSONAL_TOKEN,
    };
    let places = slots.clone();
    let slots = SlotList(slots);
    let withdraw = build(accounts, data::WithdrawBasket { slots });
    with_constituents(withdraw, &index.data, places, wallet)
}

/// Pays slots of a wallet's payout to any token accounts and holder accounts. Signer:
/// `wallet`.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn withdraw_basket_to(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    nonce: u64,
    slots: &[(u8, Pubkey)],
) -> Result<Instruction, CoreError> {
    let numbers = slots.iter().map(|(slot, _)| *slot);
    let mut withdraw = withdraw_basket(index, wallet, nonce, numbers.collect())?;
    // An optional account that is left out is the program's own address.
    if let Some(signer) = withdraw.accounts.first_mut() {
        *signer = AccountMeta::new_readonly(*wallet, true);
    }
    for (slot, place) in slots {
        let own = place_of(index.data.constituent(*slot)?, wallet);
        for account in &mut withdraw.accounts {
            if account.pubkey == own {
                account.pubkey = *place;
            }
        }
    }
    Ok(withdraw)
}

/// Closes a wallet's empty payout; the wallet gets the rent back. No signer.
pub fn close_basket(index: &Pubkey, wallet: &Pubkey, nonce: u64) -> Instruction {
    build(
        accounts::CloseBasket {
            index: *index,
            basket: find_basket(index, wallet, nonce).0,
            rent_payer: *wallet,
        },
        data::CloseBasket {},
    )
}
