use {
    super::{
        super::{
            IndexError, Lock, RedeemArgs, SlotAtoms,
            fetch::Pool,
            instruction as ix,
            quote::{self, Harvest, RedemptionQuote},
        },
        AT_ONCE, Places, basket,
        draft::Draft,
        harvest, held, share_account,
    },
    crate::{action::Plan, error::SdkError, state::Account},
    anchor_lang::prelude::Pubkey,
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
    /// Whether to leave what persons owe the index to those who stay: fewer transactions,
    /// and the way out where a harvest fails.
    pub leave_dues: bool,
}

/// What a redemption pays, and what does not move now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout {
    /// What it pays.
    pub redemption: RedemptionQuote,
    /// Harvests made before it.
    pub harvests: Vec<Harvest>,
    /// Slots that cannot move to the wallet now: they stay collectable in a basket with
    /// this number.
    pub stuck: Vec<u8>,
    /// Number of the basket, where the redemption goes through one.
    pub basket: Option<u64>,
}

/// Redeems in kind, with the harvests that are due. With many constituents, or where
/// one does not move, through a basket: the rest is paid, the stuck part stays
/// collectable.
///
/// # Errors
/// `IndexRefused(NotLaunched)`, `IndexRefused(InsufficientShares)`; `Transaction` where
/// it does not fit; `Rpc`.
pub async fn redeem(
    client: &RpcClient,
    pool: &Pool,
    request: &Redeem,
) -> Result<Plan<Payout>, SdkError> {
    redeem_at_least(client, pool, request, &[]).await
}

/// As [`redeem`], with bounds that are the same whatever is quoted: at least `least` atoms
/// of these slots, instead of the quote and the slippage. With all slots bounded, what
/// several people sign stays one message.
///
/// # Errors
/// As of [`redeem`]; `IndexRefused(Slippage)` if it pays less now.
pub async fn redeem_at_least(
    client: &RpcClient,
    pool: &Pool,
    request: &Redeem,
    least: &[SlotAtoms],
) -> Result<Plan<Payout>, SdkError> {
    let mut draft = Draft::new(&pool.index, &request.wallet);
    let quote = draw_up(client, &mut draft, pool, request, least).await?;
    Ok(Plan {
        quote,
        steps: draft.pack(client, "redeem").await?,
    })
}

/// As [`redeem`], straight from a lock: so many share atoms of it are unlocked first, with
/// the rest in one transaction if it fits one.
///
/// # Errors
/// As of [`redeem`]; `IndexRefused(LockedLess)`.
pub async fn redeem_locked(
    client: &RpcClient,
    pool: &Pool,
    request: &Redeem,
    lock: &Account<Lock>,
    unlock: u64,
) -> Result<Plan<Payout>, SdkError> {
    redeem_locked_at_least(client, pool, request, lock, unlock, &[]).await
}

/// As [`redeem_locked`], with the bounds of [`redeem_at_least`].
///
/// # Errors
/// As of both.
pub async fn redeem_locked_at_least(
    client: &RpcClient,
    pool: &Pool,
    request: &Redeem,
    lock: &Account<Lock>,
    unlock: u64,
    least: &[SlotAtoms],
) -> Result<Plan<Payout>, SdkError> {
    if unlock > lock.data.shares {
        return Err(IndexError::LockedLess.into());
    }
    let mut draft = Draft::new(&pool.index, &request.wallet);
    draft.extend(share_account(client, &pool.index.data, &request.wallet, &request.wallet).await?);
    draft.push(ix::unlock_shares(&pool.index, lock, unlock));
    let quote = draw_up(client, &mut draft, pool, request, least).await?;
    Ok(Plan {
        quote,
        steps: draft.pack(client, "redeem").await?,
    })
}

/// What a redemption does, in order.
pub(super) async fn draw_up(
    client: &RpcClient,
    draft: &mut Draft<'_>,
    pool: &Pool,
    request: &Redeem,
    pinned: &[SlotAtoms],
) -> Result<Payout, SdkError> {
    pool.index.data.require_launched()?;
    let due = if request.leave_dues {
        Vec::new()
    } else {
        quote::harvestable(pool)?
    };
    let (harvests, due) = harvest::instructions(pool, &due)?;
    draft.extend(due);
    let after = pool.harvested(&harvests)?;
    let redemption = quote::redemption(&after, request.shares)?;
    let mut least = quote::at_least(&redemption.amounts, request.slippage_bps);
    let pays = |slot: u8| redemption.amounts.iter().find(|(own, _)| *own == slot);
    for pin in pinned {
        if pays(pin.slot).is_none_or(|(_, atoms)| *atoms < pin.atoms) {
            return Err(IndexError::Slippage.into());
        }
        let bounds = least.iter_mut().filter(|bound| bound.slot == pin.slot);
        bounds.for_each(|bound| bound.atoms = pin.atoms);
    }
    let args = RedeemArgs {
        shares: request.shares,
        least,
        deadline: request.deadline,
    };
    let slots = held(&after);
    let places = Places::of(client, &after, &request.wallet, &slots).await?;
    let mut payout = Payout {
        redemption,
        harvests,
        stuck: places.stuck.clone(),
        basket: None,
    };
    draft.extend(places.missing.into_values());
    if payout.stuck.is_empty() && slots.len() <= AT_ONCE {
        draft.push(ix::redeem(&after.index, &request.wallet, args)?);
        return Ok(payout);
    }

    let nonce = basket::next_nonce(client, &after.index.key, &request.wallet).await?;
    payout.basket = Some(nonce);
    draft.push(ix::redeem_to_basket(
        &after.index,
        &request.wallet,
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
    if stuck.is_empty() {
        draft.pay_out(nonce, moving);
    } else {
        draft.withdraw(nonce, moving);
    }
    payout.stuck = stuck;
    Ok(payout)
}
