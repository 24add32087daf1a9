//! Offers and memberships of an index's world.

use {
    crate::{
        credential::Attested,
        people::person,
        pool::{INDEX_ONE, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        index::{
            AcceptArgs, AnnouncementKind, Offer, OfferTerms, Subject, find_membership, find_offer,
            instruction as ix, subject_of,
        },
        instruction as token_ix,
        state::{Account, Change},
    },
};

impl PoolWorld {
    /// The curator's offer of a deal to a person.
    pub fn offer_ix(&mut self, name: &str, token_shares: u64, index_shares: u64) -> Instruction {
        let (payer, curator) = (self.payer(), person("curator").pubkey());
        let terms = OfferTerms {
            token_shares,
            index_shares,
        };
        ix::offer_membership(&self.index(), &payer, &curator, &token_of(name), terms)
    }

    /// Offers a person a deal; returns its number.
    pub fn offer(&mut self, name: &str, token_shares: u64, index_shares: u64) -> u64 {
        let offer = self.offer_ix(name, token_shares, index_shares);
        self.send(&offer, &["curator"]).succeeded();
        self.index().data.announcements_made
    }

    /// The last open offer to a person.
    pub fn offered(&mut self, name: &str) -> Account<Offer> {
        let (index, token) = (self.index(), token_of(name));
        let places = index.data.announcements.iter();
        let mut open: Vec<u64> = places
            .filter(|place| place.kind == AnnouncementKind::Offer)
            .map(|place| place.nonce)
            .collect();
        open.sort_unstable_by_key(|nonce| std::cmp::Reverse(*nonce));
        open.iter()
            .map(|nonce| self.world.get::<Offer>(&find_offer(&index.key, *nonce).0))
            .find(|offer| offer.data.token == token)
            .expect("a deal is offered")
    }

    /// Attests who a person is, so that they may be a member where an equal share is paid.
    pub fn attest(&mut self, name: &str) -> [u8; 32] {
        let attested = Attested::on(&person(name).pubkey());
        attested.put(&mut self.world);
        subject_of(&attested.bytes()).expect("it names its human")
    }

    /// A person's acceptance of the last offer, at any price; who is new shows an attestation
    /// if that is asked.
    pub fn accept_ix(&mut self, name: &str) -> Instruction {
        let args = AcceptArgs {
            most_gives: u64::MAX,
            least_index_shares: 0,
            deadline: NEVER,
        };
        let key = find_membership(&self.index, &token_of(name)).0;
        let new = self.world.engine.account(&key).is_none();
        let asked = self.index().data.terms.equal_share_bps > 0;
        let subject = (new && asked).then(|| self.attest(name));
        let (payer, offer) = (self.payer(), self.offered(name));
        let (index, token) = (self.index(), self.token(name));
        ix::accept_membership(&index, &payer, &token, &offer, subject.as_ref(), args)
    }

    /// A person accepts, right after harvests of everybody; the notice must be over.
    pub fn accept(&mut self, name: &str) {
        self.harvest_all();
        let accept = self.accept_ix(name);
        self.send(&accept, &[name]).succeeded();
    }

    /// The subject of a membership, if it has one.
    pub fn subject(&mut self, name: &str) -> Option<Account<Subject>> {
        let key = self.membership(name).data.subject;
        (key != Pubkey::default()).then(|| self.world.get(&key))
    }

    /// The end of a membership that was announced, when its notice is over.
    pub fn apply_end_ix(&mut self, name: &str) -> Instruction {
        let subject = self.subject(name);
        ix::apply_end(&self.membership(name), subject.as_ref())
    }

    /// Ends a membership with its notice.
    pub fn end(&mut self, name: &str) {
        let wallet = person(name).pubkey();
        let end = ix::end_membership(&self.membership(name), &wallet);
        self.send(&end, &[name]).succeeded();
        let at = self.membership(name).data.ends_at;
        let now = self.world.now();
        self.world.pass(at - now);
        let apply = self.apply_end_ix(name);
        self.send(&apply, &[]).succeeded();
    }

    /// Makes a person a member with 1,000 of their shares for 10 of the index.
    pub fn join(&mut self, name: &str) {
        self.open_shares(name);
        self.offer(name, 1_000 * ONE, 10 * INDEX_ONE);
        self.world.pass(8 * DAY);
        self.accept(name);
    }

    /// Somebody puts a poll of a person's token, a second after whatever happened before;
    /// returns its number.
    pub fn put_poll(&mut self, name: &str, by: &str, change: Change) -> u64 {
        self.world.pass(1);
        let (token, payer) = (self.token(name), self.payer());
        let put = token_ix::put_poll(&token, &payer, &person(by).pubkey(), change, [6; 32]);
        self.send(&put, &[by]).succeeded();
        token.data.poll_seq
    }
}
