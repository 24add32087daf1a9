//! What events say, against the model: numbers without gaps, the state after them, and
//! the amounts by which it changed.

pub use crate::personal_token::{evidence::events as governance, sale::events as markets};
pub(crate) use {
    super::lock,
    crate::{
        engine::Outcome,
        model::{Model, index},
    },
    markets::Moves,
    std::{
        collections::{BTreeMap, BTreeSet},
        sync::Mutex,
    },
    upside_sdk::{
        Pubkey,
        event::{Field, TokenEvent},
        index::IndexEvent,
    },
};

/// Compares fields of an event with what they should say.
macro_rules! same {
    ($said:expr, $name:literal; $($field:ident = $model:expr),+ $(,)?) => {{
        $( assert_eq!($said.$field, $model, concat!($name, " says ", stringify!($field))); )+
    }};
}
pub(crate) use same;

/// Every event that was seen.
pub(crate) static SEEN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// Names of events that never came.
pub fn unseen() -> Vec<&'static str> {
    let (seen, all) = (
        lock(&SEEN),
        TokenEvent::NAMES.iter().chain(IndexEvent::NAMES),
    );
    all.copied().filter(|name| !seen.contains(name)).collect()
}

/// The model before a step.
#[derive(Clone, Default)]
pub struct EventChecker(Model);

impl EventChecker {
    /// Checks the events of a step, after which the model is `after`.
    ///
    /// # Panics
    /// Where an event says something else.
    pub fn check(&mut self, after: &Model, sent: &Outcome) {
        if sent.error.is_some() {
            return;
        }
        let before = std::mem::replace(&mut self.0, after.clone());
        let indexes: Vec<IndexEvent> = sent.events();
        lock(&SEEN).extend(indexes.iter().map(IndexEvent::name));
        of_indexes(&before, after, &indexes);
        let mut of_token: BTreeMap<Pubkey, Vec<TokenEvent>> = BTreeMap::new();
        for event in sent.events::<TokenEvent>() {
            lock(&SEEN).insert(event.name());
            of_token
                .entry(event.header().token)
                .or_default()
                .push(event);
        }
        for (token, events) in of_token {
            let last = after.tokens[&token].sequence;
            let was = before.tokens.get(&token).map_or(0, |it| it.sequence);
            let numbers: Vec<u64> = events.iter().map(|it| it.header().sequence).collect();
            let expected: Vec<u64> = (was + 1..=last).collect();
            assert_eq!(numbers, expected, "sequence numbers of events");
            let moves = Moves {
                token,
                before: &before,
                after,
            };
            // Several calls in one transaction change the same numbers.
            let calls = sent.logs.iter().filter(|line| line.ends_with("invoke [1]"));
            if was > 0 && calls.count() == 1 {
                for event in &events {
                    markets::check(event, &moves);
                }
            }
            let event = events.last().expect("there is one");
            let mut said = Said {
                event: event.name(),
                fields: event.fields().into_iter().collect(),
                token,
            };
            said.state(after);
            if let ([_], true) = (&events[..], was > 0) {
                said.amounts(&before, after);
            }
        }
    }
}

/// Every event of an index is exactly what the model reports.
pub(crate) fn of_indexes(before: &Model, after: &Model, events: &[IndexEvent]) {
    for (key, index) in &after.indexes {
        let was = before.indexes.get(key).map_or(0, |it| it.sequence);
        let said: Vec<index::ReportedEvent> = events
            .iter()
            .filter(|event| event.header().index == *key)
            .map(|event| index::ReportedEvent {
                name: event.name(),
                sequence: event.header().sequence,
                fields: event.fields(),
            })
            .collect();
        let reported = index.reported.iter().filter(|event| event.sequence > was);
        let reported: Vec<index::ReportedEvent> = reported.cloned().collect();
        assert_eq!(said, reported, "events of an index");
    }
}

/// One event, field by field.
pub(crate) struct Said {
    event: &'static str,
    fields: BTreeMap<&'static str, Field>,
    token: Pubkey,
}

impl Said {
    pub(crate) fn key(&self, name: &str) -> Option<Pubkey> {
        match self.fields.get(name) {
            Some(Field::Key(key)) => Some(*key),
            _ => None,
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        match self.fields.get(name) {
            Some(Field::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number that the model knows; where it says none, nothing is compared.
    pub(crate) fn same(&self, name: &str, model: Option<u64>) {
        if let (Some(said), Some(model)) = (self.number(name), model) {
            assert_eq!(said, model, "{} says {name}", self.event);
        }
    }

    pub(crate) fn same_key(&self, name: &str, model: Pubkey) {
        if let Some(said) = self.key(name) {
            assert_eq!(said, model, "{} says {name}", self.event);
        }
    }

    /// Registered shares of the wallet that a field names.
    pub(crate) fn shares(&self, model: &Model, field: &str) -> Option<u64> {
        let wallet = self.key(field)?;
        let holder = model.holders.get(&(self.token, wallet));
        holder.map(|holder| holder.shares)
    }

    /// Place of the mint that it is about: the quote mint where it names none.
    pub(crate) fn place(&self, model: &Model) -> Option<usize> {
        let token = &model.tokens[&self.token];
        self.key("mint")
            .map_or(Some(0), |mint| token.place_of(&mint).ok())
    }

    pub(crate) fn state(&mut self, model: &Model) {
        let token = &model.tokens[&self.token];
        let tally = model.tally(&self.token);
        self.same("supply", Some(token.supply));
        self.same("holders", Some(tally.holders));
        self.same("bearer_cap", Some(token.terms.bearer_cap));
        self.same("paused", Some(token.paused.into()));
        // A handover says whose roles ended.
        if self.event != "OwnershipAccepted" {
            self.same_key("guardian", token.guardian);
            self.same_key("registrar", token.registrar);
        }
        // An identity attestation says for whom it was.
        if !self.event.starts_with("Identity") {
            self.same_key("owner", token.owner);
        }
        for (name, key) in [
            ("pending_owner", token.pending_owner),
            ("quote_mint", token.assets[0].mint),
        ] {
            self.same_key(name, key);
        }
        if self.event != "SharesRedeemed" {
            let inside = tally.registered + tally.warming;
            self.same("bearer", Some(token.supply - inside));
            let holder = self.key("wallet");
            let holder = holder.and_then(|wallet| model.holders.get(&(self.token, wallet)));
            self.same("warm", holder.map(|holder| holder.warm));
            let warm_at = holder.map(|holder| holder.warm_at.cast_unsigned());
            self.same("warm_at", warm_at);
        }
        for (name, wallet) in [
            ("holder_shares", "wallet"),
            ("holder_shares", "beneficiary"),
            ("from_shares", "from"),
            ("to_shares", "to"),
            ("seller_shares", "seller"),
            ("buyer_shares", "buyer"),
        ] {
            self.same(name, self.shares(model, wallet));
        }
        let holder = self.key("wallet");
        let holder = holder.and_then(|wallet| model.holders.get(&(self.token, wallet)));
        self.same("venue", holder.map(|holder| holder.venue.into()));
        let round = self.number("round");
        if let Some(round) = round.and_then(|round| model.rounds.get(&(self.token, round))) {
            self.same("raised", Some(round.raised));
            self.same("sold", Some(round.sold()));
            self.same("uncollected", Some(round.uncollected));
        }
        let claim = self.number("claim");
        if let Some(claim) = claim.and_then(|claim| model.claims.get(&(self.token, claim))) {
            self.same("held", Some(claim.held()));
            self.same("received", Some(claim.received));
        }
        if let Some(place) = self.place(model) {
            let asset = &token.assets[place];
            // A bid says what it escrows itself.
            if !self.event.starts_with("Bid") {
                self.same("escrow", Some(asset.escrow));
            }
            self.same("reserve", Some(asset.reserve));
            self.same("endowment", Some(asset.endowment));
            self.same("payouts", Some(asset.payouts));
        }
        if let Some(Field::Numbers(words)) = self.fields.get("result") {
            let result = token.result.cast_unsigned();
            assert_eq!(
                words[..],
                [result as u64, (result >> 64) as u64],
                "a result"
            );
        }
    }

    pub(crate) fn amounts(&self, before: &Model, after: &Model) {
        let (was, is) = (&before.tokens[&self.token], &after.tokens[&self.token]);
        let Some(place) = self.place(before) else {
            return;
        };
        let (old, new) = (&was.assets[place], &is.assets[place]);
        self.same("to_reserve", Some(new.reserve.wrapping_sub(old.reserve)));
        self.same(
            "to_endowment",
            Some(new.endowment.wrapping_sub(old.endowment)),
        );
        self.same("to_stream", Some(new.payouts.wrapping_sub(old.payouts)));
        let by = |model: &Model, field: &str| self.shares(model, field).unwrap_or(0);
        let grew = |field: &str| by(after, field).wrapping_sub(by(before, field));
        match self.event {
            "SharesIssued" => self.same("shares", Some(grew("wallet"))),
            "SharesWithdrawn" => self.same("shares", Some(grew("wallet").wrapping_neg())),
            "SharesDeposited" => {
                let registers = registers(before, after, &self.token);
                self.same("shares", Some(registers.wrapping_neg()));
            }
            "SharesTransferred" => self.same("shares", Some(grew("to"))),
            "ContributionCollected" => self.same("shares", Some(grew("wallet"))),
            "ReserveDeposited" => self.same("amount", Some(new.booked() - old.booked())),
            "DividendCollected" => self.same("amount", Some(old.payouts - new.payouts)),
            "SurplusBooked" => {
                let booked = new.booked() - old.booked();
                self.same("found", Some(booked));
            }
            "LossBooked" => {
                let endowed = old.endowment - new.endowment;
                self.same("from_endowment", Some(endowed));
                self.same("from_reserve", Some(old.reserve - new.reserve));
            }
            "EndowmentDeposited" => self.same("amount", Some(new.endowment - old.endowment)),
            "EndowmentWithdrawn" => self.same("amount", Some(old.endowment - new.endowment)),
            "ShareCustodySynced" => {
                self.same("burned", Some(registers(before, after, &self.token)))
            }
            "SharesRedeemed" => {
                self.same("shares", Some(self.burned(before, after)));
                let paid = was.assets.iter().zip(&is.assets);
                let mut paid: Vec<u64> = paid.map(|(old, new)| old.reserve - new.reserve).collect();
                paid.resize(8, 0);
                assert_eq!(self.fields["paid"], Field::Numbers(paid), "a redemption");
            }
            _ => {}
        }
    }

    pub(crate) fn burned(&self, before: &Model, after: &Model) -> u64 {
        let mint = before.share_mint(&self.token);
        before.mints[&mint].supply - after.mints[&mint].supply
    }
}

/// Shares that left a register.
pub(crate) fn registers(before: &Model, after: &Model, token: &Pubkey) -> u64 {
    let mint = before.share_mint(token);
    let balance = |model: &Model| model.balance(token, &mint);
    balance(before).wrapping_sub(balance(after))
}
