use {
    super::{super::*, build, held_or_coin, shares, with_constituents},
    crate::{error::CoreError, state::Account},
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Gives of every slot for new shares: of those that have a bound. Signer: `wallet`, whose
/// share account must exist.
///
/// # Errors
/// `IndexRefused(NotAConstituent)` where the index does not decode.
pub fn contribute(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    args: ContributeArgs,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::Contribute {
        wallet: *wallet,
        shares: shares(index, wallet),
        personal_token_program: PERSONAL_TOKEN,
    };
    let slots: Vec<u8> = args.most.iter().map(|bound| bound.slot).collect();
    let contribute = build(accounts, data::Contribute { args });
    with_constituents(contribute, &index.data, slots, wallet)
}

/// Burns shares for their part of every held constituent. The accounts of empty coins are
/// there too: a harvest may land first. Signer: `wallet`, whose places for what is held
/// must exist.
///
/// # Errors
/// As [`contribute`].
pub fn redeem(
    index: &Account<PooledIndex>,
    wallet: &Pubkey,
    args: RedeemArgs,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::Redeem {
        wallet: *wallet,
        shares: shares(index, wallet),
        personal_token_program: PERSONAL_TOKEN,
    };
    let redeem = build(accounts, data::Redeem { args });
    let index = &index.data;
    with_constituents(redeem, index, held_or_coin(index), wallet)
}

/// Claims what a person's token owes the index: the dividends in the asset at
/// `payout` of the token's list, which must be cash of the index; `None` only notes
/// that nothing is collectable. No signer.
///
/// # Errors
/// `Refused(AssetNotListed)`; `IndexRefused(NotAConstituent)` for cash that the index
/// does not hold.
pub fn harvest(
    index: &Account<PooledIndex>,
    slot: u8,
    token: &Account<crate::state::PersonalToken>,
    payout: Option<usize>,
) -> Result<Instruction, CoreError> {
    let asset = payout.map(|place| token.data.asset(place)).transpose()?;
    let cash = asset.map(|asset| index.data.slot_of(&asset.mint));
    let cash = cash.transpose()?.map(|slot| index.data.constituent(slot));
    let cash = cash.transpose()?;
    let accounts = accounts::Harvest {
        index: index.key,
        token: token.key,
        holder: index.data.constituent(slot)?.custody,
        mint: asset.map(|asset| asset.mint),
        payout_vault: asset.map(|asset| asset.vault),
        vault: cash.map(|cash| cash.custody),
        token_program: cash.map(Constituent::token_program),
        personal_token_program: PERSONAL_TOKEN,
    };
    Ok(build(accounts, data::Harvest { slot }))
}
