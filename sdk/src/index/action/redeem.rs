use {
    super::{
        super::{
            RedeemArgs,
            fetch::Pool,
            instruction as ix,
            quote::{self, Harvest, RedemptionQuote},
        },
        AT_ONCE, Places, basket, harvest, held,
    },
    crate::{action::Plan, error::SdkError, lookup_table},
    anchor_lang::prelude::Pubkey,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
};

/// A redemption to make.
#[derive(Clone, Copy, Debug)]
pub struct Redeem {
    /// Who burns and gets.
    pub wallet: Pubkey,
    /// Index share atoms to burn.
    pub shares: u64,
    /// By how much less of each constituent it may pay, in basis points.
    pub slippage_bps: u16,
    /// Last second in which it may land, unix time.
    pub deadline: i64,
    /// Whether to leave dividends that were not harvested lately to those who stay:
    /// the way out where a harvest fails.
    pub allow_stale: bool,
}

/// What a redemption pays, and what does not move now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// What it pays.
    pub redemption: RedemptionQuote,
    /// Harvests made before it.
    pub harvests: Vec<Harvest>,
    /// Slots that cannot move to the wallet now: they stay claimable in a basket with
    /// this number.
    pub stuck: Vec<u8>,
    /// Number of the basket, where the redemption goes through one.
    pub basket: Option<u64>,
}

/// Redeems in kind, with the harvests that are due. With many constituents, or where
/// one does not move, through a basket: the rest is paid, the stuck part stays
/// claimable.
///
/// # Errors
/// `IndexRefused(NotLaunched)`, `IndexRefused(InsufficientShares)`; `Transaction` where
/// it does not fit; `Rpc`.
pub async fn redeem(
    client: &RpcClient,
    pool: &Pool,
    wish: &Redeem,
) -> Result<Plan<Payout>, SdkError> {
    let (quote, instructions) = instructions(client, pool, wish).await?;
    Ok(Plan {
        quote,
        steps: lookup_table::pack(client, &wish.wallet, "redeem", instructions).await?,
    })
}

/// The instructions of a redemption, in order.
pub(super) async fn instructions(
    client: &RpcClient,
    pool: &Pool,
    wish: &Redeem,
) -> Result<(Payout, Vec<Instruction>), SdkError> {
    pool.index.data.require_launched()?;
    let due = if wish.allow_stale {
        Vec::new()
    } else {
        quote::stale(pool)
    };
    let (harvests, mut instructions) = harvest::instructions(pool, &due)?;
    let after = pool.harvested(&harvests)?;
    let redemption = quote::redemption(&after, wish.shares)?;
    let args = RedeemArgs {
        shares: wish.shares,
        least: quote::at_least(&redemption.amounts, wish.slippage_bps),
        allow_stale: wish.allow_stale,
        deadline: wish.deadline,
    };
    let slots = held(&after);
    let places = Places::of(client, &after, &wish.wallet, &slots).await?;
    let mut payout = Payout {
        redemption,
        harvests,
        stuck: places.stuck.clone(),
        basket: None,
    };
    instructions.extend(places.missing.into_values());
    if payout.stuck.is_empty() && slots.len() <= AT_ONCE {
        instructions.push(ix::redeem(&after.index, &wish.wallet, args)?);
        return Ok((payout, instructions));
    }

    let nonce = basket::next_nonce(client, &after.index.key, &wish.wallet).await?;
    payout.basket = Some(nonce);
    instructions.push(ix::redeem_to_basket(
        &after.index,
        &wish.wallet,
        nonce,
        args,
    ));
    let paid = payout
        .redemption
        .amounts
        .iter()
        .filter(|(_, atoms)| *atoms > 0);
    let (stuck, moving): (Vec<u8>, Vec<u8>) = paid
        .map(|(slot, _)| *slot)
        .partition(|slot| places.stuck.contains(slot));
    instructions.extend(if stuck.is_empty() {
        basket::payout(&after, &wish.wallet, nonce, &moving)?
    } else {
        basket::withdrawals(&after, &wish.wallet, nonce, &moving)?
    });
    payout.stuck = stuck;
    Ok((payout, instructions))
}
