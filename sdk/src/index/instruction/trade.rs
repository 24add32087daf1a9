use {
    super::{super::*, build, with_constituents},
    crate::{address::SYSTEM_PROGRAM, error::SdkError, state::Account},
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Opens the index's next auction. Signers: `payer`, the curator.
pub fn open_auction(index: &Account<Index>, payer: &Pubkey, terms: AuctionTerms) -> Instruction {
    build(
        accounts::OpenAuction {
            payer: *payer,
            curator: index.data.curator,
            index: index.key,
            mint: index.data.mint,
            auction: find_auction(&index.key, index.data.auctions_opened).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenAuction { terms },
    )
}

/// Buys in an auction. Signer: `wallet`, whose accounts of both constituents must
/// exist.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn bid(
    index: &Account<Index>,
    auction: &Account<Auction>,
    wallet: &Pubkey,
    args: BidArgs,
) -> Result<Instruction, SdkError> {
    let accounts = accounts::Bid {
        wallet: *wallet,
        index: index.key,
        mint: index.data.mint,
        auction: auction.key,
        personal_token_program: PERSONAL_TOKEN,
    };
    let slots = [auction.data.buy_slot, auction.data.sell_slot];
    let bid = build(accounts, data::Bid { args });
    with_constituents(bid, &index.data, slots, wallet)
}

/// Closes an auction. Signer: `authority`, the curator or when it is over anybody.
pub fn close_auction(auction: &Account<Auction>, authority: &Pubkey) -> Instruction {
    build(
        accounts::CloseAuction {
            authority: *authority,
            index: auction.data.index,
            auction: auction.key,
            rent_payer: auction.data.rent_payer,
        },
        data::CloseAuction {},
    )
}
