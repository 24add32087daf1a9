//! What members and the curator do with each other.

use {
    super::*,
    upside_sdk::{
        index::{
            AnnouncementKind, Membership, MembershipStatus, Offer, find_membership, find_offer,
        },
        state::Account,
    },
    upside_tests::pool::seeded,
};

impl Run {
    fn membership(
        &mut self,
        place: usize,
        status: MembershipStatus,
    ) -> Option<Account<Membership>> {
        let key = find_membership(&self.pool.index, &token_of(&self.pool.people[place])).0;
        self.pool.world.engine.account(&key)?;
        let membership = self.pool.world.get::<Membership>(&key);
        (membership.data.status == status).then_some(membership)
    }

    /// The last open offer to a person.
    fn offered(&mut self, name: &str) -> Option<Account<Offer>> {
        let (index, token) = (self.pool.index, token_of(name));
        let places = self.state.index.announcements;
        let open = places
            .iter()
            .filter(|place| place.kind == AnnouncementKind::Offer);
        let mut nonces: Vec<u64> = open.map(|place| place.nonce).collect();
        nonces.sort_unstable();
        let found = nonces.iter().rev();
        let mut found = found.map(|nonce| self.pool.world.get(&find_offer(&index, *nonce).0));
        found.find(|offer: &Account<Offer>| offer.data.token == token)
    }

    /// The first `count` people become members.
    pub(super) fn join(&mut self, count: usize) {
        for place in 0..count {
            let name = self.pool.people[place].clone();
            let gives = self.dice.amount(seeded(place));
            let gets = self.dice.amount(10 * INDEX_ONE);
            let offer = self.pool.offer_ix(&name, gives, gets);
            let what = format!("{name} is offered {gets} for {gives}");
            self.send(Act::new(what, vec![offer], &["curator"]).must(true));
            self.pool.world.pass(3 * DAY);
            let act = self.acceptance(&name);
            self.send(act.must(true));
            if self.dice.percent(50)
                && let Some(open) = self.open_round_of(place)
            {
                self.send(open);
            }
        }
    }

    /// A person accepts the last offer, right after harvests of everybody.
    fn acceptance(&mut self, name: &str) -> Act {
        let pool = self.pool.pool();
        let slots: Vec<u8> = pool.persons.keys().copied().collect();
        let (_, mut calls) = harvests(&pool, &slots);
        calls.push(self.pool.accept_ix(name));
        Act::new(format!("{name} accepts"), calls, &[name]).moves()
    }

    pub(super) fn offer(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let cap = quote::effective_supply(&self.pool.pool()).unwrap() / 20;
        let (gives, gets) = (self.dice.amount(seeded(place)), self.dice.amount(cap / 4));
        let offer = self.pool.offer_ix(&name, gives, gets);
        let what = format!("{name} is offered {gets} for {gives}");
        Some(Act::new(what, vec![offer], &["curator"]))
    }

    pub(super) fn accept(&mut self) -> Option<Act> {
        let (_, name) = self.somebody();
        let offer = self.offered(&name)?;
        self.wait_for(offer.data.acceptable_from);
        Some(self.acceptance(&name))
    }

    pub(super) fn cancel_offer(&mut self) -> Option<Act> {
        let (_, name) = self.somebody();
        let offer = self.offered(&name)?;
        let cancel = ix::cancel_offer(&self.pool.index(), &offer, &key("curator"));
        let what = format!("{name}'s offer is cancelled");
        Some(Act::new(what, vec![cancel], &["curator"]).must(true))
    }

    pub(super) fn end(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Active)?;
        let mut by = name.as_str();
        if self.dice.percent(30) && self.state.index.curator == key("curator") {
            by = "curator";
        }
        let end = ix::end_membership(&membership, &key(by));
        let what = format!("{by} ends the membership of {name}");
        let must = membership.data.ends_at == 0;
        Some(Act::new(what, vec![end], &[by]).must(must))
    }

    pub(super) fn apply_end(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Active)?;
        if membership.data.ends_at == 0 {
            return None;
        }
        self.wait_for(membership.data.ends_at);
        let must = self.pool.world.now() >= membership.data.ends_at;
        let apply = self.pool.apply_end_ix(&name);
        let what = format!("{name}'s membership ends");
        Some(Act::new(what, vec![apply], &[]).must(must))
    }

    pub(super) fn collect_locked(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Ended)?;
        let collect = ix::collect_locked(&self.pool.index(), &membership);
        let what = format!("{name} gets {} unlocked", membership.data.locked);
        Some(Act::new(what, vec![collect], &[]).must(membership.data.locked > 0))
    }

    pub(super) fn close_membership(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Ended)?;
        let close = ix::close_membership(&membership);
        Some(Act::new(
            format!("{name}'s membership is closed"),
            vec![close],
            &[],
        ))
    }

    pub(super) fn collect_equal_share(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let active = self.membership(place, MembershipStatus::Active);
        let membership = match active {
            Some(membership) => membership,
            None => self.membership(place, MembershipStatus::Ended)?,
        };
        let pool = self.pool.pool();
        let owed = quote::equal_share(&pool, &membership.data).unwrap();
        if owed[0].1 == 0 && self.dice.percent(90) {
            return None;
        }
        let claim = ix::collect_equal_share(&pool.index, &membership, self.cash()).unwrap();
        let what = format!("{name} collects the equal share: {owed:?}");
        Some(Act::new(what, vec![claim], &[]).must(owed[0].1 > 0))
    }
}
