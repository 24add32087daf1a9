//! What new shares must bring, deposited in the same transaction that creates them.

use {
    super::{Plan, Step},
    crate::{
        address::find_holder,
        error::SdkError,
        fetch, instruction, lookup_table, quote,
        state::{Account, PROGRAM_ID, PersonalToken, RoundTerms},
    },
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Most issues in one transaction: they stay far below the limit of compute units.
const MOST_ISSUES: usize = 16;

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

/// Shares for one holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Who receives them.
    pub wallet: Pubkey,
    /// How many.
    pub shares: Shares,
    /// What was paid for them elsewhere, in quote atoms.
    pub paid: Atoms,
}

/// Issues shares to wallets, to as many in one transaction as fit; opens holder accounts
/// where they are missing. What the endowment lacks for all of them is deposited from the
/// owner's accounts in the first transaction, and 1 % more. The quote is what the shares
/// bring.
///
/// # Errors
/// `Refused(SupplyCapExceeded)`, `Refused(YearlyRoomExceeded)`, `Refused(RoundEscrowing)`;
/// `EndowmentShort` if the owner's accounts do not cover it; `Rpc`.
pub async fn issue(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    issues: &[Issue],
) -> Result<Plan<quote::CreationQuote>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let owner = token.data.owner;
    token.data.require_running()?;
    token.data.require_no_escrow()?;
    let mut shares = Shares(0);
    for issue in issues {
        shares = shares.checked_add(issue.shares)?;
    }
    token.data.require_room(shares.0, now)?;
    let quoted = quote::creation(&token.data, shares, now)?;
    let keys = issues
        .iter()
        .map(|one| find_holder(&token.key, &one.wallet).0);
    let holders = fetch::raw(client, &keys.collect::<Vec<_>>()).await?;
    let groups = issues.iter().zip(holders).map(|(one, holder)| {
        let missing = holder.is_none_or(|raw| raw.owner != PROGRAM_ID);
        let open =
            missing.then(|| instruction::open_holder(&token.key, payer, &owner, &one.wallet));
        let issue = instruction::issue(token, &one.wallet, one.shares, one.paid);
        open.into_iter().chain([issue]).collect()
    });
    let before = endow(client, token, &owner, &quoted.missing).await?;
    let (steps, _) = lookup_table::packed("issue shares", payer, before, groups, MOST_ISSUES);
    Ok(Plan {
        quote: quoted,
        steps,
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
