use {
    super::{asset_account, build},
    crate::{
        address::{
            SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, bearer_account, find_approval, find_credential,
            find_holder,
        },
        error::CoreError,
        state::{Account, Approval, ApproveTransferArgs, Holder, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, error::TokenError, instruction as data},
    solana_program::instruction::Instruction,
    upside_math::{Atoms, Shares},
};

/// Opens `wallet`'s holder account. Signers: `payer`, and `authority`: the wallet
/// itself under open admission, else the owner or the registrar.
pub fn open_holder(
    token: &Pubkey,
    payer: &Pubkey,
    authority: &Pubkey,
    wallet: &Pubkey,
) -> Instruction {
    build(
        accounts::OpenHolder {
            payer: *payer,
            authority: *authority,
            wallet: *wallet,
            token: *token,
            holder: find_holder(token, wallet).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenHolder {},
    )
}

/// Opens the holder account of a wallet that has the credential which the token names.
/// Signers: `payer`, `wallet`.
pub fn open_holder_by_credential(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> Instruction {
    let (credential, schema) = (&token.data.credential, &token.data.schema);
    build(
        accounts::OpenHolderByCredential {
            opening: accounts::OpenHolder {
                payer: *payer,
                authority: *wallet,
                wallet: *wallet,
                token: token.key,
                holder: find_holder(&token.key, wallet).0,
                system_program: SYSTEM_PROGRAM,
            },
            credential: find_credential(credential, schema, wallet).0,
        },
        data::OpenHolderByCredential {},
    )
}

/// Marks a wallet's holder account as a venue, or not: at once if nobody else has shares,
/// else after the notice, by [`apply_venue`]. Signer: the owner.
pub fn set_venue(token: &Account<PersonalToken>, wallet: &Pubkey, venue: bool) -> Instruction {
    build(
        accounts::SetVenue {
            owner: token.data.owner,
            token: token.key,
            holder: find_holder(&token.key, wallet).0,
            owner_holder: find_holder(&token.key, &token.data.owner).0,
        },
        data::SetVenue { venue },
    )
}

/// Applies an announced venue mark whose notice is over. Anybody sends it.
pub fn apply_venue(token: &Pubkey, wallet: &Pubkey) -> Instruction {
    build(
        accounts::ApplyVenueAccounts {
            token: *token,
            holder: find_holder(token, wallet).0,
        },
        data::ApplyVenue {},
    )
}

/// Registers new shares to `wallet`. `paid` is what they cost elsewhere in quote
/// atoms, 0 for a gift. Signer: the owner.
pub fn issue(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    shares: Shares,
    paid: Atoms,
) -> Instruction {
    build(
        accounts::Issue {
            owner: token.data.owner,
            token: token.key,
            holder: find_holder(&token.key, wallet).0,
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::Issue {
            shares: shares.0,
            paid: paid.0,
        },
    )
}

/// Moves registered shares with their part of the cost. Signer: `from`. `approval` where
/// the token's policy asks for one.
pub fn transfer_shares(
    token: &Pubkey,
    from: &Pubkey,
    to: &Pubkey,
    shares: Shares,
    approval: Option<&Account<Approval>>,
) -> Instruction {
    transfer_shares_at(token, from, to, shares, None, approval)
}

/// The same with the cost that goes along, in atoms of the quote mint, at most the sender's;
/// `None` for the shares' part of it. Of all shares all of it goes.
pub fn transfer_shares_at(
    token: &Pubkey,
    from: &Pubkey,
    to: &Pubkey,
    shares: Shares,
    cost: Option<Atoms>,
    approval: Option<&Account<Approval>>,
) -> Instruction {
    build(
        accounts::TransferShares {
            wallet: *from,
            token: *token,
            from: find_holder(token, from).0,
            to: find_holder(token, to).0,
            approval: approval.map(|approval| approval.key),
            approval_rent_payer: approval.map(|approval| approval.data.rent_payer),
        },
        data::TransferShares {
            shares: shares.0,
            cost: cost.map(|cost| cost.0),
        },
    )
}

/// Whether a transfer between two holders uses an approval up; `false` too if the policy
/// refuses it.
///
/// # Errors
/// `Refused` where the token's policy byte is unknown.
pub fn needs_approval(
    token: &PersonalToken,
    from: &Holder,
    to: &Holder,
) -> Result<bool, CoreError> {
    match token.needs_approval(from, to) {
        Err(TokenError::TransferClosed) => Ok(false),
        needs => Ok(needs?),
    }
}

/// Approves one transfer. Signers: `payer`, the owner.
pub fn approve_transfer(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    args: ApproveTransferArgs,
) -> Instruction {
    build(
        accounts::ApproveTransfer {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            approval: find_approval(&token.key, &args.from, &args.to).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::ApproveTransfer { args },
    )
}

/// Takes an unused approval back. Signer: the owner.
pub fn revoke_approval(
    token: &Account<PersonalToken>,
    approval: &Account<Approval>,
) -> Instruction {
    build(
        accounts::RevokeApproval {
            owner: token.data.owner,
            token: token.key,
            approval: approval.key,
            rent_payer: approval.data.rent_payer,
        },
        data::RevokeApproval {},
    )
}

fn move_bearer(token: &Account<PersonalToken>, wallet: &Pubkey) -> accounts::MoveBearerAccounts {
    accounts::MoveBearerAccounts {
        wallet: *wallet,
        token: token.key,
        holder: find_holder(&token.key, wallet).0,
        wallet_tokens: bearer_account(&token.key, wallet),
        share_custody: token.data.share_custody,
        mint: token.data.mint,
        token_2022_program: TOKEN_2022_PROGRAM,
    }
}

/// Registered shares to bearer tokens in the wallet's associated account, which
/// must exist. Signer: `wallet`.
pub fn withdraw(token: &Account<PersonalToken>, wallet: &Pubkey, shares: Shares) -> Instruction {
    build(
        move_bearer(token, wallet),
        data::Withdraw { shares: shares.0 },
    )
}

/// Registers deposited shares of `wallet` that have waited out their day. No signer.
pub fn warm_up(token: &Pubkey, wallet: &Pubkey) -> Instruction {
    build(
        accounts::WarmUp {
            token: *token,
            holder: find_holder(token, wallet).0,
        },
        data::WarmUp {},
    )
}

/// Bearer tokens back into custody, to warm for a day. Signer: `wallet`.
pub fn deposit(token: &Account<PersonalToken>, wallet: &Pubkey, shares: Shares) -> Instruction {
    build(
        move_bearer(token, wallet),
        data::Deposit { shares: shares.0 },
    )
}

/// Pays out what the stream of one payout mint released to `wallet`, into its
/// associated account, which must exist. Signer: `wallet`.
///
/// # Errors
/// `Refused(AssetNotListed)` where the mint is not listed.
pub fn collect_dividend(
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    mint: &Pubkey,
) -> Result<Instruction, CoreError> {
    let asset = token.data.asset(token.data.asset_of(mint)?)?;
    Ok(build(
        accounts::CollectDividend {
            wallet: *wallet,
            token: token.key,
            holder: find_holder(&token.key, wallet).0,
            destination: asset_account(asset, wallet),
            vault: asset.vault,
            mint: asset.mint,
            token_program: asset.token_program(),
        },
        data::CollectDividend {},
    ))
}
