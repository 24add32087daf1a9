//! What people do, each in one call that must succeed.

use {
    super::{DAY, NEVER, ONE, World, mint_bytes},
    crate::{people::person, terms::revenue_terms},
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares,
        address::{
            TOKEN_2022_PROGRAM, TOKEN_PROGRAM, find_attestation, find_attesters, find_claim,
            find_holder,
        },
        event::TokenEvent,
        instruction as ix, quote,
        state::{
            Account, Attesters, ClaimTerms, ContributeArgs, Evidence, ExitArgs, PersonalToken,
            RoundTerms,
        },
    },
};

impl World {
    /// Opens a person's holder account.
    pub fn open_holder(&mut self, name: &str) {
        let wallet = person(name);
        let (payer, key) = (self.payer.pubkey(), wallet.pubkey());
        let open = ix::open_holder(&self.token, &payer, &key, &key);
        self.send(&open, &[&wallet]).ok();
    }

    /// Issues shares to a person, whose holder account is opened when missing.
    pub fn issue(&mut self, name: &str, shares: u64) {
        let wallet = person(name).pubkey();
        let holder = find_holder(&self.token, &wallet).0;
        if self.engine.account(&holder).is_none() {
            self.open_holder(name);
        }
        let token = self.token();
        let issue = ix::issue(&token, &wallet, Shares(shares), Atoms(0));
        let mut all = self.endow_for(shares);
        all.push(issue);
        let founder = person("founder");
        self.send_all(&all, &[&founder]).ok();
    }

    /// The owner's deposits of what the endowment lacks for new shares.
    pub fn endow_for(&mut self, shares: u64) -> Vec<Instruction> {
        let token = self.token();
        self.endow_token_for(&token, shares)
    }

    /// The same of any token.
    pub fn endow_token_for(&self, token: &Account<PersonalToken>, shares: u64) -> Vec<Instruction> {
        let brings = quote::creation(&token.data, Shares(shares), self.now()).unwrap();
        let lacks = brings.missing.iter().map(|lack| {
            let mint = token.data.assets[lack.place].mint;
            ix::deposit_endowment(token, &token.data.owner, &mint, lack.atoms).unwrap()
        });
        lacks.collect()
    }

    /// Adds to the endowment in the quote mint.
    pub fn endow(&mut self, amount: u64) {
        let (token, quote) = (self.token(), self.quote);
        let founder = person("founder");
        let add = ix::deposit_endowment(&token, &founder.pubkey(), &quote, Atoms(amount)).unwrap();
        self.send(&add, &[&founder]).ok();
    }

    /// The owner names attesters, while nobody else holds shares.
    pub fn accept(&mut self, names: &[&str]) {
        let keys: Vec<_> = names.iter().map(|name| person(name).pubkey()).collect();
        let (founder, payer) = (person("founder"), self.payer.pubkey());
        let add = ix::add_attesters(&self.token, &founder.pubkey(), &payer, &keys);
        self.send(&add, &[&founder]).ok();
    }

    /// The token's attesters, where it has any.
    pub fn attesters(&mut self) -> Option<Attesters> {
        let key = find_attesters(&self.token).0;
        let there = self.engine.account(&key).is_some();
        there.then(|| self.get::<Attesters>(&key).data)
    }

    /// Somebody attests a claim as it is, for 300 days.
    pub fn attest(&mut self, claim: u64, name: &str, value: u64, cost: u64) {
        let (claim, payer) = (self.claim(claim), self.payer.pubkey());
        let until = self.now() + 300 * DAY;
        let statement = ix::statement(&claim, Atoms(value), Atoms(cost), until);
        let wallet = person(name);
        let statement = statement.expect("a claim that adds up");
        let attest = ix::attest_claim(&claim, &payer, &wallet.pubkey(), statement);
        self.send(&attest, &[&wallet]).ok();
    }

    /// What accepted attesters say of a claim now.
    pub fn evidence(&mut self, claim: u64) -> Evidence {
        let (claim, token) = (self.claim(claim), self.token());
        let list = self.attesters();
        let seated = list.iter().flat_map(Attesters::seated);
        let keys: Vec<_> = seated
            .map(|(_, key)| find_attestation(&claim.key, key).0)
            .collect();
        let there = |key: &&Pubkey| self.engine.account(key).is_some();
        let keys: Vec<_> = keys.iter().filter(there).copied().collect();
        let signed: Vec<_> = keys.iter().map(|key| self.get(key)).collect();
        let now = self.now();
        quote::evidence(&token.data, &claim, list.as_ref(), &signed, now).expect("evidence")
    }

    /// An exit of paper equity whose proceeds `payer` pays in.
    pub fn exit_ix(&mut self, claim: u64, payer: &str, args: ExitArgs) -> Instruction {
        let (token, list) = (self.token(), self.attesters());
        let claim = find_claim(&self.token, claim).0;
        let payer = person(payer).pubkey();
        ix::exit_claim(&token, &claim, &payer, list.as_ref(), args)
    }

    /// Opens a round.
    pub fn open_round(&mut self, terms: RoundTerms) -> u64 {
        let token = self.token();
        let open = ix::open_round(&token, &self.payer.pubkey(), terms);
        let founder = person("founder");
        self.send(&open, &[&founder]).ok();
        token.data.rounds
    }

    /// A contribution to a round.
    pub fn contribute_ix(&mut self, round: u64, name: &str, payment: u64) -> Instruction {
        let (token, round) = (self.token(), self.round(round));
        let args = ContributeArgs {
            max_payment: payment,
            min_shares: 0,
            max_supply: u64::MAX,
            terms_version: token.data.terms_version,
            deadline: NEVER,
        };
        ix::contribute(&token, &round, &person(name).pubkey(), None, args)
    }

    /// Contributes to a round; opens the holder account when missing.
    pub fn contribute(&mut self, round: u64, name: &str, payment: u64) -> Vec<TokenEvent> {
        let wallet = person(name);
        let holder = find_holder(&self.token, &wallet.pubkey()).0;
        if self.engine.account(&holder).is_none() {
            self.open_holder(name);
        }
        let contribute = self.contribute_ix(round, name, payment);
        self.send(&contribute, &[&wallet]).ok()
    }

    /// Declares a claim.
    pub fn declare(&mut self, terms: ClaimTerms) -> u64 {
        let token = self.token();
        let declare = ix::declare_claim(&token, &self.payer.pubkey(), terms);
        let founder = person("founder");
        self.send(&declare, &[&founder]).ok();
        token.data.claims
    }

    /// Declares a revenue claim in the quote mint and pays on it.
    pub fn pay_revenue(&mut self, amount: u64) -> u64 {
        let claim = self.declare(revenue_terms(self.quote));
        self.pay_more(claim, amount);
        claim
    }

    /// Pays on a revenue claim.
    pub fn pay_more(&mut self, claim: u64, amount: u64) {
        let (token, claim) = (self.token(), self.claim(claim));
        let founder = person("founder");
        let pay = ix::pay_revenue(&token, &claim, &founder.pubkey(), Atoms(amount)).unwrap();
        self.send(&pay, &[&founder]).ok();
    }

    /// Gives to the quote reserve.
    pub fn give_reserve(&mut self, amount: u64) {
        let (token, quote) = (self.token(), self.quote);
        let founder = person("founder");
        let give = ix::deposit_reserve(&token, &founder.pubkey(), &quote, Atoms(amount)).unwrap();
        self.send(&give, &[&founder]).ok();
    }

    /// Lists another classic mint and gives everybody some of it.
    pub fn list(&mut self, name: &str, payout: bool) -> Pubkey {
        let mint = person(name).pubkey();
        self.add_mint(mint, TOKEN_PROGRAM, mint_bytes(u64::MAX));
        for wallet in ["founder", "bob", "carol", "mallory"] {
            self.give(&person(wallet).pubkey(), &mint, 1_000_000 * ONE);
        }
        let token = self.token();
        let list = ix::add_asset(
            &token,
            &self.payer.pubkey(),
            &mint,
            &TOKEN_PROGRAM,
            super::minter(),
            payout,
        );
        let founder = person("founder");
        self.send(&list, &[&founder]).ok();
        mint
    }

    /// The owner makes a wallet's holder account a venue, or no longer: announced, and
    /// applied after the notice.
    pub fn mark_venue(&mut self, wallet: &Pubkey, open: bool) {
        let set = ix::set_venue(&self.token(), wallet, open);
        let events = self.send(&set, &[&person("founder")]).ok();
        if let [TokenEvent::VenueAnnounced(event)] = &events[..] {
            let left = event.effective_at - self.now();
            self.pass(left);
            let apply = ix::apply_venue(&self.token, wallet);
            self.send(&apply, &[]).ok();
        }
    }

    /// Makes a wallet's account for bearer tokens.
    pub fn open_bearer(&mut self, name: &str) {
        let (payer, wallet) = (self.payer.pubkey(), person(name).pubkey());
        let mint = self.token().data.mint;
        let create = ix::create_associated(&payer, &wallet, &mint, &TOKEN_2022_PROGRAM);
        self.send(&create, &[]).ok();
    }
}
