//! What is announced, as it is reported, and shares that are redeemed from a lock.

use {
    crate::*,
    upside_sdk::index::{
        Action, Role,
        action::Redeem,
        inspect::{self, ActionReport, AnnouncedKind, AnnouncementPhase, AnnouncementReport},
        instruction as index_ix,
    },
    upside_sdk::inspect::Percent,
};

impl World {
    async fn announce(&self, actions: Vec<Action>) {
        let index = self.pool().await.unwrap().index;
        let announce = index_ix::announce(&index, &self.curator.pubkey(), actions);
        self.run(vec![announce], &[&self.curator]).await.unwrap();
    }

    async fn lock(&self, shares: u64) {
        let index = self.pool().await.unwrap().index;
        let wallet = self.curator.pubkey();
        let lock = index_ix::lock_shares(&index, &wallet, &wallet, shares);
        self.run(vec![lock], &[&self.curator]).await.unwrap();
    }

    async fn veto(&self, nonce: u64) {
        let index = self.pool().await.unwrap().index;
        let veto = index_ix::veto(&index, &self.curator.pubkey(), nonce);
        self.run(vec![veto], &[&self.curator]).await.unwrap();
    }

    async fn announced(&self) -> Vec<AnnouncementReport> {
        let report = inspect::index(&self.client, &self.index).await;
        report.unwrap().announcements
    }
}

/// Fees of half the highest.
fn fees() -> Action {
    Action::SetFees(ParametersInput {
        management_fee_bps: 250,
        entry_fee_bps: 150,
        exit_fee_bps: 50,
    })
}

#[tokio::test]
async fn what_is_announced_is_reported_with_dates_and_votes() {
    let world = World::launched(2).await.unwrap();
    assert!(world.announced().await.is_empty());
    let (guardian, other) = (key(6, 0).pubkey(), key(6, 1).pubkey());
    let half = |key| RecipientArgs {
        key,
        portion_bps: 5_000,
    };
    let actions = vec![
        fees(),
        Action::SetRecipients(vec![half(guardian), half(other)]),
        Action::SetRole {
            role: Role::Guardian,
            key: guardian,
        },
        Action::SetRole {
            role: Role::PendingCurator,
            key: other,
        },
    ];
    let at = world.chain.now();
    world.announce(actions).await;
    let found = world.announced().await;
    let [first] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        (first.nonce, first.kind, first.status),
        (1, AnnouncedKind::Actions, AnnouncementPhase::Waiting)
    );
    assert!((0..=5).contains(&(first.effective_at - at - 7 * DAY)));
    assert_eq!(first.expires_at - first.effective_at, 14 * DAY);
    assert_eq!(first.notice_seconds, 7 * 86_400);
    assert_eq!(first.veto_age_seconds, 7 * 86_400 / 3);
    assert_eq!(
        (first.veto_needs.to_string(), first.vetoes),
        ("200".into(), 0)
    );
    let [
        ActionReport::SetFees { fees },
        ActionReport::SetRecipients { recipients },
        roles @ ..,
    ] = first.actions.as_slice()
    else {
        panic!("{first:?}");
    };
    assert_eq!(
        (fees.management_fee, fees.exit_fee),
        (Percent::of_bps(250), Percent::of_bps(50))
    );
    assert_eq!(recipients.len(), 2);
    assert_eq!(
        (recipients[1].key, recipients[1].portion),
        (other, Percent::of_bps(5_000))
    );
    let role = |role, key: Pubkey| ActionReport::SetRole { role, key };
    assert_eq!(
        roles,
        [
            role(Role::Guardian, guardian),
            role(Role::PendingCurator, other)
        ]
    );

    world.chain.advance(7 * DAY).unwrap();
    assert_eq!(
        world.announced().await[0].status,
        AnnouncementPhase::Effective
    );
    world.chain.advance(14 * DAY + 10).unwrap();
    assert_eq!(
        world.announced().await[0].status,
        AnnouncementPhase::Expired
    );
}

#[tokio::test]
async fn the_same_announcement_again_needs_more_against_it() {
    let world = World::launched(2).await.unwrap();
    world.lock(250 * INDEX_ONE).await;
    world.chain.advance(3 * DAY).unwrap();
    world.announce(vec![fees()]).await;
    world.veto(1).await;
    assert!(world.announced().await.is_empty(), "a fifth cancels it");
    world.announce(vec![fees()]).await;
    world.veto(2).await;
    let again = world.announced().await.remove(0);
    assert_eq!(
        (again.nonce, again.vetoes, again.status),
        (2, 1, AnnouncementPhase::Waiting)
    );
    assert_eq!(again.against.to_string(), "250");
    let needs: f64 = again.veto_needs.to_string().parse().unwrap();
    assert!(
        (333.3..334.0).contains(&needs),
        "a third of them: {again:?}"
    );
    assert!(!again.supported);
}

#[tokio::test]
async fn locked_shares_are_redeemed_with_the_others_in_one_transaction() {
    let world = World::launched(10).await.unwrap();
    world.lock(400 * INDEX_ONE).await;
    let (client, wallet) = (&world.client, world.curator.pubkey());
    let free = world.shares(&world.curator).await.unwrap();
    let redeem = Redeem {
        wallet,
        shares: free + 100 * INDEX_ONE,
        slippage_bps: 0,
        deadline: world.deadline(),
        leave_dues: true,
    };
    let pool = world.pool().await.unwrap();
    let lock = fetch::lock(client, &world.index, &wallet)
        .await
        .unwrap()
        .unwrap();
    let much = plan::redeem_locked(client, &pool, &redeem, &lock, 401 * INDEX_ONE).await;
    assert!(much.is_err_and(|error| error.to_string().contains("fewer")));
    let plan = plan::redeem_locked(client, &pool, &redeem, &lock, 100 * INDEX_ONE).await;
    let plan = plan.unwrap();
    assert_eq!(plan.quote.redemption.shares, redeem.shares);
    let steps = plan.steps.iter().map(|step| step.label.as_str());
    let steps: Vec<&str> = steps.collect();
    assert_eq!(steps.last(), Some(&"redeem"), "{steps:?}");
    assert_eq!(steps.iter().filter(|label| **label == "redeem").count(), 1);
    world.send(&plan.steps, &[&world.curator]).await.unwrap();
    assert_eq!(world.shares(&world.curator).await.unwrap(), 0);
    let left = fetch::lock(client, &world.index, &wallet).await.unwrap();
    assert_eq!(left.map(|lock| lock.data.shares), Some(300 * INDEX_ONE));
}
