use {
    super::fees::accrue,
    crate::{
        error::{IndexError, require},
        events::{self, AuctionClosed, AuctionOpened},
        host::AccountIo,
        seeds,
        state::{Auction, AuctionTerms, Index, Status},
    },
    anchor_lang::prelude::*,
};

/// The curator opens an auction of one constituent for another, towards the weights.
#[derive(Accounts)]
pub struct OpenAuction<'info> {
    /// Pays the rent and gets it back.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// CHECK: the share mint, proven by the index.
    pub mint: UncheckedAccount<'info>,
    /// CHECK: the auction to make, proven by its seeds: the index's next number.
    #[account(mut)]
    pub auction: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn open_auction(ctx: Context<OpenAuction>, terms: AuctionTerms) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let now = clock.unix_timestamp;
    let key = a.index.key();
    let (number, header) = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        index.require_running()?;
        accrue(&mut index, &a.mint, now)?;
        let number = index.open_trade(&terms)?;
        (number, index.header(&key, &clock)?)
    };

    let seeds: [&[u8]; 3] = [seeds::AUCTION, key.as_ref(), &number.to_le_bytes()];
    let bump = AccountIo::create_own::<Auction>(&a.payer, &a.auction, &seeds)?;
    let event = {
        let mut auction = AccountIo::load_new::<Auction>(&a.auction)?;
        auction.open(&terms, &key, number, a.payer.key, now)?;
        auction.bump = bump;
        AuctionOpened {
            header,
            number,
            sell: u64::from(terms.sell_slot),
            buy: u64::from(terms.buy_slot),
            sell_atoms: terms.sell_atoms,
            starts_at: auction.starts_at,
            ends_at: auction.ends_at,
        }
    };

    events::log(&event);
    Ok(())
}

/// Closes an auction: the curator at any time; anybody when it is over, sold out, or
/// the index is wound down.
#[derive(Accounts)]
pub struct CloseAuction<'info> {
    /// The curator, or when it is over anybody.
    pub authority: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, Index>,
    /// The auction; it is closed.
    #[account(mut)]
    pub auction: AccountLoader<'info, Auction>,
    /// CHECK: who paid the auction's rent, proven by the auction.
    #[account(mut)]
    pub rent_payer: UncheckedAccount<'info>,
}

pub(crate) fn close_auction(ctx: Context<CloseAuction>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.index.key();
    let event = {
        let mut index = a.index.load_mut()?;
        let auction = a.auction.load()?;
        require(auction.index == key, IndexError::WrongIndex)?;
        AccountIo::same(a.rent_payer.key, &auction.rent_payer)?;
        let over = auction.is_over(clock.unix_timestamp) || index.status()? == Status::WindDown;
        let curator = index.require_curator(a.authority.key).is_ok();
        require(over || curator, IndexError::AuctionNotOver)?;

        index.close_trade(auction.number)?;
        AuctionClosed {
            header: index.header(&key, &clock)?,
            number: auction.number,
            unsold: auction.sell_left,
        }
    };
    AccountIo::close(a.auction.as_ref(), &a.rent_payer)?;

    events::log(&event);
    Ok(())
}
