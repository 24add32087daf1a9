//! The end: the executor winds the token up, everybody is paid out, accounts close.

use {
    super::{
        potter::{Kept, claim, class, olga, one, sol, token},
        work,
    },
    crate::{
        demo::{
            cast::{Stage, address},
            money::{CASH, DAY, cash, shares},
        },
        error::Result,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms, Pubkey,
        action::{self, Limits},
        address::{find_attestation, find_grant, find_holder, find_pass},
        fetch, instruction,
        state::{Attestation, ExitArgs},
    },
};

/// Who has shares to redeem.
const HOLDERS: [&str; 4] = ["rita", "sam", "tess", "paul"];

/// She names an executor, and is never seen again.
pub async fn die(stage: &mut Stage) -> Result<()> {
    let set = instruction::set_executor(&token(stage).await?, &address("umar"));
    let what = "names Umar as her executor, should she be silent for a year".to_string();
    stage.act("olga", what, &one("set executor", set)).await?;
    stage.wait(366 * DAY, "Olga has died")
}

/// The executor winds up and sells what she had.
pub async fn wind_up(stage: &mut Stage, kept: &mut Kept) -> Result<()> {
    let (client, umar) = (stage.chain.client(), address("umar"));
    let up = instruction::wind_up_by_executor(&olga(), &umar);
    let what = "winds the token up: no cash-out tax from here on".to_string();
    stage.act("umar", what, &one("wind up", up)).await?;
    let class = class(stage).await?;
    stage.tell(format!("what the notary signed is a year old: {class}"));
    let grant = find_grant(&olga(), 0).0;
    let back = rent(stage, &[grant]);
    work::vest(stage).await?;
    kept.rent = kept.rent.saturating_add(back);
    stage.tell(format!(
        "the grant is over: {} SOL of rent go back",
        sol(back)
    ));

    let (token, equity) = (token(stage).await?, claim(stage, 0).await?);
    let args = ExitArgs {
        units: 500,
        received: 4_000 * CASH,
    };
    let mut plan = action::exit_claim(&client, &token, &equity, &address("sons"), args).await?;
    for call in plan
        .steps
        .iter_mut()
        .flat_map(|step| &mut step.instructions)
    {
        *call = instruction::by_executor(call.clone(), &token);
    }
    let to = plan.quote;
    let what = format!(
        "sells the shares of Kiln & Sons for {}: {} to her estate, {} to the reserve, {} streams",
        cash(Atoms(args.received)),
        cash(to.to_owner),
        cash(to.to_reserve),
        cash(to.to_stream),
    );
    stage.act_with("umar", what, &plan.steps, &["sons"]).await?;
    stage.wait(7 * DAY, "everything has streamed")
}

/// Everybody takes their dividends and their part of the reserve.
pub async fn pay_out(stage: &mut Stage) -> Result<()> {
    let client = stage.chain.client();
    for name in HOLDERS {
        let (token, wallet) = (token(stage).await?, address(name));
        let plan = action::collect_dividends(&client, &token, &wallet).await?;
        let paid: Vec<_> = plan.quote.iter().map(|(_, atoms)| cash(*atoms)).collect();
        let what = format!("claims {} of dividends", paid.join(" + "));
        stage.act(name, what, &plan.steps).await?;
        let token = self::token(stage).await?;
        let holder = fetch::holder(&client, &token.key, &wallet).await?;
        let all = upside_sdk::Shares(holder.map_or(0, |holder| holder.data.shares));
        let limits = Limits {
            slippage_bps: 0,
            deadline: stage.chain.now() + 120,
        };
        let plan = action::redeem(&client, &token, &wallet, all, false, 0, &limits).await?;
        let paid = plan.quote.paid.first().copied().unwrap_or_default();
        let what = format!(
            "redeems all {} shares for {}",
            shares(all),
            cash(Atoms(paid))
        );
        stage.act(name, what, &plan.steps).await?;
    }
    Ok(())
}

/// What is empty is closed, and its rent goes back to who paid it.
pub async fn close(stage: &mut Stage, kept: &mut Kept) -> Result<()> {
    let (client, tess, umar) = (stage.chain.client(), address("tess"), address("umar"));
    let course = work::product(stage).await?;
    work::door(stage, &course).await?;
    let key = find_pass(&course.key, &tess).0;
    let pass = instruction::close_pass(&fetch::account(&client, &key, "pass").await?, &tess);
    closed(stage, kept, "tess", "closes her pass", pass, &key).await?;

    let key = find_attestation(&claim(stage, 0).await?.key, &address("quin")).0;
    let signed = fetch::account::<Attestation>(&client, &key, "attestation").await?;
    let back = instruction::revoke_attestation(&signed, &address("quin"));
    closed(
        stage,
        kept,
        "quin",
        "takes his attestation back",
        back,
        &key,
    )
    .await?;
    let equity = claim(stage, 0).await?;
    let over = instruction::close_claim(&equity, &umar);
    closed(
        stage,
        kept,
        "umar",
        "closes the claim that was sold",
        over,
        &equity.key,
    )
    .await?;
    for name in HOLDERS {
        let key = find_holder(&olga(), &address(name)).0;
        let holder = fetch::account(&client, &key, "holder account").await?;
        let close = instruction::close_holder(&holder, &address(name));
        closed(
            stage,
            kept,
            name,
            "closes an empty holder account",
            close,
            &key,
        )
        .await?;
    }
    Ok(())
}

/// Lamports in accounts.
fn rent(stage: &Stage, keys: &[Pubkey]) -> u64 {
    let found = keys.iter().filter_map(|key| stage.chain.account(key));
    found.map(|account| account.lamports).sum()
}

/// Closes an account and counts its rent.
async fn closed(
    stage: &mut Stage,
    kept: &mut Kept,
    name: &str,
    what: &str,
    call: Instruction,
    key: &Pubkey,
) -> Result<()> {
    let rent = rent(stage, &[*key]);
    let what = format!("{what}: {} SOL of rent go back", sol(rent));
    stage.act(name, what, &one("close", call)).await?;
    kept.rent = kept.rent.saturating_add(rent);
    Ok(())
}
