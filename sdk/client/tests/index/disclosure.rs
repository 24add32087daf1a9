//! What others can do to a holder of an index, and what shares really redeem for, before
//! anybody pays: compared with what the chain then does.

use {
    crate::*,
    std::collections::BTreeMap,
    upside_sdk::{
        Atoms,
        action::Limits,
        index::{
            Action,
            action::{Contribute, Redeem, Zap},
            inspect::{
                self, AnnouncedKind, AnnouncementPhase, IndexAct, IndexDisclosure, IndexIntent,
                IndexPreview, IndexWhen, IndexWho, SlotFacts, SlotState,
            },
            instruction as index_ix, quote,
        },
        inspect::{Amount, MintAmount},
        state::{TokenStatus, TransferPolicy},
    },
};

/// Changes the fields of a person's token: terms that would take polls, and states.
fn change(world: &World, person: &Keypair, change: impl FnOnce(&mut PersonalToken)) {
    let key = token_of(person);
    let mut bytes = world.chain.account(&key).unwrap();
    let mut token: PersonalToken = bytemuck::pod_read_unaligned(&bytes.data[8..]);
    change(&mut token);
    bytes.data[8..].copy_from_slice(bytemuck::bytes_of(&token));
    world.put(vec![(key, bytes)]).unwrap();
}

/// Cash for a person's reserve.
async fn back(world: &World, person: &Keypair, atoms: u64) {
    let token = world.token(person).await.unwrap();
    let give = ix::deposit_reserve(&token, &person.pubkey(), &world.currency, Atoms(atoms));
    world.run(vec![give.unwrap()], &[person]).await.unwrap();
}

/// An index of three people with reserves and cash-out taxes of 10, 20 and 30 percent.
async fn taxed() -> World {
    let world = World::launched(3).await.unwrap();
    for (person, tax) in world.people.iter().zip([1_000, 2_000, 3_000]) {
        back(&world, person, 5_000 * ONE).await;
        change(&world, person, |token| {
            token.terms.cash_out_tax_bps = tax;
        });
    }
    world
}

async fn preview(world: &World, shares: u64) -> IndexPreview {
    let pool = world.pool().await.unwrap();
    let quote = quote::contribution(&pool, shares).unwrap();
    let intent = IndexIntent::Contribute(&quote);
    let wallet = world.curator.pubkey();
    inspect::preview(&world.client, &pool, &wallet, intent)
        .await
        .unwrap()
}

async fn disclosure(world: &World) -> IndexDisclosure {
    let pool = world.pool().await.unwrap();
    inspect::index_disclosure(&world.client, &pool)
        .await
        .unwrap()
}

fn atoms(amount: &Amount) -> u64 {
    u64::try_from(amount.atoms).unwrap()
}

/// Atoms of one mint among amounts.
fn of(amounts: &[MintAmount], mint: &Pubkey) -> u64 {
    let found = amounts.iter().find(|amount| amount.mint == *mint);
    found.map_or(0, |found| atoms(&found.amount))
}

async fn cash(world: &World, wallet: &Keypair) -> u64 {
    let program = upside_sdk::address::TOKEN_PROGRAM;
    let account =
        upside_sdk::address::find_associated(&wallet.pubkey(), &world.currency, &program).0;
    tokens::balance(&world.client, &account).await.unwrap()
}

fn slot(shown: &IndexDisclosure, number: usize) -> &SlotFacts {
    &shown.slots[number]
}

/// Contributes, and redeems all that it brought down to cash; returns the cash.
async fn in_and_out(world: &World, shares: u64) -> u64 {
    let curator = &world.curator;
    let wallet = curator.pubkey();
    let pool = world.pool().await.unwrap();
    let contribute = Contribute {
        wallet,
        shares,
        slippage_bps: 0,
        deadline: world.deadline(),
    };
    let before = world.shares(curator).await.unwrap();
    let plan = plan::contribute(&world.client, &pool, &contribute).await;
    world.send(&plan.unwrap().steps, &[curator]).await.unwrap();
    let got = world.shares(curator).await.unwrap() - before;
    let redeem = Redeem {
        wallet,
        shares: got,
        slippage_bps: 0,
        deadline: world.deadline(),
        leave_dues: false,
    };
    let pool = world.pool().await.unwrap();
    let had = cash(world, curator).await;
    let plan = plan::redeem(&world.client, &pool, &redeem).await.unwrap();
    world.send(&plan.steps, &[curator]).await.unwrap();
    for (number, atoms) in plan.quote.redemption.amounts {
        if let Some(person) = world.people.get(usize::from(number)) {
            let token = world.token(person).await.unwrap();
            let limits = Limits {
                slippage_bps: 0,
                deadline: world.deadline(),
            };
            let (client, shares) = (&world.client, Shares(atoms));
            let exit = action::redeem(client, &token, &wallet, shares, false, 0, &limits).await;
            world.send(&exit.unwrap().steps, &[curator]).await.unwrap();
        }
    }
    cash(world, curator).await - had
}

#[tokio::test]
async fn a_preview_says_what_redeeming_pays_to_the_atom_after_every_tax() {
    let world = taxed().await;
    let shown = preview(&world, 50 * INDEX_ONE).await;
    assert_eq!(shown.shares.shares.to_string(), "49.75", "0.5 % entry fee");
    assert_eq!(shown.shares.gives.len(), 4);
    assert!(shown.shares.stuck.is_empty());
    let promised = of(&shown.shares.redeems, &world.currency);
    assert_eq!(in_and_out(&world, 50 * INDEX_ONE).await, promised);
    // Before taxes: the part of three reserves of 5,000 and of 1,000 in cash.
    let shares = [10u64, 20, 30].map(|whole| whole * ONE);
    let untaxed: u64 = shares.iter().map(|held| held / 2).sum();
    assert!(
        promised < ONE * 50 + untaxed / 100 * 50 / 1000 * 100,
        "taxes are taken"
    );
    // All in the wallet is more than what came.
    assert!(atoms(&shown.holding.shares) > 1_000 * INDEX_ONE);
    assert!(of(&shown.holding.redeems, &world.currency) > promised);
}

#[tokio::test]
async fn liquid_backing_of_an_index_is_after_tax() {
    let world = taxed().await;
    let report = inspect::index(&world.client, &world.index).await.unwrap();
    let mut sum = 1_000 * ONE;
    for (number, person) in world.people.iter().enumerate() {
        let token = world.token(person).await.unwrap();
        let held = Shares((number as u64 + 1) * 10 * ONE);
        let supply = Shares(token.data.supply);
        let paid = upside_sdk::quote::redemption(&token.data, supply, held, 0).unwrap()[0];
        let slot = &report.constituents[number];
        assert_eq!(of(&slot.backing.liquid, &world.currency), paid);
        let facts = &report.disclosure.slots[number];
        assert_eq!(of(&facts.redeems, &world.currency), paid);
        let part = 5_000 * ONE / 10_000 * (number as u64 + 1) * 10;
        assert!(paid < part && paid > part / 2, "{paid} of {part}");
        sum += paid;
    }
    assert_eq!(of(&report.backing.liquid, &world.currency), sum);
    // The same facts, whether everything is read or only these.
    assert_eq!(report.disclosure, disclosure(&world).await);
}

#[tokio::test]
async fn what_does_not_move_is_not_called_liquid() {
    let world = taxed().await;
    let before = disclosure(&world).await;
    let pays = |shown: &IndexDisclosure, number| {
        let facts = slot(shown, number);
        let of = |amounts| of(amounts, &world.currency);
        (facts.state, of(&facts.redeems), of(&facts.stuck))
    };
    let [first, second] = [0, 1].map(|number| pays(&before, number).1);
    assert_eq!(pays(&before, 3), (SlotState::Moves, 1_000 * ONE, 0));

    // The first person closes transfers, the second is wound up, the cash is frozen.
    change(&world, &world.people[0], |token| {
        token.transfer_policy = TransferPolicy::Closed.into()
    });
    change(&world, &world.people[1], |token| {
        token.status = TokenStatus::WindDown.into()
    });
    let pool = world.pool().await.unwrap();
    let vault = pool.index.data.constituent(3).unwrap().custody;
    let mut bytes = world.chain.account(&vault).unwrap();
    bytes.data[108] = 2;
    world.put(vec![(vault, bytes)]).unwrap();
    let shown = disclosure(&world).await;
    assert_eq!(pays(&shown, 0), (SlotState::Closed, 0, first));
    let (state, paid, stuck) = pays(&shown, 1);
    assert_eq!((state, stuck), (SlotState::WoundUp, 0));
    assert_eq!(paid, 10 * ONE, "5,000 / 10,000 * 20 without tax");
    assert!(paid > second);
    assert_eq!(pays(&shown, 3), (SlotState::Frozen, 0, 1_000 * ONE));
    let person = slot(&shown, 0).person.as_ref().unwrap();
    assert_eq!(atoms(&person.redeems), 0);
    let report = inspect::index(&world.client, &world.index).await.unwrap();
    assert_eq!(
        of(&report.backing.immovable, &world.currency),
        first + 1_000 * ONE
    );

    // Noted, and a notice later wrapped: tickets move, what is behind them does not.
    let pool = world.pool().await.unwrap();
    let note = plan::note_stuck(&pool, 3).unwrap();
    world.send(&note.steps, &[&world.curator]).await.unwrap();
    let noted = disclosure(&world).await;
    let since = slot(&noted, 3).noted_at.unwrap();
    assert_eq!(since, world.chain.now());
    assert_eq!(slot(&noted, 3).wrappable_from, Some(since + 7 * DAY));
    world.chain.advance(7 * DAY).unwrap();
    let pool = world.pool().await.unwrap();
    let wrap = plan::wrap(&pool, &world.curator.pubkey(), 3).unwrap();
    world.send(&wrap.steps, &[&world.curator]).await.unwrap();
    let shown = disclosure(&world).await;
    assert_eq!(pays(&shown, 3), (SlotState::Wrapped, 0, 1_000 * ONE));
    // Wrapped shares of a person: what they would redeem for is shown as stuck.
    let pool = world.pool().await.unwrap();
    let note = plan::note_stuck(&pool, 0).unwrap();
    world.send(&note.steps, &[&world.curator]).await.unwrap();
    world.chain.advance(7 * DAY).unwrap();
    let pool = world.pool().await.unwrap();
    let wrap = plan::wrap(&pool, &world.curator.pubkey(), 0).unwrap();
    world.send(&wrap.steps, &[&world.curator]).await.unwrap();
    let shown = disclosure(&world).await;
    assert_eq!(pays(&shown, 0), (SlotState::Wrapped, 0, first));
    assert_eq!(slot(&shown, 0).person, None);
}

#[tokio::test]
async fn head_room_is_what_the_owner_can_create_to_the_atom() {
    let world = World::launched(2).await.unwrap();
    let person = &world.people[0];
    let shown = disclosure(&world).await;
    let facts = slot(&shown, 0).person.clone().unwrap();
    assert_eq!(
        (facts.part.to_string(), facts.symbol),
        ("0.1".into(), "P0".into())
    );
    assert!(facts.open && facts.settled);
    let token = world.token(person).await.unwrap();
    assert_eq!(atoms(&facts.cap), token.data.terms.supply_cap);
    let (room, to) = (atoms(&facts.head_room), world.curator.pubkey());
    let signers = [&world.curator, person];
    let issue = |token: &Account<PersonalToken>, shares| {
        vec![ix::issue(token, &to, Shares(shares), Atoms(0))]
    };
    assert!(world.run(issue(&token, room + 1), &signers).await.is_err());
    // First the launch, which makes the room of the rest larger.
    let (mut created, mut steps) = (0, 0);
    loop {
        let token = world.token(person).await.unwrap();
        let now = token.data.creatable(world.chain.now()).unwrap();
        if now == 0 {
            break;
        }
        world.run(issue(&token, now), &signers).await.unwrap();
        (created, steps) = (created + now, steps + 1);
    }
    assert_eq!((created, steps > 1), (room, true));
    let after = slot(&disclosure(&world).await, 0).person.clone().unwrap();
    assert_eq!(atoms(&after.head_room), 0);
    assert_eq!(
        after.part_of_cap, facts.part_of_cap,
        "only a poll makes it smaller"
    );
    assert_ne!(after.part, facts.part);
}

#[tokio::test]
async fn what_was_put_in_is_what_was_paid_for_the_shares() {
    let world = World::launched(2).await.unwrap();
    let shown = disclosure(&world).await.performance;
    // The curator's shares were issued.
    assert_eq!(
        (shown.by_quote[0].persons, shown.by_quote[0].without_cost),
        (0, 2)
    );
    assert_eq!(shown.by_quote[0].redeems_of_put_in, None);
    for person in &world.people {
        world.open_round(person).await.unwrap();
        back(&world, person, 1_000 * ONE).await;
    }
    let backer = key(4, 0);
    world.fund(&backer).unwrap();
    let zap = Zap {
        wallet: backer.pubkey(),
        mint: world.currency,
        budget: 500 * ONE,
        shares: None,
        least_shares: 0,
        most: BTreeMap::new(),
        skip: false,
        slippage_bps: 0,
        deadline: world.deadline(),
    };
    let pool = world.pool().await.unwrap();
    let plan = plan::zap(&world.client, &pool, &zap).await.unwrap();
    world.send(&plan.steps, &[&backer]).await.unwrap();
    let paid: u64 = plan.quote.purchases.iter().map(|bought| bought.cost).sum();
    let report = inspect::index(&world.client, &world.index).await.unwrap();
    let shown = &report.disclosure.performance.by_quote[0];
    assert_eq!((shown.persons, shown.without_cost), (2, 0));
    // A share that stays with the backer keeps its part of the cost, rounded up.
    let put_in = atoms(&shown.put_in);
    assert!(put_in <= paid && put_in + 10 > paid, "{put_in} {paid}");
    let redeems = atoms(&shown.redeems);
    let liquid = of(&report.backing.liquid, &world.currency);
    let cash = atoms(&report.constituents[2].amount);
    assert_eq!(redeems, liquid - cash);
    let percent = shown.redeems_of_put_in.unwrap().millionths() as f64 / 10_000.0;
    let exact = redeems as f64 * 100.0 / put_in as f64;
    assert!(
        percent <= exact && percent > exact - 0.011,
        "{percent} {exact}"
    );
}

#[tokio::test]
async fn powers_and_announcements_have_their_dates_and_votes() {
    let world = World::launched(2).await.unwrap();
    let quiet = disclosure(&world).await;
    assert_eq!(quiet.takes.unannounced.to_string(), "1");
    // Fees of 5 %, 10 % for members, half of every slot.
    assert_eq!(quiet.takes.together.to_string(), "57.25");
    assert_eq!(quiet.takes.fees.exit_fee.to_string(), "0.5");
    assert_eq!(quiet.takes.equal_share.to_string(), "10");
    assert!(quiet.announcements.is_empty());
    let can = |who, when, wanted: &dyn Fn(&IndexAct) -> bool| {
        let mut powers = quiet.powers.iter();
        powers.any(|power| power.who == who && power.when == when && wanted(&power.act))
    };
    let notice_seconds = 7 * 86_400;
    let notice = IndexWhen::AfterNotice { notice_seconds };
    let fees = |act: &IndexAct| matches!(act, IndexAct::RaiseFees { .. });
    assert!(can(IndexWho::Curator, notice, &fees));
    assert!(!can(IndexWho::Curator, IndexWhen::AtOnce, &fees));
    let create = |act: &IndexAct| *act == IndexAct::CreatePersonalShares { persons: 2 };
    assert!(can(IndexWho::Persons, IndexWhen::AtOnce, &create));
    let majority = IndexWhen::ByMajority { notice_seconds };
    let replace = |act: &IndexAct| *act == IndexAct::ReplaceCurator;
    assert!(can(IndexWho::Holders, majority, &replace));

    // 1,000 shares exist, a millionth of them locked for good.
    let voice = &quiet.voice;
    assert_eq!(voice.veto_needs.to_string(), "200");
    assert_eq!(voice.lockable.to_string(), "999.999");
    assert!(voice.can_veto);
    assert_eq!(voice.insiders[0].wallet, world.curator.pubkey());
    assert_eq!(voice.insiders[0].part.to_string(), "99.9999");

    // The curator locks, announces the highest fees, and votes against itself.
    let index = fetch::index(&world.client, &world.index).await.unwrap();
    let curator = world.curator.pubkey();
    let lock = index_ix::lock_shares(&index, &curator, &curator, 150 * INDEX_ONE);
    world.run(vec![lock], &[&world.curator]).await.unwrap();
    let highest = ParametersInput {
        management_fee_bps: 500,
        entry_fee_bps: 300,
        exit_fee_bps: 100,
    };
    let announce = index_ix::announce(&index, &curator, vec![Action::SetFees(highest)]);
    world.run(vec![announce], &[&world.curator]).await.unwrap();
    let announced_at = world.chain.now();
    world.chain.advance(3 * DAY).unwrap();
    let veto = index_ix::veto(&index, &curator, 1);
    world.run(vec![veto], &[&world.curator]).await.unwrap();
    let shown = disclosure(&world).await;
    let open = &shown.announcements[0];
    assert_eq!(
        (open.nonce, open.kind, open.status),
        (1, AnnouncedKind::Actions, AnnouncementPhase::Waiting)
    );
    assert_eq!(open.effective_at, announced_at + 7 * DAY);
    assert_eq!(open.against.to_string(), "150");
    // A fifth of all with the fee of three days.
    assert!(atoms(&open.veto_needs) > 200 * INDEX_ONE);
    assert_eq!(shown.voice.locked.to_string(), "150");
    assert_eq!(shown.voice.insiders[0].amount.to_string(), "999.999");
    // It is in the preview of whoever pays now.
    let preview = preview(&world, INDEX_ONE).await;
    assert_eq!(preview.disclosure, shown);
}

#[tokio::test]
async fn a_launch_is_previewed_as_it_comes() {
    let world = {
        let mut world = World::new(2).await.unwrap();
        world.create().await.unwrap();
        world
    };
    for person in &world.people {
        back(&world, person, 1_000 * ONE).await;
    }
    let index = fetch::index(&world.client, &world.index).await.unwrap();
    let piece = |key, amount| Piece { key, amount };
    let pieces = [
        piece(token_of(&world.people[0]), 100 * ONE),
        piece(token_of(&world.people[1]), 200 * ONE),
        piece(world.currency, 1_000 * ONE),
    ];
    let shares = 1_000 * INDEX_ONE;
    let curator = world.curator.pubkey();
    let launch = plan::seed_and_launch(&world.client, &index, &curator, &pieces, shares);
    let launch = launch.await.unwrap();
    let yours = launch.quote;
    let shown = inspect::preview_launch(&world.client, &index, &pieces, shares, yours);
    let shown = shown.await.unwrap();
    assert_eq!(shown.shares.gives.len(), 3);
    assert_eq!(shown.shares.part.to_string(), "99.9999");
    assert_eq!(shown.disclosure.takes.together.to_string(), "57.25");
    world.send(&launch.steps, &[&world.curator]).await.unwrap();
    let after = disclosure(&world).await;
    let redeems = |shown: &IndexDisclosure| {
        let slots = shown.slots.iter();
        slots.map(|slot| slot.redeems.clone()).collect::<Vec<_>>()
    };
    assert_eq!(redeems(&shown.disclosure), redeems(&after));
    assert_eq!(shown.disclosure.powers, after.powers);
}
