//! Every variation of one call.

use {
    crate::{
        exceptions::{self, Without},
        foreign_accounts::{self, Stranger},
        idl::{Idl, Slot},
        run::{self, Changes, Verdict},
        scene::Scene,
        table::{Row, Way},
    },
    litesvm::LiteSVM,
    solana_program::instruction::{AccountMeta, Instruction},
    std::panic::{AssertUnwindSafe, catch_unwind},
    upside_sdk::{Pubkey, address::SYSTEM_PROGRAM},
    upside_tests::{cases::Case, engine::Engine},
};

/// When a variation may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Never.
    Never,
    /// When everything ends as without the variation.
    Same,
    /// When the books hold: the arguments say something else.
    Books,
    /// When it changes nothing but what the normal call changes, and this account.
    Own(Pubkey),
}

/// A call under variation.
pub struct Sweep<'a, W> {
    name: &'a str,
    idl: &'a Idl,
    case: Case<W>,
    slots: Vec<Slot>,
    svm: LiteSVM,
    normal: Changes,
    /// What was tried and what became of it.
    pub row: Row,
    /// What should not have happened.
    pub faults: Vec<String>,
}

/// The name of an instruction in the name of a case.
pub fn instruction_of(case: &str) -> &str {
    case.split(':').next().unwrap()
}

impl<'a, W: Scene> Sweep<'a, W> {
    /// A call of the cases.
    pub fn of(name: &'a str, idl: &'a Idl, mut case: Case<W>) -> Self {
        let mut slots = idl.slots(instruction_of(name));
        let metas = &case.instruction.accounts;
        for (slot, meta) in slots.iter().zip(metas) {
            let nothing = slot.optional && meta.pubkey == idl.program;
            let same = slot.signer == meta.is_signer && slot.writable == meta.is_writable;
            let known = nothing || same || exceptions::signs_beyond_the_idl(name, &slot.name);
            assert!(known, "{name}: {slot:?} is not as in the IDL");
        }
        for (number, meta) in metas[slots.len()..].iter().enumerate() {
            slots.push(Slot {
                name: format!("remaining {number}"),
                signer: meta.is_signer,
                writable: meta.is_writable,
                optional: false,
            });
        }
        let svm = run::unsigned(&case.world.world().engine);
        let normal = match run::run(&svm, &case.instruction) {
            Verdict::Done(changes) => changes,
            Verdict::Refused => panic!("{name} is refused"),
            Verdict::Broken(why) => panic!("{name}: {why}"),
        };
        Sweep {
            name,
            idl,
            case,
            slots,
            svm,
            normal,
            row: Row::new(name),
            faults: Vec::new(),
        }
    }

    /// Every variation of everything.
    pub fn everything(mut self) -> (Row, Vec<String>) {
        self.signatures();
        self.writability();
        self.doubles();
        self.data();
        self.forgeries();
        let strangers = foreign_accounts::settle(&mut self.case);
        self.svm = run::unsigned(&self.case.world.world().engine);
        self.strangers(&strangers);
        (self.row, self.faults)
    }

    fn attempt(&mut self, way: Way, what: &str, call: &Instruction, rule: Rule) {
        let fault = match run::run(&self.svm, call) {
            Verdict::Refused => {
                self.row.refused(way);
                None
            }
            Verdict::Broken(why) => {
                self.row.refused(way);
                Some(why)
            }
            Verdict::Done(changes) => {
                self.row.succeeded(way);
                self.harm(&changes, call, rule)
            }
        };
        let name = self.name;
        self.faults
            .extend(fault.map(|why| format!("{name}, {what}: {why}")));
    }

    /// What is wrong with a variation that succeeded.
    fn harm(&mut self, changes: &Changes, call: &Instruction, rule: Rule) -> Option<String> {
        let others = |known: &dyn Fn(&Pubkey) -> bool| {
            let others = changes.keys().filter(|key| !known(key));
            others.copied().collect::<Vec<_>>()
        };
        match rule {
            Rule::Never => Some("it succeeded".into()),
            _ if *changes == self.normal => None,
            Rule::Same => Some(format!("it changed {:?}", others(&|_| false))),
            Rule::Books => self.books(call),
            Rule::Own(own) => {
                let others = others(&|key| *key == own || self.normal.contains_key(key));
                let more = !others.is_empty();
                more.then(|| format!("it changed {others:?} too"))
            }
        }
    }

    /// What is wrong with the books after a call.
    fn books(&mut self, call: &Instruction) -> Option<String> {
        let mut branch = self.case.world.branch();
        let mut svm = self.svm.clone();
        let outcome = run::commit(&mut svm, call);
        branch.world().engine = Engine::Lite(svm);
        let check = AssertUnwindSafe(|| branch.check(self.name, outcome));
        let panic = catch_unwind(check).err()?;
        let text = panic.downcast_ref::<String>().cloned();
        Some(text.unwrap_or_else(|| "the books do not hold".into()))
    }

    fn accounts(&self) -> Vec<AccountMeta> {
        self.case.instruction.accounts.clone()
    }

    fn call(&self) -> Instruction {
        self.case.instruction.clone()
    }

    fn signatures(&mut self) {
        for (place, meta) in self.accounts().iter().enumerate() {
            if !meta.is_signer {
                continue;
            }
            let mut call = self.call();
            // One person may stand in several slots: none of them signs.
            for other in &mut call.accounts {
                other.is_signer &= other.pubkey != meta.pubkey;
            }
            let what = format!("{} without signature", self.slots[place].name);
            self.attempt(Way::Signature, &what, &call, Rule::Never);
        }
    }

    fn writability(&mut self) {
        for (place, meta) in self.accounts().iter().enumerate() {
            let mut call = self.call();
            for other in &mut call.accounts {
                if other.pubkey == meta.pubkey {
                    other.is_writable = !meta.is_writable;
                }
            }
            let change = if meta.is_writable {
                "read-only"
            } else {
                "writable"
            };
            let what = format!("{} {change}", self.slots[place].name);
            self.attempt(Way::Writability, &what, &call, Rule::Same);
        }
    }

    /// Whether an account can sign for itself.
    fn is_wallet(&self, key: &Pubkey) -> bool {
        let account = self.svm.get_account(key).unwrap_or_default();
        let plain = account.owner == SYSTEM_PROGRAM;
        plain && account.data.is_empty() && !account.executable && key.is_on_curve()
    }

    /// One account for another in a slot, and what may become of it.
    fn replace(&mut self, way: Way, place: usize, key: Pubkey, signs: bool, what: &str) {
        let slot = self.slots[place].clone();
        let mut call = self.call();
        call.accounts[place].pubkey = key;
        call.accounts[place].is_signer &= signs;
        let what = format!("{}: {what}", slot.name);
        let free = exceptions::is_free(self.name, &slot.name);
        let rule = match (free, call.accounts[place].is_signer) {
            (true, _) => Rule::Own(key),
            (false, true) => Rule::Never,
            (false, false) => Rule::Same,
        };
        self.attempt(way, &what, &call, rule);
    }

    fn doubles(&mut self) {
        let metas = self.accounts();
        for (place, own) in metas.iter().enumerate() {
            for (from, other) in metas.iter().enumerate() {
                if other.pubkey != own.pubkey {
                    let signs = self.is_wallet(&other.pubkey);
                    let what = format!("{} again", self.slots[from].name);
                    self.replace(Way::Double, place, other.pubkey, signs, &what);
                }
            }
        }
    }

    fn strangers(&mut self, strangers: &[Stranger]) {
        for (place, own) in self.accounts().iter().enumerate() {
            for stranger in strangers {
                if stranger.key != own.pubkey {
                    let (key, signs) = (stranger.key, stranger.signs);
                    self.replace(Way::Stranger, place, key, signs, &stranger.what);
                }
            }
        }
    }

    /// Accounts with data, at their own addresses, as they never may be trusted.
    fn forgeries(&mut self) {
        let call = self.call();
        for (place, own) in self.accounts().iter().enumerate() {
            let real = self.svm.get_account(&own.pubkey).unwrap_or_default();
            let system = solana_program::sysvar::ID;
            if real.data.is_empty() || real.executable || real.owner == system {
                continue;
            }
            for (what, forged) in foreign_accounts::forgeries(&real) {
                self.svm.set_account(own.pubkey, forged).unwrap();
                let slot = self.slots[place].name.clone();
                let rule = match exceptions::without(self.name, &slot) {
                    Some(Without::Goes) => Rule::Own(own.pubkey),
                    Some(Without::IsMade) => Rule::Books,
                    None => Rule::Same,
                };
                self.attempt(Way::Forgery, &format!("{slot}: {what}"), &call, rule);
            }
            self.svm.set_account(own.pubkey, real).unwrap();
        }
    }

    fn data(&mut self) {
        let whole = self.case.instruction.data.clone();
        let with = |data: Vec<u8>| Instruction {
            data,
            ..self.call()
        };
        let mut calls = Vec::new();
        for length in 0..whole.len() {
            let call = with(whole[..length].to_vec());
            calls.push((format!("data of {length} bytes"), call, Rule::Never));
        }
        for more in [1, 1_000] {
            let call = with([&whole[..], &vec![0xa5; more]].concat());
            calls.push((format!("{more} bytes more"), call, Rule::Same));
        }
        for bit in 0..whole.len() * 8 {
            let mut data = whole.clone();
            data[bit / 8] ^= 1 << (bit % 8);
            let rule = if bit < 64 { Rule::Never } else { Rule::Books };
            calls.push((format!("bit {bit}"), with(data), rule));
        }
        for at in self.idl.lengths(instruction_of(self.name), &whole) {
            let own = u32::from_le_bytes(whole[at..at + 4].try_into().unwrap());
            for length in [0, own + 1, own + 1_000, 1 << 24, 1 << 31, u32::MAX] {
                let mut data = whole.clone();
                data[at..at + 4].copy_from_slice(&length.to_le_bytes());
                let what = format!("length {length} at {at}");
                calls.push((what, with(data), Rule::Books));
            }
        }
        for (what, call, rule) in calls {
            self.attempt(Way::Data, &what, &call, rule);
        }
    }
}
