use {
    super::{build, proceeds_account},
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_contribution, find_holder, find_order},
        state::{Account, Order, PersonalToken, Round, StandingOrder},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Says what becomes of a holder's dividends in the quote mint, in place of what they said
/// before, until unix second `ends_at`. `payer` pays the rent of a new order. Signers:
/// `payer`, `wallet`.
pub fn set_order(
    token: &Pubkey,
    payer: &Pubkey,
    wallet: &Pubkey,
    order: Order,
    ends_at: i64,
) -> Instruction {
    build(
        accounts::SetOrder {
            payer: *payer,
            wallet: *wallet,
            token: *token,
            holder: find_holder(token, wallet).0,
            order: find_order(token, wallet).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::SetOrder {
            terms: order,
            ends_at,
        },
    )
}

/// Ends a standing order. Signer: `authority`, its wallet; anybody once it has ended.
pub fn cancel_order(order: &Account<StandingOrder>, authority: &Pubkey) -> Instruction {
    build(
        accounts::CancelOrder {
            authority: *authority,
            token: order.data.token,
            order: order.key,
            rent_payer: order.data.rent_payer,
        },
        data::CancelOrder {},
    )
}

fn executing(token: &Account<PersonalToken>, wallet: &Pubkey) -> accounts::ExecutingAccounts {
    let quote = token.data.quote();
    accounts::ExecutingAccounts {
        token: token.key,
        holder: find_holder(&token.key, wallet).0,
        order: find_order(&token.key, wallet).0,
        proceeds: proceeds_account(token),
        quote_vault: quote.vault,
        quote_mint: quote.mint,
        quote_token_program: quote.token_program(),
    }
}

/// Pays `wallet`'s dividends to the owner, as it ordered. The owner's associated account of
/// the quote mint must exist. No signer.
pub fn pay_by_order(token: &Account<PersonalToken>, wallet: &Pubkey) -> Instruction {
    let executing = executing(token, wallet);
    build(accounts::PayByOrder { executing }, data::PayByOrder {})
}

/// Buys shares in a round with `wallet`'s dividends, as it ordered. Signer: `executor`,
/// anybody.
pub fn buy_by_order(
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    wallet: &Pubkey,
    executor: &Pubkey,
) -> Instruction {
    let records = round.data.caps_backers();
    build(
        accounts::BuyByOrder {
            executor: *executor,
            executing: executing(token, wallet),
            round: round.key,
            contribution: records.then(|| find_contribution(&round.key, wallet).0),
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
            system_program: SYSTEM_PROGRAM,
        },
        data::BuyByOrder {},
    )
}
