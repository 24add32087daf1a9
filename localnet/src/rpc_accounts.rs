//! Methods that read accounts.

use super::chain::Chain;
use super::rpc::{Answer, Fault, INVALID_REQUEST, Params, in_context, parse, reached, to_value};
use serde_json::Value;
use solana_account::{AccountSharedData, ReadableAccount};
use solana_account_decoder::parse_account_data::{
    AccountAdditionalDataV3, SplTokenAdditionalDataV2,
};
use solana_account_decoder::parse_token::{get_token_account_mint, token_amount_to_ui_amount_v3};
use solana_account_decoder::{MAX_BASE58_BYTES, encode_ui_account};
use solana_account_decoder_client_types::token::UiTokenAmount;
use solana_account_decoder_client_types::{UiAccount, UiAccountEncoding, UiDataSliceConfig};
use solana_pubkey::Pubkey;
use solana_rpc_client_api::config::{
    RpcAccountInfoConfig, RpcContextConfig, RpcProgramAccountsConfig, RpcTokenAccountsFilter,
};
use solana_rpc_client_api::filter::RpcFilterType;
use solana_rpc_client_api::request::{MAX_GET_PROGRAM_ACCOUNT_FILTERS, MAX_MULTIPLE_ACCOUNTS};
use solana_rpc_client_api::response::RpcKeyedAccount;

const TOKEN_2022: Pubkey = Pubkey::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
const TOKEN_PROGRAMS: [Pubkey; 2] = [super::TOKEN, TOKEN_2022];
/// Behind the base layout, Token-2022 says what an account is.
const TYPE_OFFSET: usize = super::TOKEN_ACCOUNT_LEN;

pub(super) fn account_info(chain: &mut Chain, params: &Params) -> Answer {
    let key: Pubkey = params.parsed(0, "address")?;
    let config: RpcAccountInfoConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    let encoding = config.encoding.unwrap_or(UiAccountEncoding::Binary);
    let account = chain
        .account(&key)
        .map(|account| encode(chain, &key, account, encoding, config.data_slice))
        .transpose()?;
    in_context(chain, account)
}

pub(super) fn multiple_accounts(chain: &mut Chain, params: &Params) -> Answer {
    let keys: Vec<String> = params.need(0, "addresses")?;
    let config: RpcAccountInfoConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    if keys.len() > MAX_MULTIPLE_ACCOUNTS {
        return Err(Fault::params(format_args!(
            "at most {MAX_MULTIPLE_ACCOUNTS} addresses"
        )));
    }
    let encoding = config.encoding.unwrap_or(UiAccountEncoding::Base64);
    let accounts = keys
        .iter()
        .map(|key| {
            let key = parse(key, "address")?;
            chain
                .account(&key)
                .map(|account| encode(chain, &key, account, encoding, config.data_slice))
                .transpose()
        })
        .collect::<Result<Vec<_>, _>>()?;
    in_context(chain, accounts)
}

pub(super) fn program_accounts(chain: &mut Chain, params: &Params) -> Answer {
    let program: Pubkey = params.parsed(0, "program")?;
    let config: RpcProgramAccountsConfig = params.config(1)?;
    let RpcAccountInfoConfig {
        encoding,
        data_slice,
        min_context_slot,
        ..
    } = config.account_config;
    reached(chain, min_context_slot)?;
    let encoding = encoding.unwrap_or(UiAccountEncoding::Binary);
    let filters = Filters::new(config.filters.unwrap_or_default())?;
    // Account by account: a token may have very many holders, and their answers would
    // be in memory twice.
    let accounts = chain
        .owned_by(&program)
        .filter(|(_, account)| filters.match_all(account))
        .map(|(key, account)| to_value(keyed(chain, key, account, encoding, data_slice)?))
        .collect::<Result<Vec<Value>, _>>()?;
    let accounts = Value::Array(accounts);
    if config.with_context != Some(true) {
        return Ok(accounts);
    }
    let mut answer = in_context(chain, ())?;
    if let Some(value) = answer.get_mut("value") {
        *value = accounts;
    }
    Ok(answer)
}

pub(super) fn balance(chain: &mut Chain, params: &Params) -> Answer {
    let key: Pubkey = params.parsed(0, "address")?;
    let config: RpcContextConfig = params.config(1)?;
    reached(chain, config.min_context_slot)?;
    in_context(chain, chain.lamports(&key))
}

pub(super) fn rent(chain: &mut Chain, params: &Params) -> Answer {
    let len: usize = params.need(0, "data length")?;
    to_value(chain.svm.minimum_balance_for_rent_exemption(len))
}

pub(super) fn token_account_balance(chain: &mut Chain, params: &Params) -> Answer {
    let key: Pubkey = params.parsed(0, "token account")?;
    let account = chain
        .account(&key)
        .ok_or_else(|| Fault::params("could not find account"))?;
    if !is_token_account(account) {
        return Err(Fault::params("not a Token account"));
    }
    let mint = get_token_account_mint(account.data()).and_then(|mint| mint_data(chain, &mint));
    let mint = mint.ok_or_else(|| Fault::params("could not find mint"))?;
    in_context(chain, amount(account.data(), 64, &mint))
}

pub(super) fn token_supply(chain: &mut Chain, params: &Params) -> Answer {
    let key: Pubkey = params.parsed(0, "mint")?;
    let account = chain
        .account(&key)
        .ok_or_else(|| Fault::params("could not find mint"))?;
    let mint = mint_data(chain, &key).ok_or_else(|| Fault::params("not a Token mint"))?;
    in_context(chain, amount(account.data(), 36, &mint))
}

pub(super) fn token_accounts_by_owner(chain: &mut Chain, params: &Params) -> Answer {
    let owner: Pubkey = params.parsed(0, "owner")?;
    let filter: RpcTokenAccountsFilter = params.need(1, "filter")?;
    let config: RpcAccountInfoConfig = params.config(2)?;
    reached(chain, config.min_context_slot)?;
    let encoding = config.encoding.unwrap_or(UiAccountEncoding::Binary);
    let (program, mint) = match filter {
        RpcTokenAccountsFilter::ProgramId(id) => (parse::<Pubkey>(&id, "program")?, None),
        RpcTokenAccountsFilter::Mint(mint) => {
            let mint: Pubkey = parse(&mint, "mint")?;
            let account = chain
                .account(&mint)
                .filter(|_| mint_data(chain, &mint).is_some());
            let account = account.ok_or_else(|| Fault::params("could not find mint"))?;
            (*account.owner(), Some(mint))
        }
    };
    if !TOKEN_PROGRAMS.contains(&program) {
        return Err(Fault::params("unrecognized Token program id"));
    }
    let accounts = chain
        .owned_by(&program)
        .filter(|(_, account)| {
            is_token_account(account)
                && account.data()[32..64] == owner.to_bytes()
                && mint.is_none_or(|mint| account.data()[..32] == mint.to_bytes())
        })
        .map(|(key, account)| keyed(chain, key, account, encoding, config.data_slice))
        .collect::<Result<Vec<_>, _>>()?;
    in_context(chain, accounts)
}

/// Filters with their bytes decoded once.
struct Filters {
    sizes: Vec<u64>,
    bytes: Vec<(usize, Vec<u8>)>,
    token: bool,
}

impl Filters {
    fn new(filters: Vec<RpcFilterType>) -> Result<Self, Fault> {
        if filters.len() > MAX_GET_PROGRAM_ACCOUNT_FILTERS {
            let what =
                format_args!("at most {MAX_GET_PROGRAM_ACCOUNT_FILTERS} filters").to_string();
            return Err(Fault::params(what));
        }
        let mut all = Self {
            sizes: Vec::new(),
            bytes: Vec::new(),
            token: false,
        };
        for filter in filters {
            filter.verify().map_err(Fault::params)?;
            match filter {
                RpcFilterType::DataSize(size) => all.sizes.push(size),
                RpcFilterType::TokenAccountState => all.token = true,
                RpcFilterType::Memcmp(compare) => {
                    let bytes = compare
                        .bytes()
                        .ok_or_else(|| Fault::params("memcmp bytes"))?;
                    all.bytes.push((compare.offset(), bytes.into_owned()));
                }
            }
        }
        Ok(all)
    }

    fn match_all(&self, account: &AccountSharedData) -> bool {
        let data = account.data();
        self.sizes.iter().all(|size| *size == data.len() as u64)
            && (!self.token || is_token_account(account))
            && self.bytes.iter().all(|(offset, bytes)| {
                data.get(*offset..)
                    .is_some_and(|rest| rest.starts_with(bytes))
            })
    }
}

/// An account as the client wants to see it.
pub(super) fn encode(
    chain: &Chain,
    key: &Pubkey,
    account: &AccountSharedData,
    encoding: UiAccountEncoding,
    slice: Option<UiDataSliceConfig>,
) -> Result<UiAccount, Fault> {
    let len = account.data().len();
    let shown = slice.map_or(len, |s| s.length.min(len.saturating_sub(s.offset)));
    let base58 = matches!(
        encoding,
        UiAccountEncoding::Binary | UiAccountEncoding::Base58
    );
    if base58 && shown > MAX_BASE58_BYTES {
        let message = format!(
            "Encoded binary (base 58) data should be less than {MAX_BASE58_BYTES} bytes, please \
             use Base64 encoding."
        );
        return Err(Fault::new(INVALID_REQUEST, message));
    }
    let mint = (encoding == UiAccountEncoding::JsonParsed && is_token_account(account))
        .then(|| get_token_account_mint(account.data()))
        .flatten()
        .and_then(|mint| mint_data(chain, &mint));
    let extra = mint.map(|mint| AccountAdditionalDataV3 {
        spl_token_additional_data: Some(mint),
    });
    Ok(encode_ui_account(key, account, encoding, extra, slice))
}

fn keyed(
    chain: &Chain,
    key: &Pubkey,
    account: &AccountSharedData,
    encoding: UiAccountEncoding,
    slice: Option<UiDataSliceConfig>,
) -> Result<RpcKeyedAccount, Fault> {
    let account = encode(chain, key, account, encoding, slice)?;
    Ok(RpcKeyedAccount {
        pubkey: key.to_string(),
        account,
    })
}

/// What it takes to show amounts of a mint.
fn mint_data(chain: &Chain, mint: &Pubkey) -> Option<SplTokenAdditionalDataV2> {
    let account = chain.account(mint)?;
    let data = account.data();
    let of_mint = TOKEN_PROGRAMS.contains(account.owner())
        && (data.len() == super::MINT_LEN || data.get(TYPE_OFFSET) == Some(&1))
        && data.get(45) == Some(&1);
    of_mint.then(|| SplTokenAdditionalDataV2::with_decimals(data[44]))
}

fn is_token_account(account: &AccountSharedData) -> bool {
    let data = account.data();
    TOKEN_PROGRAMS.contains(account.owner())
        && (data.len() == super::TOKEN_ACCOUNT_LEN || data.get(TYPE_OFFSET) == Some(&2))
        && data.get(108).is_some_and(|state| *state != 0)
}

fn amount(data: &[u8], offset: usize, mint: &SplTokenAdditionalDataV2) -> UiTokenAmount {
    let bytes = data.get(offset..).and_then(|rest| rest.first_chunk::<8>());
    token_amount_to_ui_amount_v3(bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes)), mint)
}
