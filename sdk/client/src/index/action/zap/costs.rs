//! What a plan costs beside what it trades: rent, and what of it comes back.

use {
    crate::{
        action::{Rent, Returns, Step},
        address::{ASSOCIATED_TOKEN_PROGRAM, TOKEN_PROGRAM},
        error::SdkError,
        state::{Contribution, Holder, space},
    },
    anchor_lang::{Discriminator, prelude::Pubkey},
    personal_token::instruction as token,
    pooled_index::instruction as index,
    solana_address_lookup_table_interface::program as tables,
    solana_program::instruction::Instruction,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::collections::BTreeMap,
};

/// Bytes of a token account, and of one of Token-2022 without extensions of its mint.
const TOKEN_ACCOUNT: usize = 165;
const TOKEN_2022_ACCOUNT: usize = 170;
/// Bytes of a lookup table beside its addresses.
const TABLE: usize = 56;

/// The accounts that a plan makes, in the order of its steps, with their rent. Their
/// payers had none of them before; a basket that the plan closes again is left out.
///
/// # Errors
/// `Rpc`.
pub async fn rents(client: &RpcClient, steps: &[Step]) -> Result<Vec<Rent>, SdkError> {
    let mut made: Vec<(&'static str, Pubkey, usize, Returns)> = Vec::new();
    for step in steps {
        for instruction in &step.instructions {
            let Some((what, account, size, returns)) = makes(instruction, steps) else {
                continue;
            };
            if !made.iter().any(|(_, known, ..)| *known == account) {
                made.push((what, account, size, returns));
            }
        }
    }
    let mut prices: BTreeMap<usize, u64> = BTreeMap::new();
    let mut rents = Vec::with_capacity(made.len());
    for (what, account, size, returns) in made {
        let lamports = match prices.get(&size) {
            Some(lamports) => *lamports,
            None => {
                let lamports = client.get_minimum_balance_for_rent_exemption(size).await?;
                prices.insert(size, lamports);
                lamports
            }
        };
        rents.push(Rent {
            what,
            account,
            lamports,
            returns,
        });
    }
    Ok(rents)
}

/// The account that an instruction makes: what it is, its address, its size, and when its
/// rent comes back.
fn makes(
    instruction: &Instruction,
    steps: &[Step],
) -> Option<(&'static str, Pubkey, usize, Returns)> {
    let key = |place: usize| Some(instruction.accounts.get(place)?.pubkey);
    let is = |with: &[u8]| instruction.data.starts_with(with);
    if instruction.program_id == ASSOCIATED_TOKEN_PROGRAM {
        let classic = key(5)? == TOKEN_PROGRAM;
        let size = if classic {
            TOKEN_ACCOUNT
        } else {
            TOKEN_2022_ACCOUNT
        };
        let own = key(0)? == key(2)?;
        let returns = if own {
            Returns::OnceEmpty
        } else {
            Returns::Never
        };
        return Some(("token account", key(1)?, size, returns));
    }
    if instruction.program_id == personal_token::ID {
        if is(token::OpenHolder::DISCRIMINATOR) {
            let holder = instruction.accounts.iter().rev().nth(1)?.pubkey;
            return Some((HOLDER, holder, space::<Holder>(), Returns::OnceEmpty));
        }
        // In a round that caps each backer: a record, which may be there already.
        let record = key(5)?;
        if is(token::Contribute::DISCRIMINATOR) && record != personal_token::ID {
            let size = space::<Contribution>();
            return Some(("record of a contribution", record, size, Returns::OnceEmpty));
        }
        return None;
    }
    if instruction.program_id == pooled_index::ID && is(index::RedeemToBasket::DISCRIMINATOR) {
        return None;
    }
    if instruction.program_id == tables::ID && is(&[0, 0, 0, 0]) {
        let table = key(0)?;
        let mut known = steps.iter().flat_map(|step| &step.lookup_tables);
        let addresses = known.find(|known| known.key == table)?.addresses.len();
        let size = TABLE.checked_add(addresses.checked_mul(32)?)?;
        return Some((LOOKUP_TABLE, table, size, Returns::OnceEmpty));
    }
    None
}

/// What [`rents`] calls a wallet's account of a person's registered shares.
pub const HOLDER: &str = "holder account";
/// What [`rents`] calls a lookup table.
pub const LOOKUP_TABLE: &str = "lookup table";

/// The addresses of the accounts of a kind among these rents: of those that
/// [`tidy`](super::tidy()) takes.
pub fn made(rents: &[Rent], what: &str) -> Vec<Pubkey> {
    let of_kind = rents.iter().filter(|rent| rent.what == what);
    of_kind.map(|rent| rent.account).collect()
}
