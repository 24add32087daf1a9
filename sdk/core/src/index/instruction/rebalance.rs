use {
    super::{super::*, build, constituent},
    crate::{
        address::{SYSTEM_PROGRAM, find_mint},
        error::CoreError,
        state::Account,
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

/// Begins a draft of orders. Signers: the curator, and `payer` the first time.
pub fn open_rebalance(index: &Account<PooledIndex>, payer: &Pubkey) -> Instruction {
    build(
        accounts::OpenRebalance {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            rebalance: find_rebalance(&index.key).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenRebalance {},
    )
}

/// Adds at most [`MAX_ORDERS_ADDED`] orders to the draft. Signer: the curator.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn add_orders(
    index: &Account<PooledIndex>,
    orders: Vec<OrderInput>,
) -> Result<Instruction, CoreError> {
    let mut persons = Vec::new();
    for order in &orders {
        let slot = index.data.constituent(order.slot)?;
        if slot.kind()? == SlotKind::Personal {
            persons.push(AccountMeta::new_readonly(slot.key, false));
            persons.push(AccountMeta::new_readonly(find_mint(&slot.key).0, false));
        }
    }
    let accounts = accounts::AddOrders {
        curator: index.data.curator,
        index: index.key,
        rebalance: find_rebalance(&index.key).0,
    };
    let mut add = build(accounts, data::AddOrders { orders });
    add.accounts.extend(persons);
    Ok(add)
}

/// Announces the draft whose hash is in `args`. Signer: the curator.
pub fn seal_rebalance(index: &Account<PooledIndex>, args: SealArgs) -> Instruction {
    build(
        accounts::SealRebalance {
            curator: index.data.curator,
            index: index.key,
            mint: index.data.mint,
            rebalance: find_rebalance(&index.key).0,
        },
        data::SealRebalance { args },
    )
}

fn restrict(index: &Pubkey, authority: &Pubkey) -> accounts::RestrictRebalanceAccounts {
    accounts::RestrictRebalanceAccounts {
        authority: *authority,
        index: *index,
        rebalance: find_rebalance(index).0,
    }
}

/// Raises the low of a slot that is sold, or lowers the high of one that is bought, to
/// `value` (Q64.64). Signer: `authority`, the launcher or the curator.
pub fn tighten_order(
    index: &Pubkey,
    authority: &Pubkey,
    nonce: u64,
    slot: u8,
    value: u128,
) -> Instruction {
    let data = data::TightenOrder { nonce, slot, value };
    build(restrict(index, authority), data)
}

/// Ends a rebalance. Signer: `authority`, the launcher or the curator, or once it is
/// over anybody.
pub fn end_rebalance(index: &Pubkey, authority: &Pubkey, nonce: u64) -> Instruction {
    build(restrict(index, authority), data::EndRebalance { nonce })
}

/// Trades with the index. Signer: `wallet`, whose accounts of both slots must exist.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn bid(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    args: BidArgs,
) -> Result<Instruction, CoreError> {
    let mut bid = bidding(index, wallet, args, None)?;
    bid.accounts
        .extend(constituent(&index.data, args.sell, wallet)?);
    Ok(bid)
}

/// The same, but what is taken stays in the wallet's basket of the number in `args`, to
/// be paid out once it can move. Signer: `wallet`, whose account of the slot that it
/// gives must exist.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn bid_to_basket(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    args: BidArgs,
) -> Result<Instruction, CoreError> {
    let basket = find_basket(&index.key, wallet, args.basket_number).0;
    let mut bid = bidding(index, wallet, args, Some(basket))?;
    let sold = index.data.constituent(args.sell)?;
    if sold.kind()? == SlotKind::Personal {
        bid.accounts
            .push(AccountMeta::new_readonly(sold.key, false));
        bid.accounts
            .push(AccountMeta::new_readonly(sold.custody, false));
    }
    Ok(bid)
}

fn bidding(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    args: BidArgs,
    basket: Option<Pubkey>,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::Bid {
        wallet: *wallet,
        index: index.key,
        mint: index.data.mint,
        rebalance: find_rebalance(&index.key).0,
        basket,
        personal_token_program: PERSONAL_TOKEN,
        system_program: SYSTEM_PROGRAM,
    };
    let mut bid = build(accounts, data::Bid { args });
    bid.accounts
        .extend(constituent(&index.data, args.buy, wallet)?);
    Ok(bid)
}
