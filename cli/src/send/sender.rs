//! One step at a time: simulated, or sent and confirmed.

use {
    crate::{context::Context, send::sent::Sent},
    solana_signer::Signer,
    std::collections::BTreeSet,
    upside_sdk::{
        Pubkey,
        action::Step,
        error::SdkError,
        event, fetch,
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
    /// The request of a step.
    pub fn request(&self, step: &Step) -> TransactionRequest<'_, dyn Signer + '_> {
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
            Err(TransactionError::Rejected { .. }) if later => {
                let why = "cannot be simulated before the transactions before it have landed";
                return Ok(Sent {
                    label,
                    pending: Some(why.to_string()),
                    ..Sent::default()
                });
            }
            Err(error) => return Err(error),
        };
        Ok(Sent {
            label,
            units: Some(done.units),
            fee: Some(done.fee),
            rent: self.rent(step).await.ok(),
            events: event::of_logs(&done.logs),
            index_events: event::of_logs(&done.logs),
            logs: self.logs(done.logs),
            ..Sent::default()
        })
    }

    /// Lamports that accounts which a step makes have after it.
    async fn rent(&self, step: &Step) -> Result<u64, SdkError> {
        let metas = step.instructions.iter().flat_map(|call| &call.accounts);
        let writable = metas.filter(|meta| meta.is_writable && !meta.is_signer);
        let keys: BTreeSet<Pubkey> = writable.map(|meta| meta.pubkey).collect();
        let keys: Vec<Pubkey> = keys.into_iter().collect();
        let client = &self.ctx.client;
        let before = fetch::raw(client, &keys).await?;
        let new: Vec<Pubkey> = keys
            .iter()
            .zip(before)
            .filter_map(|(key, found)| found.is_none().then_some(*key))
            .collect();
        if new.is_empty() {
            return Ok(0);
        }
        let after = transaction::lamports_after(client, &self.request(step), &new).await?;
        Ok(after.into_iter().fold(0, u64::saturating_add))
    }

    fn logs(&self, logs: Vec<String>) -> Vec<String> {
        if self.ctx.output.verbose {
            logs
        } else {
            Vec::new()
        }
    }
}
