//! What new shares must bring, deposited in the same transaction that creates them.

use {
    super::{Plan, Step},
    crate::{
        error::SdkError,
        fetch, instruction, quote,
        state::{Account, PersonalToken, RoundTerms},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Deposits of `payer` into the endowment for what it lacks, and 1 % more: what others do
/// before it lands may raise what has to be brought.
pub(super) async fn endow(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    missing: &[quote::Missing],
) -> Result<Vec<Instruction>, SdkError> {
    let mut deposits = Vec::new();
    for lack in missing {
        let amount = lack.with_margin();
        let asset = token.data.asset(lack.place)?;
        let account = instruction::asset_account(asset, payer);
        let held = fetch::balance(client, &account).await?;
        if held < lack.atoms.0 {
            return Err(SdkError::EndowmentShort {
                mint: asset.mint,
                missing: lack.atoms.0,
                decimals: asset.decimals,
            });
        }
        let amount = Atoms(amount.0.min(held));
        deposits.push(instruction::deposit_endowment(
            token,
            payer,
            &asset.mint,
            amount,
        )?);
    }
    Ok(deposits)
}

/// Issues shares to a wallet; opens its holder account where it is missing. What the
/// endowment lacks is deposited from the owner's accounts in the same transaction, and
/// 1 % more. The quote is what the shares bring.
///
/// # Errors
/// `Refused(SupplyCapExceeded)`, `Refused(YearlyRoomExceeded)`, `Refused(RoundEscrowing)`;
/// `EndowmentShort` if the owner's accounts do not cover it; `Rpc`.
pub async fn issue(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
    shares: Shares,
    paid: Atoms,
) -> Result<Plan<quote::CreationQuote>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let owner = token.data.owner;
    token.data.require_running()?;
    token.data.require_no_escrow()?;
    token.data.require_room(shares.0, now)?;
    let quoted = quote::creation(&token.data, shares, now)?;
    let mut instructions = Vec::new();
    if fetch::holder(client, &token.key, wallet).await?.is_none() {
        let open = instruction::open_holder(&token.key, payer, &owner, wallet);
        instructions.push(open);
    }
    instructions.extend(endow(client, token, &owner, &quoted.missing).await?);
    instructions.push(instruction::issue(token, wallet, shares, paid));
    Ok(Plan {
        quote: quoted,
        steps: vec![Step::new("issue shares", instructions)],
    })
}

/// Opens a round. What it locks in the endowment and what that lacks is deposited from
/// the owner's accounts in the same transaction, and 1 % more. The quote is what all of
/// its shares would bring now.
///
/// # Errors
/// `Refused` with what the program would refuse; `RoundAtBacking` for a round at the price
/// of its backing without a cap per backer; `EndowmentShort`; `Rpc`.
pub async fn open_round(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    terms: RoundTerms,
) -> Result<Plan<quote::CreationQuote>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    token.data.require_running()?;
    let quoted = quote::opening(&token.data, &terms, now)?;
    let owner = token.data.owner;
    let mut instructions = endow(client, token, &owner, &quoted.missing).await?;
    instructions.push(instruction::open_round(token, payer, terms));
    Ok(Plan {
        quote: quoted,
        steps: vec![Step::new("open round", instructions)],
    })
}
