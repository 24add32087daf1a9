use {
    super::build,
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_holder, find_naming},
        state::{Account, NameTexts, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Announces another name, symbol or URI: applicable at once if nobody else has shares, else
/// after the notice. Signers: `payer`, the owner.
pub fn announce_name(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    texts: NameTexts,
) -> Instruction {
    build(
        accounts::AnnounceNameAccounts {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            naming: find_naming(&token.key).0,
            owner_holder: find_holder(&token.key, &token.data.owner).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::AnnounceName { texts },
    )
}

/// Writes an announced name on the share mint once its notice is over. Signer: `payer`,
/// anybody.
pub fn apply_name(token: &Account<PersonalToken>, payer: &Pubkey) -> Instruction {
    build(
        accounts::ApplyNameAccounts {
            payer: *payer,
            token: token.key,
            naming: find_naming(&token.key).0,
            mint: token.data.mint,
            token_2022_program: TOKEN_2022_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::ApplyName {},
    )
}

/// Cancels an announced name. Signers: `payer`, the owner.
pub fn cancel_name(token: &Account<PersonalToken>, payer: &Pubkey) -> Instruction {
    announce_name(token, payer, NameTexts::default())
}
