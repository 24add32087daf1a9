use {
    super::build,
    crate::{
        address::{
            ASSOCIATED_TOKEN_PROGRAM, SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TokenAddresses,
            find_associated, find_holder,
        },
        state::{Account, CreateTokenArgs, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
    upside_math::Shares,
};

/// Creates `creator`'s token with its mint, register and quote vault.
///
/// Signers: `payer`, `creator`. `quote_token_program` owns `quote_mint`, which
/// `quote_authority` may mint; `None` if nobody may.
pub fn create_token(
    payer: &Pubkey,
    creator: &Pubkey,
    quote_mint: &Pubkey,
    quote_token_program: &Pubkey,
    quote_authority: Option<Pubkey>,
    args: CreateTokenArgs,
) -> Instruction {
    let TokenAddresses {
        token,
        mint,
        share_custody,
    } = TokenAddresses::of_creator(creator);
    build(
        accounts::CreateToken {
            payer: *payer,
            creator: *creator,
            token,
            mint,
            share_custody,
            quote_mint: *quote_mint,
            quote_authority,
            quote_vault: find_associated(&token, quote_mint, quote_token_program).0,
            quote_token_program: *quote_token_program,
            token_2022_program: TOKEN_2022_PROGRAM,
            associated_token_program: ASSOCIATED_TOKEN_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::CreateToken { args },
    )
}

fn govern(token: &Account<PersonalToken>, authority: &Pubkey) -> accounts::GovernAccounts {
    accounts::GovernAccounts {
        authority: *authority,
        token: token.key,
    }
}

/// Names guardian and registrar; the zero key for nobody. Signer: the owner.
pub fn set_roles(
    token: &Account<PersonalToken>,
    guardian: &Pubkey,
    registrar: &Pubkey,
) -> Instruction {
    let args = data::SetRoles {
        guardian: *guardian,
        registrar: *registrar,
    };
    build(govern(token, &token.data.owner), args)
}

/// Sets the bearer cap in share atoms. Signer: the owner.
pub fn set_bearer_cap(token: &Account<PersonalToken>, bearer_cap: Shares) -> Instruction {
    build(
        govern(token, &token.data.owner),
        data::SetBearerCap {
            bearer_cap: bearer_cap.0,
        },
    )
}

/// Proposes a new owner; the zero key withdraws the proposal. Signer: the owner.
pub fn propose_owner(token: &Account<PersonalToken>, new_owner: &Pubkey) -> Instruction {
    build(
        govern(token, &token.data.owner),
        data::ProposeOwner {
            pending_owner: *new_owner,
        },
    )
}

/// Accepts ownership. Signer: the proposed owner.
pub fn accept_ownership(token: &Account<PersonalToken>, new_owner: &Pubkey) -> Instruction {
    build(
        accounts::AcceptOwnership {
            new_owner: *new_owner,
            token: token.key,
            new_holder: find_holder(&token.key, new_owner).0,
        },
        data::AcceptOwnership {},
    )
}

/// Pauses new money. Signer: `authority`, the owner or the guardian.
pub fn pause(token: &Account<PersonalToken>, authority: &Pubkey) -> Instruction {
    build(govern(token, authority), data::Pause {})
}

/// Admits new money again. Signer: the owner.
pub fn unpause(token: &Account<PersonalToken>) -> Instruction {
    build(govern(token, &token.data.owner), data::Unpause {})
}
