//! SOL as a currency: wrapped in the transaction that pays, unwrapped in the one that pays
//! out.

use {
    crate::{
        context::Context,
        error::{CliError, Result},
    },
    solana_program::instruction::Instruction,
    solana_system_interface::instruction::transfer,
    spl_token::instruction::{close_account, sync_native},
    upside_sdk::{
        Pubkey,
        action::Step,
        address::{NATIVE_MINT, TOKEN_PROGRAM, find_associated},
        instruction::create_associated,
    },
};

/// A wallet's account of wrapped SOL.
fn wrapped(wallet: &Pubkey) -> Pubkey {
    find_associated(wallet, &NATIVE_MINT, &TOKEN_PROGRAM).0
}

fn bad(error: impl std::fmt::Display) -> CliError {
    CliError::Other(error.to_string())
}

impl Context {
    /// The steps with money gathered and SOL wrapped before it is paid, and unwrapped where
    /// the wallet is left with some.
    pub fn with_sol(&self, steps: &[Step], payer: &Pubkey) -> Result<Vec<Step>> {
        let me = self.keys.me()?;
        let account = wrapped(&me);
        let mut steps = steps.to_vec();
        let before = self.before.take();
        if let Some(first) = steps.first_mut() {
            first.instructions.splice(0..0, before);
        }
        let touches = |step: &Step| {
            let metas = step.instructions.iter().flat_map(|call| &call.accounts);
            metas
                .into_iter()
                .any(|meta| meta.pubkey == account && meta.is_writable)
        };
        let touched: Vec<usize> = steps
            .iter()
            .enumerate()
            .filter_map(|(place, step)| touches(step).then_some(place))
            .collect();
        let (Some(first), Some(last)) = (touched.first(), touched.last()) else {
            return Ok(steps);
        };
        let lamports = self.wrap.take();
        if lamports > 0
            && let Some(step) = steps.get_mut(*first)
        {
            let wrap: [Instruction; 3] = [
                create_associated(payer, &me, &NATIVE_MINT, &TOKEN_PROGRAM),
                transfer(&me, &account, lamports),
                sync_native(&TOKEN_PROGRAM, &account).map_err(bad)?,
            ];
            step.instructions.splice(0..0, wrap);
        }
        if let Some(step) = steps.get_mut(*last) {
            let unwrap = close_account(&TOKEN_PROGRAM, &account, &me, &me, &[]).map_err(bad)?;
            step.instructions.push(unwrap);
        }
        Ok(steps)
    }
}
