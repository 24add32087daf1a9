use {
    super::{asset_account, build},
    crate::{
        address::{SYSTEM_PROGRAM, find_holder, find_sale},
        state::{Account, Approval, BuyArgs, PersonalToken, Sale, SaleTerms},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Offers registered shares for a price. Signers: `payer`, `seller`.
pub fn open_sale(token: &Pubkey, payer: &Pubkey, seller: &Pubkey, terms: SaleTerms) -> Instruction {
    build(
        accounts::OpenSale {
            payer: *payer,
            seller: *seller,
            token: *token,
            holder: find_holder(token, seller).0,
            sale: find_sale(token, seller, terms.number).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenSale { terms },
    )
}

/// Ends a sale unsold. Signer: `authority`, the seller; anybody after its expiry.
pub fn cancel_sale(sale: &Account<Sale>, authority: &Pubkey) -> Instruction {
    let data = &sale.data;
    build(
        accounts::CancelSale {
            authority: *authority,
            token: data.token,
            holder: find_holder(&data.token, &data.seller).0,
            sale: sale.key,
            rent_payer: data.rent_payer,
        },
        data::CancelSale {},
    )
}

/// Buys from a sale, out of the buyer's associated account of the quote mint into the
/// seller's; royalty is taken from it. `approval` where the token's policy asks for one.
/// Signer: `buyer`.
pub fn buy(
    token: &Account<PersonalToken>,
    sale: &Account<Sale>,
    buyer: &Pubkey,
    approval: Option<&Account<Approval>>,
    args: BuyArgs,
) -> Instruction {
    let (quote, seller) = (token.data.quote(), sale.data.seller);
    build(
        accounts::Buy {
            buyer: *buyer,
            token: token.key,
            sale: sale.key,
            seller_holder: find_holder(&token.key, &seller).0,
            buyer_holder: find_holder(&token.key, buyer).0,
            payment: asset_account(quote, buyer),
            proceeds: asset_account(quote, &seller),
            quote_vault: quote.vault,
            quote_mint: quote.mint,
            quote_token_program: quote.token_program(),
            rent_payer: sale.data.rent_payer,
            approval: approval.map(|approval| approval.key),
            approval_rent_payer: approval.map(|approval| approval.data.rent_payer),
        },
        data::Buy { args },
    )
}
