use {
    super::{asset_account, build},
    crate::{
        address::{SYSTEM_PROGRAM, find_bid, find_holder},
        state::{Account, Approval, Bid, BidTerms, FillBidArgs, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Offers to buy registered shares for a price, out of the bidder's associated account of
/// the quote mint. The bidder must have a holder account. Signers: `payer`, `bidder`.
pub fn open_bid(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    bidder: &Pubkey,
    terms: BidTerms,
) -> Instruction {
    let quote = token.data.quote();
    build(
        accounts::OpenBid {
            payer: *payer,
            bidder: *bidder,
            token: token.key,
            holder: find_holder(&token.key, bidder).0,
            bid: find_bid(&token.key, bidder, terms.number).0,
            payment: asset_account(quote, bidder),
            quote_vault: quote.vault,
            quote_mint: quote.mint,
            quote_token_program: quote.token_program(),
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenBid { terms },
    )
}

/// Sells into a bid, into the seller's associated account of the quote mint; royalty is
/// taken from it. `approval` if the token's policy asks for one. Signer: `seller`.
pub fn fill_bid(
    token: &Account<PersonalToken>,
    bid: &Account<Bid>,
    seller: &Pubkey,
    approval: Option<&Account<Approval>>,
    args: FillBidArgs,
) -> Instruction {
    let quote = token.data.quote();
    build(
        accounts::FillBid {
            seller: *seller,
            token: token.key,
            bid: bid.key,
            bidder_holder: find_holder(&token.key, &bid.data.bidder).0,
            seller_holder: find_holder(&token.key, seller).0,
            proceeds: asset_account(quote, seller),
            quote_vault: quote.vault,
            quote_mint: quote.mint,
            quote_token_program: quote.token_program(),
            rent_payer: bid.data.rent_payer,
            approval: approval.map(|approval| approval.key),
            approval_rent_payer: approval.map(|approval| approval.data.rent_payer),
        },
        data::FillBid { args },
    )
}

/// Ends a bid; what waits of its money goes to the bidder's associated account of the
/// quote mint, which must exist. Signer: `authority`, the bidder; anybody after its expiry.
pub fn cancel_bid(
    token: &Account<PersonalToken>,
    bid: &Account<Bid>,
    authority: &Pubkey,
) -> Instruction {
    let (data, quote) = (&bid.data, token.data.quote());
    build(
        accounts::CancelBid {
            authority: *authority,
            token: data.token,
            holder: find_holder(&data.token, &data.bidder).0,
            bid: bid.key,
            destination: asset_account(quote, &data.bidder),
            quote_vault: quote.vault,
            quote_mint: quote.mint,
            quote_token_program: quote.token_program(),
            rent_payer: data.rent_payer,
        },
        data::CancelBid {},
    )
}
