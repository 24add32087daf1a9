use {
    super::{super::*, build},
    crate::{
        address::{
            ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM,
            find_associated, find_claim, find_grant, find_receipt,
        },
        error::CoreError,
        state::{Account, Claim, Holder, PersonalToken, Receipt},
    },
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

/// Mint and payout vault of each stream of a person that is in a coin which is collected
/// now: what shows whether a person's slot moves.
pub fn payout_vaults(
    index: &PooledIndex,
    token: &PersonalToken,
) -> Result<Vec<AccountMeta>, CoreError> {
    let mut accounts = Vec::new();
    for stream in token.active_streams()? {
        let asset = token.asset(usize::from(stream.asset))?;
        let coin = index.coin_of(&asset.mint);
        let collected = coin.and_then(|place| index.collected(index.book(place)?.slot));
        if collected.is_ok() {
            accounts.push(AccountMeta::new_readonly(asset.mint, false));
            accounts.push(AccountMeta::new_readonly(asset.vault, false));
        }
    }
    Ok(accounts)
}

fn with_payouts(
    mut instruction: Instruction,
    index: &PooledIndex,
    token: Option<&PersonalToken>,
) -> Result<Instruction, CoreError> {
    if let Some(token) = token {
        instruction.accounts.extend(payout_vaults(index, token)?);
    }
    Ok(instruction)
}

/// Notes whether the state shows that a slot cannot move; `token` is the person in it. No
/// signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn note_stuck(
    index: &Account<PooledIndex>,
    slot: u8,
    token: Option<&PersonalToken>,
) -> Result<Instruction, CoreError> {
    let constituent = index.data.constituent(slot)?;
    let accounts = accounts::NoteStuckAccounts {
        index: index.key,
        constituent: constituent.key,
        custody: constituent.custody,
    };
    let note = build(accounts, data::NoteStuck { slot });
    with_payouts(note, &index.data, token)
}

/// Wraps a slot that was noted as stuck a notice ago; `token` is the person in it.
/// `payer` signs.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn wrap(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    slot: u8,
    token: Option<&PersonalToken>,
) -> Result<Instruction, CoreError> {
    let constituent = index.data.constituent(slot)?;
    let tickets = find_tickets(&index.key, index.data.wraps).0;
    let accounts = accounts::WrapAccounts {
        payer: *payer,
        index: index.key,
        wrapper: find_wrapper(&tickets).0,
        ticket_mint: tickets,
        vault: find_associated(&index.key, &tickets, &TOKEN_PROGRAM).0,
        constituent: constituent.key,
        custody: constituent.custody,
        token_program: TOKEN_PROGRAM,
        associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
        system_program: SYSTEM_PROGRAM,
    };
    let wrap = build(accounts, data::Wrap { slot });
    with_payouts(wrap, &index.data, token)
}

/// Collects what a wrapped person owes in the asset at `payout` of the token's list. No
/// signer.
///
/// # Errors
/// `Refused(AssetNotListed)`; `IndexRefused(NotACoin)` for a mint that is none.
pub fn harvest_wrapped(
    index: &Account<PooledIndex>,
    wrapper: &Account<Wrapper>,
    token: &PersonalToken,
    payout: usize,
) -> Result<Instruction, CoreError> {
    let asset = token.asset(payout)?;
    let coin = index.data.book(index.data.pot_place(&asset.mint)?)?;
    let coin = index.data.constituent(coin.slot)?;
    let accounts = accounts::HarvestWrappedAccounts {
        index: index.key,
        wrapper: wrapper.key,
        token: wrapper.data.key,
        holder: wrapper.data.custody,
        mint: asset.mint,
        payout_vault: asset.vault,
        vault: coin.custody,
        token_program: coin.token_program(),
        personal_token_program: PERSONAL_TOKEN,
    };
    Ok(build(accounts, data::HarvestWrapped {}))
}

/// Burns tickets of `wallet`, which signs, for what they stand for. `supply` are the
/// tickets in existence: they tell of which pots something comes.
///
/// # Errors
/// `IndexRefused(InsufficientShares)`.
pub fn unwrap_tickets(
    index: &Account<PooledIndex>,
    wrapper: &Account<Wrapper>,
    wallet: &Pubkey,
    supply: u64,
    args: UnwrapTicketsArgs,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::UnwrapTicketsAccounts {
        wallet: *wallet,
        index: index.key,
        wrapper: wrapper.key,
        ticket_mint: wrapper.data.mint,
        from: find_associated(wallet, &wrapper.data.mint, &TOKEN_PROGRAM).0,
        token_program: TOKEN_PROGRAM,
        personal_token_program: PERSONAL_TOKEN,
    };
    let mut unwrap = build(accounts, data::UnwrapTickets { args });
    let accounts = &mut unwrap.accounts;
    accounts.extend(super::accounts_of(&wrapper.data.original(), wallet)?);
    let part = wrapper.data.with_supply(supply).part(args.tickets)?;
    for (place, pot) in (0u8..).zip(part.pots) {
        if pot > 0 && args.forgone & (1 << place) == 0 {
            let coin = index.data.constituent(index.data.book(place)?.slot)?;
            accounts.extend(super::accounts_of(coin, wallet)?);
        }
    }
    Ok(unwrap)
}

/// A wrapped slot that moves again becomes itself; `token` is the person that is wrapped.
/// No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn unwrap_slot(
    index: &Account<PooledIndex>,
    wrapper: &Account<Wrapper>,
    token: Option<&PersonalToken>,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::UnwrapSlotAccounts {
        index: index.key,
        wrapper: wrapper.key,
        ticket_mint: wrapper.data.mint,
        vault: index.data.constituent(wrapper.data.slot)?.custody,
        constituent: wrapper.data.key,
        custody: wrapper.data.custody,
        rent_payer: wrapper.data.rent_payer,
        token_program: TOKEN_PROGRAM,
    };
    let unwrap = build(accounts, data::UnwrapSlot {});
    with_payouts(unwrap, &index.data, token)
}

/// Closes a wrapper of which no ticket is left. No signer.
pub fn close_wrapper(index: &Pubkey, wrapper: &Account<Wrapper>) -> Instruction {
    let accounts = accounts::CloseWrapperAccounts {
        index: *index,
        wrapper: wrapper.key,
        ticket_mint: wrapper.data.mint,
        rent_payer: wrapper.data.rent_payer,
    };
    build(accounts, data::CloseWrapper {})
}

/// Redeems the index's shares of the person in a slot, who is in wind-down; `holder` is the
/// index's holder account. `payer` signs and pays the rent of a receipt.
///
/// # Errors
/// `IndexRefused(NoSlotForAsset)`, `IndexRefused(NotAConstituent)`.
pub fn redeem_wound_up(
    index: &Account<PooledIndex>,
    payer: &Pubkey,
    slot: u8,
    token: &Account<PersonalToken>,
    holder: &Holder,
) -> Result<Instruction, CoreError> {
    let constituent = index.data.constituent(slot)?;
    let person = &token.data;
    let accounts = accounts::RedeemWoundUpAccounts {
        payer: *payer,
        index: index.key,
        token: token.key,
        holder: constituent.custody,
        mint: person.mint,
        share_custody: person.share_custody,
        token_2022_program: TOKEN_2022_PROGRAM,
        token_program: TOKEN_PROGRAM,
        personal_token_program: PERSONAL_TOKEN,
        system_program: SYSTEM_PROGRAM,
    };
    let mut redeem = build(accounts, data::RedeemWoundUp { slot });
    let claims = (0..person.claims).map(|number| find_claim(&token.key, number).0);
    let grants = (0..person.grants).map(|number| find_grant(&token.key, number).0);
    let proofs = claims.chain(grants);
    redeem
        .accounts
        .extend(proofs.map(|key| AccountMeta::new_readonly(key, false)));
    let paid = person.share_out(constituent.counter, 0)?.paid;
    for (asset, paid) in person.listed()?.iter().zip(paid) {
        if paid == 0 {
            continue;
        }
        let cash = index.data.slot_of(&asset.mint);
        let cash = cash.map_err(|_| IndexError::NoSlotForAsset)?;
        redeem.accounts.extend([
            AccountMeta::new_readonly(asset.mint, false),
            AccountMeta::new(asset.vault, false),
            AccountMeta::new(index.data.constituent(cash)?.custody, false),
        ]);
    }
    if person.estates > 0 {
        let receipt = find_receipt(&token.key, &index.key, holder.receipts).0;
        redeem.accounts.push(AccountMeta::new(receipt, false));
    }
    Ok(redeem)
}

/// Collects the index's part of a wound-up person's custody by its receipt. No signer.
///
/// # Errors
/// `IndexRefused(NoSlotForAsset)`.
pub fn collect_wound_up(
    index: &Account<PooledIndex>,
    claim: &Account<Claim>,
    receipt: &Account<Receipt>,
    token_program: &Pubkey,
) -> Result<Instruction, CoreError> {
    let mint = claim.data.mint;
    let slot = index.data.slot_of(&mint);
    let slot = slot.map_err(|_| IndexError::NoSlotForAsset)?;
    let accounts = accounts::CollectWoundUpAccounts {
        index: index.key,
        token: claim.data.token,
        claim: claim.key,
        receipt: receipt.key,
        rent_payer: receipt.data.rent_payer,
        claim_vault: find_associated(&claim.key, &mint, token_program).0,
        vault: index.data.constituent(slot)?.custody,
        mint,
        token_program: *token_program,
        personal_token_program: PERSONAL_TOKEN,
    };
    Ok(build(accounts, data::CollectWoundUp {}))
}
