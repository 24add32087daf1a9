//! What reports are built from, in few requests.

use {
    super::{Scales, Sources},
    crate::{
        address::{SYSTEM_PROGRAM, find_attesters, find_naming},
        error::SdkError,
        fetch::{self, Raw},
        state::{
            Account, Attesters, Claim, ClaimKind, Contribution, Naming, PersonalToken, Round,
            RoundStatus, decode,
        },
    },
    anchor_lang::{Owner, ZeroCopy},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// How much is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading<'a> {
    /// Everything.
    Whole,
    /// What others can do, and contributions to this round.
    Others(Option<&'a Account<Round>>),
}

fn decoded<T: ZeroCopy + Owner>(raw: Option<Raw>) -> Result<Option<Account<T>>, SdkError> {
    // What only received lamports belongs to nobody yet.
    let raw = raw.filter(|raw| raw.owner != SYSTEM_PROGRAM);
    Ok(raw
        .map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .transpose()?)
}

/// Contributions to a round, where they are kept by wallet.
async fn contributions(
    client: &RpcClient,
    round: &Account<Round>,
) -> Result<Vec<Account<Contribution>>, SdkError> {
    let kept = round.data.escrows() || round.data.caps_backers();
    if !kept || round.data.contributions == 0 {
        return Ok(Vec::new());
    }
    fetch::contributions(client, &round.key).await
}

/// Mints of the tokenized equity of claims.
async fn equity(client: &RpcClient, claims: &[Account<Claim>]) -> Result<Vec<Raw>, SdkError> {
    let custody = claims.iter().filter(|claim| {
        let kind = claim.data.kind();
        kind.is_ok_and(|kind| kind == ClaimKind::TokenizedEquity)
    });
    let mut mints: Vec<_> = custody.map(|claim| claim.data.mint).collect();
    mints.sort_unstable();
    mints.dedup();
    let mints = fetch::raw(client, &mints).await?;
    Ok(mints.into_iter().flatten().collect())
}

/// Reads what a report of a token is built from.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
pub(super) async fn sources<'a>(
    client: &RpcClient,
    token: &'a Account<PersonalToken>,
    reading: Reading<'_>,
) -> Result<Sources<'a>, SdkError> {
    // Clock, share mint, names, attesters, polls, vaults, and the assets' mints.
    let listed = token.data.listed()?;
    let polls = fetch::open_poll_keys(token);
    let mut keys = vec![
        solana_program::sysvar::clock::ID,
        token.data.mint,
        find_naming(&token.key).0,
        find_attesters(&token.key).0,
    ];
    keys.extend(&polls);
    keys.extend(listed.iter().map(|asset| asset.vault));
    keys.extend(listed.iter().map(|asset| asset.mint));
    let mut raws = fetch::raw(client, &keys).await?.into_iter();
    let clock = match raws.next().flatten() {
        Some(raw) => fetch::decode_clock(&raw)?,
        None => fetch::clock(client).await?,
    };
    let mint = raws.next().flatten();
    let naming = raws.next().flatten();
    let naming = naming.and_then(|raw| decode::<Naming>(&raw.key, &raw.owner, &raw.data).ok());
    let attesters = decoded::<Attesters>(raws.next().flatten())?;
    let polls = raws
        .by_ref()
        .take(polls.len())
        .flatten()
        .map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .collect::<Result<Vec<_>, _>>()?;
    let vaults: Vec<_> = raws.by_ref().take(listed.len()).collect();
    let mints: Vec<_> = raws.collect();
    let immovable = vaults.iter().zip(&mints);
    let immovable = immovable
        .map(|(vault, mint)| fetch::immovable(vault.as_ref(), mint.as_ref()))
        .collect();
    let balance = |raw: Option<Raw>| raw.and_then(|raw| fetch::token_amount(&raw.data));
    let vaults = vaults.into_iter().map(|raw| balance(raw).unwrap_or(0));

    let claims = match token.data.claims {
        0 => Vec::new(),
        _ => fetch::claims(client, &token.key).await?,
    };
    let (mut rounds, mut attestations, mut backers) = (Vec::new(), Vec::new(), Vec::new());
    match reading {
        Reading::Whole => {
            if token.data.rounds > 0 {
                rounds = fetch::rounds(client, &token.key).await?;
            }
            if !claims.is_empty() {
                attestations = fetch::attestations(client, &token.key).await?;
            }
            let open = |round: &&Account<Round>| round.data.status() == Ok(RoundStatus::Open);
            for round in rounds.iter().filter(open) {
                backers.extend(contributions(client, round).await?);
            }
        }
        Reading::Others(Some(round)) => {
            backers = contributions(client, round).await?;
            rounds.push(round.clone());
        }
        Reading::Others(None) => {}
    }
    let equity = equity(client, &claims).await?;
    let decimals = equity.iter().filter_map(|raw| fetch::mint_info(raw).ok());
    let decimals = decimals.map(|mint| (mint.key, mint.decimals));
    let now = clock.unix_timestamp;
    Ok(Sources {
        token,
        mint,
        clock,
        holders: fetch::holders(client, &token.key).await?,
        rounds,
        contributions: backers,
        attesters: attesters.map(|list| list.data),
        attestations,
        polls,
        vaults: vaults.collect(),
        immovable,
        naming: naming.map(|naming| naming.data),
        decimals: decimals.collect(),
        scales: Scales::of(mints.iter().flatten().chain(&equity), now),
        claims,
    })
}
