use {
    super::GovernAttestersAccounts,
    crate::events::{self, ThresholdSet},
    anchor_lang::prelude::*,
};

/// Sets how many attestations it takes: more at any time, fewer only while nobody else
/// holds or buys shares. Errors: `InvalidThreshold`, `PollRequired`.
pub(crate) fn set_attester_threshold(
    ctx: Context<GovernAttestersAccounts>,
    threshold: u8,
) -> Result<()> {
    let header = ctx
        .accounts
        .change(|list, alone| list.set_threshold(threshold, alone))?;

    events::log(&ThresholdSet {
        header,
        threshold: u64::from(threshold),
    });
    Ok(())
}
