//! A wind-down only pays out: rounds refund, custody is shared out in kind, the endowment
//! joins the reserve a year later, and everything that holds rent can be closed.

use {
    solana_program::instruction::{AccountMeta, Instruction},
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{TOKEN_PROGRAM, find_associated, find_attesters, find_claim, find_naming},
        event::TokenEvent,
        instruction as ix,
        state::{ClaimStatus, MAX_ESTATES, RoundStatus},
    },
    upside_tests::{
        cases::{
            attested, capped_round, collection, for_receipt, holding, longer_texts, open_with,
            pass_of, product, purchase, receipt, redeem_args, take_custody, unlisted, with_estate,
            wound_up,
        },
        engine::Outcome,
        payee::{give_away, instead},
        people::person,
        terms::escrow_terms,
        world::{DAY, ONE, World, token_account_bytes},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn redeem(w: &mut World, name: &str, shares: u64) -> Outcome {
    let redeem = for_receipt(w, name, shares);
    w.send(&redeem, &[&person(name)])
}

fn collect(w: &mut World, name: &str) -> Outcome {
    let collect = collection(w, name);
    w.send(&collect, &[])
}

fn has(w: &mut World, name: &str, mint: &str) -> u64 {
    let account = find_associated(&key(name), &key(mint), &TOKEN_PROGRAM).0;
    w.balance(&account) - 1_000_000 * ONE
}

/// A transfer of a classic mint, past the program.
fn spl_transfer(from: &Pubkey, to: &Pubkey, by: &str, atoms: u64) -> Instruction {
    let mut data = vec![3];
    data.extend_from_slice(&atoms.to_le_bytes());
    Instruction {
        program_id: TOKEN_PROGRAM,
        accounts: vec![
            AccountMeta::new(*from, false),
            AccountMeta::new(*to, false),
            AccountMeta::new_readonly(key(by), true),
        ],
        data,
    }
}

/// By mallory, or without any signature but the fee payer's where the call asks for none.
fn by_anybody(w: &mut World, call: &Instruction) -> Outcome {
    let mallory = person("mallory");
    let signs = |meta: &AccountMeta| meta.is_signer && meta.pubkey == mallory.pubkey();
    if call.accounts.iter().any(signs) {
        w.send(call, &[&mallory])
    } else {
        w.send(call, &[])
    }
}

#[test]
fn custody_of_any_mint_is_shared_out_in_kind() {
    let mut w = wound_up();
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    let events = by_anybody(&mut w, &open).ok();
    let [TokenEvent::EstateOpened(e)] = &events[..] else {
        panic!("{events:?}")
    };
    let said = (e.claim, e.estate, e.units, e.shares);
    assert_eq!(said, (0, 0, 1_000 * ONE, 100 * ONE));
    assert_eq!(w.claim(0).data.status(), Ok(ClaimStatus::SharedOut));
    by_anybody(&mut w, &open).refused(TokenError::ClaimNotOpen);

    // Nobody gives up a part of it unawares.
    let plain = ix::redeem(&w.token(), &key("bob"), redeem_args(ONE)).unwrap();
    w.send(&plain, &[&person("bob")])
        .refused(TokenError::ReceiptRequired);
    let before = w.cash("bob");
    redeem(&mut w, "bob", 20 * ONE).ok();
    // A fifth of the reserve, without tax; a fifth of the custody.
    assert_eq!(w.cash("bob") - before, 200 * ONE);
    let events = collect(&mut w, "bob").ok();
    assert!(matches!(&events[..],
        [TokenEvent::EstateCollected(e), TokenEvent::AccountClosed(_)]
            if (e.units, e.held) == (200 * ONE, 800 * ONE)));
    assert_eq!(has(&mut w, "bob", "custody mint"), 200 * ONE);
    // The others have theirs, in any order; the last one takes what is left.
    redeem(&mut w, "carol", 40 * ONE).ok();
    redeem(&mut w, "bob", 40 * ONE).ok();
    collect(&mut w, "bob").ok();
    collect(&mut w, "carol").ok();
    assert_eq!(has(&mut w, "bob", "custody mint"), 600 * ONE);
    assert_eq!(has(&mut w, "carol", "custody mint"), 400 * ONE);
    assert_eq!(w.claim(0).data.status(), Ok(ClaimStatus::Closed));
    assert_eq!(w.token().data.supply, 0);
}

/// A stranger sends an atom into the custody, books it, and opens the estate again, in one
/// transaction: receipts made before would lose their part to those who redeem later.
#[test]
fn no_estate_is_opened_twice() {
    let mut w = with_estate();
    redeem(&mut w, "bob", 20 * ONE).ok();
    let claim = w.claim(0);
    let of = |wallet| find_associated(wallet, &claim.data.mint, &TOKEN_PROGRAM).0;
    let gift = spl_transfer(&of(&key("mallory")), &of(&claim.key), "mallory", 1);
    let sync = ix::sync_claim(&claim, &TOKEN_PROGRAM);
    let open = ix::open_estate(&claim, &key("mallory"));
    let mallory = person("mallory");
    w.send_all(&[gift.clone(), sync.clone(), open.clone()], &[&mallory])
        .refused(TokenError::ClaimNotOpen);
    // One by one neither, and also after the issuer took all and gave it back.
    w.send_all(&[gift, sync.clone()], &[&mallory]).ok();
    w.send(&open, &[&mallory]).refused(TokenError::ClaimNotOpen);
    for left in [0, 1_000 * ONE] {
        w.give(&claim.key, &claim.data.mint, left);
        w.send(&sync, &[]).ok();
        w.send(&open, &[&mallory]).refused(TokenError::ClaimNotOpen);
    }
    let after = w.claim(0).data;
    assert_eq!(after.status(), Ok(ClaimStatus::SharedOut));
    assert_eq!((after.estate, after.estate_from), (1, 0));
    assert_eq!(w.token().data.estates, 1);
    collect(&mut w, "bob").ok();
    assert_eq!(has(&mut w, "bob", "custody mint"), 200 * ONE);
}

/// The issuer takes all of it: receipts have nothing to take, and still need the claim to be
/// closed themselves.
#[test]
fn an_estate_that_lost_everything_waits_for_its_receipts() {
    let mut w = with_estate();
    redeem(&mut w, "bob", 20 * ONE).ok();
    let (claim, waiting) = (w.claim(0), receipt(&mut w, "bob"));
    w.give(&claim.key, &claim.data.mint, 0);
    let sync = ix::sync_claim(&claim, &TOKEN_PROGRAM);
    w.send(&sync, &[]).ok();
    assert_eq!(w.claim(0).data.status(), Ok(ClaimStatus::Closed));
    let close = ix::close_claim(&claim, &key("mallory"));
    by_anybody(&mut w, &close).refused(TokenError::ClaimNotClosed);
    // For bob, and for those who have not redeemed yet.
    collect(&mut w, "bob").ok();
    assert!(w.engine.account(&waiting.key).is_none());
    by_anybody(&mut w, &close).refused(TokenError::ClaimNotClosed);
    redeem(&mut w, "bob", 40 * ONE).ok();
    redeem(&mut w, "carol", 40 * ONE).ok();
    by_anybody(&mut w, &close).refused(TokenError::ClaimNotClosed);
    // Some of it comes back: it is theirs.
    w.give(&claim.key, &claim.data.mint, 80);
    w.send(&sync, &[]).ok();
    collect(&mut w, "bob").ok();
    collect(&mut w, "carol").ok();
    assert_eq!(has(&mut w, "bob", "custody mint"), 40);
    assert_eq!(has(&mut w, "carol", "custody mint"), 40);
    gone(&mut w, "claim", &close, &claim.key);
}

/// What somebody sends when all have taken their part keeps nothing open: it is the owner's,
/// booked or not.
#[test]
fn gifts_to_an_estate_that_is_over_are_the_owners() {
    let mut w = with_estate();
    for (name, shares) in [("bob", 60 * ONE), ("carol", 40 * ONE)] {
        redeem(&mut w, name, shares).ok();
        collect(&mut w, name).ok();
    }
    let claim = w.claim(0);
    w.give(&claim.key, &claim.data.mint, 5 * ONE);
    let sync = ix::sync_claim(&claim, &TOKEN_PROGRAM);
    w.send(&sync, &[]).ok();
    w.give(&claim.key, &claim.data.mint, 7 * ONE);
    let own = find_associated(&key("founder"), &claim.data.mint, &TOKEN_PROGRAM).0;
    let before = w.balance(&own);
    let mallory = key("mallory");
    let without = ix::close_claim(&claim, &mallory);
    by_anybody(&mut w, &without).refused(TokenError::NotOver);
    let to_mallory = ix::close_claim_of(&claim, &mallory, &TOKEN_PROGRAM, Some(&mallory));
    by_anybody(&mut w, &to_mallory).refused(TokenError::WrongTokenAccount);
    let founder = key("founder");
    let close = ix::close_claim_of(&claim, &mallory, &TOKEN_PROGRAM, Some(&founder));
    gone(&mut w, "claim", &close, &claim.key);
    assert_eq!(w.balance(&own) - before, 7 * ONE);
}

#[test]
fn a_receipt_takes_its_part_of_every_estate_once_and_of_later_ones_nothing() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    let first = unlisted(&mut w, "custody mint");
    let other = unlisted(&mut w, "another custody mint");
    take_custody(&mut w, &first, 1_000 * ONE);
    let second = take_custody(&mut w, &other, 7);
    w.wind_up();
    for claim in [0, second] {
        let open = ix::open_estate(&w.claim(claim), &key("mallory"));
        by_anybody(&mut w, &open).ok();
        if claim == 0 {
            redeem(&mut w, "carol", 10 * ONE).ok();
            let mine = receipt(&mut w, "carol");
            let none = ix::collect_estate(&w.claim(second), &mine, &TOKEN_PROGRAM);
            w.send(&none, &[]).refused(TokenError::NotAnEstate);
        }
    }
    // Carol redeemed before the second was opened.
    let early = receipt(&mut w, "carol");
    let late = ix::collect_estate(&w.claim(second), &early, &TOKEN_PROGRAM);
    w.send(&late, &[]).refused(TokenError::NothingToCollect);
    redeem(&mut w, "bob", 60 * ONE).ok();
    let mine = receipt(&mut w, "bob");
    assert_eq!((mine.data.estates, mine.data.left()), (2, 2));
    let rest = ix::collect_estate(&w.claim(second), &mine, &TOKEN_PROGRAM);
    // Seven atoms for ninety shares: four of them for sixty, rounded down.
    w.send(&rest, &[]).ok();
    assert_eq!(has(&mut w, "bob", "another custody mint"), 4);
    w.send(&rest, &[]).refused(TokenError::NothingToCollect);
    // Into nobody else's account.
    let mut stolen = collection(&mut w, "bob");
    stolen.accounts[5].pubkey =
        find_associated(&key("mallory"), &key("custody mint"), &TOKEN_PROGRAM).0;
    w.send(&stolen, &[]).refused(TokenError::WrongTokenAccount);
    collect(&mut w, "bob").ok();
    assert!(w.engine.account(&mine.key).is_none());
    redeem(&mut w, "carol", 30 * ONE).ok();
    let last = receipt(&mut w, "carol");
    let last = ix::collect_estate(&w.claim(second), &last, &TOKEN_PROGRAM);
    w.send(&last, &[]).ok();
    assert_eq!(has(&mut w, "carol", "another custody mint"), 3);
}

/// Whoever paid the rent of a claim and of a receipt waits for no account that was given away.
/// As long as nobody did that, the wallet's associated account is the only one: an index looks
/// at no other.
#[test]
fn a_wallet_that_gives_its_account_away_keeps_no_estate_open() {
    let mut w = with_estate();
    redeem(&mut w, "bob", 60 * ONE).ok();
    let (mine, collect) = (receipt(&mut w, "bob"), collection(&mut w, "bob"));
    let mint = w.claim(0).data.mint;
    let own = find_associated(&key("bob"), &mint, &TOKEN_PROGRAM).0;
    let other = key("another account of bob");
    w.put(
        other,
        TOKEN_PROGRAM,
        token_account_bytes(&mint, &key("bob"), 0),
    );
    let beside = instead(&collect, &own, &other);
    w.send(&beside, &[]).refused(TokenError::WrongAccount);
    // The proof that nothing is wrong with it, another account, one that is not there.
    let missing = find_associated(&key("nobody"), &mint, &TOKEN_PROGRAM).0;
    for proof in [own, other, missing] {
        let mut proven = beside.clone();
        proven
            .accounts
            .push(AccountMeta::new_readonly(proof, false));
        w.send(&proven, &[]).refused(TokenError::WrongAccount);
    }
    let to_other = ix::collect_estate_to(&w.claim(0), &mine, &TOKEN_PROGRAM, &other);
    give_away(&mut w, "bob", &mint);
    w.send(&collect, &[]).refused(TokenError::WrongTokenAccount);
    for place in [72, 129] {
        let mut others = token_account_bytes(&mint, &key("bob"), 0);
        others[place] = 1;
        w.put(other, TOKEN_PROGRAM, others);
        w.send(&to_other, &[]).refused(TokenError::WrongAccount);
    }
    w.put(
        other,
        TOKEN_PROGRAM,
        token_account_bytes(&mint, &key("bob"), 0),
    );
    w.send(&to_other, &[]).ok();
    assert_eq!(w.balance(&other), 600 * ONE);
    assert!(w.engine.account(&mine.key).is_none());
}

/// As many claims have custody as a wind-down can share out: nothing is left over then.
#[test]
fn a_token_has_256_claims_with_custody_at_most() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    let mint = unlisted(&mut w, "custody mint");
    let claims: Vec<u64> = (0..MAX_ESTATES)
        .map(|_| take_custody(&mut w, &mint, 7))
        .collect();
    assert_eq!(w.token().data.custodies, MAX_ESTATES);
    let one_more = w.declare(upside_tests::terms::tokenized_terms());
    let place = find_claim(&w.token, one_more).0;
    let deposit = |w: &mut World, place: &Pubkey| {
        let (token, cost) = (w.token(), Atoms(0));
        let deposit = ix::deposit_equity(&token, place, &mint, &TOKEN_PROGRAM, 7, cost);
        w.send(&deposit, &[&person("founder")])
    };
    deposit(&mut w, &place).refused(TokenError::EstatesFull);
    // Into a claim that has custody more comes in.
    let first = find_claim(&w.token, claims[0]).0;
    deposit(&mut w, &first).ok();
    w.wind_up();
    for claim in &claims {
        let open = ix::open_estate(&w.claim(*claim), &key("mallory"));
        by_anybody(&mut w, &open).ok();
    }
    // The receipt has its part of the 256th, and of what is no estate nothing.
    redeem(&mut w, "bob", 60 * ONE).ok();
    let receipt = receipt(&mut w, "bob");
    assert_eq!(receipt.data.left(), MAX_ESTATES);
    for claim in [claims[255], claims[1], claims[64]] {
        let collect = ix::collect_estate(&w.claim(claim), &receipt, &TOKEN_PROGRAM);
        w.send(&collect, &[]).ok();
        w.send(&collect, &[]).refused(TokenError::NothingToCollect);
    }
    assert_eq!(has(&mut w, "bob", "custody mint"), 21);
}

#[test]
fn a_claim_that_is_cleared_away_makes_place_for_another_custody() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    let mint = w.list("custody mint", false);
    take_custody(&mut w, &mint, 7);
    let release = ix::release_equity(&w.token(), &w.claim(0), 7).unwrap();
    w.send(&release, &[&person("founder")]).ok();
    assert_eq!(w.token().data.custodies, 1);
    let close = ix::close_claim(&w.claim(0), &key("founder"));
    w.send(&close, &[&person("founder")]).ok();
    assert_eq!(w.token().data.custodies, 0);
}

/// Of a mint with fewer than 4 decimals rounding takes much: the wallet itself collects.
#[test]
fn nobody_collects_coarse_units_for_somebody_else() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    let mint = key("custody mint");
    let mut bytes = upside_tests::world::mint_bytes(u64::MAX);
    bytes[44] = 3;
    w.add_mint(mint, TOKEN_PROGRAM, bytes);
    for wallet in ["founder", "bob", "carol"] {
        w.give(&key(wallet), &mint, 1_000_000 * ONE);
    }
    take_custody(&mut w, &mint, 1);
    w.wind_up();
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    by_anybody(&mut w, &open).ok();
    redeem(&mut w, "bob", 60 * ONE).ok();
    // Nothing, rounded down: who redeems last would have it all.
    collect(&mut w, "bob").refused(TokenError::CoarseUnits);
    let by = |w: &mut World, name: &str, signer: &str| {
        let taken = receipt(w, name);
        let mut collect = ix::collect_coarse_estate(&w.claim(0), &taken, &TOKEN_PROGRAM);
        for meta in collect.accounts.iter_mut().filter(|it| it.is_signer) {
            meta.pubkey = key(signer);
        }
        w.send(&collect, &[&person(signer)])
    };
    by(&mut w, "bob", "carol").refused(TokenError::CoarseUnits);
    redeem(&mut w, "carol", 40 * ONE).ok();
    by(&mut w, "carol", "carol").ok();
    by(&mut w, "bob", "bob").ok();
    let got = ["bob", "carol"].map(|name| has(&mut w, name, "custody mint"));
    assert_eq!(got, [1, 0]);
}

#[test]
fn custody_of_a_listed_mint_goes_into_the_reserve_by_anybody() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    let mint = w.list("custody mint", false);
    take_custody(&mut w, &mint, 1_000 * ONE);
    let release = |w: &mut World| {
        let mut release = ix::release_equity(&w.token(), &w.claim(0), 1_000 * ONE).unwrap();
        release.accounts[0].pubkey = key("mallory");
        by_anybody(w, &release)
    };
    release(&mut w).refused(TokenError::NotOwner);
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    by_anybody(&mut w, &open).refused(TokenError::NotWoundUp);
    w.wind_up();
    by_anybody(&mut w, &open).refused(TokenError::AssetAlreadyListed);
    release(&mut w).ok();
    assert_eq!(w.token().data.assets[1].reserve, 1_000 * ONE);
}

#[test]
fn bearers_deposit_and_take_their_part() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    w.open_bearer("bob");
    let out = ix::withdraw(&w.token(), &key("bob"), Shares(60 * ONE));
    w.send(&out, &[&person("bob")]).ok();
    let mint = unlisted(&mut w, "custody mint");
    take_custody(&mut w, &mint, 900 * ONE);
    w.wind_up();
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    by_anybody(&mut w, &open).ok();
    let bearer = ix::redeem_bearer(&w.token(), &key("bob"), redeem_args(ONE)).unwrap();
    w.send(&bearer, &[&person("bob")])
        .refused(TokenError::ReceiptRequired);
    let back = ix::deposit(&w.token(), &key("bob"), Shares(60 * ONE));
    w.send(&back, &[&person("bob")]).ok();
    // The reserve holds nothing: the custody is all that there is.
    redeem(&mut w, "bob", 60 * ONE).ok();
    collect(&mut w, "bob").ok();
    assert_eq!(has(&mut w, "bob", "custody mint"), 900 * ONE);
}

#[test]
fn the_endowment_joins_the_reserve_a_year_later() {
    let mut w = wound_up();
    let join = ix::join_endowment(&w.token, &key("mallory"), 0);
    w.pass(365 * DAY - 60);
    by_anybody(&mut w, &join).refused(TokenError::NoticePending);
    w.pass(60);
    let before = w.token().data.quote().reserve;
    let events = by_anybody(&mut w, &join).ok();
    assert!(matches!(&events[..], [TokenEvent::EndowmentJoined(e)] if e.amount == 5 * ONE));
    let quote = *w.token().data.quote();
    assert_eq!((quote.reserve, quote.endowment), (before + 5 * ONE, 0));
    by_anybody(&mut w, &join).refused(TokenError::ZeroAmount);
    // Not while the token lives.
    let mut w = World::new();
    w.issue("bob", ONE);
    w.endow(5 * ONE);
    w.pass(2_000 * DAY);
    by_anybody(&mut w, &join).refused(TokenError::NotWoundUp);
}

#[test]
fn a_round_that_escrows_fails_in_a_wind_down_for_anybody() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    let round = w.open_round(escrow_terms());
    w.contribute(round, "carol", 12_000 * ONE);
    w.wind_up();
    let close = ix::close_round(&w.token(), &w.round(round).key, &key("mallory"));
    by_anybody(&mut w, &close).ok();
    assert_eq!(w.round(round).data.status(), Ok(RoundStatus::Failed));
    let over = ix::close_round_account(&w.round(round), &key("mallory"));
    by_anybody(&mut w, &over).refused(TokenError::NotOver);
    let before = w.cash("carol");
    let contribution = w.contribution(round, "carol");
    let refund = ix::refund_contribution(&w.token(), &contribution);
    w.send(&refund, &[]).ok();
    assert_eq!(w.cash("carol") - before, 12_000 * ONE);
    by_anybody(&mut w, &over).ok();
}

#[test]
fn the_rent_of_a_capped_contribution_comes_back() {
    let mut w = capped_round();
    let contribution = w.contribution(0, "bob");
    let rent = w.engine.account(&contribution.key).unwrap().lamports;
    let before = w.engine.account(&key("bob")).unwrap().lamports;
    let close = ix::close_contribution(&w.token, &contribution, &key("mallory"));
    by_anybody(&mut w, &close).ok();
    let after = w.engine.account(&key("bob")).unwrap().lamports;
    assert_eq!(after - before, rent);

    // After the round's own account too; while the round is open not.
    let mut w = capped_round();
    let close = ix::close_round_account(&w.round(0), &key("founder"));
    w.send(&close, &[&person("founder")]).ok();
    let contribution = w.contribution(0, "bob");
    let close = ix::close_contribution(&w.token, &contribution, &key("mallory"));
    by_anybody(&mut w, &close).ok();
}

/// Closes an account for anybody and proves that it is gone.
fn gone(w: &mut World, what: &str, call: &Instruction, account: &Pubkey) {
    let sent = by_anybody(w, call);
    assert!(sent.error.is_none(), "{what}: {:?}", sent.error);
    assert!(w.engine.account(account).is_none(), "{what} is there");
}

#[test]
fn everything_that_holds_rent_closes_but_the_token_and_its_mint() {
    let mut w = attested();
    w.issue("bob", 100 * ONE);
    w.give_reserve(ONE);
    let token = w.token();
    let payer = w.payer.pubkey();
    let founder = person("founder");
    // One account of every kind.
    let quote = w.quote;
    open_with(&mut w, holding(quote));
    let buy = purchase(&mut w, "bob");
    w.send(&buy, &[&person("bob")]).ok();
    let mint = unlisted(&mut w, "custody mint");
    take_custody(&mut w, &mint, 1_000 * ONE);
    let add = ix::add_attesters(&token.key, &founder.pubkey(), &payer, &[]);
    w.send(&add, &[&founder]).ok();
    let name = ix::announce_name(&w.token(), &payer, longer_texts());
    w.send(&name, &[&founder]).ok();
    w.open_holder("carol");
    let approve = upside_tests::cases::approve(&mut w, ONE);
    w.send(&approve, &[&founder]).ok();
    let round = w.open_round(escrow_terms());
    w.contribute(round, "carol", 100 * ONE);
    w.wind_up();

    // Paid out: the round, the custody, the shares.
    let close = ix::close_round(&w.token(), &w.round(round).key, &key("mallory"));
    by_anybody(&mut w, &close).ok();
    let contribution = w.contribution(round, "carol");
    let refund = ix::refund_contribution(&w.token(), &contribution);
    gone(&mut w, "contribution", &refund, &contribution.key);
    let over = w.round(round);
    let close = ix::close_round_account(&over, &key("mallory"));
    gone(&mut w, "round", &close, &over.key);
    let open = ix::open_estate(&w.claim(0), &key("mallory"));
    by_anybody(&mut w, &open).ok();
    redeem(&mut w, "bob", 100 * ONE).ok();
    let taken = receipt(&mut w, "bob");
    let collect = collection(&mut w, "bob");
    gone(&mut w, "receipt", &collect, &taken.key);

    // And cleared away.
    let pass = pass_of(&mut w, "bob");
    let close = ix::close_pass(&pass, &key("mallory"));
    gone(&mut w, "pass", &close, &pass.key);
    let product = product(&mut w);
    let close = ix::close_product_account(&product, &key("mallory"));
    gone(&mut w, "product", &close, &product.key);
    let claim = w.claim(0);
    let vault = find_associated(&claim.key, &mint, &TOKEN_PROGRAM).0;
    let close = ix::close_claim(&claim, &key("mallory"));
    gone(&mut w, "claim", &close, &claim.key);
    assert!(w.engine.account(&vault).is_none(), "the claim's vault");
    let identity = upside_sdk::address::find_identity(&w.token, &key("ann")).0;
    let identity = w.get(&identity);
    let close = ix::revoke_identity(&identity, &key("mallory"));
    gone(&mut w, "identity", &close, &identity.key);
    let approval = w.get(&approve.accounts[3].pubkey);
    let close = ix::close_approval(&approval, &key("mallory"));
    gone(&mut w, "approval", &close, &approval.key);
    for name in ["bob", "carol", "founder"] {
        let holder = w.holder(name);
        let close = ix::close_holder(&holder, &key("mallory"));
        gone(&mut w, name, &close, &holder.key);
    }
    let naming = find_naming(&w.token).0;
    let close = ix::close_naming(&w.get(&naming), &key("mallory"));
    gone(&mut w, "names", &close, &naming);
    let attesters = find_attesters(&w.token).0;
    let close = ix::close_attesters(&w.get(&attesters), &key("mallory"));
    gone(&mut w, "attesters", &close, &attesters);
    let token = w.token();
    let close = ix::close_vault(&token, 0, true).unwrap();
    gone(&mut w, "vault", &close, &token.data.quote().vault);
    let close = ix::close_share_custody(&token);
    gone(&mut w, "share custody", &close, &token.data.share_custody);
    // The token and its mint stay: an address does not live twice.
    assert!(w.engine.account(&token.key).is_some());
}

#[test]
fn what_goes_on_is_not_closed() {
    let mut w = World::new();
    w.issue("bob", 60 * ONE);
    let quote = w.quote;
    open_with(&mut w, holding(quote));
    let close = ix::close_product_account(&product(&mut w), &key("founder"));
    w.send(&close, &[&person("founder")])
        .refused(TokenError::NotOver);
    let round = w.open_round(escrow_terms());
    let close = ix::close_round_account(&w.round(round), &key("founder"));
    w.send(&close, &[&person("founder")])
        .refused(TokenError::NotOver);
    let close = ix::close_vault(&w.token(), 0, false).unwrap();
    w.send(&close, &[]).refused(TokenError::NotWoundUp);
    let mut w = wound_up();
    let close = ix::close_vault(&w.token(), 0, false).unwrap();
    w.send(&close, &[]).refused(TokenError::NotOver);
    let close = ix::close_share_custody(&w.token());
    w.send(&close, &[]).refused(TokenError::NotOver);
}
