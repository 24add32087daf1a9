//! Shares: issued, moved, taken out and back, redeemed; dividends.

use {
    super::Move,
    crate::{
        cast::key,
        chance,
        draft::{Call, call, shares},
        scene::Scene,
    },
    solana_program::instruction::{AccountMeta, Instruction},
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_2022_PROGRAM, bearer_account, find_holder},
        instruction as ix,
        state::{Account, RedeemArgs},
    },
    upside_tests::world::{NEVER, ONE},
};

pub const MOVES: &[Move] = &[
    (14, issue),
    (16, redeem),
    (6, redeem_bearer),
    (6, withdraw),
    (8, deposit),
    (4, warm_up),
    (8, transfer),
    (3, send_bearer),
    (1, burn_bearer),
    (8, collect_dividend),
    (3, open_holder),
    (2, sync_share_custody),
    (1, close_holder),
];

/// Nothing forgone, no bounds.
fn all_of(atoms: u64, forgone: u8) -> RedeemArgs {
    upside_tests::cases::redeem_args(atoms).tap(forgone)
}

trait Tap {
    fn tap(self, forgone: u8) -> Self;
}

impl Tap for RedeemArgs {
    fn tap(mut self, forgone: u8) -> Self {
        self.forgone = forgone;
        self.deadline = NEVER;
        self
    }
}

fn forgone(scene: &mut Scene) -> u8 {
    if scene.rng.percent(85) {
        0
    } else {
        scene.rng.below(4) as u8
    }
}

fn issue(scene: &mut Scene) -> Option<Call> {
    let owner = scene.owner()?;
    let to = if scene.rng.percent(90) {
        scene.actor()
    } else {
        scene.anybody()
    };
    let most = scene
        .rng
        .one(&[1_000 * ONE, 1_000_000 * ONE, 1_000_000_000_000 * ONE])?;
    let atoms = if scene.rng.percent(50) {
        scene.affordable()
    } else {
        scene.share_amount(most)
    };
    let issue = ix::issue(&scene.token(), &key(to), shares(atoms), Atoms(0));
    call(format!("{owner} issues {atoms} to {to}"), issue, &[owner])
}

fn redeem(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let has = scene.redeemable(who);
    let atoms = if scene.rng.percent(50) {
        has
    } else {
        chance::edge(&mut scene.rng, has, &[])
    };
    let args = all_of(atoms, forgone(scene));
    let redeem = redemption(scene, who, args)?;
    call(format!("{who} redeems {atoms}"), redeem, &[who])
}

/// A redemption, for a receipt if there are estates.
pub fn redemption(scene: &Scene, who: &'static str, args: RedeemArgs) -> Option<Instruction> {
    let (token, wallet) = (scene.token(), key(who));
    if scene.facts.token.estates == 0 {
        return ix::redeem(&token, &wallet, args).ok();
    }
    let holder = Account {
        key: find_holder(&token.key, &wallet).0,
        data: *scene.facts.holders.get(&wallet)?,
    };
    ix::redeem_for_receipt(&token, &holder, &scene.payer(), args).ok()
}

fn redeem_bearer(scene: &mut Scene) -> Option<Call> {
    let who = scene.bearer_holder();
    let has = scene.bearer(who);
    if has == 0 {
        return None;
    }
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let args = all_of(atoms, forgone(scene));
    let redeem = ix::redeem_bearer(&scene.token(), &key(who), args).ok()?;
    call(
        format!("{who} redeems {atoms} bearer shares"),
        redeem,
        &[who],
    )
}

fn withdraw(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let free = scene.free(who);
    let atoms = chance::edge(&mut scene.rng, free, &[]);
    let out = ix::withdraw(&scene.token(), &key(who), shares(atoms));
    call(format!("{who} withdraws {atoms}"), out, &[who])
}

fn deposit(scene: &mut Scene) -> Option<Call> {
    let who = scene.bearer_holder();
    let has = scene.bearer(who);
    if has == 0 {
        return None;
    }
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let back = ix::deposit(&scene.token(), &key(who), shares(atoms));
    call(format!("{who} deposits {atoms}"), back, &[who])
}

fn warm_up(scene: &mut Scene) -> Option<Call> {
    let warming = scene.facts.holders.iter().filter(|(_, it)| it.warm > 0);
    let wallets: Vec<Pubkey> = warming.map(|(wallet, _)| *wallet).collect();
    let wallet = scene.rng.one(&wallets)?;
    call(
        "somebody's deposited shares are registered",
        ix::warm_up(&scene.facts.key, &wallet),
        &[],
    )
}

fn transfer(scene: &mut Scene) -> Option<Call> {
    let who = scene.shareholder();
    let free = scene.free(who);
    let to = if scene.rng.percent(70) {
        scene.actor()
    } else {
        scene.anybody()
    };
    let atoms = chance::edge(&mut scene.rng, free, &[]);
    let token = scene.facts.key;
    let send = ix::transfer_shares(&token, &key(who), &key(to), shares(atoms), None);
    call(format!("{who} sends {atoms} to {to}"), send, &[who])
}

/// Past the program.
fn token_call(
    kind: u8,
    atoms: u64,
    decimals: Option<u8>,
    accounts: Vec<AccountMeta>,
) -> Instruction {
    let mut data = vec![kind];
    data.extend_from_slice(&atoms.to_le_bytes());
    data.extend(decimals);
    Instruction {
        program_id: TOKEN_2022_PROGRAM,
        accounts,
        data,
    }
}

fn send_bearer(scene: &mut Scene) -> Option<Call> {
    let who = scene.bearer_holder();
    let has = scene.bearer(who);
    if has == 0 {
        return None;
    }
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let token = scene.facts.key;
    let to = scene.anybody();
    let (to, account) = if scene.rng.percent(20) {
        ("custody", scene.facts.token.share_custody)
    } else {
        (to, bearer_account(&token, &key(to)))
    };
    let accounts = vec![
        AccountMeta::new(bearer_account(&token, &key(who)), false),
        AccountMeta::new_readonly(scene.facts.token.mint, false),
        AccountMeta::new(account, false),
        AccountMeta::new_readonly(key(who), true),
    ];
    let send = token_call(12, atoms, Some(6), accounts);
    call(
        format!("{who} sends {atoms} bearer shares to {to}"),
        send,
        &[who],
    )
}

fn burn_bearer(scene: &mut Scene) -> Option<Call> {
    let who = scene.bearer_holder();
    let has = scene.bearer(who);
    if has == 0 {
        return None;
    }
    let atoms = chance::edge(&mut scene.rng, has, &[]);
    let accounts = vec![
        AccountMeta::new(bearer_account(&scene.facts.key, &key(who)), false),
        AccountMeta::new(scene.facts.token.mint, false),
        AccountMeta::new_readonly(key(who), true),
    ];
    call(
        format!("{who} burns {atoms} bearer shares"),
        token_call(8, atoms, None, accounts),
        &[who],
    )
}

/// A mint with a stream.
pub fn payout_mint(scene: &mut Scene) -> Pubkey {
    let place = scene.rng.below(u64::from(scene.facts.token.stream_count)) as usize;
    let asset = scene.facts.token.streams[place].asset;
    scene.facts.token.assets[usize::from(asset)].mint
}

fn collect_dividend(scene: &mut Scene) -> Option<Call> {
    let who = scene.actor();
    let mint = payout_mint(scene);
    let collect = ix::collect_dividend(&scene.token(), &key(who), &mint).ok()?;
    call(format!("{who} collects dividends"), collect, &[who])
}

fn open_holder(scene: &mut Scene) -> Option<Call> {
    let (by, who) = (scene.actor(), scene.anybody());
    if scene.facts.holders.contains_key(&key(who)) {
        return None;
    }
    let open = ix::open_holder(&scene.facts.key, &scene.payer(), &key(by), &key(who));
    call(format!("{by} opens {who}'s holder account"), open, &[by])
}

fn close_holder(scene: &mut Scene) -> Option<Call> {
    let by = scene.actor();
    let wallets: Vec<Pubkey> = scene.facts.holders.keys().copied().collect();
    let wallet = scene.rng.one(&wallets)?;
    let account = Account {
        key: find_holder(&scene.facts.key, &wallet).0,
        data: scene.facts.holders[&wallet],
    };
    let close = ix::close_holder(&account, &key(by));
    call(format!("{by} closes a holder account"), close, &[by])
}

fn sync_share_custody(scene: &mut Scene) -> Option<Call> {
    call(
        "custody is synced",
        ix::sync_share_custody(&scene.token()),
        &[],
    )
}
