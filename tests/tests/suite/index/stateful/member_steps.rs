//! What members and the curator do with each other.

use {
    super::*,
    upside_sdk::{
        index::{Membership, MembershipStatus, OfferTerms, find_membership},
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
        (membership.data.status == status as u8).then_some(membership)
    }

    /// The first `count` people become members.
    pub(super) fn join(&mut self, count: usize) {
        for place in 0..count {
            let name = self.pool.people[place].clone();
            let terms = OfferTerms {
                token_shares: self.dice.amount(seeded(place)),
                index_shares: self.dice.amount(10 * INDEX_ONE),
                expires_at: self.pool.world.now() + 2 * DAY,
            };
            let (index, payer) = (self.pool.index(), self.pool.payer());
            let offer = ix::offer_membership(&index, &payer, &token_of(&name), terms);
            let what = format!("{name} is offered {terms:?}");
            self.send(Act::new(what, vec![offer], &["curator"]).must(true));
            self.pool.world.pass(DAY);
            let accept = ix::accept_membership(&self.pool.index(), &self.pool.token(&name));
            let act = Act::new(format!("{name} accepts"), vec![accept], &[&name]);
            self.send(act.must(true).moves());
            if self.dice.percent(50)
                && let Some(open) = self.open_round_of(place)
            {
                self.send(open);
            }
        }
    }

    pub(super) fn offer(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let cap = quote::effective_supply(&self.pool.pool()).unwrap() / 20;
        let terms = OfferTerms {
            token_shares: self.dice.amount(seeded(place)),
            index_shares: self.dice.amount(cap / 4),
            expires_at: self.pool.world.now() + 2 * DAY + self.dice.below(20 * 86_400) as i64,
        };
        let (index, payer) = (self.pool.index(), self.pool.payer());
        let offer = ix::offer_membership(&index, &payer, &token_of(&name), terms);
        Some(Act::new(
            format!("{name} is offered {terms:?}"),
            vec![offer],
            &["curator"],
        ))
    }

    pub(super) fn accept(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let offer = self.membership(place, MembershipStatus::Offered)?;
        self.wait_for(offer.data.acceptable_from);
        let accept = ix::accept_membership(&self.pool.index(), &self.pool.token(&name));
        Some(Act::new(format!("{name} accepts"), vec![accept], &[&name]).moves())
    }

    pub(super) fn withdraw_offer(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let offer = self.membership(place, MembershipStatus::Offered)?;
        let withdraw = ix::withdraw_offer(&offer, &key("curator"));
        let what = format!("{name}'s offer is withdrawn");
        Some(Act::new(what, vec![withdraw], &["curator"]).must(true))
    }

    pub(super) fn leave(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Accepted)?;
        let leave = ix::leave_membership(&membership);
        Some(Act::new(format!("{name} leaves"), vec![leave], &[&name]).must(true))
    }

    pub(super) fn close_membership(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let membership = self.membership(place, MembershipStatus::Left)?;
        let close = ix::close_membership(&membership);
        Some(Act::new(
            format!("{name}'s membership is closed"),
            vec![close],
            &[],
        ))
    }

    pub(super) fn claim_equal_share(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let accepted = self.membership(place, MembershipStatus::Accepted);
        let membership = match accepted {
            Some(membership) => membership,
            None => self.membership(place, MembershipStatus::Left)?,
        };
        let pool = self.pool.pool();
        let owed = quote::equal_share(&pool, &membership.data).unwrap();
        if owed[0].1 == 0 && self.dice.percent(90) {
            return None;
        }
        let claim = ix::claim_equal_share(&pool.index, &membership, self.cash()).unwrap();
        let what = format!("{name} claims the equal share: {owed:?}");
        Some(Act::new(what, vec![claim], &[]).must(owed[0].1 > 0))
    }
}
