//! What a person wants to do, as a plan: what it will bring, and the instructions
//! in steps that each fit a transaction. Nothing is sent; see `transaction`.
//!
//! Actions fetch what they need, quote, and add what would be missing: associated
//! token accounts, a holder account under open admission.

mod bid;
mod claim;
mod costs;
mod endowment;
mod grant;
mod holder;
mod money;
mod poll;
mod round;
mod sale;

mod ending;
mod order;
mod pass;

pub use {
    bid::{cancel_bid, fill_bid, open_bid, sell_best},
    claim::{
        AuctionBounds, AuctionQuote, ClaimEvidence, announce_auction, buy_at_auction,
        claim_evidence, exit_claim, pay_revenue, write_off_claim,
    },
    costs::{Rent, Returns, creation_rents},
    endowment::{Issue, issue, open_round},
    grant::{
        GrantCollection, GrantOffers, accept_grant, collect_grant, offer_grants, revoke_grant,
    },
    holder::{
        Deposit, Move, accept_ownership, create_token, deposit, open_holder, transfer, warm_up,
        withdraw,
    },
    money::{Limits, Redemption, collect_dividends, deposit_reserve, redeem, redeem_at_least},
    poll::{PollAnswer, PollToPut, answer_poll, apply_poll, put_poll},
    round::{
        Contribution, close_round, collect_contributions, contribute, contribute_at_least,
        leave_round, most_supply, refund_contributions, selling_at_once, settle_round,
    },
    sale::{BestFills, Fill, buy, buy_best},
};

pub use ending::{
    EstatePart, apply_name, close_claim, close_everything, collect_estates, is_owners_alone,
    naming, receipts, rename, share_custody_out,
};
pub use order::{Execution, Executions, cancel_order, execute_orders, set_order};
pub use pass::{PassPrice, buy_pass};

pub(crate) use round::least;

use {
    crate::{
        address::find_credential,
        error::SdkError,
        fetch, instruction,
        state::{Account, Admission, Asset, PersonalToken},
        transaction::TransactionRequest,
    },
    anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError,
    solana_message::AddressLookupTableAccount,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signer::Signer,
};

/// What will happen and how.
#[derive(Clone, Debug)]
pub struct Plan<Q = ()> {
    /// What the chain will do, to the atom for the state that was fetched.
    pub quote: Q,
    /// What to send, in order.
    pub steps: Vec<Step>,
}

/// The instructions of one transaction.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it does, for a person.
    pub label: String,
    /// The instructions.
    pub instructions: Vec<Instruction>,
    /// The lookup tables that it needs to fit, as they are once the steps before it
    /// have landed.
    pub lookup_tables: Vec<AddressLookupTableAccount>,
}

impl Step {
    /// A step.
    pub fn new(label: impl Into<String>, instructions: Vec<Instruction>) -> Self {
        Step {
            label: label.into(),
            instructions,
            lookup_tables: Vec::new(),
        }
    }

    /// The step with `payer` paying the rent of what it makes, if `wallet` would: whoever
    /// has no SOL can leave.
    pub fn funded_by(mut self, wallet: &Pubkey, payer: &Pubkey) -> Self {
        if wallet != payer {
            let calls = self.instructions.into_iter();
            let calls = calls.map(|call| instruction::funded_by(call, wallet, payer));
            self.instructions = calls.collect();
        }
        self
    }

    /// The request to send, paid by `payer`.
    pub fn request<'a, S: Signer + ?Sized>(
        &self,
        payer: &Pubkey,
        signers: Vec<&'a S>,
    ) -> TransactionRequest<'a, S> {
        TransactionRequest {
            instructions: self.instructions.clone(),
            payer: *payer,
            signers,
            lookup_tables: self.lookup_tables.clone(),
        }
    }

    /// Who must sign beside the fee payer.
    pub fn signers(&self) -> Vec<Pubkey> {
        let metas = self
            .instructions
            .iter()
            .flat_map(|instruction| &instruction.accounts);
        let mut signers: Vec<Pubkey> = metas
            .filter(|meta| meta.is_signer)
            .map(|meta| meta.pubkey)
            .collect();
        signers.sort_unstable();
        signers.dedup();
        signers
    }
}

impl Plan {
    /// A plan of one transaction without a quote.
    pub fn single(label: impl Into<String>, instructions: Vec<Instruction>) -> Self {
        Plan {
            quote: (),
            steps: vec![Step::new(label, instructions)],
        }
    }
}

/// Instructions that make a wallet's associated account of an asset where missing.
async fn account_for(
    client: &RpcClient,
    payer: &Pubkey,
    wallet: &Pubkey,
    asset: &Asset,
) -> Result<Option<Instruction>, SdkError> {
    let account = instruction::asset_account(asset, wallet);
    let exists = crate::fetch::raw(client, &[account])
        .await?
        .pop()
        .flatten()
        .is_some();
    let program = asset.token_program();
    let create = || instruction::create_associated(payer, wallet, &asset.mint, &program);
    Ok((!exists).then(create))
}

/// An instruction that opens a wallet's holder account where it is missing and
/// admission is open.
async fn holder_for(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> Result<Option<Instruction>, SdkError> {
    if crate::fetch::holder(client, &token.key, wallet)
        .await?
        .is_some()
    {
        return Ok(None);
    }
    if token.data.is_open()? {
        let open = instruction::open_holder(&token.key, payer, wallet, wallet);
        return Ok(Some(open));
    }
    let by_credential = token.data.admission()? == Admission::Credential;
    if !by_credential {
        return Err(TokenError::NotAdmitted.into());
    }
    self::by_credential(client, token, payer, wallet)
        .await
        .map(Some)
}

/// An instruction that opens the holder account of a wallet with the token's credential,
/// where the wallet has it.
async fn by_credential(
    client: &RpcClient,
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> Result<Instruction, SdkError> {
    let (credential, schema) = (&token.data.credential, &token.data.schema);
    let key = find_credential(credential, schema, wallet).0;
    let clock = solana_program::sysvar::clock::ID;
    let found = fetch::raw(client, &[clock, key]).await?;
    let now = match found.first().and_then(Option::as_ref) {
        Some(raw) => fetch::decode_clock(raw)?.unix_timestamp,
        None => fetch::clock(client).await?.unix_timestamp,
    };
    let raw = found.get(1).and_then(Option::as_ref);
    let raw = raw.ok_or(TokenError::CredentialRequired)?;
    let account = (&raw.key, &raw.owner, &raw.data[..]);
    token.data.require_credential(account, wallet, now)?;
    Ok(instruction::open_holder_by_credential(token, payer, wallet))
}
