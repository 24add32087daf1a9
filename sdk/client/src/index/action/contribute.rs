use {
    super::{
        super::{
            ContributeArgs, IndexError, SlotAtoms,
            fetch::Pool,
            instruction as ix,
            quote::{self, ContributionQuote},
        },
        AT_ONCE, basket,
        draft::Draft,
        share_account,
    },
    crate::{action::Plan, error::SdkError},
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A contribution to make.
#[derive(Clone, Copy, Debug)]
pub struct Contribute {
    /// Who gives and gets.
    pub wallet: Pubkey,
    /// Index share atoms to ask for.
    pub shares: u64,
    /// By how much more of each constituent it may cost, in basis points: more than what
    /// persons will owe the index by the deadline.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
}

/// Contributes: in one transaction as far as that fits, with more constituents through a
/// basket. What persons owe the index is paid for and need not be harvested before.
///
/// # Errors
/// `IndexRefused(NotActive)`, `IndexRefused(Paused)` and what else the program would
/// refuse; `Transaction` where it does not fit; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(
/// #     client: &upside_sdk::RpcClient, wallet: upside_sdk::Pubkey,
/// # ) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::index::{action, fetch};
///
/// let index = fetch::find(client, "MAKERS").await?;
/// let pool = fetch::pool(client, &index.key).await?;
/// let request = action::Contribute {
///     wallet,
///     shares: 5_000_000_000, // 5 shares: they have 9 decimals
///     slippage_bps: 50,
///     deadline: pool.clock.unix_timestamp + 120,
/// };
/// let plan = action::contribute(client, &pool, &request).await?;
/// println!("in {} transactions, for {} kinds of things", plan.steps.len(), plan.quote.amounts.len());
/// # Ok(())
/// # }
/// ```
pub async fn contribute(
    client: &RpcClient,
    pool: &Pool,
    request: &Contribute,
) -> Result<Plan<ContributionQuote>, SdkError> {
    contribute_at_most(client, pool, request, &[]).await
}

/// As [`contribute`], with bounds that are the same whatever is quoted: at most `most` atoms
/// of these slots, instead of the quote and the slippage. With all slots bounded, what
/// several people sign stays one message.
///
/// # Errors
/// As of [`contribute`]; `IndexRefused(Slippage)` if it costs more now.
pub async fn contribute_at_most(
    client: &RpcClient,
    pool: &Pool,
    request: &Contribute,
    most: &[SlotAtoms],
) -> Result<Plan<ContributionQuote>, SdkError> {
    let mut draft = Draft::new(&pool.index, &request.wallet);
    let quote = draw_up(client, &mut draft, pool, request, most).await?;
    Ok(Plan {
        quote,
        steps: draft.pack(client, "contribute").await?,
    })
}

/// What a contribution does, in order.
pub(super) async fn draw_up(
    client: &RpcClient,
    draft: &mut Draft<'_>,
    pool: &Pool,
    request: &Contribute,
    pinned: &[SlotAtoms],
) -> Result<ContributionQuote, SdkError> {
    pool.index.data.require_running(pool.clock.unix_timestamp)?;
    let quote = quote::contribution(pool, request.shares)?;
    let mut most = quote::most_given(pool, request.shares, request.slippage_bps, request.deadline)?;
    let costs = |slot: u8| quote.amounts.iter().find(|(own, _)| *own == slot);
    for bound in &mut most {
        let pin = pinned.iter().find(|pin| pin.slot == bound.slot);
        let Some(pin) = pin else { continue };
        if costs(pin.slot).is_some_and(|(_, atoms)| *atoms > pin.atoms) {
            return Err(IndexError::Slippage.into());
        }
        bound.atoms = pin.atoms;
    }
    let share = share_account(client, &pool.index.data, &request.wallet, &request.wallet).await?;
    draft.extend(share);
    if most.len() <= AT_ONCE {
        let args = ContributeArgs {
            shares: request.shares,
            least_shares: quote.minted,
            most,
            deadline: request.deadline,
        };
        draft.push(ix::contribute(&pool.index, &request.wallet, args)?);
    } else {
        basket::contribution(client, draft, pool, request, &quote, &most).await?;
    }
    Ok(quote)
}
