//! Deals with people, ends and takeovers of memberships, and the index's answer in a poll.

use {
    crate::*,
    upside_sdk::{
        address::{find_credential, find_poll},
        error::SdkError,
        index::{IndexError, Membership, Offer, OfferTerms, inspect, instruction as index_ix},
        state::{ATTESTATION_SERVICE, Change, Poll},
    },
};

impl World {
    /// The issuer in the index's terms attests who a wallet's human is.
    fn attest(&self, wallet: &Keypair, human: &str) {
        let (wallet, credential, schema) =
            (wallet.pubkey(), key(5, 0).pubkey(), key(5, 1).pubkey());
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap().to_le_bytes();
        let statement = [&length(human.as_bytes())[..], human.as_bytes()].concat();
        let mut data = vec![2];
        for key in [&wallet, &credential, &schema] {
            data.extend_from_slice(key.as_ref());
        }
        data.extend_from_slice(&length(&statement));
        data.extend_from_slice(&statement);
        // The signer, no end, no token account.
        data.extend_from_slice(&[0; 32 + 8 + 32]);
        let account = Bytes {
            lamports: INDEX_ONE,
            data,
            owner: ATTESTATION_SERVICE,
            ..Bytes::default()
        };
        let place = find_credential(&credential, &schema, &wallet).0;
        self.put(vec![(place, account)]).unwrap();
    }

    /// The curator offers a person 20 index shares for 1,000 of theirs, which exist.
    async fn offer(&self, person: &Keypair) {
        let token = self.token(person).await.unwrap();
        let owner = person.pubkey();
        let issue = ix::issue(&token, &owner, Shares(1_000 * ONE), upside_sdk::Atoms(0));
        self.run(vec![issue], &[person]).await.unwrap();
        let (index, curator) = (self.pool().await.unwrap().index, self.curator.pubkey());
        let terms = OfferTerms {
            token_shares: 1_000 * ONE,
            index_shares: 20 * INDEX_ONE,
        };
        let offer = index_ix::offer_membership(&index, &curator, &curator, &token.key, terms);
        self.run(vec![offer], &[&self.curator]).await.unwrap();
    }

    async fn offers(&self) -> Vec<Account<Offer>> {
        fetch::offers(&self.client, &self.index).await.unwrap()
    }

    async fn membership(&self, person: &Keypair) -> Account<Membership> {
        let token = token_of(person);
        let found = fetch::membership(&self.client, &self.index, &token).await;
        found.unwrap()
    }

    /// What accepting the only offer does now.
    async fn accepting(
        &self,
        person: &Keypair,
    ) -> std::result::Result<action::Plan<plan::AcceptQuote>, SdkError> {
        let (pool, token) = (
            self.pool().await.unwrap(),
            self.token(person).await.unwrap(),
        );
        let offer = self.offers().await.remove(0);
        plan::accept_membership(&self.client, &pool, &token, &offer, self.deadline()).await
    }

    /// The owner asks holders for a change.
    async fn put_poll(&self, person: &Keypair, change: Change) -> Account<Poll> {
        let (client, owner) = (&self.client, person.pubkey());
        let token = self.token(person).await.unwrap();
        let put = action::put_poll(client, &token, &owner, &owner, change, [7; 32]).await;
        let put = put.unwrap();
        self.send(&put.steps, &[person]).await.unwrap();
        let key = find_poll(&token.key, put.quote.number).0;
        tokens::account(client, &key, "poll").await.unwrap()
    }

    /// A person is offered a deal and accepts it, after the notice.
    async fn join(&self, person: &Keypair, human: &str) {
        self.offer(person).await;
        self.chain.advance(7 * DAY).unwrap();
        self.attest(person, human);
        let accept = self.accepting(person).await.unwrap();
        self.send(&accept.steps, &[person]).await.unwrap();
    }
}

/// An action that the index refuses with this error.
fn refused<T: std::fmt::Debug>(result: std::result::Result<T, SdkError>, error: IndexError) {
    match result {
        Err(SdkError::IndexRefused(found)) => assert_eq!(found, error),
        other => panic!("{error:?}: {other:?}"),
    }
}

#[tokio::test]
async fn an_acceptance_harvests_who_is_late_and_moves_what_it_quotes() {
    let world = World::launched(3).await.unwrap();
    let person = &world.people[1];
    world.offer(person).await;
    refused(world.accepting(person).await, IndexError::NoticePending);
    world.chain.advance(7 * DAY).unwrap();
    refused(
        world.accepting(person).await,
        IndexError::CredentialRequired,
    );
    world.attest(person, "person 1");
    let accept = world.accepting(person).await.unwrap();
    let quote = accept.quote;
    assert_eq!(quote.gives, 1_000 * ONE);
    assert_eq!((quote.free, quote.locked), (10 * INDEX_ONE, 10 * INDEX_ONE));
    let labels: Vec<&str> = accept
        .steps
        .iter()
        .map(|step| step.label.as_str())
        .collect();
    assert_eq!(labels.last(), Some(&"accept the membership"), "{labels:?}");
    assert!(
        labels.contains(&"harvest"),
        "nobody was harvested in a week: {labels:?}"
    );

    let before = world.pool().await.unwrap();
    let slot = before.index.data.slot_of(&token_of(person)).unwrap();
    world.send(&accept.steps, &[person]).await.unwrap();
    let after = world.pool().await.unwrap();
    let held = |pool: &Pool| pool.index.data.constituent(slot).unwrap().counter;
    assert_eq!(held(&after) - held(&before), quote.gives);
    assert_eq!(world.shares(person).await.unwrap(), quote.free);
    let membership = world.membership(person).await.data;
    assert_eq!(membership.locked, quote.locked);
    assert!(world.offers().await.is_empty());
    let report = inspect::index(&world.client, &world.index).await.unwrap();
    assert_eq!(report.supply.for_members.atoms, i128::from(quote.locked));
    assert_eq!(report.memberships[0].locked.atoms, i128::from(quote.locked));

    // A second deal of a member asks for nothing more.
    world.offer(person).await;
    world.chain.advance(7 * DAY).unwrap();
    let again = world.accepting(person).await.unwrap();
    world.send(&again.steps, &[person]).await.unwrap();
    assert_eq!(world.membership(person).await.data.locked, 2 * quote.locked);
}

#[tokio::test]
async fn an_offer_that_lapsed_is_accepted_by_nobody() {
    let world = World::launched(2).await.unwrap();
    let person = &world.people[0];
    world.offer(person).await;
    world.attest(person, "person 0");
    world.chain.advance(21 * DAY + 10).unwrap();
    refused(
        world.accepting(person).await,
        IndexError::AnnouncementExpired,
    );
    let (index, offer) = (
        world.pool().await.unwrap().index,
        world.offers().await.remove(0),
    );
    let cancel = index_ix::cancel_offer(&index, &offer, &person.pubkey());
    world.run(vec![cancel], &[person]).await.unwrap();
    assert!(world.offers().await.is_empty());
}

#[tokio::test]
async fn the_end_pays_what_was_locked_and_leaves_no_account() {
    let world = World::launched(2).await.unwrap();
    let (client, person) = (&world.client, &world.people[0]);
    world.join(person, "person 0").await;
    let finish = async || {
        let (pool, membership) = (world.pool().await.unwrap(), world.membership(person).await);
        plan::finish_membership(client, &pool, &membership, &world.curator.pubkey()).await
    };
    refused(finish().await, IndexError::NotEnding);
    let end = index_ix::end_membership(&world.membership(person).await, &person.pubkey());
    world.run(vec![end], &[person]).await.unwrap();
    refused(finish().await, IndexError::NoticePending);
    world.chain.advance(7 * DAY).unwrap();
    let plan = finish().await.unwrap();
    assert_eq!(plan.quote, 10 * INDEX_ONE);
    let subject = world.membership(person).await.data.subject;
    assert!(world.chain.account(&subject).is_some());
    world.send(&plan.steps, &[&world.curator]).await.unwrap();
    assert_eq!(world.shares(person).await.unwrap(), 20 * INDEX_ONE);
    assert!(
        fetch::memberships(client, &world.index)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        world.chain.account(&subject).is_none(),
        "the human is free again"
    );
}

#[tokio::test]
async fn a_new_owner_takes_the_membership_over() {
    let world = World::launched(2).await.unwrap();
    let (client, person, buyer) = (&world.client, &world.people[0], key(4, 0));
    world.fund(&buyer).unwrap();
    world.join(person, "person 0").await;
    let apply = async || {
        let (pool, membership) = (world.pool().await.unwrap(), world.membership(person).await);
        let token = world.token(person).await.unwrap();
        plan::apply_take_over(client, &pool, &membership, &token, &buyer.pubkey()).await
    };
    refused(apply().await, IndexError::NoSuccessor);
    let token = world.token(person).await.unwrap();
    let propose = ix::propose_owner(&token, &buyer.pubkey());
    let accept = ix::accept_ownership(&token, &buyer.pubkey());
    world
        .run(vec![propose, accept], &[person, &buyer])
        .await
        .unwrap();
    let (membership, token) = (
        world.membership(person).await,
        world.token(person).await.unwrap(),
    );
    let announce = index_ix::take_over_membership(&membership, &token);
    world.run(vec![announce], &[&buyer]).await.unwrap();
    refused(apply().await, IndexError::NoticePending);
    world.chain.advance(7 * DAY).unwrap();
    refused(apply().await, IndexError::CredentialRequired);
    world.attest(&buyer, "buyer");
    let plan = apply().await.unwrap();
    assert_eq!(plan.quote, 10 * INDEX_ONE);
    world.send(&plan.steps, &[&buyer]).await.unwrap();
    let membership = world.membership(person).await.data;
    assert_eq!(membership.member, buyer.pubkey());
    assert_eq!(membership.locked, 10 * INDEX_ONE);
}

#[tokio::test]
async fn the_index_answers_against_more_shares_and_nothing_else() {
    let world = World::launched(2).await.unwrap();
    let (client, person) = (&world.client, &world.people[1]);
    world.chain.advance(1).unwrap();
    let cap = world.token(person).await.unwrap().data.terms.supply_cap;
    let poll = world.put_poll(person, Change::SupplyCap(cap + ONE)).await;
    let token = world.token(person).await.unwrap();
    let oppose = plan::oppose_poll(client, &world.index, &token, &poll)
        .await
        .unwrap();
    assert_eq!(oppose.quote.weight, Shares(20 * ONE));
    assert_eq!(oppose.quote.against, Shares(20 * ONE));
    world.send(&oppose.steps, &[&world.curator]).await.unwrap();
    let token = world.token(person).await.unwrap();
    let tally = poll.data.slot(&token.data).unwrap();
    assert_eq!((tally.against, tally.in_favor), (20 * ONE, 0));

    let other = &world.people[0];
    let poll = world.put_poll(other, Change::Drip(14 * 86_400)).await;
    let token = world.token(other).await.unwrap();
    let opposed = plan::oppose_poll(client, &world.index, &token, &poll).await;
    refused(opposed, IndexError::NotOpposed);
}
