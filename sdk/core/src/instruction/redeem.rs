use {
    super::{asset_account, build},
    crate::{
        address::{
            SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, bearer_account, find_holder,
            find_receipt,
        },
        error::CoreError,
        state::{Account, Holder, PersonalToken, RedeemArgs},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

fn redeeming(token: &Account<PersonalToken>, wallet: &Pubkey) -> accounts::RedeemingAccounts {
    accounts::RedeemingAccounts {
        wallet: *wallet,
        token: token.key,
        mint: token.data.mint,
        token_2022_program: TOKEN_2022_PROGRAM,
        token_program: TOKEN_PROGRAM,
    }
}

fn redeem_accounts(token: &Account<PersonalToken>, wallet: &Pubkey) -> accounts::Redeem {
    accounts::Redeem {
        redeeming: redeeming(token, wallet),
        holder: find_holder(&token.key, wallet).0,
        share_custody: token.data.share_custody,
    }
}

/// Mint, vault and destination of every listed asset that is not forgone.
fn with_assets(
    mut instruction: Instruction,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    forgone: u8,
) -> Result<Instruction, CoreError> {
    for (place, asset) in token.data.listed()?.iter().enumerate() {
        if (forgone >> place) & 1 == 0 {
            instruction.accounts.extend([
                AccountMeta::new_readonly(asset.mint, false),
                AccountMeta::new(asset.vault, false),
                AccountMeta::new(asset_account(asset, wallet), false),
            ]);
        }
    }
    Ok(instruction)
}

/// Redeems registered shares into the wallet's associated accounts of all listed
/// assets, which must exist. Signer: `wallet`.
///
/// # Errors
/// `Refused(InvariantBroken)` where the token's list does not decode.
pub fn redeem(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    args: RedeemArgs,
) -> Result<Instruction, CoreError> {
    let accounts = redeem_accounts(token, wallet);
    let call = build(accounts, data::Redeem { args });
    with_assets(call, token, wallet, args.forgone)
}

/// [`redeem`] in a wind-down with estates: makes the wallet's next receipt, whose rent
/// `payer` pays. Signers: `payer`, the wallet.
///
/// # Errors
/// As [`redeem`].
pub fn redeem_for_receipt(
    token: &Account<PersonalToken>,
    holder: &Account<Holder>,
    payer: &Pubkey,
    args: RedeemArgs,
) -> Result<Instruction, CoreError> {
    let (wallet, number) = (&holder.data.wallet, holder.data.receipts);
    let mut call = redeem(token, wallet, args)?;
    call.accounts.extend([
        AccountMeta::new(find_receipt(&token.key, wallet, number).0, false),
        AccountMeta::new(*payer, true),
        AccountMeta::new_readonly(SYSTEM_PROGRAM, false),
    ]);
    Ok(call)
}

/// Redeems bearer tokens straight from the wallet's associated account. Signer:
/// `wallet`, which needs no holder account.
///
/// # Errors
/// As [`redeem`].
pub fn redeem_bearer(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    args: RedeemArgs,
) -> Result<Instruction, CoreError> {
    let accounts = accounts::RedeemBearer {
        redeeming: redeeming(token, wallet),
        wallet_tokens: bearer_account(&token.key, wallet),
    };
    with_assets(
        build(accounts, data::RedeemBearer { args }),
        token,
        wallet,
        args.forgone,
    )
}
