//! Who pays the rent of what an instruction makes.

use {
    crate::{
        address::{ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM},
        index, state,
    },
    anchor_lang::{Discriminator, prelude::Pubkey},
    personal_token::instruction as token,
    pooled_index::instruction as pool,
    solana_program::{instruction::Instruction, pubkey},
};

const LOOKUP_TABLE_PROGRAM: Pubkey = pubkey!("AddressLookupTab1e1111111111111111111111111");

/// Instructions whose first account pays the rent of what they make, and nothing else.
const TOKEN: [&[u8]; 18] = [
    token::AddAsset::DISCRIMINATOR,
    token::AddAttesters::DISCRIMINATOR,
    token::AnnounceName::DISCRIMINATOR,
    token::ApplyName::DISCRIMINATOR,
    token::ApproveTransfer::DISCRIMINATOR,
    token::AttestClaim::DISCRIMINATOR,
    token::AttestIdentity::DISCRIMINATOR,
    token::CollectGrant::DISCRIMINATOR,
    token::CreateToken::DISCRIMINATOR,
    token::DeclareClaim::DISCRIMINATOR,
    token::OfferGrant::DISCRIMINATOR,
    token::OpenBid::DISCRIMINATOR,
    token::OpenHolder::DISCRIMINATOR,
    token::OpenProduct::DISCRIMINATOR,
    token::OpenRound::DISCRIMINATOR,
    token::OpenSale::DISCRIMINATOR,
    token::PutPoll::DISCRIMINATOR,
    token::SetOrder::DISCRIMINATOR,
];
const INDEX: [&[u8]; 14] = [
    pool::AcceptMembership::DISCRIMINATOR,
    pool::AddMint::DISCRIMINATOR,
    pool::AddPersonal::DISCRIMINATOR,
    pool::Announce::DISCRIMINATOR,
    pool::ApplyTakeOver::DISCRIMINATOR,
    pool::CreateIndex::DISCRIMINATOR,
    pool::Launch::DISCRIMINATOR,
    pool::LockShares::DISCRIMINATOR,
    pool::OfferMembership::DISCRIMINATOR,
    pool::OpenCandidacy::DISCRIMINATOR,
    pool::OpenRebalance::DISCRIMINATOR,
    pool::RedeemWoundUp::DISCRIMINATOR,
    pool::SetUri::DISCRIMINATOR,
    pool::Wrap::DISCRIMINATOR,
];

/// The instruction with `payer` paying the rent of what it makes, if `wallet` would. What
/// `wallet` gives, and what comes back to it, stays its own.
pub fn funded_by(mut call: Instruction, wallet: &Pubkey, payer: &Pubkey) -> Instruction {
    let place = rent_payer(&call);
    if let Some(meta) = place.and_then(|place| call.accounts.get_mut(place))
        && meta.pubkey == *wallet
        && meta.is_signer
    {
        meta.pubkey = *payer;
        meta.is_writable = true;
    }
    call
}

/// The place of the account that only pays rent; `None` if there is none.
fn rent_payer(call: &Instruction) -> Option<usize> {
    let first = |known: &[&[u8]]| {
        known
            .iter()
            .any(|it| call.data.starts_with(it))
            .then_some(0)
    };
    match call.program_id {
        // "Create" and "create idempotent".
        ASSOCIATED_TOKEN_PROGRAM if matches!(call.data.as_slice(), [] | [0 | 1]) => Some(0),
        // "Create" and "extend": the table, its authority, who pays.
        LOOKUP_TABLE_PROGRAM => matches!(call.data.first(), Some(0 | 2)).then_some(2),
        id if id == state::PROGRAM_ID && call.data.starts_with(token::Redeem::DISCRIMINATOR) => {
            // A redemption for a receipt ends with its payer and the system program.
            let last = call.accounts.last()?;
            let receipted = last.pubkey == SYSTEM_PROGRAM;
            receipted
                .then(|| call.accounts.len().checked_sub(2))
                .flatten()
        }
        id if id == state::PROGRAM_ID => first(&TOKEN),
        id if id == index::PROGRAM_ID => first(&INDEX),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        serde_json::Value,
        solana_program::instruction::AccountMeta,
        std::{collections::BTreeSet, fs},
    };

    /// Every instruction with a payer in its first place is known, but for the one whose
    /// payer pays money.
    #[test]
    fn every_payer_of_rent_is_known() {
        for (file, known) in [("personal_token", &TOKEN[..]), ("pooled_index", &INDEX[..])] {
            let path = format!("{}/../../idl/{file}.json", env!("CARGO_MANIFEST_DIR"));
            let idl: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let mut expected = BTreeSet::new();
            for one in idl["instructions"].as_array().unwrap() {
                let first = &one["accounts"][0];
                if first["name"] == "payer" && first["writable"] == true {
                    let bytes = one["discriminator"].as_array().unwrap().iter();
                    expected.insert(bytes.map(|b| b.as_u64().unwrap() as u8).collect::<Vec<_>>());
                }
            }
            let known: BTreeSet<Vec<u8>> = known.iter().map(|it| it.to_vec()).collect();
            assert_eq!(known, expected, "{file}");
        }
    }

    #[test]
    fn a_payer_takes_the_place_of_the_wallet_and_of_nobody_else() {
        let [wallet, payer, other] = [0; 3].map(|_| Pubkey::new_unique());
        let create =
            |by: &Pubkey| crate::instruction::create_associated(by, &wallet, &other, &other);
        assert_eq!(funded_by(create(&wallet), &wallet, &payer), create(&payer));
        assert_eq!(funded_by(create(&other), &wallet, &payer), create(&other));
        let transfer = Instruction {
            program_id: SYSTEM_PROGRAM,
            accounts: vec![
                AccountMeta::new(wallet, true),
                AccountMeta::new(other, false),
            ],
            data: vec![2, 0, 0, 0],
        };
        assert_eq!(funded_by(transfer.clone(), &wallet, &payer), transfer);
    }
}
