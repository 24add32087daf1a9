//! What goes on in each person's own token, and gifts.

use {
    super::*,
    upside_sdk::{
        Shares,
        address::{TOKEN_PROGRAM, find_associated, find_round},
        state::{ContributeArgs, RoundTerms, StageTerms},
    },
    upside_tests::{catalogue::redeem_args, terms::round_terms, world::NEVER},
};

impl Run {
    pub(super) fn pay_revenue(&mut self) -> Option<Act> {
        let (place, name) = self.somebody();
        let amount = self.dice.amount(10_000 * ONE);
        let pay = pay_ix(&mut self.pool, &name, self.claims[place], amount);
        Some(Act::new(
            format!("{name} pays {amount}"),
            vec![pay],
            &[&name],
        ))
    }

    pub(super) fn open_round(&mut self) -> Option<Act> {
        let (place, _) = self.somebody();
        self.open_round_of(place)
    }

    pub(super) fn open_round_of(&mut self, place: usize) -> Option<Act> {
        let name = self.pool.people[place].clone();
        if self.rounds.iter().any(|(whose, ..)| *whose == place) {
            return None;
        }
        let now = self.pool.world.now();
        let mut stages = [StageTerms::default(); 4];
        stages[0] = StageTerms {
            shares: self.dice.within(ONE, 10_000 * ONE),
            price: ONE / 10,
        };
        let terms = RoundTerms {
            stages,
            opens_at: now,
            closes_at: now + DAY,
            min_contribution: 10,
            ..round_terms()
        };
        let token = self.pool.token(&name);
        self.rounds.push((place, token.data.rounds, now + DAY));
        let open = token_ix::open_round(&token, &self.pool.payer(), terms);
        Some(Act::new(format!("{name} opens a round"), vec![open], &[&name]).must(true))
    }

    fn any_round(&mut self) -> Option<(usize, u64, i64)> {
        let place = self.dice.below(self.rounds.len() as u64) as usize;
        self.rounds.get(place).copied()
    }

    pub(super) fn back_round(&mut self) -> Option<Act> {
        let (place, number, _) = self.any_round()?;
        let (person, name) = (self.pool.people[place].clone(), self.actor());
        let token = self.pool.token(&person);
        let round = self.pool.world.get(&find_round(&token.key, number).0);
        let args = ContributeArgs {
            max_payment: self.dice.within(10, 1_000 * ONE),
            max_supply: u64::MAX,
            terms_version: 0,
            min_shares: 0,
            deadline: NEVER,
        };
        let what = format!("{name} pays {} into {person}'s round", args.max_payment);
        let back = token_ix::contribute(&token, &round, &key(name), None, args);
        Some(Act::new(what, vec![back], &[name]))
    }

    pub(super) fn close_round(&mut self) -> Option<Act> {
        let (place, number, closes_at) = self.any_round()?;
        self.wait_for(closes_at);
        if self.pool.world.now() < closes_at {
            return None;
        }
        self.rounds.retain(|(whose, ..)| *whose != place);
        let name = self.pool.people[place].clone();
        let token = self.pool.token(&name);
        let round = find_round(&token.key, number).0;
        let close = token_ix::close_round(&token, &round, &key("bob"));
        Some(Act::new(format!("{name}'s round is closed"), vec![close], &["bob"]).must(true))
    }

    /// What somebody has registered of a person's token, and a part of it.
    fn part(&mut self) -> Option<(&'static str, String, u64)> {
        let ((_, person), name) = (self.somebody(), self.actor());
        let has = self.pool.has(&person, name);
        let part = self.dice.amount(has / 10);
        (part <= has).then_some((name, person, part))
    }

    pub(super) fn donate_cash(&mut self) -> Option<Act> {
        let (name, quote) = (self.actor(), self.pool.world.quote);
        let from = find_associated(&key(name), &quote, &TOKEN_PROGRAM).0;
        let vault = find_associated(&self.pool.index, &quote, &TOKEN_PROGRAM).0;
        let most = self.pool.cash(name) / 10;
        let amount = self.dice.amount(most);
        if most == 0 {
            return None;
        }
        let give = send_atoms(from, vault, name, amount);
        Some(
            Act::new(
                format!("{name} gives {amount} to the vault"),
                vec![give],
                &[name],
            )
            .must(true),
        )
    }

    pub(super) fn donate_shares(&mut self) -> Option<Act> {
        let (name, person, part) = self.part()?;
        let index = self.pool.index;
        let token = token_of(&person);
        let give = token_ix::transfer_shares(&token, &key(name), &index, Shares(part), None);
        let what = format!("{name} gives {part} of {person} to the index's holder");
        Some(Act::new(what, vec![give], &[name]).must(true))
    }

    pub(super) fn transfer(&mut self) -> Option<Act> {
        let (name, person, part) = self.part()?;
        let to = self.actor();
        if to == name {
            return None;
        }
        let token = token_of(&person);
        let give = token_ix::transfer_shares(&token, &key(name), &key(to), Shares(part), None);
        Some(Act::new(
            format!("{name} gives {to} {part} of {person}"),
            vec![give],
            &[name],
        ))
    }

    pub(super) fn redeem_personal(&mut self) -> Option<Act> {
        let (name, person, part) = self.part()?;
        let token = self.pool.token(&person);
        let redeem = token_ix::redeem(&token, &key(name), redeem_args(part)).unwrap();
        Some(Act::new(
            format!("{name} redeems {part} of {person}"),
            vec![redeem],
            &[name],
        ))
    }

    pub(super) fn withdraw(&mut self) -> Option<Act> {
        let (name, person, part) = self.part()?;
        let token = self.pool.token(&person);
        let withdraw = token_ix::withdraw(&token, &key(name), Shares(part));
        let what = format!("{name} takes {part} of {person} out as bearer tokens");
        Some(Act::new(what, vec![withdraw], &[name]).must(true))
    }

    pub(super) fn share_custody(&mut self) -> Option<Act> {
        let ((_, person), name) = (self.somebody(), self.actor());
        let token = self.pool.token(&person);
        let account = upside_sdk::address::bearer_account(&token.key, &key(name));
        let has = self.pool.world.balance(&account);
        let part = self.dice.amount(has);
        if part > has {
            return None;
        }
        let deposit = token_ix::deposit(&token, &key(name), Shares(part));
        let what = format!("{name} registers {part} bearer tokens of {person}");
        Some(Act::new(what, vec![deposit], &[name]).must(true))
    }

    pub(super) fn collect_dividend(&mut self) -> Option<Act> {
        let ((_, person), name) = (self.somebody(), self.actor());
        let (token, quote) = (self.pool.token(&person), self.pool.world.quote);
        let claim = token_ix::collect_dividend(&token, &key(name), &quote).unwrap();
        Some(Act::new(
            format!("{name} claims {person}'s dividend"),
            vec![claim],
            &[name],
        ))
    }
}
