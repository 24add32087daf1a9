//! Token accounts of a wallet. Anybody can make any number of them for anybody: they are
//! read in one request, whatever they are.

use {
    super::{Raw, token_amount},
    crate::error::SdkError,
    anchor_lang::prelude::Pubkey,
    serde_json::json,
    solana_account_decoder_client_types::UiAccountEncoding,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_rpc_client_api::{
        config::RpcAccountInfoConfig,
        request::{RpcRequest, TokenAccountsFilter},
        response::{Response, RpcKeyedAccount},
    },
    std::str::FromStr,
    upside_core::raw::is_frozen,
};

/// Of an optional key: 1 as four bytes if there is one, then the key.
const CLOSE_AUTHORITY_AT: usize = 129;

/// A token account of a wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenAccount {
    /// Its address.
    pub key: Pubkey,
    /// The token program that owns it.
    pub program: Pubkey,
    /// Its mint.
    pub mint: Pubkey,
    /// What it holds.
    pub atoms: u64,
    /// Its rent.
    pub lamports: u64,
    /// Whether its mint's issuer froze it: nothing leaves it.
    pub frozen: bool,
    /// Who closes it; `None` if the wallet does.
    pub close_authority: Option<Pubkey>,
}

fn read_key(data: &[u8], at: usize) -> Option<Pubkey> {
    let key = data.get(at..)?.first_chunk::<32>()?;
    Some(Pubkey::new_from_array(*key))
}

impl TokenAccount {
    fn of(account: &Raw) -> Option<Self> {
        let data = &account.data;
        let closes = data.get(CLOSE_AUTHORITY_AT) == Some(&1);
        Some(TokenAccount {
            key: account.key,
            program: account.owner,
            mint: read_key(data, 0)?,
            atoms: token_amount(data)?,
            lamports: account.lamports,
            frozen: is_frozen(data),
            close_authority: closes
                .then(|| read_key(data, CLOSE_AUTHORITY_AT + 4))
                .flatten(),
        })
    }
}

fn of_answer(answer: &RpcKeyedAccount) -> Option<TokenAccount> {
    let account = answer.account.to_account()?;
    TokenAccount::of(&Raw {
        key: Pubkey::from_str(&answer.pubkey).ok()?,
        owner: account.owner,
        data: account.data,
        lamports: account.lamports,
    })
}

/// A wallet's token accounts of a mint or of a token program, the fullest first.
///
/// # Errors
/// `Rpc`.
pub async fn token_accounts(
    client: &RpcClient,
    wallet: &Pubkey,
    filter: TokenAccountsFilter,
) -> Result<Vec<TokenAccount>, SdkError> {
    let filter = match filter {
        TokenAccountsFilter::Mint(mint) => json!({ "mint": mint.to_string() }),
        TokenAccountsFilter::ProgramId(program) => json!({ "programId": program.to_string() }),
    };
    // The client's own method asks for parsed JSON, which has to be read again.
    let config = RpcAccountInfoConfig {
        encoding: Some(UiAccountEncoding::Base64),
        commitment: Some(client.commitment()),
        ..RpcAccountInfoConfig::default()
    };
    let params = json!([wallet.to_string(), filter, config]);
    let request = RpcRequest::GetTokenAccountsByOwner;
    let found: Response<Vec<RpcKeyedAccount>> = client.send(request, params).await?;
    let mut accounts: Vec<TokenAccount> = found.value.iter().filter_map(of_answer).collect();
    accounts.sort_by_key(|account| (core::cmp::Reverse(account.atoms), account.key));
    Ok(accounts)
}

/// Token accounts of both token programs, those of each as [`token_accounts`] returns them.
///
/// # Errors
/// `Rpc`.
pub async fn all_token_accounts(
    client: &RpcClient,
    wallet: &Pubkey,
) -> Result<Vec<TokenAccount>, SdkError> {
    let mut all = Vec::new();
    for program in [
        super::address::TOKEN_PROGRAM,
        super::address::TOKEN_2022_PROGRAM,
    ] {
        let filter = TokenAccountsFilter::ProgramId(program);
        all.extend(token_accounts(client, wallet, filter).await?);
    }
    Ok(all)
}
