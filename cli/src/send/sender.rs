//! One step at a time: simulated, or sent and confirmed.

use {
    crate::{context::Context, send::sent::Sent},
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        action::Step,
        event,
        transaction::{self, Landed, SendOptions, TransactionError, TransactionRequest},
    },
};

/// Who sends, and with which keys.
pub struct Sender<'a> {
    /// What every command works with.
    pub ctx: &'a Context,
    /// Who pays.
    pub payer: Pubkey,
    /// Who signs here.
    pub signers: Vec<&'a dyn Signer>,
}

impl Sender<'_> {
    fn request(&self, step: &Step) -> TransactionRequest<'_, dyn Signer + '_> {
        step.request(&self.payer, self.signers.clone())
    }

    /// Sends a step and waits until it is confirmed.
    pub async fn send(&self, step: &Step, options: &SendOptions) -> Result<Sent, TransactionError> {
        let client = &self.ctx.client;
        let landed = transaction::send_and_confirm(client, &self.request(step), options).await?;
        Ok(self.sent(step, landed))
    }

    /// What is reported of a landed transaction.
    pub fn sent(&self, step: &Step, landed: Landed) -> Sent {
        let (slot, units, fee) = (landed.slot, landed.units, landed.fee);
        let (units_text, fee_text) = (units.unwrap_or_default(), fee.unwrap_or_default());
        self.ctx.output.detail(format!(
            "{}: slot {slot}, {units_text} compute units, {fee_text} lamports in fees",
            step.label
        ));
        Sent {
            label: step.label.clone(),
            signature: Some(landed.signature.to_string()),
            slot: Some(slot),
            units,
            fee,
            events: event::of_logs(&landed.logs),
            index_events: event::of_logs(&landed.logs),
            logs: self.logs(landed.logs),
            ..Sent::default()
        }
    }

    /// Simulates a step. `later` steps may wait for what earlier ones do.
    pub async fn simulate(&self, step: &Step, later: bool) -> Result<Sent, TransactionError> {
        let label = step.label.clone();
        let done = match transaction::simulate(&self.ctx.client, &self.request(step)).await {
            Ok(done) => done,
            Err(error @ TransactionError::Rejected { .. }) if later => {
                return Ok(Sent {
                    label,
                    pending: Some(error.to_string()),
                    ..Sent::default()
                });
            }
            Err(error) => return Err(error),
        };
        Ok(Sent {
            label,
            units: Some(done.units),
            fee: Some(done.fee),
            events: event::of_logs(&done.logs),
            index_events: event::of_logs(&done.logs),
            logs: self.logs(done.logs),
            ..Sent::default()
        })
    }

    fn logs(&self, logs: Vec<String>) -> Vec<String> {
        if self.ctx.output.verbose {
            logs
        } else {
            Vec::new()
        }
    }
}
