use {
    super::{Plan, Step, account_for, holder_for},
    crate::{
        error::SdkError,
        fetch, instruction, lookup_table, quote,
        state::{Account, Approval, BuyArgs, Holder, PersonalToken, Sale, Trade},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
    upside_math::{Atoms, Shares},
};

/// Buys `shares` of a sale, for what they cost and no more. Opens the buyer's holder
/// account where admission is open, and the seller's account of the quote mint.
///
/// # Errors
/// `Refused(SaleExpired)`, `Refused(NotBuyer)`, `Refused(SaleExceeded)`,
/// `Refused(SameAccount)` for one's own sale, `Refused(ApprovalRequired)`,
/// `Refused(TransferClosed)`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, seller: &upside_sdk::Pubkey, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Shares, action, fetch};
///
/// let sale = fetch::sale(client, &token.key, seller, 0).await?;
/// let plan = action::buy(client, token, &sale, me, Shares(5_000_000), i64::MAX).await?;
/// println!("{} quote atoms for 5 shares", plan.quote.payment);
/// # Ok(())
/// # }
/// ```
pub async fn buy(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    sale: &Account<Sale>,
    buyer: &Pubkey,
    shares: Shares,
    deadline: i64,
) -> Result<Plan<Trade>, SdkError> {
    let now = fetch::clock(client).await?.unix_timestamp;
    let seller = sale.data.seller;
    if seller == *buyer {
        return Err(TokenError::SameAccount.into());
    }
    sale.data.require(buyer, shares.0, now)?;
    let selling = required_holder(client, token, &seller, "holder account of the seller").await?;
    let trade = quote::sale(&token.data, &sale.data, &selling, shares, now)?;
    let open = holder_for(client, token, buyer, buyer).await?;
    let mut instructions: Vec<_> = open.into_iter().collect();
    let buying = fetch::holder(client, &token.key, buyer).await?;
    let buying = buying.map(|holder| holder.data).unwrap_or_default();
    let approval = approval_for(client, token, (&seller, &selling), (buyer, &buying)).await?;
    instructions.extend(account_for(client, buyer, &seller, token.data.quote()).await?);
    let args = BuyArgs {
        shares: shares.0,
        max_payment: trade.payment,
        deadline,
    };
    let approval = approval.as_ref();
    instructions.push(instruction::buy(token, sale, buyer, approval, args));
    Ok(Plan {
        quote: trade,
        steps: vec![Step::new("buy", instructions)],
    })
}

/// A wallet's holder account, which must be there.
pub(super) async fn required_holder(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    wallet: &Pubkey,
    what: &'static str,
) -> Result<Holder, SdkError> {
    let holder = fetch::holder(client, &token.key, wallet).await?;
    let holder = holder.ok_or_else(|| SdkError::NotFound {
        what,
        query: wallet.to_string(),
    })?;
    Ok(holder.data)
}

/// The owner's approval for shares to move between two wallets, if the policy asks for one.
pub(super) async fn approval_for(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    (from, giving): (&Pubkey, &Holder),
    (to, taking): (&Pubkey, &Holder),
) -> Result<Option<Account<Approval>>, SdkError> {
    if !instruction::needs_approval(&token.data, giving, taking)? {
        return Ok(None);
    }
    let found = fetch::approval(client, &token.key, from, to).await?;
    Ok(Some(found.ok_or(TokenError::ApprovalRequired)?))
}

/// One trade of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The sale or the bid.
    pub offer: Pubkey,
    /// Who offers.
    pub wallet: Pubkey,
    /// Their number for it.
    pub number: u64,
    /// Quote atoms per whole share.
    pub price: u64,
    /// What it does.
    pub trade: Trade,
}

/// Several trades at the best prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BestFills {
    /// The trades, best price first.
    pub fills: Vec<Fill>,
    /// Shares that change hands.
    pub shares: Shares,
    /// Quote atoms that buyers pay in all.
    pub payment: Atoms,
    /// Quote atoms of them that are royalty.
    pub royalty: Atoms,
    /// Offers that were passed over, and why.
    pub skipped: Vec<(Pubkey, TokenError)>,
}

impl BestFills {
    /// Quote atoms that sellers receive in all.
    ///
    /// # Errors
    /// `Math` for books that do not add up.
    pub fn proceeds(&self) -> Result<Atoms, SdkError> {
        Ok(self.payment.checked_sub(self.royalty)?)
    }

    pub(super) fn push(&mut self, fill: Fill) -> Result<(), SdkError> {
        self.shares = self.shares.checked_add(Shares(fill.trade.shares))?;
        self.payment = self.payment.checked_add(Atoms(fill.trade.payment))?;
        self.royalty = self.royalty.checked_add(Atoms(fill.trade.royalty))?;
        self.fills.push(fill);
        Ok(())
    }
}

/// Buys `shares` where they are cheapest, over as many sales as it takes and in as few
/// transactions as fit, for at most `max_payment` quote atoms in all: each purchase is
/// bound to what it costs now. Passes over sales that `buyer` cannot buy from. Opens the
/// buyer's holder account if admission is open, and sellers' accounts of the quote mint.
///
/// # Errors
/// `Refused(SaleExceeded)` if fewer are for sale to `buyer`; `Refused(Slippage)` if they
/// cost more; `Refused(ZeroAmount)`; `Rpc`.
///
/// # Example
/// ```no_run
/// # async fn example(client: &upside_sdk::RpcClient, token: &upside_sdk::state::Account<upside_sdk::state::PersonalToken>, me: &upside_sdk::Pubkey) -> Result<(), upside_sdk::error::SdkError> {
/// use upside_sdk::{Atoms, Shares, action};
///
/// let (shares, most) = (Shares(5_000_000), Atoms(20_000_000));
/// let plan = action::buy_best(client, token, me, shares, most, i64::MAX).await?;
/// println!("{} quote atoms to {} sellers", plan.quote.payment, plan.quote.fills.len());
/// # Ok(())
/// # }
/// ```
pub async fn buy_best(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    buyer: &Pubkey,
    shares: Shares,
    max_payment: Atoms,
    deadline: i64,
) -> Result<Plan<BestFills>, SdkError> {
    if shares.is_zero() {
        return Err(TokenError::ZeroAmount.into());
    }
    let now = fetch::clock(client).await?.unix_timestamp;
    let mut best = BestFills::default();
    let open = holder_for(client, token, buyer, buyer).await?;
    let mut instructions: Vec<_> = open.into_iter().collect();
    let buying = fetch::holder(client, &token.key, buyer).await?;
    let buying = buying.map(|holder| holder.data).unwrap_or_default();
    // As each purchase leaves them: royalty depends on what sellers got before.
    let mut sellers: BTreeMap<Pubkey, Holder> = BTreeMap::new();
    for sale in fetch::sales(client, &token.key).await? {
        let left = shares.checked_sub(best.shares)?;
        if left.is_zero() {
            break;
        }
        let (seller, part) = (sale.data.seller, left.0.min(sale.data.shares));
        if seller == *buyer {
            continue;
        }
        if let Err(error) = sale.data.require(buyer, part, now) {
            best.skipped.push((sale.key, error));
            continue;
        }
        let known = sellers.get(&seller).copied();
        let selling = match known {
            Some(selling) => selling,
            None => required_holder(client, token, &seller, "holder account of the seller")
                .await?
                .warmed(now)?,
        };
        let approval =
            match approval_for(client, token, (&seller, &selling), (buyer, &buying)).await {
                Ok(approval) => approval,
                Err(SdkError::Refused(error)) => {
                    best.skipped.push((sale.key, error));
                    continue;
                }
                Err(error) => return Err(error),
            };
        // An approval is good for one move, and for no more than it says.
        if approval.is_some() && known.is_some() {
            best.skipped.push((sale.key, TokenError::ApprovalRequired));
            continue;
        }
        let most = approval.as_ref().map_or(part, |it| it.data.shares);
        let part = part.min(most);
        let trade = quote::sale(&token.data, &sale.data, &selling, Shares(part), now)?;
        if known.is_none() {
            instructions.extend(account_for(client, buyer, &seller, token.data.quote()).await?);
        }
        let args = BuyArgs {
            shares: part,
            max_payment: trade.payment,
            deadline,
        };
        let approval = approval.as_ref();
        instructions.push(instruction::buy(token, &sale, buyer, approval, args));
        let mut selling = selling;
        selling.locked = selling.locked.saturating_sub(part);
        sellers.insert(seller, selling.after(&trade)?);
        best.push(Fill {
            offer: sale.key,
            wallet: seller,
            number: sale.data.number,
            price: sale.data.price,
            trade,
        })?;
    }
    if best.shares < shares {
        return Err(TokenError::SaleExceeded.into());
    }
    if best.payment > max_payment {
        return Err(TokenError::Slippage.into());
    }
    Ok(Plan {
        quote: best,
        steps: lookup_table::pack(client, buyer, "buy", instructions).await?,
    })
}
