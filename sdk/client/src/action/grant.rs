//! Grants: offered, accepted, collected, revoked.

use {
    super::{Plan, Step, account_for, endowment::endow},
    crate::{
        error::SdkError,
        fetch, instruction, lookup_table, quote,
        state::{Account, Grant, GrantOffer, GrantStatus, PersonalToken, Revocation},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::{Atoms, Shares},
};

/// Most offers in one transaction: they stay far below the limit of compute units.
const MOST_OFFERS: usize = 24;

/// What product grants does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantOffers {
    /// Number of the first grant; the others follow in order.
    pub first: u64,
    /// How many offers each step sends, in the order of the steps.
    pub by_step: Vec<usize>,
    /// What the shares bring when they are accepted, as of now, and what the endowment
    /// lacks for it: the first step deposits that.
    pub creation: quote::CreationQuote,
}

/// Offers grants, as many in one transaction as fit. What the endowment lacks for all of
/// them is deposited from the owner's accounts in the first one, and 1 % more.
///
/// # Errors
/// `Refused` with what the program would refuse; `EndowmentShort` if the owner's accounts
/// do not cover it; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey, helper: upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{action, fetch, state::{GrantOffer, GrantTerms}};
///
/// let now = fetch::clock(client).await?.unix_timestamp;
/// let offer = GrantOffer {
///     beneficiary: helper,
///     terms: GrantTerms {
///         shares: 10_000_000_000, // 10,000 shares
///         start: now,
///         cliff_seconds: 180 * 86_400,
///         duration_seconds: 4 * 365 * 86_400,
///         revocable: true,
///     },
///     expires_at: now + 14 * 86_400,
///     reference: 0,
/// };
/// let plan = action::offer_grants(client, token, me, &[offer]).await?;
/// println!("{} transactions", plan.steps.len());
/// # Ok(())
/// # }
/// ```
pub async fn offer_grants(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    offers: &[GrantOffer],
) -> Result<Plan<GrantOffers>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let creation = quote::offers(&token.data, offers, now)?;
    let deposits = endow(client, token, &token.data.owner, &creation.missing).await?;
    let first = token.data.grants;
    let offered = (first..).zip(offers).map(|(number, offer)| {
        let offered = instruction::offer_grant(token, payer, number, *offer);
        vec![offered]
    });
    let (steps, by_step) =
        lookup_table::packed("offer grants", payer, deposits, offered, MOST_OFFERS);
    Ok(Plan {
        quote: GrantOffers {
            first,
            by_step,
            creation,
        },
        steps,
    })
}

/// Accepts an offer, for its beneficiary. The quote is what its shares bring.
///
/// # Errors
/// `Refused(GrantAccepted)`, `Refused(OfferLapsed)`, `Refused(RoundEscrowing)`;
/// `EndowmentShort` if the endowment does not cover it now: anybody deposits what is
/// missing; `Rpc`.
pub async fn accept_grant(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
) -> Result<Plan<quote::CreationQuote>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let quoted = quote::acceptance(&token.data, &grant.data, now)?;
    if let Some(lack) = quoted.missing.first() {
        let asset = token.data.asset(lack.place)?;
        return Err(SdkError::EndowmentShort {
            mint: asset.mint,
            missing: lack.atoms.0,
            decimals: asset.decimals,
        });
    }
    let accept = instruction::accept_grant(token, grant);
    Ok(Plan {
        quote: quoted,
        steps: vec![Step::new("accept grant", vec![accept])],
    })
}

/// What collecting from a grant brings its beneficiary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantCollection {
    /// Shares that have vested.
    pub shares: Shares,
    /// Payout atoms that these shares earned, by payout mint.
    pub earned: Vec<(Pubkey, Atoms)>,
    /// Payout atoms that arrive in the wallet, by payout mint: what its holder account had
    /// to collect, too.
    pub paid: Vec<(Pubkey, Atoms)>,
}

/// Collects what has vested of a grant and what these shares earned, for its beneficiary;
/// opens their holder account if it is missing, and closes the grant if nothing is left.
/// `payer` pays for missing accounts.
///
/// # Errors
/// `Refused(NothingToCollect)`, `Refused(GrantNotAccepted)`; `Rpc`.
pub async fn collect_grant(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
    payer: &Pubkey,
) -> Result<Plan<GrantCollection>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    if grant.data.status()? == GrantStatus::Offered {
        return Err(TokenError::GrantNotAccepted.into());
    }
    let quoted = quote::grant(&token.data, &grant.data, now)?;
    if quoted.collectable.is_zero() {
        return Err(TokenError::NothingToCollect.into());
    }
    let wallet = grant.data.beneficiary;
    let mut collection = GrantCollection {
        shares: quoted.collectable,
        ..GrantCollection::default()
    };
    let mut instructions = vec![instruction::collect_grant(grant, payer)];
    let holder = fetch::holder(client, &token.key, &wallet).await?;
    let mine = holder.as_ref().map(|holder| &holder.data);
    let paid = quote::collection(&token.data, mine, &grant.data, now)?;
    let streams = token.data.active_streams()?.iter();
    for (stream, (earned, whole)) in streams.zip(quoted.earned.into_iter().zip(paid)) {
        let asset = token.data.asset(usize::from(stream.asset))?;
        if !earned.is_zero() {
            collection.earned.push((asset.mint, earned));
        }
        if whole.is_zero() {
            continue;
        }
        instructions.extend(account_for(client, payer, &wallet, asset).await?);
        let claim = instruction::collect_dividend(token, &wallet, &asset.mint)?;
        instructions.push(claim);
        collection.paid.push((asset.mint, whole));
    }
    if quoted.collectable.0 == grant.data.held()? {
        instructions.push(instruction::close_grant(grant));
    }
    Ok(Plan {
        quote: collection,
        steps: vec![Step::new("collect grant", instructions)],
    })
}

/// Revokes what has not vested, and closes the grant if nothing is left of it. `authority`
/// is the owner; in a wind-down anybody.
///
/// # Errors
/// `Refused(GrantNotRevocable)`, `Refused(GrantNotAccepted)`, `Refused(GrantVested)`; `Rpc`.
pub async fn revoke_grant(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    grant: &Account<Grant>,
    authority: &Pubkey,
) -> Result<Plan<Revocation>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let revocation = quote::revocation(&token.data, &grant.data, now)?;
    let mut instructions = vec![instruction::revoke_grant(token, grant, authority)];
    // Before the cliff: what vests until it lands would stay, and closing it would fail.
    let until = now.saturating_add(600);
    if grant.data.collected == 0 && grant.data.vested(&token.data, until)? == 0 {
        instructions.push(instruction::close_grant(grant));
    }
    Ok(Plan {
        quote: revocation,
        steps: vec![Step::new("revoke grant", instructions)],
    })
}
