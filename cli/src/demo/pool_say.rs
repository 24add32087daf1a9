//! What people of the second act may do beside buying: come in without money, say no.

use {
    super::{
        attest,
        cast::{Stage, address},
        makers::{index, pool, token, units},
        money::{DAY, whole},
    },
    crate::error::{CliError, Result},
    upside_sdk::{
        action::Step,
        fetch,
        index::{
            Action, INDEX_SHARE_DECIMALS, OfferTerms, ParametersInput, WHOLE_INDEX_SHARE,
            action as plan, fetch as indexes, instruction as ix,
        },
    },
};

/// Seconds of the index's notice.
pub const NOTICE: u32 = 604_800;

/// Two who have nothing are offered a place, and take it when the notice is over.
pub async fn join(stage: &mut Stage) -> Result<()> {
    let (client, maya) = (stage.chain.client(), address("maya"));
    for name in ["kofi", "lena"] {
        let person = token(stage, name).await?.key;
        let index = indexes::index(&client, &index()).await?;
        let add = plan::add(&client, &index, &maya, &person).await?;
        stage
            .act("maya", format!("adds {name} to the index"), &add.steps)
            .await?;
        let terms = OfferTerms {
            token_shares: whole(20_000).0,
            index_shares: 25 * WHOLE_INDEX_SHARE,
        };
        let offer = ix::offer_membership(&index, &maya, &maya, &person, terms);
        let what = format!("offers {name} 25 shares of MAKERS for 20,000 of theirs");
        let steps = [Step::new("offer a membership", vec![offer])];
        stage.act("maya", what, &steps).await?;
    }
    for name in ["kofi", "lena"] {
        attest::attest(stage, name)?;
    }
    stage.tell("an issuer attests that Kofi and Lena are two people".to_string());
    stage.wait(7 * DAY, "whoever disagrees could have vetoed or redeemed")?;
    for name in ["kofi", "lena"] {
        let person = token(stage, name).await?;
        let pool = pool(stage).await?;
        let offers = indexes::offers(&client, &pool.index.key).await?;
        let mut offers = offers.into_iter();
        let offer = offers
            .find(|offer| offer.data.token == person.key)
            .ok_or_else(|| CliError::Other(format!("nobody offers {name} a place")))?;
        let deadline = stage.chain.now() + 600;
        let accept = plan::accept_membership(&client, &pool, &person, &offer, deadline).await?;
        let what = format!(
            "accepts: {} shares of MAKERS now, {} when the membership has ended",
            units(accept.quote.free),
            units(accept.quote.locked)
        );
        stage.act(name, what, &accept.steps).await?;
    }
    Ok(())
}

/// The curator announces higher fees, and a holder of more than a fifth says no.
pub async fn veto(stage: &mut Stage) -> Result<()> {
    let (client, maya, noah) = (stage.chain.client(), address("maya"), address("noah"));
    let pool = pool(stage).await?;
    let index = &pool.index;
    let fees = ParametersInput {
        management_fee_bps: 500,
        entry_fee_bps: 300,
        exit_fee_bps: 100,
    };
    let announce = ix::announce(index, &maya, vec![Action::SetFees(fees)]);
    let nonce = index.data.announcements_made + 1;
    let what = "announces the highest fees there can be: 5 % a year".to_string();
    let steps = [Step::new("announce", vec![announce])];
    stage.act("maya", what, &steps).await?;

    let shares = fetch::balance(&client, &ix::share_account(&index.data, &noah)).await?;
    let lock = ix::lock_shares(index, &noah, &noah, shares);
    let what = format!("locks {} shares, so that they count", units(shares));
    let steps = [Step::new("lock shares", vec![lock])];
    stage.act("noah", what, &steps).await?;
    let third = i64::from(NOTICE).div_euclid(3) + 1;
    stage.wait(third, "the lock counts after a third of the notice")?;
    let veto = ix::veto(index, &noah, nonce);
    let steps = [Step::new("veto", vec![veto])];
    let what = "vetoes with more than a fifth of all shares: the fees stay".to_string();
    stage.act("noah", what, &steps).await?;
    let after = indexes::index(&client, &index.key).await?;
    if after.data.announcement(nonce).is_ok() {
        let all = upside_sdk::inspect::Amount::new(after.data.supply, INDEX_SHARE_DECIMALS);
        return Err(CliError::Other(format!(
            "{} of {} shares do not cancel an announcement",
            units(shares),
            all
        )));
    }
    let lock = indexes::lock(&client, &index.key, &noah).await?;
    let lock = lock.ok_or_else(|| CliError::Other("Noah locked nothing".to_string()))?;
    let unlock = ix::unlock_shares(&after, &lock, shares);
    let steps = [Step::new("unlock shares", vec![unlock])];
    stage
        .act("noah", "takes his shares back".to_string(), &steps)
        .await
}
