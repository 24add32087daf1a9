use {
    super::{Plan, Step, account_for},
    crate::{
        address::find_attestation,
        error::SdkError,
        fetch, instruction, quote,
        state::{
            Account, Attestation, Attesters, AuctionBuyArgs, AuctionTerms, Claim, ClaimKind,
            Evidence, ExitArgs, ForHolders, PersonalToken, decode,
        },
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_program::clock::Clock,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    upside_math::Atoms,
};

/// What accepted attesters say of a claim now, and who they are.
#[derive(Clone, Debug)]
pub struct ClaimEvidence {
    /// The token's attesters, where it has any.
    pub list: Option<Attesters>,
    /// What those signed on the claim who sit there now.
    pub signed: Vec<Account<Attestation>>,
    /// What it comes to.
    pub evidence: Evidence,
    /// When.
    pub clock: Clock,
}

/// Fetches the evidence on a claim: the clock, the list, and what each of it signed.
///
/// # Errors
/// `Rpc`; `WrongAccount` where an account does not decode.
pub async fn claim_evidence(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
) -> Result<ClaimEvidence, SdkError> {
    let clock = fetch::clock(client).await?;
    let list = fetch::attesters(client, &token.key).await?;
    let list = list.map(|list| list.data);
    let seated = list.iter().flat_map(Attesters::seated);
    let keys: Vec<_> = seated
        .map(|(_, attester)| find_attestation(&claim.key, attester).0)
        .collect();
    let raws = fetch::raw(client, &keys).await?;
    let own = |raw: &fetch::Raw| raw.owner == crate::state::PROGRAM_ID;
    let signed = raws
        .into_iter()
        .flatten()
        .filter(own)
        .map(|raw| decode(&raw.key, &raw.owner, &raw.data))
        .collect::<Result<Vec<_>, _>>()?;
    let now = clock.unix_timestamp;
    let evidence = quote::evidence(&token.data, claim, list.as_ref(), &signed, now)?;
    Ok(ClaimEvidence {
        list,
        signed,
        evidence,
        clock,
    })
}

/// Pays revenue on a claim. The quote is where it goes, in atoms of the claim's mint.
///
/// # Errors
/// `Refused(RevenueCapExceeded)`, `Refused(ClaimEnded)` for more than is due after the end,
/// `Refused(WrongClaimKind)`; `Rpc`.
pub async fn pay_revenue(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    payer: &Pubkey,
    amount: Atoms,
) -> Result<Plan<ForHolders>, SdkError> {
    let data = &claim.data;
    data.require_open(ClaimKind::RevenueShare)?;
    let now = fetch::clock(client).await?.unix_timestamp;
    if now >= data.ends_at && amount.0 > data.unpaid() {
        return Err(TokenError::ClaimEnded.into());
    }
    if Atoms(data.received).checked_add(amount)? > Atoms(data.total) {
        return Err(TokenError::RevenueCapExceeded.into());
    }
    let quote = token.data.for_holders(amount.0)?;
    token
        .data
        .require_payouts(token.data.asset_of(&data.mint)?, now)?;
    let pay = instruction::pay_revenue(token, claim, payer, amount)?;
    Ok(Plan {
        quote,
        steps: vec![Step::new("pay revenue", vec![pay])],
    })
}

/// Exits equity on paper through the waterfall.
///
/// # Errors
/// `Refused(UnitsExceedHeld)`, `Refused(WrongClaimKind)`; `Rpc`.
pub async fn exit_claim(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    payer: &Pubkey,
    args: ExitArgs,
) -> Result<Plan<quote::ExitQuote>, SdkError> {
    claim.data.require_open(ClaimKind::Equity)?;
    if args.units > claim.data.held()? {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let said = claim_evidence(client, token, claim).await?;
    let (units, proceeds) = (args.units, Atoms(args.received));
    let quote = quote::exit_of(&token.data, claim, &said.evidence, units, proceeds)?;
    let (owner, asset) = (token.data.owner, token.data.quote());
    let account = account_for(client, payer, &owner, asset).await?;
    let mut instructions: Vec<_> = account.into_iter().collect();
    let list = said.list.as_ref();
    instructions.push(instruction::exit_claim(
        token, &claim.key, payer, list, args,
    ));
    Ok(Plan {
        quote,
        steps: vec![Step::new("exit claim", instructions)],
    })
}

/// Gives units of equity on paper up. The quote is the loss that counts, in quote atoms.
///
/// # Errors
/// `Refused(UnitsExceedHeld)`, `Refused(WrongClaimKind)`; `Rpc`.
pub async fn write_off_claim(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    units: u64,
) -> Result<Plan<Atoms>, SdkError> {
    claim.data.require_open(ClaimKind::Equity)?;
    let held = claim.data.held()?;
    if units > held {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let said = claim_evidence(client, token, claim).await?;
    let counted = said.evidence.cost_that_counts(&claim.data, &token.data);
    let quote = upside_math::carried(Atoms(counted), units, held)?;
    let list = said.list.as_ref();
    let write_off = instruction::write_off_claim(claim, &token.data.owner, list, units);
    Ok(Plan {
        quote,
        steps: vec![Step::new("write off", vec![write_off])],
    })
}

/// What the owner may announce at least, in quote atoms for all units on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuctionBounds {
    /// The highest fresh accepted value of the units.
    pub highest: Atoms,
    /// Lowest start: twice that.
    pub start: Atoms,
    /// Lowest end: half of it.
    pub end: Atoms,
    /// First second in which it will sell, unix time.
    pub starts_at: i64,
}

/// Announces an auction of tokenized equity, which starts after the notice period.
///
/// # Errors
/// `Refused(NotAttested)`, `Refused(AuctionTooCheap)`, `Refused(UnitsExceedHeld)`,
/// `Refused(WrongClaimKind)`; `Rpc`.
pub async fn announce_auction(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    terms: AuctionTerms,
) -> Result<Plan<AuctionBounds>, SdkError> {
    claim.data.require_open(ClaimKind::TokenizedEquity)?;
    if terms.units > claim.data.held()? {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let said = claim_evidence(client, token, claim).await?;
    let highest = said.evidence.highest_of(terms.units)?;
    let highest = highest.ok_or(TokenError::NotAttested)?;
    let (start, end) = (highest.saturating_mul(2), highest.div_ceil(2).max(1));
    if terms.start < start || terms.end < end {
        return Err(TokenError::AuctionTooCheap.into());
    }
    let notice = i64::from(token.data.terms.notice_seconds);
    let list = said.list.as_ref();
    let announce = instruction::announce_auction(token, &claim.key, list, terms);
    Ok(Plan {
        quote: AuctionBounds {
            highest: Atoms(highest),
            start: Atoms(start),
            end: Atoms(end),
            starts_at: said.clock.unix_timestamp.saturating_add(notice),
        },
        steps: vec![Step::new("announce auction", vec![announce])],
    })
}

/// What a purchase at an auction costs, and where that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuctionQuote {
    /// What the units cost now, in quote atoms. The price falls until it lands.
    pub payment: Atoms,
    /// Where it goes.
    pub exit: quote::ExitQuote,
}

/// Buys units at a claim's auction, at the price of the moment in which it lands, which is
/// no higher than the quote's: until `deadline`, unix time.
///
/// # Errors
/// `Refused(AuctionNotOpen)`, `Refused(UnitsExceedHeld)`; `NotFound` for the mint; `Rpc`.
pub async fn buy_at_auction(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    claim: &Account<Claim>,
    buyer: &Pubkey,
    units: u64,
    deadline: i64,
) -> Result<Plan<AuctionQuote>, SdkError> {
    let said = claim_evidence(client, token, claim).await?;
    let now = said.clock.unix_timestamp;
    if units > claim.data.held()? {
        return Err(TokenError::UnitsExceedHeld.into());
    }
    let (payment, exit) = quote::auction(&token.data, claim, &said.evidence, units, now)?;
    let program = fetch::mint(client, &claim.data.mint).await?.token_program;
    let (owner, asset) = (token.data.owner, token.data.quote());
    let account = account_for(client, buyer, &owner, asset).await?;
    let mut instructions: Vec<_> = account.into_iter().collect();
    let mint = claim.data.mint;
    instructions.push(instruction::create_associated(
        buyer, buyer, &mint, &program,
    ));
    let args = AuctionBuyArgs {
        auction: claim.data.auction.number,
        units,
        max_payment: payment.0,
        deadline,
    };
    let list = said.list.as_ref();
    let buy = instruction::buy_at_auction(token, claim, buyer, &program, list, args);
    instructions.push(buy);
    Ok(Plan {
        quote: AuctionQuote { payment, exit },
        steps: vec![Step::new("buy at auction", instructions)],
    })
}
