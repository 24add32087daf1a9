//! A measuring stick: the least that Anchor lets a program be. Never deploy it to a
//! cluster.

#![cfg(target_os = "solana")]
#![allow(
    unexpected_cfgs,
    reason = "Anchor's macros ask for features that no measure needs"
)]

use anchor_lang::prelude::*;

declare_id!("4AbJrhA9cAAPFDjo5HJ2b2L6SWiHARQqMB7pWGoAFy3k");

#[program]
mod hello {
    use super::*;

    pub fn hello(_ctx: Context<Hello>) -> Result<()> {
        Ok(())
    }
}

#[derive(Accounts)]
pub struct Hello<'info> {
    pub wallet: Signer<'info>,
}
