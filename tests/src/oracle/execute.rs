//! One step on chain and in the model, and what became of all.

use {
    super::coverage,
    crate::oracle::{
        choose::PredictedStep,
        run::{Run, Step},
    },
    crate::{
        engine::Outcome,
        model::{Reason, Refused, refusal_name},
    },
    std::collections::BTreeMap,
    upside_sdk::Pubkey,
};

/// How many transactions succeeded and were refused.
#[derive(Clone, Default)]
pub struct Tally {
    /// Those that succeeded.
    pub succeeded: u64,
    /// Those that were refused, by the name of the error.
    pub refused: BTreeMap<String, u64>,
    /// Predictions that were others at the time of the block than at that of sending.
    pub changed: u64,
    /// Steps that fit no packet without a lookup table; they were not sent.
    pub too_large: u64,
}

impl Tally {
    /// Counts a transaction.
    pub fn note(&mut self, sent: &Outcome) {
        match sent.error {
            None => self.succeeded += 1,
            Some(_) => *self.refused.entry(refusal_name(sent)).or_default() += 1,
        }
    }

    /// All of them.
    pub fn sent(&self) -> u64 {
        self.succeeded + self.refused.values().sum::<u64>()
    }
}

impl Run {
    /// Sends a step: chain and model must agree on what becomes of it, and on every
    /// account that it could write.
    pub fn send(&mut self, step: Step) -> bool {
        let predicted = self.predict_step(step);
        self.execute(predicted)
    }

    /// The same of a step that the model has spoken of.
    pub fn execute(&mut self, mut step: PredictedStep) -> bool {
        self.steps.push(step.what.clone());
        if step.instructions.is_empty() {
            return true;
        }
        if !self.pool.world.fits(&step.instructions) {
            self.tally.too_large += 1;
            eprintln!("needs a lookup table: {}", step.what);
            return false;
        }
        let signers: Vec<&str> = step.signers.iter().map(String::as_str).collect();
        let before = self.watched(&step.instructions);
        let sent = self.pool.send_all(&step.instructions, &signers);
        if let Some(at) = sent.at {
            // When it runs is known only now.
            (self.model.now, self.model.slot) = (at.time, at.slot);
            let predicted = step.predicted.clone();
            step = self.predict_step(step.again());
            self.tally.changed += u64::from(step.predicted != predicted);
        }
        self.tally.note(&sent);
        coverage::note(&step.instructions, &sent);
        if sent.error.is_some() {
            let note = format!(" (refused: {})", refusal_name(&sent));
            self.steps.last_mut().expect("a step").push_str(&note);
        }
        match (&sent.error, step.predicted) {
            (None, Ok(())) => {
                self.model = step.after;
                self.meet();
            }
            (Some(_), Err(Refused(reasons))) => {
                let expected = reasons.iter().any(|reason: &Reason| reason.is_of(&sent));
                assert!(
                    expected,
                    "{}: the chain refuses with {}, the model with {reasons:?}\n{}",
                    step.what,
                    refusal_name(&sent),
                    sent.logs.join("\n")
                );
            }
            (None, Err(Refused(reasons))) => {
                panic!(
                    "{}: the model refuses with {reasons:?}, the chain does not",
                    step.what
                )
            }
            (Some(error), Ok(())) => panic!(
                "{}: the chain refuses with {error:?}, the model does not\n{}",
                step.what,
                sent.logs.join("\n")
            ),
        }
        self.event_checker.check(&self.model, &sent);
        let written: Vec<Pubkey> = step
            .instructions
            .iter()
            .flat_map(|instruction| &instruction.accounts)
            .filter(|account| account.is_writable)
            .map(|account| account.pubkey)
            .collect();
        let compared = self
            .comparer
            .some(&self.model, &mut self.pool.world.engine, &written);
        if let Err(wrong) = compared {
            panic!("{}:\n{wrong}\n{}", step.what, sent.logs.join("\n"));
        }
        if sent.error.is_none() {
            self.nothing_was_taken(&before, &step.signers, &step.what);
        }
        sent.error.is_none()
    }

    /// Who created a token is one of the people from then on.
    pub(crate) fn meet(&mut self) {
        if self.model.tokens.len() == self.pool.people.len() {
            return;
        }
        for token in self.model.tokens.values() {
            let name = self.names[&token.creator].clone();
            if !self.pool.people.contains(&name) {
                self.pool.people.push(name);
            }
        }
    }

    /// Sends a step that must succeed.
    pub fn must(&mut self, step: Step) {
        let what = step.what.clone();
        assert!(self.send(step), "{what}: it is refused");
    }
}
