//! The comparison notices a change of any byte of an account but those that mean
//! nothing: so it forgets no field.

use {
    crate::run::Run,
    solana_account::Account,
    std::collections::BTreeMap,
    upside_sdk::Pubkey,
    upside_tests::model::{
        Place,
        compare::{Comparer, Reader},
    },
};

/// Bytes of padding, reserve and of some bumps, by type of account.
const MEANINGLESS: &[(&str, usize)] = &[
    // Core (o1): one line a type.
    ("Token", 125),
    ("Holder", 36),
    ("Round", 32),
    ("Contribution", 39),
    ("Approval", 23),
    // Markets and governance (o2): one line a type.

    // Indexes (o3): one line a type.
    ("Index", 357),
    ("Basket", 69),
    ("Membership", 69),
    ("Auction", 68),
];

/// One account as somebody would like it to be.
struct Forged(Account);

impl Reader for Forged {
    fn account(&mut self, _: &Pubkey) -> Option<Account> {
        Some(self.0.clone())
    }
}

/// The name of a place's type.
fn kind(place: &Place) -> String {
    let text = format!("{place:?}");
    let name = text.split('(').next();
    name.unwrap_or_default().to_string()
}

/// One account of each type that a long sequence meets.
fn met() -> BTreeMap<String, (Run, Place)> {
    let mut met = BTreeMap::new();
    let base = Run::base();
    for seed in 0..40 {
        let mut run = base.fork(seed);
        for _ in 0..40 {
            run.step();
            for place in run.model.places() {
                let name = kind(&place);
                let wanted = MEANINGLESS.iter().any(|(of, _)| *of == name);
                if wanted && !met.contains_key(&name) {
                    let mut here = run.fork(0);
                    here.finished = true;
                    met.insert(name, (here, place));
                }
            }
            if met.len() == MEANINGLESS.len() {
                run.finished = true;
                return met;
            }
        }
        run.finished = true;
    }
    panic!("only met {:?}", met.keys());
}

#[test]
fn no_byte_of_an_account_is_forgotten() {
    let met = met();
    for (name, meaningless) in MEANINGLESS {
        let (run, place) = &met[*name];
        let (key, mut comparer) = (place.address(), Comparer::default());
        let mut chain = run.pool.fork().world;
        let account = chain.engine.account(&key).expect("the account exists");
        let mut unnoticed = Vec::new();
        for at in 0..account.data.len() {
            let mut forged = account.clone();
            forged.data[at] ^= 0x80;
            let same = comparer.some(&run.model, &mut Forged(forged), &[key]);
            if same.is_ok() {
                unnoticed.push(at);
            }
        }
        assert_eq!(unnoticed.len(), *meaningless, "{name}: {unnoticed:?}");
    }
}
