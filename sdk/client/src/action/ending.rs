//! How a token ends: what a wind-down pays out, and what nothing needs any more.

use {
    super::{Plan, Step},
    crate::{
        address::{find_associated, find_naming},
        error::SdkError,
        fetch, instruction,
        state::{
            Account, Asset, Claim, ClaimKind, Holder, MIN_DECIMALS, NameTexts, Naming,
            PersonalToken, Receipt, TokenStatus,
        },
    },
    anchor_lang::prelude::Pubkey,
    core::mem::offset_of,
    personal_token::error::TokenError,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::Atoms,
};

/// Renames a token: at once if nobody else has shares, else from the end of the notice on,
/// by [`apply_name`]. The quote is when it counts, unix seconds.
///
/// # Errors
/// `Refused(InvalidText)`; `Rpc`.
pub async fn rename(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    texts: NameTexts,
) -> Result<Plan<i64>, SdkError> {
    texts.validate()?;
    let now = fetch::clock(client).await?.unix_timestamp;
    let alone = is_owners_alone(client, token).await?;
    let mut calls = vec![instruction::announce_name(token, payer, texts)];
    if alone {
        calls.push(instruction::apply_name(token, payer));
    }
    let notice = i64::from(token.data.terms.notice_seconds);
    Ok(Plan {
        quote: if alone {
            now
        } else {
            now.saturating_add(notice)
        },
        steps: vec![Step::new("rename", calls)],
    })
}

/// Whether nobody but the owner has shares, or is buying any.
///
/// # Errors
/// `Rpc`.
pub async fn is_owners_alone(
    client: &RpcClient,
    token: &Account<PersonalToken>,
) -> Result<bool, SdkError> {
    let holder = fetch::holder(client, &token.key, &token.data.owner).await?;
    let shares = holder.map_or(0, |holder| holder.data.shares);
    Ok(token.data.is_owners_alone(shares))
}

/// Announced and former names of a token, if there are any. Errors: `Rpc`.
pub async fn naming(
    client: &RpcClient,
    token: &Pubkey,
) -> Result<Option<Account<Naming>>, SdkError> {
    fetch::optional(client, &find_naming(token).0).await
}

/// Applies an announced name whose notice is over.
///
/// # Errors
/// `Refused(NothingToApply)`, `Refused(NoticePending)`; `Rpc`.
pub async fn apply_name(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
) -> Result<Plan<NameTexts>, SdkError> {
    let naming = naming(client, &token.key).await?;
    let naming = naming.ok_or(TokenError::NothingToApply)?.data;
    let texts = naming.announced(&token.data);
    let texts = texts.ok_or(TokenError::NothingToApply)?;
    let now = fetch::clock(client).await?.unix_timestamp;
    if now < naming.effective_at {
        return Err(TokenError::NoticePending.into());
    }
    let apply = instruction::apply_name(token, payer);
    Ok(Plan {
        quote: texts,
        steps: vec![Step::new("apply the name", vec![apply])],
    })
}

/// A wallet's receipts of a token by number. Errors: `Rpc`.
pub async fn receipts(
    client: &RpcClient,
    token: &Pubkey,
    wallet: &Pubkey,
) -> Result<Vec<Account<Receipt>>, SdkError> {
    let of_wallet = Some((offset_of!(Receipt, wallet), wallet));
    let mut found = fetch::all_with::<Receipt>(client, of_wallet).await?;
    found.retain(|one| one.data.token == *token);
    found.sort_by_key(|one| one.data.number);
    Ok(found)
}

/// In a wind-down, shares out the custody of every claim that cannot be released into the
/// reserve, and releases the rest: what to send before the first redemption. The quote is
/// how many claims it is about.
///
/// # Errors
/// `Refused(NotWoundUp)`; `Rpc`.
pub async fn share_custody_out(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
) -> Result<Plan<usize>, SdkError> {
    if token.data.status()? != TokenStatus::WindDown {
        return Err(TokenError::NotWoundUp.into());
    }
    let mut steps = Vec::new();
    for claim in fetch::claims(client, &token.key).await? {
        let data = &claim.data;
        let custody = data.kind()? == ClaimKind::TokenizedEquity && data.is_open()?;
        if !custody || data.held()? == 0 {
            continue;
        }
        let call = if token.data.asset_of(&data.mint).is_ok() {
            let mut release = instruction::release_equity(token, &claim, data.held()?)?;
            if let Some(first) = release.accounts.first_mut() {
                first.pubkey = *payer;
            }
            release
        } else {
            instruction::open_estate(&claim, payer)
        };
        steps.push(Step::new(
            format!("share out claim {}", data.number),
            vec![call],
        ));
    }
    Ok(Plan {
        quote: steps.len(),
        steps,
    })
}

/// What a receipt takes of one estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EstatePart {
    /// The claim's number.
    pub claim: u64,
    /// The receipt's number.
    pub receipt: u64,
    /// The custody's mint.
    pub mint: Pubkey,
    /// Atoms of it.
    pub units: Atoms,
}

/// Takes every part that a wallet's receipts have in estates; makes the token accounts that
/// it lacks. The wallet signs for parts of mints with fewer than 4 decimals. The quote is the
/// parts, in order.
///
/// # Errors
/// `Refused(NothingToCollect)`; `Rpc`.
pub async fn collect_estates(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> Result<Plan<Vec<EstatePart>>, SdkError> {
    let receipts = receipts(client, &token.key, wallet).await?;
    let claims = fetch::claims(client, &token.key).await?;
    let mut plan = Plan {
        quote: Vec::new(),
        steps: Vec::new(),
    };
    for claim in claims.iter().filter(|claim| claim.data.estate > 0) {
        let mint = fetch::mint(client, &claim.data.mint).await?;
        let program = mint.token_program;
        let collect = if mint.decimals < MIN_DECIMALS {
            instruction::collect_coarse_estate
        } else {
            instruction::collect_estate
        };
        // A part does not depend on the order in which receipts take theirs, but for the
        // last atom.
        let mut state = claim.data;
        for receipt in &receipts {
            let Ok(units) = state.estate_part(&token.data, &receipt.data) else {
                continue;
            };
            state.estate_collected = state.estate_collected.saturating_add(receipt.data.shares);
            state.released = state.released.saturating_add(units);
            plan.quote.push(EstatePart {
                claim: claim.data.number,
                receipt: receipt.data.number,
                mint: claim.data.mint,
                units: Atoms(units),
            });
            let mut calls = Vec::new();
            let account = find_associated(wallet, &claim.data.mint, &program).0;
            if fetch::raw(client, &[account])
                .await?
                .pop()
                .flatten()
                .is_none()
            {
                let mint = &claim.data.mint;
                calls.push(instruction::create_associated(
                    payer, wallet, mint, &program,
                ));
            }
            calls.push(collect(claim, receipt, &program));
            plan.steps.push(Step::new(
                format!("take the part of claim {}", claim.data.number),
                calls,
            ));
        }
    }
    if plan.steps.is_empty() {
        return Err(TokenError::NothingToCollect.into());
    }
    Ok(plan)
}

/// Closes the account of a claim that is over, and its vault. The quote is what lies in the
/// vault unasked, in atoms of its mint: it goes to the owner, whose account of the mint is
/// made if it is missing. `authority` is the owner; in a wind-down anybody.
///
/// # Errors
/// `Refused(ClaimNotClosed)`; `Refused(NotOver)` if more than a trifle lies in the vault,
/// which `sync_claim` books for holders; `Rpc`.
pub async fn close_claim(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    authority: &Pubkey,
) -> Result<Plan<Atoms>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let data = &claim.data;
    data.require_over(&token.data, now)?;
    let (mut left, mut calls) = (Atoms::ZERO, Vec::new());
    if data.had_custody()? {
        let (mint, owner) = (&data.mint, &token.data.owner);
        let program = fetch::mint(client, mint).await?.token_program;
        let vault = find_associated(&claim.key, mint, &program).0;
        left = Atoms(fetch::balance(client, &vault).await?);
        data.require_left(&token.data, left.0)?;
        let left_to = (!left.is_zero()).then_some(owner);
        if left_to.is_some() {
            let account = find_associated(owner, mint, &program).0;
            let there = fetch::raw(client, &[account]).await?.pop().flatten();
            if there.is_none() {
                let create = instruction::create_associated(authority, owner, mint, &program);
                calls.push(create);
            }
        }
        let close = instruction::close_claim_of(claim, authority, &program, left_to);
        calls.push(close);
    } else {
        calls.push(instruction::close_claim(claim, authority));
    }
    Ok(Plan {
        quote: left,
        steps: vec![Step::new("close claim", calls)],
    })
}

/// Closes vaults, share custody, names and attesters, when no share and no holder account is
/// left.
async fn last_calls(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    authority: &Pubkey,
) -> Result<Vec<Instruction>, SdkError> {
    let owner = token.data.owner;
    let listed = token.data.listed()?;
    let of_asset = |asset: &Asset| {
        [
            asset.vault,
            instruction::asset_account(asset, &owner),
            asset.mint,
        ]
    };
    let mut keys: Vec<Pubkey> = listed.iter().flat_map(of_asset).collect();
    keys.push(token.data.share_custody);
    let found = fetch::raw(client, &keys).await?;
    let (by_asset, custody) = found.as_chunks::<3>();
    let mut calls = Vec::new();
    for ((place, asset), [vault, account, mint]) in listed.iter().enumerate().zip(by_asset) {
        let Some(held) = vault else {
            continue;
        };
        // What an issuer has stopped must not keep the others open.
        let stuck = fetch::immovable(vault.as_ref(), mint.as_ref()).is_some();
        if stuck || asset.reserve > 0 || asset.escrow > 0 || asset.bids > 0 {
            continue;
        }
        // What rounding left, and the endowment, is the owner's.
        let rest = fetch::token_amount(&held.data).is_some_and(|atoms| atoms > 0);
        if rest && account.is_none() {
            let (mint, program) = (&asset.mint, asset.token_program());
            let open = instruction::create_associated(authority, &owner, mint, &program);
            calls.push(open);
        }
        calls.push(instruction::close_vault(token, place, rest)?);
    }
    if custody.iter().any(Option::is_some) {
        calls.push(instruction::close_share_custody(token));
    }
    let naming = fetch::optional::<Naming>(client, &find_naming(&token.key).0).await?;
    calls.extend(naming.map(|naming| instruction::close_naming(&naming, authority)));
    let attesters = fetch::attesters(client, &token.key).await?;
    calls.extend(attesters.map(|list| instruction::close_attesters(&list, authority)));
    Ok(calls)
}

/// What of a token's accounts can be closed now, and for whom the rent comes back. Each
/// step closes a few.
///
/// # Errors
/// `Rpc`.
pub async fn close_everything(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    authority: &Pubkey,
) -> Result<Plan<usize>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let wound_up = token.data.status()? == TokenStatus::WindDown;
    let may = wound_up || *authority == token.data.owner;
    let mut calls = Vec::new();
    for product in crate::pass::products(client, &token.key).await? {
        let mut left = product.data.passes;
        for pass in crate::pass::passes(client, &product.key).await? {
            let own = pass.data.wallet == *authority && pass.data.is_expired(now);
            if wound_up || own {
                calls.push(instruction::close_pass(&pass, authority));
                left = left.saturating_sub(1);
            }
        }
        let closed = product.data.status()? == crate::state::ProductStatus::Closed;
        if may && (closed || wound_up) && left == 0 {
            calls.push(instruction::close_product_account(&product, authority));
        }
    }
    for round in fetch::rounds(client, &token.key).await? {
        let over = matches!(round.data.status()?, crate::state::RoundStatus::Settled)
            && round.data.uncollected == 0;
        if over && !round.data.escrows() && round.data.caps_backers() {
            for one in fetch::contributions(client, &round.key).await? {
                calls.push(instruction::close_contribution(&token.key, &one, authority));
            }
        }
        if over && may {
            calls.push(instruction::close_round_account(&round, authority));
        }
    }
    if wound_up {
        let mut left = token.data.holders;
        for holder in fetch::holders(client, &token.key).await? {
            let holder: Account<Holder> = holder;
            if holder.data.require_empty().is_ok() && holder.data.withdrawn == 0 {
                calls.push(instruction::close_holder(&holder, authority));
                left = left.saturating_sub(1);
            }
        }
        if left == 0 && token.data.supply == 0 && token.data.open_rounds == 0 {
            calls.extend(last_calls(client, token, authority).await?);
        }
    }
    let quote = calls.len();
    let steps = calls
        .chunks(8)
        .map(|calls| Step::new("close accounts", calls.to_vec()));
    Ok(Plan {
        quote,
        steps: steps.collect(),
    })
}
